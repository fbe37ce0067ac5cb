//! TOML text → the schema's values: the only file that knows `toml`.
//!
//! Reading never stops at the first problem: each field is taken on its own, and what nobody
//! asked for is an unknown field.

use std::ops::Range;
use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use super::{
    ALIAS, Alias, CLASS, CueBlock, Document, ENTRY, Entry, EntryFile, KIND, KindBlock, Located,
    Marks, PATTERN, PatternBlock, ROLE, RoleBlock, Shape, TERM, THEME, Term, ThemeBlock, VERSION,
    closest, file_stem, shape_of_file,
};
use crate::diagnostic::{Diagnostic, SourceFile};

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
        "roles" => Document::Roles(fields.blocks(&mut reader, "role", read_role)),
        "themes" => Document::Themes(fields.blocks(&mut reader, "theme", read_theme)),
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
        national: fields.flag(reader, "national"),
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
        marks: fields.strings(reader, "marks"),
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

fn read_role(reader: &mut Reader<'_>, table: &DeTable<'_>, at: &Range<usize>) -> RoleBlock {
    let mut fields = Fields::new(table, at, &ROLE);
    let role = RoleBlock {
        id: fields.string(reader, "id", Need::Required).unwrap_or_default(),
        names: fields.strings(reader, "names"),
        reject_before: fields.strings(reader, "reject-before"),
        reject_after: fields.strings(reader, "reject-after"),
    };
    fields.finish(reader);
    role
}

fn read_theme(reader: &mut Reader<'_>, table: &DeTable<'_>, at: &Range<usize>) -> ThemeBlock {
    let mut fields = Fields::new(table, at, &THEME);
    let theme = ThemeBlock {
        id: fields.string(reader, "id", Need::Required).unwrap_or_default(),
        least: fields.integer(reader, "least", Need::Required).unwrap_or_default(),
        kinds: fields.strings(reader, "kinds"),
        reject_before: fields.strings(reader, "reject-before"),
        links: fields.strings(reader, "links"),
        words: fields.strings(reader, "words"),
    };
    fields.finish(reader);
    theme
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
