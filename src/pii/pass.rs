//! One pass of the rule table over a text: candidates, cues, scores, neighbours, overlaps.
//!
//! It finds; what is done with what it found is in [`super::screen`].

mod pairs;
mod unnamed;

use pairs::is_day;
pub(super) use unnamed::{BESIDE, NAMES};

use super::PiiKind;
use super::cues::{self, CueHit, Cues};
use super::detector::Detector;
use super::digits::{self, Window};
use super::mails;
use super::normal::Normal;
use super::rule::{Candidate, Rule, Scene, Shape, Verdict};
use super::vocabulary::Lists;
use super::words::Token;
use regex::Regex;
use std::ops::Range;
use zeroize::Zeroizing;

/// A finding in one pass: what, where in the source (bytes), and how sure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hit {
    /// `None`: public, found so that nothing else is.
    pub(super) kind: Option<PiiKind>,
    pub(super) range: Range<usize>,
    score: u8,
}

impl Hit {
    /// What the tagger found: sure of nothing, it is added after overlaps are settled.
    pub(super) fn tagged(kind: PiiKind, range: Range<usize>) -> Self {
        Self {
            kind: Some(kind),
            range,
            score: 0,
        }
    }
}

/// A candidate that lacks a cue but may have a neighbour.
struct Pending {
    hit: Hit,
    beside: &'static [PiiKind],
    /// Something says that it is something else.
    vetoed: bool,
}

/// So many bytes around a value say nothing of it: "its ... ok".
const ALONE_MAX: usize = 16;
const TOKEN_SCORE: u8 = u8::MAX;
/// Above what only a cue makes personal, below what is personal by itself.
const PUBLIC_SCORE: u8 = 75;

impl Detector {
    /// One pass of the table over a text.
    pub(super) fn pass(&self, source: &str) -> Passed {
        self.look(source, |scene, pass, hits| {
            if let Some(tagger) = &self.tagger {
                tagger.add_to(scene, hits);
            }
            let found = hits.iter().any(|hit| hit.kind.is_some());
            // Where something is found the text is gone over again, and they are looked for then.
            let unnamed = if found {
                Vec::new()
            } else {
                pass.unnamed(scene, hits)
            };
            Passed {
                unnamed: located(unnamed, scene.normal),
                hits: located(std::mem::take(hits), scene.normal),
                has_digits: scene.digits > 0,
                names_card: scene.cues.iter().any(|hit| hit.cues.meets(Cues::CARD)),
            }
        })
    }

    /// What `of` makes of a text as the grammars read it and of what the rules find in it: in order, not overlapping,
    /// with what is public among it, by ranges of the normalised text.
    pub(super) fn look<T>(
        &self,
        source: &str,
        of: impl FnOnce(&Scene<'_>, &Pass<'_>, &mut Vec<Hit>) -> T,
    ) -> T {
        let normal = Normal::of(source);
        let cues = self.cues.find(normal.text());
        let words = normal.words();
        let texts = texts(&normal);
        let upper = |byte: u8| byte.is_ascii_uppercase() || !byte.is_ascii();
        let may_have_capitals = source.bytes().any(upper);
        let lists: Vec<Lists> = words
            .iter()
            .zip(&texts)
            .map(|(word, (_, text))| {
                let shown = if may_have_capitals {
                    typed(source, &normal, word)
                } else {
                    Lists::default()
                };
                let listed = self.vocabulary.lists(word, text);
                listed.and(word.made_of).and(shown)
            })
            .collect();
        let bytes = normal.bytes();
        let mut scene = Scene {
            normal: &normal,
            cues: &cues,
            turns: Vec::new(),
            words,
            texts: &texts,
            lists: &lists,
            all_lists: lists
                .iter()
                .fold(Lists::default(), |all, word| all.and(*word)),
            digits: bytes.iter().filter(|byte| byte.is_ascii_digit()).count(),
            has_small: source.bytes().any(|byte| byte.is_ascii_lowercase()),
        };
        scene.turns = self.frames.find(&scene);
        scene.turns.extend(self.misspelt.find(&scene));
        let mut pass = Pass {
            detector: self,
            source,
            normal: &normal,
            cues: &cues,
            all_cues: cues.iter().fold(Cues::NONE, |all, hit| all.and(hit.cues)),
            hits: Vec::new(),
            pending: Vec::new(),
            has_long_code: false,
            value: Zeroizing::default(),
        };
        pass.run(&scene);
        pass.prefer_whole_accounts();
        pass.take_in_mailboxes();
        pass.pair_up();
        let mut hits = settle(std::mem::take(&mut pass.hits), &normal);
        of(&scene, &pass, &mut hits)
    }
}

/// With what capitals a word was typed.
fn typed(source: &str, normal: &Normal, word: &Token) -> Lists {
    let from = normal.source_of(word.start).start as usize;
    let mut typed = source.get(from..).unwrap_or_default().chars();
    let mut upper = || typed.next().is_some_and(char::is_uppercase);
    match (upper(), upper()) {
        (true, true) => Lists::CAPITAL.and(Lists::UPPER),
        (true, false) => Lists::CAPITAL,
        (false, _) => Lists::default(),
    }
}

/// The words of a text as the grammars ask for them, over and over: see [`Scene::texts`].
fn texts(normal: &Normal) -> Vec<(&str, &str)> {
    let text = |range: Range<usize>| normal.text().get(range).unwrap_or_default();
    let words = normal.words();
    let mut texts = Vec::with_capacity(words.len() + 1);
    let mut done = 0;
    for word in words {
        texts.push((text(done..word.start), text(word.start..word.end)));
        done = word.end;
    }
    texts.push((text(done..normal.text().len()), ""));
    texts
}

/// What a pass gives.
pub(super) struct Passed {
    /// Findings in order of position, not overlapping.
    pub(super) hits: Vec<Hit>,
    /// Numbers that nothing names, in order, where there are no findings.
    pub(super) unnamed: Vec<Hit>,
    /// Whether there is a digit in the text, typed or spoken.
    pub(super) has_digits: bool,
    /// Whether a payment card is spoken of.
    pub(super) names_card: bool,
}

/// The state of one pass. Ranges of hits are those of the normalised text until [`located`].
pub(super) struct Pass<'a> {
    detector: &'a Detector,
    source: &'a str,
    normal: &'a Normal,
    cues: &'a [CueHit],
    /// Every cue that stands somewhere in the text.
    all_cues: Cues,
    hits: Vec<Hit>,
    pending: Vec<Pending>,
    /// Whether an American Express card is among the hits, whose code has four figures.
    has_long_code: bool,
    /// Scratch for the letters and digits of a candidate.
    value: Zeroizing<String>,
}

impl<'a> Pass<'a> {
    /// Finds what there is.
    fn run(&mut self, scene: &Scene<'_>) {
        for hit in self.cues.iter().filter(|hit| hit.cues.meets(Cues::TOKEN)) {
            self.hits.push(Hit {
                kind: None,
                range: hit.start..hit.end,
                score: TOKEN_SCORE,
            });
        }
        let bytes = self.normal.bytes();
        let digits = scene.digits;
        let mail = || {
            let mut words = self.normal.words().iter();
            bytes.contains(&b'@') || words.any(|word| &bytes[word.start..word.end] == b"at")
        };
        if digits > 0 {
            let normal = self.normal;
            digits::windows(normal, |window| self.window(&window));
        }
        let detector = self.detector;
        // Digits, or what joins the parts of a mail address, are what every pattern needs.
        if digits > 0 || mail() {
            let found = detector.patterns.matches(self.normal.text());
            for compiled in found
                .iter()
                .map(|at| &detector.rules[detector.pattern_rows[at]])
            {
                match (&compiled.rule.shape, &compiled.regex) {
                    (Shape::Pattern(least, _), Some(regex))
                        if digits >= *least && self.is_place_for(compiled.rule) =>
                    {
                        self.pattern(compiled.rule, regex);
                    }
                    _ => {}
                }
            }
        }
        self.grammars(scene);
    }

    fn window(&mut self, window: &Window<'_>) {
        let detector = self.detector;
        let rows = detector
            .by_length
            .get(window.digits.len())
            .map_or(&[][..], Vec::as_slice);
        let rules = rows.iter().map(|row| detector.rules[*row].rule);
        let mut candidate = None;
        for rule in rules {
            if !self.is_place_for(rule) {
                continue;
            }
            let candidate = candidate.get_or_insert_with(|| {
                let range = self.with_brackets(window.range.clone());
                self.candidate(range, window.digits, window.loose)
            });
            self.judge(rule, candidate);
        }
    }

    /// Whether the text has what a row wants somewhere, and nothing that it does not.
    fn is_place_for(&self, rule: &Rule) -> bool {
        (rule.within == Cues::NONE || self.all_cues.meets(rule.within))
            && !self.all_cues.meets(rule.without)
    }

    /// "+44 ...", "plus four four ..." and "(0113) ..." belong to the number.
    fn with_brackets(&self, range: Range<usize>) -> Range<usize> {
        let bytes = self.normal.bytes();
        let (before, number) = bytes.split_at(range.start);
        let holds = |bracket| bytes[range.clone()].contains(&bracket);
        match before {
            [.., b'p', b'l', b'u', b's', b' '] if number.starts_with(b"44") => {
                range.start - b"plus ".len()..range.end
            }
            [.., b'+'] => range.start - 1..range.end,
            [.., b'('] if holds(b')') && !holds(b'(') => range.start - 1..range.end,
            _ => range,
        }
    }

    fn pattern(&mut self, rule: &'static Rule, regex: &Regex) {
        let mut from = 0;
        let mut value = std::mem::take(&mut self.value);
        while let Some(found) = regex.find_at(self.normal.text(), from) {
            value.clear();
            value.extend(found.as_str().chars().filter(char::is_ascii_alphanumeric));
            let accepted = self.judge(rule, &self.candidate(found.range(), &value, false));
            // After a rejected match, another may begin inside it. Matches are bounded in length,
            // so this stays linear.
            from = if accepted {
                found.end()
            } else {
                found.start() + 1
            };
            if from > self.normal.text().len() {
                break;
            }
        }
        self.value = value;
    }

    /// "my email's the real shaz at example dot net": all of what a spoken mailbox is called.
    fn take_in_mailboxes(&mut self) {
        let text = self.normal.text();
        let spoken = |hit: &&mut Hit| {
            let said = text.get(hit.range.clone()).unwrap_or_default();
            hit.kind == Some(PiiKind::Email) && said.contains(" at ")
        };
        for hit in self.hits.iter_mut().filter(spoken) {
            hit.range.start = mails::mailbox_start(text, hit.range.start);
        }
    }

    fn grammars(&mut self, scene: &Scene<'_>) {
        let detector = self.detector;
        for (rule, grammar) in detector.grammars.iter() {
            for range in (grammar.find)(scene) {
                self.judge(rule, &self.candidate(range, "", false));
            }
        }
    }

    /// The byte before or after a boundary; a space where the two sides were joined, because they
    /// were spelled out, and where the text ends.
    fn beside(&self, boundary: usize, step: isize) -> u8 {
        let bytes = self.normal.bytes();
        let joined = boundary > 0 && boundary < bytes.len() && !self.normal.contiguous(boundary);
        let at = boundary.checked_add_signed(step).filter(|_| !joined);
        at.and_then(|at| bytes.get(at)).copied().unwrap_or(b' ')
    }

    /// Whether a digit stands directly before or after digits: only such as were spelled out are groups of one.
    fn is_part(&self, range: &Range<usize>) -> bool {
        let digit = |at: Option<usize>| {
            let byte = at.and_then(|at| self.normal.bytes().get(at));
            byte.is_some_and(u8::is_ascii_digit)
        };
        digit(range.start.checked_sub(1)) && digit(Some(range.start))
            || digit(Some(range.end)) && digit(range.end.checked_sub(1))
    }

    fn candidate<'v>(&self, range: Range<usize>, value: &'v str, loose: bool) -> Candidate<'v>
    where
        'a: 'v,
    {
        let (source, normal) = (self.source, self.normal);
        Candidate {
            value,
            shape: normal.text().get(range.clone()).unwrap_or_default(),
            source: source.get(normal.source(range.clone())).unwrap_or_default(),
            around: (self.beside(range.start, -1), self.beside(range.end, 0)),
            loose,
            part: self.is_part(&range),
            alone: normal.bytes().len() <= range.len() + ALONE_MAX,
            range,
        }
    }

    /// Scores a candidate; whether it was accepted.
    fn judge(&mut self, rule: &'static Rule, candidate: &Candidate<'_>) -> bool {
        let verdict = (rule.check.judge)(candidate);
        // "6609 1827 (08" of "6609 1827 (08-66-10)".
        let is_cut = || candidate.shape.contains('(') && !candidate.shape.contains(')');
        if verdict == Verdict::No || is_cut() {
            return false;
        }
        let range = &candidate.range;
        let distance = |wanted, reach| {
            let said = self.all_cues.meets(wanted);
            said.then(|| cues::distance(self.cues, wanted, (range.start, range.end), reach))
                .flatten()
        };
        let sure = matches!(verdict, Verdict::Sure | Verdict::Certain);
        let cue = distance(rule.cues, rule.reach);
        if !sure && cue.is_none() && rule.beside.is_empty() {
            return false;
        }
        let veto = distance(rule.vetoes, rule.reach);
        let before = || distance(rule.vetoes, (rule.reach.0, 0));
        let nearer = veto.is_some_and(|veto| cue.is_none_or(|cue| veto < cue));
        // "is ... the right number for parking": somebody else's, whatever else is said.
        let asked = rule.vetoes.meets(Cues::ASKED) && distance(Cues::ASKED, rule.reach).is_some();
        let vetoed = nearer || asked || rule.strict && before().is_some();
        let own = self.detector.own.has(rule.kind, candidate);
        let hit = Hit {
            kind: if own { None } else { rule.kind },
            range: range.clone(),
            score: if rule.kind.is_none() {
                PUBLIC_SCORE
            } else {
                // "4242 4242 4242 4242 11/28 737": one reading of ten with the date in it passes the check too, and is
                // longer.
                score(verdict, cue) - u8::from(candidate.loose)
            },
        };
        if !vetoed && (sure || cue.is_some()) {
            self.hits.push(hit);
            return true;
        }
        // What stands beside it says more than a word further off.
        if !rule.beside.is_empty() {
            self.pending.push(Pending {
                hit,
                beside: rule.beside,
                vetoed,
            });
        }
        false
    }
}

/// Certain by the check alone, for cards and IBANs; then a check and a cue; then a check alone; then
/// a shape with a cue, the nearer the
/// surer; last a shape that only has a neighbour.
fn score(verdict: Verdict, cue: Option<usize>) -> u8 {
    let near = |distance: usize| 9 - u8::try_from(distance / 5).unwrap_or(9).min(9);
    match (verdict, cue) {
        (Verdict::No, _) => 0,
        (Verdict::Certain, _) => 100,
        (Verdict::Sure, Some(distance)) => 90 + near(distance),
        (Verdict::Sure, None) => 80,
        (Verdict::NeedsCue, Some(distance)) => 60 + near(distance),
        (Verdict::NeedsCue, None) => 50,
    }
}

/// Resolves overlaps (the higher score, then the longer, then the earlier), and gives what is left
/// in order.
fn settle(mut hits: Vec<Hit>, normal: &Normal) -> Vec<Hit> {
    if hits.len() < 2 {
        return hits;
    }
    // A helpline inside somebody's number is a part of that.
    let public = |hit: &Hit| hit.kind.is_none() && hit.score == PUBLIC_SCORE;
    if hits.iter().any(public) {
        let within = Within::new(hits.iter().filter(|hit| hit.kind.is_some()));
        hits.retain(|hit| !(public(hit) && within.is_part(&hit.range)));
    }
    hits.sort_by_key(|hit| {
        (
            std::cmp::Reverse((hit.score, hit.range.len())),
            hit.range.start,
        )
    });
    let mut taken = vec![false; normal.bytes().len()];
    let mut left: Vec<Hit> = Vec::with_capacity(hits.len());
    for hit in hits {
        let place = &mut taken[hit.range.clone()];
        if !place.contains(&true) {
            place.fill(true);
            left.push(hit);
        }
    }
    left.sort_by_key(|hit| hit.range.start);
    left
}

/// Which ranges lie in one of many that is longer, found without a look at each.
struct Within {
    /// Start and end, in order.
    ranges: Vec<(usize, usize)>,
    /// The furthest end up to each.
    furthest: Vec<usize>,
}

impl Within {
    fn new<'h>(hits: impl Iterator<Item = &'h Hit>) -> Self {
        let mut ranges: Vec<_> = hits.map(|hit| (hit.range.start, hit.range.end)).collect();
        ranges.sort_unstable();
        let furthest = ranges.iter().scan(0, |furthest, (_, end)| {
            *furthest = (*end).max(*furthest);
            Some(*furthest)
        });
        Self {
            furthest: furthest.collect(),
            ranges,
        }
    }

    fn is_part(&self, of: &Range<usize>) -> bool {
        let earlier = self.ranges.partition_point(|(start, _)| *start < of.start);
        let upto = self
            .ranges
            .partition_point(|range| *range <= (of.start, of.end));
        let longer = self.ranges.get(upto);
        let reaching = self.furthest[..earlier].last();
        reaching.is_some_and(|end| *end >= of.end)
            || longer.is_some_and(|(start, _)| *start == of.start)
    }
}

/// What is personal, by source ranges.
fn located(mut hits: Vec<Hit>, normal: &Normal) -> Vec<Hit> {
    hits.retain(|hit| hit.kind.is_some());
    for hit in &mut hits {
        hit.range = normal.source(hit.range.clone());
    }
    hits.sort_by_key(|hit| hit.range.start);
    hits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_told_as_if_each_were_looked_at() {
        let all = || (0..7).flat_map(|start| (start + 1..8).map(move |end| start..end));
        // Every second, every third, ... of all ranges.
        for step in 1..all().count() {
            let ranges: Vec<Range<usize>> = all().step_by(step).collect();
            let hits = ranges.iter().cloned();
            let hits: Vec<Hit> = hits
                .map(|range| Hit::tagged(PiiKind::Phone, range))
                .collect();
            let within = Within::new(hits.iter());
            for of in all() {
                let holds =
                    |one: &Range<usize>| one.start <= of.start && of.end <= one.end && *one != of;
                let wanted = ranges.iter().any(holds);
                assert_eq!(within.is_part(&of), wanted, "{of:?} in {ranges:?}");
            }
        }
    }
}
