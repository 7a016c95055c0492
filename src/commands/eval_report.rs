//! What `cece eval` measured, as text and as JSON. Shares are in hundredths, times in their unit.

use crate::nlu::{Depth, Evaluation};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

/// Points of in-scope accuracy at which out-of-scope recall is stated.
const LOSSES: [(&str, f32); 2] = [("1 point", 0.01), ("3 points", 0.03)];

/// How long things took.
#[derive(Debug, Default)]
pub(super) struct Times {
    pub(super) train_first: Duration,
    pub(super) encode: Duration,
    pub(super) train_second: Duration,
    /// A message each, by the first stage alone.
    pub(super) first: Vec<Duration>,
    /// A message each, by both.
    pub(super) cascade: Vec<Duration>,
}

impl Times {
    /// Adds the messages of another.
    pub(super) fn add(&mut self, other: Self) {
        self.first.extend(other.first);
        self.cascade.extend(other.cascade);
    }
}

/// The report.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    messages_in_scope: usize,
    messages_out_of_scope: usize,
    accuracy_percent: f32,
    department_accuracy_percent: f32,
    macro_f1_percent: f32,
    calibration_error_percent: f32,
    decided_by_first_stage_percent: f32,
    answered_outright_percent: f32,
    answered_wrongly_percent: f32,
    false_rejections_percent: f32,
    out_of_scope_recall_percent: f32,
    out_of_scope_at_loss: BTreeMap<&'static str, AtLoss>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    stages_by_themselves: BTreeMap<&'static str, StageFigures>,
    train_first_stage_ms: u128,
    encode_examples_ms: u128,
    train_second_stage_ms: u128,
    first_stage_microseconds: Latency,
    cascade_microseconds: Latency,
    whole_run_seconds: f32,
    peak_memory_bytes: Option<u64>,
}

#[derive(Debug, Serialize)]
struct AtLoss {
    recall_percent: f32,
    lost_points: f32,
}

#[derive(Debug, Serialize)]
struct StageFigures {
    accuracy_percent: f32,
    calibration_error_percent: f32,
    recall_percent_at_loss: BTreeMap<&'static str, f32>,
}

#[derive(Debug, Serialize)]
struct Latency {
    mean: f64,
    p50: u128,
    p99: u128,
}

impl Report {
    /// Of an evaluation; thresholds at a stated loss are chosen on `valid` where there is one.
    pub(super) fn new(test: &Evaluation, valid: Option<&Evaluation>, times: Times) -> Self {
        let at_loss = |loss: f32| {
            let threshold = valid.unwrap_or(test).threshold_at_loss(loss);
            AtLoss {
                recall_percent: 100.0 * test.out_of_scope_recall(threshold),
                lost_points: 100.0 * test.accuracy_lost(threshold),
            }
        };
        let outside = test.out_of_scope > 0;
        let losses = LOSSES.into_iter().filter(|_| outside);
        Self {
            messages_in_scope: test.in_scope,
            messages_out_of_scope: test.out_of_scope,
            accuracy_percent: 100.0 * test.accuracy,
            department_accuracy_percent: 100.0 * test.department_accuracy,
            macro_f1_percent: 100.0 * test.macro_f1,
            calibration_error_percent: 100.0 * test.calibration_error,
            decided_by_first_stage_percent: 100.0 * test.by_first,
            answered_outright_percent: 100.0 * test.sure,
            answered_wrongly_percent: 100.0 * test.sure_wrong,
            false_rejections_percent: 100.0 * test.sent_away,
            out_of_scope_recall_percent: 100.0 * test.refused,
            out_of_scope_at_loss: losses.map(|(name, loss)| (name, at_loss(loss))).collect(),
            stages_by_themselves: BTreeMap::new(),
            train_first_stage_ms: times.train_first.as_millis(),
            encode_examples_ms: times.encode.as_millis(),
            train_second_stage_ms: times.train_second.as_millis(),
            first_stage_microseconds: Latency::of(times.first),
            cascade_microseconds: Latency::of(times.cascade),
            whole_run_seconds: 0.0,
            peak_memory_bytes: None,
        }
    }

    /// Adds what a stage makes of every message by itself.
    pub(super) fn add_stage(&mut self, depth: Depth, evaluation: &Evaluation) {
        let name = match depth {
            Depth::First => "first",
            Depth::Second => "second",
            Depth::Both => "both",
        };
        let recall =
            |loss| 100.0 * evaluation.out_of_scope_recall(evaluation.threshold_at_loss(loss));
        let losses = LOSSES.into_iter().filter(|_| evaluation.out_of_scope > 0);
        let figures = StageFigures {
            accuracy_percent: 100.0 * evaluation.accuracy,
            calibration_error_percent: 100.0 * evaluation.calibration_error,
            recall_percent_at_loss: losses.map(|(name, loss)| (name, recall(loss))).collect(),
        };
        self.stages_by_themselves.insert(name, figures);
    }

    /// Messages in scope whose likeliest intent is right, in 100.
    pub(super) fn accuracy_percent(&self) -> f32 {
        self.accuracy_percent
    }

    /// Notes what the run took in all.
    pub(super) fn finish(&mut self, took: Duration, peak_memory_bytes: Option<u64>) {
        self.whole_run_seconds = took.as_secs_f32();
        self.peak_memory_bytes = peak_memory_bytes;
    }
}

impl Latency {
    fn of(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        let at = |share: usize| {
            let place = (times.len() * share / 100).min(times.len().saturating_sub(1));
            times.get(place).map_or(0, Duration::as_micros)
        };
        let sum: Duration = times.iter().sum();
        let count = u32::try_from(times.len().max(1)).unwrap_or(u32::MAX);
        Self {
            mean: (sum / count).as_secs_f64() * 1e6,
            p50: at(50),
            p99: at(99),
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (inside, outside) = (self.messages_in_scope, self.messages_out_of_scope);
        writeln!(f, "{inside} messages in scope, {outside} out of scope\n")?;
        let mut line = |name: &str, percent: f32| writeln!(f, "{name:<52} {percent:6.2} %");
        line("right intent", self.accuracy_percent)?;
        line("right department", self.department_accuracy_percent)?;
        line("macro F1", self.macro_f1_percent)?;
        line("calibration error", self.calibration_error_percent)?;
        line(
            "decided by the first stage",
            self.decided_by_first_stage_percent,
        )?;
        line("answered outright", self.answered_outright_percent)?;
        line("  of them wrongly", self.answered_wrongly_percent)?;
        line("in scope and not understood", self.false_rejections_percent)?;
        if outside > 0 {
            line("out of scope and found", self.out_of_scope_recall_percent)?;
        }
        for (name, at) in &self.out_of_scope_at_loss {
            let name = format!("  for {name} of accuracy in scope ({:.2})", at.lost_points);
            line(&name, at.recall_percent)?;
        }
        for (name, stage) in &self.stages_by_themselves {
            line(
                &format!("the {name} stage by itself: right intent"),
                stage.accuracy_percent,
            )?;
            line("  calibration error", stage.calibration_error_percent)?;
            for (loss, recall) in &stage.recall_percent_at_loss {
                line(&format!("  out of scope and found for {loss}"), *recall)?;
            }
        }
        writeln!(
            f,
            "\ntrained in {} ms and {} ms, {} ms to encode the examples",
            self.train_first_stage_ms, self.train_second_stage_ms, self.encode_examples_ms
        )?;
        for (name, of) in [
            ("first stage", &self.first_stage_microseconds),
            ("both stages", &self.cascade_microseconds),
        ] {
            let Latency { mean, p50, p99 } = of;
            writeln!(
                f,
                "{name}: mean {mean:.1}, p50 {p50}, p99 {p99} microseconds a message"
            )?;
        }
        if let Some(bytes) = self.peak_memory_bytes {
            writeln!(f, "peak memory {} MB", bytes / 1_000_000)?;
        }
        writeln!(f, "{:.1} s in all", self.whole_run_seconds)
    }
}

/// The most memory that this process has held, where the system says so.
pub(super) fn peak_memory_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}
