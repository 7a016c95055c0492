//! Reading `<department>/<intent>.toml`: one thing that residents come for.
//!
//! Each file is checked by itself here; what two files have in common is `examples`' matter.

use super::department::{NOBODY, link};
use super::fields::Fields;
use super::load::Ground;
use super::page::{Page, Placed, Text};
use super::{Answer, Intent, IntentLink, Locale, OutOfHoursAction, Then, ear, readability, slot};
use crate::departments::DepartmentName;
use crate::nlu::IntentName;
use crate::pii::{KindSet, PiiKind, Treatment, treatment};
use crate::transcripts::retention::ClassName;
use jiff::{Span, civil::Date};

/// Fewest examples that an ordinary intent can be told apart by.
pub const EXAMPLES_MIN: usize = 10;
/// Most examples before one intent outweighs the others.
pub const EXAMPLES_MAX: usize = 30;
/// Most examples of a danger intent: what must not be missed is said in more ways.
const EXAMPLES_DANGER_MAX: usize = 40;
/// Most examples of what belongs to nobody here: there is no end to what people say.
const EXAMPLES_ELSEWHERE_MAX: usize = 200;
/// Days before an answer's end on which the author is told.
const EXPIRES_WITHIN_DAYS: i32 = 30;
/// Highest grade of an answer: reading age 11.
const GRADE_MAX: f64 = 6.0;

pub(super) const THENS: &[(&str, Then)] = &[
    ("answer", Then::Answer),
    ("redirect", Then::Redirect),
    ("report", Then::Report),
    ("form", Then::Form),
    ("decide", Then::Decide),
    ("pay", Then::Pay),
    ("danger", Then::Danger),
];

pub(super) const OUT_OF_HOURS: &[(&str, OutOfHoursAction)] = &[
    ("same", OutOfHoursAction::Same),
    ("log", OutOfHoursAction::Log),
    ("urgent", OutOfHoursAction::Urgent),
    ("callback", OutOfHoursAction::Callback),
];

/// Reads the intent `name`. Its examples come beside it, with their places, for comparing them with
/// others; they come even when something else in the file is wrong.
pub(super) fn read<'p>(
    fields: Fields<'p>,
    name: &IntentName,
    ground: &Ground<'_>,
) -> (Option<Intent>, Vec<Text<'p>>) {
    let page = fields.page;
    let facts = &ground.facts;
    let title = facts.need_localized(&fields, "title", "title = \"Report a missed bin\"");
    let examples = fields.need_texts("examples", "examples = [\"…\", \"…\"]");
    let then = fields
        .need_text("then", "then = \"answer\"")
        .and_then(|text| page.one_of("`then` value", &text, THENS));
    let record = fields
        .need_text("record", "record = \"enquiry\"")
        .and_then(|text| record_class(&fields, &text, ground));
    let out_of_hours = match fields.text("out_of_hours") {
        Some(text) => page.one_of("`out_of_hours` value", &text, OUT_OF_HOURS),
        None => Some(OutOfHoursAction::Same),
    };
    let never_ask = kinds(&fields, "never_ask");
    let links = fields.tables("links").into_iter();
    let links: Vec<_> = links.filter_map(|table| read_link(table, ground)).collect();
    let answer = fields
        .need_table("answer", "[answer] with text = \"…\"")
        .and_then(|table| read_answer(table, ground));
    let ask = slot::read_all(&fields, &never_ask, ground);
    let lgsl = fields.wholes("lgsl").into_iter();
    let lgsl: Vec<u32> = lgsl.filter_map(|id| list_id(page, "lgsl", &id)).collect();
    let lgil = fields
        .whole("lgil")
        .and_then(|id| list_id(page, "lgil", &id));
    let elsewhere = fields.flag("elsewhere");
    let never_offer = fields.flag("never_offer");
    let without_asking = fields.flag("without_asking");
    let confirm = fields.flag("confirm");
    let way = Way {
        then,
        elsewhere,
        asks: fields.has("ask"),
        links: fields.has("links"),
    };
    check_way(&fields, name, &way);
    check_count(&fields, &way);
    let clean = check_examples(&fields, &examples, ground);
    fields.done();
    let intent = || {
        Some(Intent {
            name: name.clone(),
            department: DepartmentName::new(name.department()),
            title: title?,
            examples: examples.iter().map(|text| text.value.into()).collect(),
            answer: answer?,
            links,
            ask,
            confirm,
            record: record?,
            then: then?,
            out_of_hours: out_of_hours?,
            never_ask: never_ask.into_iter().map(|kind| kind.value).collect(),
            lgsl,
            lgil,
            elsewhere,
            never_offer,
            without_asking,
        })
    };
    (intent(), clean)
}

/// What an intent leads to, for checking that it holds together.
struct Way {
    then: Option<Then>,
    elsewhere: bool,
    asks: bool,
    links: bool,
}

fn check_way(fields: &Fields<'_>, name: &IntentName, way: &Way) {
    let page = fields.page;
    let then = fields.place("then");
    let danger = fields.text("danger");
    match (way.then, &danger) {
        (Some(Then::Danger), None) => fields.missing("danger", "danger = \"fire\""),
        (Some(other), Some(danger)) if other != Then::Danger => page.error(
            danger.span.start,
            "`danger` is only for then = \"danger\"",
            "write then = \"danger\", or take `danger` away",
        ),
        (Some(_) | None, Some(_) | None) => {}
    }
    match way.then {
        Some(Then::Danger) if way.asks => page.error(
            fields.place("ask"),
            "a danger intent asks nothing: the answer comes at once, then a person",
            "take [[ask]] away",
        ),
        Some(Then::Report | Then::Decide) if !way.asks => page.error(
            then,
            "nothing is asked, so there is nothing to report or decide",
            "add [[ask]] questions, or write then = \"redirect\"",
        ),
        Some(Then::Form | Then::Pay) if !way.links => page.error(
            then,
            "there is no link to the form or payment page",
            "add it under [[links]]",
        ),
        Some(Then::Redirect | Then::Report | Then::Form | Then::Decide | Then::Pay)
            if way.elsewhere =>
        {
            page.error(
                then,
                "what belongs to somebody else is answered, never taken anywhere",
                "write then = \"answer\", or take `elsewhere` away",
            );
        }
        Some(_) | None => {}
    }
    let of_nobody = name.department() == NOBODY;
    if of_nobody && !way.elsewhere {
        fields.missing("elsewhere", "elsewhere = true");
    } else if way.elsewhere && !of_nobody {
        page.error(
            fields.place("elsewhere"),
            "what belongs to somebody else has no department here",
            format!("move the file to the folder `{NOBODY}`, or take `elsewhere` away"),
        );
    }
}

fn check_count(fields: &Fields<'_>, way: &Way) {
    let count = fields.count("examples");
    let place = fields.place("examples");
    let most = match way.then {
        Some(Then::Danger) => EXAMPLES_DANGER_MAX,
        Some(_) | None if way.elsewhere => EXAMPLES_ELSEWHERE_MAX,
        Some(_) | None => EXAMPLES_MAX,
    };
    if count < EXAMPLES_MIN && fields.has("examples") {
        let what = format!("{count} examples; an intent needs {EXAMPLES_MIN} to {most}");
        let fix = "add ways in which residents really say it";
        if way.then == Some(Then::Danger) || way.elsewhere {
            fields.page.warning(place, what, fix);
        } else {
            fields.page.error(place, what, fix);
        }
    } else if count > most {
        fields.page.warning(
            place,
            format!("{count} examples; more than {most} outweigh other intents"),
            "keep those that differ most",
        );
    }
}

/// The examples without identifiers, and a fault for each of the others, which is not quoted.
///
/// Health, offences and the like stay: "my mum has dementia" is what residents really write, is
/// about nobody here, and is what understanding reads ([`Screened::meaning`](crate::pii::Screened)).
pub(super) fn check_examples<'p>(
    fields: &Fields<'_>,
    examples: &[Text<'p>],
    ground: &Ground<'_>,
) -> Vec<Text<'p>> {
    let clean = |example: &&Text<'_>| {
        let found: KindSet = ground
            .scan
            .kinds(example.value)
            .into_iter()
            .filter(|kind| treatment(*kind, false) != Treatment::Gentle)
            .collect();
        if !found.is_empty() {
            let names: Vec<_> = found.iter().map(PiiKind::name).collect();
            fields.page.error(
                example.span.start,
                format!("this example holds personal data ({})", names.join(", ")),
                "take it out, or put words in its place such as \"my account number\"",
            );
        }
        found.is_empty()
    };
    examples.iter().filter(clean).cloned().collect()
}

fn record_class(fields: &Fields<'_>, text: &Text<'_>, ground: &Ground<'_>) -> Option<ClassName> {
    let class = ClassName::new(text.value);
    if ground.register.rows.contains_key(&class) {
        return Some(class);
    }
    let known = ground.register.rows.keys().map(ClassName::as_str);
    fields.page.unknown("record class", text, known);
    None
}

/// Kinds of personal data by their labels.
pub(super) fn kinds(fields: &Fields<'_>, key: &str) -> Vec<Placed<PiiKind>> {
    let known: Vec<_> = PiiKind::ALL
        .iter()
        .map(|kind| (kind.name(), *kind))
        .collect();
    let read = |text: Text<'_>| {
        let value = fields.page.one_of("kind of personal data", &text, &known)?;
        Some(Placed {
            value,
            span: text.span,
        })
    };
    fields.texts(key).into_iter().filter_map(read).collect()
}

fn list_id(page: &Page<'_>, key: &str, id: &Placed<i64>) -> Option<u32> {
    let number = u32::try_from(id.value);
    if number.is_err() {
        page.error(
            id.span.start,
            format!("`{}` is no id of the list", id.value),
            format!("write the `{key}` id from the published list, e.g. 524"),
        );
    }
    number.ok()
}

fn read_link(fields: Fields<'_>, ground: &Ground<'_>) -> Option<IntentLink> {
    let text = ground
        .facts
        .need_localized(&fields, "text", "text = \"Missed bins\"");
    let url = fields
        .need_text("url", "url = \"/missed-bin\"")
        .map(|url| link(fields.page, &url, ground));
    fields.done();
    Some(IntentLink {
        text: text?,
        url: url?,
    })
}

fn read_answer(fields: Fields<'_>, ground: &Ground<'_>) -> Option<Answer> {
    let text = ground.facts.need_localized(&fields, "text", "text = \"…\"");
    let spoken = ground.facts.localized(&fields, "spoken");
    ear::check_either(&fields, "spoken", "text");
    for (key, said) in [("text", &text), ("spoken", &spoken)] {
        let grade = said
            .as_ref()
            .and_then(|said| readability::grade(said.get(Locale::En)));
        if let Some(grade) = grade.filter(|grade| *grade > GRADE_MAX) {
            fields.page.warning(
                fields.place(key),
                format!("this is hard to read: grade {grade:.1}, and the limit is {GRADE_MAX}"),
                "use shorter sentences and plainer words",
            );
        }
    }
    let valid_from = fields.date("valid_from");
    let valid_to = fields.date("valid_to");
    check_dates(
        &fields,
        valid_from.as_ref(),
        valid_to.as_ref(),
        ground.today,
    );
    fields.done();
    Some(Answer {
        text: text?,
        spoken,
        valid_from: valid_from.map(|day| day.value),
        valid_to: valid_to.map(|day| day.value),
    })
}

fn check_dates(
    fields: &Fields<'_>,
    from: Option<&Placed<Date>>,
    to: Option<&Placed<Date>>,
    today: Date,
) {
    let page = fields.page;
    if let Some(from) = from.filter(|from| from.value > today) {
        page.warning(
            from.span.start,
            format!("the answer does not hold before {}", from.value),
            "the answer that holds today is missing until then",
        );
    }
    let Some(to) = to else {
        return;
    };
    let soon = today.saturating_add(Span::new().days(EXPIRES_WITHIN_DAYS));
    if from.is_some_and(|from| from.value > to.value) {
        page.error(
            to.span.start,
            format!("`valid_to` {} is before `valid_from`", to.value),
            "swap or correct the two days",
        );
    } else if to.value < today {
        page.warning(
            to.span.start,
            format!("the answer has passed its date, {}", to.value),
            "check it, then correct it and give it a new `valid_to`",
        );
    } else if to.value <= soon {
        page.warning(
            to.span.start,
            format!("the answer passes its date on {}", to.value),
            "check it, then correct it and give it a new `valid_to`",
        );
    }
}
