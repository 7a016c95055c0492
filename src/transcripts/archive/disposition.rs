//! What a run of the sweeper would do, has done, and when it is too large: records without personal data.

use super::layout::{self, Kind};
use super::{Archive, ArchiveError};
use crate::transcripts::keys::Random;
use crate::transcripts::record::DataClass;
use crate::transcripts::retention::{ClassName, Disposal};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// When a run is too large to be right.
#[derive(Debug, Clone, Copy)]
pub struct Breaker {
    /// So many times the usual number of records.
    pub multiple: u64,
    /// But never fewer than this.
    pub floor: u64,
}

impl Default for Breaker {
    fn default() -> Self {
        Self {
            multiple: 3,
            floor: 1000,
        }
    }
}

/// Records that are over and go the same way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueGroup {
    /// Their record class.
    pub class: ClassName,
    /// Which data.
    pub data: DataClass,
    /// What happens.
    pub then: Disposal,
    /// The first of their last days.
    pub from: Date,
    /// The last of their last days.
    pub to: Date,
    /// How many.
    pub records: u64,
}

/// What a run would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SweepPlan {
    /// The day.
    pub today: Date,
    /// The version of the register.
    pub register: String,
    /// What goes.
    pub groups: Vec<DueGroup>,
    /// Records in them.
    pub records: u64,
    /// Records that are over and kept by a hold.
    pub held: u64,
    /// Records that are over and wait for a person.
    pub review: u64,
    /// Records that are over and cannot be read, most of them because their key is gone: they go too.
    pub unreadable: u64,
    /// The most records that a run may purge without being told the number.
    pub limit: u64,
}

/// What a run has done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disposition {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// The version of the register.
    pub register: String,
    /// What went.
    pub groups: Vec<DueGroup>,
    /// Records in them.
    pub records: u64,
    /// Records besides that could not be read, and whose rows went.
    #[serde(default)]
    pub unreadable: u64,
    /// Records kept by a hold.
    pub held: u64,
    /// Records that wait for a person.
    pub review: u64,
    /// Keys that were destroyed.
    pub keys: u64,
    /// Records that were sealed anew under other keys.
    pub resealed: u64,
}

/// How a run came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sweep {
    /// It was done.
    Done(Disposition),
    /// More than is usual would go: nothing was touched.
    TooMany(SweepPlan),
}

impl Disposition {
    /// A run that has done nothing yet.
    pub(super) fn begun(by: &str, register: &str, now: Timestamp) -> Self {
        Self {
            at: now,
            by: by.to_owned(),
            register: register.to_owned(),
            groups: Vec::new(),
            records: 0,
            unreadable: 0,
            held: 0,
            review: 0,
            keys: 0,
            resealed: 0,
        }
    }

    /// Whether a person has disposed of something that was reviewed.
    pub(super) fn is_of_a_person(&self) -> bool {
        self.groups
            .iter()
            .any(|group| group.then == Disposal::Review)
    }

    /// Counts a record that goes.
    pub(super) fn count(&mut self, class: &ClassName, data: DataClass, then: Disposal, day: Date) {
        self.records += 1;
        count(&mut self.groups, class, data, then, day);
    }
}

/// Counts a record among those that go the same way.
pub(super) fn count(
    groups: &mut Vec<DueGroup>,
    class: &ClassName,
    data: DataClass,
    then: Disposal,
    day: Date,
) {
    let same = |group: &&mut DueGroup| group.class == *class && group.data == data;
    if let Some(group) = groups.iter_mut().find(same) {
        group.from = group.from.min(day);
        group.to = group.to.max(day);
        group.records += 1;
    } else {
        groups.push(DueGroup {
            class: class.clone(),
            data,
            then,
            from: day,
            to: day,
            records: 1,
        });
    }
}

/// Where the disposition record of a run stands: one key a run, also of two in one millisecond.
pub(super) fn new_key(now: Timestamp, random: &dyn Random) -> Vec<u8> {
    let mut key = layout::all(Kind::Disposition);
    key.extend_from_slice(&now.as_millisecond().to_be_bytes());
    let mut own = [0; 4];
    random.fill(&mut own);
    key.extend_from_slice(&own);
    key
}

impl Archive {
    /// All disposition records, oldest first.
    ///
    /// # Errors
    /// The store's; [`ArchiveError::Changed`].
    pub async fn dispositions(&self) -> Result<Vec<Disposition>, ArchiveError> {
        let mut all = Vec::new();
        let mut records = self.walk(layout::all(Kind::Disposition));
        while let Some(page) = records.next().await? {
            for (key, value) in &page {
                all.push(self.open_own(key, value, "a disposition record")?);
            }
        }
        Ok(all)
    }
}
