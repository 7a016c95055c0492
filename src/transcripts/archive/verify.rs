//! Checking the whole archive: every record opens, nothing is missing or left over, indexes and tags
//! agree with what they are about.
//!
//! It changes nothing and may run while conversations go on: one that looks faulty is looked at again
//! before it is told.

use super::layout::{self, DATA_CLASSES, Kind};
use super::walk::Walk;
use super::{Archive, ArchiveError, Held, Tagged};
use crate::transcripts::record::{ConversationId, DataClass, TechnicalRecord, UsageRecord};
use crate::transcripts::store::{Pair, StoreError};

/// What a check of the archive found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verification {
    /// Conversations that are whole.
    pub conversations: u64,
    /// Turns in them.
    pub turns: u64,
    /// What is wrong, a line each; never content.
    pub faults: Vec<String>,
}

impl Archive {
    /// Checks everything.
    ///
    /// # Errors
    /// Those of the store that keep it from going on; damage that it can pass by is a fault.
    pub async fn verify(&self) -> Result<Verification, ArchiveError> {
        let mut found = Verification::default();
        self.verify_conversations(&mut found).await?;
        for kind in [
            Kind::Turn,
            Kind::Note,
            Kind::Usage,
            Kind::Technical,
            Kind::Open,
        ] {
            self.verify_owners(kind, &mut found).await?;
        }
        self.verify_references(&mut found).await?;
        self.verify_expiry(&mut found).await?;
        Ok(found)
    }

    async fn verify_conversations(&self, found: &mut Verification) -> Result<(), ArchiveError> {
        let mut walk = self.walk(layout::all(Kind::Head));
        while let Some(page) = page(Kind::Head, &mut walk, found).await? {
            for (key, _) in page {
                let Some((id, _)) = layout::parse(&key) else {
                    found
                        .faults
                        .push("a head has a key of no known form".to_owned());
                    continue;
                };
                let mut seen = self.verify_conversation(id).await?;
                if !seen.faults.is_empty() {
                    // It may have moved on between two reads.
                    seen = self.verify_conversation(id).await?;
                }
                if seen.faults.is_empty() {
                    found.conversations += seen.conversations;
                    found.turns += seen.turns;
                }
                found.faults.append(&mut seen.faults);
            }
        }
        Ok(())
    }

    async fn verify_conversation(&self, id: ConversationId) -> Result<Verification, ArchiveError> {
        let mut seen = Verification::default();
        let Some(held) = told(self.read(id).await, &mut seen)?.flatten() else {
            return Ok(seen);
        };
        let (held, turns) = held;
        seen.conversations = 1;
        seen.turns = turns.len() as u64;
        let mut wrong = |what: &str| seen.faults.push(format!("conversation {id}: {what}"));
        if told_id(self.find(&held.reference).await)? != Some(id) {
            wrong("its reference does not lead to it");
        }
        let open = self.store.get(layout::of(Kind::Open, id)).await?.is_some();
        if open != held.usage.closed.is_none() {
            wrong("the index of open conversations does not agree with it");
        }
        for class in DATA_CLASSES {
            if let Some(due) = held.tags.of(class).due {
                let key = layout::expiry(due, id, class);
                if self.store.get(key).await?.is_none()
                    && self.holds_record(layout::kind_of(class), id).await?
                {
                    wrong(&format!(
                        "its last day {due} ({class:?}) is not in the index"
                    ));
                }
            }
        }
        self.verify_tags(&held, &mut seen)?;
        self.verify_usage(&held, &mut seen).await?;
        let technical = self.single::<TechnicalRecord>(Kind::Technical, id).await;
        self.verify_single(&held, DataClass::Technical, technical, &mut seen)
            .await?;
        if let Some(notes) = told(self.notes(&held).await, &mut seen)? {
            drop(notes);
        }
        Ok(seen)
    }

    /// Tags are those of the register, if they were made under its present version.
    fn verify_tags(&self, held: &Held, seen: &mut Verification) -> Result<(), ArchiveError> {
        let class = &held.tags.conversation.class;
        if !self.register().rows.contains_key(class) {
            let fault = format!("conversation {}: class `{class}` has no row", held.id);
            seen.faults.push(fault);
            return Ok(());
        }
        let moments = self.moments(held.started, held.last, held.usage.closed, held.noted);
        let now = self.tags(held.usage.channel, class, &moments)?;
        for class in DATA_CLASSES {
            let (tag, now) = (held.tags.of(class), now.of(class));
            if tag.register == now.register && tag != now {
                seen.faults.push(format!(
                    "conversation {}: its tag ({class:?}) is not the register's",
                    held.id
                ));
            }
        }
        Ok(())
    }

    async fn verify_usage(&self, held: &Held, seen: &mut Verification) -> Result<(), ArchiveError> {
        let usage = self.single::<UsageRecord>(Kind::Usage, held.id).await;
        let usage = self
            .verify_single(held, DataClass::Usage, usage, seen)
            .await?;
        // Until it is closed the record of it lags behind.
        let wrong = usage.is_some_and(|usage| {
            usage.closed != held.usage.closed || usage.messages > held.usage.messages
        });
        if held.usage.closed.is_some() && wrong {
            seen.faults.push(format!(
                "conversation {}: its usage data are not what its turns say",
                held.id
            ));
        }
        Ok(())
    }

    async fn verify_single<T>(
        &self,
        held: &Held,
        class: DataClass,
        read: Result<Option<Tagged<T>>, ArchiveError>,
        seen: &mut Verification,
    ) -> Result<Option<T>, ArchiveError> {
        let fault = |what| format!("conversation {}: {what} ({class:?})", held.id);
        let Some(read) = told(read, seen)? else {
            return Ok(None);
        };
        let Some(tagged) = read else {
            if self.is_due_to_be_there(held, class).await? {
                seen.faults.push(fault("a record is missing"));
            }
            return Ok(None);
        };
        if tagged.tag != *held.tags.of(class) {
            seen.faults
                .push(fault("its tag is not the one in the head"));
        }
        Ok(Some(tagged.record))
    }

    /// Whether a record of a data class has neither been swept nor erased: what has is in no index.
    async fn is_due_to_be_there(
        &self,
        held: &Held,
        class: DataClass,
    ) -> Result<bool, ArchiveError> {
        match held.tags.of(class).due {
            Some(due) => {
                let key = layout::expiry(due, held.id, class);
                Ok(self.store.get(key).await?.is_some())
            }
            None => Ok(!self.keks_of(held.id, &[class]).await?.is_empty()),
        }
    }

    /// A record that has outlived its conversation, and opens, is none too many.
    async fn outlives(&self, kind: Kind, id: Option<ConversationId>) -> Result<bool, ArchiveError> {
        let Some(id) = id else {
            return Ok(false);
        };
        let class = DATA_CLASSES
            .into_iter()
            .find(|class| *class != DataClass::Conversation && layout::kind_of(*class) == kind);
        match class {
            Some(class) => match self.tag_of(id, class).await {
                Ok(tag) => Ok(tag.is_some()),
                Err(error) if is_damage(&error) => Ok(false),
                Err(error) => Err(error),
            },
            None => Ok(false),
        }
    }

    /// What belongs to a conversation has one. Looked at key by key, and only once a conversation.
    async fn verify_owners(
        &self,
        kind: Kind,
        found: &mut Verification,
    ) -> Result<(), ArchiveError> {
        let mut walk = self.walk(layout::all(kind));
        let mut owner = None;
        while let Some(page) = page(kind, &mut walk, found).await? {
            for (key, _) in page {
                let id = layout::parse(&key).map(|(id, _)| id);
                if id.is_some() && id == owner {
                    continue;
                }
                owner = id;
                if !self.has_head(id).await? && !self.outlives(kind, id).await? {
                    found
                        .faults
                        .push(format!("{kind:?}: a record of no conversation"));
                }
            }
        }
        Ok(())
    }

    async fn verify_references(&self, found: &mut Verification) -> Result<(), ArchiveError> {
        let mut walk = self.walk(layout::all(Kind::Reference));
        while let Some(page) = page(Kind::Reference, &mut walk, found).await? {
            for (_, value) in page {
                if !self.has_head(layout::parse_id(&value)).await? {
                    found
                        .faults
                        .push("a reference leads to no conversation".to_owned());
                }
            }
        }
        Ok(())
    }

    async fn verify_expiry(&self, found: &mut Verification) -> Result<(), ArchiveError> {
        let mut walk = self.walk(layout::all(Kind::Expiry));
        while let Some(page) = page(Kind::Expiry, &mut walk, found).await? {
            for (key, _) in page {
                let Some((due, id, class)) = layout::parse_expiry(&key) else {
                    found
                        .faults
                        .push("a last day has a key of no known form".to_owned());
                    continue;
                };
                let head = self.store.get(layout::record(Kind::Head, id, 0)).await?;
                let tags = head.and_then(|head| self.open_head(id, &head).ok());
                let agrees = tags.is_none_or(|(head, ..)| head.tags.of(class).due == Some(due));
                let still_there = self.store.get(key).await?.is_some();
                if !agrees && still_there {
                    found.faults.push(format!(
                        "conversation {id}: the index has a last day {due} ({class:?}) that its tag has not"
                    ));
                }
            }
        }
        Ok(())
    }

    async fn has_head(&self, id: Option<ConversationId>) -> Result<bool, ArchiveError> {
        match id {
            Some(id) => {
                let head = self.store.get(layout::record(Kind::Head, id, 0)).await?;
                Ok(head.is_some())
            }
            None => Ok(false),
        }
    }
}

/// The next page of a kind; none when it is done, or when the store cannot read on, which is told.
async fn page(
    kind: Kind,
    walk: &mut Walk<'_>,
    found: &mut Verification,
) -> Result<Option<Vec<Pair>>, ArchiveError> {
    match walk.next().await {
        Ok(page) => Ok(page),
        Err(error @ StoreError::Damaged { .. }) => {
            found.faults.push(format!("{kind:?}: {error}"));
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

/// What was read, or nothing after telling why.
fn told<T>(
    read: Result<T, ArchiveError>,
    seen: &mut Verification,
) -> Result<Option<T>, ArchiveError> {
    match read {
        Ok(read) => Ok(Some(read)),
        Err(error) if is_damage(&error) => {
            seen.faults.push(error.to_string());
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

fn told_id(
    found: Result<Option<ConversationId>, ArchiveError>,
) -> Result<Option<ConversationId>, ArchiveError> {
    match found {
        Err(error) if is_damage(&error) => Ok(None),
        found => found,
    }
}

fn is_damage(error: &ArchiveError) -> bool {
    matches!(
        error,
        ArchiveError::Unreadable { .. } | ArchiveError::Store(StoreError::Damaged { .. })
    )
}
