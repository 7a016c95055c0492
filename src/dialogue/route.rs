//! Who takes it: departments by their hours, hand-over to a person, danger, reports.
//!
//! Every one of these is announced with the department's name, whether it is open, and when it
//! opens if it is not. On the phone a transfer to a department is agreed first; one to a person is
//! not, since it was asked for or is the last resort.

use super::collect::SHOWN_CHARS_MAX;
use super::turn::Turn;
use super::{Event, Outcome, Redirection, Wait};
use crate::content::{Intent, OutOfHoursAction, Phrase};
use crate::departments::{Department, DepartmentName, OpenStatus, moment_in_words};
use crate::nlu::IntentName;

/// The longest summary in characters.
const SUMMARY_CHARS_MAX: usize = 1000;

/// A department at this moment.
pub(super) struct Desk<'a> {
    department: &'a Department,
    is_open: bool,
    /// When it opens, in words; empty while it is open.
    opens: String,
}

impl<'a> Turn<'a> {
    fn desk(&self, name: &DepartmentName) -> Option<Desk<'a>> {
        let department = self.assistant.departments.get(name)?;
        let council = &self.assistant.council;
        let status = department
            .hours
            .status(self.now, &council.time_zone, &council.holidays);
        let (is_open, opens) = match status {
            OpenStatus::Open { .. } => (true, String::new()),
            OpenStatus::Closed { opens: Some(at) } => {
                (false, moment_in_words(&at, self.now, self.locale()))
            }
            OpenStatus::Closed { opens: None } => (false, department.hours.in_words(self.locale())),
        };
        Some(Desk {
            department,
            is_open,
            opens,
        })
    }

    pub(super) fn department_title(&self, name: &DepartmentName) -> String {
        self.assistant
            .departments
            .get(name)
            .map_or_else(String::new, |department| department.title.to_string())
    }

    /// The desk that takes urgent matters while `desk` is closed.
    fn urgent_desk(&self, desk: Desk<'a>) -> Desk<'a> {
        if desk.is_open {
            return desk;
        }
        let out_of_hours = &desk.department.out_of_hours;
        let emergency = &self.assistant.council.emergency;
        self.desk(out_of_hours.urgent_to.as_ref().unwrap_or(emergency))
            .unwrap_or(desk)
    }

    fn out_of_hours(&self) -> OutOfHoursAction {
        let form = self.state.form.as_ref();
        form.and_then(|form| self.intent(&form.intent))
            .map_or(OutOfHoursAction::Same, |intent| intent.out_of_hours)
    }

    /// Takes the present need to `department`, or to its urgent line where the need cannot wait.
    pub(super) fn route(&mut self, department: &DepartmentName) {
        let Some(desk) = self.desk(department) else {
            return self.hand_over(Phrase::Person);
        };
        let urgent = !desk.is_open && self.out_of_hours() == OutOfHoursAction::Urgent;
        let desk = if urgent { self.urgent_desk(desk) } else { desk };
        if self.is_phone() && desk.is_open {
            self.wait(Wait::Transfer {
                department: desk.department.name.clone(),
                urgent,
            });
            return self.repeat_question("");
        }
        self.redirect_need(&desk, urgent);
        self.next();
    }

    /// The caller agreed to the transfer.
    pub(super) fn put_through(&mut self, department: &DepartmentName, urgent: bool) {
        let Some(desk) = self.desk(department) else {
            return self.hand_over(Phrase::Person);
        };
        self.redirect_need(&desk, urgent);
        if desk.is_open {
            // The call goes now; what is said after it would not be heard.
            self.wait(Wait::Else);
        } else {
            self.next();
        }
    }

    /// The caller would rather not be put through.
    pub(super) fn stay(&mut self) {
        if self.state.form.is_some() {
            self.settle(Outcome::Answered);
        }
        self.next();
    }

    fn redirect_need(&mut self, desk: &Desk, urgent: bool) {
        let form = self.state.form.clone();
        let reason = form.as_ref().map_or_else(
            || desk.department.handles.to_string(),
            |form| self.title(&form.intent),
        );
        if desk.is_open {
            self.say_phrase(
                Phrase::RedirectOpen,
                &[("department", &desk.department.title), ("reason", &reason)],
            );
        } else {
            self.say_phrase(
                Phrase::RedirectClosed,
                &[
                    ("department", &desk.department.title),
                    ("opens", &desk.opens),
                ],
            );
            self.say_out_of_hours(desk);
        }
        let summary = form.map_or_else(String::new, |form| {
            self.slots_in_words(&form, false, SHOWN_CHARS_MAX)
        });
        self.redirect(desk, reason, summary, urgent, desk.is_open);
        self.settle(Outcome::Redirected);
    }

    fn say_out_of_hours(&mut self, desk: &Desk) {
        self.say(desk.department.out_of_hours.text.get(self.locale()));
    }

    /// A person, now: of the department it is about, or of the switchboard where nothing was named
    /// or only the switchboard is open. `why` is said first, where it was not simply asked for.
    pub(super) fn hand_over(&mut self, why: Phrase) {
        if let Some(desk) = self.person_desk() {
            let title = &desk.department.title;
            if why != Phrase::Person {
                self.say_phrase(why, &[("department", title)]);
            }
            if desk.is_open {
                self.say_phrase(Phrase::Person, &[("department", title)]);
            } else {
                self.say_phrase(
                    Phrase::PersonClosed,
                    &[("department", title), ("opens", &desk.opens)],
                );
                self.say_out_of_hours(&desk);
            }
            let reason = self.phrase(Phrase::PersonChoice).to_owned();
            let summary = self.summary(None);
            self.redirect(&desk, reason, summary, false, desk.is_open);
            if self.state.queued && !self.is_phone() {
                self.say_phrase(Phrase::Queued, &[("queue", title)]);
            }
        } else {
            self.say_phrase(why, &[]);
        }
        self.settle_all(Outcome::HandedOver);
        self.wait(Wait::Else);
    }

    fn person_desk(&self) -> Option<Desk<'a>> {
        let subject = match &self.state.wait {
            Wait::Transfer { department, .. } => Some(department.clone()),
            Wait::Need
            | Wait::Rephrase
            | Wait::Which
            | Wait::Department
            | Wait::Slot { .. }
            | Wait::Confirm
            | Wait::CorrectWhich
            | Wait::Resume
            | Wait::Else => self
                .state
                .subject
                .as_ref()
                .and_then(|name| self.intent(name))
                .filter(|intent| !intent.elsewhere)
                .map(|intent| intent.department.clone()),
        };
        let of_subject = subject.and_then(|name| self.desk(&name));
        let switchboard = self.desk(&self.assistant.council.switchboard);
        match (of_subject, switchboard) {
            (Some(desk), Some(other)) if !desk.is_open && other.is_open => Some(other),
            (Some(desk), _) => Some(desk),
            (None, other) => other,
        }
    }

    /// The first words of danger: what to do, and nothing before it.
    pub(super) fn say_danger(&mut self, intent: &'a Intent) {
        if !self.is_danger_known(intent) {
            self.keep_form(Some(&intent.name));
            self.push(Event::IntentTaken {
                intent: intent.name.clone(),
                confidence: 1.0,
                department: intent.department.clone(),
            });
            self.retag(intent);
        }
        self.say_answer(intent);
    }

    /// Whether this very danger was what a person was called in for last.
    fn is_danger_known(&self, intent: &Intent) -> bool {
        self.state.handed_over && self.state.subject.as_ref() == Some(&intent.name)
    }

    /// A person for danger: the department, or who is there when it is closed. An officer who has
    /// the conversation is that person.
    pub(super) fn route_danger(&mut self, intent: &'a Intent) {
        if !self.state.officer
            && let Some(desk) = self.desk(&intent.department)
        {
            let desk = self.urgent_desk(desk);
            let title = &desk.department.title;
            self.say_phrase(Phrase::DangerPerson, &[("department", title)]);
            let reason = self.title(&intent.name);
            let summary = self.summary(Some(&intent.name));
            self.redirect(&desk, reason, summary, true, desk.is_open);
        }
        if self.state.form.is_some() {
            self.settle(Outcome::HandedOver);
        }
        self.wait(Wait::Else);
    }

    /// A report, or an application for a person to decide, goes to the department; the resident
    /// does not.
    pub(super) fn report(&mut self, intent: &'a Intent) {
        let Some(desk) = self.desk(&intent.department) else {
            return self.hand_over(Phrase::Person);
        };
        let (urgent, is_logged) = match intent.out_of_hours {
            OutOfHoursAction::Same => (false, false),
            OutOfHoursAction::Log | OutOfHoursAction::Callback => (false, !desk.is_open),
            OutOfHoursAction::Urgent => (!desk.is_open, false),
        };
        let desk = if urgent { self.urgent_desk(desk) } else { desk };
        let phrase = if is_logged {
            Phrase::ReportedClosed
        } else {
            Phrase::Reported
        };
        let title = self.title(&intent.name);
        let reference = self.state.reference.to_string();
        self.say_phrase(
            phrase,
            &[
                ("intent", &title),
                ("department", &desk.department.title),
                ("opens", &desk.opens),
                ("reference", &reference),
            ],
        );
        let form = self.state.form.clone();
        let summary = form.map_or_else(String::new, |form| {
            self.slots_in_words(&form, false, SHOWN_CHARS_MAX)
        });
        self.redirect(&desk, title, summary, urgent, false);
        self.settle(Outcome::Reported);
        self.next();
    }

    fn redirect(
        &mut self,
        desk: &Desk,
        reason: String,
        summary: String,
        urgent: bool,
        transfer: bool,
    ) {
        let Department {
            name,
            title,
            contractor,
            channels,
            hours,
            ..
        } = desk.department;
        let owned = |text: &Option<std::sync::Arc<str>>| text.as_ref().map(ToString::to_string);
        self.push(Event::Redirected(Redirection {
            department: name.to_string(),
            name: title.to_string(),
            contractor: owned(contractor),
            phone: owned(&channels.phone),
            url: owned(&channels.url),
            queue: owned(&channels.queue),
            hours: hours.in_words(self.locale()),
            open_now: desk.is_open,
            opens: (!desk.is_open).then(|| desk.opens.clone()),
            reason,
            summary,
            urgent,
            transfer,
        }));
    }

    /// Every open need with what was collected for it, masked, except the one that is the reason.
    fn summary(&self, reason: Option<&IntentName>) -> String {
        let state = &self.state;
        let mut parts = Vec::new();
        let forms = state.form.iter().map(|form| &**form).chain(&state.kept);
        for form in forms.filter(|form| reason != Some(&form.intent)) {
            let slots = self.slots_in_words(form, false, SHOWN_CHARS_MAX);
            let title = self.title(&form.intent);
            parts.push(if slots.is_empty() {
                title
            } else {
                format!("{title} ({slots})")
            });
        }
        parts.extend(state.needs.iter().map(|name| self.title(name)));
        parts.join("; ").chars().take(SUMMARY_CHARS_MAX).collect()
    }
}
