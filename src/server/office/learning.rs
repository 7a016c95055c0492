//! What authors learn from what is kept: what was not understood, and counts of what was asked.
//!
//! It shows words only as the record has them, redacted, and only those that nothing was made of.

use super::{Answered, Office, Reply};
use crate::dialogue::Event;
use crate::nlu::Verdict;
use crate::transcripts::archive::{ArchiveError, Held};
use crate::transcripts::audit::Action;
use crate::transcripts::record::TurnRecord;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;

/// Conversations that are counted, at most: the newest.
const COUNTED_MAX: usize = 100_000;

/// A message that was not understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unclear {
    /// What was said, redacted.
    pub text: String,
    /// The conversation's reference code.
    pub reference: String,
    /// The likeliest intents all the same, best first.
    pub nearest: Vec<String>,
}

/// Counts of a period, by what they count. A day is the council's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// Conversations.
    pub conversations: u64,
    /// Messages of residents.
    pub messages: u64,
    /// Messages that were not understood.
    pub unclear: u64,
    /// Conversations by day.
    pub days: BTreeMap<Date, u64>,
    /// Conversations by channel.
    pub channels: BTreeMap<String, u64>,
    /// Needs by how they came out.
    pub outcomes: BTreeMap<String, u64>,
    /// Needs by intent.
    pub intents: BTreeMap<String, u64>,
    /// People taken to a department, by department.
    pub departments: BTreeMap<String, u64>,
    /// Warnings, by kind of personal data.
    pub warnings: BTreeMap<String, u64>,
}

impl Activity {
    fn add(&mut self, day: Date, held: &Held, turns: &[TurnRecord]) {
        let one = |counts: &mut BTreeMap<String, u64>, name: &str| {
            *counts.entry(name.to_owned()).or_default() += 1;
        };
        self.conversations += 1;
        *self.days.entry(day).or_default() += 1;
        let usage = held.usage();
        self.messages += u64::from(usage.messages);
        one(&mut self.channels, usage.channel.record_class());
        for event in turns.iter().flat_map(|turn| &turn.events) {
            if let Event::Settled { outcome, .. } = event {
                one(&mut self.outcomes, outcome.name());
            } else if let Event::IntentTaken { intent, .. } = event {
                one(&mut self.intents, intent.as_str());
            } else if let Event::Redirected(to) = event {
                one(&mut self.departments, &to.department);
            } else if let Event::Warned { kinds, .. } = event {
                for kind in kinds {
                    one(&mut self.warnings, kind.name());
                }
            } else if is_unclear(event) {
                self.unclear += 1;
            }
        }
    }
}

/// Whether nothing was made of what was said: no need, no danger, no command.
fn is_unclear(event: &Event) -> bool {
    matches!(
        event,
        Event::Understood {
            verdict: Verdict::Unsure,
            danger: None,
            command: None,
            ..
        }
    )
}

/// What was said in a turn and not understood; an answer that filled a slot was.
fn unclear_in(turn: &TurnRecord) -> Option<(String, Vec<String>)> {
    let filled = |event: &Event| matches!(event, Event::SlotFilled { .. });
    if turn.events.iter().any(filled) {
        return None;
    }
    let said = turn.events.iter().find_map(|event| {
        let Event::Heard { text } = event else {
            return None;
        };
        Some(text.as_str().to_owned())
    })?;
    let understood = turn.events.iter().find(|event| is_unclear(event))?;
    let Event::Understood { ranked, .. } = understood else {
        return None;
    };
    let nearest = ranked.iter().map(|one| one.intent.to_string());
    Some((said, nearest.collect()))
}

impl Office {
    /// What was not understood in the newest `limit` conversations.
    pub(super) async fn unclear(&self, actor: &str, limit: usize) -> Answered {
        let mut found = Vec::new();
        let listing = self.archive().newest(limit, self.now()).await?;
        for summary in listing.conversations {
            let Some((held, turns)) = self.shown(summary.id).await? else {
                continue;
            };
            for (text, nearest) in turns.iter().filter_map(unclear_in) {
                let reference = held.reference().to_owned();
                found.push(Unclear {
                    text,
                    reference,
                    nearest,
                });
            }
        }
        let deed = self.deed(actor, Action::Listed);
        self.enter(deed.with("not-understood", found.len())).await?;
        let text = format!("{} messages were not understood\n", found.len());
        Ok(Reply::done(text).with(json!({ "unclear": found })))
    }

    /// Counts of the conversations that began from `from` to `to`.
    pub(super) async fn activity(&self, actor: &str, from: Date, to: Date) -> Answered {
        let mut activity = Activity::default();
        let listing = self.archive().newest(COUNTED_MAX, self.now()).await?;
        for summary in listing.conversations {
            let day = self.archive().day(summary.started);
            if day < from || day > to {
                continue;
            }
            if let Some((held, turns)) = self.shown(summary.id).await? {
                activity.add(day, &held, &turns);
            }
        }
        let deed = self.deed(actor, Action::Reported);
        self.enter(deed.with("counted", activity.conversations))
            .await?;
        let text = format!("{} conversations\n", activity.conversations);
        Ok(Reply::done(text).with(activity))
    }

    /// A conversation, if it may be shown and can be read.
    async fn shown(
        &self,
        id: crate::transcripts::record::ConversationId,
    ) -> Result<Option<(Held, Vec<TurnRecord>)>, ArchiveError> {
        match self.archive().served(id, self.now()).await {
            // `cece transcripts verify` names what cannot be read.
            Err(ArchiveError::Expired { .. } | ArchiveError::Unreadable { .. }) => Ok(None),
            read => read,
        }
    }
}
