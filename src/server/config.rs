//! `cece.toml`: every setting with its default; environment and flags go before it.

use super::site::Site;
use crate::channels::Secret;
use crate::channels::phone::PhoneSettings;
use crate::content::position;
use crate::engine::Sources;
use crate::engine::limits::Limits;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// The settings of one server.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Address and port to listen on. Loopback unless said otherwise: a proxy that speaks TLS
    /// stands before it.
    pub listen: SocketAddr,
    /// The content.
    pub intents: PathBuf,
    /// The Information Asset Register.
    pub register: PathBuf,
    /// The sentence models that understanding stands on.
    pub models: PathBuf,
    /// Where the encodings of the content's examples are kept from one start to the next.
    pub encodings: PathBuf,
    /// Where transcripts live: the store, and the admin socket.
    pub data: PathBuf,
    /// Where keys live. Not inside `data`, so that a copy of the data alone opens nothing.
    pub keys: PathBuf,
    /// Origins of the sites that may embed the chat, e.g. `https://www.cheshvale.example`.
    pub origins: Vec<String>,
    /// Whether a proxy of ours sets `X-Forwarded-For`.
    pub behind_proxy: bool,
    /// Least free space on the disk of `data`, bytes; below it no turn is taken.
    pub free_space_floor_bytes: u64,
    /// Where the audit log and the ledger of erasures live; `audit` beside `data` unless said otherwise.
    pub audit: Option<PathBuf>,
    /// Where signed checkpoints of the audit log are written: best a place that whoever could change the
    /// log cannot reach; `checkpoints` beside `data` unless said otherwise.
    pub checkpoints: Option<PathBuf>,
    /// Time between two runs of the sweeper, hours; 0 for none.
    pub sweep_hours: u32,
    /// A run that would purge more than so many times the usual number is refused,
    pub sweep_multiple_max: u64,
    /// unless it is fewer than this, records.
    pub sweep_records_min: u64,
    /// Where backups go that are asked for over HTTP; none are made that way unless it is set.
    pub backups: Option<PathBuf>,
    /// Where their keys go; without it they have none beside them.
    pub backup_keys: Option<PathBuf>,
    /// Longest time that backups are kept, days: what a receipt of erasure says.
    pub backup_keep_days: u32,
    /// What servers must know to have Direct Line tokens made; empty: whoever may open a chat may.
    pub direct_line_secret: Secret,
    /// What callers of Rasa's webhook must know; empty: it is off.
    pub rasa_token: Secret,
    /// The telephone's bridges.
    pub phone: PhoneSettings,
    /// Whether the demonstration site is served at `/demo`.
    pub demo: bool,
    /// Further sites that embed the chat, by the name in their `data-site`.
    pub sites: BTreeMap<String, Site>,
    /// How the page at `/` looks, and the chat on a site that names none.
    pub site: Site,
    /// What one server allows.
    pub limits: Limits,
}

/// What is wrong with a setting, without the value that is ("invalid type: integer `12`, expected a string").
fn without_value(message: &str) -> String {
    match message.split_once(", expected ") {
        Some((found, expected)) if found.starts_with("invalid ") => {
            let found = found.split(['`', '"']).next().unwrap_or_default();
            format!("{}, expected {expected}", found.trim_end())
        }
        _ => message.to_owned(),
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            intents: "intents".into(),
            register: "transcripts/retention.toml".into(),
            models: "models".into(),
            encodings: "models/encodings".into(),
            data: "transcripts/live".into(),
            keys: "transcripts/keys".into(),
            origins: Vec::new(),
            behind_proxy: false,
            free_space_floor_bytes: 256 * 1024 * 1024,
            audit: None,
            checkpoints: None,
            sweep_hours: 24,
            sweep_multiple_max: 3,
            sweep_records_min: 1000,
            backups: None,
            backup_keys: None,
            backup_keep_days: 30,
            direct_line_secret: Secret::default(),
            rasa_token: Secret::default(),
            phone: PhoneSettings::default(),
            demo: true,
            sites: BTreeMap::new(),
            site: Site::default(),
            limits: Limits::default(),
        }
    }
}

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("{path}: {cause}")]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's words.
        cause: std::io::Error,
    },
    /// The file is not understood. The line itself is not repeated: it may hold a secret.
    #[error("{path}: line {line}, column {column}: {what}")]
    Parse {
        /// The file.
        path: PathBuf,
        /// From 1.
        line: u32,
        /// From 1, in characters.
        column: u32,
        /// What is wrong, without the value.
        what: String,
    },
    /// A setting cannot be.
    #[error("{0}")]
    Setting(String),
}

impl Config {
    /// Reads `path`.
    ///
    /// # Errors
    /// [`ConfigError`], with line and column.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path).map_err(|cause| ConfigError::Read {
            path: path.to_owned(),
            cause,
        })?;
        toml::from_str(&text).map_err(|cause| {
            let at = cause.span().map_or(0, |span| span.start);
            let (line, column) = position(&text, at);
            ConfigError::Parse {
                path: path.to_owned(),
                line,
                column,
                what: without_value(cause.message()),
            }
        })
    }

    /// Checks what no type can.
    ///
    /// # Errors
    /// The first setting that cannot be.
    pub fn check(self) -> Result<Self, ConfigError> {
        if self.keys.starts_with(&self.data) {
            let (keys, data) = (self.keys.display(), self.data.display());
            return Err(ConfigError::Setting(format!(
                "keys = {keys} lies inside data = {data}: a copy of the data would hold its own keys; put them elsewhere"
            )));
        }
        if self.audit().starts_with(&self.data) {
            let (audit, data) = (self.audit(), self.data.display());
            return Err(ConfigError::Setting(format!(
                "audit = {} lies inside data = {data}: restoring older data would bring back an older ledger of erasures; put it elsewhere",
                audit.display()
            )));
        }
        for (name, site) in self.every_site() {
            site.check(name)?;
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
            if name.is_empty() || !name.bytes().all(plain) {
                return Err(ConfigError::Setting(format!(
                    "[sites.{name}]: a site's name goes into addresses: write letters, digits and hyphens only"
                )));
            }
        }
        for origin in self.every_origin() {
            let authority = origin.split_once("://").map(|(_, rest)| rest);
            // It is put into a policy, where a space or a semicolon would begin something else.
            let stray = |c: char| c == '/' || c == ';' || c == ',' || c.is_whitespace();
            if !matches!(authority, Some(rest) if !rest.is_empty() && !rest.contains(stray)) {
                return Err(ConfigError::Setting(format!(
                    "origin {origin:?} is none: write scheme and host alone, like https://www.cheshvale.example"
                )));
            }
        }
        let limits = &self.limits;
        if limits.message_bytes_max + 512 > limits.frame_bytes_max {
            return Err(ConfigError::Setting(format!(
                "limits.frame_bytes_max = {} leaves no room for a message of message_bytes_max = {}: set it to at least {}",
                limits.frame_bytes_max,
                limits.message_bytes_max,
                limits.message_bytes_max + 512
            )));
        }
        Ok(self)
    }

    /// Every site with the name in its `data-site`; that of the page at `/` is `main`.
    pub fn every_site(&self) -> impl Iterator<Item = (&str, &Site)> {
        let further = self.sites.iter().map(|(name, site)| (name.as_str(), site));
        std::iter::once(("main", &self.site)).chain(further)
    }

    /// Every origin that may embed the chat or connect to it.
    pub fn every_origin(&self) -> impl Iterator<Item = &String> {
        let theirs = self.every_site().flat_map(|(_, site)| &site.origins);
        self.origins.iter().chain(theirs)
    }

    /// Where content is read from.
    #[must_use]
    pub fn sources(&self) -> Sources {
        Sources {
            intents: self.intents.clone(),
            register: self.register.clone(),
            models: self.models.clone(),
            encodings: self.encodings.clone(),
        }
    }

    /// The folder of the golden conversations, beside the register.
    #[must_use]
    pub fn golden(&self) -> PathBuf {
        self.register.with_file_name("golden")
    }

    /// The folder of the store.
    #[must_use]
    pub fn store(&self) -> PathBuf {
        self.data.join("store")
    }

    /// The folder of the audit log and of the ledger of erasures.
    #[must_use]
    pub fn audit(&self) -> PathBuf {
        let beside = || self.data.with_file_name("audit");
        self.audit.clone().unwrap_or_else(beside)
    }

    /// The folder of the checkpoints.
    #[must_use]
    pub fn checkpoints(&self) -> PathBuf {
        let beside = || self.data.with_file_name("checkpoints");
        self.checkpoints.clone().unwrap_or_else(beside)
    }

    /// The admin socket of a running server.
    #[must_use]
    pub fn admin_socket(&self) -> PathBuf {
        self.data.join("admin.sock")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_setting_is_named_with_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cece.toml");
        std::fs::write(&path, "listen = \"0.0.0.0:80\"\nlisten_on = 3\n").unwrap();
        let words = Config::read(&path).unwrap_err().to_string();
        assert!(
            words.contains("line 2, column 1:") && words.contains("listen_on"),
            "{words}"
        );
    }

    #[test]
    fn a_wrong_secret_is_not_repeated() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cece.toml");
        for line in [
            "twilio_token = 12345",
            "twilio_token = 12345abc",
            "cxone_secret = [12345]",
        ] {
            std::fs::write(&path, format!("[phone]\n{line}\n")).unwrap();
            let words = Config::read(&path).unwrap_err().to_string();
            assert!(words.contains("line 2, column "), "{words}");
            assert!(!words.contains("12345"), "{words}");
        }
    }

    #[test]
    fn the_documented_settings_are_all_there_with_their_defaults() {
        let text = include_str!("../../docs/cece.example.toml");
        assert_eq!(toml::from_str::<Config>(text).unwrap(), Config::default());
        let settings = text
            .lines()
            .filter(|line| line.contains(" = ") && !line.starts_with('#'))
            .count();
        // Counted from the structs' debug form: a setting that is not documented is found.
        let debug = format!("{:#?}", Config::default());
        let (unset, set): (Vec<_>, Vec<_>) = debug
            .lines()
            .filter(|line| line.starts_with("    ") && line.contains(": "))
            .partition(|line| line.ends_with(": None,"));
        let fields = set.len();
        // What has no default of its own is shown as a comment.
        for line in unset {
            let name = line.trim().trim_end_matches(": None,");
            assert!(text.contains(&format!("\n# {name} = ")), "{name}");
        }
        assert_eq!(
            settings,
            fields - 3,
            "`site`, `phone` and `limits` are tables, and no settings themselves"
        );
    }

    #[test]
    fn keys_inside_the_data_and_odd_origins_are_refused() {
        let inside = Config {
            keys: "transcripts/live/keys".into(),
            ..Config::default()
        };
        assert!(
            inside
                .check()
                .unwrap_err()
                .to_string()
                .contains("put them elsewhere")
        );
        let odd = Config {
            origins: vec!["www.cheshvale.example".into()],
            ..Config::default()
        };
        assert!(odd.check().unwrap_err().to_string().contains("https://"));
        assert!(Config::default().check().is_ok());
    }
}
