//! Things said to the assistant itself: "person", "no", "start again".
//!
//! A message is a command if it is made of command phrases and words of politeness only. Asking
//! for a person, and correcting, count beside other words as well: "can I speak to someone about
//! my bins". "No heating" is no command. It does not judge what else was said.

use super::Command;
use super::message::{Message, Stop, Word};
use super::phrases::Phrases;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// What was said to the assistant, and what is left of the message.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Addressed {
    /// The command.
    pub(super) command: Command,
    /// The words that are not part of it; empty where the message is the command and no more.
    pub(super) rest: Vec<Word>,
}

/// The phrases of all commands.
#[derive(Debug)]
pub(super) struct Commands {
    phrases: Phrases<Command>,
    person: Phrases<()>,
    correction: Phrases<()>,
}

impl Commands {
    /// From what authors wrote, all languages together.
    pub(super) fn new(written: &BTreeMap<Command, Vec<Arc<str>>>) -> Self {
        let mut phrases = Phrases::new();
        for (command, texts) in written {
            for text in texts {
                phrases.add_phrase(text, *command);
            }
        }
        let mut person = Phrases::new();
        for pattern in ASKS_FOR_PERSON {
            person.add_pattern(pattern, ());
        }
        for text in written.get(&Command::Person).into_iter().flatten() {
            // A phrase of three words asks for someone wherever it stands; "person" alone does not.
            if Message::read(text).words().len() >= 3 {
                person.add_phrase(text, ());
            }
        }
        let mut correction = Phrases::new();
        for pattern in CORRECTS {
            correction.add_pattern(pattern, ());
        }
        for text in written.get(&Command::Correct).into_iter().flatten() {
            if Message::read(text).words().len() >= 2 {
                correction.add_phrase(text, ());
            }
        }
        Self {
            phrases,
            person,
            correction,
        }
    }

    /// The command that the message is or holds.
    pub(super) fn read(&self, message: &Message) -> Option<Addressed> {
        let words = message.words();
        let (spoken, end) = self.leading(message, words);
        let whole = end == words.len();
        if let Some(command) = whole.then(|| most_telling(&spoken)).flatten() {
            return Some(Addressed {
                command,
                rest: Vec::new(),
            });
        }
        let asked = self
            .person
            .matches(message, words)
            .map(|(at, ())| at)
            .find(|at| !is_denied(message, words, at))
            .or_else(|| self.sentence_for_person(message, words));
        if let Some(range) = asked {
            let mut rest = words.to_vec();
            rest.drain(range);
            let only_polite = rest
                .iter()
                .all(|word| is_filler(message, *word) || is_against_robots(message, *word));
            return Some(Addressed {
                command: Command::Person,
                rest: if only_polite { Vec::new() } else { rest },
            });
        }
        let corrects = (0..=end).any(|at| self.correction.longest_at(message, words, at).is_some());
        corrects.then(|| Addressed {
            command: Command::Correct,
            rest: words.to_vec(),
        })
    }

    /// A sentence that asks for a person and says no more: "Wrong again. Operator."
    fn sentence_for_person(&self, message: &Message, words: &[Word]) -> Option<Range<usize>> {
        let mut start = 0;
        let sentences = words.split_inclusive(|word| word.stop == Stop::Sentence);
        let mut ranges = sentences.map(|sentence| {
            start += sentence.len();
            start - sentence.len()..start
        });
        ranges.find(|range| {
            let sentence = &words[range.clone()];
            let (spoken, end) = self.leading(message, sentence);
            end == sentence.len() && spoken.contains(&Command::Person)
        })
    }

    /// The commands with which the message begins, and where something else begins.
    fn leading(&self, message: &Message, words: &[Word]) -> (Vec<Command>, usize) {
        let mut spoken = Vec::new();
        let mut at = 0;
        while let Some(word) = words.get(at) {
            if let Some((range, command)) = self.phrases.longest_at(message, words, at) {
                spoken.push(*command);
                at = range.end;
            } else if is_filler(message, *word) {
                at += 1;
            } else {
                break;
            }
        }
        (spoken, at)
    }
}

/// Of several commands in one message, the one that says most: "no thanks, that's all" is Stop.
fn most_telling(spoken: &[Command]) -> Option<Command> {
    let rank = |command: &Command| match command {
        Command::Person => 0,
        Command::Correct => 1,
        Command::Stop => 2,
        Command::StartAgain => 3,
        Command::GoBack => 4,
        Command::Repeat => 5,
        Command::Why => 6,
        Command::Skip => 7,
        Command::No => 8,
        Command::Yes => 9,
        Command::Thanks => 10,
        Command::Greeting => 11,
        // Nobody says these by the way.
        Command::Spell | Command::English | Command::Welsh => 1,
    };
    spoken.iter().copied().min_by_key(rank)
}

/// "I don't want to talk to anyone", "are you a real person": no wish for one.
fn is_denied(message: &Message, words: &[Word], at: &Range<usize>) -> bool {
    let before = &words[at.start.saturating_sub(4)..at.start];
    let is = |word: &Word, set: &[&[u8]]| set.contains(&message.bytes(*word));
    before
        .windows(2)
        .any(|two| is(&two[0], &[b"do", b"did", b"does"]) && is(&two[1], &[b"not"]))
        || before
            .windows(2)
            .any(|two| is(&two[0], &[b"are"]) && is(&two[1], &[b"you"]))
        || before
            .iter()
            .any(|word| is(word, &[b"nobody", b"never", b"without"]))
}

fn is_filler(message: &Message, word: Word) -> bool {
    FILLERS.contains(&message.bytes(word))
}

fn is_against_robots(message: &Message, word: Word) -> bool {
    AGAINST_ROBOTS.contains(&message.bytes(word))
}

/// Words that carry no need of their own around a command.
const FILLERS: &[&[u8]] = &[
    b"please",
    b"just",
    b"mate",
    b"love",
    b"luv",
    b"duck",
    b"pal",
    b"dear",
    b"sir",
    b"madam",
    b"can",
    b"could",
    b"may",
    b"would",
    b"i",
    b"you",
    b"want",
    b"like",
    b"need",
    b"to",
    b"a",
    b"an",
    b"the",
    b"now",
    b"then",
    b"well",
    b"um",
    b"umm",
    b"er",
    b"erm",
    b"uh",
    b"hmm",
    b"oh",
    b"ah",
    b"so",
    b"right",
    b"ok",
    b"okay",
    b"sorry",
    b"actually",
    b"really",
    b"hi",
    b"hello",
    b"hey",
    b"for",
    b"god",
    b"gods",
    b"sake",
    b"bloody",
    b"me",
    b"let",
    b"if",
    b"possible",
    b"right",
    b"away",
    b"real",
    b"and",
    b"but",
    b"very",
    b"much",
    b"then",
    b"there",
    b"ta",
    b"cheers",
    b"instead",
    b"will",
    b"must",
    b"wish",
    b"id",
    b"am",
    b"good",
    b"morning",
    b"afternoon",
    b"evening",
];

/// What residents say beside asking for a person, and which names no need.
const AGAINST_ROBOTS: &[&[u8]] = &[
    b"not",
    b"robot",
    b"robots",
    b"bot",
    b"bots",
    b"machine",
    b"computer",
    b"chatbot",
    b"ai",
    b"no",
    b"this",
    b"is",
    b"useless",
    b"rubbish",
    b"with",
    b"do",
    b"automated",
    b"it",
    b"stop",
    b"of",
    b"thing",
    b"yes",
    b"urgently",
    b"asap",
    b"today",
    b"someone",
    b"who",
    b"there",
    b"at",
    b"all",
];

/// Asking for a person, in words that mean nothing else.
const ASKS_FOR_PERSON: &[&str] = &[
    "speak|talk|chat to|with|2 * person|human|someone|somebody|some1|sum1|anyone|anybody|any1|agent|adviser|advisor|operator|officer|representative|people|staff|receptionist|manager|supervisor|team|department|colleague|colleagues",
    "speak|talk|chat|spoken|discuss|explain|say * to|with|by|through * member|one of * staff|team|people|advisers|advisors|officers|colleagues",
    "talk|go|chat|discuss|run|speak it|this|that|things|everything * through|over|with * person|human|someone|somebody|anyone|adviser|advisor",
    "only|rather|sooner tell|talk|speak|say|explain|give * to a * human|person|someone|somebody|adviser|advisor|officer",
    "put|pass|transfer|connect me|us * through|thru|over",
    "put|pass|transfer|connect|get me|us|through to|onto * person|human|someone|somebody|agent|adviser|advisor|operator|officer|representative|department|team|staff|colleague|supervisor|manager",
    "be handed|passed|put|transferred over|through|on|onto to * staff|team|person|someone|somebody|human|adviser|advisor|colleague",
    "just transfer|connect me|us",
    "give|get|find|fetch me * person|human|operator|adviser|advisor|agent|officer|manager|supervisor|colleague",
    "get|fetch|want|need your|a|the supervisor|manager|colleague|adviser|advisor|human",
    "want|need|get|like|prefer|rather * member of * staff|team",
    "real|actual|live|proper|genuine person|human|operator|adviser|advisor|people|someone|somebody|voice|body",
    "living|breathing soul|being|human",
    "anyone|anybody|someone|somebody|nobody real|human",
    "anyone|anybody with a pulse|brain|heart",
    "human being|beings",
    "human|person|operator|agent|adviser|advisor|representative please|now",
    "customer|customers service|services|care rep|representative|agent|adviser|advisor|person|team",
    "live chat|agent|adviser|advisor|operator",
    "someone|somebody|anyone|anybody|person|human * i|we * speak|talk to|with",
    "colleague|human|person|adviser|advisor|officer * take|takes|taking over",
    "where * all the people|humans gone",
    "no|not robot|robots|bot|bots|chatbot",
    "no more robot|robots|bot|bots|chatbot",
    "someone|somebody|anyone|anybody|human * pick up a|the|your|that|this phone|telephone",
    "someone|somebody|anyone|anybody|human * answer a|the|your|that|this phone|telephone",
    "not|no|stop * talk|talking|speak|speaking to|with * robot|robots|bot|bots|machine|computer|chatbot",
    "sick|fed|tired|enough * talking to|with * robot|bot|machine|computer|chatbot",
    "enough|out|nowhere of|with this robot|bot|machine|chatbot|menu",
    "not|never|no trust|like|want|do|talk * robot|robots|bot|bots|chatbot|ai|menus",
];

/// Correcting what was said or understood.
const CORRECTS: &[&str] = &[
    "i meant",
    "meant to say",
    "no|sorry|oh|wait i mean",
    "no|sorry|oh|wait it|that should be",
    "i made a mistake",
    "i got that wrong",
    "i typed|put|gave|said * wrong",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_written_as_messages_are_read() {
        let patterns = ASKS_FOR_PERSON
            .iter()
            .chain(CORRECTS)
            .flat_map(|p| p.split([' ', '|']));
        let words = FILLERS
            .iter()
            .chain(AGAINST_ROBOTS)
            .map(|word| str::from_utf8(word).unwrap_or("?"));
        for word in patterns.filter(|word| *word != "*").chain(words) {
            let message = Message::read(word);
            let read: Vec<&[u8]> = message.words().iter().map(|w| message.bytes(*w)).collect();
            assert_eq!(read, [word.as_bytes()], "never matches");
        }
    }
}
