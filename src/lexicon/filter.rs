//! A filter: a few bits for each place that a hash may have, small enough for the caches.

/// What is known of hashes, `BITS` bits of each; several may share a place.
#[derive(Debug, Clone)]
pub(super) struct Filter<const BITS: usize> {
    words: Vec<u64>,
    /// One less than the number of places, a power of two.
    mask: usize,
}

impl<const BITS: usize> Filter<BITS> {
    /// A filter of so many places at least, with nothing in it.
    pub(super) fn new(places: usize) -> Self {
        let places = places.next_power_of_two().max(64);
        Self { words: vec![0; places * BITS / 64], mask: places - 1 }
    }

    pub(super) fn add(&mut self, hash: u64, bits: u64) {
        let (word, bit) = self.place(hash);
        self.words[word] |= bits << bit;
    }

    /// The bits of a hash, and above them those of others.
    #[inline]
    pub(super) fn get(&self, hash: u64) -> u64 {
        let (word, bit) = self.place(hash);
        self.words[word] >> bit
    }

    #[inline]
    #[allow(clippy::cast_possible_truncation, reason = "some bits are what is wanted")]
    fn place(&self, hash: u64) -> (usize, usize) {
        let bit = ((hash >> 20) as usize & self.mask) * BITS;
        (bit / 64, bit % 64)
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        self.words.iter().flat_map(|word| word.to_le_bytes()).collect()
    }

    /// The filter of such bytes; `None` if no filter has so many.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let words: Vec<u64> =
            bytes.as_chunks().0.iter().map(|&eight| u64::from_le_bytes(eight)).collect();
        let places = words.len() * 64 / BITS;
        places.is_power_of_two().then(|| Self { words, mask: places - 1 })
    }

    /// How many bytes it holds.
    pub(super) fn memory(&self) -> usize {
        self.words.len() * 8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_was_added() {
        let mut filter = Filter::<2>::new(1000);
        let hashes: Vec<u64> =
            (0..100_u64).map(|number| number.wrapping_mul(0x9E37_79B9_7F4A_7C15)).collect();
        for (number, &hash) in hashes.iter().enumerate() {
            filter.add(hash, 1 + number as u64 % 3);
        }
        for (number, &hash) in hashes.iter().enumerate() {
            let wanted = 1 + number as u64 % 3;
            assert_eq!(filter.get(hash) & wanted, wanted);
        }
    }
}
