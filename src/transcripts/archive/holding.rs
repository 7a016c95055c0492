//! Counting what is held: by record class, data class, and months of beginning and end.

use super::layout::{self, DATA_CLASSES};
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
            let mut records = self.walk(layout::all(layout::kind_of(class)));
            while let Some(page) = records.next().await? {
                for (key, value) in &page {
                    let Some((id, _)) = layout::parse(key) else {
                        continue;
                    };
                    let (name, due) = match self.tag_in(id, class, value) {
                        Ok(tag) => (tag.class.to_string(), tag.due),
                        Err(ArchiveError::Unreadable { .. }) => ("unreadable".to_owned(), None),
                        Err(error) => return Err(error),
                    };
                    let span = Span {
                        began: began_month(self, id),
                        due: due.map(month),
                    };
                    *held.entry((name, class, span)).or_default() += 1;
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
    let seconds = id.0.get_timestamp().map_or(0, |at| at.to_unix().0);
    let at = Timestamp::from_second(i64::try_from(seconds).unwrap_or(0)).unwrap_or_default();
    month(archive.day(at))
}
