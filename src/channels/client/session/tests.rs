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
fn an_unacknowledged_message_is_sent_again_and_only_if_it_is_not_recorded() {
    check(
        &format!(
            r#"open
                {WELCOME}
                > one
                > two
                < {{"type":"ack","client_seq":1,"seq":3}}
                > two
                open
                < {{"type":"welcome","conversation":"c","token":"t2","epoch":2,"head_seq":3,"reference":"CV-7K4M-29QX","last_client_seq":1}}
                open
                < {{"type":"welcome","conversation":"c","token":"t3","epoch":3,"head_seq":4,"reference":"CV-7K4M-29QX","last_client_seq":2}}
                > three"#
        ),
        r#"opened
                -> {"locale":"en-GB","proto":1,"type":"hello"}
                Show
                Ok(1)
                -> {"client_seq":1,"text":"one","type":"message"}
                Err(1)
                Show
                Ok(2)
                -> {"client_seq":2,"text":"two","type":"message"}
                opened
                -> {"locale":"en-GB","proto":1,"resume":{"last_seq":0,"token":"t1"},"type":"hello"}
                Show
                -> {"client_seq":2,"text":"two","type":"message"}
                opened
                -> {"locale":"en-GB","proto":1,"resume":{"last_seq":0,"token":"t2"},"type":"hello"}
                Show
                Ok(3)
                -> {"client_seq":3,"text":"three","type":"message"}"#,
    );
}

#[test]
fn what_is_typed_before_the_welcome_waits_for_it() {
    check(
        &format!("open\n> early\n{WELCOME}"),
        r#"opened
            -> {"locale":"en-GB","proto":1,"type":"hello"}
            Ok(1)
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
            Hold
            -> {"from":4,"type":"resync"}
            Hold
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
        "Show\nOk(1)\nShow\nShow",
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
            Ok(1)
            -> {"client_seq":1,"text":"far too long","type":"message"}
            Show
            Ok(1)
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
            Ok(1)
            -> {"client_seq":1,"text":"lost","type":"message"}
            opened
            -> {"locale":"en-GB","proto":1,"resume":{"last_seq":0,"token":"t1"},"type":"hello"}
            BeginAnew { unsent: Some(1) }
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
fn a_message_that_could_not_be_taken_just_then_is_kept_for_another_time() {
    let busy = r#"< {"type":"error","code":"rate_limited","message":"m","client_seq":1,"retry_after_ms":50}"#;
    check(
        &format!("> one\n{busy}\n{busy}\n> two"),
        "Ok(1)\nRetry { after_ms: 50 }\nRetry { after_ms: 50 }\nErr(1)",
    );
    let mut session = Session::default();
    let frame = || serde_json::json!({"type": "message", "text": "x"});
    session.submit(frame()).unwrap();
    let busy = serde_json::from_str(busy.strip_prefix("< ").unwrap()).unwrap();
    let verdicts: Vec<_> = (0..=RETRIES_MAX).map(|_| session.take(&busy)).collect();
    assert_eq!(verdicts.last(), Some(&Verdict::Show), "not for ever");
    assert_eq!(session.submit(frame()), Ok(1));
}

#[test]
fn a_resync_that_is_refused_leads_to_a_new_connection() {
    check(
        &format!(
            r#"{}
            {}
            < {{"type":"error","code":"rate_limited","message":"m","retry_after_ms":50}}"#,
            say(2),
            say(4)
        ),
        r#"Show
            Hold
            -> {"from":3,"type":"resync"}
            Leave { after_ms: None }"#,
    );
}
