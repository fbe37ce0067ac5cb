//! Folded text → candidates: every key at every legal reading of every word.

use crate::arabic::clitics::{self, Reading};
use crate::arabic::{Folded, is_boundary, is_word};
use crate::lexicon::Lexicon;

/// A key that stands at a reading of a word and ends on a boundary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Candidate {
    pub(crate) key: u32,
    /// The code where the word starts that the name starts in.
    pub(crate) word: u32,
    /// The codes of the name itself.
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) reading: Reading,
}

impl Candidate {
    pub(crate) fn len(&self) -> u32 {
        self.end - self.start
    }
}

/// Finds the candidates, in the order of the words they start in; in a word the reading with no
/// proclitics first, in a reading the shortest first.
pub(crate) fn scan(folded: &Folded, lexicon: &Lexicon, candidates: &mut Vec<Candidate>) {
    candidates.clear();
    let codes = folded.codes();
    for word in 1..codes.len() {
        let starts_word = is_word(codes[word]) && is_boundary(codes[word - 1], codes[word]);
        if !starts_word {
            continue;
        }
        clitics::readings(&codes[word..], |reading| {
            let start = word + reading.skip;
            if !is_word(codes[start]) {
                return;
            }
            lexicon.walk(reading.contraction.missing(), &codes[start..], |key, length| {
                let end = start + length;
                if is_boundary(codes[end - 1], codes[end]) {
                    let [word, start, end] = [word, start, end].map(short);
                    candidates.push(Candidate { key, word, start, end, reading });
                }
            });
        });
    }
}

/// Codes are counted in 32 bits: a folded text has no more of them.
fn short(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
