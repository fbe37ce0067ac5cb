//! The shipped gazetteers hold what the checks ask, and what the papers say.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use dalil::{Context, Gazetteer};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("gazetteers")
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            found.push(path);
        }
    }
}

#[test]
fn they_pass_the_checks_and_their_examples_hold() {
    let problems = Gazetteer::builder().folder(folder()).prove().expect("readable files");
    let shown: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert!(problems.is_empty(), "{}", shown.join("\n\n"));
}

#[test]
#[cfg(feature = "cli")]
fn they_are_in_canonical_form() {
    let mut paths = Vec::new();
    files(&folder(), &mut paths);
    assert!(paths.len() > 100);
    for path in paths {
        let text = std::fs::read_to_string(&path).expect("text");
        let name = path.display().to_string();
        let formatted = dalil::format(&name, &text).expect("it reads");
        assert!(formatted == text, "{name}: run `cargo run --release -- fmt gazetteers`");
    }
}

#[test]
fn they_hold_what_the_papers_say() {
    let gazetteer = Gazetteer::builtin();
    let of_kind = |kind: &str| gazetteer.entities().iter().filter(|e| e.kind == kind).count();
    assert!(of_kind("place") > 10_000);
    assert!(of_kind("faction") >= 450);
    assert!(of_kind("official") >= 1_000);
    assert!(of_kind("organization") >= 400);
    assert!(of_kind("state") >= 195);
    let codes: BTreeSet<&str> =
        gazetteer.entities().iter().filter_map(|entity| entity.country.as_deref()).collect();
    assert!(codes.len() >= 249, "ISO 3166 has so many: {}", codes.len());
}

#[test]
fn well_known_entities_keep_their_ids() {
    let gazetteer = Gazetteer::builtin();
    for (kind, id, country, qid) in [
        ("state", "syria", Some("SY"), Some("Q858")),
        ("place", "aleppo", Some("SY"), Some("Q41183")),
        ("place", "damascus", Some("SY"), Some("Q3766")),
        ("place", "eastern-ghouta", Some("SY"), None),
        ("official", "bashar-al-assad", Some("SY"), Some("Q44329")),
        ("official", "sergey-lavrov", Some("RU"), None),
        ("organization", "united-nations", None, Some("Q1065")),
        ("organization", "russia-defence-ministry", Some("RU"), None),
        ("faction", "hezbollah", Some("LB"), None),
        ("faction", "syria-army", Some("SY"), None),
    ] {
        let entity = gazetteer.get(kind, id).unwrap_or_else(|| panic!("{kind}:{id}"));
        assert_eq!(entity.country.as_deref(), country, "{id}");
        if qid.is_some() {
            assert_eq!(entity.qid.as_deref(), qid, "{id}");
        }
    }
}

#[test]
fn no_free_form_is_tiny() {
    for entity in Gazetteer::builtin().entities() {
        for surface in &entity.surfaces {
            let letters = surface.text.chars().filter(|c| c.is_alphanumeric()).count();
            let free = surface.marks.context == Context::Free;
            assert!(!free || letters >= 3, "{}: {}", entity.id, surface.text);
        }
    }
}

/// A mark without a sentence that shows the danger is a guess.
#[test]
fn marked_entries_have_counterexamples() {
    let mut paths = Vec::new();
    files(&folder(), &mut paths);
    let mut bare = Vec::new();
    for path in paths {
        let file: toml::Table =
            toml::from_str(&std::fs::read_to_string(&path).expect("text")).expect("TOML");
        let entries = file.get("entry").and_then(toml::Value::as_array);
        for entry in entries.into_iter().flatten() {
            let has = |field: &str| entry.get(field).is_some();
            let aliases = entry.get("aliases").and_then(toml::Value::as_array);
            let marked = |alias: &toml::Value| alias.get("context").is_some();
            let is_marked = has("context")
                || has("ambiguous")
                || aliases.is_some_and(|aliases| aliases.iter().any(marked));
            if is_marked && !has("counterexamples") {
                bare.push(format!("{}: {}", path.display(), entry["id"]));
            }
        }
    }
    assert!(bare.is_empty(), "{}", bare.join("\n"));
}
