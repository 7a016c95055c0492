//! From what happened in a turn to the expectations that a golden conversation holds it to.
//!
//! It writes what an author would: what was understood, asked, warned about, filled in and where it
//! led; not the wording, which changes.

use crate::content::{Assistant, Phrase, Then};
use crate::dialogue::{Event, State, Wait};
use crate::nlu::{IntentName, Verdict};
use crate::pii::PiiKind;
use serde::Serialize;

/// What a message is held to of which nothing was made.
const UNSURE: &str = "unsure";
/// Intents that are shown of what a message was taken for.
const RANKED_SHOWN: usize = 3;

/// The expectations of a turn, a line each without its `< `, in the order in which they hold.
#[must_use]
pub fn expectations(events: &[Event], state: &State, assistant: &Assistant) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut add = |line: String| {
        if !lines.contains(&line) {
            lines.push(line);
        }
    };
    let which = events
        .iter()
        .any(|event| matches!(event, Event::Waiting { on: Wait::Which }));
    for event in events {
        for line in of_event(event, which, state, assistant) {
            add(line);
        }
    }
    // An answer that is taken need not mean anything by itself.
    if events
        .iter()
        .any(|event| matches!(event, Event::SlotFilled { .. }))
    {
        lines.retain(|line| line != UNSURE);
    }
    lines
}

/// What happened in a turn, for whoever expected something else: what it could have been held to, what
/// was said, and what the message was taken for.
pub(super) fn happened(events: &[Event], state: &State, assistant: &Assistant) -> Vec<String> {
    let mut lines = Vec::new();
    for event in events {
        lines.extend(of_event(event, true, state, assistant));
        lines.extend(event.told().map(|text| format!("says \"{text}\"")));
        if let Event::Understood { ranked, .. } = event {
            let ranked = ranked.iter().take(RANKED_SHOWN);
            let ranked = ranked.map(|one| format!("{} {:.2}", one.intent, one.confidence));
            let ranked: Vec<String> = ranked.collect();
            if !ranked.is_empty() {
                lines.push(format!("(understood: {})", ranked.join(", ")));
            }
        }
    }
    lines
}

/// A whole conversation as it stands in its file: the settings, each move with its expectations.
#[must_use]
pub fn written(title: &str, settings: &[String], turns: &[(String, Vec<String>)]) -> String {
    let mut text = format!("# {title}\n");
    for setting in settings {
        text.push_str(&format!("@ {setting}\n"));
    }
    for (said, expected) in turns {
        if !said.is_empty() {
            text.push_str(&format!("> {said}\n"));
        }
        for line in expected {
            text.push_str(&format!("< {line}\n"));
        }
    }
    text
}

fn of_event(event: &Event, which: bool, state: &State, assistant: &Assistant) -> Vec<String> {
    let is_danger = |name: &IntentName| {
        let intent = assistant.intents.get(name);
        intent.is_some_and(|intent| intent.then == Then::Danger)
    };
    if let Event::Understood {
        verdict,
        danger,
        command,
        ..
    } = event
    {
        let danger = danger.as_ref().map(|name| format!("danger {name}"));
        let command = command.map(|command| format!("command {}", name(&command)));
        let unsure = (*verdict == Verdict::Unsure && danger.is_none() && command.is_none())
            .then(|| UNSURE.to_owned());
        return [danger, command, unsure].into_iter().flatten().collect();
    }
    if let Event::IntentTaken { intent, .. } = event {
        let word = if is_danger(intent) {
            "danger"
        } else {
            "intent"
        };
        return vec![format!("{word} {intent}")];
    }
    if let Event::Said {
        choices, expects, ..
    } = event
    {
        if let Some(expects) = expects {
            return vec![format!("asks {}", expects.slot)];
        }
        let offered: Vec<&str> = choices
            .iter()
            .map(|choice| choice.id.as_str())
            .filter(|id| which && assistant.intents.contains_key(&IntentName::new(id)))
            .collect();
        if !offered.is_empty() {
            return vec![format!("clarifies {}", offered.join(" "))];
        }
        return Vec::new();
    }
    if let Event::Warned { kinds, text } = event {
        let gentle = assistant.wording.phrase(Phrase::Gentle, state.locale());
        if text == gentle {
            return vec!["gentle".to_owned()];
        }
        let kinds: Vec<&str> = kinds.iter().copied().map(PiiKind::name).collect();
        return vec![format!("warns {}", kinds.join(" "))];
    }
    let line = if let Event::SlotFilled { slot, value, .. } = event {
        format!("slot {slot} = \"{}\"", value.as_str())
    } else if let Event::Redirected(to) = event {
        let open = if to.open_now { "open" } else { "closed" };
        format!("redirect {} {open}", to.department)
    } else if let Event::Settled { outcome, .. } = event {
        format!("outcome {}", outcome.name())
    } else if let Event::NeedKept { intent } | Event::FormKept { intent } = event {
        format!("keeps {intent}")
    } else if let Event::Closed { why } = event {
        format!("closed {}", name(why))
    } else {
        return Vec::new();
    };
    vec![line]
}

/// The name under which a value is recorded, e.g. `go-back`.
fn name(value: &impl Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}
