//! A small content folder without a fault, for tests that plant one in it.

use cece::content::{Locale, Phrase};
use cece::pii::PiiKind;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// A small content folder without a fault: path and text of each file.
pub(super) fn content() -> BTreeMap<&'static str, String> {
    BTreeMap::from([
        ("council.toml", COUNCIL.to_owned()),
        ("wording.en.toml", wording(Locale::En)),
        ("wording.cy.toml", wording(Locale::Cy)),
        ("waste/department.toml", WASTE.to_owned()),
        ("waste/missed-bin.toml", with_examples(MISSED_BIN, "missed")),
        ("waste/garden.toml", with_examples(GARDEN, "subscribe")),
        ("emergency/department.toml", EMERGENCY.to_owned()),
        ("emergency/fire.toml", with_examples(FIRE, "burning")),
        ("none/department.toml", NONE.to_owned()),
        ("none/weather.toml", with_examples(WEATHER, "rain")),
    ])
}

fn with_examples(file: &str, word: &str) -> String {
    let places = "kerb lane gate yard alley corner path drive flat shop";
    let lines: String = places
        .split(' ')
        .map(|place| format!("    \"{word} by the {place}\",\n"))
        .collect();
    file.replace("EXAMPLES", &lines)
}

/// Wording with every phrase, warning and command.
pub(super) fn wording(locale: Locale) -> String {
    let mut text = "[phrases]\n".to_owned();
    for phrase in Phrase::ALL {
        let said = match phrase.key() {
            "greeting" => "This is {council}.",
            "notice" => "Kept for {kept_for}, reference {reference}.",
            _ => "Words.",
        };
        writeln!(text, "{} = \"{said}\"", phrase.key()).unwrap();
    }
    for kind in PiiKind::ALL {
        let name = kind.name();
        writeln!(
            text,
            "[warnings.{name}]\nwhat = \"a thing\"\nadvice = \"Ring us.\""
        )
        .unwrap();
    }
    let language = if locale == Locale::En {
        ""
    } else {
        " os gwelwch"
    };
    text += "[commands]\n";
    for key in
        "person yes no why repeat go-back start-again stop correct skip thanks greeting spell english welsh".split(' ')
    {
        writeln!(text, "{key} = [\"{key}{language}\"]").unwrap();
    }
    text
}

pub(super) fn write(dir: &Path, files: &BTreeMap<&str, String>) {
    for (path, text) in files {
        let file = dir.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
}

const COUNCIL: &str = r#"name = "Cheshvale Council"
base_url = "https://www.cheshvale.example"
time_zone = "Europe/London"
switchboard = "waste"
emergency = "emergency"
closing_days = [2026-12-29]
own_contacts = ["03069 990 000", "@cheshvale.example"]

[facts]
fee = "£59"
days = "14 days"
days_cy = "14 diwrnod"
"#;

const WASTE: &str = r#"name = "Waste and Recycling"
handles = "bins and missed collections"
contractor = "Cheshvale Environmental Services"

[reach]
phone = "03069 990 011"
url = "/bins"
queue = "waste"

[hours]
monday = ["08:30-12:30", "13:30-17:00"]
friday = ["18:00-24:00"]

[out_of_hours]
text = "The crews are away."
cy = "Mae'r criwiau i ffwrdd."
urgent_to = "emergency"
"#;

const EMERGENCY: &str = r#"name = "Emergency Control Centre"
handles = "emergencies at any hour"
[reach]
phone = "03069 990 025"
[hours]
monday = ["00:00-24:00"]
open_on_holidays = true
[out_of_hours]
text = "Ring 999 in danger."
"#;

const NONE: &str = r#"name = "Somebody else"
handles = "what belongs to others"
"#;

const MISSED_BIN: &str = r#"title = "Report a missed bin"
title_cy = "Rhoi gwybod am fin"
examples = [
EXAMPLES]
then = "report"
record = "service-request"
confirm = true
out_of_hours = "log"
never_ask = ["DATE_OF_BIRTH", "EMAIL"]
lgsl = [524]
lgil = 17

[answer]
text = "We come back within {days}."
text_cy = "Byddwn yn dod o fewn {days}."
spoken = "We come back within two weeks."
valid_from = 2026-04-01
valid_to = 2027-03-31

[[links]]
text = "Missed bins"
text_cy = "Biniau"
url = "/missed-bin"

[[ask]]
slot = "address"
prompt = "What is the address?"
type = "address"
pii = ["UK_ADDRESS", "UK_POSTCODE"]
reason = "so that the crew can find the bin"
reask = "Please give the number and the street."

[[ask]]
slot = "bins"
prompt = "How many bins?"
type = "number"
min = 1
max = 20
reason = "so that the crew brings enough"
optional = true

[[ask]]
slot = "colour"
prompt = "Which bin?"
type = "choice"
reason = "so that the right crew comes"
[[ask.choices]]
key = "brown"
label = "Brown bin"
synonyms = ["garden bin"]
[[ask.choices]]
key = "black"
label = "Black bin"
"#;

const GARDEN: &str = r#"title = "Pay for garden waste"
examples = [
EXAMPLES]
then = "pay"
record = "payment"
[answer]
text = "It costs {fee}."
[[links]]
text = "Pay"
url = "https://pay.cheshvale.example/garden"
"#;

const FIRE: &str = r#"title = "Fire"
examples = [
EXAMPLES]
then = "danger"
danger = "fire"
record = "urgent-request"
[answer]
text = "Get out and ring 999."
"#;

const WEATHER: &str = r#"title = "The weather"
examples = [
EXAMPLES]
then = "answer"
elsewhere = true
record = "enquiry"
[answer]
text = "The Met Office knows."
"#;
