//! Folding: one pass over a text in blocks of 64 bytes, one offset map ([`super::places`]); the same for names and for texts.
//!
//! ```text
//! source   و  ب  ـ  ح  َ  ل  ب  ␣  ␣  إ  د  ل  ب  .
//! codes  | و  ب     ح     ل  ب  ␣     ا  د  ل  ب  |
//! bytes  0 0  2     6     10 12 14    16 18 20 22 24
//! ```
//!
//! The order of steps: compatibility forms, look-alikes, deletion of invisible characters, composition
//! of hamza, deletion of marks, the alef family, digits, separators. They meet in one table
//! ([`super::letters`]), since no step but the first and the fourth looks at more than a character.

use super::letters::{
    self, Action, BREAK, Code, DELETE, FIRST_ACTION, SPACE, TABLE, Table, byte_key,
};
use super::places::{self, BLOCK, Places};
use super::tokens::PADDING;

/// A text as codes, with the place in the source of each.
///
/// ```
/// use dalil::Folded;
///
/// // A tatweel, a vowel mark and a hamza seat write the same word.
/// let careful = Folded::new("\u{0625}\u{062F}\u{0644}\u{0628}");
/// let loose = Folded::new("\u{0627}\u{062F}\u{0640}\u{0644}\u{064E}\u{0628}");
/// assert_eq!(careful.to_string(), loose.to_string());
/// ```
#[derive(Debug, Clone, Default)]
pub struct Folded {
    /// Begins and ends with a [`BREAK`], so that every word has a neighbour, and has [`PADDING`] more
    /// of them after the end.
    codes: Vec<Code>,
    /// Of every code but the first, which stands before the text.
    places: Places,
}

impl Folded {
    /// Folds a text. Texts over 4 GiB are cut there; the tagger hands in pieces.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut folded = Self::default();
        folded.refill(text);
        folded
    }

    /// Folds another text into the same memory.
    pub(crate) fn refill(&mut self, text: &str) {
        let end = text.floor_char_boundary(u32::MAX as usize);
        let Self { codes, places } = self;
        places.clear(end);
        codes.resize(1, BREAK);
        codes[0] = BREAK;
        let text = &text[..end];
        Pass { text, codes, places, table: &TABLE, count: 1, bits: 0, points: 0, line: 0 }.run();
    }

    /// The codes, with a break at either end, and padding after.
    pub(crate) fn codes(&self) -> &[Code] {
        &self.codes
    }

    /// How many codes there are without the padding.
    pub(crate) fn len(&self) -> usize {
        self.codes.len().saturating_sub(PADDING)
    }

    /// The codes of a name: without the breaks at the ends.
    pub(crate) fn key(&self) -> &[Code] {
        let to = self.len().saturating_sub(1).max(1);
        self.codes.get(1..to).unwrap_or_default()
    }

    /// The byte where the source of a code starts.
    #[inline]
    pub(crate) fn start(&self, index: usize) -> usize {
        index.checked_sub(1).map_or(0, |index| self.places.byte(index))
    }

    /// The bytes of the letters `from..to` and what is between them, without the marks on the last.
    #[inline]
    pub(crate) fn span(&self, from: usize, to: usize, text: &str) -> (usize, usize) {
        let (start, last) = self.places.both(from - 1, to - 2);
        (start, last + length(text.as_bytes()[last]))
    }

    /// Whether a code comes from the same character as that before it.
    pub(crate) fn is_joined(&self, index: usize) -> bool {
        index > 1 && self.places.is_extra(index - 1)
    }

    /// The bytes where the sources of a letter and of the codes after it start.
    pub(crate) fn starts(&self, letter: usize) -> impl Iterator<Item = usize> {
        self.places.bytes_from(letter - 1)
    }

    /// The byte after the character that gave a code, before any marks on it.
    #[inline]
    pub(crate) fn end(&self, index: usize, text: &str) -> usize {
        let start = self.start(index);
        start + text.as_bytes().get(start).map_or(0, |&lead| length(lead))
    }

    /// How many code points of the text begin before a byte.
    pub(crate) fn points(&self, byte: usize, text: &str) -> usize {
        self.places.points(byte, text)
    }
}

/// How many bytes the character has that begins with this one.
fn length(lead: u8) -> usize {
    match lead {
        0..0x80 => 1,
        0x80..0xE0 => 2,
        0xE0..0xF0 => 3,
        _ => 4,
    }
}

/// The folded text, readable: variants as their plain letters, a space between words, `|` where no
/// name goes on.
impl std::fmt::Display for Folded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.key().iter().try_for_each(|&code| write!(f, "{}", letters::show(code)))
    }
}

/// One pass over a text.
///
/// A gap between words gets its code when it begins; what follows in it may make a break of it.
struct Pass<'f> {
    text: &'f str,
    codes: &'f mut Vec<Code>,
    places: &'f mut Places,
    table: &'f Table,
    /// How many codes there are; the vector is longer.
    count: usize,
    /// How many codes with a bit of their own there are before the block, and how many code points.
    bits: u32,
    points: u32,
    /// The last code that is a gap with a line end in it, 0 for none.
    line: usize,
}

/// A block and the byte after it, which may belong to its last character.
type Block = [u8; BLOCK + 1];

impl Pass<'_> {
    fn run(mut self) {
        let bytes = self.text.as_bytes();
        self.make_room(bytes.len() / 2);
        let mut base = 0;
        while let Some(block) = bytes[base..].first_chunk::<{ BLOCK + 1 }>() {
            let leads = places::leads(block);
            let mask = self.block(block, base, leads);
            self.push_block(mask, leads);
            base += BLOCK;
        }
        let rest = &bytes[base..];
        let mut block = [0; BLOCK + 1];
        block[..rest.len()].copy_from_slice(rest);
        let leads = places::leads(&block) & places::below(rest.len());
        let mask = self.block(&block, base, leads);
        self.finish(mask, leads, rest.len());
    }

    /// Folds the characters of a block; returns the bytes at which codes begin.
    #[inline]
    fn block(&mut self, block: &Block, base: usize, leads: u64) -> u64 {
        self.make_room(BLOCK);
        // Of every byte, though only lead bytes need one: it is done many at a time.
        let keys: [u16; BLOCK] = std::array::from_fn(|at| byte_key(block[at], block[at + 1]));
        let table = self.table;
        let mut kept = leads;
        let mut left = leads;
        while left != 0 {
            let codes = &mut self.codes[..];
            let mut count = self.count;
            let mut in_gap = u8::from(codes[count - 1] <= SPACE);
            let mut special = None;
            while left != 0 {
                let at = left.trailing_zeros() as usize % BLOCK;
                left &= left - 1;
                let step = table.step(keys[at]);
                let is_gap = u8::from(step <= SPACE);
                // One branch, hardly ever taken.
                if step & FIRST_ACTION | is_gap & in_gap == 0 {
                    codes[count] = step;
                    count += 1;
                    in_gap = is_gap;
                } else if step <= DELETE {
                    // Two gaps make one; a break prevails.
                    codes[count - 1] &= if is_gap == 1 { step } else { Code::MAX };
                    kept &= !(1 << at);
                } else {
                    special = Some(at);
                    break;
                }
            }
            self.count = count;
            if let Some(at) = special
                && !self.special(base + at)
            {
                kept &= !(1 << at);
            }
        }
        kept
    }

    /// Folds the character at a byte, whatever it is; tells whether a code begins there.
    #[inline(never)]
    fn special(&mut self, at: usize) -> bool {
        let Some(c) = self.text[at..].chars().next() else { return false };
        let before = self.count;
        match self.table.action(c) {
            Action::Decompose => {
                for part in letters::decompose(c) {
                    match self.table.action(part) {
                        Action::Decompose => {}
                        action => self.act(action, part),
                    }
                }
                for extra in before + 1..self.count {
                    self.places.push_extra(extra - 1, at);
                }
                // A ligature may have any number of letters.
                self.make_room(BLOCK);
            }
            action => self.act(action, c),
        }
        self.count > before
    }

    fn act(&mut self, action: Action, c: char) {
        let last = self.count - 1;
        let in_gap = self.codes[last] <= SPACE;
        match action {
            Action::Letter(code) => self.push(code),
            Action::Hamza if !in_gap => self.codes[last] = letters::compose(self.codes[last], c),
            Action::Delete | Action::Hamza | Action::Decompose => {}
            Action::Soft if in_gap => {}
            Action::Hard if in_gap => self.codes[last] = BREAK,
            Action::Line if in_gap && self.line == last => self.codes[last] = BREAK,
            Action::Soft => self.push(SPACE),
            Action::Hard => self.push(BREAK),
            Action::Line => {
                if !in_gap {
                    self.push(SPACE);
                }
                self.line = self.count - 1;
            }
        }
    }

    fn push(&mut self, code: Code) {
        self.make_room(1);
        self.codes[self.count] = code;
        self.count += 1;
    }

    /// Lets so many codes follow.
    #[inline]
    fn make_room(&mut self, more: usize) {
        let length = self.count + more + PADDING;
        if self.codes.len() < length {
            self.codes.resize(length.max(self.codes.len() * 2), BREAK);
        }
    }

    #[inline]
    fn push_block(&mut self, mask: u64, leads: u64) {
        self.places.push(mask, self.bits, self.points);
        self.bits += mask.count_ones();
        self.points += leads.count_ones();
    }

    /// Ends the text with a break; its last block has `length` bytes.
    fn finish(mut self, mut mask: u64, leads: u64, length: usize) {
        let in_gap = self.codes[self.count - 1] <= SPACE;
        if in_gap {
            self.codes[self.count - 1] = BREAK;
        } else {
            // It begins where the text ends.
            self.push(BREAK);
            mask |= 1_u64.checked_shl(u32::try_from(length).unwrap_or(u32::MAX)).unwrap_or(0);
        }
        self.push_block(mask, leads);
        if !in_gap && length == BLOCK {
            self.push_block(1, 0);
        }
        self.places.finish(self.bits, self.points);
        self.codes.truncate(self.count);
        self.codes.resize(self.count + PADDING, BREAK);
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;

    macro_rules! folds {
        ($($name:ident: $text:expr => $expected:expr;)*) => {$(
            #[test]
            fn $name() {
                assert_eq!(Folded::new($text).to_string(), $expected);
            }
        )*};
    }

    folds! {
        empty: "" => "";
        tatweel: "\u{062D}\u{0640}\u{0644}\u{0628}" => "\u{062D}\u{0644}\u{0628}";
        marks: "\u{062D}\u{064E}\u{0644}\u{0651}\u{0628}" => "\u{062D}\u{0644}\u{0628}";
        alef_hamza: "\u{0623}\u{0625}\u{0622}\u{0671}" => "\u{0627}\u{0627}\u{0627}\u{0627}";
        decomposed_hamza_on_waw: "\u{0648}\u{0654}" => "\u{0624}";
        decomposed_hamza_on_farsi_yeh: "\u{06CC}\u{0654}" => "\u{0626}";
        hamza_across_tatweel: "\u{0648}\u{0640}\u{0654}" => "\u{0624}";
        hamza_after_space: "\u{0648} \u{0654}\u{0628}" => "\u{0648} \u{0628}";
        lam_alef_ligature: "\u{FEF7}\u{0631}" => "\u{0644}\u{0627}\u{0631}";
        rial_sign: "\u{FDFC}" => "\u{0631}\u{064A}\u{0627}\u{0644}";
        isolated_mark: "\u{0628}\u{FE76}\u{0628}" => "\u{0628}\u{0628}";
        keheh: "\u{06A9}" => "\u{0643}";
        digits: "\u{0661}\u{06F2}3" => "123";
        latin: "ISIS \u{FF29}" => "isis i";
        accents: "\u{00E9} e\u{0301}" => "e e";
        spaces: "\u{0628} \u{00A0}\t\u{062A}" => "\u{0628} \u{062A}";
        one_line_end: "\u{0628}\r\n\u{062A}" => "\u{0628} \u{062A}";
        blank_line: "\u{0628}\n \n\u{062A}" => "\u{0628}|\u{062A}";
        quotes_and_hyphens: "\u{0628}-\u{00AB}\u{062A}" => "\u{0628} \u{062A}";
        comma: "\u{0628}\u{060C} \u{062A}" => "\u{0628}|\u{062A}";
        ends: " \u{0628}. " => "\u{0628}";
        other_scripts: "\u{05D0}\u{4E2D}" => "\u{06D2}\u{06D2}";
        teh_marbuta_and_heh: "\u{0629}\u{0647}" => "\u{0629}\u{0647}";
    }

    #[test]
    fn starts_point_to_the_source() {
        let text = "\u{0648}\u{0640}\u{062D}\u{064E}\u{0644} \u{FEF7}.";
        let folded = Folded::new(text);
        let starts: Vec<usize> = (0..folded.len()).map(|index| folded.start(index)).collect();
        assert_eq!(starts, [0, 0, 4, 8, 10, 11, 11, 14]);
        assert_eq!(folded.end(2, text), 6);
        assert_eq!(folded.end(5, text), 14);
    }

    /// The same folding a character at a time, with the byte of each code.
    fn plainly(text: &str) -> (Vec<Code>, Vec<usize>) {
        let mut all = vec![(BREAK, 0)];
        let mut lines = 0;
        for (at, c) in text.char_indices() {
            let parts: Vec<char> = match TABLE.action(c) {
                Action::Decompose => letters::decompose(c).collect(),
                _ => vec![c],
            };
            for part in parts {
                let last = all.last_mut().expect("a break stands first");
                let in_gap = last.0 <= SPACE;
                let gap = match TABLE.action(part) {
                    Action::Letter(code) => {
                        all.push((code, at));
                        continue;
                    }
                    Action::Hamza if !in_gap => {
                        last.0 = letters::compose(last.0, part);
                        continue;
                    }
                    Action::Delete | Action::Hamza | Action::Decompose => continue,
                    Action::Soft => SPACE,
                    Action::Hard => BREAK,
                    Action::Line => {
                        lines = if in_gap { lines + 1 } else { 1 };
                        if lines > 1 { BREAK } else { SPACE }
                    }
                };
                if in_gap {
                    last.0 = last.0.min(gap);
                } else {
                    lines = usize::from(TABLE.action(part) == Action::Line);
                    all.push((gap, at));
                }
            }
        }
        match all.last_mut() {
            Some(last) if last.0 <= SPACE => last.0 = BREAK,
            _ => all.push((BREAK, text.len())),
        }
        all.into_iter().unzip()
    }

    proptest! {
        #[test]
        fn blocks_equal_characters(pieces in vec(
            select(vec![
                "\u{0628}", "\u{0627}\u{0644}\u{062D}\u{0644}\u{0628}", "a", "7", " ", " ", "\n", "\r\n",
                "\u{060C}", ".", "-", "\u{064E}", "\u{0640}", "\u{0654}", "\u{0648}", "\u{200F}", "\u{201C}",
                "\u{FEF7}", "\u{FDFA}", "\u{BD}", "\u{4E2D}", "\u{1F600}", "\u{1D400}", "\u{05D0}", "\0",
            ]),
            0..150,
        )) {
            let text = pieces.concat();
            let folded = Folded::new(&text);
            let (codes, starts) = plainly(&text);
            prop_assert_eq!(&folded.codes()[..folded.len()], &codes[..]);
            let found: Vec<usize> = (0..folded.len()).map(|index| folded.start(index)).collect();
            prop_assert_eq!(&found, &starts);
            for from in 1..folded.len() {
                let rest: Vec<usize> = folded.starts(from).take(folded.len() - from).collect();
                prop_assert_eq!(&rest[..], &starts[from..]);
            }
            for (chars, (at, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(folded.points(at, &text), chars);
            }
            prop_assert_eq!(folded.points(text.len(), &text), text.chars().count());
        }
    }
}
