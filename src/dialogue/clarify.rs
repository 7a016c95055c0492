//! Finding out which need it is: asking which of two, to rephrase, which department, then a person.
//!
//! Each attempt goes one rung further, so that it never loops.

use super::turn::{NONE, PERSON, Turn, choice};
use super::{Choice, Wait};
use crate::content::Phrase;
use crate::nlu::{Ranked, Understanding, Verdict};

/// Attempts at which-of-these before departments are offered.
const WHICH_MAX: u8 = 2;
/// Attempts of any sort before a person takes it.
const ATTEMPTS_MAX: u8 = 3;
/// The most departments offered.
const DEPARTMENTS_MAX: usize = 3;
/// The third of a ranking is offered too, where it is at least this share of the second.
const THIRD_SHARE_MIN: f32 = 0.5;

impl Turn<'_> {
    /// Asks about a need that is not sure.
    pub(super) fn clarify(&mut self, understanding: &Understanding) {
        let between = match understanding.verdict {
            Verdict::Between => self.likeliest(&understanding.ranked),
            Verdict::Sure | Verdict::Unsure => Vec::new(),
        };
        if !between.is_empty() && self.state.lost < WHICH_MAX {
            let mut choices = between;
            choices.push(choice(NONE, self.phrase(Phrase::NoneOfThese)));
            self.wait(Wait::Which);
            self.offer(self.phrase(Phrase::Clarify), choices);
        } else if self.state.lost == 0 {
            self.ask_to_rephrase();
        } else {
            self.offer_departments(&understanding.ranked);
        }
    }

    /// None of the intents offered: once to rephrase, then a person.
    pub(super) fn none_of_these(&mut self) {
        if self.state.lost < WHICH_MAX {
            self.ask_to_rephrase();
        } else {
            self.hand_over(Phrase::ReaskGiveUp);
        }
    }

    fn ask_to_rephrase(&mut self) {
        self.wait(Wait::Rephrase);
        self.say_phrase(Phrase::Unsure, &[]);
    }

    /// The first two of a ranking, and the third where it is close.
    fn likeliest(&self, ranked: &[Ranked]) -> Vec<Choice> {
        let second = ranked.get(1).map_or(1.0, |second| second.confidence);
        ranked
            .iter()
            .take(3)
            .enumerate()
            .filter(|(place, one)| *place < 2 || one.confidence >= THIRD_SHARE_MIN * second)
            .filter_map(|(_, one)| self.intent(&one.intent))
            .filter(|intent| !intent.never_offer)
            .map(|intent| choice(intent.name.as_str(), intent.title.get(self.locale())))
            .collect()
    }

    /// The departments of the likeliest intents and a person; where there are none, the person.
    fn offer_departments(&mut self, ranked: &[Ranked]) {
        let mut choices: Vec<Choice> = Vec::new();
        for one in ranked {
            let department = self
                .intent(&one.intent)
                .filter(|intent| !intent.elsewhere)
                .and_then(|intent| self.assistant.departments.get(&intent.department));
            if let Some(department) = department
                && choices.len() < DEPARTMENTS_MAX
                && choices
                    .iter()
                    .all(|known| known.id != department.name.as_str())
            {
                choices.push(choice(department.name.as_str(), &department.title));
            }
        }
        let is_last = self.state.wait == Wait::Department || self.state.lost >= ATTEMPTS_MAX;
        if is_last || choices.is_empty() {
            return self.hand_over(Phrase::ReaskGiveUp);
        }
        choices.push(choice(PERSON, self.phrase(Phrase::PersonChoice)));
        self.wait(Wait::Department);
        self.offer(self.phrase(Phrase::UnsureOffer), choices);
    }
}
