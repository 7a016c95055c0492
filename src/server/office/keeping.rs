//! Keeping the archive: backups, keys, accounts.

use super::{Answered, Office, OfficeError, Password, Reply};
use crate::server::accounts::AccountError;
use crate::server::credentials;
use crate::transcripts::StoreError;
use crate::transcripts::audit::Action;
use crate::transcripts::backup::{self, Manifest};
use crate::transcripts::keys::MasterKey;
use serde_json::json;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

impl Office {
    /// Where a backup of this name goes, and its keys.
    pub(super) fn backup_places(
        &self,
        name: &str,
    ) -> Result<(PathBuf, Option<PathBuf>), OfficeError> {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if name.is_empty() || name.len() > 64 || !name.chars().all(plain) {
            return Err(OfficeError::Refused(format!(
                "{name:?} is no name of a backup: use 1 to 64 letters, digits, `-` and `_`"
            )));
        }
        let Some(backups) = &self.config.backups else {
            return Err(OfficeError::Refused(
                "there is no place for backups: name one as `backups` in cece.toml, and one for their keys as \
                 `backup_keys`, or run `cece backup` on the machine"
                    .into(),
            ));
        };
        let keys = self.config.backup_keys.as_ref();
        Ok((backups.join(name), keys.map(|keys| keys.join(name))))
    }

    pub(super) async fn backup(
        &self,
        actor: &str,
        to: PathBuf,
        keys_to: Option<PathBuf>,
    ) -> Answered {
        if keys_to
            .as_ref()
            .is_some_and(|keys| keys.starts_with(&to) || to.starts_with(keys))
        {
            return Err(OfficeError::Refused(
                "the keys must not lie with the data: a thief of one would have both; name two places".into(),
            ));
        }
        self.enter(self.deed(actor, Action::BackedUp)).await?;
        self.checkpoint().await?;
        let manifest = Manifest {
            made: self.now(),
            register: self.archive().register().version.to_string(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            pairs: 0,
        };
        let begun = backup::begin(&to)?;
        let pairs = self.archive().export(begun.store()).await?;
        let files = backup::Files {
            register: self.config.register.clone(),
            audit: self.config.audit(),
            keys: self.config.keys.clone(),
        };
        let manifest = Manifest { pairs, ..manifest };
        let shown = manifest.clone();
        let keys = keys_to.clone();
        let finish = move || begun.finish(&files, &manifest, keys.as_deref());
        match tokio::task::spawn_blocking(finish).await {
            Ok(done) => done?,
            Err(_) => return Err(StoreError::Closed.into()),
        }
        let mut text = format!("{pairs} records are copied to {}\n", to.display());
        match &keys_to {
            Some(keys) => {
                let _ = writeln!(
                    text,
                    "and the keys to {}: keep the two apart, and throw them away together, after {} days at most",
                    keys.display(),
                    self.config.backup_keep_days
                );
            }
            None => text.push_str(
                "without keys: it opens only with the keyring as it is now or later; --keys-to copies them too\n",
            ),
        }
        Ok(Reply::done(text).with(&shown))
    }

    pub(super) async fn rotate_keys(&self, actor: &str, all: bool) -> Answered {
        let deed = self.deed(actor, Action::KeysRotated);
        self.enter(deed.with("all", all)).await?;
        let (keyring, random) = (
            Arc::clone(&self.books.keyring),
            Arc::clone(&self.books.random),
        );
        let folder = self.config.keys.clone();
        let rotate =
            move || MasterKey::rotate(&folder, credentials().as_deref(), &keyring, &*random);
        let resealed = match tokio::task::spawn_blocking(rotate).await {
            Ok(done) => done?,
            Err(_) => return Err(StoreError::Closed.into()),
        };
        let (mut keys, mut records) = (0, 0);
        if all {
            let archive = self.archive();
            (keys, records) = archive.renew_keys(archive.today(self.now())).await?;
        }
        let mut text = format!(
            "another master key seals the {resealed} keys of the keyring; the old one opens it no more\n"
        );
        if all {
            let _ = writeln!(
                text,
                "{keys} keys were replaced, and {records} records sealed anew under others"
            );
        }
        text.push_str(
            "Back up the keys folder now: older copies of it belong to older copies of the data.\n",
        );
        Ok(Reply::done(text).with(json!({
            "keyring": resealed, "replaced": keys, "records": records,
        })))
    }

    pub(super) async fn account_add(
        &self,
        actor: &str,
        name: String,
        role: &str,
        password: Password,
    ) -> Answered {
        let deed = self.deed(actor, Action::AccountChanged);
        self.enter(deed.with("account", &name).with("role", role))
            .await?;
        let (accounts, random) = (Arc::clone(self.accounts()), Arc::clone(&self.books.random));
        let (account, wanted) = (name.clone(), role.to_owned());
        let add = move || accounts.add(&account, &wanted, &password, &*random);
        let role = match tokio::task::spawn_blocking(add).await {
            Ok(done) => done.map_err(refused)?,
            Err(_) => return Err(StoreError::Closed.into()),
        };
        let text = format!("account {name} has the role {}", role.name());
        Ok(Reply::done(text).with(json!({ "name": name, "role": role })))
    }

    pub(super) async fn account_remove(&self, actor: &str, name: String) -> Answered {
        let deed = self.deed(actor, Action::AccountChanged);
        let deed = deed.with("account", &name).with("removed", true);
        self.enter(deed).await?;
        if self.accounts().remove(&name).map_err(refused)? {
            Ok(Reply::done(format!(
                "account {name} is gone, and its sessions ended"
            )))
        } else {
            Ok(Reply::refused(format!(
                "there is no account {name}: `cece users list` shows those there are"
            )))
        }
    }

    pub(super) async fn account_list(&self, actor: &str) -> Answered {
        let accounts = self.accounts().all().map_err(refused)?;
        let deed = self.deed(actor, Action::AccountsListed);
        self.enter(deed.with("accounts", accounts.len())).await?;
        let mut text = String::new();
        for account in &accounts {
            let _ = writeln!(text, "{:<16} {}", account.role.name(), account.name);
        }
        if accounts.is_empty() {
            text.push_str("no accounts: `cece users add NAME --role ROLE` makes one\n");
        }
        let data: Vec<_> = accounts
            .iter()
            .map(|account| json!({ "name": account.name, "role": account.role }))
            .collect();
        Ok(Reply::done(text).with(json!({ "accounts": data })))
    }
}

fn refused(error: AccountError) -> OfficeError {
    OfficeError::Refused(error.to_string())
}
