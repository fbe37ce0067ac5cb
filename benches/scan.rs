//! The stages between folding and reporting, one at a time, each on what the stages before it left;
//! beside the search of the baseline and that of the reference index.

mod data;
mod plain;

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, SamplingMode, Throughput};
use dalil::{Gazetteer, Scratch, Stage, Tagger};
use plain::{FoldedCopy, Plain};

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_millis(1000))
        .configure_from_args();
    bench(&mut criterion, "shipped", Gazetteer::builtin);
    for (name, count) in [("2k", 2_000), ("50k", 50_000)] {
        bench(&mut criterion, name, || data::gazetteer(&data::names(count)));
    }
    criterion.final_summary();
}

fn bench(criterion: &mut Criterion, name: &str, gazetteer: impl FnOnce() -> Gazetteer) {
    let gazetteer = gazetteer();
    let names = data::forms(&gazetteer);
    let text = data::text(&names, 1 << 20, 5);
    let documents = data::documents(&text);
    let mut group = criterion.benchmark_group(format!("scan/{name}"));
    group.sampling_mode(SamplingMode::Flat);
    group.throughput(Throughput::Bytes(text.len() as u64));

    let plain = Plain::new(&names);
    let copies = documents.iter().map(|document| {
        let mut copy = FoldedCopy::default();
        copy.refill(document);
        copy
    });
    let copies: Vec<FoldedCopy> = copies.collect();
    group.bench_function("plain", |bencher| {
        bencher.iter(|| {
            for copy in &copies {
                plain.search(copy, |name, span| {
                    black_box((name, span));
                });
            }
        });
    });
    drop(plain);

    let reference = Tagger::builder(gazetteer.clone()).reference(true).build();
    let table = Tagger::new(gazetteer);
    for (name, tagger, stage) in [
        ("reference", &reference, Stage::Scan),
        ("dalil", &table, Stage::Scan),
        ("then-judge", &table, Stage::Judge),
        ("then-resolve", &table, Stage::Resolve),
    ] {
        let mut run: Vec<(&str, Scratch)> =
            documents.iter().map(|&document| (document, Scratch::default())).collect();
        for (document, scratch) in &mut run {
            for stage in [Stage::Fold, Stage::Scan, Stage::Judge, Stage::Resolve] {
                tagger.run_stage(scratch, document, None, stage);
            }
        }
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                for (document, scratch) in &mut run {
                    tagger.run_stage(scratch, document, None, stage);
                }
            });
        });
    }
    group.finish();
}
