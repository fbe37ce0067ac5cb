//! Files, folders and standard input → batches of documents.
//!
//! A batch is what is at hand: all complete lines of what one read gave, or some files. So a line is
//! answered before the next one is waited for, and a large file is read in large blocks.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::args::{Doc, Input, InputArgs};

/// Bytes that one read asks for.
const BLOCK: usize = 1 << 20;
/// A batch of files is closed past this many bytes.
const BATCH: usize = 8 << 20;

/// One document, or why there is none. Lines are borrowed from what was read.
pub(crate) enum Document<'b> {
    Text { id: String, text: Cow<'b, str>, date: Option<String>, first_invalid: Option<usize> },
    Failed(String),
}

/// Reads everything named, and hands over one batch after the other. What the callback returns as an
/// error ends the reading.
pub(crate) fn read<E>(
    paths: &[PathBuf],
    args: &InputArgs,
    mut batch: impl FnMut(Vec<Document<'_>>) -> Result<(), E>,
) -> Result<(), E> {
    let standard_input = [PathBuf::from("-")];
    let paths = if paths.is_empty() { &standard_input } else { paths };
    let mut files = Vec::new();
    let mut pending = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            files.push(path.clone());
        } else if let Err(error) = list(path, true, &mut files) {
            pending.push(Document::Failed(format!("{}: {error}", path.display())));
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
            Err(error) => pending.push(Document::Failed(format!("{id}: {error}"))),
            Ok(input) if lines => {
                batch(std::mem::take(&mut pending))?;
                size = 0;
                read_lines(input, &id, args, is_jsonl(path, args), &mut batch)?;
            }
            Ok(input) => {
                let document = read_whole(input, id, args);
                if let Document::Text { text, .. } = &document {
                    size += text.len();
                }
                pending.push(document);
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

fn read_whole(input: Box<dyn Read>, id: String, args: &InputArgs) -> Document<'static> {
    let limit = u64::try_from(args.max_doc_bytes).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    match input.take(limit.saturating_add(1)).read_to_end(&mut bytes) {
        Err(error) => Document::Failed(format!("{id}: {error}")),
        Ok(read) if read > args.max_doc_bytes => Document::Failed(too_large(&id, args)),
        Ok(_) => {
            let (text, first_invalid) = dalil::decode(&bytes);
            Document::Text { id, text: Cow::Owned(text.into_owned()), date: None, first_invalid }
        }
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
    batch: &mut impl FnMut(Vec<Document<'_>>) -> Result<(), E>,
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
                return batch(vec![Document::Failed(format!("{path}: {error}"))]);
            }
        };
        let fresh = filled;
        filled += read;
        let last_end = match buffer[fresh..filled].iter().rposition(|&byte| byte == b'\n') {
            Some(newline) => fresh + newline + 1,
            None if read == 0 => filled,
            None => 0,
        };
        let mut documents = Vec::new();
        for line in buffer[..last_end].split_inclusive(|&byte| byte == b'\n') {
            number += 1;
            if std::mem::take(&mut skipping) {
                continue;
            }
            let line = line.strip_suffix(b"\n").unwrap_or(line);
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            let id = format!("{path}:{number}");
            if line.len() > args.max_doc_bytes {
                documents.push(Document::Failed(too_large(&id, args)));
            } else if !jsonl {
                let (text, first_invalid) = dalil::decode(line);
                documents.push(Document::Text { id, text, date: None, first_invalid });
            } else if !line.trim_ascii().is_empty() {
                documents.push(json_document(id, line, args));
            }
        }
        if filled - last_end > args.max_doc_bytes {
            if !skipping {
                documents
                    .push(Document::Failed(too_large(&format!("{path}:{}", number + 1), args)));
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

fn json_document(place: String, line: &[u8], args: &InputArgs) -> Document<'static> {
    let value: serde_json::Value = match serde_json::from_slice(line) {
        Ok(value) => value,
        Err(error) => return Document::Failed(format!("{place}: {error}")),
    };
    let Some(text) = value.get(&args.text_field).and_then(serde_json::Value::as_str) else {
        let field = &args.text_field;
        return Document::Failed(format!(
            "{place}: no string in the field `{field}`; see --text-field"
        ));
    };
    let id = match value.get(&args.id_field) {
        Some(serde_json::Value::String(id)) => id.clone(),
        Some(serde_json::Value::Null) | None => place,
        Some(other) => other.to_string(),
    };
    let date = value.get(&args.date_field).and_then(serde_json::Value::as_str).map(str::to_owned);
    Document::Text { id, text: Cow::Owned(text.to_owned()), date, first_invalid: None }
}
