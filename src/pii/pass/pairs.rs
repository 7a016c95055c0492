//! What is believed because of what stands beside it, or elsewhere in the message: a security code after a card, a sort
//! code and its account number.

use super::{ALONE_MAX, Hit, Pass, Pending};
use crate::pii::PiiKind;
use crate::pii::bridges::{BRIDGE_MAX, bridged, joined};
use crate::pii::cues::Cues;
use crate::pii::normal::Normal;
use std::collections::BTreeSet;
use std::ops::Range;

/// A sort code and an account number side by side, or a postcode after an address, are surer than half of one read as
/// something else.
const PAIR_SCORE: u8 = 78;
/// The same in pairs, and in one piece or few: "16-44-73 40081765", half of which may look like a telephone number with a cue.
const WHOLE_PAIR_SCORE: u8 = 99;
/// "42 908 117".
const IN_THREES: &[usize] = &[2, 3, 3];
/// So far from each other the halves of an account may stand in a message, in bytes.
const OTHER_HALF_MAX: usize = 64;
/// No value is longer, with what stands between its groups.
const VALUE_MAX: usize = 256;

/// Where values stand: start and end, in order.
type Ranges = BTreeSet<(usize, usize)>;
/// Where values begin, in order, and their places among the hits.
type Places = BTreeSet<(usize, usize)>;

impl Hit {
    /// The same, beside what it belongs to: of a postcode that says more than what half of it may be.
    fn paired(self) -> Self {
        let score = match self.kind {
            Some(PiiKind::UkPostcode) => PAIR_SCORE,
            _ => self.score,
        };
        Self { score, ..self }
    }
}

impl Pass<'_> {
    /// Accepts candidates that stand directly beside what they belong to: a security code after a
    /// card, an account number after a sort code.
    pub(super) fn pair_up(&mut self) {
        // Only the halves of an account may make a finding where there is none.
        let code = |pending: &Pending| pending.hit.kind == Some(PiiKind::UkSortCode);
        self.pending.sort_by_key(|pending| pending.hit.range.start);
        if self.pending.is_empty() || self.hits.is_empty() && !self.pending.iter().any(code) {
            return;
        }
        self.has_long_code = self.hits.iter().any(|hit| self.is_american_express(hit));
        let mut pending = std::mem::take(&mut self.pending);
        self.pair_accounts(&pending);
        // Twice: a security code may stand beside an expiry date that stands beside a card.
        for _ in 0..2 {
            self.hits.sort_by_key(|hit| hit.range.end);
            let (beside, alone): (Vec<Pending>, Vec<Pending>) = pending
                .into_iter()
                .partition(|pending| self.neighbour(pending));
            pending = alone;
            self.hits
                .extend(beside.into_iter().map(|pending| pending.hit.paired()));
        }
        self.find_other_half(&pending, (PiiKind::UkSortCode, PiiKind::UkBankAccount));
        self.find_other_half(&pending, (PiiKind::UkBankAccount, PiiKind::UkSortCode));
        self.find_other_half(&pending, (PiiKind::CreditCard, PiiKind::CardExpiry));
        self.find_other_half(&pending, (PiiKind::CardExpiry, PiiKind::Cvv));
        self.find_other_half(&pending, (PiiKind::CreditCard, PiiKind::Cvv));
        self.pending = pending;
    }

    /// "account ... is 08 33 71 90, the sort 23 05 80": beside another sort code, the first six figures of an account are
    /// none; and half of "acct for the deposit back is 5518 0346" is no security code.
    pub(super) fn prefer_whole_accounts(&mut self) {
        let is_account = |hit: &Hit| hit.kind == Some(PiiKind::UkBankAccount);
        if !self.hits.iter().any(is_account) {
            return;
        }
        let of = |kind| -> Ranges {
            let hits = self.hits.iter().filter(|hit| hit.kind == Some(kind));
            hits.map(|hit| (hit.range.start, hit.range.end)).collect()
        };
        let (codes, cvvs) = (of(PiiKind::UkSortCode), of(PiiKind::Cvv));
        if codes.len() < 2 && cvvs.is_empty() {
            return;
        }
        let holds = |hit: &Hit, part: &Ranges| {
            let Range { start, end } = hit.range;
            beginning(part, start, end).any(|part| part.1 <= end)
        };
        let whole = |hit: &Hit| {
            let beside = codes.len() > 1 && holds(hit, &codes) && is_near(&codes, &hit.range);
            (beside || holds(hit, &cvvs)) && self.is_whole(hit)
        };
        let accounts = self.hits.iter().enumerate();
        let accounts = accounts.filter(|(_, hit)| is_account(hit));
        let surer: Vec<usize> = accounts
            .filter(|(_, hit)| whole(hit))
            .map(|(at, _)| at)
            .collect();
        for at in surer {
            if let Some(hit) = self.hits.get_mut(at) {
                hit.score = hit.score.max(PAIR_SCORE);
            }
        }
    }

    /// Half of an account that has no cue, in a message with the other half ("pay 83301127 at barclays, sort code
    /// 20-18-74"), a card's date ("... 0000 was refused, 06/28"), and its code ("... 02/27. Back, 829.").
    fn find_other_half(&mut self, pending: &[Pending], (given, wanted): (PiiKind, PiiKind)) {
        let candidates = || {
            pending
                .iter()
                .filter(|other| other.hit.kind == Some(wanted))
        };
        let is_given = |hit: &Hit| hit.kind == Some(given);
        if candidates().next().is_none() || !self.hits.iter().any(is_given) {
            return;
        }
        let of = |kind: PiiKind| -> Ranges {
            let hits = self.hits.iter().filter(|hit| hit.kind == Some(kind));
            hits.map(|hit| (hit.range.start, hit.range.end)).collect()
        };
        // Six digits of an account, read as a sort code, are none.
        let found = |kind, other| -> Ranges {
            let whole = of(other);
            let is_part = |(start, end): &(usize, usize)| {
                let mut over = beginning(&whole, start.saturating_sub(VALUE_MAX), *start);
                over.any(|of| *end <= of.1)
            };
            of(kind)
                .into_iter()
                .filter(|range| !is_part(range))
                .collect()
        };
        let known = found(given, wanted);
        let mut lacking = known.len().saturating_sub(found(wanted, given).len());
        for Pending { hit, vetoed, .. } in candidates() {
            // "40-17-65 was the old bank, its now 04-00-72".
            let value = self.normal.bytes().get(hit.range.clone());
            let value = value.unwrap_or_default();
            let another =
                wanted == PiiKind::UkSortCode && matches!(value, [_, _, b'-', _, _, b'-', _, _]);
            if (lacking > 0 || another)
                && !vetoed
                && (self.is_whole(hit) || self.is_solid_code(hit))
                && is_near(&known, &hit.range)
            {
                // Surer than six digits of an account, read as a sort code.
                self.hits.push(Hit {
                    score: PAIR_SCORE,
                    ..hit.clone()
                });
                lacking = lacking.saturating_sub(1);
            }
        }
    }

    /// Whether what is wanted stands by itself: an account in one piece or two, a sort code in pairs or said, and that is
    /// no day; a date with its slash, or said.
    pub(super) fn is_whole(&self, hit: &Hit) -> bool {
        let bytes = self.normal.bytes();
        let beside = [hit.range.start.checked_sub(1), Some(hit.range.end)];
        let mut beside = beside.into_iter().flatten().filter_map(|at| bytes.get(at));
        let value = bytes.get(hit.range.clone()).unwrap_or_default();
        let source = self.source.get(self.normal.source(hit.range.clone()));
        let said = source.is_some_and(|said| !said.bytes().any(|byte| byte.is_ascii_digit()));
        let form = match hit.kind {
            Some(PiiKind::Cvv) => {
                let part = matches!(
                    bytes.get(hit.range.end..),
                    Some([b' ' | b'.' | b'-', b'0'..=b'9', ..])
                );
                (value.len() == 3 || value.len() == 4 && self.has_long_code)
                    && !part
                    && !self.is_counted(&hit.range)
            }
            // "55779911", "5577 9911", "55 779 911", "55 77 99 11", "5 5 7 7 9 9 1 1".
            Some(PiiKind::UkBankAccount) => {
                matches!(value.len(), 8 | 9 | 11 | 15) || is_in(value, IN_THREES)
            }
            Some(PiiKind::UkNhs | PiiKind::UkPassport | PiiKind::UkUtr | PiiKind::BlueBadge) => {
                true
            }
            Some(PiiKind::CardExpiry) => said || value.contains(&b'/'),
            _ => (value.len() == 8 || said) && !is_day(value),
        };
        form && !beside.any(u8::is_ascii_digit)
    }

    fn is_american_express(&self, hit: &Hit) -> bool {
        let value = &self.normal.bytes()[hit.range.clone()];
        let digits = value.iter().filter(|byte| byte.is_ascii_digit()).count();
        hit.kind == Some(PiiKind::CreditCard) && value.starts_with(b"3") && digits == 15
    }

    /// "Payment to 309411 please, acc 00417726": six digits, which do not go on and are no day.
    fn is_solid_code(&self, hit: &Hit) -> bool {
        let bytes = self.normal.bytes();
        let value = bytes.get(hit.range.clone()).unwrap_or_default();
        let goes_on = matches!(
            bytes[..hit.range.start],
            [.., b'0'..=b'9', _] | [.., b'0'..=b'9']
        ) || matches!(
            bytes[hit.range.end..],
            [_, b'0'..=b'9', ..] | [b'0'..=b'9', ..]
        );
        let code = hit.kind == Some(PiiKind::UkSortCode) && is_in(value, &[6]);
        code && !is_day(value) && !goes_on
    }

    /// Whether a number counts or orders what comes after it, or is a sum or a house's: "pay 120 for", "at 114 mill lane".
    pub(super) fn is_counted(&self, range: &Range<usize>) -> bool {
        const BEFORE: &[&str] = &[
            "pay", "for", "of", "flat", "number", "no", "room", "bus", "ref", "the", "at", "about",
            "over", "paid", "owe", "least", "by", "route",
        ];
        const AFTER: &[&str] = &[
            "and", "thx", "ta", "cheers", "but", "or", "so", "x", "then", "thanks", "pls",
            "please", "is", "if", "it", "thats", "on", "ok",
        ];
        let text = self.normal.text();
        let part = |c: char| c.is_ascii_alphanumeric();
        let before = text.get(..range.start).unwrap_or_default().trim_end();
        let left = before.rsplit(|c| !part(c)).next().unwrap_or_default();
        let next = text.get(range.end..).and_then(|after| {
            let next = after.strip_prefix(' ')?.split(|c| !part(c)).next()?;
            Some(next).filter(|next| !next.is_empty())
        });
        BEFORE.contains(&left) || next.is_some_and(|next| !AFTER.contains(&next))
    }

    /// Whether an accepted finding of the wanted kinds ends just before a candidate.
    fn neighbour(&self, pending: &Pending) -> bool {
        let start = pending.hit.range.start;
        let upto = self.hits.partition_point(|hit| hit.range.end <= start);
        self.hits[..upto]
            .iter()
            .rev()
            .take_while(|hit| hit.range.end + BRIDGE_MAX >= start)
            .any(|hit| {
                let gap = self.normal.text().get(hit.range.end..start);
                let money = matches!(
                    hit.kind,
                    Some(PiiKind::CreditCard | PiiKind::CardExpiry | PiiKind::UkBankAccount)
                );
                // "booking no. 90218, sort 77-10-26 no. 20044519"; if nothing vetoes it, it is the other half all the same.
                let money = money || pending.vetoed && hit.kind == Some(PiiKind::UkSortCode);
                hit.kind.is_some_and(|kind| pending.beside.contains(&kind))
                    && gap.is_some_and(|gap| joined(gap) || money && bridged(gap))
            })
    }

    /// The account number that stands directly after, of those `found`.
    fn account_after(&mut self, end: usize, found: &Places) -> Option<&mut Hit> {
        let text = self.normal.text();
        let mut near = beginning(found, end, end + BRIDGE_MAX);
        let (_, place) = near.find(|(start, _)| {
            let gap = text.get(end..*start).unwrap_or_default();
            joined(gap) || bridged(gap)
        })?;
        self.hits.get_mut(*place)
    }

    /// Whether a sort code and an account that are said in one go are all of it, where a bank is spoken of.
    fn is_both(&self, code: &Pending, number: &Pending) -> bool {
        let bytes = self.normal.bytes();
        let (start, end) = (code.hit.range.start, number.hit.range.end);
        let digit = |at: Option<usize>| {
            at.and_then(|at| bytes.get(at))
                .is_some_and(u8::is_ascii_digit)
        };
        let money = Cues::SORT_CODE.and(Cues::BANK).and(Cues::ACCOUNT);
        let source = self.source.get(self.normal.source(start..end));
        let said = source.is_some_and(|said| !said.bytes().any(|byte| byte.is_ascii_digit()));
        end == start + 14
            && !digit(start.checked_sub(1))
            && !digit(Some(end))
            && (said || self.all_cues.meets(money))
    }

    /// A sort code and an account number that have no cue but each other.
    fn pair_accounts(&mut self, pending: &[Pending]) {
        let accounts = |kind| move |pending: &&Pending| pending.hit.kind == Some(kind);
        let numbers: Vec<&Pending> = pending
            .iter()
            .filter(accounts(PiiKind::UkBankAccount))
            .collect();
        let is_account = |(_, hit): &(usize, &Hit)| hit.kind == Some(PiiKind::UkBankAccount);
        let found = self.hits.iter().enumerate().filter(is_account);
        let mut found: Places = found.map(|(at, hit)| (hit.range.start, at)).collect();
        for code in pending.iter().filter(accounts(PiiKind::UkSortCode)) {
            let end = code.hit.range.end;
            let normal = self.normal;
            if let Some(account) = self.account_after(end, &found) {
                let score = pair_score(normal, &code.hit, account);
                account.score = account.score.max(score);
                self.hits.push(Hit {
                    score,
                    ..code.hit.clone()
                });
                continue;
            }
            let start = code.hit.range.start;
            let from = numbers.partition_point(|number| number.hit.range.start < end);
            let upto = numbers.partition_point(|number| number.hit.range.end <= start);
            let before = upto.checked_sub(1).and_then(|last| numbers.get(last));
            let beside = |number: &&&Pending| {
                let range = &number.hit.range;
                let first = range.end <= start;
                let between = if first {
                    range.end..start
                } else {
                    end..range.start
                };
                let gap = self.normal.text().get(between).unwrap_or_default();
                let in_pairs = code.hit.range.len() == 8 || gap == "/" || self.is_whole(&code.hit);
                // In one piece, or in two halves; "42 908 117".
                let value = self.normal.bytes().get(range.clone());
                let whole = matches!(range.len(), 8 | 9)
                    || range.len() == 11 && code.hit.range.len() == 8
                    || value.is_some_and(|value| is_in(value, IN_THREES));
                // "134020 63849203"; the other way round the code must be in pairs, or nothing else there.
                let whole_text = self.normal.bytes().len() <= 6 + 8 + ALONE_MAX;
                let solid = code.hit.range.len() == 6
                    && range.len() == 8
                    && (!first || whole_text || gap == "\n");
                let near =
                    joined(gap) || bridged(gap) || gap.is_empty() && self.is_both(code, number);
                (in_pairs && whole || solid) && near
            };
            let number = numbers.get(from).filter(beside);
            if let Some(number) = number.or(before.filter(beside)) {
                let score = pair_score(normal, &code.hit, &number.hit);
                for half in [code, number] {
                    self.hits.push(Hit {
                        score,
                        ..half.hit.clone()
                    });
                }
                found.insert((number.hit.range.start, self.hits.len() - 1));
            }
        }
    }
}

/// Whether digits are in groups of these sizes, or in one piece where there is only one: "42 908 117".
fn is_in(value: &[u8], sizes: &[usize]) -> bool {
    let groups = value.split(|byte| !byte.is_ascii_digit()).map(<[u8]>::len);
    groups.eq(sizes.iter().copied())
}

fn pair_score(normal: &Normal, code: &Hit, account: &Hit) -> u8 {
    let value = |hit: &Hit| normal.bytes().get(hit.range.clone()).unwrap_or_default();
    let whole: [&[usize]; 3] = [&[8], &[4, 4], IN_THREES];
    let is_whole = whole.iter().any(|sizes| is_in(value(account), sizes));
    if is_in(value(code), &[2, 2, 2]) && is_whole {
        WHOLE_PAIR_SCORE
    } else {
        PAIR_SCORE
    }
}

/// Whether one of `others` ends or begins so near that the two may be halves of an account.
fn is_near(others: &Ranges, Range { start, end }: &Range<usize>) -> bool {
    let from = start.saturating_sub(OTHER_HALF_MAX + VALUE_MAX);
    beginning(others, from, end + OTHER_HALF_MAX).any(|other| {
        let gap = start.checked_sub(other.1).or(other.0.checked_sub(*end));
        gap.is_some_and(|gap| gap <= OTHER_HALF_MAX)
    })
}

/// Those that begin at `from` to `to`. All that overlap something are among few: the time stays linear.
fn beginning(ranges: &Ranges, from: usize, to: usize) -> impl Iterator<Item = &(usize, usize)> {
    ranges.range((from, 0)..=(to, usize::MAX))
}

/// Whether six digits may be a day: "17-11-93".
pub(super) fn is_day(value: &[u8]) -> bool {
    let digits: Vec<u8> = value
        .iter()
        .filter(|byte| byte.is_ascii_digit())
        .map(|byte| byte - b'0')
        .collect();
    let pair = |at: usize| {
        digits
            .get(at..at + 2)
            .map_or(0, |pair| pair[0] * 10 + pair[1])
    };
    (1..=31).contains(&pair(0)) && (1..=12).contains(&pair(2))
}
