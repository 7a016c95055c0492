//! The threads on which doubtful messages get a second look.
//!
//! A look takes milliseconds, so it is never taken on a thread of the event loop: a few threads of
//! lower priority take them in turn from a short queue. Where the queue is full the message is not
//! kept waiting: what the first look told stands. It knows nothing of conversations.

use super::bundle::Bundle;
use crate::nlu::Understanding;
use crate::pii::SafeText;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::oneshot;

/// Messages that may wait for a look; at some 5 ms each the last waits a sixth of a second.
pub const SECOND_LOOKS_WAITING_MAX: usize = 32;

/// By how much the threads stand back for those of the event loop (`nice`).
const PRIORITY_BACK: i32 = 5;

/// A message that waits for its look.
struct Waiting {
    bundle: Arc<Bundle>,
    text: SafeText,
    understood: oneshot::Sender<Understanding>,
}

/// The queue before the threads. They end when it is dropped.
pub(super) struct SecondLook {
    queue: SyncSender<Waiting>,
}

impl SecondLook {
    /// On half of the machine's processors, at least one.
    pub(super) fn new() -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let (queue, waiting) = sync_channel(SECOND_LOOKS_WAITING_MAX);
        let waiting = Arc::new(Mutex::new(waiting));
        for _ in 0..(processors / 2).max(1) {
            let waiting = Arc::clone(&waiting);
            let thread = std::thread::Builder::new().name("second-look".into());
            // Without the thread the queue fills, and the first look stands: no reason not to start.
            let _ = thread.spawn(move || take_turns(&waiting));
        }
        Self { queue }
    }

    /// What a closer look tells; none where too many wait for one.
    pub(super) async fn take(&self, bundle: Arc<Bundle>, text: SafeText) -> Option<Understanding> {
        let (understood, answer) = oneshot::channel();
        let waiting = Waiting {
            bundle,
            text,
            understood,
        };
        match self.queue.try_send(waiting) {
            Ok(()) => answer.await.ok(),
            Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => None,
        }
    }
}

fn take_turns(waiting: &Mutex<Receiver<Waiting>>) {
    // Refused where the process may not set priorities: then they are equals.
    let _ = rustix::process::nice(PRIORITY_BACK);
    loop {
        let next = waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .recv();
        let Ok(Waiting {
            bundle,
            text,
            understood,
        }) = next
        else {
            return;
        };
        if understood.is_closed() {
            continue;
        }
        let look = || bundle.understand.understand(&text);
        // A panic is a bug; it must not cost the thread, nor the resident an answer.
        if let Ok(understanding) = catch_unwind(AssertUnwindSafe(look)) {
            let _ = understood.send(understanding);
        }
    }
}
