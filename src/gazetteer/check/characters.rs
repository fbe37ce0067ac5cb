//! Characters that a gazetteer may not hold, and what to write instead.

use unicode_normalization::UnicodeNormalization;

use crate::arabic::Folded;

/// Lengthens a word in print and writes nothing.
pub(in crate::gazetteer) const TATWEEL: char = '\u{0640}';

/// Unicode names of characters that people meet in copied text.
const NAMES: [(char, &str); 49] = [
    ('\u{0009}', "CHARACTER TABULATION"),
    ('\u{000A}', "LINE FEED"),
    ('\u{000D}', "CARRIAGE RETURN"),
    ('\u{00A0}', "NO-BREAK SPACE"),
    ('\u{00AB}', "LEFT-POINTING DOUBLE ANGLE QUOTATION MARK"),
    ('\u{00AD}', "SOFT HYPHEN"),
    ('\u{00BB}', "RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK"),
    ('\u{034F}', "COMBINING GRAPHEME JOINER"),
    ('\u{061C}', "ARABIC LETTER MARK"),
    ('\u{0640}', "ARABIC TATWEEL"),
    ('\u{0653}', "ARABIC MADDAH ABOVE"),
    ('\u{0654}', "ARABIC HAMZA ABOVE"),
    ('\u{0655}', "ARABIC HAMZA BELOW"),
    ('\u{066B}', "ARABIC DECIMAL SEPARATOR"),
    ('\u{066C}', "ARABIC THOUSANDS SEPARATOR"),
    ('\u{06A9}', "ARABIC LETTER KEHEH"),
    ('\u{06AA}', "ARABIC LETTER SWASH KAF"),
    ('\u{06BE}', "ARABIC LETTER HEH DOACHASHMEE"),
    ('\u{06C1}', "ARABIC LETTER HEH GOAL"),
    ('\u{06CC}', "ARABIC LETTER FARSI YEH"),
    ('\u{06D2}', "ARABIC LETTER YEH BARREE"),
    ('\u{06D5}', "ARABIC LETTER AE"),
    ('\u{200B}', "ZERO WIDTH SPACE"),
    ('\u{200C}', "ZERO WIDTH NON-JOINER"),
    ('\u{200D}', "ZERO WIDTH JOINER"),
    ('\u{200E}', "LEFT-TO-RIGHT MARK"),
    ('\u{200F}', "RIGHT-TO-LEFT MARK"),
    ('\u{2013}', "EN DASH"),
    ('\u{2014}', "EM DASH"),
    ('\u{2018}', "LEFT SINGLE QUOTATION MARK"),
    ('\u{2019}', "RIGHT SINGLE QUOTATION MARK"),
    ('\u{201C}', "LEFT DOUBLE QUOTATION MARK"),
    ('\u{201D}', "RIGHT DOUBLE QUOTATION MARK"),
    ('\u{2028}', "LINE SEPARATOR"),
    ('\u{2029}', "PARAGRAPH SEPARATOR"),
    ('\u{202A}', "LEFT-TO-RIGHT EMBEDDING"),
    ('\u{202B}', "RIGHT-TO-LEFT EMBEDDING"),
    ('\u{202C}', "POP DIRECTIONAL FORMATTING"),
    ('\u{202D}', "LEFT-TO-RIGHT OVERRIDE"),
    ('\u{202E}', "RIGHT-TO-LEFT OVERRIDE"),
    ('\u{202F}', "NARROW NO-BREAK SPACE"),
    ('\u{2060}', "WORD JOINER"),
    ('\u{2066}', "LEFT-TO-RIGHT ISOLATE"),
    ('\u{2067}', "RIGHT-TO-LEFT ISOLATE"),
    ('\u{2068}', "FIRST STRONG ISOLATE"),
    ('\u{2069}', "POP DIRECTIONAL ISOLATE"),
    ('\u{3000}', "IDEOGRAPHIC SPACE"),
    ('\u{FEFF}', "ZERO WIDTH NO-BREAK SPACE"),
    ('\u{FFFD}', "REPLACEMENT CHARACTER"),
];

/// Letters of names that the Arabic keyboard lacks: Persian, Kurdish and Maghrebi sounds.
const MORE_LETTERS: [char; 12] = [
    '\u{0671}', // ٱ
    '\u{067E}', // پ
    '\u{0686}', // چ
    '\u{0695}', // ڕ
    '\u{0698}', // ژ
    '\u{06A4}', // ڤ
    '\u{06AD}', // ڭ
    '\u{06AF}', // گ
    '\u{06B5}', // ڵ
    '\u{06C6}', // ۆ
    '\u{06CE}', // ێ
    '\u{0763}', // ݣ
];

/// A character by its code point, and by its name if it is in the table: messages name what cannot
/// be seen, or would turn a terminal's line around.
pub(super) fn describe(c: char) -> String {
    let point = format!("U+{:04X}", u32::from(c));
    match NAMES.iter().find(|&&(named, _)| named == c) {
        Some((_, name)) => format!("{point} {name}"),
        None if c.is_control() => format!("{point}, a control character"),
        None => point,
    }
}

/// Whether a character cannot be seen, or looks like a plain space and is none.
pub(in crate::gazetteer) fn is_invisible(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control();
    }
    c.is_control()
        || is_odd_space(c)
        || matches!(c,
            '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
            | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

/// What `dalil fmt` writes for an invisible character: a space for a space, else nothing.
#[cfg(feature = "cli")]
pub(in crate::gazetteer) fn visible(c: char) -> Option<char> {
    match c {
        _ if !is_invisible(c) => Some(c),
        '\t' | '\n' | '\r' => Some(' '),
        _ => is_odd_space(c).then_some(' '),
    }
}

fn is_odd_space(c: char) -> bool {
    c.is_whitespace() && !c.is_ascii()
}

/// Whether a character is a vowel mark, shadda, sukun, tanwin or dagger alef.
pub(super) fn is_vowel_mark(c: char) -> bool {
    matches!(c, '\u{064B}'..='\u{0652}' | '\u{0670}')
}

/// Whether a name may hold a character.
pub(super) fn is_of_names(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(c, '\u{0621}'..='\u{063A}' | '\u{0641}'..='\u{064A}')
        || matches!(c, ' ' | '-' | '\'' | '.' | '&' | '+')
        || is_vowel_mark(c)
        || MORE_LETTERS.contains(&c)
}

/// What to write in a name for a character that it may not hold, if anything.
pub(super) fn in_names(c: char) -> Option<String> {
    let fits = |text: &String| !text.is_empty() && text.chars().all(is_of_names);
    match c {
        '\u{2010}'..='\u{2015}' => return Some("-".to_owned()),
        '\u{2018}' | '\u{2019}' | '\u{02BC}' | '`' => return Some("'".to_owned()),
        _ => {}
    }
    let composed: String = std::iter::once(c).nfkc().collect();
    Some(composed).filter(fits).or_else(|| {
        let mut buffer = [0; 4];
        Some(Folded::new(c.encode_utf8(&mut buffer)).to_string()).filter(fits)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_code_point_order() {
        assert!(NAMES.is_sorted_by_key(|&(c, _)| c));
        assert!(MORE_LETTERS.is_sorted());
    }

    #[test]
    fn every_look_alike_has_a_letter_to_write() {
        for (found, written) in [
            ('\u{06A9}', "\u{0643}"),         // ک → ك
            ('\u{06CC}', "\u{064A}"),         // ی → ي
            ('\u{06D5}', "\u{0647}"),         // ە → ه
            ('\u{FE83}', "\u{0623}"),         // ﺃ → أ
            ('\u{FEFB}', "\u{0644}\u{0627}"), // ﻻ → لا
            ('\u{0663}', "3"),
            ('\u{2013}', "-"),
            ('\u{2019}', "'"),
        ] {
            assert_eq!(in_names(found).as_deref(), Some(written), "{found:?}");
        }
        assert_eq!(in_names('\u{4E2D}'), None);
        assert_eq!(in_names('\u{060C}'), None);
    }

    #[test]
    fn what_cannot_be_seen() {
        for c in ['\u{200F}', '\u{061C}', '\u{00A0}', '\u{0007}', '\u{0085}', '\u{FEFF}', '\t'] {
            assert!(is_invisible(c), "{c:?}");
        }
        for c in [' ', 'a', '\u{0627}', '\u{064E}', TATWEEL, '\u{00AB}'] {
            assert!(!is_invisible(c), "{c:?}");
        }
    }
}
