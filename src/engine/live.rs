//! A conversation in memory: its state, its place in the log, and who is connected to it.

use super::bundle::Bundle;
use crate::dialogue::State;
use crate::pii::CardParts;
use crate::transcripts::archive::Held;
use crate::transcripts::record::{ConversationId, TurnRecord};
use jiff::Timestamp;
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use tokio::sync::{MutexGuard, watch};

/// Where a conversation's log ends and which connection is the newest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Number of the last entry.
    pub head_seq: u64,
    /// The newest connection.
    pub epoch: u64,
}

/// A conversation that somebody is using: while a hold exists, it stays in memory.
pub struct Hold(Arc<Live>);

impl Hold {
    /// Taken under the lock of the engine's map, so that it cannot meet the eviction.
    pub(super) fn new(live: &Arc<Live>) -> Self {
        live.holds.fetch_add(1, Ordering::AcqRel);
        Self(Arc::clone(live))
    }
}

impl Deref for Hold {
    type Target = Live;

    fn deref(&self) -> &Live {
        &self.0
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        self.0.holds.fetch_sub(1, Ordering::AcqRel);
    }
}

/// A conversation in memory. Turns go through it one at a time.
pub struct Live {
    id: ConversationId,
    inner: tokio::sync::Mutex<Inner>,
    position: watch::Sender<Position>,
    holds: AtomicU32,
    last_activity_ms: AtomicI64,
}

pub(super) struct Inner {
    pub(super) held: Held,
    pub(super) state: State,
    pub(super) bundle: Arc<Bundle>,
    pub(super) last_client_seq: u64,
    /// What was given of a card before the last turn and after it; in memory only.
    pub(super) card_parts: (CardParts, CardParts),
}

impl Live {
    pub(super) fn new(
        held: Held,
        state: State,
        bundle: Arc<Bundle>,
        now: Timestamp,
        position: Position,
    ) -> Self {
        Self {
            id: held.id(),
            inner: tokio::sync::Mutex::new(Inner {
                held,
                state,
                bundle,
                last_client_seq: 0,
                card_parts: Default::default(),
            }),
            position: watch::Sender::new(position),
            holds: AtomicU32::new(0),
            last_activity_ms: AtomicI64::new(now.as_millisecond()),
        }
    }

    /// From the archive: the state is the fold of the recorded events.
    pub(super) fn replayed(
        held: Held,
        turns: &[TurnRecord],
        bundle: Arc<Bundle>,
        now: Timestamp,
    ) -> Self {
        let state = State::replay(turns.iter().flat_map(|turn| &turn.events));
        let last_client_seq = turns
            .iter()
            .filter_map(|turn| turn.client_seq)
            .max()
            .unwrap_or(0);
        let last_activity = turns.last().map_or(now, |turn| turn.at);
        let position = Position {
            head_seq: held.next_seq() - 1,
            epoch: held.session().epoch,
        };
        let mut live = Self::new(held, state, bundle, last_activity, position);
        live.inner.get_mut().last_client_seq = last_client_seq;
        live
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> ConversationId {
        self.id
    }

    /// Follows what others do to it: an officer, a time-out, a newer connection.
    #[must_use]
    pub fn follow(&self) -> watch::Receiver<Position> {
        self.position.subscribe()
    }

    pub(super) fn is_held(&self) -> bool {
        self.holds.load(Ordering::Acquire) > 0
    }

    /// Whether it is over; none while a turn is under way.
    pub(super) fn is_closed(&self) -> Option<bool> {
        self.inner
            .try_lock()
            .ok()
            .map(|inner| inner.state.is_closed())
    }

    /// Whether the conversation has ended, once whatever turn is under way is done.
    pub async fn is_over(&self) -> bool {
        self.lock().await.state.is_closed()
    }

    pub(super) async fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().await
    }

    pub(super) fn announce(&self, position: Position) {
        self.position.send_replace(position);
    }

    pub(super) fn epoch(&self) -> u64 {
        self.position.borrow().epoch
    }

    pub(super) fn touch(&self, now: Timestamp) {
        self.last_activity_ms
            .store(now.as_millisecond(), Ordering::Release);
    }

    pub(super) fn idle_seconds(&self, now: Timestamp) -> i64 {
        (now.as_millisecond() - self.last_activity_ms.load(Ordering::Acquire)) / 1000
    }
}
