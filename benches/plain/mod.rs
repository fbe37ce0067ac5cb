//! What one writes first, as the baseline: fold into a copy with an offset for every byte of it, search
//! with aho-corasick, keep whole words. No proclitics, no marks, no evidence, no clashes.

#![allow(dead_code, reason = "each bench uses a part")]

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

/// A folded copy of a text, and for each byte of it the byte of the text it came from.
#[derive(Default)]
pub(crate) struct FoldedCopy {
    text: String,
    offsets: Vec<u32>,
}

impl FoldedCopy {
    /// Folds another text into the same memory.
    pub(crate) fn refill(&mut self, text: &str) {
        self.text.clear();
        self.offsets.clear();
        for (at, c) in text.char_indices() {
            let folded = match c {
                '\u{0640}' | '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{065F}' | '\u{0670}' => {
                    continue;
                }
                '\u{0622}' | '\u{0623}' | '\u{0625}' | '\u{0671}' => '\u{0627}',
                '\u{0649}' | '\u{06CC}' => '\u{064A}',
                '\u{06A9}' => '\u{0643}',
                '\u{0660}'..='\u{0669}' => char::from_u32(c as u32 - 0x0660 + 0x30).unwrap_or(c),
                other => other.to_ascii_lowercase(),
            };
            self.text.push(folded);
            let at = u32::try_from(at).expect("texts of benches are short");
            self.offsets.extend(std::iter::repeat_n(at, folded.len_utf8()));
        }
        self.offsets.push(u32::try_from(text.len()).expect("texts of benches are short"));
    }

    pub(crate) fn len(&self) -> usize {
        self.text.len()
    }
}

/// Searches names in folded copies.
pub(crate) struct Plain {
    automaton: AhoCorasick,
}

impl Plain {
    pub(crate) fn new(names: &[String]) -> Self {
        let mut folded = FoldedCopy::default();
        let names = names.iter().map(|name| {
            folded.refill(name);
            folded.text.clone()
        });
        let automaton = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .match_kind(MatchKind::LeftmostLongest)
            .build(names)
            .expect("the names fit");
        Self { automaton }
    }

    /// Calls `found` with the number of each name and its place in the text.
    pub(crate) fn tag_each(
        &self,
        folded: &mut FoldedCopy,
        text: &str,
        found: impl FnMut(usize, std::ops::Range<usize>),
    ) {
        folded.refill(text);
        self.search(folded, found);
    }

    /// The second half of it.
    pub(crate) fn search(
        &self,
        folded: &FoldedCopy,
        mut found: impl FnMut(usize, std::ops::Range<usize>),
    ) {
        for hit in self.automaton.find_iter(&folded.text) {
            let before = folded.text[..hit.start()].chars().next_back();
            let after = folded.text[hit.end()..].chars().next();
            if before.is_some_and(char::is_alphanumeric) || after.is_some_and(char::is_alphanumeric)
            {
                continue;
            }
            let at = |index: usize| folded.offsets[index] as usize;
            found(hit.pattern().as_usize(), at(hit.start())..at(hit.end()));
        }
    }
}
