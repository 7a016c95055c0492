//! Panics of the storage engine, caught: sled 0.34 panics on some damaged bytes instead of saying so.
//!
//! A caught panic is told by its place in the source alone: its message may hold keys or values.

use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::Notify;

thread_local! {
    static CATCHING: Cell<bool> = const { Cell::new(false) };
    static PLACE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Whether one of sled's own threads has panicked: from then on a flush may wait for ever.
static WRITER_LOST: AtomicBool = AtomicBool::new(false);
static TELL: Notify = Notify::const_new();

/// Runs `f`; a panic in it becomes the place where it happened, and nothing is printed.
pub(super) fn caught<T>(f: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(install);
    let outer = CATCHING.replace(true);
    // What `f` left half done is not used again: the caller gives up the store after a panic.
    let done = panic::catch_unwind(AssertUnwindSafe(f));
    CATCHING.set(outer);
    done.map_err(|_| format!("sled panicked at {}", PLACE.take()))
}

/// Whether sled's background writing has broken down in this process.
pub(super) fn writer_lost() -> bool {
    WRITER_LOST.load(Ordering::Acquire)
}

/// Resolves when it breaks down: whoever waits for a commit then would wait for ever.
pub(super) async fn until_writer_lost() {
    let told = TELL.notified();
    if !writer_lost() {
        told.await;
    }
}

fn install() {
    let previous = panic::take_hook();
    panic::set_hook(Box::new(move |panicked| {
        let place = panicked.location().map_or_else(
            || "an unknown place".to_owned(),
            |place| format!("{}:{}", file_name(place.file()), place.line()),
        );
        if CATCHING.get() {
            PLACE.set(place);
        } else if std::thread::current()
            .name()
            .is_some_and(|name| name.starts_with("sled-io"))
        {
            WRITER_LOST.store(true, Ordering::Release);
            TELL.notify_waiters();
            tracing::error!(place, "a writing thread of sled has panicked");
        } else {
            previous(panicked);
        }
    }));
}

/// The end of a path from `src/` on, so that no build machine's folders stand in a log.
fn file_name(path: &str) -> &str {
    path.rsplit_once("/src/").map_or(path, |(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::caught;

    #[test]
    fn a_panic_becomes_its_place_without_its_message() {
        let told = caught(|| -> u8 { panic!("07700 900123") }).unwrap_err();
        assert!(told.contains("panics.rs:"), "{told}");
        assert!(!told.contains("07700"), "{told}");
        assert_eq!(caught(|| 7), Ok(7));
    }
}
