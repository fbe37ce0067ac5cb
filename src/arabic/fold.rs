//! Folding: one pass over a text, one offset map; the same for names and for texts.
//!
//! ```text
//! source   و  ب  ـ  ح  َ  ل  ب  ␣  ␣  إ  د  ل  ب  .
//! codes  | و  ب     ح     ل  ب  ␣     ا  د  ل  ب  |
//! starts 0 0  2     6     10 12 14    16 18 20 22 24
//! ```
//!
//! The order of steps: compatibility forms, look-alikes, deletion of invisible characters, composition
//! of hamza, deletion of marks, the alef family, digits, separators. They meet in one table
//! ([`super::letters`]), since no step but the first and the fourth looks at more than a character.

use super::letters::{self, Action, BREAK, Code, FIRST_ACTION, SPACE, TABLE, Table};

/// How many codes after the last may be read, so that eight can be read at any.
const PADDING: usize = 8;

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
    /// The byte where the source of each code starts.
    starts: Vec<u32>,
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
        self.codes.clear();
        self.starts.clear();
        self.codes.reserve(text.len() / 2 + 2 + PADDING);
        self.starts.reserve(text.len() / 2 + 2);
        let end = text.floor_char_boundary(u32::MAX as usize);
        let mut pass =
            Pass { folded: self, table: &TABLE, gap: Gap::Break, gap_start: 0, lines: 0 };
        pass.run(&text[..end]);
        if pass.gap == Gap::None {
            pass.gap_start = offset(end);
        }
        pass.gap = Gap::Break;
        pass.close_gap();
        self.codes.extend_from_slice(&[BREAK; PADDING]);
    }

    /// The codes, with a break at either end, and padding after.
    pub(crate) fn codes(&self) -> &[Code] {
        &self.codes
    }

    /// How many codes there are without the padding.
    pub(crate) fn len(&self) -> usize {
        self.starts.len()
    }

    /// The codes of a name: without the breaks at the ends.
    pub(crate) fn key(&self) -> &[Code] {
        let to = self.len().saturating_sub(1).max(1);
        self.codes.get(1..to).unwrap_or_default()
    }

    /// The byte where the source of a code starts.
    #[inline]
    pub(crate) fn start(&self, index: usize) -> usize {
        self.starts[index] as usize
    }

    /// The byte after the character that gave a code, before any marks on it.
    pub(crate) fn end(&self, index: usize, text: &str) -> usize {
        let start = self.start(index);
        start + text[start..].chars().next().map_or(0, char::len_utf8)
    }
}

/// The folded text, readable: variants as their plain letters, a space between words, `|` where no
/// name goes on.
impl std::fmt::Display for Folded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.key().iter().try_for_each(|&code| write!(f, "{}", letters::show(code)))
    }
}

/// What stands between the last letter and the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Space,
    Break,
}

/// Texts are cut at 4 GiB before they are folded.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

struct Pass<'f> {
    folded: &'f mut Folded,
    table: &'f Table,
    gap: Gap,
    gap_start: u32,
    lines: u32,
}

impl Pass<'_> {
    /// Two-byte characters, which Arabic letters are, and ASCII are looked up by their bytes.
    fn run(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let lead = bytes[at];
            let (point, length) = match (lead, bytes.get(at + 1)) {
                (..0x80, _) => (usize::from(lead), 1),
                (0xC2..0xE0, Some(next)) => {
                    (usize::from(lead & 0x1F) << 6 | usize::from(next & 0x3F), 2)
                }
                _ => {
                    at += self.other(&text[at..], offset(at));
                    continue;
                }
            };
            let step = self.table.low(point);
            if step < FIRST_ACTION {
                self.letter(step, offset(at));
            } else {
                let c = u32::try_from(point).ok().and_then(char::from_u32).unwrap_or(' ');
                self.rare(letters::unpack(step), c, offset(at));
            }
            at += length;
        }
    }

    /// The first character of a text, of any length; returns how many bytes it has.
    #[cold]
    fn other(&mut self, text: &str, at: u32) -> usize {
        let Some(c) = text.chars().next() else { return 1 };
        self.rare(self.table.action(c), c, at);
        c.len_utf8()
    }

    #[inline]
    fn letter(&mut self, code: Code, at: u32) {
        if self.gap != Gap::None {
            self.close_gap();
        }
        self.folded.codes.push(code);
        self.folded.starts.push(at);
    }

    fn rare(&mut self, action: Action, c: char, at: u32) {
        match action {
            Action::Letter(code) => self.letter(code, at),
            Action::Delete => {}
            Action::Hamza => {
                if self.gap == Gap::None
                    && let Some(last) = self.folded.codes.last_mut()
                {
                    *last = letters::compose(*last, c);
                }
            }
            Action::Soft => self.widen(Gap::Space, at),
            Action::Line => {
                self.widen(Gap::Space, at);
                self.lines += 1;
                if self.lines > 1 {
                    self.gap = Gap::Break;
                }
            }
            Action::Hard => self.widen(Gap::Break, at),
            Action::Decompose => {
                for part in letters::decompose(c) {
                    match self.table.action(part) {
                        Action::Decompose => {}
                        action => self.rare(action, part, at),
                    }
                }
            }
        }
    }

    #[inline]
    fn widen(&mut self, gap: Gap, at: u32) {
        if self.gap == Gap::None {
            self.gap_start = at;
            self.lines = 0;
        }
        self.gap = self.gap.max(gap);
    }

    fn close_gap(&mut self) {
        let code = if self.gap == Gap::Space { SPACE } else { BREAK };
        self.folded.codes.push(code);
        self.folded.starts.push(self.gap_start);
        self.gap = Gap::None;
    }
}

#[cfg(test)]
mod tests {
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
        assert_eq!(folded.starts, [0, 0, 4, 8, 10, 11, 11, 14]);
        assert_eq!(folded.end(2, text), 6);
        assert_eq!(folded.end(5, text), 14);
    }
}
