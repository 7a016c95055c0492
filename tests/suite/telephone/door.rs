//! Who may ring.

use super::{BRIDGES, Caller, TOKEN, options, post, ring, say, town};
use crate::town::{Bare, Town};
use cece::channels::client::call::Bridge;
use cece::channels::signature::twilio_signature;
use serde_json::Value;

#[tokio::test]
async fn what_no_platform_signed_is_refused() {
    let town = town().await;
    let address = town.address;
    for bridge in BRIDGES {
        let mut wrong = options(address, bridge, 1);
        wrong.secret = "54321".to_owned();
        let refused = Caller::ring(wrong).await.err().unwrap().to_string();
        assert!(
            refused.contains("403") || refused.contains("401"),
            "{bridge:?}: {refused}"
        );
    }
    let form = [("CallSid".to_owned(), "CA9".to_owned())];
    let url = format!("http://{address}/ivr/gather");
    let signature = twilio_signature(TOKEN, &url, &form);
    let kind = ("Content-Type", "application/x-www-form-urlencoded");
    let signed = [("X-Twilio-Signature", signature.as_str()), kind];
    for (path, body, expected) in [
        ("/ivr/gather", "CallSid=CA9", 200),
        ("/ivr/gather", "CallSid=CA9&Digits=0", 403),
        ("/ivr/gather?t=x", "CallSid=CA9", 403),
        ("/ivr/relay", "CallSid=CA9", 403),
    ] {
        let (status, text) = post(address, path, &signed, body).await;
        assert_eq!(status, expected, "{path} {body}: {text}");
    }
    assert_eq!(
        post(address, "/ivr/gather", &[kind], "CallSid=CA9").await.0,
        403
    );
    assert_eq!(post(address, "/ivr/cxone", &[], "{}").await.0, 401);
    let off = Town::start(|_| {}).await;
    let unset = twilio_signature("", &format!("http://{}/ivr/gather", off.address), &form);
    let headers = [("X-Twilio-Signature", unset.as_str()), kind];
    assert_eq!(
        post(off.address, "/ivr/gather", &headers, "CallSid=CA9")
            .await
            .0,
        403
    );
    assert_eq!(
        post(off.address, "/ivr/cxone", &[("X-CeCe-Secret", "")], "{}")
            .await
            .0,
        401
    );
}

/// The address of Gather's next form holds a token, and platforms and proxies log addresses: for a page it
/// opens nothing.
#[tokio::test]
async fn what_stands_in_a_log_of_addresses_lets_nobody_listen() {
    let town = town().await;
    let (mut caller, first) = ring(town.address, Bridge::Gather, 1).await;
    let (_, token) = first.raw[0].split_once("?t=").unwrap();
    let token = Value::from(token.split('&').next().unwrap());
    let (_, refused) = Bare::resume(town.address, &token, 0).await;
    assert_eq!(refused["code"], "unknown_conversation", "{refused}");
    let bearer = format!("Bearer {}", token.as_str().unwrap());
    let headers = [("Authorization", bearer.as_str())];
    let conversations = "/v3/directline/conversations";
    assert_eq!(post(town.address, conversations, &headers, "").await.0, 403);
    let answer = caller.act(&say("my bin was missed")).await.unwrap();
    assert!(!answer.spoken.is_empty(), "the call goes on");
}
