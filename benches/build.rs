//! Building: a `Tagger` from gazetteers that are read already, beside the automaton of the baseline.

mod data;
mod plain;

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{BatchSize, Criterion, SamplingMode, Throughput};
use dalil::{Gazetteer, Tagger};

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_millis(1500))
        .configure_from_args();
    let mut group = criterion.benchmark_group("build");
    group.sampling_mode(SamplingMode::Flat);
    let mut bench = |name: &str, gazetteer: &Gazetteer| {
        let forms = data::forms(gazetteer);
        group.throughput(Throughput::Bytes(bytes(&forms)));
        group.bench_function(format!("{name}/plain"), |bencher| {
            bencher.iter(|| black_box(plain::Plain::new(&forms)));
        });
        group.bench_function(format!("{name}/dalil"), |bencher| {
            let clone = || gazetteer.clone();
            bencher.iter_batched(clone, Tagger::new, BatchSize::PerIteration);
        });
    };
    bench("shipped", &Gazetteer::builtin());
    bench("2k", &data::gazetteer(&data::names(2_000)));
    bench("50k", &data::gazetteer(&data::names(50_000)));
    group.finish();
    criterion.final_summary();

    // Too long for samples: once, if nothing else was asked for.
    let filtered = std::env::args().skip(1).any(|argument| !argument.starts_with('-'));
    if std::env::args().any(|argument| argument == "--bench") && !filtered {
        for (name, count) in [("100k", 100_000), ("500k", 500_000), ("1M", 1_000_000)] {
            once(name, &data::names(count));
        }
    }
}

/// How many bytes the names have.
fn bytes(names: &[String]) -> u64 {
    names.iter().map(|name| name.len() as u64).sum()
}

fn once(name: &str, names: &[data::Name]) {
    let start = Instant::now();
    let gazetteer = data::gazetteer(names);
    let load = start.elapsed();
    let start = Instant::now();
    black_box(plain::Plain::new(&data::texts(names)));
    let plain = start.elapsed();
    let start = Instant::now();
    let tagger = black_box(Tagger::new(gazetteer));
    let build = start.elapsed();
    println!(
        "build/{name}, once: plain {plain:.1?}, dalil {build:.1?}; before it, reading and checking \
         the files {load:.1?}; the index has {} MB",
        tagger.index_memory() >> 20,
    );
}
