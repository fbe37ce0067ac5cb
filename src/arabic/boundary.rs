//! Where words begin and end: the only file that knows `unicode-segmentation`.

use unicode_segmentation::GraphemeCursor;

use super::letters::{Code, FIRST_LETTER, SPACE};

/// Whether a code belongs to a word.
#[inline]
pub(crate) fn is_word(code: Code) -> bool {
    code > SPACE
}

/// Whether a name may begin or end between two neighbouring codes: not inside a word, not inside a
/// number. Letters and digits may touch (2016وحلب).
#[inline]
pub(crate) fn is_boundary(left: Code, right: Code) -> bool {
    !(is_word(left) && is_word(right)) || (left < FIRST_LETTER) != (right < FIRST_LETTER)
}

/// Eight codes as one number, the first in its lowest byte; 0 where there are not so many.
#[inline]
pub(crate) fn eight(codes: &[Code], at: usize) -> u64 {
    codes.get(at..at + 8).and_then(|codes| codes.try_into().ok()).map_or(0, u64::from_le_bytes)
}

const ONES: u64 = 0x0101_0101_0101_0101;
const TOPS: u64 = 0x8080_8080_8080_8080;

/// Where the token at `at` ends: letters go with letters, digits with digits. Codes are below 128.
#[inline]
pub(crate) fn token_end(codes: &[Code], at: usize) -> usize {
    if codes[at] < FIRST_LETTER {
        let digit = |&code: &Code| code > SPACE && code < FIRST_LETTER;
        return at + codes[at..].iter().take_while(|&code| digit(code)).count();
    }
    let mut end = at;
    loop {
        let eight = eight(codes, end);
        // The lowest byte that is less than a letter has its top bit set, and none below it.
        let others = eight.wrapping_sub(ONES * u64::from(FIRST_LETTER)) & !eight & TOPS;
        if others != 0 {
            return end + others.trailing_zeros() as usize / 8;
        }
        end += 8;
    }
}

/// The end of a name, moved over the marks that stand on its last letter.
pub(crate) fn extend_over_marks(text: &str, end: usize) -> usize {
    // The cursor may stand at the start of the next cluster already; if not, the letter's cluster
    // goes on, with nothing but marks.
    let next_is_ascii = text.as_bytes().get(end).is_none_or(u8::is_ascii);
    if next_is_ascii {
        return end;
    }
    let mut cursor = GraphemeCursor::new(end, text.len(), true);
    if cursor.is_boundary(text, 0) == Ok(true) {
        return end;
    }
    cursor.next_boundary(text, 0).ok().flatten().unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_the_last_letter_and_no_more() {
        for (text, end, expected) in [
            ("\u{062D}\u{0644}\u{0628}\u{064E} ", 6, 8), // a fatha
            ("\u{062D}\u{0644}\u{0628} \u{064E}", 6, 6), // a space first
            ("\u{062D}\u{0644}\u{0628}", 6, 6),          // the end
            ("\u{062D}\u{0644}\u{0628}\u{0651}\u{064E}", 6, 10), // two marks
            ("\u{062D}\u{0644}\u{0628}\u{060C}", 6, 6),  // a comma
        ] {
            assert_eq!(extend_over_marks(text, end), expected, "{text:?}");
        }
    }

    #[test]
    fn token_ends() {
        for (text, expected) in
            [("abc", 3), ("abcdefgh", 8), ("abcdefghi d", 9), ("12a", 2), ("a1", 1)]
        {
            let folded = crate::arabic::Folded::new(text);
            assert_eq!(token_end(folded.codes(), 1) - 1, expected, "{text}");
        }
    }
}
