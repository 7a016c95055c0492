//! Mail addresses, typed and spoken, and the desks of public bodies, whose addresses are nobody's own.

use super::checks::{at_least_cued, sure_if};
use super::rule::{Candidate, Verdict};

/// What the mailboxes of desks at public bodies are called; a person's has other words in it.
pub(super) const DESKS: &str = "info enquiries enquiry contact contactus council customer customers service services \
    customerservices customerservice help helpdesk support admin office reception mail email noreply donotreply no reply \
    web webteam website webmaster postmaster press media foi dpo data protection complaints feedback planning planningapps \
    planningpolicy building control buildingcontrol housing homeless homelessness repairs benefits revenues council \
    counciltax ctax tax rates businessrates parking appeals pcn permits blue badge bluebadge waste recycling refuse bins \
    streetcare street streets streetscene highways roads lighting environment environmental health licensing trading \
    standards tradingstandards democratic democraticservices elections electoral registrars registrar registration \
    births deaths libraries library leisure schools admissions education children childrens social care socialcare adult \
    adults safeguarding mash legal hr jobs recruitment finance payments procurement communications consultation policy \
    news team teams duty emergency police pals ward clinic surgery gp practice hospital trust appointments referrals \
    and the of for fraud pests dogs trees parks grants events markets cemeteries transport residents tenancy lettings options rent arrears enforcement";

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
    // "the parking team at parking.appeals@...", "it's jan dot price at ...".
    if candidate.around.1 == b'@' || candidate.around.0 == b'\'' {
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

/// What stands before a mailbox that is said, and is no part of it.
pub(super) const BEFORE_MAILBOX: &str = "a i e s is it its be am are was will can have has got get on to use at from \
    for of by or my me his her our your their with called says as goes go yes no yeah please thanks ta number email \
    emails mail mails address contact reach reply send write hi hello that this so just then im ok right now love not \
    us we you he she they word case lower lowercase letters spelt spelled still work home personal and";

/// Where a mailbox begins that is said: "its big dave seven at ...", where what stands before it is known, or nothing;
/// "f a t i m a dot 22 at ...". Of it so far is known what begins at `start`.
pub(super) fn mailbox_start(text: &str, start: usize) -> usize {
    const WORDS_MAX: usize = 3;
    let known = |word: &str| {
        let mut words = BEFORE_MAILBOX.split_ascii_whitespace();
        words.any(|before| before == word)
    };
    let part = |word: &str| {
        let letters = word.bytes().all(|byte| byte.is_ascii_lowercase());
        let digits = word.len() < 5 && word.bytes().all(|byte| byte.is_ascii_digit());
        !word.is_empty() && (letters || digits)
    };
    let mut start = start;
    // "f for freddie dot ...".
    if let Some([before @ .., letter, b' ', b'f', b'o', b'r', b' ']) = text.as_bytes().get(..start)
        && text.as_bytes().get(start) == Some(letter)
        && matches!(before, [] | [.., b' ' | b'\''])
    {
        start = before.len();
    }
    while let Some([.., b' ', letter, b' ']) = text.as_bytes().get(..start)
        && letter.is_ascii_lowercase()
        && text.as_bytes().get(start + 1) == Some(&b' ')
    {
        start -= 2;
    }
    let mut begins = start;
    for nth in 0..=WORDS_MAX {
        let rest = text.get(..begins).unwrap_or_default();
        let Some(left) = rest.strip_suffix(' ') else {
            return if rest.is_empty() { begins } else { start };
        };
        let word = left.rsplit([' ', '\'']).next().unwrap_or_default();
        // "on pat and len at ...".
        let and = word == "and" && nth == 0;
        if !part(word) || known(word) && !and {
            let sentence = left.ends_with(['.', ',', ':', ';', '!', '?', '-']);
            let first = text.get(begins..).unwrap_or_default();
            let all = (known(word) || sentence) && !first.starts_with("and ");
            return if all { begins } else { start };
        }
        begins = left.len() - word.len();
    }
    start
}
