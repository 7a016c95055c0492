//! Batches waiting for the committer, and when it takes them: how groups form.
//!
//! A lone writer never waits. With several, the committer waits for as many as there were lately, for
//! as long as more keep coming and at most 10 ms, since a sync costs more than the wait and serves them
//! all. Writers wake it only when the number that it waits for is there.

use crate::transcripts::store::{Batch, CommitError, StoreError};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::oneshot;

/// The most batches in a group.
const GROUP_BATCHES_MAX: usize = 256;
/// The most bytes in a group, unless a single batch has more.
const GROUP_BYTES_MAX: usize = 4 << 20;
/// When none has come for so long, none is waited for.
const GATHER_STEP: Duration = Duration::from_millis(2);
/// For so many of these steps at most a batch waits for others.
const GATHER_STEPS_MAX: usize = 5;

/// What a commit comes to.
pub(super) type Outcome = Result<(), CommitError>;

/// A batch, and whom to tell.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) batch: Batch,
    pub(super) reply: oneshot::Sender<Outcome>,
}

/// The queue between writers and the committer.
#[derive(Debug, Default)]
pub(super) struct Queue {
    waiting: Mutex<Waiting>,
    arrived: Condvar,
}

#[derive(Debug, Default)]
struct Waiting {
    requests: Vec<Request>,
    /// How many the committer sleeps for; none while it works.
    wanted: Option<usize>,
    /// No more is taken, because of this; what is queued is still done.
    ended: Option<StoreError>,
}

impl Queue {
    /// Queues `batch`; the answer comes when it is durable or refused.
    pub(super) fn push(&self, batch: Batch) -> Result<oneshot::Receiver<Outcome>, StoreError> {
        let (reply, answer) = oneshot::channel();
        let mut waiting = self.lock();
        if let Some(error) = &waiting.ended {
            return Err(error.clone());
        }
        waiting.requests.push(Request { batch, reply });
        let enough = waiting
            .wanted
            .is_some_and(|wanted| waiting.requests.len() >= wanted);
        if enough {
            waiting.wanted = None;
        }
        drop(waiting);
        if enough {
            self.arrived.notify_one();
        }
        Ok(answer)
    }

    /// The next group, after `last` batches in the one before; none when the queue has ended.
    pub(super) fn next_group(&self, last: usize) -> Option<Vec<Request>> {
        let mut waiting = self.lock();
        // Those of the last group who write again, and those who came while it was being written.
        let likely = (last + waiting.requests.len()).min(GROUP_BATCHES_MAX);
        waiting = self.sleep(waiting, 1, None);
        for _ in 0..GATHER_STEPS_MAX {
            let before = waiting.requests.len();
            waiting = self.sleep(waiting, likely, Some(GATHER_STEP));
            if waiting.requests.len() == before {
                break;
            }
        }
        waiting.wanted = None;
        let mut bytes = 0;
        let count = waiting
            .requests
            .iter()
            .take(GROUP_BATCHES_MAX)
            .take_while(|request| {
                let fits = bytes < GROUP_BYTES_MAX;
                bytes += size(&request.batch);
                fits
            })
            .count();
        let group: Vec<_> = waiting.requests.drain(..count).collect();
        (!group.is_empty()).then_some(group)
    }

    /// Takes no more, because of `why`; the first reason stands.
    pub(super) fn end(&self, why: StoreError) {
        self.lock().ended.get_or_insert(why);
        self.arrived.notify_all();
    }

    /// Why no more is taken.
    pub(super) fn ended(&self) -> Option<StoreError> {
        self.lock().ended.clone()
    }

    fn sleep<'a>(
        &self,
        mut waiting: MutexGuard<'a, Waiting>,
        wanted: usize,
        longest: Option<Duration>,
    ) -> MutexGuard<'a, Waiting> {
        let short = |waiting: &mut Waiting| {
            let short = waiting.requests.len() < wanted && waiting.ended.is_none();
            waiting.wanted = short.then_some(wanted);
            short
        };
        if !short(&mut waiting) {
            return waiting;
        }
        match longest {
            None => self
                .arrived
                .wait_while(waiting, short)
                .unwrap_or_else(PoisonError::into_inner),
            Some(longest) => {
                self.arrived
                    .wait_timeout_while(waiting, longest, short)
                    .unwrap_or_else(PoisonError::into_inner)
                    .0
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn size(batch: &Batch) -> usize {
    batch
        .writes
        .iter()
        .map(|(key, value)| key.len() + value.as_ref().map_or(0, Vec::len))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::thread;

    fn push(queue: &Queue, count: usize) -> Vec<oneshot::Receiver<Outcome>> {
        (0..count)
            .map(|_| queue.push(Batch::default()).unwrap())
            .collect()
    }

    #[test]
    fn a_lone_writer_is_taken_at_once_and_the_rest_of_a_crowd_is_waited_for() {
        let queue = Arc::new(Queue::default());
        let _lone = push(&queue, 1);
        assert_eq!(queue.next_group(0).map(|group| group.len()), Some(1));

        // Two of the last group are back; the third comes while the committer gathers.
        let _crowd = push(&queue, 2);
        let later = Arc::clone(&queue);
        let writer = thread::spawn(move || push(&later, 1));
        let group = queue.next_group(1).map_or(0, |group| group.len());
        let _answers = writer.join().unwrap();
        let rest = if group == 3 { 0 } else { 3 - group };
        assert!(group >= 2, "{group}");
        if rest > 0 {
            assert_eq!(queue.next_group(0).map(|group| group.len()), Some(rest));
        }
    }

    #[test]
    fn a_group_has_an_end_and_an_ended_queue_is_drained_first() {
        let queue = Queue::default();
        let _answers = push(&queue, GROUP_BATCHES_MAX + 1);
        queue.end(StoreError::Closed);
        assert!(queue.push(Batch::default()).is_err());
        let mut taken = Vec::new();
        while let Some(group) = queue.next_group(0) {
            taken.push(group.len());
        }
        assert_eq!(taken, [GROUP_BATCHES_MAX, 1]);
    }
}
