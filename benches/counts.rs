//! Runs each stage once, to have its instructions counted by `instructions.sh`: the counts are the same
//! from run to run, so a pull request can be judged by them where clocks cannot be trusted.
//!
//! Every stage is a function of its own, never inlined: the counting is switched on at its entry.

mod data;

use std::hint::black_box;

use dalil::{Folded, Gazetteer, Scratch, Tagger};

fn main() {
    if std::env::args().nth(1).as_deref() != Some("stages") {
        println!("counts: run benches/instructions.sh");
        return;
    }
    // What is made once in a process, such as tables, is no part of a stage.
    let made = data::gazetteer(&data::names(2_000));
    let shipped = stage_load();
    let text = data::text(&data::forms(&shipped), 1 << 18, 3);
    let documents = data::documents(&text);
    let tagger = Tagger::new(shipped);
    let mut scratch = Scratch::default();
    run_tag(&tagger, &mut scratch, &documents);

    stage_build(made.clone());
    stage_fold(&documents);
    stage_tag(&tagger, &mut scratch, &documents);
    let made_text = data::text(&data::forms(&made), 1 << 18, 4);
    let documents = data::documents(&made_text);
    let tagger = Tagger::new(made);
    run_tag(&tagger, &mut scratch, &documents);
    stage_tag_made(&tagger, &mut scratch, &documents);
}

/// Reads the shipped gazetteers.
#[inline(never)]
fn stage_load() -> Gazetteer {
    black_box(Gazetteer::builtin())
}

/// Builds a tagger of 2,000 made-up names.
#[inline(never)]
fn stage_build(gazetteer: Gazetteer) {
    black_box(Tagger::new(gazetteer));
}

/// Folds 256 KB.
#[inline(never)]
fn stage_fold(documents: &[&str]) {
    for document in documents {
        black_box(Folded::new(document));
    }
}

/// Tags 256 KB with the shipped gazetteers.
#[inline(never)]
fn stage_tag(tagger: &Tagger, scratch: &mut Scratch, documents: &[&str]) {
    run_tag(tagger, scratch, documents);
}

/// Tags 256 KB with 2,000 made-up names.
#[inline(never)]
fn stage_tag_made(tagger: &Tagger, scratch: &mut Scratch, documents: &[&str]) {
    run_tag(tagger, scratch, documents);
}

fn run_tag(tagger: &Tagger, scratch: &mut Scratch, documents: &[&str]) {
    for document in documents {
        tagger.tag_each(scratch, document, |mention| {
            black_box(mention);
        });
    }
}
