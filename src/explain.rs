//! Why each candidate was kept or dropped, for people.

use std::fmt;

use crate::judge::{Bench, Case, Evidence, Fate};
use crate::lexicon::Meaning;
use crate::resolve::Place;
use crate::span::Span;

/// What every stage made of a text.
///
/// `Display` prints it stage by stage, as `dalil explain` does.
///
/// ```
/// use dalil::{Gazetteer, Tagger};
///
/// let tagger = Tagger::new(Gazetteer::builtin());
/// let explanation = tagger.explain("وصل إلى إدلب");
/// assert_eq!(explanation.folded, "وصل الي ادلب");
/// assert!(explanation.steps.iter().any(|step| step.kept && step.meaning == "place:idlib"));
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Explanation {
    /// The text as it is searched.
    pub folded: String,
    /// Every meaning of every candidate, in the order of their starts.
    pub steps: Vec<Step>,
}

/// One meaning of one candidate.
///
/// ```
/// use dalil::{Gazetteer, Tagger};
///
/// let tagger = Tagger::new(Gazetteer::builtin());
/// let explanation = tagger.explain("أغلق الباب");
/// assert!(explanation.steps.iter().all(|step| !step.kept && !step.reason.is_empty()));
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Step {
    /// UTF-8 bytes of the name.
    pub bytes: Span,
    /// The name as the text writes it.
    pub text: String,
    /// What it may mean: `place:aleppo`, `cue:title`, `word`.
    pub meaning: String,
    /// The proclitics before it.
    pub clitics: String,
    /// What was folded to find it.
    pub folds: String,
    /// Whether it is reported.
    pub kept: bool,
    /// Why.
    pub reason: String,
}

impl Explanation {
    pub(crate) fn new(
        case: Case<'_>,
        bench: &Bench,
        place: impl Fn(usize) -> Option<Place>,
    ) -> Self {
        let mut steps = Vec::new();
        for (index, judged) in bench.judged.iter().enumerate() {
            let candidate = &judged.candidate;
            let (start, end) = (candidate.start as usize, candidate.end as usize);
            let bytes = Span::new(case.folded.start(start), case.folded.end(end - 1, case.text));
            let verdicts = &bench.verdicts[judged.from as usize..judged.to as usize];
            for (number, verdict) in verdicts.iter().enumerate() {
                let place = place(index);
                let (kept, reason) = match verdict.fate {
                    Fate::Licensed if number > 0 => {
                        (false, "another entity of this name is preferred".into())
                    }
                    Fate::Licensed => match place {
                        Some(Place::Inside(outer)) => (false, inside(case, bench, outer, "inside")),
                        Some(Place::Crosses(outer)) => {
                            (false, inside(case, bench, outer, "crosses"))
                        }
                        _ => (true, evidence(case, verdict.evidence)),
                    },
                    fate => (false, reason(fate).into()),
                };
                steps.push(Step {
                    bytes,
                    text: case.text[bytes.range()].to_owned(),
                    meaning: meaning(case, verdict.claim),
                    clitics: candidate.reading.clitics.letters().collect(),
                    folds: verdict.folds.to_string(),
                    kept,
                    reason,
                });
            }
        }
        steps.sort_by_key(|step| (step.bytes.start, std::cmp::Reverse(step.bytes.end), !step.kept));
        Self { folded: case.folded.to_string(), steps }
    }
}

fn meaning(case: Case<'_>, claim: u32) -> String {
    match case.lexicon.claim(claim).meaning() {
        Meaning::Surface { entity, .. } => {
            let entity = case.lexicon.entity(entity);
            format!("{}:{}", entity.kind, entity.id)
        }
        Meaning::Cue { class, .. } => format!("cue:{}", case.lexicon.cue(class).id),
        Meaning::Theme { theme, .. } => {
            format!("theme:{}", case.lexicon.themes()[theme as usize].id)
        }
        Meaning::Word { .. } => "word".to_owned(),
    }
}

fn evidence(case: Case<'_>, evidence: Evidence) -> String {
    match evidence {
        Evidence::None => "counts on its own".to_owned(),
        Evidence::Cue(span) => format!("beside the cue {}", &case.text[span.range()]),
        Evidence::Given(span) => {
            format!("after the given name, spelled {}", &case.text[span.range()])
        }
        Evidence::Antecedent => "its full name stands earlier".to_owned(),
        Evidence::Country => "the text is set in its country".to_owned(),
        Evidence::List(span) => format!("in a list after {}", &case.text[span.range()]),
    }
}

fn inside(case: Case<'_>, bench: &Bench, outer: u32, relation: &str) -> String {
    let outer = &bench.judged[outer as usize];
    let meaning = meaning(case, bench.verdicts[outer.from as usize].claim);
    format!("{relation} the longer {meaning}")
}

fn reason(fate: Fate) -> &'static str {
    match fate {
        Fate::Licensed => "counts",
        Fate::Spelling => "another word: spelled differently where it matters",
        Fate::Clitics => "may not carry these proclitics",
        Fate::Shadowed => "a reading with fewer proclitics explains the word",
        Fate::NotAName => "no name, but helps to tell names",
        Fate::RejectedBefore => "the word before rules it out",
        Fate::RejectedAfter => "the word after rules it out",
        Fate::OtherPerson => "part of the name of somebody else",
        Fate::OtherNation => "the adjective of another state follows",
        Fate::OtherTheme => "means something else in a text of this theme",
        Fate::OutOfTerm => "held the office at another time, or the text has no date",
        Fate::Named => "the holder of the office is named after it",
        Fate::NoEvidence => "needs a cue word, its full name earlier, or a list, and has none",
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "folded  {}", self.folded)?;
        for step in &self.steps {
            let Step { bytes, text, meaning, clitics, folds, kept, reason } = step;
            let mark = if *kept { "kept   " } else { "dropped" };
            write!(f, "{mark} {}..{} {text}  {meaning}", bytes.start, bytes.end)?;
            if !clitics.is_empty() {
                write!(f, "  after {clitics}")?;
            }
            if !folds.is_empty() {
                write!(f, "  folded: {folds}")?;
            }
            writeln!(f, "  ({reason})")?;
        }
        Ok(())
    }
}
