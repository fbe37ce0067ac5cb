//! A mention: an entity named at a place of a text.

use std::fmt;

use crate::arabic::{CliticSet, Folds};
use crate::entity::{Entity, Relation, Surface};
use crate::judge::Evidence;
use crate::kind::Kind;
use crate::lexicon::Lexicon;
use crate::span::Span;

/// An entity named at a place of a text.
///
/// Every offset is one of the original text, whatever was folded to find the name.
///
/// ```
/// use dalil::{Gazetteer, Tagger};
///
/// let tagger = Tagger::new(Gazetteer::builtin());
/// let text = "وبحلب";
/// let mention = &tagger.tag(text)[0];
/// assert_eq!(&text[mention.bytes.range()], "حلب");
/// assert_eq!((mention.chars.start, mention.chars.end), (2, 5));
/// assert_eq!((mention.token_chars.start, mention.token_chars.end), (0, 5));
/// assert_eq!(mention.clitics.letters().collect::<String>(), "وب");
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Mention<'t> {
    /// The entity meant.
    pub entity: &'t Entity,
    /// The form of it that was found.
    pub surface: &'t Surface,
    /// UTF-8 bytes of the name: without proclitics, with its own article and the marks on its last
    /// letter.
    pub bytes: Span,
    /// The same in code points.
    pub chars: Span,
    /// UTF-8 bytes of the name with its proclitics.
    pub token_bytes: Span,
    /// The same in code points.
    pub token_chars: Span,
    /// The proclitics before the name.
    pub clitics: CliticSet,
    /// Whether the proclitics stand apart, as in لـ«داعش».
    pub detached: bool,
    /// Whether ل took the place of the article's alef: للعراق.
    pub contracted: bool,
    /// Whether the name begins inside a ligature, so that the span begins with its proclitic.
    pub snapped: bool,
    /// What was folded to find it.
    pub folds: Folds,
    /// What licenses it, if the form does not count on its own.
    pub evidence: Evidence,
    /// How the words name the entity.
    pub relation: Relation,
    /// How sure it is, in `[0, 1]`, by rule from what it rests on.
    pub confidence: f64,
    /// Whether it lies in a longer mention.
    pub nested: bool,
    pub(crate) rivals: Rivals<'t>,
}

impl<'t> Mention<'t> {
    /// Every entity that the form may mean here, the chosen one first.
    pub fn candidates(&self) -> impl Iterator<Item = &'t Entity> {
        let chosen = self.entity;
        let others = self.rivals.entities().filter(move |&entity| !std::ptr::eq(entity, chosen));
        std::iter::once(chosen).chain(others)
    }

    /// The same with their scores, which add up to 1 at most.
    pub fn scored_candidates(&self) -> impl Iterator<Item = (&'t Entity, f64)> {
        self.candidates().zip(crate::confidence::scores(self.confidence))
    }

    /// The entity's kind.
    #[must_use]
    pub fn kind(&self) -> &Kind {
        &self.entity.kind
    }

    /// The entity's id, unique in its kind.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.entity.id
    }
}

/// The claims on a mention's key that stand.
#[derive(Clone, Copy)]
pub(crate) struct Rivals<'t> {
    lexicon: &'t Lexicon,
    key: u32,
    /// Which of the key's first 64 claims stand.
    standing: u64,
}

impl<'t> Rivals<'t> {
    pub(crate) fn new(
        lexicon: &'t Lexicon,
        key: u32,
        claims: impl ExactSizeIterator<Item = u32>,
    ) -> Self {
        let bit = |claim: u32| {
            let place = lexicon.claims_of(key).position(|(number, _)| number == claim);
            place.and_then(|place| 1_u64.checked_shl(u32::try_from(place).ok()?)).unwrap_or(0)
        };
        let standing = match (claims.len(), lexicon.claim(key).is_last()) {
            (1, true) => 1,
            _ => claims.fold(0, |standing, claim| standing | bit(claim)),
        };
        Self { lexicon, key, standing }
    }

    fn entities(self) -> impl Iterator<Item = &'t Entity> {
        let stands = move |bit: u32| self.standing.checked_shr(bit).unwrap_or(0) & 1 == 1;
        let mut last = None;
        let claims = (0..).zip(self.lexicon.claims_of(self.key));
        claims.filter(move |&(bit, _)| stands(bit)).filter_map(move |(_, (_, claim))| {
            let entity = claim.entity()?;
            // Claims of one entity on one key follow each other.
            (last.replace(entity) != Some(entity)).then(|| self.lexicon.entity(entity))
        })
    }
}

impl fmt::Debug for Rivals<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.entities().map(|entity| &entity.id)).finish()
    }
}

impl PartialEq for Rivals<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.entities().eq(other.entities())
    }
}
