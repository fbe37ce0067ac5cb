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
            for value in [entity.kind.as_str(), &entity.id, &entity.name, &entity.en] {
                out.write_all(b"\t")?;
                out.write_all(value.as_bytes())?;
            }
            let (chars, bytes, token) = (mention.chars, mention.bytes, mention.token_chars);
            numbers(out, [chars.start, chars.end, bytes.start, bytes.end])?;
            out.write_all(b"\t")?;
            cell(out, &tagged.text[bytes.range()])?;
            numbers(out, [token.start, token.end])?;
            out.write_all(b"\t")?;
            for letter in mention.clitics.letters() {
                out.write_all(letter.encode_utf8(&mut [0; 4]).as_bytes())?;
            }
            out.write_all(b"\n")?;
        }
        Ok(())
    }
}

/// Numbers, each in its cell after another.
fn numbers<const N: usize>(out: &mut dyn Write, numbers: [usize; N]) -> io::Result<()> {
    let mut digits = itoa::Buffer::new();
    for number in numbers {
        out.write_all(b"\t")?;
        out.write_all(digits.format(number).as_bytes())?;
    }
    Ok(())
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
