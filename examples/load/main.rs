//! Load: N conversations that play turns in a closed loop for a bounded time, against the real
//! server and, in the same run, a bare axum WebSocket echo.
//!
//!     cargo run --release --example load -- [--connections 64] [--seconds 5] [--idle 9000]
//!
//! It starts each server as a process of its own on loopback, and prints turns a second, the 50th
//! and 99th percentile, the server's CPU per turn (user and system, from /proc) and its memory per
//! idle conversation. The ratios to the echo are what carries over to other machines: the servers are
//! played against in turn, second by second, so that what else the machine does meets them alike, and
//! the ratio is the median of the seconds'.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "it measures time, and prints what it measured"
)]

mod measured;
mod servers;

use futures_util::{SinkExt as _, StreamExt as _};
use measured::{Measured, Process};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::net::TcpStream;
use tokio::sync::Barrier;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

/// The same as the server's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Turns that a conversation plays before it is ended and another begins; the limit is 200.
const TURNS_A_CONVERSATION: u64 = 150;

/// What a resident writes, over and over: an enquiry, thanks, and personal data now and then.
const SAID: [&str; 4] = [
    "when is my bin collected please",
    "there is a big pothole outside the shops on the main road",
    "how do i pay my council tax, my email is jo@example.org",
    "what are the opening hours of the library",
];

struct Options {
    connections: usize,
    seconds: u64,
    idle: usize,
}

fn options(arguments: &[String]) -> Options {
    let value = |name: &str, otherwise: u64| {
        arguments
            .iter()
            .position(|argument| argument == name)
            .map_or(otherwise, |at| arguments[at + 1].parse().expect("a number"))
    };
    Options {
        connections: value("--connections", 64) as usize,
        seconds: value("--seconds", 5).min(120),
        idle: value("--idle", 9000) as usize,
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    measured::allow_open_files();
    if let [learn, folder] = &arguments[..]
        && learn == "learn"
    {
        servers::learn(std::path::Path::new(folder));
        return;
    }
    let role = arguments
        .first()
        .and_then(|first| servers::Role::parse(first));
    if let Some(role) = role {
        measured::keep_to_processor(true);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            // As many as the real server has.
            .max_blocking_threads(16)
            .build()
            .expect("a runtime");
        runtime.block_on(servers::serve(role));
        return;
    }
    // The players' threads leave the server its processor; this one starts the servers.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .on_thread_start(|| measured::keep_to_processor(false))
        .enable_all()
        .build()
        .expect("a runtime");
    let options = options(&arguments);
    runtime.block_on(async {
        println!(
            "{} connections, {} s each",
            options.connections, options.seconds
        );
        let turn_bytes = turn_bytes().await;
        println!("a turn is {turn_bytes} bytes, both ways; the echo's message is half of it");
        compare(&options, turn_bytes / 2).await;
        if options.idle > 0 {
            idle(options.idle).await;
        }
    });
}

/// Plays against all servers in turn, a second each, and prints what was measured.
/// The echo's messages are `echo_bytes` long.
async fn compare(options: &Options, echo_bytes: usize) {
    let roles = servers::Role::ALL;
    let processes = roles.map(|role| (role, Process::start(role)));
    let mut rounds: [Vec<Measured>; servers::Role::ALL.len()] = Default::default();
    for _ in 0..options.seconds {
        for ((role, process), measured) in processes.iter().zip(&mut rounds) {
            measured.push(play(process, *role, options, echo_bytes).await);
        }
    }
    let [echoes, ..] = &rounds;
    for (role, measured) in roles.iter().zip(&rounds) {
        println!("{:<44} {}", role.title(), Measured::together(measured));
        if *role != servers::Role::Echo {
            let ratios = measured.iter().zip(echoes);
            let ratios = ratios.map(|(turns, echo)| turns.cpu_each() / echo.cpu_each());
            let mut ratios: Vec<f64> = ratios.collect();
            ratios.sort_by(f64::total_cmp);
            println!(
                "  {:.1} times the echo's CPU ({:.1} to {:.1})",
                ratios[ratios.len() / 2],
                ratios[0],
                ratios[ratios.len() - 1]
            );
        }
    }
}

/// Plays turns against a server for a second, after all conversations have begun and it has warmed up.
async fn play(
    process: &Process,
    role: servers::Role,
    options: &Options,
    echo_bytes: usize,
) -> Measured {
    const WARM: Duration = Duration::from_millis(200);
    const PLAYED: Duration = Duration::from_secs(1);
    let begun = Arc::new(Barrier::new(options.connections + 1));
    let over = Arc::new(AtomicBool::new(false));
    let players: Vec<_> = (0..options.connections)
        .map(|_| {
            let (begun, over) = (Arc::clone(&begun), Arc::clone(&over));
            tokio::spawn(player(process.address, role, begun, over, echo_bytes))
        })
        .collect();
    begun.wait().await;
    tokio::time::sleep(WARM).await;
    let (cpu_before, began) = (process.cpu(), Instant::now());
    tokio::time::sleep(PLAYED).await;
    let (cpu, seconds) = (process.cpu() - cpu_before, began.elapsed().as_secs_f64());
    let ended = Instant::now();
    over.store(true, Ordering::Relaxed);
    let mut latencies = Vec::new();
    for player in players {
        latencies.extend(player.await.expect("a player ends"));
    }
    let counted = latencies
        .into_iter()
        .filter(|(at, _)| (began..=ended).contains(at))
        .map(|(_, took)| took)
        .collect();
    Measured {
        turns: counted,
        cpu,
        seconds,
    }
}

/// One resident: gives the moment and the seconds of every turn.
async fn player(
    address: SocketAddr,
    role: servers::Role,
    begun: Arc<Barrier>,
    over: Arc<AtomicBool>,
    echo_bytes: usize,
) -> Vec<(Instant, f64)> {
    let mut turns = Vec::new();
    let mut line = Line::open(address, role).await;
    begun.wait().await;
    loop {
        for client_seq in 1..=TURNS_A_CONVERSATION {
            if over.load(Ordering::Relaxed) {
                return turns;
            }
            let mut frame = message(client_seq);
            frame.extend(std::iter::repeat_n(
                ' ',
                echo_bytes.saturating_sub(frame.len()),
            ));
            let began = Instant::now();
            line.send(frame).await;
            line.answered().await;
            turns.push((Instant::now(), began.elapsed().as_secs_f64()));
        }
        line = Line::open(address, role).await;
    }
}

/// Bytes of the usual turn, what is sent and what is answered.
async fn turn_bytes() -> usize {
    let process = Process::start(servers::Role::Constant);
    let mut line = Line::open(process.address, servers::Role::Constant).await;
    let (turns, before) = (20, line.bytes);
    for client_seq in 1..=turns {
        line.send(message(client_seq)).await;
        line.answered().await;
    }
    (line.bytes - before) / turns as usize
}

fn message(client_seq: u64) -> String {
    let text = SAID[client_seq as usize % SAID.len()];
    format!(r#"{{"type":"message","client_seq":{client_seq},"text":"{text}"}}"#)
}

/// A connection to a server of either kind.
struct Line {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    role: servers::Role,
    /// Sent and received so far, without the frames' heads.
    bytes: usize,
}

impl Line {
    async fn open(address: SocketAddr, role: servers::Role) -> Self {
        let config = WebSocketConfig::default().read_buffer_size(4096);
        let url = format!("ws://{address}/ws");
        let (socket, _) = tokio_tungstenite::connect_async_with_config(url, Some(config), true)
            .await
            .expect("the server takes connections");
        let mut line = Self {
            socket,
            role,
            bytes: 0,
        };
        if role != servers::Role::Echo {
            line.send(r#"{"type":"hello","proto":1,"locale":"en-GB"}"#.to_owned())
                .await;
            line.until(r#""type":"say""#).await;
        }
        line
    }

    async fn send(&mut self, text: String) {
        self.bytes += text.len();
        self.socket
            .send(Message::text(text))
            .await
            .expect("the server takes frames");
    }

    /// Waits for the last frame of the answer.
    async fn answered(&mut self) {
        match self.role {
            servers::Role::Echo => self.until(r#""type":"message""#).await,
            servers::Role::Constant | servers::Role::FirstStage | servers::Role::Understanding => {
                self.until(r#""type":"state""#).await;
            }
        }
    }

    async fn until(&mut self, mark: &str) {
        loop {
            let message = self
                .socket
                .next()
                .await
                .expect("an answer")
                .expect("a good answer");
            let text = message.into_text().expect("text");
            self.bytes += text.len();
            assert!(!text.contains(r#""type":"error""#), "{text}");
            if text.contains(mark) {
                return;
            }
        }
    }
}

/// Opens `count` conversations that say nothing, and prints the server's memory for each.
async fn idle(count: usize) {
    for role in [servers::Role::Echo, servers::Role::Understanding] {
        let process = Process::start(role);
        // The first connections make what all share.
        let mut lines = Vec::with_capacity(count);
        for _ in 0..100 {
            lines.push(Line::open(process.address, role).await);
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
        let before = process.resident_bytes();
        for _ in 0..count {
            lines.push(Line::open(process.address, role).await);
        }
        tokio::time::sleep(Duration::from_secs(2)).await;
        let each = (process.resident_bytes() - before) as f64 / count as f64 / 1024.0;
        println!(
            "{:<44} {each:.1} KiB a connection, {count} idle",
            role.title()
        );
    }
}
