//! What authors rely on: every slip is found, all at once, at its place, with its mend.

#![allow(clippy::string_slice)]

use fixture::{content, wording, write};

use cece::commands;
use cece::content::load;
use cece::content::{Fault, Faults, Loaded, Locale, Phrase, Severity, SlotType, Then};
use cece::departments::DepartmentName;
use cece::engine::Sources;
use cece::nlu::{Command, IntentName};
use cece::pii::{Detector, PiiKind};
use cece::transcripts::retention::Register;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::sync::{Arc, LazyLock};

mod fixture;
mod forty;
mod phrasings;

const TODAY: Date = date(2026, 7, 1);
const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn register() -> Arc<Register> {
    let file = Path::new(ROOT).join("transcripts/retention.toml");
    let text = fs::read_to_string(&file).unwrap();
    Arc::new(Register::parse(&text, &file).unwrap())
}

fn scan(text: &str) -> Vec<PiiKind> {
    static DETECTOR: LazyLock<Detector> = LazyLock::new(|| Detector::rules_alone().unwrap());
    DETECTOR
        .scan(text)
        .into_iter()
        .map(|finding| finding.kind)
        .collect()
}

fn load_at(dir: &Path, today: Date) -> Result<Loaded, Faults> {
    load(dir, register(), today, &scan)
}

/// Loads files from a folder called `intents`, after `spoil` has had its way with it.
fn load_files(files: &BTreeMap<&str, String>, spoil: impl FnOnce(&Path)) -> Result<Loaded, Faults> {
    let place = tempfile::tempdir().unwrap();
    let dir = place.path().join("intents");
    write(&dir, files);
    spoil(&dir);
    load_at(&dir, TODAY)
}

fn faults_of(outcome: Result<Loaded, Faults>) -> Vec<Fault> {
    match outcome {
        Ok(loaded) => loaded.warnings,
        Err(faults) => faults.0,
    }
}

#[test]
fn a_sound_folder_loads_whole_and_without_a_word() {
    let loaded = load_files(&content(), |_| ()).unwrap();
    assert_eq!(loaded.warnings, []);
    let assistant = loaded.assistant;
    assert_eq!(assistant.version.len(), 16);
    assert_eq!(assistant.departments.len(), 3);
    assert_eq!(assistant.examples().count(), 40);
    assert!(assistant.council.holidays.contains(date(2026, 12, 29)));

    let waste = &assistant.departments[&DepartmentName::new("waste")];
    assert_eq!(
        waste.channels.url.as_deref(),
        Some("https://www.cheshvale.example/bins")
    );
    assert_eq!(
        waste.hours.in_words(Locale::En),
        "Monday 08:30 to 12:30 and 13:30 to 17:00; Friday 18:00 to midnight"
    );
    assert_eq!(
        waste.out_of_hours.urgent_to,
        Some(DepartmentName::new("emergency"))
    );
    assert_eq!(
        waste.out_of_hours.text.get(Locale::Cy),
        "Mae'r criwiau i ffwrdd."
    );
}

#[test]
fn an_intent_is_read_as_it_is_written() {
    let assistant = load_files(&content(), |_| ()).unwrap().assistant;
    let bin = &assistant.intents[&IntentName::new("waste/missed-bin")];
    assert_eq!(bin.department, DepartmentName::new("waste"));
    assert_eq!(bin.then, Then::Report);
    assert_eq!(
        bin.answer.text.get(Locale::En),
        "We come back within 14 days."
    );
    assert_eq!(
        bin.answer.text.get(Locale::Cy),
        "Byddwn yn dod o fewn 14 diwrnod."
    );
    assert_eq!(bin.answer.valid_to, Some(date(2027, 3, 31)));
    let link = bin.links[0].get(Locale::Cy);
    assert_eq!(
        (&*link.text, &*link.url),
        ("Biniau", "https://www.cheshvale.example/missed-bin")
    );
    assert!(bin.never_ask.contains(PiiKind::DateOfBirth));
    assert_eq!(bin.ask.len(), 3);
    assert!(bin.ask[0].pii.contains(PiiKind::UkPostcode));
    assert_eq!(bin.ask[1].kind, SlotType::Number { min: 1, max: 20 });
    let SlotType::Choice(choices) = &bin.ask[2].kind else {
        panic!("{:?}", bin.ask[2].kind);
    };
    assert_eq!(&*choices[0].synonyms[0], "garden bin");
}

#[test]
fn wording_is_read_in_both_languages() {
    let assistant = load_files(&content(), |_| ()).unwrap().assistant;
    let wording = &assistant.wording;
    assert_eq!(
        wording.phrase(Phrase::Greeting, Locale::Cy),
        "This is Cheshvale Council."
    );
    assert_eq!(
        wording.phrase(Phrase::Notice, Locale::En),
        "Kept for {kept_for}, reference {reference}."
    );
    assert_eq!(
        wording
            .warning(PiiKind::Cvv, Locale::Cy)
            .unwrap()
            .advice
            .as_ref(),
        "Ring us."
    );
    let person: Vec<_> = assistant.commands[&Command::Person]
        .iter()
        .map(|p| &**p)
        .collect();
    assert_eq!(person, ["person", "person os gwelwch"]);
}

/// Plants the slip of one case of `content/faults.txt`, and holds the outcome against it.
fn check(case: &str) {
    let mut files = content();
    let mut file = "";
    let (mut from, mut to) = (Vec::new(), Vec::new());
    let (mut place, mut says) = (None, "");
    for line in case.lines().chain([""]) {
        let (sign, rest) = line.split_at(line.len().min(1));
        let rest = rest.strip_prefix(' ').unwrap_or(rest);
        // A replacement ends with the last of its `+` lines.
        if sign != "+" && !to.is_empty() {
            replace(&mut files, file, &from.join("\n"), &to.join("\n"));
            (from, to) = (Vec::new(), Vec::new());
        }
        match sign {
            "=" => file = rest,
            "-" => from.push(rest),
            "+" => to.push(rest),
            "@" => place = Some(rest),
            "!" => says = rest,
            _ => {}
        }
    }
    let text = files.get_mut(file).unwrap();
    let at = text.find(place.unwrap_or("‸")).expect("a mark");
    let before = &text[..at];
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    *text = text.replace('‸', "");
    let place = format!("intents/{file}:{line}:{column}: ");
    check_only(load_files(&files, |_| ()), &place, says);
}

fn replace(files: &mut BTreeMap<&str, String>, file: &str, from: &str, to: &str) {
    let text = files.get_mut(file).expect(file);
    assert!(text.contains(from), "{file} holds no {from}");
    *text = text.replacen(from, to, 1);
}

/// The one fault there is must be at `place` and hold each part of `says`.
fn check_only(outcome: Result<Loaded, Faults>, place: &str, says: &str) {
    let faults = faults_of(outcome);
    let shown: Vec<_> = faults.iter().map(ToString::to_string).collect();
    let [fault] = shown.as_slice() else {
        panic!("{place} {says}: not one fault, but {shown:#?}");
    };
    assert!(fault.starts_with(place), "{place} expected: {fault}");
    for part in says.split(" … ") {
        assert!(fault.contains(part), "`{part}` expected: {fault}");
    }
}

#[test]
fn every_planted_slip_is_found_at_its_place_with_its_mend() {
    let cases = include_str!("content/faults.txt").split("\n\n");
    let cases: Vec<_> = cases.filter(|case| case.starts_with('=')).collect();
    assert!(cases.len() > 100);
    cases.into_iter().for_each(check);
}

#[test]
fn an_answer_is_warned_about_from_thirty_days_before_its_end_and_not_sooner() {
    let place = tempfile::tempdir().unwrap();
    write(place.path(), &content());
    let warnings = |today| load_at(place.path(), today).unwrap().warnings.len();
    assert_eq!(warnings(date(2027, 2, 28)), 0);
    assert_eq!(warnings(date(2027, 3, 1)), 1);
    assert_eq!(warnings(date(2027, 4, 1)), 1);
}

#[test]
fn a_sensitive_question_opens_with_its_consent_text() {
    let mut files = content();
    let text = files.get_mut("waste/missed-bin.toml").unwrap();
    *text = text.replace(
        "type = \"address\"\npii = [",
        "type = \"address\"\nspoken = \"Where?\"\nbasis = \"Art 9(2)(a)\"\nconsent = \"You need not answer.\"\n\
         pii = [\"SPECIAL_CATEGORY\", ",
    );
    let assistant = load_files(&files, |_| ()).unwrap().assistant;
    let slot = &assistant.intents[&IntentName::new("waste/missed-bin")].ask[0];
    assert_eq!(
        slot.prompt.get(Locale::En),
        "You need not answer. What is the address?"
    );
    let spoken = slot.spoken.as_ref().unwrap();
    assert_eq!(spoken.get(Locale::En), "You need not answer. Where?");
}

/// Spoils the folder itself.
fn check_folder(spoil: impl FnOnce(&Path), place: &str, says: &str) {
    check_only(load_files(&content(), spoil), place, says);
}

#[test]
fn files_and_folders_that_do_not_belong_are_found() {
    let put = |path: &'static str, bytes: &'static [u8]| {
        move |dir: &Path| {
            let file = dir.join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, bytes).unwrap();
        }
    };
    let remove = |path: &'static str| move |dir: &Path| fs::remove_file(dir.join(path)).unwrap();
    check_folder(
        remove("council.toml"),
        "intents/council.toml:1:1: error: the file is missing",
        "add it",
    );
    check_folder(
        remove("wording.cy.toml"),
        "intents/wording.cy.toml:1:1: error: the file is missing",
        "add it",
    );
    check_folder(
        remove("none/department.toml"),
        "intents/none/department.toml:1:1: error: the file is missing",
        "add it",
    );
    check_folder(
        |dir| fs::create_dir(dir.join("parks")).unwrap(),
        "intents/parks/department.toml:1:1: error: the file is missing",
        "add it",
    );
    check_folder(
        put("wording.fr.toml", b""),
        "intents/wording.fr.toml:1:1: error: this file does not belong here",
        "department's folder",
    );
    check_folder(
        put("waste/Missed_Bin.toml", b""),
        "intents/waste/Missed_Bin.toml:1:1: error: this is not the name of an intent",
        "lower-case",
    );
    check_folder(
        put("waste/notes.txt", b"x"),
        "intents/waste/notes.txt:1:1: error: this file is not read",
        ".toml",
    );
}

#[test]
fn hidden_files_are_nobodys_content() {
    let loaded = load_files(&content(), |dir| {
        fs::write(dir.join(".gitkeep"), "").unwrap()
    });
    assert_eq!(loaded.unwrap().warnings, []);
}

#[test]
fn files_that_cannot_be_read_are_found() {
    check_folder(
        |dir| fs::create_dir(dir.join("Parks & Grounds")).unwrap(),
        "intents/Parks & Grounds:1:1: error: this is not the name of a department",
        "lower-case letters",
    );
    check_folder(
        |dir| fs::create_dir_all(dir.join("waste/bins")).unwrap(),
        "intents/waste/bins:1:1: error: a folder inside a department's folder is not read",
        "move",
    );
    check_folder(
        |dir| fs::write(dir.join("waste/bad.toml"), b"title = \"x\"\n# caf\xe9").unwrap(),
        "intents/waste/bad.toml:2:6: error: the file is not UTF-8",
        "save it as UTF-8",
    );
    check_folder(
        |dir| fs::write(dir.join("waste/large.toml"), vec![b'#'; 1_048_577]).unwrap(),
        "intents/waste/large.toml:1:1: error: the file is larger than 1048576 bytes",
        "split",
    );
    check_folder(
        |dir| {
            let name = std::ffi::OsStr::from_bytes(b"bad\xff.toml");
            fs::write(dir.join("waste").join(name), "").unwrap();
        },
        "intents/waste:1:1: error: the name",
        "is not UTF-8 … lower-case letters",
    );
    check_folder(
        |dir| std::os::unix::fs::symlink("nowhere", dir.join("waste/gone.toml")).unwrap(),
        "intents/waste/gone.toml:1:1: error: it cannot be read",
        "mend or remove it",
    );
    check_folder(
        |dir| {
            let outside = dir.with_file_name("secret.toml");
            fs::write(&outside, "title = \"hidden\"").unwrap();
            std::os::unix::fs::symlink(outside, dir.join("waste/secret.toml")).unwrap();
        },
        "intents/waste/secret.toml:1:1: warning: this symbolic link leads out of the content folder",
        "not read … put the file itself here",
    );
}

#[test]
fn a_folder_that_is_missing_or_empty_says_what_belongs_in_it() {
    let place = tempfile::tempdir().unwrap();
    let missing = load_at(&place.path().join("intents"), TODAY).unwrap_err();
    let shown = missing.to_string();
    assert!(
        shown.contains("intents:1:1: error: the content folder cannot be read"),
        "{shown}"
    );

    fs::create_dir(place.path().join("intents")).unwrap();
    let empty = load_at(&place.path().join("intents"), TODAY).unwrap_err();
    let shown: Vec<_> = empty
        .0
        .iter()
        .map(|fault| fault.file.display().to_string())
        .collect();
    assert_eq!(
        shown,
        [
            "intents",
            "intents/council.toml",
            "intents/wording.cy.toml",
            "intents/wording.en.toml"
        ]
    );
}

#[test]
fn every_fault_of_every_file_comes_at_once_in_order() {
    let mut files = content();
    for (file, from, to) in [
        ("council.toml", "\"waste\"", "\"wast\""),
        ("emergency/fire.toml", "danger = ", "dangr = "),
        ("waste/department.toml", "13:30", "12:00"),
        (
            "waste/missed-bin.toml",
            "confirm = true",
            "confirm = 1\nlgsl2 = 3",
        ),
        ("wording.cy.toml", "[commands]", "[commands"),
    ] {
        let text = files.get_mut(file).unwrap();
        *text = text.replacen(from, to, 1);
    }
    let faults = load_files(&files, |_| ()).unwrap_err();
    assert!(
        faults
            .0
            .iter()
            .all(|fault| fault.severity == Severity::Error)
    );
    let shown: Vec<_> = faults
        .0
        .iter()
        .map(|fault| format!("{}:{}", fault.file.display(), fault.line))
        .collect();
    let before = wording(Locale::Cy).find("[commands]").unwrap();
    let line = wording(Locale::Cy)[..before].matches('\n').count() + 1;
    let commands = format!("intents/wording.cy.toml:{line}");
    let bins = [
        "intents/waste/missed-bin.toml:17",
        "intents/waste/missed-bin.toml:18",
    ];
    assert_eq!(
        shown,
        [
            "intents/council.toml:4",
            "intents/emergency/fire.toml:1",
            "intents/emergency/fire.toml:15",
            "intents/waste/department.toml:11",
            bins[0],
            bins[1],
            &commands,
        ]
    );
    assert_eq!(faults.to_string().lines().count(), 7);
}

#[test]
fn an_unreadable_council_file_does_not_make_its_facts_unknown_elsewhere() {
    let mut files = content();
    files.insert("council.toml", "name = ".to_owned());
    let faults = load_files(&files, |_| ()).unwrap_err();
    assert_eq!(faults.0.len(), 1, "{faults}");
}

#[test]
fn the_version_follows_the_bytes_and_names_of_the_files_and_the_register() {
    let version =
        |files: &BTreeMap<&str, String>| load_files(files, |_| ()).unwrap().assistant.version;
    let first = version(&content());
    assert_eq!(first, version(&content()));

    let mut changed = content();
    changed.get_mut("none/weather.toml").unwrap().push('#');
    assert_ne!(first, version(&changed));

    let mut renamed = content();
    let text = renamed.remove("waste/garden.toml").unwrap();
    renamed.insert("waste/gardens.toml", text);
    assert_ne!(first, version(&renamed));

    let place = tempfile::tempdir().unwrap();
    write(place.path(), &content());
    let mut other = Register::clone(&register());
    other.version = "0123456789abcdef".into();
    let loaded = load(place.path(), Arc::new(other), TODAY, &scan).unwrap();
    assert_ne!(first, loaded.assistant.version);
}

#[test]
fn the_check_command_writes_every_fault_and_fails_only_on_errors() {
    let place = tempfile::tempdir().unwrap();
    let dir = place.path().join("intents");
    let register = Path::new(ROOT).join("transcripts/retention.toml");
    let sources = Sources {
        intents: dir.clone(),
        register,
        models: Path::new(ROOT).join("models"),
        encodings: place.path().join("encodings"),
    };
    let run = |today| {
        let mut out = Vec::new();
        let good = commands::check::check(&sources, today, &mut out).unwrap();
        (good, String::from_utf8(out).unwrap())
    };
    write(&dir, &content());
    let (good, said) = run(TODAY);
    assert!(good);
    assert!(
        said.contains("4 intents in 3 departments") && said.contains("0 warnings"),
        "{said}"
    );

    let (good, said) = run(date(2028, 1, 1));
    assert!(good);
    assert!(
        said.contains("warning: the answer has passed its date"),
        "{said}"
    );

    fs::write(dir.join("council.toml"), "name = 1").unwrap();
    let (good, said) = run(TODAY);
    assert!(!good);
    assert!(said.contains("intents/council.toml:1:8: error"), "{said}");
    assert!(said.contains("not used until"));
}

#[test]
fn the_shipped_content_loads_without_a_fault() {
    let faults = faults_of(load_at(&Path::new(ROOT).join("intents"), TODAY));
    assert!(faults.is_empty(), "{}", Faults(faults));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Whatever is done to a file, loading ends in content or in faults that point into the file.
    #[test]
    fn no_file_makes_loading_fail_without_a_place(
        file in 0_usize..10, at in 0.0..1.0, cut in 0_usize..40, put in "[\\PC\n\"\\[{=]{0,12}",
    ) {
        let mut files = content();
        let text = files.values_mut().nth(file).unwrap();
        let chars: Vec<char> = text.chars().collect();
        let start = (chars.len() as f64 * at) as usize;
        let end = (start + cut).min(chars.len());
        let (before, after) = (&chars[..start], &chars[end..]);
        *text = before.iter().copied().chain(put.chars()).chain(after.iter().copied()).collect();
        for fault in faults_of(load_files(&files, |_| ())) {
            let path = fault.file.strip_prefix("intents").unwrap().to_str().unwrap();
            let lines: Vec<_> = files[path].split('\n').collect();
            let line = lines[fault.line as usize - 1];
            prop_assert!(fault.column as usize <= line.chars().count() + 1, "{fault}");
            prop_assert!(!fault.what.is_empty() && !fault.fix.is_empty());
        }
    }
}
