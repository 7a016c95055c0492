//! What keys of the keyring are called, and what is destroyed together.

use jiff::civil::Date;
use std::fmt;

/// Which key of the keyring: random, so that it is never given twice, even after a restored backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KekId(pub u64);

impl fmt::Display for KekId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// What is destroyed together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bucket {
    /// Last days in this month.
    Until(Month),
    /// No last day known in this month.
    Open(Month),
}

/// A month of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: i16,
    month: i8,
}

impl Bucket {
    /// Where something belongs that is kept until `due`, or of which that is not known on `today`.
    #[must_use]
    pub fn of(due: Option<Date>, today: Date) -> Self {
        let month = |date: Date| Month {
            year: date.year(),
            month: date.month(),
        };
        due.map_or_else(|| Self::Open(month(today)), |due| Self::Until(month(due)))
    }

    /// Whether its month is over on `today`.
    #[must_use]
    pub fn is_before(self, today: Date) -> bool {
        let (Self::Until(month) | Self::Open(month)) = self;
        (month.year, month.month) < (today.year(), today.month())
    }

    /// Whether it is a month after that of `other`, of two with an end.
    #[must_use]
    pub fn outlives(self, other: Self) -> bool {
        matches!((self, other), (Self::Until(month), Self::Until(other)) if month > other)
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        let (month, open) = text
            .strip_prefix("open-")
            .map_or((text, false), |month| (month, true));
        let first: Date = format!("{month}-01").parse().ok()?;
        Some(Self::of((!open).then_some(first), first))
    }
}

impl fmt::Display for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (prefix, month) = match self {
            Self::Until(month) => ("", month),
            Self::Open(month) => ("open-", month),
        };
        write!(f, "{prefix}{:04}-{:02}", month.year, month.month)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn buckets_read_as_they_are_written() {
        let until = Bucket::of(Some(date(2027, 11, 17)), date(2026, 1, 1));
        let open = Bucket::of(None, date(2026, 2, 28));
        for (bucket, text) in [(until, "2027-11"), (open, "open-2026-02")] {
            assert_eq!(bucket.to_string(), text);
            assert_eq!(Bucket::parse(text), Some(bucket));
        }
        for text in [
            "",
            "open",
            "2027",
            "2027-13",
            "open-",
            "2027-00",
            "2027-11-01",
        ] {
            assert_eq!(Bucket::parse(text), None, "{text}");
        }
    }
}
