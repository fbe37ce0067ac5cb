//! Folded text → candidates: every key at every legal reading of every word.

use crate::arabic::clitics::{self, Contraction, Reading};
use crate::arabic::letters::Code;
use crate::arabic::tokens::{self, Token, chain};
use crate::arabic::{Folded, is_word};
use crate::batch::Batch;
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
    /// The tokens that some key may begin with.
    begins: Batch<u32>,
    /// The bare readings of words.
    bare: Batch<Lead>,
    /// The tokens that may begin with a proclitic.
    prefixed: Batch<u32>,
    /// The readings of those with proclitics.
    others: Batch<Lead>,
}

/// A reading of a word that some key may begin with.
#[derive(Debug, Clone, Copy, Default)]
struct Lead {
    /// Of the name's first token.
    hash: u64,
    /// Of that and the token after it.
    pair: u64,
    /// The number of the first token; a proclitic may stand before the name in it.
    token: u32,
    word: u32,
    start: u32,
    reading: Reading,
    /// Whether the first token may be a key.
    is_key: bool,
    /// Whether the first two may be a key or begin one.
    goes_on: bool,
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
            scratch.find(folded.codes(), table);
            scratch.follow(folded.codes(), table, candidates);
        }
        Index::Automaton { automaton, claims } => {
            search(folded.codes(), automaton, claims, &scratch.tokens, candidates);
        }
    }
}

impl Leads {
    /// Asks the filters about every reading of every word. Each round asks one question of all that
    /// the round before left: looks into the memory do not wait for each other so.
    fn find(&mut self, codes: &[Code], table: &Table) {
        let Self { tokens, begins, bare, prefixed, others } = self;
        let known = tokens.iter().map(|token| table.first(token.hash).begins());
        begins.fill(numbered(known));
        let bare_leads = begins.held().iter().map(|&number| {
            let Token { start, hash, .. } = tokens[number as usize];
            let lead = Lead { hash, token: number, word: start, start, ..Lead::default() };
            ask(lead, codes, table, tokens)
        });
        bare.fill(bare_leads);
        let letters = tokens.iter().map(|token| codes[token.start as usize]);
        prefixed.fill(numbered(letters.map(clitics::may_be_proclitic)));
        others.clear(prefixed.held().len() * clitics::MOST_READINGS);
        for &number in prefixed.held() {
            read_proclitics(codes, table, tokens, number, others);
        }
        others.retain(|lead| {
            let keep;
            (*lead, keep) = ask(*lead, codes, table, tokens);
            keep
        });
        for leads in [bare, others] {
            leads.retain(|lead| {
                // One look, at what will be looked up first.
                let held = table.may_hold(if lead.is_key { lead.hash } else { lead.pair });
                let keep = held | (lead.is_key & lead.goes_on);
                lead.is_key &= held;
                keep
            });
        }
    }

    /// Looks up the keys that begin with each lead.
    fn follow(&self, codes: &[Code], table: &Table, candidates: &mut Vec<Candidate>) {
        let mut walk = |lead: &Lead| {
            let &Lead { word, start, reading, .. } = lead;
            let mut found = |key, token: &Token| {
                candidates.push(Candidate { key, word, start, end: token.end, reading });
            };
            let mut tokens = self.tokens[lead.token as usize..].iter();
            let Some(mut last) = tokens.next() else { return };
            if lead.is_key {
                table.probe(lead.hash, |key| found(key, last));
            }
            let mut goes_on = lead.goes_on;
            let mut next = lead.pair;
            while goes_on && let Some(token) = tokens.next() {
                let hash = next;
                goes_on = table.probe(hash, |key| found(key, token));
                last = token;
                let after = tokens.as_slice().first().map_or(0, |after| after.hash);
                next = chain(hash, codes[last.end as usize], after);
            }
        };
        let mut others = self.others.held().iter().peekable();
        for lead in self.bare.held() {
            while let Some(other) = others.next_if(|other| other.word < lead.word) {
                walk(other);
            }
            walk(lead);
        }
        others.for_each(walk);
    }
}

/// Numbers tokens, of which some are to be kept.
fn numbered(
    keep: impl ExactSizeIterator<Item = bool>,
) -> impl ExactSizeIterator<Item = (u32, bool)> {
    let mut next = 0;
    keep.map(move |keep| {
        next += 1;
        (next - 1, keep)
    })
}

/// Asks the filters about the first token of a lead and the one after it; tells whether the lead is
/// worth following.
#[inline]
fn ask(lead: Lead, codes: &[Code], table: &Table, tokens: &[Token]) -> (Lead, bool) {
    let token = lead.token as usize;
    let next = tokens.get(token + 1).map_or(0, |next| next.hash);
    let pair = chain(lead.hash, codes[tokens[token].end as usize], next);
    let is_key = table.first(lead.hash).is_key();
    let goes_on = table.goes_on(pair);
    (Lead { pair, is_key, goes_on, ..lead }, is_key | goes_on)
}

/// The readings of a word with proclitics.
#[inline]
fn read_proclitics(
    codes: &[Code],
    table: &Table,
    tokens: &[Token],
    number: u32,
    leads: &mut Batch<Lead>,
) {
    let Token { start: word, end, .. } = tokens[number as usize];
    let letters = &codes[word as usize..end as usize];
    let Some(first) = clitics::with_first(letters[0]) else { return };
    let mut offer = |reading: Reading| {
        let start = word + u32::from(reading.skip);
        let (token, hash) = if start < end {
            (number, hash(codes, start as usize, end as usize, reading.contraction))
        } else if reading.contraction == Contraction::None && is_word(codes[end as usize]) {
            // Proclitics before a number.
            (number + 1, tokens[number as usize + 1].hash)
        } else {
            return;
        };
        let lead = Lead { hash, token, word, start, reading, ..Lead::default() };
        leads.offer(lead, table.first(hash).begins());
    };
    offer(first);
    clitics::with_more(letters, offer);
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
