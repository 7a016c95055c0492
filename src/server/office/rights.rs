//! What a person may ask of the council about their data: to find, hand out, correct, erase, withdraw; and
//! what becomes known of a conversation after it.

use super::{Answered, Known, Office, OfficeError, Reply, Shelves};
use crate::engine::bundle::screened;
use crate::transcripts::archive::{ArchiveError, Held, Identifier, Note, Receipt};
use crate::transcripts::audit::Action;
use crate::transcripts::export::Export;
use crate::transcripts::record::{ConversationId, DataClass, TurnRecord};
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde_json::json;
use std::fmt::Write as _;

impl Office {
    pub(super) async fn find(&self, actor: &str, by: &Known) -> Answered {
        let ids = self.known(by).await?;
        let deed = self.deed(actor, Action::Searched);
        let deed = deed.with("by", kind(by)).with("found", ids.len());
        self.enter(deed).await?;
        let (mut text, mut data) = (String::new(), Vec::new());
        for id in ids {
            match self.archive().served(id, self.now()).await {
                Ok(Some((held, _))) => {
                    let tag = &held.tags().conversation;
                    let due = tag
                        .due
                        .map_or_else(|| "open".to_owned(), |due| due.to_string());
                    let _ = writeln!(
                        text,
                        "{}  begun {}, record class {}, kept until {due}",
                        held.reference(),
                        held.started().strftime("%Y-%m-%d"),
                        tag.class
                    );
                    data.push(json!({
                        "reference": held.reference(),
                        "started": held.started(),
                        "class": tag.class,
                        "due": tag.due,
                    }));
                }
                Ok(None) | Err(ArchiveError::Expired { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        let _ = writeln!(text, "{} conversations", data.len());
        if data.is_empty() {
            text.push_str(
                "only what a form asked for can be found by; what residents wrote unasked was redacted and never kept\n",
            );
        }
        let mut reply = Reply::done(text).with(json!({ "conversations": data }));
        reply.ok = reply.data["conversations"] != json!([]);
        Ok(reply)
    }

    pub(super) async fn export(&self, actor: &str, reference: &str) -> Answered {
        let (held, turns) = self.read(reference).await?;
        self.enter(self.about(actor, Action::Exported, reference))
            .await?;
        let archive = self.archive();
        let export = Export {
            made: self.now(),
            notes: archive.notes(&held).await?,
            usage: archive.served_usage(&held, self.now()).await?,
            technical: archive.served_technical(&held, self.now()).await?,
            register: archive.register(),
            held,
            turns,
        };
        let data = json!({ "html": export.html(), "json": export.json() });
        let text = format!("everything that is held under {}", export.held.reference());
        Ok(Reply::done(text).with(data))
    }

    pub(super) async fn correct(
        &self,
        actor: &str,
        reference: &str,
        entry: u64,
        text: String,
    ) -> Answered {
        let (held, _) = self.read(reference).await?;
        let text = screened(&self.detector, text);
        let deed = self.about(actor, Action::Corrected, reference);
        self.enter(deed.with("entry", entry)).await?;
        let note = Note::Corrected {
            seq: entry,
            text: text.clone(),
        };
        self.archive().note(&held, note, actor, self.now()).await?;
        let reply = Reply::done(format!(
            "entry {entry} of {} is superseded by: {text}\nWhat was recorded first stays as evidence, marked as corrected.",
            held.reference()
        ));
        Ok(reply.with(json!({ "reference": held.reference(), "entry": entry, "text": text })))
    }

    pub(super) async fn case_closed(
        &self,
        actor: &str,
        reference: &str,
        on: Option<Date>,
    ) -> Answered {
        let on = on.unwrap_or_else(|| self.archive().today(self.now()));
        let (held, _) = self.read(reference).await?;
        let deed = self.about(actor, Action::CaseClosed, reference);
        self.enter(deed.with("on", on)).await?;
        let note = Note::CaseClosed { on };
        let held = self.archive().note(&held, note, actor, self.now()).await?;
        Ok(tagged(&held, "the case was closed"))
    }

    pub(super) async fn retag(
        &self,
        actor: &str,
        reference: &str,
        class: &str,
        reason: String,
    ) -> Answered {
        let class = self.record_class(class)?;
        let (held, _) = self.read(reference).await?;
        let deed = self.about(actor, Action::Retagged, reference);
        let deed = deed.with("before", &held.tags().conversation.class);
        self.enter(deed.with("class", &class)).await?;
        let reason = screened(&self.detector, reason);
        let note = Note::Retagged { class, reason };
        let held = self.archive().note(&held, note, actor, self.now()).await?;
        Ok(tagged(&held, "it is of another record class"))
    }

    pub(super) async fn withdraw(&self, actor: &str, by: &Known) -> Answered {
        let ids = self.known(by).await?;
        let deed = self.deed(actor, Action::Withdrawn);
        let deed = deed.with("by", kind(by)).with("conversations", ids.len());
        self.enter(deed).await?;
        let (archive, now) = (self.archive(), self.now());
        let mut text = String::new();
        if let Some(identifier) = identifier(by)? {
            archive.opt_out(&identifier, now).await?;
            text.push_str("no survey will be sent to this person again, in any channel\n");
        }
        let mut changed = Vec::new();
        for id in ids {
            let held = match archive.served(id, now).await {
                Ok(Some((held, _))) => held,
                Ok(None) | Err(ArchiveError::Expired { .. }) => continue,
                Err(error) => return Err(error.into()),
            };
            let tag = &held.tags().conversation;
            let consents = archive.register().rows.get(&tag.class).is_some_and(|row| {
                row.keep_from
                    .contains(&crate::transcripts::retention::Trigger::ConsentWithdrawn)
            });
            let note = Note::ConsentWithdrawn {
                on: archive.today(now),
            };
            let next = archive.note(&held, note, actor, now).await?;
            let due = next.tags().conversation.due;
            let due = due.map_or_else(|| "a day not known yet".to_owned(), |due| due.to_string());
            if consents {
                let _ = writeln!(text, "{}: kept until {due} now", held.reference());
            } else {
                let _ = writeln!(
                    text,
                    "{}: consent is not why it is kept ({}), so it stays until {due}; `cece subject erase` asks for erasure",
                    held.reference(),
                    tag.basis
                );
            }
            changed.push(json!({
                "reference": held.reference(),
                "rested_on_consent": consents,
                "due": next.tags().conversation.due,
            }));
        }
        if text.is_empty() {
            text.push_str("nothing is held that this concerns\n");
        }
        Ok(Reply::done(text).with(json!({ "conversations": changed })))
    }

    pub(super) async fn erase(&self, actor: &str, reference: &str) -> Answered {
        let id = self.conversation(reference).await?;
        self.enter(self.about(actor, Action::EraseOrdered, reference))
            .await?;
        // Nobody takes it up again until it is gone, or is known to be kept.
        let parted = match &self.shelves {
            Shelves::Engine(engine) => Some(engine.part_with(id).await),
            Shelves::Archive(_) => None,
        };
        let ledger = &self.books.ledger;
        let receipt = self.archive().erase(id, ledger, self.now()).await?;
        drop(parted);
        let Some(receipt) = receipt else {
            return Ok(Reply::refused(format!("conversation {reference} is gone")));
        };
        let action = if receipt.number.is_some() {
            Action::Erased
        } else {
            Action::EraseRefused
        };
        let mut deed = self.about(actor, action, reference);
        deed = deed.with("erased", names(&receipt.erased));
        deed = deed.with("kept", receipt.kept.len());
        if let Some(number) = &receipt.number {
            deed = deed
                .with("receipt", number)
                .with("keys", receipt.keys.join(","));
        }
        self.enter(deed).await?;
        Ok(self.receipt(reference, &receipt))
    }

    fn receipt(&self, reference: &str, receipt: &Receipt) -> Reply {
        let mut text = String::new();
        let day = self.archive().today(receipt.at);
        let backups = day.saturating_add(i64::from(self.config.backup_keep_days).days());
        if let Some(number) = &receipt.number {
            let _ = writeln!(text, "ERASURE RECEIPT {number}");
            let _ = writeln!(text, "conversation: {reference}");
            let _ = writeln!(
                text,
                "when:         {}",
                receipt.at.strftime("%Y-%m-%d %H:%M:%S UTC")
            );
            let _ = writeln!(text, "erased:       {}", names(&receipt.erased));
            let _ = writeln!(text, "keys destroyed: {}", receipt.keys.join(", "));
            let _ = writeln!(
                text,
                "backups:      with the keys that were backed up beside them, backups made before now can be \
                 opened until they are thrown away, by {backups} at the latest; restoring one erases this again \
                 before it serves"
            );
        }
        for (class, why) in &receipt.kept {
            let _ = writeln!(text, "kept:         {}: {why}", name(*class));
        }
        let data = json!({
            "receipt": receipt.number,
            "reference": reference,
            "at": receipt.at,
            "erased": receipt.erased,
            "kept": receipt.kept.iter().map(|(class, why)| json!({"data": class, "why": why})).collect::<Vec<_>>(),
            "keys": receipt.keys,
            "backups_until": receipt.number.as_ref().map(|_| backups),
        });
        let mut reply = Reply::done(text).with(data);
        reply.ok = receipt.number.is_some() && receipt.kept.is_empty();
        reply
    }

    async fn read(&self, reference: &str) -> Result<(Held, Vec<TurnRecord>), OfficeError> {
        let id = self.conversation(reference).await?;
        let read = self.archive().served(id, self.now()).await?;
        read.ok_or_else(|| OfficeError::Refused(format!("conversation {reference} is gone")))
    }

    async fn known(&self, by: &Known) -> Result<Vec<ConversationId>, OfficeError> {
        if let Known::Reference(reference) = by {
            return Ok(self.archive().find(reference).await?.into_iter().collect());
        }
        match identifier(by)? {
            Some(identifier) => Ok(self.archive().find_subject(&identifier).await?),
            None => Ok(Vec::new()),
        }
    }
}

fn identifier(by: &Known) -> Result<Option<Identifier>, OfficeError> {
    let (read, what) = match by {
        Known::Reference(_) => return Ok(None),
        Known::Phone(text) => (Identifier::phone(text), "a telephone number"),
        Known::Email(text) => (Identifier::email(text), "an e-mail address"),
        Known::Person { name, born } => (
            Identifier::person(name, born),
            "a name and a date of birth like 1985-03-07",
        ),
    };
    // The value is not repeated: it may be personal, and this may be logged by who asked.
    read.map(Some)
        .ok_or_else(|| OfficeError::Refused(format!("what was given is not {what}")))
}

fn kind(by: &Known) -> &'static str {
    match by {
        Known::Reference(_) => "reference",
        Known::Phone(_) => "phone",
        Known::Email(_) => "email",
        Known::Person { .. } => "person",
    }
}

fn tagged(held: &Held, what: &str) -> Reply {
    let tag = &held.tags().conversation;
    let due = tag
        .due
        .map_or_else(|| "a day not known yet".to_owned(), |due| due.to_string());
    let text = format!(
        "{}: {what}; record class {}, kept until {due}",
        held.reference(),
        tag.class
    );
    Reply::done(text).with(json!({
        "reference": held.reference(),
        "class": tag.class,
        "due": tag.due,
    }))
}

fn names(classes: &[DataClass]) -> String {
    let names: Vec<_> = classes.iter().map(|class| name(*class)).collect();
    names.join(", ")
}

fn name(class: DataClass) -> &'static str {
    match class {
        DataClass::Conversation => "what was said and decided",
        DataClass::Usage => "usage data",
        DataClass::Technical => "technical data",
    }
}
