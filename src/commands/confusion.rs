//! Per intent: how often it is found, how often rightly, and what it is taken for.

use super::crossval::Asked;
use crate::nlu::{IntentName, Verdict};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What became of the messages of one intent. Shares are 0 to 1.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct PerIntent {
    #[serde(skip)]
    pub(super) name: IntentName,
    /// Of the messages taken for it, the share that are its own.
    pub(super) precision: f64,
    /// Of its own messages, the share taken for it.
    pub(super) recall: f64,
    #[serde(rename = "f1-score")]
    pub(super) f1: f64,
    /// Its own messages.
    pub(super) support: usize,
    /// What others of its messages were taken for, most often first.
    #[serde(serialize_with = "as_map")]
    pub(super) confused_with: Vec<(IntentName, usize)>,
}

fn as_map<S: serde::Serializer>(
    pairs: &[(IntentName, usize)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(pairs.iter().map(|(name, count)| (name.as_str(), count)))
}

/// Every intent that was asked about or given as an answer, by name. Messages out of scope count
/// against the precision of what they are taken for, unless nothing was understood.
pub(super) fn per_intent(asked: &[Asked]) -> Vec<PerIntent> {
    #[derive(Default)]
    struct Counts {
        own: usize,
        right: usize,
        taken: usize,
        confused: BTreeMap<IntentName, usize>,
    }
    let mut counts: BTreeMap<&IntentName, Counts> = BTreeMap::new();
    for Asked { outcome, .. } in asked {
        if let Some(expected) = &outcome.expected {
            let of = counts.entry(expected).or_default();
            of.own += 1;
            of.right += usize::from(outcome.is_right());
            if let Some(other) = outcome.predicted.as_ref().filter(|_| !outcome.is_right()) {
                *of.confused.entry(other.clone()).or_default() += 1;
            }
        }
        let refused = outcome.expected.is_none() && outcome.verdict == Verdict::Unsure;
        if let Some(predicted) = outcome.predicted.as_ref().filter(|_| !refused) {
            counts.entry(predicted).or_default().taken += 1;
        }
    }
    let finished = counts.into_iter().map(|(name, of)| {
        let mut confused_with: Vec<_> = of.confused.into_iter().collect();
        confused_with.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        PerIntent {
            name: name.clone(),
            precision: ratio(of.right, of.taken),
            recall: ratio(of.right, of.own),
            f1: ratio(2 * of.right, of.own + of.taken),
            support: of.own,
            confused_with,
        }
    });
    finished.collect()
}

/// Every intent with its figures, by name.
pub(super) fn by_name(per_intent: &[PerIntent]) -> Value {
    let pairs = per_intent.iter().map(|one| {
        let value = serde_json::to_value(one).unwrap_or_default();
        (one.name.to_string(), value)
    });
    Value::Object(pairs.collect())
}

/// The report that Rasa calls `intent_report.json`.
pub(super) fn intent_report(per_intent: &[PerIntent], accuracy: f64) -> Value {
    let mut report = serde_json::Map::new();
    let own = || per_intent.iter().filter(|one| one.support > 0);
    let all: usize = own().map(|one| one.support).sum();
    let average = |weight: &dyn Fn(&PerIntent) -> usize| {
        let sum = |of: &dyn Fn(&PerIntent) -> f64| -> f64 {
            let (mut parts, mut weights) = (0.0, 0);
            for one in own() {
                parts += of(one) * ratio(weight(one), 1);
                weights += weight(one);
            }
            parts / ratio(weights.max(1), 1)
        };
        json!({
            "precision": sum(&|one| one.precision),
            "recall": sum(&|one| one.recall),
            "f1-score": sum(&|one| one.f1),
            "support": all,
        })
    };
    for one in own() {
        let value = serde_json::to_value(one).unwrap_or_default();
        report.insert(one.name.to_string(), value);
    }
    report.insert("accuracy".to_owned(), json!(accuracy));
    report.insert("macro avg".to_owned(), average(&|_| 1));
    report.insert("weighted avg".to_owned(), average(&|one| one.support));
    Value::Object(report)
}

/// Messages as Rasa lists them in `intent_errors.json`, or the right ones in
/// `intent_successes.json`.
pub(super) fn predictions(asked: &[Asked], right: bool) -> Vec<Value> {
    let wanted = |one: &&Asked| one.outcome.expected.is_some() && one.outcome.is_right() == right;
    let listed = asked.iter().filter(wanted).map(|one| {
        let outcome = &one.outcome;
        json!({
            "text": one.text,
            "intent": outcome.expected,
            "intent_prediction": {
                "name": outcome.predicted,
                "confidence": outcome.confidence,
            },
        })
    });
    listed.collect()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of messages are far below 2^52"
)]
pub(super) fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}
