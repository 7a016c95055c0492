//! Makes the weights of the tagger of personal data (`src/pii/tagger`) from the labelled messages of the tests:
//! `src/pii/tagger/weights.bin` and, for the page, `web/pii/weights.js`. The same messages give the same bytes.
//!
//!     cargo run --release --example tagger
//!
//! Beside them it learns from what authors wrote into `intents/` that nobody is named there. With names of sets it leaves
//! those out, says how well they are found without and with the tagger, and writes none:
//!
//!     cargo run --release --example tagger -- writer-3 writer-7 writer-9 harmless

use anyhow::Context;
use cece::engine::{Bundle, Sources};
use cece::pii::{Detector, KindSet, Label, Labelled, PiiKind, Score, Training, train, weights_js};
use std::io::Write;
use std::path::Path;

/// Messages that are labelled as such, under `tests`. The writers' lines are there for training alone.
const LABELLED: [&str; 48] = [
    "pii/training/writer-1",
    "pii/training/writer-2",
    "pii/training/writer-3",
    "pii/training/writer-4",
    "pii/training/writer-5",
    "pii/training/writer-6",
    "pii/training/writer-7",
    "pii/training/writer-8",
    "pii/training/writer-9",
    "pii/training/writer-10",
    "pii/training/writer-11",
    "pii/training/writer-12",
    "pii/training/writer-13",
    "pii/training/writer-14",
    "pii/training/writer-15",
    "pii/training/writer-16",
    "pii/training/writer-17",
    "pii/training/writer-18",
    "pii/training/writer-19",
    "pii/training/writer-20",
    "pii/training/writer-21",
    "pii/training/writer-22",
    "pii/training/writer-23",
    "pii/training/writer-24",
    "pii/training/writer-25",
    "pii/training/writer-26",
    "pii/training/writer-27",
    "pii/training/writer-28",
    "pii/training/writer-29",
    "pii/training/writer-30",
    "pii/training/writer-31",
    "pii/training/writer-32",
    "suite/pii/labelled-a",
    "suite/pii/labelled-b",
    "suite/pii/labelled-c",
    "suite/pii/labelled-d",
    "suite/pii/labelled-f",
    "suite/pii/labelled-g",
    "suite/pii/labelled-h",
    "suite/pii/labelled-i",
    "suite/pii/labelled-j",
    "suite/pii/labelled-k",
    "suite/pii/labelled-m",
    "suite/pii/labelled-p",
    "suite/pii/labelled-q",
    "suite/pii/labelled-r",
    "suite/pii/labelled-s",
    "suite/pii/labelled-t",
];
/// Lines of "message => what the record shows".
const SHOWN: [&str; 2] = ["suite/pii/people", "suite/pii/identifiers"];
/// Messages with nothing personal in them.
const HARMLESS: &str = "suite/pii/harmless";

fn main() -> anyhow::Result<()> {
    let out = &mut std::io::stdout().lock();
    let left_out: Vec<String> = std::env::args().skip(1).collect();
    let rules = Detector::rules_alone()?;
    let (mut messages, mut unseen) = (Vec::new(), Vec::new());
    for name in LABELLED.iter().chain(&SHOWN).chain([&HARMLESS]) {
        let set = read(name, &rules)?;
        if left_out.iter().any(|left| name.ends_with(left)) {
            unseen.push((name, set));
        } else if LABELLED.contains(name) {
            messages.extend(set);
        } else {
            // The cases are few, and none of them may come out otherwise: they count twice.
            messages.extend(set.iter().cloned());
            messages.extend(set);
        }
    }
    let nameless = nameless(&rules)?;
    let weights = train(&messages, &nameless, &Training::default())?;
    let learnt = messages.len() + nameless.len();
    writeln!(out, "{learnt} messages, {} bytes", weights.len())?;
    if left_out.is_empty() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        std::fs::write(root.join("src/pii/tagger/weights.bin"), &weights)?;
        std::fs::write(root.join("web/pii/weights.js"), weights_js(&weights))?;
        return Ok(());
    }
    let both = rules.clone().with_weights(&weights)?;
    for (name, set) in unseen {
        report(out, &format!("{name}, rules alone"), &rules, &set)?;
        report(out, &format!("{name}, with the tagger"), &both, &set)?;
    }
    Ok(())
}

/// The messages of a set, with what is personal in them.
fn read(name: &str, rules: &Detector) -> anyhow::Result<Vec<Labelled>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/{name}.txt"));
    let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    if name == HARMLESS {
        let lines = text.lines().filter(|line| !line.is_empty());
        let harmless = lines.map(|line| Labelled {
            text: line.to_owned(),
            spans: Vec::new(),
        });
        return Ok(harmless.collect());
    }
    if SHOWN.contains(&name) {
        let cases = text
            .lines()
            .filter_map(|line| line.trim().split_once(" => "));
        return Ok(cases
            .filter_map(|(text, shown)| labelled(text, shown, rules))
            .collect());
    }
    Labelled::read_text(&text).with_context(|| path.display().to_string())
}

/// What authors wrote: examples, phrasings, what is danger and what only sounds like it. Personal data is not among them,
/// but facts may be ("my mum has dementia"). What the rules find something in all the same is left out.
fn nameless(rules: &Detector) -> anyhow::Result<Vec<Labelled>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = Sources {
        intents: root.join("intents"),
        register: root.join("transcripts/retention.toml"),
        models: root.join("models"),
        encodings: root.join("models/encodings"),
    };
    // Any day does, and the same gives the same bytes.
    let day = jiff::civil::date(2026, 6, 10);
    let content = Bundle::read(&sources, day)?.assistant;
    let phrasings = content.phrasings.iter().map(|(_, text)| &**text);
    let sounds = content.sounds.danger.iter().chain(&content.sounds.harmless);
    let lines = content.examples().map(|(_, text)| text).chain(phrasings);
    let nameless = lines
        .chain(sounds.map(|text| &**text))
        .filter(|line| rules.scan(line).is_empty())
        .map(|line| Labelled {
            text: line.to_owned(),
            spans: Vec::new(),
        });
    Ok(nameless.collect())
}

/// A case with its spans, which the rules find; nothing where the record shows something else.
fn labelled(text: &str, shown: &str, rules: &Detector) -> Option<Labelled> {
    let (findings, safe) = rules.redact(text);
    let spans = findings.iter().map(|finding| Label {
        start: finding.start,
        end: finding.end,
        name: finding.kind.name().to_owned(),
    });
    (safe.as_str() == shown).then(|| Labelled {
        text: text.to_owned(),
        spans: spans.collect(),
    })
}

/// Says how well a set is found.
fn report(
    out: &mut dyn Write,
    name: &str,
    detector: &Detector,
    set: &[Labelled],
) -> std::io::Result<()> {
    let every: KindSet = PiiKind::ALL.iter().copied().collect();
    let mut score = Score::new();
    for message in set {
        score.add(message, &detector.scan(&message.text), every);
    }
    let (strict, overlap) = score.total();
    writeln!(
        out,
        "{name}: strict {:.3} overlap {:.3} leak {:.1} % false alarms {} of {}",
        strict.f(1.0),
        overlap.f(1.0),
        100.0 * score.leak(),
        score.harmless.1,
        score.harmless.0
    )?;
    for kind in [
        PiiKind::Person,
        PiiKind::UkAddress,
        PiiKind::SpecialCategory,
        PiiKind::Criminal,
    ] {
        let (strict, overlap) = (score.strict[kind as usize], score.overlap[kind as usize]);
        writeln!(
            out,
            "    {:17} strict {:.3} overlap {:.3} leaks {} of {}",
            kind.name(),
            strict.f(1.0),
            overlap.f(1.0),
            score.leaks[kind as usize],
            strict.labels
        )?;
    }
    Ok(())
}
