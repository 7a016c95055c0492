//! The client against scripted servers on the loopback interface.
#![allow(clippy::unwrap_used)]

use super::*;
use tokio::net::TcpListener;
use tokio_tungstenite::accept_async;

/// Plays one scripted connection after another: `< frame` is sent, `> part` must be in the next
/// frame received, `drop` cuts the connection, `close CODE` closes it.
async fn serve(scripts: &'static [&'static str]) -> Options {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("ws://{}/ws", listener.local_addr().unwrap());
    tokio::spawn(async move {
        for script in scripts {
            let (stream, _) = listener.accept().await.unwrap();
            let mut socket = accept_async(stream).await.unwrap();
            for line in script.lines().map(str::trim) {
                match line.split_once(' ') {
                    Some(("<", json)) => socket.send(Message::text(json)).await.unwrap(),
                    Some((">", part)) => {
                        let got = socket.next().await.unwrap().unwrap().into_text().unwrap();
                        assert!(got.contains(part), "{part} is not in {got}");
                    }
                    Some(("close", code)) => {
                        let close = tungstenite::protocol::CloseFrame {
                            code: code.parse::<u16>().unwrap().into(),
                            reason: "protocol version".into(),
                        };
                        socket.close(Some(close)).await.unwrap();
                    }
                    _ => {}
                }
            }
        }
    });
    let mut options = Options::new(&url);
    options.attempts_max = 3;
    options
}

fn told(heard: &Heard) -> String {
    match heard {
        Heard::Frame { frame, .. } => match frame.as_ref() {
            Frame::Say(say) => format!("say {} {}", say.seq, say.text),
            Frame::Ack { client_seq, seq } => format!("ack {client_seq} {seq}"),
            Frame::Welcome(_) => "welcome".to_owned(),
            Frame::Error(refusal) => format!("error {}", refusal.code),
            other @ (Frame::Warn(_)
            | Frame::Redirect { .. }
            | Frame::State { .. }
            | Frame::Typing
            | Frame::Reconnect { .. }
            | Frame::Bye { .. }
            | Frame::Unknown) => format!("{other:?}"),
        },
        Heard::Lost { .. } => "lost".to_owned(),
        Heard::Reconnected => "reconnected".to_owned(),
        Heard::BegunAnew { unsent } => format!("anew {unsent:?}"),
    }
}

/// Sends what is to be sent once welcomed, then reads until the end; what was told, line by line.
async fn play(scripts: &'static [&'static str], send: &[&str], expected: &str) {
    let mut client = Client::connect(serve(scripts).await).await.unwrap();
    let mut lines = Vec::new();
    let mut sent = false;
    let reading = async {
        loop {
            match client.next().await {
                Ok(Some(heard)) => {
                    lines.push(told(&heard));
                    if !sent && lines.last().is_some_and(|line| line == "welcome") {
                        sent = true;
                        for text in send {
                            client.send_text(text).await.unwrap();
                        }
                    }
                }
                Ok(None) => break,
                Err(cause) => {
                    lines.push(cause.to_string().split('(').next().unwrap().to_owned());
                    break;
                }
            }
        }
    };
    timeout(Duration::from_secs(20), reading).await.unwrap();
    let said = lines.join("\n").replace(&client.options.url, "URL");
    let said: Vec<&str> = said.lines().map(str::trim).collect();
    let expected: Vec<&str> = expected.lines().map(str::trim).collect();
    assert_eq!(said, expected);
}

const WELCOME: &str = r#"> "type":"hello"
    < {"type":"welcome","conversation":"c","token":"t1","epoch":1,"head_seq":2,"reference":"CV-7K4M-29QX","limits":{"message_bytes_max":4000},"notice":"n","hours":"h"}"#;

#[tokio::test]
async fn a_message_cut_off_is_sent_again_and_what_was_missed_comes_once() {
    play(
        &[
            r#"> "type":"hello"
            < {"type":"welcome","conversation":"c","token":"t1","epoch":1,"head_seq":2,"reference":"CV-7K4M-29QX"}
            < {"type":"say","seq":2,"from":"assistant","text":"hello"}
            > "client_seq":1
            drop"#,
            r#"> "resume":{"last_seq":2,"token":"t1"}
            < {"type":"welcome","conversation":"c","token":"t2","epoch":2,"head_seq":2,"reference":"CV-7K4M-29QX","last_client_seq":0}
            > "client_seq":1,"text":"my bin"
            < {"type":"ack","client_seq":1,"seq":3}
            < {"type":"say","seq":4,"from":"assistant","text":"which bin?"}
            < {"type":"reconnect","after_ms":1}
            drop"#,
            r#"> "resume":{"last_seq":4,"token":"t2"}
            < {"type":"welcome","conversation":"c","token":"t3","epoch":3,"head_seq":4,"reference":"CV-7K4M-29QX","last_client_seq":1}
            < {"type":"say","seq":4,"from":"assistant","text":"which bin?"}
            < {"type":"bye","reason":"ended"}"#,
        ],
        &["my bin"],
        "welcome
        say 2 hello
        lost
        reconnected
        welcome
        ack 1 3
        say 4 which bin?
        Reconnect { after_ms: 1 }
        reconnected
        welcome
        Bye { reason: Ended }",
    )
    .await;
}

#[tokio::test]
async fn a_conversation_that_is_gone_begins_anew() {
    play(
        &[
            concat!(
                "> hello\n",
                r#"< {"type":"welcome","conversation":"c","token":"t1","epoch":1,"head_seq":2,"reference":"CV-7K4M-29QX"}"#,
                "\n> lost words\ndrop"
            ),
            r#"> "token":"t1"
            < {"type":"error","code":"unknown_conversation","message":"it has ended: begin anew"}"#,
            r#"> {"locale":"en-GB","proto":1,"type":"hello"}
            < {"type":"bye","reason":"timed-out"}"#,
        ],
        &["lost words"],
        "welcome
        lost
        reconnected
        anew Some(1)
        reconnected
        Bye { reason: TimedOut }",
    )
    .await;
}

#[tokio::test]
async fn it_gives_up_after_the_attempts_allowed() {
    // The listener is gone with the script, so every attempt is refused.
    play(
        &[WELCOME],
        &[],
        "welcome
        lost
        lost
        lost
        lost
        no connection to URL after 3 attempts ",
    )
    .await;
}

#[tokio::test]
async fn a_version_that_is_not_spoken_is_not_tried_again() {
    play(
        &["> hello\nclose 1002"],
        &[],
        "the server refused the connection with close code 1002 \"protocol version\"",
    )
    .await;
}

#[tokio::test]
async fn a_frame_that_is_not_of_the_protocol_is_named_without_its_content() {
    play(
        &[r#"< {"type":"say","seq":"QQ123456C"}"#],
        &[],
        "the server sent a frame that protocol 1 does not know ",
    )
    .await;
}

#[tokio::test]
async fn an_address_that_cannot_be_used_is_said_to_be_so() {
    for (url, part) in [
        ("localhost:8080", "is not an address this client can open"),
        (
            "http://127.0.0.1:1/",
            "no connection to ws://127.0.0.1:1/ws after 1 attempts",
        ),
        ("wss://127.0.0.1:1/ws", "TLS is the reverse proxy's"),
        ("ws://", "is not an address this client can open"),
        (
            "ws://127.0.0.1:1/ws",
            "no connection to ws://127.0.0.1:1/ws after 1 attempts",
        ),
    ] {
        let said = Client::connect(Options::new(url))
            .await
            .unwrap_err()
            .to_string();
        assert!(said.contains(part), "{said}");
    }
}

#[tokio::test]
async fn a_message_that_could_not_be_taken_is_sent_again_in_a_while() {
    play(
        &[r#"> hello
            < {"type":"welcome","conversation":"c","token":"t1","epoch":1,"head_seq":2,"reference":"CV-7K4M-29QX"}
            > "client_seq":1
            < {"type":"error","code":"rate_limited","message":"m","client_seq":1,"retry_after_ms":20}
            > "client_seq":1
            < {"type":"ack","client_seq":1,"seq":3}
            < {"type":"bye","reason":"ended"}"#],
        &["my bin"],
        "welcome
        error rate_limited
        ack 1 3
        Bye { reason: Ended }",
    )
    .await;
}

#[tokio::test]
async fn words_behind_a_gap_are_shown_before_a_goodbye() {
    play(
        &[r#"> hello
            < {"type":"welcome","conversation":"c","token":"t1","epoch":1,"head_seq":2,"reference":"CV-7K4M-29QX"}
            < {"type":"say","seq":2,"from":"assistant","text":"hello"}
            < {"type":"say","seq":4,"from":"assistant","text":"nobody is there, so this ends"}
            < {"type":"bye","reason":"timed_out"}"#],
        &[],
        "welcome
        say 2 hello
        say 4 nobody is there, so this ends
        Bye { reason: TimedOut }",
    )
    .await;
}

#[tokio::test]
async fn one_message_is_under_way_at_a_time() {
    let options = serve(&["> hello\n> never"]).await;
    let mut client = Client::connect(options).await.unwrap();
    assert_eq!(client.send_text("one").await.unwrap(), 1);
    let busy = client.send_text("two").await.unwrap_err();
    assert!(matches!(busy, ClientError::Busy { client_seq: 1 }));
}
