//! What understanding promises to the dialogue, on a small made-up content of its own.

mod danger;

use cece::engine::Models;
use cece::nlu::{
    self, Case, Command, Depth, Embedding, Encoder, First, IntentName, Model, RANKED_MAX,
    StaticEmbeddings, Study, TrainError, Training, Understand, Understanding, Verdict,
};
use cece::pii::SafeText;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, LazyLock};

/// Intent, then how residents say it.
const CONTENT: &str = "
waste/missed-bin: my bin wasnt collected | the bin men missed us again | recycling not emptied this week | nobody came for the black bin | you forgot our street, bins still full | green bin left behind on friday | bin lorry drove straight past | missed bin collection
waste/new-bin: i need a new bin | my bin has been stolen | the lid of my bin is broken | can i order a recycling box | replacement bin please, mine is cracked | moved in and there is no bin | want a bigger bin | how do i get another caddy
highways/pothole: there is a pothole on my road | big hole in the tarmac | pothole damaged my tyre | deep potholes all along the lane | when will you fix the potholes | road surface is breaking up | report a pothole | crater in the road by the school
highways/street-light: the street light is out | lamp post not working | street lamp flickers all night | light outside my house is broken | dark alley, no lighting | lamp column number is damaged | report a street light | lights stay on all day
revenues/council-tax-pay: how do i pay my council tax | set up a direct debit for council tax | when is my next council tax payment due | pay council tax online | change my council tax payment date | i want to pay my bill by card | missed a council tax instalment | council tax payment
libraries/libraries: how do i join the library | what time does the library close | renew my library books | reserve a book | library card lost | can i print at the library | is there a story time for toddlers | library fines
emergency/fire: there is a fire in my building | flames coming out of the window | my kitchen is burning | i can see thick smoke from the roof | the flat is on fire | something exploded and it is burning | shed ablaze next door | smoke everywhere we cannot get out
emergency/gas: i can smell gas | gas leak in the street | strong smell of gas in the hall | think there is gas escaping | the gas pipe has been hit | carbon monoxide alarm going off | we feel sick from gas fumes | hissing from the gas pipe
community-safety/domestic-abuse: my husband hits me | i am scared of my partner | he threatened me and the kids | my boyfriend hurts me | i need to get away from him | he controls everything i do | she attacks me when she drinks | my ex will not leave me alone
emergency/self-harm: i want to kill myself | i do not want to live any more | thinking of ending my life | i keep cutting myself | feeling suicidal | there is no reason to go on | i have taken too many tablets | better off dead
none/small-talk: how are you today | are you a robot | what is your name | tell me a joke | do you like football | nice weather | you are funny | who made you
none/nhs-health: i need a doctor appointment | how do i see my gp | where is the nearest pharmacy | nhs dentist | repeat prescription | hospital appointment letter | ring the surgery | covid jab
";

const TITLES: &[(&str, &str)] = &[
    ("waste/missed-bin", "Report a missed bin"),
    ("highways/pothole", "Report a pothole"),
    ("revenues/council-tax-pay", "Pay council tax"),
];

const COMMANDS: &[(Command, &str)] = &[
    (
        Command::Person,
        "person|human|agent|speak to someone|talk to a person|siarad â rhywun|real person|customer services",
    ),
    (Command::Yes, "yes|yeah|yep|that's right|correct|ok|ydw"),
    (Command::No, "no|nope|no thanks|nah|na"),
    (Command::Why, "why|why do you need that|what for"),
    (Command::Repeat, "repeat that|say that again|pardon"),
    (Command::GoBack, "go back|back"),
    (Command::StartAgain, "start again|start over"),
    (Command::Stop, "stop|bye|goodbye|that's all|nothing else"),
    (Command::Correct, "that's wrong|not right|wrong number"),
    (Command::Skip, "skip|i don't know|dont know"),
    (Command::Thanks, "thanks|thank you|diolch|cheers"),
    (Command::Greeting, "hello|hi|good morning|helo"),
];

fn commands() -> BTreeMap<Command, Vec<Arc<str>>> {
    COMMANDS
        .iter()
        .map(|(command, texts)| (*command, texts.split('|').map(Arc::from).collect()))
        .collect()
}

fn names(prefix: &str, also: &[&str]) -> BTreeSet<IntentName> {
    examples()
        .into_iter()
        .map(|(name, _)| name)
        .filter(|name| name.as_str().starts_with(prefix) || also.contains(&name.as_str()))
        .collect()
}

fn examples() -> Vec<(IntentName, &'static str)> {
    CONTENT
        .trim()
        .lines()
        .flat_map(|line| {
            let (name, texts) = line.split_once(": ").unwrap();
            texts.split(" | ").map(|text| (IntentName::new(name), text))
        })
        .collect()
}

static MODELS: LazyLock<(Arc<StaticEmbeddings>, Arc<Encoder>)> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("models");
    let models = Models::read(&folder).unwrap();
    (Arc::new(models.static_embeddings), Arc::new(models.encoder))
});

/// The encodings of the examples, worked out once for all models of these tests.
static ENCODINGS: LazyLock<BTreeMap<String, Vec<f32>>> = LazyLock::new(|| {
    let (_, study) = train();
    let texts: Vec<&str> = study.texts().collect();
    let encodings = MODELS.1.encode_all(&texts, 2);
    texts
        .into_iter()
        .map(str::to_owned)
        .zip(encodings)
        .collect()
});

fn train() -> (Model, Study) {
    let commands = commands();
    nlu::train(&Training {
        examples: examples(),
        phrasings: Vec::new(),
        titles: TITLES
            .iter()
            .map(|(name, title)| (IntentName::new(name), *title))
            .collect(),
        danger: names("emergency/", &["community-safety/domestic-abuse"]),
        sounds_of_danger: Vec::new(),
        sounds_harmless: vec![
            "i need a death certificate",
            "who do i tell about a death in the family",
            "the battery is dead",
        ],
        elsewhere: names("none/", &[]),
        without_asking: BTreeSet::new(),
        commands: &commands,
        statics: Some(Arc::clone(&MODELS.0) as _),
        wrong_max: None,
        seed: 1,
    })
    .unwrap()
}

/// A first stage that knows n-grams only, no danger and no commands.
fn from_words_alone(
    examples: Vec<(IntentName, &str)>,
    elsewhere: BTreeSet<IntentName>,
    without_asking: BTreeSet<IntentName>,
) -> Model {
    let (model, _) = nlu::train(&Training {
        examples,
        phrasings: Vec::new(),
        titles: Vec::new(),
        danger: BTreeSet::new(),
        sounds_of_danger: Vec::new(),
        sounds_harmless: Vec::new(),
        elsewhere,
        without_asking,
        commands: &BTreeMap::new(),
        statics: None,
        wrong_max: None,
        seed: 1,
    })
    .unwrap();
    model
}

/// A model with both stages.
fn complete() -> Model {
    let (model, study) = train();
    let encodings = study.texts().map(|text| ENCODINGS[text].clone()).collect();
    model.complete(study.second(Arc::clone(&MODELS.1) as _, encodings));
    model
}

static MODEL: LazyLock<Model> = LazyLock::new(complete);

fn understand(text: &str) -> Understanding {
    // Safe text is made by screening, or read back from a record, as here.
    let safe: SafeText = serde_json::from_value(serde_json::json!(text)).unwrap();
    MODEL.understand(&safe)
}

/// By the first stage alone.
fn at_first(text: &str) -> Understanding {
    let safe: SafeText = serde_json::from_value(serde_json::json!(text)).unwrap();
    match MODEL.understand_at_first(&safe) {
        First::Decided(understanding) | First::Doubtful(understanding) => understanding,
    }
}

fn first(understanding: &Understanding) -> &str {
    understanding
        .ranked
        .first()
        .map_or("", |ranked| ranked.intent.as_str())
}

/// The cases `left -> right`, one a line, with a line of what went wrong for each that fails.
fn check(cases: &str, actual: impl Fn(&str) -> String) {
    let wrong: Vec<String> = cases
        .trim()
        .lines()
        .filter_map(|case| {
            let (text, expected) = case.rsplit_once(" -> ").unwrap();
            let actual = actual(text.trim());
            (actual != expected.trim())
                .then(|| format!("{text}: expected {expected}, got {actual}"))
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn needs_said_in_other_words_are_understood() {
    check(
        "
        they didnt collect our bin -> waste/missed-bin Sure
        bins not been emptied -> waste/missed-bin Sure
        someone stole my bin -> waste/new-bin Sure
        my bin lid broke -> waste/new-bin Sure
        huge potholes on our lane -> highways/pothole Sure
        streetlight broken outside my house -> highways/street-light Sure
        the lamp post is out -> highways/street-light Sure
        paying council tax -> revenues/council-tax-pay Sure
        can i renew a library book -> libraries/libraries Sure
        tell me a funny joke -> none/small-talk Sure
        need to see a doctor gp appointment -> none/nhs-health Sure
        ",
        |text| {
            let understood = understand(text);
            format!("{} {:?}", first(&understood), understood.verdict)
        },
    );
}

#[test]
fn typing_as_it_is_makes_no_difference() {
    check(
        "
        MY BIN WASN'T COLLECTED -> my bin wasnt collected
        my bin wasn’t collected!!! -> my bin wasnt collected
        my bin was not collected -> my bin wasnt collected
        ｍｙ　ｂｉｎ wasnt collected -> my bin wasnt collected
        my b\u{200b}in wa\u{0301}snt collected 😡😡 -> my bin wasnt collected
        my biiiiin wasnt collected -> my bin wasnt collected
        pls fix the potholes -> please fix the potholes
        𝐩𝐨𝐭𝐡𝐨𝐥𝐞 on the road -> pothole on the road
        my card is [card number] and my bin wasnt collected -> my card is and my bin wasnt collected
        ",
        |text| {
            let plain = [
                "my bin wasnt collected",
                "please fix the potholes",
                "pothole on the road",
            ];
            let removed = "my card is and my bin wasnt collected";
            let same = plain
                .into_iter()
                .chain([removed])
                .find(|p| understand(p).ranked == understand(text).ranked);
            same.unwrap_or("something else").to_owned()
        },
    );
}

#[test]
fn what_means_nothing_is_unsure() {
    for text in [
        "",
        " ",
        "?!",
        "😀",
        "[card number]",
        "asdf qwerty zxcv",
        "xxxxxxxxxx",
        "0",
        "42 17 9",
        "purple elephants juggle quietly",
        "مرحبا كيف حالك",
        "你好吗",
        "zzzz gggg",
        "\u{202e}\u{200b}",
    ] {
        let understood = understand(text);
        assert_eq!(
            understood.verdict,
            Verdict::Unsure,
            "{text:?}: {understood:?}"
        );
        assert_eq!(understood.danger, None, "{text:?}");
    }
}

#[test]
fn what_is_said_to_the_assistant() {
    check(
        "
        person -> Person
        Person please! -> Person
        can I speak to a human being -> Person
        i want to talk to a real person not a robot -> Person
        put me through to someone please mate -> Person
        hi, can i just speak to someone -> Person
        this is useless let me talk to a human -> Person
        siarad â rhywun -> Person
        i need to speak to someone about my council tax -> Person
        no more bot thanks -> Person
        half an hour I've waited, will somebody please just pick up a phone -> Person
        can someone pick up the old fridge -> -
        can someone pick up my old phone -> -
        there are no more machines at the gym -> -
        where have the bin people gone -> -
        there is a person sleeping rough by the station -> -
        a person is parked on my drive -> -
        are you a real person -> -
        i don't want to talk to anyone -> -
        customer services were rude to me about my bin -> -
        yes -> Yes
        yes please -> Yes
        that's right, thanks -> Yes
        yes my bin -> -
        no -> No
        No thanks -> No
        no thank you -> No
        no heating -> -
        no thanks that's all -> Stop
        ok thanks bye -> Stop
        no, I meant 14 not 40 -> Correct
        sorry i meant the green bin -> Correct
        no that's wrong -> Correct
        that's wrong its number 9 -> Correct
        i mean it the bins are a disgrace -> -
        can you repeat that please -> Repeat
        pardon? -> Repeat
        why do you need that -> Why
        why has my bin not been collected -> -
        go back please -> GoBack
        please can i start again -> StartAgain
        i dont know -> Skip
        i don't know when my bin day is -> -
        stop -> Stop
        the bus does not stop here -> -
        thank you very much -> Thanks
        diolch -> Thanks
        hello -> Greeting
        hello my bin was not collected -> -
        how do i pay my council tax -> -
        ",
        |text| {
            understand(text)
                .command
                .map_or("-".into(), |command| format!("{command:?}"))
        },
    );
}

#[test]
fn a_bare_command_is_no_need_and_a_need_beside_asking_for_a_person_is_kept() {
    for text in ["person please", "no thanks", "yes", "go back", "hello"] {
        let understood = understand(text);
        assert!(understood.ranked.is_empty(), "{text}: {understood:?}");
        assert_eq!(understood.verdict, Verdict::Unsure, "{text}");
    }
    let both = understand("can i speak to someone about paying my council tax");
    assert_eq!(both.command, Some(Command::Person));
    assert_eq!(first(&both), "revenues/council-tax-pay");
}

/// Which comes first is for the whole message to say: the needs are given in the order of their names.
#[test]
fn several_needs_are_all_kept() {
    check(
        "
        my bin wasnt collected and there is a pothole on my road -> highways/pothole + waste/missed-bin
        there is a pothole on my road. also my bin wasnt collected -> highways/pothole + waste/missed-bin
        i need to pay my council tax and theres a pothole outside -> highways/pothole + revenues/council-tax-pay
        pay council tax online and there is a crater in the road by the school -> highways/pothole + revenues/council-tax-pay
        the street light is out, how do i pay my council tax -> highways/street-light + revenues/council-tax-pay
        the street light is out as well as a pothole on my road -> highways/pothole + highways/street-light
        how are you today? my bin wasnt collected -> waste/missed-bin
        my black bin and my green bin were not collected -> waste/missed-bin
        my bin wasnt collected. the bin men missed us again. -> waste/missed-bin
        pothole on the road by the library and the school -> highways/pothole
        i live in a flat and my bin wasnt collected -> waste/missed-bin
        ",
        |text| {
            let understood = understand(text);
            let also = understood.also.iter().map(IntentName::as_str);
            let mut needs: Vec<&str> = std::iter::once(first(&understood)).chain(also).collect();
            needs.sort_unstable();
            needs.join(" + ")
        },
    );
}

#[test]
fn confidence_is_a_share_and_the_ranking_descends() {
    for (_, text) in examples() {
        let ranked = understand(text).ranked;
        assert!(!ranked.is_empty() && ranked.len() <= RANKED_MAX, "{text}");
        assert!(
            ranked
                .iter()
                .all(|one| (0.0..=1.0).contains(&one.confidence)),
            "{text}"
        );
        assert!(
            ranked.is_sorted_by(|a, b| a.confidence >= b.confidence),
            "{text}"
        );
        assert!(
            ranked.iter().map(|one| one.confidence).sum::<f32>() <= 1.0 + 1e-5,
            "{text}"
        );
    }
    let waste = |(name, _): &(IntentName, &str)| name.as_str().starts_with("waste/");
    let few = examples().into_iter().filter(waste).collect();
    let few = from_words_alone(few, BTreeSet::new(), BTreeSet::new());
    let safe: SafeText = serde_json::from_value(serde_json::json!("a bin")).unwrap();
    let all: f32 = few
        .understand(&safe)
        .ranked
        .iter()
        .map(|one| one.confidence)
        .sum();
    assert!((all - 1.0).abs() < 1e-5, "two intents share {all}");
}

#[test]
fn what_is_taken_without_asking_is_taken_as_soon_as_it_is_the_likeliest() {
    let asking = from_words_alone(examples(), BTreeSet::new(), BTreeSet::new());
    let never_asking = from_words_alone(examples(), BTreeSet::new(), names("", &[]));
    let texts = [
        "the bin and the road",
        "something about my street",
        "is it open",
    ];
    let mut in_doubt = 0;
    for text in texts {
        let safe: SafeText = serde_json::from_value(serde_json::json!(text)).unwrap();
        let (before, now) = (asking.understand(&safe), never_asking.understand(&safe));
        assert_eq!(before.ranked, now.ranked, "{text}");
        in_doubt += usize::from(before.verdict == Verdict::Between);
        let expected = match before.verdict {
            Verdict::Between | Verdict::Sure => Verdict::Sure,
            Verdict::Unsure => Verdict::Unsure,
        };
        assert_eq!(now.verdict, expected, "{text}");
    }
    assert!(in_doubt > 0, "none of the messages leaves a doubt");
}

/// Who asks for a person is not told that nobody here can help.
#[test]
fn what_is_taken_without_asking_goes_before_what_is_nobodys_where_it_is_nearly_as_likely() {
    let plain = from_words_alone(examples(), BTreeSet::new(), BTreeSet::new());
    let texts = [
        "the bin and the road",
        "something about my street",
        "is it open",
    ];
    let read = texts.map(|text| {
        let safe: SafeText = serde_json::from_value(serde_json::json!(text)).unwrap();
        let ranked = plain.understand(&safe).ranked;
        (safe, ranked)
    });
    let mut read = read.into_iter();
    let in_doubt = read.find(|(_, ranked)| ranked[1].confidence > 0.3 * ranked[0].confidence);
    let (safe, before) = in_doubt.unwrap();
    let only = |nth: usize| BTreeSet::from([before[nth].intent.clone()]);
    let after = from_words_alone(examples(), only(0), only(1)).understand(&safe);
    assert_eq!(after.ranked[0].intent, before[1].intent);
    assert_eq!(after.ranked[0].confidence, before[0].confidence);
    assert_eq!(after.verdict, Verdict::Sure);
    // Not where the other is the council's own.
    let own = from_words_alone(examples(), BTreeSet::new(), only(1)).understand(&safe);
    assert_eq!(own.ranked, before);
}

#[test]
fn the_same_content_gives_the_same_model_bit_for_bit() {
    let again = complete();
    for (_, text) in examples() {
        for text in [
            text.to_owned(),
            format!("{text} and the library"),
            format!("so {text} tonight"),
        ] {
            let safe: SafeText = serde_json::from_value(serde_json::json!(text)).unwrap();
            let (one, other) = (MODEL.understand(&safe), again.understand(&safe));
            assert_eq!(one, other, "{text}");
            let bits = |u: &Understanding| {
                u.ranked
                    .iter()
                    .map(|r| r.confidence.to_bits())
                    .collect::<Vec<_>>()
            };
            assert_eq!(bits(&one), bits(&other), "{text}");
        }
    }
}

#[test]
fn only_the_ends_of_a_long_message_are_read() {
    let end = format!("{} my bin wasnt collected", "so ".repeat(700));
    let long = |middle: &str| {
        format!(
            "{}{}{end}",
            "well ".repeat(400),
            middle.repeat(100_000 / middle.len())
        )
    };
    let (one, other) = (understand(&long("pothole ")), understand(&long("library ")));
    assert_eq!(one, other, "the middle of 100 KB was read");
    assert_eq!(first(&one), "waste/missed-bin");
}

#[test]
fn anything_can_be_said() {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut random = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    // Every hundredth to the end, because an encoding takes milliseconds.
    for number in 0..10_000 {
        let bytes: Vec<u8> = (0..random() % 64)
            .flat_map(|_| random().to_le_bytes())
            .collect();
        let cut = bytes.len() - usize::try_from(random() % 8).unwrap().min(bytes.len());
        let text = String::from_utf8_lossy(&bytes[..cut]);
        let understood = if number % 100 == 0 {
            understand(&text)
        } else {
            at_first(&text)
        };
        assert!(
            understood
                .ranked
                .iter()
                .all(|one| one.confidence.is_finite())
        );
    }
    let pieces = [
        "bin ",
        "no ",
        "and ",
        "fire. ",
        "😀",
        "\u{200b}",
        "\u{202e}אבג ",
        "[card number]",
        "[",
        "'",
        "aaaa",
        ",",
        "he ",
    ];
    for piece in pieces {
        for times in [1, 7, 1_000, 100_000 / piece.len()] {
            let understood = understand(&piece.repeat(times));
            assert!(
                understood.ranked.len() <= RANKED_MAX && understood.also.len() < 8,
                "{piece} x {times}"
            );
        }
    }
}

#[test]
fn content_that_cannot_be_learnt_is_refused_with_its_mend() {
    let commands = BTreeMap::new();
    let refused = |examples: Vec<(&str, &'static str)>, danger: &[&str]| -> String {
        let training = Training {
            examples: examples
                .into_iter()
                .map(|(name, text)| (IntentName::new(name), text))
                .collect(),
            phrasings: Vec::new(),
            titles: Vec::new(),
            danger: danger.iter().map(|name| IntentName::new(name)).collect(),
            sounds_of_danger: Vec::new(),
            sounds_harmless: Vec::new(),
            elsewhere: BTreeSet::new(),
            without_asking: BTreeSet::new(),
            commands: &commands,
            statics: None,
            wrong_max: None,
            seed: 1,
        };
        nlu::train(&training)
            .map_or_else(|error: TrainError| error.to_string(), |_| "trained".into())
    };
    assert!(refused(vec![], &[]).starts_with("examples of 0 intents, at least 2"));
    assert!(refused(vec![("a/b", "one")], &[]).starts_with("examples of 1 intents, at least 2"));
    let empty = refused(vec![("a/b", "one"), ("a/c", "two"), ("a/c", "?!")], &[]);
    assert!(empty.starts_with("example 2 of a/c has no word"), "{empty}");
    let unknown = refused(vec![("a/b", "one"), ("a/c", "two")], &["a/d"]);
    assert!(unknown.starts_with("a/d is marked as danger"), "{unknown}");
    assert_eq!(
        refused(vec![("a/b", "one"), ("a/c", "two")], &[]),
        "trained"
    );
}

#[test]
fn evaluation_counts_what_a_resident_meets() {
    let (bin, light) = (
        IntentName::new("waste/missed-bin"),
        IntentName::new("highways/street-light"),
    );
    let case = |text, intent| Case { text, intent };
    let evaluation = MODEL.evaluate(&[
        case("my bin wasnt collected", Some(&bin)),
        case("missed bin collection", Some(&bin)),
        case("the bin men missed us again", Some(&light)),
        case("the street light is out", Some(&light)),
        case("asdf qwerty zxcv", None),
        case("how do i join the library", None),
    ]);
    assert_eq!((evaluation.in_scope, evaluation.out_of_scope), (4, 2));
    assert!((evaluation.accuracy - 0.75).abs() < 1e-6);
    // Bins: 2 right of 2 expected and 3 predicted; lights: 1 right of 2 expected and 1 predicted.
    assert!((evaluation.macro_f1 - (0.8 + 2.0 / 3.0) / 2.0).abs() < 1e-6);
    assert!((evaluation.refused - 0.5).abs() < 1e-6);
    assert!((evaluation.sent_away - 0.0).abs() < 1e-6);
    assert!((evaluation.sure - 5.0 / 6.0).abs() < 1e-6);
    assert!((evaluation.sure_wrong - 2.0 / 5.0).abs() < 1e-6);
    let lenient = evaluation.threshold_at_loss(0.25);
    assert!((evaluation.accuracy_lost(lenient) - 0.25).abs() < 1e-6);
    assert!(evaluation.out_of_scope_recall(lenient) >= 0.5);
    assert!((evaluation.out_of_scope_recall(f32::MAX) - 1.0).abs() < 1e-6);
}

#[test]
fn a_first_look_decides_what_a_closer_one_would_and_doubts_the_rest() {
    let (first_only, _) = train();
    let (mut decided, mut doubtful) = (0, 0);
    for (_, text) in examples() {
        // Said plainly, politely, and with its end missing.
        let half: String = text.chars().take(text.chars().count() / 2).collect();
        for text in [text.to_owned(), format!("hello, {text} please"), half] {
            let safe: SafeText = serde_json::from_value(serde_json::json!(text)).unwrap();
            match MODEL.understand_at_first(&safe) {
                First::Decided(understanding) => {
                    assert_eq!(understanding, MODEL.understand(&safe), "{text}");
                    decided += 1;
                }
                First::Doubtful(understanding) => {
                    // What stands under load is what a model without a second stage says.
                    assert_eq!(understanding, first_only.understand(&safe), "{text}");
                    doubtful += 1;
                }
            }
        }
    }
    assert!(
        decided > 0 && doubtful > 0,
        "{decided} decided, {doubtful} doubtful"
    );
    let safe: SafeText = serde_json::from_value(serde_json::json!("asdf bin")).unwrap();
    let without = first_only.understand_at_first(&safe);
    assert!(
        matches!(without, First::Decided(_)),
        "there is no second to ask"
    );
}

#[test]
fn misspelt_words_of_the_content_are_understood() {
    check(
        "
        my bin wasnt colected -> waste/missed-bin
        pothloe in the road -> highways/pothole
        pay my coucnil tax -> revenues/council-tax-pay
        street lihgt is out -> highways/street-light
        join the libary -> libraries/libraries
        ",
        |text| first(&understand(text)).to_owned(),
    );
}

/// An encoder that counts, and gives every text the same vector.
struct Counting(std::sync::atomic::AtomicUsize);

impl Embedding for Counting {
    fn width(&self) -> usize {
        8
    }

    fn embed(&self, _text: &str) -> Vec<f32> {
        self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        vec![8.0_f32.sqrt().recip(); 8]
    }
}

#[test]
fn a_message_is_encoded_a_few_times_however_long_it_is() {
    let (model, study) = train();
    let count = Arc::new(Counting(std::sync::atomic::AtomicUsize::new(0)));
    let encodings = study.texts().map(|text| count.embed(text)).collect();
    model.complete(study.second(Arc::clone(&count) as _, encodings));
    for text in [
        "what about it. ".repeat(60),
        "the thing and the other thing, ".repeat(500),
    ] {
        let safe: SafeText = serde_json::from_value(serde_json::json!(text)).unwrap();
        let before = count.0.load(std::sync::atomic::Ordering::Relaxed);
        model.understand(&safe);
        let encoded = count.0.load(std::sync::atomic::Ordering::Relaxed) - before;
        assert!(encoded <= 4, "{encoded}");
    }
}

#[test]
fn depth_says_which_stage_is_asked() {
    let bin = IntentName::new("waste/missed-bin");
    let case = Case {
        text: "my bin wasnt collected",
        intent: Some(&bin),
    };
    assert!(MODEL.outcome(&case, Depth::First).by_first);
    assert!(!MODEL.outcome(&case, Depth::Second).by_first);
    assert!(MODEL.outcome(&case, Depth::Both).is_right());
}

/// What an author sees as "taken for another when it is not learnt".
#[test]
fn every_example_is_asked_once_by_a_model_that_has_not_learnt_it() {
    let (_, study) = train();
    let encodings = study.texts().map(|text| ENCODINGS[text].clone()).collect();
    let outcomes = study.outcomes(Arc::clone(&MODELS.1) as _, encodings);
    let examples = examples();
    let mut right = [0, 0];
    for (at, (name, text)) in examples.iter().enumerate() {
        let (place, outcome) = &outcomes[at];
        assert_eq!((*place, outcome.expected.as_ref()), (at, Some(name)));
        let case = Case {
            text,
            intent: Some(name),
        };
        right[0] += usize::from(outcome.is_right());
        right[1] += usize::from(MODEL.outcome(&case, Depth::Both).is_right());
    }
    assert_eq!(outcomes.len(), examples.len());
    let [held_out, learnt] = right;
    assert!(
        held_out < learnt && 2 * held_out > examples.len(),
        "{right:?}"
    );
}

#[test]
fn an_author_sees_the_words_and_the_examples_that_counted() {
    let explained = MODEL.explain("hello the pothole is back again");
    assert_eq!(explained.ranked[0].intent.as_str(), "highways/pothole");
    let most = explained.words.iter().max_by(|a, b| a.1.total_cmp(&b.1));
    assert_eq!(most.map(|(word, _)| word.as_str()), Some("pothole"));
    let nearest: Vec<&str> = explained.nearest.iter().map(|one| one.1.as_str()).collect();
    assert!(nearest[..2].contains(&"highways/pothole"), "{nearest:?}");
    assert!(MODEL.explain("?!").words.is_empty());
}
