//! Candidates → verdicts: which claims on a candidate stand, and on what evidence.
//!
//! Three questions, each over the whole document and linear in it: is the word spelled and prefixed
//! as the form allows ([`Bench::accept_all`])? Does a marked form have the evidence it needs? Which of
//! several entities of one form is meant ([`Bench::license_all`])? The rules of evidence are in `rules`.

mod rules;

use crate::arabic::clitics::{Contraction, Reading};
use crate::arabic::{CliticSet, Codes, Folded, Folds, Form, accept};
use crate::lexicon::{Claim, Lexicon, Meaning};
use crate::scan::Candidate;
use crate::span::Span;

/// What became of a claim on a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It stands.
    Licensed,
    /// Another word: the spelling differs in what the form does not leave open.
    Spelling,
    /// The form may not carry these proclitics, or not in this writing.
    Clitics,
    /// A reading of the word with fewer proclitics explains at least as much of it.
    Shadowed,
    /// A cue or a word, not a form of an entity.
    NotAName,
    /// The word before shows that it is not the name.
    RejectedBefore,
    /// The word after shows that it is not the name.
    RejectedAfter,
    /// It is part of the name of somebody else.
    OtherPerson,
    /// The adjective of another state follows.
    OtherNation,
    /// The document is about something in which the name means something else.
    OtherTheme,
    /// The office was not its at the document's date, or the document has none.
    OutOfTerm,
    /// The one who holds the office is named right after it.
    Named,
    /// The form needs evidence, and there is none.
    NoEvidence,
}

/// What licenses a form that does not count on its own.
///
/// ```
/// use dalil::{Evidence, Gazetteer, Tagger};
///
/// let tagger = Tagger::new(Gazetteer::builtin());
/// let mentions = tagger.tag("دخلوا مدينة الباب");
/// assert!(matches!(mentions[0].evidence, Evidence::Cue(_)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Evidence {
    /// The form counts on its own.
    #[default]
    None,
    /// A cue word stands beside it, at these bytes of the text.
    Cue(Span),
    /// A free form of the same entity stands earlier in the document.
    Antecedent,
    /// The given name stands before it in a spelling that no form has, at these bytes of the text.
    Given(Span),
    /// It continues a list of its kind, after the name at these bytes.
    List(Span),
    /// The document is about its country more than about any other.
    Country,
}

/// A claim on a candidate, judged.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Verdict {
    pub(crate) claim: u32,
    pub(crate) fate: Fate,
    pub(crate) folds: Folds,
    pub(crate) evidence: Evidence,
    /// Whether one of its cues stands beside it; not looked for where it is the only claim and free.
    beside: bool,
}

/// A candidate with the verdicts on its claims, those that stand first, the chosen one foremost.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Judged {
    pub(crate) candidate: Candidate,
    /// The first of its verdicts.
    pub(crate) from: u32,
    /// The end of its verdicts.
    pub(crate) to: u32,
    /// How many of them stand.
    pub(crate) standing: u32,
    /// Whether nothing but rank put the first of them before the second.
    pub(crate) by_rank: bool,
}

/// Memory that judging reuses from text to text.
#[derive(Debug, Default)]
pub(crate) struct Bench {
    pub(crate) judged: Vec<Judged>,
    pub(crate) verdicts: Vec<Verdict>,
    /// The first claim on each candidate, read ahead so that the looks do not wait for each other.
    firsts: Vec<Claim>,
    /// A form, folded to be compared with a text.
    wanted: Folded,
    /// Cues in the order of their starts.
    cues: Vec<Cue>,
    /// How many of them start before the word that is judged.
    passed: usize,
    /// The entities of which a free form stands before the name that is judged.
    seen: Seen,
    /// The entities of which the document has a free form that is theirs alone.
    sure: Seen,
    /// For each country how many undisputed mentions of it the document has.
    support: Vec<u32>,
    /// The country that it has more of than of any other, 0 for none.
    setting: usize,
    /// For each theme how many of its words the document has.
    themes: Vec<u32>,
    /// Where the last name ended that means something else by the theme.
    theme_end: Option<u32>,
}

/// A set of entities that is cleared by what was added, as a gazetteer may have far more.
#[derive(Debug, Default)]
struct Seen {
    /// A bit for each entity.
    bits: Vec<u64>,
    added: Vec<u32>,
}

impl Seen {
    /// Empties it, for a gazetteer of so many entities.
    fn clear(&mut self, entities: usize) {
        for entity in self.added.drain(..) {
            self.bits[entity as usize / 64] = 0;
        }
        self.bits.resize(entities.div_ceil(64), 0);
    }

    fn add(&mut self, entity: u32) {
        self.bits[entity as usize / 64] |= 1 << (entity % 64);
        self.added.push(entity);
    }

    fn contains(&self, entity: u32) -> bool {
        self.bits[entity as usize / 64] >> (entity % 64) & 1 == 1
    }
}

#[derive(Debug, Clone, Copy)]
struct Cue {
    class: u32,
    start: u32,
    end: u32,
}

/// The text and what it is compared with.
#[derive(Clone, Copy)]
pub(crate) struct Case<'c> {
    pub(crate) text: &'c str,
    pub(crate) folded: &'c Folded,
    pub(crate) lexicon: &'c Lexicon,
    /// Whether marks are heeded; without, every form counts on its own.
    pub(crate) context: bool,
    /// The document's date (ISO 8601, possibly shortened).
    pub(crate) date: Option<&'c str>,
}

impl Bench {
    /// Judges every candidate.
    pub(crate) fn judge(&mut self, case: Case<'_>, candidates: &[Candidate]) {
        self.judged.clear();
        self.verdicts.clear();
        self.cues.clear();
        self.themes.clear();
        self.theme_end = None;
        self.themes.resize(case.lexicon.themes().len(), 0);
        self.seen.clear(case.lexicon.entity_count());
        self.sure.clear(case.lexicon.entity_count());
        self.accept_all(case, candidates);
        self.count_support(case);
        self.license_all(case);
    }

    /// The verdicts that stand, the chosen one first.
    pub(crate) fn standing(&self, judged: &Judged) -> &[Verdict] {
        &self.verdicts[judged.from as usize..(judged.from + judged.standing) as usize]
    }

    fn accept_all(&mut self, case: Case<'_>, candidates: &[Candidate]) {
        // Within a word, readings come with ever more proclitics.
        let mut word = u32::MAX;
        let mut explained = 0;
        let mut proclitics = CliticSet::NONE;
        let mut explained_before = 0;
        // Candidates that begin at one code follow each other.
        let mut begun: Option<Codes<'_>> = None;
        self.firsts.clear();
        self.firsts.extend(candidates.iter().map(|candidate| case.lexicon.claim(candidate.key)));
        for (candidate, &first) in candidates.iter().zip(&self.firsts) {
            if candidate.word != word {
                (word, explained, explained_before) = (candidate.word, 0, 0);
                proclitics = candidate.reading.clitics;
            }
            if candidate.reading.clitics != proclitics {
                proclitics = candidate.reading.clitics;
                explained_before = explained;
            }
            let shadowed = candidate.end <= explained_before;
            let from = self.verdicts.len();
            let (from_code, to) = (candidate.start as usize, candidate.end as usize);
            let codes = begun
                .and_then(|codes| codes.up_to(from_code, to))
                .unwrap_or_else(|| Codes::new(case.text, case.folded, from_code, to));
            begun = Some(codes);
            for (number, claim) in case.lexicon.claims_from(candidate.key, first) {
                let (fate, folds) =
                    accept_claim(case, candidate.reading, codes, (number, claim), &mut self.wanted);
                let fate = if shadowed { Fate::Shadowed } else { fate };
                if matches!(fate, Fate::Licensed | Fate::NotAName) {
                    explained = explained.max(candidate.end);
                }
                match claim.meaning() {
                    Meaning::Cue { class, .. } if fate == Fate::NotAName => {
                        self.cues.push(Cue { class, start: candidate.start, end: candidate.end });
                    }
                    Meaning::Theme { theme, .. } if fate == Fate::NotAName => {
                        self.themes[theme as usize] += 1;
                    }
                    _ => {}
                }
                self.verdicts.push(Verdict {
                    claim: number,
                    fate,
                    folds,
                    evidence: Evidence::None,
                    beside: false,
                });
            }
            self.judged.push(Judged {
                candidate: *candidate,
                from: short(from),
                to: short(self.verdicts.len()),
                standing: 0,
                by_rank: false,
            });
        }
        self.cues.sort_unstable_by_key(|cue| (cue.start, cue.end));
    }

    /// Notes the entities whose form is theirs alone and needs no evidence, and counts their
    /// countries.
    fn count_support(&mut self, case: Case<'_>) {
        self.support.clear();
        self.support.resize(case.lexicon.country_count(), 0);
        for judged in &self.judged {
            let mut verdicts = self.verdicts[judged.from as usize..judged.to as usize]
                .iter()
                .filter(|verdict| verdict.fate == Fate::Licensed);
            let (Some(only), None) = (verdicts.next(), verdicts.next()) else { continue };
            let claim = case.lexicon.claim(only.claim);
            if let Some(entity) = claim.entity()
                && case.lexicon.licence(claim).is_sure()
            {
                self.sure.add(entity);
                self.support[usize::from(case.lexicon.country(entity))] += 1;
            }
        }
        // No country supports nothing.
        self.support[0] = 0;
        let most = self.support.iter().copied().max().unwrap_or(0);
        let mut foremost = (0..self.support.len()).filter(|&country| self.support[country] == most);
        self.setting = match (foremost.next(), foremost.next()) {
            (Some(country), None) if most >= SETTING => country,
            _ => 0,
        };
    }

    fn license_all(&mut self, case: Case<'_>) {
        // The last name that stands, for lists.
        let mut last: Option<Judged> = None;
        self.passed = 0;
        for index in 0..self.judged.len() {
            let mut judged = self.judged[index];
            let passes = |cue: &&Cue| cue.start < judged.candidate.word;
            self.passed += self.cues[self.passed..].iter().take_while(passes).count();
            let range = judged.from as usize..judged.to as usize;
            if self.verdicts[range.clone()].iter().all(|verdict| verdict.fate != Fate::Licensed) {
                continue;
            }
            for number in range.clone() {
                let verdict = self.verdicts[number];
                if verdict.fate == Fate::Licensed {
                    let candidate = &judged.candidate;
                    let (fate, evidence) = self.license(case, index, verdict.claim, last.as_ref());
                    let beside = matches!(evidence, Evidence::Cue(_) | Evidence::Given(_))
                        || range.len() > 1 && self.is_shown(case, candidate, verdict.claim);
                    let verdict = &mut self.verdicts[number];
                    (verdict.fate, verdict.evidence, verdict.beside) = (fate, evidence, beside);
                }
            }
            if self.verdicts[range.clone()].iter().any(|verdict| verdict.fate == Fate::OtherTheme) {
                self.theme_end = Some(judged.candidate.end);
            }
            let (sure, support) = (&self.sure, &self.support);
            // What the document says for a claim, before its rank.
            let reasons = |verdict: &Verdict| {
                let entity = case.lexicon.claim(verdict.claim).entity();
                let country = entity.map_or(0, |entity| usize::from(case.lexicon.country(entity)));
                let covers = |date| entity.and_then(|e| case.lexicon.entity(e).covers(date));
                let out_of_time =
                    case.date.and_then(covers).map_or(1, |covers| 2 * i32::from(!covers));
                let unsure = entity.is_none_or(|entity| !sure.contains(entity));
                (!verdict.beside, out_of_time, unsure, std::cmp::Reverse(support[country]))
            };
            let order = |verdict: &Verdict| {
                (verdict.fate != Fate::Licensed, reasons(verdict), verdict.claim)
            };
            if range.len() > 1 {
                self.verdicts[range.clone()].sort_by_key(order);
            }
            let verdicts = &self.verdicts[range];
            if let Some(Verdict { claim, evidence: Evidence::Given(_), .. }) = verdicts.first()
                && let Some(longer) = self.given_before(case, index, case.lexicon.claim(*claim))
            {
                judged.candidate = longer;
            }
            judged.standing =
                short(verdicts.iter().take_while(|verdict| verdict.fate == Fate::Licensed).count());
            if let [first, second, ..] = verdicts
                && judged.standing > 1
            {
                judged.by_rank = reasons(first) == reasons(second);
            }
            self.judged[index] = judged;
            if judged.standing > 0 {
                let chosen = case.lexicon.claim(verdicts[0].claim);
                if let Some(entity) = chosen.entity()
                    && case.lexicon.licence(chosen).is_sure()
                {
                    self.seen.add(entity);
                }
                let longer = |last: Judged| judged.candidate.end > last.candidate.end;
                if last.is_none_or(longer) {
                    last = Some(judged);
                }
            }
        }
    }
}

/// The fewest mentions of a country in a document that is set there.
const SETTING: u32 = 2;

fn accept_claim(
    case: Case<'_>,
    reading: Reading,
    codes: Codes<'_>,
    (number, claim): (u32, Claim),
    wanted: &mut Folded,
) -> (Fate, Folds) {
    let spelling = claim.spelling();
    let written_so = match reading.contraction {
        // ل before an article is written لل.
        Contraction::None => !(reading.is_plain_lam() && spelling.has_article()),
        Contraction::Article => spelling.has_article() && !spelling.has_article_before_lam(),
        Contraction::ArticleBeforeLam => spelling.has_article_before_lam(),
    };
    if !(written_so && case.lexicon.licence(claim).clitics.contains(reading.clitics)) {
        return (Fate::Clitics, Folds::default());
    }
    let missing = reading.contraction.missing().len();
    let form = Form { utf8: case.lexicon.form(number), codes: claim.codes(), spelling };
    match accept(form, missing, codes, wanted) {
        None => (Fate::Spelling, Folds::default()),
        Some(folds) => match claim.meaning() {
            Meaning::Surface { .. } => (Fate::Licensed, folds),
            Meaning::Cue { .. } | Meaning::Theme { .. } | Meaning::Word { .. } => {
                (Fate::NotAName, folds)
            }
        },
    }
}

/// Verdicts are at most some times as many as codes, which are counted in 32 bits.
fn short(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
