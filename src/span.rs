//! Stretches of a text, and the units that offsets count in.

use std::ops::Range;

use serde::Serialize;

/// A stretch of a text, end-exclusive. Its holder says in which unit.
///
/// ```
/// let span = dalil::Span { start: 2, end: 5 };
/// assert_eq!((span.len(), &"abcdef"[span.range()]), (3, "cde"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Span {
    /// The first offset in it.
    pub start: usize,
    /// The first offset after it.
    pub end: usize,
}

impl Span {
    pub(crate) fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The span as a range, to slice a text with.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// How many units it holds.
    #[must_use]
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it holds nothing.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies in it.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// Converts byte offsets of one text to other units and back.
///
/// Rust and Arrow count UTF-8 bytes, Python and Spark SQL code points, JavaScript, Java and Label
/// Studio UTF-16 code units. Every conversion costs one look at up to 1 KiB of the text, after one
/// pass over it in [`Offsets::new`].
///
/// ```
/// use dalil::Offsets;
///
/// let text = "\u{062D}\u{0644}\u{0628} \u{1F600}!";
/// let offsets = Offsets::new(text);
/// assert_eq!(offsets.chars(11), 5);
/// assert_eq!(offsets.utf16(11), 6);
/// assert_eq!(offsets.byte_of_char(5), 11);
/// assert_eq!(offsets.byte_of_utf16(6), 11);
/// ```
#[derive(Debug, Clone)]
pub struct Offsets<'t> {
    text: &'t str,
    marks: Vec<Mark>,
}

/// The same place of the text in three units.
#[derive(Debug, Clone, Copy, Default)]
struct Mark {
    byte: usize,
    chars: usize,
    utf16: usize,
}

impl Mark {
    fn step(&mut self, c: char) {
        self.byte += c.len_utf8();
        self.chars += 1;
        self.utf16 += c.len_utf16();
    }
}

/// Bytes between two remembered places.
const STRIDE: usize = 1024;

impl<'t> Offsets<'t> {
    /// Walks the text once.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let mut here = Mark::default();
        let mut marks = vec![here];
        let mut last = 0;
        for c in text.chars() {
            here.step(c);
            if here.byte - last >= STRIDE {
                marks.push(here);
                last = here.byte;
            }
        }
        Self { text, marks }
    }

    /// Code points before a byte offset; offsets inside a character or past the end count to there.
    #[must_use]
    pub fn chars(&self, byte: usize) -> usize {
        self.find(|mark| mark.byte <= byte).chars
    }

    /// UTF-16 code units before a byte offset.
    #[must_use]
    pub fn utf16(&self, byte: usize) -> usize {
        self.find(|mark| mark.byte <= byte).utf16
    }

    /// The byte offset of a code point.
    #[must_use]
    pub fn byte_of_char(&self, chars: usize) -> usize {
        self.find(|mark| mark.chars <= chars).byte
    }

    /// The byte offset of a UTF-16 code unit; the second half of a pair gives its character.
    #[must_use]
    pub fn byte_of_utf16(&self, utf16: usize) -> usize {
        self.find(|mark| mark.utf16 <= utf16).byte
    }

    /// The last place that `reached` still holds for.
    fn find(&self, reached: impl Fn(&Mark) -> bool) -> Mark {
        let after = self.marks.partition_point(&reached);
        let mut here = self.marks[after.saturating_sub(1)];
        for c in self.text[here.byte..].chars() {
            let mut next = here;
            next.step(c);
            if !reached(&next) {
                break;
            }
            here = next;
        }
        here
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_offset_of_a_mixed_text() {
        let text: String = "a\u{0628}\u{4E2D}\u{1F600}".repeat(400);
        let offsets = Offsets::new(&text);
        let mut here = Mark::default();
        for c in text.chars() {
            assert_eq!(offsets.chars(here.byte), here.chars);
            assert_eq!(offsets.utf16(here.byte), here.utf16);
            assert_eq!(offsets.byte_of_char(here.chars), here.byte);
            assert_eq!(offsets.byte_of_utf16(here.utf16), here.byte);
            here.step(c);
        }
        assert_eq!(offsets.chars(text.len()), text.chars().count());
        assert_eq!(offsets.byte_of_char(usize::MAX), text.len());
    }
}
