//! Who may know whom: data flows one way, and each dependency is known to the files that need it.
//!
//! The tables here are exact: what the code does beyond them fails, and so does a row that the code
//! no longer needs.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Path below `src`, and text, of every source file.
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
    let mut paths = Vec::new();
    walk(&root(), &mut paths);
    paths.sort();
    let read = |path: PathBuf| {
        let name = path.strip_prefix(root()).expect("inside").to_string_lossy().replace('\\', "/");
        (name, std::fs::read_to_string(path).expect("text"))
    };
    paths.into_iter().map(read).collect()
}

/// The code of a file: no comments, no blank lines, nothing that is only there for tests.
fn code(text: &str) -> Vec<&str> {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut kept = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.trim() == "#[cfg(test)]" {
            // The item under it ends with `;`, or with a brace as far to the right.
            let closes = |next: &&str| {
                let end = next.trim_end();
                indent(next) == indent(line) && (end.ends_with(';') || end.trim() == "}")
            };
            lines.by_ref().find(closes);
        } else if !line.trim().is_empty() && !line.trim_start().starts_with("//") {
            kept.push(line);
        }
    }
    kept
}

/// Whether `text[..at]` ends where a path may begin.
fn begins_path(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    before.is_none_or(|c| !(c.is_alphanumeric() || c == '_' || c == ':'))
}

/// The paths of a `use` tree: `a::{b, c::d}` is `a::b` and `a::c::d`.
fn paths(tree: &str, before: &[String], found: &mut Vec<Vec<String>>) {
    let tree = tree.trim_start();
    if let Some(group) = tree.strip_prefix('{') {
        let (mut depth, mut start) = (0, 0);
        for (at, c) in group.char_indices() {
            if depth == 0 && matches!(c, ',' | '}') {
                if !group[start..at].trim().is_empty() {
                    paths(&group[start..at], before, found);
                }
                start = at + 1;
            }
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => return,
                '}' => depth -= 1,
                _ => {}
            }
        }
        return;
    }
    let end = tree.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(tree.len());
    let mut path = before.to_vec();
    if end > 0 {
        path.push(tree[..end].to_owned());
    }
    match tree[end..].strip_prefix("::") {
        Some(rest) => paths(rest, &path, found),
        None => found.push(path),
    }
}

/// The module path of a file: `gazetteer/check/file.rs` is `gazetteer::check::file`.
fn module(name: &str) -> Vec<String> {
    let mut parts: Vec<String> =
        name.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if parts.last().is_some_and(|last| matches!(last.as_str(), "mod" | "lib" | "main")) {
        parts.pop();
    }
    parts
}

/// Every path that a module's code takes from `crate::` or `super::`, from the crate's root.
fn used_paths(own: &[String], text: &str) -> Vec<Vec<String>> {
    let code = code(text).join("\n");
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        // `pub(in crate::…)` says who may look, not where this looks.
        if begins_path(&code, at) && !code[..at].ends_with("(in ") {
            paths(&code[at + "crate::".len()..], &[], &mut found);
        }
    }
    for (at, _) in code.match_indices("super::") {
        if !begins_path(&code, at) {
            continue;
        }
        let mut rest = &code[at..];
        let mut up = own.len();
        while let Some(above) = rest.strip_prefix("super::") {
            rest = above;
            up = up.checked_sub(1).expect("no module is above the root");
        }
        paths(rest, &own[..up], &mut found);
    }
    found
}

/// Who uses whom among the modules below a folder; `node` says which part of a path counts.
fn edges(folder: &str, node: fn(&[String]) -> String) -> BTreeMap<String, BTreeSet<String>> {
    let files: Vec<(Vec<String>, String)> = sources()
        .into_iter()
        .filter_map(|(name, text)| Some((name.strip_prefix(folder)?.to_owned(), text)))
        .filter(|(name, _)| !name.starts_with("bin/") && name != "build.rs")
        .map(|(name, text)| (module(&name), text))
        .collect();
    let known: BTreeSet<&[String]> = files.iter().map(|(own, _)| &own[..]).collect();
    let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (own, text) in files.iter().filter(|(own, _)| !own.is_empty()) {
        let from = node(own);
        let users = edges.entry(from.clone()).or_default();
        for path in used_paths(own, text) {
            // The module is the longest known beginning of a path; items of the root have none.
            let length = (1..=path.len()).rev().find(|&length| known.contains(&path[..length]));
            let Some(length) = length else { continue };
            let to = node(&path[..length]);
            // What a module shares with those in it is its own affair.
            let holds = |outer: &str, inner: &str| inner.starts_with(&format!("{outer}::"));
            if from != to && !holds(&to, &from) && !holds(&from, &to) {
                users.insert(to);
            }
        }
    }
    edges
}

/// Modules from the first stage to the last, and those that each one uses.
type Order = &'static [(&'static str, &'static [&'static str])];

/// TOML → schema → checks → lexicon → scan → judge → resolve → mention → output.
const LIBRARY: Order = &[
    ("arabic", &[]),
    ("text", &[]),
    ("span", &[]),
    ("kind", &[]),
    ("diagnostic", &[]),
    ("error", &["diagnostic"]),
    ("entity", &["arabic", "kind"]),
    ("gazetteer::entities", &["entity"]),
    ("gazetteer::packed", &["entity", "gazetteer::entities"]),
    ("gazetteer::source", &["diagnostic", "error"]),
    ("gazetteer::schema", &["diagnostic"]),
    ("gazetteer::derive", &["entity", "gazetteer::schema", "kind"]),
    (
        "gazetteer::assemble",
        &["arabic", "entity", "gazetteer::derive", "gazetteer::schema", "kind"],
    ),
    (
        "gazetteer::check",
        &[
            "arabic",
            "diagnostic",
            "entity",
            "gazetteer::assemble",
            "gazetteer::derive",
            "gazetteer::schema",
        ],
    ),
    ("gazetteer::format", &["diagnostic", "error", "gazetteer::check", "gazetteer::schema"]),
    ("gazetteer", &["builtin", "diagnostic", "entity", "error", "kind"]),
    ("builtin", &["diagnostic", "gazetteer"]),
    ("lexicon", &["arabic", "entity", "gazetteer", "kind"]),
    ("cache", &["builtin", "diagnostic", "error", "gazetteer", "lexicon"]),
    ("batch", &[]),
    ("scan", &["arabic", "batch", "lexicon"]),
    ("judge", &["arabic", "entity", "gazetteer", "kind", "lexicon", "scan", "span"]),
    ("confidence", &["judge"]),
    ("resolve", &["judge"]),
    ("mention", &["arabic", "confidence", "entity", "judge", "kind", "lexicon", "span"]),
    ("output", &["entity", "judge", "mention"]),
    ("explain", &["judge", "lexicon", "resolve", "span"]),
    (
        "tagger",
        &[
            "arabic",
            "confidence",
            "entity",
            "explain",
            "gazetteer",
            "judge",
            "kind",
            "lexicon",
            "mention",
            "resolve",
            "scan",
            "span",
            "text",
        ],
    ),
    ("proof", &["diagnostic", "error", "gazetteer", "span", "tagger"]),
];

/// The shipped gazetteer is the one thing that both of these must know of.
const BACKWARD: [(&str, &str); 1] = [("gazetteer", "builtin")];

const COMMAND: Order = &[
    ("args", &[]),
    ("input", &["args"]),
    ("check", &["args"]),
    ("eval", &["args"]),
    ("explain", &["args"]),
    ("fmt", &["args"]),
    ("stats", &["args"]),
    ("tag", &["args", "input"]),
];

fn assert_order(order: Order, found: &BTreeMap<String, BTreeSet<String>>) {
    let rows: BTreeMap<&str, BTreeSet<&str>> =
        order.iter().map(|(module, uses)| (*module, uses.iter().copied().collect())).collect();
    let found: BTreeMap<&str, BTreeSet<&str>> = found
        .iter()
        .map(|(module, uses)| (module.as_str(), uses.iter().map(String::as_str).collect()))
        .collect();
    for module in rows.keys().chain(found.keys()) {
        assert_eq!(found.get(module), rows.get(module), "what `{module}` uses, and what it may");
    }
    for (number, (module, uses)) in order.iter().enumerate() {
        for used in *uses {
            let earlier = order[..number].iter().any(|(before, _)| before == used);
            assert!(earlier || BACKWARD.contains(&(*module, *used)), "`{module}` before `{used}`");
        }
    }
}

#[test]
fn data_flows_one_way() {
    let node = |path: &[String]| {
        let parts = if path[0] == "gazetteer" { 2 } else { 1 };
        path[..path.len().min(parts)].join("::")
    };
    assert_order(LIBRARY, &edges("", node));
}

#[test]
fn commands_know_what_was_typed_and_not_each_other() {
    assert_order(COMMAND, &edges("bin/dalil/", |path| path[0].clone()));
}

/// Each dependency but `serde`, which every type that is written or read may name.
const HOMES: [(&str, &[&str]); 19] = [
    ("aho_corasick", &["lexicon/automaton.rs"]),
    ("annotate_snippets", &["diagnostic/render.rs"]),
    ("anstream", &["bin/dalil/args.rs"]),
    ("anstyle", &["output/text.rs"]),
    ("clap", &["bin/dalil/args.rs"]),
    ("dirs", &["bin/dalil/args.rs"]),
    ("itoa", &["output/tsv.rs"]),
    ("memchr", &["bin/dalil/input.rs"]),
    ("postcard", &["gazetteer/entities.rs", "gazetteer/packed.rs", "lexicon/packed.rs"]),
    ("rayon", &["bin/dalil/tag.rs"]),
    (
        "serde_json",
        &[
            "bin/dalil/eval/mod.rs",
            "bin/dalil/eval/score.rs",
            "bin/dalil/input.rs",
            "output/jsonl.rs",
        ],
    ),
    ("rust_iso3166", &["gazetteer/check/corpus.rs"]),
    ("simdutf8", &["text.rs"]),
    ("strsim", &["gazetteer/schema/mod.rs"]),
    ("toml", &["gazetteer/schema/read.rs"]),
    ("toml_edit", &["gazetteer/format.rs"]),
    (
        "unicode_normalization",
        &["arabic/letters.rs", "gazetteer/check/characters.rs", "gazetteer/check/file.rs"],
    ),
    ("unicode_segmentation", &["arabic/boundary.rs"]),
    ("xxhash_rust", &["builtin.rs", "cache.rs"]),
];

#[test]
fn each_dependency_is_known_to_few_files() {
    for (dependency, homes) in HOMES {
        let path = format!("{dependency}::");
        let names_it = |text: &str| {
            let code = code(text).join("\n");
            code.match_indices(&path).any(|(at, _)| begins_path(&code, at))
                || code.contains(&format!("use {dependency};"))
        };
        let users: Vec<String> = sources()
            .into_iter()
            .filter(|(_, text)| names_it(text))
            .map(|(name, _)| name)
            .collect();
        assert_eq!(users, homes, "the files that name {dependency}, and those that may");
    }
}

#[test]
fn every_dependency_has_a_row() {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let manifest = std::fs::read_to_string(manifest).expect("text");
    let manifest: toml::Table = toml::from_str(&manifest).expect("TOML");
    let declared: BTreeSet<String> = ["dependencies", "build-dependencies"]
        .iter()
        .flat_map(|table| manifest[*table].as_table().expect("a table").keys())
        .map(|name| name.replace('-', "_"))
        .collect();
    let known = HOMES.iter().map(|(name, _)| *name).chain(["serde"]).map(str::to_owned);
    assert_eq!(declared, known.collect());
}

/// The longest a file may get, in lines of code.
const LONGEST: usize = 500;
/// Files that are longer, and their own limits: to be brought down, not up.
const LONGER: [(&str, usize); 1] = [("gazetteer/check/corpus.rs", 600)];

#[test]
fn one_concept_a_file() {
    for (name, text) in sources() {
        let lines = code(&text).len();
        let own = LONGER.iter().find(|(longer, _)| *longer == name).map(|(_, limit)| *limit);
        assert!(lines <= own.unwrap_or(LONGEST), "{name} has {lines} lines of code");
        assert!(own.is_none() || lines > LONGEST, "{name} is no longer long: drop its row");
    }
}

#[test]
fn the_reading_of_sources_itself() {
    let text = "\
use crate::{a, b::{c, D}};
// use crate::comment;
pub(in crate::hidden) fn f() { super::super::g(super::h::i); }
#[cfg(test)]
use crate::probe;
struct Last;
#[cfg(test)]
mod tests {
    use super::*;
    fn t() {
    }
}
";
    let lines = code(text);
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert_eq!(lines[2], "struct Last;");
    let own: Vec<String> = ["x", "y"].map(str::to_owned).into();
    let mut found: Vec<String> =
        used_paths(&own, text).iter().map(|path| path.join("::")).collect();
    found.sort();
    assert_eq!(found, ["a", "b::D", "b::c", "g", "x::h::i"]);
}
