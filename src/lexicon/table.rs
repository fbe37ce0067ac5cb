//! The index that serves: a hash table of the runs of tokens that keys begin with.
//!
//! It has an entry for every prefix of whole tokens, so that a search takes one probe a token and ends
//! where no key goes on. In front stand two filters that fit the caches, of first tokens and of longer
//! prefixes; nearly all words of a text end there.
//!
//! Hashes only propose, and no key is kept: whoever is told of a key compares the text with its form.

use super::filter::Filter;
use crate::arabic::letters::{BREAK, Code};
use crate::arabic::tokens::{self, PADDING, chain};

/// Finds which keys stand at a place of a folded text.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    /// The hash table: open addressing, a quarter of the slots free.
    slots: Vec<Slot>,
    /// Two bits for the hash of each first token: that it is one, and that it is a key.
    firsts: Filter<2>,
    /// A bit for the hash of each prefix of two tokens and more.
    longer: Filter<1>,
}

/// A prefix of whole tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Slot {
    /// The lower half of the prefix's hash; the upper half tells the slot.
    tag: u32,
    /// The key that is this prefix, or [`NO_KEY`], and above it [`GOES_ON`] and [`MORE`].
    value: u32,
}

const EMPTY: Slot = Slot { tag: 0, value: u32::MAX };
/// Whether some key goes on from the prefix.
const GOES_ON: u32 = 1 << 31;
/// Whether another prefix has the same tag, in a slot further on.
const MORE: u32 = 1 << 30;
const NO_KEY: u32 = MORE - 1;

/// Places in the filters for each prefix in them.
const PLACES_PER_FIRST: usize = 8;
const PLACES_PER_LONGER: usize = 8;

/// What the filter of first tokens knows of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct First(u64);

impl First {
    const BEGINS: u64 = 1;
    const IS_KEY: u64 = 2;

    /// Whether some key may begin with it.
    #[inline]
    pub(crate) fn begins(self) -> bool {
        self.0 & Self::BEGINS != 0
    }

    /// Whether it may be a key itself.
    #[inline]
    pub(crate) fn is_key(self) -> bool {
        self.0 & Self::IS_KEY != 0
    }
}

/// What is known of a prefix when the table is made.
struct Prefix {
    hash: u64,
    value: u32,
}

impl Table {
    /// Indexes folded names with their numbers, below 2³⁰ − 1; the names are in order and all
    /// different.
    pub(crate) fn new(keys: &[(&[Code], u32)]) -> Self {
        let mut firsts: Vec<Prefix> = Vec::with_capacity(keys.len());
        let mut longer: Vec<Prefix> = Vec::with_capacity(keys.len());
        let mut padded = Vec::new();
        let mut tokens = Vec::new();
        // The prefixes of the key before, and whether they are it: keys that share one follow each
        // other.
        let mut before: Vec<(u64, bool)> = Vec::new();
        for &(key, number) in keys {
            padded.clear();
            padded.extend_from_slice(key);
            padded.resize(key.len() + 1 + PADDING, BREAK);
            tokens::tokens(&padded, key.len() + 1, &mut tokens);
            let mut hash = 0;
            for (depth, token) in tokens.iter().enumerate() {
                let list = if depth == 0 { &mut firsts } else { &mut longer };
                hash = match depth.checked_sub(1) {
                    None => token.hash,
                    Some(last) => chain(hash, padded[tokens[last].end as usize], token.hash),
                };
                let is_key = depth + 1 == tokens.len();
                if !is_key && before.get(depth) == Some(&(hash, false)) {
                    continue;
                }
                before.truncate(depth);
                before.push((hash, is_key));
                let value = if is_key { number } else { GOES_ON | NO_KEY };
                list.push(Prefix { hash, value });
            }
        }
        let slots = (firsts.len() + longer.len()) / 3 * 4 + 4;
        let mut table = Self {
            slots: vec![EMPTY; slots],
            firsts: Filter::new(firsts.len() * PLACES_PER_FIRST),
            longer: Filter::new(longer.len() * PLACES_PER_LONGER),
        };
        for &Prefix { hash, value } in &firsts {
            let is_key = u64::from(value & NO_KEY != NO_KEY) * First::IS_KEY;
            table.firsts.add(hash, First::BEGINS | is_key);
            table.insert(hash, value);
        }
        for &Prefix { hash, value } in &longer {
            table.longer.add(hash, 1);
            table.insert(hash, value);
        }
        table
    }

    /// Adds what is known of a prefix. Prefixes whose hashes have the same tag share a slot:
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
                    slot.value = key | (slot.value | value) & !NO_KEY;
                    return;
                }
                slot.value |= MORE;
            }
            index = self.after(index);
        }
    }

    /// What is known of a first token by its hash.
    #[inline]
    pub(crate) fn first(&self, hash: u64) -> First {
        First(self.firsts.get(hash))
    }

    /// Whether some key may begin with the two tokens or more that have this hash.
    #[inline]
    pub(crate) fn goes_on(&self, hash: u64) -> bool {
        self.longer.get(hash) & 1 == 1
    }

    /// Whether the table may hold a prefix: false if its first slot is empty.
    #[inline]
    pub(crate) fn may_hold(&self, hash: u64) -> bool {
        self.slots[self.slot_of(hash)] != EMPTY
    }

    /// Reports the keys that have this hash, mostly one or none, and tells whether some key goes on
    /// from there.
    #[inline]
    pub(crate) fn probe(&self, hash: u64, mut found: impl FnMut(u32)) -> bool {
        let mut index = self.slot_of(hash);
        let mut goes_on = false;
        loop {
            let slot = self.slots[index];
            if slot == EMPTY {
                return goes_on;
            }
            if slot.tag == tag(hash) {
                let key = slot.value & NO_KEY;
                if key != NO_KEY {
                    found(key);
                }
                goes_on |= slot.value & GOES_ON != 0;
                if slot.value & MORE == 0 {
                    return goes_on;
                }
            }
            index = self.after(index);
        }
    }

    /// The upper half of a hash, as a share of the slots.
    #[inline]
    fn slot_of(&self, hash: u64) -> usize {
        (((hash >> 32) * self.slots.len() as u64) >> 32) as usize
    }

    #[inline]
    fn after(&self, index: usize) -> usize {
        if index + 1 == self.slots.len() { 0 } else { index + 1 }
    }

    /// Its parts as bytes.
    pub(super) fn to_bytes(&self) -> [Vec<u8>; 3] {
        let slots = self
            .slots
            .iter()
            .flat_map(|slot| (u64::from(slot.value) << 32 | u64::from(slot.tag)).to_le_bytes());
        [slots.collect(), self.firsts.to_bytes(), self.longer.to_bytes()]
    }

    /// The table of such parts.
    pub(super) fn from_bytes([slots, firsts, longer]: [&[u8]; 3]) -> Option<Self> {
        #[allow(clippy::cast_possible_truncation, reason = "each half is wanted")]
        let slot = |&bytes: &[u8; 8]| {
            let both = u64::from_le_bytes(bytes);
            Slot { tag: both as u32, value: (both >> 32) as u32 }
        };
        Some(Self {
            slots: slots.as_chunks().0.iter().map(slot).collect(),
            firsts: Filter::from_bytes(firsts)?,
            longer: Filter::from_bytes(longer)?,
        })
    }

    /// How many bytes it holds.
    pub(crate) fn memory(&self) -> usize {
        self.slots.len() * size_of::<Slot>() + self.firsts.memory() + self.longer.memory()
    }
}

#[allow(clippy::cast_possible_truncation, reason = "the lower half is what is wanted")]
fn tag(hash: u64) -> u32 {
    // Not that of an empty slot.
    (hash as u32).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arabic::Folded;

    fn ends(table: &Table, text: &str) -> Vec<u32> {
        let folded = Folded::new(text);
        let mut tokens = Vec::new();
        tokens::tokens(folded.codes(), folded.len(), &mut tokens);
        let mut all = Vec::new();
        let Some((first, after)) = tokens.split_first() else { return all };
        let (mut hash, mut end) = (first.hash, first.end);
        if table.first(hash).is_key() {
            table.probe(hash, |_| all.push(end - 1));
        }
        for token in after {
            hash = chain(hash, folded.codes()[end as usize], token.hash);
            end = token.end;
            if !table.goes_on(hash) || !table.probe(hash, |_| all.push(end - 1)) {
                break;
            }
        }
        all
    }

    #[test]
    fn prefixes_keys_and_mixed_tokens() {
        let mut keys: Vec<Folded> =
            ["abc", "abc.net", "abc def", "abc def ghi", "abcdefghijkl", "m23", "m23 x", "abc 7"]
                .map(Folded::new)
                .into();
        keys.sort_by(|a, b| a.key().cmp(b.key()));
        let keys: Vec<(&[Code], u32)> = keys.iter().map(Folded::key).zip(0..).collect();
        let table = Table::new(&keys);
        assert_eq!(ends(&table, "abc def ghi jkl"), [3, 7, 11]);
        assert_eq!(ends(&table, "abc de"), [3]);
        assert_eq!(ends(&table, "abcdefghijkl"), [12]);
        assert_eq!(ends(&table, "abcdefghijklm"), [0; 0]);
        assert_eq!(ends(&table, "m23 x"), [3, 5]);
        assert_eq!(ends(&table, "m 23"), [0; 0]);
        assert_eq!(ends(&table, "abc 7"), [3, 5]);
        assert_eq!(ends(&table, "abc.net"), [3, 7]);
        assert_eq!(ends(&table, "abc net"), [3]);
    }
}
