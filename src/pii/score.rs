//! How well a detector did on labelled messages: by kind, and by what matters most to people.
//!
//! It counts; it neither detects nor prints.

use super::labelled::{Label, Labelled};
use super::{Finding, KindSet, PiiKind};

/// Findings against labels, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Labels that were found.
    pub hits: usize,
    /// All labels.
    pub labels: usize,
    /// All findings.
    pub findings: usize,
}

impl Tally {
    /// The share of findings that are right; 1 where there are none.
    #[must_use]
    pub fn precision(self) -> f64 {
        share(self.hits, self.findings, 1.0)
    }

    /// The share of labels that were found; 1 where there are none.
    #[must_use]
    pub fn recall(self) -> f64 {
        share(self.hits, self.labels, 1.0)
    }

    /// The F score in which recall weighs `beta` times as much as precision.
    #[must_use]
    pub fn f(self, beta: f64) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        let below = beta * beta * precision + recall;
        if below == 0.0 {
            return 0.0;
        }
        (1.0 + beta * beta) * precision * recall / below
    }

    fn add(&mut self, other: Self) {
        self.hits += other.hits;
        self.labels += other.labels;
        self.findings += other.findings;
    }
}

/// The scores of a detector on one labelled set.
#[derive(Debug, Clone, Default)]
pub struct Score {
    /// By kind: the bounds and the kind are the label's.
    pub strict: Vec<Tally>,
    /// By kind: the kind is the label's, and the two have at least half of the longer in common.
    pub overlap: Vec<Tally>,
    /// By kind: labels that are not wholly inside findings, of whatever kind: what a transcript
    /// would still show.
    pub leaks: Vec<usize>,
    /// Messages with a label; those of them in which something was found.
    pub personal: (usize, usize),
    /// Messages without a label; those of them in which something was found.
    pub harmless: (usize, usize),
}

/// What the detector got wrong in one message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Misses {
    /// Labels without a finding of the same kind and bounds.
    pub missed: Vec<Label>,
    /// Findings without such a label.
    pub wrong: Vec<Label>,
}

impl Misses {
    /// Whether it got everything right.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.missed.is_empty() && self.wrong.is_empty()
    }
}

impl Score {
    /// An empty score.
    #[must_use]
    pub fn new() -> Self {
        let kinds = PiiKind::ALL.len();
        Self {
            strict: vec![Tally::default(); kinds],
            overlap: vec![Tally::default(); kinds],
            leaks: vec![0; kinds],
            ..Self::default()
        }
    }

    /// Counts one message and gives what was wrong in it. Kinds that are not in `kinds`, on either
    /// side, are left out; a message is harmless if it has no label at all.
    pub fn add(&mut self, message: &Labelled, findings: &[Finding], kinds: KindSet) -> Misses {
        let labels: Vec<(PiiKind, &Label)> = message
            .spans
            .iter()
            .filter_map(|label| Some((label.kind()?, label)))
            .filter(|(kind, _)| kinds.contains(*kind))
            .collect();
        let found: Vec<&Finding> = findings
            .iter()
            .filter(|finding| kinds.contains(finding.kind))
            .collect();
        let mut misses = Misses::default();
        let mut used = vec![(false, false); found.len()];
        for (kind, label) in &labels {
            let at = *kind as usize;
            let exact = found.iter().zip(&used).position(|(finding, used)| {
                !used.0 && same(finding, *kind) && bounds(finding) == (label.start, label.end)
            });
            let near = found.iter().zip(&used).position(|(finding, used)| {
                !used.1 && same(finding, *kind) && half(finding, label)
            });
            match exact {
                Some(place) => used[place].0 = true,
                None => misses.missed.push((*label).clone()),
            }
            if let Some(place) = near {
                used[place].1 = true;
            }
            self.strict[at].hits += usize::from(exact.is_some());
            self.overlap[at].hits += usize::from(near.is_some());
            self.strict[at].labels += 1;
            self.overlap[at].labels += 1;
            self.leaks[at] += usize::from(!covered(label, findings));
        }
        for (finding, (exact, _)) in found.iter().zip(&used) {
            let at = finding.kind as usize;
            self.strict[at].findings += 1;
            self.overlap[at].findings += 1;
            if !exact {
                misses.wrong.push(Label {
                    start: finding.start,
                    end: finding.end,
                    name: finding.kind.name().to_owned(),
                });
            }
        }
        let side = if message.spans.is_empty() {
            Some(&mut self.harmless)
        } else if labels.is_empty() {
            None
        } else {
            Some(&mut self.personal)
        };
        if let Some((all, with)) = side {
            *all += 1;
            *with += usize::from(!found.is_empty());
        }
        misses
    }

    /// Over all kinds: strict, overlap.
    #[must_use]
    pub fn total(&self) -> (Tally, Tally) {
        let sum = |tallies: &[Tally]| {
            tallies.iter().fold(Tally::default(), |mut sum, tally| {
                sum.add(*tally);
                sum
            })
        };
        (sum(&self.strict), sum(&self.overlap))
    }

    /// The share of labels that a transcript would still show, in whole or in part.
    #[must_use]
    pub fn leak(&self) -> f64 {
        share(self.leaks.iter().sum(), self.total().0.labels, 0.0)
    }

    /// The share of messages with a label in which something was found.
    #[must_use]
    pub fn message_recall(&self) -> f64 {
        share(self.personal.1, self.personal.0, 1.0)
    }

    /// The share of messages without a label in which something was found.
    #[must_use]
    pub fn false_alarm(&self) -> f64 {
        share(self.harmless.1, self.harmless.0, 0.0)
    }
}

/// Counts here are far below 2^52.
#[allow(clippy::cast_precision_loss)]
fn share(part: usize, whole: usize, of_nothing: f64) -> f64 {
    if whole == 0 {
        return of_nothing;
    }
    part as f64 / whole as f64
}

fn same(finding: &Finding, kind: PiiKind) -> bool {
    finding.kind == kind
}

fn bounds(finding: &Finding) -> (u32, u32) {
    (finding.start, finding.end)
}

/// Whether the two have at least half of the longer one in common.
fn half(finding: &Finding, label: &Label) -> bool {
    let common = finding
        .end
        .min(label.end)
        .saturating_sub(finding.start.max(label.start));
    let longer = (finding.end - finding.start).max(label.end - label.start);
    common * 2 >= longer
}

/// Whether every code point of a label is inside some finding. Findings are in order.
fn covered(label: &Label, findings: &[Finding]) -> bool {
    let mut upto = label.start;
    for finding in findings {
        if finding.start <= upto && finding.end > upto {
            upto = finding.end;
        }
    }
    upto >= label.end
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::pii::Treatment;

    fn finding(kind: PiiKind, start: u32, end: u32) -> Finding {
        Finding {
            kind,
            start,
            end,
            treatment: Treatment::Warn,
        }
    }

    fn every_kind() -> KindSet {
        PiiKind::ALL.iter().copied().collect()
    }

    #[test]
    fn strict_overlap_leak_and_alarms_are_counted() {
        let set =
            "{{PHONE|07700900123}} and {{PERSON|Jo Bell}}\n{{UK_NINO|QQ123456C}}\nnothing\nfine";
        let set = Labelled::read_text(set).unwrap();
        let mut score = Score::new();
        // The name is found without its last letter, and a date where there is none.
        let misses = score.add(
            &set[0],
            &[
                finding(PiiKind::Phone, 0, 11),
                finding(PiiKind::Person, 16, 22),
            ],
            every_kind(),
        );
        assert_eq!((misses.missed.len(), misses.wrong.len()), (1, 1));
        score.add(&set[1], &[], every_kind());
        score.add(
            &set[2],
            &[finding(PiiKind::DateOfBirth, 0, 7)],
            every_kind(),
        );
        assert!(score.add(&set[3], &[], every_kind()).is_empty());

        let (strict, overlap) = score.total();
        assert_eq!((strict.hits, strict.labels, strict.findings), (1, 3, 3));
        assert_eq!((overlap.hits, overlap.labels, overlap.findings), (2, 3, 3));
        assert_eq!(score.leaks[PiiKind::Person as usize], 1);
        assert_eq!(score.leaks[PiiKind::UkNino as usize], 1);
        assert!((score.leak() - 2.0 / 3.0).abs() < 1e-9);
        assert_eq!((score.personal, score.harmless), ((2, 1), (2, 1)));
        assert!((strict.f(1.0) - 1.0 / 3.0).abs() < 1e-9);
    }

    #[test]
    fn kinds_that_are_not_asked_about_do_not_count() {
        let set = Labelled::read_text("{{PHONE|07700900123}}").unwrap();
        let mut score = Score::new();
        let only = KindSet::EMPTY.with(PiiKind::Email);
        score.add(&set[0], &[finding(PiiKind::Phone, 0, 11)], only);
        assert_eq!(score.total().0, Tally::default());
        assert_eq!((score.personal, score.harmless), ((0, 0), (0, 0)));
    }
}
