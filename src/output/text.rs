//! Aligned lines for people: where, what, and the mention in its context.
//!
//! The Arabic stands last in a line, so that a terminal that reorders it leaves the columns alone.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style as Paint};

use super::{Style, Tagged, Writer};
use crate::mention::Mention;

/// How many code points of context stand on either side.
const CONTEXT: usize = 24;

pub(super) struct Text;

impl Writer for Text {
    fn document(&self, out: &mut dyn Write, tagged: Tagged<'_>, style: Style) -> io::Result<()> {
        let Tagged { id, text, mentions } = tagged;
        let paint = |paint: Paint| if style.terminal { paint } else { Paint::new() };
        if style.show_id && !mentions.is_empty() {
            let bold = paint(Paint::new().bold());
            writeln!(out, "{bold}{}{bold:#}", Plain(id))?;
        }
        let widest =
            |width: fn(&Mention<'_>) -> usize| mentions.iter().map(width).max().unwrap_or(0);
        let offsets =
            |mention: &Mention<'_>| format!("{}..{}", mention.chars.start, mention.chars.end);
        let offset_width = mentions.iter().map(|mention| offsets(mention).len()).max().unwrap_or(0);
        let kind_width = widest(|mention| mention.entity.kind.as_str().len());
        let id_width = widest(|mention| mention.entity.id.len());
        for mention in mentions {
            let color = paint(color_of(mention.entity.kind.as_str()));
            let name = paint(color_of(mention.entity.kind.as_str()).bold());
            let (before, after) = context(text, mention);
            let (open, close) = if style.terminal { ("\u{2068}", "\u{2069}") } else { ("", "") };
            writeln!(
                out,
                "{:>offset_width$}  {color}{:<kind_width$}{color:#}  {:<id_width$}  {open}{}{name}{}{name:#}{}{close}",
                offsets(mention),
                mention.entity.kind,
                mention.entity.id,
                Plain(before),
                Plain(&text[mention.bytes.range()]),
                Plain(after),
            )?;
        }
        Ok(())
    }
}

/// A colour for a kind, by its name, since anybody may declare kinds; the shipped ones all differ.
fn color_of(kind: &str) -> Paint {
    const COLORS: [AnsiColor; 6] = [
        AnsiColor::Green,
        AnsiColor::Red,
        AnsiColor::Yellow,
        AnsiColor::Blue,
        AnsiColor::Magenta,
        AnsiColor::Cyan,
    ];
    let mix = |sum: usize, byte: u8| sum.wrapping_mul(40).wrapping_add(usize::from(byte));
    COLORS[kind.bytes().fold(0, mix) % COLORS.len()].on_default()
}

/// Whole words on either side of a mention.
fn context<'t>(text: &'t str, mention: &Mention<'_>) -> (&'t str, &'t str) {
    let head = &text[..mention.bytes.start];
    let before = match head.char_indices().rev().nth(CONTEXT) {
        None => head,
        Some((at, _)) => head[at..].split_once(char::is_whitespace).map_or("", |(_, rest)| rest),
    };
    let tail = &text[mention.bytes.end..];
    let after = match tail.char_indices().nth(CONTEXT) {
        None => tail,
        Some((at, _)) => tail[..at].rsplit_once(char::is_whitespace).map_or("", |(rest, _)| rest),
    };
    (before.trim_start(), after.trim_end())
}

/// A text that cannot move the cursor: controls and line ends are shown as spaces.
struct Plain<'t>(&'t str);

impl std::fmt::Display for Plain<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        use std::fmt::Write as _;

        self.0.chars().try_for_each(|c| f.write_char(if c.is_control() { ' ' } else { c }))
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn shipped_kinds_differ_in_colour() {
        let colors: std::collections::HashSet<_> =
            ["state", "place", "official", "faction", "organization"].map(super::color_of).into();
        assert_eq!(colors.len(), 5);
    }
}
