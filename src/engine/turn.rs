//! One turn: screened, understood, stepped, committed, and only then answered.

use super::Engine;
use super::bundle::Bundle;
use super::live::{Inner, Live, Position};
use super::prepare::Prepared;
use crate::content::Locale;
use crate::dialogue::{self, Channel, Input, State};
use crate::pii::{Finding, RawText};
use crate::transcripts::archive::ArchiveError;
use crate::transcripts::record::TurnRecord;
use jiff::Timestamp;
use std::sync::Arc;

/// What a channel brings in.
pub struct TurnIn {
    /// The client's number for it: one more than its last. A repeated number is answered with the
    /// stored reply and has no second effect. None for what no client numbers.
    pub client_seq: Option<u64>,
    /// The connection it came by, so that a superseded one is refused. None for the server itself.
    pub epoch: Option<u64>,
    /// What happened.
    pub kind: TurnKind,
}

/// What happened.
pub enum TurnKind {
    /// Written or spoken words.
    Text(RawText),
    /// Spoken words, and what a recogniser heard otherwise, likelier first: an answer that cannot be
    /// read as it was heard may be read so.
    Speech(RawText, Vec<RawText>),
    /// One of the choices offered, by its id.
    Choice(RawText),
    /// A key on the telephone.
    Dtmf(char),
    /// Several keys, as their digits.
    Keys(RawText),
    /// From now on in another language.
    Language(Locale),
    /// The platform failed at something; what, in words of ours.
    Failed(&'static str),
    /// Nothing was said.
    Silence,
    /// Something was said that was not recognised.
    NoMatch,
    /// The last thing said was interrupted after so many characters.
    Interrupt {
        /// Characters that were heard.
        heard_chars: u32,
    },
    /// The resident ended it.
    End,
    /// Nothing happened for the longest time allowed.
    TimedOut,
}

/// What a channel takes out: the recorded turn, durable.
#[derive(Debug)]
pub struct TurnOut {
    /// The turn as it is recorded.
    pub record: TurnRecord,
    /// Where personal data stood in what was sent, for the page's mark; never the values.
    pub findings: Vec<Finding>,
    /// The state after it, for a channel that shows it.
    pub phase: dialogue::Phase,
    /// The resident's reference code.
    pub reference: String,
    /// The language that it was answered in.
    pub locale: Locale,
    /// The content that it was answered from.
    pub bundle: Arc<Bundle>,
}

/// Why a turn was not taken. Nothing has changed.
#[derive(Debug, thiserror::Error)]
pub enum TurnError {
    /// The conversation is over.
    #[error("this conversation has ended")]
    Ended,
    /// A newer connection has taken over.
    #[error("this conversation was taken up by a newer connection")]
    Superseded,
    /// The number was used for another turn.
    #[error("client_seq {client_seq} was used for another turn: number this one {expected}")]
    Reused {
        /// The number that was sent.
        client_seq: u64,
        /// The next free one.
        expected: u64,
    },
    /// The number leaves a gap.
    #[error("client_seq {client_seq} is out of order: the next is {expected}")]
    OutOfOrder {
        /// The number that was sent.
        client_seq: u64,
        /// The next free one.
        expected: u64,
    },
    /// The text is too long.
    #[error("{bytes} bytes, and at most {limit} (message_bytes_max) are taken: send it in parts")]
    TooLong {
        /// Its length.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// The archive failed; it may be sent again with the same number.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
}

/// What a client's number must be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Numbering {
    /// The next one, or that of the same turn.
    Strict,
    /// Any: what is no turn again is the next.
    Lenient,
}

/// The first turn of a conversation.
pub(super) fn first(
    bundle: &Bundle,
    channel: Channel,
    locale: Locale,
    reference: &str,
    (page, contact): (Option<String>, Option<String>),
    now: Timestamp,
) -> (TurnRecord, State) {
    let input = Input::Start {
        channel,
        locale,
        reference: reference.to_owned(),
        page,
        contact,
    };
    let step = dialogue::step(&State::default(), input, &bundle.assistant, now);
    let record = TurnRecord {
        seq: 1,
        at: now,
        client_seq: None,
        fingerprint: 0,
        events: step.events,
    };
    (record, step.state)
}

impl Engine {
    /// Takes one turn; durable when this returns `Ok`.
    ///
    /// # Errors
    /// [`TurnError`]; nothing has changed then, and the same turn may be sent again.
    pub async fn turn(&self, live: &Live, turn: TurnIn) -> Result<TurnOut, TurnError> {
        let started = self.clock.elapsed();
        let mut inner = live.lock().await;
        let out = self.take(live, &mut inner, turn, Numbering::Strict).await?;
        self.meters
            .turn(self.clock.elapsed().saturating_sub(started));
        Ok(out)
    }

    /// The same for a client that cannot tell which turns were taken: where its number was used for
    /// another turn, or leaves a gap, this is the next one. What is said again under its own number
    /// has the stored reply, and no second effect.
    ///
    /// # Errors
    /// [`TurnError`], but neither of those about numbers.
    pub async fn turn_or_next(&self, live: &Live, turn: TurnIn) -> Result<TurnOut, TurnError> {
        let started = self.clock.elapsed();
        let mut inner = live.lock().await;
        let out = self
            .take(live, &mut inner, turn, Numbering::Lenient)
            .await?;
        self.meters
            .turn(self.clock.elapsed().saturating_sub(started));
        Ok(out)
    }

    /// Closes a conversation if nothing has been said in it for the longest time allowed; whether
    /// it was.
    pub(super) async fn time_out(&self, live: &Live) -> Result<bool, TurnError> {
        let mut inner = live.lock().await;
        let idle_seconds = live.idle_seconds(self.clock.now());
        if inner.state.is_closed() || idle_seconds < i64::from(self.limits.inactivity_seconds) {
            return Ok(false);
        }
        let turn = TurnIn {
            client_seq: None,
            epoch: None,
            kind: TurnKind::TimedOut,
        };
        self.take(live, &mut inner, turn, Numbering::Strict)
            .await
            .map(|_| true)
    }

    async fn take(
        &self,
        live: &Live,
        inner: &mut Inner,
        mut turn: TurnIn,
        numbering: Numbering,
    ) -> Result<TurnOut, TurnError> {
        if turn.epoch.is_some_and(|epoch| epoch != live.epoch()) {
            return Err(TurnError::Superseded);
        }
        let next = inner.last_client_seq + 1;
        if numbering == Numbering::Lenient && turn.client_seq.is_some_and(|seq| seq > next) {
            turn.client_seq = Some(next);
        }
        if let TurnKind::Text(raw)
        | TurnKind::Choice(raw)
        | TurnKind::Speech(raw, _)
        | TurnKind::Keys(raw) = &turn.kind
        {
            let (bytes, limit) = (raw.len_bytes(), self.limits.message_bytes_max);
            if bytes > limit {
                return Err(TurnError::TooLong { bytes, limit });
            }
        }
        // A turn that is sent again is read as it was read the first time.
        let again = turn.client_seq == Some(inner.last_client_seq);
        let prepared = self.prepare(inner, turn.kind, again).await;
        if let Some(client_seq) = turn.client_seq {
            let expected = inner.last_client_seq + 1;
            if client_seq > expected {
                return Err(TurnError::OutOfOrder {
                    client_seq,
                    expected,
                });
            }
            if client_seq < expected {
                match self.repeated(live, inner, client_seq, &prepared).await {
                    Err(TurnError::Reused { .. }) if numbering == Numbering::Lenient => {
                        turn.client_seq = Some(next);
                    }
                    done => return done,
                }
            }
        }
        if inner.state.is_closed() {
            return Err(TurnError::Ended);
        }
        let now = self.clock.now();
        let step = dialogue::step(&inner.state, prepared.input, &inner.bundle.assistant, now);
        let record = TurnRecord {
            seq: inner.held.next_seq(),
            at: now,
            client_seq: turn.client_seq,
            fingerprint: prepared.fingerprint,
            events: step.events,
        };
        self.commit(live, inner, &record).await?;
        inner.state = step.state;
        if let Some(parts) = prepared.card_parts {
            let before = std::mem::replace(&mut inner.card_parts.1, parts);
            inner.card_parts.0 = before;
        }
        if let Some(client_seq) = turn.client_seq {
            inner.last_client_seq = client_seq;
        }
        live.touch(now);
        live.announce(Position {
            head_seq: record.next_seq() - 1,
            epoch: live.epoch(),
        });
        self.count(&record.events);
        Ok(out(inner, record, prepared.findings))
    }

    /// Commits, and where the record has moved on under us reads it again, so that the next try
    /// stands on what is recorded.
    async fn commit(
        &self,
        live: &Live,
        inner: &mut Inner,
        record: &TurnRecord,
    ) -> Result<(), ArchiveError> {
        let result = self.archive.append(&mut inner.held, record).await;
        if let Err(error) = &result {
            self.meters.commit_failed();
            if matches!(error, ArchiveError::Conflict)
                && let Some((held, turns)) = self.archive.read(live.id()).await?
            {
                inner.state = State::replay(turns.iter().flat_map(|turn| &turn.events));
                inner.last_client_seq = turns
                    .iter()
                    .filter_map(|turn| turn.client_seq)
                    .max()
                    .unwrap_or(0);
                inner.held = held;
            }
        }
        result
    }

    /// The stored reply to a turn that was taken before, if this is the same turn.
    async fn repeated(
        &self,
        live: &Live,
        inner: &Inner,
        client_seq: u64,
        prepared: &Prepared,
    ) -> Result<TurnOut, TurnError> {
        let turns = self.replay(live, 0).await?;
        let record = turns
            .into_iter()
            .find(|turn| turn.client_seq == Some(client_seq));
        match record {
            Some(record) if record.fingerprint == prepared.fingerprint => {
                Ok(out(inner, record, prepared.findings.clone()))
            }
            _ => Err(TurnError::Reused {
                client_seq,
                expected: inner.last_client_seq + 1,
            }),
        }
    }
}

fn out(inner: &Inner, record: TurnRecord, findings: Vec<Finding>) -> TurnOut {
    TurnOut {
        record,
        findings,
        phase: inner.state.phase(),
        reference: inner.held.reference().to_owned(),
        locale: inner.state.locale(),
        bundle: Arc::clone(&inner.bundle),
    }
}
