//! Files, folders and standard input → batches of documents.
//!
//! A batch is what is at hand: all complete lines of what one read gave, or some files. So a line is
//! answered before the next one is waited for, and a large file is read in large blocks.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use memchr::{memchr, memrchr};

use crate::args::{Doc, Input, InputArgs};

/// Bytes that one read asks for: enough to keep several cores busy.
const BLOCK: usize = 4 << 20;
/// A batch of files is closed past this many bytes.
const BATCH: usize = 8 << 20;

/// What is to become a document, as it was read; lines are borrowed from a block.
pub(crate) enum Source<'b> {
    /// Text, with what it is called.
    Text { id: String, bytes: Cow<'b, [u8]> },
    /// A line of JSON, with its place.
    Json { place: String, line: &'b [u8] },
    /// Nothing, and why.
    Failed(String),
}

/// A document.
pub(crate) struct Document<'s> {
    pub(crate) id: Cow<'s, str>,
    pub(crate) text: Cow<'s, str>,
    pub(crate) date: Option<String>,
    /// The first byte that is not UTF-8.
    pub(crate) first_invalid: Option<usize>,
}

impl Source<'_> {
    /// Decodes what was read: a work for the one who tags it, as many can at once.
    pub(crate) fn document(&self, args: &InputArgs) -> Result<Document<'_>, String> {
        match self {
            Self::Text { id, bytes } => {
                let (text, first_invalid) = dalil::decode(bytes);
                Ok(Document { id: id.into(), text, date: None, first_invalid })
            }
            Self::Json { place, line } => json_document(place, line, args),
            Self::Failed(message) => Err(message.clone()),
        }
    }
}

/// Reads everything named, and hands over one batch after the other. What the callback returns as an
/// error ends the reading.
pub(crate) fn read<E>(
    paths: &[PathBuf],
    args: &InputArgs,
    mut batch: impl FnMut(Vec<Source<'_>>) -> Result<(), E>,
) -> Result<(), E> {
    let standard_input = [PathBuf::from("-")];
    let paths = if paths.is_empty() { &standard_input } else { paths };
    let mut files = Vec::new();
    let mut pending = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            files.push(path.clone());
        } else if let Err(error) = list(path, true, &mut files) {
            pending.push(Source::Failed(format!("{}: {error}", path.display())));
        }
    }
    let mut size = 0;
    for path in &files {
        let lines = is_lines(path, args);
        let opened: io::Result<Box<dyn Read>> = if path.as_os_str() == "-" {
            Ok(Box::new(io::stdin().lock()))
        } else {
            File::open(path).map(|file| Box::new(file) as Box<dyn Read>)
        };
        let id = path.display().to_string();
        match opened {
            Err(error) => pending.push(Source::Failed(format!("{id}: {error}"))),
            Ok(input) if lines => {
                batch(std::mem::take(&mut pending))?;
                size = 0;
                read_lines(input, &id, args, is_jsonl(path, args), &mut batch)?;
            }
            Ok(input) => {
                let whole = read_whole(input, id, args);
                if let Source::Text { bytes, .. } = &whole {
                    size += bytes.len();
                }
                pending.push(whole);
                if size >= BATCH {
                    batch(std::mem::take(&mut pending))?;
                    size = 0;
                }
            }
        }
    }
    batch(pending)
}

fn is_jsonl(path: &Path, args: &InputArgs) -> bool {
    match args.input {
        Input::Jsonl => true,
        Input::Text => false,
        Input::Auto => path.extension().is_some_and(|extension| extension == "jsonl"),
    }
}

fn is_lines(path: &Path, args: &InputArgs) -> bool {
    args.doc == Doc::Line || is_jsonl(path, args)
}

/// The files of a path: itself, or the .txt and .jsonl files below it in name order.
fn list(path: &Path, named: bool, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if fs::metadata(path)?.is_dir() {
        let mut paths = fs::read_dir(path)?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<io::Result<Vec<_>>>()?;
        paths.sort();
        return paths.iter().try_for_each(|path| list(path, false, files));
    }
    let is_text =
        path.extension().is_some_and(|extension| extension == "txt" || extension == "jsonl");
    if named || is_text {
        files.push(path.to_owned());
    }
    Ok(())
}

fn read_whole(input: Box<dyn Read>, id: String, args: &InputArgs) -> Source<'static> {
    let limit = u64::try_from(args.max_doc_bytes).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    match input.take(limit.saturating_add(1)).read_to_end(&mut bytes) {
        Err(error) => Source::Failed(format!("{id}: {error}")),
        Ok(read) if read > args.max_doc_bytes => Source::Failed(too_large(&id, args)),
        Ok(_) => Source::Text { id, bytes: bytes.into() },
    }
}

fn too_large(id: &str, args: &InputArgs) -> String {
    let limit = args.max_doc_bytes;
    format!(
        "{id}: more than {limit} bytes in one document; raise --max-doc-bytes or use --doc line"
    )
}

fn read_lines<E>(
    mut input: Box<dyn Read>,
    path: &str,
    args: &InputArgs,
    jsonl: bool,
    batch: &mut impl FnMut(Vec<Source<'_>>) -> Result<(), E>,
) -> Result<(), E> {
    let mut buffer = vec![0; BLOCK];
    let mut filled = 0;
    let mut number = 0;
    // A line past the limit is reported once, and skipped to its end.
    let mut skipping = false;
    loop {
        if filled == buffer.len() {
            buffer.resize(buffer.len() * 2, 0);
        }
        let read = match input.read(&mut buffer[filled..]) {
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => {
                return batch(vec![Source::Failed(format!("{path}: {error}"))]);
            }
        };
        let fresh = filled;
        filled += read;
        let last_end = match memrchr(b'\n', &buffer[fresh..filled]) {
            Some(newline) => fresh + newline + 1,
            None if read == 0 => filled,
            None => 0,
        };
        let mut documents = Vec::new();
        let mut start = 0;
        while start < last_end {
            let end = memchr(b'\n', &buffer[start..last_end]).map_or(last_end, |at| start + at + 1);
            let line = &buffer[start..end];
            start = end;
            number += 1;
            if std::mem::take(&mut skipping) {
                continue;
            }
            let line = line.strip_suffix(b"\n").unwrap_or(line);
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            let id = format!("{path}:{number}");
            if line.len() > args.max_doc_bytes {
                documents.push(Source::Failed(too_large(&id, args)));
            } else if !jsonl {
                documents.push(Source::Text { id, bytes: line.into() });
            } else if !line.trim_ascii().is_empty() {
                documents.push(Source::Json { place: id, line });
            }
        }
        if filled - last_end > args.max_doc_bytes {
            if !skipping {
                documents.push(Source::Failed(too_large(&format!("{path}:{}", number + 1), args)));
            }
            skipping = true;
        }
        batch(documents)?;
        buffer.copy_within(last_end..filled, 0);
        filled = if skipping { 0 } else { filled - last_end };
        if read == 0 {
            return Ok(());
        }
    }
}

fn json_document<'s>(
    place: &'s str,
    line: &[u8],
    args: &InputArgs,
) -> Result<Document<'s>, String> {
    let (line, first_invalid) = dalil::decode(line);
    if let Some(at) = first_invalid {
        return Err(format!("{place}: not UTF-8 at byte {at}"));
    }
    // A byte order mark is no part of JSON, though files begin with one.
    let line = line.strip_prefix('\u{FEFF}').unwrap_or(&line);
    let mut value: serde_json::Value =
        serde_json::from_str(line).map_err(|error| format!("{place}: {error}"))?;
    let mut take = |field: &str| value.get_mut(field).map(serde_json::Value::take);
    let id = match take(&args.id_field) {
        Some(serde_json::Value::String(id)) => id.into(),
        Some(serde_json::Value::Null) | None => place.into(),
        Some(other) => other.to_string().into(),
    };
    let date = take(&args.date_field).and_then(|date| date.as_str().map(str::to_owned));
    let Some(serde_json::Value::String(text)) = take(&args.text_field) else {
        let field = &args.text_field;
        return Err(format!("{place}: no string in the field `{field}`; see --text-field"));
    };
    Ok(Document { id, text: text.into(), date, first_invalid: None })
}
