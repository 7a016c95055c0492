//! The rules of the session, as scripts of frames.
#![allow(clippy::unwrap_used)]
use super::*;
use std::fmt::Write as _;

/// Plays a script against a session. `< frame` comes from the server, `> text` is typed,
/// `open` is a new connection; the right-hand side lists what each line leads to.
fn check(script: &str, expected: &str) {
    let mut session = Session::default();
    let mut seen = String::new();
    for line in script.trim().lines().map(str::trim) {
        let said = match line.split_once(' ') {
            Some(("<", json)) => {
                format!("{:?}", session.take(&serde_json::from_str(json).unwrap()))
            }
            Some((">", text)) => {
                let frame = serde_json::json!({"type": "message", "text": text});
                format!("{:?}", session.submit(frame))
            }
            _ => {
                session.opened("en-GB", None);
                "opened".to_owned()
            }
        };
        writeln!(seen, "{said}").unwrap();
        while let Some(json) = session.to_write() {
            writeln!(seen, "  -> {json}").unwrap();
            session.written();
        }
    }
    let expected: Vec<&str> = expected.trim().lines().map(str::trim).collect();
    let seen: Vec<&str> = seen.trim().lines().map(str::trim).collect();
    assert_eq!(seen, expected, "of the script:\n{script}");
}

const WELCOME: &str = r#"< {"type":"welcome","conversation":"c","token":"t1","epoch":1,"head_seq":2,"reference":"CV-7K4M-29QX"}"#;

fn say(seq: u64) -> String {
    format!(r#"< {{"type":"say","seq":{seq},"from":"assistant","text":"x"}}"#)
}

#[test]
fn unacknowledged_messages_are_sent_again_once_and_only_if_not_recorded() {
    check(
        &format!(
            r#"open
            {WELCOME}
            > one
            > two
            < {{"type":"ack","client_seq":1,"seq":3}}
            open
            < {{"type":"welcome","conversation":"c","token":"t2","epoch":2,"head_seq":3,"reference":"CV-7K4M-29QX","last_client_seq":1}}
            open
            < {{"type":"welcome","conversation":"c","token":"t3","epoch":3,"head_seq":4,"reference":"CV-7K4M-29QX","last_client_seq":2}}
            > three"#
        ),
        r#"opened
            -> {"locale":"en-GB","proto":1,"type":"hello"}
            Show
            Some(1)
            -> {"client_seq":1,"text":"one","type":"message"}
            Some(2)
            -> {"client_seq":2,"text":"two","type":"message"}
            Show
            opened
            -> {"locale":"en-GB","proto":1,"resume":{"last_seq":0,"token":"t1"},"type":"hello"}
            Show
            -> {"client_seq":2,"text":"two","type":"message"}
            opened
            -> {"locale":"en-GB","proto":1,"resume":{"last_seq":0,"token":"t2"},"type":"hello"}
            Show
            Some(3)
            -> {"client_seq":3,"text":"three","type":"message"}"#,
    );
}

#[test]
fn what_is_typed_before_the_welcome_waits_for_it() {
    check(
        &format!("open\n> early\n{WELCOME}"),
        r#"opened
            -> {"locale":"en-GB","proto":1,"type":"hello"}
            Some(1)
            Show
            -> {"client_seq":1,"text":"early","type":"message"}"#,
    );
}

#[test]
fn a_frame_seen_before_is_skipped_and_a_gap_is_asked_for() {
    let (two, three, five, six) = (say(2), say(3), say(5), say(6));
    check(
        &format!("{two}\n{two}\n{three}\n{five}\n{six}\n{five}\n{six}"),
        r#"Show
            Skip
            Show
            Skip
            -> {"from":4,"type":"resync"}
            Skip
            Show
            Show"#,
    );
}

#[test]
fn an_acknowledgement_counts_as_seen() {
    check(
        &format!(
            "{}\n> hello\n< {{\"type\":\"ack\",\"client_seq\":1,\"seq\":3}}\n{}",
            say(2),
            say(4)
        ),
        "Show\nSome(1)\nShow\nShow",
    );
}

#[test]
fn a_refused_message_gives_its_number_back() {
    check(
        &format!(
            r#"open
            {WELCOME}
            > far too long
            < {{"type":"error","code":"too_long","message":"at most 4000 bytes","client_seq":1}}
            > shorter"#
        ),
        r#"opened
            -> {"locale":"en-GB","proto":1,"type":"hello"}
            Show
            Some(1)
            -> {"client_seq":1,"text":"far too long","type":"message"}
            Show
            Some(1)
            -> {"client_seq":1,"text":"shorter","type":"message"}"#,
    );
}

#[test]
fn a_conversation_that_is_gone_is_begun_anew_and_says_what_was_lost() {
    check(
        &format!(
            r#"open
            {WELCOME}
            > lost
            open
            < {{"type":"error","code":"unknown_conversation","message":"begin anew"}}
            open"#
        ),
        r#"opened
            -> {"locale":"en-GB","proto":1,"type":"hello"}
            Show
            Some(1)
            -> {"client_seq":1,"text":"lost","type":"message"}
            opened
            -> {"locale":"en-GB","proto":1,"resume":{"last_seq":0,"token":"t1"},"type":"hello"}
            BeginAnew { unsent: [1] }
            opened
            -> {"locale":"en-GB","proto":1,"type":"hello"}"#,
    );
}

#[test]
fn each_goodbye_says_whether_to_come_back() {
    check(
        r#"< {"type":"reconnect","after_ms":1200}
            < {"type":"bye","reason":"drain"}
            < {"type":"bye","reason":"slow"}
            < {"type":"bye","reason":"superseded"}
            < {"type":"bye","reason":"ended"}
            < {"type":"bye","reason":"a-reason-of-next-year"}
            < {"type":"a-type-of-next-year","x":1}"#,
        "Leave { after_ms: Some(1200) }
            Leave { after_ms: None }
            Leave { after_ms: None }
            Over
            Over
            Over
            Show",
    );
}

#[test]
fn a_warning_repeated_after_a_resend_is_shown_once() {
    let warn = r#"< {"type":"warn","client_seq":1,"findings":[{"kind":"CREDIT_CARD","start":8,"end":27,"advice":"a"}],"text":"t"}"#;
    check(&format!("{warn}\n{warn}"), "Show\nSkip");
}

#[test]
fn what_waits_for_an_acknowledgement_is_bounded() {
    let mut session = Session::default();
    let frame = || serde_json::json!({"type": "message", "text": "x"});
    for n in 1..=PENDING_MAX as u64 {
        assert_eq!(session.submit(frame()), Some(n));
    }
    assert_eq!(session.submit(frame()), None);
    assert_eq!(session.pending(), PENDING_MAX);
}
