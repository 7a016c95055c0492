//! What is counted, for `/metrics`. Counts and times only: no text, no address, no id.

use crate::dialogue::{Channel, Event};
use prometheus::{Histogram, HistogramOpts, IntCounter, IntCounterVec, IntGauge, Opts, Registry};
use std::time::Duration;

/// Which stage of understanding a message was left to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnderstoodBy {
    /// The first was sure, or there is no second.
    First,
    /// The first was not, and the second looked closer.
    Second,
    /// The first was not, and too many waited for the second.
    FirstUnderLoad,
}

/// Counters of one server.
pub struct Meters {
    registry: Registry,
    /// Connections open now.
    pub connections: IntGauge,
    opened: IntCounterVec,
    turns: Histogram,
    warnings: IntCounterVec,
    outcomes: IntCounterVec,
    redirects: IntCounterVec,
    refused: IntCounterVec,
    commit_failures: IntCounter,
    reloads: IntCounterVec,
    understood: IntCounterVec,
}

impl Meters {
    /// Counters at nought.
    #[expect(
        clippy::expect_used,
        reason = "the names are literals and distinct: a test makes one"
    )]
    #[must_use]
    pub fn new() -> Self {
        let registry = Registry::new();
        let counters = |name: &str, help: &str, label: &str| {
            let counters = IntCounterVec::new(Opts::new(name, help), &[label]).expect("a name");
            registry
                .register(Box::new(counters.clone()))
                .expect("a new name");
            counters
        };
        let opened = counters(
            "cece_conversations_total",
            "Conversations opened",
            "channel",
        );
        let warnings = counters("cece_warnings_total", "Personal data warned about", "kind");
        let outcomes = counters("cece_outcomes_total", "How needs came out", "outcome");
        let redirects = counters("cece_redirects_total", "Redirects", "department");
        let refused = counters("cece_refused_total", "Frames refused", "code");
        let reloads = counters("cece_reloads_total", "Reloads of the content", "result");
        let understood = counters("cece_understood_total", "Messages understood", "by");
        let connections =
            IntGauge::new("cece_connections", "Connections open now").expect("a name");
        let commit_failures = IntCounter::new(
            "cece_commit_failures_total",
            "Turns that could not be committed",
        )
        .expect("a name");
        let turns = Histogram::with_opts(
            HistogramOpts::new("cece_turn_seconds", "Time of a turn until it is durable").buckets(
                vec![
                    0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1.0, 5.0,
                ],
            ),
        )
        .expect("a name");
        registry
            .register(Box::new(connections.clone()))
            .expect("a new name");
        registry
            .register(Box::new(commit_failures.clone()))
            .expect("a new name");
        registry
            .register(Box::new(turns.clone()))
            .expect("a new name");
        Self {
            registry,
            connections,
            opened,
            turns,
            warnings,
            outcomes,
            redirects,
            refused,
            commit_failures,
            reloads,
            understood,
        }
    }

    /// A conversation was opened.
    pub fn opened(&self, channel: Channel) {
        let channel = match channel {
            Channel::Web => "web",
            Channel::Phone => "phone",
        };
        self.opened.with_label_values(&[channel]).inc();
    }

    /// A turn was committed and answered.
    pub fn turn(&self, took: Duration) {
        self.turns.observe(took.as_secs_f64());
    }

    /// An event of a committed turn.
    pub fn event(&self, event: &Event) {
        if let Event::Warned { kinds, .. } = event {
            for kind in kinds {
                self.warnings.with_label_values(&[kind.name()]).inc();
            }
        } else if let Event::Settled { outcome, .. } = event {
            self.outcomes.with_label_values(&[outcome.name()]).inc();
        } else if let Event::Redirected(to) = event {
            self.redirects.with_label_values(&[&*to.department]).inc();
        }
    }

    /// A message was understood.
    pub fn understood(&self, by: UnderstoodBy) {
        let by = match by {
            UnderstoodBy::First => "first",
            UnderstoodBy::Second => "second",
            UnderstoodBy::FirstUnderLoad => "first-under-load",
        };
        self.understood.with_label_values(&[by]).inc();
    }

    /// A turn could not be committed.
    pub fn commit_failed(&self) {
        self.commit_failures.inc();
    }

    /// A frame was refused with this code.
    pub fn refused(&self, code: &str) {
        self.refused.with_label_values(&[code]).inc();
    }

    /// The content was reloaded, or was not.
    pub fn reloaded(&self, ok: bool) {
        self.reloads
            .with_label_values(&[if ok { "ok" } else { "faults" }])
            .inc();
    }

    /// In the text form of Prometheus.
    #[must_use]
    pub fn text(&self) -> String {
        prometheus::TextEncoder::new()
            .encode_to_string(&self.registry.gather())
            .unwrap_or_default()
    }
}

impl Default for Meters {
    fn default() -> Self {
        Self::new()
    }
}
