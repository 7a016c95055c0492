//! The checks of the rule table: does a candidate speak for itself, need a cue, or is it none?
//!
//! Check digits are in [`super::identifiers`]; this file adds what is known of shapes that have
//! none. A check sees one candidate and never its surroundings: cues are the detector's.

use super::dates::solid_date;
use super::identifiers::{AccountNumber, CardNumber, NhsNumber, Nino, Postcode, SortCode, Utr};
use super::rule::{Candidate, Verdict};
use super::vehicles::short_word;
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
    if CardNumber::parse(candidate.value).is_some() && !two_numbers(candidate) {
        return Verdict::Certain;
    }
    Verdict::No
}

/// "oh four oh oh two six and double one double eight ...": a sort code and an account.
fn two_numbers(candidate: &Candidate<'_>) -> bool {
    candidate.loose && candidate.value.len() < 16 && candidate.shape.contains(" and ")
}

/// For grammars that have done the checking.
pub(super) fn certain(_: &Candidate<'_>) -> Verdict {
    Verdict::Certain
}

/// A near miss is one too where a cue says so: a mistyped card number is still most of a card.
pub(super) fn short_or_mistyped_card(candidate: &Candidate<'_>) -> Verdict {
    if two_numbers(candidate) {
        return Verdict::No;
    }
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
    // "SC 20-40-08. A/C 9001 7733".
    if digits < 3 || candidate.around.1 == b'/' {
        return Verdict::No;
    }
    // The published example is on every form, so people copy it.
    let published = candidate.value.starts_with("qq");
    let issued = Nino::parse(&digits_for_look_alikes(candidate.value)).is_some();
    // "ZZ/90/80/70/D": nothing else is written so.
    let parted = candidate.shape.len() == 13
        && [2, 5, 8, 11]
            .iter()
            .all(|at| matches!(candidate.shape.as_bytes()[*at], b'/' | b'-'));
    at_least_cued((issued || published || parted) && !word && digits > 3)
}

/// With the prefix of the published example it can be nothing else.
pub(super) fn mistyped_nino(candidate: &Candidate<'_>) -> Verdict {
    at_least_cued(candidate.value.starts_with("qq"))
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
    // "40029910 (40 52 11)" and "40-09-63 30285519" are an account and its sort code.
    let account = candidate.shape.contains('(') || candidate.around.0 == b'-';
    if NhsNumber::parse(candidate.value).is_none() || account {
        return Verdict::No;
    }
    let issued = matches!(candidate.value.as_bytes(), [b'4' | b'6' | b'7' | b'9', ..])
        || matches!(candidate.value.as_bytes(), [b'3', b'2'..=b'9', ..]);
    // Ten digits typed in one piece are an order number more often, unless they are all there is.
    let grouped = candidate.shape.len() > candidate.value.len()
        || candidate.source.len() > candidate.shape.len();
    // "999/227/8773", "nine nine nine um five six oh then five six nine four".
    let grouped_so = candidate.shape.split('/').map(str::len).eq([3, 3, 4]);
    let goes_on = candidate.shape.contains(" then ") && !candidate.shape.contains(',');
    let loose = candidate.loose && !grouped_so && !goes_on;
    at_least_cued(issued && (grouped || candidate.alone) && !loose && !glued(candidate))
}

pub(super) fn utr(candidate: &Candidate<'_>) -> Verdict {
    // The check digit alone is one chance in eleven, so it never does without a cue.
    if Utr::parse(candidate.value).is_some() || !candidate.loose {
        return Verdict::NeedsCue;
    }
    Verdict::No
}

/// Five digits and five with a space between, the first of which checks the others.
pub(super) fn utr_in_fives(candidate: &Candidate<'_>) -> Verdict {
    let fives = candidate.shape.len() == 11 && candidate.shape.as_bytes()[5] == b' ';
    sure_if(fives && Utr::parse(candidate.value).is_some())
}

/// Six digits in pairs, or together.
pub(super) fn sort_code(candidate: &Candidate<'_>) -> Verdict {
    // "87:14:27" is not what else stands between numbers.
    let colons = candidate.shape.matches(':').count() == 2;
    let pairs = candidate.shape.len() <= 8 && (!candidate.loose || colons);
    let said = !candidate.source.bytes().any(|byte| byte.is_ascii_digit())
        || candidate
            .shape
            .split(|c: char| !c.is_ascii_digit())
            .all(|group| group.len() <= 2);
    if SortCode::parse(candidate.value).is_some() && (pairs || said) {
        // "08-92-50" and nothing else.
        let whole = in_pairs(candidate) && candidate.around.0 != b'-' && candidate.around.1 != b'-';
        at_least_cued(whole && candidate.alone && solid_date(candidate) == Verdict::No)
    } else {
        Verdict::No
    }
}

/// "08-92-50", "08 - 92 - 50", "oh eight dash ninety two dash fifty".
fn in_pairs(candidate: &Candidate<'_>) -> bool {
    let joint = match candidate.shape.len() {
        8 => "-",
        12 => " - ",
        18 => " dash ",
        _ => return false,
    };
    apart_by(candidate.shape, joint)
}

/// Whether a text is three pairs with this between them.
fn apart_by(shape: &str, joint: &str) -> bool {
    shape.split(joint).map(str::len).eq([2, 2, 2])
}

/// "40-47-84", or said: "seventy seven oh four nineteen", which is no six figures of an account's eight; nor a date.
pub(super) fn dashed_sort_code(candidate: &Candidate<'_>) -> Verdict {
    let typed = candidate.source.bytes().any(|byte| byte.is_ascii_digit());
    let said = candidate.shape.len() == 6 && !typed && !candidate.part;
    let short = candidate.shape.len() == 8;
    let apart = |joint| short && apart_by(candidate.shape, joint);
    if (in_pairs(candidate) || apart(".") || apart(" ") || said)
        && solid_date(candidate) == Verdict::No
    {
        sort_code(candidate)
    } else {
        Verdict::No
    }
}

/// "20 47 88", which is no date.
pub(super) fn paired_sort_code(candidate: &Candidate<'_>) -> Verdict {
    let pairs = matches!(
        candidate.shape.as_bytes(),
        [_, _, b' ' | b'-', _, _, b' ' | b'-', _, _]
    );
    if pairs && solid_date(candidate) == Verdict::No {
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
    // "five one two then oh nine four then 837" is none.
    let mut words = candidate
        .shape
        .split(|c: char| !c.is_ascii_alphabetic())
        .filter(|word| !word.is_empty() && *word != "and");
    let lists = candidate.loose && words.next().is_none();
    if lists || years {
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
        // "PP-11829304".
        8 | 9 if candidate.around.0 != b'-' => account(candidate),
        _ => Verdict::No,
    }
}

/// Up to four digits, in one group or one by one.
pub(super) fn cvv(candidate: &Candidate<'_>) -> Verdict {
    let whole = candidate.shape.len() == candidate.value.len() || spelled_out(candidate);
    // The last byte of a pound sign.
    let money = matches!(candidate.around.0, b'.' | b'$' | 0xa3) || candidate.around.1 == b'%';
    // "valid til feb 2028", "the garage at the back, bought in 1988".
    let year = matches!(
        candidate.value.as_bytes(),
        [b'1', b'9', ..] | [b'2', b'0', b'0'..=b'3', _]
    ) && candidate.value.len() == 4;
    if whole && !glued(candidate) && !money && !year {
        Verdict::NeedsCue
    } else {
        Verdict::No
    }
}

/// "07/30", which is no part of a date or of a reference.
pub(super) fn month_and_year(candidate: &Candidate<'_>) -> Verdict {
    let (before, after) = candidate.around;
    let part = |byte| matches!(byte, b'/' | b'-' | b'.');
    if part(before) || after == b'/' {
        Verdict::No
    } else {
        Verdict::NeedsCue
    }
}

/// A month and a year; three figures typed in one piece are a group of a longer number.
pub(super) fn expiry(candidate: &Candidate<'_>) -> Verdict {
    // "four twenty nine", not "two two oh".
    let group = candidate.shape.len() == 3 && !candidate.source.contains("ty");
    let day = candidate.around.0 == b'/';
    if group || day {
        Verdict::No
    } else {
        Verdict::NeedsCue
    }
}

/// "0928": a month and a year to come, typed in one piece or said.
pub(super) fn solid_expiry(candidate: &Candidate<'_>) -> Verdict {
    let whole = candidate.shape.len() == candidate.value.len();
    let month = matches!(
        candidate.value.as_bytes(),
        [b'0', b'1'..=b'9', b'2'..=b'4', _] | [b'1', b'0'..=b'2', b'2'..=b'4', _]
    );
    if whole && month && !glued(candidate) {
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
    // "the a34 one", "the m60 off".
    let word = matches!(
        inward,
        "one" | "off" | "old" | "out" | "our" | "own" | "odd" | "ops" | "oap"
    );
    if blurred && (!candidate.capitals() && word || outward.len() < 3) {
        return Verdict::No;
    }
    let zero = inward.get(..1).filter(|_| !blurred).unwrap_or("0");
    let ending = inward.get(1..).unwrap_or_default();
    let read = Zeroizing::new([outward, zero, ending].concat());
    // "m1 2nd exit", "b4 1st of june".
    let ordinal = candidate.shape.contains(' ') && is_ordinal(inward);
    if Postcode::parse(&read).is_none() {
        return Verdict::No;
    }
    let spaces = candidate.shape.matches([' ', '-', '.']).count();
    // "gu 93 1 zb", not "so 10 2 be".
    let apart = matches!(
        candidate.shape.as_bytes(),
        [
            _,
            _,
            b' ',
            b'0'..=b'9',
            b'0'..=b'9',
            b' ',
            b'0'..=b'9',
            b' ',
            ..
        ]
    ) && !short_word(candidate.shape.get(..2).unwrap_or_default());
    at_least_cued(
        (apart || spaces <= 1) && !ordinal || candidate.capitals() || candidate.alone && !ordinal,
    )
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

/// The shape of a postcode that ends in a letter which none has: as it is written on an envelope, or with a cue.
pub(super) fn mistyped_postcode(candidate: &Candidate<'_>) -> Verdict {
    // "the M25 9AM", "PS5 1TB".
    const UNITS: [&str; 10] = ["am", "pm", "km", "mm", "cm", "kg", "mb", "tb", "ml", "ok"];
    let value = candidate.value;
    let (outward, inward) = value.split_at(value.len().saturating_sub(3));
    let ending = inward.get(1..).unwrap_or_default();
    let area = outward.split(|c: char| c.is_ascii_digit()).next();
    let area = area.unwrap_or_default();
    let never = ending.contains(['c', 'i', 'k', 'm', 'o', 'v']);
    let ordinal = candidate.shape.contains(' ') && is_ordinal(inward);
    let known = is_postcode_area(area) || area.len() == 2;
    if !never || !known || ordinal || UNITS.contains(&ending) || candidate.around.0 == b'\'' {
        return Verdict::No;
    }
    at_least_cued(candidate.capitals() && candidate.shape.contains(' '))
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

pub(super) fn ipv4(candidate: &Candidate<'_>) -> Verdict {
    let dotted = candidate.around.0 == b'.';
    // What every house has inside leads to none of them.
    let inside = |address: std::net::Ipv4Addr| {
        address.is_private()
            || address.is_loopback()
            || address.is_unspecified()
            || address.octets()[0] == 255
    };
    let typed = candidate
        .shape
        .replace(", ", " ")
        .replace(" dot ", ".")
        .replace(" point ", ".")
        .replace(" full stop ", ".")
        .replace(" .", ".")
        .replace(". ", ".");
    // "ip 198 51 100 76", "192,0,2,56".
    let apart = typed.contains([',', ' ']);
    let address = typed.replace([',', ' '], ".").parse::<std::net::Ipv4Addr>();
    match address {
        Ok(address) if !dotted => at_least_cued(!inside(address) && !apart),
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
