//! Runs the examples and counterexamples of a gazetteer through a tagger of it.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::gazetteer::{Builder, Gazetteer, Sentence};
use crate::span::Span;
use crate::tagger::Tagger;

impl Builder {
    /// Every problem and notice of the gazetteer, by file and place; if it is sound so far, its
    /// examples too.
    ///
    /// # Errors
    ///
    /// If a file cannot be read.
    pub fn prove(&self) -> Result<Vec<Diagnostic>, Error> {
        let (gazetteer, mut problems) = self.examine()?;
        if let Some((gazetteer, sentences)) = gazetteer {
            problems.extend(prove(gazetteer, &sentences));
        }
        Ok(problems)
    }
}

fn prove(gazetteer: Gazetteer, sentences: &[Sentence]) -> Vec<Diagnostic> {
    let tagger = Tagger::new(gazetteer);
    sentences.iter().filter_map(|sentence| problem(&tagger, sentence)).collect()
}

fn problem(tagger: &Tagger, sentence: &Sentence) -> Option<Diagnostic> {
    let (text, expected) = unmark(&sentence.text.value);
    let mentions = tagger.tag(&text);
    let own: Vec<Span> = mentions
        .iter()
        .filter(|mention| mention.entity.kind == *sentence.kind && mention.entity.id == sentence.id)
        .map(|mention| mention.bytes)
        .collect();
    let holds = match expected {
        Some(expected) => own.contains(&expected),
        None => own.is_empty(),
    };
    if holds {
        return None;
    }
    let Sentence { id, .. } = sentence;
    let (message, label) = match expected {
        Some(expected) => {
            let others: Vec<_> = mentions
                .iter()
                .filter(|mention| {
                    mention.bytes.start < expected.end && expected.start < mention.bytes.end
                })
                .map(|mention| format!("{}:{}", mention.entity.kind, mention.entity.id))
                .collect();
            let found = if others.is_empty() { "nothing".to_owned() } else { others.join(", ") };
            (format!("example does not hold: `{id}` was not found here"), format!("found {found}"))
        }
        None => (
            format!("counterexample does not hold: `{id}` was found here"),
            "must hold no mention of it".to_owned(),
        ),
    };
    Some(
        Diagnostic::error("G401", message)
            .at(&Arc::clone(&sentence.file), &sentence.text.at, label)
            .help("run `dalil explain` on the sentence to see which stage decides"),
    )
}

/// A sentence without its brackets, and the bytes that stood in them.
fn unmark(marked: &str) -> (String, Option<Span>) {
    let bracketed = marked.split_once('[').and_then(|(before, rest)| {
        let (name, after) = rest.split_once(']')?;
        let text = format!("{before}{name}{after}");
        Some((text, Some(Span::new(before.len(), before.len() + name.len()))))
    });
    bracketed.unwrap_or_else(|| (marked.to_owned(), None))
}
