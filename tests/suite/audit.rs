//! The audit log: whole as it was written, or the first bad entry named.

use crate::archive_fixture::Repeatable;
use cece::transcripts::audit::{self, Action, Audit, AuditError, Deed};
use cece::transcripts::notes::{NoteSigner, NoteVerifier};
use jiff::{Timestamp, ToSpan};
use std::fs;
use std::path::{Path, PathBuf};

struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn open(&self) -> Result<Audit, AuditError> {
        let (dir, checkpoints) = (self.folder.path().join("audit"), self.checkpoints());
        Audit::open(&dir, &checkpoints, self.signer(), now())
    }

    fn signer(&self) -> NoteSigner {
        let path = self.folder.path().join("signing");
        NoteSigner::load_or_make(&path, "cece", &Repeatable::seeded(4)).unwrap()
    }

    fn verifier(&self) -> NoteVerifier {
        self.signer().verifier()
    }

    fn log(&self) -> PathBuf {
        self.folder.path().join("audit/log")
    }

    fn checkpoints(&self) -> PathBuf {
        self.folder.path().join("checkpoints")
    }

    /// A log of so many entries, with a checkpoint after each ten.
    fn filled(entries: u64) -> Self {
        let place = Self::new();
        let audit = place.open().unwrap();
        for number in 1..=entries {
            let deed = Deed::new("jo (officer)", Action::Looked, "0123456789abcdef")
                .about(format!("{number:032x}"))
                .with("number", number);
            assert_eq!(
                audit
                    .append(&deed, now() + number.cast_signed().seconds())
                    .unwrap(),
                number
            );
            if number % 10 == 0 {
                audit.checkpoint(now()).unwrap();
            }
        }
        drop(audit);
        place
    }

    fn faults(&self, against: Option<&Path>) -> Vec<String> {
        let found = audit::verify(&self.log(), &self.checkpoints(), against, &self.verifier());
        found.unwrap().faults
    }

    fn lines(&self) -> Vec<String> {
        let text = fs::read_to_string(self.log()).unwrap();
        text.lines().map(str::to_owned).collect()
    }

    fn put(&self, lines: &[String]) {
        fs::write(self.log(), lines.join("\n") + "\n").unwrap();
    }
}

fn now() -> Timestamp {
    "2026-06-01T12:00:00Z".parse().unwrap()
}

#[test]
fn a_log_is_whole_as_it_was_written_and_goes_on_after_a_restart() {
    let place = Place::filled(25);
    assert_eq!(place.faults(None), [""; 0]);
    let audit = place.open().unwrap();
    assert!(matches!(place.open(), Err(AuditError::InUse { .. })));
    let deed = Deed::new("jo", Action::Erased, "0123456789abcdef");
    assert_eq!(audit.append(&deed, now()).unwrap(), 26);
    let found = audit::verify(&place.log(), &place.checkpoints(), None, &place.verifier()).unwrap();
    assert_eq!(
        (found.entries, found.checkpoints, found.covered),
        (26, 2, 20)
    );
    let erased = audit
        .entries(10, |entry| entry.action == Action::Erased)
        .unwrap();
    assert_eq!(erased.len(), 1);
    assert_eq!(audit.entries(3, |_| true).unwrap()[0].seq, 24);
}

#[test]
fn the_first_bad_entry_is_named() {
    let place = Place::filled(25);
    let whole = place.lines();
    type Harm = fn(&mut Vec<String>);
    let cases: [(Harm, &str); 6] = [
        (
            |lines| lines[4] = lines[4].replace("jo", "al"),
            "entry 5 is not what was written",
        ),
        (|lines| drop(lines.remove(7)), "entry 8 is missing"),
        (
            |lines| lines.swap(2, 3),
            "entry 3 is missing or out of its place",
        ),
        (
            |lines| lines.insert(3, lines[2].clone()),
            "entry 4 is missing or out of its place",
        ),
        (|lines| lines[9] = "{}".to_owned(), "entry 10 is no entry"),
        (|lines| drop(lines.drain(..5)), "entry 1 is missing"),
    ];
    for (harm, told) in cases {
        let mut lines = whole.clone();
        harm(&mut lines);
        place.put(&lines);
        let faults = place.faults(None);
        assert!(faults[0].contains(told), "{told}: {faults:?}");
        // A server does not go on with it.
        let refused = place.open().unwrap_err().to_string();
        assert!(refused.contains("was changed"), "{refused}");
    }
}

/// Writes the log anew from entry `from`, every link right, as somebody with the files could.
fn forged(lines: &[String], from: usize) -> Vec<String> {
    use sha2::{Digest as _, Sha256};
    let mut forged = lines.to_vec();
    for at in from - 1..forged.len() {
        let mut entry: serde_json::Value = serde_json::from_str(&forged[at]).unwrap();
        if at == from - 1 {
            entry["actor"] = "nobody".into();
        } else {
            let digest = Sha256::digest(forged[at - 1].as_bytes());
            let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
            entry["previous"] = hex.into();
        }
        let read: audit::Entry = serde_json::from_value(entry).unwrap();
        forged[at] = serde_json::to_string(&read).unwrap();
    }
    forged
}

#[test]
fn a_log_that_was_cut_short_or_written_anew_is_caught_by_a_checkpoint_kept_elsewhere() {
    let place = Place::filled(25);
    let whole = place.lines();
    let elsewhere = place.folder.path().join("elsewhere.note");
    fs::copy(place.checkpoints().join("000000000020.note"), &elsewhere).unwrap();
    // Whoever has the machine takes its own checkpoints away too.
    fs::remove_dir_all(place.checkpoints()).unwrap();
    assert_eq!(place.faults(Some(&elsewhere)), [""; 0]);

    place.put(&whole[..15]);
    assert_eq!(place.faults(None), [""; 0], "links alone do not show it");
    let faults = place.faults(Some(&elsewhere));
    assert!(
        faults[0].contains("cut short") && faults[0].contains("entry 16"),
        "{faults:?}"
    );

    place.put(&forged(&whole, 12));
    assert_eq!(place.faults(None), [""; 0], "links alone do not show it");
    let faults = place.faults(Some(&elsewhere));
    assert!(faults[0].contains("written anew"), "{faults:?}");

    place.put(&whole);
    let note = fs::read_to_string(&elsewhere).unwrap();
    fs::write(&elsewhere, note.replacen("\n20\n", "\n19\n", 1)).unwrap();
    let faults = place.faults(Some(&elsewhere));
    assert!(
        faults[0].contains("changed after it was signed"),
        "{faults:?}"
    );
}

/// Whether an entry of [`Place::filled`] is one of the first `entries`.
fn first(entries: i64) -> impl Fn(Timestamp) -> bool {
    move |at| at <= now() + entries.seconds()
}

#[test]
fn entries_whose_time_is_over_are_taken_out_and_the_rest_is_still_proven() {
    let place = Place::filled(35);
    let whole = place.lines();
    let elsewhere = place.folder.path().join("elsewhere.note");
    fs::copy(place.checkpoints().join("000000000020.note"), &elsewhere).unwrap();
    let audit = place.open().unwrap();
    assert_eq!(audit.cut(first(0), now()).unwrap(), None);
    assert_eq!(place.lines(), whole);
    let cut = audit.cut(first(13), now()).unwrap().unwrap();
    assert_eq!((cut.entries, cut.until), (13, now() + 13.seconds()));
    assert!(matches!(place.open(), Err(AuditError::InUse { .. })));
    let deed = Deed::new("cece", Action::AuditCut, "0123456789abcdef");
    assert_eq!(audit.append(&deed, now() + 36.seconds()).unwrap(), 36);
    assert_eq!(audit.entries(100, |_| true).unwrap()[0].seq, 14);
    let text = fs::read_to_string(place.log()).unwrap();
    assert!(!text.contains(&format!("{:032x}", 13)), "it is there still");
    let verify = || {
        let (log, checkpoints) = (place.log(), place.checkpoints());
        audit::verify(&log, &checkpoints, Some(&elsewhere), &place.verifier()).unwrap()
    };
    let found = verify();
    assert_eq!(found.faults, [""; 0]);
    assert_eq!((found.entries, found.cut, found.older), (36, Some(cut), 1));
    // Those of 20, here and elsewhere, and of 30.
    assert_eq!((found.checkpoints, found.covered), (3, 30));

    // Once more, where there was a checkpoint, and after a restart.
    drop(audit);
    let audit = place.open().unwrap();
    let cut = audit.cut(first(20), now()).unwrap().unwrap();
    assert_eq!(cut.entries, 20);
    drop(audit);
    let found = verify();
    assert_eq!(found.faults, [""; 0]);
    assert_eq!((found.entries, found.older, found.checkpoints), (36, 1, 3));
    place.open().unwrap();

    // What went is signed, and what is left is linked to it.
    let lines = place.lines();
    type Harm = fn(&mut Vec<String>);
    let cases: [(Harm, &str); 4] = [
        (
            |lines| lines[0] = lines[0].replace("entries 20", "entries 21"),
            "taken out at its beginning: its signature does not fit",
        ),
        (|lines| drop(lines.remove(0)), "entry 1 is missing"),
        (|lines| drop(lines.remove(1)), "entry 21 is missing"),
        (
            |lines| lines[1] = lines[1].replace("jo", "al"),
            "entry 21 is not what was written",
        ),
    ];
    for (harm, told) in cases {
        let mut lines = lines.clone();
        harm(&mut lines);
        place.put(&lines);
        let faults = verify().faults;
        assert!(faults[0].contains(told), "{told}: {faults:?}");
        assert!(place.open().is_err(), "{told}");
    }
    // A log of which more was taken out than was there when the checkpoint was made is another log.
    let other = Place::filled(35);
    other.put(&forged(&whole, 5));
    let audit = other.open().unwrap();
    audit.cut(first(13), now()).unwrap().unwrap();
    drop(audit);
    fs::remove_dir_all(other.checkpoints()).unwrap();
    let faults = other.faults(Some(&elsewhere));
    assert!(faults[0].contains("written anew"), "{faults:?}");
}

#[test]
fn a_torn_last_line_is_taken_off_and_said() {
    let place = Place::filled(5);
    let mut text = fs::read_to_string(place.log()).unwrap();
    text.push_str("{\"seq\":6,\"at\":\"2026-");
    fs::write(place.log(), text).unwrap();
    let audit = place.open().unwrap();
    let last = audit.entries(1, |_| true).unwrap();
    assert_eq!((last[0].seq, last[0].action), (6, Action::Recovered));
    drop(audit);
    assert_eq!(place.faults(None), [""; 0]);
}
