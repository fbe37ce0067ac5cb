//! The text itself, with each mention as `[name](kind:id)`.
//!
//! Brackets and backslashes of the text get a backslash, so that what is markup stays plain.

use std::io::{self, Write};

use super::{Style, Tagged, Writer};
use crate::mention::Mention;

pub(super) struct Inline;

impl Writer for Inline {
    fn document(&self, out: &mut dyn Write, tagged: Tagged<'_>, _style: Style) -> io::Result<()> {
        let Tagged { text, mentions, .. } = tagged;
        let mut open: Vec<&Mention<'_>> = Vec::new();
        let mut written = 0;
        for mention in mentions {
            close(out, text, &mut written, &mut open, mention.bytes.start)?;
            // One that crosses an open mention cannot be shown.
            if open.last().is_some_and(|outer| mention.bytes.end > outer.bytes.end) {
                continue;
            }
            escaped(out, &text[written..mention.bytes.start])?;
            written = mention.bytes.start;
            out.write_all(b"[")?;
            open.push(mention);
        }
        close(out, text, &mut written, &mut open, text.len())?;
        escaped(out, &text[written..])?;
        if !text.ends_with('\n') {
            out.write_all(b"\n")?;
        }
        Ok(())
    }
}

/// Closes the open mentions that end at or before a byte.
fn close(
    out: &mut dyn Write,
    text: &str,
    written: &mut usize,
    open: &mut Vec<&Mention<'_>>,
    before: usize,
) -> io::Result<()> {
    while let Some(mention) = open.pop_if(|mention| mention.bytes.end <= before) {
        escaped(out, &text[*written..mention.bytes.end])?;
        *written = mention.bytes.end;
        write!(out, "]({}:{})", mention.entity.kind, mention.entity.id)?;
    }
    Ok(())
}

fn escaped(out: &mut dyn Write, text: &str) -> io::Result<()> {
    let mut rest = text;
    while let Some(at) = rest.find(['[', ']', '\\']) {
        let (plain, special) = rest.split_at(at);
        write!(out, "{plain}\\{}", &special[..1])?;
        rest = &special[1..];
    }
    out.write_all(rest.as_bytes())
}
