//! Tokens: the runs of letters and of digits in a folded text, found in blocks of 64 codes.

use super::letters::{BREAK, Code, FIRST_LETTER, SPACE};

/// A run of letters or of digits. Two of them touch or have one separator between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// The hash of its codes ([`hash`]).
    pub(crate) hash: u64,
}

/// Codes that [`hash`] may read after a token.
pub(crate) const PADDING: usize = 8;

const BLOCK: usize = 64;
const ONES: u64 = 0x0101_0101_0101_0101;
const TOPS: u64 = 0x8080_8080_8080_8080;

/// Finds the tokens of the first `length` codes, the last of which is a separator.
pub(crate) fn tokens(codes: &[Code], length: usize, tokens: &mut Vec<Token>) {
    tokens.clear();
    let mut ended = 0;
    // The last code of the block before: a letter, a digit.
    let (mut letter_before, mut digit_before) = (0, 0);
    let mut block = [BREAK; BLOCK];
    let mut base = 0;
    while base < length {
        let all = codes[base..length].first_chunk().unwrap_or_else(|| {
            block[..length - base].copy_from_slice(&codes[base..length]);
            &block
        });
        let letters = at_least(all, FIRST_LETTER);
        let digits = at_least(all, SPACE + 1) & !letters;
        let (after_letters, after_digits) =
            (letters << 1 | letter_before, digits << 1 | digit_before);
        (letter_before, digit_before) = (letters >> 63, digits >> 63);
        let mut starts = letters & !after_letters | digits & !after_digits;
        let mut ends = !letters & after_letters | !digits & after_digits;
        while starts != 0 {
            let start = short(base) + starts.trailing_zeros();
            tokens.push(Token { start, end: start, hash: 0 });
            starts &= starts - 1;
        }
        while ends != 0 {
            tokens[ended].end = short(base) + ends.trailing_zeros();
            ended += 1;
            ends &= ends - 1;
        }
        base += BLOCK;
    }
    for token in tokens {
        token.hash = hash(codes, token.start as usize, token.end as usize);
    }
}

/// The codes of a block that are at least so great, as bits; codes are below 128.
#[inline]
fn at_least(block: &[Code; BLOCK], least: Code) -> u64 {
    let (eights, _) = block.as_chunks::<8>();
    eights.iter().rev().fold(0, |mask, &eight| {
        let tops = (u64::from_le_bytes(eight) + ONES * u64::from(128 - least)) & TOPS;
        // The multiplication brings the bits together in the top byte, in their order.
        mask << 8 | (tops >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
    })
}

/// The hash of the codes from `start` to `end`, at least one, with [`PADDING`] more after them.
#[inline]
pub(crate) fn hash(codes: &[Code], start: usize, end: usize) -> u64 {
    hash_from(eight(codes, start), codes, start, end)
}

/// The same with other codes in place of the first of them.
#[inline]
pub(crate) fn hash_with(first: &[Code], codes: &[Code], start: usize, end: usize) -> u64 {
    let replaced = |eight: u64, (at, &code): (usize, &Code)| {
        eight & !(0xFF << (at * 8)) | u64::from(code) << (at * 8)
    };
    let eight = first.iter().enumerate().fold(eight(codes, start), replaced);
    hash_from(eight, codes, start, end)
}

/// The same, given the first eight codes.
#[inline]
fn hash_from(first: u64, codes: &[Code], start: usize, end: usize) -> u64 {
    let length = end - start;
    if length <= 8 {
        return mix(first & LOWEST[length]);
    }
    let mut hash = mix(first);
    let mut at = start + 8;
    while at < end {
        hash = mix(hash ^ (eight(codes, at) & LOWEST[(end - at).min(8)]));
        at += 8;
    }
    hash
}

/// The hash of a run of tokens and one more; `separator` is the code after the run, which is the
/// first of the next token if the two touch.
#[inline]
pub(crate) fn chain(run: u64, separator: Code, token: u64) -> u64 {
    mix(run.rotate_left(5) ^ token.wrapping_add(u64::from(separator.min(SPACE + 1))))
}

#[inline]
fn mix(bits: u64) -> u64 {
    let product = bits.wrapping_add(0x9E37_79B9_7F4A_7C15).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    product ^ product >> 29
}

/// The lowest bytes of eight, from none of them to all.
const LOWEST: [u64; 9] = [
    0,
    0xFF,
    0xFFFF,
    0xFF_FFFF,
    0xFFFF_FFFF,
    0xFF_FFFF_FFFF,
    0xFFFF_FFFF_FFFF,
    0xFF_FFFF_FFFF_FFFF,
    u64::MAX,
];

/// Eight codes as one number, the first in its lowest byte; 0 where there are not so many.
#[inline]
fn eight(codes: &[Code], at: usize) -> u64 {
    codes
        .get(at..)
        .and_then(|codes| codes.first_chunk())
        .map_or(0, |&eight| u64::from_le_bytes(eight))
}

fn short(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arabic::Folded;

    fn spans(text: &str) -> Vec<(u32, u32)> {
        let folded = Folded::new(text);
        let mut all = Vec::new();
        tokens(folded.codes(), folded.len(), &mut all);
        all.iter().map(|token| (token.start - 1, token.end - 1)).collect()
    }

    #[test]
    fn letters_and_digits() {
        assert_eq!(spans(""), []);
        assert_eq!(spans("abc"), [(0, 3)]);
        assert_eq!(spans("ab 12a, c"), [(0, 2), (3, 5), (5, 6), (7, 8)]);
        let long = format!("{} {}7", "a".repeat(62), "b".repeat(70));
        assert_eq!(spans(&long), [(0, 62), (63, 133), (133, 134)]);
    }

    #[test]
    fn hashes_tell_tokens_apart() {
        let text: String =
            (1..40).map(|length| "ab".repeat(20)[..length].to_owned() + " ").collect();
        let folded = Folded::new(&text);
        let mut all = Vec::new();
        tokens(folded.codes(), folded.len(), &mut all);
        let mut hashes: Vec<u64> = all.iter().map(|token| token.hash).collect();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), 39);
        let codes = folded.codes();
        let alone = Folded::new(&"ab".repeat(20)[..39]);
        assert_eq!(hash(alone.codes(), 1, 40), all[38].hash);
        assert_eq!(hash_with(&codes[1..3], codes, 2, 3), all[0].hash);
    }
}
