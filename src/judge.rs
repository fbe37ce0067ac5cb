//! Candidates → verdicts: which claims on a candidate stand, and on what evidence.
//!
//! Three questions, each over the whole document and linear in it: is the word spelled and prefixed
//! as the form allows ([`Bench::accept_all`])? Does a marked form have the evidence it needs? Which of
//! several entities of one form is meant ([`Bench::license_all`])?

use crate::arabic::clitics::{Contraction, Reading};
use crate::arabic::letters::{BREAK, Code, SPACE};
use crate::arabic::{CliticSet, Codes, Folded, Folds, Form, accept, clitics};
use crate::entity::Context;
use crate::gazetteer::CuePosition;
use crate::lexicon::{Claim, CueSet, Lexicon, Meaning, PersonName};
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
    /// It continues a list of its kind, after the name at these bytes.
    List(Span),
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
    /// The entities of which a free form stands in the document.
    seen: Seen,
    /// For each country how many undisputed mentions of it the document has.
    support: Vec<u32>,
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
            let codes = Codes::new(case.text, case.folded, from_code, to);
            for (number, claim) in case.lexicon.claims_from(candidate.key, first) {
                let (fate, folds) =
                    accept_claim(case, candidate.reading, codes, (number, claim), &mut self.wanted);
                let fate = if shadowed { Fate::Shadowed } else { fate };
                if matches!(fate, Fate::Licensed | Fate::NotAName) {
                    explained = explained.max(candidate.end);
                }
                if let Meaning::Cue { class, .. } = claim.meaning()
                    && fate == Fate::NotAName
                {
                    self.cues.push(Cue { class, start: candidate.start, end: candidate.end });
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

    /// Counts the countries of entities whose form is theirs alone and needs no evidence.
    fn count_support(&mut self, case: Case<'_>) {
        self.support.clear();
        self.support.resize(case.lexicon.country_count(), 0);
        // It decides between several claims on a candidate.
        if self.judged.iter().all(|judged| judged.to - judged.from < 2) {
            return;
        }
        for judged in &self.judged {
            let mut verdicts = self.verdicts[judged.from as usize..judged.to as usize]
                .iter()
                .filter(|verdict| verdict.fate == Fate::Licensed);
            let (Some(only), None) = (verdicts.next(), verdicts.next()) else { continue };
            let claim = case.lexicon.claim(only.claim);
            if let Some(entity) = claim.entity()
                && case.lexicon.licence(claim).context == Context::Free
            {
                self.support[usize::from(case.lexicon.country(entity))] += 1;
            }
        }
        // No country supports nothing.
        self.support[0] = 0;
    }

    fn license_all(&mut self, case: Case<'_>) {
        self.seen.clear(case.lexicon.entities().len());
        // The last name that stands, for lists.
        let mut last: Option<Judged> = None;
        self.passed = 0;
        for index in 0..self.judged.len() {
            let mut judged = self.judged[index];
            let passes = |cue: &&Cue| cue.start < judged.candidate.word;
            self.passed += self.cues[self.passed..].iter().take_while(passes).count();
            let range = judged.from as usize..judged.to as usize;
            for number in range.clone() {
                let verdict = self.verdicts[number];
                if verdict.fate == Fate::Licensed {
                    let candidate = &judged.candidate;
                    let (fate, evidence) =
                        self.license(case, candidate, verdict.claim, last.as_ref());
                    let cues = case.lexicon.licence(case.lexicon.claim(verdict.claim)).cues;
                    let beside = matches!(evidence, Evidence::Cue(_))
                        || range.len() > 1
                            && self.cue_beside(case, candidate, cues, false).is_some();
                    let verdict = &mut self.verdicts[number];
                    (verdict.fate, verdict.evidence, verdict.beside) = (fate, evidence, beside);
                }
            }
            let support = &self.support;
            // What the document says for a claim, before its rank.
            let reasons = |verdict: &Verdict| {
                let entity = case.lexicon.claim(verdict.claim).entity();
                let country = entity.map_or(0, |entity| usize::from(case.lexicon.country(entity)));
                let covers = |date| entity.and_then(|e| case.lexicon.entity(e).covers(date));
                let out_of_time =
                    case.date.and_then(covers).map_or(1, |covers| 2 * i32::from(!covers));
                (!verdict.beside, out_of_time, std::cmp::Reverse(support[country]))
            };
            let order = |verdict: &Verdict| {
                (verdict.fate != Fate::Licensed, reasons(verdict), verdict.claim)
            };
            if range.len() > 1 {
                self.verdicts[range.clone()].sort_by_key(order);
            }
            let verdicts = &self.verdicts[range];
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
                    && case.lexicon.licence(chosen).context == Context::Free
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

    fn license(
        &self,
        case: Case<'_>,
        candidate: &Candidate,
        claim: u32,
        last: Option<&Judged>,
    ) -> (Fate, Evidence) {
        let claim = case.lexicon.claim(claim);
        let Some(entity) = claim.entity() else {
            return (Fate::NotAName, Evidence::None);
        };
        if !case.context {
            return (Fate::Licensed, Evidence::None);
        }
        let codes = case.folded.codes();
        let licence = case.lexicon.licence(claim);
        if stands_before(codes, candidate.word as usize, &licence.reject_before) {
            return (Fate::RejectedBefore, Evidence::None);
        }
        if stands_after(codes, candidate.end as usize, &licence.reject_after) {
            return (Fate::RejectedAfter, Evidence::None);
        }
        if let Some(person) = claim.person()
            && self.is_of_other_person(case, candidate, person, licence.context)
        {
            return (Fate::OtherPerson, Evidence::None);
        }
        if licence.context == Context::Free {
            return (Fate::Licensed, Evidence::None);
        }
        let only_adjacent = licence.context == Context::NeverBare;
        if let Some(cue) = self.cue_beside(case, candidate, licence.cues, only_adjacent) {
            return (Fate::Licensed, Evidence::Cue(cue));
        }
        if only_adjacent {
            return (Fate::NoEvidence, Evidence::None);
        }
        if self.seen.contains(entity) {
            return (Fate::Licensed, Evidence::Antecedent);
        }
        if let Some(span) = self.continues_list(case, candidate, entity, last) {
            return (Fate::Licensed, Evidence::List(span));
        }
        (Fate::NoEvidence, Evidence::None)
    }

    /// Whether the words around a person's name make it part of another's: a nasab before it (راشد بن
    /// X), a given name before a surname (نزار قباني is not every قباني), or after a marked one.
    fn is_of_other_person(
        &self,
        case: Case<'_>,
        candidate: &Candidate,
        person: PersonName,
        context: Context,
    ) -> bool {
        let codes = case.folded.codes();
        let (word, end) = (candidate.word as usize, candidate.end as usize);
        let before = word_before(codes, word);
        if before.is_some_and(clitics::is_nasab) {
            return true;
        }
        if person == PersonName::Full {
            return false;
        }
        let is_cue = || self.cues_before(candidate.word).any(|cue| cue.end + 1 == candidate.word);
        let given = |word: &[Code]| case.lexicon.is_given_name(word);
        let after = word_after(codes, end);
        before.is_some_and(|before| given(before) && !is_cue())
            || context != Context::Free
                && after.is_some_and(|after| clitics::is_nasab(after) || given(after))
    }

    /// The bytes of a cue of some classes that stands beside the candidate.
    fn cue_beside(
        &self,
        case: Case<'_>,
        candidate: &Candidate,
        classes: CueSet,
        only_adjacent: bool,
    ) -> Option<Span> {
        let licenses = |cue: &Cue, position: CuePosition, between: std::ops::Range<u32>| {
            let class = case.lexicon.cue(cue.class);
            let gap = if only_adjacent { 0 } else { class.gap };
            class.position == position && classes.contains(cue.class) && bridges(case, between, gap)
        };
        let (word, end) = (candidate.word, candidate.end);
        let before =
            self.cues_before(word).find(|cue| licenses(cue, CuePosition::Before, cue.end..word));
        let after = self.cues[self.passed..].iter().take_while(|cue| cue.start <= end + REACH);
        let mut after = after.filter(|cue| cue.start > end);
        let found = before
            .or_else(|| after.find(|cue| licenses(cue, CuePosition::After, end..cue.start)))?;
        let (start, end) = (found.start as usize, found.end as usize);
        Some(Span::new(case.folded.start(start), case.folded.end(end - 1, case.text)))
    }

    /// The cues that end before the word that is judged and start in its reach, the nearest first.
    fn cues_before(&self, word: u32) -> impl Iterator<Item = &Cue> {
        let near =
            self.cues[..self.passed].iter().rev().take_while(move |cue| word - cue.start <= REACH);
        near.filter(move |cue| cue.end < word)
    }

    /// The bytes of the name before, if the candidate is the next of a list of its kind.
    fn continues_list(
        &self,
        case: Case<'_>,
        candidate: &Candidate,
        entity: u32,
        last: Option<&Judged>,
    ) -> Option<Span> {
        let last = last?;
        let end = last.candidate.end;
        if end + 1 != candidate.word {
            return None;
        }
        let other = case.lexicon.claim(self.verdicts[last.from as usize].claim).entity()?;
        let [entity, other] = [entity, other].map(|entity| case.lexicon.entity(entity));
        if entity.kind != other.kind || entity.kind != "place" {
            return None;
        }
        let (from, to) = (case.folded.end(end as usize - 1, case.text), candidate.word as usize);
        let gap = case.text[from..case.folded.start(to)].trim();
        let joined = gap.is_empty() && candidate.reading.clitics.contains(CliticSet::AND);
        if !(joined || matches!(gap, "," | "\u{060C}")) {
            return None;
        }
        Some(Span::new(case.folded.start(last.candidate.start as usize), from))
    }
}

/// The farthest a cue may start from a name, in codes.
const REACH: u32 = 80;

/// Whether nothing stands between a cue and a name but at most `gap` definite words, or a colon.
fn bridges(case: Case<'_>, between: std::ops::Range<u32>, gap: usize) -> bool {
    let (from, to) = (between.start as usize, between.end as usize);
    let codes = &case.folded.codes()[from..to];
    if let [BREAK] = codes {
        let source = case.folded.end(from - 1, case.text)..case.folded.start(to);
        return case.text[source].trim() == ":";
    }
    let definite = clitics::is_definite;
    let mut words = codes.split(|&code| code == SPACE).filter(|word| !word.is_empty());
    words.clone().count() <= gap && words.all(|word| !word.contains(&BREAK) && definite(word))
}

/// The word before the one at `word`, if only a space is between them.
fn word_before(codes: &[Code], word: usize) -> Option<&[Code]> {
    let end = word.checked_sub(1).filter(|&end| codes[end] == SPACE)?;
    codes[..end].rsplit(|&code| code <= SPACE).next()
}

/// The word after a name that ends at `end`, if only a space is between them.
fn word_after(codes: &[Code], end: usize) -> Option<&[Code]> {
    let rest = codes[end..].strip_prefix(&[SPACE])?;
    rest.split(|&code| code <= SPACE).next()
}

/// Whether one of `words` ends right before the word at `word`; و or ف may be joined to it.
fn stands_before(codes: &[Code], word: usize, words: &[Box<[Code]>]) -> bool {
    let Some(end) = word.checked_sub(1).filter(|&end| codes[end] == SPACE) else { return false };
    words.iter().any(|other| {
        let Some([.., last]) = codes[..end].strip_suffix(&**other) else { return false };
        let start = end - other.len();
        let joined = clitics::is_conjunction(*last) && codes[start - 2] <= SPACE;
        *last <= SPACE || joined
    })
}

/// Whether one of `words` begins right after a name that ends at `end`.
fn stands_after(codes: &[Code], end: usize, words: &[Box<[Code]>]) -> bool {
    codes[end] == SPACE
        && words.iter().any(|other| {
            let rest = codes[end + 1..].strip_prefix(&**other);
            rest.is_some_and(|rest| rest.first().is_none_or(|&code| code <= SPACE))
        })
}

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
            Meaning::Cue { .. } | Meaning::Word { .. } => (Fate::NotAName, folds),
        },
    }
}

/// Verdicts are at most some times as many as codes, which are counted in 32 bits.
fn short(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
