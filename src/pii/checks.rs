//! The checks of the rule table: does a candidate speak for itself, need a cue, or is it none?
//!
//! Check digits are in [`super::identifiers`]; this file adds what is known of shapes that have
//! none. A check sees one candidate and never its surroundings: cues are the detector's.

use super::identifiers::{AccountNumber, CardNumber, NhsNumber, Nino, Postcode, SortCode, Utr};
use super::rule::{Candidate, Verdict};
use super::words::is_month;
use zeroize::Zeroizing;

pub(super) fn cued(_: &Candidate<'_>) -> Verdict {
    Verdict::NeedsCue
}

pub(super) fn sure(_: &Candidate<'_>) -> Verdict {
    Verdict::Sure
}

pub(super) fn sure_if(condition: bool) -> Verdict {
    if condition {
        Verdict::Sure
    } else {
        Verdict::No
    }
}

pub(super) fn at_least_cued(sure: bool) -> Verdict {
    if sure {
        Verdict::Sure
    } else {
        Verdict::NeedsCue
    }
}

/// Whether a letter stands directly before or after. A digit cannot: groups of digits are whole, and
/// spelled-out ones are groups of their own.
pub(super) fn glued(candidate: &Candidate<'_>) -> bool {
    candidate.around.0.is_ascii_alphabetic() || candidate.around.1.is_ascii_alphabetic()
}

pub(super) fn card(candidate: &Candidate<'_>) -> Verdict {
    if CardNumber::parse(candidate.value).is_some() {
        return Verdict::Certain;
    }
    Verdict::No
}

/// For grammars that have done the checking.
pub(super) fn certain(_: &Candidate<'_>) -> Verdict {
    Verdict::Certain
}

/// A near miss is one too where a cue says so: a mistyped card number is still most of a card.
pub(super) fn short_or_mistyped_card(candidate: &Candidate<'_>) -> Verdict {
    if CardNumber::parse(candidate.value).is_some() {
        return Verdict::Sure;
    }
    if candidate.value.len() < 13 || candidate.loose {
        return Verdict::No;
    }
    at_least_cued(as_on_a_card(candidate.shape))
}

/// "4242 4242 4242 424": in fours from a 4 or a 5 on, with one digit too few, as one types it who has lost
/// one. A whole number that fails the check is left: references are written so too.
fn as_on_a_card(shape: &str) -> bool {
    let groups = shape.split([' ', '-']).map(str::len);
    matches!(shape.as_bytes(), [b'4' | b'5', ..]) && groups.eq([4, 4, 4, 3])
}

pub(super) fn nino(candidate: &Candidate<'_>) -> Verdict {
    // Words that happen to be issued prefixes: "at 12 30 45 b".
    const WORDS: [&str; 9] = ["at", "we", "me", "am", "as", "be", "he", "my", "or"];
    let word = candidate
        .shape
        .get(..2)
        .is_some_and(|prefix| WORDS.contains(&prefix))
        && candidate.shape.contains(' ')
        && !candidate.capitals();
    let digits = candidate.value.bytes().filter(u8::is_ascii_digit).count();
    if digits < 3 {
        return Verdict::No;
    }
    // The published example is on every form, so people copy it.
    let published = candidate.value.starts_with("qq");
    let issued = Nino::parse(&digits_for_look_alikes(candidate.value)).is_some();
    at_least_cued((issued || published) && !word && digits > 3)
}

/// `o` for 0 and `l` or `i` for 1 between the prefix and the suffix.
fn digits_for_look_alikes(value: &str) -> Zeroizing<String> {
    let last = value.len().saturating_sub(1);
    let digits = value.char_indices().map(|(at, c)| match c {
        'o' if at > 1 && at < last => '0',
        'i' | 'l' if at > 1 && at < last => '1',
        other => other,
    });
    Zeroizing::new(digits.collect())
}

/// England and Wales issue from 4, 6 and 7 on and test with 9, Northern Ireland from 32 on;
/// Scottish numbers begin with a date and need a cue.
pub(super) fn nhs(candidate: &Candidate<'_>) -> Verdict {
    if NhsNumber::parse(candidate.value).is_none() {
        return Verdict::No;
    }
    let issued = matches!(candidate.value.as_bytes(), [b'4' | b'6' | b'7' | b'9', ..])
        || matches!(candidate.value.as_bytes(), [b'3', b'2'..=b'9', ..]);
    // Ten digits typed in one piece are an order number more often, unless they are all there is.
    let grouped = candidate.shape.len() > candidate.value.len()
        || candidate.source.len() > candidate.shape.len();
    at_least_cued(issued && (grouped || candidate.alone) && !candidate.loose && !glued(candidate))
}

pub(super) fn utr(candidate: &Candidate<'_>) -> Verdict {
    // The check digit alone is one chance in eleven, so it never does without a cue.
    if Utr::parse(candidate.value).is_some() || !candidate.loose {
        return Verdict::NeedsCue;
    }
    Verdict::No
}

/// Six digits in pairs, or together.
pub(super) fn sort_code(candidate: &Candidate<'_>) -> Verdict {
    // "87:14:27" is not what else stands between numbers.
    let colons = candidate.shape.matches(':').count() == 2;
    let pairs = candidate.shape.len() <= 8 && (!candidate.loose || colons);
    let said = candidate
        .shape
        .split(|c: char| !c.is_ascii_digit())
        .all(|group| group.len() <= 2);
    if SortCode::parse(candidate.value).is_some() && (pairs || said) {
        Verdict::NeedsCue
    } else {
        Verdict::No
    }
}

/// "40-47-84", or said: "seventy seven oh four nineteen"; which is no date.
pub(super) fn dashed_sort_code(candidate: &Candidate<'_>) -> Verdict {
    let dashed = candidate.shape.len() == 8 && candidate.shape.matches('-').count() == 2;
    let said =
        candidate.shape.len() == 6 && !candidate.source.bytes().any(|byte| byte.is_ascii_digit());
    if (dashed || said) && solid_date(candidate) == Verdict::No {
        sort_code(candidate)
    } else {
        Verdict::No
    }
}

/// One digit at a time.
fn spelled_out(candidate: &Candidate<'_>) -> bool {
    candidate
        .shape
        .split(|c: char| !c.is_ascii_digit())
        .all(|group| group.len() <= 1)
}

/// Digits that a cue alone makes into something; lists and sums of money are not.
pub(super) fn cued_digits(candidate: &Candidate<'_>) -> Verdict {
    // "council tax 2025 2026".
    let mut groups = candidate.shape.split(|c: char| !c.is_ascii_digit());
    let years =
        candidate.value.len() == 8 && groups.all(|group| matches!(group.parse(), Ok(1990..=2040)));
    if candidate.loose || years {
        Verdict::No
    } else {
        Verdict::NeedsCue
    }
}

/// An account number that a cue says is one.
pub(super) fn account(candidate: &Candidate<'_>) -> Verdict {
    match AccountNumber::parse(candidate.value) {
        Some(_) => cued_digits(candidate),
        None => Verdict::No,
    }
}

/// "55779911" or "5577 9911".
pub(super) fn whole_account(candidate: &Candidate<'_>) -> Verdict {
    match candidate.shape.len() {
        8 | 9 => account(candidate),
        _ => Verdict::No,
    }
}

/// Up to four digits, in one group or one by one.
pub(super) fn cvv(candidate: &Candidate<'_>) -> Verdict {
    let whole = candidate.shape.len() == candidate.value.len() || spelled_out(candidate);
    // The last byte of a pound sign.
    let money = matches!(candidate.around.0, b'.' | b'$' | 0xa3) || candidate.around.1 == b'%';
    if whole && !glued(candidate) && !money {
        Verdict::NeedsCue
    } else {
        Verdict::No
    }
}

/// The postcode areas of the United Kingdom (Royal Mail), without the non-geographic ones.
pub(super) const AREAS: &str = "ab al b ba bb bd bh bl bn br bs bt ca cb cf ch cm co cr ct cv cw da dd de dg dh dl \
    dn dt dy e ec eh en ex fk fy g gl gu gy ha hd hg hp hr hs hu hx ig im ip iv ja je ka kt kw ky l la \
    ld le ll ln ls lu m me mk ml n ne ng nn np nr nw ol ox pa pe ph pl po pr rg rh rm s sa se sg sk sl \
    sm sn so sp sr ss st sw sy ta td tf tn tq tr ts tw ub w wa wc wd wf wn wr ws wv yo ze";

/// Whether a postcode may begin with these letters, in lower case.
pub(crate) fn is_postcode_area(letters: &str) -> bool {
    AREAS.split_ascii_whitespace().any(|known| known == letters)
}

pub(super) fn postcode(candidate: &Candidate<'_>) -> Verdict {
    let value = candidate.value;
    let (outward, inward) = value.split_at(value.len().saturating_sub(3));
    // "sk11 oaa", with the letter.
    let blurred = inward.starts_with('o');
    // "it's 32ft".
    if candidate.around.0 == b'\'' {
        return Verdict::No;
    }
    if blurred && (!candidate.capitals() || outward.len() < 3) {
        return Verdict::No;
    }
    let zero = if blurred {
        "0"
    } else {
        inward.get(..1).unwrap_or_default()
    };
    let ending = inward.get(1..).unwrap_or_default();
    let read = Zeroizing::new([outward, zero, ending].concat());
    // "m1 2nd exit", "b4 1st of june".
    let ordinal = candidate.shape.contains(' ') && is_ordinal(inward);
    if Postcode::parse(&read).is_none() {
        return Verdict::No;
    }
    let spaces = candidate.shape.matches([' ', '-', '.']).count();
    at_least_cued(spaces <= 1 && !ordinal || candidate.capitals())
}

/// The shape of a postcode whose two letters are no area's.
pub(super) fn unknown_postcode(candidate: &Candidate<'_>) -> Verdict {
    let value = candidate.value;
    let inward = value
        .get(value.len().saturating_sub(3)..)
        .unwrap_or_default();
    let area = value.split(|c: char| c.is_ascii_digit()).next();
    let area = area.unwrap_or_default();
    let ordinal = candidate.shape.contains(' ') && is_ordinal(inward);
    if area.len() != 2 || is_postcode_area(area) || ordinal || candidate.around.0 == b'\'' {
        return Verdict::No;
    }
    // "at 10 at night".
    let parts = candidate.shape.matches([' ', '-', '.']).count();
    let apart = matches!(candidate.shape.as_bytes(), [_, _, b' ' | b'-', ..]);
    at_least_cued(!inward.starts_with('o') && parts <= 1 && !apart)
}

/// "2nd", but "3bd" is none.
fn is_ordinal(inward: &str) -> bool {
    matches!(
        inward.as_bytes(),
        [b'1', b's', b't']
            | [b'2', b'n', b'd']
            | [b'3', b'r', b'd']
            | [b'0' | b'4'..=b'9', b't', b'h']
    )
}

/// What the mailboxes of desks at public bodies are called; a person's has other words in it.
pub(super) const DESKS: &str = "info enquiries enquiry contact contactus council customer customers service services \
    customerservices customerservice help helpdesk support admin office reception mail email noreply donotreply no reply \
    web website webmaster postmaster press media foi dpo data protection complaints feedback planning planningapps \
    planningpolicy building control buildingcontrol housing homeless homelessness repairs benefits revenues council \
    counciltax ctax tax rates businessrates parking appeals pcn permits blue badge bluebadge waste recycling refuse bins \
    streetcare street streets streetscene highways roads lighting environment environmental health licensing trading \
    standards tradingstandards democratic democraticservices elections electoral registrars registrar registration \
    births deaths libraries library leisure schools admissions education children childrens social care socialcare adult \
    adults safeguarding mash legal hr jobs recruitment finance payments procurement communications consultation policy \
    news team teams duty emergency police pals ward clinic surgery gp practice hospital trust appointments referrals \
    and the of for fraud pests dogs trees parks grants events markets cemeteries transport residents tenancy lettings";

/// Addresses of desks at public bodies stand in leaflets; a person's, even at work, is a person's.
pub(super) fn mail(candidate: &Candidate<'_>) -> Verdict {
    const BODIES: [&str; 5] = [
        ".gov.uk",
        ".gov.wales",
        ".gov.scot",
        ".nhs.uk",
        ".police.uk",
    ];
    let Some((local, domain)) = candidate.shape.rsplit_once('@') else {
        return Verdict::Sure;
    };
    let public = BODIES.iter().any(|body| domain.ends_with(body));
    // What is left of a desk after its first letters is none either.
    let part = candidate.around.0.is_ascii_alphanumeric();
    sure_if(!(public && (part || is_desk(local))))
}

/// Whether a mailbox is called by words for desks and by nothing else.
fn is_desk(local: &str) -> bool {
    let mut words = local
        .split(|c: char| !c.is_ascii_alphabetic())
        .filter(|word| !word.is_empty());
    words.all(|word| DESKS.split_ascii_whitespace().any(|desk| desk == word))
}

/// What stands before "at" when no mail address is meant: "look at example dot org".
pub(super) const BEFORE_AT: &str = "look looking looked be was is me us him her them you it page see site info \
    located available live lives based found there here website online meet arrive open closed work \
    works read check visit not stay pay only apply still up down out";

/// Who gives mail addresses to everybody.
pub(super) const PROVIDERS: [&str; 10] = [
    "gmail",
    "googlemail",
    "hotmail",
    "outlook",
    "yahoo",
    "icloud",
    "btinternet",
    "live",
    "aol",
    "protonmail",
];

/// "lucy underscore bell at example dot org"; a domain with a typed dot needs a cue or a mail provider.
pub(super) fn spoken_email(candidate: &Candidate<'_>) -> Verdict {
    let Some((local, domain)) = candidate.shape.rsplit_once(" at ") else {
        return Verdict::Sure;
    };
    // "the parking team at parking.appeals@...".
    if candidate.around.1 == b'@' {
        return Verdict::No;
    }
    let public = domain.ends_with("gov dot uk") || domain.ends_with("gov.uk");
    if public && is_desk(&local.replace(" dot ", ".")) {
        return Verdict::No;
    }
    let word = local.rsplit(' ').next().unwrap_or_default();
    if BEFORE_AT
        .split_ascii_whitespace()
        .any(|before| before == word)
    {
        return Verdict::No;
    }
    let provider = PROVIDERS
        .iter()
        .any(|provider| domain.starts_with(provider));
    at_least_cued(provider || domain.contains(" dot "))
}

pub(super) fn ipv4(candidate: &Candidate<'_>) -> Verdict {
    let dotted = candidate.around.0 == b'.';
    // What every house has inside leads to none of them.
    let inside = |address: std::net::Ipv4Addr| {
        address.is_private()
            || address.is_loopback()
            || address.is_unspecified()
            || address.octets()[0] == 255
    };
    let typed = candidate.shape.replace(" dot ", ".");
    let address = typed.parse::<std::net::Ipv4Addr>();
    match address {
        Ok(address) if !dotted => at_least_cued(!inside(address)),
        _ => Verdict::No,
    }
}

pub(super) fn ipv6(candidate: &Candidate<'_>) -> Verdict {
    let parts = candidate
        .shape
        .split(':')
        .filter(|part| !part.is_empty())
        .count();
    sure_if(candidate.shape.parse::<std::net::Ipv6Addr>().is_ok() && parts >= 3)
}

/// With the month at its end it can be nothing else.
pub(super) fn full_badge(candidate: &Candidate<'_>) -> Verdict {
    let month = candidate
        .value
        .bytes()
        .rev()
        .take(4)
        .all(|byte| byte.is_ascii_digit());
    at_least_cued(month && candidate.value.len() >= 12)
}

/// Six letters and digits; of another length only in capitals or with most of it digits.
pub(super) fn badge(candidate: &Candidate<'_>) -> Verdict {
    let value = candidate.value;
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let ordinal = value.ends_with("th");
    let likely = value.len() == 6 || digits >= 4 || digits > 1 && candidate.capitals();
    if digits > 0 && !ordinal && likely {
        Verdict::NeedsCue
    } else {
        Verdict::No
    }
}

/// A date in digits: day first, or year first.
pub(super) fn date(candidate: &Candidate<'_>) -> Verdict {
    let parts: Vec<u32> = candidate
        .shape
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .filter_map(|part| part.parse().ok())
        .collect();
    let (year, real) = match parts.as_slice() {
        [year @ 1880..=2100, month, day]
        | [day, month, year @ 1880..=2100]
        | [day, month, year @ 0..=99] => {
            let real = (1..=12).contains(month) && (1..=31).contains(day);
            (*year, real)
        }
        _ => return Verdict::No,
    };
    if !real {
        return Verdict::No;
    }
    // "12-04-56" may be a sort code.
    let plain = year > 99 || candidate.shape.contains(['/', '.']);
    let part = matches!(candidate.around.0, b'.' | b'/' | b'-') || candidate.around.1 == b'/';
    at_least_cued(plain && !part && long_past(year, candidate.alone))
}

/// Days that lie so far back are hardly ever spoken of but as somebody's birth; and where nothing else is said,
/// not so far. Two figures are of the last century where they are of no year to come.
fn long_past(year: u32, alone: bool) -> bool {
    const NO_OTHER_DAY: u32 = 2009;
    const NO_APPOINTMENT: u32 = 2022;
    let upto = if alone { NO_APPOINTMENT } else { NO_OTHER_DAY };
    matches!(year, 31..=99) || (1900..=upto).contains(&year)
}

/// A date with the month in letters, and a year so far back that it is a birth date.
pub(super) fn worded_date_of_birth(candidate: &Candidate<'_>) -> Verdict {
    let shape = candidate.shape;
    let last = shape.rsplit(|c: char| !c.is_ascii_digit()).next();
    let year = last.and_then(|last| last.parse().ok()).unwrap_or(0);
    // "the 3rd of the 3rd 33", not "12 may 50 people".
    let ordinal = ["st ", "nd ", "rd ", "th "]
        .iter()
        .any(|end| shape.contains(end));
    let said = year > 99 || ordinal || shape.contains(" of ");
    match worded_date(candidate) {
        Verdict::NeedsCue => at_least_cued(said && long_past(year, candidate.alone)),
        verdict @ (Verdict::No | Verdict::Sure | Verdict::Certain) => verdict,
    }
}

/// A date with the month in letters, "the 3rd of the 4th", or a feast.
pub(super) fn worded_date(candidate: &Candidate<'_>) -> Verdict {
    const FEASTS: [&str; 5] = ["boxing", "christmas", "new year", "valentines", "halloween"];
    let shape = candidate.shape;
    let month = shape
        .split(|c: char| !c.is_ascii_alphabetic())
        .any(is_month)
        || shape.contains(" of the ")
        || FEASTS.iter().any(|feast| shape.starts_with(feast));
    if month {
        Verdict::NeedsCue
    } else {
        Verdict::No
    }
}

/// A date in six or eight digits without anything between: ddmmyy, ddmmyyyy, yyyymmdd.
pub(super) fn solid_date(candidate: &Candidate<'_>) -> Verdict {
    let number = |from: usize, to: usize| {
        candidate
            .value
            .get(from..to)
            .and_then(|part| part.parse::<u32>().ok())
            .unwrap_or(0)
    };
    let year = |year: u32| (1880..=2100).contains(&year);
    let date = |day: u32, month: u32| (1..=31).contains(&day) && (1..=12).contains(&month);
    let short = candidate.value.len() == 6;
    // "19640307" too.
    let real = (short || year(number(4, 8))) && date(number(0, 2), number(2, 4))
        || candidate.value.len() == 8 && year(number(0, 4)) && date(number(6, 8), number(4, 6));
    if real && !candidate.loose {
        Verdict::NeedsCue
    } else {
        Verdict::No
    }
}
