//! The servers that are measured: the echo, and the real one without understanding, with its first stage
//! and with both.

use axum::Router;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::routing::get;
use axum::serve::ListenerExt as _;
use cece::channels::websocket;
use cece::engine::Bundle;
use cece::nlu::{IntentName, Ranked, Understand, Understanding, Verdict};
use cece::pii::SafeText;
use cece::server::Server;
use cece::server::config::Config;
use std::io::Read as _;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

/// Which server a process is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Sends back what it gets.
    Echo,
    /// The real server; understanding is a constant.
    Constant,
    /// The real server; understanding has its first stage, learnt from the intents' own examples.
    FirstStage,
    /// The real server.
    Understanding,
}

impl Role {
    pub(crate) const ALL: [Self; 4] = [
        Self::Echo,
        Self::Constant,
        Self::FirstStage,
        Self::Understanding,
    ];

    pub(crate) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Echo => "serve-echo",
            Self::Constant => "serve-constant",
            Self::FirstStage => "serve-first-stage",
            Self::Understanding => "serve-understanding",
        }
    }

    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Echo => "bare axum WebSocket echo",
            Self::Constant => "a durable turn without understanding",
            Self::FirstStage => "a durable turn with the first stage",
            Self::Understanding => "a durable turn with both stages",
        }
    }
}

/// Always the same answer: what is left of a turn when nothing has to be understood.
struct Constant(Understanding);

fn constant() -> Constant {
    Constant(Understanding {
        danger: None,
        command: None,
        verdict: Verdict::Sure,
        ranked: vec![Ranked {
            intent: IntentName::new("waste/bin-collection-day"),
            confidence: 1.0,
        }],
        also: Vec::new(),
    })
}

impl Understand for Constant {
    fn understand(&self, _: &SafeText) -> Understanding {
        self.0.clone()
    }
}

/// Serves until standard input closes, which is when whoever measures goes away.
pub(crate) async fn serve(role: Role) {
    std::thread::spawn(|| {
        let _ = std::io::stdin().read(&mut [0]);
        std::process::exit(0);
    });
    match role {
        Role::Echo => echo().await,
        Role::Constant | Role::FirstStage | Role::Understanding => assistant(role).await,
    }
}

/// The same buffer settings as the real server's.
async fn echo() {
    async fn each(mut socket: WebSocket) {
        while let Some(Ok(message)) = socket.recv().await {
            if let Message::Text(_) = message
                && socket.send(message).await.is_err()
            {
                return;
            }
        }
    }
    let handler = |socket: WebSocketUpgrade| async {
        socket
            .read_buffer_size(websocket::READ_BUFFER_BYTES)
            .write_buffer_size(websocket::WRITE_BUFFER_BYTES)
            .on_upgrade(each)
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    println!("{}", listener.local_addr().expect("an address"));
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    axum::serve(listener, Router::new().route("/ws", get(handler)))
        .await
        .expect("a server");
}

/// Settings with everything that is written in `folder`. What was learnt too: where all is learnt already there is no
/// first stage to measure.
fn config(folder: &Path) -> Config {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let config = Config {
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        intents: root.join("intents"),
        register: root.join("transcripts/retention.toml"),
        models: root.join("models"),
        encodings: folder.join("encodings"),
        data: folder.join("live"),
        keys: folder.join("keys"),
        ..Config::default()
    };
    // Where there are none, they are worked out, in some minutes.
    let _ = std::fs::create_dir(&config.encodings);
    let kept = root.join("models/encodings/encodings.bin");
    let _ = std::fs::copy(kept, config.encodings.join("encodings.bin"));
    config
}

/// Learns for the server whose folder this is, which so has no memory of it to give back while it is measured.
pub(crate) fn learn(folder: &Path) {
    let sources = config(folder).sources();
    let (bundle, _) =
        Bundle::open(&sources, cece::server::today()).unwrap_or_else(|error| panic!("{error}"));
    bundle.finish();
}

async fn assistant(role: Role) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut config = config(folder.path());
    config.limits.turns_burst = 1e12;
    config.limits.turns_per_second = 1e12;
    config.limits.connections_burst = 1e12;
    config.limits.connections_per_second = 1e12;
    if role == Role::Understanding {
        let program = std::env::current_exe().expect("this program");
        let learner = Command::new(program)
            .arg("learn")
            .arg(folder.path())
            .status();
        assert!(
            learner.is_ok_and(|ended| ended.success()),
            "nothing was learnt"
        );
    }
    let sources = config.sources();
    let (mut bundle, _) =
        Bundle::load(&sources, cece::server::today()).unwrap_or_else(|error| panic!("{error}"));
    if role == Role::Constant {
        bundle.understand = Arc::new(constant());
    }
    let server = Server::open(config, bundle)
        .await
        .unwrap_or_else(|error| panic!("{error}"));
    println!("{}", server.address().expect("an address"));
    server
        .run(false, std::future::pending())
        .await
        .expect("a server");
}
