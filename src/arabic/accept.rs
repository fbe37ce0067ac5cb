//! Fold to search, verify to accept: compares the source of a match with the form as it is written
//! in the gazetteer, and says which folds were needed.

use std::fmt;

use serde::{Serialize, Serializer};

use super::Folded;
use super::letters::{self, Code};

/// What was folded to find a name in a text.
///
/// ```
/// use dalil::{Gazetteer, Tagger};
///
/// let tagger = Tagger::new(Gazetteer::builtin());
/// let mentions = tagger.tag("ادلـب");
/// assert_eq!(mentions[0].folds.names().collect::<Vec<_>>(), ["hamza", "tatweel"]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Folds(u8);

/// The folds by bit.
const NAMES: [&str; 8] = ["hamza", "yeh", "marks", "tatweel", "forms", "space", "digits", "case"];

impl Folds {
    const HAMZA: Self = Self(1);
    const YEH: Self = Self(1 << 1);
    const MARKS: Self = Self(1 << 2);
    const TATWEEL: Self = Self(1 << 3);
    const FORMS: Self = Self(1 << 4);
    const SPACE: Self = Self(1 << 5);
    const DIGITS: Self = Self(1 << 6);
    const CASE: Self = Self(1 << 7);

    fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// Whether the text has the name letter by letter.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The names of the folds: `hamza` (أ for ا), `yeh` (ى for ي), `marks` (vowels), `tatweel` (and
    /// zero-width characters), `forms` (presentation forms and look-alikes), `space` (quotes, line
    /// ends, hyphens), `digits`, `case`.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        NAMES
            .into_iter()
            .enumerate()
            .filter(move |(bit, _)| self.0 & (1 << bit) != 0)
            .map(|(_, n)| n)
    }
}

impl fmt::Display for Folds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.names().collect::<Vec<_>>().join(","))
    }
}

impl Serialize for Folds {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.names())
    }
}

/// What the spelling of a form leaves open, known before any text is compared with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spelling(u8);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Letter {
    c: char,
    vowel: Option<char>,
    shadda: bool,
}

const FATHATAN: char = '\u{064B}';
const SHADDA: char = '\u{0651}';
const ALEF: char = '\u{0627}';
const YEH: char = '\u{064A}';
const ALEF_MAKSURA: char = '\u{0649}';

/// Function words that end in ى and whose ي-form is a name: على is never علي.
const FUNCTION_WORDS: [&str; 7] = [
    "\u{0639}\u{0644}\u{0649}", // على
    "\u{0625}\u{0644}\u{0649}", // إلى
    "\u{062D}\u{062A}\u{0649}", // حتى
    "\u{0645}\u{062A}\u{0649}", // متى
    "\u{0644}\u{062F}\u{0649}", // لدى
    "\u{0645}\u{062F}\u{0649}", // مدى
    "\u{0633}\u{0648}\u{0649}", // سوى
];

impl Spelling {
    /// How many bits it has.
    pub(crate) const BITS: u32 = 5;

    const VOCALIZED: u8 = 1;
    const LOOSE_YEH: u8 = 1 << 1;
    const LOOSE_HAMZA: u8 = 1 << 2;
    const ARTICLE: u8 = 1 << 3;
    const ARTICLE_BEFORE_LAM: u8 = 1 << 4;

    /// What a form with this key leaves open.
    pub(crate) fn new(form: &str, key: &[Code]) -> Self {
        const AL: [Code; 2] = [letters::ALEF, letters::LAM];

        let several_words = form.contains(' ');
        let article = form.starts_with(ALEF) && key.starts_with(&AL);
        let vocalized = form.contains(|c| matches!(c, FATHATAN..='\u{0652}'));
        let loose_yeh = (several_words || key.len() >= 4) && !may_be_function_word(form, key);
        let bits = [
            (vocalized, Self::VOCALIZED),
            (loose_yeh, Self::LOOSE_YEH),
            (several_words || key.len() > 3, Self::LOOSE_HAMZA),
            (article, Self::ARTICLE),
            (article && key.get(2) == Some(&letters::LAM), Self::ARTICLE_BEFORE_LAM),
        ];
        Self(bits.iter().filter(|(holds, _)| *holds).fold(0, |all, (_, bit)| all | bit))
    }

    pub(crate) fn bits(self) -> u8 {
        self.0
    }

    /// From a byte whose lowest bits are those of a spelling.
    pub(crate) fn from_bits(bits: u8) -> Self {
        Self(bits & ((1 << Self::BITS) - 1))
    }

    /// Whether it begins with the article: ا and ل, no hamza.
    pub(crate) fn has_article(self) -> bool {
        self.0 & Self::ARTICLE != 0
    }

    /// Whether it begins with the article and another ل.
    pub(crate) fn has_article_before_lam(self) -> bool {
        self.0 & Self::ARTICLE_BEFORE_LAM != 0
    }

    fn is_vocalized(self) -> bool {
        self.0 & Self::VOCALIZED != 0
    }

    /// Whether ى may stand for ي in it, and back.
    fn has_loose_yeh(self) -> bool {
        self.0 & Self::LOOSE_YEH != 0
    }

    /// Whether أ may stand for إ or آ in it.
    fn has_loose_hamza(self) -> bool {
        self.0 & Self::LOOSE_HAMZA != 0
    }
}

fn may_be_function_word(form: &str, key: &[Code]) -> bool {
    const LONGEST: usize = 3;
    key.len() <= LONGEST
        && form.ends_with([YEH, ALEF_MAKSURA])
        && FUNCTION_WORDS.iter().any(|word| Folded::new(word).key() == key)
}

/// The characters that gave a code and those after it, with the marks after each.
fn letters_from(folded: &Folded, index: usize, text: &str) -> impl Iterator<Item = Letter> {
    let mut starts = folded.starts(index);
    let mut start = starts.next();
    std::iter::from_fn(move || {
        let at = start?;
        start = starts.next();
        let mut chars = text[at..start.unwrap_or(text.len())].chars();
        // A later letter of a ligature has nothing left to it.
        let c = chars.next().or_else(|| text[at..].chars().next())?;
        let mut letter = Letter { c, vowel: None, shadda: false };
        for mark in chars {
            match mark {
                SHADDA => letter.shadda = true,
                // U+064B–0650 and U+0652: tanwin, the short vowels, sukun.
                '\u{064B}'..='\u{0652}' => letter.vowel = letter.vowel.or(Some(mark)),
                _ => {}
            }
        }
        Some(letter)
    })
}

/// Some codes of a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Codes<'t> {
    text: &'t str,
    folded: &'t Folded,
    from: usize,
    to: usize,
    /// The byte where they start.
    start: usize,
}

impl<'t> Codes<'t> {
    /// The codes `from..to` of a text, which are letters at both ends.
    #[inline]
    pub(crate) fn new(text: &'t str, folded: &'t Folded, from: usize, to: usize) -> Self {
        Self { text, folded, from, to, start: folded.start(from) }
    }

    /// The same up to another code, if they begin at `from`.
    #[inline]
    pub(crate) fn up_to(self, from: usize, to: usize) -> Option<Self> {
        (self.from == from).then_some(Self { to, ..self })
    }

    /// Whether the text writes a form to the letter, and no marks after it.
    #[inline]
    fn are(&self, form: Form<'_>) -> bool {
        let bytes = self.text.as_bytes();
        let end = self.start + form.utf8.len();
        let covers = |c| is_mark(c) || is_carrier(c);
        // As many codes as the form has: hashes found them.
        self.to - self.from == form.codes
            && bytes.get(self.start..end) == Some(form.utf8)
            && (bytes.get(end).is_none_or(u8::is_ascii) || !self.text[end..].starts_with(covers))
    }
}

/// A form of the gazetteer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Form<'f> {
    pub(crate) utf8: &'f [u8],
    /// How many codes its key has; 0 if that is not known.
    pub(crate) codes: usize,
    pub(crate) spelling: Spelling,
}

/// Compares codes with a form, whose first `missing` letters the text does not write. `None` if the
/// text is another word, or its key another. `wanted` is memory for the form.
#[inline]
pub(crate) fn accept(
    form: Form<'_>,
    missing: usize,
    codes: Codes<'_>,
    wanted: &mut Folded,
) -> Option<Folds> {
    if missing == 0 && codes.are(form) {
        return Some(Folds::default());
    }
    let text = std::str::from_utf8(form.utf8).ok()?;
    if let Some(folds) = compare_bare(form.spelling, text, missing, codes) {
        return folds;
    }
    wanted.refill(text);
    compare(form.spelling, wanted, text, missing, codes)
}

/// The same where both are one letter a code, and differ in the forms of alef and yeh alone, as most
/// do that are not the same; `None` where they are not.
fn compare_bare(
    spelling: Spelling,
    form: &str,
    missing: usize,
    codes: Codes<'_>,
) -> Option<Option<Folds>> {
    let mut expected = form.chars().skip(missing);
    let mut found = codes.text[codes.start..].chars();
    let mut folds = Folds::default();
    for _ in codes.from..codes.to {
        let (found, expected) = (found.next()?, expected.next()?);
        if found != expected {
            if !(is_alef(found) && is_alef(expected) || is_yeh(found) && is_yeh(expected)) {
                return None;
            }
            if compare_letters(found, expected, spelling, &mut folds).is_none() {
                return Some(None);
            }
        }
    }
    let covered = found.next().is_some_and(|c| is_mark(c) || is_carrier(c));
    (expected.next().is_none() && !covered).then_some(Some(folds))
}

/// The same letter by letter.
fn compare(
    spelling: Spelling,
    wanted: &Folded,
    form: &str,
    missing: usize,
    codes: Codes<'_>,
) -> Option<Folds> {
    let Codes { text, folded, from, to, start } = codes;
    if wanted.key().get(missing..) != Some(&folded.codes()[from..to]) {
        return None;
    }
    let mut folds = Folds::default();
    // The codes of the form begin after a break.
    let expected = letters_from(wanted, 1 + missing, form);
    let found = letters_from(folded, from, text);
    let mut left = to - from;
    for (found, expected) in found.zip(expected).take(to - from) {
        compare_letters(found.c, expected.c, spelling, &mut folds)?;
        compare_marks(found, expected, spelling.is_vocalized())?;
        // Tanwin on the last letter, or before a last alef, makes an adverb of the word: دومًا.
        let adverb = found.vowel == Some(FATHATAN) && expected.vowel != Some(FATHATAN);
        if adverb && left <= 2 {
            return None;
        }
        left -= 1;
    }
    for c in text[start..folded.start(to)].chars() {
        if is_mark(c) {
            folds.add(Folds::MARKS);
        } else if is_carrier(c) {
            folds.add(Folds::TATWEEL);
        }
    }
    Some(folds)
}

fn compare_letters(
    found: char,
    expected: char,
    spelling: Spelling,
    folds: &mut Folds,
) -> Option<()> {
    if found == expected {
        return Some(());
    }
    let fold = if is_alef(found) && is_alef(expected) {
        let both_written = found != ALEF && expected != ALEF;
        if both_written && !spelling.has_loose_hamza() {
            return None;
        }
        Folds::HAMZA
    } else if is_yeh(found) && is_yeh(expected) {
        if !spelling.has_loose_yeh() {
            return None;
        }
        Folds::YEH
    } else if found.is_numeric() && expected.is_numeric() {
        Folds::DIGITS
    } else if found.eq_ignore_ascii_case(&expected) {
        Folds::CASE
    } else if found.is_alphabetic() {
        Folds::FORMS
    } else {
        Folds::SPACE
    };
    folds.add(fold);
    Some(())
}

fn is_alef(c: char) -> bool {
    matches!(
        c,
        '\u{0622}' | '\u{0623}' | '\u{0625}' | '\u{0627}' | '\u{0671}'..='\u{0673}' | '\u{0675}'
    )
}

fn is_yeh(c: char) -> bool {
    matches!(c, YEH | ALEF_MAKSURA)
}

/// Marks are optional, but what both write must agree; a vocalized form also forbids a shadda where
/// it has none.
fn compare_marks(found: Letter, expected: Letter, vocalized: bool) -> Option<()> {
    let other_vowel = found.vowel.zip(expected.vowel).is_some_and(|(a, b)| a != b);
    let other_shadda = vocalized && found.shadda && !expected.shadda;
    (!other_vowel && !other_shadda).then_some(())
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{06D6}'..='\u{06ED}')
}

/// Whether a character writes nothing but may carry a mark: tatweel, zero-width characters.
fn is_carrier(c: char) -> bool {
    matches!(c, '\u{0640}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{061C}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(form: &str, text: &str) -> Option<String> {
        let folded = Folded::new(text);
        let key = Folded::new(form);
        let spelling = Spelling::new(form, key.key());
        assert_eq!(key.key(), folded.key(), "{form} and {text} share a key");
        let to = 1 + folded.key().len();
        let mut wanted = Folded::default();
        let codes = Codes::new(text, &folded, 1, to);
        let form = Form { utf8: form.as_bytes(), codes: key.key().len(), spelling };
        accept(form, 0, codes, &mut wanted).map(|folds| folds.to_string())
    }

    #[test]
    fn spellings() {
        for (form, text, expected) in [
            // إدلب
            ("\u{0625}\u{062F}\u{0644}\u{0628}", "\u{0625}\u{062F}\u{0644}\u{0628}", Some("")),
            ("\u{0625}\u{062F}\u{0644}\u{0628}", "\u{0627}\u{062F}\u{0644}\u{0628}", Some("hamza")),
            // دوما, and دومًا, دوماً "always"
            ("\u{062F}\u{0648}\u{0645}\u{0627}", "\u{062F}\u{0648}\u{0645}\u{064B}\u{0627}", None),
            ("\u{062F}\u{0648}\u{0645}\u{0627}", "\u{062F}\u{0648}\u{0645}\u{0627}\u{064B}", None),
            (
                "\u{062F}\u{0648}\u{0645}\u{0627}",
                "\u{062F}\u{064F}\u{0648}\u{0645}\u{0627}",
                Some("marks"),
            ),
            // علي and على
            ("\u{0639}\u{0644}\u{064A}", "\u{0639}\u{0644}\u{0649}", None),
            // السيسي and السيسى
            (
                "\u{0627}\u{0644}\u{0633}\u{064A}\u{0633}\u{064A}",
                "\u{0627}\u{0644}\u{0633}\u{064A}\u{0633}\u{0649}",
                Some("yeh"),
            ),
            // عُمان and عمّان
            (
                "\u{0639}\u{064F}\u{0645}\u{0627}\u{0646}",
                "\u{0639}\u{0645}\u{0651}\u{0627}\u{0646}",
                None,
            ),
            (
                "\u{0639}\u{064F}\u{0645}\u{0627}\u{0646}",
                "\u{0639}\u{0645}\u{0627}\u{0646}",
                Some(""),
            ),
            // أمل and آمل
            ("\u{0623}\u{0645}\u{0644}", "\u{0622}\u{0645}\u{0644}", None),
            ("\u{0623}\u{0645}\u{0644}", "\u{0627}\u{0645}\u{0644}", Some("hamza")),
            ("\u{0628} \u{062A}", "\u{0628}\u{00AB}\u{062A}", Some("space")),
            ("ISIS", "isis", Some("case")),
            ("\u{062D}\u{0644}\u{0628}", "\u{062D}\u{0640}\u{0644}\u{0628}", Some("tatweel")),
            ("\u{0644}\u{0627}", "\u{FEFB}", Some("forms")),
        ] {
            assert_eq!(check(form, text).as_deref(), expected, "{form} in {text}");
        }
    }
}
