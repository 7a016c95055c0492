//! The native WebSocket protocol, as a client relies on it.

use crate::town::{Bare, Seen, Town, root};
use serde_json::{Value, json};
use std::time::Duration;

/// The parts of a frame that say what it is.
fn kinds(frames: &[Value]) -> Vec<&str> {
    frames
        .iter()
        .map(|frame| frame["type"].as_str().unwrap())
        .collect()
}

fn seqs(frames: &[Value]) -> Vec<u64> {
    frames
        .iter()
        .filter_map(|frame| frame["seq"].as_u64())
        .collect()
}

#[tokio::test]
async fn a_conversation_from_hello_to_bye() {
    let town = Town::start(|_| {}).await;
    let (mut client, welcome) = Bare::hello(town.address).await;
    assert_eq!(welcome["type"], "welcome");
    assert_eq!(welcome["token"].as_str().unwrap().len(), 43);
    assert!(welcome["reference"].as_str().unwrap().starts_with("CV-"));
    assert!(
        welcome["notice"]
            .as_str()
            .unwrap()
            .contains(welcome["reference"].as_str().unwrap())
    );
    assert!(!welcome["hours"].as_str().unwrap().is_empty());
    let greeting = client.frame().await;
    assert_eq!(
        (&greeting["type"], &greeting["seq"]),
        (&json!("say"), &json!(1))
    );

    client.say(1, "my bin wasnt collected").await;
    let turn = client.until("state").await;
    assert_eq!(kinds(&turn)[0], "ack");
    assert_eq!(turn[0]["client_seq"], 1);
    let asked = turn
        .iter()
        .find(|frame| frame["expects"].is_object())
        .unwrap();
    assert_eq!(asked["expects"]["slot"], "address");
    assert_eq!(turn.last().unwrap()["phase"], "collecting");
    assert_eq!(
        seqs(&turn),
        (2..2 + seqs(&turn).len() as u64).collect::<Vec<_>>(),
        "no gaps"
    );

    client.send(&json!({"type": "end", "client_seq": 2})).await;
    let (frames, why) = client.until_closed().await;
    assert_eq!(kinds(&frames)[0], "ack");
    assert!(
        frames
            .iter()
            .any(|f| f["type"] == "bye" && f["reason"] == "ended"),
        "{frames:?}"
    );
    assert_eq!(why.unwrap().0, 1000);
    town.stopped().await;
}

#[tokio::test]
async fn personal_data_is_warned_about_and_stored_nowhere() {
    let town = Town::start(|_| {}).await;
    let (mut client, welcome) = Bare::hello(town.address).await;
    client.frame().await;
    let text = "my bin wasnt collected, card 4111 1111 1111 1111";
    client.say(1, text).await;
    let turn = client.until("state").await;
    let warn = turn
        .iter()
        .find(|frame| frame["type"] == "warn")
        .expect("a warning");
    assert_eq!(warn["client_seq"], 1);
    let finding = &warn["findings"][0];
    assert_eq!(finding["kind"], "CREDIT_CARD");
    let (start, end) = (
        finding["start"].as_u64().unwrap(),
        finding["end"].as_u64().unwrap(),
    );
    let marked: String = text
        .chars()
        .skip(start as usize)
        .take((end - start) as usize)
        .collect();
    assert_eq!(marked, "4111 1111 1111 1111");
    assert!(!warn["text"].as_str().unwrap().is_empty());
    assert!(
        turn.iter().any(|f| f["type"] == "say"),
        "the enquiry is still answered: {turn:?}"
    );

    let (mut again, _) = Bare::resume(town.address, &welcome["token"], 0).await;
    let head = again.until("warn").await;
    let own = head.iter().find(|f| f["from"] == "resident").unwrap();
    assert_eq!(own["text"], "my bin wasnt collected, card [card number]");
    town.stopped().await;
}

#[tokio::test]
async fn a_repeated_turn_has_one_effect_and_a_changed_one_none() {
    let town = Town::start(|_| {}).await;
    let (mut client, _) = Bare::hello(town.address).await;
    client.frame().await;
    client.say(1, "there is a pothole on my road").await;
    let first = client.until("state").await;
    client.say(1, "there is a pothole on my road").await;
    let again = client.until("state").await;
    assert_eq!(again, first, "the stored reply");
    client.say(1, "something else").await;
    assert_eq!(client.frame().await["code"], "client_seq_reused");
    client.say(7, "from the future").await;
    assert_eq!(client.frame().await["code"], "client_seq_out_of_order");
    client.say(2, "on Mill Lane").await;
    let next = client.until("state").await;
    let last = seqs(&first).into_iter().max().unwrap();
    assert_eq!(next[0]["seq"], last + 1, "nothing in between took a number");
    client.say(1, "there is a pothole on my road").await;
    assert_eq!(
        seqs(&client.until("state").await),
        seqs(&first),
        "also from the archive"
    );
    town.stopped().await;
}

#[tokio::test]
async fn a_resumed_conversation_has_everything_once() {
    let town = Town::start(|_| {}).await;
    let (mut client, welcome) = Bare::hello(town.address).await;
    client.frame().await;
    client.say(1, "my bin wasnt collected").await;
    let turn = client.until("state").await;
    drop(client);
    let (mut back, second) = Bare::resume(town.address, &welcome["token"], 1).await;
    assert_eq!(second["conversation"], welcome["conversation"]);
    assert_eq!(second["last_client_seq"], 1);
    assert_eq!(second["epoch"], 2);
    assert_ne!(second["token"], welcome["token"], "rotated");
    let head = second["head_seq"].as_u64().unwrap();
    let mut replayed = Vec::new();
    while seqs(&replayed).last() != Some(&head) {
        replayed.push(back.frame().await);
    }
    assert_eq!(seqs(&replayed), (2..=head).collect::<Vec<_>>());
    assert_eq!(head, seqs(&turn).into_iter().max().unwrap());
    back.send(&json!({"type": "resync", "from": head})).await;
    assert_eq!(back.frame().await["seq"], head);
    town.stopped().await;
}

#[tokio::test]
async fn a_newer_connection_supersedes_and_a_used_up_token_opens_nothing() {
    let town = Town::start(|_| {}).await;
    let (mut old, first) = Bare::hello(town.address).await;
    old.frame().await;
    let (mut new, second) = Bare::resume(town.address, &first["token"], 1).await;
    let (frames, why) = old.until_closed().await;
    assert_eq!(frames.last().unwrap()["reason"], "superseded");
    assert_eq!(why.unwrap().0, 1008);
    new.say(1, "hello").await;
    new.until("state").await;
    let (_third, third) = Bare::resume(town.address, &second["token"], 1).await;
    assert_eq!(third["type"], "welcome");
    let (mut thief, refused) = Bare::resume(town.address, &first["token"], 0).await;
    assert_eq!(refused["code"], "unknown_conversation");
    assert_eq!(
        thief.see().await,
        Seen::Closed(Some((1008, "unknown conversation".into())))
    );
    town.stopped().await;
}

#[tokio::test]
async fn a_restart_loses_nothing() {
    let mut town = Town::start(|_| {}).await;
    let (mut client, welcome) = Bare::hello(town.address).await;
    client.frame().await;
    client.say(1, "my bin wasnt collected").await;
    client.until("state").await;
    town.go_away();
    let (frames, why) = client.until_closed().await;
    let reconnect = frames
        .iter()
        .find(|f| f["type"] == "reconnect")
        .expect("asked to come back");
    assert!(reconnect["after_ms"].as_u64().unwrap() >= 500);
    assert_eq!(why.unwrap().0, 1012);
    let folder = town.folder.clone();
    let temp = town.keep_folder();
    town.stopped().await;

    let town = Town::start_in(&folder, |_| {}).await;
    let (mut back, second) = Bare::resume(town.address, &welcome["token"], 0).await;
    assert_eq!(second["last_client_seq"], 1);
    let own = back.until("say").await;
    assert_eq!(own[0]["seq"], 1);
    back.say(2, "14 Acacia Avenue").await;
    let turn = back.until("state").await;
    assert!(
        turn.iter().any(|f| f["type"] == "say"),
        "the form goes on: {turn:?}"
    );
    assert_ne!(turn.last().unwrap()["phase"], "listening");
    town.stopped().await;
    drop(temp);
}

#[tokio::test]
async fn a_silent_conversation_is_closed_politely() {
    let town = Town::start(|config| config.limits.inactivity_seconds = 1).await;
    let (mut client, welcome) = Bare::hello(town.address).await;
    client.frame().await;
    let (frames, why) = client.until_closed().await;
    assert_eq!(frames[0]["type"], "say", "it says so: {frames:?}");
    assert!(
        frames.iter().any(|f| f["reason"] == "timed_out"),
        "{frames:?}"
    );
    assert_eq!(why.unwrap().0, 1000);
    let (_, refused) = Bare::resume(town.address, &welcome["token"], 0).await;
    assert_eq!(refused["code"], "unknown_conversation");
    town.stopped().await;
}

#[tokio::test]
async fn a_conversation_left_open_by_a_crash_is_closed_after_the_restart() {
    let town = Town::start(|_| {}).await;
    let (mut client, welcome) = Bare::hello(town.address).await;
    client.frame().await;
    let reference = welcome["reference"].as_str().unwrap().to_owned();
    let folder = town.folder.clone();
    let mut town = town;
    let temp = town.keep_folder();
    town.stopped().await;
    let town = Town::start_in(&folder, |config| config.limits.inactivity_seconds = 1).await;
    tokio::time::sleep(Duration::from_secs(5)).await;
    let request = cece::server::admin::Request::Show { reference };
    let socket = folder.join("live/admin.sock");
    let shown = cece::server::admin::ask(&socket, &request)
        .await
        .unwrap()
        .unwrap();
    assert!(shown.ok && shown.text.contains("timed"), "{}", shown.text);
    town.stopped().await;
    drop(temp);
}

#[tokio::test]
async fn the_heartbeat_keeps_a_live_client_and_drops_a_dead_one() {
    let town = Town::start(|config| config.limits.heartbeat_seconds = 1).await;
    // A client that reads answers pings by itself; one that does not read is dead.
    let (mut live, _) = Bare::hello(town.address).await;
    live.frame().await;
    let (dead, _) = Bare::hello(town.address).await;
    let reading = tokio::spawn(async move {
        let _ = tokio::time::timeout(Duration::from_secs(4), live.see()).await;
        live
    });
    tokio::time::sleep(Duration::from_millis(4500)).await;
    let mut live = reading.await.unwrap();
    live.say(1, "hello").await;
    live.until("state").await;
    let (_, metrics) = town.get("/metrics").await;
    assert!(metrics.contains("cece_connections 1\n"), "{metrics}");
    drop(dead);
    town.stopped().await;
}

#[tokio::test]
async fn only_configured_sites_may_connect() {
    use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
    let site = "https://www.cheshvale.example";
    let town = Town::start(|config| config.origins = vec![site.into()]).await;
    let own = format!("http://{}", town.address);
    for (origin, allowed) in [
        (site, true),
        (own.as_str(), true),
        ("https://evil.example", false),
        ("null", false),
    ] {
        let mut request = format!("ws://{}/ws", town.address)
            .into_client_request()
            .unwrap();
        request
            .headers_mut()
            .insert("origin", origin.parse().unwrap());
        let connected = tokio_tungstenite::connect_async(request).await;
        assert_eq!(connected.is_ok(), allowed, "{origin}");
        if let Err(error) = connected {
            assert!(error.to_string().contains("403"), "{error}");
        }
    }
    town.stopped().await;
}

#[tokio::test]
async fn health_readiness_metrics_and_the_page() {
    let mut town = Town::start(|_| {}).await;
    assert_eq!(town.get("/healthz").await, (200, "ok\n".into()));
    let (status, ready) = town.get("/readyz").await;
    assert!(status == 200 && ready.starts_with("ready"), "{ready}");
    let (status, page) = town.get("/").await;
    assert!(status == 200 && page.contains("role=\"log\"") && !page.contains("<script>"));
    let (_, departments) = town.get("/api/departments").await;
    let departments: Vec<Value> = serde_json::from_str(&departments).unwrap();
    assert_eq!(departments.len(), 30);
    let (mut client, _) = Bare::hello(town.address).await;
    client.frame().await;
    client
        .say(1, "there is a pothole and my card is 4111 1111 1111 1111")
        .await;
    client.until("state").await;
    let (_, metrics) = town.get("/metrics").await;
    assert!(
        metrics.contains("cece_warnings_total{kind=\"CREDIT_CARD\"} 1\n"),
        "{metrics}"
    );
    assert!(metrics.contains("cece_turn_seconds_count 1\n"), "{metrics}");
    assert!(!metrics.contains("4111"));
    town.go_away();
    client.until_closed().await;
    town.stopped().await;
}

/// Every frame that the server sent in a conversation with everything in it, and every frame that a
/// client may send, by the schema in docs/; and the schema is what the types say.
#[tokio::test]
async fn every_frame_keeps_to_the_schema_in_docs() {
    let schema = cece::channels::websocket::frames::schema();
    let path = root().join("docs/websocket.schema.json");
    let mut text = serde_json::to_string_pretty(&schema).unwrap();
    text.push('\n');
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap();
    assert!(
        written == text,
        "docs/websocket.schema.json is old: UPDATE_SCHEMA=1 makes it anew"
    );

    let part = |name: &str| {
        let mut schema = schema.clone();
        schema["$ref"] = json!(format!("#/$defs/{name}"));
        jsonschema::validator_for(&schema).unwrap()
    };
    let (client_frames, server_frames) = (part("ClientFrame"), part("ServerFrame"));
    for (frame, good) in [
        (json!({"type": "hello", "proto": 1}), true),
        (
            json!({"type": "hello", "proto": 1, "locale": "cy",
            "page": {"url": "https://www.cheshvale.example/bins", "title": "Bins"},
            "resume": {"token": "x", "last_seq": 3}}),
            true,
        ),
        (
            json!({"type": "message", "client_seq": 1, "text": "hello"}),
            true,
        ),
        (
            json!({"type": "choose", "client_seq": 1, "choice": "yes"}),
            true,
        ),
        (json!({"type": "typing"}), true),
        (json!({"type": "end", "client_seq": 2}), true),
        (json!({"type": "resync", "from": 1}), true),
        (
            json!({"type": "message", "client_seq": "1", "text": "hello"}),
            false,
        ),
        (json!({"type": "shout", "text": "hello"}), false),
    ] {
        assert_eq!(client_frames.is_valid(&frame), good, "{frame}");
        let read = cece::channels::websocket::frames::read(&frame.to_string());
        assert_eq!(
            read.is_ok(),
            good,
            "the code reads what the schema says: {frame}"
        );
    }

    let town = Town::start(|_| {}).await;
    let (mut client, welcome) = Bare::hello(town.address).await;
    let mut seen = vec![welcome, client.frame().await];
    for (n, text) in [
        "my bin wasnt collected",
        "my card is 4111 1111 1111 1111",
        "a person please",
    ]
    .into_iter()
    .enumerate()
    {
        client.say(n as u64 + 1, text).await;
        seen.extend(client.until("state").await);
    }
    client.send_text("nonsense").await;
    seen.push(client.frame().await);
    client.send(&json!({"type": "end", "client_seq": 4})).await;
    seen.extend(client.until_closed().await.0);
    for kind in [
        "welcome", "ack", "warn", "say", "redirect", "state", "error", "bye",
    ] {
        assert!(
            seen.iter().any(|frame| frame["type"] == kind),
            "no {kind} in {seen:?}"
        );
    }
    for frame in &seen {
        let faults: Vec<_> = server_frames
            .iter_errors(frame)
            .map(|e| e.to_string())
            .collect();
        assert!(faults.is_empty(), "{frame}: {faults:?}");
    }
    assert!(server_frames.is_valid(&json!({"type": "reconnect", "after_ms": 5})));
    assert!(server_frames.is_valid(&json!({"type": "typing"})));
    assert!(!server_frames.is_valid(&json!({"type": "ack", "seq": 5})));
    town.stopped().await;
}
