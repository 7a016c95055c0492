//! The shipped golden conversations over every channel of a running server: the same decisions.

use super::{BRIDGES, kept, options, post, town};
use crate::town::{Bare, Seen, root};
use cece::channels::client::call::{Act, Caller, Line};
use cece::dialogue::{Event, Wait};
use cece::transcripts::record::TurnRecord;
use serde_json::{Value, json};
use std::net::SocketAddr;

/// A script, as far as a channel needs it: what the resident does.
struct Script {
    name: String,
    moves: Vec<Act>,
    /// Nothing but words, which any channel carries.
    is_plain: bool,
}

/// The shipped conversations. The small town has a few of their intents only, which is the same for all.
fn scripts() -> Vec<Script> {
    let folder = root().join("transcripts/golden");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let mut scripts = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        // What cannot be done on every bridge: choosing by hand, waiting half an hour.
        let other = ["@ locale", "[choose", "[timeout]", "[end]"];
        if other.iter().any(|part| text.contains(part)) {
            continue;
        }
        let act = |line: &str| match line {
            "[silence]" => Act::Silence,
            "[no-match]" => Act::NoMatch,
            _ => match line.strip_prefix("[press ") {
                Some(key) => Act::Press(key.trim_end_matches(']').to_owned()),
                None => Act::Say(line.to_owned(), Vec::new()),
            },
        };
        let moves: Vec<Act> = text
            .lines()
            .filter_map(|line| line.strip_prefix("> "))
            .map(act)
            .collect();
        scripts.push(Script {
            name: path.file_stem().unwrap().to_string_lossy().into_owned(),
            is_plain: moves.iter().all(|act| matches!(act, Act::Say(..))),
            moves,
        });
    }
    scripts
}

/// What was decided in each turn after the first.
fn decisions(turns: &[TurnRecord]) -> Vec<Vec<String>> {
    let decided = |event: &Event| {
        if let Event::Understood {
            verdict,
            danger,
            command,
            ..
        } = event
        {
            Some(format!("{verdict:?} {danger:?} {command:?}"))
        } else if let Event::IntentTaken { intent, .. } = event {
            Some(format!("takes {intent}"))
        } else if let Event::SlotFilled { slot, value, .. } = event {
            Some(format!("{slot} = {}", value.as_str()))
        } else if let Event::Warned { kinds, .. } = event {
            Some(format!("warns {kinds:?}"))
        } else if let Event::Redirected(to) = event {
            Some(format!("to {}", to.department))
        } else if let Event::Settled { outcome, .. } = event {
            Some(format!("{outcome:?}"))
        } else if let Event::NeedKept { intent } | Event::FormKept { intent } = event {
            Some(format!("keeps {intent}"))
        } else {
            None
        }
    };
    let turns = turns.iter().skip(1);
    turns
        .map(|turn| turn.events.iter().filter_map(decided).collect())
        .collect()
}

/// The turn, after the first, in which a caller is asked whether they agree to a transfer.
fn first_agreement(turns: &[TurnRecord]) -> Option<usize> {
    let asks = |event: &Event| {
        matches!(
            event,
            Event::Waiting {
                on: Wait::Transfer { .. }
            }
        )
    };
    let mut turns = turns.iter().skip(1);
    turns.position(|turn| turn.events.iter().any(asks))
}

/// Plays a script over the WebSocket; the conversation's id.
async fn over_websocket(address: SocketAddr, script: &Script) -> String {
    let (mut client, welcome) = Bare::hello(address).await;
    client.frame().await;
    for (place, act) in script.moves.iter().enumerate() {
        let Act::Say(words, _) = act else {
            panic!("{act:?}")
        };
        client.say(place as u64 + 1, words).await;
        loop {
            match client.see().await {
                Seen::Frame(frame) if frame["type"] == "state" => break,
                Seen::Frame(frame) if frame["type"] == "bye" => break,
                Seen::Frame(_) => {}
                Seen::Closed(_) => break,
            }
        }
    }
    welcome["conversation"].as_str().unwrap().to_owned()
}

/// Plays a script over Direct Line; the conversation's id.
async fn over_direct_line(address: SocketAddr, script: &Script) -> String {
    let json_type = ("Content-Type", "application/json");
    let (_, opened) = post(address, "/v3/directline/conversations", &[json_type], "{}").await;
    let opened: Value = serde_json::from_str(&opened).unwrap();
    let id = opened["conversationId"].as_str().unwrap().to_owned();
    let bearer = format!("Bearer {}", opened["token"].as_str().unwrap());
    let path = format!("/v3/directline/conversations/{id}/activities");
    for act in &script.moves {
        let Act::Say(words, _) = act else {
            panic!("{act:?}")
        };
        let activity = json!({"type": "message", "from": {"id": "r"}, "text": words}).to_string();
        let headers = [json_type, ("Authorization", bearer.as_str())];
        post(address, &path, &headers, &activity).await;
    }
    id
}

#[tokio::test]
async fn golden_conversations_take_the_same_decisions_on_every_channel() {
    let mut town = town().await;
    let scripts = scripts();
    assert!(scripts.len() >= 40, "{}", scripts.len());
    let mut played: Vec<(String, String, String, usize)> = Vec::new();
    for (place, script) in scripts.iter().enumerate() {
        for bridge in BRIDGES {
            let options = options(town.address, bridge, place as u64);
            let contact = options.contact.clone();
            let (mut caller, _) = Caller::ring(options).await.unwrap();
            let mut taken = 0;
            for act in &script.moves {
                let answer = caller.act(act).await.unwrap();
                taken += 1;
                if answer.line != Line::Open {
                    break;
                }
            }
            played.push((script.name.clone(), format!("{bridge:?}"), contact, taken));
        }
        if script.is_plain {
            let id = over_websocket(town.address, script).await;
            played.push((
                script.name.clone(),
                "WebSocket".to_owned(),
                id,
                script.moves.len(),
            ));
            let id = over_direct_line(town.address, script).await;
            played.push((
                script.name.clone(),
                "DirectLine".to_owned(),
                id,
                script.moves.len(),
            ));
        }
    }
    let folder = town.keep_folder();
    town.stopped().await;
    let kept = kept(folder.path()).await;
    let mut differ = Vec::new();
    for script in &scripts {
        let mut of_script = played.iter().filter(|(name, ..)| *name == script.name);
        let (_, first, id, taken) = of_script.next().unwrap();
        let wanted = decisions(&kept[id].0);
        let asked = first_agreement(&kept[id].0);
        for (_, channel, id, other) in of_script {
            let seen = decisions(&kept[id].0);
            let turns = *taken.min(other);
            assert!(turns > 0 && seen.len() >= turns && wanted.len() >= turns);
            let is_phone = BRIDGES.iter().any(|one| format!("{one:?}") == *channel);
            let same = match asked.filter(|_| !is_phone) {
                // In writing nobody is asked before a transfer: it is made in the same turn.
                Some(asked) if asked < turns => {
                    seen[..asked] == wanted[..asked] && seen[asked].starts_with(&wanted[asked])
                }
                _ => seen[..turns] == wanted[..turns],
            };
            if !same {
                differ.push(format!(
                    "{}: {channel} against {first}\n  {seen:?}\n  {wanted:?}",
                    script.name
                ));
            }
        }
    }
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}
