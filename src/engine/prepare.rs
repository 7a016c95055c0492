//! What a channel brings in as the state machine takes it: screened, understood, recognised again.
//!
//! Raw text ends here. It decides nothing, and nothing of it is durable.

use super::bundle::Bundle;
use super::live::Inner;
use super::meters::UnderstoodBy;
use super::{Engine, TurnKind};
use crate::dialogue::{Input, Utterance};
use crate::nlu::{First, Understanding};
use crate::pii::{CardParts, Finding, RawText, SafeText};
use sha2::{Digest as _, Sha256};
use std::sync::Arc;

/// The most further readings of one utterance that are looked at.
const HEARD_OTHERWISE_MAX: usize = 10;

/// A turn as the state machine takes it, and how to recognise it when it is sent again.
pub(super) struct Prepared {
    pub(super) input: Input,
    pub(super) findings: Vec<Finding>,
    pub(super) fingerprint: u64,
    /// For the next message, where this one was text.
    pub(super) card_parts: Option<CardParts>,
}

impl Prepared {
    /// What carries no text.
    fn plain(input: Input, name: &str) -> Self {
        Self {
            input,
            findings: Vec::new(),
            fingerprint: fingerprint(name, ""),
            card_parts: None,
        }
    }

    /// What was said, with what the next message is to know of it.
    fn said(utterance: Utterance, card_parts: CardParts) -> Self {
        Self {
            fingerprint: fingerprint("text", utterance.safe.as_str()),
            findings: utterance.findings.clone(),
            input: Input::Said(utterance),
            card_parts: Some(card_parts),
        }
    }

    /// What was keyed. The digits are in no fingerprint: so few are soon guessed.
    fn keyed(utterance: Utterance, card_parts: CardParts) -> Self {
        Self {
            fingerprint: fingerprint("keys", ""),
            findings: utterance.findings.clone(),
            input: Input::Keyed(utterance),
            card_parts: Some(card_parts),
        }
    }
}

impl Engine {
    /// Screens and understands what came in; `again` where it is a turn that is sent once more.
    pub(super) async fn prepare(&self, inner: &Inner, kind: TurnKind, again: bool) -> Prepared {
        match kind {
            TurnKind::Text(raw) => {
                let (utterance, parts) = self.utterance(inner, raw, Vec::new(), again).await;
                Prepared::said(utterance, parts)
            }
            TurnKind::Speech(raw, others) => {
                let (utterance, parts) = self.utterance(inner, raw, others, again).await;
                Prepared::said(utterance, parts)
            }
            TurnKind::Keys(raw) => {
                let (utterance, parts) = self.utterance(inner, raw, Vec::new(), again).await;
                Prepared::keyed(utterance, parts)
            }
            TurnKind::Choice(raw) => {
                // An id of ours holds no personal data; whatever else a client sends is screened.
                let screened = inner.bundle.detector.screen(raw, None);
                let choice = screened.safe.as_str().to_owned();
                let fingerprint = fingerprint("choice", &choice);
                Prepared {
                    fingerprint,
                    ..Prepared::plain(Input::Chose { choice }, "choice")
                }
            }
            TurnKind::Language(locale) => Prepared::plain(Input::Language(locale), "language"),
            TurnKind::Failed(what) => {
                let what = what.to_owned();
                Prepared::plain(Input::Failed { what }, "failed")
            }
            TurnKind::Dtmf(digit) => Prepared::plain(Input::Pressed { digit }, "dtmf"),
            TurnKind::Silence => Prepared::plain(Input::Silence, "silence"),
            TurnKind::NoMatch => Prepared::plain(Input::NoMatch, "no-match"),
            TurnKind::Interrupt { heard_chars } => {
                Prepared::plain(Input::Interrupted { heard_chars }, "interrupt")
            }
            TurnKind::End => Prepared::plain(Input::Ended, "end"),
            TurnKind::TimedOut => Prepared::plain(Input::TimedOut, "timed-out"),
        }
    }

    /// What was said, screened and understood, with what the next message is to know of it.
    async fn utterance(
        &self,
        inner: &Inner,
        raw: RawText,
        others: Vec<RawText>,
        again: bool,
    ) -> (Utterance, CardParts) {
        let bundle = &inner.bundle;
        let expectation = inner.state.expectation();
        let (before, after) = &inner.card_parts;
        let before = if again { before } else { after };
        let (screened, card_parts) =
            bundle
                .detector
                .screen_after(raw, expectation.as_ref(), before);
        let others = others.into_iter().take(HEARD_OTHERWISE_MAX);
        let heard_otherwise = others
            .filter_map(|other| bundle.detector.screen(other, expectation.as_ref()).answer)
            .collect();
        let utterance = Utterance {
            understanding: self.understand(bundle, screened.meaning).await,
            safe: screened.safe,
            findings: screened.findings,
            answer: screened.answer,
            heard_otherwise,
        };
        (utterance, card_parts)
    }

    /// What was meant. A look that takes long is taken elsewhere, and not at all where too many
    /// wait for one; only this conversation waits for it.
    async fn understand(&self, bundle: &Arc<Bundle>, text: SafeText) -> Understanding {
        bundle.taught().await;
        let (understanding, by) = match bundle.understand.understand_at_first(&text) {
            First::Decided(understanding) => (understanding, UnderstoodBy::First),
            First::Doubtful(at_first) => {
                let closer = self.second_look.take(Arc::clone(bundle), text).await;
                closer.map_or((at_first, UnderstoodBy::FirstUnderLoad), |closer| {
                    (closer, UnderstoodBy::Second)
                })
            }
        };
        self.meters.understood(by);
        understanding
    }
}

/// 64 bits of SHA-256 over the kind and the screened text: identifiers are not in it.
fn fingerprint(kind: &str, safe: &str) -> u64 {
    let digest = Sha256::new()
        .chain_update(kind)
        .chain_update([0])
        .chain_update(safe)
        .finalize();
    digest
        .iter()
        .take(8)
        .fold(0, |bits, byte| bits << 8 | u64::from(*byte))
}
