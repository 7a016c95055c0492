//! Looking at what is kept: lists, one conversation, whether all is whole, and the audit log itself.

use super::{AUDIT_CLASS, Answered, Office, Reply, Request};
use crate::transcripts::StoreError;
use crate::transcripts::audit::{self, Action, Entry};
use crate::transcripts::report;
use crate::transcripts::retention::ClassName;
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
            return self.audit_list(actor, limit, reference.as_deref()).await;
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
        let listing = self.archive().newest(limit, self.now()).await?;
        let (text, shown) = (report::list(&listing), listing.conversations);
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
            "holds": archive.holds_on(id, &tags.conversation.class).iter().map(|hold| hold.id.to_string()).collect::<Vec<_>>(),
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

    async fn audit_list(&self, actor: &str, limit: usize, reference: Option<&str>) -> Answered {
        let books = Arc::clone(&self.books.audit);
        let object = reference.map(|reference| self.archive().audit_object(reference));
        let mut deed = self.deed(actor, Action::AuditListed);
        deed.object.clone_from(&object);
        let class = ClassName::new(AUDIT_CLASS);
        let over = self.archive().over_by_making(&class, self.now());
        let wanted =
            move |entry: &Entry| (object.is_none() || entry.object == object) && !over(entry.at);
        let read = move || books.entries(limit, wanted);
        let entries = match tokio::task::spawn_blocking(read).await {
            Ok(entries) => entries?,
            Err(_) => return Err(StoreError::Closed.into()),
        };
        self.enter(deed.with("entries", entries.len())).await?;
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
    if let Some(cut) = &found.cut {
        let _ = writeln!(
            text,
            "entries 1 to {}, the last of {}, were taken out on {} after their time; {} checkpoints are of nothing else",
            cut.entries,
            cut.until.strftime("%Y-%m-%d"),
            cut.at.strftime("%Y-%m-%d"),
            found.older
        );
    }
    let data = json!({
        "entries": found.entries,
        "cut": found.cut.as_ref().map(|cut| json!({
            "entries": cut.entries, "until": cut.until, "at": cut.at,
        })),
        "older_checkpoints": found.older,
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
