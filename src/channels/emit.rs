//! A recorded turn as frames, in the order in which it is recorded.

use super::frames::{ByeReason, Expected, ServerFrame, WarnFinding};
use crate::content::{Locale, Wording};
use crate::dialogue::{Event, Speaker, Why};
use crate::pii::{Finding, PiiKind, Treatment};
use crate::transcripts::record::TurnRecord;

/// For whom a turn is put into frames.
pub(super) enum Audience<'a> {
    /// The connection that sent it: acknowledged, with the positions of what was removed.
    Sender(&'a [Finding]),
    /// A connection that takes the conversation up, or one that somebody else's turn concerns: the
    /// resident's own words come as `say`.
    Reader,
}

/// Calls `send` with each frame of `record` whose number is at least `from_seq`.
pub(super) fn frames<'a, E>(
    record: &'a TurnRecord,
    audience: &Audience<'a>,
    from_seq: u64,
    wording: &'a Wording,
    locale: Locale,
    mut send: impl FnMut(&ServerFrame<'a>) -> Result<(), E>,
) -> Result<(), E> {
    let mut next_seq = record.seq;
    for event in &record.events {
        let seq = next_seq;
        if event.takes_seq() {
            next_seq += 1;
        }
        // What takes no number stands or falls with the entry before it.
        if next_seq <= from_seq {
            continue;
        }
        if let Some(frame) = frame(event, seq, record, audience, wording, locale) {
            send(&frame)?;
        }
    }
    Ok(())
}

fn frame<'a>(
    event: &'a Event,
    seq: u64,
    record: &'a TurnRecord,
    audience: &Audience<'a>,
    wording: &'a Wording,
    locale: Locale,
) -> Option<ServerFrame<'a>> {
    let at = || match audience {
        Audience::Sender(_) => None,
        Audience::Reader => Some(record.at.to_string()),
    };
    let own_words = |text: &'a str| match (audience, record.client_seq) {
        (Audience::Sender(_), Some(client_seq)) => Some(ServerFrame::Ack { client_seq, seq }),
        _ => Some(ServerFrame::Say {
            seq,
            from: Speaker::Resident,
            text,
            choices: &[],
            links: &[],
            expects: None,
            at: at(),
        }),
    };
    match event {
        Event::Heard { text } => own_words(text.as_str()),
        Event::Chose { label, .. } => own_words(label),
        Event::EndRequested | Event::Pressed { .. } => own_words(""),
        // A gentle word is said once in a conversation; after that there is nothing to say.
        Event::Warned { text, .. } if text.is_empty() => None,
        Event::Warned { kinds, text } => Some(ServerFrame::Warn {
            client_seq: record.client_seq,
            findings: warn_findings(kinds, audience, wording, locale),
            text,
        }),
        Event::Said {
            from,
            text,
            choices,
            links,
            expects,
            aloud: _,
        } => Some(ServerFrame::Say {
            seq,
            from: *from,
            text,
            choices,
            links,
            expects: expects.as_ref().map(|expects| Expected {
                slot: &expects.slot,
                kinds: expects.kinds.iter().collect(),
            }),
            at: at(),
        }),
        Event::Redirected(to) => Some(ServerFrame::Redirect { seq, to, at: at() }),
        Event::Closed { why } => Some(ServerFrame::Bye { reason: bye(*why) }),
        Event::Started { .. }
        | Event::Silent
        | Event::NotRecognised
        | Event::Interrupted { .. }
        | Event::LanguageChanged { .. }
        | Event::TimedOut
        | Event::OfficerJoined { .. }
        | Event::OfficerLeft
        | Event::Failed { .. }
        | Event::Language { .. }
        | Event::Understood { .. }
        | Event::Exempted { .. }
        | Event::IntentTaken { .. }
        | Event::NeedKept { .. }
        | Event::SlotFilled { .. }
        | Event::SlotSkipped { .. }
        | Event::SlotCleared { .. }
        | Event::FormKept { .. }
        | Event::Restarted
        | Event::Waiting { .. }
        | Event::Retagged { .. }
        | Event::Settled { .. } => None,
    }
}

fn bye(why: Why) -> ByeReason {
    match why {
        Why::Resident | Why::Channel => ByeReason::Ended,
        Why::TimedOut => ByeReason::TimedOut,
        Why::TooLong => ByeReason::TooLong,
    }
}

fn warn_findings<'a>(
    kinds: &[PiiKind],
    audience: &Audience<'_>,
    wording: &'a Wording,
    locale: Locale,
) -> Vec<WarnFinding<'a>> {
    let advice = |kind| {
        wording
            .warning(kind, locale)
            .map_or("", |warning| warning.advice.as_ref())
    };
    match audience {
        Audience::Sender(findings) => findings
            .iter()
            .filter(|finding| kinds.contains(&finding.kind))
            .filter(|finding| finding.treatment != Treatment::Take)
            .map(|finding| WarnFinding {
                kind: finding.kind,
                start: Some(finding.start),
                end: Some(finding.end),
                advice: advice(finding.kind),
            })
            .collect(),
        Audience::Reader => kinds
            .iter()
            .map(|kind| WarnFinding {
                kind: *kind,
                start: None,
                end: None,
                advice: advice(*kind),
            })
            .collect(),
    }
}
