//! Words that, right before or after a name, say something of it.

use serde::{Deserialize, Serialize};

use crate::arabic::letters::{Code, SPACE};
use crate::arabic::{Folded, clitics};

/// Bits for the codes that neighbours have next to a name.
const EDGES: usize = 512;

/// Folded words on one side of a name.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Neighbours {
    words: Vec<Box<[Code]>>,
    /// A bit for each two codes that one of them has next to the name: most neighbours have none of
    /// these.
    edges: [u64; EDGES / 64],
}

impl Neighbours {
    pub(super) fn before(words: &[String]) -> Self {
        Self::new(words, |word| word.last_chunk())
    }

    pub(super) fn after(words: &[String]) -> Self {
        Self::new(words, |word| word.first_chunk())
    }

    fn new(words: &[String], edge: impl Fn(&[Code]) -> Option<&[Code; 2]>) -> Self {
        let words: Vec<Box<[Code]>> =
            words.iter().map(|word| Folded::new(word).key().into()).collect();
        let mut edges = [0; EDGES / 64];
        for word in &words {
            match edge(word) {
                Some(&edge) => edges[edge_bit(edge) / 64] |= 1 << (edge_bit(edge) % 64),
                // A word of one code may be anywhere.
                None => edges = [u64::MAX; EDGES / 64],
            }
        }
        Self { words, edges }
    }

    fn has_edge(&self, edge: Option<&[Code; 2]>) -> bool {
        edge.is_some_and(|&edge| self.edges[edge_bit(edge) / 64] >> (edge_bit(edge) % 64) & 1 == 1)
    }

    /// Whether one of them ends right before the word at `word`; و or ف may be joined to it.
    #[inline]
    pub(crate) fn stand_before(&self, codes: &[Code], word: usize) -> bool {
        codes[word - 1] == SPACE
            && self.has_edge(codes[..word - 1].last_chunk())
            && self.words.iter().any(|other| {
                let before = codes[..word - 1].strip_suffix(&**other);
                let Some([rest @ .., last]) = before else { return false };
                let starts = |rest: &[Code]| rest.last().is_none_or(|&code| code <= SPACE);
                *last <= SPACE || clitics::is_conjunction(*last) && starts(rest)
            })
    }

    /// Whether one of them begins right after a name that ends at `end`.
    #[inline]
    pub(crate) fn stand_after(&self, codes: &[Code], end: usize) -> bool {
        codes[end] == SPACE
            && self.has_edge(codes[end + 1..].first_chunk())
            && self.words.iter().any(|other| {
                let rest = codes[end + 1..].strip_prefix(&**other);
                rest.is_some_and(|rest| rest.first().is_none_or(|&code| code <= SPACE))
            })
    }
}

fn edge_bit([one, other]: [Code; 2]) -> usize {
    (usize::from(one) * 37 + usize::from(other)) % EDGES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_and_a_conjunction() {
        let words = ["ab".to_owned(), "c d".to_owned()];
        let (before, after) = (Neighbours::before(&words), Neighbours::after(&words));
        for (text, name, stands) in [
            ("ab x", "x", true),
            ("\u{0648}ab x", "x", true),
            ("e\u{0648}ab x", "x", false),
            ("eab x", "x", false),
            ("c d x", "x", true),
            ("d x", "x", false),
            ("ab, x", "x", false),
            ("x", "x", false),
        ] {
            let folded = Folded::new(text);
            let word = folded.len() - 1 - name.len();
            assert_eq!(before.stand_before(folded.codes(), word), stands, "{text}");
        }
        for (text, stands) in
            [("x ab", true), ("x abe", false), ("x c d", true), ("x c", false), ("x", false)]
        {
            let folded = Folded::new(text);
            let end = 1 + folded.codes()[1..].iter().position(|&code| code <= SPACE).unwrap_or(0);
            assert_eq!(after.stand_after(folded.codes(), end), stands, "{text}");
        }
    }
}
