//! The tagger: the one file that sees every stage.

use crate::arabic::{Folded, clitics, count_points, extend_over_marks};
use crate::confidence::{Grounds, confidence};
use crate::entity::Relation;
use crate::explain::Explanation;
use crate::gazetteer::Gazetteer;
use crate::judge::{Bench, Case, Fate, Judged, Verdict};
use crate::kind::Kind;
use crate::lexicon::Lexicon;
use crate::mention::{Mention, Rivals};
use crate::resolve::{self, Overlaps, Place, resolve};
use crate::scan::{Candidate, Leads, scan};
use crate::span::Span;

/// The most bytes that are tagged in one go; longer texts are cut at a line end before.
const WINDOW: usize = 1 << 30;

/// Finds the entities of a gazetteer in texts.
///
/// It is made once and used from as many threads as wanted. Tagging cannot fail.
///
/// ```
/// use dalil::{Gazetteer, Tagger};
///
/// let tagger = Tagger::new(Gazetteer::builtin());
/// let mentions = tagger.tag("تجدد القصف على حلب وإدلب");
/// let ids: Vec<_> = mentions.iter().map(|mention| mention.id()).collect();
/// assert_eq!(ids, ["aleppo", "idlib"]);
/// ```
#[derive(Debug, Clone)]
pub struct Tagger {
    lexicon: Lexicon,
    overlaps: Overlaps,
    kinds: Option<Vec<Kind>>,
    context: bool,
    min_confidence: f64,
}

/// Sets up a [`Tagger`].
///
/// ```
/// use dalil::{Gazetteer, Tagger};
///
/// let tagger = Tagger::builder(Gazetteer::builtin()).kinds(["state"]).build();
/// let mentions = tagger.tag("سافر من دمشق إلى روسيا");
/// assert_eq!(mentions.len(), 1);
/// assert_eq!(mentions[0].id(), "russia");
/// ```
#[derive(Debug, Clone)]
pub struct TaggerBuilder {
    gazetteer: Gazetteer,
    overlaps: Overlaps,
    kinds: Option<Vec<Kind>>,
    context: bool,
    demonyms: bool,
    roles: bool,
    min_confidence: f64,
    reference: bool,
}

/// Memory that tagging reuses from text to text; one a thread.
///
/// See [`Tagger::tag_each`] for an example.
#[derive(Debug, Default)]
pub struct Scratch {
    folded: Folded,
    leads: Leads,
    candidates: Vec<Candidate>,
    bench: Bench,
    order: Vec<u32>,
    places: Vec<Place>,
    resolving: resolve::Bench,
}

/// A stage between a text and its mentions.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The text as codes.
    Fold,
    /// Candidates.
    Scan,
    /// Verdicts on them.
    Judge,
    /// Those that stay.
    Resolve,
}

/// What was found in bytes that may not all be text.
///
/// See [`Tagger::tag_bytes`] for an example.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct TaggedBytes<'t> {
    /// The mentions; byte offsets are those of the bytes given, and a byte that is no text counts as
    /// one code point.
    pub mentions: Vec<Mention<'t>>,
    /// The offset of the first byte that is not UTF-8.
    pub first_invalid: Option<usize>,
}

impl TaggerBuilder {
    /// Which of overlapping mentions to report; [`Overlaps::Longest`] unless set.
    #[must_use]
    pub fn overlaps(mut self, overlaps: Overlaps) -> Self {
        self.overlaps = overlaps;
        self
    }

    /// The kinds to report; all unless set. Names of other kinds still hide what they overlap.
    #[must_use]
    pub fn kinds<'k>(mut self, kinds: impl IntoIterator<Item = &'k str>) -> Self {
        self.kinds = Some(kinds.into_iter().map(Kind::from).collect());
        self
    }

    /// Whether marked names need evidence around them, as the gazetteer says; they do unless set to
    /// `false`.
    #[must_use]
    pub fn context(mut self, context: bool) -> Self {
        self.context = context;
        self
    }

    /// Whether to report the adjectives of states too, as [`Relation::Demonym`]; not unless set.
    #[must_use]
    pub fn demonyms(mut self, demonyms: bool) -> Self {
        self.demonyms = demonyms;
        self
    }

    /// Whether to report offices too, for those who held them at the document's date, as
    /// [`Relation::Role`]; not unless set.
    ///
    /// ```
    /// use dalil::{Gazetteer, Relation, Scratch, Tagger};
    ///
    /// let tagger = Tagger::builder(Gazetteer::builtin()).roles(true).build();
    /// let text = "أعلن وزير الخارجية الروسي ذلك";
    /// tagger.tag_dated(&mut Scratch::default(), text, Some("2015-07"), |mention| {
    ///     assert_eq!((mention.id(), mention.relation), ("sergey-lavrov", Relation::Role));
    /// });
    /// ```
    #[must_use]
    pub fn roles(mut self, roles: bool) -> Self {
        self.roles = roles;
        self
    }

    /// The least confidence of a mention to be reported; 0 unless set.
    #[must_use]
    pub fn min_confidence(mut self, confidence: f64) -> Self {
        self.min_confidence = confidence;
        self
    }

    /// Whether to search with the reference index, an Aho-Corasick automaton, which finds the same
    /// more slowly.
    #[doc(hidden)]
    #[must_use]
    pub fn reference(mut self, reference: bool) -> Self {
        self.reference = reference;
        self
    }

    /// Makes the tagger.
    #[must_use]
    pub fn build(self) -> Tagger {
        let Self { mut gazetteer, overlaps, kinds, context, .. } = self;
        if self.demonyms {
            gazetteer.add_demonyms();
        }
        if self.roles {
            gazetteer.add_roles();
        }
        let lexicon = Lexicon::new(gazetteer, self.reference);
        Tagger { lexicon, overlaps, kinds, context, min_confidence: self.min_confidence }
    }
}

impl Tagger {
    /// A tagger with the default settings.
    #[must_use]
    pub fn new(gazetteer: Gazetteer) -> Self {
        Self::builder(gazetteer).build()
    }

    /// A tagger to be set up.
    #[must_use]
    pub fn builder(gazetteer: Gazetteer) -> TaggerBuilder {
        TaggerBuilder {
            gazetteer,
            overlaps: Overlaps::default(),
            kinds: None,
            context: true,
            demonyms: false,
            roles: false,
            min_confidence: 0.0,
            reference: false,
        }
    }

    /// The mentions of a text, in the order of their starts, the longer first.
    #[must_use]
    pub fn tag(&self, text: &str) -> Vec<Mention<'_>> {
        let mut mentions = Vec::new();
        self.tag_each(&mut Scratch::default(), text, |mention| mentions.push(mention));
        mentions
    }

    /// Calls `found` with each mention of a text, without allocating once `scratch` has grown.
    ///
    /// ```
    /// use dalil::{Gazetteer, Scratch, Tagger};
    ///
    /// let tagger = Tagger::new(Gazetteer::builtin());
    /// let mut scratch = Scratch::default();
    /// let mut count = 0;
    /// for line in ["وصل إلى دمشق", "غادر بيروت"] {
    ///     tagger.tag_each(&mut scratch, line, |_| count += 1);
    /// }
    /// assert_eq!(count, 2);
    /// ```
    pub fn tag_each<'t>(
        &'t self,
        scratch: &mut Scratch,
        text: &str,
        found: impl FnMut(Mention<'t>),
    ) {
        self.tag_dated(scratch, text, None, found);
    }

    /// The same for a text of a known date (ISO 8601, possibly shortened), which decides between
    /// entities of one name: holders of an office, factions of different times.
    pub fn tag_dated<'t>(
        &'t self,
        scratch: &mut Scratch,
        text: &str,
        date: Option<&str>,
        mut found: impl FnMut(Mention<'t>),
    ) {
        let mut before = Before::default();
        for piece in pieces(text, WINDOW) {
            let text = &text[piece];
            self.run(scratch, text, date);
            self.report(scratch, text, before, &mut found);
            before.bytes += text.len();
            before.chars += scratch.folded.points(text.len(), text);
        }
    }

    /// The mentions of bytes that should be UTF-8; what is not breaks names and words.
    ///
    /// ```
    /// use dalil::{Gazetteer, Tagger};
    ///
    /// let tagger = Tagger::new(Gazetteer::builtin());
    /// let mut bytes = "دمشق ".as_bytes().to_vec();
    /// bytes.push(0xFF);
    /// bytes.extend("حلب".as_bytes());
    /// let tagged = tagger.tag_bytes(&bytes);
    /// assert_eq!(tagged.first_invalid, Some(9));
    /// assert_eq!(tagged.mentions[1].bytes.start, 10);
    /// ```
    #[must_use]
    pub fn tag_bytes(&self, bytes: &[u8]) -> TaggedBytes<'_> {
        let (text, first_invalid) = crate::text::decode(bytes);
        TaggedBytes { mentions: self.tag(&text), first_invalid }
    }

    /// What every stage makes of a text: the folded text, each candidate, and why it was kept or
    /// dropped.
    #[must_use]
    pub fn explain(&self, text: &str) -> Explanation {
        let mut scratch = Scratch::default();
        self.run(&mut scratch, text, None);
        Explanation::new(self.case(&scratch.folded, text, None), &scratch.bench, |index| {
            let at = scratch.order.iter().position(|&judged| judged as usize == index)?;
            Some(scratch.places[at])
        })
    }

    /// How many different folded names, cues and words it searches for.
    #[must_use]
    pub fn key_count(&self) -> usize {
        self.lexicon.key_count()
    }

    /// How many bytes the index of the names holds.
    #[must_use]
    pub fn index_memory(&self) -> usize {
        self.lexicon.index_memory()
    }

    fn case<'c>(&'c self, folded: &'c Folded, text: &'c str, date: Option<&'c str>) -> Case<'c> {
        Case { text, folded, lexicon: &self.lexicon, context: self.context, date }
    }

    /// Fold, scan, judge, resolve.
    fn run(&self, scratch: &mut Scratch, text: &str, date: Option<&str>) {
        for stage in [Stage::Fold, Stage::Scan, Stage::Judge, Stage::Resolve] {
            self.run_stage(scratch, text, date, stage);
        }
    }

    /// Runs one stage on what those before it left in the scratch: for benches.
    #[doc(hidden)]
    pub fn run_stage(&self, scratch: &mut Scratch, text: &str, date: Option<&str>, stage: Stage) {
        let Scratch { folded, leads, candidates, bench, order, places, resolving } = scratch;
        match stage {
            Stage::Fold => folded.refill(text),
            Stage::Scan => scan(folded, &self.lexicon, leads, candidates),
            Stage::Judge => bench.judge(self.case(folded, text, date), candidates),
            Stage::Resolve => {
                order.clear();
                for (index, judged) in (0..).zip(&bench.judged) {
                    if judged.standing > 0 || self.is_word(bench, judged) {
                        order.push(index);
                    }
                }
                let start = |&index: &u32| {
                    let candidate = &bench.judged[index as usize].candidate;
                    (candidate.start, std::cmp::Reverse(candidate.end), index)
                };
                order.sort_unstable_by_key(start);
                resolve(&bench.judged, order, places, resolving);
            }
        }
    }

    /// Whether a candidate is a word that is no name, and hides the names in it.
    fn is_word(&self, bench: &Bench, judged: &Judged) -> bool {
        let verdicts = &bench.verdicts[judged.from as usize..judged.to as usize];
        verdicts.iter().any(|verdict| {
            verdict.fate == Fate::NotAName && self.lexicon.claim(verdict.claim).is_word()
        })
    }

    fn report<'t>(
        &'t self,
        scratch: &Scratch,
        text: &str,
        before: Before,
        found: &mut impl FnMut(Mention<'t>),
    ) {
        for (&index, place) in scratch.order.iter().zip(&scratch.places) {
            let judged = &scratch.bench.judged[index as usize];
            let Some(chosen) = scratch.bench.standing(judged).first() else { continue };
            let nested = match (place, self.overlaps) {
                (Place::Main, _) => false,
                (Place::Inside(_), Overlaps::Nested | Overlaps::All) => true,
                (Place::Crosses(_), Overlaps::All) => false,
                _ => continue,
            };
            let mention = self.mention(scratch, text, judged, chosen, nested);
            if let Some(mut mention) = mention {
                before.place(&mut mention, &scratch.folded, text);
                found(mention);
            }
        }
    }

    fn mention<'t>(
        &'t self,
        scratch: &Scratch,
        text: &str,
        judged: &Judged,
        chosen: &Verdict,
        nested: bool,
    ) -> Option<Mention<'t>> {
        let folded = &scratch.folded;
        let claim = self.lexicon.claim(chosen.claim);
        if let Some(kinds) = &self.kinds
            && !self.lexicon.kind(claim.entity()?).is_some_and(|kind| kinds.contains(kind))
        {
            return None;
        }
        let candidate = &judged.candidate;
        let confidence = confidence(Grounds {
            evidence: chosen.evidence,
            several_words: self.lexicon.form(chosen.claim).contains(&b' '),
            by_rank: judged.by_rank,
            inferred: claim.relation() == Relation::Role,
        });
        if confidence < self.min_confidence {
            return None;
        }
        let (word, start, end) =
            (candidate.word as usize, candidate.start as usize, candidate.end as usize);
        let (name_start, name_end) = folded.span(start, end, text);
        let bytes = Span::new(name_start, extend_over_marks(text, name_end));
        let mut clitics = candidate.reading.clitics;
        let mut token_start = if word == start { name_start } else { folded.start(word) };
        let apart = if clitics.is_empty() { detached(folded, text, word) } else { None };
        if let Some((set, at)) = apart {
            (clitics, token_start) = (set, at);
        }
        let (entity, surface) = self.lexicon.surface_of(chosen.claim)?;
        let standing = scratch.bench.standing(judged).iter().map(|verdict| verdict.claim);
        Some(Mention {
            entity,
            surface,
            bytes,
            chars: bytes,
            token_bytes: Span::new(token_start, bytes.end),
            token_chars: bytes,
            clitics,
            detached: apart.is_some(),
            contracted: !candidate.reading.contraction.missing().is_empty(),
            snapped: folded.is_joined(start),
            folds: chosen.folds,
            evidence: chosen.evidence,
            relation: claim.relation(),
            confidence,
            nested,
            rivals: Rivals::new(&self.lexicon, candidate.key, standing),
        })
    }
}

/// The proclitics that stand apart before the word at `word`, and the byte where they start.
fn detached(folded: &Folded, text: &str, word: usize) -> Option<(crate::arabic::CliticSet, usize)> {
    use crate::arabic::is_word;

    let codes = folded.codes();
    let end = word.checked_sub(1).filter(|&gap| !is_word(codes[gap]))?;
    let longest = end.min(3);
    let length = (0..longest).take_while(|back| is_word(codes[end - 1 - back])).count();
    let start = end - length;
    if length == 0 || is_word(codes[start - 1]) {
        return None;
    }
    let set = clitics::detached(&codes[start..end])?;
    let gap = &text[folded.end(end - 1, text)..folded.start(word)];
    let opens = |c: char| {
        c == '\u{0640}'
            || c == ' '
            || c == '\u{00A0}'
            || "\"'([\u{00AB}\u{2018}\u{201C}\u{2039}".contains(c)
    };
    gap.chars().all(opens).then(|| (set, folded.start(start)))
}

/// What stands before a piece of a text.
#[derive(Debug, Clone, Copy, Default)]
struct Before {
    bytes: usize,
    /// Code points.
    chars: usize,
}

impl Before {
    /// Moves a mention of the piece to its place in the whole text.
    fn place(self, mention: &mut Mention<'_>, folded: &Folded, piece: &str) {
        let (bytes, token) = (mention.bytes, mention.token_bytes);
        let token_start = self.chars + folded.points(token.start, piece);
        let between = |from: usize, to: usize| count_points(&piece[from..to]);
        let start = token_start + between(token.start, bytes.start);
        let end = start + between(bytes.start, bytes.end);
        mention.chars = Span::new(start, end);
        mention.token_chars = Span::new(token_start, end);
        let moved = |span: Span| Span::new(span.start + self.bytes, span.end + self.bytes);
        mention.bytes = moved(mention.bytes);
        mention.token_bytes = moved(mention.token_bytes);
    }
}

/// Cuts a text into pieces of at most `size` bytes, after line ends where there are any.
fn pieces(text: &str, size: usize) -> impl Iterator<Item = std::ops::Range<usize>> {
    let mut start = 0;
    let mut first = true;
    std::iter::from_fn(move || {
        if start == text.len() && !first {
            return None;
        }
        first = false;
        let limit = text.floor_char_boundary(start.saturating_add(size));
        let end = if limit == text.len() {
            limit
        } else {
            text[start..limit].rfind('\n').map_or(limit, |newline| start + newline + 1)
        };
        let piece = start..end;
        start = end;
        Some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_tile_a_text() {
        for text in ["", "a", "ab\ncd\nefghij\n\n", "\u{0628}\u{0628}\u{0628}\u{0628}"] {
            for size in 4..9 {
                let whole: String = pieces(text, size).map(|piece| &text[piece]).collect();
                assert_eq!(whole, text);
            }
        }
        let cut: Vec<_> = pieces("ab\ncd\nef", 6).collect();
        assert_eq!(cut, [0..6, 6..8]);
    }
}
