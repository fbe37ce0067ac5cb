//! The rules: what rules a name out, and what licenses one that does not count on its own.

use super::{Bench, Case, Cue, Evidence, Fate, Judged, short};
use crate::arabic::clitics::{self, Contraction};
use crate::arabic::letters::{BREAK, Code, SPACE};
use crate::arabic::{CliticSet, extend_over_marks};
use crate::entity::Context;
use crate::gazetteer::CuePosition;
use crate::kind::Kind;
use crate::lexicon::{Claim, Licence, PersonName, Theme};
use crate::scan::Candidate;
use crate::span::Span;

impl Bench {
    pub(super) fn license(
        &self,
        case: Case<'_>,
        index: usize,
        claim: u32,
        last: Option<&Judged>,
    ) -> (Fate, Evidence) {
        let candidate = &self.judged[index].candidate;
        let claim = case.lexicon.claim(claim);
        let Some(entity) = claim.entity() else {
            return (Fate::NotAName, Evidence::None);
        };
        let licence = case.lexicon.licence(claim);
        if !licence.terms.is_empty() {
            let holds = |date| licence.terms.iter().any(|term| term.covers(date));
            if !case.date.is_some_and(holds) {
                return (Fate::OutOfTerm, Evidence::None);
            }
            if self.is_named_after(case, index) {
                return (Fate::Named, Evidence::None);
            }
        }
        if !case.context {
            return (Fate::Licensed, Evidence::None);
        }
        let codes = case.folded.codes();
        if licence.reject_before.stand_before(codes, candidate.word as usize) {
            return (Fate::RejectedBefore, Evidence::None);
        }
        if licence.reject_after.stand_after(codes, candidate.end as usize) {
            return (Fate::RejectedAfter, Evidence::None);
        }
        if let Some(given) = self.given_before(case, index, claim) {
            let end = candidate.word as usize - 2;
            let bytes = case.folded.start(given.start as usize)..case.folded.end(end, case.text);
            return (Fate::Licensed, Evidence::Given(Span::new(bytes.start, bytes.end)));
        }
        if let Some(person) = claim.person()
            && self.is_of_other_person(case, candidate, person, licence.context)
        {
            return (Fate::OtherPerson, Evidence::None);
        }
        let nation = case.lexicon.nation(entity);
        if nation != 0 && ![0, nation].contains(&stated_country(case, candidate)) {
            return (Fate::OtherNation, Evidence::None);
        }
        if self.is_of_theme(case, candidate, entity) {
            return (Fate::OtherTheme, Evidence::None);
        }
        if licence.context == Context::Free {
            return (Fate::Licensed, Evidence::None);
        }
        let only_adjacent = licence.context == Context::NeverBare;
        if let Some(cue) = self.cue_beside(case, candidate, licence, only_adjacent) {
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
        if nation != 0 && usize::from(nation) == self.setting && is_phrase(codes, candidate) {
            return (Fate::Licensed, Evidence::Country);
        }
        (Fate::NoEvidence, Evidence::None)
    }

    /// Whether a cue or the adjective of its country stands beside a name.
    pub(super) fn is_shown(&self, case: Case<'_>, candidate: &Candidate, claim: u32) -> bool {
        let claim = case.lexicon.claim(claim);
        let licence = case.lexicon.licence(claim);
        let stated = stated_country(case, candidate);
        let adjective = |entity| stated != 0 && stated == case.lexicon.country(entity);
        self.cue_beside(case, candidate, licence, false).is_some()
            || claim.entity().is_some_and(adjective)
    }

    /// Whether a name means something else because of what the document is about: after a word that
    /// says so (مباراة X), or joined to such a name (مباراة X وY).
    fn is_of_theme(&self, case: Case<'_>, candidate: &Candidate, entity: u32) -> bool {
        let codes = case.folded.codes();
        let themes = case.lexicon.themes().iter().zip(&self.themes);
        let mut themes = themes.filter(|(theme, count)| {
            let holds = |kind| theme.kinds.contains(kind);
            **count >= theme.least && case.lexicon.kind(entity).is_some_and(holds)
        });
        themes.any(|(theme, _)| {
            theme.reject_before.stand_before(codes, candidate.word as usize)
                || is_linked(codes, candidate.word as usize, theme)
                || self.theme_end.is_some_and(|end| joins(case, end, candidate))
        })
    }

    /// Whether the holder of an office is named right after it: وزير الخارجية الروسي سيرغي لافروف.
    fn is_named_after(&self, case: Case<'_>, index: usize) -> bool {
        let end = self.judged[index].candidate.end;
        let after = word_after(case.folded.codes(), end as usize);
        let later =
            self.judged[index + 1..].iter().take_while(|next| next.candidate.word <= end + 1);
        let mut names = later.filter(|next| next.candidate.word == end + 1);
        after.is_some_and(|after| case.lexicon.is_given_name(after))
            || names.any(|next| {
                self.verdicts[next.from as usize..next.to as usize].iter().any(|verdict| {
                    verdict.fate == Fate::Licensed
                        && case.lexicon.claim(verdict.claim).person().is_some()
                })
            })
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
        if person != PersonName::Single {
            return false;
        }
        let is_cue = || self.cues_before(candidate.word).any(|cue| cue.end + 1 == candidate.word);
        let given = |word: &[Code]| case.lexicon.is_given_name(word);
        let after = word_after(codes, end);
        before.is_some_and(|before| (given(before) || is_compound(codes, word)) && !is_cue())
            || context != Context::Free
                && after.is_some_and(|after| clitics::is_nasab(after) || given(after))
    }

    /// A person's name with the given name before it, if no form has the two together: spelled
    /// otherwise (كنزو أوشيما for كينزو أوشيما), or known from a form of another surname.
    pub(super) fn given_before(
        &self,
        case: Case<'_>,
        index: usize,
        claim: Claim,
    ) -> Option<Candidate> {
        let initial = claim.given();
        if initial == 0 {
            return None;
        }
        let candidate = self.judged[index].candidate;
        let entity = claim.entity()?;
        if candidate.word != candidate.start {
            return None;
        }
        let given = word_before(case.folded.codes(), candidate.word as usize)?;
        let word = candidate.word - 1 - short(given.len());
        let free = case.lexicon.licence(claim).context == Context::Free;
        let is_given = |word: &[Code]| {
            free && case.lexicon.is_given_name_of(word, entity)
                || case.lexicon.is_like_given_name_of(word, entity)
        };
        let mut found = None;
        clitics::readings(given, |reading| {
            let rest = &given[usize::from(reading.skip)..];
            let whole = reading.contraction == Contraction::None;
            if found.is_none() && whole && rest.first() == Some(&initial) && is_given(rest) {
                found = Some(Candidate {
                    word,
                    start: word + u32::from(reading.skip),
                    reading,
                    ..candidate
                });
            }
        });
        let earlier = self.judged[..index].iter().rev().map(|judged| judged.candidate);
        let mut near = earlier.take_while(|earlier| earlier.word >= word);
        found.filter(|_| !near.any(|earlier| earlier.end >= candidate.end))
    }

    /// The bytes of a cue of some classes that stands beside the candidate.
    fn cue_beside(
        &self,
        case: Case<'_>,
        candidate: &Candidate,
        licence: &Licence,
        only_adjacent: bool,
    ) -> Option<Span> {
        let licenses = |cue: &Cue, position: CuePosition, between: std::ops::Range<u32>| {
            let class = case.lexicon.cue(cue.class);
            let gap = if only_adjacent { 0 } else { class.gap };
            class.position == position
                && licence.cues.contains(cue.class)
                && bridges(case, between, gap)
        };
        let (word, end) = (candidate.word, candidate.end);
        let before = self.cues_before(word).find(|cue| {
            // مستشفى الملك فيصل is no king.
            licenses(cue, CuePosition::Before, cue.end..word)
                && !licence.reject_before.stand_before(case.folded.codes(), cue.start as usize)
        });
        let after = self.cues[self.passed..].iter().take_while(|cue| cue.start <= end + REACH);
        let mut after = after.filter(|cue| cue.start > end);
        let found =
            before.or_else(|| after.find(|cue| licenses(cue, CuePosition::After, end..cue.start)));
        let Some(found) = found else { return marks_around(case, candidate, licence) };
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
        let [kind, other] = [entity, other].map(|entity| case.lexicon.kind(entity));
        let lists = |kind: &Kind| *kind == "place" || *kind == "faction";
        if kind != other || !kind.is_some_and(lists) || !joins(case, end, candidate) {
            return None;
        }
        let [from, to] = [last.candidate.start as usize, end as usize - 1];
        Some(Span::new(case.folded.start(from), case.folded.end(to, case.text)))
    }
}

/// The most words between a rejecting word and the linking one.
const LINKED: usize = 2;

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

/// The byte span of the mark before a name, if that and the one after it are evidence: «الحياة».
fn marks_around(case: Case<'_>, candidate: &Candidate, licence: &Licence) -> Option<Span> {
    if licence.around.is_empty() || candidate.word != candidate.start {
        return None;
    }
    let (start, end) =
        case.folded.span(candidate.start as usize, candidate.end as usize, case.text);
    let before = case.text[..start].trim_end_matches(' ');
    let after = case.text[extend_over_marks(case.text, end)..].trim_start_matches(' ');
    let (open, close) = before.chars().next_back().zip(after.chars().next())?;
    let bytes = Span::new(before.len() - open.len_utf8(), before.len());
    licence.around.contains(&(open, close)).then_some(bytes)
}

/// The country whose adjective stands right after a name, 0 for none: طرابلس اللبنانية.
fn stated_country(case: Case<'_>, candidate: &Candidate) -> u16 {
    let after = word_after(case.folded.codes(), candidate.end as usize);
    after.and_then(|after| case.lexicon.nationality(after)).unwrap_or(0)
}

/// Whether a name has several words.
fn is_phrase(codes: &[Code], candidate: &Candidate) -> bool {
    codes[candidate.start as usize..candidate.end as usize].contains(&SPACE)
}

/// Whether a name continues a list after one that ends at `end`: a comma or و joins them.
fn joins(case: Case<'_>, end: u32, candidate: &Candidate) -> bool {
    if end + 1 != candidate.word {
        return false;
    }
    let (from, to) = (case.folded.end(end as usize - 1, case.text), candidate.word as usize);
    let gap = case.text[from..case.folded.start(to)].trim();
    let and = candidate.reading.clitics.contains(CliticSet::AND);
    gap.is_empty() && and || matches!(gap, "," | "\u{060C}")
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

/// Whether the word before the one at `word` is the second half of a given name: عبد الرحمن.
fn is_compound(codes: &[Code], word: usize) -> bool {
    let before = word_before(codes, word);
    let first = before.and_then(|before| word_before(codes, word - 1 - before.len()));
    first.is_some_and(clitics::begins_compound)
}

/// Whether a linking word stands before the word at `word`, and a few words before it a rejecting
/// one: مباراة الأمس مع X.
fn is_linked(codes: &[Code], word: usize, theme: &Theme) -> bool {
    if !theme.links.stand_before(codes, word) {
        return false;
    }
    let mut at = word;
    (0..=LINKED).any(|_| match word_before(codes, at) {
        Some(before) => {
            at -= before.len() + 1;
            theme.reject_before.stand_before(codes, at)
        }
        None => false,
    })
}
