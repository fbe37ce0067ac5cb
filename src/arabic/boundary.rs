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
}
