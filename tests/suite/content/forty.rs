//! Forty faults of forty kinds at once, and what `check --fix` mends of them and what it leaves.

use super::fixture::{content, write};
use super::{ROOT, TODAY, faults_of, load_files, replace};
use cece::commands;
use cece::content::Fault;
use cece::engine::Sources;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

/// A mark that a case leaves where its fault must be: a character of private use for each.
fn mark(case: usize) -> char {
    char::from_u32(0xE000 + u32::try_from(case).unwrap()).unwrap()
}

/// Plants the slip of one case of `content/forty.txt` among others; gives its file and what is said.
fn plant(case: &str, mark: char, files: &mut BTreeMap<&'static str, String>) -> (String, String) {
    let case: &'static str = case.to_owned().leak();
    let (mut file, mut says, mut of_mark) = ("", "", "");
    let (mut from, mut to) = (Vec::new(), Vec::new());
    for line in case.lines().chain([""]) {
        let (sign, rest) = line.split_at(line.len().min(1));
        let rest = rest.strip_prefix(' ').unwrap_or(rest);
        if sign != "+" && !to.is_empty() {
            let new = to.join("\n").replace('‸', &mark.to_string());
            if new.contains(mark) {
                of_mark = file;
            }
            if from.is_empty() {
                files.insert(file, new);
            } else {
                replace(files, file, &from.join("\n"), &new);
            }
            (from, to) = (Vec::new(), Vec::new());
        }
        match sign {
            "=" => file = rest,
            "-" => from.push(rest),
            "+" => to.push(rest),
            "!" => says = rest,
            _ => {}
        }
    }
    (of_mark.to_owned(), says.to_owned())
}

#[test]
fn forty_faults_of_forty_kinds_are_found_at_once_each_at_its_place() {
    let mut files = content();
    let cases = include_str!("forty.txt").split("\n\n");
    let planted: Vec<_> = cases
        .filter(|case| case.starts_with('='))
        .enumerate()
        .map(|(at, case)| (mark(at), plant(case, mark(at), &mut files)))
        .collect();
    let is_mark = |c: char| ('\u{E000}'..'\u{F000}').contains(&c);
    let expected: Vec<(String, &String)> = planted
        .iter()
        .map(|(mark, (file, says))| {
            let text = &files[file.as_str()];
            let before: String = text.chars().take_while(|c| c != mark).collect();
            let before: String = before.chars().filter(|c| !is_mark(*c)).collect();
            let line = before.matches('\n').count() + 1;
            let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
            (format!("intents/{file}:{line}:{column}: "), says)
        })
        .collect();
    for text in files.values_mut() {
        text.retain(|c| !is_mark(c));
    }
    let faults = faults_of(load_files(&files, |_| ()));
    let shown: Vec<String> = faults.iter().map(ToString::to_string).collect();
    for (place, says) in &expected {
        let found = shown.iter().find(|fault| {
            fault.starts_with(place) && says.split(" … ").all(|part| fault.contains(part))
        });
        assert!(found.is_some(), "{place}{says} is not among {shown:#?}");
    }
    assert_eq!(shown.len(), expected.len(), "{shown:#?}");
    let kinds: BTreeSet<String> = faults
        .iter()
        .map(|fault| {
            let parts = fault.what.split('`').step_by(2);
            let what = parts.collect::<Vec<_>>().join("`");
            what.chars().filter(|c| !c.is_ascii_digit()).collect()
        })
        .collect();
    assert!(kinds.len() >= 40, "{}: {kinds:#?}", kinds.len());
}

/// Loads `content` with `from` replaced by `to` in a file, mends it, and gives the file back.
fn mended(file: &str, from: &str, to: &str) -> (String, Vec<Fault>) {
    let mut files = content();
    let slip = files.get_mut(file).unwrap();
    assert!(slip.contains(from), "{file} holds no {from}");
    *slip = slip.replacen(from, to, 1);
    let place = tempfile::tempdir().unwrap();
    let dir = place.path().join("intents");
    write(&dir, &files);
    let sources = Sources {
        intents: dir.clone(),
        register: Path::new(ROOT).join("transcripts/retention.toml"),
        models: Path::new(ROOT).join("models"),
        encodings: place.path().join("encodings"),
    };
    let mode = |file: &Path| fs::metadata(file).unwrap().permissions().mode();
    let before = mode(&dir.join(file));
    let done = commands::check::fix(&sources, TODAY).unwrap();
    assert_eq!(mode(&dir.join(file)), before, "{file}");
    (fs::read_to_string(dir.join(file)).unwrap(), done)
}

#[test]
fn what_needs_no_decision_is_mended_and_nothing_else_is_touched() {
    let bin = "waste/missed-bin.toml";
    for (file, right, slip) in [
        (bin, "examples = [", "exmaples = ["),
        (bin, "then = \"report\"", "then = \"repotr\""),
        (bin, "confirm = true", "confirm = \"yes\""),
        (bin, "lgil = 17", "lgil = \"17\""),
        (bin, "lgsl = [524]", "lgsl = 524"),
        (bin, "valid_to = 2027-03-31", "valid_to = \"2027-03-31\""),
        (bin, "\"UK_POSTCODE\"", "\"UK_POSTCODES\""),
        (
            bin,
            "    \"missed by the kerb\",\n",
            "    \"missed by the kerb\",\n    \"Missed by the kerb!\",\n",
        ),
        (
            "waste/department.toml",
            "\"08:30-12:30\"",
            "\"8.30 – 12:30\"",
        ),
        ("council.toml", "time_zone =", "timezone ="),
    ] {
        let (text, done) = mended(file, right, slip);
        assert_eq!(text, content()[file], "{slip}");
        assert_eq!(done.len(), 1, "{slip}: {done:#?}");
    }
    for (file, right, slip) in [
        // Where it leads to, who takes it and how long it is kept are an author's to say.
        (
            bin,
            "record = \"service-request\"",
            "record = \"service request\"",
        ),
        (
            "council.toml",
            "switchboard = \"waste\"",
            "switchboard = \"wast\"",
        ),
        (bin, "lgil = 17", "lgil = \"seventeen\""),
        (
            "waste/garden.toml",
            "\"subscribe by the kerb\"",
            "\"missed by the kerb\"",
        ),
    ] {
        let (text, done) = mended(file, right, slip);
        assert_eq!(text, content()[file].replacen(right, slip, 1), "{slip}");
        assert!(done.is_empty(), "{slip}: {done:#?}");
    }
}
