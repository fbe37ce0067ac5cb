//! Bytes → text: what is not UTF-8 is kept in place and breaks words.

use std::borrow::Cow;

/// Stands for a byte that is no text: one byte, one code point, never part of a name.
const SUBSTITUTE: char = '\u{1A}';

/// The bytes as a text of the same length, and the offset of the first byte that had to be replaced
/// (by U+001A, which breaks words as any control character does).
///
/// ```
/// assert_eq!(dalil::decode(b"ab\xFF"), ("ab\u{1A}".into(), Some(2)));
/// ```
#[must_use]
pub fn decode(bytes: &[u8]) -> (Cow<'_, str>, Option<usize>) {
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        return (Cow::Borrowed(text), None);
    }
    let mut text = String::with_capacity(bytes.len());
    let mut first_invalid = None;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            first_invalid = first_invalid.or(Some(text.len()));
        }
        text.extend(chunk.invalid().iter().map(|_| SUBSTITUTE));
    }
    (Cow::Owned(text), first_invalid)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_stay() {
        let (text, first) = decode(b"ab\xFF\xE2\x28c");
        assert_eq!((&*text, first), ("ab\u{1A}\u{1A}(c", Some(2)));
        assert_eq!(decode(b"abc"), ("abc".into(), None));
    }
}
