//! What it costs to read the values out of a usual message, with the shipped content's lists.
//!
//! Run with `cargo bench --bench entities`. It says nothing about how many are read right.

use cece::content;
use cece::nlu::entities::Reader;
use cece::pii::SafeText;
use criterion::{Criterion, criterion_group, criterion_main};
use jiff::civil::{date, datetime};
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

fn entities(criterion: &mut Criterion) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let register = content::read_register(&root.join("transcripts/retention.toml"));
    let register = Arc::new(register.expect("the shipped register"));
    let intents = root.join("intents");
    let loaded = content::load(&intents, register, date(2026, 6, 10), &|_: &str| Vec::new());
    let assistant = loaded.expect("the shipped content").assistant;
    let reader = Reader {
        lexicon: &assistant.lexicon,
        holidays: &assistant.council.holidays,
        now: datetime(2026, 6, 10, 10, 0, 0, 0),
    };
    let mut group = criterion.benchmark_group("entities");
    for (name, text) in [
        (
            "nothing_in_it",
            "how do i get a bigger one for my family please",
        ),
        (
            "usual",
            "my black bin on Acacia Avenue wasn't emptied last Tuesday",
        ),
        (
            "spoken",
            "it was due at half seven on the twenty third of march and it cost fifty quid",
        ),
    ] {
        let text: SafeText = serde_json::from_value(serde_json::Value::from(text))
            .expect("any text can be read back as safe");
        group.bench_function(name, |bencher| {
            bencher.iter(|| reader.read(black_box(&text)));
        });
    }
    group.finish();
}

criterion_group!(benches, entities);
criterion_main!(benches);
