//! What is posted becomes a turn, and what is recorded becomes activities.

use super::DirectLine;
use super::activity::{self, Activity, Incoming};
use super::refusal::Refusal;
use crate::engine::{Hold, TurnIn};
use axum::body::Bytes;
use axum::http::StatusCode;
use serde::Serialize;

/// What was said, and how far it goes.
#[derive(Serialize)]
pub(crate) struct Activities {
    activities: Vec<Activity>,
    watermark: String,
    /// The number that the watermark writes out.
    #[serde(skip)]
    pub(super) last: u64,
}

impl Activities {
    /// Whether the conversation ends with them.
    pub(super) fn is_end(&self) -> bool {
        self.activities.iter().any(Activity::is_end)
    }
}

impl DirectLine {
    /// What the log holds after the number `after`.
    pub(super) async fn read(
        &self,
        live: &Hold,
        user: Option<&str>,
        after: u64,
    ) -> Result<Activities, Refusal> {
        let id = live.id();
        let turns = self.gate.engine.replay(live, after + 1).await;
        let turns = turns.map_err(|cause| {
            tracing::error!(conversation.id = %id, error = %cause, "no replay");
            Refusal::unavailable("the conversation cannot be read now: ask again in a moment")
        })?;
        let bundle = self.gate.engine.bundle();
        let mut activities = Vec::new();
        let mut last = after;
        for turn in &turns {
            let posted = self.desk.posted_as(id, turn.seq);
            let posted = posted.as_deref();
            activities.extend(activity::of_turn(turn, id, after, user, posted, &bundle));
            last = last.max(turn.next_seq() - 1);
        }
        Ok(Activities {
            activities,
            watermark: last.to_string(),
            last,
        })
    }

    /// Takes an activity as a turn; its id.
    pub(super) async fn take(
        &self,
        live: &Hold,
        user: Option<&str>,
        body: &Bytes,
    ) -> Result<String, Refusal> {
        // The parser's own message may quote what was sent, so it goes nowhere.
        let incoming: Incoming = serde_json::from_slice(body)
            .map_err(|_| Refusal::bad("this is no activity: it needs a type, and from.id"))?;
        let from = incoming.from().to_owned();
        if from.starts_with("dl_") && user.is_some_and(|user| user != from) {
            let words = "from.id is not the user that this token was made for";
            return Err(Refusal::new(StatusCode::FORBIDDEN, "BadArgument", words));
        }
        let client_id = incoming.client_id();
        let kind = incoming.into_turn(|| self.gate.engine.stir(live));
        let Some(kind) = kind.map_err(Refusal::bad)? else {
            return Ok(activity::silent_id(live.id()));
        };
        // One activity at a time in a conversation, so that one sent twice finds its first answer.
        let mut posts = self.desk.posts(live.id()).lock_owned().await;
        if let Some(seq) = client_id.as_deref().and_then(|id| posts.known(id)) {
            return Ok(activity::id(live.id(), seq));
        }
        if let Err(wait_ms) = self.gate.admit_turn(live.id()) {
            return Err(Refusal::too_many("messages at once", wait_ms));
        }
        // Told before the turn is taken, since the stream reads the log the moment that it is.
        let next = live.follow().borrow().head_seq + 1;
        posts.remember(next, client_id, from);
        self.desk.publish(live.id(), &posts);
        let turn = TurnIn {
            client_seq: None,
            epoch: None,
            kind,
        };
        let taken = self.gate.engine.turn(live, turn).await;
        match &taken {
            Ok(out) => posts.moved(next, out.record.seq),
            Err(_) => posts.forget(next),
        }
        self.desk.publish(live.id(), &posts);
        match taken {
            Ok(out) => Ok(activity::id(live.id(), out.record.seq)),
            Err(error) => Err(Refusal::turn(live, &error)),
        }
    }
}
