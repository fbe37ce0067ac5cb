//! What the checks say: one folder a case under `tests/diagnostics/`, with the files that are wrong
//! and what is said of them. `UPDATE_EXPECT=1 cargo test --test diagnostics` writes it anew.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use dalil::{Diagnostic, Gazetteer, Severity};

/// The folders of the cases, with the root first: tests run in the package's folder.
fn cases() -> Vec<PathBuf> {
    let folder = fs::read_dir("tests/diagnostics").expect("the folder of the cases");
    let mut cases: Vec<PathBuf> = folder.map(|entry| entry.expect("a case").path()).collect();
    cases.sort();
    cases
}

/// Checks a case: its layers in the order of their names, or itself as the one layer.
fn check(case: &Path) -> Vec<Diagnostic> {
    let mut layers: Vec<PathBuf> = fs::read_dir(case)
        .expect("a case is a folder")
        .map(|entry| entry.expect("a file of a case").path())
        .filter(|path| {
            path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"layer-"))
        })
        .collect();
    layers.sort();
    if layers.is_empty() {
        layers.push(case.to_owned());
    }
    let mut builder = Gazetteer::builder().without_builtin_entries();
    for layer in layers {
        builder = builder.folder(layer);
    }
    builder.check().expect("the files can be read")
}

fn report(problems: &[Diagnostic]) -> String {
    problems.iter().map(|problem| format!("{}\n\n", problem.to_string().trim_end())).collect()
}

#[test]
fn every_case_says_what_it_should() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut wrong = Vec::new();
    for case in cases() {
        let found = report(&check(&case));
        let expected = case.join("expected.txt");
        if update {
            fs::write(&expected, found).expect("the case is writable");
        } else if fs::read_to_string(&expected).ok().as_deref() != Some(&*found) {
            wrong.push(format!("{}:\n{found}", case.display()));
        }
    }
    assert!(wrong.is_empty(), "not as expected, of them now:\n{}", wrong.join("\n"));
}

#[test]
fn every_code_has_a_case_and_every_case_its_code() {
    let known: BTreeSet<&str> = Gazetteer::check_codes().map(|(code, _)| code).collect();
    let mut shown = BTreeSet::new();
    for case in cases() {
        let name =
            case.file_name().and_then(|name| name.to_str()).expect("an ASCII name").to_owned();
        let codes: BTreeSet<&str> = check(&case).iter().map(Diagnostic::code).collect();
        if let Some(code) = name.split('-').next().filter(|code| code.starts_with('G')) {
            assert!(codes.contains(code), "{name} reports {codes:?}");
            assert_eq!(codes.len(), 1, "{name} reports {codes:?}");
        }
        shown.extend(codes);
    }
    let missing: Vec<_> = known.difference(&shown).collect();
    assert!(missing.is_empty(), "no case under tests/diagnostics shows {missing:?}");
}

#[test]
fn one_run_tells_everything() {
    let problems = check(Path::new("tests/diagnostics/twelve-at-once"));
    let codes: Vec<&str> = problems.iter().map(Diagnostic::code).collect();
    assert_eq!(codes.len(), 12, "{codes:?}");
}

#[test]
fn messages_keep_their_style() {
    for problem in cases().iter().flat_map(|case| check(case)) {
        let message = problem.message();
        let starts_lower =
            message.starts_with(|c: char| c.is_lowercase() || c == '`' || c.is_ascii_digit());
        assert!(starts_lower, "{message}");
        assert!(!message.ends_with('.'), "{message}");
        assert!(problem.to_string().contains("= help: "), "{problem}");
        assert!(problem.location().is_some(), "{problem}");
    }
}

/// The caret stands under the quoted value however many vowel marks stand on it.
#[test]
fn underlines_count_no_vowel_marks() {
    let text = "schema = 1\nkind = \"place\"\n[[entry]]\nid = \"a\"\nname = \"\u{0642}\u{064E}\u{0631}\u{0652}\u{064A}\u{064E}\u{0629}\"\nen = \"A\"\nsource = \"own\"\n";
    let builder = Gazetteer::builder().without_builtin_entries().text("a.toml", text);
    let problems = builder.check().expect("it is given as text");
    let [problem] = &*problems else { panic!("{}", report(&problems)) };
    let drawn = problem.to_string();
    let underline = drawn.lines().find(|line| line.contains('^')).expect("an underline");
    // Four letters and two quotation marks.
    assert_eq!(underline.matches('^').count(), 6, "{drawn}");
    assert_eq!(problem.location(), Some(("a.toml", 5, 8)));
}

#[test]
fn a_notice_does_not_stop_loading() {
    let entry = |en: &str| {
        format!(
            "schema = 1\nkind = \"place\"\n[[entry]]\nid = \"a\"\nname = \"\u{0642}\u{0631}\u{064A}\u{0629}\"\nen = \"{en}\"\nsource = \"own\"\n"
        )
    };
    let builder = Gazetteer::builder().without_builtin_entries();
    let gazetteer =
        builder.text("a.toml", entry("old")).text("b.toml", entry("new")).load().expect("sound");
    assert_eq!(gazetteer.get("place", "a").map(|entity| &*entity.en), Some("new"));
    let [notice] = gazetteer.notices() else { panic!("{:?}", gazetteer.notices()) };
    assert_eq!((notice.code(), notice.severity()), ("G305", Severity::Note));
}

const TRIBE: &str = "schema = 1\n[[kind]]\nid = \"tribe\"\nen = \"Tribe\"\n";

#[test]
fn a_kind_of_the_user_stands_beside_the_shipped_ones() {
    let gazetteer = Gazetteer::builder().text("kinds.toml", TRIBE).load().expect("sound");
    let kinds: Vec<&str> = gazetteer.kinds().map(|kind| kind.as_str()).collect();
    assert_eq!((kinds.len(), kinds[5]), (6, "tribe"));
    assert!(!gazetteer.entities().is_empty());
}

#[test]
fn kinds_cues_and_words_of_its_own_make_a_layer_complete() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in [("kinds", TRIBE), ("cues", "schema = 1\n"), ("words", "schema = 1\n")] {
        std::fs::write(folder.path().join(format!("{name}.toml")), text).expect("a file");
    }
    let gazetteer = Gazetteer::builder().folder(folder.path()).load().expect("sound");
    assert_eq!(gazetteer.kinds().map(|kind| kind.as_str()).collect::<Vec<_>>(), ["tribe"]);
    assert!(gazetteer.entities().is_empty());
}
