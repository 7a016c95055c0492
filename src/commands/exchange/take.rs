//! What of a haul goes where: new intents, examples added to those that are there, conversations; and
//! what does not, each with its reason. Nothing is written before the whole is known.

use super::plan::{Plan, Report, Write};
use super::questions::questions;
use super::{Brought, Haul, List, Told, Utterance};
use crate::commands::foreign_tests::ours;
use crate::commands::terminal::counted;
use crate::commands::writing::{Draft, slug, with_examples, words};
use crate::content::{Assistant, EXAMPLES_MAX, EXAMPLES_MIN};
use crate::departments::DepartmentName;
use crate::nlu::IntentName;
use crate::pii::{Detector, KindSet, PiiKind, Treatment, treatment};
use crate::transcripts::retention::ClassName;
use anyhow::{Context as _, Result, bail};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Names of intents that stand for what is out of scope.
const OUT_OF_SCOPE: &[&str] = &[
    "none",
    "nlu-fallback",
    "out-of-scope",
    "default-fallback-intent",
];

/// What was asked for.
pub(super) struct Wishes<'a> {
    pub(super) department: Option<&'a str>,
    pub(super) record: &'a str,
}

/// Decides.
///
/// # Errors
/// A wish that cannot be met, or a file of the content that cannot be read.
pub(super) fn plan(
    haul: Haul,
    assistant: &Assistant,
    intents: &Path,
    golden: &Path,
    wishes: &Wishes<'_>,
) -> Result<Plan> {
    if let Some(department) = wishes.department {
        known_department(department, assistant).context("--department")?;
    }
    if !assistant
        .register
        .rows
        .contains_key(&ClassName::new(wishes.record))
    {
        bail!("--record {} is no class of the register", wishes.record);
    }
    let mut taking = Taking {
        assistant,
        intents,
        wishes,
        lists: haul.lists,
        detector: Detector::new(&[])?,
        said: assistant
            .examples()
            .map(|(name, text)| (key(text), name.clone()))
            .collect(),
        names: BTreeMap::new(),
        plan: Plan {
            files: BTreeMap::new(),
            report: Report::default(),
        },
    };
    for brought in &haul.intents {
        taking.intent(brought)?;
    }
    for (title, told) in &haul.stories {
        taking.story(title, told, &haul.intents, golden);
    }
    for list in &taking.lists {
        let (name, values) = (&list.entity, counted(list.values.len(), "value"));
        if !haul.intents.iter().any(|intent| intent.mentions(name)) {
            let what = format!("the list {name} of {values}: no intent marks or asks for it");
            taking.plan.report.not_taken.push(what);
        }
    }
    let mut plan = taking.plan;
    plan.report.not_taken.extend(haul.left_out);
    Ok(plan)
}

/// An example as far as two are the same.
fn key(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric() || *c == ' ');
    let plain: String = letters.collect::<String>().to_lowercase();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn known_department(name: &str, assistant: &Assistant) -> Result<()> {
    if assistant
        .departments
        .contains_key(&DepartmentName::new(name))
    {
        return Ok(());
    }
    let known = assistant.departments.keys().map(DepartmentName::as_str);
    let known = known.collect::<Vec<_>>().join(", ");
    bail!(
        "there is no department {name}: add its folder with a department.toml, or use one of {known}"
    )
}

struct Taking<'a> {
    assistant: &'a Assistant,
    intents: &'a Path,
    wishes: &'a Wishes<'a>,
    lists: Vec<List>,
    detector: Detector,
    /// Whose each example is.
    said: BTreeMap<String, IntentName>,
    /// What the intents of others are called here.
    names: BTreeMap<String, IntentName>,
    plan: Plan,
}

impl Taking<'_> {
    fn not(&mut self, what: String) {
        self.plan.report.not_taken.push(what);
    }

    fn intent(&mut self, brought: &Brought) -> Result<()> {
        let theirs = &brought.name;
        if OUT_OF_SCOPE.contains(&slug(theirs).as_str()) {
            let count = counted(brought.utterances.len(), "utterance");
            self.not(format!(
                "{theirs}: {count} out of scope; measure with them (cece eval --oos)"
            ));
            return Ok(());
        }
        let there = ours(theirs, self.assistant);
        let name = match there.clone().map_or_else(|| self.name(brought), Ok) {
            Ok(name) => name,
            Err(why) => {
                self.not(format!("{theirs}: {why:#}"));
                return Ok(());
            }
        };
        self.names.insert(theirs.clone(), name.clone());
        let examples = self.examples(theirs, &name, &brought.utterances);
        self.plan.report.utterances_taken += examples.len();
        let path = self.intents.join(format!("{name}.toml"));
        if there.is_some() {
            if brought.answer.is_some() || !brought.questions.is_empty() {
                self.not(format!(
                    "answer and questions of {theirs}: {name} has its own"
                ));
            }
            if examples.is_empty() {
                return Ok(());
            }
            // Two intents of theirs may be one of ours.
            let source = match self.plan.files.get(&path) {
                Some(Write::Changed(text) | Write::New(text)) => text.clone(),
                None => std::fs::read_to_string(&path)
                    .with_context(|| format!("cannot read {}", path.display()))?,
            };
            let text =
                with_examples(&source, &examples).with_context(|| path.display().to_string())?;
            let line = format!("{name} ({} from {theirs})", examples.len());
            self.plan.report.extended_intents.push(line);
            let count = self.said.values().filter(|owner| **owner == name).count();
            self.warn_of_many(&name, count);
            self.plan.files.insert(path, Write::Changed(text));
            return Ok(());
        }
        if examples.is_empty() {
            self.not(format!(
                "{theirs}: it has no utterance that can be taken over"
            ));
            return Ok(());
        }
        let count = examples.len();
        if count < EXAMPLES_MIN {
            let (has, more) = (counted(count, "example"), EXAMPLES_MIN - count);
            let line = format!("{name} has {has}: write {more} more, or it cannot be used");
            self.plan.report.to_do.push(line);
        }
        self.warn_of_many(&name, count);
        let draft = self.draft(brought, &name, examples);
        self.plan
            .report
            .new_intents
            .push(format!("{name} from {theirs}"));
        let text = draft.text(&format!("{name}.toml"));
        self.plan.files.insert(path, Write::New(text));
        Ok(())
    }

    fn warn_of_many(&mut self, name: &IntentName, count: usize) {
        if count > EXAMPLES_MAX && name.department() != "none" {
            let line = format!(
                "{name} has {count} examples: more than {EXAMPLES_MAX} outweigh other intents; keep those that \
                 differ most"
            );
            self.plan.report.to_do.push(line);
        }
    }

    /// The path of a new intent.
    fn name(&self, brought: &Brought) -> Result<IntentName> {
        let parted = brought.name.split_once('/').filter(|(department, _)| {
            let department = DepartmentName::new(department);
            self.assistant.departments.contains_key(&department)
        });
        let joined = slug(&brought.name);
        let (department, name) = match (parted, &brought.department, self.wishes.department) {
            (Some((department, name)), _, _) => (department, name),
            (None, Some(department), _) => (department.as_str(), brought.name.as_str()),
            (None, None, Some(department)) => (department, brought.name.as_str()),
            (None, None, None) => self.prefixed(&joined).unwrap_or((
                self.assistant.council.switchboard.as_str(),
                brought.name.as_str(),
            )),
        };
        let department = self.department(department)?;
        let name = slug(name);
        if name.is_empty() {
            bail!("no name for a file can be made of it: use letters a to z and digits");
        }
        if name == "department" {
            bail!("a file of that name says who the department is: call the intent something else");
        }
        let name = IntentName::new(&format!("{department}/{name}"));
        if self.names.values().any(|other| *other == name) {
            bail!(
                "{name} is made of another intent already, whose name differs too little: rename one"
            );
        }
        Ok(name)
    }

    /// The department that a name begins with, where a form has no slash in names, and the rest.
    fn prefixed<'n>(&'n self, name: &'n str) -> Option<(&'n str, &'n str)> {
        let departments = self
            .assistant
            .departments
            .keys()
            .map(DepartmentName::as_str);
        departments
            .filter_map(|department| {
                let rest = name.strip_prefix(department)?.strip_prefix('-')?;
                Some((department, rest))
            })
            .max_by_key(|(department, _)| department.len())
    }

    /// The folder of a department by that, or by what residents call it.
    fn department(&self, written: &str) -> Result<&str> {
        let mut named = self.assistant.departments.values().filter(|department| {
            department.name.as_str() == slug(written)
                || department.title.eq_ignore_ascii_case(written.trim())
        });
        match named.next() {
            Some(department) => Ok(department.name.as_str()),
            None => known_department(written, self.assistant).map(|()| ""),
        }
    }

    /// The utterances that are new and may be kept.
    fn examples(&mut self, theirs: &str, name: &IntentName, all: &[Utterance]) -> Vec<String> {
        let (mut taken, mut new) = (Vec::new(), BTreeSet::new());
        let (mut again, mut twice, mut wordless) = (0, 0, 0);
        let mut others: BTreeMap<String, usize> = BTreeMap::new();
        let mut personal: BTreeMap<String, usize> = BTreeMap::new();
        for utterance in all {
            let text = utterance
                .text
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ");
            let key = key(&text);
            if !key.chars().any(char::is_alphabetic) {
                wordless += 1;
                continue;
            }
            let found = self.detector.scan(&text);
            let kinds: KindSet = found
                .iter()
                .map(|finding| finding.kind)
                .filter(|kind| treatment(*kind, false) != Treatment::Gentle)
                .collect();
            if !kinds.is_empty() {
                let kinds: Vec<&str> = kinds.iter().map(PiiKind::name).collect();
                *personal.entry(kinds.join(", ")).or_default() += 1;
                continue;
            }
            match self.said.get(&key) {
                Some(_) if new.contains(&key) => twice += 1,
                Some(owner) if owner == name => again += 1,
                Some(owner) => *others.entry(owner.to_string()).or_default() += 1,
                None => {
                    self.said.insert(key.clone(), name.clone());
                    new.insert(key);
                    taken.push(text);
                }
            }
        }
        for (count, what) in [
            (again, "among its examples already"),
            (twice, "written twice"),
            (wordless, "without a word"),
        ] {
            if count > 0 {
                let count = counted(count, "utterance");
                self.not(format!("{theirs}: {count} {what}"));
            }
        }
        for (owner, count) in others {
            let count = counted(count, "utterance");
            self.not(format!("{theirs}: {count} among the examples of {owner}"));
        }
        for (kinds, count) in personal {
            // Never the utterance itself: it would stand in a terminal's log.
            let count = counted(count, "utterance");
            self.not(format!("{theirs}: {count} with personal data ({kinds})"));
        }
        taken
    }

    fn draft(&mut self, brought: &Brought, name: &IntentName, examples: Vec<String>) -> Draft {
        let ask = questions(brought, &self.lists, &mut self.plan.report.not_taken);
        let own = name.as_str().rsplit('/').next().unwrap_or_default();
        let elsewhere = name.department() == "none";
        let department = DepartmentName::new(name.department());
        let department = self.assistant.departments.get(&department);
        let department = department.map_or("", |department| &department.title);
        let ask = if elsewhere { Vec::new() } else { ask };
        let (then, answer) = match (&brought.answer, ask.is_empty()) {
            (Some(answer), true) => ("answer", answer.clone()),
            (Some(answer), false) => ("report", answer.clone()),
            (None, false) => ("report", format!("I can take that down for {department}.")),
            (None, true) if elsewhere => ("answer", format!("{department} deals with that.")),
            (None, true) => ("redirect", format!("{department} can help you with that.")),
        };
        if brought.answer.is_none() {
            let line = format!("{name} came without an answer: write what residents are told");
            self.plan.report.to_do.push(line);
        }
        Draft {
            title: words(own),
            examples,
            then: then.to_owned(),
            record: self.wishes.record.to_owned(),
            elsewhere,
            answer,
            ask,
            ..Draft::default()
        }
    }

    /// A story as a golden conversation, as far as there are words for what is meant in it.
    fn story(&mut self, title: &str, told: &[Told], intents: &[Brought], golden: &Path) {
        let mut text = format!("# {}\n", title.trim());
        let mut turns = 0;
        for turn in told {
            let first = || {
                let of = intents
                    .iter()
                    .find(|one| Some(&one.name) == turn.intent.as_ref())?;
                Some(of.utterances.first()?.text.clone())
            };
            let Some(said) = turn.text.clone().or_else(first) else {
                continue;
            };
            turns += 1;
            text.push_str(&format!(
                "> {}\n",
                said.split_whitespace().collect::<Vec<_>>().join(" ")
            ));
            let name = turn
                .intent
                .as_ref()
                .and_then(|theirs| self.names.get(theirs));
            if let Some(name) = name {
                text.push_str(&format!("< intent {name}\n"));
            }
        }
        let file = golden.join(format!("{}.txt", slug(title)));
        if turns == 0 || slug(title).is_empty() {
            self.not(format!("the story \"{title}\": nothing is said in it"));
        } else if !self.detector.scan(&text).is_empty() {
            self.not(format!("the story \"{title}\": it holds personal data"));
        } else if file.exists() {
            self.not(format!(
                "the story \"{title}\": {} is there",
                file.display()
            ));
        } else if self.plan.files.contains_key(&file) {
            self.not(format!("the story \"{title}\": another one is called so"));
        } else {
            self.plan.report.conversations += 1;
            self.plan.files.insert(file, Write::New(text));
        }
    }
}
