//! What each code point becomes: one table, by family.
//!
//! A letter becomes a dense one-byte [`Code`]; variants of a letter share its code. The rows follow
//! the Unicode charts; the classes are those of Lucene's ArabicNormalizer and of the Root Zone LGR
//! for Arabic, with what newspapers confuse measured on news text.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A folded letter, digit or separator.
pub(crate) type Code = u8;

/// Separates words that no name spans: a full stop, a comma, a blank line.
pub(crate) const BREAK: Code = 0;
/// Separates words of one phrase: a space, a line end, a hyphen, a quotation mark.
pub(crate) const SPACE: Code = 1;

const FIRST_DIGIT: Code = 2;
/// The first code of a letter; below it stand digits and separators.
pub(crate) const FIRST_LETTER: Code = FIRST_DIGIT + 10;
const FIRST_ARABIC: Code = FIRST_LETTER + 26;

/// The letters that stay apart, in the order of their codes.
const ARABIC: [char; 47] = [
    '\u{0627}', // ا
    '\u{0648}', // و
    '\u{0641}', // ف
    '\u{0628}', // ب
    '\u{0644}', // ل
    '\u{0643}', // ك
    '\u{064A}', // ي
    '\u{0647}', // ه
    '\u{0629}', // ة
    '\u{0624}', // ؤ
    '\u{0626}', // ئ
    '\u{0621}', // ء
    '\u{062A}', // ت
    '\u{062B}', // ث
    '\u{062C}', // ج
    '\u{062D}', // ح
    '\u{062E}', // خ
    '\u{062F}', // د
    '\u{0630}', // ذ
    '\u{0631}', // ر
    '\u{0632}', // ز
    '\u{0633}', // س
    '\u{0634}', // ش
    '\u{0635}', // ص
    '\u{0636}', // ض
    '\u{0637}', // ط
    '\u{0638}', // ظ
    '\u{0639}', // ع
    '\u{063A}', // غ
    '\u{0642}', // ق
    '\u{0645}', // م
    '\u{0646}', // ن
    '\u{067E}', // پ
    '\u{0686}', // چ
    '\u{0698}', // ژ
    '\u{06A4}', // ڤ
    '\u{06AF}', // گ
    '\u{06AD}', // ڭ
    '\u{0763}', // ݣ
    '\u{06C6}', // ۆ
    '\u{06CE}', // ێ
    '\u{0695}', // ڕ
    '\u{06B5}', // ڵ
    '\u{06C7}', // ۇ
    '\u{06CB}', // ۋ
    '\u{0679}', // ٹ
    '\u{06BA}', // ں
];

pub(crate) const ALEF: Code = FIRST_ARABIC;
pub(crate) const WAW: Code = FIRST_ARABIC + 1;
pub(crate) const FEH: Code = FIRST_ARABIC + 2;
pub(crate) const BEH: Code = FIRST_ARABIC + 3;
pub(crate) const LAM: Code = FIRST_ARABIC + 4;
pub(crate) const KAF: Code = FIRST_ARABIC + 5;
pub(crate) const YEH: Code = FIRST_ARABIC + 6;
pub(crate) const TEH: Code = FIRST_ARABIC + 12;
pub(crate) const DAL: Code = FIRST_ARABIC + 17;
pub(crate) const AIN: Code = FIRST_ARABIC + 27;
pub(crate) const NOON: Code = FIRST_ARABIC + 31;
const WAW_HAMZA: Code = FIRST_ARABIC + 9;
const YEH_HAMZA: Code = FIRST_ARABIC + 10;

/// A letter of another script, which no name holds.
pub(crate) const OTHER: Code = FIRST_ARABIC + 47;

/// Letters that share the code of another: (variant, letter).
const VARIANTS: [(char, char); 18] = [
    // Alef with hamza, madda, wasla; news leaves the hamza out in one name of ten.
    ('\u{0622}', '\u{0627}'), // آ → ا
    ('\u{0623}', '\u{0627}'), // أ → ا
    ('\u{0625}', '\u{0627}'), // إ → ا
    ('\u{0671}', '\u{0627}'), // ٱ → ا
    ('\u{0672}', '\u{0627}'), // ٲ → ا
    ('\u{0673}', '\u{0627}'), // ٳ → ا
    ('\u{0675}', '\u{0627}'), // ٵ → ا
    // Alef maksura and yeh: told apart again when a match is accepted.
    ('\u{0649}', '\u{064A}'), // ى → ي
    // Look-alikes of other keyboards.
    ('\u{06CC}', '\u{064A}'), // ی → ي
    ('\u{06A9}', '\u{0643}'), // ک → ك
    ('\u{06AA}', '\u{0643}'), // ڪ → ك
    ('\u{06C1}', '\u{0647}'), // ہ → ه
    ('\u{06BE}', '\u{0647}'), // ھ → ه
    ('\u{06D5}', '\u{0647}'), // ە → ه
    ('\u{06C0}', '\u{0647}'), // ۀ → ه
    ('\u{06C2}', '\u{0647}'), // ۂ → ه
    ('\u{06C3}', '\u{0629}'), // ۃ → ة
    ('\u{06D3}', '\u{06D2}'), // ۓ → ے
];

/// Characters that write nothing: tatweel, zero-width and bidirectional controls.
const INVISIBLE: [(char, char); 10] = [
    ('\u{0640}', '\u{0640}'), // tatweel
    ('\u{00AD}', '\u{00AD}'), // soft hyphen
    ('\u{061C}', '\u{061C}'), // Arabic letter mark
    ('\u{180E}', '\u{180E}'), // Mongolian vowel separator
    ('\u{200B}', '\u{200F}'), // zero-width space … right-to-left mark
    ('\u{202A}', '\u{202E}'), // embeddings and overrides
    ('\u{2060}', '\u{2064}'), // word joiner … invisible plus
    ('\u{2066}', '\u{2069}'), // isolates
    ('\u{FE00}', '\u{FE0F}'), // variation selectors
    ('\u{FEFF}', '\u{FEFF}'), // byte order mark
];

/// Separators inside a phrase, beside white space.
const SOFT: [char; 16] = [
    '"', '\'', '-', '_', '`', '\u{00AB}', // «
    '\u{00BB}', // »
    '\u{2010}', // hyphen
    '\u{2011}', // non-breaking hyphen
    '\u{2013}', // en dash
    '\u{2018}', // ‘
    '\u{2019}', // ’
    '\u{201C}', // “
    '\u{201D}', // ”
    '\u{201E}', // „
    '\u{2039}', // ‹
];

/// What one character does to the folded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    /// A letter or digit.
    Letter(Code),
    /// Nothing: a mark or an invisible character.
    Delete,
    /// U+0653–0655: composes with the letter before it.
    Hamza,
    /// A separator inside a phrase.
    Soft,
    /// A line end: two of them break a phrase.
    Line,
    /// A separator that breaks a phrase.
    Hard,
    /// The actions of its compatibility decomposition.
    Decompose,
}

/// How many code points have a row in [`TABLE`]: up to the end of Arabic Extended-A, and from
/// U+2000 to U+206F after them.
const LOW: usize = 0x900;
const PUNCTUATION: usize = 0x2000;
const PUNCTUATION_LENGTH: usize = 0x70;

/// An [`Action`] in a byte: below 128 the code of a letter or separator, else one of [`ACTIONS`].
pub(crate) type Step = u8;

/// The first step that gives no code of its own.
pub(crate) const FIRST_ACTION: Step = 128;
/// The step of what writes nothing.
pub(crate) const DELETE: Step = FIRST_ACTION;

const ACTIONS: [Action; 4] = [Action::Delete, Action::Hamza, Action::Line, Action::Decompose];

/// The steps of the code points that texts in Arabic are made of.
pub(crate) struct Table {
    points: [Step; LOW + PUNCTUATION_LENGTH],
    /// The steps of one- and two-byte characters by [`byte_key`] of their bytes; for longer ones an action.
    bytes: [Step; BYTE_KEYS],
}

/// How many keys the first two bytes of characters have.
const BYTE_KEYS: usize = 1 << 14;

/// A number for a character by its first two bytes, without a branch.
#[inline]
pub(crate) fn byte_key(lead: u8, next: u8) -> u16 {
    // All bits set in a lead byte of more than one, none in ASCII, which stands alone.
    let wide = (lead.cast_signed() >> 7).cast_unsigned();
    u16::from(lead) << 6 | u16::from(next & 0x3F & wide)
}

/// The one table, made at first use.
pub(crate) static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let step_at = |index: usize| {
        let point = if index < LOW { index } else { index - LOW + PUNCTUATION };
        let c = u32::try_from(point).ok().and_then(char::from_u32);
        pack(c.map_or(Action::Hard, classify))
    };
    let points = std::array::from_fn(step_at);
    // Longer characters are looked at again.
    let mut bytes = [pack(Action::Decompose); BYTE_KEYS];
    for (point, &step) in points[..0x800].iter().enumerate() {
        let mut utf8 = [0; 2];
        if let Some(c) = u32::try_from(point).ok().and_then(char::from_u32) {
            c.encode_utf8(&mut utf8);
        }
        bytes[usize::from(byte_key(utf8[0], utf8[1]))] = step;
    }
    Table { points, bytes }
});

fn pack(action: Action) -> Step {
    let place = |known: &Action| ACTIONS.iter().position(|action| action == known);
    match action {
        Action::Letter(code) => code,
        Action::Soft => SPACE,
        Action::Hard => BREAK,
        other => FIRST_ACTION + place(&other).and_then(|place| place.try_into().ok()).unwrap_or(0),
    }
}

/// What a step does.
fn unpack(step: Step) -> Action {
    match step {
        BREAK => Action::Hard,
        SPACE => Action::Soft,
        FIRST_DIGIT..FIRST_ACTION => Action::Letter(step),
        FIRST_ACTION.. => ACTIONS[usize::from(step - FIRST_ACTION)],
    }
}

impl Table {
    /// The step of a character by its [`byte_key`]; some action if it has more than two bytes.
    #[inline]
    pub(crate) fn step(&self, byte_key: u16) -> Step {
        self.bytes[usize::from(byte_key) % BYTE_KEYS]
    }

    /// What `c` does.
    #[inline]
    pub(crate) fn action(&self, c: char) -> Action {
        let point = c as usize;
        if point < LOW {
            unpack(self.points[point])
        } else if (PUNCTUATION..PUNCTUATION + PUNCTUATION_LENGTH).contains(&point) {
            unpack(self.points[point - PUNCTUATION + LOW])
        } else {
            classify(c)
        }
    }
}

/// The characters that stand for a compatibility character: لا for ﻻ. A form of a mark brings a
/// space or a tatweel to stand on, which is left out.
pub(crate) fn decompose(c: char) -> impl Iterator<Item = char> {
    let carrier = |d: char| d == ' ' || d == '\u{0640}';
    let bare_mark = std::iter::once(c).nfkd().all(|d| carrier(d) || is_combining_mark(d));
    std::iter::once(c).nfkd().filter(move |&d| !(bare_mark && carrier(d)))
}

fn classify(c: char) -> Action {
    if let Some(code) = code_of(c) {
        return Action::Letter(code);
    }
    if INVISIBLE.iter().any(|&(first, last)| (first..=last).contains(&c)) {
        return Action::Delete;
    }
    match c {
        '\u{0653}'..='\u{0655}' => Action::Hamza,
        '\n' | '\u{2028}' => Action::Line,
        '\r' => Action::Soft, // before a line feed; alone it is no line end any more
        '\u{2029}' => Action::Hard,
        _ if SOFT.contains(&c) || c.is_whitespace() => Action::Soft,
        _ if is_combining_mark(c) => Action::Delete,
        _ if !std::iter::once(c).nfkd().eq([c]) => Action::Decompose,
        _ if c.is_alphanumeric() => Action::Letter(OTHER),
        _ => Action::Hard,
    }
}

/// The code of a letter or digit that has one of its own or shares one.
fn code_of(c: char) -> Option<Code> {
    let base = VARIANTS.iter().find(|&&(variant, _)| variant == c).map_or(c, |&(_, base)| base);
    let digit = match base {
        '0'..='9' => Some(base as u32 - '0' as u32),
        '\u{0660}'..='\u{0669}' => Some(base as u32 - 0x0660),
        '\u{06F0}'..='\u{06F9}' => Some(base as u32 - 0x06F0),
        _ => None,
    };
    if let Some(digit) = digit {
        return Code::try_from(digit).ok().map(|digit| FIRST_DIGIT + digit);
    }
    if base.is_ascii_alphabetic() {
        let letter = u32::from(base.to_ascii_lowercase()) - u32::from('a');
        return Code::try_from(letter).ok().map(|letter| FIRST_LETTER + letter);
    }
    if base == '\u{06D2}' {
        return Some(OTHER);
    }
    let index = ARABIC.iter().position(|&letter| letter == base)?;
    Code::try_from(index).ok().map(|index| FIRST_ARABIC + index)
}

/// A letter with a hamza or madda mark after it.
pub(crate) fn compose(letter: Code, mark: char) -> Code {
    match (letter, mark) {
        (WAW, '\u{0654}') => WAW_HAMZA,
        (YEH, '\u{0654}') => YEH_HAMZA,
        _ => letter,
    }
}

/// The character that shows a code; folding it gives the code again, save for [`OTHER`].
pub(crate) fn show(code: Code) -> char {
    let offset = |first: Code| usize::from(code - first);
    match code {
        BREAK => '|',
        SPACE => ' ',
        FIRST_DIGIT..FIRST_LETTER => char::from(b'0' + code - FIRST_DIGIT),
        FIRST_LETTER..FIRST_ARABIC => char::from(b'a' + code - FIRST_LETTER),
        _ => ARABIC.get(offset(FIRST_ARABIC)).copied().unwrap_or('\u{06D2}'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_what_they_seem() {
        assert!(usize::from(OTHER) < usize::from(FIRST_ACTION));
        for c in ARABIC {
            assert_eq!(code_of(c).map(show), Some(c));
        }
        for (variant, base) in VARIANTS {
            assert_eq!(code_of(variant), code_of(base));
        }
        assert_eq!(
            [TEH, DAL, AIN, NOON].map(show),
            ['\u{062A}', '\u{062F}', '\u{0639}', '\u{0646}']
        );
        assert_eq!(show(WAW_HAMZA), '\u{0624}');
        assert_eq!(show(YEH_HAMZA), '\u{0626}');
    }

    /// Every Arabic mark of this Unicode version is deleted or composes; a new version that adds one
    /// under another class fails here.
    #[test]
    fn marks_of_the_arabic_blocks() {
        for point in (0x0610..=0x061A).chain(0x064B..=0x065F).chain(0x06D6..=0x06ED) {
            let c = char::from_u32(point).expect("a scalar value");
            if is_combining_mark(c) {
                assert!(matches!(classify(c), Action::Delete | Action::Hamza), "U+{point:04X}");
            }
        }
    }

    #[test]
    fn forms_decompose_without_carriers() {
        for (form, expected) in [
            ('\u{FEF7}', "\u{0644}\u{0627}\u{0654}"), // ﻷ
            ('\u{FE76}', "\u{064E}"),                 // isolated fatha
            ('\u{FC5E}', "\u{064C}\u{0651}"),         // shadda with dammatan
            ('\u{FDF2}', "\u{0627}\u{0644}\u{0644}\u{0647}"),
        ] {
            assert_eq!(decompose(form).collect::<String>(), expected);
        }
    }
}
