//! One turn from end to end: load, redact, understand, step, commit, answer.
//!
//! A channel makes a [`TurnIn`], calls [`Engine::turn`] and translates the [`TurnOut`]. The answer
//! exists only once the turn is durable. The engine knows no protocol and no storage engine.

pub mod bundle;
pub mod clock;
pub mod encodings;
pub mod golden;
pub mod limits;
pub mod meters;
pub mod models;
pub mod rehearsal;
pub mod token;

mod idle;
mod kept;
mod learnt;
mod live;
mod parting;
mod prepare;
mod second_look;
mod turn;

pub use bundle::{Bundle, BundleError, Finished, Sentences, Sources};
pub use encodings::{Encoded, Encodings};
pub use live::{Hold, Live, Position};
pub use models::{Models, ModelsError};
pub use parting::Parting;
pub use second_look::SECOND_LOOKS_WAITING_MAX;
pub use turn::{TurnError, TurnIn, TurnKind, TurnOut};

use crate::content::Locale;
use crate::dialogue::{Channel, Event};
use crate::pii::RawText;
use crate::transcripts::archive::{Archive, ArchiveError, Held, Opening, Session};
use crate::transcripts::keys::Random;
use crate::transcripts::record::{ConversationId, TechnicalRecord, TurnRecord};
use clock::Clock;
use idle::Dormant;
use limits::Limits;
use meters::Meters;
use parting::Parted;
use second_look::SecondLook;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use token::{Standing, Token};

/// The engine of one server: conversations in memory, the content they run on, and the archive.
pub struct Engine {
    archive: Archive,
    bundle: RwLock<Arc<Bundle>>,
    live: Mutex<HashMap<ConversationId, Arc<Live>>>,
    dormant: Mutex<Dormant>,
    parted: Parted,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    limits: Limits,
    meters: Meters,
    second_look: SecondLook,
}

/// How a conversation is opened.
pub struct StartIn {
    /// By which channel.
    pub channel: Channel,
    /// In which language.
    pub locale: Locale,
    /// Title and URL of the page it was opened on; screened before it is recorded.
    pub page: Option<RawText>,
    /// Of a call, what the telephony platform calls it.
    pub contact: Option<String>,
    /// Address, browser, device; of a call, its numbers.
    pub technical: TechnicalRecord,
}

/// A conversation that a connection holds, and what a client needs to come back to it.
pub struct Attached {
    /// The conversation.
    pub live: Hold,
    /// The token for the next resume.
    pub token: String,
    /// The connection's number among those of this conversation; turns of older ones are refused.
    pub epoch: u64,
    /// Number of the last entry in the log.
    pub head_seq: u64,
    /// The client's number of the last turn that was taken.
    pub last_client_seq: u64,
    /// The resident's reference code.
    pub reference: String,
}

/// Why a conversation could not be opened or taken up again.
#[derive(Debug, thiserror::Error)]
pub enum AttachError {
    /// The token is none of ours, was replaced, or its conversation is over.
    #[error("this conversation is over or unknown: begin a new one")]
    Unknown,
    /// The server holds as many as it may.
    #[error("{0} conversations are open, the most allowed (conversations_max): try again later")]
    Full(usize),
    /// The archive failed.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
}

impl Engine {
    /// An engine over an archive and the content it begins with.
    #[must_use]
    pub fn new(
        archive: Archive,
        bundle: Bundle,
        limits: Limits,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
    ) -> Self {
        Self {
            archive,
            bundle: RwLock::new(Arc::new(bundle)),
            live: Mutex::default(),
            dormant: Mutex::default(),
            parted: Parted::default(),
            clock,
            random,
            limits,
            meters: Meters::new(),
            second_look: SecondLook::new(),
        }
    }

    /// The content that new conversations begin with.
    #[must_use]
    pub fn bundle(&self) -> Arc<Bundle> {
        Arc::clone(&self.bundle.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Replaces the content for new conversations; running ones finish on what they began with.
    pub fn swap(&self, bundle: Bundle) {
        self.archive
            .use_register(Arc::clone(&bundle.assistant.register));
        *self.bundle.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(bundle);
    }

    /// The archive, for those who look at transcripts.
    #[must_use]
    pub fn archive(&self) -> &Archive {
        &self.archive
    }

    /// The limits of this server.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// What is counted.
    #[must_use]
    pub fn meters(&self) -> &Meters {
        &self.meters
    }

    /// The clock.
    #[must_use]
    pub fn clock(&self) -> &dyn Clock {
        &*self.clock
    }

    /// Opens a conversation; its first turn is durable when this returns.
    ///
    /// # Errors
    /// [`AttachError::Full`], or the archive's.
    pub async fn start(&self, opening: StartIn) -> Result<Attached, AttachError> {
        if self.lock_live().len() >= self.limits.conversations_max {
            return Err(AttachError::Full(self.limits.conversations_max));
        }
        let bundle = self.bundle();
        let now = self.clock.now();
        let id = clock::conversation_id(now, &*self.random);
        let token = Token::new(id, &*self.random);
        let session = Session {
            token_hash: token.hash(),
            previous_hash: None,
            epoch: 1,
        };
        let reference = self.free_reference().await?;
        let page = opening
            .page
            .map(|page| bundle.detector.screen(page, None).safe.as_str().to_owned());
        let (first, state) = turn::first(
            &bundle,
            opening.channel,
            opening.locale,
            &reference,
            (page, opening.contact),
            now,
        );
        let held = self
            .archive
            .open(Opening {
                id,
                reference: reference.clone(),
                at: now,
                channel: opening.channel,
                session,
                technical: opening.technical,
                first: first.clone(),
            })
            .await?;
        self.meters.opened(opening.channel);
        let head_seq = first.next_seq() - 1;
        let live = Arc::new(Live::new(
            held,
            state,
            bundle,
            now,
            Position { head_seq, epoch: 1 },
        ));
        let hold = Hold::new(&live);
        self.lock_live().insert(id, live);
        Ok(Attached {
            live: hold,
            token: token.text(),
            epoch: 1,
            head_seq,
            last_client_seq: 0,
            reference,
        })
    }

    /// Takes up a conversation of the web again by its token; older connections to it are superseded.
    ///
    /// # Errors
    /// [`AttachError::Unknown`] for a token that opens nothing, or the archive's.
    pub async fn resume(&self, token: &str) -> Result<Attached, AttachError> {
        let token = Token::parse(token).ok_or(AttachError::Unknown)?;
        let live = self
            .hold(token.conversation)
            .await?
            .ok_or(AttachError::Unknown)?;
        let next = Token::new(token.conversation, &*self.random);
        let mut inner = live.lock().await;
        if inner.state.is_closed() || inner.held.usage().channel != Channel::Web {
            return Err(AttachError::Unknown);
        }
        let session = token
            .resume(inner.held.session(), &next)
            .ok_or(AttachError::Unknown)?;
        let epoch = session.epoch;
        self.archive.save_session(&mut inner.held, session).await?;
        let head_seq = inner.held.next_seq() - 1;
        live.announce(Position { head_seq, epoch });
        let reference = inner.held.reference().to_owned();
        let last_client_seq = inner.last_client_seq;
        drop(inner);
        Ok(Attached {
            live,
            token: next.text(),
            epoch,
            head_seq,
            last_client_seq,
            reference,
        })
    }

    /// The conversation of a token, which stays good: for channels that send it with each request. A
    /// call's token opens nothing here: it stands in addresses, which platforms and proxies log.
    ///
    /// # Errors
    /// [`AttachError::Unknown`] for a token that opens nothing, or the archive's.
    pub async fn enter(&self, token: &str) -> Result<(Hold, Standing), AttachError> {
        let entered = self.enter_for_platform(token).await?;
        if entered.0.lock().await.held.usage().channel == Channel::Web {
            Ok(entered)
        } else {
            Err(AttachError::Unknown)
        }
    }

    /// The same for a telephony platform that has shown that it is one: of a call too.
    ///
    /// # Errors
    /// As [`Self::enter`].
    pub async fn enter_for_platform(&self, token: &str) -> Result<(Hold, Standing), AttachError> {
        let token = Token::parse(token).ok_or(AttachError::Unknown)?;
        let live = self.find(token.conversation).await?;
        let standing = token.standing(live.lock().await.held.session());
        Ok((live, standing.ok_or(AttachError::Unknown)?))
    }

    /// A conversation by its id, for a caller who was let in by other means.
    ///
    /// # Errors
    /// [`AttachError::Unknown`] for an id that there is not, or the archive's.
    pub async fn find(&self, id: ConversationId) -> Result<Hold, AttachError> {
        self.hold(id).await?.ok_or(AttachError::Unknown)
    }

    /// Random bytes, for what a channel gives out for a short time.
    #[must_use]
    pub fn random(&self) -> [u8; 16] {
        let mut bytes = [0; 16];
        self.random.fill(&mut bytes);
        bytes
    }

    /// Notes that somebody is there, though nothing was said: the time without a word begins anew.
    pub fn stir(&self, live: &Live) {
        live.touch(self.clock.now());
    }

    /// The turns that hold entries from `from_seq` on, as they are recorded.
    ///
    /// # Errors
    /// The archive's.
    pub async fn replay(
        &self,
        live: &Live,
        from_seq: u64,
    ) -> Result<Vec<TurnRecord>, ArchiveError> {
        let Some((_, mut turns)) = self.served(live.id()).await? else {
            return Ok(Vec::new());
        };
        turns.retain(|turn| turn.next_seq() > from_seq);
        Ok(turns)
    }

    /// The conversation in memory, read from the archive if it is not.
    async fn hold(&self, id: ConversationId) -> Result<Option<Hold>, ArchiveError> {
        if let Some(live) = self.lock_live().get(&id) {
            return Ok(Some(Hold::new(live)));
        }
        let Some((held, turns)) = self.served(id).await? else {
            return Ok(None);
        };
        let read = Arc::new(Live::replayed(
            held,
            &turns,
            self.bundle(),
            self.clock.now(),
        ));
        let mut live = self.lock_live();
        // Asked under the lock, so that whoever parts with it finds it there or is found here.
        if self.parted.contains(id) {
            return Ok(None);
        }
        // Two may have read it at once: the first to put it back is the one that both use.
        Ok(Some(Hold::new(live.entry(id).or_insert(read))))
    }

    /// What is recorded of a conversation; none once its time is over.
    async fn served(
        &self,
        id: ConversationId,
    ) -> Result<Option<(Held, Vec<TurnRecord>)>, ArchiveError> {
        match self.archive.served(id, self.clock.now()).await {
            Err(ArchiveError::Expired { .. }) => Ok(None),
            read => read,
        }
    }

    /// A reference code that no conversation has.
    async fn free_reference(&self) -> Result<String, ArchiveError> {
        loop {
            let reference = clock::reference(&*self.random);
            if self.archive.find(&reference).await?.is_none() {
                return Ok(reference);
            }
        }
    }

    fn lock_live(&self) -> MutexGuard<'_, HashMap<ConversationId, Arc<Live>>> {
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lock_dormant(&self) -> MutexGuard<'_, Dormant> {
        self.dormant.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts what a committed turn's events say.
    fn count(&self, events: &[Event]) {
        for event in events {
            self.meters.event(event);
        }
    }
}
