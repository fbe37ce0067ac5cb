//! The whole way from texts to mentions, documents of 2 KB or so with one `Scratch`, beside the
//! baseline in the same run.

mod data;
mod plain;

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, SamplingMode, Throughput};
use dalil::{Gazetteer, Scratch, Tagger};
use plain::{FoldedCopy, Plain};

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_millis(1500))
        .configure_from_args();
    bench(&mut criterion, "shipped", Gazetteer::builtin);
    for (name, count) in [("2k", 2_000), ("50k", 50_000), ("500k", 500_000), ("1m", 1_000_000)] {
        bench(&mut criterion, name, || data::gazetteer(&data::names(count)));
    }
    criterion.final_summary();
}

fn bench(criterion: &mut Criterion, name: &str, gazetteer: impl FnOnce() -> Gazetteer) {
    // Made-up gazetteers take their time: `whole/2k` makes no other.
    let filter = std::env::args().find(|argument| argument.starts_with("whole/"));
    let wanted = filter.as_deref().and_then(|filter| filter.split('/').nth(1));
    if wanted.is_some_and(|wanted| wanted != name) {
        return;
    }
    let gazetteer = gazetteer();
    let names = data::forms(&gazetteer);
    let text = data::text(&names, 2 << 20, 2);
    let documents = data::documents(&text);
    let plain = Plain::new(&names);
    let free = Tagger::builder(gazetteer.clone()).context(false).build();
    let tagger = Tagger::new(gazetteer);
    let found = count(&documents, &tagger, &free, &plain);
    eprintln!("whole/{name}: {found}");

    let mut group = criterion.benchmark_group(format!("whole/{name}"));
    group.sampling_mode(SamplingMode::Flat);
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("plain", |bencher| {
        let mut folded = FoldedCopy::default();
        bencher.iter(|| {
            for document in &documents {
                plain.tag_each(&mut folded, document, |name, span| {
                    black_box((name, span));
                });
            }
        });
    });
    for (setting, tagger) in [("dalil", &tagger), ("dalil-no-context", &free)] {
        group.bench_function(setting, |bencher| {
            let mut scratch = Scratch::default();
            bencher.iter(|| {
                for document in &documents {
                    tagger.tag_each(&mut scratch, document, |mention| {
                        black_box(mention);
                    });
                }
            });
        });
    }
    group.bench_function("dalil-one-piece", |bencher| {
        let mut scratch = Scratch::default();
        bencher.iter(|| {
            tagger.tag_each(&mut scratch, &text, |mention| {
                black_box(mention);
            });
        });
    });
    group.finish();
}

/// What each of them finds.
fn count(documents: &[&str], tagger: &Tagger, free: &Tagger, plain: &Plain) -> String {
    let mut scratch = Scratch::default();
    let mut counts = [0; 3];
    for document in documents {
        tagger.tag_each(&mut scratch, document, |_| counts[0] += 1);
        free.tag_each(&mut scratch, document, |_| counts[1] += 1);
        plain.tag_each(&mut FoldedCopy::default(), document, |_, _| counts[2] += 1);
    }
    let [tagged, free, plain] = counts;
    format!("{tagged} mentions, {free} without context, {plain} by the baseline")
}
