//! Activities of the Bot Framework: those that come, as turns; what is recorded, as those that go.
//!
//! Texts go as `plain`, so that no client reads markup into them. Choices are suggested actions, a
//! department is a hero card, and what has no place in the schema goes under `channelData.cece`.

use super::desk::PostedAs;
use crate::content::{Link, Locale};
use crate::dialogue::{Choice, Event, Redirection, Speaker};
use crate::engine::{Bundle, TurnKind};
use crate::pii::{PiiKind, RawText};
use crate::transcripts::record::{ConversationId, TurnRecord};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Longest name that a client may give an activity of its own, bytes.
const CLIENT_ID_BYTES_MAX: usize = 128;
/// The assistant's id among these clients.
const ASSISTANT: &str = "cece";
/// The resident's, where they were never named.
const RESIDENT: &str = "resident";

/// Whoever an activity is from, as a client names them.
#[derive(Default, Deserialize)]
pub(super) struct Resident {
    #[serde(default)]
    pub(super) id: Option<String>,
}

impl Resident {
    /// The id, where one was given.
    pub(super) fn name(&self) -> Option<&str> {
        self.id.as_deref().filter(|id| !id.is_empty())
    }
}

/// An activity that comes. It cannot be printed: it holds raw text.
#[derive(Deserialize)]
pub(super) struct Incoming {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    from: Resident,
    #[serde(default)]
    text: Option<RawText>,
    #[serde(default)]
    value: Option<Pressed>,
    #[serde(default)]
    name: Option<Pressed>,
    #[serde(default, rename = "channelData")]
    channel_data: Option<ClientData>,
}

/// What a button of ours brings back; whatever else stands there is nothing to us.
#[derive(Deserialize)]
#[serde(untagged)]
enum Pressed {
    Choice { choice: RawText },
    Other(serde::de::IgnoredAny),
}

#[derive(Deserialize)]
struct ClientData {
    #[serde(default, rename = "clientActivityID")]
    client_activity_id: Option<String>,
}

impl Incoming {
    /// Who it is from.
    pub(super) fn from(&self) -> &str {
        self.from.name().unwrap_or(RESIDENT)
    }

    /// What the client calls it.
    pub(super) fn client_id(&self) -> Option<String> {
        let id = self.channel_data.as_ref()?.client_activity_id.as_ref()?;
        (id.len() <= CLIENT_ID_BYTES_MAX).then(|| id.clone())
    }

    /// The turn that it is; none where it says nothing. `stir` is called where somebody is typing.
    pub(super) fn into_turn(self, stir: impl FnOnce()) -> Result<Option<TurnKind>, &'static str> {
        let pressed = |pressed: Option<Pressed>| match pressed {
            Some(Pressed::Choice { choice }) => Some(choice),
            Some(Pressed::Other(_)) | None => None,
        };
        match self.kind.as_str() {
            "message" | "event" => {
                if let Some(choice) = pressed(self.value).or(pressed(self.name)) {
                    return Ok(Some(TurnKind::Choice(choice)));
                }
                match self.text {
                    Some(text) if !text.is_blank() => Ok(Some(TurnKind::Text(text))),
                    Some(_) | None if self.kind == "event" => Ok(None),
                    Some(_) | None => Err("there are no words in this message"),
                }
            }
            "endOfConversation" => Ok(Some(TurnKind::End)),
            "typing" => {
                stir();
                Ok(None)
            }
            // Greetings between programs, such as conversationUpdate.
            _ => Ok(None),
        }
    }
}

/// An activity that goes.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Activity {
    #[serde(rename = "type")]
    kind: &'static str,
    id: String,
    timestamp: String,
    channel_id: &'static str,
    from: Value,
    conversation: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    text_format: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    suggested_actions: Option<Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    channel_data: Option<Value>,
}

impl Activity {
    /// Whether the conversation ends with it.
    pub(super) fn is_end(&self) -> bool {
        self.kind == "endOfConversation"
    }
}

/// The id of the activity with this number.
pub(super) fn id(conversation: ConversationId, seq: u64) -> String {
    format!("{conversation}|{seq:07}")
}

/// The id of an activity that took no number.
pub(super) fn silent_id(conversation: ConversationId) -> String {
    format!("{conversation}|silent")
}

/// What is recorded of a turn after the number `after`, as activities in order.
pub(super) fn of_turn(
    turn: &TurnRecord,
    conversation: ConversationId,
    after: u64,
    user: Option<&str>,
    posted: Option<&PostedAs>,
    bundle: &Bundle,
) -> Vec<Activity> {
    let mut activities = Vec::new();
    let mut next_seq = turn.seq;
    for event in &turn.events {
        let seq = next_seq;
        if event.takes_seq() {
            next_seq += 1;
        }
        // What takes no number stands or falls with the entry before it.
        if next_seq <= after + 1 {
            continue;
        }
        let Some(mut activity) = of_event(event, bundle) else {
            continue;
        };
        activity.id = if event.takes_seq() {
            id(conversation, seq)
        } else {
            format!("{}+", id(conversation, seq))
        };
        activity.timestamp = turn.at.to_string();
        activity.conversation = json!({ "id": conversation.to_string() });
        if activity.from.is_null() {
            let named = posted.map(|posted| posted.from.as_str());
            activity.from = json!({ "id": named.or(user).unwrap_or(RESIDENT), "role": "user" });
            if let Some(client_id) = posted.and_then(|posted| posted.client_id.as_deref()) {
                activity.channel_data = Some(json!({ "clientActivityID": client_id }));
            }
        }
        activities.push(activity);
    }
    activities
}

fn of_event(event: &Event, bundle: &Bundle) -> Option<Activity> {
    if let Event::Heard { text } = event {
        return Some(own(text.as_str()));
    }
    if let Event::Chose { label, .. } = event {
        return Some(own(label));
    }
    if let Event::Warned { kinds, text } = event {
        // A gentle word is said once in a conversation; after that there is nothing to say.
        return (!text.is_empty()).then(|| warning(kinds, text, bundle));
    }
    if let Event::Said {
        from,
        text,
        choices,
        links,
        ..
    } = event
    {
        return Some(said(*from, text, choices, links, bundle));
    }
    if let Event::Redirected(to) = event {
        return Some(redirected(to, bundle));
    }
    if let Event::Closed { .. } = event {
        let end = message(bundle, None);
        return Some(Activity {
            kind: "endOfConversation",
            code: Some("completedSuccessfully"),
            ..end
        });
    }
    None
}

/// The resident's own words, redacted; by whom, in which conversation and when is filled in.
fn own(text: &str) -> Activity {
    Activity {
        kind: "message",
        id: String::new(),
        timestamp: String::new(),
        channel_id: "directline",
        from: Value::Null,
        conversation: Value::Null,
        code: None,
        text: Some(text.to_owned()),
        text_format: "plain",
        suggested_actions: None,
        attachments: Vec::new(),
        channel_data: None,
    }
}

/// From the assistant, unless it is said otherwise.
fn message(bundle: &Bundle, text: Option<String>) -> Activity {
    let name = &bundle.assistant.council.name;
    Activity {
        from: json!({ "id": ASSISTANT, "name": name, "role": "bot" }),
        text,
        ..own("")
    }
}

fn said(
    from: Speaker,
    text: &str,
    choices: &[Choice],
    links: &[Link],
    bundle: &Bundle,
) -> Activity {
    let mut activity = message(bundle, Some(text.to_owned()));
    if from == Speaker::Officer {
        activity.from =
            json!({ "id": "officer", "name": bundle.assistant.council.name, "role": "bot" });
    }
    if !choices.is_empty() {
        let actions: Vec<Value> = choices
            .iter()
            .map(|choice| {
                json!({
                    "type": "messageBack",
                    "title": choice.label,
                    "text": choice.label,
                    "displayText": choice.label,
                    "value": { "choice": choice.id },
                })
            })
            .collect();
        activity.suggested_actions = Some(json!({ "to": [], "actions": actions }));
    }
    if !links.is_empty() {
        let buttons: Vec<Value> = links
            .iter()
            .map(|link| json!({ "type": "openUrl", "title": link.text, "value": link.url }))
            .collect();
        activity
            .attachments
            .push(hero(json!({ "buttons": buttons })));
    }
    activity
}

fn warning(kinds: &[PiiKind], text: &str, bundle: &Bundle) -> Activity {
    let mut activity = message(bundle, Some(text.to_owned()));
    let wording = &bundle.assistant.wording;
    let findings: Vec<Value> = kinds
        .iter()
        .map(|kind| {
            let advice = wording.warning(*kind, Locale::En);
            json!({ "kind": kind.name(), "advice": advice.map(|warning| &*warning.advice) })
        })
        .collect();
    activity.channel_data = Some(json!({ "cece": { "warning": { "findings": findings } } }));
    activity
}

fn redirected(to: &Redirection, bundle: &Bundle) -> Activity {
    let mut buttons = Vec::new();
    if let Some(phone) = &to.phone {
        let number: String = phone
            .chars()
            .filter(|c| c.is_ascii_digit() || *c == '+')
            .collect();
        buttons.push(json!({ "type": "call", "title": phone, "value": format!("tel:{number}") }));
    }
    if let Some(url) = &to.url {
        buttons.push(json!({ "type": "openUrl", "title": to.name, "value": url }));
    }
    let card =
        json!({ "title": to.name, "subtitle": to.hours, "text": to.summary, "buttons": buttons });
    let mut activity = message(bundle, None);
    activity.attachments.push(hero(card));
    activity.channel_data = Some(json!({ "cece": { "redirect": to } }));
    activity
}

fn hero(content: Value) -> Value {
    json!({ "contentType": "application/vnd.microsoft.card.hero", "content": content })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turn(activity: Value) -> Result<Option<TurnKind>, &'static str> {
        serde_json::from_value::<Incoming>(activity)
            .unwrap()
            .into_turn(|| {})
    }

    #[test]
    fn what_comes_is_the_turn_that_it_says() {
        let from = json!({ "id": "dl_1" });
        let text = turn(json!({ "type": "message", "from": from, "text": "my bin" }));
        assert!(matches!(text, Ok(Some(TurnKind::Text(_)))));
        for field in ["value", "name"] {
            let pressed =
                turn(json!({ "type": "event", "from": from, field: { "choice": "yes" } }));
            assert!(matches!(pressed, Ok(Some(TurnKind::Choice(_)))), "{field}");
        }
        let ends = turn(json!({ "type": "endOfConversation", "from": from }));
        assert!(matches!(ends, Ok(Some(TurnKind::End))));
        for silent in [
            "typing",
            "conversationUpdate",
            "event",
            "something of tomorrow",
        ] {
            assert!(
                matches!(turn(json!({ "type": silent, "value": 7 })), Ok(None)),
                "{silent}"
            );
        }
        assert!(turn(json!({ "type": "message", "text": " " })).is_err());
        assert!(turn(json!({ "type": "message", "attachments": [] })).is_err());
    }
}
