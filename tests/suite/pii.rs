//! Personal data, as a resident meets it: what is found and what is left alone, what the record
//! shows, what a question may keep, and the laws that hold for any text.

use cece::pii::{
    CardNumber, CardParts, Detector, DetectorError, Expectation, KindSet, Labelled, NhsNumber,
    Nino, PiiKind, RawText, Screened, Treatment,
};
use proptest::prelude::*;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

mod browser;
mod marks;

const OWN_CONTACTS: [&str; 3] = ["03069 990 000", "01632 960999", "@cheshvale.example"];

static DETECTOR: LazyLock<Detector> = LazyLock::new(|| {
    let own: Vec<Arc<str>> = OWN_CONTACTS.map(Arc::from).to_vec();
    Detector::new(&own).expect("the rule table compiles")
});

fn safe(text: &str) -> String {
    DETECTOR
        .screen(RawText::new(text.to_owned()), None)
        .safe
        .as_str()
        .to_owned()
}

/// Lines of "message => what the record shows". Gives every line that came out otherwise.
fn check(cases: &str) {
    let mut wrong = Vec::new();
    for (text, wanted) in cases
        .lines()
        .filter_map(|line| line.trim().split_once(" => "))
    {
        let shown = safe(text);
        if shown != wanted {
            wrong.push(format!("{text}\n  wanted {wanted}\n  shown  {shown}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn identifiers_are_replaced_by_what_they_are() {
    check(include_str!("pii/identifiers.txt"));
}

#[test]
fn facts_about_people_are_replaced_by_what_they_are() {
    check(include_str!("pii/people.txt"));
}

#[test]
fn harmless_messages_are_left_alone() {
    let lines = include_str!("pii/harmless.txt")
        .lines()
        .filter(|line| !line.is_empty());
    let wrong: Vec<String> = lines
        .filter(|line| safe(line) != **line)
        .map(|line| format!("{line}\n  shown  {}", safe(line)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whoever hits the key too soon, or ends with a mark, is screened like anybody: a reading that looks at the next
/// word must not fall off the end.
#[test]
fn a_message_may_stop_after_any_word_with_any_mark() {
    let sets = [
        include_str!("pii/labelled-a.txt"),
        include_str!("pii/labelled-c.txt"),
        include_str!("pii/labelled-d.txt"),
        include_str!("pii/labelled-f.txt"),
    ];
    let messages = sets
        .map(|set| Labelled::read_text(set).unwrap())
        .into_iter()
        .flatten();
    for text in messages.map(|message| message.text) {
        let stops = text
            .match_indices(' ')
            .map(|(at, _)| at)
            .chain([text.len()]);
        for begun in stops.filter_map(|at| text.get(..at)) {
            for mark in ["", "'", " ", "-", ",", ", ", "(", "/"] {
                let stopped = format!("{begun}{mark}");
                let length = stopped.chars().count();
                for finding in DETECTOR.scan(&stopped) {
                    assert!(finding.end as usize <= length, "{stopped}");
                }
            }
        }
    }
}

/// No digit of a card is kept, however it is cut up.
#[test]
fn a_card_over_several_messages_is_redacted() {
    let conversations = [
        "i want to give you my card number|4111|1111 1111|and then 1111|12/29|123",
        "4242 4242|4242 4242",
        "right its five five five five|five five five five|five five five five|four four four four",
    ];
    for conversation in conversations {
        let mut parts = CardParts::default();
        let mut shown = Vec::new();
        for message in conversation.split('|') {
            let raw = RawText::new(message.to_owned());
            let (screened, after) = DETECTOR.screen_after(raw, None, &parts);
            shown.push(screened.safe.as_str().to_owned());
            parts = after;
        }
        let left = shown.join(" | ");
        assert!(!left.bytes().any(|byte| byte.is_ascii_digit()), "{left}");
        assert!(left.contains("[card number]"), "{left}");
    }
    // A question's answer is no part of a card unless it completes one.
    let house = Expectation {
        slot: "house".into(),
        kinds: KindSet::EMPTY,
    };
    let raw = |text: &str| RawText::new(text.to_owned());
    let (first, parts) = DETECTOR.screen_after(raw("4455"), Some(&house), &CardParts::default());
    let (second, _) = DETECTOR.screen_after(raw("66"), Some(&house), &parts);
    assert_eq!((first.safe.as_str(), second.safe.as_str()), ("4455", "66"));
}

/// "What is your reference?" is answered by a number that else were an account's.
#[test]
fn a_number_that_is_all_of_a_message_is_an_account_unless_it_answers_a_question() {
    assert_eq!(safe("yes 77301925"), "yes [account number]");
    assert_eq!(asked("77301925", &[]).safe.as_str(), "77301925");
    assert!(asked("77301925", &[]).findings.is_empty());
    let phone = asked("77301925", &[PiiKind::Phone]);
    assert_eq!(phone.safe.as_str(), "[account number]");
    let account = asked("its 77301925", &[PiiKind::UkBankAccount]);
    assert_eq!(account.answer.expect("asked").as_str(), "77301925");
    // Few figures answer any question.
    for few in ["308", "11/27", "08 30"] {
        assert_ne!(safe(few), few);
        assert_eq!(asked(few, &[PiiKind::UkAddress]).safe.as_str(), few);
    }
}

fn asked(text: &str, kinds: &[PiiKind]) -> Screened {
    let expectation = Expectation {
        slot: "slot".into(),
        kinds: kinds.iter().copied().collect::<KindSet>(),
    };
    DETECTOR.screen(RawText::new(text.to_owned()), Some(&expectation))
}

#[track_caller]
fn check_answer(text: &str, kinds: &[PiiKind], wanted: &str) {
    let screened = asked(text, kinds);
    let answer = screened.answer.expect("something was asked for");
    assert_eq!(answer.as_str(), wanted, "{text}");
    assert_eq!(
        screened.safe.as_str(),
        safe(text),
        "safe text depends on what was asked: {text}"
    );
}

const PLACE: &[PiiKind] = &[PiiKind::UkAddress, PiiKind::UkPostcode];

#[test]
fn an_answer_holds_what_was_asked_for_and_nothing_else() {
    check_answer(
        "14 Acacia Avenue, and my card is 4111 1111 1111 1111",
        PLACE,
        "14 Acacia Avenue",
    );
    check_answer(
        "its 3 Orchard Cl, Wexcombe cw1 2ab, ring 07700 900123",
        PLACE,
        "3 Orchard Cl, Wexcombe, cw1 2ab",
    );
    check_answer(
        "twenty two sycamore drive",
        PLACE,
        "twenty two sycamore drive",
    );
    // No address in it: the message without what else it gives away.
    check_answer(
        "the one by the shop, ring 07700 900123",
        PLACE,
        "the one by the shop, ring [phone number]",
    );
    check_answer("the brown one", &[], "the brown one");
    check_answer(
        "brown, nino AB123456C",
        &[],
        "brown, nino [national insurance number]",
    );
    check_answer(
        "jo at example dot org",
        &[PiiKind::Email],
        "jo at example dot org",
    );
    check_answer(
        "07700 900123 or 01632 960123",
        &[PiiKind::Phone],
        "07700 900123, 01632 960123",
    );
    check_answer("yes its ab 12 34 56 c", &[PiiKind::UkNino], "ab 12 34 56 c");
}

#[test]
fn card_data_is_refused_even_where_a_question_asks_for_it() {
    let screened = asked("4111 1111 1111 1111", &[PiiKind::CreditCard]);
    assert_eq!(screened.answer.expect("asked").as_str(), "[card number]");
    assert_eq!(screened.findings[0].treatment, Treatment::Refuse);
}

#[test]
fn treatments_follow_what_was_asked() {
    let text = "14 Acacia Avenue, 07700 900123, my son has autism";
    let treatments = |screened: Screened| {
        let findings = screened.findings.into_iter();
        findings
            .map(|finding| finding.treatment)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        treatments(asked(text, PLACE)),
        [Treatment::Take, Treatment::Warn, Treatment::Gentle]
    );
    let unasked = DETECTOR.screen(RawText::new(text.to_owned()), None);
    assert!(unasked.answer.is_none());
    assert_eq!(
        treatments(unasked),
        [Treatment::Warn, Treatment::Warn, Treatment::Gentle]
    );
}

#[test]
fn offsets_are_code_points_of_the_text_as_it_was_sent() {
    let text = "Siân’s card: ４１１１\u{a0}1111 1111\u{200b}1111 – é 07700 900123";
    let found: Vec<(PiiKind, String)> = DETECTOR
        .scan(text)
        .iter()
        .map(|finding| {
            let length = (finding.end - finding.start) as usize;
            let value = text.chars().skip(finding.start as usize).take(length);
            (finding.kind, value.collect())
        })
        .collect();
    let wanted = [
        (PiiKind::Person, "Siân".to_owned()),
        (
            PiiKind::CreditCard,
            "４１１１\u{a0}1111 1111\u{200b}1111".to_owned(),
        ),
        (PiiKind::Phone, "07700 900123".to_owned()),
    ];
    assert_eq!(found, wanted);
}

/// The card's token stands between letters, and is none the less one to the passes after.
#[test]
fn nothing_is_found_across_a_token() {
    let text = "i have cancer cottage, mill lane4111111111111111voted green";
    let once = safe(text);
    assert!(once.contains("[card number]"), "{once}");
    assert!(!once.contains("1111"), "{once}");
    assert_eq!(safe(&once), once);
}

/// Each name that is found shows the next one, for more passes than anybody would need.
#[test]
fn names_spelt_into_each_other_are_found_to_the_last() {
    let text = "it's Siobhan Keeney, S I O B H Ait's Siobhan Keeney, S I O B H A 1, K E A V \
        Ean Keeney, S I O B H A 1, K E A V E N E  2, K E A V E1N E Y N E  2, K E A V E1N E Y";
    let once = safe(text);
    assert_eq!(safe(&once), once);
}

#[test]
fn the_councils_own_contacts_are_not_personal() {
    let contacts = "01632 960 999|(01632) 960999|+44 1632 960999|bins@cheshvale.example|\
        Help.Desk@waste.cheshvale.example|oh one six three two nine six oh nine nine nine";
    for contact in contacts.split('|') {
        assert_eq!(safe(contact), contact);
    }
    assert_eq!(safe("jo@notcheshvale.example"), "[email address]");
    let wrong = Detector::new(&["cheshvale".into()]);
    assert!(matches!(wrong, Err(DetectorError::OwnContact(contact)) if &*contact == "cheshvale"));
}

#[test]
fn one_detector_serves_all_conversations() {
    fn shared<T: Send + Sync>() {}
    shared::<Detector>();
}

/// A valid identifier of each kind that has a check or a fixed shape, with its cue where it needs
/// one.
fn planted() -> impl Strategy<Value = (PiiKind, &'static str, String)> {
    let digits = |count: usize| proptest::collection::vec(0..10_u8, count);
    let text = |digits: &[u8]| digits.iter().map(u8::to_string).collect::<String>();
    let card = digits(14).prop_map(move |body| {
        let body = format!("4{}", text(&body));
        (0..10)
            .map(|last| format!("{body}{last}"))
            .find(|card| CardNumber::parse(card).is_some())
    });
    let nhs = digits(8).prop_map(move |body| {
        let body = format!("9{}", text(&body));
        (0..10)
            .map(|last| format!("{body}{last}"))
            .find(|nhs| NhsNumber::parse(nhs).is_some())
    });
    let nino = "[ABCEGHJKMNPRSTW-Z][ABCEGHJKMNPRSTW-Z][0-9]{6}[A-D]"
        .prop_map(|nino: String| Nino::parse(&nino).map(|nino| nino.as_str().to_owned()));
    let phone = digits(3).prop_map(move |end| Some(format!("07700900{}", text(&end))));
    let landline = digits(3).prop_map(move |end| Some(format!("02079460{}", text(&end))));
    let some = |kind: PiiKind, cue: &'static str| {
        move |value: Option<String>| value.map(|value| (kind, cue, value))
    };
    prop_oneof![
        card.prop_filter_map("a check digit", some(PiiKind::CreditCard, "")),
        nhs.prop_filter_map("a check digit", some(PiiKind::UkNhs, "nhs ")),
        nino.prop_filter_map("an issued prefix", some(PiiKind::UkNino, "my nino is ")),
        phone.prop_filter_map("always", some(PiiKind::Phone, "")),
        landline.prop_filter_map("always", some(PiiKind::Phone, "")),
        "[a-z]{1,12}@example\\.(org|com|net)".prop_map(|mail: String| (PiiKind::Email, "", mail)),
        "(CW|SK|M|L|BS|OL)[1-9][0-9]? ?[0-9][ABDEFGHJLNPQRSTUWXYZ]{2}"
            .prop_filter("an ordinal", |code: &String| {
                !["1ST", "2ND", "3RD", "TH"]
                    .iter()
                    .any(|end| code.ends_with(end))
            })
            .prop_map(|code: String| (PiiKind::UkPostcode, "", code)),
    ]
}

/// Text around an identifier that says nothing of what it is. Without a k: "xk" or "kz" before a number
/// makes it an IBAN wherever the number happens to have its check digits.
fn surroundings() -> impl Strategy<Value = String> {
    prop_oneof![
        "[jqxzé’£,.!?🚮 ]{0,40}",
        Just("hello can you help me please, ".to_owned()),
        Just(" and its still not sorted! ".to_owned()),
        Just("\nthanks ".to_owned()),
    ]
}

/// The characters of an identifier with one of the separators between some of them.
fn spaced(value: &str, separator: &str, places: u32) -> String {
    let mut spaced = String::new();
    for (at, c) in value.chars().enumerate() {
        if at > 0 && places >> (at % 32) & 1 == 1 {
            spaced.push_str(separator);
        }
        spaced.push(c);
    }
    spaced
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_text_is_screened(text in any::<String>()) {
        let screened = DETECTOR.screen(RawText::new(text.clone()), None);
        let length = text.chars().count();
        let mut end = 0;
        for finding in &screened.findings {
            prop_assert!(finding.start >= end && finding.start < finding.end);
            end = finding.end;
        }
        prop_assert!(end as usize <= length);
    }

    #[test]
    fn screening_safe_text_finds_nothing_new(
        parts in proptest::collection::vec(prop_oneof![
            planted().prop_map(|(_, cue, value)| format!("{cue}{value}")),
            "[0-9]{1,12}",
            "[a-zA-Z']{1,8}",
            "[0-9]{0,2}(i have|i am|my name is|cancer|convicted|cottage, mill lane|voted green)[0-9]{0,2}",
            "card|nhs number|my name is|order|cvv|sort code|account|flat|road|born|i have|cancer|double|oh|at|dot|,|\\.",
            "\\[(card number|name|address|sensitive detail)\\]",
        ], 0..12),
        glued in any::<u16>(),
    ) {
        let mut text = String::new();
        for (nth, part) in parts.iter().enumerate() {
            if glued >> nth & 1 == 0 {
                text.push(' ');
            }
            text.push_str(part);
        }
        let once = safe(&text);
        prop_assert_eq!(safe(&once), once);
    }

    #[test]
    fn a_planted_identifier_never_survives(
        (kind, cue, value) in planted(),
        separator in prop_oneof![Just(" "), Just("-"), Just("."), Just("\u{200b}"), Just("\u{a0}")],
        places in any::<u32>(),
        upper in any::<bool>(),
        before in surroundings(),
        after in surroundings(),
    ) {
        let in_any_spacing = [PiiKind::CreditCard, PiiKind::UkNhs, PiiKind::Phone, PiiKind::UkNino];
        let value = if in_any_spacing.contains(&kind) {
            spaced(&value, separator, places)
        } else {
            value
        };
        let value = if upper { value.to_uppercase() } else { value.to_lowercase() };
        let shown = safe(&format!("{before} {cue}{value} {after}"));
        prop_assert!(!shown.contains(&value), "{}", shown);
        prop_assert!(shown.contains(kind.token()), "{}", shown);
    }
}

/// How long it takes to scan a text so many times.
#[allow(clippy::disallowed_methods)] // Time is what is measured.
fn time(text: &str, times: usize) -> Duration {
    let start = Instant::now();
    for _ in 0..times {
        let _ = DETECTOR.scan(text);
    }
    start.elapsed()
}

/// A byte of a long text costs what a byte of a short one does; under a quadratic rule it would cost
/// ten times as much at ten times the length.
#[test]
fn time_is_linear_in_the_length_of_the_text() {
    let parts = "7|a|1 |a |4111 |4111 1111 1111 1111 |ab12 |ab 12 34 56 |flat 1 |12 acacia |my name is |a@|a@a. |at |card |\
        i have |cancer |one |double |oh |2001:db8:|1.1.|ref 12 |jan 1 |gb82 west |o'|é|１|[name] |the old forge, |i was convicted of |John Smith |\
        card 1 |20-00-00 |20-00-00 55779911 |\
        sort code 20-00-00 of the old house in that other road over there, which is far from here, and 55779911 |4111111111111111 12/29 |\
        \n0\n5";
    for part in parts.split('|') {
        let short = part.repeat(10_000 / part.len());
        let long = part.repeat(100_000 / part.len());
        // As much text on both sides, so that other work on the machine slows both down; where it
        // hits one of them only, the next attempt tells.
        let ratio = || time(&long, 1).as_secs_f64() / time(&short, 10).as_secs_f64();
        let linear = (0..5).any(|_| ratio() < 4.0);
        assert!(
            linear,
            "{part:?}: at ten times the length a byte costs {:.0} times as much",
            ratio()
        );
    }
}
