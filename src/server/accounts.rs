//! Local accounts: who may use the HTTP API, in which role, with which session.
//!
//! Passwords stand as argon2id hashes in a file beside the keys, for its owner alone. A login that is
//! refused says the same and takes the same time whether the name is unknown, the password wrong, or
//! there were too many tries. Sessions are in memory: a restart ends them. It decides no rights beyond
//! the role.

use super::office::Password;
use crate::engine::limits::TokenBucket;
use crate::transcripts::durable;
use crate::transcripts::keys::Random;
use argon2::Argon2;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Semaphore;

/// Shortest password, characters: length is what counts (NCSC, NIST SP 800-63B).
pub const PASSWORD_CHARS_MIN: usize = 12;
/// Longest password, characters.
pub const PASSWORD_CHARS_MAX: usize = 256;
/// Tries that a name, or an address, may make at once, and in the long run.
const TRIES_BURST: f64 = 5.0;
const TRIES_PER_SECOND: f64 = 1.0 / 60.0;
/// Names and addresses whose tries are remembered.
const TRIED_MAX: usize = 10_000;
/// A session ends after this long, and after this long without a request.
const SESSION_MAX: Duration = Duration::from_secs(12 * 60 * 60);
const SESSION_IDLE_MAX: Duration = Duration::from_secs(30 * 60);
/// What a password is compared with where there is no account: as much work, and nothing fits.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
/// Hashes at once: each takes 19 MiB.
const HASHES_AT_ONCE: usize = 2;

/// What an account may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Looks at conversations, closes cases.
    Officer,
    /// And lists them.
    Supervisor,
    /// And answers for data: subjects' rights, holds, retention, the audit log.
    DataProtection,
    /// Keeps accounts and the machine; sees no conversation.
    Admin,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 4] = [
        Self::Officer,
        Self::Supervisor,
        Self::DataProtection,
        Self::Admin,
    ];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Officer => "officer",
            Self::Supervisor => "supervisor",
            Self::DataProtection => "data-protection",
            Self::Admin => "admin",
        }
    }

    /// The role of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}

/// An account.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// Its name.
    pub name: String,
    /// Its role.
    pub role: Role,
    /// The password's hash, as a PHC string.
    password: String,
}

/// Whoever has logged in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Officer {
    /// The account's name.
    pub name: String,
    /// Its role.
    pub role: Role,
}

/// Why accounts could not be used.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// The file cannot be read or written.
    #[error("the accounts in {path}: {cause}")]
    File {
        /// The file.
        path: String,
        /// Why.
        cause: String,
    },
    /// A name, role or password that cannot be.
    #[error("{0}")]
    Bad(String),
    /// The one answer to every login that is refused.
    #[error(
        "name or password is wrong, or there were too many tries: wait some minutes, then try again"
    )]
    Refused,
}

struct Session {
    officer: Officer,
    began: Duration,
    used: Duration,
}

/// The accounts of a file, and who is logged in.
pub struct Accounts {
    path: PathBuf,
    sessions: Mutex<HashMap<[u8; 32], Session>>,
    tried: Mutex<HashMap<String, TokenBucket>>,
    hashing: Semaphore,
    writing: Mutex<()>,
}

impl Accounts {
    /// The accounts in the file at `path`, which need not be there.
    #[must_use]
    pub fn at(path: PathBuf) -> Self {
        Self {
            path,
            sessions: Mutex::default(),
            tried: Mutex::default(),
            hashing: Semaphore::new(HASHES_AT_ONCE),
            writing: Mutex::default(),
        }
    }

    /// All accounts, by name.
    ///
    /// # Errors
    /// [`AccountError::File`].
    pub fn all(&self) -> Result<Vec<Account>, AccountError> {
        let bytes = match fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(self.failed(&error)),
        };
        let mode = fs::metadata(&self.path)
            .map_err(|error| self.failed(&error))?
            .permissions()
            .mode();
        if mode & 0o077 != 0 {
            return Err(AccountError::File {
                path: self.path.display().to_string(),
                cause: format!(
                    "others may read them: run `chmod 600 {}`",
                    self.path.display()
                ),
            });
        }
        serde_json::from_slice(&bytes).map_err(|error| AccountError::File {
            path: self.path.display().to_string(),
            cause: format!("line {}, column {}", error.line(), error.column()),
        })
    }

    /// Makes an account, or gives one another role and password; its sessions end. Takes some tenths of
    /// a second, on purpose.
    ///
    /// # Errors
    /// [`AccountError::Bad`] with the rule that is broken; [`AccountError::File`].
    pub fn add(
        &self,
        name: &str,
        role: &str,
        password: &Password,
        random: &dyn Random,
    ) -> Result<Role, AccountError> {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-_".contains(c);
        if name.is_empty() || name.len() > 64 || !name.chars().all(plain) {
            return Err(AccountError::Bad(format!(
                "{name:?} is no account name: use 1 to 64 lower-case letters, digits, `.`, `-`, `_`"
            )));
        }
        let Some(known) = Role::parse(role) else {
            let roles = Role::ALL.map(Role::name).join(", ");
            return Err(AccountError::Bad(format!(
                "{role:?} is no role: choose from {roles}"
            )));
        };
        if !(PASSWORD_CHARS_MIN..=PASSWORD_CHARS_MAX).contains(&password.chars()) {
            return Err(AccountError::Bad(format!(
                "a password has {PASSWORD_CHARS_MIN} to {PASSWORD_CHARS_MAX} characters, and this has {}: three \
                 words that you alone put together are good",
                password.chars()
            )));
        }
        let account = Account {
            name: name.to_owned(),
            role: known,
            password: hash(password, random)?,
        };
        self.change(|accounts| {
            accounts.retain(|other| other.name != name);
            accounts.push(account);
            accounts.sort_by(|a, b| a.name.cmp(&b.name));
        })?;
        self.end_sessions(name);
        Ok(known)
    }

    /// Removes an account and ends its sessions; whether there was one.
    ///
    /// # Errors
    /// [`AccountError::File`].
    pub fn remove(&self, name: &str) -> Result<bool, AccountError> {
        let mut found = false;
        self.change(|accounts| {
            let before = accounts.len();
            accounts.retain(|other| other.name != name);
            found = accounts.len() != before;
        })?;
        self.end_sessions(name);
        Ok(found)
    }

    /// Logs in: a token for the requests that follow.
    ///
    /// # Errors
    /// [`AccountError::Refused`], the same for every reason; [`AccountError::File`].
    pub async fn log_in(
        &self,
        (name, address): (&str, &str),
        password: Password,
        random: &dyn Random,
        now: Duration,
    ) -> Result<(String, Officer), AccountError> {
        // Both are counted, also where one of them refuses.
        let tries = [self.may_try(name, now), self.may_try(address, now)];
        if tries.contains(&false) {
            return Err(AccountError::Refused);
        }
        let account = self.all()?.into_iter().find(|one| one.name == name);
        let officer = account.as_ref().map(|account| Officer {
            name: account.name.clone(),
            role: account.role,
        });
        let stands = match account {
            Some(account) => account.password,
            // As much work as for a name that is known.
            None => NOBODY.to_owned(),
        };
        let Ok(_turn) = self.hashing.acquire().await else {
            return Err(AccountError::Refused);
        };
        let fits = tokio::task::spawn_blocking(move || {
            Argon2::default()
                .verify_password(password.bytes(), stands.as_str())
                .is_ok()
        })
        .await
        .unwrap_or(false);
        let Some(officer) = officer.filter(|_| fits) else {
            return Err(AccountError::Refused);
        };
        let mut token = [0; 32];
        random.fill(&mut token);
        let mut sessions = self.sessions();
        sessions.retain(|_, session| session.is_good(now));
        sessions.insert(
            Sha256::digest(token).into(),
            Session {
                officer: officer.clone(),
                began: now,
                used: now,
            },
        );
        Ok((URL_SAFE_NO_PAD.encode(token), officer))
    }

    /// Who has this token.
    #[must_use]
    pub fn session(&self, token: &str, now: Duration) -> Option<Officer> {
        let token = URL_SAFE_NO_PAD.decode(token).ok()?;
        let mut sessions = self.sessions();
        let digest: [u8; 32] = Sha256::digest(token).into();
        let session = sessions.get_mut(&digest)?;
        if !session.is_good(now) {
            sessions.remove(&digest);
            return None;
        }
        session.used = now;
        Some(session.officer.clone())
    }

    /// Ends a session.
    pub fn log_out(&self, token: &str) {
        if let Ok(token) = URL_SAFE_NO_PAD.decode(token) {
            let digest: [u8; 32] = Sha256::digest(token).into();
            self.sessions().remove(&digest);
        }
    }

    /// Whether this name or address may try again; a name that is unknown is counted like one that is.
    fn may_try(&self, who: &str, now: Duration) -> bool {
        let now = now.as_secs_f64();
        let mut tried = self.tried.lock().unwrap_or_else(PoisonError::into_inner);
        if tried.len() >= TRIED_MAX {
            tried.retain(|_, bucket| !bucket.is_full(TRIES_BURST, TRIES_PER_SECOND, now));
        }
        let bucket = tried
            .entry(who.chars().take(64).collect())
            .or_insert_with(|| TokenBucket::full(TRIES_BURST, now));
        bucket.take(TRIES_BURST, TRIES_PER_SECOND, now).is_ok()
    }

    fn end_sessions(&self, name: &str) {
        self.sessions()
            .retain(|_, session| session.officer.name != name);
    }

    fn sessions(&self) -> MutexGuard<'_, HashMap<[u8; 32], Session>> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut Vec<Account>)) -> Result<(), AccountError> {
        let _alone = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut accounts = self.all()?;
        change(&mut accounts);
        let text = serde_json::to_vec_pretty(&accounts).map_err(io::Error::from);
        text.and_then(|text| durable::replace(&self.path, &text))
            .map_err(|error| self.failed(&error))
    }

    fn failed(&self, error: &io::Error) -> AccountError {
        AccountError::File {
            path: self.path.display().to_string(),
            cause: error.to_string(),
        }
    }
}

impl Session {
    fn is_good(&self, now: Duration) -> bool {
        now.saturating_sub(self.began) < SESSION_MAX
            && now.saturating_sub(self.used) < SESSION_IDLE_MAX
    }
}

fn hash(password: &Password, random: &dyn Random) -> Result<String, AccountError> {
    let mut salt = [0; 16];
    random.fill(&mut salt);
    let hash: PasswordHash = Argon2::default()
        .hash_password_with_salt(password.bytes(), &salt)
        .map_err(|error| AccountError::Bad(format!("the password cannot be hashed: {error}")))?;
    Ok(hash.to_string())
}
