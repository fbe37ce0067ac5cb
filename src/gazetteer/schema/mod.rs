//! The TOML files as typed, located values.

mod read;

use std::ops::Range;

pub(crate) use read::{CODES, read};

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
    Roles(Vec<RoleBlock>),
    Themes(Vec<ThemeBlock>),
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
    /// A name with `{…}` in it, which a pattern or a role fills.
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
    pub(crate) national: bool,
    pub(crate) reject_before: Vec<Located<String>>,
    pub(crate) cues: Vec<Located<String>>,
}

/// One `[[class]]` of `cues.toml`.
#[derive(Debug)]
pub(crate) struct CueBlock {
    pub(crate) id: Located<String>,
    /// Where the cue stands: `before` or `after` the name, or `around` it.
    pub(crate) position: Located<String>,
    /// The most words between the cue and the name.
    pub(crate) gap: Option<Located<i64>>,
    pub(crate) words: Vec<Located<String>>,
    /// For `around`: the character before the name and the one after it.
    pub(crate) marks: Vec<Located<String>>,
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

/// One `[[role]]` of `roles.toml`.
#[derive(Debug)]
pub(crate) struct RoleBlock {
    /// The role of terms of office.
    pub(crate) id: Located<String>,
    pub(crate) names: Vec<Located<String>>,
    pub(crate) reject_before: Vec<Located<String>>,
    pub(crate) reject_after: Vec<Located<String>>,
}

/// One `[[theme]]` of `themes.toml`.
#[derive(Debug)]
pub(crate) struct ThemeBlock {
    pub(crate) id: Located<String>,
    /// How many of its words a document of the theme has.
    pub(crate) least: Located<i64>,
    pub(crate) kinds: Vec<Located<String>>,
    pub(crate) reject_before: Vec<Located<String>>,
    pub(crate) links: Vec<Located<String>>,
    pub(crate) words: Vec<Located<String>>,
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
            Self::Roles(roles) => {
                for role in roles {
                    texts.add("id", Role::Latin, [&role.id]);
                    texts.add("names", Role::Template, &role.names);
                    texts.add("reject-before", Role::Word, &role.reject_before);
                    texts.add("reject-after", Role::Word, &role.reject_after);
                }
            }
            Self::Themes(themes) => {
                for theme in themes {
                    texts.add("id", Role::Latin, [&theme.id]);
                    texts.add("kinds", Role::Latin, &theme.kinds);
                    texts.add("reject-before", Role::Word, &theme.reject_before);
                    texts.add("links", Role::Word, &theme.links);
                    texts.add("words", Role::Word, &theme.words);
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
const ROLES_FILE: Shape = Shape { what: "the file", fields: &["schema", "role"] };
const THEMES_FILE: Shape = Shape { what: "the file", fields: &["schema", "theme"] };
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
const KIND: Shape = Shape {
    what: "kind",
    fields: &["id", "en", "people", "groups", "national", "reject-before", "cues"],
};
const CLASS: Shape = Shape { what: "class", fields: &["id", "position", "gap", "words", "marks"] };
const PATTERN: Shape = Shape {
    what: "pattern",
    fields: &["id", "kind", "name", "en", "names", "countries", "reject-before"],
};
const ROLE: Shape =
    Shape { what: "role", fields: &["id", "names", "reject-before", "reject-after"] };
const THEME: Shape =
    Shape { what: "theme", fields: &["id", "least", "kinds", "reject-before", "links", "words"] };

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
        "roles" => &ROLES_FILE,
        "themes" => &THEMES_FILE,
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
        "role" => ROLE.fields,
        "theme" => THEME.fields,
        _ => &[],
    }
}

/// Whether a file declares what all gazetteers share, not entities: kinds, cue words, roles, themes, words.
pub(crate) fn is_shared(path: &str) -> bool {
    matches!(file_stem(path), "kinds" | "cues" | "roles" | "themes" | "words")
}

/// The name of a file, which says what the file declares.
pub(crate) fn file_stem(path: &str) -> &str {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.strip_suffix(".toml").unwrap_or(name)
}

/// The known name that a misspelt one is likely meant to be.
pub(crate) fn closest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let distance = |known: &str| strsim::damerau_levenshtein(known, name);
    let allowed = if name.len() < 5 { 1 } else { 2 };
    let candidates = known.into_iter().map(|known| (distance(known), known));
    let nearest = candidates.min_by_key(|&(distance, _)| distance);
    nearest.filter(|&(distance, _)| distance <= allowed).map(|(_, known)| known)
}
