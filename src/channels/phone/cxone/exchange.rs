//! What CXone sends and what it takes: the request, read leniently, and the response, V1, exactly.

use crate::channels::phone::relay::{Alternative, lenient};
use crate::channels::phone::reply::Reply;
use crate::content::Locale;
use crate::pii::RawText;
use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};

/// Time that CXone waits for an answer of ours, milliseconds.
const DELAY_TOLERATED_MS: u32 = 4000;
/// Time between two keys of a number, milliseconds.
const INTER_DIGIT_MS: u32 = 3000;

/// A request. It cannot be printed: it holds raw text.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    #[serde(default)]
    pub(super) bot_config: Loose,
    #[serde(default)]
    pub(super) user_input: Option<RawText>,
    #[serde(default)]
    pub(super) user_input_type: InputType,
    pub(super) execution_info: ExecutionInfo,
    #[serde(default)]
    pub(super) bot_session_state: Loose,
    #[serde(default)]
    pub(super) custom_payload: Payload,
    #[serde(default, deserialize_with = "text_or_nothing")]
    pub(super) media_type: Option<String>,
}

/// Which call it is, and which request of it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ExecutionInfo {
    #[serde(deserialize_with = "number_or_text")]
    pub(super) contact_id: String,
    #[serde(default, deserialize_with = "number_or_text")]
    pub(super) request_id: String,
}

/// What a script may send along.
#[derive(Default, Deserialize)]
#[serde(from = "AnyPayload")]
pub(super) struct Payload {
    pub(super) alternatives: Vec<Alternative>,
    pub(super) caller: Option<String>,
    pub(super) called: Option<String>,
}

#[derive(Deserialize)]
struct PayloadFields {
    #[serde(default, deserialize_with = "lenient")]
    alternatives: Vec<Alternative>,
    #[serde(
        default,
        alias = "ANI",
        alias = "from",
        deserialize_with = "text_or_nothing"
    )]
    ani: Option<String>,
    #[serde(
        default,
        alias = "DNIS",
        alias = "to",
        deserialize_with = "text_or_nothing"
    )]
    dnis: Option<String>,
}

/// A script may send anything in it, and none of it may cost the caller their turn.
#[derive(Deserialize)]
#[serde(untagged)]
enum AnyPayload {
    Fields(PayloadFields),
    Other(IgnoredAny),
}

impl From<AnyPayload> for Payload {
    fn from(payload: AnyPayload) -> Self {
        match payload {
            AnyPayload::Fields(fields) => Self {
                alternatives: fields.alternatives,
                caller: fields.ani,
                called: fields.dnis,
            },
            AnyPayload::Other(_) => Self::default(),
        }
    }
}

/// An object, or the same as JSON in a string.
#[derive(Default)]
pub(super) struct Loose(pub(super) Value);

impl<'de> Deserialize<'de> for Loose {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Ok(Self(match value.as_str() {
            Some(text) => serde_json::from_str(text).unwrap_or_default(),
            None => value,
        }))
    }
}

/// A text, or a number as one; none for whatever else there is.
fn text_or_nothing<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let value = Value::deserialize(deserializer)?;
    let text = value.as_str().map(str::to_owned);
    Ok(text.or_else(|| value.as_u64().map(|number| number.to_string())))
}

fn number_or_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        Number(u64),
        Text(String),
    }
    Ok(match Either::deserialize(deserializer)? {
        Either::Number(number) => number.to_string(),
        Either::Text(text) => text,
    })
}

/// What the caller did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum InputType {
    NoInput,
    #[default]
    Text,
    /// Sound, which nobody here can hear.
    Wav,
    Archived,
    Ended,
    /// The first turn, in which the script speaks.
    Automated,
    Dtmf,
    Unknown,
}

impl InputType {
    const NAMES: [(&'static str, Self); 7] = [
        ("NO_INPUT", Self::NoInput),
        ("TEXT", Self::Text),
        ("BASE64_ENCODED_G711_ULAW_WAV_FILE", Self::Wav),
        ("USER_INPUT_ARCHIVED_AS_SPECIFIED", Self::Archived),
        ("USER_ENDED_SESSION", Self::Ended),
        ("AUTOMATED_TEXT", Self::Automated),
        ("DTMF_AS_TEXT", Self::Dtmf),
    ];
}

/// By its number, or by its name.
impl<'de> Deserialize<'de> for InputType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let number = value.as_u64().or_else(|| value.as_str()?.parse().ok());
        let by_number = number
            .and_then(|number| Self::NAMES.get(usize::try_from(number).ok()?))
            .map(|(_, kind)| *kind);
        let by_name = || {
            let name = value.as_str()?;
            let known = |(known, _): &&(&str, Self)| known.eq_ignore_ascii_case(name);
            Self::NAMES.iter().find(known).map(|(_, kind)| *kind)
        };
        Ok(by_number.or_else(by_name).unwrap_or(Self::Unknown))
    }
}

/// Where the script goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Branch {
    DoNotBegin,
    Collect,
    ReturnControl,
    EndContact,
    Untranscribable,
    Error,
    DtmfBreakout,
    InputTimeout,
    NotUnderstood,
}

impl Branch {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::DoNotBegin => "DoNotBegin",
            Self::Collect => "PromptAndCollectNextResponse",
            Self::ReturnControl => "ReturnControlToScript",
            Self::EndContact => "EndContact",
            Self::Untranscribable => "AudioInputUntranscribeable",
            Self::Error => "Error",
            Self::DtmfBreakout => "DTMFBreakout",
            Self::InputTimeout => "UserInputTimeout",
            Self::NotUnderstood => "UserInputNotUnderstood",
        }
    }
}

/// A call's place, which CXone keeps for us and sends along with the next request.
pub(super) struct Place {
    pub(super) session: String,
    pub(super) turn: u64,
}

impl Place {
    pub(super) fn read(state: &Loose) -> Option<Self> {
        Some(Self {
            session: state.0["sessionId"].as_str()?.to_owned(),
            turn: state.0["turn"].as_u64().unwrap_or(0),
        })
    }

    fn json(&self) -> Value {
        json!({ "sessionId": self.session, "turn": self.turn })
    }
}

/// A prompt, as it is shown and as it is spoken.
fn prompts(texts: &[(String, String)]) -> Value {
    let each: Vec<Value> = texts
        .iter()
        .map(|(text, spoken)| {
            json!({
                "transcript": text,
                "base64EncodedG711ulawWithWavHeader": "",
                "audioFilePath": "",
                "textToSpeech": spoken,
                "mediaSpecificObject": null,
            })
        })
        .collect();
    json!({ "prompts": each })
}

/// A response.
pub(super) fn response(
    branch: Branch,
    reply: &Reply,
    place: Option<&Place>,
    payload: Value,
    silence_ms: u64,
) -> Value {
    let texts: Vec<(String, String)> = reply
        .segments
        .iter()
        .map(|one| (one.text.clone(), one.spoken.clone()))
        .collect();
    let asking = || Some((reply.expects.as_ref()?.intent.to_string(), 1.0));
    let (intent, confidence) = reply.intent.clone().or_else(asking).unwrap_or_default();
    let slots: serde_json::Map<String, Value> = reply
        .slots
        .iter()
        .map(|(slot, value)| (slot.clone(), Value::from(value.as_str())))
        .collect();
    json!({
        "branchName": branch.name(),
        "nextPromptSequence": prompts(&texts),
        "intentInfo": {
            "intent": intent,
            "context": reply.expects.as_ref().map(|one| one.slot.clone()).unwrap_or_default(),
            "intentConfidence": confidence,
            "lastUserUtterance": reply.heard.clone().unwrap_or_default(),
            "slots": slots,
        },
        "nextPromptBehaviors": behaviors(branch, reply, silence_ms),
        "customPayload": { "scriptPayloads": payload },
        "errorDetails": null,
        "botSessionState": place.map(Place::json),
    })
}

fn behaviors(branch: Branch, reply: &Reply, silence_ms: u64) -> Value {
    let keys_max = reply.keys_max.max(1);
    let collects = if branch == Branch::Collect {
        "SEND_UTTERANCE_AUDIO"
    } else {
        "DO_NOT_COLLECT_USER_RESPONSE"
    };
    json!({
        "silenceRules": {
            "engageComfortSequence": true,
            "botResponseDelayTolerance": DELAY_TOLERATED_MS,
            "comfortPromptSequence": { "prompts": [] },
            "millisecondsToWaitForUserResponse": silence_ms,
        },
        "audioCollectionRules": {
            "collectionType": collects,
            "dtmfRules": {
                "detectDtmf": true,
                "clearDigits": true,
                "terminationCharacters": "#",
                "stripTerminator": true,
                "interDigitTimeoutMilliseconds": INTER_DIGIT_MS,
                "maxDigits": keys_max,
            },
            "bargeConfiguration": { "enableSpeakerBarge": true },
            "audioTranscriptionConfig": null,
        },
    })
}

/// What is answered where nothing can be taken: the script goes on at its error branch, to a person.
pub(super) fn failure(words: &str, what: &str, locale: Locale) -> Value {
    let spoken = crate::content::ear::spoken(words, locale);
    let said = prompts(&[(words.to_owned(), spoken)]);
    let empty = Reply::begin(locale);
    let mut value = response(Branch::Error, &empty, None, json!({}), 0);
    value["errorDetails"] = json!({
        "errorBehavior": "ReturnControlToScriptThroughErrorBranch",
        "errorPromptSequence": said,
        "systemErrorMessage": what,
    });
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(input_type: Value) -> InputType {
        serde_json::from_value(input_type).unwrap()
    }

    #[test]
    fn every_type_of_input_is_known_by_number_and_by_name() {
        for (number, (name, expected)) in InputType::NAMES.into_iter().enumerate() {
            assert_eq!(kind(json!(number)), expected, "{name}");
            assert_eq!(kind(json!(number.to_string())), expected, "{name}");
            assert_eq!(kind(json!(name)), expected, "{name}");
        }
        for other in [json!(7), json!("VIDEO"), json!(null), json!({})] {
            assert_eq!(kind(other.clone()), InputType::Unknown, "{other}");
        }
    }

    #[test]
    fn only_which_call_it_is_must_be_there() {
        let read = |request: Value| serde_json::from_value::<Request>(request);
        for payload in [
            json!(null),
            json!("ANI"),
            json!([1]),
            json!({"alternatives": 1, "ANI": 441_234_567_890_u64}),
        ] {
            let request = read(json!({
                "executionInfo": {"contactId": 1, "isNew": [true]}, "customPayload": payload,
                "botConfig": "no JSON", "botSessionState": 7, "mediaType": null,
            }));
            assert!(request.is_ok(), "{payload}");
        }
        assert!(read(json!({"executionInfo": {"requestId": 1}})).is_err());
        assert!(read(json!({"executionInfo": {"contactId": {}}})).is_err());
    }
}
