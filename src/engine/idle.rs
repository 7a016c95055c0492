//! Time-outs: conversations without a word are closed politely, connected or not, also after a
//! restart; those that nobody is connected to leave memory.

use super::Engine;
use super::turn::TurnError;
use crate::transcripts::archive::ArchiveError;
use crate::transcripts::record::ConversationId;
use std::collections::BTreeSet;

/// Open conversations that are not in memory, by when they are to be looked at again.
#[derive(Debug, Default)]
pub(super) struct Dormant(BTreeSet<(i64, ConversationId)>);

impl Engine {
    /// Remembers which conversations were open when the server stopped.
    ///
    /// # Errors
    /// The archive's.
    pub async fn wake(&self) -> Result<usize, ArchiveError> {
        let open = self.archive.open_conversations().await?;
        let count = open.len();
        // Due at once: the first look reads when each was last spoken to.
        self.lock_dormant()
            .0
            .extend(open.into_iter().map(|id| (0, id)));
        Ok(count)
    }

    /// Closes what has timed out and lets go of what nobody is connected to. Called every few
    /// seconds; gives how many conversations it closed.
    ///
    /// # Errors
    /// The archive's; what could not be closed is tried again.
    pub async fn close_idle(&self) -> Result<usize, TurnError> {
        let now = self.clock.now();
        let inactivity = i64::from(self.limits.inactivity_seconds);
        let mut late: Vec<ConversationId> = self
            .lock_live()
            .values()
            .filter(|live| live.idle_seconds(now) >= inactivity)
            .map(|live| live.id())
            .collect();
        late.extend(self.take_due(now.as_second()));
        let mut closed = 0;
        for (place, id) in late.iter().enumerate() {
            match self.close_late(*id).await {
                Ok(done) => closed += usize::from(done),
                // It can go on no more, and must not keep others from their end.
                Err(TurnError::Archive(ArchiveError::Unreadable { why, .. })) => {
                    tracing::error!(conversation.id = %id, %why, "an open conversation cannot be read");
                }
                Err(error) => {
                    let rest = late.iter().skip(place).map(|id| (0, *id));
                    self.lock_dormant().0.extend(rest);
                    return Err(error);
                }
            }
        }
        self.let_go();
        Ok(closed)
    }

    async fn close_late(&self, id: ConversationId) -> Result<bool, TurnError> {
        match self.hold(id).await? {
            Some(live) => self.time_out(&live).await,
            None => Ok(false),
        }
    }

    fn take_due(&self, now_second: i64) -> Vec<ConversationId> {
        let mut dormant = self.lock_dormant();
        let later = dormant
            .0
            .split_off(&(now_second + 1, ConversationId(uuid::Uuid::nil())));
        std::mem::replace(&mut dormant.0, later)
            .into_iter()
            .map(|(_, id)| id)
            .collect()
    }

    /// Takes conversations out of memory that nobody is connected to: ended ones at once, others
    /// after a while, remembering when they time out.
    fn let_go(&self) {
        let now = self.clock.now();
        let mut dormant = Vec::new();
        self.lock_live().retain(|id, live| {
            if live.is_held() {
                return true;
            }
            let idle = live.idle_seconds(now);
            match live.is_closed() {
                Some(true) => false,
                Some(false) if idle >= i64::from(self.limits.detached_seconds) => {
                    let due = now.as_second() - idle + i64::from(self.limits.inactivity_seconds);
                    dormant.push((due, *id));
                    false
                }
                Some(false) | None => true,
            }
        });
        self.lock_dormant().0.extend(dormant);
    }
}
