//! What `eval` measured as one page: figures, the confusion matrix, how sure it was when it was right
//! and when it was wrong, and every error in a table that can be sorted.

use super::confusion::{PerIntent, ratio};
use super::crossval::Asked;
use super::html::{Escaped, SORT, page, sortable};
use crate::nlu::IntentName;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Columns of the histogram.
const BINS: usize = 20;

/// The page.
pub(super) fn html(figures: &str, asked: &[Asked], per_intent: &[PerIntent]) -> String {
    let mut body = format!("<h2>Figures</h2><pre>{}</pre>", Escaped(figures));
    body.push_str("<h2>How sure it was</h2>");
    body.push_str(&histogram(asked));
    body.push_str("<h2>What is taken for what</h2>");
    body.push_str(&matrix(asked));
    body.push_str("<h2>Intents</h2>");
    let rows: Vec<Vec<String>> = per_intent
        .iter()
        .map(|one| {
            let confused = one.confused_with.iter().take(3);
            let confused: Vec<String> = confused
                .map(|(name, count)| format!("{name} ({count})"))
                .collect();
            vec![
                one.name.to_string(),
                one.support.to_string(),
                percent(one.precision),
                percent(one.recall),
                percent(one.f1),
                confused.join(", "),
            ]
        })
        .collect();
    let head = [
        "Intent",
        "Messages",
        "Precision %",
        "Recall %",
        "F1 %",
        "Taken for",
    ];
    body.push_str(&sortable(&head, &[1, 2, 3, 4], &rows));
    let errors: Vec<Vec<String>> = asked.iter().filter_map(error_row).collect();
    let _ = write!(body, "<h2>Errors ({})</h2>", errors.len());
    let head = ["Message", "Is", "Taken for", "Confidence %"];
    body.push_str(&sortable(&head, &[3], &errors));
    body.push_str(SORT);
    page("How well messages are understood", &body)
}

fn error_row(one: &Asked) -> Option<Vec<String>> {
    let outcome = &one.outcome;
    let shown = |name: &Option<IntentName>| {
        let name = name.as_ref();
        name.map_or_else(|| "(out of scope)".to_owned(), ToString::to_string)
    };
    let wrong = outcome.expected.is_some() && !outcome.is_right();
    wrong.then(|| {
        vec![
            one.text.clone(),
            shown(&outcome.expected),
            shown(&outcome.predicted),
            percent(f64::from(outcome.confidence)),
        ]
    })
}

fn percent(share: f64) -> String {
    format!("{:.1}", 100.0 * share)
}

/// Two bars a bin of confidence: rightly and wrongly understood, in scope.
fn histogram(asked: &[Asked]) -> String {
    const HEIGHT: usize = 160;
    const WIDTH: usize = 34;
    let mut bins = [(0_usize, 0_usize); BINS];
    for Asked { outcome, .. } in asked {
        if outcome.expected.is_none() {
            continue;
        }
        let bin = &mut bins[bin_of(outcome.confidence)];
        if outcome.is_right() {
            bin.0 += 1;
        } else {
            bin.1 += 1;
        }
    }
    let most = bins
        .iter()
        .map(|bin| bin.0.max(bin.1))
        .max()
        .unwrap_or(0)
        .max(1);
    let mut text = format!(
        "<svg role=\"img\" viewBox=\"0 0 {} {}\" width=\"{}\"><title>Messages by confidence: right in \
         green, wrong in red</title>\n",
        BINS * WIDTH + 20,
        HEIGHT + 40,
        BINS * WIDTH + 20
    );
    for (at, (right, wrong)) in bins.iter().enumerate() {
        for (count, colour, left) in [(right, "#00703c", 0), (wrong, "#b10e1e", 15)] {
            let high = count * HEIGHT / most;
            let _ = writeln!(
                text,
                "<rect x=\"{}\" y=\"{}\" width=\"14\" height=\"{high}\" fill=\"{colour}\"><title>{count} \
                 at {} to {} %</title></rect>",
                at * WIDTH + 10 + left,
                HEIGHT + 10 - high,
                at * 100 / BINS,
                (at + 1) * 100 / BINS
            );
        }
        if at % 4 == 0 {
            let _ = writeln!(
                text,
                "<text x=\"{}\" y=\"{}\">{} %</text>",
                at * WIDTH + 6,
                HEIGHT + 30,
                at * 100 / BINS
            );
        }
    }
    text + "</svg>\n"
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "a share of a few bins"
)]
fn bin_of(confidence: f32) -> usize {
    ((confidence.clamp(0.0, 1.0) * BINS as f32) as usize).min(BINS - 1)
}

/// Rows are what is meant, columns what it is taken for; intents without a confusion are left out.
fn matrix(asked: &[Asked]) -> String {
    const CELL: usize = 16;
    const NAMES: usize = 300;
    let mut cells: BTreeMap<(&IntentName, &IntentName), usize> = BTreeMap::new();
    let mut totals: BTreeMap<&IntentName, usize> = BTreeMap::new();
    for Asked { outcome, .. } in asked {
        if let (Some(is), Some(taken)) = (&outcome.expected, &outcome.predicted) {
            *cells.entry((is, taken)).or_default() += 1;
            *totals.entry(is).or_default() += 1;
        }
    }
    let confused: BTreeSet<&IntentName> = cells
        .keys()
        .filter(|(is, taken)| is != taken)
        .flat_map(|(is, taken)| [*is, *taken])
        .collect();
    let names: Vec<&IntentName> = confused.into_iter().collect();
    if names.is_empty() {
        return "<p>Nothing is taken for anything else.</p>".to_owned();
    }
    let side = names.len() * CELL;
    let mut text = format!(
        "<p>Rows are what is meant, columns what it is taken for, in the same order. Darker is more of \
         the row. Intents without a confusion are left out.</p><div class=\"wide\"><svg role=\"img\" \
         style=\"max-width:none\" viewBox=\"0 0 {0} {1}\" width=\"{0}\"><title>Confusion matrix</title>\n",
        NAMES + side + 10,
        side + 10
    );
    for (row, is) in names.iter().enumerate() {
        let _ = writeln!(
            text,
            "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>",
            NAMES - 6,
            row * CELL + 13,
            Escaped(is.as_str())
        );
        for (column, taken) in names.iter().enumerate() {
            let Some(count) = cells.get(&(*is, *taken)) else {
                continue;
            };
            let share = ratio(*count, totals.get(is).copied().unwrap_or(1));
            let colour = if row == column { "#00703c" } else { "#b10e1e" };
            let _ = writeln!(
                text,
                "<rect x=\"{}\" y=\"{}\" width=\"{CELL}\" height=\"{CELL}\" fill=\"{colour}\" \
                 fill-opacity=\"{:.2}\"><title>{count} of {} taken for {}</title></rect>",
                NAMES + column * CELL,
                row * CELL,
                0.15 + 0.85 * share,
                Escaped(is.as_str()),
                Escaped(taken.as_str())
            );
        }
    }
    text + "</svg></div>\n"
}
