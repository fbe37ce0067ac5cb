//! What the spellings of a name from another script share: its first letter and its consonants.
//!
//! Newspapers write the vowels of such names as they hear them (ستيفن, ستيفان, ستفان) and choose among
//! letters that sound alike there (غ ج ق ك for g, ط ت for t, س ص ز for s).

use super::letters::{Code, show};

/// The fewest sounds that tell names apart from words, and the most that are kept.
const SHORTEST: usize = 3;
const LONGEST: usize = 12;

/// The first letter of a word and its consonants, each for all that sound like it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Skeleton {
    codes: [Code; LONGEST],
    length: usize,
}

impl Skeleton {
    /// That of a folded word; `None` if it is too short or too long.
    pub(crate) fn new(word: &[Code]) -> Option<Self> {
        let mut skeleton = Self { codes: [0; LONGEST], length: 0 };
        for (place, &code) in word.iter().enumerate() {
            if place == 0 || !is_vowel(code) {
                *skeleton.codes.get_mut(skeleton.length)? = sound(code);
                skeleton.length += 1;
            }
        }
        (skeleton.length >= SHORTEST).then_some(skeleton)
    }

    pub(crate) fn codes(&self) -> &[Code] {
        &self.codes[..self.length]
    }
}

/// Whether a letter writes a vowel, or is an ending that comes and goes.
fn is_vowel(code: Code) -> bool {
    matches!(
        show(code),
        '\u{0627}' // ا
            | '\u{0648}' // و
            | '\u{064A}' // ي
            | '\u{0647}' // ه
            | '\u{0629}' // ة
            | '\u{0624}' // ؤ
            | '\u{0626}' // ئ
            | '\u{0621}' // ء
    )
}

/// A number for those letters that sound alike in a foreign name.
fn sound(code: Code) -> Code {
    match show(code) {
        '\u{062C}' | '\u{063A}' | '\u{0642}' | '\u{0643}' | '\u{06AF}' => 1, // ج غ ق ك گ
        '\u{062A}' | '\u{0637}' => 2,                                        // ت ط
        '\u{0633}' | '\u{0635}' | '\u{0632}' => 3,                           // س ص ز
        '\u{0628}' | '\u{067E}' => 4,                                        // ب پ
        '\u{0641}' | '\u{06A4}' => 5,                                        // ف ڤ
        _ => code,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arabic::Folded;

    #[test]
    fn spellings_share_one() {
        let skeleton = |word: &str| {
            let skeleton = Skeleton::new(Folded::new(word).key());
            skeleton.map(|skeleton| skeleton.codes().to_vec())
        };
        for (one, other, same) in [
            ("ستيفن", "ستفان", true),
            ("سيرغي", "سيرجي", true),
            ("كينزو", "كنزو", true),
            ("أنطونيو", "انتونيو", true),
            ("إيمانويل", "ايمانويل", true),
            ("جورج", "جورجينا", false),
        ] {
            assert!(skeleton(one).is_some(), "{one}");
            assert_eq!(skeleton(one) == skeleton(other), same, "{one}, {other}");
        }
        // كان is no جان.
        assert_eq!(skeleton("جان"), None);
    }
}
