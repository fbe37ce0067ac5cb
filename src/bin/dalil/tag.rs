//! `dalil tag`: documents → mentions.

use std::cell::RefCell;
use std::io::{self, Write};

use dalil::output::{Style, Tagged, Writer};
use dalil::{Mention, Scratch, Tagger};
use rayon::prelude::*;

use crate::args::TagArgs;
use crate::input::{self, Source};
use crate::{Outcome, Stop};

pub(crate) fn run(args: &TagArgs) -> Result<Outcome, Stop> {
    let gazetteer = args.gazetteers.load()?;
    if let Some(unknown) =
        args.kinds.iter().find(|kind| !gazetteer.kinds().any(|known| known == kind.as_str()))
    {
        let known: Vec<_> = gazetteer.kinds().map(dalil::Kind::as_str).collect();
        return Err(format!("unknown kind `{unknown}`; the kinds are {}", known.join(", ")).into());
    }
    let mut builder = Tagger::builder(gazetteer)
        .overlaps(args.overlaps.into())
        .context(!args.no_context)
        .demonyms(args.demonyms)
        .roles(args.roles)
        .min_confidence(args.min_confidence);
    if !args.kinds.is_empty() {
        builder = builder.kinds(args.kinds.iter().map(String::as_str));
    }
    let tagger = builder.build();

    let writer = dalil::output::format(&args.format)
        .ok_or_else(|| format!("unknown format `{}`", args.format))?
        .writer;
    let terminal = args.color.wanted(&io::stdout());
    let many = args.paths.len() > 1 || args.paths.iter().any(|path| path.is_dir());
    let show_id = many || args.input.doc == crate::args::Doc::Line;
    let style = Style { terminal, show_id };
    let job = Job { tagger: &tagger, writer, style, args };
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(args.jobs.unwrap_or(0))
        .build()
        .map_err(|error| error.to_string())?;

    let mut out = io::stdout().lock();
    writer.header(&mut out)?;
    let mut outcome = Outcome::Nothing;
    input::read(&args.paths, &args.input, |documents| -> Result<(), Stop> {
        for done in job.run_batch(&pool, documents) {
            if let Some(message) = &done.message {
                eprintln!("dalil: {message}");
            }
            if done.failed {
                outcome = Outcome::Failed;
            } else if done.found && !matches!(outcome, Outcome::Failed) {
                outcome = Outcome::Found;
            }
            out.write_all(&done.output)?;
        }
        out.flush()?;
        Ok(())
    })?;
    // The process ends: what the tagger holds need not be given back piece by piece.
    std::mem::forget(tagger);
    Ok(outcome)
}

thread_local! {
    /// What tagging reuses from document to document.
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

/// What is done with every document.
#[derive(Clone, Copy)]
struct Job<'j> {
    tagger: &'j Tagger,
    writer: &'static dyn Writer,
    style: Style,
    args: &'j TagArgs,
}

/// What came of some documents, in order.
#[derive(Default)]
struct Done {
    output: Vec<u8>,
    message: Option<String>,
    found: bool,
    failed: bool,
}

impl Job<'_> {
    fn run_batch(self, pool: &rayon::ThreadPool, sources: Vec<Source<'_>>) -> Vec<Done> {
        if pool.current_num_threads() < 2 || sources.len() < 2 {
            return sources.iter().map(|source| self.run(source)).collect();
        }
        pool.install(|| sources.par_iter().map(|source| self.run(source)).collect())
    }

    fn run(self, source: &Source<'_>) -> Done {
        let mut done = Done::default();
        let document = match source.document(&self.args.input) {
            Ok(document) => document,
            Err(message) => return Done { message: Some(message), failed: true, ..done },
        };
        let (id, text) = (&*document.id, &*document.text);
        done.message = document
            .first_invalid
            .map(|at| format!("{id}: not UTF-8 at byte {at}; the rest was tagged"));
        let mut mentions: Vec<Mention<'_>> = Vec::new();
        let date = document.date.as_deref().or(self.args.date.as_deref());
        SCRATCH.with_borrow_mut(|scratch| {
            self.tagger.tag_dated(scratch, text, date, |mention| mentions.push(mention));
        });
        done.found = !mentions.is_empty();
        let tagged = Tagged { id, text, mentions: &mentions };
        if let Err(error) = self.writer.document(&mut done.output, tagged, self.style) {
            done.message = Some(format!("{id}: {error}"));
            done.failed = true;
        }
        done
    }
}
