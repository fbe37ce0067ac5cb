//! The TOML files as typed, located values: the only file that knows `toml`.
//!
//! Reading never stops at the first problem: each field is taken on its own, and what nobody
//! asked for is an unknown field.

use std::ops::Range;
use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Diagnostic, SourceFile};

/// The version that a file's `schema` must give.
const VERSION: i64 = 1;

/// A value and the bytes of the file that hold it; for a string, with its quotes.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Located<T> {
    pub(crate) value: T,
    pub(crate) at: Range<usize>,
}

impl<T> Located<T> {
    /// Whether the file has it: a required field that is missing has no place.
    pub(crate) fn is_written(&self) -> bool {
        !self.at.is_empty()
    }
}

/// One read file, by what it declares.
#[derive(Debug)]
pub(crate) enum Document {
    Entries(EntryFile),
    Kinds(Vec<KindBlock>),
    Cues(Vec<CueBlock>),
    Patterns(Vec<PatternBlock>),
    Words(Vec<Located<String>>),
    /// Not TOML, and reported as such.
    Broken,
}

/// What a string of a gazetteer is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// A name or an alias.
    Name,
    /// Another word or form that is searched for: a cue, a demonym.
    Word,
    /// A name with `{…}` in it, which a pattern fills.
    Template,
    /// An example sentence.
    Sentence,
    /// An id, a code, an English name, a source.
    Latin,
}

/// A string of a file, with the field that holds it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Text<'d> {
    pub(crate) field: &'static str,
    pub(crate) role: Role,
    pub(crate) text: &'d Located<String>,
}

/// `<kind>/<topic>.toml`.
#[derive(Debug)]
pub(crate) struct EntryFile {
    pub(crate) kind: Located<String>,
    pub(crate) entries: Vec<Entry>,
}

/// One `[[entry]]`. Required fields that are missing are empty, and reported.
#[derive(Debug, Default, Clone)]
pub(crate) struct Entry {
    /// The line `[[entry]]`.
    pub(crate) header: Range<usize>,
    pub(crate) id: Located<String>,
    pub(crate) name: Located<String>,
    pub(crate) en: Located<String>,
    pub(crate) qid: Option<Located<String>>,
    pub(crate) source: Option<Located<String>>,
    pub(crate) aliases: Vec<Alias>,
    pub(crate) country: Option<Located<String>>,
    pub(crate) lat: Option<Located<f64>>,
    pub(crate) lon: Option<Located<f64>>,
    pub(crate) within: Option<Located<String>>,
    pub(crate) capital: Option<Located<String>>,
    pub(crate) role: Option<Located<String>>,
    pub(crate) from: Option<Located<String>>,
    pub(crate) to: Option<Located<String>>,
    pub(crate) demonyms: Vec<Located<String>>,
    pub(crate) ambiguous: bool,
    pub(crate) rank: Option<Located<i64>>,
    pub(crate) marks: Marks,
    pub(crate) examples: Vec<Located<String>>,
    pub(crate) counterexamples: Vec<Located<String>>,
    pub(crate) former_ids: Vec<Located<String>>,
    pub(crate) terms: Vec<Term>,
}

/// Another name of an entry.
#[derive(Debug, Clone)]
pub(crate) struct Alias {
    pub(crate) text: Located<String>,
    /// Its own marks; a plain alias has none and takes the entry's.
    pub(crate) marks: Option<Marks>,
}

/// The fields that say when a name counts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Marks {
    pub(crate) context: Option<Located<String>>,
    pub(crate) cues: Vec<Located<String>>,
    pub(crate) clitics: Option<Located<String>>,
    pub(crate) reject_before: Vec<Located<String>>,
    pub(crate) reject_after: Vec<Located<String>>,
}

/// One `[[entry.term]]`: an office held for a time.
#[derive(Debug, Clone)]
pub(crate) struct Term {
    pub(crate) role: Located<String>,
    pub(crate) country: Option<Located<String>>,
    pub(crate) from: Option<Located<String>>,
    pub(crate) to: Option<Located<String>>,
}

/// One `[[kind]]` of `kinds.toml`.
#[derive(Debug)]
pub(crate) struct KindBlock {
    pub(crate) id: Located<String>,
    pub(crate) en: Located<String>,
    pub(crate) people: bool,
    pub(crate) groups: bool,
    pub(crate) reject_before: Vec<Located<String>>,
    pub(crate) cues: Vec<Located<String>>,
}

/// One `[[class]]` of `cues.toml`.
#[derive(Debug)]
pub(crate) struct CueBlock {
    pub(crate) id: Located<String>,
    /// Where the cue stands: `before` or `after` the name.
    pub(crate) position: Located<String>,
    /// The most words between the cue and the name.
    pub(crate) gap: Option<Located<i64>>,
    pub(crate) words: Vec<Located<String>>,
}

/// One `[[pattern]]` of `patterns.toml`.
#[derive(Debug)]
pub(crate) struct PatternBlock {
    pub(crate) id: Located<String>,
    pub(crate) kind: Located<String>,
    pub(crate) name: Located<String>,
    pub(crate) en: Located<String>,
    pub(crate) names: Vec<Located<String>>,
    pub(crate) countries: Vec<Located<String>>,
    pub(crate) reject_before: Vec<Located<String>>,
}

impl Document {
    /// The entries of a file of entries; none of another file.
    pub(crate) fn entries(&self) -> &[Entry] {
        match self {
            Self::Entries(file) => &file.entries,
            _ => &[],
        }
    }

    /// Every string of the file.
    pub(crate) fn texts(&self) -> Vec<Text<'_>> {
        let mut texts = Texts(Vec::new());
        match self {
            Self::Entries(file) => {
                texts.add("kind", Role::Latin, [&file.kind]);
                file.entries.iter().for_each(|entry| texts.entry(entry));
            }
            Self::Kinds(kinds) => {
                for kind in kinds {
                    texts.add("id", Role::Latin, [&kind.id]);
                    texts.add("en", Role::Latin, [&kind.en]);
                    texts.add("reject-before", Role::Word, &kind.reject_before);
                    texts.add("cues", Role::Latin, &kind.cues);
                }
            }
            Self::Cues(classes) => {
                for class in classes {
                    texts.add("id", Role::Latin, [&class.id]);
                    texts.add("position", Role::Latin, [&class.position]);
                    texts.add("words", Role::Word, &class.words);
                }
            }
            Self::Patterns(patterns) => {
                for pattern in patterns {
                    texts.add("id", Role::Latin, [&pattern.id]);
                    texts.add("kind", Role::Latin, [&pattern.kind]);
                    texts.add("name", Role::Template, [&pattern.name]);
                    texts.add("en", Role::Latin, [&pattern.en]);
                    texts.add("names", Role::Template, &pattern.names);
                    texts.add("countries", Role::Latin, &pattern.countries);
                    texts.add("reject-before", Role::Word, &pattern.reject_before);
                }
            }
            Self::Words(words) => texts.add("words", Role::Word, words),
            Self::Broken => {}
        }
        texts.0
    }
}

struct Texts<'d>(Vec<Text<'d>>);

impl<'d> Texts<'d> {
    /// Adds strings of a field; a missing one has no place and is left out.
    fn add(
        &mut self,
        field: &'static str,
        role: Role,
        texts: impl IntoIterator<Item = &'d Located<String>>,
    ) {
        let written = texts.into_iter().filter(|text| text.is_written());
        self.0.extend(written.map(|text| Text { field, role, text }));
    }

    fn entry(&mut self, entry: &'d Entry) {
        self.add("id", Role::Latin, [&entry.id]);
        self.add("name", Role::Name, [&entry.name]);
        self.add("en", Role::Latin, [&entry.en]);
        self.add("qid", Role::Latin, &entry.qid);
        self.add("source", Role::Latin, &entry.source);
        for alias in &entry.aliases {
            self.add("alias", Role::Name, [&alias.text]);
            alias.marks.iter().for_each(|marks| self.marks(marks));
        }
        self.add("country", Role::Latin, &entry.country);
        self.add("within", Role::Latin, &entry.within);
        self.add("capital", Role::Latin, &entry.capital);
        self.add("role", Role::Latin, &entry.role);
        self.add("from", Role::Latin, &entry.from);
        self.add("to", Role::Latin, &entry.to);
        self.add("demonyms", Role::Word, &entry.demonyms);
        self.marks(&entry.marks);
        self.add("examples", Role::Sentence, &entry.examples);
        self.add("counterexamples", Role::Sentence, &entry.counterexamples);
        self.add("former-ids", Role::Latin, &entry.former_ids);
        for term in &entry.terms {
            self.add("role", Role::Latin, [&term.role]);
            self.add("country", Role::Latin, &term.country);
            self.add("from", Role::Latin, &term.from);
            self.add("to", Role::Latin, &term.to);
        }
    }

    fn marks(&mut self, marks: &'d Marks) {
        self.add("context", Role::Latin, &marks.context);
        self.add("cues", Role::Latin, &marks.cues);
        self.add("clitics", Role::Latin, &marks.clitics);
        self.add("reject-before", Role::Word, &marks.reject_before);
        self.add("reject-after", Role::Word, &marks.reject_after);
    }
}

/// What a table is called in messages, and its fields in the order of gazetteers/README.md.
///
/// The readers below ask for every one of them and no other; they insist on it in debug builds.
pub(crate) struct Shape {
    what: &'static str,
    pub(crate) fields: &'static [&'static str],
}

const KINDS_FILE: Shape = Shape { what: "the file", fields: &["schema", "kind"] };
const CUES_FILE: Shape = Shape { what: "the file", fields: &["schema", "class"] };
const PATTERNS_FILE: Shape = Shape { what: "the file", fields: &["schema", "pattern"] };
const WORDS_FILE: Shape = Shape { what: "the file", fields: &["schema", "words"] };
const ENTRIES_FILE: Shape = Shape { what: "the file", fields: &["schema", "kind", "entry"] };

const ENTRY: Shape = Shape {
    what: "entry",
    fields: &[
        "id",
        "name",
        "en",
        "qid",
        "source",
        "aliases",
        "country",
        "lat",
        "lon",
        "within",
        "capital",
        "role",
        "from",
        "to",
        "demonyms",
        "ambiguous",
        "rank",
        "context",
        "cues",
        "clitics",
        "reject-before",
        "reject-after",
        "examples",
        "counterexamples",
        "former-ids",
        "term",
    ],
};
const ALIAS: Shape = Shape {
    what: "marked alias",
    fields: &["text", "context", "cues", "clitics", "reject-before", "reject-after"],
};
const TERM: Shape = Shape { what: "term", fields: &["role", "country", "from", "to"] };
const KIND: Shape =
    Shape { what: "kind", fields: &["id", "en", "people", "groups", "reject-before", "cues"] };
const CLASS: Shape = Shape { what: "class", fields: &["id", "position", "gap", "words"] };
const PATTERN: Shape = Shape {
    what: "pattern",
    fields: &["id", "kind", "name", "en", "names", "countries", "reject-before"],
};

/// The fields of a file, by its path, in order.
#[cfg(feature = "cli")]
pub(crate) fn fields_of_file(path: &str) -> &'static [&'static str] {
    shape_of_file(path).fields
}

fn shape_of_file(path: &str) -> &'static Shape {
    match file_stem(path) {
        "kinds" => &KINDS_FILE,
        "cues" => &CUES_FILE,
        "patterns" => &PATTERNS_FILE,
        "words" => &WORDS_FILE,
        _ => &ENTRIES_FILE,
    }
}

/// The fields of a block, by the name in its head, or of a marked one of the `aliases`, in order.
#[cfg(feature = "cli")]
pub(crate) fn fields_of(block: &str) -> &'static [&'static str] {
    match block {
        "entry" => ENTRY.fields,
        "aliases" => ALIAS.fields,
        "term" => TERM.fields,
        "kind" => KIND.fields,
        "class" => CLASS.fields,
        "pattern" => PATTERN.fields,
        _ => &[],
    }
}

/// The codes of this file's problems, each with what it is about.
pub(crate) const CODES: [(&str, &str); 5] = [
    ("G100", "the file is TOML"),
    ("G101", "every field is one of the schema"),
    ("G102", "no required field is missing or empty"),
    ("G103", "every field has its type"),
    ("G105", "the file is of this version of the schema"),
];

/// Reads one file. What could be read comes back even where problems were found.
pub(crate) fn read(file: &Arc<SourceFile>, problems: &mut Vec<Diagnostic>) -> Document {
    let (root, errors) = DeTable::parse_recoverable(&file.text);
    for error in &errors {
        let at = error.span().unwrap_or_default();
        let (label, help) = match error.message() {
            "duplicate key" => {
                ("given before", "keep one; every entry begins with a line `[[entry]]`")
            }
            _ => (
                "here",
                "strings stand in double quotes; lists in [ ] with a comma after each line",
            ),
        };
        let message = format!("not TOML: {}", error.message());
        problems.push(Diagnostic::error("G100", message).at(file, &at, label).help(help));
    }
    if !errors.is_empty() {
        return Document::Broken;
    }

    let mut reader = Reader { file, problems };
    let root = root.get_ref();
    let at = 0..0;
    let mut fields = Fields::new(root, &at, shape_of_file(&file.path));
    if let Some(schema) = fields.integer(&mut reader, "schema", Need::Required)
        && schema.value != VERSION
    {
        reader.report(
            Diagnostic::error("G105", format!("schema {} is not known", schema.value))
                .at(file, &schema.at, format!("expected {VERSION}"))
                .help(format!("write `schema = {VERSION}`")),
        );
    }
    let document = match file_stem(&file.path) {
        "kinds" => Document::Kinds(fields.blocks(&mut reader, "kind", read_kind)),
        "cues" => Document::Cues(fields.blocks(&mut reader, "class", read_cue)),
        "patterns" => Document::Patterns(fields.blocks(&mut reader, "pattern", read_pattern)),
        "words" => Document::Words(fields.strings(&mut reader, "words")),
        _ => {
            let kind = fields.string(&mut reader, "kind", Need::Required).unwrap_or_default();
            let entries = fields.blocks(&mut reader, "entry", read_entry);
            Document::Entries(EntryFile { kind, entries })
        }
    };
    fields.finish(&mut reader);
    document
}

/// Whether a file declares what all gazetteers share, not entities: kinds, cue words, words.
pub(crate) fn is_shared(path: &str) -> bool {
    matches!(file_stem(path), "kinds" | "cues" | "words")
}

/// The name of a file, which says what the file declares.
pub(crate) fn file_stem(path: &str) -> &str {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.strip_suffix(".toml").unwrap_or(name)
}

fn read_entry(reader: &mut Reader<'_>, table: &DeTable<'_>, at: &Range<usize>) -> Entry {
    let mut fields = Fields::new(table, at, &ENTRY);
    let entry = Entry {
        header: at.clone(),
        id: fields.string(reader, "id", Need::Required).unwrap_or_default(),
        name: fields.string(reader, "name", Need::Required).unwrap_or_default(),
        en: fields.string(reader, "en", Need::Required).unwrap_or_default(),
        qid: fields.string(reader, "qid", Need::Optional),
        source: fields.string(reader, "source", Need::Optional),
        aliases: fields.aliases(reader, "aliases"),
        country: fields.string(reader, "country", Need::Optional),
        lat: fields.float(reader, "lat"),
        lon: fields.float(reader, "lon"),
        within: fields.string(reader, "within", Need::Optional),
        capital: fields.string(reader, "capital", Need::Optional),
        role: fields.string(reader, "role", Need::Optional),
        from: fields.string(reader, "from", Need::Optional),
        to: fields.string(reader, "to", Need::Optional),
        demonyms: fields.strings(reader, "demonyms"),
        ambiguous: fields.flag(reader, "ambiguous"),
        rank: fields.integer(reader, "rank", Need::Optional),
        marks: fields.marks(reader),
        examples: fields.strings(reader, "examples"),
        counterexamples: fields.strings(reader, "counterexamples"),
        former_ids: fields.strings(reader, "former-ids"),
        terms: fields.blocks(reader, "term", read_term),
    };
    fields.finish(reader);
    entry
}

fn read_term(reader: &mut Reader<'_>, table: &DeTable<'_>, at: &Range<usize>) -> Term {
    let mut fields = Fields::new(table, at, &TERM);
    let term = Term {
        role: fields.string(reader, "role", Need::Required).unwrap_or_default(),
        country: fields.string(reader, "country", Need::Optional),
        from: fields.string(reader, "from", Need::Optional),
        to: fields.string(reader, "to", Need::Optional),
    };
    fields.finish(reader);
    term
}

fn read_kind(reader: &mut Reader<'_>, table: &DeTable<'_>, at: &Range<usize>) -> KindBlock {
    let mut fields = Fields::new(table, at, &KIND);
    let kind = KindBlock {
        id: fields.string(reader, "id", Need::Required).unwrap_or_default(),
        en: fields.string(reader, "en", Need::Required).unwrap_or_default(),
        people: fields.flag(reader, "people"),
        groups: fields.flag(reader, "groups"),
        reject_before: fields.strings(reader, "reject-before"),
        cues: fields.strings(reader, "cues"),
    };
    fields.finish(reader);
    kind
}

fn read_cue(reader: &mut Reader<'_>, table: &DeTable<'_>, at: &Range<usize>) -> CueBlock {
    let mut fields = Fields::new(table, at, &CLASS);
    let class = CueBlock {
        id: fields.string(reader, "id", Need::Required).unwrap_or_default(),
        position: fields.string(reader, "position", Need::Required).unwrap_or_default(),
        gap: fields.integer(reader, "gap", Need::Optional),
        words: fields.strings(reader, "words"),
    };
    fields.finish(reader);
    class
}

fn read_pattern(reader: &mut Reader<'_>, table: &DeTable<'_>, at: &Range<usize>) -> PatternBlock {
    let mut fields = Fields::new(table, at, &PATTERN);
    let pattern = PatternBlock {
        id: fields.string(reader, "id", Need::Required).unwrap_or_default(),
        kind: fields.string(reader, "kind", Need::Required).unwrap_or_default(),
        name: fields.string(reader, "name", Need::Required).unwrap_or_default(),
        en: fields.string(reader, "en", Need::Required).unwrap_or_default(),
        names: fields.strings(reader, "names"),
        countries: fields.strings(reader, "countries"),
        reject_before: fields.strings(reader, "reject-before"),
    };
    fields.finish(reader);
    pattern
}

struct Reader<'r> {
    file: &'r Arc<SourceFile>,
    problems: &'r mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn report(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }

    fn wrong_type(&mut self, field: &str, value: &toml::Spanned<DeValue<'_>>, expected: &str) {
        let found = value.get_ref().type_str();
        self.report(
            Diagnostic::error("G103", format!("`{field}` has the wrong type: {found}"))
                .at(self.file, &value.span(), format!("expected {expected}"))
                .help("see the table of fields in gazetteers/README.md"),
        );
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Need {
    Required,
    Optional,
}

/// A table being taken apart, and how many fields were asked of it so far.
struct Fields<'t, 'i> {
    table: &'t DeTable<'i>,
    at: &'t Range<usize>,
    shape: &'static Shape,
    asked: usize,
}

impl<'t, 'i> Fields<'t, 'i> {
    fn new(table: &'t DeTable<'i>, at: &'t Range<usize>, shape: &'static Shape) -> Self {
        Self { table, at, shape, asked: 0 }
    }

    fn take(&mut self, field: &'static str) -> Option<&'t toml::Spanned<DeValue<'i>>> {
        debug_assert!(self.shape.fields.contains(&field), "{field} is in no shape");
        self.asked += 1;
        self.table.get(field)
    }

    fn take_needed(
        &mut self,
        reader: &mut Reader<'_>,
        field: &'static str,
        need: Need,
    ) -> Option<&'t toml::Spanned<DeValue<'i>>> {
        let value = self.take(field);
        if value.is_none() && need == Need::Required {
            let id = self.table.get("id").filter(|_| field != "id");
            let mut problem = Diagnostic::error(
                "G102",
                format!("{} has no `{field}`", self.shape.what),
            )
            .at(reader.file, self.at, "must have it");
            if let Some(id) = id {
                problem = problem.at(reader.file, &id.span(), "its id");
            }
            reader.report(problem.help(format!("add a line `{field} = …`")));
        }
        value
    }

    fn string(
        &mut self,
        reader: &mut Reader<'_>,
        field: &'static str,
        need: Need,
    ) -> Option<Located<String>> {
        let value = self.take_needed(reader, field, need)?;
        let text = string_of(reader, field, value)?;
        if need == Need::Required && text.value.trim().is_empty() {
            reader.report(
                Diagnostic::error("G102", format!("{} has an empty `{field}`", self.shape.what))
                    .at(reader.file, &text.at, "must say something")
                    .help(format!("write `{field} = \"…\"`")),
            );
            return None;
        }
        Some(text)
    }

    fn integer(
        &mut self,
        reader: &mut Reader<'_>,
        field: &'static str,
        need: Need,
    ) -> Option<Located<i64>> {
        let value = self.take_needed(reader, field, need)?;
        let number = match value.get_ref() {
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        if number.is_none() {
            reader.wrong_type(field, value, "a whole number");
        }
        number.map(|number| Located { value: number, at: value.span() })
    }

    fn float(&mut self, reader: &mut Reader<'_>, field: &'static str) -> Option<Located<f64>> {
        let value = self.take(field)?;
        let number = match value.get_ref() {
            DeValue::Float(number) => number.as_str().parse().ok(),
            DeValue::Integer(number) => number.as_str().parse().ok(),
            _ => None,
        };
        if number.is_none() {
            reader.wrong_type(field, value, "a number, such as 36.21");
        }
        // One of the wrong type is reported already; it counts as given.
        Some(Located { value: number.unwrap_or_default(), at: value.span() })
    }

    fn flag(&mut self, reader: &mut Reader<'_>, field: &'static str) -> bool {
        match self.take(field).map(|value| (value, value.get_ref())) {
            None => false,
            Some((_, DeValue::Boolean(flag))) => *flag,
            Some((value, _)) => {
                reader.wrong_type(field, value, "`true` or `false`");
                false
            }
        }
    }

    fn strings(&mut self, reader: &mut Reader<'_>, field: &'static str) -> Vec<Located<String>> {
        let Some(value) = self.take(field) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            reader.wrong_type(field, value, "a list of strings, as in [\"…\"]");
            return Vec::new();
        };
        items.iter().filter_map(|item| string_of(reader, field, item)).collect()
    }

    fn aliases(&mut self, reader: &mut Reader<'_>, field: &'static str) -> Vec<Alias> {
        let Some(value) = self.take(field) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            reader.wrong_type(field, value, "a list of names, as in [\"…\"]");
            return Vec::new();
        };
        let mut aliases = Vec::with_capacity(items.len());
        for item in items.iter() {
            if let DeValue::Table(table) = item.get_ref() {
                let at = item.span();
                let mut fields = Fields::new(table, &at, &ALIAS);
                let text = fields.string(reader, "text", Need::Required).unwrap_or_default();
                let marks = fields.marks(reader);
                fields.finish(reader);
                aliases.push(Alias { text, marks: Some(marks) });
            } else if let Some(text) = string_of(reader, field, item) {
                aliases.push(Alias { text, marks: None });
            }
        }
        aliases
    }

    fn marks(&mut self, reader: &mut Reader<'_>) -> Marks {
        Marks {
            context: self.string(reader, "context", Need::Optional),
            cues: self.strings(reader, "cues"),
            clitics: self.string(reader, "clitics", Need::Optional),
            reject_before: self.strings(reader, "reject-before"),
            reject_after: self.strings(reader, "reject-after"),
        }
    }

    fn blocks<T>(
        &mut self,
        reader: &mut Reader<'_>,
        field: &'static str,
        read: fn(&mut Reader<'_>, &DeTable<'_>, &Range<usize>) -> T,
    ) -> Vec<T> {
        let Some(value) = self.take(field) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            reader.wrong_type(field, value, &format!("blocks headed [[{field}]]"));
            return Vec::new();
        };
        let mut blocks = Vec::with_capacity(items.len());
        for item in items.iter() {
            match item.get_ref() {
                DeValue::Table(table) => blocks.push(read(reader, table, &item.span())),
                _ => reader.wrong_type(field, item, &format!("blocks headed [[{field}]]")),
            }
        }
        blocks
    }

    /// Reports every field that is not of the shape.
    fn finish(self, reader: &mut Reader<'_>) {
        let Shape { what, fields } = self.shape;
        debug_assert_eq!(self.asked, fields.len(), "a field of {what} is never asked for");
        for key in self.table.keys() {
            let name: &str = key.get_ref();
            if fields.contains(&name) {
                continue;
            }
            let help = match closest(name, fields.iter().copied()) {
                Some(known) => format!("did you mean `{known}`?"),
                None => format!("delete it; the fields are `{}`", fields.join("`, `")),
            };
            reader.report(
                Diagnostic::error("G101", format!("unknown field `{name}` in {what}"))
                    .at(reader.file, &key.span(), "not a field of the schema")
                    .help(help),
            );
        }
    }
}

/// The known name that a misspelt one is likely meant to be.
pub(crate) fn closest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let distance = |known: &str| strsim::damerau_levenshtein(known, name);
    let allowed = if name.len() < 5 { 1 } else { 2 };
    let candidates = known.into_iter().map(|known| (distance(known), known));
    let nearest = candidates.min_by_key(|&(distance, _)| distance);
    nearest.filter(|&(distance, _)| distance <= allowed).map(|(_, known)| known)
}

fn string_of(
    reader: &mut Reader<'_>,
    field: &str,
    value: &toml::Spanned<DeValue<'_>>,
) -> Option<Located<String>> {
    match value.get_ref() {
        DeValue::String(text) => {
            Some(Located { value: text.clone().into_owned(), at: value.span() })
        }
        _ => {
            reader.wrong_type(field, value, "a string in double quotes");
            None
        }
    }
}
