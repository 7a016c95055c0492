//! Keys as they come one by one. One key answers a menu; a number is gathered until it is whole. What
//! is keyed is held in memory that is wiped, and goes on only as a turn.

use crate::pii::RawText;
use std::time::Duration;
use zeroize::Zeroizing;

/// Time after the last key at which a number is taken to be whole.
pub(super) const NUMBER_WAIT: Duration = Duration::from_secs(3);
/// Time after a menu's key in which more keys belong to it: somebody keys in a number unasked.
pub(super) const RUN_WAIT: Duration = Duration::from_millis(1200);
/// The most keys in one go.
const KEYS_MAX: usize = 32;

/// What was keyed.
pub(super) enum Keyed {
    /// One key.
    One(char),
    /// Several, as their digits.
    Number(RawText),
}

/// What was keyed at once, as a platform sends it that gathers keys itself; none where it is nothing.
pub(super) fn at_once(keys: &RawText) -> Option<Keyed> {
    if let Some(key) = keys.only_key() {
        return Some(Keyed::One(key));
    }
    let digits = keys.digits(KEYS_MAX);
    (!digits.is_blank()).then_some(Keyed::Number(digits))
}

/// Whether it is a key of a telephone.
pub(super) fn is_key(key: char) -> bool {
    key.is_ascii_digit() || matches!(key, '*' | '#')
}

/// Gathers keys.
#[derive(Default)]
pub(super) struct Keypad {
    keys: Zeroizing<String>,
    /// Whether the first of them was taken as a menu's already.
    is_first_taken: bool,
}

impl Keypad {
    /// A key was pressed, where an answer has up to `keys_max`; what is to be taken at once.
    pub(super) fn press(&mut self, key: char, keys_max: usize) -> Option<Keyed> {
        if self.keys.is_empty() && key == '#' {
            return None;
        }
        if key == '#' {
            return self.take();
        }
        if self.keys.len() < KEYS_MAX {
            self.keys.push(key);
        }
        if self.keys.len() == 1 && keys_max <= 1 {
            self.is_first_taken = true;
            return Some(Keyed::One(key));
        }
        (keys_max > 1 && self.keys.len() >= keys_max)
            .then(|| self.take())
            .flatten()
    }

    /// How long to wait for a further key; none where none was pressed.
    pub(super) fn wait(&self) -> Option<Duration> {
        match (self.keys.is_empty(), self.is_first_taken) {
            (true, _) => None,
            (false, true) => Some(RUN_WAIT),
            (false, false) => Some(NUMBER_WAIT),
        }
    }

    /// No further key comes: what was gathered, if it is not taken already. Two are no number, but an
    /// answer each: whoever knows the menu is quick, and 0 is heard every time.
    pub(super) fn take(&mut self) -> Option<Keyed> {
        let keys = std::mem::take(&mut self.keys);
        let is_first_taken = std::mem::take(&mut self.is_first_taken);
        match (keys.len(), is_first_taken) {
            (0, _) | (1, true) => None,
            (2, true) => keys.chars().last().map(Keyed::One),
            _ => at_once(&RawText::new(keys.as_str().to_owned())),
        }
    }

    /// The caller speaks instead: what was gathered is no answer.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(keyed: Option<Keyed>) -> String {
        match keyed {
            None => "-".to_owned(),
            Some(Keyed::One(key)) => key.to_string(),
            Some(Keyed::Number(text)) => format!("{} keys", text.len_bytes()),
        }
    }

    /// Keys pressed in one go where up to so many are asked for, and what is taken; `.` is the pause.
    #[test]
    fn menus_are_quick_and_numbers_are_whole() {
        let cases: [(&str, usize, &[&str]); 10] = [
            ("1.", 1, &["1", "-"]),
            ("0.", 1, &["0", "-"]),
            ("0.", 11, &["-", "0"]),
            (
                "07700900123",
                11,
                &["-", "-", "-", "-", "-", "-", "-", "-", "-", "-", "11 keys"],
            ),
            ("0770#", 11, &["-", "-", "-", "-", "4 keys"]),
            ("4111.", 1, &["4", "-", "-", "-", "4 keys"]),
            ("#.", 1, &["-", "-"]),
            ("1.2.", 1, &["1", "-", "2", "-"]),
            ("20.", 1, &["2", "-", "0"]),
            ("200.", 1, &["2", "-", "-", "3 keys"]),
        ];
        for (keys, keys_max, expected) in cases {
            let mut pad = Keypad::default();
            let seen: Vec<String> = keys
                .chars()
                .map(|key| match key {
                    '.' => shown(pad.take()),
                    key => shown(pad.press(key, keys_max)),
                })
                .collect();
            assert_eq!(seen, expected, "{keys} of {keys_max}");
        }
    }
}
