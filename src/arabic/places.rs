//! Where in a text its codes come from: a bit for each byte that a code begins at.
//!
//! ```text
//! source  و  ب  ـ  ح  َ  ل  ب  ␣  ␣  إ
//! bytes   10 10 00 10 00 10 10 1  0  10
//! ```
//!
//! The k-th code begins at the k-th bit that is set, so nothing is stored for a code, and a place is
//! computed only if somebody asks for it. The codes of a ligature share its first byte: all but the
//! first of them are listed apart.

/// Bytes in a block, a bit each.
pub(super) const BLOCK: usize = 64;

/// The places of the codes of one text.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    /// The last [`BEHIND`] of them stand behind the text.
    blocks: Vec<Block>,
    /// For every 64th bit that is set its block; there may be more than such bits.
    hints: Vec<u32>,
    /// The codes without a bit of their own, in order, and their bytes.
    extras: Vec<(u32, u32)>,
}

/// So many blocks after one may be looked at.
const BEHIND: usize = 2;

#[derive(Debug, Clone, Copy)]
struct Block {
    /// The bytes at which codes begin, the first in the lowest bit.
    mask: u64,
    /// How many bits are set in the blocks before it.
    rank: u32,
    /// How many code points begin before it.
    points: u32,
}

impl Places {
    /// Makes ready for a text of so many bytes.
    pub(super) fn clear(&mut self, bytes: usize) {
        let blocks = bytes / BLOCK + 2 + BEHIND;
        self.blocks.clear();
        self.blocks.reserve(blocks);
        if self.hints.len() < blocks {
            self.hints.resize(blocks, 0);
        }
        self.extras.clear();
    }

    /// Adds the next block: the bytes at which codes begin, and how many bits and code points there
    /// are before it.
    #[inline]
    pub(super) fn push(&mut self, mask: u64, rank: u32, points: u32) {
        // The last block that begins in a run of 64 bits holds the bit after them.
        self.hints[rank.div_ceil(64) as usize] = short(self.blocks.len());
        self.blocks.push(Block { mask, rank, points });
    }

    /// Adds a code that shares its byte with the code before it.
    pub(super) fn push_extra(&mut self, index: usize, byte: usize) {
        self.extras.push((short(index), short(byte)));
    }

    /// The byte where the source of a code begins.
    #[inline]
    pub(super) fn byte(&self, index: usize) -> usize {
        match self.bit(index) {
            Ok(bit) => self.byte_from(self.hints[bit as usize / 64] as usize, bit).1,
            Err(byte) => byte,
        }
    }

    /// The same of two codes, the second not before the first.
    #[inline]
    pub(super) fn both(&self, first: usize, second: usize) -> (usize, usize) {
        if !self.extras.is_empty() {
            return (self.byte(first), self.byte(second));
        }
        let [first, second] = [first, second].map(short);
        let (block, start) = self.byte_from(self.hints[first as usize / 64] as usize, first);
        (start, self.byte_from(block, second).1)
    }

    /// Whether a code shares its byte with the code before it.
    pub(super) fn is_extra(&self, index: usize) -> bool {
        self.bit(index).is_err()
    }

    /// The number of a code's bit, or its byte if it has none.
    #[inline]
    fn bit(&self, index: usize) -> Result<u32, usize> {
        let index = short(index);
        if self.extras.is_empty() {
            return Ok(index);
        }
        match self.extras.binary_search_by_key(&index, |&(index, _)| index) {
            Ok(extra) => Err(self.extras[extra].1 as usize),
            Err(before) => Ok(index - short(before)),
        }
    }

    /// The block and the byte of a bit that is in this block or after it.
    #[inline]
    fn byte_from(&self, mut block: usize, bit: u32) -> (usize, usize) {
        // In most texts it is one of three blocks; which of them cannot be foreseen.
        let before = |block: usize| usize::from(self.blocks[block].rank <= bit);
        block += before(block + 1) + before(block + 2);
        while before(block + 1) == 1 {
            block += 1;
        }
        let Block { mask, rank, .. } = self.blocks[block];
        (block, block * BLOCK + select(mask, bit - rank))
    }

    /// Ends the text: as many bits and code points there are in all.
    pub(super) fn finish(&mut self, rank: u32, points: u32) {
        let behind = Block { mask: 0, rank, points };
        self.blocks.extend([behind; BEHIND]);
    }

    /// The bytes of a code and of those after it.
    pub(super) fn bytes_from(&self, index: usize) -> Bytes<'_> {
        let at = self.byte(index);
        let left = self.blocks[at / BLOCK].mask & (u64::MAX << (at % BLOCK));
        Bytes { places: self, index, block: at / BLOCK, left }
    }

    /// How many code points of `text` begin before a byte.
    #[inline]
    pub(super) fn points(&self, byte: usize, text: &str) -> usize {
        let block = byte / BLOCK;
        self.blocks[block].points as usize + count(&text.as_bytes()[block * BLOCK..byte])
    }
}

/// The bytes of codes that follow each other.
pub(super) struct Bytes<'p> {
    places: &'p Places,
    /// The next code.
    index: usize,
    /// The block of the next bit that is set.
    block: usize,
    /// What is left of its mask.
    left: u64,
}

impl Iterator for Bytes<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        if !self.places.extras.is_empty() {
            self.index += 1;
            return Some(self.places.byte(self.index - 1));
        }
        while self.left == 0 {
            self.block += 1;
            self.left = self.places.blocks.get(self.block)?.mask;
        }
        let at = self.left.trailing_zeros() as usize;
        self.left &= self.left - 1;
        Some(self.block * BLOCK + at)
    }
}

/// How many code points a short text has.
#[inline]
pub(crate) fn count_points(text: &str) -> usize {
    count(text.as_bytes())
}

#[inline]
fn count(bytes: &[u8]) -> usize {
    let (eights, rest) = bytes.as_chunks::<8>();
    let leads = |&eight: &[u8; 8]| leads_of_eight(u64::from_le_bytes(eight)).count_ones() as usize;
    eights.iter().map(leads).sum::<usize>()
        + rest.iter().filter(|&byte| byte & 0xC0 != 0x80).count()
}

const ONES: u64 = 0x0101_0101_0101_0101;
const TOPS: u64 = 0x8080_8080_8080_8080;

/// Those of eight bytes that begin a character, as eight bits.
#[inline]
fn leads_of_eight(bytes: u64) -> u64 {
    let continuation = bytes >> 7 & !(bytes >> 6) & ONES;
    // The multiplication brings the lowest bits of the bytes into the top byte, in their order.
    !((continuation.wrapping_mul(0x0102_0408_1020_4080)) >> 56) & 0xFF
}

/// The bytes of a block that begin a character.
#[inline]
pub(super) fn leads(block: &[u8; BLOCK + 1]) -> u64 {
    let (eights, _) = block.as_chunks::<8>();
    eights
        .iter()
        .rev()
        .fold(0, |mask, &eight| mask << 8 | leads_of_eight(u64::from_le_bytes(eight)))
}

/// The first bytes of a block, so many of them.
pub(super) fn below(count: usize) -> u64 {
    u32::try_from(count)
        .ok()
        .and_then(|count| 1_u64.checked_shl(count))
        .map_or(u64::MAX, |end| end - 1)
}

/// The place of the set bit that has `rank` set bits below it.
#[inline]
fn select(mask: u64, rank: u32) -> usize {
    let pairs = mask - (mask >> 1 & 0x5555_5555_5555_5555);
    let nibbles = (pairs & 0x3333_3333_3333_3333) + (pairs >> 2 & 0x3333_3333_3333_3333);
    let bytes = (nibbles + (nibbles >> 4)) & 0x0F0F_0F0F_0F0F_0F0F;
    // In each byte, how many bits are set in it and those below.
    let sums = bytes.wrapping_mul(ONES);
    let shift = at_most(sums, rank) * 8;
    let before = sums << 8 >> shift & 0xFF;
    // The bits of the byte, each in a byte of its own.
    let spread = (((mask >> shift & 0xFF) * ONES) & 0x8040_2010_0804_0201) + (TOPS - ONES);
    let sums = (spread >> 7 & ONES).wrapping_mul(ONES);
    let bit = at_most(sums, rank - u32::try_from(before).unwrap_or(rank));
    (shift + bit) as usize
}

/// How many of eight bytes, which are below 128 as `limit` is, are at most `limit`.
#[inline]
fn at_most(bytes: u64, limit: u32) -> u32 {
    ((((u64::from(limit) * ONES) | TOPS) - bytes) & TOPS).count_ones()
}

/// Texts are cut at 4 GiB before they are folded.
fn short(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selects_every_bit() {
        for mask in [1, u64::MAX, 1 << 63, 0x8000_0000_0000_0001, 0xA5A5_0000_FFFF_1234] {
            let set: Vec<usize> = (0..64).filter(|bit| mask >> bit & 1 == 1).collect();
            for (rank, &bit) in (0..).zip(&set) {
                assert_eq!(select(mask, rank), bit, "{rank} of {mask:x}");
            }
        }
    }

    #[test]
    fn leads_of_a_block() {
        let text = "a\u{0628}\u{4E2D}\u{1F600}".repeat(7);
        let block = text.as_bytes()[..=BLOCK].try_into().expect("the text is longer");
        let expected = (0..BLOCK).filter(|&at| text.is_char_boundary(at));
        assert_eq!(leads(block), expected.fold(0, |mask, at| mask | 1 << at));
    }

    #[test]
    fn places_of_sparse_and_dense_blocks() {
        let mut places = Places::default();
        let masks = [0, u64::MAX, 0, 0, 1 << 63, u64::MAX, u64::MAX, 0, 3, 0];
        places.clear(masks.len() * BLOCK);
        let mut rank = 0;
        for mask in masks {
            places.push(mask, rank, 0);
            rank += mask.count_ones();
        }
        places.finish(rank, 0);
        let bit = |at: &usize| masks[at / BLOCK] >> (at % BLOCK) & 1 == 1;
        for (index, at) in (0..masks.len() * BLOCK).filter(bit).enumerate() {
            assert_eq!(places.byte(index), at);
            let next = places.bytes_from(index).nth(1);
            assert_eq!(next, (at + 1..masks.len() * BLOCK).find(bit));
        }
    }
}
