//! The server: what is started, in which order, and how it ends.
//!
//! Routes are in `routes`, on one page, and those of the HTTP API in [`api`]; settings in [`config`]; what
//! is done with what is kept in [`office`], which [`admin`] and [`api`] ask; swapping the content in
//! `reload`; the chat's pages are in `chat`, and how they look on a site in [`site`].

pub mod accounts;
pub mod admin;
pub mod api;
pub mod config;
pub mod office;
pub mod site;

mod assets;
mod chat;
mod demo;
mod learning;
pub(crate) mod reload;
mod routes;

use crate::channels::Gate;
use crate::channels::direct_line::DirectLine;
use crate::channels::phone::Phone;
use crate::channels::rest::rasa::Rasa;
use crate::engine::clock::{Clock, SystemClock, SystemRandom};
use crate::engine::{Bundle, BundleError, Engine};
use crate::pii::{Detector, DetectorError};
use crate::transcripts::archive::{Archive, ArchiveError};
use crate::transcripts::keys::{KeyError, Keyring, Random};
use crate::transcripts::retention::Register;
use crate::transcripts::{Room, Sled, Store, StoreError};
use axum::serve::ListenerExt as _;
pub use learning::Learner;

use config::{Config, ConfigError};
use jiff::tz::TimeZone;
use office::{Books, Office, OfficeError, Request, Shelves};
use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, UnixListener};
use tokio::sync::watch;
use tokio::task::JoinSet;

/// Time between two looks at what has timed out.
const IDLE_PERIOD: Duration = Duration::from_secs(2);
/// Time from the start to the first sweep, so that residents come first.
const FIRST_SWEEP: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(60 * 60);

/// By how much training stands back for the event loop (`nice`).
pub(crate) const TRAINING_PRIORITY_BACK: i32 = 5;

/// What the routes share.
struct Shared {
    engine: Arc<Engine>,
    store: Arc<dyn Store>,
    gate: Arc<Gate>,
    office: Arc<Office>,
    sites: chat::Sites,
    demo: bool,
    direct_line: Arc<DirectLine>,
    rasa: Arc<Rasa>,
    phone: Arc<Phone>,
}

/// Why a server does not start.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The settings.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The content.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// The keys.
    #[error(transparent)]
    Keys(#[from] KeyError),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The transcripts.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The audit log, the ledger of erasures, or what was left half done.
    #[error(transparent)]
    Office(#[from] OfficeError),
    /// The rule table of the detector does not compile.
    #[error(transparent)]
    Detector(#[from] DetectorError),
    /// The network or the file system.
    #[error("{what}: {cause}")]
    Io {
        /// What was being done, and on what.
        what: String,
        /// The system's words.
        cause: std::io::Error,
    },
}

/// A server that is bound and ready to run.
pub struct Server {
    listener: TcpListener,
    admin: Option<UnixListener>,
    shared: Arc<Shared>,
    config: Config,
    learner: Option<Learner>,
    drain: watch::Sender<bool>,
}

/// Opens the archive of `config`; makes keys and store on first run.
///
/// # Errors
/// Keys that anyone may read, a store in use or damaged: each with what to do.
pub async fn open_archive(
    config: &Config,
    register: Arc<Register>,
    time_zone: TimeZone,
) -> Result<(Archive, Arc<dyn Store>, Books), ServeError> {
    let random = Arc::new(SystemRandom);
    let folder = |path: &std::path::Path| {
        make_private_folder(path).map_err(|cause| ServeError::Io {
            what: format!("making {}", path.display()),
            cause,
        })
    };
    folder(&config.data)?;
    folder(&config.keys)?;
    let keyring = Keyring::open_in(&config.keys, credentials().as_deref(), &*random)?;
    let keyring = Arc::new(keyring);
    let room = Room {
        floor_bytes: config.free_space_floor_bytes,
        ..Room::default()
    };
    let store: Arc<dyn Store> = Arc::new(Sled::open(&config.store(), room)?);
    let archive = Archive::new(
        Arc::clone(&store),
        Arc::clone(&keyring),
        register,
        time_zone,
        Arc::clone(&random) as Arc<dyn Random>,
    );
    archive.bind().await?;
    // After the store, whose lock says that no other process is at work here.
    let books = Books::open(config, keyring, random, SystemClock::new().now())?;
    Ok((archive, store, books))
}

/// The folder in which systemd gives a service its credentials.
#[must_use]
pub fn credentials() -> Option<PathBuf> {
    std::env::var_os("CREDENTIALS_DIRECTORY").map(PathBuf::from)
}

fn make_private_folder(path: &std::path::Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
}

impl Server {
    /// Opens everything and binds the address; nothing is served yet.
    ///
    /// # Errors
    /// The first thing that is not as it must be, with what to do.
    pub async fn open(config: Config, bundle: Bundle) -> Result<Self, ServeError> {
        let assistant = &bundle.assistant;
        let zone = assistant.council.time_zone.clone();
        let detector = Detector::new(&assistant.council.own_contacts)?;
        let sites = chat::Sites::new(&config, &assistant.council.base_url)?;
        let register = Arc::clone(&assistant.register);
        let (archive, store, books) = open_archive(&config, register, zone).await?;
        let engine = Arc::new(Engine::new(
            archive,
            bundle,
            config.limits.clone(),
            Arc::new(SystemClock::new()),
            Arc::new(SystemRandom),
        ));
        let office = Arc::new(Office::new(
            Shelves::Engine(Arc::clone(&engine)),
            books,
            &config,
            Arc::new(SystemClock::new()),
            detector,
        ));
        office.open().await?;
        let open = engine.wake().await?;
        if open > 0 {
            tracing::info!(
                conversations = open,
                "conversations were open when the server stopped"
            );
        }
        let listener = TcpListener::bind(config.listen)
            .await
            .map_err(|cause| ServeError::Io {
                what: format!(
                    "listening on {} (listen in cece.toml, or --listen)",
                    config.listen
                ),
                cause,
            })?;
        // Bound with the address, so that whoever finds the server ready can reach it by both.
        let admin = admin::listen(&config.admin_socket());
        let (drain, going) = watch::channel(false);
        let gate = Arc::new(Gate::new(
            Arc::clone(&engine),
            config.every_origin().cloned().collect(),
            config.behind_proxy,
            going,
        ));
        let secret = config.direct_line_secret.reveal().to_owned();
        let shared = Arc::new(Shared {
            engine,
            store,
            office,
            direct_line: Arc::new(DirectLine::new(Arc::clone(&gate), secret)),
            phone: Arc::new(Phone::new(Arc::clone(&gate), config.phone.clone())),
            rasa: Arc::new(Rasa::new(
                Arc::clone(&gate),
                config.rasa_token.reveal().to_owned(),
            )),
            gate,
            sites,
            demo: config.demo,
        });
        Ok(Self {
            listener,
            admin,
            shared,
            config,
            learner: None,
            drain,
        })
    }

    /// Has contents learnt by a process of their own, and not by this one.
    pub fn learn_with(&mut self, learner: Learner) {
        self.learner = Some(learner);
    }

    /// The records office, for whoever starts the server.
    #[must_use]
    pub fn office(&self) -> &Arc<Office> {
        &self.shared.office
    }

    /// The address that it is bound to.
    ///
    /// # Errors
    /// The system's.
    pub fn address(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Trains understanding on a thread of its own: the first stage, for which the first messages wait,
    /// and then the second, while the first serves. Nothing where it was learnt before.
    pub fn finish_understanding(&self) {
        let engine = Arc::clone(&self.shared.engine);
        if engine.bundle().is_finished() {
            tracing::info!("understanding in both stages, as it was learnt before");
            return;
        }
        let learner = self.learner.clone();
        let finish = move || {
            let started = engine.clock().elapsed();
            let teach = AssertUnwindSafe(|| engine.bundle().teach());
            if catch_unwind(teach).is_err() {
                // Whoever writes would wait for ever: better nobody is let in, and it is seen.
                tracing::error!("understanding could not be trained, which is a bug: stopping");
                std::process::exit(1);
            }
            let took = engine.clock().elapsed().saturating_sub(started);
            let duration_ms = took.as_millis();
            tracing::info!(duration_ms, "understanding in its first stage");
            let started = engine.clock().elapsed();
            let bundle = engine.bundle();
            if !learning::learn_apart(&bundle, learner.as_ref()) {
                // Refused where the process may not set priorities: then it takes its share.
                let _ = rustix::process::nice(TRAINING_PRIORITY_BACK);
                let not_kept = bundle.finish().and_then(|finished| finished.not_kept);
                if let Some(error) = not_kept {
                    tracing::warn!(%error, "what was learnt could not be kept: the next start works it out again");
                }
            }
            let took = engine.clock().elapsed().saturating_sub(started);
            let duration_ms = took.as_millis();
            tracing::info!(duration_ms, "understanding in both stages");
        };
        let thread = std::thread::Builder::new().name("training".into());
        if let Err(error) = thread.spawn(finish) {
            tracing::error!(%error, "understanding stays with its first stage: no thread to train the second on");
            self.shared.engine.bundle().teach();
        }
    }

    /// Serves until `stop` resolves, then drains: readiness fails, clients are asked to come back,
    /// turns in flight finish.
    ///
    /// # Errors
    /// The system's.
    pub async fn run(
        self,
        watch_content: bool,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> std::io::Result<()> {
        let engine = Arc::clone(&self.shared.engine);
        let mut tasks = JoinSet::new();
        tasks.spawn(close_idle(Arc::clone(&engine)));
        let office = Arc::clone(&self.shared.office);
        tasks.spawn(keep_schedule(Arc::clone(&office), self.config.sweep_hours));
        let reloads = reload::Reloader::new(
            Arc::clone(&engine),
            Arc::clone(&office),
            self.config.sources(),
            self.learner,
        );
        tasks.spawn(Arc::clone(&reloads).on_signal());
        if watch_content {
            tasks.spawn(Arc::clone(&reloads).on_change());
        }
        if let Some(listener) = self.admin {
            tasks.spawn(admin::serve(listener, Arc::clone(&office), reloads));
        }
        let drain_seconds = self.config.limits.drain_seconds;
        let drain = self.drain.clone();
        let stopped = async move {
            stop.await;
            tracing::info!("going away");
            drain.send_replace(true);
        };
        let app = routes::router(Arc::clone(&self.shared))
            .into_make_service_with_connect_info::<SocketAddr>();
        // An answer is one small write: waiting to fill a packet would only delay it.
        let listener = self.listener.tap_io(|stream| {
            let _ = stream.set_nodelay(true);
        });
        let engine = Arc::clone(&self.shared.engine);
        let serving = axum::serve(listener, app).with_graceful_shutdown(stopped);
        serving.await?;
        let deadline = async move {
            // Upgraded connections are tasks of their own: they end when they have said goodbye.
            while engine.meters().connections.get() > 0 {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        if tokio::time::timeout(Duration::from_secs(drain_seconds), deadline)
            .await
            .is_err()
        {
            tracing::warn!(
                drain_seconds,
                "connections were still open when the time was up"
            );
        }
        // What has ended here lets go of the store, so that another process may open it.
        tasks.shutdown().await;
        if let Err(error) = office.checkpoint().await {
            tracing::error!(%error, "no last checkpoint of the audit log");
        }
        let _ = std::fs::remove_file(self.config.admin_socket());
        Ok(())
    }
}

/// Writes a checkpoint of the audit log every hour, and sweeps when it is time, if the register is signed.
async fn keep_schedule(office: Arc<Office>, sweep_hours: u32) {
    let begin = tokio::time::Instant::now() + FIRST_SWEEP;
    let mut hours = tokio::time::interval_at(begin, HOUR);
    hours.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut left = 0_u32;
    loop {
        hours.tick().await;
        office.see_day().await;
        if let Err(error) = office.checkpoint().await {
            tracing::error!(%error, "no checkpoint of the audit log");
        }
        if sweep_hours == 0 || left > 0 || !office.standing().is_signed() {
            left = left.saturating_sub(1);
            continue;
        }
        left = sweep_hours - 1;
        let reply = office.answer("cece", Request::Sweep { expect: None }).await;
        if reply.ok {
            tracing::info!(records = %reply.data["records"], keys = %reply.data["keys"], "swept");
        } else {
            tracing::error!("the sweep was refused: `cece retention sweep --dry-run` shows why");
        }
    }
}

async fn close_idle(engine: Arc<Engine>) {
    let mut ticks = tokio::time::interval(IDLE_PERIOD);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        match engine.close_idle().await {
            Ok(0) => {}
            Ok(closed) => tracing::info!(closed, "conversations timed out"),
            Err(error) => tracing::error!(%error, "time-outs could not be recorded"),
        }
    }
}

/// The day, where the council is; used before its content, and so its time zone, is read.
#[must_use]
pub fn today() -> jiff::civil::Date {
    SystemClock::new()
        .now()
        .to_zoned(jiff::tz::TimeZone::UTC)
        .date()
}
