//! What an author does on the command line: the path of docs/authoring.md, and what it begins with; the
//! work of a day is in `authors_day`.

use crate::town::root;
use cece::commands::new;
use cece::content::schema::FileKind;
use cece::engine::{Bundle, Sources};
use cece::nlu::Verdict;
use jiff::civil::date;
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

pub(crate) const CECE: &str = env!("CARGO_BIN_EXE_cece");

/// Runs `cece` in a folder, with nobody at the keyboard.
fn cece(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(CECE)
        .args(arguments)
        .current_dir(folder)
        .env_remove("CECE_INTENTS")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

pub(crate) fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// Runs `cece` and gives what it said; it must end with `code`.
#[track_caller]
pub(crate) fn run(folder: &Path, code: i32, arguments: &[&str]) -> String {
    let output = cece(folder, arguments);
    let text = said(&output);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {text}");
    text
}

/// A new assistant in a folder of its own, with the encodings of its examples worked out.
pub(crate) fn anytown() -> (tempfile::TempDir, PathBuf) {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("anytown");
    new::make(&folder, None, &root().join("models")).unwrap();
    keep_encodings(&folder);
    (place, folder)
}

/// Encodings take a debug build seconds, and are the same for every new assistant.
fn keep_encodings(folder: &Path) {
    static ENCODINGS: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("anytown");
        new::make(&folder, None, &root().join("models")).unwrap();
        bundle(&folder);
        fs::read(folder.join("encodings/encodings.bin")).unwrap()
    });
    fs::create_dir_all(folder.join("encodings")).unwrap();
    fs::write(folder.join("encodings/encodings.bin"), &*ENCODINGS).unwrap();
}

pub(crate) fn bundle(folder: &Path) -> Bundle {
    let sources = Sources {
        intents: folder.join("intents"),
        register: folder.join("transcripts/retention.toml"),
        models: root().join("models"),
        encodings: folder.join("encodings"),
    };
    let loaded = Bundle::load(&sources, date(2026, 6, 10));
    let (bundle, warnings) = loaded.unwrap_or_else(|error| panic!("{error}"));
    assert!(warnings.is_empty(), "{warnings:#?}");
    bundle.finish();
    bundle
}

/// One step of the path: what is typed, the exit code, and what must be said.
struct Typed {
    line: String,
    code: i32,
    said: Vec<String>,
}

/// The steps of the path, with the files that it shows; a step that must fail ends in ` # CODE`.
fn path(page: &str) -> (Vec<Typed>, Vec<(String, String)>) {
    let (mut steps, mut files): (Vec<Typed>, _) = (Vec::new(), Vec::new());
    let mut blocks = page.split("```");
    while let (Some(_), Some(block)) = (blocks.next(), blocks.next()) {
        let (head, body) = block.split_once('\n').unwrap();
        if let Some(name) = head.strip_prefix("text ") {
            files.push((name.to_owned(), body.to_owned()));
        } else if head == "console" {
            for line in body.lines() {
                match line.strip_prefix("$ ") {
                    None => steps.last_mut().unwrap().said.push(line.to_owned()),
                    Some(line) => {
                        let (line, code) = line.rsplit_once(" # ").unwrap_or((line, "0"));
                        steps.push(Typed {
                            line: line.to_owned(),
                            code: code.parse().unwrap(),
                            said: Vec::new(),
                        });
                    }
                }
            }
        }
    }
    (steps, files)
}

#[test]
fn the_path_of_a_newcomer_goes_as_the_page_says() {
    let page = fs::read_to_string(root().join("docs/authoring.md")).unwrap();
    let (steps, files) = path(&page);
    assert!(steps.len() > 10, "{}", steps.len());
    let place = tempfile::tempdir().unwrap();
    let mut folder = place.path().to_owned();
    for step in steps {
        if let Some(inner) = step.line.strip_prefix("cd ") {
            folder.push(inner);
            keep_encodings(&folder);
            for (name, text) in &files {
                fs::write(folder.join(name), text).unwrap();
            }
            continue;
        }
        let bin = Path::new(CECE).parent().unwrap();
        let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
        let output = Command::new("sh")
            .args(["-c", &step.line])
            .current_dir(&folder)
            .env("PATH", path)
            .env("CECE_MODELS", root().join("models"))
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let text = said(&output);
        // A padded column is as wide as it is.
        let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(
            output.status.code(),
            Some(step.code),
            "{}: {text}",
            step.line
        );
        for line in &step.said {
            assert!(
                plain(&text).contains(&plain(line)),
                "{}: {line}: {text}",
                step.line
            );
        }
    }
}

#[test]
fn a_new_assistant_is_whole_and_overwrites_nothing() {
    let (_place, folder) = anytown();
    let text = run(&folder, 0, &["check", "--json"]);
    let checked: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(checked["ok"], true, "{text}");
    assert_eq!(checked["faults"], json!([]));
    let council = fs::read_to_string(folder.join("intents/council.toml")).unwrap();
    assert!(council.contains("name = \"Anytown Council\""), "{council}");
    let waste = fs::read_to_string(folder.join("intents/waste/department.toml")).unwrap();
    for text in [council, waste] {
        // Of the made-up council nothing stays.
        assert!(!text.to_lowercase().contains("cheshvale"), "{text}");
    }
    let text = run(&folder, 1, &["new", "intents"]);
    assert!(text.contains("not empty"), "{text}");
    let mut server = Command::new(CECE)
        .args(["serve", "--listen", "127.0.0.1:0"])
        .current_dir(&folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let first = lines.next().unwrap().unwrap();
    server.kill().unwrap();
    server.wait().unwrap();
    assert!(first.starts_with("CeCe is ready."), "{first}");
}

/// Half of what a new assistant knows is danger, and most of what it is told it has never heard of.
#[test]
fn a_new_assistant_takes_only_danger_for_danger() {
    let (_place, folder) = anytown();
    let bundle = bundle(&folder);
    let is_danger = |text: &str| {
        let understood = bundle.understand_text(text.to_owned());
        let ranked = understood.ranked.first();
        let sure = ranked.filter(|_| understood.verdict == Verdict::Sure);
        let sure = sure.is_some_and(|first| first.intent.department() == "emergency");
        understood.danger.is_some() || sure
    };
    let ordinary = [
        "swings broken in the playground",
        "a tree root is lifting the pavement outside the shop",
        "my neighbour's dog barks all night",
        "I need to renew my parking permit",
        "how do I register to vote",
        "the street lamp outside number nine has gone off",
        "rats by the bins behind the shops",
        "can my son get a school place in September",
        "I want to hire the town hall for a party",
        "do I need planning permission for a garage",
        "there is graffiti on the bus shelter",
        "the drain on our road is blocked with leaves",
    ];
    let alarming: Vec<&str> = ordinary
        .into_iter()
        .filter(|text| is_danger(text))
        .collect();
    assert_eq!(alarming, [""; 0]);
    let dangers = [
        "the kitchen is on fire",
        "I can smell gas",
        "he is not breathing",
        "my ex is kicking the front door in",
        "water is pouring through my ceiling onto the lights",
        "a wire has come down and it is sparking",
        "I have taken all my tablets",
        "the front of the house has just come down on the pavement",
    ];
    let missed: Vec<&str> = dangers
        .into_iter()
        .filter(|text| !is_danger(text))
        .collect();
    assert_eq!(missed, [""; 0]);
}

#[test]
fn a_new_intent_without_a_terminal_says_which_flag_is_missing() {
    let (_place, folder) = anytown();
    let lost = |more: &[&'static str]| {
        let begun = [
            "new-intent",
            "waste/lost",
            "--title",
            "Lost",
            "--answer",
            "x",
        ];
        [&begun[..], more].concat()
    };
    for (arguments, says) in [
        (vec!["new-intent"], "nobody is here to ask"),
        (
            vec!["new-intent", "parks/trees"],
            "there is no department parks",
        ),
        (vec!["new-intent", "waste/lost"], "--title"),
        (lost(&[]), "--example"),
        (
            lost(&["--example", "lost", "--record", "nothing"]),
            "no class of the register",
        ),
    ] {
        let text = run(&folder, 1, &arguments);
        assert!(text.contains(says), "{arguments:?}: {text}");
    }
    assert!(!folder.join("intents/waste/lost.toml").exists());
    let arguments = [
        "new-intent",
        "waste/Lost Bin",
        "--title",
        "Lost",
        "--answer",
        "x",
        "--example",
        "lost bin",
    ];
    let text = run(&folder, 1, &arguments);
    assert!(text.contains("lost-bin.toml is written"), "{text}");
    assert!(text.contains("1 examples; an intent needs 10"), "{text}");
    let text = run(&folder, 1, &arguments);
    assert!(text.contains("faults already"), "{text}");
}

/// A TOML value as an editor hands it to a schema.
fn as_json(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(text) => json!(text),
        toml::Value::Integer(number) => json!(number),
        toml::Value::Float(number) => json!(number),
        toml::Value::Boolean(flag) => json!(flag),
        toml::Value::Datetime(moment) => json!(moment.to_string()),
        toml::Value::Array(list) => list.iter().map(as_json).collect(),
        toml::Value::Table(table) => {
            let pairs = table
                .iter()
                .map(|(key, value)| (key.clone(), as_json(value)));
            Value::Object(pairs.collect())
        }
    }
}

#[test]
fn the_schemas_take_every_shipped_file_and_refuse_slips() {
    let valid = |kind: FileKind, text: &str| {
        let table: toml::Table = text.parse().unwrap();
        let validator = jsonschema::validator_for(&kind.schema()).unwrap();
        let value = as_json(&toml::Value::Table(table));
        let faults: Vec<String> = validator
            .iter_errors(&value)
            .map(|e| e.to_string())
            .collect();
        faults
    };
    let intents = root().join("intents");
    let mut seen = 0;
    let mut look = |path: &Path| {
        let inside = path.strip_prefix(&intents).unwrap().to_str().unwrap();
        let text = fs::read_to_string(path).unwrap();
        let faults = valid(FileKind::of(inside), &text);
        assert!(faults.is_empty(), "{inside}: {faults:#?}");
        seen += 1;
    };
    for entry in fs::read_dir(&intents).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            for entry in fs::read_dir(&path).unwrap() {
                look(&entry.unwrap().path());
            }
        } else {
            look(&path);
        }
    }
    assert!(seen > 100, "{seen}");
    let bin = fs::read_to_string(intents.join("waste/missed-bin.toml")).unwrap();
    for (right, slip) in [
        ("examples = [", "exmaples = ["),
        ("then = \"report\"", "then = \"repotr\""),
        ("confirm = true", "confirm = \"yes\""),
        ("type = \"address\"", "type = \"adress\""),
        ("\"UK_POSTCODE\"", "\"POSTCODE\""),
        ("[answer]\ntext", "[answer]\ntxet"),
    ] {
        assert!(bin.contains(right), "{right}");
        let faults = valid(FileKind::Intent, &bin.replacen(right, slip, 1));
        assert!(!faults.is_empty(), "{slip} is taken");
    }
}

#[test]
fn every_command_has_an_example_and_says_its_exit_codes() {
    let place = tempfile::tempdir().unwrap();
    run(place.path(), 0, &["man", "--out", "man1"]);
    for command in [
        "new",
        "new-intent",
        "schema",
        "check",
        "understand",
        "content",
        "try",
        "test",
        "import",
        "export",
        "graph",
        "diff",
        "review",
        "report",
        "eval",
        "completions",
        "man",
    ] {
        let help = run(place.path(), 0, &[command, "--help"]);
        assert!(help.contains("Example"), "{command}: {help}");
        assert!(help.contains("Exit code"), "{command}: {help}");
        assert!(
            !help.contains('\u{1b}'),
            "{command} has colours where nobody looks"
        );
        let page = fs::read_to_string(place.path().join(format!("man1/cece-{command}.1"))).unwrap();
        assert!(page.contains(".SH SYNOPSIS"), "{command}");
    }
    let completions = run(place.path(), 0, &["completions", "bash"]);
    assert!(completions.contains("new-intent"));
}
