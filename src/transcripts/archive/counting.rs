//! What stays of something that is made anonymous: counts by month, and never a word.

use super::layout::{self, Kind};
use super::{Archive, ArchiveError};
use crate::transcripts::record::{ConversationId, DataClass, UsageRecord};
use crate::transcripts::retention::ClassName;
use crate::transcripts::store::Batch;
use std::collections::BTreeMap;

/// How often something is counted, by what it is.
pub(super) type Counts = BTreeMap<String, u64>;

impl Archive {
    /// Counts that have stayed of what was made anonymous, by what they count.
    ///
    /// # Errors
    /// The store's; [`ArchiveError::Changed`].
    pub async fn counts(&self) -> Result<BTreeMap<String, u64>, ArchiveError> {
        let mut counts = BTreeMap::new();
        let mut records = self.walk(layout::all(Kind::Count));
        while let Some(page) = records.next().await? {
            for (key, value) in &page {
                let name = key.get(1..).unwrap_or_default();
                let name = String::from_utf8_lossy(name).into_owned();
                counts.insert(name, self.open_own(key, value, "a count")?);
            }
        }
        Ok(counts)
    }

    /// Counts what stays of a data class of a conversation.
    pub(super) async fn count_up(
        &self,
        counts: &mut Counts,
        id: ConversationId,
        class: DataClass,
        of: &ClassName,
    ) -> Result<(), ArchiveError> {
        let mut one = |name: String| *counts.entry(name).or_default() += 1;
        if class != DataClass::Usage {
            one(format!("{} records", of));
            return Ok(());
        }
        let Some(usage) = self.single::<UsageRecord>(Kind::Usage, id).await? else {
            return Ok(());
        };
        let usage = usage.record;
        let day = self.day(usage.started);
        let month = format!("{:04}-{:02}", day.year(), day.month());
        one(format!(
            "{month} conversations {}",
            usage.channel.record_class()
        ));
        for outcome in &usage.outcomes {
            one(format!("{month} outcome {}", outcome.name()));
        }
        for department in &usage.departments {
            one(format!("{month} department {department}"));
        }
        *counts.entry(format!("{month} messages")).or_default() += u64::from(usage.messages);
        Ok(())
    }

    /// Adds to `batch` that so much more was counted.
    pub(super) async fn write_counts(
        &self,
        batch: &mut Batch,
        counts: Counts,
    ) -> Result<(), ArchiveError> {
        for (name, more) in counts {
            let mut key = layout::all(Kind::Count);
            key.extend_from_slice(name.as_bytes());
            let before: u64 = self.own(key.clone(), "a count").await?.unwrap_or(0);
            self.put_own(batch, key, &(before + more))?;
        }
        Ok(())
    }
}
