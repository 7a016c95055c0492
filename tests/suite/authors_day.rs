//! An author's day: trying messages, playing and recording conversations, measuring, comparing, and
//! learning from what was not understood.

use crate::authoring::{CECE, anytown, bundle, run, said};
use crate::golden_content::BUNDLE;
use crate::town::{Bare, Town, root};
use cece::commands::graph::{dialogue, routing, walks};
use cece::commands::review::group;
use cece::commands::test::{Wrong, play_all};
use cece::commands::trial::Trial;
use cece::commands::{diff, report, understand};
use cece::content::Locale;
use cece::server::admin::{self, Request};
use cece::server::office::{Activity, Unclear};
use jiff::civil::date;
use serde_json::{Value, json};
use std::fs;
use std::process::{Command, Stdio};

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
    let happened = &difference.turn;
    assert!(happened.contains("intent waste/missed-bin\n"), "{happened}");
    assert!(!happened.contains("IntentName"), "{happened}");
    assert_eq!(played[0].left_out, ["action utter_missed_bin"]);
    assert_eq!(played[2].left_out, ["INTENT_CONFIDENCE 80"]);
    assert!(played[0].holds);
    let strange = "stories:\n- story: a\n  steps:\n  - user: hello\n    intent: nothing_of_ours\n";
    let strange = play_all(&BUNDLE, &[file("b.yml", strange)]).unwrap();
    assert!(!strange[0].holds, "it is held to what is not here");
    let broken = play_all(&BUNDLE, &[file("a.yml", "stories: [")]).unwrap();
    assert!(matches!(&broken[0].wrong, Some(Wrong::Unreadable(_))));
}

#[test]
fn a_program_is_told_what_is_out_of_scope_and_that_danger_and_a_person_are_not() {
    let asked = |text: &str| -> Value {
        let line = json!({ "text": text }).to_string();
        let mut out = Vec::new();
        understand::answer(&BUNDLE, line.as_bytes(), &mut out).unwrap();
        serde_json::from_slice(&out).unwrap()
    };
    for (text, intent, out_of_scope) in [
        ("what's the capital of Peru", Some("none/off-topic"), true),
        (
            "how do I make a Yorkshire pudding",
            Some("none/off-topic"),
            true,
        ),
        ("my doctor will not see me", Some("none/nhs-health"), true),
        ("my bin wasnt collected", Some("waste/missed-bin"), false),
        ("qwertz flurb zonk gribble", None, true),
        (
            "can I speak to a person please",
            Some("customer-services/talk-to-person"),
            false,
        ),
    ] {
        let answered = asked(text);
        assert_eq!(answered["out_of_scope"], out_of_scope, "{text}: {answered}");
        if let Some(intent) = intent {
            assert_eq!(answered["intent"], intent, "{text}: {answered}");
        }
    }
    let person = asked("can I speak to a person please");
    assert_eq!(person["command"], "person", "{person}");
    let fire = asked("my kitchen is on fire");
    assert_eq!(fire["danger"], "emergency/fire", "{fire}");
    assert_eq!(fire["out_of_scope"], false, "{fire}");
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
    // Two dangers and the bins are enough to tell apart.
    for folder in [&before, &after] {
        for entry in fs::read_dir(folder.join("intents/emergency")).unwrap() {
            let path = entry.unwrap().path();
            let kept = ["department.toml", "fire.toml", "gas.toml"];
            if !kept.iter().any(|name| path.ends_with(name)) {
                fs::remove_file(path).unwrap();
            }
        }
    }
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
    let unclear = "?!";
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
        "100",
    ];
    let text = run(&folder, 1, &arguments);
    assert!(text.contains("right intent"), "{text}");
    let read = |name: &str| -> Value {
        let text = fs::read_to_string(folder.join("results").join(name)).unwrap();
        serde_json::from_str(&text).unwrap()
    };
    let report = read("intent_report.json");
    let bin = &report["waste/missed-bin"];
    let file = fs::read_to_string(folder.join("intents/waste/missed-bin.toml")).unwrap();
    let file: toml::Table = file.parse().unwrap();
    let examples = file["examples"].as_array().unwrap();
    assert_eq!(bin["support"], examples.len(), "{bin}");
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
    let lines = "red car\tcar\nblue car\tcar\nred bin\tbin\nblue bin\tbin\n";
    fs::write(folder.join("a.tsv"), lines).unwrap();
    let files = ["eval", "--train", "a.tsv", "--test", "a.tsv"];
    let arguments: Vec<&str> = files.into_iter().chain(["--fail-under", "1"]).collect();
    run(&folder, 0, &arguments);
}

#[test]
fn what_is_taken_for_another_intent_is_told_with_its_place_and_what_to_do() {
    let (_place, folder) = anytown();
    let text = run(&folder, 0, &["check", "--confusions"]);
    assert!(!text.contains("phrasings.toml"), "{text}");
    // What is said of another intent's matter, written under the wrong one.
    let gas = fs::read_to_string(folder.join("intents/emergency/gas.toml")).unwrap();
    let gas: toml::Table = gas.parse().unwrap();
    let gas = gas["examples"].as_array().unwrap().iter();
    let gas: String = gas
        .map(|example| format!("    \"hello, {}\",\n", example.as_str().unwrap()))
        .collect();
    let file = folder.join("intents/waste/phrasings.toml");
    let phrasings = format!("missed-bin = [\n{gas}]\n");
    fs::write(file, &phrasings).unwrap();
    let text = run(&folder, 0, &["check", "--confusions"]);
    let of_bins = "ways to say waste/missed-bin are taken for emergency/gas";
    let warning = text.lines().find(|line| line.contains(of_bins)).unwrap();
    // The first message that it shows stands at the place that it tells.
    let (_, shown) = warning.split_once("such as `").unwrap();
    let (shown, _) = shown.split_once('`').unwrap();
    let before = phrasings.split_once(&format!("\"{shown}\"")).unwrap().0;
    let line = before.lines().count();
    assert!(warning.starts_with(&format!("intents/waste/phrasings.toml:{line}:5: ")));
    for told in ["such as `hello, ", "give emergency/gas those that mean it"] {
        assert!(warning.contains(told), "{told} is not in: {warning}");
    }
}
