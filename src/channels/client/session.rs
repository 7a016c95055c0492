//! What a client must remember between connections, and what it does about each frame.
//!
//! Pure: no socket, no clock. It keeps the token, the highest number seen, and the message that is
//! not acknowledged; it decides what to show and puts what to send into a queue. One message at a
//! time is under way, because the server takes their numbers without gaps: were one refused, those
//! sent after it would be refused too.

use super::frame::{Bye, Frame, Refusal, Welcome};
use std::collections::VecDeque;

/// The protocol version that this client speaks.
const PROTO: u32 = 1;
/// How often a message is sent again that the server could not take just then.
const RETRIES_MAX: u32 = 20;

/// What to do about a frame.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Give it to the caller.
    Show,
    /// Seen before.
    Skip,
    /// It lies behind a gap and will be replayed; show it should the conversation end before.
    Hold,
    /// Give it to the caller, and after so many milliseconds send the message again.
    Retry { after_ms: u64 },
    /// Give it to the caller, then come back on a new connection: not before so many milliseconds,
    /// where the server says.
    Leave { after_ms: Option<u64> },
    /// The conversation is gone, and this message was never recorded. Begin another one.
    BeginAnew { unsent: Option<u64> },
    /// Give it to the caller; nothing follows.
    Over,
}

#[derive(Debug)]
struct Pending {
    client_seq: u64,
    json: String,
    retries: u32,
}

/// One conversation as a client sees it.
#[derive(Debug, Default)]
pub(super) struct Session {
    token: Option<String>,
    welcomed: bool,
    /// Highest number of the log that was shown or acknowledged.
    seen: u64,
    /// While a resync runs: the frame that revealed the gap. The answer comes in order and holds
    /// that frame at the latest; what lies beyond was under way before the answer, and comes again.
    gap_until: Option<u64>,
    acked: u64,
    warned: u64,
    pending: Option<Pending>,
    outgoing: VecDeque<String>,
}

impl Session {
    /// A new connection stands: the next thing to send is the hello.
    pub(super) fn opened(&mut self, locale: &str, page: Option<(&str, &str)>) {
        self.welcomed = false;
        self.gap_until = None;
        self.outgoing.clear();
        let mut hello = serde_json::json!({"type": "hello", "proto": PROTO, "locale": locale});
        if let Some((url, title)) = page {
            hello["page"] = serde_json::json!({"url": url, "title": title});
        }
        if let Some(token) = &self.token {
            hello["resume"] = serde_json::json!({"token": token, "last_seq": self.seen});
        }
        self.outgoing.push_back(hello.to_string());
    }

    /// Numbers a frame of the resident's and keeps it until it is acknowledged or refused.
    ///
    /// # Errors
    /// The number of the message that is still under way.
    pub(super) fn submit(&mut self, mut frame: serde_json::Value) -> Result<u64, u64> {
        if let Some(pending) = &self.pending {
            return Err(pending.client_seq);
        }
        let client_seq = self.acked + 1;
        frame["client_seq"] = client_seq.into();
        self.pending = Some(Pending {
            client_seq,
            json: frame.to_string(),
            retries: 0,
        });
        if self.welcomed {
            self.send_pending();
        }
        Ok(client_seq)
    }

    /// Puts the message that is under way, if there is one, into the queue once more.
    pub(super) fn send_pending(&mut self) {
        self.outgoing
            .extend(self.pending.as_ref().map(|one| one.json.clone()));
    }

    /// The message that is not acknowledged.
    pub(super) fn pending(&self) -> Option<u64> {
        self.pending.as_ref().map(|one| one.client_seq)
    }

    /// Highest number of the log that was shown or acknowledged.
    pub(super) fn seen(&self) -> u64 {
        self.seen
    }

    /// Whether something is missing that was asked for.
    pub(super) fn has_gap(&self) -> bool {
        self.gap_until.is_some()
    }

    /// The next frame to write; take it with [`Session::written`] once it is.
    pub(super) fn to_write(&self) -> Option<&str> {
        self.outgoing.front().map(String::as_str)
    }

    /// The frame of [`Session::to_write`] has gone.
    pub(super) fn written(&mut self) {
        self.outgoing.pop_front();
    }

    /// Reads one frame of the server's.
    pub(super) fn take(&mut self, frame: &Frame) -> Verdict {
        match frame {
            Frame::Welcome(welcome) => self.welcome(welcome),
            Frame::Ack { client_seq, seq } => self.ack(*client_seq, *seq),
            Frame::Warn(warning) => match warning.client_seq {
                Some(client_seq) if client_seq <= self.warned => Verdict::Skip,
                Some(client_seq) => {
                    self.warned = client_seq;
                    Verdict::Show
                }
                None => Verdict::Show,
            },
            Frame::Say(say) => self.logged(say.seq),
            Frame::Redirect { seq, .. } => self.logged(*seq),
            Frame::Error(refusal) => self.refused(refusal),
            Frame::Reconnect { after_ms } => Verdict::Leave {
                after_ms: Some(*after_ms),
            },
            Frame::Bye { reason } => Self::bye(*reason),
            Frame::State { .. } | Frame::Typing | Frame::Unknown => Verdict::Show,
        }
    }

    fn welcome(&mut self, welcome: &Welcome) -> Verdict {
        self.token = Some(welcome.token.clone());
        self.welcomed = true;
        self.acked = self.acked.max(welcome.last_client_seq);
        self.forget_acked();
        self.send_pending();
        Verdict::Show
    }

    fn ack(&mut self, client_seq: u64, seq: u64) -> Verdict {
        if client_seq <= self.acked {
            return Verdict::Skip;
        }
        self.acked = client_seq;
        self.forget_acked();
        // The resident's own words take a number in the log, and this is all that is sent of them.
        if seq == self.seen + 1 {
            self.seen = seq;
        }
        Verdict::Show
    }

    fn forget_acked(&mut self) {
        let acked = self.acked;
        self.pending.take_if(|one| one.client_seq <= acked);
    }

    fn logged(&mut self, seq: u64) -> Verdict {
        if seq <= self.seen {
            return Verdict::Skip;
        }
        match self.gap_until {
            Some(until) if seq > until => return Verdict::Hold,
            Some(until) if seq == until => self.gap_until = None,
            Some(_) => {}
            // The first frame of all sets where counting begins: some numbers show nothing.
            None if self.seen > 0 && seq > self.seen + 1 => {
                self.gap_until = Some(seq);
                let from = self.seen + 1;
                let resync = serde_json::json!({"type": "resync", "from": from});
                self.outgoing.push_back(resync.to_string());
                return Verdict::Hold;
            }
            None => {}
        }
        self.seen = seq;
        Verdict::Show
    }

    fn refused(&mut self, refusal: &Refusal) -> Verdict {
        if refusal.code == "unknown_conversation" {
            let unsent = self.pending();
            *self = Self::default();
            return Verdict::BeginAnew { unsent };
        }
        if refusal.client_seq.is_none() && self.has_gap() {
            // The resync was refused: a new connection brings what is missing.
            return Verdict::Leave { after_ms: None };
        }
        if let Some(one) = &mut self.pending
            && refusal.client_seq == Some(one.client_seq)
        {
            match refusal.retry_after_ms {
                Some(after_ms) if one.retries < RETRIES_MAX => {
                    one.retries += 1;
                    return Verdict::Retry { after_ms };
                }
                // What was refused was not recorded, so its number is free again.
                Some(_) | None => self.pending = None,
            }
        }
        Verdict::Show
    }

    fn bye(reason: Bye) -> Verdict {
        if reason.resumable() {
            Verdict::Leave { after_ms: None }
        } else {
            Verdict::Over
        }
    }
}

#[cfg(test)]
mod tests;
