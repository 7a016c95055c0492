//! CXone's exchange: its form, once and only once, and where a script goes on.

use super::{SECRET, on_the_phone, post, town};
use crate::town::Town;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::net::SocketAddr;

pub(super) async fn exchange(address: SocketAddr, request: &Value) -> Value {
    let headers = [
        ("X-CeCe-Secret", SECRET),
        ("Content-Type", "application/json"),
    ];
    let (status, body) = post(address, "/ivr/cxone", &headers, &request.to_string()).await;
    assert_eq!(status, 200, "{body}");
    serde_json::from_str(&body).unwrap()
}

/// The request of the design's page, with what differs.
pub(super) fn request(input: &str, kind: &Value, id: u64, state: &Value) -> Value {
    json!({
        "virtualAgentId": "CeCe", "botConfig": "{\"locale\":\"en-GB\"}",
        "userInput": input, "userInputType": kind,
        "executionInfo": {"contactId": 510_212_552_349_954_u64, "busNo": 4_602_609, "requestId": id,
            "actionType": "TextBotExchange", "actionId": 88, "scriptName": "s"},
        "systemTelemetryData": {"x": [1]}, "base64wavFile": null, "botSessionState": state,
        "customPayload": {}, "mediaType": "voip", "whatIsNew": true,
    })
}

#[tokio::test]
async fn an_exchange_has_the_form_that_cxone_takes_and_happens_once() {
    let town = town().await;
    let address = town.address;
    let first = exchange(
        address,
        &request("", &json!("AUTOMATED_TEXT"), 1, &Value::Null),
    )
    .await;
    assert_eq!(first["branchName"], "PromptAndCollectNextResponse");
    let rules = &first["nextPromptBehaviors"]["audioCollectionRules"];
    assert_eq!(rules["collectionType"], "SEND_UTTERANCE_AUDIO");
    assert_eq!(rules["dtmfRules"]["maxDigits"], 1);
    assert_eq!(first["errorDetails"], Value::Null);
    let again = exchange(address, &request("", &json!(5), 1, &Value::Null)).await;
    assert_eq!(again, first, "the same first request");
    let state = &first["botSessionState"];
    let said = request(
        "my bin was missed, I am jo@example.org",
        &json!(1),
        2,
        state,
    );
    let answer = exchange(address, &said).await;
    assert_eq!(answer["intentInfo"]["intent"], "waste/missed-bin");
    let heard = answer["intentInfo"]["lastUserUtterance"].as_str().unwrap();
    assert!(!heard.contains("example.org"), "{heard}");
    assert_eq!(answer["botSessionState"]["turn"], 1);
    assert_eq!(
        exchange(address, &said).await,
        answer,
        "the same request, with the old state"
    );
    let lost = request(
        "my bin was missed, I am jo@example.org",
        &json!(1),
        2,
        &Value::Null,
    );
    assert_eq!(
        exchange(address, &lost).await,
        answer,
        "the same request, with no state"
    );
    let state = &answer["botSessionState"];
    let loose = Value::from(state.to_string());
    let silent = exchange(address, &request("", &json!("0"), 3, &loose)).await;
    assert_eq!(silent["botSessionState"]["turn"], 2, "{silent}");
    let wav = exchange(
        address,
        &request("", &json!(2), 4, &silent["botSessionState"]),
    )
    .await;
    assert_ne!(wav["branchName"], "Error", "{wav}");
    let mut chat = request("", &json!(5), 1, &Value::Null);
    chat["executionInfo"]["contactId"] = json!("77");
    chat["mediaType"] = json!("Chat");
    let chat = exchange(address, &chat).await;
    assert_eq!(chat["branchName"], "PromptAndCollectNextResponse");
    let mut bad = first.clone();
    bad["executionInfo"] = json!({"requestId": 1});
    let failed = exchange(address, &bad).await;
    assert_eq!(failed["branchName"], "Error");
    let how = &failed["errorDetails"]["errorBehavior"];
    assert_eq!(how, "ReturnControlToScriptThroughErrorBranch");
    let mut ended = request("", &json!(4), 2, &chat["botSessionState"]);
    ended["executionInfo"]["contactId"] = json!("77");
    assert_eq!(exchange(address, &ended).await["branchName"], "EndContact");
}

#[tokio::test]
async fn a_script_goes_on_where_it_is_wired_and_else_where_it_always_does() {
    let town = town().await;
    let ring = async |contact: u64, config: &str| {
        let mut first = request("", &json!(5), 1, &Value::Null);
        first["executionInfo"]["contactId"] = json!(contact);
        let first = exchange(town.address, &first).await;
        let mut last = Value::Null;
        let mut state = first["botSessionState"].clone();
        for id in 2..4 {
            let mut silent = request("", &json!("NO_INPUT"), id, &state);
            silent["executionInfo"]["contactId"] = json!(contact);
            silent["botConfig"] = json!(config);
            last = exchange(town.address, &silent).await;
            state = last["botSessionState"].clone();
        }
        last
    };
    let last = ring(1, "{}").await;
    // Out of hours nobody is there, and the call goes on.
    if last["branchName"] != "PromptAndCollectNextResponse" {
        assert_eq!(last["branchName"], "ReturnControlToScript", "{last}");
        let payloads = &last["customPayload"]["scriptPayloads"];
        assert_eq!(payloads["Intent"], "StandardBotEscalation");
        assert_eq!(payloads["Department"], "customer-services");
        let own = ring(2, r#"{"branches":["UserInputTimeout"]}"#).await;
        assert_eq!(own["branchName"], "UserInputTimeout");
    }
}

/// The request of the design's page, to the letter.
const REQUEST: &str = r#"{"virtualAgentId":"CeCe","botConfig":"{...}","userInput":"..","userInputType":1,
 "executionInfo":{"contactId":510212552349954,"busNo":4602609,"requestId":6,"actionType":"TextBotExchange","actionId":88,"scriptName":".."},
 "systemTelemetryData":{},"base64wavFile":null,"botSessionState":null,"customPayload":{},"mediaType":"Chat"}"#;

/// Its response.
const RESPONSE: &str = r##"{"branchName":"PromptAndCollectNextResponse",
 "nextPromptSequence":{"prompts":[{"transcript":"..","base64EncodedG711ulawWithWavHeader":"","audioFilePath":"","textToSpeech":"..","mediaSpecificObject":null}]},
 "intentInfo":{"intent":"..","context":"","intentConfidence":0.9,"lastUserUtterance":"..","slots":{}},
 "nextPromptBehaviors":{"silenceRules":{"engageComfortSequence":true,"botResponseDelayTolerance":4000,"comfortPromptSequence":{"prompts":[]},"millisecondsToWaitForUserResponse":5000},
   "audioCollectionRules":{"collectionType":"SEND_UTTERANCE_AUDIO","dtmfRules":{"detectDtmf":true,"clearDigits":true,"terminationCharacters":"#","stripTerminator":true,"interDigitTimeoutMilliseconds":3000,"maxDigits":10},"bargeConfiguration":{"enableSpeakerBarge":true},"audioTranscriptionConfig":null}},
 "customPayload":{"scriptPayloads":{"Intent":".."}},"errorDetails":null,"botSessionState":{"sessionId":".."}}"##;

/// Every field by its path and the type of what it holds. What a council or a script fills in is free.
fn fields(value: &Value, path: &str, found: &mut BTreeSet<String>) {
    for one in value.as_array().into_iter().flatten() {
        fields(one, &format!("{path}[]"), found);
    }
    for (key, inner) in value.as_object().into_iter().flatten() {
        let path = format!("{path}.{key}");
        let kind = [
            ("text", inner.is_string()),
            ("number", inner.is_number()),
            ("bool", inner.is_boolean()),
            ("object", inner.is_object()),
            ("list", inner.is_array()),
        ];
        let kind = kind
            .iter()
            .find(|(_, is)| *is)
            .map_or("null", |(kind, _)| kind);
        found.insert(format!("{path}: {kind}"));
        if !["slots", "scriptPayloads", "botSessionState"].contains(&key.as_str()) {
            fields(inner, &path, found);
        }
    }
}

#[tokio::test]
async fn the_designs_request_is_taken_and_its_response_given_field_for_field() {
    let town = town().await;
    let mut wanted = BTreeSet::new();
    fields(&serde_json::from_str(RESPONSE).unwrap(), "", &mut wanted);
    let mut request: Value = serde_json::from_str(REQUEST).unwrap();
    for words in ["..", "my bin was missed", "fourteen acacia avenue"] {
        request["userInput"] = words.into();
        let answer = exchange(town.address, &request).await;
        let mut found = BTreeSet::new();
        fields(&answer, "", &mut found);
        assert_eq!(found, wanted, "{words}: {answer}");
        assert!(answer["botSessionState"]["sessionId"].is_string());
        request["botSessionState"] = answer["botSessionState"].clone();
        let id = request["executionInfo"]["requestId"].as_u64().unwrap();
        request["executionInfo"]["requestId"] = (id + 1).into();
    }
    // Nobody says so much in one breath, and the call goes on.
    request["userInput"] = "bin ".repeat(1500).into();
    let noise = exchange(town.address, &request).await;
    assert_eq!(noise["branchName"], "PromptAndCollectNextResponse");
    assert!(noise.to_string().contains("did not catch that"), "{noise}");
}

/// What CXone keeps for us leads back to the call, and to the answer that a request had.
#[tokio::test]
async fn an_exchange_goes_on_after_a_restart() {
    let mut town = town().await;
    let first = exchange(town.address, &request("", &json!(5), 1, &Value::Null)).await;
    let said = request("my bin was missed", &json!(1), 2, &first["botSessionState"]);
    let answer = exchange(town.address, &said).await;
    let folder = town.keep_folder();
    town.stopped().await;
    let town = Town::start_in(folder.path(), on_the_phone).await;
    assert_eq!(exchange(town.address, &said).await, answer);
    let next = request(
        "fourteen acacia avenue",
        &json!(1),
        3,
        &answer["botSessionState"],
    );
    let next = exchange(town.address, &next).await;
    assert!(next.to_string().contains("Which bin"), "{next}");
}
