//! `cece backup` and `cece restore`.

use super::Office;
use crate::engine::Bundle;
use crate::engine::clock::{Clock as _, SystemClock, SystemRandom};
use crate::server::admin::{self, Request};
use crate::server::config::Config;
use crate::server::{self, office};
use crate::transcripts::archive::Archive;
use crate::transcripts::audit::{Action, Deed};
use crate::transcripts::keys::{Keyring, Random};
use crate::transcripts::{Room, Sled, Store, backup};
use clap::Args;
use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

/// What `backup` takes.
#[derive(Debug, Args)]
pub struct BackupArgs {
    /// A new folder for the store, the register, the audit log and the ledger of erasures
    to: PathBuf,
    /// A new folder for the keys, not with the data
    #[arg(long, value_name = "FOLDER")]
    keys_to: Option<PathBuf>,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// What `restore` takes.
#[derive(Debug, Args)]
pub struct RestoreArgs {
    /// The folder of the backup
    from: PathBuf,
    /// A new folder for the data; then name it as `data` in cece.toml
    #[arg(long)]
    to: PathBuf,
}

/// Has a backup made by the running server, or makes it while none runs.
///
/// # Errors
/// If neither can be asked.
pub async fn run(config: &Config, args: BackupArgs) -> anyhow::Result<u8> {
    let request = Request::Backup {
        to: std::path::absolute(args.to)?,
        keys_to: args.keys_to.map(std::path::absolute).transpose()?,
    };
    Office::at(config).ask(request, args.json).await
}

/// Restores a backup into a new folder: what was erased since is erased again before anything can be
/// served from it.
///
/// # Errors
/// If a server runs with these keys, if the keyring is not the backup's, or if something is in the way.
pub async fn restore(config: &Config, args: RestoreArgs) -> anyhow::Result<u8> {
    if admin::ask(&config.admin_socket(), &Request::AuditKey)
        .await?
        .is_some()
    {
        anyhow::bail!(
            "a server runs with these keys: stop it, restore, name the new folder as `data` in cece.toml, start it"
        );
    }
    let clock = SystemClock::new();
    let random = Arc::new(SystemRandom);
    if !config.keys.join("keyring").exists() {
        anyhow::bail!(
            "there is no keyring in {}: put the keys there that were backed up with this data (cece backup --keys-to)",
            config.keys.display()
        );
    }
    let keyring = Arc::new(Keyring::open_in(
        &config.keys,
        server::credentials().as_deref(),
        &*random,
    )?);
    let brought = backup::bring_books(&args.from, &config.audit())?;
    let books = office::Books::open(
        config,
        Arc::clone(&keyring),
        Arc::clone(&random) as Arc<dyn Random>,
        clock.now(),
    )?;
    let assistant = Bundle::read(&config.sources(), server::today())?.assistant;
    let unpacked = backup::unpack(&args.from, &args.to)?;
    let deed = Deed::new("cece", Action::Restored, &assistant.register.version)
        .with("backup", unpacked.manifest.made);
    books.audit.enter(deed, clock.now()).await?;
    let room = Room {
        floor_bytes: config.free_space_floor_bytes,
        ..Room::default()
    };
    let store: Arc<dyn Store> = Arc::new(Sled::open(&unpacked.store(), room)?);
    let zone = assistant.council.time_zone;
    let archive = Archive::new(store, keyring, assistant.register, zone, random);
    let restored = backup::settle(&archive, &books.ledger, clock.now()).await?;
    drop(archive);
    unpacked.finish()?;
    let mut out = std::io::stdout();
    for fault in &restored.faults {
        writeln!(out, "fault: {fault}")?;
    }
    if brought {
        writeln!(
            out,
            "there was no ledger of erasures here, so the backup's is used: what was erased after the backup is not known"
        )?;
    }
    writeln!(
        out,
        "{} conversations are restored; {} erasures were carried out again, {} records whose key is gone were taken out\n\
         Name {} as `data` in cece.toml, and start.",
        restored.conversations,
        restored.erased,
        restored.buried,
        args.to.display()
    )?;
    Ok(u8::from(!restored.faults.is_empty()))
}
