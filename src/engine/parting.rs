//! Letting go of a conversation that is to be erased, so that nothing is recorded of it meanwhile.

use super::Engine;
use crate::dialogue::{Event, Why};
use crate::transcripts::record::ConversationId;
use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The conversations that are being parted with.
#[derive(Debug, Default)]
pub(super) struct Parted(Mutex<HashSet<ConversationId>>);

impl Parted {
    pub(super) fn contains(&self, id: ConversationId) -> bool {
        self.lock().contains(&id)
    }

    fn lock(&self) -> MutexGuard<'_, HashSet<ConversationId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Nobody takes the conversation up while this lives.
#[must_use]
pub struct Parting<'a> {
    engine: &'a Engine,
    id: ConversationId,
}

impl Drop for Parting<'_> {
    fn drop(&mut self) {
        self.engine.parted.lock().remove(&self.id);
    }
}

impl Engine {
    /// Lets go of a conversation: who holds it can say nothing more in it, a turn that is under way is
    /// finished when this returns, and nobody takes it up again while what is returned lives.
    pub async fn part_with(&self, id: ConversationId) -> Parting<'_> {
        self.parted.lock().insert(id);
        let parting = Parting { engine: self, id };
        let live = self.lock_live().remove(&id);
        if let Some(live) = live {
            let mut inner = live.lock().await;
            inner.state.apply(&Event::Closed { why: Why::Channel });
        }
        parting
    }
}
