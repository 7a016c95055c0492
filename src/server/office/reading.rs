//! Looking at what is kept: lists, one conversation, whether all is whole, and the audit log itself.

use super::{Answered, Office, Reply, Request};
use crate::transcripts::StoreError;
use crate::transcripts::audit::{self, Action};
use crate::transcripts::report;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

impl Office {
    /// Requests that change nothing.
    pub(super) async fn look(&self, actor: &str, request: Request) -> Answered {
        if let Request::List { limit } = request {
            return self.list(actor, limit).await;
        }
        if let Request::Show { reference } = request {
            return self.show(actor, &reference).await;
        }
        if let Request::AuditVerify { against } = request {
            return self.audit_verify(actor, against).await;
        }
        if let Request::AuditList { limit, reference } = request {
            return self.audit_list(limit, reference.as_deref()).await;
        }
        if matches!(request, Request::Verify) {
            return self.verify(actor).await;
        }
        if matches!(request, Request::AuditKey) {
            return Ok(Reply::done(self.books.verifier.text()));
        }
        Ok(Reply::refused(
            "no server is running: start it with `cece serve`",
        ))
    }

    async fn list(&self, actor: &str, limit: usize) -> Answered {
        let (text, shown) = report::list(self.archive(), limit, self.now()).await?;
        let deed = self.deed(actor, Action::Listed);
        self.enter(deed.with("conversations", shown.len())).await?;
        let data: Vec<Value> = shown
            .iter()
            .map(|one| {
                json!({
                    "reference": one.reference,
                    "channel": one.channel,
                    "started": one.started,
                    "last": one.last,
                    "turns": one.turns,
                    "class": one.class,
                    "due": one.due,
                    "closed": one.closed,
                    "departments": one.departments,
                })
            })
            .collect();
        Ok(Reply::done(text).with(json!({ "conversations": data })))
    }

    async fn show(&self, actor: &str, reference: &str) -> Answered {
        let id = self.conversation(reference).await?;
        let deed = self.about(actor, Action::Looked, reference);
        // Entered first: a look that is not in the log does not happen.
        self.enter(deed).await?;
        let archive = self.archive();
        let Some((held, turns)) = archive.served(id, self.now()).await? else {
            return Ok(Reply::refused(format!("conversation {reference} is gone")));
        };
        let notes = archive.notes(&held).await?;
        let tags = held.tags();
        let data = json!({
            "reference": held.reference(),
            "started": held.started(),
            "closed": held.closed(),
            "tags": { "conversation": tags.conversation, "usage": tags.usage, "technical": tags.technical },
            "holds": archive.holds_on(id, &tags.conversation).iter().map(|hold| hold.id.to_string()).collect::<Vec<_>>(),
            "turns": turns.iter().map(shown).collect::<Vec<_>>(),
            "notes": notes,
        });
        Ok(Reply::done(report::show(&held, &turns, &notes)).with(data))
    }

    async fn verify(&self, actor: &str) -> Answered {
        let found = self.archive().verify().await?;
        let deed = self.deed(actor, Action::Verified);
        let deed = deed.with("conversations", found.conversations);
        self.enter(deed.with("faults", found.faults.len())).await?;
        let mut text = String::new();
        for fault in &found.faults {
            let _ = writeln!(text, "fault: {fault}");
        }
        let _ = writeln!(
            text,
            "{} conversations and {} turns are whole; {} faults",
            found.conversations,
            found.turns,
            found.faults.len()
        );
        let data = json!({
            "conversations": found.conversations,
            "turns": found.turns,
            "faults": found.faults,
        });
        let mut reply = Reply::done(text).with(data);
        reply.ok = found.faults.is_empty();
        Ok(reply)
    }

    async fn audit_verify(&self, actor: &str, against: Option<PathBuf>) -> Answered {
        let books = Arc::clone(&self.books.audit);
        let verifier = self.books.verifier.clone();
        let check = move || {
            let (log, checkpoints, _) = books.places();
            audit::verify(log, checkpoints, against.as_deref(), &verifier)
        };
        let found = match tokio::task::spawn_blocking(check).await {
            Ok(found) => found?,
            Err(_) => return Err(StoreError::Closed.into()),
        };
        let deed = self.deed(actor, Action::AuditVerified);
        self.enter(deed.with("faults", found.faults.len())).await?;
        Ok(audit_words(&found))
    }

    async fn audit_list(&self, limit: usize, reference: Option<&str>) -> Answered {
        let books = Arc::clone(&self.books.audit);
        let object = reference.map(|reference| self.archive().audit_object(reference));
        let read = move || books.entries(limit, |entry| object.is_none() || entry.object == object);
        let entries = match tokio::task::spawn_blocking(read).await {
            Ok(entries) => entries?,
            Err(_) => return Err(StoreError::Closed.into()),
        };
        let mut text = String::new();
        for entry in &entries {
            let detail: Vec<String> = entry
                .detail
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            let _ = writeln!(
                text,
                "{:>6}  {}  {:<20} {:<16} {} {}",
                entry.seq,
                entry.at.strftime("%Y-%m-%d %H:%M:%S"),
                entry.actor,
                entry.action.name(),
                entry.object.as_deref().unwrap_or("-"),
                detail.join(" ")
            );
        }
        if entries.is_empty() {
            text.push_str("no entries\n");
        }
        Ok(Reply::done(text).with(json!({ "entries": entries })))
    }
}

/// What a check of the audit log found, in words.
#[must_use]
pub fn audit_words(found: &audit::AuditVerification) -> Reply {
    let mut text = String::new();
    for fault in &found.faults {
        let _ = writeln!(text, "fault: {fault}");
    }
    let _ = writeln!(
        text,
        "{} entries, {} checkpoints agree, the newest of them over the first {} entries; {} faults",
        found.entries,
        found.checkpoints,
        found.covered,
        found.faults.len()
    );
    let data = json!({
        "entries": found.entries,
        "checkpoints": found.checkpoints,
        "covered": found.covered,
        "faults": found.faults,
    });
    let mut reply = Reply::done(text).with(data);
    reply.ok = found.faults.is_empty();
    reply
}

/// A turn for a machine: what was said, with a slot's value covered.
fn shown(turn: &crate::transcripts::record::TurnRecord) -> Value {
    json!({ "seq": turn.seq, "at": turn.at, "entries": report::lines(turn) })
}
