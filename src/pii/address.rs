//! Postal addresses, read word by word: a flat or house number or a house's name, a street, and the
//! places after it, without the postcode (a kind of its own).
//!
//! A street, a landmark or a town alone is not personal and is not found.

use super::places::places;
use super::rule::Scene;
use super::vocabulary::Lists;
use super::{doors, flats, houses, unknown_streets};
use std::ops::Range;

/// Streets of one word end like this.
pub(super) const STREET_ENDINGS: [&str; 15] = [
    "grove", "gate", "croft", "way", "side", "bank", "mead", "fields", "view", "hurst", "garth",
    "holme", "lands", "leys", "walk",
];

/// The ranges of the text that hold an address.
pub(super) fn addresses(scene: &Scene<'_>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < scene.words.len() {
        match numbered(scene, at) {
            Some(end) => {
                let end = up_to_postcode(scene, at, places(scene, end));
                let from = with_number_word(scene, at);
                let first = doors::first_number(scene, from);
                // "buses 5 and 7 Station Road".
                if first < from && scene.is(first.wrapping_sub(1), Lists::NOT_BEFORE_NUMBER) {
                    at = end;
                    continue;
                }
                // "Town Hall, 1 Castle Street"; "01632 960 245. The green".
                let ends = scene.is(at.wrapping_sub(1), Lists::DIGIT)
                    && scene.gap(at) == " "
                    && scene.gap(at + 1) == ". ";
                if ends || offices(scene, first) {
                    at = end;
                    continue;
                }
                // "Units 3 and 4, Tame Works".
                let units = first < from
                    && first > 0
                    && scene.is(first - 1, Lists::UNIT)
                    && scene.gap(first) == " ";
                let from = if units { first - 1 } else { first };
                let from = houses::before_number(scene, from).unwrap_or(from);
                found.push(range(scene, from, end));
                at = end;
            }
            None => at += 1,
        }
    }
    found.extend(houses::named(scene));
    found.extend(doors::behind_street(scene));
    if let Some(named) = found.first() {
        let after = scene.word_at(named.end);
        found.extend(doors::without_street(scene, after));
    }
    found.extend(doors::beside_postcode(scene));
    found
}

/// Whether the council's own building stands before a number, or a shop: "the chemist at 40 Church Street".
fn offices(scene: &Scene<'_>, number: usize) -> bool {
    const SHOPS: &str = "office chemist chemists pharmacy shop pub cafe bank surgery takeaway chippy salon library museum \
        garage dentist dentists vets bakery butchers barbers church mosque temple club gym hotel bookies";
    let left = |back: usize| scene.word(number.wrapping_sub(back));
    let shop = || SHOPS.split_ascii_whitespace().any(|shop| shop == left(2));
    left(1) == "at" && shop()
        || matches!(
            (left(2), left(1)),
            ("town" | "county" | "shire" | "city", "hall")
                | ("civic", "centre")
                | ("council", "offices")
        )
}

/// "9 Bryn Awel ZY15 6HT": a word in capitals before the rest of a postcode is none of the address. The word after it.
fn up_to_postcode(scene: &Scene<'_>, at: usize, end: usize) -> usize {
    let postcode = end > at + 2
        && scene.gap(end) == " "
        && doors::inward(scene.word(end))
        && super::places::outward(scene.word(end - 1));
    if postcode { end - 1 } else { end }
}

/// "no. 17 ollerton close", "number nine": the word that says that a number comes belongs to it, unless
/// it is "house number"; and so does the part of the house, in "Top Flat, 6 Albert Terrace".
fn with_number_word(scene: &Scene<'_>, at: usize) -> usize {
    let left = at.wrapping_sub(1);
    let part = matches!(
        scene.word(left),
        "top" | "basement" | "garden" | "upstairs" | "downstairs" | "upper" | "lower" | "attic"
    );
    if part && scene.is(at, Lists::UNIT) && scene.gap(at) == " " {
        return left;
    }
    let number =
        matches!(scene.word(left), "number" | "no") && matches!(scene.gap(at), " " | ". " | ".");
    let of_what = matches!(
        scene.word(left.wrapping_sub(1)),
        "house" | "door" | "flat" | "property" | "the"
    );
    if number && !of_what { left } else { at }
}

pub(super) fn range(scene: &Scene<'_>, from: usize, to: usize) -> Range<usize> {
    scene.words[from].start..scene.words[to - 1].end
}

/// "flat 22 nightingale house", "unit 4, 9 foundry yd", "14a acacia avenue": the word after it.
pub(super) fn numbered(scene: &Scene<'_>, at: usize) -> Option<usize> {
    if scene.word(at + 1) == "floor" {
        return flats::floor_flat(scene, at);
    }
    if scene.digits == 0 && !scene.is(at, Lists::UNIT) {
        return None;
    }
    // "bay 9 Riverside Caravan Park".
    let bay = scene.word(at) == "bay" && (at + 2..at + 6).any(|word| scene.word(word) == "caravan");
    if scene.is(at, Lists::UNIT) || bay {
        return flats::of_unit(scene, at);
    }
    if !scene.is(at, Lists::DIGIT) || !house_number(scene.word(at)) {
        return None;
    }
    let left = at.wrapping_sub(1);
    let before = scene.word(left);
    // "no.29".
    let numbered = scene.gap(at) == "." && matches!(before, "no" | "number" | "nos");
    let money = scene.gap(at).ends_with(['£', '$', '€', '.', ':', '/']) && !numbered;
    let road = before.starts_with(['m', 'a', 'b'])
        && before.bytes().skip(1).all(|byte| byte.is_ascii_digit())
        && before.len() > 1;
    // "next 20 Station Approach".
    let beside =
        matches!(before, "next" | "past" | "over" | "around" | "about") && scene.capital(at + 1);
    // "the bin. 44 Halliwell Fold".
    let counted =
        scene.is(left, Lists::NOT_BEFORE_NUMBER) && !scene.gap(at).contains(['.', ',', '\n']);
    if money || road || counted && !beside {
        return None;
    }
    // "number 31 on Larkhill Crescent".
    let on = scene.is(left, Lists::HOUSE_NUMBER)
        && matches!(scene.word(at + 1), "on" | "in")
        && (left == 0
            || scene.gap(left) != " "
            || matches!(
                scene.word(left - 1),
                "at" | "is"
                    | "im"
                    | "m"
                    | "am"
                    | "live"
                    | "lives"
                    | "re"
                    | "from"
                    | "to"
                    | "of"
                    | "house"
            ));
    let on = on.then(|| street(scene, at + 2, Lists::STREET)).flatten();
    numbered_street(scene, at)
        .or(on)
        .or_else(|| unknown_streets::lived_at(scene, at))
}

pub(super) fn numbered_street(scene: &Scene<'_>, at: usize) -> Option<usize> {
    // "acc no 4437 4142 same bank as before".
    let goes_on = scene.word(at).len() == 4
        && scene.gap(at) == " "
        && scene.word(at.wrapping_sub(1)).len() == 4
        && scene.is(at.wrapping_sub(1), Lists::DIGIT);
    if goes_on || !house_number(scene.word(at)) {
        return None;
    }
    let mut next = at + 1;
    // "14-16" and "14 a".
    if matches!(scene.gap(next).trim(), "-" | "/") && house_number(scene.word(next)) {
        next += 1;
    }
    if scene.word(next).len() == 1
        && matches!(scene.word(next).as_bytes(), [b'a'..=b'h'])
        && joined(scene, next)
    {
        next += 1;
    }
    // "4 sides showing green".
    let things = scene.word(next).ends_with('s')
        && scene.word(next + 1).ends_with("ing")
        && !scene.capital(next + 1);
    if things {
        return None;
    }
    let end = street(scene, next, Lists::STREET)
        .or_else(|| one_word(scene, next))
        .or_else(|| welsh_street(scene, next))
        .or_else(|| {
            // "9 Tern House", but not "2 bedroom house".
            let end = street(scene, next, Lists::BUILDING)?;
            (next..end).all(|word| scene.capital(word)).then_some(end)
        })
        .or_else(|| unknown_streets::up_to_postcode(scene, next))
        .or_else(|| unknown_streets::in_capitals(scene, at, next))?;
    let end = if compass(scene, end) { end + 1 } else { end };
    if !scene.is(end, Lists::NOT_AFTER_STREET) || scene.gap(end).contains([',', '.', '\n']) {
        return Some(end);
    }
    // "72 thirlmere drive wexley street light": the light is in wexley street.
    (next + 2..end)
        .rev()
        .find(|shorter| scene.is(shorter - 1, Lists::STREET))
}

/// "118 Manchester Road East": whether the street's name goes on with where it leads.
fn compass(scene: &Scene<'_>, at: usize) -> bool {
    let closed = at + 1 >= scene.words.len() || scene.gap(at + 1) != " ";
    matches!(scene.word(at), "east" | "west" | "north" | "south")
        && scene.gap(at) == " "
        && scene.is(at - 1, Lists::STREET)
        && (closed || scene.capital(at) && scene.has_small)
}

/// "3 Cae Glas", "12 heol y bont": the kind of street comes first.
pub(super) fn welsh_street(scene: &Scene<'_>, at: usize) -> Option<usize> {
    const NAME_WORDS_MAX: usize = 3;
    // "Croft-y-Felin".
    let the = |word: usize| matches!(scene.word(word), "y" | "yr");
    if !(scene.is(at, Lists::WELSH_STREET) || the(at + 1) && scene.capital(at))
        || !joined(scene, at)
    {
        return None;
    }
    let other = Lists::NOT_IN_STREET.and(Lists::AFTER_ADDRESS);
    let mut end = at + 1;
    while end < scene.words.len()
        && end <= at + NAME_WORDS_MAX
        && matches!(scene.gap(end), " " | "-" | "'")
        && !scene.is(end, Lists::DIGIT)
        && (the(end) || !scene.is(end, other))
    {
        end += 1;
    }
    (end > at + 1).then_some(end)
}

/// "15 Ashgrove, Wexcombe": a street in one word with a capital, before a comma or the end; in small letters where
/// addresses come after what stands before: "its 14 oakdene"; and "14 kingsway".
fn one_word(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let word = scene.word(at);
    let house = word.len() >= 6 && houses::HOUSE_ENDINGS.iter().any(|end| word.ends_with(end));
    let announced = matches!(
        scene.word(at.wrapping_sub(2)),
        "at" | "from" | "its" | "is" | "im" | "to" | "outside" | "address"
    );
    if house && announced && scene.gap(at) == " " && scene.lists.get(at) == Some(&Lists::LETTERS) {
        return Some(at + 1);
    }
    let alone = matches!(word, "broadway" | "hillside" | "kingsway" | "queensway");
    if alone && scene.gap(at) == " " && scene.is_closed(at + 1) {
        return Some(at + 1);
    }
    let street = word.len() >= 7 && STREET_ENDINGS.iter().any(|ending| word.ends_with(ending));
    let closed = scene.gap(at + 1).starts_with([',', '.', '\n']) || at + 1 == scene.words.len();
    (street && closed && scene.capital(at) && scene.gap(at) == " ").then_some(at + 1)
}

pub(super) fn house_number(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| matches!(c, 'a'..='h'));
    matches!(digits.len(), 1..=4)
        && word.len() - digits.len() <= 1
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && !digits.starts_with('0')
}

/// Whether word `at` follows the one before it with no more than a space, a comma or a dot between.
pub(super) fn joined(scene: &Scene<'_>, at: usize) -> bool {
    at < scene.words.len()
        && matches!(
            scene.gap(at),
            " " | "," | ", " | ". " | "." | "-" | "'" | "' " | "/" | "  "
        )
}

/// A street's name from `at` on: one to four words, the last of which is one of `kinds`. The longest
/// reading, so that "st johns road" does not end at "st".
pub(super) fn street(scene: &Scene<'_>, at: usize, kinds: Lists) -> Option<usize> {
    if joined(scene, at) {
        street_beyond(scene, at, kinds)
    } else {
        None
    }
}

/// The same, whatever stands before word `at`.
pub(super) fn street_beyond(scene: &Scene<'_>, at: usize, kinds: Lists) -> Option<usize> {
    const NAME_WORDS_MAX: usize = 4;
    if scene.word(at) == "the" && scene.is(at + 1, Lists::THE_STREET) && joined(scene, at + 1) {
        // "The Willows Care Home".
        let named = scene.capital(at + 2) && scene.gap(at + 2) == " ";
        let building = named.then(|| street_beyond(scene, at + 1, Lists::BUILDING));
        return Some(building.flatten().unwrap_or(at + 2));
    }
    let mut end = None;
    for next in at..at + NAME_WORDS_MAX {
        let word = scene.word(next);
        // A comma may stand after the number, not inside the name.
        let inside = next == at || !scene.gap(next).contains(',');
        let alphabetic = word
            .bytes()
            .all(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii());
        if word.is_empty() || next > at && !joined(scene, next) || !inside || !alphabetic {
            break;
        }
        // "manchester old road", "bury new street", "old chester road".
        let named = if next > at {
            scene.is(next + 1, kinds)
        } else {
            scene.is(next + 2, kinds)
                && !scene.is(next + 1, Lists::NOT_IN_STREET.and(Lists::COMMON))
        };
        let age = matches!(word, "old" | "new") && named && scene.gap(next + 1) == " ";
        // "1 Dog Kennel Lane".
        let upper =
            scene.capital(next) && scene.capital(next + 1) && !scene.capital(at.wrapping_sub(2));
        // "room 2 town hall".
        let public = matches!(word, "hall" | "centre" | "court")
            && matches!(
                scene.word(next.wrapping_sub(1)),
                "town" | "village" | "community" | "memorial" | "civic" | "parish" | "church"
            );
        if next > at && public {
            break;
        }
        // "9 new road and", not "2 new road signs".
        let whole = next == at
            && matches!(word, "new" | "school")
            && matches!(
                scene.word(next + 1),
                "road" | "rd" | "street" | "st" | "lane"
            )
            && scene.gap(next + 1) == " "
            && scene.is_closed(next + 2);
        if next > at && scene.is(next, kinds) {
            end = Some(next + 1);
        } else if scene.is(next, Lists::NOT_IN_STREET) && !(age || upper || whole) {
            break;
        }
    }
    end
}

/// The words that the grammar goes by.
pub(super) const WORDS: &[(Lists, &str)] = &[
    // Words that end the name of a street.
    (
        Lists::STREET,
        "road rd street str st avenue ave av lane ln drive dr close cl crescent cres gardens gdns \
    grove terrace terr ter mews walk row rise mount parade croft yard yd boulevard blvd way place pl \
    hill park square sq view green end fields field meadow meadows heights bank gate path wharf quay \
    cross vale dale wood broadway circus fold brow chase garth causeway promenade esplanade passage \
    approach ridge spinney copse paddock orchard reach crest hollow villas cottages buildings \
    court ct drove parkway wynd loan brae gdn grn lea leas leys acre acres gr gro grv wy crt cresc cres dri pde bvd \
    bottom bottoms clough backs pavement marina warren glade dell saltings ings rigg fairway pasture pastures moor hey heys \
    cloisters precinct arcade mall maltings glebe twitchel jitty vennel wharfe pike nook strand basin heid wk ginnel snicket gennel twitten knoll knowle rake royd mead holt brow staithe rode raod stret steet strret cresent cresant crecent drv avenu aveneue avanue terace",
    ),
    // Words that begin the name of a street, or of a house, in Welsh.
    (
        Lists::WELSH_STREET,
        "ffordd heol stryd lon maes cae bryn rhodfa clos pen tan gerddi llys parc dol erw coed nant plas rhos cwm pant glan rhiw allt \
    cilgant teras trem tyddyn hafod hendre ty bron bwthyn gelli cefn waun pont porth twyn cwrt fferm",
    ),
    // Words that end the name of a building with flats in it, or of a street, in capitals.
    (
        Lists::BUILDING,
        "flats edge lock steps entry lawn lawns side top tops village quays sands wells stile intake scar ride oval mere woods locks sidings royds hurst stables works \
    house court ct tower towers lodge mansions mansion point heights block building \
    buildings apartments hall halls place terrace quay wharf mill works villa home site grange manor",
    ),
    (
        Lists::UNIT,
        "flat apartment apt unit units room studio maisonette plot suite caravan berth pitch garage mooring annexe bedsit penthouse \
    chalet hut pod",
    ),
    // Streets that are called just "The ...".
    (
        Lists::THE_STREET,
        "green avenue crescent close mews square paddock grove orchard drive meadows spinney \
    chase croft rise ridge hollow crest drove leas glebe paddocks poplars limes willows elms beeches maltings \
    orchards laurels hawthorns firs oaks cedars pines spinneys greenway quadrant precinct terrace boulevard parade causeway esplanade promenade lane street oval ginnel lawns steps sidings strand circle coppice ridings moorings bungalows cottages villas stables rise glen dell",
    ),
    // Words that are in no street's name between its number and its kind, as in "2 bins on the road",
    // "5 minutes walk", "1 way street".
    (
        Lists::NOT_IN_STREET,
        "wrong swept lantern says a an the and or of on in at to by for from with without off near is are was were be \
    been has have had my our your his her their its this that these those it i we you he she they not no \
    bin bins bag bags box boxes car cars van vans lorry bus buses bike bikes people person kids child \
    children dog dogs cat cats rat rats trees week weeks day days minute minutes min mins hour \
    hours hr hrs month months year years yr yrs yard yards metre metres meter meters mile miles km mph \
    foot feet ft inch inches pm am time times pound pounds quid percent bed beds bedroom bedrooms \
    storey house houses flats home homes space spaces bay bays pothole potholes light lights lamp lamps \
    street road way ways dead one two new old broken empty lost missing more other different parking \
    council school schools shop shops next per each every both all some any just only about around \
    over under outside opposite behind between since until till before after when where which who why \
    how please thanks ask report reported collected collection emptied dumped full blocked working \
    adults seater wheel door point ton tonne litre gallon player hole acre sided fold lane down along across \
    through into onto towards up own degrees degree percent blokes lads men women guys kids girls boys ladies folk \
    library inter student payday crisis hardship term anyone anybody everyone everybody someone somebody",
    ),
    // Words before a number that make it no house number.
    (
        Lists::NOT_BEFORE_NUMBER,
        "route routes bus buses zone band phase stage step junction jct section page ward grade year key tier \
    part level class type size form version covid platform bay car lamp column bins bin under over age \
    aged about approx around nearly almost least last past next every exit",
    ),
    (Lists::HOUSE_NUMBER, "number no num"),
    // Words after a street that make it street furniture: "1 new street light".
    (
        Lists::NOT_AFTER_STREET,
        "light lights lamp lamps lighting sign signs party parties cleaning cleaner cleaners sweeping \
    sweeper furniture names name trees parking works food bus buses",
    ),
    // Words that come after an address rather than in it.
    (
        Lists::AFTER_ADDRESS,
        "my and but please thanks thank cheers can could will would has have had is was \
    been card phone email number name nino date born call ring tel mobile postcode dob bin missed again \
    not still yes hello regards sorry also because so then there their hope need want get got send thats which where when \
    nearby report support instead afford transport passport airport button cotton carton valley alley trolley rugby baby lobby hobby \
    standby import export sport wooden garden sudden hidden golden burden warden laden kitten forbidden trodden sodden ridden linen \
    anymore furthermore therefore bridge footbridge neighbour wooden outfield understood worth whereby common",
    ),
];
