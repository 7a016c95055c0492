//! Which call is which conversation, and tickets that let one relay in. In memory and bounded: after a
//! restart, what the platform sends along leads back to the conversation.

use crate::dialogue::Redirection;
use crate::engine::Engine;
use crate::transcripts::record::ConversationId;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::collections::{HashMap, VecDeque};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Most calls that are remembered; beyond it, the oldest half is forgotten.
const CALLS_MAX: usize = 20_000;
/// Requests of a call that are remembered, to know one that is sent again.
const REQUESTS_MAX: usize = 8;
/// Calls that may be taken at the same time without waiting for each other.
const STRIPES: usize = 64;
/// How long a ticket is good: a platform connects at once.
const TICKET: Duration = Duration::from_secs(60);
const TICKETS_MAX: usize = 20_000;

/// What is remembered of a call.
#[derive(Clone)]
pub(super) struct Call {
    pub(super) conversation: ConversationId,
    /// The token of the conversation.
    pub(super) token: String,
    /// Requests by the platform's name for them, with the turn that each was taken as.
    requests: VecDeque<(String, u64)>,
    /// Where it was put through to.
    pub(super) handed_to: Option<Box<Redirection>>,
    /// Whether a relay is connected to it.
    pub(super) connected: bool,
    begun: Duration,
}

impl Call {
    /// The turn that a request was taken as.
    pub(super) fn turn_of(&self, request: &str) -> Option<u64> {
        let mut requests = self.requests.iter();
        requests
            .find(|(name, _)| name == request)
            .map(|(_, turn)| *turn)
    }

    /// The last turn that was taken.
    pub(super) fn last_turn(&self) -> u64 {
        self.requests
            .iter()
            .map(|(_, turn)| *turn)
            .max()
            .unwrap_or(0)
    }
}

/// The calls.
pub(super) struct Calls {
    calls: Mutex<HashMap<String, Call>>,
    stripes: Vec<tokio::sync::Mutex<()>>,
}

impl Default for Calls {
    fn default() -> Self {
        Self {
            calls: Mutex::default(),
            stripes: std::iter::repeat_with(Default::default)
                .take(STRIPES)
                .collect(),
        }
    }
}

impl Calls {
    /// Held while something of a call is taken, so that what is sent twice at once is taken once.
    pub(super) async fn alone(&self, contact: &str) -> Option<tokio::sync::MutexGuard<'_, ()>> {
        let mut hasher = DefaultHasher::new();
        contact.hash(&mut hasher);
        let place = usize::try_from(hasher.finish() % STRIPES as u64).unwrap_or(0);
        Some(self.stripes.get(place)?.lock().await)
    }

    pub(super) fn get(&self, contact: &str) -> Option<Call> {
        self.lock().get(contact).cloned()
    }

    pub(super) fn remember(
        &self,
        engine: &Engine,
        contact: &str,
        conversation: ConversationId,
        token: String,
    ) {
        let begun = engine.clock().elapsed();
        let mut calls = self.lock();
        if calls.len() >= CALLS_MAX {
            let mut ages: Vec<Duration> = calls.values().map(|call| call.begun).collect();
            let middle = ages.len() / 2;
            let (_, median, _) = ages.select_nth_unstable(middle);
            let median = *median;
            calls.retain(|_, call| call.begun > median);
        }
        let call = Call {
            conversation,
            token,
            requests: VecDeque::new(),
            handed_to: None,
            connected: false,
            begun,
        };
        calls.insert(contact.to_owned(), call);
    }

    /// Remembers that `request` was taken as `turn`.
    pub(super) fn taken(&self, contact: &str, request: &str, turn: u64) {
        if let Some(call) = self.lock().get_mut(contact) {
            if call.requests.len() >= REQUESTS_MAX {
                call.requests.pop_front();
            }
            call.requests.push_back((request.to_owned(), turn));
        }
    }

    pub(super) fn hand_over(&self, contact: &str, to: &Redirection) {
        if let Some(call) = self.lock().get_mut(contact) {
            call.handed_to = Some(Box::new(to.clone()));
        }
    }

    /// Makes a relay the one of its call; false where another is.
    pub(super) fn connect(&self, contact: &str) -> bool {
        match self.lock().get_mut(contact) {
            Some(call) => !std::mem::replace(&mut call.connected, true),
            None => false,
        }
    }

    pub(super) fn disconnect(&self, contact: &str) {
        if let Some(call) = self.lock().get_mut(contact) {
            call.connected = false;
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Call>> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Tickets, each of which lets one relay in: a platform's signature of an address that never changes
/// would be as good the second time.
#[derive(Default)]
pub(super) struct Tickets(Mutex<HashMap<String, Duration>>);

impl Tickets {
    pub(super) fn issue(&self, engine: &Engine) -> String {
        let text = URL_SAFE_NO_PAD.encode(engine.random());
        let now = engine.clock().elapsed();
        let mut tickets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if tickets.len() >= TICKETS_MAX {
            tickets.retain(|_, made| now.saturating_sub(*made) < TICKET);
        }
        tickets.insert(text.clone(), now);
        text
    }

    /// Takes a ticket, if it is good.
    pub(super) fn redeem(&self, engine: &Engine, text: &str) -> bool {
        let now = engine.clock().elapsed();
        let mut tickets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let made = tickets.remove(text);
        made.is_some_and(|made| now.saturating_sub(made) < TICKET)
    }
}
