//! What the sentence models cost: cutting text into tokens, the static embedding, the encoder at 10,
//! 30 and 128 tokens, the cold encoding of a council's examples, and loading.
//!
//! Run with `cargo bench --bench encode`. It reads `models/`, and says nothing about accuracy.

use cece::engine::Models;
use cece::nlu::{ENCODER_TOKENS_MAX, WordPiece};
use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use std::path::Path;

/// Ten and thirty tokens with the two that stand around every text, and more than are read.
const TEN: &str = "the bin at my flat was not emptied";
const THIRTY: &str = "the street light outside my house has been broken for three weeks now and \
    nobody has come to mend it although i rang the council twice before";

/// Examples of a council's content: 106 intents with 20 each, of about ten tokens.
const EXAMPLES: usize = 106 * 20;

fn encode(criterion: &mut Criterion) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("models");
    let models = Models::read(&folder).expect("the repository carries the models");
    let vocabulary = std::fs::read(folder.join("wordpiece.txt")).expect("it is there");
    let wordpiece = WordPiece::read(&vocabulary).expect("it is the vocabulary");
    let long = THIRTY.repeat(10);
    let texts = [(TEN, 10), (THIRTY, 30), (&long, ENCODER_TOKENS_MAX)];

    let mut group = criterion.benchmark_group("encode");
    for (text, tokens) in texts {
        let cut = wordpiece.cut(text, ENCODER_TOKENS_MAX - 2).len() + 2;
        assert_eq!(cut, tokens, "{text}");
        group.bench_function(format!("tokens_{tokens}"), |bencher| {
            bencher.iter(|| wordpiece.cut(black_box(text), ENCODER_TOKENS_MAX))
        });
        let mut embedding = Vec::new();
        group.bench_function(format!("static_{tokens}"), |bencher| {
            bencher.iter(|| {
                models
                    .static_embeddings
                    .embed(black_box(text), &mut embedding);
                embedding[0]
            })
        });
        group.bench_function(format!("encoder_{tokens}"), |bencher| {
            bencher.iter(|| models.encoder.encode(black_box(text)))
        });
    }
    group.sample_size(10);
    let examples: Vec<String> = (0..EXAMPLES).map(|at| format!("{TEN} {at}")).collect();
    let examples: Vec<&str> = examples.iter().map(String::as_str).collect();
    for threads in [1, 2] {
        group.bench_function(format!("2120_examples_{threads}_threads"), |bencher| {
            bencher.iter(|| models.encoder.encode_all(black_box(&examples), threads))
        });
    }
    group.bench_function("load", |bencher| bencher.iter(|| Models::read(&folder)));
    group.finish();
}

criterion_group!(benches, encode);
criterion_main!(benches);
