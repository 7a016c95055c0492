//! The records office: whoever looks at, hands out, changes or destroys what is kept does it here, and it
//! is entered in the audit log before the answer is given.
//!
//! The admin socket, the command line without a server, and the HTTP API all ask here, so that there is
//! one place where an entry could be forgotten. Who may ask what is decided by `server::api`; what is
//! kept and how it goes is decided by `transcripts`.

mod keeping;
mod learning;
mod reading;
mod request;
mod rights;
mod schedule;

pub use learning::{Activity, Unclear};
pub use reading::audit_words;
pub use request::{Known, Password, Reply, Request};

use super::accounts::Accounts;
use super::config::Config;
use crate::engine::Engine;
use crate::engine::clock::Clock;
use crate::pii::Detector;
use crate::transcripts::StoreError;
use crate::transcripts::archive::{Archive, ArchiveError, Breaker};
use crate::transcripts::audit::{Action, Audit, AuditError, Deed};
use crate::transcripts::keys::{KeyError, Keyring, Random};
use crate::transcripts::ledger::{Ledger, LedgerError};
use crate::transcripts::notes::{NoteSigner, NoteVerifier};
use crate::transcripts::record::ConversationId;
use crate::transcripts::signature::{self, Standing};
use jiff::Timestamp;
use std::sync::Arc;

/// The name in every signed note of this installation.
pub const SIGNER: &str = "cece";

/// The register's row for the audit log.
const AUDIT_CLASS: &str = "audit";

/// What the office keeps besides the archive.
pub struct Books {
    /// The audit log.
    pub audit: Arc<Audit>,
    /// The ledger of erasures.
    pub ledger: Arc<Ledger>,
    /// The keyring.
    pub keyring: Arc<Keyring>,
    /// Checks signatures.
    pub verifier: NoteVerifier,
    /// Chance.
    pub random: Arc<dyn Random>,
}

/// The archive, in a server or by itself.
pub enum Shelves {
    /// A server's.
    Engine(Arc<Engine>),
    /// Its own.
    Archive(Box<Archive>),
}

/// The office.
pub struct Office {
    shelves: Shelves,
    books: Books,
    accounts: Arc<Accounts>,
    config: Config,
    clock: Arc<dyn Clock>,
    detector: Detector,
    /// One sweep at a time.
    sweeping: tokio::sync::Mutex<()>,
}

/// Why something could not be done.
#[derive(Debug, thiserror::Error)]
pub enum OfficeError {
    /// The archive's.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// It could not be entered, and so was not done.
    #[error(transparent)]
    Audit(#[from] AuditError),
    /// The keys'.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The ledger's.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The store's.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is nothing of that name.
    #[error("{0}")]
    Missing(String),
    /// What was asked cannot be done, and why.
    #[error("{0}")]
    Refused(String),
}

type Answered = Result<Reply, OfficeError>;

impl Books {
    /// Opens what the office keeps besides the archive.
    ///
    /// # Errors
    /// The keys', the audit log's, the ledger's.
    pub fn open(
        config: &Config,
        keyring: Arc<Keyring>,
        random: Arc<dyn Random>,
        now: Timestamp,
    ) -> Result<Self, OfficeError> {
        let signer = NoteSigner::load_or_make(&config.keys.join("signing"), SIGNER, &*random)?;
        let verifier = signer.verifier();
        let audit = Audit::open(&config.audit(), &config.checkpoints(), signer, now)?;
        let ledger = Ledger::open(&config.audit(), Arc::clone(&keyring))?;
        Ok(Self {
            audit: Arc::new(audit),
            ledger: Arc::new(ledger),
            keyring,
            verifier,
            random,
        })
    }
}

impl Office {
    /// An office over an archive.
    #[must_use]
    pub fn new(
        shelves: Shelves,
        books: Books,
        config: &Config,
        clock: Arc<dyn Clock>,
        detector: Detector,
    ) -> Self {
        Self {
            shelves,
            books,
            accounts: Arc::new(Accounts::at(config.keys.join("accounts"))),
            config: config.clone(),
            clock,
            detector,
            sweeping: tokio::sync::Mutex::default(),
        }
    }

    /// Answers `request` of `actor`; what it does is in the audit log when this returns.
    pub async fn answer(&self, actor: &str, request: Request) -> Reply {
        match self.try_answer(actor, request).await {
            Ok(reply) => reply,
            Err(error) => Reply::refused(error.to_string()),
        }
    }

    /// The same, for those who tell reasons apart.
    ///
    /// # Errors
    /// [`OfficeError`]; nothing was done, or it says what was.
    pub async fn try_answer(&self, actor: &str, request: Request) -> Result<Reply, OfficeError> {
        match request {
            Request::List { .. }
            | Request::Show { .. }
            | Request::Verify
            | Request::Reload
            | Request::AuditVerify { .. }
            | Request::AuditList { .. }
            | Request::AuditKey => self.look(actor, request).await,
            Request::Unclear { limit } => self.unclear(actor, limit).await,
            Request::Activity { from, to } => self.activity(actor, from, to).await,
            Request::Find { by } => self.find(actor, &by).await,
            Request::Export { reference } => self.export(actor, &reference).await,
            Request::Correct {
                reference,
                entry,
                text,
            } => self.correct(actor, &reference, entry, text).await,
            Request::Erase { reference } => self.erase(actor, &reference).await,
            Request::Withdraw { by } => self.withdraw(actor, &by).await,
            Request::CaseClosed { reference, on } => self.case_closed(actor, &reference, on).await,
            Request::Retag {
                reference,
                class,
                reason,
            } => self.retag(actor, &reference, &class, reason).await,
            Request::HoldAdd {
                reference,
                class,
                owner,
                reason,
                review,
            } => {
                let on = (reference.as_deref(), class.as_deref());
                self.hold_add(actor, on, (&owner, &reason), review).await
            }
            Request::HoldList => self.hold_list(actor).await,
            Request::HoldRelease { id } => self.hold_release(actor, &id).await,
            Request::RetentionReport => self.retention_report(actor).await,
            Request::SweepPlan => self.sweep_plan(actor).await,
            Request::Sweep { expect } => self.sweep(actor, expect).await,
            Request::Review => self.review(actor).await,
            Request::Dispose { reference } => self.dispose(actor, &reference).await,
            Request::ClockIsRight => self.clock_is_right(actor).await,
            Request::Sign { by, role } => self.sign(actor, by, role).await,
            Request::Backup { to, keys_to } => self.backup(actor, to, keys_to).await,
            Request::BackupNamed { name } => {
                let (to, keys_to) = self.backup_places(&name)?;
                self.backup(actor, to, keys_to).await
            }
            Request::RotateKeys { all } => self.rotate_keys(actor, all).await,
            Request::AccountAdd {
                name,
                role,
                password,
            } => self.account_add(actor, name, &role, password).await,
            Request::AccountRemove { name } => self.account_remove(actor, name).await,
            Request::AccountList => self.account_list(actor).await,
        }
    }

    /// The accounts.
    #[must_use]
    pub fn accounts(&self) -> &Arc<Accounts> {
        &self.accounts
    }

    /// The clock.
    #[must_use]
    pub fn clock(&self) -> &dyn Clock {
        &*self.clock
    }

    /// Chance.
    #[must_use]
    pub fn random(&self) -> &dyn Random {
        &*self.books.random
    }

    /// Whether the register is signed as it stands.
    #[must_use]
    pub fn standing(&self) -> Standing {
        signature::standing_of(&self.config.register, &self.books.verifier)
    }

    /// Enters something that `actor` does.
    ///
    /// # Errors
    /// [`AuditError`], and then it must not be done.
    pub async fn enter(&self, deed: Deed) -> Result<u64, AuditError> {
        self.books.audit.enter(deed, self.now()).await
    }

    /// Carries out what the last process has left half done.
    ///
    /// # Errors
    /// What keeps the office from opening.
    pub async fn finish_erasures(&self) -> Result<(), OfficeError> {
        let ledger = &self.books.ledger;
        let finished = self.archive().replay(ledger, false, self.now()).await?;
        if finished > 0 {
            tracing::info!(
                finished,
                "erasures were finished that a stop had left half done"
            );
        }
        Ok(())
    }

    /// Begins to work in a server: the log says so.
    ///
    /// # Errors
    /// What keeps the office from opening.
    pub async fn open(&self) -> Result<(), OfficeError> {
        self.finish_erasures().await?;
        self.see_day().await;
        let deed = self.deed("cece", Action::Started);
        self.enter(deed.with("version", env!("CARGO_PKG_VERSION")))
            .await?;
        self.checkpoint().await
    }

    /// Remembers the day, so that a clock that is set back is noticed and brings nothing back.
    pub async fn see_day(&self) {
        if let Err(error) = self.archive().see_day(self.now()).await {
            tracing::error!(%error, "the day");
        }
    }

    /// Enters that the content was read anew, if the register is another version than `before`.
    pub async fn register_changed(&self, before: &str) {
        let deed = self.deed("cece", Action::RegisterChanged);
        if deed.register != before
            && let Err(error) = self.enter(deed.with("before", before)).await
        {
            tracing::error!(%error, "the change of the register is not in the audit log");
        }
    }

    /// Writes a checkpoint of the audit log, if it has grown.
    ///
    /// # Errors
    /// The audit log's.
    pub async fn checkpoint(&self) -> Result<(), OfficeError> {
        let (audit, now) = (Arc::clone(&self.books.audit), self.now());
        match tokio::task::spawn_blocking(move || audit.checkpoint(now)).await {
            Ok(written) => Ok(written.map(drop)?),
            Err(_) => Err(StoreError::Closed.into()),
        }
    }

    fn archive(&self) -> &Archive {
        match &self.shelves {
            Shelves::Engine(engine) => engine.archive(),
            Shelves::Archive(archive) => archive,
        }
    }

    fn now(&self) -> Timestamp {
        self.clock.now()
    }

    fn deed(&self, actor: &str, action: Action) -> Deed {
        Deed::new(actor, action, &self.archive().register().version)
    }

    fn about(&self, actor: &str, action: Action, reference: &str) -> Deed {
        self.deed(actor, action)
            .about(self.archive().audit_object(reference))
    }

    fn breaker(&self) -> Breaker {
        Breaker {
            multiple: self.config.sweep_multiple_max,
            floor: self.config.sweep_records_min,
        }
    }

    /// The conversation with this reference code.
    async fn conversation(&self, reference: &str) -> Result<ConversationId, OfficeError> {
        let found = self.archive().find(reference).await?;
        found.ok_or_else(|| {
            OfficeError::Missing(format!(
                "no conversation has the reference {reference}: `cece transcripts list` shows those that are kept"
            ))
        })
    }
}
