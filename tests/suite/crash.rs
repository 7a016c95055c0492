//! kill -9 at random moments under load: no acknowledged turn lost, none partial, none doubled; the
//! client resumes by itself.
//!
//! `CECE_KILLS` sets how often (100 unless set; `tests/kill_many` runs 1,000).

use crate::town::{self, root};
use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::watch;

/// Residents who talk at the same time.
const RESIDENTS: usize = 8;

/// Turns before a resident begins another conversation; the limit is 200.
const TURNS_A_CONVERSATION: u64 = 150;

/// A server in a process of its own.
struct Process {
    child: Child,
    address: SocketAddr,
}

impl Process {
    fn start(folder: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_cece"))
            .args(["serve", "--listen", "127.0.0.1:0"])
            .arg("--config")
            .arg(folder.join("cece.toml"))
            .env("CECE_LOG", "error")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let address = line
            .split("http://")
            .nth(1)
            .and_then(|rest| rest.split('/').next());
        let address = address
            .unwrap_or_else(|| panic!("no address in {line:?}"))
            .parse()
            .unwrap();
        Self { child, address }
    }

    /// SIGKILL: nothing is flushed, nothing is said.
    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

fn settings(folder: &Path) {
    town::small_content(&folder.join("intents"));
    town::keep_encodings(&folder.join("encodings"));
    let register = root().join("transcripts/retention.toml");
    let text = format!(
        "intents = {:?}\nencodings = {:?}\nregister = {:?}\ndata = {:?}\nkeys = {:?}\nfree_space_floor_bytes = 1048576\n\
         [limits]\nturns_burst = 1e9\nturns_per_second = 1e9\nconnections_burst = 1e9\nconnections_per_second = 1e9\n",
        folder.join("intents"),
        folder.join("encodings"),
        register,
        folder.join("live"),
        folder.join("keys")
    );
    std::fs::write(folder.join("cece.toml"), text).unwrap();
}

/// What one resident knows: every turn that was acknowledged, and with which number.
#[derive(Default)]
struct Ledger {
    token: Option<Value>,
    acknowledged: Vec<(u64, String)>,
}

/// What every resident counts together.
#[derive(Default)]
struct Totals {
    acknowledged: AtomicU64,
    resumes: AtomicU64,
    stored_replies: AtomicU64,
}

/// Talks until told to stop: sends, waits for the acknowledgement, and after each crash resumes and
/// sends again what was not acknowledged, with the same number.
async fn resident(
    name: usize,
    mut address: watch::Receiver<SocketAddr>,
    stop: Arc<AtomicBool>,
    totals: Arc<Totals>,
) {
    let mut ledger = Ledger::default();
    while !stop.load(Ordering::Relaxed) {
        let at = *address.borrow_and_update();
        let Some(mut client) = Link::open(at, &mut ledger, &totals).await else {
            let _ = tokio::time::timeout(Duration::from_millis(50), address.changed()).await;
            continue;
        };
        while !stop.load(Ordering::Relaxed) {
            let client_seq = ledger.acknowledged.len() as u64 + 1;
            let text = format!("when is my bin day, message {client_seq} of resident {name}");
            match client.turn(client_seq, &text).await {
                Some(ack) => {
                    ledger.acknowledged.push((ack, text));
                    totals.acknowledged.fetch_add(1, Ordering::Relaxed);
                    // Left open before the longest conversation is reached: from then on, an unknown
                    // conversation can only be a lost one.
                    if client_seq == TURNS_A_CONVERSATION {
                        ledger.token = None;
                        ledger.acknowledged.clear();
                        break;
                    }
                }
                None => break,
            }
        }
    }
}

/// A connection that may break at any moment: everything gives `None` then.
struct Link {
    socket: tokio_tungstenite::WebSocketStream<
        tokio_tungstenite::MaybeTlsStream<tokio::net::TcpStream>,
    >,
}

impl Link {
    /// Begins, or resumes and holds the replay against the ledger.
    async fn open(address: SocketAddr, ledger: &mut Ledger, totals: &Totals) -> Option<Self> {
        let url = format!("ws://{address}/ws");
        let (socket, _) = tokio_tungstenite::connect_async(url).await.ok()?;
        let mut link = Self { socket };
        let mut hello = json!({"type": "hello", "proto": 1});
        if let Some(token) = &ledger.token {
            hello["resume"] = json!({"token": token, "last_seq": 0});
        }
        link.send(&hello).await?;
        let welcome = link.next().await?;
        assert_eq!(
            welcome["type"], "welcome",
            "an open conversation is never lost: {welcome}"
        );
        let resumed = ledger.token.replace(welcome["token"].clone()).is_some();
        if resumed {
            totals.resumes.fetch_add(1, Ordering::Relaxed);
            link.check_replay(&welcome, ledger, totals).await?;
        }
        Some(link)
    }

    /// Every acknowledged message stands in the log once, under its number; of the one that was
    /// under way all stands there or nothing.
    async fn check_replay(
        &mut self,
        welcome: &Value,
        ledger: &Ledger,
        totals: &Totals,
    ) -> Option<()> {
        let head = welcome["head_seq"].as_u64().unwrap();
        let (mut own, mut expected) = (Vec::new(), 1);
        while expected <= head {
            let frame = self.next().await?;
            let Some(seq) = frame["seq"].as_u64() else {
                continue;
            };
            assert_eq!(seq, expected, "a gap or a doubled entry: {frame}");
            expected += 1;
            if frame["from"] == "resident" {
                own.push((seq, frame["text"].as_str().unwrap().to_owned()));
            }
        }
        let known = ledger.acknowledged.len();
        assert_eq!(
            &own[..known.min(own.len())],
            &ledger.acknowledged[..],
            "an acknowledged turn is lost"
        );
        assert!(
            own.len() <= known + 1,
            "a turn that was never sent, or one that is doubled"
        );
        assert_eq!(
            welcome["last_client_seq"].as_u64().unwrap(),
            own.len() as u64
        );
        totals
            .stored_replies
            .fetch_add((own.len() - known) as u64, Ordering::Relaxed);
        Some(())
    }

    /// Sends a turn and waits for its last frame; gives the number it was acknowledged with.
    async fn turn(&mut self, client_seq: u64, text: &str) -> Option<u64> {
        self.send(&json!({"type": "message", "client_seq": client_seq, "text": text}))
            .await?;
        let mut ack = None;
        loop {
            let frame = self.next().await?;
            match frame["type"].as_str().unwrap() {
                "ack" if frame["client_seq"] == client_seq => ack = frame["seq"].as_u64(),
                "state" if ack.is_some() => return ack,
                "error" | "bye" => panic!("{frame}"),
                _ => {}
            }
        }
    }

    async fn send(&mut self, frame: &Value) -> Option<()> {
        use futures_util::SinkExt as _;
        let text = tokio_tungstenite::tungstenite::Message::text(frame.to_string());
        self.socket.send(text).await.ok()
    }

    async fn next(&mut self) -> Option<Value> {
        use futures_util::StreamExt as _;
        loop {
            let wait = Duration::from_secs(20);
            let message = tokio::time::timeout(wait, self.socket.next()).await;
            let message = message.expect("the server answers or is gone")?.ok()?;
            if message.is_close() {
                return None;
            }
            if let tokio_tungstenite::tungstenite::Message::Text(text) = message {
                return Some(serde_json::from_str(&text).unwrap());
            }
        }
    }
}

/// Moments that differ from kill to kill; the same in every run, so that a failure can be repeated.
fn pause(n: u64) -> Duration {
    let scrambled = n.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
    Duration::from_micros(2_000 + scrambled % 150_000)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_nine_loses_nothing_that_was_acknowledged() {
    let kills: u64 =
        std::env::var("CECE_KILLS").map_or(100, |kills| kills.parse().expect("a number"));
    let temp = tempfile::tempdir().unwrap();
    settings(temp.path());
    let mut process = Process::start(temp.path());
    let (addresses, address) = watch::channel(process.address);
    let stop = Arc::new(AtomicBool::new(false));
    let totals = Arc::new(Totals::default());
    let residents: Vec<_> = (0..RESIDENTS)
        .map(|name| {
            tokio::spawn(resident(
                name,
                address.clone(),
                Arc::clone(&stop),
                Arc::clone(&totals),
            ))
        })
        .collect();
    for n in 0..kills {
        tokio::time::sleep(pause(n)).await;
        process.kill();
        process = Process::start(temp.path());
        addresses.send_replace(process.address);
    }
    tokio::time::sleep(Duration::from_millis(500)).await;
    stop.store(true, Ordering::Relaxed);
    for resident in residents {
        resident
            .await
            .expect("every resident's ledger agrees with the log");
    }
    let (acknowledged, resumes) = (
        totals.acknowledged.load(Ordering::Relaxed),
        totals.resumes.load(Ordering::Relaxed),
    );
    println!(
        "{kills} kills, {acknowledged} turns acknowledged, {resumes} resumes, {} turns that were durable before they were acknowledged",
        totals.stored_replies.load(Ordering::Relaxed)
    );
    assert!(acknowledged > kills, "the server was under load");
    assert!(resumes > kills, "the residents came back by themselves");
    process.kill();
    let verified = Command::new(env!("CARGO_BIN_EXE_cece"))
        .args(["transcripts", "verify", "--config"])
        .arg(temp.path().join("cece.toml"))
        .output()
        .unwrap();
    let words = String::from_utf8_lossy(&verified.stdout);
    assert!(
        verified.status.success(),
        "{words}{}",
        String::from_utf8_lossy(&verified.stderr)
    );
}
