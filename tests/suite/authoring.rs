//! What an author does on the command line: the path of docs/authoring.md, and each command by itself.

use crate::golden_content::BUNDLE;
use crate::town::{Bare, Town, root};
use cece::commands::graph::{dialogue, routing, walks};
use cece::commands::review::group;
use cece::commands::test::{Wrong, play_all};
use cece::commands::trial::Trial;
use cece::commands::{diff, new, report};
use cece::content::Locale;
use cece::content::schema::FileKind;
use cece::engine::{Bundle, Sources};
use cece::server::admin::{self, Request};
use cece::server::office::{Activity, Unclear};
use jiff::civil::date;
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

const CECE: &str = env!("CARGO_BIN_EXE_cece");

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

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// Runs `cece` and gives what it said; it must end with `code`.
#[track_caller]
fn run(folder: &Path, code: i32, arguments: &[&str]) -> String {
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

fn bundle(folder: &Path) -> Bundle {
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

#[test]
fn a_new_intent_without_a_terminal_says_which_flag_is_missing() {
    let (_place, folder) = anytown();
    for (arguments, says) in [
        (vec!["new-intent"], "nobody is here to ask"),
        (
            vec!["new-intent", "parks/trees"],
            "there is no department parks",
        ),
        (vec!["new-intent", "waste/lost"], "--title"),
        (
            vec![
                "new-intent",
                "waste/lost",
                "--title",
                "Lost",
                "--answer",
                "x",
            ],
            "--example",
        ),
        (
            vec![
                "new-intent",
                "waste/lost",
                "--title",
                "Lost",
                "--answer",
                "x",
                "--example",
                "lost",
                "--record",
                "nothing",
            ],
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
fn a_tried_message_shows_what_it_comes_to_and_why() {
    let bundle = &*BUNDLE;
    let sunday = "2026-06-14T10:00:00Z".parse().unwrap();
    let text = "my bin wasnt collected, my card is 4111 1111 1111 1111";
    let trial = Trial::of(bundle, text, Locale::En, sunday).unwrap().json();
    assert_eq!(trial["ranked"][0]["intent"], "waste/missed-bin");
    assert_eq!(trial["department"], "waste");
    assert_eq!(trial["open_now"], false);
    assert_eq!(trial["personal"], json!(["CREDIT_CARD"]));
    assert!(!trial.to_string().contains("4111 1111"), "{trial}");
    let words = trial["words"].as_array().unwrap();
    assert!(words.iter().any(|word| word[0] == "collected"), "{words:?}");
    let told = |how: &str| trial[how].as_str().unwrap().to_owned();
    assert!(told("by_eye").contains("I am sorry that your bin was missed"));
    assert_ne!(told("by_eye"), told("by_ear"));
}

#[test]
fn stories_of_rasa_and_scripts_of_botium_are_played() {
    let place = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = place.path().join(name);
        fs::write(&path, text).unwrap();
        path
    };
    let rasa = "version: \"3.1\"\nstories:\n- story: a missed bin\n  steps:\n  - user: |\n      my [brown](bin_type) \
                bin wasnt collected\n    intent: missed_bin\n  - action: utter_missed_bin\n- story: wrong\n  \
                steps:\n  - user: |\n      my bin wasnt collected\n    intent: pothole\n";
    let botium = "A missed bin\n\n#me\nmy bin wasnt collected\n\n#bot\nI am sorry that your bin was \
                  missed\nINTENT missed-bin\nINTENT_CONFIDENCE 80\n";
    let files = [
        file("test_stories.yml", rasa),
        file("bin.convo.txt", botium),
    ];
    let played = play_all(&BUNDLE, &files).unwrap();
    let wrong: Vec<bool> = played.iter().map(|one| one.wrong.is_some()).collect();
    assert_eq!(wrong, [false, true, false]);
    let Some(Wrong::Differs(difference)) = &played[1].wrong else {
        panic!("the second is played");
    };
    assert_eq!(difference.expected, "intent highways/pothole");
    assert_eq!(played[0].left_out, ["action utter_missed_bin"]);
    assert_eq!(played[2].left_out, ["INTENT_CONFIDENCE 80"]);
    let broken = play_all(&BUNDLE, &[file("a.yml", "stories: [")]).unwrap();
    assert!(matches!(&broken[0].wrong, Some(Wrong::Unreadable(_))));
}

#[test]
fn a_chat_with_personal_data_is_not_recorded_unless_it_is_invented() {
    let (_place, folder) = anytown();
    let record = |more: &[&str]| {
        let mut child = Command::new(CECE)
            .args(["test", "--record", "transcripts/golden/new.txt"])
            .args(more)
            .current_dir(&folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let typed = b"my bin wasnt collected\n14 Acacia Avenue\n\n";
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), typed).unwrap();
        child.wait_with_output().unwrap()
    };
    let refused = record(&[]);
    assert_eq!(refused.status.code(), Some(1), "{}", said(&refused));
    assert!(
        said(&refused).contains("personal data"),
        "{}",
        said(&refused)
    );
    let file = folder.join("transcripts/golden/new.txt");
    assert!(!file.exists());
    let written = record(&["--invented"]);
    assert!(written.status.success(), "{}", said(&written));
    let text = fs::read_to_string(&file).unwrap();
    for line in [
        "# New\n@ ",
        "> my bin wasnt collected\n< intent waste/missed-bin\n",
        "< asks address\n> 14 Acacia Avenue\n< slot address = \"14 Acacia Avenue\"\n",
        "< tag service-request\n",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    assert!(run(&folder, 0, &["test"]).contains("4 conversations"));
}

#[test]
fn the_pictures_show_every_intent_and_every_walked_step() {
    let picture = routing(&BUNDLE.assistant, Some("waste")).unwrap();
    assert!(picture.starts_with("flowchart LR\n"));
    assert!(picture.contains("waste --> i_waste_missed_bin[\"Report a missed bin<br/>a report"));
    assert!(!picture.contains("highways"));
    assert!(routing(&BUNDLE.assistant, Some("nowhere")).is_err());
    let walks = walks(&BUNDLE, &root().join("transcripts/golden")).unwrap();
    let picture = dialogue(&walks);
    for step in [
        "Greeting --> Collecting",
        "Collecting --> Confirming",
        "--> Closed",
    ] {
        assert!(picture.contains(step), "{step}: {picture}");
    }
}

#[test]
fn a_difference_is_told_in_decisions() {
    let (_one, before) = anytown();
    let (_two, after) = anytown();
    fs::remove_file(after.join("intents/waste/bin-collection-day.toml")).unwrap();
    let (before, after) = (bundle(&before), bundle(&after));
    let same = diff::compare(&before, &before, None);
    assert!(same.decisions.is_empty() && same.messages > 100, "{same:?}");
    let corpus = vec!["what day is bin day".to_owned(), "fire!".to_owned()];
    let found = diff::compare(&before, &after, Some(corpus));
    assert_eq!(found.removed, ["waste/bin-collection-day"]);
    assert_eq!(found.decisions.len(), 1, "{found:?}");
    let (change, messages) = found.decisions.first_key_value().unwrap();
    assert!(
        change.starts_with("waste/bin-collection-day -> "),
        "{change}"
    );
    assert_eq!(messages, &["what day is bin day"]);
}

#[test]
fn what_was_not_understood_is_grouped_by_likeness() {
    let unclear = |text: &str, nearest: &str| Unclear {
        text: text.to_owned(),
        reference: "CV-7K4M-29QX".to_owned(),
        nearest: vec![nearest.to_owned()],
    };
    let all = [
        unclear("swans on the road", "highways/pothole"),
        unclear("Swans on  the road", "highways/pothole"),
        unclear("my zeppelin is late", "transport/bus"),
    ];
    let groups = group(&all, &[vec![1.0, 0.0], vec![1.0, 0.1], vec![0.0, 1.0]]);
    let shown: Vec<_> = groups
        .iter()
        .map(|one| (one.times, one.messages.len()))
        .collect();
    assert_eq!(shown, [(2, 1), (1, 1)]);
    assert_eq!(groups[0].nearest.as_deref(), Some("highways/pothole"));
}

#[test]
fn an_accepted_message_is_looked_through_and_written_and_an_ignored_one_stays_away() {
    let (_place, folder) = anytown();
    let accept = |text: &str, code| {
        let into = ["--into", "waste/missed-bin", "--yes"];
        let arguments: Vec<&str> = ["review", "--accept", text]
            .into_iter()
            .chain(into)
            .collect();
        run(&folder, code, &arguments)
    };
    for (text, says) in [
        (
            "ring me on 07700 900123 about my bin",
            "personal data (PHONE)",
        ),
        ("my bin at [address] was left", "something was taken out"),
        ("missed bin", "example of waste/missed-bin already"),
    ] {
        let told = accept(text, 1);
        assert!(told.contains(says), "{text}: {told}");
    }
    let told = accept("the wagon sailed past our wheelie", 0);
    assert!(told.contains("cross-validation: "), "{told}");
    let file = folder.join("intents/waste/missed-bin.toml");
    let text = fs::read_to_string(file).unwrap();
    assert!(
        text.contains("    \"the wagon sailed past our wheelie\",\n]"),
        "{text}"
    );
    run(&folder, 0, &["review", "--ignore", "My swans are  late"]);
    let ignored = fs::read_to_string(folder.join("transcripts/live/review-ignored")).unwrap();
    assert!(
        !ignored.contains("swans") && ignored.trim().len() == 64,
        "{ignored}"
    );
}

#[tokio::test]
async fn what_is_kept_is_counted_and_what_was_not_understood_is_found() {
    let town = Town::start(|_| {}).await;
    let (mut client, _) = Bare::hello(town.address).await;
    client.frame().await;
    let unclear = "qwertz flurb zonk gribble";
    for (seq, text) in [(1, unclear), (2, "my bin wasnt collected")] {
        client.say(seq, text).await;
        client.until("state").await;
    }
    let socket = town.folder.join("live/admin.sock");
    let ask = async |request: Request| admin::ask(&socket, &request).await.unwrap().unwrap();
    let reply = ask(Request::Unclear { limit: 10 }).await;
    let found: Vec<Unclear> = serde_json::from_value(reply.data["unclear"].clone()).unwrap();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].text, unclear);
    let (from, to) = (date(2020, 1, 1), date(2199, 12, 31));
    let reply = ask(Request::Activity { from, to }).await;
    let activity: Activity = serde_json::from_value(reply.data).unwrap();
    assert_eq!((activity.conversations, activity.messages), (1, 2));
    assert_eq!(activity.unclear, 1);
    assert_eq!(activity.intents["waste/missed-bin"], 1);
    let page = report::html(&activity, from, to);
    assert!(page.contains("waste/missed-bin") && !page.contains(unclear));
    let sheet = report::csv(&activity).unwrap();
    assert!(
        sheet.contains("Needs by intent,waste/missed-bin,1\n"),
        "{sheet}"
    );
    let earlier = Request::Activity {
        from,
        to: date(2020, 1, 2),
    };
    assert_eq!(ask(earlier).await.data["conversations"], 0);
    town.stopped().await;
}

#[test]
fn an_evaluation_is_written_in_every_form_and_can_fail_a_build() {
    let (_place, folder) = anytown();
    let arguments = [
        "eval",
        "--html",
        "eval.html",
        "--out",
        "results",
        "--fail-under",
        "1",
    ];
    let text = run(&folder, 0, &arguments);
    assert!(text.contains("right intent"), "{text}");
    let read = |name: &str| -> Value {
        let text = fs::read_to_string(folder.join("results").join(name)).unwrap();
        serde_json::from_str(&text).unwrap()
    };
    let report = read("intent_report.json");
    let bin = &report["waste/missed-bin"];
    assert_eq!(bin["support"], 25, "{bin}");
    for share in [
        &bin["recall"],
        &bin["precision"],
        &report["macro avg"]["f1-score"],
    ] {
        assert!((0.0..=1.0).contains(&share.as_f64().unwrap()), "{report}");
    }
    let (errors, successes) = (read("intent_errors.json"), read("intent_successes.json"));
    let all = errors.as_array().unwrap().len() + successes.as_array().unwrap().len();
    assert_eq!(report["macro avg"]["support"], all);
    let page = fs::read_to_string(folder.join("eval.html")).unwrap();
    assert!(
        page.contains("table class=\"sorted\"") && page.contains("<svg"),
        "{page}"
    );
    for foreign in ["<link", "<img", "src=", "@import", "url("] {
        assert!(!page.contains(foreign), "{foreign} is on the page");
    }
    run(&folder, 1, &["eval", "--fail-under", "100"]);
}

#[test]
fn every_command_has_an_example_and_says_its_exit_codes() {
    let place = tempfile::tempdir().unwrap();
    run(place.path(), 0, &["man", "--out", "man1"]);
    for command in [
        "new",
        "new-intent",
        "check",
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
