//! A small made-up council, with an understanding and a screening that tests can foresee.
//!
//! Phrases are said as their key and what is filled in, so that a test does not hang on wording.

use cece::content::{
    Answer, Assistant, Council, Intent, IntentLink, Locale, Localized, OutOfHoursAction, Phrase,
    Slot, SlotChoice, SlotType, Sounds, Then, Wording,
};
use cece::departments::{
    BankHolidays, Department, DepartmentName, OpeningHours, OutOfHours, Reach,
};
use cece::engine::golden::{Golden, Player};
use cece::nlu::entities::{Lexicon, ReferenceShape};
use cece::nlu::{Command, IntentName, Ranked, Understand, Understanding, Verdict};
use cece::pii::{
    Expectation, Finding, KindSet, PiiKind, RawText, SafeText, Screened, SlotText, Treatment,
    treatment,
};
use cece::transcripts::retention::{ClassName, Disposal, Register, Row, Trigger};
use jiff::civil::{Time, date, time};
use jiff::{Span, ToSpan, tz::TimeZone};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

/// Intents by name, so that strategies can draw from them.
pub(crate) const INTENTS: &[&str] = &[
    "waste/missed-bin",
    "waste/bin-day",
    "waste/large-items",
    "highways/pothole",
    "revenues/council-tax",
    "revenues/old-fees",
    "emergency/fire",
    "safety/abuse",
    "none/weather",
    "none/small-talk",
];

pub(crate) fn assistant() -> Assistant {
    let zone = TimeZone::get("Europe/London").unwrap();
    let intents: BTreeMap<IntentName, Intent> = intents()
        .into_iter()
        .map(|intent| (intent.name.clone(), intent))
        .collect();
    let departments = departments();
    Assistant {
        lexicon: Lexicon::of(&intents, &departments, vec![ReferenceShape::own()]),
        version: "0123456789abcdef".into(),
        council: Council {
            name: "Cheshvale Council".into(),
            base_url: "https://www.cheshvale.example".into(),
            time_zone: zone,
            switchboard: DepartmentName::new("customer-services"),
            emergency: DepartmentName::new("emergency"),
            holidays: BankHolidays {
                extra: BTreeSet::from([date(2026, 12, 29)]),
            },
            own_contacts: Vec::new(),
        },
        departments,
        intents,
        phrasings: Vec::new(),
        sounds: Sounds::default(),
        wording: wording(),
        commands: BTreeMap::new(),
        register: Arc::new(register()),
    }
}

fn localized(text: &str) -> Localized {
    Localized {
        en: text.into(),
        cy: None,
    }
}

fn departments() -> BTreeMap<DepartmentName, Department> {
    let office: (Time, Time) = (time(8, 30, 0, 0), time(17, 0, 0, 0));
    let always: (Time, Time) = (Time::MIN, Time::MAX);
    let department = |slug: &str, title: &str, span, days: usize, urgent: Option<&str>| {
        let mut week: [Vec<(Time, Time)>; 7] = Default::default();
        week.iter_mut().take(days).for_each(|day| day.push(span));
        let name = DepartmentName::new(slug);
        let department = Department {
            name: name.clone(),
            title: title.into(),
            handles: format!("what {title} does").into(),
            contractor: None,
            channels: Reach {
                phone: Some("03069 990 011".into()),
                url: None,
                queue: (slug == "customer-services").then(|| slug.into()),
            },
            hours: OpeningHours {
                week,
                open_on_holidays: days == 7,
            },
            out_of_hours: OutOfHours {
                urgent_to: urgent.map(DepartmentName::new),
                text: localized(&format!("{slug} is away")),
            },
        };
        (name, department)
    };
    BTreeMap::from([
        department("waste", "Waste", office, 5, None),
        department("highways", "Highways", office, 5, Some("emergency")),
        department("revenues", "Revenues", office, 5, None),
        department("safety", "Community Safety", office, 5, None),
        department("customer-services", "Customer Services", office, 5, None),
        department("emergency", "Emergency Centre", always, 7, None),
        department("none", "Another organisation", always, 7, None),
    ])
}

fn intent(name: &str, title: &str, then: Then, record: &str) -> Intent {
    let name = IntentName::new(name);
    Intent {
        department: DepartmentName::new(name.department()),
        title: localized(title),
        examples: Vec::new(),
        answer: Answer {
            text: localized(&format!("answer of {name}")),
            spoken: Some(localized(&format!("spoken answer of {name}"))),
            valid_from: None,
            valid_to: None,
        },
        links: Vec::new(),
        ask: Vec::new(),
        confirm: false,
        record: ClassName::new(record),
        then,
        out_of_hours: OutOfHoursAction::Same,
        never_ask: KindSet::EMPTY,
        lgsl: Vec::new(),
        lgil: None,
        elsewhere: name.department() == "none",
        never_offer: name.as_str() == "none/small-talk",
        without_asking: false,
        name,
    }
}

fn slot(name: &str, kind: SlotType, pii: &[PiiKind]) -> Slot {
    Slot {
        name: name.into(),
        prompt: localized(&format!("which {name}?")),
        spoken: None,
        kind,
        pii: pii.iter().copied().collect(),
        reason: localized(&format!("because of {name}")),
        reask: None,
        optional: false,
    }
}

fn missed_bin() -> Intent {
    let bin = |key: &str, label: &str| SlotChoice {
        key: key.into(),
        label: localized(label),
        synonyms: Vec::new(),
    };
    let bins = SlotType::Choice(vec![bin("black", "Black bin"), bin("brown", "Brown bin")]);
    let address = &[PiiKind::UkAddress, PiiKind::UkPostcode];
    let note = slot("note", SlotType::Text, &[]);
    Intent {
        ask: vec![
            slot("address", SlotType::Address, address),
            slot("bin_type", bins, &[]),
            slot("due", SlotType::Date, &[]),
            Slot {
                optional: true,
                ..note
            },
        ],
        confirm: true,
        out_of_hours: OutOfHoursAction::Log,
        ..intent(
            "waste/missed-bin",
            "Report a missed bin",
            Then::Report,
            "service-request",
        )
    }
}

fn intents() -> Vec<Intent> {
    let mut large = intent(
        "waste/large-items",
        "Book a collection",
        Then::Form,
        "enquiry",
    );
    large.links.push(IntentLink {
        text: localized("Book"),
        url: "https://www.cheshvale.example/bulky".into(),
    });
    let title = "Report a pothole";
    let mut pothole = intent("highways/pothole", title, Then::Report, "service-request");
    let address = &[PiiKind::UkAddress, PiiKind::UkPostcode];
    pothole.ask.push(slot("where", SlotType::Location, address));
    pothole.out_of_hours = OutOfHoursAction::Urgent;
    let mut fees = intent("revenues/old-fees", "Fees", Then::Answer, "enquiry");
    fees.answer.valid_to = Some(date(2025, 3, 31));
    vec![
        missed_bin(),
        intent(
            "waste/bin-day",
            "Find your bin day",
            Then::Answer,
            "enquiry",
        ),
        large,
        pothole,
        intent(
            "revenues/council-tax",
            "Council tax",
            Then::Redirect,
            "enquiry",
        ),
        fees,
        intent("emergency/fire", "Fire", Then::Danger, "safeguarding"),
        intent(
            "safety/abuse",
            "Domestic abuse",
            Then::Danger,
            "safeguarding",
        ),
        intent("none/weather", "The weather", Then::Answer, "enquiry"),
        intent("none/small-talk", "A chat", Then::Answer, "enquiry"),
    ]
}

fn wording() -> Wording {
    let filled = [
        (Phrase::Greeting, "{council}"),
        (Phrase::Notice, "{reference} {kept_for}"),
        (Phrase::RedirectOpen, "{department}: {reason}"),
        (Phrase::RedirectClosed, "{department} opens {opens}"),
        (Phrase::TransferAgree, "{department}"),
        (Phrase::Person, "{department}"),
        (Phrase::PersonClosed, "{department} opens {opens}"),
        (Phrase::AlsoNext, "{intent}"),
        (Phrase::ResumeForm, "{intent}"),
        (Phrase::FormKept, "{intent}"),
        (Phrase::Confirm, "{intent}: {slots}"),
        (Phrase::Corrected, "{slot}"),
        (Phrase::Noted, "{slots}"),
        (Phrase::HouseNumber, "{street}"),
        (Phrase::Reported, "{intent} {department} {reference}"),
        (
            Phrase::ReportedClosed,
            "{department} opens {opens} {reference}",
        ),
        (Phrase::Goodbye, "{reference}"),
        (Phrase::TooLong, "{department}"),
        (Phrase::Queued, "{queue}"),
        (Phrase::OfficerJoined, "{officer}"),
        (Phrase::AnswerExpired, "{department}"),
        (Phrase::DangerPerson, "{department}"),
        (Phrase::Masked, "{slot} = {value}"),
        (Phrase::Removed, "{what}"),
        (Phrase::WeAsk, "{reason}"),
    ];
    let mut wording = Wording::default();
    for phrase in Phrase::ALL {
        let more = filled.iter().find(|(one, _)| one == phrase);
        let text = match (phrase, more) {
            (Phrase::YesChoice, _) => "Yes".to_owned(),
            (Phrase::NoChoice, _) => "No".to_owned(),
            (_, Some((_, more))) => format!("{} {more}", phrase.key()),
            (_, None) => phrase.key().to_owned(),
        };
        wording = wording.with_phrase(*phrase, Locale::En, &text);
    }
    for kind in PiiKind::ALL {
        let advice = format!("advice on {}", kind.name());
        wording = wording.with_warning(*kind, Locale::En, kind.name(), &advice);
    }
    wording
}

fn register() -> Register {
    let row = |class: &str, keep_for: Span| {
        let row = Row {
            class: ClassName::new(class),
            information: String::new(),
            keep_for,
            keep_for_text: String::new(),
            keep_from: vec![Trigger::ConversationClosed],
            then: Disposal::Delete,
            basis: String::new(),
            authority: String::new(),
            source: String::new(),
            must_keep: false,
        };
        (row.class.clone(), row)
    };
    Register {
        version: "0123456789abcdef".into(),
        rows: BTreeMap::from([
            row("chat", 12.months()),
            row("call", 12.months()),
            row("enquiry", 6.months()),
            row("service-request", 2.years()),
            row("safeguarding", 25.years()),
        ]),
    }
}

/// Personal data that [`screen`] finds.
const PERSONAL: &[(&str, PiiKind)] = &[
    ("4111 1111 1111 1111", PiiKind::CreditCard),
    ("14 Acacia Avenue", PiiKind::UkAddress),
    ("40 Acacia Avenue", PiiKind::UkAddress),
    ("7 Mill Lane", PiiKind::UkAddress),
    ("ZZ9 9ZZ", PiiKind::UkPostcode),
    ("07700 900123", PiiKind::Phone),
    ("my depression", PiiKind::SpecialCategory),
];

/// Screens by the contract of `pii`, for the few values above.
pub(crate) fn screen(text: &str, expectation: Option<&Expectation>) -> Screened {
    let asked = |kind| expectation.is_some_and(|one| one.kinds.contains(kind));
    let mut found: Vec<(usize, &str, PiiKind)> = PERSONAL
        .iter()
        .filter_map(|(value, kind)| Some((text.find(value)?, *value, *kind)))
        .collect();
    found.sort_unstable();
    let tokens = |keep: &dyn Fn(PiiKind) -> bool| {
        found
            .iter()
            .fold(text.to_owned(), |text, (_, value, kind)| {
                if keep(*kind) {
                    text
                } else {
                    text.replace(value, kind.token())
                }
            })
    };
    let taken: Vec<&str> = found
        .iter()
        .filter(|(_, _, kind)| treatment(*kind, asked(*kind)) == Treatment::Take)
        .map(|(_, value, _)| *value)
        .collect();
    let answer = if taken.is_empty() {
        tokens(&|_| false)
    } else {
        taken.join(", ")
    };
    let identifies = |kind| treatment(kind, false) != Treatment::Gentle;
    Screened {
        safe: safe(&tokens(&|_| false)),
        meaning: safe(&tokens(&|kind| !identifies(kind))),
        findings: found
            .iter()
            .map(|(start, value, kind)| Finding {
                kind: *kind,
                start: u32::try_from(*start).unwrap(),
                end: u32::try_from(start + value.len()).unwrap(),
                treatment: treatment(*kind, asked(*kind)),
            })
            .collect(),
        answer: expectation.map(|_| SlotText::new(&answer)),
    }
}

pub(crate) fn safe(text: &str) -> SafeText {
    serde_json::from_value(serde_json::Value::from(text)).unwrap()
}

/// Understands by keywords.
pub(crate) struct Keywords;

const WORDS: &[(&str, &str)] = &[
    ("missed", "waste/missed-bin"),
    ("bin day", "waste/bin-day"),
    ("sofa", "waste/large-items"),
    ("pothole", "highways/pothole"),
    ("council tax", "revenues/council-tax"),
    ("fee", "revenues/old-fees"),
    ("weather", "none/weather"),
    ("lovely chat", "none/small-talk"),
];
const DANGERS: &[(&str, &str)] = &[("on fire", "emergency/fire"), ("hits me", "safety/abuse")];
const COMMANDS: &[(&str, Command)] = &[
    ("yes", Command::Yes),
    ("no", Command::No),
    ("why", Command::Why),
    ("repeat", Command::Repeat),
    ("go back", Command::GoBack),
    ("start again", Command::StartAgain),
    ("stop", Command::Stop),
    ("skip", Command::Skip),
    ("thanks", Command::Thanks),
    ("hello", Command::Greeting),
    ("that's wrong", Command::Correct),
];

impl Understand for Keywords {
    fn understand(&self, text: &SafeText) -> Understanding {
        let text = text.as_str().to_lowercase();
        let of = |list: &[(&str, &str)], text: &str| {
            let found = list.iter().find(|(word, _)| text.contains(word));
            found.map(|(_, name)| IntentName::new(name))
        };
        let ranked = |intents: &[(&str, f32)]| -> Vec<Ranked> {
            let one = |(name, confidence): &(&str, f32)| Ranked {
                intent: IntentName::new(name),
                confidence: *confidence,
            };
            intents.iter().map(one).collect()
        };
        let command = if text.contains("person") {
            Some(Command::Person)
        } else if text.starts_with("no, i meant") {
            Some(Command::Correct)
        } else {
            let found = COMMANDS.iter().find(|(said, _)| text == *said);
            found.map(|(_, command)| *command)
        };
        let mut needs: Vec<IntentName> = text
            .split(" and ")
            .filter_map(|part| of(WORDS, part))
            .collect();
        let (verdict, ranked) = if !needs.is_empty() {
            let first = needs.remove(0);
            (Verdict::Sure, ranked(&[(first.as_str(), 0.9)]))
        } else if text == "my bin" {
            let both = [("waste/missed-bin", 0.5), ("waste/bin-day", 0.4)];
            (Verdict::Between, ranked(&both))
        } else if text == "my lovely bin" {
            let both = [("none/small-talk", 0.5), ("waste/bin-day", 0.4)];
            (Verdict::Between, ranked(&both))
        } else {
            let little = [("waste/missed-bin", 0.2), ("revenues/council-tax", 0.1)];
            (Verdict::Unsure, ranked(&little))
        };
        Understanding {
            danger: of(DANGERS, &text),
            command,
            verdict,
            ranked,
            also: needs,
        }
    }
}

/// Plays `script` on the small council; what differs, as an author reads it.
pub(crate) fn play(script: &str) -> Result<(), String> {
    let golden = Golden::parse(script).map_err(|fault| fault.to_string())?;
    // Raw text is for the real screener alone to read, so this one reads the script beside it.
    let said: RefCell<VecDeque<String>> = RefCell::new(
        script
            .lines()
            .filter_map(|line| line.trim().strip_prefix("> "))
            .filter(|line| !line.starts_with('['))
            .map(str::to_owned)
            .collect(),
    );
    let screen = |_: RawText, expectation: Option<&Expectation>| -> Screened {
        screen(&said.borrow_mut().pop_front().unwrap(), expectation)
    };
    let player = Player {
        assistant: &assistant(),
        understand: &Keywords,
        screen: &screen,
    };
    player.play(&golden).map_err(|differs| differs.to_string())
}
