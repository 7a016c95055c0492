//! What goes when: holds, the sweeper, reviews, the signature of the register, the report of what is held.

use super::{AUDIT_CLASS, Answered, Office, OfficeError, Reply};
use crate::transcripts::StoreError;
use crate::transcripts::archive::{
    ArchiveError, Disposition, Hold, HoldId, Scope, Sweep, SweepPlan,
};
use crate::transcripts::audit::{Action, Cut};
use crate::transcripts::holdings::Holdings;
use crate::transcripts::retention::ClassName;
use crate::transcripts::signature::{self, Signatory};
use jiff::civil::Date;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::sync::Arc;

impl Office {
    pub(super) async fn hold_add(
        &self,
        actor: &str,
        on: (Option<&str>, Option<&str>),
        why: (&str, &str),
        review: Date,
    ) -> Answered {
        let (scope, deed) = match on {
            (Some(reference), None) => {
                let id = self.conversation(reference).await?;
                let reference = reference.to_owned();
                let deed = self.about(actor, Action::HoldAdded, &reference);
                (Scope::Conversation { id, reference }, deed)
            }
            (None, Some(class)) => {
                let class = self.record_class(class)?;
                let deed = self.deed(actor, Action::HoldAdded).with("class", &class);
                (Scope::Class(class), deed)
            }
            (Some(_), Some(_)) | (None, None) => {
                return Err(OfficeError::Refused(
                    "a hold is on one conversation or on one record class: name one of the two"
                        .into(),
                ));
            }
        };
        // Reasons may name people: the log gets none.
        self.enter(deed.with("review", review)).await?;
        let hold = self
            .archive()
            .add_hold(scope, why, review, self.now())
            .await?;
        let text = format!(
            "hold {} is laid: {}; nothing of it goes until it is released",
            hold.id,
            hold_words(&hold)
        );
        Ok(Reply::done(text).with(hold_data(&hold)))
    }

    /// The record class of this name, which the register must have.
    pub(super) fn record_class(&self, name: &str) -> Result<ClassName, OfficeError> {
        let class = ClassName::new(name);
        let register = self.archive().register();
        if register.rows.contains_key(&class) {
            return Ok(class);
        }
        let rows: Vec<_> = register.rows.keys().map(ClassName::as_str).collect();
        Err(OfficeError::Refused(format!(
            "the register has no record class `{class}`; it has {}",
            rows.join(", ")
        )))
    }

    pub(super) async fn hold_list(&self, actor: &str) -> Answered {
        let holds = self.archive().holds();
        let deed = self.deed(actor, Action::HoldsListed);
        self.enter(deed.with("holds", holds.len())).await?;
        let today = self.archive().today(self.now());
        let mut text = String::new();
        for hold in holds.iter() {
            let late = if hold.review <= today {
                "  REVIEW IS DUE"
            } else {
                ""
            };
            let _ = writeln!(text, "{}  {}{late}", hold.id, hold_words(hold));
        }
        if holds.is_empty() {
            text.push_str("no holds\n");
        }
        let data: Vec<_> = holds.iter().map(hold_data).collect();
        Ok(Reply::done(text).with(json!({ "holds": data })))
    }

    pub(super) async fn hold_release(&self, actor: &str, id: &str) -> Answered {
        let id: HoldId = id.parse().map_err(OfficeError::Refused)?;
        let deed = self.deed(actor, Action::HoldReleased);
        self.enter(deed.with("hold", id)).await?;
        match self.archive().release_hold(id, self.now()).await? {
            Some(hold) => {
                let text = format!("hold {id} is released: {}", hold_words(&hold));
                Ok(Reply::done(text).with(hold_data(&hold)))
            }
            None => Ok(Reply::refused(format!(
                "there is no hold {id}: `cece hold list` shows those there are"
            ))),
        }
    }

    pub(super) async fn sweep_plan(&self, actor: &str) -> Answered {
        let plan = self
            .archive()
            .plan_sweep(self.breaker(), self.now())
            .await?;
        let deed = self.deed(actor, Action::SweepPlanned);
        self.enter(deed.with("records", plan.records)).await?;
        let standing = self.standing();
        let mut text = plan_words(&plan);
        if !standing.is_signed() {
            let _ = writeln!(text, "{standing}");
        }
        Ok(Reply::done(text).with(&plan))
    }

    pub(super) async fn sweep(&self, actor: &str, expect: Option<u64>) -> Answered {
        let Ok(_alone) = self.sweeping.try_lock() else {
            return Ok(Reply::refused("a sweep is running: wait for it"));
        };
        let standing = self.standing();
        if !standing.is_signed() {
            return Ok(Reply::refused(format!(
                "nothing was destroyed: {standing}\n`cece retention sweep --dry-run` shows what would go"
            )));
        }
        // Entered before anything goes, and what came of it after.
        let deed = self.deed(actor, Action::Swept);
        self.enter(deed.with("outcome", "begun")).await?;
        let (archive, breaker) = (self.archive(), self.breaker());
        let swept = archive.sweep(breaker, expect, actor, self.now()).await?;
        let deed = self.deed(actor, Action::Swept);
        match swept {
            Sweep::Done(done) => {
                let deed = deed
                    .with("outcome", "done")
                    .with("records", done.records)
                    .with("keys", done.keys)
                    .with("held", done.held)
                    .with("review", done.review);
                let deed = done.groups.iter().fold(deed, |deed, group| {
                    let name = format!("{} {:?}", group.class, group.data).to_lowercase();
                    deed.with(&name, group.records)
                });
                self.enter(deed).await?;
                let mut text = disposition_words(&done);
                if let Some(cut) = self.cut_audit().await? {
                    let _ = writeln!(
                        text,
                        "{:>8}  entries were taken out of the audit log in all, up to {}",
                        cut.entries,
                        cut.until.strftime("%Y-%m-%d")
                    );
                }
                Ok(Reply::done(text).with(&done))
            }
            Sweep::TooMany(plan) => {
                let deed = deed
                    .with("outcome", "refused")
                    .with("records", plan.records);
                self.enter(deed).await?;
                let text = format!(
                    "{}nothing was destroyed: {} records would go, and a run may take {} (sweep_records_min and \
                     sweep_multiple_max in cece.toml). If that is right: cece retention sweep --expect {}\n",
                    plan_words(&plan),
                    plan.records,
                    plan.limit,
                    plan.records
                );
                Ok(Reply::refused(text).with(&plan))
            }
        }
    }

    /// Takes out of the audit log what is over by the register.
    async fn cut_audit(&self) -> Result<Option<Cut>, OfficeError> {
        let now = self.now();
        let class = ClassName::new(AUDIT_CLASS);
        let over = self.archive().over_by_making(&class, now);
        let audit = Arc::clone(&self.books.audit);
        let cut = match tokio::task::spawn_blocking(move || audit.cut(over, now)).await {
            Ok(cut) => cut?,
            Err(_) => return Err(StoreError::Closed.into()),
        };
        if let Some(cut) = &cut {
            let deed = self.deed("cece", Action::AuditCut);
            let deed = deed.with("entries", cut.entries).with("until", cut.until);
            self.enter(deed).await?;
            // Over what is left and what is not: from here on the older ones can be compared no more.
            self.checkpoint().await?;
        }
        Ok(cut)
    }

    pub(super) async fn review(&self, actor: &str) -> Answered {
        let waiting = self.archive().to_review(self.now()).await?;
        let deed = self.deed(actor, Action::Listed);
        self.enter(deed.with("to-review", waiting.len())).await?;
        let (mut text, mut data) = (String::new(), Vec::new());
        for (id, tag) in waiting {
            let held = match self.archive().served(id, self.now()).await {
                Ok(Some((held, _))) => held,
                // Gone just now, or `cece transcripts verify` names it.
                Ok(None) | Err(ArchiveError::Unreadable { .. }) => continue,
                Err(error) => return Err(error.into()),
            };
            let due = tag.due.map(|due| due.to_string()).unwrap_or_default();
            let _ = writeln!(
                text,
                "{}  record class {}, period ended {due}",
                held.reference(),
                tag.class
            );
            data.push(json!({"reference": held.reference(), "class": tag.class, "due": tag.due}));
        }
        let _ = writeln!(
            text,
            "{} wait for a person: look with `cece transcripts show`, then `cece retention dispose`, or \
             `cece hold add` to keep one for longer",
            data.len()
        );
        Ok(Reply::done(text).with(json!({ "conversations": data })))
    }

    pub(super) async fn dispose(&self, actor: &str, reference: &str) -> Answered {
        let standing = self.standing();
        if !standing.is_signed() {
            return Ok(Reply::refused(format!("nothing was destroyed: {standing}")));
        }
        let id = self.conversation(reference).await?;
        let deed = self.about(actor, Action::Swept, reference);
        self.enter(deed.with("outcome", "reviewed")).await?;
        match self.archive().dispose(id, actor, self.now()).await? {
            Some(done) => Ok(Reply::done(disposition_words(&done)).with(&done)),
            None => Ok(Reply::refused(format!(
                "{reference} is not due for review, or is on hold: `cece retention review` lists what is"
            ))),
        }
    }

    pub(super) async fn clock_is_right(&self, actor: &str) -> Answered {
        let now = self.now();
        let before = self.archive().today(now);
        let deed = self.deed(actor, Action::ClockTrusted);
        self.enter(deed.with("before", before)).await?;
        let today = self.archive().trust_clock(now).await?;
        Ok(Reply::done(format!(
            "today is {today}; what is over is what is over today, and no more by {before}"
        )))
    }

    pub(super) async fn sign(&self, actor: &str, by: String, role: String) -> Answered {
        let path = &self.config.register;
        let text = std::fs::read_to_string(path)
            .map_err(|error| OfficeError::Refused(format!("{}: {error}", path.display())))?;
        let read = crate::transcripts::retention::Register::parse(&text, path)
            .map_err(|faults| OfficeError::Refused(faults.to_string()))?;
        if read.version != self.archive().register().version {
            return Err(OfficeError::Refused(
                "the register in use is an older version of the file: run `cece reload`, then sign"
                    .into(),
            ));
        }
        let signatory = Signatory {
            by,
            role,
            at: self.now(),
        };
        let (_, _, signer) = self.books.audit.places();
        let note = signature::sign(&text, &signatory, signer)
            .map_err(|error| OfficeError::Refused(error.to_string()))?;
        let deed = self.deed(actor, Action::RegisterSigned);
        let deed = deed.with("by", &signatory.by).with("role", &signatory.role);
        self.enter(deed).await?;
        let beside = signature::beside(path);
        std::fs::write(&beside, note)
            .map_err(|error| OfficeError::Refused(format!("{}: {error}", beside.display())))?;
        let text = format!(
            "version {} of {} is signed by {signatory}; the signature is in {}",
            read.version,
            path.display(),
            beside.display()
        );
        let data = json!({
            "version": read.version,
            "by": signatory.by,
            "role": signatory.role,
            "at": signatory.at,
            "file": beside,
        });
        Ok(Reply::done(text).with(data))
    }

    pub(super) async fn retention_report(&self, actor: &str) -> Answered {
        self.enter(self.deed(actor, Action::Reported)).await?;
        let archive = self.archive();
        let holdings = Holdings {
            made: self.now(),
            standing: self.standing().to_string(),
            register: archive.register(),
            held: archive.holdings().await?,
            holds: archive.holds().len(),
            dispositions: archive.dispositions().await?,
            counts: archive.counts().await?,
        };
        let data = json!({ "html": holdings.html(), "json": holdings.json() });
        Ok(Reply::done(holdings.words()).with(data))
    }
}

fn hold_words(hold: &Hold) -> String {
    let on = match &hold.scope {
        Scope::Conversation { reference, .. } => format!("conversation {reference}"),
        Scope::Class(class) => format!("everything of record class {class}"),
    };
    format!(
        "on {on}, owner {}, review {}, because: {}",
        hold.owner, hold.review, hold.reason
    )
}

fn hold_data(hold: &Hold) -> Value {
    let (reference, class) = match &hold.scope {
        Scope::Conversation { reference, .. } => (Some(reference), None),
        Scope::Class(class) => (None, Some(class)),
    };
    json!({
        "id": hold.id.to_string(),
        "reference": reference,
        "class": class,
        "owner": hold.owner,
        "reason": hold.reason,
        "review": hold.review,
        "added": hold.added,
    })
}

fn plan_words(plan: &SweepPlan) -> String {
    let mut text = format!(
        "what is over on {} by register {}:\n",
        plan.today, plan.register
    );
    for group in &plan.groups {
        let _ = writeln!(
            text,
            "{:>8}  {} ({}), {}, last days {} to {}",
            group.records,
            group.class,
            format!("{:?}", group.data).to_lowercase(),
            format!("{:?}", group.then).to_lowercase(),
            group.from,
            group.to
        );
    }
    let _ = writeln!(
        text,
        "{:>8}  records in all; {} kept by a hold, {} wait for a person, {} whose key is gone already",
        plan.records, plan.held, plan.review, plan.unreadable
    );
    text
}

fn disposition_words(done: &Disposition) -> String {
    let mut text = String::new();
    for group in &done.groups {
        let _ = writeln!(
            text,
            "{:>8}  {} ({}) {}, last days {} to {}",
            group.records,
            group.class,
            format!("{:?}", group.data).to_lowercase(),
            match group.then {
                crate::transcripts::retention::Disposal::Delete => "deleted",
                crate::transcripts::retention::Disposal::Review => "reviewed and deleted",
                crate::transcripts::retention::Disposal::Anonymise => "made anonymous: counts stay",
            },
            group.from,
            group.to
        );
    }
    let _ = writeln!(
        text,
        "{:>8}  records in all; {} keys destroyed, {} records of others sealed anew; {} kept by a hold, {} wait for a person",
        done.records, done.keys, done.resealed, done.held, done.review
    );
    text
}
