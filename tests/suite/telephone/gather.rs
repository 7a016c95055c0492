//! Gather: the form of what comes and goes, and each form once.

use super::{kept, on_the_phone, post_form, town};
use crate::town::Town;

/// Where the next form goes, by an answer.
fn action(xml: &str) -> String {
    let action = xml.split("action=\"").nth(1).unwrap();
    action.split('"').next().unwrap().replace("&amp;", "&")
}

/// The first form of the design's page.
const FIRST: [(&str, &str); 7] = [
    ("CallSid", "CA7"),
    ("AccountSid", "AC1"),
    ("From", "+447700900123"),
    ("To", "+443069990000"),
    ("CallStatus", "ringing"),
    ("Direction", "inbound"),
    ("ApiVersion", "2010-04-01"),
];

#[tokio::test]
async fn an_answer_has_the_form_of_the_designs_page() {
    let town = town().await;
    let (status, first) = post_form(town.address, "/ivr/gather", &FIRST).await;
    assert_eq!(status, 200);
    let head = first.split("<Gather").nth(1).unwrap();
    let head = head.split('>').next().unwrap();
    for attribute in [
        "input=\"dtmf speech\"",
        "action=\"/ivr/gather?t=",
        "method=\"POST\"",
        "language=\"en-GB\"",
        "speechTimeout=\"auto\"",
        "timeout=\"1\"",
        "actionOnEmptyResult=\"true\"",
        "hints=\"",
    ] {
        assert!(head.contains(attribute), "{attribute}: {head}");
    }
    for part in [
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Gather ",
        "<Say language=\"en-GB\">",
        "</Say></Gather><Redirect method=\"POST\">/ivr/gather?t=",
        "</Redirect></Response>",
    ] {
        assert!(first.contains(part), "{part}: {first}");
    }
    // What was said goes in, what is not known is left, and the call goes on.
    let said = [
        ("CallSid", "CA7"),
        ("SpeechResult", "when is my bin day"),
        ("Confidence", "not a number"),
        ("StirVerstat", "TN-Validation-Passed-A"),
    ];
    let (_, answer) = post_form(town.address, &action(&first), &said).await;
    assert!(answer.contains("<Gather "), "{answer}");
    // Nobody says so much in one breath.
    let long = "bin ".repeat(1500);
    let said = [("CallSid", "CA7"), ("SpeechResult", long.as_str())];
    let (_, noise) = post_form(town.address, &action(&answer), &said).await;
    assert!(noise.contains("did not catch that"), "{noise}");
    let keys = [("CallSid", "CA7"), ("Digits", "0")];
    let (_, person) = post_form(town.address, &action(&noise), &keys).await;
    assert!(person.contains("<Say "), "{person}");
}

#[tokio::test]
async fn a_form_that_is_sent_again_is_taken_once() {
    let mut town = town().await;
    let address = town.address;
    let send = async |path: &str, fields: &[(&str, &str)]| post_form(address, path, fields).await.1;
    let first = send("/ivr/gather", &FIRST).await;
    assert_eq!(send("/ivr/gather", &FIRST).await, first);
    let next = action(&first);
    let fields = [
        ("CallSid", "CA7"),
        ("SpeechResult", "my bin was missed"),
        ("Confidence", "0.93"),
    ];
    let answer = send(&next, &fields).await;
    assert_eq!(send(&next, &fields).await, answer);
    let partial = [
        ("CallSid", "CA7"),
        ("StableSpeechResult", "fourteen"),
        ("UnstableSpeechResult", "acacia"),
        ("SequenceNumber", "1"),
    ];
    let nothing = send(&action(&answer), &partial).await;
    assert!(nothing.ends_with("<Response></Response>"), "{nothing}");
    let no_call = send("/ivr/gather", &[("From", "+447700900123")]).await;
    assert!(
        no_call.contains("find a person") && no_call.contains("<Dial>"),
        "{no_call}"
    );
    let folder = town.keep_folder();
    town.stopped().await;
    let kept = kept(folder.path()).await;
    assert_eq!(kept["CA7"].0.len(), 2, "opened, and one turn");
}

/// The address that the platform posts to next leads back to the call.
#[tokio::test]
async fn a_call_goes_on_after_a_restart() {
    let mut town = town().await;
    let (_, first) = post_form(town.address, "/ivr/gather", &FIRST).await;
    let said = [("CallSid", "CA7"), ("SpeechResult", "my bin was missed")];
    let (_, answer) = post_form(town.address, &action(&first), &said).await;
    let folder = town.keep_folder();
    town.stopped().await;
    let town = Town::start_in(folder.path(), on_the_phone).await;
    let (_, again) = post_form(town.address, &action(&first), &said).await;
    assert_eq!(again, answer);
    let said = [
        ("CallSid", "CA7"),
        ("SpeechResult", "fourteen acacia avenue"),
    ];
    let (_, next) = post_form(town.address, &action(&answer), &said).await;
    assert!(next.contains("Which bin"), "{next}");
}
