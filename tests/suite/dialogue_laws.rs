//! The dialogue's laws, on any sequence of inputs: never a panic, always bounded, replay is exact.

use super::small_council::{INTENTS, assistant, safe, screen};
use cece::content::{Assistant, Locale};
use cece::dialogue::{
    CHOICES_MAX, Channel, Event, Input, OFFICER_TURNS_MAX, Outcome, Phase, Speaker, State, Step,
    TURNS_MAX, Utterance, Why, step,
};
use cece::nlu::{Command, IntentName, Ranked, Understanding, Verdict};
use cece::pii::{Finding, PiiKind, SafeText, SlotText, Treatment};
use jiff::{Timestamp, ToSpan};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// The most events of one turn.
const EVENTS_MAX: usize = 64;
/// The longest a state is when it is written out, in bytes: every text in it is bounded.
const STATE_BYTES_MAX: usize = 12_000;

fn at(minutes: i64) -> Timestamp {
    let begin: Timestamp = "2026-06-10T09:00:00Z".parse().unwrap();
    begin + minutes.minutes()
}

fn start(channel: Channel) -> Input {
    Input::Start {
        channel,
        locale: Locale::En,
        reference: "CV-7K4M-29QX".to_owned(),
        page: None,
        contact: None,
    }
}

/// An intent of the council, or one that it does not have.
fn intent() -> impl Strategy<Value = IntentName> {
    let mut names = INTENTS.to_vec();
    names.push("gone/long-ago");
    select(names).prop_map(IntentName::new)
}

const COMMANDS: &[Command] = &[
    Command::Person,
    Command::Yes,
    Command::No,
    Command::Why,
    Command::Repeat,
    Command::GoBack,
    Command::StartAgain,
    Command::Stop,
    Command::Correct,
    Command::Skip,
    Command::Thanks,
    Command::Greeting,
    Command::Spell,
    Command::English,
    Command::Welsh,
];

fn understanding() -> impl Strategy<Value = Understanding> {
    (
        prop::option::weighted(0.05, intent()),
        prop::option::weighted(0.3, select(COMMANDS)),
        select(vec![Verdict::Sure, Verdict::Between, Verdict::Unsure]),
        prop::collection::vec((intent(), 0.0_f32..1.0), 0..4),
        prop::collection::vec(intent(), 0..9),
    )
        .prop_map(|(danger, command, verdict, ranked, also)| Understanding {
            danger,
            command,
            verdict,
            ranked: ranked
                .into_iter()
                .map(|(intent, confidence)| Ranked { intent, confidence })
                .collect(),
            also,
        })
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        select(vec![
            "14 Acacia Avenue",
            "brown",
            "yesterday",
            "2",
            "no, I meant 40 not 14",
            "not not not",
            "by the church?",
            "",
        ])
        .prop_map(str::to_owned),
        ".{0,40}",
        "[a-z ]{400,700}",
    ]
}

fn finding() -> impl Strategy<Value = Finding> {
    let treatments = vec![
        Treatment::Refuse,
        Treatment::Take,
        Treatment::Warn,
        Treatment::Gentle,
    ];
    (select(PiiKind::ALL), select(treatments)).prop_map(|(kind, treatment)| Finding {
        kind,
        start: 0,
        end: 1,
        treatment,
    })
}

fn utterance() -> impl Strategy<Value = Utterance> {
    (
        words(),
        prop::collection::vec(finding(), 0..3),
        prop::option::of(words()),
        prop::collection::vec(words(), 0..3),
        understanding(),
    )
        .prop_map(
            |(text, findings, answer, otherwise, understanding)| Utterance {
                safe: safe(&text),
                findings,
                answer: answer.map(|answer| SlotText::new(&answer)),
                heard_otherwise: otherwise.iter().map(|one| SlotText::new(one)).collect(),
                understanding,
            },
        )
}

fn choice() -> impl Strategy<Value = Input> {
    let ids = [
        "yes", "no", "none", "person", "waste", "brown", "address", "…",
    ];
    let known: Vec<&str> = ids.into_iter().chain(INTENTS.iter().copied()).collect();
    prop_oneof![select(known).prop_map(str::to_owned), ".{0,300}"]
        .prop_map(|choice| Input::Chose { choice })
}

/// Any input, or (none) the one that a willing resident would give just now.
fn input() -> impl Strategy<Value = Option<Input>> {
    prop_oneof![
        2 => any_input().prop_map(Some),
        1 => Just(None),
    ]
}

/// The first choice offered, an answer to the question asked, or a need.
fn willing(state: &State) -> Input {
    if let Some(first) = state.choices().first() {
        return Input::Chose {
            choice: first.id.clone(),
        };
    }
    let expectation = state.expectation();
    let text = match expectation.as_ref().map(|one| &*one.slot) {
        Some("address") => "14 Acacia Avenue",
        Some("due") => "yesterday",
        Some(_) => "by the gate",
        None => "missed bin",
    };
    let screened = screen(text, expectation.as_ref());
    let need = Ranked {
        intent: IntentName::new("waste/missed-bin"),
        confidence: 0.9,
    };
    Input::Said(Utterance {
        safe: screened.safe,
        findings: screened.findings,
        answer: screened.answer,
        heard_otherwise: Vec::new(),
        understanding: Understanding {
            verdict: Verdict::Sure,
            ranked: vec![need],
            ..Understanding::unsure()
        },
    })
}

fn any_input() -> impl Strategy<Value = Input> {
    prop_oneof![
        20 => utterance().prop_map(Input::Said),
        5 => choice(),
        3 => select(vec!['0', '1', '2', '3', '9', '*', '#', 'x']).prop_map(|digit| Input::Pressed { digit }),
        2 => utterance().prop_map(Input::Keyed),
        1 => select(vec![Locale::En, Locale::Cy]).prop_map(Input::Language),
        1 => Just(Input::Silence),
        1 => Just(Input::NoMatch),
        1 => (0_u32..99).prop_map(|heard_chars| Input::Interrupted { heard_chars }),
        1 => ".{0,300}".prop_map(|what| Input::Failed { what }),
        1 => Just(Input::OfficerJoined { officer: "Sam".to_owned() }),
        1 => Just(Input::OfficerSaid { text: safe("I can help") }),
        2 => Just(Input::OfficerLeft),
        1 => select(vec![Input::Ended, Input::TimedOut]),
        1 => select(vec![Channel::Web, Channel::Phone]).prop_map(start),
    ]
}

/// A conversation: its channel, whether it is begun properly, its inputs.
fn conversation() -> impl Strategy<Value = Vec<Option<Input>>> {
    let channel = select(vec![Channel::Web, Channel::Phone]);
    let begun = prop::bool::weighted(0.95);
    (channel, begun, prop::collection::vec(input(), 0..40)).prop_map(|(channel, begun, inputs)| {
        let first = begun.then(|| Some(start(channel)));
        first.into_iter().chain(inputs).collect()
    })
}

/// Whether `event` is the record of `input`.
fn is_record_of(event: &Event, input: &Input) -> bool {
    match input {
        Input::Start { .. } => matches!(event, Event::Started { .. }),
        Input::Said(_) => matches!(event, Event::Heard { .. }),
        Input::Chose { .. } => matches!(event, Event::Chose { .. }),
        Input::Pressed { .. } | Input::Keyed(_) => matches!(event, Event::Pressed { .. }),
        Input::Language(_) => matches!(event, Event::LanguageChanged { .. }),
        Input::Silence => *event == Event::Silent,
        Input::NoMatch => *event == Event::NotRecognised,
        Input::Interrupted { .. } => matches!(event, Event::Interrupted { .. }),
        Input::TimedOut => *event == Event::TimedOut,
        Input::OfficerJoined { .. } => matches!(event, Event::OfficerJoined { .. }),
        Input::OfficerSaid { .. } => {
            matches!(
                event,
                Event::Said {
                    from: Speaker::Officer,
                    ..
                }
            )
        }
        Input::OfficerLeft => *event == Event::OfficerLeft,
        Input::Ended => *event == Event::EndRequested,
        Input::Failed { .. } => matches!(event, Event::Failed { .. }),
    }
}

fn says_something(events: &[Event]) -> bool {
    events
        .iter()
        .any(|event| matches!(event, Event::Said { .. }))
}

fn redirects(events: &[Event]) -> bool {
    events
        .iter()
        .any(|event| matches!(event, Event::Redirected(_)))
}

fn first_said(events: &[Event]) -> Option<&str> {
    events.iter().find_map(|event| {
        let Event::Said { text, .. } = event else {
            return None;
        };
        Some(text.as_str())
    })
}

/// What must hold of one turn from an open state.
fn check_turn(before: &State, input: &Input, done: &Step, assistant: &Assistant) {
    let events = &done.events;
    assert!(is_record_of(&events[0], input), "{input:?}: {events:?}");
    let is_residents = matches!(
        input,
        Input::Said(_)
            | Input::Chose { .. }
            | Input::Pressed { .. }
            | Input::Keyed(_)
            | Input::OfficerSaid { .. }
            | Input::Ended
    );
    assert_eq!(events[0].takes_seq(), is_residents, "{events:?}");
    // Of a key nothing is kept but the choice that it stood for.
    if let Event::Pressed { label } = &events[0] {
        let offered = before.choices().iter().any(|choice| choice.label == *label);
        assert!(label.is_empty() || offered, "{events:?}");
    }
    assert!(events.len() <= EVENTS_MAX, "{} events", events.len());
    assert!(done.state.choices().len() <= CHOICES_MAX);
    let size = format!("{:?}", done.state).len();
    assert!(size <= STATE_BYTES_MAX, "{size} bytes: {:?}", done.state);

    let officer = before.phase() == Phase::WithOfficer;
    if !officer && !matches!(input, Input::Interrupted { .. }) {
        assert!(says_something(events), "{before:?} {input:?}: {events:?}");
    }
    let Input::Said(Utterance { understanding, .. }) = input else {
        return;
    };
    let danger = understanding
        .danger
        .as_ref()
        .and_then(|name| assistant.intents.get(name));
    if let Some(intent) = danger {
        let answer = match before.channel() {
            Channel::Web => Some(&intent.answer.text),
            Channel::Phone => intent.answer.spoken.as_ref(),
        };
        let answer = answer.map(|text| text.get(before.locale()));
        assert_eq!(first_said(events), answer, "{input:?}: {events:?}");
    } else if understanding.command == Some(Command::Person) && !officer {
        assert!(redirects(events), "{before:?} {input:?}: {events:?}");
    }
}

/// Settled at most as often as it was taken or kept.
fn check_settled_once(all: &[Event]) {
    for name in INTENTS.iter().map(|name| IntentName::new(name)) {
        let count = |wanted: &dyn Fn(&Event) -> bool| all.iter().filter(|one| wanted(one)).count();
        let begun = count(&|event| {
            matches!(event, Event::IntentTaken { intent, .. } | Event::NeedKept { intent }
                if *intent == name)
        });
        let settled = count(
            &|event| matches!(event, Event::Settled { intent: Some(intent), .. } if *intent == name),
        );
        assert!(
            settled <= begun,
            "{name} settled {settled} of {begun}: {all:?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn any_conversation_keeps_the_laws(inputs in conversation(), minutes in 0_i64..1_000_000) {
        let assistant = assistant();
        let mut state = State::default();
        let mut all: Vec<Event> = Vec::new();
        for (place, input) in inputs.into_iter().enumerate() {
            let input = input.unwrap_or_else(|| willing(&state));
            let now = at(minutes + i64::try_from(place).unwrap());
            let done = step(&state, input.clone(), &assistant, now);
            let again = step(&state, input.clone(), &assistant, now);
            prop_assert_eq!(&done.events, &again.events, "the same twice");
            if state.is_closed() {
                prop_assert!(done.events.is_empty() && done.state == state, "closed stays closed");
            } else {
                check_turn(&state, &input, &done, &assistant);
            }
            all.extend(done.events);
            state = done.state;
            // As it is recorded: written, read back and folded.
            let written = serde_json::to_string(&all).unwrap();
            let read: Vec<Event> = serde_json::from_str(&written).unwrap();
            prop_assert_eq!(&State::replay(&read), &state, "replay");
        }
        check_settled_once(&all);
    }

    /// Whatever was before, a resident who is not understood reaches a person or a department.
    #[test]
    fn nobody_is_kept_in_a_loop(
        inputs in conversation(),
        verdicts in prop::collection::vec(select(vec![Verdict::Between, Verdict::Unsure]), 9),
        ranked in subsequence(INTENTS.to_vec(), 0..4),
    ) {
        let assistant = assistant();
        let mut state = State::default();
        for input in inputs {
            let input = input.unwrap_or_else(|| willing(&state));
            let done = step(&state, input, &assistant, at(0));
            if done.state.is_closed() || done.state.phase() == Phase::WithOfficer {
                break;
            }
            state = done.state;
        }
        let mut reached = false;
        for verdict in verdicts {
            let ranked = ranked
                .iter()
                .map(|name| Ranked { intent: IntentName::new(name), confidence: 0.3 })
                .collect();
            let understanding = Understanding { verdict, ranked, ..Understanding::unsure() };
            let said = Utterance {
                safe: safe("§ § §"),
                findings: Vec::new(),
                answer: Some(SlotText::new("§")),
                heard_otherwise: Vec::new(),
                understanding,
            };
            let done = step(&state, Input::Said(said), &assistant, at(1));
            reached |= redirects(&done.events) || done.state.is_closed();
            state = done.state;
        }
        prop_assert!(reached, "{state:?}");
    }
}

/// A conversation under way, for the cases below.
struct Talk {
    assistant: Assistant,
    state: State,
}

impl Talk {
    fn new() -> Self {
        let assistant = assistant();
        let state = step(&State::default(), start(Channel::Web), &assistant, at(0)).state;
        Self { assistant, state }
    }

    fn step(&mut self, input: Input) -> Vec<Event> {
        let done = step(&self.state, input, &self.assistant, at(0));
        self.state = done.state;
        done.events
    }

    /// Says `text`, screened under the present expectation, with a need where one is named.
    fn say(&mut self, text: &str, need: Option<&str>) -> Vec<Event> {
        let screened = screen(text, self.state.expectation().as_ref());
        let understanding = match need {
            Some(name) => Understanding {
                verdict: Verdict::Sure,
                ranked: vec![Ranked {
                    intent: IntentName::new(name),
                    confidence: 0.9,
                }],
                ..Understanding::unsure()
            },
            None => Understanding::unsure(),
        };
        self.step(Input::Said(Utterance {
            safe: screened.safe,
            findings: screened.findings,
            answer: screened.answer,
            heard_otherwise: Vec::new(),
            understanding,
        }))
    }
}

/// Whatever was asked, a card number that is keyed on the telephone is not in what is recorded, nor any
/// four of its digits in a row.
#[test]
fn a_card_that_is_keyed_is_nowhere_in_the_record() {
    const CARD: &str = "4242424242424242";
    const PART: &str = "4242";
    let needs = [None, Some("waste/missed-bin"), Some("revenues/council-tax")];
    for need in needs {
        let mut talk = Talk::new();
        talk.say("hello", need);
        let keyed: Vec<Event> = CARD
            .chars()
            .flat_map(|digit| talk.step(Input::Pressed { digit }))
            .filter(|event| !matches!(event, Event::Said { .. }))
            .collect();
        let digits: String = serde_json::to_string(&keyed)
            .unwrap()
            .chars()
            .filter(char::is_ascii_digit)
            .collect();
        assert!(!digits.contains(PART), "{need:?}: {keyed:?}");
    }
}

fn heard(events: &[Event]) -> Option<&SafeText> {
    events.iter().find_map(|event| {
        let Event::Heard { text } = event else {
            return None;
        };
        Some(text)
    })
}

#[test]
fn a_place_is_passed_on_in_clear_unless_an_address_was_found_in_it() {
    let cases = [
        (
            "Mill Lane outside the school",
            "where: Mill Lane outside the school",
        ),
        ("outside 7 Mill Lane", "where: 7 M*** L***"),
    ];
    for (answer, expected) in cases {
        let mut talk = Talk::new();
        talk.say("pothole", Some("highways/pothole"));
        let events = talk.say(answer, None);
        let summary = events.iter().find_map(|event| {
            let Event::Redirected(to) = event else {
                return None;
            };
            Some(to.summary.as_str())
        });
        assert_eq!(summary, Some(expected), "{answer}");
    }
}

#[test]
fn the_record_of_an_answer_holds_a_token_and_never_the_value() {
    // Found by the screener, not found by it, and not even readable: what was asked for is hidden.
    let cases = [
        ("14 Acacia Avenue", "[address]"),
        ("The Old Rectory, Church Lane", "[address]"),
        ("Church Lane", "[address]"),
    ];
    for (answer, expected) in cases {
        let mut talk = Talk::new();
        talk.say("missed bin", Some("waste/missed-bin"));
        let events = talk.say(answer, None);
        assert_eq!(
            heard(&events).map(SafeText::as_str),
            Some(expected),
            "{answer}"
        );
        let without_slots: Vec<&Event> = events
            .iter()
            .filter(|event| !matches!(event, Event::SlotFilled { .. }))
            .collect();
        let record = serde_json::to_string(&without_slots).unwrap();
        for word in ["Acacia", "Rectory", "Church"] {
            assert!(!record.contains(word), "{record}");
        }
    }
    // A correction of it is as personal as the answer was.
    let mut talk = Talk::new();
    talk.say("missed bin", Some("waste/missed-bin"));
    talk.say("14 Acacia Avenue", None);
    let events = talk.step(Input::Said(Utterance {
        safe: safe("no, I meant 40 not 14"),
        findings: Vec::new(),
        answer: None,
        heard_otherwise: Vec::new(),
        understanding: Understanding {
            command: Some(Command::Correct),
            ..Understanding::unsure()
        },
    }));
    assert_eq!(heard(&events).map(SafeText::as_str), Some("[address]"));
}

#[test]
fn what_was_asked_for_is_exempt_and_recorded_as_such() {
    let mut talk = Talk::new();
    talk.say("missed bin", Some("waste/missed-bin"));
    let events = talk.say("14 Acacia Avenue ZZ9 9ZZ", None);
    let exempted = Event::Exempted {
        slot: "address".to_owned(),
        kinds: vec![PiiKind::UkPostcode, PiiKind::UkAddress],
    };
    assert!(events.contains(&exempted), "{events:?}");
    assert!(
        !events
            .iter()
            .any(|event| matches!(event, Event::Warned { .. }))
    );
}

#[test]
fn an_officer_has_the_conversation_alone_but_for_danger_and_warnings() {
    let mut talk = Talk::new();
    talk.say("missed bin", Some("waste/missed-bin"));
    let officer = "Sam".to_owned();
    let joined = talk.step(Input::OfficerJoined { officer });
    assert_eq!(first_said(&joined), Some("officer_joined Sam"));
    assert!(joined.contains(&Event::Settled {
        intent: Some(IntentName::new("waste/missed-bin")),
        outcome: Outcome::HandedOver,
    }));
    assert_eq!(talk.state.phase(), Phase::WithOfficer);
    assert!(talk.state.expectation().is_none());

    assert!(!says_something(
        &talk.say("when is my bin day", Some("waste/bin-day"))
    ));
    assert!(!says_something(&talk.step(Input::Silence)));
    assert!(!says_something(&talk.step(Input::Chose {
        choice: "yes".to_owned()
    })));
    let warned = talk.say("card 4111 1111 1111 1111", None);
    assert!(
        warned
            .iter()
            .any(|one| one.told().is_some_and(|text| text.contains("CREDIT_CARD")))
    );
    let danger = talk.step(Input::Said(Utterance {
        safe: safe("it is on fire"),
        findings: Vec::new(),
        answer: None,
        heard_otherwise: Vec::new(),
        understanding: Understanding {
            danger: Some(IntentName::new("emergency/fire")),
            ..Understanding::unsure()
        },
    }));
    assert_eq!(first_said(&danger), Some("answer of emergency/fire"));

    let left = talk.step(Input::OfficerLeft);
    assert_eq!(first_said(&left), Some("officer_left"));
    assert!(says_something(
        &talk.say("when is my bin day", Some("waste/bin-day"))
    ));
}

#[test]
fn a_conversation_that_is_too_long_goes_to_a_person_and_closes() {
    let mut talk = Talk::new();
    let mut turns = 1;
    let last = loop {
        let events = talk.say("when is my bin day", Some("waste/bin-day"));
        turns += 1;
        if talk.state.is_closed() {
            break events;
        }
    };
    assert_eq!(turns, TURNS_MAX);
    assert_eq!(first_said(&last), Some("too_long Waste"));
    assert!(redirects(&last));
    assert!(last.contains(&Event::Closed { why: Why::TooLong }));

    let mut talk = Talk::new();
    let officer = "Sam".to_owned();
    talk.step(Input::OfficerJoined { officer });
    let mut turns = 2;
    while !talk.state.is_closed() {
        talk.step(Input::OfficerSaid {
            text: safe("hello"),
        });
        turns += 1;
    }
    assert_eq!(turns, OFFICER_TURNS_MAX);
}

#[test]
fn content_that_lost_an_intent_hands_its_form_to_a_person() {
    let mut talk = Talk::new();
    talk.say("missed bin", Some("waste/missed-bin"));
    talk.assistant
        .intents
        .remove(&IntentName::new("waste/missed-bin"));
    for _ in 0..3 {
        let events = talk.say("14 Acacia Avenue", None);
        assert!(says_something(&events), "{events:?}");
        if redirects(&events) {
            return;
        }
    }
    panic!("nobody took it: {:?}", talk.state);
}

#[test]
fn an_idle_conversation_is_small() {
    let mut talk = Talk::new();
    talk.say("missed bin", Some("waste/missed-bin"));
    talk.say("14 Acacia Avenue", None);
    // The state itself; on the heap there are the texts, which are bounded, and nothing else.
    let inline = size_of::<State>();
    assert!(inline <= 384, "{inline} bytes");
    let written = format!("{:?}", talk.state).len();
    assert!(inline + written <= 1536, "{written} bytes written out");
}
