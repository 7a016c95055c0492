//! Counting what is held: by record class, data class, and months of beginning and end.

use super::layout::{self, DATA_CLASSES};
use super::reading::PAGE_RECORDS;
use super::{Archive, ArchiveError};
use crate::transcripts::record::{ConversationId, DataClass};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeMap;

impl Archive {
    /// What is held: records by record class, data class and month of the last day.
    ///
    /// # Errors
    /// The store's; what cannot be read is counted under no class.
    pub async fn holdings(&self) -> Result<BTreeMap<(String, DataClass, Span), u64>, ArchiveError> {
        let mut held = BTreeMap::new();
        for class in DATA_CLASSES {
            let mut after = None;
            loop {
                let kind = layout::kind_of(class);
                let page = self
                    .store
                    .scan(layout::all(kind), after.take(), PAGE_RECORDS)
                    .await?;
                for (key, _) in &page {
                    let Some((id, _)) = layout::parse(key) else {
                        continue;
                    };
                    let began = began_month(self, id);
                    let (name, due) = match self.tag_of(id, class).await {
                        Ok(Some(tag)) => (tag.class.to_string(), tag.due),
                        Ok(None) => continue,
                        Err(ArchiveError::Unreadable { .. }) => ("unreadable".to_owned(), None),
                        Err(error) => return Err(error),
                    };
                    *held
                        .entry((
                            name,
                            class,
                            Span {
                                began,
                                due: due.map(month),
                            },
                        ))
                        .or_default() += 1;
                }
                after = page.into_iter().next_back().map(|(key, _)| key);
                if after.is_none() {
                    break;
                }
            }
        }
        Ok(held)
    }
}

/// Since when and until when something is held, by month, `2026-11`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The month in which its conversation began.
    pub began: String,
    /// The month of its last day; none while that is not known.
    pub due: Option<String>,
}

fn month(day: Date) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

/// Ids are UUIDv7: they say when a conversation began.
fn began_month(archive: &Archive, id: ConversationId) -> String {
    let millis = id.0.get_timestamp().map_or(0, |at| {
        let (seconds, _) = at.to_unix();
        i64::try_from(seconds).unwrap_or(0) * 1000
    });
    let at = Timestamp::from_millisecond(millis).unwrap_or_default();
    month(archive.day(at))
}
