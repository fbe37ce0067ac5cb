//! Cases as data: sentences with their mentions marked `[name|id]`.

use serde::Deserialize;

/// A file of `tests/cases`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseFile {
    /// Entries for these cases, as a gazetteer file has them.
    #[serde(default)]
    pub gazetteer: Vec<Entries>,
    /// Whether the oracle knows all that these cases need.
    #[serde(default = "yes")]
    pub oracle: bool,
    /// `longest`, `nested` or `all`.
    #[serde(default = "longest")]
    pub overlaps: String,
    /// Whether offices are reported.
    #[serde(default)]
    pub roles: bool,
    pub test: Vec<Case>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entries {
    pub kind: String,
    pub toml: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What the case shows.
    pub name: String,
    /// The sentence, with each mention as `[name|id]`; they nest.
    pub text: String,
    /// The proclitics of each mention, where that matters.
    #[serde(default)]
    pub clitics: Option<Vec<String>>,
    /// The date of the document.
    #[serde(default)]
    pub date: Option<String>,
}

fn yes() -> bool {
    true
}

fn longest() -> String {
    "longest".to_owned()
}

/// A marked mention: bytes of the plain text, and an id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Expected {
    pub start: usize,
    pub end: usize,
    pub id: String,
}

/// Takes the marks out of a sentence.
pub fn parse(marked: &str) -> (String, Vec<Expected>) {
    let mut text = String::new();
    let mut open = Vec::new();
    let mut expected = Vec::new();
    let mut rest = marked;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '[' => open.push(text.len()),
            '|' => {
                let (id, after) = rest.split_once(']').expect("a mark ends with ]");
                let start = open.pop().expect("a mark starts with [");
                expected.push(Expected { start, end: text.len(), id: id.to_owned() });
                rest = after;
            }
            _ => text.push(c),
        }
    }
    expected.sort_by_key(|it| (it.start, std::cmp::Reverse(it.end)));
    (text, expected)
}

/// Every case file, by name.
pub fn all() -> Vec<(String, CaseFile)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("the folder of cases")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    let read = |path: std::path::PathBuf| {
        let text = std::fs::read_to_string(&path).expect("a case file");
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let file =
            toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        (name, file)
    };
    paths.into_iter().map(read).collect()
}

impl CaseFile {
    /// The gazetteer files of these cases: name and text.
    pub fn files(&self) -> Vec<(String, String)> {
        let file = |(number, entries): (usize, &Entries)| {
            let text = format!("schema = 1\nkind = \"{}\"\n{}", entries.kind, entries.toml);
            (format!("{number}.toml"), text)
        };
        self.gazetteer.iter().enumerate().map(file).collect()
    }

    /// The gazetteer of these cases.
    pub fn load(&self) -> dalil::Gazetteer {
        let mut builder = dalil::Gazetteer::builder().without_builtin_entries();
        for (name, text) in self.files() {
            builder = builder.text(name, text);
        }
        builder.load().unwrap_or_else(|error| panic!("{error}"))
    }

    pub fn overlaps(&self) -> dalil::Overlaps {
        match &*self.overlaps {
            "longest" => dalil::Overlaps::Longest,
            "nested" => dalil::Overlaps::Nested,
            "all" => dalil::Overlaps::All,
            other => panic!("unknown overlaps {other}"),
        }
    }
}
