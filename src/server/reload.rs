//! Swapping the content of a running server: on SIGHUP, on change, or when asked. A bundle with a
//! fault changes nothing: the faults are logged with their places, and the old one stays.

use super::learning::{Learner, learn_apart};
use super::office::Office;
use crate::engine::{Bundle, BundleError, Engine, Sources};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use tokio::signal::unix::{SignalKind, signal};

/// Time between two looks at the files.
pub(crate) const LOOK_PERIOD: Duration = Duration::from_secs(1);

/// Reads the content anew and swaps it in.
pub(super) struct Reloader {
    engine: Arc<Engine>,
    office: Arc<Office>,
    sources: Sources,
    learner: Option<Learner>,
}

impl Reloader {
    /// For an engine, the place its content comes from, and what learns it.
    #[must_use]
    pub(super) fn new(
        engine: Arc<Engine>,
        office: Arc<Office>,
        sources: Sources,
        learner: Option<Learner>,
    ) -> Arc<Self> {
        Arc::new(Self {
            engine,
            office,
            sources,
            learner,
        })
    }

    /// Reads, checks, trains, and swaps if there is no fault. Gives words for whoever asked.
    ///
    /// # Errors
    /// Every fault; nothing has changed.
    pub(super) async fn reload(self: &Arc<Self>) -> Result<String, String> {
        let (sources, today) = (self.sources.clone(), super::today());
        let learner = self.learner.clone();
        let sentences = self.engine.bundle().sentences.clone();
        let load = move || {
            let (bundle, warnings) = Bundle::open_with(sentences, &sources, today)?;
            if !bundle.is_finished() && !learn_apart(&bundle, learner.as_ref()) {
                let _ = bundle.finish();
            }
            Ok::<_, BundleError>((bundle, warnings))
        };
        let loaded = tokio::task::spawn_blocking(load).await;
        let result = match loaded {
            Ok(Ok((bundle, warnings))) => {
                let assistant = &bundle.assistant;
                let (version, intents) = (assistant.version.clone(), assistant.intents.len());
                let (departments, warnings) = (assistant.departments.len(), warnings.len());
                let before = self.engine.archive().register().version.clone();
                self.engine.swap(bundle);
                self.office.register_changed(&before).await;
                tracing::info!(content = %version, intents, departments, warnings, "content swapped");
                Ok(format!(
                    "content {version} is in use: {intents} intents, {departments} departments, {warnings} warnings"
                ))
            }
            Ok(Err(error)) => Err(kept(&error)),
            Err(_) => Err("reading the content failed in a way it must not: this is a bug".into()),
        };
        self.engine.meters().reloaded(result.is_ok());
        result
    }

    pub(super) async fn on_signal(self: Arc<Self>) {
        let Ok(mut hangups) = signal(SignalKind::hangup()) else {
            return;
        };
        while hangups.recv().await.is_some() {
            let _ = self.reload().await;
        }
    }

    /// Looks at names, sizes and times of the files, and reloads once they have been still for a
    /// look, so that half of a save is not read.
    pub(super) async fn on_change(self: Arc<Self>) {
        let mut loaded = look(&self.sources);
        let mut before = loaded.clone();
        loop {
            tokio::time::sleep(LOOK_PERIOD).await;
            let seen = look(&self.sources);
            if seen != loaded && seen == before {
                loaded.clone_from(&seen);
                let _ = self.reload().await;
            }
            before = seen;
        }
    }
}

fn kept(error: &BundleError) -> String {
    tracing::error!("the content has faults, so the one in use stays:\n{error}");
    format!("{error}\nthe content in use stays as it is")
}

/// Names, sizes and times of files.
pub(crate) type Stamp = Vec<(std::path::PathBuf, u64, Option<SystemTime>)>;

/// The files of the content and of the register as they are now.
pub(crate) fn look(sources: &Sources) -> Stamp {
    let mut stamp = Vec::new();
    walk(&sources.intents, &mut stamp);
    walk(&sources.register, &mut stamp);
    stamp.sort();
    stamp
}

fn walk(path: &Path, stamp: &mut Stamp) {
    let Ok(meta) = std::fs::symlink_metadata(path) else {
        return;
    };
    if meta.is_dir() {
        for entry in std::fs::read_dir(path).into_iter().flatten().flatten() {
            walk(&entry.path(), stamp);
        }
    } else {
        stamp.push((path.to_owned(), meta.len(), meta.modified().ok()));
    }
}
