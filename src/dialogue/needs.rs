//! Needs: taking one, keeping others, coming back to them, and settling each once.
//!
//! Which need it is when that is not clear is `clarify`'s; questions of a form are `collect`'s.

use super::state::{FORMS_MAX, NEEDS_MAX};
use super::turn::{NO, NONE, PERSON, Turn, YES};
use super::{Event, Outcome, Wait};
use crate::content::{Intent, Phrase, Then};
use crate::departments::DepartmentName;
use crate::nlu::{IntentName, Understanding, Verdict};

impl<'a> Turn<'a> {
    /// What was said as a need: taken where it is sure, asked about where it is not.
    pub(super) fn request(&mut self, understanding: &Understanding) {
        let first = understanding.ranked.first();
        let sure = match understanding.verdict {
            Verdict::Sure => first.and_then(|first| self.intent(&first.intent)),
            Verdict::Between | Verdict::Unsure => None,
        };
        let present = self.state.form.as_ref().map(|form| &form.intent);
        match sure {
            Some(intent) if present != Some(&intent.name) => {
                let confidence = first.map_or(0.0, |first| first.confidence);
                self.take(intent, confidence, &understanding.also);
            }
            Some(_) | None => match self.state.wait {
                Wait::Slot { .. }
                | Wait::Confirm
                | Wait::CorrectWhich
                | Wait::Resume
                | Wait::Transfer { .. } => self.ask_again(),
                Wait::Need | Wait::Rephrase | Wait::Which | Wait::Department | Wait::Else => {
                    self.clarify(understanding);
                }
            },
        }
    }

    /// A choice by its id. Yes, no and values count only where they were just `offered`; an intent,
    /// a department or a person is meant whenever it is chosen.
    pub(super) fn pick(&mut self, id: &str, offered: bool) {
        if offered {
            match self.state.wait.clone() {
                Wait::Slot { .. } => return self.pick_value(id),
                Wait::CorrectWhich => return self.reopen(id),
                Wait::Confirm if id == YES => return self.complete(),
                Wait::Confirm if id == NO => return self.choose_correction(),
                Wait::Resume if id == YES => return self.resume(),
                Wait::Resume if id == NO => return self.give_up_kept(),
                Wait::Transfer { department, urgent } if id == YES => {
                    return self.put_through(&department, urgent);
                }
                Wait::Transfer { .. } if id == NO => return self.stay(),
                Wait::Which if id == NONE => return self.none_of_these(),
                Wait::Confirm
                | Wait::Resume
                | Wait::Transfer { .. }
                | Wait::Need
                | Wait::Rephrase
                | Wait::Which
                | Wait::Department
                | Wait::Else => {}
            }
        }
        let department = DepartmentName::new(id);
        if id == PERSON {
            self.hand_over(Phrase::Person);
        } else if let Some(intent) = self.intent(&IntentName::new(id)) {
            self.take(intent, 1.0, &[]);
        } else if self.assistant.departments.contains_key(&department) {
            self.keep_form(None);
            self.route(&department);
        } else {
            self.ask_again();
        }
    }

    /// Takes a need, keeping the present form and what else was said for later.
    pub(super) fn take(&mut self, intent: &'a Intent, confidence: f32, also: &[IntentName]) {
        if intent.then == Then::Danger {
            self.say_danger(intent);
            self.keep_needs(also);
            return self.route_danger(intent);
        }
        let put_aside = self.keep_form(Some(&intent.name));
        self.push(Event::IntentTaken {
            intent: intent.name.clone(),
            confidence,
            department: intent.department.clone(),
        });
        self.keep_needs(also);
        if let Some(title) = put_aside {
            self.say_phrase(Phrase::FormKept, &[("intent", &title)]);
        }
        if intent.elsewhere {
            self.say_answer(intent);
            self.settle(Outcome::OutOfScope);
            return self.next();
        }
        self.retag(intent);
        let holds = self.holds_today(intent);
        if holds {
            self.say_answer(intent);
        }
        match intent.then {
            Then::Answer | Then::Form | Then::Pay if holds => {
                self.settle(Outcome::Answered);
                self.next();
            }
            Then::Answer | Then::Form | Then::Pay | Then::Danger => {
                let department = self.department_title(&intent.department);
                self.say_phrase(Phrase::AnswerExpired, &[("department", &department)]);
                self.route(&intent.department);
            }
            Then::Redirect | Then::Report | Then::Decide => {
                self.note(intent);
                self.collect();
            }
        }
    }

    fn holds_today(&self, intent: &Intent) -> bool {
        let today = self.today();
        let answer = &intent.answer;
        answer.valid_from.is_none_or(|from| from <= today)
            && answer.valid_to.is_none_or(|to| today <= to)
    }

    /// The record class changes to the one that keeps longer, seen from today.
    pub(super) fn retag(&mut self, intent: &Intent) {
        let today = self.today();
        let due = |class| {
            let row = self.assistant.register.rows.get(class)?;
            today.checked_add(row.keep_for).ok()
        };
        let present = self.state.class.as_ref().and_then(due);
        if due(&intent.record) > present {
            self.push(Event::Retagged {
                class: intent.record.clone(),
                intent: intent.name.clone(),
            });
        }
    }

    /// Puts the present form aside, unless it is for `next`; gives its title. Of too many forms the
    /// oldest is given up.
    pub(super) fn keep_form(&mut self, next: Option<&IntentName>) -> Option<String> {
        let intent = self.state.form.as_ref()?.intent.clone();
        if next == Some(&intent) {
            return None;
        }
        if self.state.kept.len() >= FORMS_MAX
            && let Some(oldest) = self.state.kept.first().map(|form| form.intent.clone())
        {
            self.settle_one(oldest, Outcome::Abandoned);
        }
        let title = self.title(&intent);
        self.push(Event::FormKept { intent });
        Some(title)
    }

    /// Keeps further needs for later, each once.
    pub(super) fn keep_needs(&mut self, also: &[IntentName]) {
        for name in also {
            let state = &self.state;
            let is_known = state.needs.contains(name)
                || state.kept.iter().any(|form| form.intent == *name)
                || state.form.as_ref().is_some_and(|form| form.intent == *name);
            let exists = self
                .intent(name)
                .is_some_and(|intent| intent.then != Then::Danger && !intent.never_offer);
            if exists && !is_known && state.needs.len() < NEEDS_MAX {
                self.push(Event::NeedKept {
                    intent: name.clone(),
                });
            }
        }
    }

    /// Comes back to what was kept, or asks whether there is anything else.
    pub(super) fn next(&mut self) {
        if let Some(name) = self.state.needs.first().cloned() {
            let Some(intent) = self.intent(&name) else {
                self.settle_one(name, Outcome::Abandoned);
                return self.next();
            };
            let title = self.title(&name);
            self.say_phrase(Phrase::AlsoNext, &[("intent", &title)]);
            return self.take(intent, 1.0, &[]);
        }
        if self.state.kept.is_empty() {
            self.wait(Wait::Else);
            self.say_phrase(Phrase::AnythingElse, &[]);
        } else {
            self.wait(Wait::Resume);
            self.repeat_question("");
        }
    }

    /// Goes on with the form that was put aside last.
    fn resume(&mut self) {
        let kept = self.state.kept.last().map(|form| form.intent.clone());
        match kept.and_then(|name| self.intent(&name)) {
            Some(intent) => {
                self.push(Event::IntentTaken {
                    intent: intent.name.clone(),
                    confidence: 1.0,
                    department: intent.department.clone(),
                });
                self.collect();
            }
            None => self.give_up_kept(),
        }
    }

    fn give_up_kept(&mut self) {
        if let Some(name) = self.state.kept.last().map(|form| form.intent.clone()) {
            self.settle_one(name, Outcome::Abandoned);
        }
        self.next();
    }

    pub(super) fn has_open_needs(&self) -> bool {
        let state = &self.state;
        state.form.is_some() || !state.kept.is_empty() || !state.needs.is_empty()
    }

    fn settle_one(&mut self, intent: IntentName, outcome: Outcome) {
        self.push(Event::Settled {
            intent: Some(intent),
            outcome,
        });
    }

    /// The present need came out.
    pub(super) fn settle(&mut self, outcome: Outcome) {
        let intent = self.state.form.as_ref().map(|form| form.intent.clone());
        self.push(Event::Settled { intent, outcome });
    }

    /// Everything that is open came out together. A hand-over without a need counts once, too.
    pub(super) fn settle_all(&mut self, outcome: Outcome) {
        let state = &self.state;
        let open: Vec<IntentName> = state
            .form
            .iter()
            .map(|form| &form.intent)
            .chain(state.kept.iter().map(|form| &form.intent))
            .chain(&state.needs)
            .cloned()
            .collect();
        if open.is_empty() && outcome == Outcome::HandedOver && !state.handed_over {
            self.push(Event::Settled {
                intent: None,
                outcome,
            });
        }
        for intent in open {
            self.settle_one(intent, outcome);
        }
    }
}
