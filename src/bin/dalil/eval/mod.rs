//! `dalil eval`: the tagger against texts with known mentions.

mod score;

use std::collections::HashSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use dalil::{Scratch, Tagger};
use serde::Deserialize;

use crate::args::EvalArgs;
use crate::{Outcome, Stop};
use score::{GoldSpan, HEADLINE, MODES, Predicted, Table};

/// One document of a gold file.
#[derive(Debug, Deserialize)]
struct GoldDocument {
    id: String,
    text: String,
    spans: Vec<GoldSpan>,
}

/// Code points of context in a list of errors.
const CONTEXT: usize = 25;

pub(crate) fn run(args: &EvalArgs) -> Result<Outcome, Stop> {
    let gazetteer = args.gazetteers.load()?;
    let gold = args.gold.iter().map(|path| Ok((path, read(path)?)));
    let gold: Vec<(&PathBuf, Vec<GoldDocument>)> = gold.collect::<Result<_, Stop>>()?;
    let spans = gold.iter().flat_map(|(_, documents)| documents).flat_map(|it| &it.spans);
    let of_gold: HashSet<&str> = spans.map(|span| &*span.kind).collect();
    let known = |kind: &str| of_gold.contains(kind) || gazetteer.kinds().any(|it| it == kind);
    if let Some(unknown) = args.kinds.iter().find(|kind| !known(kind)) {
        return Err(
            format!("unknown kind `{unknown}`: neither the gazetteer nor the gold has it").into()
        );
    }
    let tagger = Tagger::builder(gazetteer).context(!args.no_context).build();
    let mut out = io::stdout().lock();
    let mut found = false;
    for (path, documents) in gold {
        if args.gold.len() > 1 {
            writeln!(out, "# {}", path.display())?;
        }
        let tables = score_all(&tagger, &documents, args, &mut out)?;
        for (mode, table) in MODES.iter().zip(&tables) {
            if args.all_modes || HEADLINE.contains(&mode.name) {
                writeln!(out, "== {}", mode.name)?;
                write!(out, "{table}")?;
            }
        }
        found |= tables.iter().any(Table::has_hits);
    }
    Ok(if found { Outcome::Found } else { Outcome::Nothing })
}

fn read(path: &Path) -> Result<Vec<GoldDocument>, Stop> {
    let name = path.display();
    let text = fs::read_to_string(path).map_err(|error| format!("{name}: {error}"))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let parse = |(number, line): (usize, &str)| {
        serde_json::from_str(line)
            .map_err(|error| Stop::from(format!("{name}:{}: {error}", number + 1)))
    };
    lines.map(parse).collect()
}

fn score_all(
    tagger: &Tagger,
    documents: &[GoldDocument],
    args: &EvalArgs,
    out: &mut dyn Write,
) -> Result<Vec<Table>, Stop> {
    let mut tables = vec![Table::default(); MODES.len()];
    let mut scratch = Scratch::default();
    let mut left = args.errors;
    for document in documents {
        let mut predicted = Vec::new();
        tagger.tag_each(&mut scratch, &document.text, |mention| {
            predicted.push(Predicted {
                start: mention.chars.start,
                end: mention.chars.end,
                kind: mention.entity.kind.as_str().to_owned(),
            });
        });
        let wanted = |kind: &str| args.kinds.is_empty() || args.kinds.iter().any(|k| k == kind);
        let chars: Vec<char> = document.text.chars().collect();
        for (mode, table) in MODES.iter().zip(&mut tables) {
            let errors = score::score(mode, &chars, &document.spans, &predicted, wanted, table);
            if mode.name != "lenient" {
                continue;
            }
            for error in errors.into_iter().take(left) {
                left -= 1;
                let slice = |from: usize, to: usize| -> String {
                    chars[from.min(chars.len())..to.min(chars.len())]
                        .iter()
                        .map(|&c| if c.is_control() { ' ' } else { c })
                        .collect()
                };
                let before = slice(error.start.saturating_sub(CONTEXT), error.start);
                let name = slice(error.start, error.end);
                let after = slice(error.end, error.end + CONTEXT);
                let what = if error.missed { "miss" } else { "false" };
                writeln!(out, "{what}\t{}\t{}\t{before}[{name}]{after}", document.id, error.kind)?;
            }
        }
    }
    Ok(tables)
}
