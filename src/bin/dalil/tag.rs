//! `dalil tag`: documents → mentions.

use std::cell::RefCell;
use std::io::{self, Write};

use dalil::output::{Style, Tagged, Writer};
use dalil::{Mention, Scratch, Tagger};
use rayon::prelude::*;

use crate::args::TagArgs;
use crate::input::{self, Document, Source};
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
        job.run_batch(&pool, &documents, |done| {
            for message in &done.messages {
                eprintln!("dalil: {message}");
            }
            if done.failed {
                outcome = Outcome::Failed;
            } else if done.found && !matches!(outcome, Outcome::Failed) {
                outcome = Outcome::Found;
            }
            out.write_all(&done.output)
        })?;
        Ok(out.flush()?)
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
    messages: Vec<String>,
    found: bool,
    failed: bool,
}

/// The most documents that are done in one go, so that they share memory.
const CHUNK: usize = 32;

impl Job<'_> {
    /// Does documents, and hands over what came of them in their order.
    fn run_batch<E>(
        self,
        pool: &rayon::ThreadPool,
        sources: &[Source<'_>],
        each: impl FnMut(Done) -> Result<(), E>,
    ) -> Result<(), E> {
        let threads = pool.current_num_threads();
        let chunks = sources.chunks(CHUNK.min(sources.len() / (threads * 4)).max(1));
        if threads < 2 || sources.len() < 2 {
            return chunks.map(|sources| self.run(sources)).try_for_each(each);
        }
        let chunks: Vec<_> = chunks.collect();
        let done: Vec<Done> =
            pool.install(|| chunks.par_iter().map(|sources| self.run(sources)).collect());
        done.into_iter().try_for_each(each)
    }

    fn run(self, sources: &[Source<'_>]) -> Done {
        let mut done = Done::default();
        let mut mentions = Vec::new();
        for source in sources {
            match source.document(&self.args.input) {
                Ok(document) => self.run_document(&document, &mut mentions, &mut done),
                Err(message) => {
                    done.messages.push(message);
                    done.failed = true;
                }
            }
        }
        done
    }

    /// Does a document; `mentions` is memory for it.
    fn run_document<'j>(
        &'j self,
        document: &Document<'_>,
        mentions: &mut Vec<Mention<'j>>,
        done: &mut Done,
    ) {
        let (id, text) = (&*document.id, &*document.text);
        if let Some(at) = document.first_invalid {
            done.messages.push(format!("{id}: not UTF-8 at byte {at}; the rest was tagged"));
        }
        let date = document.date.as_deref().or(self.args.date.as_deref());
        mentions.clear();
        SCRATCH.with_borrow_mut(|scratch| {
            self.tagger.tag_dated(scratch, text, date, |mention| mentions.push(mention));
        });
        done.found |= !mentions.is_empty();
        let tagged = Tagged { id, text, mentions };
        if let Err(error) = self.writer.document(&mut done.output, tagged, self.style) {
            done.messages.push(format!("{id}: {error}"));
            done.failed = true;
        }
    }
}
