//! Whole processes: `dalil tag --doc line --format tsv` on one core beside the baseline as a program of
//! its own, each from its start to the last row.

mod data;
mod plain;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use dalil::Gazetteer;
use plain::{FoldedCopy, Plain};

/// Bytes of text, and how often each program reads them.
const TEXT: usize = 48 << 20;
const RUNS: usize = 7;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, flag, names, text] = arguments.as_slice()
        && flag == "--as-plain"
    {
        return run_plain(Path::new(names), Path::new(text));
    }
    let folder = tempfile::tempdir().expect("a folder");
    let [names, text] = ["names", "text.txt"].map(|name| folder.path().join(name));
    let forms = data::forms(&Gazetteer::builtin());
    std::fs::write(&names, forms.join("\n")).expect("written");
    let documents = data::text(&forms, TEXT, 3);
    let mut lines = BufWriter::new(File::create(&text).expect("a file"));
    for document in data::documents(&documents) {
        writeln!(lines, "{}", document.replace('\n', " ")).expect("written");
    }
    lines.into_inner().expect("written");

    let dalil = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dalil"));
        command.args(["tag", "--doc", "line", "--format", "tsv", "--jobs", "1"]).arg(&text);
        command
    };
    let plain = || {
        let mut command = Command::new(std::env::current_exe().expect("this program"));
        command.arg("--as-plain").args([&names, &text]);
        command
    };
    // In turn, so that both meet the same noise.
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        ours.push(timed(dalil()));
        theirs.push(timed(plain()));
    }
    ours.sort();
    theirs.sort();
    let rate = |time: Duration| documents.len() as f64 / 1e6 / time.as_secs_f64();
    let [ours, theirs] = [ours, theirs].map(|times| times[RUNS / 2]);
    println!("process/plain  {theirs:>10.3?}  {:.0} MB/s", rate(theirs));
    println!("process/dalil  {ours:>10.3?}  {:.0} MB/s", rate(ours));
    println!("process/ratio  {:.2}", theirs.as_secs_f64() / ours.as_secs_f64());
}

fn timed(mut command: Command) -> Duration {
    let start = Instant::now();
    let status = command.stdout(Stdio::null()).status().expect("it runs");
    assert!(status.success(), "{command:?}");
    start.elapsed()
}

/// Reads names and a text, and writes a row for each name found in each line.
fn run_plain(names: &Path, text: &Path) {
    let names = std::fs::read_to_string(names).expect("names");
    let names: Vec<String> = names.lines().map(str::to_owned).collect();
    let plain = Plain::new(&names);
    let text = std::fs::read_to_string(text).expect("a text");
    let mut folded = FoldedCopy::default();
    let mut out = BufWriter::new(std::io::stdout().lock());
    for (number, line) in text.lines().enumerate() {
        plain.tag_each(&mut folded, line, |name, span| {
            let found = &line[span.clone()];
            writeln!(out, "{number}\t{name}\t{}\t{}\t{found}", span.start, span.end)
                .expect("written");
        });
    }
}
