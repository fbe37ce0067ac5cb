//! The checks of what was read: every one runs over everything and collects all it finds.
//!
//! To add one: a function in the file that says how far it must see, a row in [`CHECKS`], and a
//! golden pair under `tests/diagnostics/`.

pub(super) mod characters;
mod corpus;
mod entry;
mod file;

use std::sync::Arc;

use super::ReadFile;
use super::schema::{self, Entry};
use crate::diagnostic::{Diagnostic, SourceFile};
use corpus::Corpus;

/// One check.
struct Check {
    code: &'static str,
    /// What holds of a sound gazetteer.
    rule: &'static str,
    reach: Reach,
}

/// How far a check must see, and the check.
enum Reach {
    Entry(fn(Written<'_>, &mut Report<'_>)),
    File(fn(&ReadFile, &mut Report<'_>)),
    Corpus(fn(&Corpus<'_>, &mut Report<'_>)),
}

use Reach::{Corpus as OfCorpus, Entry as OfEntry, File as OfFile};

#[rustfmt::skip]
const CHECKS: [Check; 22] = [
    Check { code: "G201", rule: "an id is a slug of at most 64 characters", reach: OfFile(file::slugs) },
    Check { code: "G202", rule: "entries stand in the order of their ids", reach: OfFile(file::order) },
    Check { code: "G203", rule: "an id is used once in its kind", reach: OfCorpus(corpus::ids) },
    Check { code: "G204", rule: "no character is invisible", reach: OfFile(file::invisible) },
    Check { code: "G205", rule: "a `qid` is a Wikidata id", reach: OfEntry(entry::qid) },
    Check { code: "G206", rule: "a country is an ISO 3166-1 alpha-2 code", reach: OfFile(file::countries) },
    Check { code: "G207", rule: "a name is written in the letters of names", reach: OfFile(file::letters) },
    Check { code: "G208", rule: "coordinates are on the globe", reach: OfEntry(entry::coordinates) },
    Check { code: "G209", rule: "a date is a date, and no end comes before its beginning", reach: OfEntry(entry::dates) },
    Check { code: "G210", rule: "an entry gives its evidence", reach: OfEntry(entry::evidence) },
    Check { code: "G211", rule: "a name is neither tiny nor a sentence", reach: OfEntry(entry::length) },
    Check { code: "G212", rule: "a marking word is one of those known", reach: OfFile(file::values) },
    Check { code: "G213", rule: "an example has one mention in [ ], a counterexample none", reach: OfEntry(entry::brackets) },
    Check { code: "G214", rule: "a rank, a gap or a count is a small number", reach: OfFile(file::numbers) },
    Check { code: "G215", rule: "a word is listed once", reach: OfFile(file::repeats) },
    Check { code: "G301", rule: "an alias is not a form that the rules make", reach: OfCorpus(corpus::useless_aliases) },
    Check { code: "G302", rule: "what two entries are called, both say is ambiguous", reach: OfCorpus(corpus::shared_keys) },
    Check { code: "G303", rule: "what an entry refers to exists", reach: OfCorpus(corpus::references) },
    Check { code: "G304", rule: "a file's kind is that of its folder", reach: OfCorpus(corpus::folders) },
    Check { code: "G305", rule: "no entry replaces another unnoticed", reach: OfCorpus(corpus::replacements) },
    Check { code: "G306", rule: "a former id stands for one entry", reach: OfCorpus(corpus::former_ids) },
    Check { code: "G307", rule: "vowel marks stand where they tell two entries apart", reach: OfCorpus(corpus::vowel_marks) },
];

/// Every code that reading and checking may report, and the rule that was broken.
pub(super) fn codes() -> impl Iterator<Item = (&'static str, &'static str)> {
    schema::CODES.into_iter().chain(CHECKS.iter().map(|check| (check.code, check.rule)))
}

/// Runs every check over every file.
///
/// The shipped files, layer 0, are trusted: a problem is reported only where a later layer has a
/// part in it.
pub(super) fn check(files: &[ReadFile]) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    if !files.iter().any(is_reported) {
        return problems;
    }
    let corpus = Corpus::new(files);
    for check in &CHECKS {
        let mut report = Report { code: check.code, problems: &mut problems };
        match check.reach {
            OfEntry(run) => {
                for file in files.iter().filter(|file| is_reported(file)) {
                    for entry in file.document.entries() {
                        run(Written { file, entry }, &mut report);
                    }
                }
            }
            OfFile(run) => {
                files
                    .iter()
                    .filter(|file| is_reported(file))
                    .for_each(|file| run(file, &mut report));
            }
            OfCorpus(run) => run(&corpus, &mut report),
        }
    }
    let reported = |file: &Arc<SourceFile>| {
        files.iter().any(|read| is_reported(read) && Arc::ptr_eq(&read.source, file))
    };
    // A problem between two files is shown at the one that is checked.
    problems.retain_mut(|problem| match problem.labels.iter().position(|l| reported(&l.file)) {
        Some(index) => {
            problem.labels.swap(0, index);
            true
        }
        None => false,
    });
    problems
}

fn is_reported(file: &ReadFile) -> bool {
    file.layer > 0
}

/// An entry and the file that it stands in.
#[derive(Clone, Copy)]
struct Written<'c> {
    file: &'c ReadFile,
    entry: &'c Entry,
}

impl Written<'_> {
    fn source(&self) -> &Arc<SourceFile> {
        &self.file.source
    }
}

/// Takes what one check finds.
struct Report<'r> {
    code: &'static str,
    problems: &'r mut Vec<Diagnostic>,
}

impl Report<'_> {
    /// A problem under the check's code, to be filled in and [added](Self::add).
    fn error(&self, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(self.code, message)
    }

    fn note(&self, message: impl Into<String>) -> Diagnostic {
        Diagnostic::note(self.code, message)
    }

    fn add(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }
}
