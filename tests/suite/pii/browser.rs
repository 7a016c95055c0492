//! The detector in the page: its table is the server's, and so are the findings that its tests hold it
//! to (`web/pii/pii.test.mjs` under Node, `tests/browser/pii.test.mjs` in a browser).

use super::{DETECTOR, OWN_CONTACTS};
use cece::pii::{Labelled, rules_js, weights_js, words_js};
use serde_json::{Value, json};
use std::path::Path;

/// Holds a file of the repository to what it is made from; `UPDATE_PII=1` makes it anew.
#[track_caller]
fn is_current(path: &str, wanted: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("UPDATE_PII").is_some() {
        std::fs::write(&file, wanted).unwrap();
    }
    let written = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        written == wanted,
        "{path} is old: UPDATE_PII=1 cargo test --test suite pii::browser makes it anew"
    );
}

#[test]
fn the_page_has_the_servers_table() {
    is_current("web/pii/rules.js", &rules_js());
    is_current("web/pii/words.js", &words_js());
    let weights = include_bytes!("../../../src/pii/tagger/weights.bin");
    is_current("web/pii/weights.js", &weights_js(weights));
}

#[test]
fn the_page_is_held_to_the_servers_findings() {
    let cases: Vec<String> = texts().iter().map(|text| case(text)).collect();
    let own = json!(OWN_CONTACTS);
    let file = format!(
        "{{\"own\": {own}, \"cases\": [\n{}\n]}}\n",
        cases.join(",\n")
    );
    is_current("tests/suite/pii/findings.json", &file);
}

/// A text and what is found in it, with offsets in UTF-16 units as JavaScript counts them.
fn case(text: &str) -> String {
    let units = |code_points: u32| {
        let before = text.chars().take(code_points as usize);
        before.map(char::len_utf16).sum::<usize>()
    };
    let found: Value = DETECTOR
        .scan(text)
        .iter()
        .map(|finding| json!([finding.kind, units(finding.start), units(finding.end)]))
        .collect();
    json!([text, found]).to_string()
}

/// Every case and labelled message, and texts that nobody would write.
fn texts() -> Vec<String> {
    let cases = concat!(
        include_str!("identifiers.txt"),
        include_str!("people.txt"),
        include_str!("harmless.txt")
    );
    let cases = cases.lines().map(str::trim).filter(|line| !line.is_empty());
    let cases = cases.map(|line| line.split(" => ").next().unwrap_or(line).to_owned());
    let labelled = [
        include_str!("labelled-a.txt"),
        include_str!("labelled-b.txt"),
        include_str!("labelled-c.txt"),
        include_str!("labelled-d.txt"),
        include_str!("labelled-f.txt"),
    ];
    let labelled = labelled
        .into_iter()
        .flat_map(|set| Labelled::read_text(set).unwrap())
        .map(|message| message.text);
    cases
        .chain(labelled)
        .chain(edges())
        .chain(jumbles())
        .collect()
}

/// Texts on either side of a limit: how far a clause, a cue, an address or a number reaches.
fn edges() -> Vec<String> {
    const EDGES: &str = "order is 12345678 account|order is a 12345678 account|order is my 12345678 account|\
        its 9434765919 ok|its 9434765919 thanks|its 9434765919 thanks x|so it is 9434765919 thanks|\
        20 - 00 - 00 acct 55779911|sort code 20 dash 00 dash 00|20 hyphen 00 hyphen 00 55779911|\
        one two three mike|one two three four mike|five six seven eight nine zero charlie|12 34 56 charlie|\
        John Smith Lives Near The Old Mill|John Smith Lives near The Old Mill Today ok|JOHN SMITH lives near the mill|\
        card 411111111112|card 4111111111112|card 41111111111112|card 411111111111 1113|\
        14 Acacia Avenue, Tern Way, Pendleby, Cheshvale, Northshire, Otherton, Moreham|15 Ashgrove, Wexcombe|\
        12/29 4111 1111 1111 1111, 12/29, 737|4111 1111 1111 1111 -- 12/29|4111 1111 1111 1111 --- 12/29";
    let repeated = |head: &'static str, word: &'static str, tail: &'static str| {
        (0..12).map(move |times| format!("{head}{}{tail}", word.repeat(times)))
    };
    EDGES
        .split('|')
        .map(str::to_owned)
        .chain(repeated("i have ", "so ", "cancer"))
        .chain(repeated("convicted ", "of ", "fraud and theft"))
        .chain(repeated("card ", "is it ", "4111 1111 1111 1112"))
        .chain(repeated("", "77 ", "77 is my phone"))
        .chain(repeated("born ", "sadly ", "1/2/1980"))
        .chain(repeated("07700 900123 ", "which ", "is the right number"))
        .chain(repeated("my name is ", "jo ", "bell"))
        .chain(repeated("My name is ", "Jo van ", "Bell"))
        .chain(repeated("card ", "1", "23456789012"))
        .collect()
}

/// Scraps of what detection goes by, in any order: the same ones on every machine.
fn jumbles() -> Vec<String> {
    const TEXTS: usize = 600;
    const SCRAPS: &str = "4111 1111 1111 1111|4111111111111111|12/29|737|cvv|card|sort code|20-00-00|20-00-00 55779911|\
        account|07700 900123|+44 7700 900123|(020) 7946 0999|01632 960 999|0800 1111|943 476 5919|nhs no|QQ123456C|\
        qq 12 34 56 c|nino|double oh|seven|seventy one|two thousand and nineteen|triple four|m for mother|a|o|i|oh|to|\
        november|charlie|the ninth of may|born|dob|1/2/1980|31.12.84|12 jan 1970|may|first|LS12 3AB|ls1 4ap|ol10 1ll|\
        AB12 CDE|ab51 xyz|car|reg|b4 1st|MORGA657054SM9IJ|gb82 west 1234 5698 7654 32|GB82WEST12345698765432|\
        jo@example.org|jo at example dot org|@|at|dot|192.0.2.1|2001:db8::1:2|1.2.3.4.5|version|order|ref|order number|\
        council tax|12345678|123456|1234567890|9oo|l23|flat 2|14 Acacia Avenue|14 acacia avenue|Tern House|, Pendleby|\
        the old forge, church row|my name is|Jo Bell|priya|mark|MARK SMITH|Mr T Okonkwo|thanks,|it's|this is|speaking|\
        St John's Road|i have|my son is|cancer|depression in the road|convicted of fraud|arrested|as a catholic|voted green|\
        not|,|.|;|-|/|(|)|:|é|Zoë|£5|’|–|🚮|４１１１|١٢٣|\u{200b}|\u{a0}|İ|ß|ǅ|𝟒𝟏𝟏𝟏|~|[name]|[card number]|x|+|%|0|1|77|999";
    let scraps: Vec<&str> = SCRAPS.split('|').collect();
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    // xorshift64: any sequence will do that is always the same.
    let mut next = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap_or_default() % below
    };
    let text = |_| {
        let mut text = String::new();
        for _ in 0..=next(9) {
            text.push_str(scraps[next(scraps.len())]);
            text.push_str([" ", " ", " ", " ", "", "\n", ", ", ". "][next(8)]);
        }
        text
    };
    (0..TEXTS).map(text).collect()
}
