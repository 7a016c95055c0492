//! Turns of speech with slots in them ("waiting for a new knee", "breached his curfew"), read word by word.
//! What they find is handled like the terms of the lexicon; the turns themselves are in [`super::turns`].
//!
//! A turn is written as items with spaces between. `a|b` is one of these words, `@SET` one of a set of words,
//! `LIST` a word of a vocabulary list, `NUM` a number, `*` one to three words of any sort, `..` none to three,
//! `^` where a clause begins; `$` among words, where it ends; a `?` at the end says that it may be missing. `<`
//! and `>` stand around what is personal. The first item is what a turn is looked up by, or that after `:`.

use super::cues::{CueHit, Cues};
use super::rule::Scene;
use super::turns::{self, SETS};
use super::vocabulary::{Lists, Mix, Spelling};
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

/// All turns, compiled.
pub(super) struct Frames {
    frames: Vec<Frame>,
    by_word: HashMap<Spelling, Vec<usize>, BuildHasherDefault<Mix>>,
}

struct Frame {
    cues: Cues,
    items: Vec<Item>,
    /// Items of what is personal, and the one that the turn is looked up by.
    from: usize,
    to: usize,
    anchor: usize,
}

#[derive(Default)]
struct Item {
    words: Vec<&'static str>,
    lists: Lists,
    number: bool,
    /// Least and most words of any sort.
    any: Option<(usize, usize)>,
    begins: bool,
    ends: bool,
    optional: bool,
}

/// Why a turn cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("the turn of speech {turn:?} is wrong at {part:?}: {reason}")]
pub struct FrameError {
    /// The turn as it is written.
    pub turn: &'static str,
    /// What is wrong in it.
    pub part: &'static str,
    /// What is wrong with it.
    pub reason: &'static str,
}

impl Frames {
    pub(super) fn new() -> Result<Self, FrameError> {
        let mut frames = Vec::new();
        let mut by_word: HashMap<Spelling, Vec<usize>, _> = HashMap::default();
        for (cues, turn) in turns::all() {
            let frame = Frame::read(cues, turn)?;
            for word in &frame.items[frame.anchor].words {
                let spelling = Spelling::of(word).ok_or(FrameError {
                    turn,
                    part: word,
                    reason: "a word that it is looked up by is too long",
                })?;
                by_word.entry(spelling).or_default().push(frames.len());
            }
            frames.push(frame);
        }
        Ok(Self { frames, by_word })
    }

    /// The words that turns are looked up by.
    pub(super) fn anchors(&self) -> impl Iterator<Item = &'static str> {
        let looked_up = self.frames.iter().map(|frame| &frame.items[frame.anchor]);
        looked_up.flat_map(|item| item.words.iter().copied())
    }

    /// Where turns stand in a text.
    pub(super) fn find(&self, scene: &Scene<'_>) -> Vec<CueHit> {
        let mut found = Vec::new();
        if !scene.any(Lists::ANCHOR) {
            return found;
        }
        for at in (0..scene.words.len()).filter(|at| scene.is(*at, Lists::ANCHOR)) {
            let frames = Spelling::of(scene.word(at)).and_then(|word| self.by_word.get(&word));
            let here = frames
                .into_iter()
                .flatten()
                .filter_map(|frame| self.frames[*frame].at(scene, at));
            found.extend(here.filter(|hit| !idiom(scene, hit)));
        }
        found
    }
}

impl Frame {
    fn read(cues: Cues, turn: &'static str) -> Result<Self, FrameError> {
        let wrong = |part, reason| FrameError { turn, part, reason };
        let mut items = Vec::new();
        let (mut from, mut to, mut anchor) = (None, None, 0);
        for part in turn.split(' ') {
            if part == ":" {
                anchor = items.len();
                continue;
            }
            let inner = part.strip_prefix('<').unwrap_or(part);
            if inner.len() < part.len() {
                from = Some(items.len());
            }
            let item = inner.strip_suffix('>').unwrap_or(inner);
            items.push(Item::read(item).map_err(|reason| wrong(part, reason))?);
            if item.len() < inner.len() {
                to = Some(items.len());
            }
        }
        let (Some(from), Some(to)) = (from, to) else {
            return Err(wrong(turn, "what is personal stands between < and >"));
        };
        let looked_up = items.get(anchor);
        let plain = looked_up.is_some_and(|item| item.optional || item.words.is_empty());
        if plain || to <= from {
            return Err(wrong(turn, "it is looked up by words, none optional"));
        }
        Ok(Self {
            cues,
            items,
            from,
            to,
            anchor,
        })
    }

    /// The turn whose anchor is word `at`.
    fn at(&self, scene: &Scene<'_>, at: usize) -> Option<CueHit> {
        let left = self.behind(scene, self.anchor, at, at)?;
        let (right, to) = self.ahead(scene, self.anchor, at, (at, at))?;
        let from = if self.from > self.anchor { right } else { left };
        Some(CueHit {
            start: scene.words.get(from)?.start,
            end: scene.words.get(to.checked_sub(1)?)?.end,
            cues: self.cues,
        })
    }

    /// Reads the items before `item`, to the left of word `at`: the first personal word.
    fn behind(&self, scene: &Scene<'_>, item: usize, at: usize, from: usize) -> Option<usize> {
        let from = if item >= self.from { at } else { from };
        let Some(left) = item.checked_sub(1) else {
            return Some(from);
        };
        let wanted = &self.items[left];
        if wanted.begins && begins(scene, at) {
            return self.behind(scene, left, at, from);
        }
        let taken = (at > 0 && beside(scene, at) && wanted.is(scene, at - 1))
            .then(|| self.behind(scene, left, at - 1, from))
            .flatten();
        taken.or_else(|| {
            let skipped = wanted.optional.then(|| self.behind(scene, left, at, from));
            skipped.flatten()
        })
    }

    /// Reads the items from `item` on, from word `at` on: the first personal word, and the one after the last.
    fn ahead(
        &self,
        scene: &Scene<'_>,
        item: usize,
        at: usize,
        (from, to): (usize, usize),
    ) -> Option<(usize, usize)> {
        let marks = (
            if item <= self.from { at } else { from },
            if item <= self.to { at } else { to },
        );
        let Some(wanted) = self.items.get(item) else {
            return Some(marks);
        };
        let joined = item == self.anchor || at < scene.words.len() && beside(scene, at);
        if wanted.ends && !joined {
            return self.ahead(scene, item + 1, at, marks);
        }
        if let Some((least, most)) = wanted.any {
            let more = |nth: &usize| {
                let word = at + nth;
                word < scene.words.len() && beside(scene, word) && free(scene, word, *nth == 0)
            };
            let words = (0..most).take_while(more).count();
            return (least..=words)
                .rev()
                .find_map(|words| self.ahead(scene, item + 1, at + words, marks));
        }
        let taken = (joined && wanted.is(scene, at))
            .then(|| self.ahead(scene, item + 1, at + 1, marks))
            .flatten();
        taken.or_else(|| {
            let skipped = wanted
                .optional
                .then(|| self.ahead(scene, item + 1, at, marks));
            skipped.flatten()
        })
    }
}

impl Item {
    fn read(text: &'static str) -> Result<Self, &'static str> {
        let required = text.strip_suffix('?').unwrap_or(text);
        let mut item = Self {
            optional: required.len() < text.len(),
            ..Self::default()
        };
        for part in required.split('|') {
            match part {
                "" => return Err("an item is empty"),
                "^" => item.begins = true,
                "$" => item.ends = true,
                "*" => item.any = Some((1, 3)),
                ".." => item.any = Some((0, 3)),
                "NUM" => item.number = true,
                "PERSON" => item.lists = item.lists.and(Lists::PERSON),
                "KIN" => item.lists = item.lists.and(Lists::KIN),
                _ => match part.strip_prefix('@') {
                    Some(name) => {
                        let set = SETS.iter().find(|(known, _)| *known == name);
                        let (_, words) = set.ok_or("there is no such set")?;
                        item.words.extend(words.split_ascii_whitespace());
                    }
                    None => item.words.push(part),
                },
            }
        }
        Ok(item)
    }

    fn is(&self, scene: &Scene<'_>, at: usize) -> bool {
        let word = scene.word(at);
        scene.is(at, self.lists)
            || self.words.contains(&word)
            || self.number && !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
    }
}

/// Whether an idiom of the lexicon stands where a turn does.
fn idiom(scene: &Scene<'_>, hit: &CueHit) -> bool {
    scene
        .cues
        .iter()
        .any(|cue| cue.cues == Cues::NONE && cue.start < hit.end && hit.start < cue.end)
}

/// Whether word `at` stands directly after the one before it.
fn beside(scene: &Scene<'_>, at: usize) -> bool {
    matches!(scene.gap(at), " " | "'" | "-")
}

/// Whether a clause begins with word `at`.
fn begins(scene: &Scene<'_>, at: usize) -> bool {
    at == 0 || scene.gap(at).contains([',', '.', '!', '?', ';', '\n', ':'])
}

/// Whether a word may stand where any may: not where another clause or another person begins.
fn free(scene: &Scene<'_>, at: usize, first: bool) -> bool {
    let word = scene.word(at);
    let number = word.bytes().all(|byte| byte.is_ascii_digit());
    let other = Lists::AFTER_OFFENCE
        .and(Lists::BREAK)
        .and(Lists::POSSESSIVE);
    let whose = first
        && (scene.is(at, Lists::PERSON)
            || matches!(
                word,
                "your"
                    | "it"
                    | "them"
                    | "full"
                    | "free"
                    | "all"
                    | "pay"
                    | "a"
                    | "an"
                    | "the"
                    | "having"
                    | "being"
                    | "nothing"
            ));
    let and = !first && word == "an";
    !number && !whose && !and && !scene.is(at, other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_turns_are_read() {
        assert!(Frames::new().is_ok());
    }

    #[test]
    fn a_turn_that_is_wrong_is_named() {
        let check = |turn: &'static str, reason: &str| {
            let error = Frame::read(Cues::FACT, turn).err();
            let message = error.map(|error| error.to_string()).unwrap_or_default();
            assert!(message.contains(reason), "{turn}: {message}");
        };
        check("no marks", "between < and >");
        check("<@NOBODY>", "no such set");
        check("<may? be>", "none optional");
        check("PERSON <b>", "looked up by words");
        check("<a||b>", "empty");
    }
}
