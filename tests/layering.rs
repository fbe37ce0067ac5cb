//! Who may know whom: data flows one way, and each dependency is known to one file.

use std::path::{Path, PathBuf};

fn sources() -> Vec<(String, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    walk(&root, &mut paths);
    paths.sort();
    let read = |path: PathBuf| {
        let name = path.strip_prefix(&root).expect("inside").to_string_lossy().replace('\\', "/");
        (name, std::fs::read_to_string(path).expect("text"))
    };
    paths.into_iter().map(read).collect()
}

/// The code of a file: no comments, no blank lines, no unit tests.
fn code(text: &str) -> Vec<&str> {
    let lines = text.lines().take_while(|line| line.trim() != "#[cfg(test)]");
    let counts = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with("//");
    lines.filter(counts).collect()
}

/// The top-level module of a file.
fn module(name: &str) -> &str {
    let first = name.split('/').next().unwrap_or(name);
    first.strip_suffix(".rs").unwrap_or(first)
}

/// The modules from the first stage to the last. One may use those before it.
const STAGES: [&str; 17] = [
    "arabic",
    "kind",
    "entity",
    "diagnostic",
    "error",
    "builtin",
    "gazetteer",
    "text",
    "span",
    "lexicon",
    "scan",
    "judge",
    "confidence",
    "mention",
    "resolve",
    "output",
    "explain",
];

#[test]
fn data_flows_one_way() {
    for (name, text) in sources() {
        let Some(stage) = STAGES.iter().position(|stage| *stage == module(&name)) else { continue };
        for line in code(&text) {
            for (at, _) in line.match_indices("crate::") {
                let rest = &line[at + "crate::".len()..];
                let used = rest.split(|c: char| !(c.is_alphanumeric() || c == '_')).next();
                let used = used.and_then(|used| STAGES.iter().position(|stage| *stage == used));
                // The shipped gazetteer is made of the files by the gazetteer's own modules.
                let builtin = STAGES[stage] == "builtin";
                assert!(used.is_none_or(|used| used <= stage || builtin), "{name}: {line}");
            }
        }
    }
}

#[test]
fn each_dependency_is_known_to_one_file() {
    for (dependency, homes) in [
        ("aho_corasick", &["lexicon/automaton.rs"][..]),
        ("annotate_snippets", &["diagnostic/render.rs"]),
        ("anstyle", &["output/text.rs"]),
        ("clap", &["bin/dalil/args.rs"]),
        ("postcard", &["builtin.rs", "build.rs"]),
        ("rayon", &["bin/dalil/tag.rs"]),
        ("simdutf8", &["text.rs"]),
        ("strsim", &["gazetteer/schema.rs", "gazetteer/check/corpus.rs", "gazetteer/check.rs"]),
        ("toml", &["gazetteer/schema.rs"]),
        ("toml_edit", &["gazetteer/format.rs"]),
        (
            "unicode_normalization",
            &["arabic/letters.rs", "gazetteer/check/characters.rs", "gazetteer/check/file.rs"],
        ),
        ("unicode_segmentation", &["arabic/boundary.rs"]),
    ] {
        for (name, text) in sources() {
            let path = format!("{dependency}::");
            let word = |line: &&str| {
                line.match_indices(&path).any(|(at, _)| {
                    let before = line[..at].chars().next_back();
                    before.is_none_or(|c| !(c.is_alphanumeric() || c == '_' || c == ':'))
                })
            };
            let uses = code(&text).iter().any(word);
            assert!(!uses || homes.contains(&&*name), "{name} uses {dependency}");
        }
    }
}

#[test]
fn one_concept_a_file() {
    for (name, text) in sources() {
        let lines = code(&text).len();
        assert!(lines <= 700, "{name} has {lines} lines of code");
    }
}
