//! The command, as its users run it.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command as Process, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use assert_cmd::Command;

fn dalil() -> Command {
    Command::cargo_bin("dalil").expect("the command")
}

struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

fn run(command: &mut Command) -> Run {
    let output = command.output().expect("it runs");
    Run {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).expect("text"),
        err: String::from_utf8(output.stderr).expect("text"),
    }
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("a file");
    }
    folder
}

fn ids(jsonl: &str) -> Vec<(String, Vec<String>)> {
    let document = |line: &str| {
        let value: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let id = |m: &serde_json::Value| m["id"].as_str().expect("an id").to_owned();
        let mentions = value["mentions"].as_array().expect("a list").iter().map(id).collect();
        (value["id"].as_str().expect("an id").to_owned(), mentions)
    };
    jsonl.lines().map(document).collect()
}

const NEWS: &str = "وصل الوفد إلى دمشق ثم غادر إلى بيروت";

#[test]
fn exit_codes_and_streams() {
    let found = run(dalil().arg("tag").write_stdin(NEWS));
    assert_eq!((found.code, found.err.as_str()), (Some(0), ""));
    assert_eq!(found.out.lines().count(), 2);
    let nothing = run(dalil().arg("tag").write_stdin("لا شيء هنا"));
    assert_eq!((nothing.code, nothing.out.as_str()), (Some(1), ""));
    let missing = run(dalil().args(["tag", "no/such/file.txt"]));
    assert_eq!((missing.code, missing.out.as_str()), (Some(2), ""));
    assert!(missing.err.contains("no/such/file.txt"));
    let unknown = run(dalil().args(["tag", "--kinds", "town"]).write_stdin(NEWS));
    assert_eq!(unknown.code, Some(2));
    assert!(unknown.err.contains("unknown kind `town`"), "{}", unknown.err);
}

#[test]
fn one_bad_file_does_not_stop_the_others() {
    let folder = folder(&[("a.txt", NEWS)]);
    let good = folder.path().join("a.txt");
    let run = run(dalil().args(["tag", "-f", "jsonl", "no/such/file"]).arg(&good));
    assert_eq!(run.code, Some(2));
    assert_eq!(ids(&run.out)[0].1, ["damascus", "beirut"]);
}

#[test]
fn formats() {
    let text = "قرب حلب";
    let format = |name: &str| run(dalil().args(["tag", "--format", name]).write_stdin(text)).out;
    assert_eq!(format("inline"), "قرب [حلب](place:aleppo)\n");
    assert_eq!(format("text"), "4..7  place  aleppo  قرب حلب\n");
    let tsv = format("tsv");
    let rows: Vec<&str> = tsv.lines().collect();
    assert!(rows[0].starts_with("document\tkind\tid\t"));
    assert_eq!(rows[1], "-\tplace\taleppo\tحلب\tAleppo\t4\t7\t7\t13\tحلب\t4\t7\t");
    let json: serde_json::Value = serde_json::from_str(&format("jsonl")).expect("JSON");
    let mention = &json["mentions"][0];
    for (field, value) in [("start", 4), ("end", 7), ("byte_start", 7), ("byte_end", 13)] {
        assert_eq!(mention[field], value, "{field}");
    }
    assert_eq!(mention["clitics"], serde_json::json!([]));
}

#[test]
fn folders_are_read_in_the_order_of_names() {
    let folder = folder(&[("b.txt", "بيروت"), ("a.txt", "دمشق"), ("c.md", "حلب")]);
    let run = run(dalil().args(["tag", "-f", "jsonl"]).arg(folder.path()));
    let found: Vec<Vec<String>> = ids(&run.out).into_iter().map(|(_, ids)| ids).collect();
    assert_eq!(found, [["damascus"], ["beirut"]]);
}

#[test]
fn json_lines_and_their_fields() {
    let lines =
        "{\"id\":\"x\",\"text\":\"دمشق\"}\n\n{\"id\":7,\"text\":\"بيروت\"}\n{\"text\":\"حلب\"}\n";
    let input = ["tag", "-f", "jsonl", "--input", "jsonl"];
    let found = ids(&run(dalil().args(input).write_stdin(lines)).out);
    let names: Vec<&str> = found.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(names, ["x", "7", "-:4"]);
    let other = "{\"key\":\"y\",\"body\":\"دمشق\"}";
    let fields = ["--text-field", "body", "--id-field", "key"];
    let found = ids(&run(dalil().args(input).args(fields).write_stdin(other)).out);
    assert_eq!(found, [("y".to_owned(), vec!["damascus".to_owned()])]);
    let bad = run(dalil().args(input).write_stdin("{\"text\":\"دمشق\"}\n{broken\n"));
    assert_eq!(bad.code, Some(2));
    assert!(bad.err.contains("-:2: "), "{}", bad.err);
    assert_eq!(ids(&bad.out).len(), 1);
}

#[test]
fn kinds_overlaps_and_layers() {
    let tag = |arguments: &[&str], text: &str| {
        let run = run(dalil().args(["tag", "-f", "jsonl"]).args(arguments).write_stdin(text));
        ids(&run.out).remove(0).1
    };
    assert_eq!(tag(&["--kinds", "state"], "من دمشق إلى روسيا"), ["russia"]);
    assert_eq!(tag(&[], "في ريف دمشق"), ["rif-dimashq"]);
    assert_eq!(tag(&["--overlaps", "nested"], "في ريف دمشق"), ["rif-dimashq", "damascus"]);
    assert_eq!(tag(&["--demonyms"], "الوفد السوري"), ["syria"]);
    assert_eq!(tag(&[], "الوفد السوري"), [""; 0]);
    assert_eq!(tag(&["--min-confidence", "0.99"], "دمشق"), [""; 0]);
    assert_eq!(tag(&[], "أغلق الباب"), [""; 0]);
    assert_eq!(tag(&["--no-context"], "أغلق الباب"), ["al-bab"]);
}

#[test]
fn a_date_decides_between_bearers_of_a_name() {
    let tag = |date: &str| {
        let args = ["tag", "-f", "jsonl", "--date", date];
        ids(&run(dalil().args(args).write_stdin("قال الرئيس بوش")).out).remove(0).1
    };
    assert_eq!(tag("1990-08-02"), ["george-h-w-bush"]);
    assert_eq!(tag("2005"), ["george-w-bush"]);
}

#[test]
fn the_order_of_output_is_that_of_input() {
    let names = ["دمشق", "بيروت", "نص بلا أسماء", "حلب وإدلب"];
    let text: String = (0..4000).map(|line| format!("{} {line}\n", names[line % 4])).collect();
    let tag = |jobs: &str| {
        run(dalil().args(["tag", "--doc", "line", "-f", "jsonl", "-j", jobs]).write_stdin(&*text))
            .out
    };
    let one = tag("1");
    assert_eq!(one.lines().count(), 4000);
    assert!(one == tag("4"));
}

#[test]
fn invalid_bytes_are_reported_and_the_rest_is_tagged() {
    let mut bytes = "دمشق ".as_bytes().to_vec();
    bytes.extend([0xFF, b' ']);
    bytes.extend("بيروت".as_bytes());
    let run = run(dalil().args(["tag", "-f", "jsonl"]).write_stdin(bytes));
    assert_eq!(run.code, Some(0));
    assert!(run.err.contains("not UTF-8 at byte 9"), "{}", run.err);
    assert_eq!(ids(&run.out)[0].1, ["damascus", "beirut"]);
}

#[test]
fn lines_past_the_limit_are_reported_and_left_out() {
    let text = format!("دمشق\n{}\nبيروت\n", "حلب ".repeat(100));
    let args = ["tag", "--doc", "line", "-f", "jsonl", "--max-doc-bytes", "64"];
    let run = run(dalil().args(args).write_stdin(text));
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("-:2: more than 64 bytes"), "{}", run.err);
    let names: Vec<String> = ids(&run.out).into_iter().map(|(id, _)| id).collect();
    assert_eq!(names, ["-:1", "-:3"]);
}

#[test]
fn colours_only_where_wanted() {
    let tag = |color: &str| run(dalil().args(["tag", "--color", color]).write_stdin(NEWS)).out;
    assert!(tag("always").contains('\u{1B}'));
    assert!(!tag("never").contains('\u{1B}'));
    assert!(!tag("auto").contains('\u{1B}'));
}

fn spawn(arguments: &[&str]) -> std::process::Child {
    Process::new(assert_cmd::cargo::cargo_bin("dalil"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts")
}

#[test]
fn each_answer_comes_before_the_next_line_is_read() {
    let mut child = spawn(&["tag", "--doc", "line", "-f", "jsonl", "-"]);
    let mut input = child.stdin.take().expect("a pipe");
    let output = BufReader::new(child.stdout.take().expect("a pipe"));
    let (sender, answers) = mpsc::channel();
    std::thread::spawn(move || {
        for line in output.lines() {
            if sender.send(line.expect("text")).is_err() {
                break;
            }
        }
    });
    for (line, id) in [("دمشق", "damascus"), ("بيروت", "beirut"), ("حلب", "aleppo")] {
        writeln!(input, "{line}").expect("it listens");
        let answer = answers.recv_timeout(Duration::from_secs(60)).expect("an answer");
        assert_eq!(ids(&answer)[0].1, [id]);
    }
    drop(input);
    assert!(child.wait().expect("it ends").success());
}

#[test]
fn broken_pipes_are_quiet() {
    let mut child = spawn(&["tag", "--doc", "line", "-f", "jsonl", "-"]);
    drop(child.stdout.take());
    let mut input = child.stdin.take().expect("a pipe");
    let writer = std::thread::spawn(move || {
        for _ in 0..200_000 {
            if writeln!(input, "{NEWS}").is_err() {
                break;
            }
        }
    });
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("the writer ends");
    assert!(output.status.success());
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

/// Endless input is tagged in flat memory.
#[test]
#[cfg(target_os = "linux")]
fn endless_input_in_flat_memory() {
    const LIMIT_KIB: usize = 400 << 10;
    let mut child = spawn(&["tag", "--doc", "line", "-f", "tsv", "-j", "2", "-"]);
    let mut output = child.stdout.take().expect("a pipe");
    let reader = std::thread::spawn(move || std::io::copy(&mut output, &mut std::io::sink()));
    let mut input = child.stdin.take().expect("a pipe");
    let block = format!("{NEWS} ونص طويل لا أسماء فيه\n").repeat(10_000);
    for _ in 0..40 {
        input.write_all(block.as_bytes()).expect("it listens");
    }
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).expect("status");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a peak");
    let kib: usize = peak.trim().trim_end_matches(" kB").parse().expect("a number");
    drop(input);
    assert!(child.wait().expect("it ends").success());
    reader.join().expect("the reader ends").expect("it reads");
    assert!(kib < LIMIT_KIB, "{kib} KiB");
}

const OWN: &str = "schema = 1\nkind = \"place\"\n\n[[entry]]\nid = \"aleppo\"\nname = \"حلب الشهباء\"\nen = \"Aleppo\"\nsource = \"test\"\n";

#[test]
fn own_gazetteers_extend_and_replace() {
    let folder = folder(&[("own.toml", OWN)]);
    let tag = |text: &str, arguments: &[&str]| {
        let mut command = dalil();
        command.args(["tag", "-f", "jsonl", "--gazetteers"]).arg(folder.path()).args(arguments);
        run(command.write_stdin(text))
    };
    let replaced = tag("حلب الشهباء ودمشق", &[]);
    assert_eq!(ids(&replaced.out)[0].1, ["aleppo", "damascus"]);
    assert!(replaced.err.contains("G305") && replaced.err.contains("own.toml"), "{}", replaced.err);
    let alone = tag("حلب الشهباء ودمشق", &["--no-builtin"]);
    assert_eq!(ids(&alone.out)[0].1, ["aleppo"]);
}

#[test]
fn check_reports_all_and_fails() {
    let trial = OWN.replace("aleppo", "trial-quarter").replace("حلب الشهباء", "حارة التجربة");
    let broken = trial.replace("en = ", "eng = ").replace("trial-quarter", "Trial");
    let folder = folder(&[("own.toml", &broken)]);
    let bad = run(dalil().arg("check").arg(folder.path()));
    assert_eq!((bad.code, bad.out.as_str()), (Some(2), ""));
    for part in ["error[G101]", "error[G102]", "error[G201]", "own.toml:5:6", "3 problems"] {
        assert!(bad.err.contains(part), "{part} in\n{}", bad.err);
    }
    let good = self::folder(&[("own.toml", &trial)]);
    assert_eq!(run(dalil().arg("check").arg(good.path())).code, Some(0));
}

#[test]
fn check_runs_examples() {
    let wrong = format!(
        "{}examples = [\n    \"في [دمشق] أمس\",\n]\n",
        OWN.replace("aleppo", "trial-quarter").replace("حلب الشهباء", "حارة التجربة")
    );
    let folder = folder(&[("own.toml", &wrong)]);
    let run = run(dalil().arg("check").arg(folder.path()));
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("G401") && run.err.contains("place:damascus"), "{}", run.err);
}

#[test]
fn fmt_checks_and_writes() {
    let messy = "schema = 1\nkind = \"place\"\n[[entry]]\nen = \"B\"\nid = \"b\"\nname = \"بيت\"\nsource = \"s\"\n";
    let folder = folder(&[("own.toml", messy)]);
    let path = folder.path().join("own.toml");
    assert_eq!(run(dalil().args(["fmt", "--check"]).arg(&path)).code, Some(2));
    assert_eq!(std::fs::read_to_string(&path).expect("text"), messy);
    assert_eq!(run(dalil().arg("fmt").arg(&path)).code, Some(0));
    assert_eq!(run(dalil().args(["fmt", "--check"]).arg(folder.path())).code, Some(0));
    let text = std::fs::read_to_string(&path).expect("text");
    assert!(text.find("id = ").expect("an id") < text.find("name = ").expect("a name"));
}

#[test]
fn explain_says_why() {
    let run = run(dalil().args(["explain", "أغلق الباب ثم قصف مدينة الباب"]));
    assert_eq!(run.code, Some(0));
    assert!(run.out.starts_with("folded  اغلق الباب ثم قصف مدينة الباب\n"));
    assert!(run.out.contains("dropped") && run.out.contains("needs a cue word"), "{}", run.out);
    assert!(run.out.contains("beside the cue مدينة"), "{}", run.out);
    assert_eq!(self::run(dalil().args(["explain", "لا شيء هنا"])).code, Some(1));
}

#[test]
fn eval_counts() {
    // One hit, one miss, one false alarm.
    let gold = serde_json::json!({
        "id": "1",
        "text": "من دمشق إلى فلان وبيروت",
        "spans": [
            {"start": 3, "end": 7, "kind": "place"},
            {"start": 12, "end": 16, "kind": "place"},
        ],
    });
    let folder = folder(&[("gold.jsonl", &gold.to_string())]);
    let path = folder.path().join("gold.jsonl");
    let run = run(dalil().args(["eval", "--errors", "9"]).arg(&path));
    assert_eq!(run.code, Some(0));
    let row = run.out.lines().find(|line| line.starts_with("place")).expect("a row");
    let cells: Vec<&str> = row.split_whitespace().collect();
    assert_eq!(cells, ["place", "1", "1", "1", "0.5000", "0.5000", "0.5000"]);
    assert!(run.out.contains("miss\t1\tplace") && run.out.contains("false\t1\tplace"));
}

#[test]
fn stats_count_the_gazetteers() {
    let run = run(dalil().args(["stats", "--markdown"]));
    assert_eq!(run.code, Some(0));
    assert!(run.out.starts_with("| kind | entries | names |"));
    assert_eq!(run.out.lines().count(), 8);
}

#[test]
fn the_papers_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for paper in ["README.md", "DESIGN.md", "CONTRIBUTING.md", "CHANGELOG.md", "gazetteers/NOTICE"]
    {
        assert!(root.join(paper).exists(), "{paper}");
    }
}
