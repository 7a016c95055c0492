//! Bank holidays of England and Wales.

use jiff::civil::Date;
use std::collections::BTreeSet;

/// Bank holidays by rule, with the days that were proclaimed or that the council itself closes.
#[derive(Debug, Clone, Default)]
pub struct BankHolidays {
    /// Days that no rule gives.
    pub extra: BTreeSet<Date>,
}

impl BankHolidays {
    /// Whether `day` is a bank holiday or a closing day.
    #[must_use]
    pub fn contains(&self, day: Date) -> bool {
        self.extra.contains(&day)
    }
}
