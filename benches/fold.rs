//! Folding: `Folded::new`, beside a copy of the text and the folding that one writes first.

mod data;
mod plain;

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, SamplingMode, Throughput};
use dalil::Folded;

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_millis(1200))
        .configure_from_args();
    let names = data::texts(&data::names(2_000));
    let text = data::text(&names, 2 << 20, 1);
    let documents = data::documents(&text);

    let mut group = criterion.benchmark_group("fold");
    group.sampling_mode(SamplingMode::Flat);
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("copy", |bencher| {
        bencher.iter(|| {
            for document in &documents {
                black_box(black_box(*document).to_owned());
            }
        });
    });
    group.bench_function("plain", |bencher| {
        bencher.iter(|| {
            for document in &documents {
                let mut folded = plain::FoldedCopy::default();
                folded.refill(black_box(document));
                black_box(folded.len());
            }
        });
    });
    group.bench_function("dalil", |bencher| {
        bencher.iter(|| {
            for document in &documents {
                black_box(Folded::new(black_box(document)));
            }
        });
    });
    group.finish();
    criterion.final_summary();
}
