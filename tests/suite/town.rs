//! What the tests of the running server share: a small town's content, a server of its own for each
//! test, and a bare client that sends what it is told, right or wrong.

use cece::engine::{Bundle, Sentences, Sources};
use cece::server::Server;
use cece::server::config::Config;
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

/// The repository.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Where the shipped content is read from.
pub(crate) fn shipped() -> Sources {
    let root = root();
    Sources {
        intents: root.join("intents"),
        register: root.join("transcripts/retention.toml"),
        models: root.join("models"),
        encodings: root.join("models/encodings"),
    }
}

/// Intents that the small town keeps: enough for every kind of turn, few enough to train at once.
const KEPT: [&str; 8] = [
    "waste/missed-bin.toml",
    "waste/bin-collection-day.toml",
    "highways/pothole.toml",
    "streetscene/fly-tipping.toml",
    "customer-services/talk-to-person.toml",
    "emergency/fire.toml",
    "emergency/gas.toml",
    "none/off-topic.toml",
];

/// Copies the shipped content with every department, but only a few intents, into `folder`.
pub(crate) fn small_content(folder: &Path) {
    let shipped = root().join("intents");
    std::fs::create_dir_all(folder).unwrap();
    for entry in std::fs::read_dir(&shipped).unwrap() {
        let path = entry.unwrap().path();
        let target = folder.join(path.file_name().unwrap());
        if path.ends_with("danger.toml") {
            // It takes longer to learn than all that is kept.
        } else if path.is_file() {
            std::fs::copy(&path, target).unwrap();
        } else {
            std::fs::create_dir_all(&target).unwrap();
            std::fs::copy(path.join("department.toml"), target.join("department.toml")).unwrap();
        }
    }
    for intent in KEPT {
        std::fs::copy(shipped.join(intent), folder.join(intent)).unwrap();
    }
}

/// The sentence models, which take a while to read, for all towns of these tests.
pub(crate) static SENTENCES: LazyLock<Sentences> =
    LazyLock::new(|| Sentences::read(&shipped()).unwrap());

/// Where the small content's encodings are kept from one run of the tests to the next: without
/// optimisation one takes a tenth of a second.
static ENCODINGS: LazyLock<PathBuf> = LazyLock::new(|| {
    let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join("town");
    let place = tempfile::tempdir().unwrap();
    small_content(&place.path().join("intents"));
    let mut sources = config(place.path()).sources();
    sources.encodings.clone_from(&kept);
    let today = jiff::civil::date(2026, 6, 10);
    let (bundle, _) = Bundle::load_with(SENTENCES.clone(), &sources, today).unwrap();
    bundle.finish();
    assert!(bundle.is_finished());
    kept
});

/// Puts the small content's encodings where a server keeps its own.
pub(crate) fn keep_encodings(folder: &Path) {
    std::fs::create_dir_all(folder).unwrap();
    std::fs::copy(
        ENCODINGS.join("encodings.bin"),
        folder.join("encodings.bin"),
    )
    .unwrap();
}

/// Settings of a server with everything of its own under `folder`, without rate limits.
pub(crate) fn config(folder: &Path) -> Config {
    let mut config = Config {
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        intents: folder.join("intents"),
        register: root().join("transcripts/retention.toml"),
        models: root().join("models"),
        encodings: folder.join("encodings"),
        data: folder.join("live"),
        keys: folder.join("keys"),
        free_space_floor_bytes: 1024 * 1024,
        ..Config::default()
    };
    config.limits.turns_burst = 1e9;
    config.limits.turns_per_second = 1e9;
    config.limits.connections_burst = 1e9;
    config.limits.connections_per_second = 1e9;
    config
}

/// A server in this process, stopped when dropped or told.
pub(crate) struct Town {
    pub(crate) address: SocketAddr,
    pub(crate) folder: PathBuf,
    stop: Option<oneshot::Sender<()>>,
    running: Option<tokio::task::JoinHandle<()>>,
    _temp: Option<tempfile::TempDir>,
}

impl Town {
    /// Starts one with its own folder.
    pub(crate) async fn start(change: impl FnOnce(&mut Config)) -> Self {
        let temp = tempfile::tempdir().unwrap();
        small_content(&temp.path().join("intents"));
        let mut town = Self::start_in(temp.path(), change).await;
        town._temp = Some(temp);
        town
    }

    /// Starts one in a folder that holds its content, and its store if it has run before.
    pub(crate) async fn start_in(folder: &Path, change: impl FnOnce(&mut Config)) -> Self {
        let mut config = config(folder);
        keep_encodings(&config.encodings);
        change(&mut config);
        let sources = config.sources();
        let today = jiff::civil::date(2026, 6, 10);
        let (bundle, _) = Bundle::load_with(SENTENCES.clone(), &sources, today)
            .unwrap_or_else(|error| panic!("{error}"));
        let server = Server::open(config, bundle)
            .await
            .unwrap_or_else(|error| panic!("{error}"));
        let address = server.address().unwrap();
        let (stop, stopped) = oneshot::channel();
        let running = tokio::spawn(async move {
            let stopped = async {
                let _ = stopped.await;
            };
            server.run(false, stopped).await.unwrap();
        });
        // It listens from now on; the admin socket is there once it runs.
        while !folder.join("live/admin.sock").exists() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        Self {
            address,
            folder: folder.to_owned(),
            stop: Some(stop),
            running: Some(running),
            _temp: None,
        }
    }

    /// Keeps its folder after it has stopped, for another server to start in.
    pub(crate) fn keep_folder(&mut self) -> tempfile::TempDir {
        self._temp.take().unwrap()
    }

    /// As SIGTERM does.
    pub(crate) fn go_away(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
    }

    /// Stops it, and waits until it has.
    pub(crate) async fn stopped(mut self) {
        self.go_away();
        self.running.take().unwrap().await.unwrap();
    }

    /// A page as text, with its status.
    pub(crate) async fn get(&self, path: &str) -> (u16, String) {
        get(self.address, path).await
    }
}

/// One HTTP request by hand; a client library would be a dependency for ten lines.
pub(crate) async fn get(address: SocketAddr, path: &str) -> (u16, String) {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
    (status, answer.split_once("\r\n\r\n").unwrap().1.to_owned())
}

/// A client that sends exactly what it is told.
pub(crate) struct Bare {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

/// What a client sees.
#[derive(Debug, PartialEq)]
pub(crate) enum Seen {
    Frame(Value),
    Closed(Option<(u16, String)>),
}

impl Bare {
    pub(crate) async fn connect(address: SocketAddr) -> Self {
        let config = WebSocketConfig::default();
        let url = format!("ws://{address}/ws");
        let (socket, _) = tokio_tungstenite::connect_async_with_config(url, Some(config), true)
            .await
            .unwrap();
        Self { socket }
    }

    /// Connects and says hello; gives the welcome.
    pub(crate) async fn hello(address: SocketAddr) -> (Self, Value) {
        Self::hello_with(
            address,
            json!({"type": "hello", "proto": 1, "locale": "en-GB"}),
        )
        .await
    }

    /// Connects with a hello of the caller's.
    pub(crate) async fn hello_with(address: SocketAddr, hello: Value) -> (Self, Value) {
        let mut client = Self::connect(address).await;
        client.send(&hello).await;
        let welcome = client.frame().await;
        (client, welcome)
    }

    /// Takes a conversation up again.
    pub(crate) async fn resume(address: SocketAddr, token: &Value, last_seq: u64) -> (Self, Value) {
        let resume = json!({"token": token, "last_seq": last_seq});
        Self::hello_with(
            address,
            json!({"type": "hello", "proto": 1, "resume": resume}),
        )
        .await
    }

    pub(crate) async fn send(&mut self, frame: &Value) {
        self.send_text(&frame.to_string()).await;
    }

    pub(crate) async fn send_text(&mut self, text: &str) {
        // A server that has closed is seen by the next read.
        let _ = self.socket.send(Message::text(text)).await;
    }

    pub(crate) async fn send_message(&mut self, message: Message) {
        let _ = self.socket.send(message).await;
    }

    pub(crate) async fn say(&mut self, client_seq: u64, text: &str) {
        self.send(&json!({"type": "message", "client_seq": client_seq, "text": text}))
            .await;
    }

    /// The next thing seen, within ten seconds.
    pub(crate) async fn see(&mut self) -> Seen {
        let wait = Duration::from_secs(10);
        loop {
            let message = tokio::time::timeout(wait, self.socket.next()).await;
            match message.expect("the server says something within ten seconds") {
                Some(Ok(Message::Text(text))) => {
                    return Seen::Frame(serde_json::from_str(&text).unwrap());
                }
                Some(Ok(Message::Close(frame))) => return Seen::Closed(frame.map(reason)),
                Some(Ok(_)) => {}
                Some(Err(Error::Protocol(_) | Error::Io(_) | Error::ConnectionClosed)) | None => {
                    return Seen::Closed(None);
                }
                Some(Err(error)) => panic!("{error}"),
            }
        }
    }

    /// The next frame.
    pub(crate) async fn frame(&mut self) -> Value {
        match self.see().await {
            Seen::Frame(frame) => frame,
            Seen::Closed(why) => panic!("closed instead of a frame: {why:?}"),
        }
    }

    /// Frames up to and with the first of this type.
    pub(crate) async fn until(&mut self, kind: &str) -> Vec<Value> {
        let mut frames = Vec::new();
        loop {
            let frame = self.frame().await;
            let found = frame["type"] == kind;
            frames.push(frame);
            if found {
                return frames;
            }
        }
    }

    /// What comes until the connection is closed, and how it is.
    pub(crate) async fn until_closed(&mut self) -> (Vec<Value>, Option<(u16, String)>) {
        let mut frames = Vec::new();
        loop {
            match self.see().await {
                Seen::Frame(frame) => frames.push(frame),
                Seen::Closed(why) => return (frames, why),
            }
        }
    }

    /// Sends one frame and gives the code of the error that comes back.
    pub(crate) async fn error_for(&mut self, frame: &str) -> String {
        self.send_text(frame).await;
        let frames = self.until("error").await;
        frames.last().unwrap()["code"].as_str().unwrap().to_owned()
    }
}

fn reason(frame: CloseFrame) -> (u16, String) {
    (frame.code.into(), frame.reason.as_str().to_owned())
}
