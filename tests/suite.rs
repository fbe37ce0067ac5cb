//! The cases of `tests/cases`, through the library, the oracle and the command.

mod common;

use std::io::Write as _;

use common::cases::{self, CaseFile, Expected};
use common::oracle;
use dalil::{Scratch, Tagger};

fn tagger(file: &CaseFile) -> Tagger {
    Tagger::builder(file.load()).overlaps(file.overlaps()).roles(file.roles).build()
}

#[test]
fn library() {
    for (name, file) in cases::all() {
        let tagger = tagger(&file);
        for case in &file.test {
            let (text, expected) = cases::parse(&case.text);
            let mut mentions = Vec::new();
            tagger.tag_dated(&mut Scratch::default(), &text, case.date.as_deref(), |mention| {
                mentions.push(mention);
            });
            let found: Vec<Expected> = mentions
                .iter()
                .map(|mention| Expected {
                    start: mention.bytes.start,
                    end: mention.bytes.end,
                    id: mention.id().to_owned(),
                })
                .collect();
            let explained = || tagger.explain(&text).to_string();
            assert_eq!(found, expected, "{name}: {}\n{}", case.name, explained());
            if let Some(clitics) = &case.clitics {
                let found: Vec<String> =
                    mentions.iter().map(|mention| mention.clitics.letters().collect()).collect();
                assert_eq!(&found, clitics, "{name}: {}", case.name);
            }
        }
    }
}

#[test]
fn naive_oracle() {
    for (name, file) in cases::all().into_iter().filter(|(_, file)| file.oracle) {
        let gazetteer = file.load();
        for case in &file.test {
            let (text, expected) = cases::parse(&case.text);
            let found: Vec<Expected> = oracle::tag(&gazetteer, &text)
                .into_iter()
                .map(|hit| Expected { start: hit.start, end: hit.end, id: hit.id })
                .collect();
            assert_eq!(found, expected, "{name}: {}", case.name);
        }
    }
}

#[test]
fn command() {
    for (name, file) in cases::all() {
        let folder = tempfile::tempdir().expect("a folder");
        for (path, text) in file.files() {
            std::fs::write(folder.path().join(path), text).expect("a gazetteer");
        }
        let mut input = tempfile::Builder::new().suffix(".jsonl").tempfile().expect("a file");
        for case in &file.test {
            let (text, _) = cases::parse(&case.text);
            let line = serde_json::json!({"id": case.name, "text": text, "date": case.date});
            writeln!(input, "{line}").expect("a line");
        }
        let output = assert_cmd::Command::cargo_bin("dalil")
            .expect("the command")
            .args(["tag", "--format", "jsonl", "--no-builtin", "--overlaps", &file.overlaps])
            .args(file.roles.then_some("--roles"))
            .arg("--gazetteers")
            .arg(folder.path())
            .arg(input.path())
            .output()
            .expect("it runs");
        let lines = String::from_utf8(output.stdout).expect("text");
        assert_eq!(lines.lines().count(), file.test.len(), "{name}: {lines}");
        for (line, case) in lines.lines().zip(&file.test) {
            let (text, expected) = cases::parse(&case.text);
            let document: serde_json::Value = serde_json::from_str(line).expect("JSON");
            let found: Vec<Expected> = document["mentions"]
                .as_array()
                .expect("a list")
                .iter()
                .map(|mention| {
                    let number = |field: &str| {
                        usize::try_from(mention[field].as_u64().expect("a number")).expect("small")
                    };
                    let (start, end) = (number("byte_start"), number("byte_end"));
                    assert_eq!(mention["text"], text[start..end]);
                    let chars = text[..start].chars().count();
                    assert_eq!(number("start"), chars);
                    assert_eq!(number("end"), chars + text[start..end].chars().count());
                    let id = mention["id"].as_str().expect("an id").to_owned();
                    Expected { start, end, id }
                })
                .collect();
            assert_eq!(found, expected, "{name}: {}", case.name);
        }
    }
}
