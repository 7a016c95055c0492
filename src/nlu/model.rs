//! The trained model, and how it understands one message.
//!
//! It holds no state between messages: the same message always gives the same understanding, before
//! the second stage is there and after.

use super::cascade::Second;
use super::commands::Commands;
use super::danger::{Lexicon, says_enough};
use super::embedding::Embedding;
use super::features::Vocabulary;
use super::look::{Depth, Look};
use super::message::{Message, Stop, Word};
use super::needs::parts;
use super::spelling::Spelling;
use super::stage::{LIKELIER_THAN_ALL, Reading, Stage};
use super::topics::Topics;
use super::{First, IntentName, RANKED_MAX, Ranked, Understand, Understanding, Verdict};
use crate::pii::SafeText;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::rc::Rc;
use std::sync::{Arc, OnceLock};

/// The fewest words in which a need can be said beside another.
const NEED_WORDS_MIN: usize = 3;

/// A need that a sentence is sure of must be among so many of the likeliest intents of the whole: a part of
/// a long story often sounds like something that the story is not about. What an "and" joins must be among
/// those that are ranked at all.
const NEEDS_LIKELY_MAX: usize = 3;
/// A sentence must in the whole have at least this confidence as well. On BANKING77, whose messages
/// have one need each, this leaves 2 in 100 cut in two; of pairs of CLINC150 messages it still finds
/// both in 59 of 100.
///
/// It does not hold where an "and" joins two parts that are each sure: the longer half drowns the
/// other in the whole. Of 1,566 pairs of held-out examples of the shipped content, each sure by
/// itself, both are found in 97 of 100 and not 93, and of 412 held-out examples with an "and", a
/// "but", a comma or two sentences 25 and not 23 are cut in two.
const SENTENCE_CONFIDENCE_MIN: f32 = 0.003;

/// The fewest words that the detector takes for danger: one or two are mostly the answer to a
/// question ("last night"). They can be danger by the lexicon, or by being surely about it.
const DETECTED_WORDS_MIN: usize = 3;

/// By how much the log-odds of one sentence among others must be above the threshold: out of its story
/// a sentence often sounds like danger ("I am on my own"). On the tuning half of `tests/routing` a margin
/// costs no danger and spares three false alarms of four.
const SENTENCE_MARGIN: f32 = 8.0;

/// Sentences in which danger is looked for one by one; the whole message is looked at as well.
const SENTENCES_MAX: usize = 16;

/// Understands in two stages: n-grams with a static embedding, and where those leave doubt a
/// sentence encoder. Made by [`train`](super::train), which gives the first stage; the second is
/// put in when it is trained.
#[derive(Debug)]
pub struct Model {
    /// In the order of the weights' classes.
    pub(super) intents: Vec<Intent>,
    pub(super) vocabulary: Vocabulary,
    pub(super) spelling: Spelling,
    /// None where the first stage has n-grams only.
    pub(super) statics: Option<Arc<dyn Embedding>>,
    pub(super) first: Stage,
    pub(super) second: OnceLock<Second>,
    pub(super) lexicon: Lexicon,
    pub(super) topics: Topics,
    pub(super) commands: Commands,
}

/// What is taken without asking is what was meant where it is this likely against what is nobody's here
/// (docs/decisions/0009).
const MEANT_MIN: f32 = 0.2;

/// An intent that the model knows.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Intent {
    pub(super) name: IntentName,
    pub(super) danger: bool,
    pub(super) elsewhere: bool,
    /// Whether nobody is asked if it was meant, where it is the likeliest.
    pub(super) without_asking: bool,
}

/// A part of a message that may be a need by itself.
#[derive(Debug)]
struct Segment {
    reading: Rc<Reading>,
    /// Cut off from another within a sentence, because each side is sure.
    joined: bool,
}

impl Understand for Model {
    fn understand(&self, text: &SafeText) -> Understanding {
        self.read(text.as_str(), Depth::Both).0
    }

    fn understand_at_first(&self, text: &SafeText) -> First {
        match self.read(text.as_str(), Depth::First) {
            (understanding, true) => First::Doubtful(understanding),
            (understanding, false) => First::Decided(understanding),
        }
    }
}

impl Model {
    /// Puts the second stage in; a model that has one keeps it.
    pub fn complete(&self, second: Second) {
        let _ = self.second.set(second);
    }

    /// Whether the second stage is there.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.second.get().is_some()
    }

    /// Understands a text, however long; and whether a stage that was not asked to look would have
    /// had something to say.
    pub(super) fn read(&self, text: &str, depth: Depth) -> (Understanding, bool) {
        let message = self.message(text);
        let look = Look::new(self, &message, depth);
        let understanding = self.understand_message(&message, &look);
        // Where words name a bare topic, nothing is left to ask.
        let settled =
            understanding.danger.is_none() && self.topic(&message, message.words()).is_some();
        (understanding, look.is_doubtful() && !settled)
    }

    /// Reads a text, with misspelt words repaired beside what was written.
    pub(super) fn message(&self, text: &str) -> Message {
        let mut message = Message::read(text);
        let statics = self.statics.as_deref();
        let is_word = |word: &[u8]| {
            let word = std::str::from_utf8(word);
            statics.is_some_and(|statics| word.is_ok_and(|word| statics.is_word(word)))
        };
        message.repair(|word| {
            let meant = self.spelling.repair(word)?;
            (!is_word(word)).then_some(meant)
        });
        message
    }

    pub(super) fn understand_message(&self, message: &Message, look: &Look<'_>) -> Understanding {
        let everything = look.score(message.words());
        let addressed = self.commands.read(message);
        // What is said to the assistant and no more ("na diolch, dyna'r cyfan") is danger by the lexicon only.
        let tells = addressed
            .as_ref()
            .is_none_or(|addressed| !addressed.rest.is_empty());
        let detected = everything.as_ref().filter(|_| tells);
        let danger = self.danger(message, look, detected);
        let command = addressed.as_ref().map(|addressed| addressed.command);
        let rest = addressed.map(|addressed| addressed.rest);
        let whole = match &rest {
            None => everything,
            Some(rest) => look.score(rest),
        };
        let words = rest.as_deref().unwrap_or(message.words());
        let Some(whole) = whole else {
            return Understanding {
                danger,
                command,
                ..Understanding::unsure()
            };
        };
        let needs = self.needs(message, look, words, &whole, danger.is_some());
        let also: Vec<IntentName> = needs
            .iter()
            .skip(1)
            .map(|need| self.intents[need.intent].name.clone())
            .collect();
        let first: &Reading = match needs.first() {
            Some(first) if !also.is_empty() || whole.verdict == Verdict::Unsure => first,
            Some(_) | None => &whole,
        };
        let (mut ranked, mut read) = (first.ranked.clone(), first.verdict);
        let is_taken = match &mut *ranked {
            // They change places, not confidences: the ranking descends.
            [first, second, ..] if self.is_meant_for(first, second) => {
                std::mem::swap(&mut first.intent, &mut second.intent);
                true
            }
            [likeliest, ..] if self.intents[first.intent].without_asking => {
                read == Verdict::Between || likeliest.confidence > LIKELIER_THAN_ALL
            }
            _ => false,
        };
        if is_taken {
            read = Verdict::Sure;
        }
        if danger.is_none()
            && let Some(topic) = self.topic(message, words)
        {
            (ranked, read) = (topic, Verdict::Between);
        }
        // What is not danger ("gas bottles", "night") is no danger intent for sure either.
        let calm = danger.is_none();
        let verdict = match read {
            Verdict::Sure if calm && self.intents[first.intent].danger => Verdict::Between,
            verdict @ (Verdict::Sure | Verdict::Between | Verdict::Unsure) => verdict,
        };
        Understanding {
            danger,
            command,
            verdict,
            ranked,
            also,
        }
    }

    /// Whether the second is meant, which is taken without asking ("talk to a person"), where the first is nobody's here:
    /// who asks for somebody is not told that this is not for the council.
    fn is_meant_for(&self, first: &Ranked, second: &Ranked) -> bool {
        let is = |one: &Ranked, of: fn(&Intent) -> bool| {
            let mut known = self.intents.iter();
            known.any(|intent| intent.name == one.intent && of(intent))
        };
        second.confidence >= MEANT_MIN * first.confidence
            && is(second, |intent| intent.without_asking)
            && is(first, |intent| intent.elsewhere)
    }

    /// The needs that a bare topic may stand for; danger and what is not ours are none of them.
    fn topic(&self, message: &Message, words: &[Word]) -> Option<Vec<Ranked>> {
        self.topics.between(message, words, |at| {
            let intent = &self.intents[at];
            (!intent.danger && !intent.elsewhere).then(|| intent.name.clone())
        })
    }

    /// The needs in a message. Where the first stage alone decides what the whole means, its parts are looked at
    /// closely only if it finds several in them: most stories have one.
    fn needs(
        &self,
        message: &Message,
        look: &Look<'_>,
        words: &[Word],
        whole: &Reading,
        in_danger: bool,
    ) -> Vec<Rc<Reading>> {
        let needs = |score: &dyn Fn(&[Word]) -> Option<Rc<Reading>>| {
            let segments = self.segments(message, words, |range| score(&words[range.clone()]));
            self.needs_of(whole, segments, in_danger)
        };
        if look.is_settled(words) {
            let needs = needs(&|words| look.score_at_first(words));
            if needs.len() < 2 {
                return needs;
            }
        }
        needs(&|words| look.score(words))
    }

    /// The message cut where each side is a need on its own, or a sentence ends. Words are scored only where it
    /// matters what they say.
    fn segments(
        &self,
        message: &Message,
        words: &[Word],
        score: impl Fn(&Range<usize>) -> Option<Rc<Reading>>,
    ) -> Vec<Segment> {
        let parts = parts(message, words);
        if parts.len() < 2 {
            return Vec::new();
        }
        let segment =
            |range: &Range<usize>, joined| score(range).map(|reading| Segment { reading, joined });
        let mut segments = Vec::new();
        // The segment in the making: its words, and whether it was cut off by "and".
        let mut current: Option<(Range<usize>, bool)> = None;
        for part in parts {
            current = Some(match current.take() {
                None => (part.words, false),
                Some((range, joined)) if part.new_sentence => {
                    segments.extend(segment(&range, joined));
                    (part.words, false)
                }
                Some((range, _)) if self.are_two_needs(&score, &range, &part.words) => {
                    segments.extend(segment(&range, true));
                    (part.words, true)
                }
                Some((range, joined)) => (range.start..part.words.end, joined),
            });
        }
        segments.extend(current.and_then(|(range, joined)| segment(&range, joined)));
        segments
    }

    fn are_two_needs(
        &self,
        score: impl Fn(&Range<usize>) -> Option<Rc<Reading>>,
        one: &Range<usize>,
        other: &Range<usize>,
    ) -> bool {
        let need = |range| {
            let reading = score(range).filter(|reading| reading.verdict == Verdict::Sure);
            reading.map(|reading| reading.intent)
        };
        one.len() >= NEED_WORDS_MIN
            && other.len() >= NEED_WORDS_MIN
            && need(one).is_some_and(|one| need(other).is_some_and(|other| one != other))
    }

    /// The different needs of which the segments are sure, as far as the whole message makes them
    /// likely, in the order in which they were said; but what the whole is sure of comes first, and where no
    /// part says it, the parts are no needs: they are often on the way to it ("I ordered it two weeks ago and
    /// got a letter. Where is it?").
    /// What belongs to others ("hello, how are you") stands back where there is a need of ours, and
    /// where no danger was found, a part is none either ("I live in a flat, and ...").
    fn needs_of(
        &self,
        whole: &Reading,
        segments: Vec<Segment>,
        in_danger: bool,
    ) -> Vec<Rc<Reading>> {
        let mut needs: Vec<Rc<Reading>> = Vec::new();
        for Segment { reading, joined } in segments {
            let name = &self.intents[reading.intent].name;
            let likely = |ranked: &Ranked| {
                ranked.intent == *name && (joined || ranked.confidence >= SENTENCE_CONFIDENCE_MIN)
            };
            let likely_max = if joined { RANKED_MAX } else { NEEDS_LIKELY_MAX };
            if reading.verdict == Verdict::Sure
                && (in_danger || !self.intents[reading.intent].danger)
                && whole.ranked.iter().take(likely_max).any(likely)
                && needs.iter().all(|need| need.intent != reading.intent)
            {
                needs.push(reading);
            }
        }
        if needs
            .iter()
            .any(|need| !self.intents[need.intent].elsewhere)
        {
            needs.retain(|need| !self.intents[need.intent].elsewhere);
        }
        if whole.verdict == Verdict::Sure {
            match needs.iter().position(|need| need.intent == whole.intent) {
                Some(at) => needs[..=at].rotate_right(1),
                None => needs.clear(),
            }
        }
        needs
    }

    /// The danger intent that is meant, if any: by the lexicon, or by the detector in the whole
    /// message or in one of its sentences. Without the reading of everything, by the lexicon only.
    fn danger(
        &self,
        message: &Message,
        look: &Look<'_>,
        everything: Option<&Rc<Reading>>,
    ) -> Option<IntentName> {
        if !self.intents.iter().any(|intent| intent.danger) {
            return None;
        }
        let covered = self.lexicon.covered(message);
        let calm = everything.is_some_and(|whole| whole.calm);
        let cue = self.lexicon.first_cue(message, &covered, calm);
        let detected = everything
            .filter(|_| !calm)
            .and_then(|whole| self.detected(message, look, &covered, whole));
        if cue.is_none() && detected.is_none() {
            return None;
        }
        let heard = detected.as_ref().or(everything);
        // Words out of their message say less of whose danger it is ("my daughter is suicidal").
        let is_clear = heard.is_some_and(|reading| self.intents[reading.intent].danger);
        let cue = cue.filter(|_| !is_clear);
        let cue = cue.and_then(|words| look.score_at_first(words));
        let evidence = cue.iter().chain(heard);
        let likely = |at: usize| {
            evidence
                .clone()
                .map(|reading| reading.scores[at])
                .sum::<f32>()
        };
        (0..self.intents.len())
            .filter(|at| self.intents[*at].danger)
            .max_by(|a, b| likely(*a).total_cmp(&likely(*b)).then(b.cmp(a)))
            .map(|at| self.intents[at].name.clone())
    }

    /// The whole message, or the first sentence of several, that the detector takes for danger.
    ///
    /// Where words of it are in a harmless phrase, it must sound like danger without them as well:
    /// "the fire door is broken" sounds like fire only with them.
    fn detected(
        &self,
        message: &Message,
        look: &Look<'_>,
        covered: &[bool],
        everything: &Rc<Reading>,
    ) -> Option<Rc<Reading>> {
        let sounds = |reading: &Reading, words: &[Word]| {
            let sure = self.intents[reading.intent].danger && reading.verdict == Verdict::Sure;
            reading.is_danger
                && (sure || words.len() >= DETECTED_WORDS_MIN)
                && says_enough(message, words)
        };
        let sounds_without_harmless = |words: &[Word], covered: &[bool]| {
            let open = words.iter().zip(covered).filter(|(_, covered)| !**covered);
            let open: Vec<Word> = open.map(|(word, _)| *word).collect();
            open.len() == words.len()
                || open.len() >= NEED_WORDS_MIN
                    && look
                        .score_at_first(&open)
                        .is_some_and(|reading| sounds(&reading, &open))
        };
        let words = message.words();
        if sounds(everything, words) && sounds_without_harmless(words, covered) {
            return Some(Rc::clone(everything));
        }
        let mut start = 0;
        let sentences = words.split_inclusive(|word| word.stop == Stop::Sentence);
        sentences.take(SENTENCES_MAX).find_map(|sentence| {
            let covered = &covered[start..start + sentence.len()];
            start += sentence.len();
            if sentence.len() == words.len() {
                return None;
            }
            look.score(sentence).filter(|reading| {
                reading.danger >= SENTENCE_MARGIN
                    && sounds(reading, sentence)
                    && sounds_without_harmless(sentence, covered)
            })
        })
    }
}
