//! The one thread that writes: takes a group, checks, applies, flushes, syncs, and only then answers.
//!
//! sled's own flush ends in `sync_file_range`, which is no barrier: after 16 of 30 simulated power
//! cuts the database would not open (sled issues 1351, 1452). So the data file is synced through a
//! handle of our own before anybody is told that a batch is durable.

use super::pairs::{self, Mark, View, Writes};
use super::panics::caught;
use super::queue::Request;
use super::{Core, read_failure, sled_failure};
use crate::transcripts::store::{Batch, CommitError, Precondition, StoreError};
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;

/// The committer's own things; the rest it shares with readers.
#[derive(Debug)]
pub(super) struct Committer {
    /// sled's data file.
    pub(super) data: File,
    /// Holds the number of a group that is known to be durable.
    pub(super) high_water: File,
    /// Number of the last group.
    pub(super) groups: u64,
}

impl Committer {
    /// Commits group after group until the queue ends. The first failure ends it: what comes after
    /// would be built on something that may not be there.
    pub(super) fn run(mut self, core: &Core) {
        let mut last = 0;
        while let Some(group) = core.queue.next_group(last) {
            last = group.len();
            let done = match core.queue.ended() {
                Some(failed) if !matches!(failed, StoreError::Closed) => Err(failed),
                Some(_) | None => self.commit(core, &group),
            };
            match done {
                Ok(refused) => {
                    for (request, refused) in group.into_iter().zip(refused) {
                        // Whoever has stopped listening has nobody to tell.
                        drop(request.reply.send(refused.map_or(Ok(()), Err)));
                    }
                }
                Err(error) => {
                    core.queue.end(error.clone());
                    for request in group {
                        drop(request.reply.send(Err(error.clone().into())));
                    }
                }
            }
        }
    }

    /// Makes what is not refused durable, and gives for each batch why it was refused, if it was.
    fn commit(
        &mut self,
        core: &Core,
        group: &[Request],
    ) -> Result<Vec<Option<CommitError>>, StoreError> {
        if let Some((free_bytes, floor_bytes)) = core.space.below_floor()? {
            let full = || CommitError::DiskFull {
                free_bytes,
                floor_bytes,
            };
            return Ok(group.iter().map(|_| Some(full())).collect());
        }
        caught(|| self.write(core, group)).unwrap_or_else(|what| Err(core.damaged(what)))
    }

    fn write(
        &mut self,
        core: &Core,
        group: &[Request],
    ) -> Result<Vec<Option<CommitError>>, StoreError> {
        // Held from here on, so that a copy that begins sees a group whole or is told of its keys.
        let alone = core
            .applying
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        let copying = core.copying.load(Ordering::Acquire);
        let refused = if !copying && group.iter().all(|request| turn(&request.batch).is_some()) {
            self.write_turns(core, group)?
        } else {
            self.write_any(core, group, copying)?
        };
        drop(alone);
        if refused.iter().any(Option::is_none) {
            self.sync(core)?;
        }
        Ok(refused)
    }

    /// The usual group, of turns alone: each is looked up and written in one descent of the tree.
    fn write_turns(
        &mut self,
        core: &Core,
        group: &[Request],
    ) -> Result<Vec<Option<CommitError>>, StoreError> {
        let failed = |error| sled_failure(&core.dir, error);
        let mut scratch = Vec::new();
        let mut refused = Vec::with_capacity(group.len());
        for request in group {
            let written = match turn(&request.batch) {
                Some((key, value)) => {
                    pairs::write_absent(&core.tree, key, value, &mut scratch).map_err(failed)?
                }
                None => false,
            };
            refused.push((!written).then_some(CommitError::Conflict));
        }
        if refused.iter().any(Option::is_none) {
            self.groups += 1;
            let mut writes = Writes::default();
            writes.mark(Mark {
                groups: self.groups,
            });
            writes.apply(&core.tree).map_err(failed)?;
        }
        Ok(refused)
    }

    /// A group with anything in it.
    fn write_any(
        &mut self,
        core: &Core,
        group: &[Request],
        copying: bool,
    ) -> Result<Vec<Option<CommitError>>, StoreError> {
        let mut writes = Writes::default();
        let mut view = View::new(&core.tree);
        let mut refused = Vec::with_capacity(group.len());
        for request in group {
            if holds(core, &view, request)? {
                add(core, &mut view, &mut writes, request)?;
                refused.push(None);
            } else {
                refused.push(Some(CommitError::Conflict));
            }
        }
        if refused.iter().all(Option::is_some) {
            return Ok(refused);
        }
        self.groups += 1;
        writes.mark(Mark {
            groups: self.groups,
        });
        if copying {
            core.changed().extend(writes.keys());
        }
        writes
            .apply(&core.tree)
            .map_err(|error| sled_failure(&core.dir, error))?;
        Ok(refused)
    }

    fn sync(&mut self, core: &Core) -> Result<(), StoreError> {
        core.tree
            .flush()
            .map_err(|error| sled_failure(&core.dir, error))?;
        self.data
            .sync_data()
            .map_err(|error| core.io("syncing the data file", &error))?;
        // Not synced: whatever of it survives is a lower bound of what was durable, which is what
        // tells a store that has lost its end from one that was cut short while writing.
        self.high_water
            .write_all_at(&high_water(self.groups), 0)
            .map_err(|error| core.io("noting the last commit", &error))
    }
}

/// The key and the value of a batch that writes one pair where there is none, in one piece.
fn turn(batch: &Batch) -> Option<(&[u8], &[u8])> {
    match (batch.preconditions.as_slice(), batch.writes.as_slice()) {
        ([Precondition::Absent(absent)], [(key, Some(value))])
            if absent == key && value.len() <= pairs::WHOLE_BYTES_MAX =>
        {
            Some((key, value))
        }
        _ => None,
    }
}

/// The content of the high-water file: the number, and its complement against a torn write.
pub(super) fn high_water(groups: u64) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&groups.to_be_bytes());
    bytes[8..].copy_from_slice(&(!groups).to_be_bytes());
    bytes
}

fn holds(core: &Core, view: &View<'_>, request: &Request) -> Result<bool, StoreError> {
    for condition in &request.batch.preconditions {
        let held = match condition {
            Precondition::Absent(key) => view.holds(key).map(|held| !held),
            Precondition::Present(key) => view.holds(key),
            Precondition::Equals(key, value) => view.equals(key, value),
        };
        if !held.map_err(|error| read_failure(&core.dir, error))? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn add<'a>(
    core: &Core,
    view: &mut View<'a>,
    writes: &mut Writes,
    request: &'a Request,
) -> Result<(), StoreError> {
    let preconditions = &request.batch.preconditions;
    if request.batch.writes.len() > 1 {
        writes.bind();
    }
    for (key, value) in &request.batch.writes {
        // The usual write is of a key that was just found absent: no need to look again.
        let absent = preconditions.len() == 1
            && request.batch.writes.len() == 1
            && matches!(preconditions.first(), Some(Precondition::Absent(absent)) if absent == key);
        let replaces = if absent {
            None
        } else {
            view.split_bytes(key)
                .map_err(|error| read_failure(&core.dir, error))?
        };
        writes.set(key, replaces, value.as_deref());
        view.write(key, value.as_deref());
    }
    Ok(())
}
