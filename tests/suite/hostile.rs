//! Clients that are broken or mean: an error frame or a close with the documented code each time,
//! no panic, no unbounded memory, and the conversation of everybody else goes on.

use crate::town::{Bare, Seen, Town};
use serde_json::json;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio_tungstenite::tungstenite::Message;

/// Malformed frames and the code that each gets, within one conversation that survives them all.
#[tokio::test]
async fn malformed_frames_get_their_code_and_change_nothing() {
    let town = Town::start(|_| {}).await;
    let (mut client, welcome) = Bare::hello(town.address).await;
    client.frame().await;
    let deep = format!("{}{}", "[".repeat(3000), "]".repeat(3000));
    let mut cases: Vec<(String, &str)> = vec![
        (String::new(), "bad_json"),
        ("{".into(), "bad_json"),
        ("{}}".into(), "bad_json"),
        ("null".into(), "unknown_type"),
        ("[]".into(), "unknown_type"),
        ("42".into(), "unknown_type"),
        ("\"message\"".into(), "unknown_type"),
        ("{}".into(), "unknown_type"),
        (r#"{"type":null}"#.into(), "unknown_type"),
        (r#"{"type":7}"#.into(), "unknown_type"),
        (r#"{"type":"Message"}"#.into(), "unknown_type"),
        (r#"{"type":"__proto__"}"#.into(), "unknown_type"),
        (r#"{"type":"welcome"}"#.into(), "unknown_type"),
        (deep, "bad_json"),
        (r#"{"type":"message"}"#.into(), "bad_frame"),
        (r#"{"type":"message","client_seq":1}"#.into(), "bad_frame"),
        (r#"{"type":"message","text":"x"}"#.into(), "bad_frame"),
        (
            r#"{"type":"message","client_seq":-1,"text":"x"}"#.into(),
            "bad_frame",
        ),
        (
            r#"{"type":"message","client_seq":1.5,"text":"x"}"#.into(),
            "bad_frame",
        ),
        (
            r#"{"type":"message","client_seq":"1","text":"x"}"#.into(),
            "bad_frame",
        ),
        (
            r#"{"type":"message","client_seq":99999999999999999999,"text":"x"}"#.into(),
            "bad_frame",
        ),
        (
            r#"{"type":"message","client_seq":1,"text":null}"#.into(),
            "bad_frame",
        ),
        (
            r#"{"type":"message","client_seq":1,"text":["x"]}"#.into(),
            "bad_frame",
        ),
        (
            r#"{"type":"message","client_seq":1,"text":{"a":1}}"#.into(),
            "bad_frame",
        ),
        (
            r#"{"type":"message","client_seq":1,"text":"\ud800"}"#.into(),
            "bad_json",
        ),
        (r#"{"type":"choose","client_seq":1}"#.into(), "bad_frame"),
        (
            r#"{"type":"choose","client_seq":1,"choice":3}"#.into(),
            "bad_frame",
        ),
        (r#"{"type":"end"}"#.into(), "bad_frame"),
        (r#"{"type":"resync"}"#.into(), "bad_frame"),
        (r#"{"type":"resync","from":"all"}"#.into(), "bad_frame"),
        (r#"{"type":"hello"}"#.into(), "bad_frame"),
        (r#"{"type":"hello","proto":1}"#.into(), "hello_twice"),
        (
            r#"{"type":"message","client_seq":1,"text":""}"#.into(),
            "empty_text",
        ),
        (
            r#"{"type":"message","client_seq":1,"text":" \t\n\u00a0"}"#.into(),
            "empty_text",
        ),
        (
            r#"{"type":"message","client_seq":0,"text":"x"}"#.into(),
            "client_seq_reused",
        ),
        (
            r#"{"type":"message","client_seq":2,"text":"x"}"#.into(),
            "client_seq_out_of_order",
        ),
        (
            r#"{"type":"end","client_seq":9}"#.into(),
            "client_seq_out_of_order",
        ),
        (
            format!(
                r#"{{"type":"message","client_seq":1,"text":"{}"}}"#,
                "x".repeat(4001)
            ),
            "text_too_long",
        ),
        (
            format!(
                r#"{{"type":"message","client_seq":1,"text":"{}"}}"#,
                "é".repeat(2001)
            ),
            "text_too_long",
        ),
        (
            format!(
                r#"{{"type":"choose","client_seq":1,"choice":"{}"}}"#,
                "y".repeat(5000)
            ),
            "text_too_long",
        ),
    ];
    // The same with rubbish round about, so that there are over a hundred.
    for n in 0..70u8 {
        let rubbish: String = (0..40u8)
            .map(|k| char::from(32 + (k.wrapping_mul(n + 7) % 94)))
            .collect();
        cases.push((format!("x{rubbish}"), "bad_json"));
    }
    assert!(cases.len() > 100);
    for (n, (frame, code)) in cases.iter().enumerate() {
        let start: String = frame.chars().take(60).collect();
        assert_eq!(&client.error_for(frame).await, code, "case {n}: {start}");
        if n % 50 == 49 {
            // A refused client that does nothing else is closed at a hundred; a good turn forgives.
            let seq = n as u64 / 50 + 1;
            client.say(seq, "hello").await;
            client.until("state").await;
            break;
        }
    }
    for (frame, code) in cases.iter().skip(50) {
        assert_eq!(&client.error_for(frame).await, code);
    }
    client
        .send_message(Message::binary(vec![0, 159, 146, 150]))
        .await;
    assert_eq!(client.frame().await["code"], "binary_frame");
    let (mut back, again) = Bare::resume(town.address, &welcome["token"], 0).await;
    assert_eq!(
        again["last_client_seq"], 1,
        "one turn was taken, and no more"
    );
    back.say(2, "there is a pothole").await;
    back.until("state").await;
    town.stopped().await;
}

#[tokio::test]
async fn the_first_frame_must_be_a_hello_we_speak() {
    let town = Town::start(|config| config.limits.hello_seconds = 1).await;
    for (frame, error, close) in [
        (
            r#"{"type":"message","client_seq":1,"text":"hi"}"#,
            "hello_expected",
            1008,
        ),
        ("rubbish", "hello_expected", 1008),
        (r#"{"type":"hello","proto":2}"#, "unsupported_version", 1002),
        (
            r#"{"type":"hello","proto":1,"resume":{"token":"x","last_seq":0}}"#,
            "unknown_conversation",
            1008,
        ),
        (
            r#"{"type":"hello","proto":1,"resume":{"token":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","last_seq":0}}"#,
            "unknown_conversation",
            1008,
        ),
    ] {
        let mut client = Bare::connect(town.address).await;
        client.send_text(frame).await;
        let (frames, why) = client.until_closed().await;
        assert_eq!(frames[0]["code"], error, "{frame}");
        assert_eq!(why.map(|(code, _)| code), Some(close), "{frame}");
    }
    let mut silent = Bare::connect(town.address).await;
    let (frames, why) = silent.until_closed().await;
    assert_eq!(frames[0]["code"], "hello_expected");
    assert_eq!(why.unwrap().0, 1008);
    town.stopped().await;
}

#[tokio::test]
async fn a_frame_over_the_cap_is_closed_and_the_conversation_stays() {
    let town = Town::start(|_| {}).await;
    let (mut client, welcome) = Bare::hello(town.address).await;
    client.frame().await;
    client.send_text(&"x".repeat(20_000)).await;
    let (_, why) = client.until_closed().await;
    assert_eq!(why.map(|(code, _)| code), Some(1009));
    let (_back, again) = Bare::resume(town.address, &welcome["token"], 0).await;
    assert_eq!(again["type"], "welcome");
    town.stopped().await;
}

#[tokio::test]
async fn a_flood_is_slowed_and_then_refused_and_nothing_is_half_taken() {
    let town = Town::start(|config| {
        config.limits.turns_burst = 5.0;
        config.limits.turns_per_second = 0.001;
    })
    .await;
    let (mut client, welcome) = Bare::hello(town.address).await;
    client.frame().await;
    for seq in 1..=5 {
        client.say(seq, "hello").await;
        client.until("state").await;
    }
    client.say(6, "hello").await;
    let refused = client.frame().await;
    assert_eq!(refused["code"], "rate_limited");
    assert_eq!(refused["client_seq"], 6);
    assert!(refused["retry_after_ms"].as_u64().unwrap() > 1000);
    for _ in 0..200 {
        client.say(6, "hello").await;
    }
    let (frames, why) = client.until_closed().await;
    assert!(frames.iter().all(|frame| frame["code"] == "rate_limited"));
    assert!(frames.len() <= 101, "{}", frames.len());
    assert_eq!(why.map(|(code, _)| code), Some(1008));
    let (_, again) = Bare::resume(town.address, &welcome["token"], 0).await;
    assert_eq!(again["last_client_seq"], 5);
    town.stopped().await;
}

#[tokio::test]
async fn an_address_that_opens_too_many_has_to_wait() {
    let town = Town::start(|config| {
        config.limits.connections_burst = 3.0;
        config.limits.connections_per_second = 0.01;
    })
    .await;
    for _ in 0..3 {
        Bare::hello(town.address).await;
    }
    let refused = tokio_tungstenite::connect_async(format!("ws://{}/ws", town.address)).await;
    assert!(refused.unwrap_err().to_string().contains("429"));
    town.stopped().await;
}

#[tokio::test]
async fn a_full_server_says_so() {
    let town = Town::start(|config| config.limits.conversations_max = 2).await;
    let _one = Bare::hello(town.address).await;
    let _two = Bare::hello(town.address).await;
    let mut three = Bare::connect(town.address).await;
    three.send(&json!({"type": "hello", "proto": 1})).await;
    let (frames, why) = three.until_closed().await;
    assert_eq!(frames[0]["code"], "full");
    assert_eq!(why.unwrap().0, 1013);
    town.stopped().await;
}

/// A reader that takes nothing while it asks for everything again and again: closed in bounded
/// time; the server's memory is bounded by one turn's frames and the kernel's buffers.
#[tokio::test]
async fn a_slow_reader_is_closed_and_finds_everything_in_the_log() {
    let town = Town::start(|config| config.limits.write_seconds = 1).await;
    let (mut client, welcome) = Bare::hello(town.address).await;
    client.frame().await;
    for seq in 1..=60 {
        client.say(seq, "there is a pothole").await;
        client.until("state").await;
    }
    // From here on it does not read.
    let flood = async {
        for _ in 0..20_000 {
            client.send(&json!({"type": "resync", "from": 1})).await;
        }
    };
    let _ = tokio::time::timeout(Duration::from_secs(8), flood).await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    let (_, metrics) = town.get("/metrics").await;
    assert!(
        metrics.contains("cece_connections 0\n"),
        "still connected: {metrics}"
    );
    let (mut back, again) = Bare::resume(town.address, &welcome["token"], 0).await;
    assert_eq!(again["last_client_seq"], 60);
    back.say(61, "hello").await;
    back.until("state").await;
    town.stopped().await;
}

/// Bytes that are no WebSocket, half a handshake, a frame cut in the middle, a wrong opcode.
#[tokio::test]
async fn bytes_that_are_no_protocol_harm_nobody() {
    let town = Town::start(|_| {}).await;
    let (mut good, _) = Bare::hello(town.address).await;
    good.frame().await;
    for bytes in [
        &b"\x00\x01\x02\x03"[..],
        b"GET /ws HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 12\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        b"GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n\xff\xff\xff\xff\xff\xff",
        b"GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n\x81\xfe\x00\x10abcd",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999999\r\n\r\nx",
    ] {
        let mut stream = tokio::net::TcpStream::connect(town.address).await.unwrap();
        stream.write_all(bytes).await.unwrap();
        stream.shutdown().await.unwrap();
        let mut answer = Vec::new();
        let _ = tokio::time::timeout(Duration::from_secs(5), stream.read_to_end(&mut answer)).await;
    }
    good.say(1, "hello").await;
    good.until("state").await;
    assert_eq!(town.get("/healthz").await.0, 200);
    town.stopped().await;
}

/// Invalid UTF-8 in a text frame is a protocol error: RFC 6455 has the connection fail.
#[tokio::test]
async fn text_that_is_no_utf8_closes_the_connection_only() {
    let town = Town::start(|_| {}).await;
    let mut stream = tokio::net::TcpStream::connect(town.address).await.unwrap();
    let handshake = "GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    stream.write_all(handshake.as_bytes()).await.unwrap();
    // A masked text frame of two bytes, mask nought: ff fe.
    stream
        .write_all(b"\x81\x82\x00\x00\x00\x00\xff\xfe")
        .await
        .unwrap();
    let mut answer = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(5), stream.read_to_end(&mut answer)).await;
    assert!(read.is_ok(), "the server closes");
    assert_eq!(town.get("/healthz").await.0, 200);
    town.stopped().await;
}

#[tokio::test]
async fn a_closed_conversation_takes_nothing() {
    let town = Town::start(|_| {}).await;
    let (mut client, _) = Bare::hello(town.address).await;
    client.frame().await;
    client.send(&json!({"type": "end", "client_seq": 1})).await;
    client.say(2, "and another thing").await;
    let (frames, why) = client.until_closed().await;
    assert!(
        frames.iter().all(|frame| frame["client_seq"] != 2),
        "{frames:?}"
    );
    assert!(matches!(why, Some((1000, _)) | None));
    assert_eq!(client.see().await, Seen::Closed(None));
    town.stopped().await;
}
