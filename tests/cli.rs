//! The command, as its users run it.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command as Process, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use assert_cmd::Command;

/// What a developer's shell may say of colours.
const COLOUR_VARIABLES: [&str; 3] = ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"];

fn dalil() -> Command {
    let mut command = Command::cargo_bin("dalil").expect("the command");
    COLOUR_VARIABLES.iter().for_each(|name| _ = command.env_remove(name));
    command.env("DALIL_CACHE", concat!(env!("CARGO_TARGET_TMPDIR"), "/cache"));
    command
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
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
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

/// Every command: all is well, nothing found, and each way to fail.
#[test]
fn exit_codes_of_every_command() {
    let folder = folder(&[
        ("good.toml", OWN),
        ("bad.toml", "schema = 1\nkind = \"place\"\n[[entry]]\nid = \"A\"\n"),
        ("not.toml", "schema = = 1\n"),
        ("none.jsonl", "{\"id\":\"1\",\"text\":\"x\",\"spans\":[]}\n"),
        ("bad.jsonl", "{\"id\":\"1\",\"text\":\"x\",\"spans\":[]}\n{\"id\":\n"),
    ]);
    for (code, arguments, said) in [
        (0, "explain --no-builtin --gazetteers good.toml حلب_الشهباء", ""),
        (1, "explain --no-builtin --gazetteers good.toml x", ""),
        (2, "explain --gazetteers nowhere x", "nowhere"),
        (2, "explain --gazetteers bad.toml x", "bad.toml:"),
        (2, "tag --gazetteers nowhere", "nowhere"),
        (2, "tag --gazetteers bad.toml", "bad.toml:"),
        (2, "tag --format yaml", "yaml"),
        (2, "tag --jobs many", "many"),
        (0, "check --color never good.toml", "no problems"),
        (2, "check bad.toml", "bad.toml:"),
        (2, "check nowhere", "nowhere"),
        (0, "fmt --check good.toml", ""),
        (2, "fmt --check bad.toml", "bad.toml is not in canonical form"),
        (2, "fmt not.toml", "not.toml:1:"),
        (2, "fmt nowhere", "nowhere"),
        (2, "fmt", "Usage"),
        (1, "eval --no-builtin none.jsonl", ""),
        (2, "eval bad.jsonl", "bad.jsonl:2: "),
        (2, "eval nowhere", "nowhere"),
        (2, "eval --gazetteers bad.toml none.jsonl", "bad.toml:"),
        (0, "stats --no-builtin --gazetteers good.toml", ""),
        (1, "stats --no-builtin", ""),
        (2, "stats --gazetteers nowhere", "nowhere"),
        (2, "stats --gazetteers bad.toml", "bad.toml:"),
        (2, "sing", "sing"),
    ] {
        let words = arguments.split(' ').map(|word| word.replace('_', " "));
        let run = run(dalil().args(words).current_dir(folder.path()));
        assert_eq!(run.code, Some(code), "{arguments}\n{}", run.err);
        assert!(run.err.contains(said), "{arguments}\n{}", run.err);
        assert!(!said.is_empty() || run.err.is_empty(), "{arguments}\n{}", run.err);
        assert!(code < 2 || run.out.is_empty(), "{arguments}: only data on the standard output");
    }
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

/// Byte for byte, from a gazetteer that no edit of the shipped ones moves.
#[test]
fn every_format_to_the_letter() {
    const COLUMNS: &str = "document\tkind\tid\tname\ten\tstart\tend\tbyte_start\tbyte_end\t\
                           text\ttoken_start\ttoken_end\tclitics\n";
    let folder = folder(&[("towns.toml", TOWNS), ("a.txt", "قصف [عنيف] على دمشق القديمة وحلب\n")]);
    let tag = |format: &str| {
        let arguments =
            ["tag", "--no-builtin", "--gazetteers", "towns.toml", "-f", format, "a.txt"];
        let run = run(dalil().args(arguments).current_dir(folder.path()));
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        run.out
    };
    // 24 code points of context, and no half words: the second line begins later.
    let text = [
        "15..27  place  old-damascus  قصف [عنيف] على دمشق القديمة وحلب\n",
        "29..32  place  aleppo        على دمشق القديمة وحلب\n",
    ];
    assert_eq!(tag("text"), text.concat());
    let tsv = [
        COLUMNS,
        "a.txt\tplace\told-damascus\tدمشق القديمة\tOld Damascus\t15\t27\t25\t48\tدمشق القديمة\t15\t27\t\n",
        "a.txt\tplace\taleppo\tحلب\tAleppo\t29\t32\t51\t57\tحلب\t28\t32\tو\n",
    ];
    assert_eq!(tag("tsv"), tsv.concat());
    assert_eq!(
        tag("inline"),
        "قصف \\[عنيف\\] على [دمشق القديمة](place:old-damascus) و[حلب](place:aleppo)\n"
    );
    let jsonl = [
        r#"{"id":"a.txt","mentions":[{"kind":"place","id":"old-damascus","name":"دمشق القديمة","#,
        r#""en":"Old Damascus","start":15,"end":27,"byte_start":25,"byte_end":48,"#,
        r#""text":"دمشق القديمة","#,
        r#""token_start":15,"token_end":27,"clitics":[],"confidence":CONFIDENCE},"#,
        r#"{"kind":"place","id":"aleppo","name":"حلب","#,
        r#""en":"Aleppo","start":29,"end":32,"byte_start":51,"byte_end":57,"#,
        r#""text":"حلب","#,
        r#""token_start":28,"token_end":32,"#,
        r#""clitics":["و"],"#,
        r#""confidence":CONFIDENCE}]}"#,
    ];
    // How sure it is may be measured anew; everything else is the contract of machines.
    let mut pieces = Vec::new();
    let written = tag("jsonl");
    for piece in written.trim_end_matches('\n').split("\"confidence\":") {
        pieces.push(piece.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.'));
    }
    assert_eq!(pieces.join("\"confidence\":CONFIDENCE"), jsonl.concat());
}

#[test]
fn files_folders_and_the_standard_input_together() {
    let folder = folder(&[
        ("in/c.txt", "قرب حلب\n"),
        ("in/a.txt", "قرب دمشق\n"),
        ("in/b/x.jsonl", "{\"id\":7,\"text\":\"حلب\"}\n{\"id\":null,\"text\":\"دمشق\"}\n"),
        ("in/d.md", "حلب"),
        ("lines.txt", "دمشق\r\n\nلا شيء\nحلب"),
    ]);
    let tag = |arguments: &[&str]| {
        let mut command = dalil();
        command.current_dir(folder.path()).args(["tag", "-f", "jsonl"]).args(arguments);
        let found = ids(&run(command.write_stdin("في حلب")).out);
        found.into_iter().map(|(id, ids)| format!("{id} {}", ids.join(" "))).collect::<Vec<_>>()
    };
    let whole = ["in/a.txt damascus", "7 aleppo", "in/b/x.jsonl:2 damascus", "in/c.txt aleppo"];
    assert_eq!(tag(&["in"]), whole);
    assert_eq!(tag(&["in/c.txt", "-", "in/a.txt"]), [whole[3], "- aleppo", whole[0]]);
    assert_eq!(tag(&[]), tag(&["-"]));
    let lines = ["lines.txt:1 damascus", "lines.txt:2 ", "lines.txt:3 ", "lines.txt:4 aleppo"];
    assert_eq!(tag(&["--doc", "line", "lines.txt"]), lines);
    // For people, a line says whose the mentions below it are; of one file there is no doubt.
    let text = |paths: &[&str]| run(dalil().current_dir(folder.path()).arg("tag").args(paths)).out;
    let (a, c) = ("4..8  place  damascus  قرب دمشق\n", "4..7  place  aleppo  قرب حلب\n");
    assert_eq!(text(&["in/c.txt", "in/a.txt"]), format!("in/c.txt\n{c}in/a.txt\n{a}"));
    assert_eq!(text(&["in/a.txt"]), a);
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
fn overlaps_from_the_fewest_to_all() {
    let folder = folder(&[("towns.toml", TOWNS)]);
    let tag = |overlaps: &str| {
        let arguments = ["tag", "-f", "jsonl", "--no-builtin", "--gazetteers", "towns.toml"];
        let mut command = dalil();
        command.current_dir(folder.path()).args(arguments).args(["--overlaps", overlaps]);
        ids(&run(command.write_stdin("في ريف دمشق القديمة")).out).remove(0).1
    };
    assert_eq!(tag("longest"), ["old-damascus"]);
    assert_eq!(tag("nested"), ["old-damascus", "damascus"]);
    assert_eq!(tag("all"), ["rif-dimashq", "old-damascus", "damascus"]);
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
    let under = |variables: &[&str], arguments: &[&str]| {
        let mut command = dalil();
        command.arg("tag").args(arguments).envs(variables.iter().map(|name| (*name, "1")));
        run(command.write_stdin(NEWS)).out.contains('\u{1B}')
    };
    assert!(under(&["CLICOLOR_FORCE"], &[]));
    assert!(!under(&["CLICOLOR_FORCE", "NO_COLOR"], &[]));
    assert!(under(&["NO_COLOR"], &["--color", "always"]));
    assert!(!under(&["CLICOLOR_FORCE"], &["--color", "never"]));
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

/// The most memory a process held so far, in KiB.
#[cfg(target_os = "linux")]
fn peak(process: u32) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).expect("status");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a peak");
    peak.trim().trim_end_matches(" kB").parse().expect("a number")
}

/// Endless input is tagged in flat memory: after 8 MB of it and after 120 MB the peak is the same
/// 66 MB. Keeping a tenth of the input would add 11 MB.
#[test]
#[cfg(target_os = "linux")]
fn endless_input_in_flat_memory() {
    const BLOCKS: [usize; 2] = [8, 112];
    const GROWTH_KIB: usize = 8 << 10;
    const LIMIT_KIB: usize = 160 << 10;
    let mut child = spawn(&["tag", "--doc", "line", "-f", "tsv", "-j", "2", "-"]);
    let mut output = child.stdout.take().expect("a pipe");
    let reader = std::thread::spawn(move || std::io::copy(&mut output, &mut std::io::sink()));
    let mut input = child.stdin.take().expect("a pipe");
    let line = format!("{NEWS} ونص طويل لا أسماء فيه\n");
    let block = line.repeat((1 << 20) / line.len());
    let peaks = BLOCKS.map(|blocks| {
        (0..blocks).for_each(|_| input.write_all(block.as_bytes()).expect("it listens"));
        peak(child.id())
    });
    drop(input);
    assert!(child.wait().expect("it ends").success());
    let read = reader.join().expect("the reader ends").expect("it reads");
    assert!(read > 100 << 20, "it answered: {read} bytes");
    assert!(peaks[1] < peaks[0] + GROWTH_KIB, "from {} to {} KiB", peaks[0], peaks[1]);
    assert!(peaks[1] < LIMIT_KIB, "{} KiB", peaks[1]);
}

const TOWNS: &str = r#"schema = 1
kind = "place"

[[entry]]
id = "aleppo"
name = "حلب"
en = "Aleppo"
source = "test"

[[entry]]
id = "damascus"
name = "دمشق"
en = "Damascus"
source = "test"
lat = 33.5131
lon = 36.2919

[[entry]]
id = "old-damascus"
name = "دمشق القديمة"
en = "Old Damascus"
source = "test"
aliases = [
    "البلدة القديمة في دمشق",
    { text = "البلدة القديمة", context = "required" },
]

[[entry]]
id = "rif-dimashq"
name = "ريف دمشق"
en = "Rif Dimashq"
source = "test"
"#;

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
    // What is replaced is left out with all its names.
    assert_eq!(ids(&tag("قرب حلب", &[]).out)[0].1, [""; 0]);
    let alone = tag("حلب الشهباء ودمشق", &["--no-builtin"]);
    assert_eq!(ids(&alone.out)[0].1, ["aleppo"]);
    assert_eq!(alone.err, "", "nothing was replaced");
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

/// A build that pipes the report away must fail all the same.
#[test]
fn check_fails_though_nobody_reads_the_report() {
    let folder = folder(&[("own.toml", "schema = 1\nkind = \"place\"\n[[entry]]\nid = \"A\"\n")]);
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let mut command = Process::new(assert_cmd::cargo::cargo_bin("dalil"));
    let status = command.arg("check").arg(folder.path()).stderr(writer).status().expect("it runs");
    assert_eq!(status.code(), Some(2));
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
    let checked = run(dalil().args(["fmt", "--check"]).arg(&path));
    assert_eq!((checked.code, checked.out.as_str()), (Some(2), ""));
    assert!(checked.err.contains("own.toml is not in canonical form"), "{}", checked.err);
    assert_eq!(std::fs::read_to_string(&path).expect("text"), messy);
    let written = run(dalil().arg("fmt").arg(&path));
    assert_eq!((written.code, written.out.as_str()), (Some(0), ""));
    assert!(written.err.starts_with("formatted "), "{}", written.err);
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
    // Three hits, two misses, one false alarm: no two of the ratios are the same.
    let gold = serde_json::json!({
        "id": "1",
        "text": "من دمشق إلى حلب ثم حلب وفلان وعلان ودمشق",
        "spans": [
            {"start": 3, "end": 7, "kind": "place"},
            {"start": 12, "end": 15, "kind": "place"},
            {"start": 19, "end": 22, "kind": "place"},
            {"start": 24, "end": 28, "kind": "place"},
            {"start": 30, "end": 34, "kind": "place"},
        ],
    });
    let folder = folder(&[("gold.jsonl", &gold.to_string()), ("towns.toml", TOWNS)]);
    let arguments = ["eval", "--no-builtin", "--gazetteers", "towns.toml", "--errors", "9"];
    let run = run(dalil().args(arguments).arg("gold.jsonl").current_dir(folder.path()));
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let rows: Vec<Vec<&str>> =
        run.out.lines().map(|line| line.split_whitespace().collect()).collect();
    for kind in ["place", "ALL", "LOC"] {
        let row = rows.iter().find(|row| row[0] == kind).expect("a row");
        assert_eq!(row[1..], ["3", "1", "2", "0.7500", "0.6000", "0.6667"], "{kind}");
    }
    let mistake = |line: &'_ str| {
        let name = line.split(['[', ']']).nth(1)?.to_owned();
        Some((line.split('\t').next()?.to_owned(), name))
    };
    let mistakes: Vec<(String, String)> = run.out.lines().filter_map(mistake).collect();
    let wanted = [("miss", "فلان"), ("miss", "علان"), ("false", "دمشق")];
    assert_eq!(mistakes, wanted.map(|(what, name)| (what.to_owned(), name.to_owned())));
}

#[test]
fn stats_count_the_gazetteers() {
    let folder = folder(&[("towns.toml", TOWNS)]);
    let arguments = ["stats", "--markdown", "--no-builtin", "--gazetteers", "towns.toml"];
    let own = run(dalil().args(arguments).current_dir(folder.path()));
    let table = "\
| kind | entries | names | ambiguous | marked | no QID | no coordinates |
|---|--:|--:|--:|--:|--:|--:|
| state | 0 | 0 | 0 | 0 | 0 | 0 |
| place | 4 | 6 | 0 | 1 | 4 | 3 |
| official | 0 | 0 | 0 | 0 | 0 | 0 |
| faction | 0 | 0 | 0 | 0 | 0 | 0 |
| organization | 0 | 0 | 0 | 0 | 0 | 0 |
| all | 4 | 6 | 0 | 1 | 4 | 3 |
";
    assert_eq!((own.code, own.out.as_str(), own.err.as_str()), (Some(0), table, ""));
    let shipped = run(dalil().args(["stats", "--markdown"]));
    assert_eq!((shipped.code, shipped.out.lines().count()), (Some(0), 8));
}

#[test]
fn eval_refuses_an_unknown_kind() {
    let folder = folder(&[("gold.jsonl", "{\"id\":\"1\",\"text\":\"x\",\"spans\":[]}\n")]);
    let run = run(dalil().args(["eval", "--kinds", "town", "gold.jsonl"]).current_dir(&folder));
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("unknown kind `town`"), "{}", run.err);
}

#[test]
fn explain_reads_what_tag_reads() {
    let mut bytes = "دمشق ".as_bytes().to_vec();
    bytes.push(0xFF);
    let run = run(dalil().args(["explain", "-"]).write_stdin(bytes));
    assert_eq!(run.code, Some(0));
    assert!(run.err.contains("byte 9"), "{}", run.err);
}

#[test]
fn a_byte_order_mark_does_not_cost_a_line() {
    let line = "\u{FEFF}{\"id\":\"a\",\"text\":\"دمشق\"}\n";
    let run = run(dalil().args(["tag", "-f", "jsonl", "--input", "jsonl"]).write_stdin(line));
    assert_eq!((run.code, ids(&run.out)[0].1.len()), (Some(0), 1));
}

#[test]
fn the_papers_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for paper in ["README.md", "DESIGN.md", "CONTRIBUTING.md", "CHANGELOG.md", "gazetteers/NOTICE"]
    {
        assert!(root.join(paper).exists(), "{paper}");
    }
}
