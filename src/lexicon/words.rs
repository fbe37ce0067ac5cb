//! Sets and maps of folded words, with a hash that is quick for a few bytes; the words are the gazetteer's, so
//! nobody can choose them to collide.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

use crate::arabic::letters::Code;

pub(super) type Words = HashSet<Box<[Code]>, BuildHasherDefault<WordHasher>>;
pub(super) type WordMap<T> = HashMap<Box<[Code]>, T, BuildHasherDefault<WordHasher>>;

/// Hashes eight codes at a time.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct WordHasher(u64);

impl WordHasher {
    fn add(&mut self, eight: u64) {
        let product = (self.0 ^ eight).wrapping_mul(0xD6E8_FEB8_6659_FD93);
        self.0 = product ^ product >> 32;
    }
}

impl Hasher for WordHasher {
    fn write(&mut self, codes: &[u8]) {
        let (eights, rest) = codes.as_chunks::<8>();
        for &eight in eights {
            self.add(u64::from_le_bytes(eight));
        }
        self.add(rest.iter().fold(1, |eight, &code| eight << 8 | u64::from(code)));
    }

    fn write_usize(&mut self, length: usize) {
        self.add(length as u64);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
