//! Going through everything under a prefix, a page at a time, so that nothing grows with the archive.

use super::Archive;
use crate::transcripts::store::{Pair, Store, StoreError};

/// Pairs that are read from the store at once.
const PAGE_PAIRS: usize = 256;

/// A walk over the pairs under a prefix, in order of key. What is written behind it is not seen, what is
/// written before it is.
pub(super) struct Walk<'a> {
    store: &'a dyn Store,
    prefix: Vec<u8>,
    after: Option<Vec<u8>>,
    ended: bool,
}

impl Walk<'_> {
    /// Leaves out what comes before `key`, and `key` itself.
    pub(super) fn skip_to(&mut self, key: Vec<u8>) {
        self.after = Some(key);
    }

    /// The next page, with a pair at least; none at the end.
    ///
    /// # Errors
    /// The store's; the walk is then over.
    pub(super) async fn next(&mut self) -> Result<Option<Vec<Pair>>, StoreError> {
        if self.ended {
            return Ok(None);
        }
        self.ended = true;
        let page = self
            .store
            .scan(self.prefix.clone(), self.after.take(), PAGE_PAIRS)
            .await?;
        self.ended = page.len() < PAGE_PAIRS;
        self.after = page.last().map(|(key, _)| key.clone());
        Ok((!page.is_empty()).then_some(page))
    }
}

impl Archive {
    /// A walk over everything whose key begins with `prefix`.
    pub(super) fn walk(&self, prefix: Vec<u8>) -> Walk<'_> {
        Walk {
            store: &*self.store,
            prefix,
            after: None,
            ended: false,
        }
    }
}
