//! Screening: raw text in; safe text, findings and the answer to the question out.
//!
//! Redaction is a fixed point: the safe text is screened again until nothing more is found, so that
//! a cue that comes nearer when a value between becomes a token cannot leave anything behind.

use super::card_parts::Glance;
use super::detector::Detector;
use super::pass::Hit;
use super::{
    CardParts, Expectation, Finding, KindSet, PiiKind, RawText, SafeText, Screened, SlotText,
    Treatment, treatment,
};
use std::ops::Range;
use zeroize::Zeroizing;

/// Personal data in a text, by bytes.
#[derive(Clone)]
struct Span {
    kind: PiiKind,
    range: Range<usize>,
}

impl Span {
    /// Whether it tells who somebody is, and not, as Article 9 and 10 data, only how they are.
    fn identifies(&self) -> bool {
        treatment(self.kind, false) != Treatment::Gentle
    }
}

/// After this many passes what is found is redacted and looked at no more; each pass but the last
/// finds something. More than three have been seen only in what a fuzzer made, names spelt into each
/// other, of which each found shows the next: nine for 170 bytes.
const PASSES_MAX: usize = 32;

impl Detector {
    /// Takes a message apart: see [`Screened`]. The raw text's memory is overwritten on return.
    #[must_use]
    pub fn screen(&self, raw: RawText, expectation: Option<&Expectation>) -> Screened {
        let mut found = self.find(raw.as_str());
        found = self.with_unnamed(raw.as_str(), found, expectation);
        self.screened(&raw, expectation, &found.spans, &found.redacted)
    }

    /// The same for a message that follows others, which may have begun a card number that it ends;
    /// and what the next message is to know of it.
    #[must_use]
    pub fn screen_after(
        &self,
        raw: RawText,
        expectation: Option<&Expectation>,
        before: &CardParts,
    ) -> (Screened, CardParts) {
        let mut found = self.find(raw.as_str());
        found.glance.card = found
            .spans
            .iter()
            .any(|span| span.kind == PiiKind::CreditCard);
        // What is found already is no part of anything, so the redacted text is looked at.
        let (part, after) = before.next(&found.redacted, expectation.is_some(), found.glance);
        if let Some((kind, range)) = part {
            merge(&mut found.spans, vec![Span { kind, range }]);
            found.redacted = redact(raw.as_str(), &found.spans);
        } else {
            found = self.with_unnamed(raw.as_str(), found, expectation);
        }
        (
            self.screened(&raw, expectation, &found.spans, &found.redacted),
            after,
        )
    }

    fn screened(
        &self,
        raw: &RawText,
        expectation: Option<&Expectation>,
        spans: &[Span],
        redacted: &str,
    ) -> Screened {
        let asked = expectation.map_or(KindSet::EMPTY, |expected| expected.kinds);
        let safe = SafeText::new(redacted);
        Screened {
            findings: findings(raw.as_str(), spans, asked),
            answer: expectation.map(|_| answer(raw.as_str(), spans, asked, redacted)),
            meaning: self.meaning(raw.as_str(), spans, &safe),
            safe,
        }
    }

    /// The text for understanding: see [`Screened::meaning`]. Where a span of Article 9 or 10 data
    /// covered an identifier ("convicted of assaulting" and a name), that is looked for by itself.
    fn meaning(&self, text: &str, spans: &[Span], safe: &SafeText) -> SafeText {
        if spans.iter().all(Span::identifies) {
            return safe.clone();
        }
        let mut identifiers = Vec::with_capacity(spans.len());
        for span in spans {
            if span.identifies() {
                identifiers.push(span.clone());
                continue;
            }
            let covered = text.get(span.range.clone()).unwrap_or_default();
            identifiers.extend(
                self.find(covered)
                    .spans
                    .into_iter()
                    .filter(Span::identifies)
                    .map(|inner| Span {
                        kind: inner.kind,
                        range: span.range.start + inner.range.start
                            ..span.range.start + inner.range.end,
                    }),
            );
        }
        SafeText::new(&redact(text, &identifiers))
    }

    /// Every finding in a text that is not a resident's: content, labelled sets. Nothing is asked
    /// for, so treatments are those of an unasked finding.
    #[must_use]
    pub fn scan(&self, text: &str) -> Vec<Finding> {
        let found = self.with_unnamed(text, self.find(text), None);
        findings(text, &found.spans, KindSet::EMPTY)
    }

    /// The same, and the text with a token in place of each.
    #[must_use]
    pub fn redact(&self, text: &str) -> (Vec<Finding>, SafeText) {
        let found = self.with_unnamed(text, self.find(text), None);
        (
            findings(text, &found.spans, KindSet::EMPTY),
            SafeText::new(&found.redacted),
        )
    }

    fn find(&self, text: &str) -> Found {
        let nothing = Found {
            spans: Vec::new(),
            redacted: Zeroizing::new(text.to_owned()),
            unnamed: Vec::new(),
            glance: Glance::default(),
        };
        self.find_more(text, nothing)
    }

    /// Adds what is found in the redacted text, until nothing is.
    fn find_more(&self, text: &str, mut found: Found) -> Found {
        for _ in 0..PASSES_MAX {
            let passed = self.pass(&found.redacted);
            found.unnamed = spans(passed.unnamed);
            found.glance = Glance {
                has_digits: passed.has_digits,
                names_card: passed.names_card,
                card: false,
            };
            if passed.hits.is_empty() {
                break;
            }
            found.add(text, spans(passed.hits));
        }
        found
    }

    /// The same with the numbers that nothing names and no question may have asked for, and with what is found where
    /// tokens stand for them.
    fn with_unnamed(
        &self,
        text: &str,
        mut found: Found,
        expectation: Option<&Expectation>,
    ) -> Found {
        for _ in 0..PASSES_MAX {
            let mut unnamed = std::mem::take(&mut found.unnamed);
            unnamed.retain(|span| may_be_personal(span.kind, expectation));
            if unnamed.is_empty() {
                break;
            }
            found.add(text, unnamed);
            found = self.find_more(text, found);
        }
        found
    }
}

/// Findings of a pass as spans.
fn spans(hits: Vec<Hit>) -> Vec<Span> {
    let span = |hit: Hit| {
        Some(Span {
            kind: hit.kind?,
            range: hit.range,
        })
    };
    hits.into_iter().filter_map(span).collect()
}

/// Whether a number that nothing names may be of this kind: not where a question is open that asks for nothing personal, but
/// perhaps for a number; and few figures ("308") answer any question.
fn may_be_personal(kind: PiiKind, expectation: Option<&Expectation>) -> bool {
    let is_short = matches!(kind, PiiKind::Cvv | PiiKind::CardExpiry);
    expectation.is_none_or(|expected| expected.kinds != KindSet::EMPTY && !is_short)
}

/// What was found in a text.
struct Found {
    /// In order.
    spans: Vec<Span>,
    /// The text with tokens in their place.
    redacted: Zeroizing<String>,
    /// What is left in the redacted text of numbers that nothing names: see [`may_be_personal`].
    unnamed: Vec<Span>,
    /// What the last pass saw of the redacted text.
    glance: Glance,
}

impl Found {
    /// Adds what was found in the redacted text.
    fn add(&mut self, text: &str, more: Vec<Span>) {
        if self.spans.is_empty() {
            self.spans = more;
        } else {
            merge(&mut self.spans, more);
        }
        self.redacted = redact(text, &self.spans);
    }
}

/// The text with every span as its token.
fn redact(text: &str, spans: &[Span]) -> Zeroizing<String> {
    let mut safe = Zeroizing::new(String::with_capacity(text.len() + spans.len() * 16));
    let mut done = 0;
    for span in spans {
        safe.push_str(text.get(done..span.range.start).unwrap_or_default());
        safe.push_str(span.kind.token());
        done = span.range.end;
    }
    safe.push_str(text.get(done..).unwrap_or_default());
    safe
}

/// Adds spans that were found in the redacted text, moved back to where they stand in the source.
/// They never overlap a token, and so no span.
fn merge(spans: &mut Vec<Span>, more: Vec<Span>) {
    let mut moved = Vec::with_capacity(more.len());
    let mut known = spans.iter().peekable();
    // How much longer the source is than the redacted text, up to here.
    let (mut source, mut safe) = (0, 0);
    for span in more {
        while let Some(next) = known.peek() {
            let token_end = safe + (next.range.start - source) + next.kind.token().len();
            if token_end > span.range.start {
                break;
            }
            (source, safe) = (next.range.end, token_end);
            known.next();
        }
        let back = |at: usize| at - safe + source;
        moved.push(Span {
            kind: span.kind,
            range: back(span.range.start)..back(span.range.end),
        });
    }
    spans.extend(moved);
    spans.sort_by_key(|span| span.range.start);
}

/// Spans as findings: offsets in code points, treatments by the policy table.
fn findings(text: &str, spans: &[Span], asked: KindSet) -> Vec<Finding> {
    let ascii = text.is_ascii();
    let (mut bytes, mut chars) = (0, 0);
    let mut code_point = |at: usize| {
        if ascii {
            return super::normal::offset(at);
        }
        chars += text.get(bytes..at).unwrap_or_default().chars().count();
        bytes = at;
        super::normal::offset(chars)
    };
    spans
        .iter()
        .map(|span| Finding {
            kind: span.kind,
            start: code_point(span.range.start),
            end: code_point(span.range.end),
            treatment: treatment(span.kind, asked.contains(span.kind)),
        })
        .collect()
}

/// What the question may keep: the asked kinds that may be taken, or else the safe text. Card data
/// is refused whoever asks, so it is never part of an answer.
fn answer(text: &str, spans: &[Span], asked: KindSet, safe: &str) -> SlotText {
    let taken =
        |span: &&Span| asked.contains(span.kind) && treatment(span.kind, true) == Treatment::Take;
    let values: Vec<&str> = spans
        .iter()
        .filter(taken)
        .filter_map(|span| text.get(span.range.clone()))
        .collect();
    if values.is_empty() {
        return SlotText::new(safe);
    }
    SlotText::new(&Zeroizing::new(values.join(", ")))
}
