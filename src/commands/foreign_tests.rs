//! Conversations that others test with, as golden conversations: Rasa's test stories, and Botium's
//! text scripts.
//!
//! What has no counterpart (the name of an action, a confidence) is left out and listed.

use super::writing::slug;
use crate::content::Assistant;
use crate::nlu::IntentName;
use serde::Deserialize;
use std::path::Path;

/// A golden conversation, and what of its original has no counterpart.
#[derive(Debug, Default)]
pub(super) struct Script {
    /// As it would stand in its own file.
    pub(super) text: String,
    pub(super) left_out: Vec<String>,
    /// Where in the text the expectations of the last turn begin.
    turn: usize,
}

/// Reads a file by its name: what is no other's is golden.
///
/// # Errors
/// What is wrong with it.
pub(super) fn read(file: &Path, text: &str, assistant: &Assistant) -> Result<Vec<Script>, String> {
    let name = file
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or("");
    if name.ends_with(".yml") || name.ends_with(".yaml") {
        stories(text, assistant)
    } else if name.ends_with(".convo.txt") || text.lines().any(|line| line.trim() == "#me") {
        Ok(vec![botium(text, assistant)])
    } else {
        let text = text.to_owned();
        Ok(vec![Script {
            text,
            ..Script::default()
        }])
    }
}

/// The intent of ours that is called so elsewhere: by its path, or by its name if one has it.
pub(super) fn ours(theirs: &str, assistant: &Assistant) -> Option<IntentName> {
    let whole = IntentName::new(theirs);
    if assistant.intents.contains_key(&whole) {
        return Some(whole);
    }
    let (wanted, last) = (slug(theirs), theirs.rsplit('/').next().map(slug));
    let mut named = assistant.intents.keys().filter(|name| {
        let own = name.as_str().split_once('/').map_or("", |(_, own)| own);
        own == wanted || Some(own) == last.as_deref() || slug(name.as_str()) == wanted
    });
    let first = named.next()?;
    named.next().is_none().then(|| first.clone())
}

#[derive(Deserialize)]
struct StoryFile {
    #[serde(default)]
    stories: Vec<Story>,
}

#[derive(Deserialize)]
struct Story {
    story: String,
    #[serde(default)]
    steps: Vec<Step>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Step {
    user: Option<String>,
    intent: Option<String>,
    bot: Option<String>,
    action: Option<String>,
    checkpoint: Option<String>,
}

fn stories(text: &str, assistant: &Assistant) -> Result<Vec<Script>, String> {
    let file: StoryFile = serde_saphyr::from_str(text)
        .map_err(|error| format!("this is not YAML of Rasa: {error}"))?;
    if file.stories.is_empty() {
        return Err("there are no stories in it".to_owned());
    }
    let scripts = file.stories.into_iter().map(|story| {
        let mut script = Script::titled(&story.story);
        for step in story.steps {
            script.step(step, assistant);
        }
        script
    });
    Ok(scripts.collect())
}

impl Script {
    fn titled(title: &str) -> Self {
        let title = title.trim();
        Self {
            text: format!("# {title}\n"),
            ..Self::default()
        }
    }

    fn line(&mut self, mark: char, said: &str) {
        // One turn is one line.
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        self.text.push_str(&format!("{mark} {said}\n"));
        if mark == '>' {
            self.turn = self.text.len();
        }
    }

    fn step(&mut self, step: Step, assistant: &Assistant) {
        if let Some(user) = &step.user {
            self.line('>', &without_annotations(user));
        }
        match (&step.user, &step.intent) {
            (Some(_), Some(intent)) => self.intent(intent, assistant),
            // Training stories name intents without words: there is nothing to say.
            (None, Some(intent)) => self.left_out.push(format!("intent {intent} without words")),
            (_, None) => {}
        }
        if let Some(bot) = &step.bot {
            self.line('<', &format!("says \"{}\"", bot.trim()));
        }
        let names = [("action", step.action), ("checkpoint", step.checkpoint)];
        for (what, name) in names {
            self.left_out
                .extend(name.map(|name| format!("{what} {name}")));
        }
    }

    fn intent(&mut self, theirs: &str, assistant: &Assistant) {
        match ours(theirs.trim_start_matches('/'), assistant) {
            // A need is taken before anything is said to it, wherever their script names it.
            Some(intent) => {
                let line = format!("< intent {intent}\n");
                self.text.insert_str(self.turn, &line);
            }
            None => self
                .left_out
                .push(format!("intent {theirs}, which is not here")),
        }
    }
}

/// Rasa's utterance without its entities: `to [Paris](city)` and `[Paris]{"entity": "city"}`.
pub(super) fn without_annotations(text: &str) -> String {
    super::exchange::rasa::annotated(text).0
}

/// A text script: the title, then sections `#me` and `#bot`, each with texts and asserters.
fn botium(text: &str, assistant: &Assistant) -> Script {
    let mut script = Script::default();
    let mut section = "";
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            continue;
        }
        if let Some(name) = line.strip_prefix('#') {
            section = if name.starts_with("me") {
                "me"
            } else if name.starts_with("bot") {
                "bot"
            } else {
                ""
            };
            continue;
        }
        if script.text.is_empty() {
            let title = if section.is_empty() { line } else { "A script" };
            script = Script::titled(title);
            if section.is_empty() {
                continue;
            }
        }
        match section {
            "me" => script.said(line),
            "bot" => script.expected(line, assistant),
            _ => script.left_out.push(line.to_owned()),
        }
    }
    script
}

impl Script {
    fn said(&mut self, line: &str) {
        match line.split_once(' ') {
            Some(("BUTTON", label)) => self.line('>', &format!("[choose {}]", label.trim())),
            Some(("DTMF", key)) => self.line('>', &format!("[press {}]", key.trim())),
            _ if is_asserter(line) => self.left_out.push(line.to_owned()),
            _ => self.line('>', line),
        }
    }

    fn expected(&mut self, line: &str, assistant: &Assistant) {
        match line.split_once(' ') {
            Some(("INTENT", intent)) => self.intent(intent.trim(), assistant),
            Some(("BUTTONS", labels)) => {
                for label in labels.split('|').map(str::trim) {
                    self.line('<', &format!("offers \"{label}\""));
                }
            }
            _ if is_asserter(line) || line.starts_with('!') => {
                self.left_out.push(line.to_owned());
            }
            _ => self.line('<', &format!("says \"{line}\"")),
        }
    }
}

/// Whether a line is a named check of Botium's, in capitals: `INTENT_CONFIDENCE 80`.
fn is_asserter(line: &str) -> bool {
    let word = line.split(' ').next().unwrap_or("");
    let capital = |c: char| c.is_ascii_uppercase() || c == '_';
    word.len() > 3 && word.contains('_') && word.chars().all(capital)
        || ["MEDIA", "CARDS", "FORMS", "ENTITIES", "PAUSE"].contains(&word)
}
