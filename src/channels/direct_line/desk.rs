//! What Direct Line keeps in memory: tickets for streams, which stream of a conversation is the newest,
//! and what clients call their own activities.
//!
//! All of it is bounded and can be lost: a client asks for another stream, and its own activities come
//! back from the log without the name that it gave them.

use crate::engine::Engine;
use crate::transcripts::record::ConversationId;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::watch;

/// How long a stream's address is good.
const TICKET: Duration = Duration::from_secs(60);
const TICKETS_MAX: usize = 20_000;
/// Conversations of which something is remembered; beyond it, those that nobody is using are forgotten.
const CONVERSATIONS_MAX: usize = 20_000;
/// Own activities that are remembered of a conversation.
const POSTS_MAX: usize = 64;

/// Lets one stream be opened.
pub(super) struct Ticket {
    pub(super) conversation: ConversationId,
    pub(super) user: Option<String>,
    /// The last number that the client has seen.
    pub(super) after: u64,
    made: Duration,
}

/// One activity that a client has posted.
#[derive(Clone)]
struct Post {
    seq: u64,
    client_id: Option<String>,
    from: String,
}

/// The activities that clients have posted in a conversation, the newest last.
#[derive(Clone, Default)]
pub(super) struct Posts(VecDeque<Post>);

impl Posts {
    /// The number of the turn that this activity was taken as.
    pub(super) fn known(&self, client_id: &str) -> Option<u64> {
        let mut posts = self.0.iter();
        let post = posts.find(|post| post.client_id.as_deref() == Some(client_id))?;
        Some(post.seq)
    }

    pub(super) fn remember(&mut self, seq: u64, client_id: Option<String>, from: String) {
        if self.0.len() >= POSTS_MAX {
            self.0.pop_front();
        }
        self.0.push_back(Post {
            seq,
            client_id,
            from,
        });
    }

    /// Something else was recorded first, so that the turn has another number.
    pub(super) fn moved(&mut self, from: u64, to: u64) {
        if let Some(post) = self.0.iter_mut().rev().find(|post| post.seq == from) {
            post.seq = to;
        }
    }

    pub(super) fn forget(&mut self, seq: u64) {
        self.0.retain(|post| post.seq != seq);
    }
}

/// What a client calls an activity of its own, and as whom it was posted.
#[derive(Debug, Clone)]
pub(super) struct PostedAs {
    pub(super) client_id: Option<String>,
    pub(super) from: String,
}

#[derive(Default)]
struct Talk {
    /// Held while an activity is taken.
    taking: Arc<tokio::sync::Mutex<Posts>>,
    /// The same, for those who read the log meanwhile.
    posts: Posts,
    /// Number of the newest stream.
    stream: watch::Sender<u64>,
}

/// What is kept.
#[derive(Default)]
pub(super) struct Desk {
    tickets: Mutex<HashMap<String, Ticket>>,
    talks: Mutex<HashMap<ConversationId, Talk>>,
}

impl Desk {
    /// A ticket for a stream, to be used once.
    pub(super) fn ticket(
        &self,
        engine: &Engine,
        conversation: ConversationId,
        user: Option<String>,
        after: u64,
    ) -> String {
        let text = URL_SAFE_NO_PAD.encode(engine.random());
        let made = engine.clock().elapsed();
        let mut tickets = self.tickets.lock().unwrap_or_else(PoisonError::into_inner);
        if tickets.len() >= TICKETS_MAX {
            tickets.retain(|_, ticket| made.saturating_sub(ticket.made) < TICKET);
        }
        tickets.insert(
            text.clone(),
            Ticket {
                conversation,
                user,
                after,
                made,
            },
        );
        text
    }

    /// Takes a ticket, if it is good.
    pub(super) fn redeem(&self, engine: &Engine, text: &str) -> Option<Ticket> {
        let now = engine.clock().elapsed();
        let mut tickets = self.tickets.lock().unwrap_or_else(PoisonError::into_inner);
        let ticket = tickets.remove(text)?;
        (now.saturating_sub(ticket.made) < TICKET).then_some(ticket)
    }

    /// What was posted, to be held while one more is taken.
    pub(super) fn posts(&self, id: ConversationId) -> Arc<tokio::sync::Mutex<Posts>> {
        Arc::clone(&self.talks().entry(id).or_default().taking)
    }

    /// Lets readers of the log know what was posted.
    pub(super) fn publish(&self, id: ConversationId, posts: &Posts) {
        self.talks().entry(id).or_default().posts = posts.clone();
    }

    /// What the client calls the activity with this number.
    pub(super) fn posted_as(&self, id: ConversationId, seq: u64) -> Option<Box<PostedAs>> {
        let talks = self.talks();
        let post = talks
            .get(&id)?
            .posts
            .0
            .iter()
            .find(|post| post.seq == seq)?;
        Some(Box::new(PostedAs {
            client_id: post.client_id.clone(),
            from: post.from.clone(),
        }))
    }

    /// Makes a stream the newest of its conversation: its number, and how it learns of a newer one.
    pub(super) fn newest_stream(&self, id: ConversationId) -> (u64, watch::Receiver<u64>) {
        let mut talks = self.talks();
        let stream = &talks.entry(id).or_default().stream;
        let number = *stream.borrow() + 1;
        stream.send_replace(number);
        (number, stream.subscribe())
    }

    fn talks(&self) -> MutexGuard<'_, HashMap<ConversationId, Talk>> {
        let mut talks = self.talks.lock().unwrap_or_else(PoisonError::into_inner);
        if talks.len() >= CONVERSATIONS_MAX {
            talks.retain(|_, talk| {
                talk.stream.receiver_count() > 0 || Arc::strong_count(&talk.taking) > 1
            });
        }
        talks
    }
}
