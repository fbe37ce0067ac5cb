//! One line a mention, for spreadsheets and `cut`.

use std::io::{self, Write};

use super::{Style, Tagged, Writer};

const COLUMNS: &str = "document\tkind\tid\tname\ten\tstart\tend\tbyte_start\tbyte_end\ttext\t\
                       token_start\ttoken_end\tclitics";

pub(super) struct Tsv;

impl Writer for Tsv {
    fn header(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{COLUMNS}")
    }

    fn document(&self, out: &mut dyn Write, tagged: Tagged<'_>, _style: Style) -> io::Result<()> {
        for mention in tagged.mentions {
            let entity = mention.entity;
            cell(out, tagged.id)?;
            write!(out, "\t{}\t{}\t{}\t{}\t", entity.kind, entity.id, entity.name, entity.en)?;
            let (chars, bytes, token) = (mention.chars, mention.bytes, mention.token_chars);
            write!(out, "{}\t{}\t{}\t{}\t", chars.start, chars.end, bytes.start, bytes.end)?;
            cell(out, &tagged.text[bytes.range()])?;
            write!(out, "\t{}\t{}\t", token.start, token.end)?;
            for letter in mention.clitics.letters() {
                write!(out, "{letter}")?;
            }
            out.write_all(b"\n")?;
        }
        Ok(())
    }
}

/// A value without the characters that end cells and lines.
fn cell(out: &mut dyn Write, value: &str) -> io::Result<()> {
    let mut parts = value.split(['\t', '\n', '\r']);
    if let Some(part) = parts.next() {
        out.write_all(part.as_bytes())?;
    }
    for part in parts {
        out.write_all(b" ")?;
        out.write_all(part.as_bytes())?;
    }
    Ok(())
}
