//! Identifiers that carry a check: the digits are worked out once, in `parse`, and what holds a
//! value of one of these types needs no second look.
//!
//! They say that a string *could* have been issued, not that it was. `parse` takes the value in any
//! case and with spaces, dots or dashes anywhere in it.

use super::checks::is_postcode_area;
use std::fmt;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// Letters and digits of an identifier, upper case, without separators, at most `N` of them.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
struct Compact<const N: usize> {
    bytes: [u8; N],
    len: usize,
}

impl<const N: usize> Compact<N> {
    fn read(text: &str) -> Option<Self> {
        let mut compact = Self {
            bytes: [0; N],
            len: 0,
        };
        for byte in text.bytes() {
            match byte {
                b' ' | b'.' | b'-' => {}
                _ if byte.is_ascii_alphanumeric() => {
                    *compact.bytes.get_mut(compact.len)? = byte.to_ascii_uppercase();
                    compact.len += 1;
                }
                _ => return None,
            }
        }
        Some(compact)
    }

    fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or_default()
    }

    /// Only ASCII gets in.
    fn as_str(&self) -> &str {
        std::str::from_utf8(self.as_bytes()).unwrap_or_default()
    }

    /// The digits, if there is nothing else.
    fn digits(&self) -> Option<impl DoubleEndedIterator<Item = u32> + '_> {
        let all = self.as_bytes().iter().all(u8::is_ascii_digit);
        all.then(|| self.as_bytes().iter().map(|byte| u32::from(byte - b'0')))
    }
}

macro_rules! identifier {
    ($(#[$doc:meta])* $name:ident, $max:literal) => {
        $(#[$doc])*
        ///
        /// Its memory is overwritten on drop, and `Debug` does not show the value.
        #[derive(Clone, PartialEq, Eq)]
        pub struct $name(Compact<$max>);

        impl $name {
            /// Upper case, without separators.
            #[must_use]
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        }
    };
}

identifier! {
    /// A payment card number: 12 to 19 digits of a known scheme whose Luhn check holds
    /// (ISO/IEC 7812-1).
    CardNumber, 19
}

identifier! {
    /// A national insurance number with its suffix letter (National Insurance Manual NIM39110).
    Nino, 9
}

identifier! {
    /// An NHS number: ten digits whose check holds (NHS Data Dictionary, NHS NUMBER).
    NhsNumber, 10
}

identifier! {
    /// An international bank account number: country length and mod 97 hold (ISO 13616).
    Iban, 34
}

identifier! {
    /// A unique taxpayer reference: ten digits, the first of which checks the other nine.
    Utr, 10
}

identifier! {
    /// The sort code of a bank's branch: six digits. It has no check of its own.
    SortCode, 6
}

identifier! {
    /// The number of a bank account in the United Kingdom: eight digits. The check that some banks have
    /// is over the sort code too, and is theirs.
    AccountNumber, 8
}

identifier! {
    /// A full postcode: an area of Royal Mail's, a district, and an inward part without C I K M O V.
    Postcode, 7
}

impl SortCode {
    /// Reads a sort code, or nothing.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let compact: Compact<6> = Compact::read(text)?;
        let valid = compact.digits()?.count() == 6;
        valid.then_some(Self(compact))
    }
}

impl AccountNumber {
    /// Reads an account number, or nothing.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let compact: Compact<8> = Compact::read(text)?;
        let valid = compact.digits()?.count() == 8;
        valid.then_some(Self(compact))
    }
}

impl Postcode {
    /// Reads a postcode, or nothing.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let compact: Compact<7> = Compact::read(text)?;
        let bytes = compact.as_bytes();
        let (outward, inward) = bytes.split_at_checked(bytes.len().checked_sub(3)?)?;
        let letters = outward
            .iter()
            .take_while(|byte| byte.is_ascii_uppercase())
            .count();
        let area = std::str::from_utf8(outward.get(..letters)?)
            .ok()?
            .to_ascii_lowercase();
        let district =
            outward.get(letters).is_some_and(u8::is_ascii_digit) && outward.len() - letters <= 2;
        let ending = |byte: &u8| byte.is_ascii_uppercase() && !b"CIKMOV".contains(byte);
        let valid = is_postcode_area(&area)
            && district
            && matches!(inward, [b'0'..=b'9', first, second] if ending(first) && ending(second));
        valid.then_some(Self(compact))
    }
}

impl CardNumber {
    /// Reads a card number, or nothing.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let compact = Compact::read(text)?;
        let valid = scheme_length(compact.as_bytes()) && luhn(compact.digits()?);
        valid.then_some(Self(compact))
    }
}

impl Nino {
    /// Reads a national insurance number, or nothing. `QQ`, the published example, was never
    /// issued and is not valid.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let compact: Compact<9> = Compact::read(text)?;
        let [first, second, middle @ .., suffix] = compact.as_bytes() else {
            return None;
        };
        let never = |letter: &u8| b"DFIQUV".contains(letter) || !letter.is_ascii_uppercase();
        let prefix = [*first, *second];
        let valid = middle.len() == 6
            && middle.iter().all(u8::is_ascii_digit)
            && (b'A'..=b'D').contains(suffix)
            && !never(first)
            && !never(second)
            && *second != b'O'
            && !matches!(
                &prefix,
                b"BG" | b"GB" | b"KN" | b"NK" | b"NT" | b"TN" | b"ZZ"
            );
        valid.then_some(Self(compact))
    }
}

impl NhsNumber {
    /// Reads an NHS number, or nothing.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let compact: Compact<10> = Compact::read(text)?;
        if compact.len != 10 {
            return None;
        }
        let sum: u32 = compact
            .digits()?
            .zip((2..=10).rev())
            .map(|(digit, weight)| digit * weight)
            .sum();
        // 11 counts as 0; 10 is never issued and equals no digit.
        let check = (11 - sum % 11) % 11;
        let valid = compact.digits()?.next_back() == Some(check);
        valid.then_some(Self(compact))
    }
}

impl Iban {
    /// Reads an IBAN, or nothing.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let compact: Compact<34> = Compact::read(text)?;
        let (country, rest) = compact.as_bytes().split_at_checked(2)?;
        let (check, account) = rest.split_at_checked(2)?;
        if !check.iter().all(u8::is_ascii_digit) || Self::length(country) != Some(compact.len) {
            return None;
        }
        let remainder = account
            .iter()
            .chain(country)
            .chain(check)
            .fold(0, |sum: u32, byte| match byte {
                b'0'..=b'9' => (sum * 10 + u32::from(byte - b'0')) % 97,
                _ => (sum * 100 + u32::from(byte.saturating_sub(b'A')) + 10) % 97,
            });
        (remainder == 1).then_some(Self(compact))
    }

    /// How many characters an IBAN of a country (upper-case code) has;
    /// `None` for a country without IBANs.
    pub(super) fn length(country: &[u8]) -> Option<usize> {
        const EACH: usize = "NO ".len();
        IBAN_LENGTHS
            .iter()
            .find(|(_, countries)| {
                let mut listed = countries.as_bytes().chunks(EACH);
                listed.any(|listed| listed.starts_with(country))
            })
            .map(|(length, _)| *length)
    }
}

/// Characters of an IBAN and the countries that have so many, from the SWIFT IBAN registry.
pub(super) const IBAN_LENGTHS: &[(usize, &str)] = &[
    (15, "NO"),
    (16, "BE"),
    (18, "DK FO FI GL NL SD FK"),
    (19, "MK SI"),
    (20, "AT BA EE KZ XK LT LU MN"),
    (21, "HR LV LI CH"),
    (22, "BH BG CR GE DE IE ME RS GB VA"),
    (23, "GI IQ IL OM SO TL AE"),
    (24, "AD CZ MD PK RO SA SK ES SE TN VG"),
    (25, "LY PT ST"),
    (26, "IS TR"),
    (27, "BI DJ FR GR IT MR MC SM"),
    (28, "AL AZ BY CY DO GT HU LB NI PL SV"),
    (29, "BR EG PS QA UA"),
    (30, "JO KW MU YE"),
    (31, "MT SC"),
    (32, "LC"),
    (33, "RU"),
];

impl Utr {
    /// Reads a unique taxpayer reference, or nothing.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        const WEIGHTS: [u32; 9] = [6, 7, 8, 9, 10, 5, 4, 3, 2];
        const CHECKS: [u32; 11] = [2, 1, 9, 8, 7, 6, 5, 4, 3, 2, 1];
        let compact: Compact<10> = Compact::read(text)?;
        if compact.len != 10 {
            return None;
        }
        let mut digits = compact.digits()?;
        let check = digits.next()?;
        let sum: u32 = digits
            .zip(WEIGHTS)
            .map(|(digit, weight)| digit * weight)
            .sum();
        let valid = CHECKS.get(sum as usize % 11) == Some(&check);
        valid.then_some(Self(compact))
    }
}

fn luhn(digits: impl DoubleEndedIterator<Item = u32>) -> bool {
    let sum: u32 = digits
        .rev()
        .enumerate()
        .map(|(place, digit)| match (place % 2, digit * 2) {
            (0, _) => digit,
            (_, twice @ 10..) => twice - 9,
            (_, twice) => twice,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Whether a card number can begin with these digits.
pub(super) fn scheme_prefix(digits: &[u8]) -> bool {
    match digits {
        [b'4' | b'6', ..] => true,
        [b'5', second, ..] => *second <= b'8',
        [b'3', second, ..] => matches!(second, b'0' | b'4'..=b'9'),
        [b'2', b'2', b'2', fourth, ..] => *fourth >= b'1',
        [b'2', b'2', third, _, ..] => *third >= b'3',
        [b'2', second, _, _, ..] => (b'3'..=b'7').contains(second),
        _ => false,
    }
}

/// Whether the first digits belong to a card scheme and the number is as long as its cards are.
fn scheme_length(digits: &[u8]) -> bool {
    let lead = |count: usize| {
        digits.iter().take(count).fold(0, |number: u32, byte| {
            number * 10 + u32::from(byte.wrapping_sub(b'0'))
        })
    };
    let length = digits.len();
    match digits.first() {
        Some(b'4') => matches!(length, 13 | 16 | 19),
        Some(b'2') => length == 16 && (2221..=2720).contains(&lead(4)),
        Some(b'3') => match lead(2) {
            34 | 37 => length == 15,
            30 | 36 | 38 | 39 => (14..=19).contains(&length),
            35 => (16..=19).contains(&length),
            _ => false,
        },
        Some(b'5') => match lead(2) {
            51..=55 => length == 16,
            // Maestro.
            50 | 56..=58 => (12..=19).contains(&length),
            _ => false,
        },
        // Discover, UnionPay and Maestro.
        Some(b'6') => (12..=19).contains(&length),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Published test cards of the payment providers, and near misses.
    #[test]
    fn cards() {
        let valid = "4111 1111 1111 1111|4012-8888-8888-1881|5555555555554444|2223003122003222|\
            378282246310005|6011111111111117|30569309025904|3530111333300000|6759649826438453|\
            6799 9901 0000 0000 019|4222222222222";
        for card in valid.split('|') {
            assert!(CardNumber::parse(card).is_some(), "{card}");
        }
        for card in "4111111111111112|9111111111111111|41111111|x|411111111111111a".split('|') {
            assert!(CardNumber::parse(card).is_none(), "{card}");
        }
    }

    #[test]
    fn national_insurance_numbers() {
        for nino in ["AA 12 34 56 A", "jg103759a", "wm-78-90-12-d"] {
            assert!(Nino::parse(nino).is_some(), "{nino}");
        }
        for nino in "QQ123456C|GB123456A|AO123456A|DA123456A|AA123456E|AA12345A|AA123456|ZZ123456A"
            .split('|')
        {
            assert!(Nino::parse(nino).is_none(), "{nino}");
        }
        assert_eq!(
            Nino::parse("jg 10 37 59 a")
                .map(|nino| nino.as_str().to_owned())
                .as_deref(),
            Some("JG103759A")
        );
    }

    #[test]
    fn bank_details_and_postcodes() {
        assert!(SortCode::parse("20-00-00").is_some() && SortCode::parse("20-00-0").is_none());
        assert!(AccountNumber::parse("5577 9911").is_some());
        assert!(AccountNumber::parse("5577991a").is_none());
        for postcode in ["sw1a 1aa", "M1 1AE", "CR26XH", "dn55 1pt"] {
            assert!(Postcode::parse(postcode).is_some(), "{postcode}");
        }
        for none in ["AB1 1CC", "QQ1 1AA", "SW1A 1A", "SW1AA 1AA", "1AA", ""] {
            assert!(Postcode::parse(none).is_none(), "{none}");
        }
    }

    #[test]
    fn nhs_numbers() {
        for nhs in ["943 476 5919", "999-314-1593", "9998080703"] {
            assert!(NhsNumber::parse(nhs).is_some(), "{nhs}");
        }
        // A wrong digit, a wrong length, and a check that comes to 10.
        for nhs in ["943 476 5918", "943476591", "9990000000", "99931415930"] {
            assert!(NhsNumber::parse(nhs).is_none(), "{nhs}");
        }
    }

    #[test]
    fn ibans_and_tax_references() {
        for iban in [
            "GB82 WEST 1234 5698 7654 32",
            "ie29aibk93115212345678",
            "NO9386011117947",
        ] {
            assert!(Iban::parse(iban).is_some(), "{iban}");
        }
        for iban in [
            "GB82 WEST 1234 5698 7654 33",
            "GB82WEST123456987654",
            "ZZ82WEST12345698765432",
        ] {
            assert!(Iban::parse(iban).is_none(), "{iban}");
        }
        for (utr, valid) in [
            ("2234567890", true),
            ("81002 00300", true),
            ("1234567890", false),
        ] {
            assert_eq!(Utr::parse(utr).is_some(), valid, "{utr}");
        }
    }

    #[test]
    fn values_are_not_shown() {
        let shown = format!("{:?}", Nino::parse("AA123456A"));
        assert_eq!(shown, "Some(Nino(..))");
    }
}
