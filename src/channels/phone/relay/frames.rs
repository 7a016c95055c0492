//! The frames of ConversationRelay: those that come from the platform, leniently, and those that go,
//! exactly, since the platform ends a call after repeated bad ones.

use crate::pii::RawText;
use serde::{Deserialize, Deserializer, Serialize};

/// What the platform sends. It cannot be printed: it holds raw text.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub(super) enum Incoming {
    /// The first frame: which call it is.
    #[serde(rename_all = "camelCase")]
    Setup {
        #[serde(default)]
        call_sid: Option<String>,
        /// Telnyx has its own name for a call beside.
        #[serde(default)]
        call_control_id: Option<String>,
        #[serde(default)]
        from: Option<String>,
        #[serde(default)]
        to: Option<String>,
        #[serde(default)]
        custom_parameters: serde_json::Value,
    },
    /// What the caller said, as it is being heard or in its last form.
    #[serde(rename_all = "camelCase")]
    Prompt {
        voice_prompt: RawText,
        #[serde(default)]
        lang: Option<String>,
        #[serde(default = "yes")]
        last: bool,
        /// What else it may have been, likelier first, where the recogniser says.
        #[serde(default, deserialize_with = "lenient")]
        alternatives: Vec<Alternative>,
    },
    /// The caller spoke over what was being said.
    #[serde(rename_all = "camelCase")]
    Interrupt {
        /// What they had heard. It is ours, and holds nothing of theirs.
        #[serde(default)]
        utterance_until_interrupt: Option<String>,
    },
    /// A key.
    Dtmf { digit: char },
    /// The platform failed at something.
    Error {},
    /// News of speaking, where it was subscribed to.
    Info {
        #[serde(default)]
        name: String,
        #[serde(default)]
        value: serde_json::Value,
    },
    /// What is not known here is nothing to us.
    #[serde(other)]
    Unknown,
}

/// A further reading of an utterance: the words, or an object that holds them.
#[derive(Deserialize)]
#[serde(untagged)]
pub(in crate::channels::phone) enum Alternative {
    Words(RawText),
    Object {
        #[serde(alias = "text")]
        transcript: RawText,
    },
    Other(serde::de::IgnoredAny),
}

impl Alternative {
    pub(in crate::channels::phone) fn into_words(self) -> Option<RawText> {
        match self {
            Self::Words(words) | Self::Object { transcript: words } => Some(words),
            Self::Other(_) => None,
        }
    }
}

/// A list, or nothing where it is none.
pub(in crate::channels::phone) fn lenient<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<Alternative>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Maybe {
        List(Vec<Alternative>),
        Other(serde::de::IgnoredAny),
    }
    Ok(match Maybe::deserialize(deserializer)? {
        Maybe::List(list) => list,
        Maybe::Other(_) => Vec::new(),
    })
}

fn yes() -> bool {
    true
}

/// What goes to the platform.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub(super) enum Outgoing<'a> {
    /// Something to be spoken.
    Text {
        token: &'a str,
        last: bool,
        #[serde(skip_serializing_if = "Option::is_none")]
        lang: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        interruptible: Option<bool>,
        #[serde(skip_serializing_if = "Option::is_none")]
        preemptible: Option<bool>,
    },
    /// From now on in another language.
    #[serde(rename_all = "camelCase")]
    Language {
        tts_language: &'a str,
        transcription_language: &'a str,
    },
    /// The relay is over; the platform goes on with the call.
    #[serde(rename_all = "camelCase")]
    End {
        /// JSON in a string.
        #[serde(skip_serializing_if = "Option::is_none")]
        handoff_data: Option<String>,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(json: &str) -> &'static str {
        match serde_json::from_str(json) {
            Ok(Incoming::Setup { .. }) => "setup",
            Ok(Incoming::Prompt { last: true, .. }) => "prompt",
            Ok(Incoming::Prompt { last: false, .. }) => "partial",
            Ok(Incoming::Interrupt { .. }) => "interrupt",
            Ok(Incoming::Dtmf { .. }) => "dtmf",
            Ok(Incoming::Error {}) => "error",
            Ok(Incoming::Info { .. }) => "info",
            Ok(Incoming::Unknown) => "unknown",
            Err(_) => "bad",
        }
    }

    /// The frames of the platforms' documentation, and what is tolerated.
    #[test]
    fn every_frame_that_comes_is_read() {
        let cases = [
            (
                "setup",
                r#"{"type":"setup","sessionId":"VX1","accountSid":"AC1","parentCallSid":"","callSid":"CA1","from":"+447700900123","to":"+443069990000","forwardedFrom":"","callType":"PSTN","callerName":"","direction":"inbound","callStatus":"RINGING","customParameters":{"k":"v"}}"#,
            ),
            (
                "setup",
                r#"{"type":"setup","sessionId":"7a","accountSid":"1f","callSid":"v2:T02","callControlId":"v2:T02","callSessionId":"ff","callLegId":"42","from":"+447700900123","to":"+443069990000","direction":"inbound","callerName":"","callStatus":"active","customParameters":{"customer_id":7}}"#,
            ),
            (
                "prompt",
                r#"{"type":"prompt","voicePrompt":"bin day","lang":"en-GB","last":true}"#,
            ),
            ("prompt", r#"{"type":"prompt","voicePrompt":"bin day"}"#),
            (
                "prompt",
                r#"{"type":"prompt","voicePrompt":"bin day","alternatives":["been day",{"transcript":"bin bay","confidence":0.2},7],"x":1}"#,
            ),
            (
                "prompt",
                r#"{"type":"prompt","voicePrompt":"bin day","alternatives":"none"}"#,
            ),
            (
                "partial",
                r#"{"type":"prompt","voicePrompt":"bin","lang":"en","last":false}"#,
            ),
            (
                "interrupt",
                r#"{"type":"interrupt","utteranceUntilInterrupt":"Hello, this","durationUntilInterruptMs":460}"#,
            ),
            (
                "interrupt",
                r#"{"type":"interrupt","utteranceUntilInterrupt":"Hello, this","durationUntilInterruptMs":"460"}"#,
            ),
            ("interrupt", r#"{"type":"interrupt"}"#),
            (
                "setup",
                r#"{"type":"setup","callSid":null,"customParameters":"k=v"}"#,
            ),
            ("dtmf", r#"{"type":"dtmf","digit":"1"}"#),
            (
                "error",
                r#"{"type":"error","description":"Invalid message"}"#,
            ),
            (
                "info",
                r#"{"type":"info","name":"agentSpeaking","value":"on"}"#,
            ),
            (
                "info",
                r#"{"type":"info","name":"tokensPlayed","value":"Hello"}"#,
            ),
            ("unknown", r#"{"type":"weather","sun":true}"#),
            ("bad", r#"{"type":"prompt"}"#),
            ("bad", r#"{"type":"dtmf","digit":"12"}"#),
            ("bad", "not json"),
        ];
        for (expected, json) in cases {
            assert_eq!(kind(json), expected, "{json}");
        }
    }

    #[test]
    fn every_frame_that_goes_has_the_platforms_form() {
        let said = Outgoing::Text {
            token: "Hello.",
            last: false,
            lang: Some("en-GB"),
            interruptible: Some(true),
            preemptible: Some(false),
        };
        let plain = Outgoing::Text {
            token: "Hello.",
            last: true,
            lang: None,
            interruptible: None,
            preemptible: None,
        };
        let language = Outgoing::Language {
            tts_language: "cy-GB",
            transcription_language: "cy-GB",
        };
        let end = |data: Option<&str>| Outgoing::End {
            handoff_data: data.map(str::to_owned),
        };
        for (frame, expected) in [
            (
                said,
                r#"{"type":"text","token":"Hello.","last":false,"lang":"en-GB","interruptible":true,"preemptible":false}"#,
            ),
            (plain, r#"{"type":"text","token":"Hello.","last":true}"#),
            (
                language,
                r#"{"type":"language","ttsLanguage":"cy-GB","transcriptionLanguage":"cy-GB"}"#,
            ),
            (
                end(Some(r#"{"reasonCode":"a"}"#)),
                r#"{"type":"end","handoffData":"{\"reasonCode\":\"a\"}"}"#,
            ),
            (end(None), r#"{"type":"end"}"#),
        ] {
            assert_eq!(serde_json::to_string(&frame).unwrap(), expected);
        }
    }
}
