//! Against development texts that lie beside a working copy and are not part of the project; where they
//! are absent, these tests say so and pass.

use std::path::{Path, PathBuf};
use std::process::Command;

use dalil::{Gazetteer, Tagger};

fn shared(file: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/eval").join(file);
    if !path.exists() {
        eprintln!("skipped: ../shared/eval/{file} is not here");
        return None;
    }
    Some(path)
}

#[test]
fn the_seed_article_is_read_whole() {
    let Some(path) = shared("dev/seed_article.jsonl") else { return };
    let gold = std::fs::read_to_string(path).expect("text");
    let gold: serde_json::Value = serde_json::from_str(&gold).expect("JSON");
    let text = gold["text"].as_str().expect("a text");
    let tagger = Tagger::new(Gazetteer::builtin());
    let found: Vec<(u64, u64, String)> = tagger
        .tag(text)
        .iter()
        .map(|m| (m.chars.start as u64, m.chars.end as u64, m.kind().to_string()))
        .collect();
    let spans = gold["spans"].as_array().expect("spans");
    assert_eq!(spans.len(), 45);
    for span in spans {
        let wanted = (
            span["start"].as_u64().expect("a number"),
            span["end"].as_u64().expect("a number"),
            span["kind"].as_str().expect("a kind").to_owned(),
        );
        assert!(found.contains(&wanted), "missed {span}");
    }
    assert!(found.len() <= spans.len() + 2, "{} mentions", found.len());
}

/// Every figure of every mode is that of the reference script.
#[test]
fn eval_agrees_with_the_reference_script() {
    let Some(script) = shared("score.py") else { return };
    if Command::new("python3").arg("--version").output().is_err() {
        eprintln!("skipped: no python3 here");
        return;
    }
    for name in ["seed_article", "gold2015", "newsfane", "aqmar", "wojood_sample", "idrisi_ra"] {
        let Some(gold) = shared(&format!("dev/{name}.jsonl")) else { return };
        let dalil = || assert_cmd::Command::cargo_bin("dalil").expect("the command");
        let tagged = dalil().args(["tag", "--format", "jsonl"]).arg(&gold).output().expect("runs");
        let tagged = String::from_utf8(tagged.stdout).expect("text");
        let mut predictions = String::new();
        for line in tagged.lines() {
            let document: serde_json::Value = serde_json::from_str(line).expect("JSON");
            let spans: Vec<serde_json::Value> = document["mentions"]
                .as_array()
                .expect("mentions")
                .iter()
                .map(|m| serde_json::json!({"start": m["start"], "end": m["end"], "kind": m["kind"]}))
                .collect();
            let row = serde_json::json!({"id": document["id"], "spans": spans});
            predictions += &format!("{row}\n");
        }
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), predictions).expect("written");
        let reference = Command::new("python3")
            .arg(&script)
            .arg(&gold)
            .arg(file.path())
            .output()
            .expect("runs");
        let own = dalil().args(["eval", "--all-modes"]).arg(&gold).output().expect("runs");
        let figures = |output: Vec<u8>| -> Vec<Vec<String>> {
            let text = String::from_utf8(output).expect("text");
            let row = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            // The script prints precision 0.0000 where nothing was found, as dalil does.
            text.lines().map(row).filter(|row| !row.is_empty()).collect()
        };
        assert_eq!(figures(own.stdout), figures(reference.stdout), "{name}");
    }
}
