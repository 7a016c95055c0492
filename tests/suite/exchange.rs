//! What others have, in the exact shapes in which they export it, comes in; and what goes out can come
//! back. Every text here is made up.

use crate::authoring::anytown;
use serde_json::{Value, json};
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// Runs `cece`; what it said on standard output.
#[track_caller]
fn cece(folder: &Path, code: i32, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_cece"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(
        output.status.code(),
        Some(code),
        "{arguments:?}: {text}{error}"
    );
    text
}

/// Imports a file that stands in the folder; the report, and a new intent's file.
fn import(folder: &Path, file: &str, intent: &str) -> (Value, toml::Table) {
    let text = cece(
        folder,
        0,
        &["import", file, "--department", "waste", "--yes", "--json"],
    );
    let path = folder.join(format!("intents/{intent}.toml"));
    let written = fs::read_to_string(&path).unwrap_or_else(|_| panic!("{text}"));
    let report = serde_json::from_str(&text).unwrap();
    (report, written.parse().unwrap())
}

/// Ten utterances for a lost bin, so that what is imported can be used.
const LOST: [&str; 10] = [
    "my bin has been stolen",
    "somebody nicked our wheelie bin",
    "the bin has vanished from outside",
    "bin gone walkabout",
    "neighbours have taken our bin",
    "recycling bin was pinched last night",
    "lost bin",
    "where has my bin gone",
    "bin stolen from the alley",
    "someone walked off with the bin",
];

fn texts(list: &toml::Value) -> Vec<&str> {
    list.as_array()
        .unwrap()
        .iter()
        .filter_map(toml::Value::as_str)
        .collect()
}

/// The synonyms of the choice with this key, of the first question.
fn synonyms<'a>(intent: &'a toml::Table, key: &str) -> Vec<&'a str> {
    let choices = intent["ask"][0]["choices"].as_array().unwrap();
    let choice = choices.iter().find(|one| one["key"].as_str() == Some(key));
    texts(&choice.unwrap()["synonyms"])
}

fn not_taken(report: &Value) -> String {
    report["not_taken"].to_string()
}

fn zip(path: &Path, files: &[(&str, Value)]) {
    let mut archive = zip::ZipWriter::new(fs::File::create(path).unwrap());
    for (name, value) in files {
        let options = zip::write::SimpleFileOptions::default();
        archive.start_file(*name, options).unwrap();
        archive.write_all(value.to_string().as_bytes()).unwrap();
    }
    archive.finish().unwrap();
}

#[test]
fn a_sheet_comes_in_and_leaves_out_what_may_not_be_kept() {
    let (_place, folder) = anytown();
    let mut sheet = String::from("\u{feff}Utterance;Intent;Department;Language\r\n");
    for text in LOST {
        sheet += &format!("\"{text}\";Lost Bin;Waste and Recycling;en\r\n");
    }
    sheet +=
        "my email is jo@example.org;Lost Bin;waste;en\r\n;Lost Bin;;\r\nmissed bin;Lost Bin;;\r\n";
    sheet += "they never emptied the caddy;missed-bin;;en\r\nhello;Greet;parks;en\r\n";
    fs::write(folder.join("a.csv"), sheet).unwrap();
    let text = cece(&folder, 0, &["import", "a.csv", "--dry-run"]);
    assert!(
        text.starts_with("taken over: 11 utterances, 1 new intent, 1 with more"),
        "{text}"
    );
    assert!(!folder.join("intents/waste/lost-bin.toml").exists());
    // With nobody to ask nothing is written.
    cece(&folder, 1, &["import", "a.csv"]);
    assert!(!folder.join("intents/waste/lost-bin.toml").exists());
    let (report, intent) = import(&folder, "a.csv", "waste/lost-bin");
    assert_eq!(texts(&intent["examples"]), LOST);
    assert_eq!(
        report["extended_intents"],
        json!(["waste/missed-bin (1 from missed-bin)"])
    );
    let left = not_taken(&report);
    for part in [
        "1 utterance with personal data (EMAIL)",
        "1 utterance among the examples of waste/missed-bin",
        "1 row without an utterance",
        "there is no department parks",
        "language",
    ] {
        assert!(left.contains(part), "{part}: {left}");
    }
    assert!(!left.contains("jo@example.org"), "{left}");
    let missed = fs::read_to_string(folder.join("intents/waste/missed-bin.toml")).unwrap();
    assert!(
        missed.contains("    \"they never emptied the caddy\",\n]"),
        "{missed}"
    );
    let checked = cece(&folder, 0, &["check"]);
    assert!(checked.contains("no errors"), "{checked}");
    // A second time there is nothing left to take.
    cece(&folder, 1, &["import", "a.csv", "--yes"]);
}

/// As people keep sheets: a title above the heads, a sheet an intent, a name spelt in two ways.
#[test]
fn a_workbook_is_read_sheet_by_sheet_and_says_what_it_leaves() {
    let (_place, folder) = anytown();
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let cover = workbook.add_worksheet().set_name("Cover").unwrap();
    cover.write(0, 0, "Bins of 2026").unwrap();
    for (name, intent, said) in [
        ("Lost", "Lost bin", &LOST[..6]),
        ("More", "lost_bin", &LOST[6..]),
    ] {
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        sheet.write(0, 0, "What residents say").unwrap();
        for (column, head) in ["Answer", "category", "Intent", "Utterance", "Department"]
            .iter()
            .enumerate()
        {
            sheet.write(2, column as u16, *head).unwrap();
        }
        for (row, text) in (3..).zip(said) {
            sheet.write(row, 0, "an answer").unwrap();
            sheet.write(row, 1, "bins").unwrap();
            sheet.write(row, 2, intent).unwrap();
            sheet.write(row, 3, *text).unwrap();
            let department = if *text == "lost bin" {
                "Customer Services"
            } else {
                "waste"
            };
            sheet.write(row, 4, department).unwrap();
        }
        sheet.write(20, 2, intent).unwrap();
        sheet.write(20, 3, true).unwrap();
    }
    workbook.save(folder.join("a.xlsx")).unwrap();
    let (report, intent) = import(&folder, "a.xlsx", "waste/lost-bin");
    assert_eq!(texts(&intent["examples"]), LOST);
    let left = not_taken(&report);
    assert!(!left.contains("2026"), "cells are not repeated: {left}");
    for part in [
        "the sheet Cover: none of its first 10 rows",
        "the column answer of the sheet Lost",
        "2 rows whose utterance or intent is a date",
        "the department Customer Services in 1 row of Lost bin",
    ] {
        assert!(left.contains(part), "{part}: {left}");
    }
    cece(&folder, 0, &["check"]);
}

/// Two intents of theirs that are one of ours: neither takes the other's place.
#[test]
fn what_two_intents_bring_to_one_is_all_kept() {
    let (_place, folder) = anytown();
    let rasa = "version: \"3.1\"\nnlu:\n- intent: MissedBin\n  examples: |\n    - they drove straight past my caddy\n\
                - intent: missed_bin\n  examples: |\n    - our sack is sat there still\n";
    fs::write(folder.join("a.yml"), rasa).unwrap();
    let (report, intent) = import(&folder, "a.yml", "waste/missed-bin");
    assert_eq!(report["utterances_taken"], 2);
    for text in [
        "they drove straight past my caddy",
        "our sack is sat there still",
    ] {
        assert!(texts(&intent["examples"]).contains(&text), "{text}");
    }
}

#[test]
fn rasa_comes_in_with_entities_synonyms_answers_and_stories() {
    let (_place, folder) = anytown();
    let data = folder.join("rasa");
    fs::create_dir_all(data.join("data")).unwrap();
    let lines: String = LOST.iter().map(|text| format!("    - {text}\n")).collect();
    let nlu = format!(
        "version: \"3.1\"\nnlu:\n- intent: lost_bin\n  examples: |\n{lines}    - my [green bin](bin_type) is gone\n    \
         - the [blue one]{{\"entity\": \"bin_type\", \"value\": \"recycling\"}} went missing\n- synonym: garden\n  \
         examples: |\n    - green bin\n    - brown bin\n- lookup: bin_type\n  examples: |\n    - recycling\n    - \
         garden\n- regex: account\n  examples: |\n    - \\d{{8}}\n"
    );
    let domain = "slots:\n  bin:\n    type: text\nresponses:\n  utter_lost_bin:\n  - text: \"Please look in the street first.\"\n";
    let rules =
        "rules:\n- rule: lost bins\n  steps:\n  - intent: lost_bin\n  - action: utter_lost_bin\n";
    let stories = "stories:\n- story: bin gone\n  steps:\n  - user: |\n      my [green bin](bin_type) is gone\n    \
                   intent: lost_bin\n  - action: utter_lost_bin\n- story: Bin gone\n  steps:\n  - user: lost bin\n";
    fs::write(data.join("data/nlu.yml"), nlu).unwrap();
    // As it was written before examples had dashes.
    let early = "nlu:\n- intent: lost_bin\n  examples: |\n    the caddy is nowhere to be seen\n";
    fs::write(data.join("data/early.yml"), early).unwrap();
    fs::write(data.join("domain.yml"), domain).unwrap();
    fs::write(data.join("data/rules.yml"), rules).unwrap();
    fs::write(data.join("data/stories.yml"), stories).unwrap();
    let (report, intent) = import(&folder, "rasa", "waste/lost-bin");
    assert_eq!(report["utterances_taken"], 13);
    for text in ["my green bin is gone", "the caddy is nowhere to be seen"] {
        assert!(texts(&intent["examples"]).contains(&text), "{text}");
    }
    assert_eq!(
        intent["answer"]["text"].as_str(),
        Some("Please look in the street first.")
    );
    assert_eq!(intent["ask"][0]["slot"].as_str(), Some("bin_type"));
    assert!(synonyms(&intent, "garden").contains(&"brown bin"));
    for part in [
        "the pattern account",
        "1 slots of the domain",
        "another one is called so",
    ] {
        assert!(not_taken(&report).contains(part), "{part}: {report}");
    }
    let golden = fs::read_to_string(folder.join("transcripts/golden/bin-gone.txt")).unwrap();
    assert_eq!(
        golden,
        "# bin gone\n> my green bin is gone\n< intent waste/lost-bin\n"
    );
    cece(&folder, 0, &["check"]);
    cece(&folder, 0, &["test", "transcripts/golden/bin-gone.txt"]);
}

/// The same content for the two forms of Microsoft's; the emoji is two code units long.
const EMOJI: &str = "\u{1f5d1} green bin lost";

#[test]
fn clu_comes_in_by_its_utf_16_offsets() {
    let (_place, folder) = anytown();
    let plain = LOST.iter().map(|text| {
        json!({ "text": text, "language": "en-gb", "intent": "LostBin", "entities": [], "dataset": "Train" })
    });
    let mut utterances: Vec<Value> = plain.collect();
    utterances.push(
        json!({ "text": EMOJI, "language": "en-gb", "intent": "LostBin", "dataset": "Train",
        "entities": [{ "category": "Bin", "offset": 3, "length": 9 }] }),
    );
    utterances.push(
        json!({ "text": "out of place", "intent": "LostBin", "dataset": "Train",
        "entities": [{ "category": "Bin", "offset": 90, "length": 9 }] }),
    );
    utterances
        .push(json!({ "text": "a test", "intent": "LostBin", "dataset": "Test", "entities": [] }));
    utterances.push(
        json!({ "text": "what is love", "intent": "None", "dataset": "Train", "entities": [] }),
    );
    let project = json!({
        "projectFileVersion": "2023-04-01", "stringIndexType": "Utf16CodeUnit",
        "metadata": { "projectKind": "Conversation", "projectName": "bins", "language": "en-gb" },
        "assets": { "projectKind": "Conversation",
            "intents": [{ "category": "None" }, { "category": "LostBin" }],
            "entities": [{ "category": "Bin", "compositionSetting": "combineComponents", "list": { "sublists": [
                { "listKey": "garden", "synonyms": [{ "language": "en-gb", "values": ["green bin", "brown bin"] }] },
                { "listKey": "recycling", "synonyms": [{ "language": "en-gb", "values": ["blue bin"] }] } ] } }],
            "utterances": utterances },
    });
    fs::write(folder.join("clu.json"), project.to_string()).unwrap();
    let (report, intent) = import(&folder, "clu.json", "waste/lost-bin");
    assert_eq!(report["utterances_taken"], 12);
    assert_eq!(synonyms(&intent, "garden"), ["green bin", "brown bin"]);
    let left = not_taken(&report);
    for part in [
        "1 utterance of the test set",
        "1 mark outside the utterance",
        "out of scope",
    ] {
        assert!(left.contains(part), "{part}: {left}");
    }
}

#[test]
fn luis_comes_in_by_its_inclusive_ends() {
    let (_place, folder) = anytown();
    let plain = LOST
        .iter()
        .map(|text| json!({ "text": text, "intent": "LostBin", "entities": [] }));
    let mut utterances: Vec<Value> = plain.collect();
    // The last unit of the text belongs to the entity: one more would lie outside.
    utterances.push(
        json!({ "text": "gone is my \u{1f5d1} green bin", "intent": "LostBin",
        "entities": [{ "entity": "Bin", "startPos": 14, "endPos": 22, "children": [] }] }),
    );
    let app = json!({
        "luis_schema_version": "7.0.0", "versionId": "0.1", "name": "bins", "desc": "", "culture": "en-us",
        "tokenizerVersion": "1.0.0", "patternAnyEntities": [], "regex_entities": [],
        "prebuiltEntities": [{ "name": "datetimeV2", "roles": [] }],
        "composites": [], "entities": [], "regex_features": [], "phraselists": [{ "name": "bins" }],
        "patterns": [{ "pattern": "my {Bin} is gone", "intent": "LostBin" }],
        "intents": [{ "name": "LostBin", "features": [] }],
        "closedLists": [{ "name": "Bin", "roles": [], "subLists": [
            { "canonicalForm": "garden", "list": ["green bin"] },
            { "canonicalForm": "recycling", "list": ["blue bin"] } ] },
            { "name": "Airport", "roles": [], "subLists": [{ "canonicalForm": "Paris", "list": ["cdg"] }] }],
        "utterances": utterances, "settings": [],
    });
    fs::write(folder.join("luis.json"), app.to_string()).unwrap();
    let (report, intent) = import(&folder, "luis.json", "waste/lost-bin");
    assert_eq!(report["utterances_taken"], 11);
    assert_eq!(synonyms(&intent, "garden"), ["green bin"]);
    let left = not_taken(&report);
    assert!(
        left.contains("1 patterns") && left.contains("1 phrase lists"),
        "{left}"
    );
    assert!(!left.contains("outside"), "{left}");
    for part in ["1 prebuilt entities", "the list Airport of 1 value"] {
        assert!(left.contains(part), "{part}: {left}");
    }
}

#[test]
fn dialogflow_comes_in_with_parameters_and_entities() {
    let (_place, folder) = anytown();
    let agent = folder.join("agent");
    let write = |path: &str, value: Value| {
        let file = agent.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, value.to_string()).unwrap();
    };
    write(
        "agent.json",
        json!({ "language": "en", "displayName": "bins" }),
    );
    write("package.json", json!({ "version": "1.0.0" }));
    write(
        "intents/Lost Bin.json",
        json!({
        "id": "b7a7b8a0-0000-4000-8000-000000000000", "name": "Lost Bin", "auto": true, "contexts": [],
        "responses": [{ "resetContexts": false, "affectedContexts": [], "parameters": [
            { "id": "1", "required": true, "dataType": "@bin", "name": "bin", "value": "$bin",
              "prompts": [{ "lang": "en", "value": "Which bin has gone?" }], "isList": false },
            { "id": "2", "required": true, "dataType": "@sys.date", "name": "since", "value": "$since",
              "prompts": [{ "lang": "en", "value": "Since when?" }], "isList": false } ],
            "messages": [{ "type": "0", "title": "", "lang": "en", "speech": ["We bring a new one."] }] }],
        "userSays": [{ "id": "z", "data": [{ "text": "an early agent's phrase", "userDefined": false }],
            "isTemplate": false, "count": 0 }],
        "webhookUsed": true, "fallbackIntent": false, "events": [] }),
    );
    let plain = LOST.iter().map(|text| {
        json!({ "id": "x", "data": [{ "text": text, "userDefined": false }], "isTemplate": false, "count": 0 })
    });
    let mut said: Vec<Value> = plain.collect();
    said.push(
        json!({ "id": "y", "isTemplate": false, "count": 0, "data": [
        { "text": "my ", "userDefined": false },
        { "text": "green bin", "alias": "bin", "meta": "@bin", "userDefined": true },
        { "text": " went", "userDefined": false } ] }),
    );
    write("intents/Lost Bin_usersays_en.json", Value::Array(said));
    write(
        "intents/Default Fallback Intent.json",
        json!({ "name": "Default Fallback Intent", "fallbackIntent": true, "responses": [] }),
    );
    write(
        "entities/bin.json",
        json!({ "name": "bin", "isOverridable": true, "isEnum": false }),
    );
    write(
        "entities/bin_entries_en.json",
        json!([
        { "value": "garden", "synonyms": ["garden", "green bin"] },
        { "value": "recycling", "synonyms": ["recycling", "blue bin"] } ]),
    );
    let (report, intent) = import(&folder, "agent", "waste/lost-bin");
    for text in ["my green bin went", "an early agent's phrase"] {
        assert!(texts(&intent["examples"]).contains(&text), "{text}");
    }
    assert_eq!(
        intent["answer"]["text"].as_str(),
        Some("We bring a new one.")
    );
    assert_eq!(
        intent["ask"][0]["prompt"].as_str(),
        Some("Which bin has gone?")
    );
    assert_eq!(synonyms(&intent, "garden"), ["green bin"]);
    assert_eq!(intent["ask"][1]["type"].as_str(), Some("date"));
    let left = not_taken(&report);
    assert!(left.contains("the webhook of Lost Bin"), "{left}");
    cece(&folder, 0, &["check"]);
}

/// A message as Lex writes one.
fn lex_message(text: &str) -> Value {
    json!({ "messageGroupsList": [{ "message": { "ssmlMessage": null,
        "customPayload": null, "plainTextMessage": { "value": text }, "imageResponseCard": null },
        "variations": null }], "allowInterrupt": true })
}

fn lex_slot(name: &str, kind: &str, prompt: &str) -> Value {
    json!({ "name": name, "identifier": "X",
        "slotTypeName": kind, "valueElicitationSetting": { "slotConstraint": "Required",
        "promptSpecification": lex_message(prompt) } })
}

/// A question that is the title of a card with buttons.
fn lex_card(name: &str, kind: &str, title: &str) -> Value {
    let mut file = lex_slot(name, kind, "");
    let message = "/valueElicitationSetting/promptSpecification/messageGroupsList/0/message";
    *file.pointer_mut(message).unwrap() = json!({ "plainTextMessage": null,
        "imageResponseCard": { "title": title, "subtitle": null, "buttonsList": [] } });
    file
}

#[test]
fn lex_comes_in_with_slots_in_their_order() {
    let (_place, folder) = anytown();
    let more = [
        "my {BinType} went on {Since}",
        "bin {BinNumber} has gone",
        "{Since}",
    ];
    let said = LOST.iter().chain(&more);
    let said: Vec<Value> = said.map(|text| json!({ "utterance": text })).collect();
    let locale = "Bins/BotLocales/en_GB";
    let path = |end: &str| format!("{locale}/{end}");
    let files = [
        (
            "Manifest.json".to_owned(),
            json!({ "metaData": { "schemaVersion": "1.0", "fileFormat": "LexJson", "resourceType": "BOT" } }),
        ),
        (
            "Bins/Bot.json".to_owned(),
            json!({ "name": "Bins", "version": "DRAFT" }),
        ),
        (
            path("BotLocale.json"),
            json!({ "name": "English (GB)", "identifier": "en_GB" }),
        ),
        (
            path("SlotTypes/BinType/SlotType.json"),
            json!({ "name": "BinType", "slotTypeValues": [
            { "sampleValue": { "value": "garden" }, "synonyms": [{ "value": "green bin" }] },
            { "sampleValue": { "value": "recycling" }, "synonyms": null } ] }),
        ),
        (
            path("Intents/LostBin/Intent.json"),
            json!({ "name": "LostBin", "identifier": "Y",
            "parentIntentSignature": null, "sampleUtterances": said,
            "slotPriorities": [{ "priority": 1, "slotName": "Since" }, { "priority": 2, "slotName": "BinType" }],
            "fulfillmentCodeHook": { "enabled": true },
            "intentClosingSetting": { "closingResponse": lex_message("We bring a new one.") } }),
        ),
        (
            path("Intents/LostBin/Slots/BinType/Slot.json"),
            lex_card("BinType", "BinType", "Which bin?"),
        ),
        (
            path("Intents/LostBin/Slots/Since/Slot.json"),
            lex_slot("Since", "AMAZON.Date", "Since when?"),
        ),
        (
            path("Intents/LostBin/Slots/BinNumber/Slot.json"),
            lex_slot("BinNumber", "AMAZON.AlphaNumeric", "What is on it?"),
        ),
        (
            path("Intents/LostBin/Slots/Updates/Slot.json"),
            lex_slot("Updates", "AMAZON.Confirmation", "Shall we tell you?"),
        ),
        (
            path("Intents/LostBin/Slots/Where/Slot.json"),
            lex_slot("Where", "AMAZON.UKPostalCode", "Where?"),
        ),
        (
            "Bins/BotLocales/de_DE/Intents/LostBin/Intent.json".to_owned(),
            json!({ "name": "LostBin", "sampleUtterances": [{ "utterance": "meine Tonne ist weg" }],
            "intentClosingSetting": { "closingResponse": lex_message("Danke.") } }),
        ),
        (
            path("Intents/FallbackIntent/Intent.json"),
            json!({ "name": "FallbackIntent",
            "parentIntentSignature": "AMAZON.FallbackIntent", "sampleUtterances": null }),
        ),
    ];
    let files: Vec<(&str, Value)> = files
        .iter()
        .map(|(path, value)| (path.as_str(), value.clone()))
        .collect();
    zip(&folder.join("lex.zip"), &files);
    let (report, intent) = import(&folder, "lex.zip", "waste/lost-bin");
    assert_eq!(
        texts(&intent["examples"])[LOST.len()..],
        ["my garden went on Monday", "bin number has gone"]
    );
    assert_eq!(
        intent["answer"]["text"].as_str(),
        Some("We bring a new one.")
    );
    let types = intent["ask"].as_array().unwrap().iter();
    let types: Vec<_> = types.map(|one| one["type"].as_str().unwrap()).collect();
    assert_eq!(types, ["date", "choice", "text", "yes-no", "postcode"]);
    assert_eq!(intent["ask"][0]["prompt"].as_str(), Some("Since when?"));
    assert_eq!(intent["ask"][1]["prompt"].as_str(), Some("Which bin?"));
    let left = not_taken(&report);
    for part in [
        "the Lambda function of LostBin",
        "FallbackIntent",
        "the locale de_DE with 1 utterance",
        "1 utterance of a slot alone",
    ] {
        assert!(left.contains(part), "{part}: {left}");
    }
    cece(&folder, 0, &["check"]);
}

#[test]
fn what_goes_out_comes_back_the_same_in_every_form() {
    let (_place, folder) = anytown();
    let (_other, bare) = anytown();
    // Bare of what comes back, so that everything is new.
    for intent in ["missed-bin", "bin-collection-day"] {
        fs::remove_file(bare.join(format!("intents/waste/{intent}.toml"))).unwrap();
    }
    let examples = |folder: &Path, intent: &str| {
        let file = folder.join(format!("intents/waste/{intent}.toml"));
        let table: toml::Table = fs::read_to_string(file).unwrap().parse().unwrap();
        let list = texts(&table["examples"]).into_iter().map(str::to_owned);
        list.collect::<Vec<_>>()
    };
    for (file, format) in [
        ("a.csv", None),
        ("a.xlsx", None),
        ("a.yml", None),
        ("clu.json", Some("clu")),
        ("luis.json", Some("luis")),
        ("agent", Some("dialogflow")),
        ("a.zip", None),
    ] {
        let to = bare.join(file);
        let to = to.to_str().unwrap();
        let format: Vec<&str> = format.map_or(Vec::new(), |format| vec!["--format", format]);
        let arguments: Vec<&str> = ["export", to].into_iter().chain(format).collect();
        cece(&folder, 0, &arguments);
        // Nothing is overwritten.
        cece(&folder, 1, &arguments);
        let text = cece(&bare, 0, &["import", file, "--yes", "--json"]);
        let report: Value = serde_json::from_str(&text).unwrap();
        let new = report["new_intents"].as_array().unwrap();
        assert_eq!(new.len(), 2, "{file}: {text}");
        for intent in ["missed-bin", "bin-collection-day"] {
            assert_eq!(examples(&bare, intent), examples(&folder, intent), "{file}");
            fs::remove_file(bare.join(format!("intents/waste/{intent}.toml"))).unwrap();
        }
    }
}

#[test]
fn what_is_none_of_the_forms_says_which_there_are() {
    let (_place, folder) = anytown();
    fs::write(folder.join("a.json"), "{}").unwrap();
    fs::write(folder.join("a.csv"), "a,b\n1,2\n").unwrap();
    fs::write(folder.join("a.zip"), "no zip").unwrap();
    for (file, says) in [
        ("a.json", "neither of CLU"),
        ("a.csv", "the first row must name the columns"),
        ("a.zip", "this is no zip"),
        ("cece.toml", "none of the forms"),
        ("nothing.csv", "cannot read"),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_cece"))
            .args(["import", file])
            .current_dir(&folder)
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(text.contains(says), "{file}: {text}");
        assert_eq!(output.status.code(), Some(1));
    }
}
