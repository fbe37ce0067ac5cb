//! One line a mention, for spreadsheets and `cut`.

use std::io::{self, Write};

use super::{Style, Tagged, Writer};

const COLUMNS: &str = "document\tkind\tid\tname\ten\tstart\tend\tbyte_start\tbyte_end\ttext\t\
                       token_start\ttoken_end\tclitics";

/// Bytes that a row seldom exceeds.
const ROW: usize = 192;

pub(super) struct Tsv;

impl Writer for Tsv {
    fn header(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{COLUMNS}")
    }

    fn document(&self, out: &mut dyn Write, tagged: Tagged<'_>, _style: Style) -> io::Result<()> {
        let mut rows = Vec::with_capacity(tagged.mentions.len() * ROW);
        for mention in tagged.mentions {
            let entity = mention.entity;
            cell(&mut rows, tagged.id);
            for value in [entity.kind.as_str(), &entity.id, &entity.name, &entity.en] {
                rows.push(b'\t');
                rows.extend_from_slice(value.as_bytes());
            }
            let (chars, bytes, token) = (mention.chars, mention.bytes, mention.token_chars);
            numbers(&mut rows, [chars.start, chars.end, bytes.start, bytes.end]);
            rows.push(b'\t');
            cell(&mut rows, &tagged.text[bytes.range()]);
            numbers(&mut rows, [token.start, token.end]);
            rows.push(b'\t');
            for letter in mention.clitics.letters() {
                rows.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
            }
            rows.push(b'\n');
        }
        out.write_all(&rows)
    }
}

/// Numbers, each in its cell after another.
fn numbers<const N: usize>(rows: &mut Vec<u8>, numbers: [usize; N]) {
    let mut digits = itoa::Buffer::new();
    for number in numbers {
        rows.push(b'\t');
        rows.extend_from_slice(digits.format(number).as_bytes());
    }
}

/// A value, with spaces for the characters that end cells and lines.
fn cell(rows: &mut Vec<u8>, value: &str) {
    let start = rows.len();
    rows.extend_from_slice(value.as_bytes());
    for byte in &mut rows[start..] {
        if matches!(byte, b'\t' | b'\n' | b'\r') {
            *byte = b' ';
        }
    }
}
