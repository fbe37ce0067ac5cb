//! The proclitics و ف ب ل ك: which strings of them may stand before a name.
//!
//! The grammar is `[و|ف][ب|ل|ك]`, each slot optional (Universal Dependencies for Arabic; Buckwalter's
//! prefix classes NPref-Wa, Bi, Ka, Li, Lil). ل and the article join to لل.

use serde::{Deserialize, Serialize};

use super::letters::{ALEF, BEH, Code, FEH, KAF, LAM, WAW};

/// The proclitics, as letters and codes, in the order of the grammar.
const PROCLITICS: [(char, Code); 5] = [
    ('\u{0648}', WAW), // و and
    ('\u{0641}', FEH), // ف so
    ('\u{0628}', BEH), // ب in, by
    ('\u{0644}', LAM), // ل to, for
    ('\u{0643}', KAF), // ك as
];

/// How many of [`PROCLITICS`] are conjunctions, which stand first.
const CONJUNCTIONS: usize = 2;

/// A set of proclitics.
///
/// ```
/// use dalil::CliticSet;
///
/// let set = CliticSet::from_letters("\u{0644}\u{0648}").unwrap();
/// // The letters come in the order of the word.
/// assert_eq!(set.letters().collect::<String>(), "\u{0648}\u{0644}");
/// ```
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord, Serialize, Deserialize,
)]
pub struct CliticSet(u8);

impl CliticSet {
    /// No proclitic.
    pub const NONE: Self = Self(0);
    /// و ف ب ل ك.
    pub const ALL: Self = Self(0b1_1111);

    /// و alone.
    pub(crate) const AND: Self = Self(1);

    /// The set of the letters of a string; `None` if one is not a proclitic.
    ///
    /// ```
    /// use dalil::CliticSet;
    ///
    /// let set = CliticSet::from_letters("\u{0648}\u{0644}").unwrap();
    /// assert!(CliticSet::ALL.contains(set));
    /// assert_eq!(CliticSet::from_letters("x"), None);
    /// ```
    #[must_use]
    pub fn from_letters(letters: &str) -> Option<Self> {
        letters.chars().try_fold(Self::NONE, |set, letter| {
            let bit = PROCLITICS.iter().position(|&(proclitic, _)| proclitic == letter)?;
            Some(Self(set.0 | 1 << bit))
        })
    }

    /// Whether every proclitic of `other` is in this set.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether the set is empty.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many proclitics are in it.
    #[must_use]
    pub fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// The letters in the order they stand in a word.
    pub fn letters(self) -> impl Iterator<Item = char> {
        let held = move |&(bit, _): &(usize, (char, Code))| self.0 & (1 << bit) != 0;
        PROCLITICS.into_iter().enumerate().filter(held).map(|(_, (letter, _))| letter)
    }

    fn with(self, bit: usize) -> Self {
        Self(self.0 | 1 << bit)
    }
}

/// Letters of the article that the text does not write, though the name begins with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) enum Contraction {
    /// The word holds the whole name.
    #[default]
    None,
    /// ل + الX is written للX: the name's first letter, ا, is missing.
    Article,
    /// ل + اللX is written للX: the name's first two letters, ال, are missing.
    ArticleBeforeLam,
}

impl Contraction {
    /// The codes that the name has and the text lacks.
    pub(crate) fn missing(self) -> &'static [Code] {
        match self {
            Self::None => &[],
            Self::Article => &[ALEF],
            Self::ArticleBeforeLam => &[ALEF, LAM],
        }
    }
}

/// One way to read the start of a word: proclitics, then a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Reading {
    pub(crate) clitics: CliticSet,
    pub(crate) contraction: Contraction,
    /// How many codes of the word stand before the name.
    pub(crate) skip: u8,
}

impl Reading {
    /// The whole word is the name, or begins it.
    pub(crate) const BARE: Self =
        Self { clitics: CliticSet::NONE, contraction: Contraction::None, skip: 0 };

    /// Whether the preposition ل stands before the name uncontracted.
    pub(crate) fn is_plain_lam(self) -> bool {
        const LAM_ALONE: CliticSet = CliticSet(1 << 3);
        self.contraction == Contraction::None && self.clitics.contains(LAM_ALONE)
    }
}

/// The place of a proclitic in [`PROCLITICS`], whose codes follow each other.
#[inline]
fn proclitic(code: Code) -> Option<usize> {
    let place = usize::from(code.wrapping_sub(WAW));
    (place < PROCLITICS.len()).then_some(place)
}

/// Whether a word that begins with this code has more readings than the bare one.
#[inline]
pub(crate) fn may_be_proclitic(code: Code) -> bool {
    proclitic(code).is_some()
}

/// The most readings of a word with proclitics: و, ول, and the two contractions.
pub(crate) const MOST_READINGS: usize = 4;

/// Calls `read` with every legal reading of a word's start, that without proclitics first.
#[inline]
pub(crate) fn readings(word: &[Code], mut read: impl FnMut(Reading)) {
    read(Reading::BARE);
    if let Some(reading) = word.first().and_then(|&first| with_first(first)) {
        read(reading);
        with_more(word, read);
    }
}

/// The reading of a word with its first letter as the only proclitic.
#[inline]
pub(crate) fn with_first(letter: Code) -> Option<Reading> {
    let clitics = CliticSet::NONE.with(proclitic(letter)?);
    Some(Reading { clitics, contraction: Contraction::None, skip: 1 })
}

/// The further readings of a word that begins with a proclitic; hardly a word has any.
#[inline]
pub(crate) fn with_more(word: &[Code], mut read: impl FnMut(Reading)) {
    let [first, second, ..] = *word else { return };
    let (Some(bit), Some(next)) = (proclitic(first), proclitic(second)) else { return };
    let mut reading =
        Reading { clitics: CliticSet::NONE.with(bit), contraction: Contraction::None, skip: 1 };
    let mut last = first;
    if bit < CONJUNCTIONS && next >= CONJUNCTIONS {
        reading = Reading { clitics: reading.clitics.with(next), skip: 2, ..reading };
        read(reading);
        last = second;
    }
    if last == LAM && word.get(usize::from(reading.skip)) == Some(&LAM) {
        read(Reading { contraction: Contraction::Article, ..reading });
        read(Reading { contraction: Contraction::ArticleBeforeLam, ..reading });
    }
}

/// Whether a letter is one of the conjunctions و ف.
pub(crate) fn is_conjunction(letter: Code) -> bool {
    proclitic(letter).is_some_and(|place| place < CONJUNCTIONS)
}

/// Whether a word says whose child somebody is: بن, ابن, بنت.
pub(crate) fn is_nasab(word: &[Code]) -> bool {
    use super::letters::{NOON, TEH};

    matches!(*word, [BEH, NOON] | [ALEF, BEH, NOON] | [BEH, NOON, TEH])
}

/// Whether a word begins a given name of two words: عبد الرحمن, أبو بكر.
pub(crate) fn begins_compound(word: &[Code]) -> bool {
    use super::letters::{AIN, DAL, YEH};

    matches!(*word, [AIN, BEH, DAL] | [ALEF, BEH, WAW | YEH | ALEF])
}

/// Whether a word begins with the article, as an adjective of a title does.
pub(crate) fn is_definite(word: &[Code]) -> bool {
    word.starts_with(&[ALEF, LAM])
}

/// Reads a whole word as proclitics and nothing else, as in لـ«داعش».
pub(crate) fn detached(word: &[Code]) -> Option<CliticSet> {
    let mut found = None;
    readings(word, |reading| {
        if usize::from(reading.skip) == word.len() && reading.contraction == Contraction::None {
            found = Some(reading.clitics);
        }
    });
    found.filter(|clitics| !clitics.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arabic::Folded;

    fn read(word: &str) -> Vec<String> {
        let folded = Folded::new(word);
        let mut all = Vec::new();
        readings(folded.key(), |reading| {
            let letters: String = reading.clitics.letters().collect();
            all.push(format!("{letters}+{}{:?}", reading.skip, reading.contraction));
        });
        all
    }

    #[test]
    fn codes_of_proclitics_follow_each_other() {
        for (place, (_, code)) in PROCLITICS.into_iter().enumerate() {
            assert_eq!(proclitic(code), Some(place));
        }
    }

    #[test]
    fn every_legal_prefix_and_no_other() {
        for (word, expected) in [
            ("\u{062D}\u{0644}\u{0628}", 1),                 // حلب
            ("\u{0648}\u{062D}\u{0644}\u{0628}", 2),         // وحلب
            ("\u{0648}\u{0628}\u{062D}\u{0644}\u{0628}", 3), // وبحلب
            ("\u{0644}\u{0644}\u{0628}", 4),                 // للب: plain ل, and two contractions
            ("\u{0648}\u{0644}\u{0644}\u{0628}", 5),         // وللب
            ("\u{0628}\u{0648}\u{062D}", 2),                 // بوح: ب then و is no prefix
            ("\u{0643}\u{0628}\u{062D}", 2),                 // كبح
            ("\u{0648}\u{0641}\u{062D}", 2),                 // وفح
        ] {
            assert_eq!(read(word).len(), expected, "{word}: {:?}", read(word));
        }
    }

    #[test]
    fn detached_words() {
        for (word, expected) in [
            ("\u{0644}", Some("\u{0644}")),                 // ل
            ("\u{0648}\u{0628}", Some("\u{0648}\u{0628}")), // وب
            ("\u{0644}\u{0628}", None),                     // لب
            ("\u{0645}\u{0646}", None),                     // من
        ] {
            let folded = Folded::new(word);
            let found = detached(folded.key()).map(|set| set.letters().collect::<String>());
            assert_eq!(found.as_deref(), expected, "{word}");
        }
    }
}
