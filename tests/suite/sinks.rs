//! Where raw text must never arrive: planted identifiers and sensitive words are looked for in
//! everything that the server writes, with logging at its loudest.

use crate::town::{Bare, get, keep_encodings, root, small_content};
use std::io::{BufRead as _, BufReader, Read as _};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::JoinHandle;

/// So many conversations hold each of the values.
const CONVERSATIONS: usize = 1_000;
/// So many of them at the same time.
const AT_ONCE: usize = 20;

/// Values from reserved ranges, each with the way it is said, and last a word of the kind that only
/// understanding may read.
const PLANTED: [(&str, &str); 9] = [
    // A card in two messages.
    ("4000 0566", "4000 0566"),
    ("5566 5556", "5566 5556"),
    (
        "4111 1111 1111 1111",
        "you can take it from my card 4111 1111 1111 1111",
    ),
    ("QQ123456C", "my national insurance number is QQ123456C"),
    ("943 476 5919", "my nhs number is 943 476 5919"),
    ("jo.planted@example.org", "write to jo.planted@example.org"),
    ("07700 900123", "ring me on 07700 900123"),
    ("ZE3 9XQ", "i live at ZE3 9XQ"),
    ("suicidal", "my daughter is suicidal"),
];

/// Every file under `folder` as bytes, with its name.
fn files(folder: &Path, found: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.is_file() {
            found.push((path.display().to_string(), std::fs::read(&path).unwrap()));
        }
    }
}

/// The values as they were said and without their spaces. Eight digits in one piece stand in some
/// figure of a long log by chance.
fn needles() -> Vec<String> {
    let values = PLANTED.iter().map(|(value, _)| (*value).to_owned());
    let together = values.clone().map(|value| value.replace(' ', ""));
    let long = together.filter(|value| value.len() > 8 || value.contains(char::is_alphabetic));
    values.chain(long).collect()
}

/// One conversation in which every value is said; everything that came back.
async fn converse(address: SocketAddr, socket: PathBuf, n: usize) -> Vec<(String, Vec<u8>)> {
    let mut sinks: Vec<(String, Vec<u8>)> = Vec::new();
    let (mut client, welcome) = Bare::hello(address).await;
    client.frame().await;
    for (k, (_, said)) in PLANTED.iter().enumerate() {
        client.say(k as u64 + 1, said).await;
        let frames = client.until("state").await;
        assert!(
            frames.iter().any(|f| f["type"] == "warn"),
            "no warning: {frames:?}"
        );
        sinks.push((
            format!("frames of conversation {n}"),
            format!("{frames:?}").into_bytes(),
        ));
    }
    // The parser must not quote what it could not read.
    client
        .send_text(r#"{"type":"message","client_seq":"4111 1111 1111 1111"}"#)
        .await;
    let error = client.frame().await;
    sinks.push(("an error frame".into(), error.to_string().into_bytes()));
    let reference = welcome["reference"].as_str().unwrap().to_owned();
    let request = cece::server::admin::Request::Show { reference };
    let shown = cece::server::admin::ask(&socket, &request)
        .await
        .unwrap()
        .unwrap();
    assert!(
        shown.ok && shown.text.contains("[card number]"),
        "{}",
        shown.text
    );
    sinks.push(("transcripts show".into(), shown.text.into_bytes()));
    sinks
}

/// A server with its log at its loudest, what it writes there, and where it listens.
fn serve(folder: &Path) -> (Child, JoinHandle<Vec<u8>>, SocketAddr) {
    small_content(&folder.join("intents"));
    let settings = folder.join("cece.toml");
    let encodings = folder.join("encodings");
    keep_encodings(&encodings);
    let limits = "[limits]\nturns_burst = 1e9\nturns_per_second = 1e9\nconnections_burst = 1e9\nconnections_per_second = 1e9\n";
    std::fs::write(&settings, format!("encodings = {encodings:?}\n{limits}")).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_cece"))
        .args([
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--log",
            "json",
            "--intents",
        ])
        .arg(folder.join("intents"))
        .arg("--config")
        .arg(&settings)
        .arg("--register")
        .arg(root().join("transcripts/retention.toml"))
        .arg("--data")
        .arg(folder.join("live"))
        .arg("--keys")
        .arg(folder.join("keys"))
        .env("CECE_LOG", "trace")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut log = child.stderr.take().unwrap();
    let log = std::thread::spawn(move || {
        let mut text = Vec::new();
        log.read_to_end(&mut text).unwrap();
        text
    });
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    let address = line
        .split("http://")
        .nth(1)
        .unwrap()
        .split('/')
        .next()
        .unwrap();
    let address: SocketAddr = address.parse().unwrap();
    (child, log, address)
}

#[tokio::test]
async fn planted_identifiers_reach_no_file_log_metric_or_transcript() {
    let temp = tempfile::tempdir().unwrap();
    let (mut child, log, address) = serve(temp.path());
    let socket = temp.path().join("live/admin.sock");
    let mut sinks: Vec<(String, Vec<u8>)> = Vec::new();
    for first in (0..CONVERSATIONS).step_by(AT_ONCE) {
        let mut open = tokio::task::JoinSet::new();
        for n in first..first + AT_ONCE {
            open.spawn(converse(address, socket.clone(), n));
        }
        for seen in open.join_all().await {
            sinks.extend(seen);
        }
    }
    sinks.push((
        "/metrics".into(),
        get(address, "/metrics").await.1.into_bytes(),
    ));
    child.kill().unwrap();
    child.wait().unwrap();
    let log = log.join().unwrap();
    assert!(log.len() > 1000, "the log was loud: {} bytes", log.len());
    sinks.push(("the log".into(), log));
    files(temp.path(), &mut sinks);
    assert!(
        sinks.iter().any(|(name, _)| name.contains("/live/store/")),
        "the store was looked at"
    );
    let needles = needles();
    let finder = aho_corasick::AhoCorasick::new(&needles).unwrap();
    for (name, bytes) in &sinks {
        let found = finder
            .find(bytes)
            .map(|found| &needles[found.pattern().as_usize()]);
        assert!(found.is_none(), "{found:?} stands in {name}");
    }
}
