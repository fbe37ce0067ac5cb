//! Folded text → candidates: every key at every legal reading of every word.

use crate::arabic::clitics::{self, Reading};
use crate::arabic::{Folded, is_word, token_end};
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
    let mut word = 1;
    while word < folded.len() {
        if !is_word(codes[word]) {
            word += 1;
            continue;
        }
        let end_of_word = token_end(codes, word);
        clitics::readings(&codes[word..end_of_word], |reading| {
            let start = word + reading.skip;
            let token = if start < end_of_word {
                end_of_word
            } else if is_word(codes[start]) {
                // Proclitics before a number.
                token_end(codes, start)
            } else {
                return;
            };
            lexicon.search(reading.contraction, codes, start, token, |key, end| {
                let [word, start, end] = [word, start, end].map(short);
                candidates.push(Candidate { key, word, start, end, reading });
            });
        });
        word = end_of_word;
    }
}

/// Codes are counted in 32 bits: a folded text has no more of them.
fn short(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
