//! What a run of the sweeper would do, has done, and when it is too large: records without personal data.

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
    /// Records that are over and cannot be read, because their key is gone: they go too.
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
