//! A claim: one meaning of a key, in sixteen bytes, as a gazetteer has a million of them.

use serde::{Deserialize, Serialize};

use super::neighbours::Neighbours;
use super::people::PersonName;
use crate::arabic::letters::Code;
use crate::arabic::{CliticSet, Spelling};
use crate::entity::{Context, Marks, Relation, Term};
use crate::gazetteer::CueClass;

/// One meaning of a key, in the order in which meanings of a key are preferred.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Claim {
    /// The entity, the class of cues, or the word.
    owner: u32,
    /// The entity's form or the class's word.
    number: u32,
    /// In the lowest byte how many codes its key has, 0 for too many; in the next the first code of
    /// the given name if it is a person's name without that; above them how many bytes its form has.
    lengths: u32,
    /// From the lowest bit: [`Spelling`], sort of meaning, [`PersonName`], how it names the
    /// entity, whether it is the key's last claim, number of the licence.
    packed: u32,
}

/// Bytes of a claim before its form.
pub(super) const SIZE: usize = 16;

/// The most bytes of a form.
pub(super) const LONGEST: usize = u16::MAX as usize;

const SORT: u32 = Spelling::BITS;
const PERSON: u32 = SORT + 2;
const RELATION: u32 = PERSON + 2;
const LAST: u32 = RELATION + 2;
const LICENCE: u32 = LAST + 1;

/// What a key stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Meaning {
    /// A form of an entity.
    Surface { entity: u32, surface: u32 },
    /// A word of a class of cues.
    Cue { class: u32, word: u32 },
    /// A word of a theme.
    Theme { theme: u32, word: u32 },
    /// A word that is no name.
    Word { word: u32 },
}

impl Claim {
    /// A claim on a key of so many codes, its form to be written yet.
    ///
    /// # Panics
    ///
    /// Past a million licences, that is different sets of marks.
    pub(super) fn new(
        meaning: Meaning,
        codes: usize,
        spelling: Spelling,
        person: Option<PersonName>,
        given: Code,
        licence: u32,
    ) -> Self {
        let (sort, owner, number) = match meaning {
            Meaning::Surface { entity, surface } => (0, entity, surface),
            Meaning::Cue { class, word } => (1, class, word),
            Meaning::Theme { theme, word } => (2, theme, word),
            Meaning::Word { word } => (3, word, 0),
        };
        let person = match person {
            None => 0,
            Some(PersonName::Single) => 1,
            Some(PersonName::Family) => 2,
            Some(PersonName::Full) => 3,
        };
        assert!(licence < 1 << (u32::BITS - LICENCE), "marks repeat");
        let packed =
            u32::from(spelling.bits()) | sort << SORT | person << PERSON | licence << LICENCE;
        let codes = u8::try_from(codes).unwrap_or(0);
        Self { owner, number, lengths: u32::from_le_bytes([codes, given, 0, 0]), packed }
    }

    /// Puts it and its form behind others.
    ///
    /// # Panics
    ///
    /// If the form is longer than [`LONGEST`].
    pub(super) fn write(self, form: &str, relation: Relation, last: bool, bytes: &mut Vec<u8>) {
        let length = u16::try_from(form.len()).expect("it is no longer than forms may be");
        let lengths = u32::from(length) << 16 | self.lengths;
        let relation = match relation {
            Relation::Name => 0,
            Relation::Demonym => 1,
            Relation::Role => 2,
        };
        let packed = self.packed | relation << RELATION | u32::from(last) << LAST;
        for part in [self.owner, self.number, lengths, packed] {
            bytes.extend_from_slice(&part.to_le_bytes());
        }
        bytes.extend_from_slice(form.as_bytes());
    }

    /// Reads one back.
    #[inline]
    pub(super) fn read(bytes: &[u8; SIZE]) -> Self {
        let (parts, _) = bytes.as_chunks::<4>();
        let part = |at: usize| u32::from_le_bytes(parts[at]);
        Self { owner: part(0), number: part(1), lengths: part(2), packed: part(3) }
    }

    /// Where its form stands after it, in bytes.
    #[inline]
    pub(super) fn form(self) -> std::ops::Range<usize> {
        SIZE..SIZE + (self.lengths >> 16) as usize
    }

    /// How many codes its key has; 0 for too many.
    #[inline]
    pub(crate) fn codes(self) -> usize {
        usize::from(self.lengths.to_le_bytes()[0])
    }

    /// The first code of the given name that may stand before a person's name without one, 0 for none.
    #[inline]
    pub(crate) fn given(self) -> Code {
        self.lengths.to_le_bytes()[1]
    }

    /// How its form names the entity.
    pub(crate) fn relation(self) -> Relation {
        match self.packed >> RELATION & 3 {
            0 => Relation::Name,
            1 => Relation::Demonym,
            _ => Relation::Role,
        }
    }

    pub(crate) fn meaning(self) -> Meaning {
        let Self { owner, number, .. } = self;
        match self.packed >> SORT & 3 {
            0 => Meaning::Surface { entity: owner, surface: number },
            1 => Meaning::Cue { class: owner, word: number },
            2 => Meaning::Theme { theme: owner, word: number },
            _ => Meaning::Word { word: owner },
        }
    }

    /// The entity, if it is on one.
    #[inline]
    pub(crate) fn entity(self) -> Option<u32> {
        match self.meaning() {
            Meaning::Surface { entity, .. } => Some(entity),
            Meaning::Cue { .. } | Meaning::Theme { .. } | Meaning::Word { .. } => None,
        }
    }

    /// Whether it is a word that is no name.
    pub(crate) fn is_word(self) -> bool {
        matches!(self.meaning(), Meaning::Word { .. })
    }

    /// What its form leaves open.
    pub(crate) fn spelling(self) -> Spelling {
        Spelling::from_bits(self.packed.to_le_bytes()[0])
    }

    /// Whether it names a person, and how.
    pub(crate) fn person(self) -> Option<PersonName> {
        match self.packed >> PERSON & 3 {
            0 => None,
            1 => Some(PersonName::Single),
            2 => Some(PersonName::Family),
            _ => Some(PersonName::Full),
        }
    }

    /// Whether no other claim on its key follows.
    #[inline]
    pub(crate) fn is_last(self) -> bool {
        self.packed >> LAST & 1 == 1
    }

    pub(super) fn licence(self) -> usize {
        (self.packed >> LICENCE) as usize
    }
}

/// When a form counts: its marks, ready to be looked at. Most forms share few of them.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Licence {
    /// Whether it needs evidence around it.
    pub(crate) context: Context,
    /// The proclitics it may carry.
    pub(crate) clitics: CliticSet,
    /// The classes of cues that are evidence.
    pub(crate) cues: CueSet,
    /// The characters before and after it that are evidence.
    pub(crate) around: Vec<(char, char)>,
    /// Words that, right before it, show that it is not the name.
    pub(crate) reject_before: Neighbours,
    /// The same right after it.
    pub(crate) reject_after: Neighbours,
    /// The terms of office in which it counts; with none it counts always.
    pub(crate) terms: Vec<Term>,
}

impl Licence {
    pub(super) fn of(marks: &Marks, classes: &[CueClass]) -> Self {
        Self {
            context: marks.context,
            clitics: marks.clitics,
            cues: CueSet::of(&marks.cues, classes),
            around: (classes.iter().filter(|class| marks.cues.contains(&class.id)))
                .flat_map(|class| class.marks.iter().copied())
                .collect(),
            reject_before: Neighbours::before(&marks.reject_before),
            reject_after: Neighbours::after(&marks.reject_after),
            terms: marks.terms.clone(),
        }
    }

    /// Whether the form means its entity wherever it stands.
    pub(crate) fn is_sure(&self) -> bool {
        self.context == Context::Free && self.terms.is_empty()
    }
}

/// A set of classes of cues, by their numbers; a gazetteer declares few.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct CueSet(u64);

impl CueSet {
    fn of(ids: &[String], classes: &[CueClass]) -> Self {
        let number = |id: &String| classes.iter().position(|class| class.id == *id);
        Self(ids.iter().filter_map(number).fold(0, |set, number| set | Self::bit(number)))
    }

    fn bit(class: usize) -> u64 {
        u32::try_from(class).ok().and_then(|class| 1_u64.checked_shl(class)).unwrap_or(0)
    }

    pub(crate) fn contains(self, class: u32) -> bool {
        self.0 & Self::bit(class as usize) != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arabic::Folded;

    #[test]
    fn bytes_keep_every_part() {
        let form = "\u{0627}\u{0644}\u{0644}\u{064E}";
        let spelling = Spelling::new(form, Folded::new(form).key());
        for meaning in [
            Meaning::Surface { entity: 7, surface: 70_000 },
            Meaning::Cue { class: 3, word: 4 },
            Meaning::Theme { theme: 1, word: 2 },
            Meaning::Word { word: 5 },
        ] {
            for person in
                [None, Some(PersonName::Single), Some(PersonName::Family), Some(PersonName::Full)]
            {
                let mut bytes = Vec::new();
                let claim = Claim::new(meaning, 3, spelling, person, 40, 1_000_000);
                claim.write(form, Relation::Role, true, &mut bytes);
                let claim = Claim::read(bytes.first_chunk().expect("it was written"));
                assert!(claim.is_last());
                assert_eq!((claim.meaning(), claim.person()), (meaning, person));
                assert_eq!((claim.spelling(), claim.licence()), (spelling, 1_000_000));
                assert_eq!((claim.codes(), claim.given()), (3, 40));
                assert_eq!(claim.relation(), Relation::Role);
                assert_eq!(bytes[claim.form()], *form.as_bytes());
            }
        }
    }
}
