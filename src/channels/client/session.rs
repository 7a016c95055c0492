//! What a client must remember between connections, and what it does about each frame.
//!
//! Pure: no socket, no clock. It keeps the token, the highest number seen, and the messages that
//! are not acknowledged; it decides what to show and puts what to send into a queue.

use super::frame::{Bye, Frame, Welcome};
use std::collections::VecDeque;

/// The protocol version that this client speaks.
pub(super) const PROTO: u32 = 1;
/// Messages sent and not acknowledged, at most: past that the caller has to read first.
pub(super) const PENDING_MAX: usize = 64;

/// What to do about a frame.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Give it to the caller.
    Show,
    /// Seen before, or it will be replayed.
    Skip,
    /// Give it to the caller, then come back on a new connection.
    Leave {
        /// Not before so many milliseconds; `None` leaves the time to the client.
        after_ms: Option<u64>,
    },
    /// The conversation is gone: these messages were never recorded. Begin another one.
    BeginAnew {
        /// Their `client_seq`, oldest first.
        unsent: Vec<u64>,
    },
    /// Give it to the caller; nothing follows.
    Over,
}

#[derive(Debug)]
struct Pending {
    client_seq: u64,
    json: String,
}

/// One conversation as a client sees it.
#[derive(Debug, Default)]
pub(super) struct Session {
    token: Option<String>,
    welcomed: bool,
    /// Highest number of the log that was shown or acknowledged.
    seen: u64,
    /// While a resync runs: the frame that revealed the gap. The answer comes in order and ends
    /// with it at the latest, so whatever lies beyond was under way before the answer, and comes
    /// again.
    gap_until: Option<u64>,
    acked: u64,
    warned: u64,
    pending: VecDeque<Pending>,
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

    /// Numbers a frame of the resident's and keeps it until it is acknowledged.
    ///
    /// `None` when [`PENDING_MAX`] are waiting already.
    pub(super) fn submit(&mut self, mut frame: serde_json::Value) -> Option<u64> {
        if self.pending.len() >= PENDING_MAX {
            return None;
        }
        let client_seq = 1 + self
            .pending
            .back()
            .map_or(self.acked, |last| last.client_seq);
        frame["client_seq"] = client_seq.into();
        let json = frame.to_string();
        if self.welcomed {
            self.outgoing.push_back(json.clone());
        }
        self.pending.push_back(Pending { client_seq, json });
        Some(client_seq)
    }

    /// How many messages are not acknowledged.
    pub(super) fn pending(&self) -> usize {
        self.pending.len()
    }

    /// Highest number of the log that was shown or acknowledged.
    pub(super) fn seen(&self) -> u64 {
        self.seen
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
            Frame::Warn(warning) if warning.client_seq <= self.warned => Verdict::Skip,
            Frame::Warn(warning) => {
                self.warned = warning.client_seq;
                Verdict::Show
            }
            Frame::Say(say) => self.logged(say.seq),
            Frame::Redirect { seq, .. } => self.logged(*seq),
            Frame::Error(refusal) if refusal.code == "unknown_conversation" => self.begin_anew(),
            Frame::Error(refusal) => {
                // What was refused was not recorded, so its number is free again.
                self.pending
                    .retain(|one| Some(one.client_seq) != refusal.client_seq);
                Verdict::Show
            }
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
        let acked = self.acked;
        self.pending.retain(|one| one.client_seq > acked);
        self.outgoing
            .extend(self.pending.iter().map(|one| one.json.clone()));
        Verdict::Show
    }

    fn ack(&mut self, client_seq: u64, seq: u64) -> Verdict {
        if client_seq <= self.acked {
            return Verdict::Skip;
        }
        self.acked = client_seq;
        self.pending.retain(|one| one.client_seq > client_seq);
        // The resident's own words take a number in the log, and this is all that is sent of them.
        if seq == self.seen + 1 {
            self.seen = seq;
        }
        Verdict::Show
    }

    fn logged(&mut self, seq: u64) -> Verdict {
        if seq <= self.seen {
            return Verdict::Skip;
        }
        match self.gap_until {
            Some(until) if seq > until => return Verdict::Skip,
            Some(until) if seq == until => self.gap_until = None,
            Some(_) => {}
            // The first frame of all sets where counting begins: some numbers show nothing.
            None if self.seen > 0 && seq > self.seen + 1 => {
                self.gap_until = Some(seq);
                let from = self.seen + 1;
                let resync = serde_json::json!({"type": "resync", "from": from});
                self.outgoing.push_back(resync.to_string());
                return Verdict::Skip;
            }
            None => {}
        }
        self.seen = seq;
        Verdict::Show
    }

    fn begin_anew(&mut self) -> Verdict {
        let unsent = self.pending.iter().map(|one| one.client_seq).collect();
        *self = Self::default();
        Verdict::BeginAnew { unsent }
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
