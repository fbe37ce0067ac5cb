//! The index that serves: a hash table of the token prefixes of every key.
//!
//! A key is a run of tokens, each letters or digits. The table has an entry for every prefix of
//! whole tokens, so that a search takes one probe a token and ends where no key goes on. In front
//! stands a bitmap of the first tokens: it fits the caches, and most words of a text end there.
//!
//! Hashes only propose: what is found is compared with the key, code by code.

use crate::arabic::letters::{BREAK, Code, SPACE};
use crate::arabic::{eight, token_end};

/// Finds which keys stand at a place of a folded text.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    /// The codes of all keys, one after the other, in their order.
    codes: Vec<Code>,
    /// Where each key ends in `codes`.
    ends: Vec<u32>,
    /// The hash table: open addressing, a power of two of slots, at most half of them full.
    slots: Vec<Slot>,
    /// A bit for the hash of each first token.
    first_tokens: Vec<u64>,
}

/// A prefix of whole tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Slot {
    /// The upper half of the prefix's hash.
    tag: u32,
    /// The key that is this prefix, or [`NO_KEY`]; the top bit tells whether a key goes on.
    value: u32,
}

const EMPTY: Slot = Slot { tag: 0, value: u32::MAX };
const GOES_ON: u32 = 1 << 31;
const NO_KEY: u32 = GOES_ON - 1;

/// Bits of the bitmap for each first token.
const BITS_PER_TOKEN: usize = 16;

/// Codes after a key, so that eight can be read anywhere; a folded text has as many.
const PADDING: usize = 8;

impl Table {
    /// Indexes folded names, which are in order and all different; a name's number is its place.
    pub(crate) fn new(keys: &[&[Code]]) -> Self {
        let mut codes =
            Vec::with_capacity(keys.iter().map(|key| key.len()).sum::<usize>() + PADDING);
        let mut ends = Vec::with_capacity(keys.len());
        let mut prefixes: Vec<(u64, u32)> = Vec::with_capacity(keys.len() * 2);
        let mut firsts = Vec::with_capacity(keys.len());
        let mut padded = Vec::new();
        for (number, key) in (0..).zip(keys) {
            codes.extend_from_slice(key);
            ends.push(u32::try_from(codes.len()).unwrap_or(u32::MAX));
            padded.clear();
            padded.extend_from_slice(key);
            padded.extend_from_slice(&[BREAK; PADDING]);
            let mut hash = 0;
            let mut at = 0;
            while at < key.len() {
                let joined = join(&padded, &mut at);
                let end = token_end(&padded, at);
                hash = chain(hash, joined, token_hash(&padded, at, end, None));
                if at == 0 {
                    firsts.push(hash);
                }
                at = end;
                let value = if at == key.len() { number } else { GOES_ON | NO_KEY };
                prefixes.push((hash, value));
            }
        }
        // What is known of a prefix several times over takes one slot.
        prefixes.sort_unstable();
        prefixes.dedup();
        let mut table = Self {
            codes,
            ends,
            slots: vec![EMPTY; (prefixes.len() * 2).next_power_of_two().max(2)],
            first_tokens: vec![0; (firsts.len() * BITS_PER_TOKEN).next_power_of_two().max(64) / 64],
        };
        for hash in firsts {
            let (word, bit) = table.bit(hash);
            table.first_tokens[word] |= bit;
        }
        for (hash, value) in prefixes {
            table.insert(hash, value);
        }
        table
    }

    /// Adds what is known of a prefix. Prefixes whose hashes have the same upper half share a slot:
    /// that of the keys that end in it which came first, so later ones take the next free slot.
    fn insert(&mut self, hash: u64, value: u32) {
        let mut index = self.slot_of(hash);
        loop {
            let slot = &mut self.slots[index];
            if *slot == EMPTY {
                *slot = Slot { tag: tag(hash), value };
                return;
            }
            if slot.tag == tag(hash) {
                let both_end = slot.value & NO_KEY != NO_KEY && value & NO_KEY != NO_KEY;
                if !both_end {
                    let key = (slot.value & NO_KEY).min(value & NO_KEY);
                    slot.value = key | (slot.value | value) & GOES_ON;
                    return;
                }
            }
            index = (index + 1) & (self.slots.len() - 1);
        }
    }

    /// The hash of the first token of a key that begins with the codes `missing`, which the text
    /// lacks, and goes on from `start` to `token`; `None` if no key begins so.
    #[inline]
    pub(crate) fn first_token(
        &self,
        missing: &[Code],
        text: &[Code],
        start: usize,
        token: usize,
    ) -> Option<u64> {
        // The missing codes stand in for those before: the last of them is the proclitic's ل, or
        // they begin one code further left.
        let first = missing.first().copied();
        let hash = chain(0, None, token_hash(text, start - missing.len(), token, first));
        let (word, bit) = self.bit(hash);
        (self.first_tokens[word] & bit != 0).then_some(hash)
    }

    /// Calls `found(key, end)` for every key whose first token has this hash and ends at `end`.
    pub(crate) fn walk(
        &self,
        mut hash: u64,
        missing: &[Code],
        text: &[Code],
        start: usize,
        mut end: usize,
        found: &mut impl FnMut(u32, usize),
    ) {
        loop {
            let goes_on = self.probe(hash, missing, &text[start..end], &mut |key| found(key, end));
            let mut at = end;
            let joined = join(text, &mut at);
            if !goes_on || text[at] <= SPACE {
                return;
            }
            end = token_end(text, at);
            hash = chain(hash, joined, token_hash(text, at, end, None));
        }
    }

    /// Reports the key that is `missing` + `codes`, and tells whether some key goes on from there.
    #[inline]
    fn probe(
        &self,
        hash: u64,
        missing: &[Code],
        codes: &[Code],
        found: &mut impl FnMut(u32),
    ) -> bool {
        let mut index = self.slot_of(hash);
        let mut goes_on = false;
        loop {
            let slot = self.slots[index];
            if slot == EMPTY {
                return goes_on;
            }
            if slot.tag == tag(hash) {
                let key = slot.value & NO_KEY;
                if key != NO_KEY && self.is_key(key, missing, codes) {
                    found(key);
                }
                goes_on |= slot.value & GOES_ON != 0;
            }
            index = (index + 1) & (self.slots.len() - 1);
        }
    }

    fn is_key(&self, key: u32, missing: &[Code], codes: &[Code]) -> bool {
        let key = key as usize;
        let start = key.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        let key = &self.codes[start..self.ends[key] as usize];
        key.strip_prefix(missing) == Some(codes)
    }

    #[allow(clippy::cast_possible_truncation, reason = "the low bits are what is wanted")]
    fn slot_of(&self, hash: u64) -> usize {
        hash as usize & (self.slots.len() - 1)
    }

    #[allow(clippy::cast_possible_truncation, reason = "some bits are what is wanted")]
    fn bit(&self, hash: u64) -> (usize, u64) {
        let bit = (hash >> 20) as usize & (self.first_tokens.len() * 64 - 1);
        (bit / 64, 1 << (bit % 64))
    }

    /// How many bytes it holds.
    pub(crate) fn memory(&self) -> usize {
        self.codes.len() + self.ends.len() * 4 + self.slots.len() * 8 + self.first_tokens.len() * 8
    }
}

#[allow(clippy::cast_possible_truncation, reason = "the upper half is what is wanted")]
fn tag(hash: u64) -> u32 {
    (hash >> 32) as u32
}

/// Steps over the separator between two tokens, and tells which it is; letters and digits may touch.
#[inline]
fn join(codes: &[Code], at: &mut usize) -> Option<Code> {
    let separator = Some(codes[*at]).filter(|&code| code <= SPACE);
    *at += usize::from(separator.is_some());
    separator
}

/// The hash of a token; `first`, if given, stands in for its first code.
#[inline]
fn token_hash(codes: &[Code], start: usize, end: usize, first: Option<Code>) -> u64 {
    let mut eight_codes = eight(codes, start);
    if let Some(first) = first {
        eight_codes = eight_codes & !0xFF | u64::from(first);
    }
    let length = end - start;
    if length < 8 {
        return mix(eight_codes & ((1 << (length * 8)) - 1));
    }
    let mut hash = mix(eight_codes);
    let mut at = start + 8;
    while at < end {
        let left = end - at;
        let mask = if left < 8 { (1 << (left * 8)) - 1 } else { u64::MAX };
        hash = mix(hash ^ (eight(codes, at) & mask));
        at += 8;
    }
    hash
}

#[inline]
fn mix(bits: u64) -> u64 {
    let product = bits.wrapping_add(0x9E37_79B9_7F4A_7C15).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    product ^ product >> 29
}

/// The hash of a prefix and one more token.
#[inline]
fn chain(prefix: u64, joined: Option<Code>, token: u64) -> u64 {
    mix(prefix.rotate_left(5) ^ token ^ joined.map_or(2, u64::from))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arabic::Folded;

    fn keys(names: &[&str]) -> Vec<Box<[Code]>> {
        let mut keys: Vec<Box<[Code]>> =
            names.iter().map(|name| Folded::new(name).key().into()).collect();
        keys.sort();
        keys
    }

    fn search(table: &Table, text: &str) -> Vec<(u32, usize)> {
        let folded = Folded::new(text);
        let codes = folded.codes();
        let mut all = Vec::new();
        let token = token_end(codes, 1);
        if let Some(hash) = table.first_token(&[], codes, 1, token) {
            table.walk(hash, &[], codes, 1, token, &mut |key, end| all.push((key, end)));
        }
        all
    }

    #[test]
    fn prefixes_keys_and_mixed_tokens() {
        let keys = keys(&[
            "abc",
            "abc.net",
            "abc def",
            "abc def ghi",
            "abcdefghijkl",
            "m23",
            "m23 x",
            "abc 7",
        ]);
        let keys: Vec<&[Code]> = keys.iter().map(|key| &**key).collect();
        let table = Table::new(&keys);
        let ends = |text| search(&table, text).iter().map(|&(_, end)| end - 1).collect::<Vec<_>>();
        assert_eq!(ends("abc def ghi jkl"), [3, 7, 11]);
        assert_eq!(ends("abc de"), [3]);
        assert_eq!(ends("abcdefghijkl"), [12]);
        assert_eq!(ends("abcdefghijklm"), [0_usize; 0]);
        assert_eq!(ends("m23 x"), [3, 5]);
        assert_eq!(ends("m 23"), [0_usize; 0]);
        assert_eq!(ends("abc 7"), [3, 5]);
        assert_eq!(ends("abc.net"), [3, 7]);
        assert_eq!(ends("abc net"), [3]);
    }
}
