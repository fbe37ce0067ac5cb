//! Folded text → candidates: every key at every legal reading of every word.

use crate::arabic::clitics::{self, Contraction, Reading};
use crate::arabic::letters::Code;
use crate::arabic::tokens::{self, Token, chain};
use crate::arabic::{Folded, is_word};
use crate::lexicon::{Automaton, Index, Lexicon, Table};

/// A key that may stand at a reading of a word, by its hash, and ends on a boundary.
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

/// Memory that scanning reuses from text to text.
#[derive(Debug, Default)]
pub(crate) struct Leads {
    tokens: Vec<Token>,
    leads: Vec<Lead>,
}

/// A reading of a word that some key may begin with.
#[derive(Debug, Clone, Copy)]
struct Lead {
    /// Of the name's first token.
    hash: u64,
    /// The number of that token; a proclitic or what is left of it may stand before the name in it.
    token: u32,
    word: u32,
    start: u32,
    reading: Reading,
    /// Whether the first token may be a key.
    is_key: bool,
}

/// Finds the candidates, in the order of the words they start in; in a word the reading with no
/// proclitics first, in a reading the shortest first.
pub(crate) fn scan(
    folded: &Folded,
    lexicon: &Lexicon,
    scratch: &mut Leads,
    candidates: &mut Vec<Candidate>,
) {
    candidates.clear();
    tokens::tokens(folded.codes(), folded.len(), &mut scratch.tokens);
    match lexicon.index() {
        Index::Table(table) => {
            find_leads(folded.codes(), table, scratch);
            follow_leads(folded.codes(), table, scratch, candidates);
        }
        Index::Automaton { automaton, claims } => {
            search(folded.codes(), automaton, claims, &scratch.tokens, candidates);
        }
    }
}

/// Asks the filter of first tokens about every reading of every word.
fn find_leads(codes: &[Code], table: &Table, scratch: &mut Leads) {
    let Leads { tokens, leads } = scratch;
    leads.clear();
    for (number, token) in (0..).zip(&*tokens) {
        let &Token { start: word, hash, .. } = token;
        let first = table.first(hash);
        if first.begins() {
            let is_key = first.is_key();
            let reading = Reading::BARE;
            leads.push(Lead { hash, token: number, word, start: word, reading, is_key });
        }
        if clitics::may_be_proclitic(codes[word as usize]) {
            read_proclitics(codes, table, tokens, number, leads);
        }
    }
}

/// The readings of a word with proclitics.
fn read_proclitics(
    codes: &[Code],
    table: &Table,
    tokens: &[Token],
    number: u32,
    leads: &mut Vec<Lead>,
) {
    let Token { start: word, end, .. } = tokens[number as usize];
    clitics::with_proclitics(&codes[word as usize..end as usize], |reading| {
        let start = word + u32::from(reading.skip);
        let (token, hash) = if start < end {
            (number, hash(codes, start as usize, end as usize, reading.contraction))
        } else if reading.contraction == Contraction::None && is_word(codes[end as usize]) {
            // Proclitics before a number.
            (number + 1, tokens[number as usize + 1].hash)
        } else {
            return;
        };
        let first = table.first(hash);
        if first.begins() {
            let is_key = first.is_key();
            leads.push(Lead { hash, token, word, start, reading, is_key });
        }
    });
}

/// The hash of a name's first token, some letters of which may be missing. They stand in for the codes
/// before the token, which are proclitics.
#[inline]
fn hash(codes: &[Code], start: usize, end: usize, contraction: Contraction) -> u64 {
    match contraction.missing() {
        [] => tokens::hash(codes, start, end),
        missing => tokens::hash_with(missing, codes, start - missing.len(), end),
    }
}

/// Looks up the keys that begin with each lead.
fn follow_leads(codes: &[Code], table: &Table, scratch: &Leads, candidates: &mut Vec<Candidate>) {
    let Leads { tokens, leads } = scratch;
    for &Lead { hash, token, word, start, reading, is_key } in leads {
        let end = tokens[token as usize].end;
        let after = &tokens[token as usize + 1..];
        let next = after.first().map_or(0, |next| next.hash);
        let goes_on = table.goes_on(chain(hash, codes[end as usize], next));
        if is_key || goes_on {
            table.walk((hash, end), (is_key, goes_on), after, codes, &mut |key, end| {
                candidates.push(Candidate { key, word, start, end, reading });
            });
        }
    }
}

/// The same with the reference index, at every reading of every word.
fn search(
    codes: &[Code],
    automaton: &Automaton,
    claims: &[u32],
    tokens: &[Token],
    candidates: &mut Vec<Candidate>,
) {
    for &Token { start: word, end, .. } in tokens {
        clitics::readings(&codes[word as usize..end as usize], |reading| {
            let start = word + u32::from(reading.skip);
            if start < end || is_word(codes[end as usize]) {
                let missing = reading.contraction.missing();
                automaton.search(missing, codes, start as usize, &mut |key, end| {
                    let key = claims[key as usize];
                    let end = u32::try_from(end).unwrap_or(u32::MAX);
                    candidates.push(Candidate { key, word, start, end, reading });
                });
            }
        });
    }
}
