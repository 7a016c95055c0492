//! Names that are nobody's in particular: an author's, a pet's, a month before a year, somebody whom everybody knows.
//!
//! Places that are called after somebody are left out where names are read: see [`super::person::place_after`].

use super::cues::Cues;
use super::rule::Scene;
use super::vocabulary::Lists;
use super::words::is_month;

/// Whether the name in words `from` up to and excluding `to` is no resident's.
pub(super) fn nobody(scene: &Scene<'_>, from: usize, to: usize) -> bool {
    // "the kids don't go".
    let verb = scene.gap(to) == "'" && scene.word(to) == "t";
    // "books by George Eliot".
    let author = scene.word(from.wrapping_sub(1)) == "by"
        && matches!(
            scene.word(from.wrapping_sub(2)),
            "book" | "books" | "novel" | "novels" | "song" | "songs" | "film" | "poem" | "play"
        );
    // "Peter Kay tickets".
    let shown = scene.gap(to) == " "
        && matches!(
            scene.word(to),
            "tickets"
                | "ticket"
                | "concert"
                | "gig"
                | "tour"
                | "tribute"
                | "film"
                | "movie"
                | "album"
                | "novel"
                | "musical"
                | "mural"
                | "statue"
        );
    // Whoever holds an office is known by name: "Is it still Cllr Karim?".
    let office = matches!(
        scene.word(from.wrapping_sub(1)),
        "cllr" | "councillor" | "cllrs" | "councillors" | "mp" | "mayor" | "minister"
    );
    // "Nat ins number".
    let short = scene.word(from) == "nat" && scene.word(to) == "ins";
    verb || short
        || author
        || shown
        || office
        || trades(scene, from, to)
        || firm(scene, from, to)
        || called(scene, from)
        || dated(scene, from, to)
        || pet(scene, from)
        || pet_after(scene, to)
        || famous(scene, from, to)
}

/// "Barry's Tyres", "dave's skip hire": a name in front of a trade, in capitals both, or of what is sold.
fn trades(scene: &Scene<'_>, from: usize, to: usize) -> bool {
    let trade = |at: usize| {
        scene.capital(at)
            && scene.has_small
            && scene.is(at, Lists::LETTERS)
            && scene.word(at).len() > 3
            && !scene.is(at, Lists::ANY_NAME.and(Lists::SURNAME).and(Lists::KIN))
            && scene.gap(at) == " "
    };
    const GOODS: &str = "hire taxis removals motors tyres bakery chippy salon barbers scaffolding skips plumbing \
        butchers kebabs pizza catering roofing landscapes florist hardware carpets autos scrap";
    let own = scene.gap(to) == "'" && scene.word(to) == "s";
    let goods = |at: usize| {
        let mut goods = GOODS.split_ascii_whitespace();
        scene.gap(at) == " " && goods.any(|goods| goods == scene.word(at))
    };
    let trades = trade(to + 1) && !scene.is(to + 1, Lists::UPPER);
    own && (scene.capital(from) && trades || goods(to + 1) || goods(to + 2))
}

/// "Parker Bros", "Wilson James & Co", "Bennett & Sons Joinery".
fn firm(scene: &Scene<'_>, from: usize, to: usize) -> bool {
    let kin = |at: usize| {
        matches!(
            scene.word(at),
            "co" | "sons" | "son" | "daughter" | "daughters" | "partners" | "bros"
        )
    };
    let and = |at: usize| scene.gap(at) == " & " && kin(at);
    let form = matches!(
        scene.word(to),
        "bros" | "brothers" | "ltd" | "limited" | "plc" | "llp"
    );
    let own = to > from + 1 && matches!(scene.word(to - 1), "bros" | "ltd");
    own || and(to)
        || and(from)
        || scene.capital(from) && form && scene.gap(to) == " "
        || from > 0 && and(from - 1) && scene.gap(from) == " "
}

/// "the lorry called Gritney Spears", "answers to Kevin".
fn called(scene: &Scene<'_>, from: usize) -> bool {
    const THINGS: [&str; 24] = [
        "van",
        "lorry",
        "gritter",
        "truck",
        "boat",
        "narrowboat",
        "barge",
        "ship",
        "ferry",
        "pub",
        "bar",
        "cafe",
        "shop",
        "salon",
        "restaurant",
        "band",
        "storm",
        "bridge",
        "street",
        "road",
        "lane",
        "cockerel",
        "firm",
        "company",
    ];
    let left = |back: usize| scene.word(from.wrapping_sub(back));
    let named = matches!(left(1), "called" | "named") && THINGS.contains(&left(2));
    named || left(1) == "to" && left(2) == "answers"
}

fn famous(scene: &Scene<'_>, from: usize, to: usize) -> bool {
    let (start, end) = (scene.words[from].start, scene.words[to - 1].end);
    let first = scene.cues.partition_point(|hit| hit.end <= start);
    let hits = scene.cues[first..].iter();
    hits.take_while(|hit| hit.start < end)
        .any(|hit| hit.cues.meets(Cues::FAMOUS))
}

/// "my partner Jan 22, 1988", but not "my name is June, 14 Acacia Avenue".
fn dated(scene: &Scene<'_>, from: usize, to: usize) -> bool {
    let digits = |at: usize| {
        let word = scene.word(at);
        let are = word.bytes().all(|byte| byte.is_ascii_digit());
        if are { word.len() } else { 0 }
    };
    let has_year = match digits(to) {
        1 | 2 => matches!(digits(to + 1), 2 | 4),
        number => number == 4,
    };
    to == from + 1 && is_month(scene.word(from)) && has_year
}

/// "the tabby", "Winston my cat", "can wallace come in, hes a dog".
fn pet_after(scene: &Scene<'_>, to: usize) -> bool {
    const REACH: usize = 8;
    // Not "sarah, the cat is stuck".
    let spaced = scene.gap(to) == " " && scene.gap(to + 1) == " ";
    let own = spaced && matches!(scene.word(to), "my" | "our" | "the");
    let is_one = (to..to + REACH).any(|at| {
        let he = match scene.word(at) {
            "hes" | "shes" => true,
            "s" | "is" => matches!(scene.word(at.wrapping_sub(1)), "he" | "she"),
            _ => false,
        };
        he && matches!(scene.word(at + 1), "a" | "my" | "our" | "the")
            && scene.is(at + 2, Lists::PET)
    });
    // Cat is somebody's name.
    let is_pet = scene.is(to - 1, Lists::PET) && scene.word(to - 1) != "cat";
    is_pet || own && scene.is(to + 1, Lists::PET) || is_one
}

/// "my dog alfie", "the cat's called Brian"; not "the dog Brian has", "the dog is Brian's".
fn pet(scene: &Scene<'_>, from: usize) -> bool {
    // "cat called Mrs Tiggy".
    let titled = scene.is(from.wrapping_sub(1), Lists::TITLE) && from > 1;
    let from = from - usize::from(titled);
    let left = |back: usize| scene.word(from.wrapping_sub(back));
    let called = matches!(left(1), "called" | "named");
    let linked = called && matches!(left(2), "s" | "is" | "was");
    let own = || matches!(left(2), "my" | "our" | "his" | "her" | "their" | "your");
    let back = 1 + usize::from(called) + usize::from(linked);
    scene.is(from.wrapping_sub(back), Lists::PET)
        && (called || own())
        && (0..back).all(|nth| matches!(scene.gap(from - nth), " " | "'"))
}
