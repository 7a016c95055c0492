//! What is kept in memory of a live conversation, and how a turn moves it on.

use super::{Opening, Session};
use crate::dialogue::{Channel, Event};
use crate::transcripts::keys::{Dek, KekId};
use crate::transcripts::record::{ConversationId, DataClass, Tag, TurnRecord, UsageRecord};
use crate::transcripts::retention::{ClassName, Trigger};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A conversation in the archive: its key, its tags, and where its record has got to. Small: there is
/// one for every live conversation.
#[derive(Debug, Clone)]
pub struct Held {
    pub(super) id: ConversationId,
    pub(super) reference: String,
    pub(super) started: Timestamp,
    pub(super) session: Session,
    pub(super) tags: Tags,
    pub(super) kek: KekId,
    pub(super) dek: Dek,
    pub(super) usage: UsageRecord,
    pub(super) last: Timestamp,
    pub(super) next_seq: u64,
    pub(super) turns: u64,
    pub(super) noted: Noted,
}

/// What was noted after it, and moves last days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted {
    /// The day on which its case was closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case_closed: Option<Date>,
    /// The day on which consent was withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent_withdrawn: Option<Date>,
}

impl Noted {
    pub(super) fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// The tags of a conversation's data, one a data class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tags {
    /// Of what was said and decided.
    pub conversation: Tag,
    /// Of time, duration, frequency.
    pub usage: Tag,
    /// Of address, browser, device.
    pub technical: Tag,
}

impl Tags {
    /// The tag of a data class.
    #[must_use]
    pub fn of(&self, class: DataClass) -> &Tag {
        match class {
            DataClass::Conversation => &self.conversation,
            DataClass::Usage => &self.usage,
            DataClass::Technical => &self.technical,
        }
    }

    fn follow_activity(&self) -> bool {
        [&self.conversation, &self.usage, &self.technical]
            .iter()
            .any(|tag| tag.keep_from.contains(&Trigger::LastActivity))
    }
}

impl Held {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> ConversationId {
        self.id
    }

    /// The resident's reference code, as it was given.
    #[must_use]
    pub fn reference(&self) -> &str {
        &self.reference
    }

    /// Its session.
    #[must_use]
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Its tags.
    #[must_use]
    pub fn tags(&self) -> &Tags {
        &self.tags
    }

    /// Number of the next turn's first entry.
    #[must_use]
    pub fn next_seq(&self) -> u64 {
        self.next_seq
    }

    /// When it was closed.
    #[must_use]
    pub fn closed(&self) -> Option<Timestamp> {
        self.usage.closed
    }

    /// Usage data as it stands now; the archive's record of it is written as tags change.
    #[must_use]
    pub fn usage(&self) -> &UsageRecord {
        &self.usage
    }

    pub(super) fn new(opening: &Opening, dek: Dek, kek: KekId, tags: Tags) -> Self {
        Self {
            id: opening.id,
            reference: opening.reference.clone(),
            started: opening.at,
            session: opening.session.clone(),
            tags,
            kek,
            dek,
            usage: UsageRecord {
                channel: opening.channel,
                started: opening.at,
                closed: None,
                messages: 0,
                outcomes: Vec::new(),
                departments: Vec::new(),
            },
            last: opening.at,
            next_seq: 1,
            turns: 0,
            noted: Noted::default(),
        }
    }

    /// What was noted after it.
    #[must_use]
    pub fn noted(&self) -> Noted {
        self.noted
    }

    /// When it began.
    #[must_use]
    pub fn started(&self) -> Timestamp {
        self.started
    }

    pub(super) fn channel(&self) -> Channel {
        self.usage.channel
    }

    /// Whether `turn` may change tags, and so more than its own key has to be written.
    pub(super) fn is_retagged_by(&self, turn: &TurnRecord, new_day: impl FnOnce() -> bool) -> bool {
        let decides = |event: &Event| {
            matches!(event, Event::Retagged { .. }) || matches!(event, Event::Closed { .. })
        };
        turn.events.iter().any(decides) || (self.tags.follow_activity() && new_day())
    }

    /// Takes a turn into account that is recorded now.
    pub(super) fn follow(&mut self, turn: &TurnRecord) {
        for event in &turn.events {
            match event {
                Event::Heard { .. } | Event::Chose { .. } | Event::Pressed { .. } => {
                    self.usage.messages += 1;
                }
                Event::Settled { outcome, .. } => self.usage.outcomes.push(*outcome),
                Event::Redirected(to) => {
                    if !self.usage.departments.contains(&to.department) {
                        self.usage.departments.push(to.department.clone());
                    }
                }
                Event::Closed { .. } => {
                    self.usage.closed.get_or_insert(turn.at);
                }
                Event::Started { .. }
                | Event::Silent
                | Event::NotRecognised
                | Event::Interrupted { .. }
                | Event::LanguageChanged { .. }
                | Event::TimedOut
                | Event::OfficerJoined { .. }
                | Event::OfficerLeft
                | Event::EndRequested
                | Event::Failed { .. }
                | Event::Language { .. }
                | Event::Understood { .. }
                | Event::Warned { .. }
                | Event::Exempted { .. }
                | Event::IntentTaken { .. }
                | Event::NeedKept { .. }
                | Event::SlotFilled { .. }
                | Event::SlotSkipped { .. }
                | Event::SlotCleared { .. }
                | Event::FormKept { .. }
                | Event::Restarted
                | Event::Waiting { .. }
                | Event::Retagged { .. }
                | Event::Said { .. } => {}
            }
        }
        self.last = turn.at;
        self.next_seq = turn.next_seq();
        self.turns += 1;
    }
}

/// The record class that a turn changes the conversation to; the last one, if several.
pub(super) fn retagged(turn: &TurnRecord) -> Option<&ClassName> {
    turn.events.iter().rev().find_map(|event| {
        if let Event::Retagged { class, .. } = event {
            Some(class)
        } else {
            None
        }
    })
}
