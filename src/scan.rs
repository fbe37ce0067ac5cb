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

/// A reading of a word that some key may begin with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lead {
    hash: u64,
    word: u32,
    start: u32,
    /// Where the first token of the name ends.
    token: u32,
    reading: Reading,
}

/// Finds the candidates, in the order of the words they start in; in a word the reading with no
/// proclitics first, in a reading the shortest first.
///
/// In two rounds, the leads first: the look-ups of the second round do not wait for each other then.
pub(crate) fn scan(
    folded: &Folded,
    lexicon: &Lexicon,
    leads: &mut Vec<Lead>,
    candidates: &mut Vec<Candidate>,
) {
    leads.clear();
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
            if let Some(hash) = lexicon.begins(reading.contraction, codes, start, token) {
                let [word, start, token] = [word, start, token].map(short);
                leads.push(Lead { hash, word, start, token, reading });
            }
        });
        word = end_of_word;
    }
    for &Lead { hash, word, start, token, reading } in &*leads {
        let contraction = reading.contraction;
        lexicon.search(hash, contraction, codes, start as usize, token as usize, |key, end| {
            candidates.push(Candidate { key, word, start, end: short(end), reading });
        });
    }
}

/// Codes are counted in 32 bits: a folded text has no more of them.
fn short(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
