//! Runs one stage once, to have its instructions counted by `instructions.sh`: the counts hardly change
//! from run to run, so a change can be judged by them where clocks cannot be trusted.

mod data;

use std::hint::black_box;

use dalil::{Scratch, Stage, Tagger};

fn main() {
    let asked = std::env::args().nth(1).unwrap_or_default();
    let names = data::names(2_000);
    let gazetteer = || data::gazetteer(&names);
    match asked.as_str() {
        "load" => drop(counted(gazetteer)),
        "build" => {
            let gazetteer = gazetteer();
            drop(counted(|| Tagger::new(gazetteer)));
        }
        "fold" => stage(&names, Stage::Fold),
        "scan" => stage(&names, Stage::Scan),
        "judge" => stage(&names, Stage::Judge),
        "resolve" => stage(&names, Stage::Resolve),
        "tag" => {
            let tagger = Tagger::new(gazetteer());
            let text = text(&names);
            let mut scratch = Scratch::default();
            let mut tag = || {
                tagger.tag_each(&mut scratch, &text, |mention| {
                    black_box(mention);
                });
            };
            // Memory is grown and tables are made the first time.
            tag();
            counted(tag);
        }
        _ => println!("counts: run benches/instructions.sh"),
    }
}

/// Runs the stages up to one, and that one again.
fn stage(names: &[data::Name], last: Stage) {
    let tagger = Tagger::new(data::gazetteer(names));
    let text = text(names);
    let mut scratch = Scratch::default();
    for stage in [Stage::Fold, Stage::Scan, Stage::Judge, Stage::Resolve] {
        tagger.run_stage(&mut scratch, &text, None, stage);
        if stage == last {
            counted(|| tagger.run_stage(&mut scratch, &text, None, stage));
            return;
        }
    }
}

/// 256 KB.
fn text(names: &[data::Name]) -> String {
    data::text(&data::texts(names), 1 << 18, 3)
}

/// The counting is switched on at the entry of this function, which is found by its name.
#[inline(never)]
fn counted<T>(run: impl FnOnce() -> T) -> T {
    black_box(run())
}
