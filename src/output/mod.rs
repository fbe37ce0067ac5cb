//! Mentions → bytes: one format a file, and the table of them.

mod inline;
mod jsonl;
mod text;
mod tsv;

use std::io::{self, Write};

use crate::mention::Mention;

/// A tagged document, as formats see it.
///
/// ```
/// use dalil::output::{Style, Tagged, format};
/// use dalil::{Gazetteer, Tagger};
///
/// let tagger = Tagger::new(Gazetteer::builtin());
/// let text = "وصل إلى حلب";
/// let mentions = tagger.tag(text);
/// let mut out = Vec::new();
/// let tagged = Tagged { id: "1", text, mentions: &mentions };
/// format("inline").unwrap().writer.document(&mut out, tagged, Style::default())?;
/// assert_eq!(String::from_utf8_lossy(&out), "وصل إلى [حلب](place:aleppo)\n");
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Tagged<'d> {
    /// The document's id: its path, its line, or what its JSON says.
    pub id: &'d str,
    /// The document's text.
    pub text: &'d str,
    /// Its mentions in the order of their starts.
    pub mentions: &'d [Mention<'d>],
}

/// How a format is to be written.
///
/// ```
/// assert!(!dalil::output::Style::default().terminal);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Style {
    /// With colours and bidirectional isolates, for a terminal.
    pub terminal: bool,
    /// With the document's id before its mentions, where a format is for people.
    pub show_id: bool,
}

/// A way to write tagged documents.
///
/// See [`Tagged`] for an example.
pub trait Writer: Sync {
    /// Writes what comes before the first document.
    ///
    /// # Errors
    ///
    /// If the sink fails.
    fn header(&self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// Writes one document.
    ///
    /// # Errors
    ///
    /// If the sink fails.
    fn document(&self, out: &mut dyn Write, tagged: Tagged<'_>, style: Style) -> io::Result<()>;
}

/// A format by name.
///
/// ```
/// let names: Vec<_> = dalil::output::FORMATS.iter().map(|format| format.name).collect();
/// assert_eq!(names, ["text", "jsonl", "tsv", "inline"]);
/// ```
#[derive(Clone, Copy)]
pub struct Format {
    /// The name on the command line.
    pub name: &'static str,
    /// What it is, in a line.
    pub about: &'static str,
    /// What writes it.
    pub writer: &'static dyn Writer,
}

/// Every format; the first is the default.
pub static FORMATS: &[Format] = &[
    Format { name: "text", about: "aligned lines for people", writer: &text::Text },
    Format { name: "jsonl", about: "one JSON object a document", writer: &jsonl::Jsonl },
    Format { name: "tsv", about: "one tab-separated line a mention", writer: &tsv::Tsv },
    Format { name: "inline", about: "the text, with [name](kind:id)", writer: &inline::Inline },
];

/// The format of a name.
///
/// ```
/// assert!(dalil::output::format("jsonl").is_some());
/// assert!(dalil::output::format("xml").is_none());
/// ```
#[must_use]
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::Gazetteer;
    use crate::resolve::Overlaps;
    use crate::tagger::Tagger;

    const NAMES: &str = r#"
        schema = 1
        kind = "place"
        [[entry]]
        id = "greater-qasr"
        name = "القصر الكبير"
        en = "Greater Qasr"
        source = "made up"
        country = "SY"
        [[entry]]
        id = "qasr"
        name = "القصر"
        en = "Qasr"
        source = "made up"
    "#;

    fn written(format_name: &str, text: &str, style: Style) -> String {
        let gazetteer = Gazetteer::builder()
            .without_builtin_entries()
            .text("names.toml", NAMES)
            .load()
            .expect("a sound gazetteer");
        let tagger = Tagger::builder(gazetteer).overlaps(Overlaps::Nested).build();
        let mentions = tagger.tag(text);
        let mut out = Vec::new();
        let writer = format(format_name).expect("a format").writer;
        writer.header(&mut out).expect("memory");
        let tagged = Tagged { id: "d1", text, mentions: &mentions };
        writer.document(&mut out, tagged, style).expect("memory");
        String::from_utf8(out).expect("text")
    }

    const SENTENCE: &str = "[1] وبالقصر\tالكبير. للقصر";

    #[test]
    fn jsonl_has_every_offset() {
        let line = written("jsonl", SENTENCE, Style::default());
        let value: serde_json::Value = serde_json::from_str(&line).expect("JSON");
        assert_eq!(value["id"], "d1");
        let mentions = value["mentions"].as_array().expect("a list");
        assert_eq!(mentions.len(), 3);
        let first = &mentions[0];
        assert_eq!(first["id"], "greater-qasr");
        assert_eq!((&first["start"], &first["end"]), (&6.into(), &18.into()));
        assert_eq!((&first["byte_start"], &first["byte_end"]), (&8.into(), &31.into()));
        assert_eq!((&first["token_start"], &first["token_end"]), (&4.into(), &18.into()));
        assert_eq!(first["clitics"], serde_json::json!(["و", "ب"]));
        assert_eq!(mentions[1]["nested"], true);
        assert_eq!(mentions[2]["text"], "لقصر");
        assert_eq!(mentions[2]["contracted"], true);
    }

    #[test]
    fn tsv_keeps_to_its_lines() {
        let table = written("tsv", SENTENCE, Style::default());
        let rows: Vec<Vec<&str>> = table.lines().map(|row| row.split('\t').collect()).collect();
        assert_eq!(rows.len(), 4);
        assert!(rows.iter().all(|row| row.len() == rows[0].len()), "{table}");
        assert_eq!(rows[1][..3], ["d1", "place", "greater-qasr"]);
    }

    #[test]
    fn inline_nests_and_escapes() {
        assert_eq!(
            written("inline", SENTENCE, Style::default()),
            "\\[1\\] وب[[القصر](place:qasr)\tالكبير](place:greater-qasr). ل[لقصر](place:qasr)\n"
        );
    }

    #[test]
    fn text_is_plain_unless_at_a_terminal() {
        let plain = written("text", SENTENCE, Style::default());
        assert_eq!(plain.lines().count(), 3);
        assert!(!plain.contains('\u{1B}') && !plain.contains('\u{2068}'));
        let styled = written("text", SENTENCE, Style { terminal: true, show_id: true });
        assert!(styled.contains('\u{1B}') && styled.contains("d1"));
    }
}
