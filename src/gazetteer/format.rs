//! The canonical writer behind `dalil fmt`: the only file that knows `toml_edit`.
//!
//! A file is taken apart into blocks, fields and comments, put in order, and written anew; nothing of
//! its layout is kept, so there is one way only to write a gazetteer. No comment is lost: one above an
//! entry, a field or a line of a list moves with it; so does one beside.

use std::sync::Arc;

use toml_edit::{Array, DocumentMut, Item, RawString, TableLike, Value};

use super::check::characters::{self, TATWEEL};
use super::schema;
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::error::Error;

/// Fields whose strings may hold a tatweel, since a text may: sentences, and what is not Arabic.
const WITH_TATWEEL: [&str; 4] = ["en", "source", "examples", "counterexamples"];

const INDENT: &str = "    ";

/// Lists whose order means nothing.
const SORTED: [&str; 2] = ["aliases", "words"];

/// Blocks whose order means nothing.
const SORTED_BLOCK: &str = "entry";

/// Codes of problems that leave nothing to lay out: the writer knows the shapes of the schema only.
const UNWRITABLE: [&str; 3] = ["G100", "G101", "G103"];

/// The canonical form of a gazetteer file; `path` says what the file declares, and what messages show.
///
/// # Errors
///
/// If the text is not TOML, or has a field of another name or type than the schema's.
pub fn format(path: &str, text: &str) -> Result<String, Error> {
    let text: String = text.chars().filter_map(visible_in_file).collect();
    let file = Arc::new(SourceFile { path: path.to_owned(), text });
    let mut problems = Vec::new();
    schema::read(&file, &mut problems);
    problems.retain(|problem| UNWRITABLE.contains(&problem.code()));
    if !problems.is_empty() {
        return Err(Error::gazetteer(problems));
    }
    match file.text.parse::<DocumentMut>() {
        Ok(document) => Ok(write(&read(path, &document))),
        Err(error) => {
            let at = error.span().unwrap_or_default();
            let problem = Diagnostic::error("G100", format!("not TOML: {}", error.message()));
            Err(Error::gazetteer(vec![problem.at(&file, &at, "here")]))
        }
    }
}

/// A character of a file, outside of escapes: line ends and tabs are layout.
fn visible_in_file(c: char) -> Option<char> {
    match c {
        '\n' | '\t' => Some(c),
        '\r' => None,
        _ => characters::visible(c),
    }
}

/// Comment lines, each with its `#`; an empty one stands for a blank line between them.
type Comments = Vec<String>;

/// `[[name]]` and what is under it; the whole file is one without a name.
#[derive(Default)]
struct Block {
    name: String,
    above: Comments,
    beside: Comments,
    fields: Vec<Field>,
    blocks: Vec<Block>,
}

struct Field {
    key: String,
    above: Comments,
    beside: Comments,
    content: Content,
}

enum Content {
    /// A value on the line of its key.
    Line(String),
    /// A list, one value a line, and the comments after the last.
    List(Vec<Element>, Comments),
}

#[derive(Default)]
struct Element {
    above: Comments,
    beside: Comments,
    /// The value as TOML, and the string that it is sorted by.
    toml: String,
    text: String,
}

/// A file, with the comments at its head and its end.
struct File {
    head: Comments,
    root: Block,
    end: Comments,
}

fn read(path: &str, document: &DocumentMut) -> File {
    let mut root = Block::default();
    read_table(document.as_table(), &mut root);
    // The comment at the head of the file is about the file, whatever field stands first.
    let head = root.fields.first_mut().map(|field| std::mem::take(&mut field.above));
    root.arrange(schema::fields_of_file(path));
    let mut end = Comments::new();
    add_lines(document.trailing().as_str(), &mut end);
    File { head: head.unwrap_or_default(), root, end }
}

fn read_table(table: &dyn TableLike, block: &mut Block) {
    for (key, item) in table.iter() {
        let mut above = Comments::new();
        if let Some(key) = table.key(key) {
            add_lines(key.leaf_decor().prefix().and_then(RawString::as_str), &mut above);
        }
        match item {
            Item::ArrayOfTables(tables) if key != "aliases" => {
                for table in tables {
                    let mut inner = Block { name: key.to_owned(), ..Block::default() };
                    add_lines(table.decor().prefix().and_then(RawString::as_str), &mut inner.above);
                    add_inner(table.decor().suffix(), &mut inner.beside);
                    read_table(table, &mut inner);
                    block.blocks.push(inner);
                }
            }
            Item::ArrayOfTables(tables) => {
                let elements = tables.iter().map(|table| {
                    let mut element = Element::default();
                    add_inner(table.decor().prefix(), &mut element.above);
                    add_inner(table.decor().suffix(), &mut element.beside);
                    fill_marked(&mut element, table);
                    element
                });
                let content = Content::List(elements.collect(), Comments::new());
                block.fields.push(Field { key: key.into(), above, beside: Vec::new(), content });
            }
            Item::Value(Value::Array(array)) if is_blocks(key, array) => {
                for inner in read_blocks(key, array, above) {
                    block.blocks.push(inner);
                }
            }
            Item::Value(value) => {
                let mut beside = Comments::new();
                add_inner(value.decor().suffix(), &mut beside);
                let content = match value {
                    Value::Array(array) => read_list(key, array),
                    _ => Content::Line(written(key, value)),
                };
                block.fields.push(Field { key: key.to_owned(), above, beside, content });
            }
            // The schema has no plain tables.
            Item::None | Item::Table(_) => {}
        }
    }
}

impl Block {
    /// Puts fields, blocks and sorted lists in order; `fields` is that of the fields.
    fn arrange(&mut self, fields: &[&str]) {
        self.fields.sort_by_key(|field| order(&field.key, fields));
        for field in &mut self.fields {
            if let Content::List(elements, _) = &mut field.content
                && SORTED.contains(&&*field.key)
            {
                elements.sort_by(|a, b| a.text.cmp(&b.text));
            }
        }
        self.blocks.sort_by_cached_key(|block| {
            let id = if block.name == SORTED_BLOCK { block.id() } else { String::new() };
            (order(&block.name, fields), id)
        });
        for block in &mut self.blocks {
            let fields = schema::fields_of(&block.name);
            block.arrange(fields);
        }
    }

    fn id(&self) -> String {
        match self.fields.iter().find(|field| field.key == "id").map(|field| &field.content) {
            Some(Content::Line(toml)) => toml.trim_matches('"').to_owned(),
            _ => String::new(),
        }
    }
}

fn order(key: &str, fields: &[&str]) -> usize {
    fields.iter().position(|&field| field == key).unwrap_or(fields.len())
}

/// Whether an array holds blocks that stand in one line each.
fn is_blocks(key: &str, array: &Array) -> bool {
    key != "aliases" && !array.is_empty() && array.iter().all(Value::is_inline_table)
}

fn read_blocks(key: &str, array: &Array, above: Comments) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut waiting = above;
    for value in array {
        let Value::InlineTable(table) = value else { continue };
        let mut block =
            Block { name: key.to_owned(), above: std::mem::take(&mut waiting), ..Block::default() };
        add_inner(value.decor().prefix(), &mut block.above);
        read_table(table, &mut block);
        add_inner(Some(table.trailing()), &mut block.above);
        add_inner(value.decor().suffix(), &mut block.above);
        blocks.push(block);
    }
    if let Some(last) = blocks.last_mut() {
        add_inner(Some(array.trailing()), &mut last.above);
        add_inner(array.decor().suffix(), &mut last.above);
    }
    blocks
}

fn read_list(key: &str, array: &Array) -> Content {
    let mut elements: Vec<Element> = Vec::new();
    let mut waiting = Comments::new();
    for value in array {
        let mut element = Element { above: std::mem::take(&mut waiting), ..Element::default() };
        let lines = beside_last(value.decor().prefix(), &mut elements);
        add_lines(Some(lines), &mut element.above);
        match value {
            Value::InlineTable(table) => {
                fill_marked(&mut element, table);
                add_inner(Some(table.trailing()), &mut element.above);
            }
            _ => {
                element.toml = written(key, value);
                element.text = cleaned(key, value.as_str().unwrap_or_default());
            }
        }
        elements.push(element);
        // What stands before the comma; with none after the last value, the lines down to the bracket.
        let lines = beside_last(value.decor().suffix(), &mut elements);
        add_lines(Some(lines), &mut waiting);
    }
    let lines = beside_last(Some(array.trailing()), &mut elements);
    add_lines(Some(lines), &mut waiting);
    Content::List(elements, waiting)
}

/// Gives a comment in the line of the last element to it; returns the lines after it.
fn beside_last<'t>(raw: Option<&'t RawString>, elements: &mut [Element]) -> &'t str {
    let raw = raw.and_then(RawString::as_str).unwrap_or_default();
    let Some(last) = elements.last_mut() else { return raw };
    let (first, rest) = raw.split_once('\n').unwrap_or((raw, ""));
    add_lines(Some(first), &mut last.beside);
    rest
}

/// Reads a marked alias, which is written in one line; its comments go above it.
fn fill_marked(element: &mut Element, table: &dyn TableLike) {
    let mut fields: Vec<(usize, String)> = Vec::new();
    for (key, item) in table.iter() {
        if let Some(key) = table.key(key) {
            add_inner(key.leaf_decor().prefix(), &mut element.above);
        }
        let Item::Value(value) = item else { continue };
        if let Value::Array(list) = value {
            add_comments_inside(list, &mut element.above);
        }
        add_inner(value.decor().suffix(), &mut element.above);
        if key == "text" {
            element.text = cleaned(key, value.as_str().unwrap_or_default());
        }
        fields.push((
            order(key, schema::fields_of("aliases")),
            format!("{key} = {}", written(key, value)),
        ));
    }
    fields.sort();
    let fields: Vec<String> = fields.into_iter().map(|(_, field)| field).collect();
    element.toml = format!("{{ {} }}", fields.join(", "));
}

/// A value as TOML in one line.
fn written(key: &str, value: &Value) -> String {
    match value {
        Value::String(text) => quoted(&cleaned(key, text.value())),
        Value::Array(array) => {
            let items: Vec<String> = array.iter().map(|item| written(key, item)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Integer(number) => number.display_repr().into_owned(),
        Value::Float(number) => number.display_repr().into_owned(),
        Value::Boolean(flag) => flag.display_repr().into_owned(),
        // The schema has neither here.
        Value::Datetime(_) | Value::InlineTable(_) => value.to_string(),
    }
}

/// A string without what cannot be seen, and with single spaces.
fn cleaned(key: &str, text: &str) -> String {
    let tatweel = WITH_TATWEEL.contains(&key);
    let visible = text.chars().filter(|&c| tatweel || c != TATWEEL).filter_map(characters::visible);
    let visible: String = visible.collect();
    visible.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Adds the comments of whole lines, and a blank line where one stands between two.
fn add_lines(raw: Option<&str>, comments: &mut Comments) {
    for line in raw.unwrap_or_default().split('\n') {
        let line: String = line.trim().chars().filter_map(characters::visible).collect();
        if line.starts_with('#') {
            comments.push(line);
        } else if comments.last().is_some_and(|last| !last.is_empty()) {
            comments.push(String::new());
        }
    }
    while comments.last().is_some_and(String::is_empty) {
        comments.pop();
    }
}

/// Adds the comments that stand within a value or beside one.
fn add_inner(raw: Option<&RawString>, comments: &mut Comments) {
    let mut found = Comments::new();
    add_lines(raw.and_then(RawString::as_str), &mut found);
    comments.extend(found.into_iter().filter(|line| !line.is_empty()));
}

/// Adds the comments of a list that is written in one line.
fn add_comments_inside(list: &Array, comments: &mut Comments) {
    for item in list {
        add_inner(item.decor().prefix(), comments);
        add_inner(item.decor().suffix(), comments);
    }
    add_inner(Some(list.trailing()), comments);
}

fn write(file: &File) -> String {
    let mut out = String::new();
    write_lines(&mut out, "", &file.head);
    write_block(&mut out, &file.root, "");
    if !file.end.is_empty() {
        start_paragraph(&mut out);
        write_lines(&mut out, "", &file.end);
    }
    out
}

fn write_block(out: &mut String, block: &Block, path: &str) {
    if !path.is_empty() {
        start_paragraph(out);
        write_lines(out, "", &block.above);
        write_line(out, &format!("[[{path}]]"), &block.beside);
    }
    for field in &block.fields {
        write_field(out, field);
    }
    for inner in &block.blocks {
        let inner_path =
            if path.is_empty() { &inner.name } else { &format!("{path}.{}", inner.name) };
        write_block(out, inner, inner_path);
    }
}

fn write_field(out: &mut String, field: &Field) {
    let Field { key, above, beside, content } = field;
    write_lines(out, "", &without_blanks(above));
    match content {
        Content::Line(toml) => write_line(out, &format!("{key} = {toml}"), beside),
        Content::List(elements, end) if elements.is_empty() && end.is_empty() => {
            write_line(out, &format!("{key} = []"), beside);
        }
        Content::List(elements, end) => {
            write_line(out, &format!("{key} = ["), &[]);
            for element in elements {
                write_lines(out, INDENT, &without_blanks(&element.above));
                write_line(out, &format!("{INDENT}{},", element.toml), &element.beside);
            }
            write_lines(out, INDENT, &without_blanks(end));
            write_line(out, "]", beside);
        }
    }
}

fn without_blanks(comments: &[String]) -> Comments {
    comments.iter().filter(|line| !line.is_empty()).cloned().collect()
}

fn start_paragraph(out: &mut String) {
    if !out.is_empty() {
        out.push('\n');
    }
}

fn write_lines(out: &mut String, indent: &str, comments: &[String]) {
    for comment in comments {
        if !comment.is_empty() {
            out.push_str(indent);
            out.push_str(comment);
        }
        out.push('\n');
    }
}

fn write_line(out: &mut String, line: &str, beside: &[String]) {
    out.push_str(line);
    for comment in beside.iter().filter(|comment| !comment.is_empty()) {
        out.push(' ');
        out.push_str(comment);
    }
    out.push('\n');
}
