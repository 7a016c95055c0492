//! What is kept goes when it should and not before: the sweeper, holds, erasure, keys, restored backups,
//! each tried with the old files and the present keyring.

use crate::archive_fixture::{
    NO_ROOM_KEPT, Repeatable, archive, conversation, id, keyring, opening, reference, start, turn,
};
use cece::dialogue::{Channel, Event};
use cece::transcripts::archive::{Archive, ArchiveError, Breaker, Identifier, Note, Scope, Sweep};
use cece::transcripts::backup;
use cece::transcripts::keys::{Keyring, MasterKey};
use cece::transcripts::ledger::Ledger;
use cece::transcripts::record::DataClass;
use cece::transcripts::retention::ClassName;
use cece::transcripts::{Memory, Sled, Store};
use jiff::civil::date;
use jiff::{Timestamp, ToSpan};
use serde_json::{from_value, json};
use std::path::{Path, PathBuf};
use std::sync::Arc;

struct Place {
    folder: tempfile::TempDir,
    keyring: Arc<Keyring>,
    ledger: Arc<Ledger>,
    archive: Archive,
}

impl Place {
    async fn in_memory() -> Self {
        Self::over(|_| Arc::new(Memory::default())).await
    }

    async fn on_disk() -> Self {
        Self::over(|folder| Arc::new(Sled::open(&folder.join("live"), NO_ROOM_KEPT).unwrap())).await
    }

    async fn over(store: impl FnOnce(&Path) -> Arc<dyn Store>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let keyring = keyring(folder.path());
        let archive = archive(store(folder.path()), &keyring, 2);
        archive.bind().await.unwrap();
        let ledger = Ledger::open(&folder.path().join("audit"), Arc::clone(&keyring)).unwrap();
        Self {
            folder,
            keyring,
            ledger: Arc::new(ledger),
            archive,
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    async fn sweep(&self, now: Timestamp) -> u64 {
        match self
            .archive
            .sweep(Breaker::default(), None, "test", now)
            .await
            .unwrap()
        {
            Sweep::Done(done) => done.records,
            Sweep::TooMany(plan) => panic!("{plan:?}"),
        }
    }

    async fn is_there(&self, number: u64) -> bool {
        self.archive.read(id(number)).await.unwrap().is_some()
    }

    async fn whole(&self) {
        let found = self.archive.verify().await.unwrap();
        assert_eq!(found.faults, [""; 0]);
    }
}

fn noon(day: &str) -> Timestamp {
    format!("{day}T12:00:00Z").parse().unwrap()
}

// In the fixture's register: chat P6M from closing, so what closes on 1 June 2026 in London is kept to
// 1 December; usage P13M from its making, to 1 July 2027; technical P30D, to 1 July 2026.

#[tokio::test]
async fn what_is_over_is_refused_the_next_day_and_purged_by_the_sweeper() {
    let place = Place::in_memory().await;
    conversation(&place.archive, 1, &["heard a", "heard b; closed"]).await;
    conversation(&place.archive, 2, &["heard c"]).await;
    let served = |number, day: &'static str| {
        let archive = &place.archive;
        async move { archive.served(id(number), noon(day)).await }
    };
    assert!(served(1, "2026-12-01").await.unwrap().is_some());
    let over = served(1, "2026-12-02").await.unwrap_err();
    assert!(matches!(over, ArchiveError::Expired { due } if due == date(2026, 12, 1)));
    assert!(over.to_string().contains("2026-12-01"), "{over}");
    // Still open: its last day is not known.
    assert!(served(2, "2026-12-02").await.unwrap().is_some());

    // Two technical records first, then the conversation; usage data outlives both.
    assert_eq!(place.sweep(noon("2026-07-01")).await, 0);
    assert_eq!(place.sweep(noon("2026-07-02")).await, 2);
    place.whole().await;
    assert!(place.is_there(1).await);
    assert_eq!(place.sweep(noon("2026-12-02")).await, 1);
    assert!(!place.is_there(1).await && place.is_there(2).await);
    assert_eq!(place.archive.find(&reference(1)).await.unwrap(), None);
    place.whole().await;
    assert_eq!(place.sweep(noon("2026-12-02")).await, 0);
    assert_eq!(place.sweep(noon("2027-07-02")).await, 2);
    place.whole().await;
    let runs = place.archive.dispositions().await.unwrap();
    assert_eq!(runs.iter().map(|run| run.records).sum::<u64>(), 5);
    assert!(runs.iter().all(|run| run.register == "0123456789abcdef"));
    let told = serde_json::to_string(&runs).unwrap();
    assert!(!told.contains(&reference(1)) && !told.contains(&id(1).to_string()));
}

#[tokio::test]
async fn a_month_that_is_over_takes_its_keys_with_it() {
    let place = Place::in_memory().await;
    conversation(&place.archive, 1, &["heard a; closed"]).await;
    let keys = |class: &str| {
        let keks = place.keyring.keks().into_iter();
        keks.filter(|kek| kek.class.as_str() == class)
            .map(|kek| kek.bucket.to_string())
            .collect::<Vec<_>>()
    };
    // Before it was closed it was sealed under a key without an end; that goes too.
    let mut chat = keys("chat");
    chat.sort();
    assert_eq!(chat, ["2026-12", "open-2026-06"]);
    place.sweep(noon("2026-07-01")).await;
    assert_eq!(keys("chat"), ["2026-12"]);
    place.sweep(noon("2026-12-31")).await;
    assert!(!place.is_there(1).await);
    assert_eq!(keys("chat"), ["2026-12"], "the month is not over");
    place.sweep(noon("2027-01-01")).await;
    assert_eq!(keys("chat"), [""; 0]);
}

#[tokio::test]
async fn a_hold_beats_the_register_until_it_is_released() {
    let place = Place::in_memory().await;
    for number in [1, 2] {
        conversation(&place.archive, number, &["heard a; closed"]).await;
    }
    let scope = Scope::Conversation {
        id: id(1),
        reference: reference(1),
    };
    let why = ("Legal services", "a claim of the blue gate");
    let bad = place
        .archive
        .add_hold(scope.clone(), why, date(2026, 6, 1), noon("2026-06-01"))
        .await;
    assert!(bad.unwrap_err().to_string().contains("not in the future"));
    let hold = place
        .archive
        .add_hold(scope, why, date(2027, 6, 1), noon("2026-06-01"))
        .await
        .unwrap();
    let now = noon("2027-08-01");
    place.sweep(now).await;
    assert!(place.is_there(1).await && !place.is_there(2).await);
    assert!(place.archive.served(id(1), now).await.unwrap().is_some());
    place.whole().await;
    // A restart knows it still, and erasure is refused with its owner.
    let again = archive(Arc::new(Memory::default()), &place.keyring, 3);
    assert!(again.holds().is_empty());
    place.archive.bind().await.unwrap();
    assert_eq!(*place.archive.holds(), [hold.clone()]);
    let receipt = place
        .archive
        .erase(id(1), &place.ledger, now)
        .await
        .unwrap()
        .unwrap();
    assert_eq!((receipt.number, receipt.erased.len()), (None, 0));
    assert!(
        receipt.kept[0].1.contains("Legal services"),
        "{:?}",
        receipt.kept
    );
    assert!(place.is_there(1).await);

    let released = place.archive.release_hold(hold.id, now).await.unwrap();
    assert_eq!(released, Some(hold.clone()));
    assert_eq!(
        place.archive.release_hold(hold.id, now).await.unwrap(),
        None
    );
    place.sweep(now).await;
    assert!(!place.is_there(1).await);
    place.whole().await;

    conversation(&place.archive, 3, &["heard a; closed"]).await;
    let scope = Scope::Class(ClassName::new("chat"));
    let later = now + (24 * 400).hours();
    let due = place.archive.holds_on(
        id(3),
        &place
            .archive
            .read(id(3))
            .await
            .unwrap()
            .unwrap()
            .0
            .tags()
            .conversation
            .clone(),
    );
    assert!(due.is_empty());
    place
        .archive
        .add_hold(scope, why, date(2030, 1, 1), now)
        .await
        .unwrap();
    place.sweep(later).await;
    assert!(place.is_there(3).await, "a hold on its class");
}

#[tokio::test]
async fn a_run_that_is_larger_than_usual_is_refused_until_somebody_names_its_number() {
    let place = Place::in_memory().await;
    for number in 1..=12 {
        conversation(&place.archive, number, &["heard a; closed"]).await;
    }
    let breaker = Breaker {
        multiple: 3,
        floor: 10,
    };
    let now = noon("2026-07-02");
    let plan = place.archive.plan_sweep(breaker, now).await.unwrap();
    assert_eq!((plan.records, plan.limit), (12, 10));
    assert_eq!(plan.groups.len(), 1);
    assert_eq!(plan.groups[0].data, DataClass::Technical);
    for expected in [None, Some(11)] {
        let refused = place
            .archive
            .sweep(breaker, expected, "test", now)
            .await
            .unwrap();
        assert!(matches!(refused, Sweep::TooMany(plan) if plan.records == 12));
    }
    let done = place
        .archive
        .sweep(breaker, Some(12), "test", now)
        .await
        .unwrap();
    assert!(matches!(done, Sweep::Done(done) if done.records == 12));
    // Twelve are usual from now on.
    let plan = place.archive.plan_sweep(breaker, now).await.unwrap();
    assert_eq!(plan.limit, 36);
}

#[tokio::test]
async fn a_clock_that_is_set_back_brings_nothing_back_and_destroys_nothing() {
    let place = Place::in_memory().await;
    conversation(&place.archive, 1, &["heard a; closed"]).await;
    place.archive.see_day(noon("2026-12-05")).await.unwrap();
    let back = noon("2026-06-05");
    assert!(matches!(
        place.archive.served(id(1), back).await,
        Err(ArchiveError::Expired { .. })
    ));
    let told = place
        .archive
        .sweep(Breaker::default(), None, "test", back)
        .await;
    let told = told.unwrap_err().to_string();
    assert!(
        told.contains("2026-06-05") && told.contains("set the clock"),
        "{told}"
    );
    // Also after a restart.
    place.archive.bind().await.unwrap();
    assert_eq!(place.archive.today(back), date(2026, 12, 5));
}

#[tokio::test]
async fn a_case_that_is_closed_starts_the_period_and_a_correction_supersedes() {
    let place = Place::in_memory().await;
    let now = noon("2026-06-03");
    let held = conversation(
        &place.archive,
        1,
        &["heard a; retagged complaint; said A", "heard b; closed"],
    )
    .await;
    assert_eq!(held.tags().conversation.due, None);
    let early = Note::CaseClosed {
        on: date(2026, 5, 1),
    };
    let told = place
        .archive
        .note(&held, early, "jo", now)
        .await
        .unwrap_err();
    assert!(
        told.to_string().contains("before the conversation began"),
        "{told}"
    );
    let closed = Note::CaseClosed {
        on: date(2026, 6, 2),
    };
    let held = place.archive.note(&held, closed, "jo", now).await.unwrap();
    assert_eq!(held.tags().conversation.due, Some(date(2033, 6, 2)));
    let right = Note::Corrected {
        seq: 3,
        text: "it was the green bin".to_owned(),
    };
    let held = place
        .archive
        .note(&held, right.clone(), "jo", now)
        .await
        .unwrap();
    let none = Note::Corrected {
        seq: 99,
        text: "x".to_owned(),
    };
    let told = place
        .archive
        .note(&held, none, "jo", now)
        .await
        .unwrap_err();
    assert!(told.to_string().contains("no entry 99"), "{told}");

    let (again, turns) = place.archive.read(id(1)).await.unwrap().unwrap();
    assert_eq!(turns.len(), 3, "what was said stays as it was");
    assert_eq!(again.tags(), held.tags());
    let notes = place.archive.notes(&again).await.unwrap();
    assert_eq!(notes.len(), 2);
    assert_eq!((notes[1].number, &notes[1].note), (2, &right));
    place.whole().await;
}

fn filled(slot: &str, value: &str) -> Event {
    Event::SlotFilled {
        intent: from_value(json!("waste/missed-bin")).unwrap(),
        slot: slot.to_owned(),
        value: from_value(json!(value)).unwrap(),
        personal: true,
    }
}

#[tokio::test]
async fn a_person_is_found_by_what_a_form_was_given_and_by_nothing_else() {
    let place = Place::in_memory().await;
    let mut held = place.archive.open(opening(1, Channel::Web)).await.unwrap();
    for (minutes, event) in [
        filled("name", "Jo Bloggs"),
        filled("phone", "07700 900123"),
        filled("date_of_birth", "1985-03-07"),
        filled("email", "Jo.Bloggs@example.org"),
    ]
    .into_iter()
    .enumerate()
    {
        let mut one = turn(held.next_seq(), minutes as i64, "heard x");
        one.events.push(event);
        place.archive.append(&mut held, &one).await.unwrap();
    }
    conversation(&place.archive, 2, &["heard my number is 07700 900123"]).await;
    let known = [
        Identifier::phone("+44 7700 900123"),
        Identifier::email("jo.bloggs@EXAMPLE.org"),
        Identifier::person("jo bloggs", "07/03/1985"),
    ];
    for identifier in known.iter().flatten() {
        let found = place.archive.find_subject(identifier).await.unwrap();
        assert_eq!(found, [id(1)], "{identifier:?}");
    }
    let unknown = Identifier::person("jo bloggs", "08/03/1985").unwrap();
    assert!(
        place
            .archive
            .find_subject(&unknown)
            .await
            .unwrap()
            .is_empty()
    );

    place
        .archive
        .erase(id(1), &place.ledger, noon("2026-06-02"))
        .await
        .unwrap();
    for identifier in known.iter().flatten() {
        let found = place.archive.find_subject(identifier).await.unwrap();
        assert!(found.is_empty(), "{identifier:?}");
    }
    let identifier = known[0].clone().unwrap();
    assert_eq!(place.archive.opted_out(&identifier).await.unwrap(), None);
    place
        .archive
        .opt_out(&identifier, noon("2026-06-02"))
        .await
        .unwrap();
    assert_eq!(
        place.archive.opted_out(&identifier).await.unwrap(),
        Some(date(2026, 6, 2))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn erasing_one_leaves_the_others_and_the_keys_that_sealed_it_are_gone() {
    let place = Place::in_memory().await;
    for number in 1..=20 {
        let end = if number % 2 == 0 {
            "heard b; closed"
        } else {
            "heard b"
        };
        conversation(&place.archive, number, &["heard a", end]).await;
    }
    let before = place.keyring.keks();
    let receipt = place
        .archive
        .erase(id(8), &place.ledger, noon("2026-06-02"))
        .await;
    let receipt = receipt.unwrap().unwrap();
    assert_eq!(receipt.erased.len(), 3);
    assert!(receipt.resealed >= 19, "{receipt:?}");
    let after = place.keyring.keks();
    for key in &receipt.keys {
        assert!(before.iter().any(|kek| kek.id.to_string() == *key));
        assert!(
            !after.iter().any(|kek| kek.id.to_string() == *key),
            "{key} is there"
        );
    }
    assert!(!place.is_there(8).await);
    place.whole().await;
    for number in (1..=20).filter(|number| *number != 8) {
        assert!(place.is_there(number).await, "{number}");
    }
    // Those that go on go on, though the key that they began under is gone.
    let (mut held, _) = place.archive.read(id(7)).await.unwrap().unwrap();
    let next = turn(held.next_seq(), 30, "heard c; closed");
    place.archive.append(&mut held, &next).await.unwrap();
    place.whole().await;
    assert_eq!(
        place
            .archive
            .erase(id(8), &place.ledger, noon("2026-06-02"))
            .await
            .unwrap(),
        None
    );
    let orders = place.ledger.orders().unwrap();
    assert_eq!(orders.len(), 1);
    assert!(orders[0].1, "it was carried out");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_on_while_others_are_erased_is_not_lost() {
    let place = Arc::new(Place::in_memory().await);
    for number in 1..=10 {
        conversation(&place.archive, number, &["heard a; closed"]).await;
    }
    let writer = Arc::clone(&place);
    let writing = tokio::spawn(async move {
        for number in 100..160 {
            conversation(&writer.archive, number, &["heard a", "heard b; closed"]).await;
        }
    });
    for number in 1..=10 {
        place
            .archive
            .erase(id(number), &place.ledger, noon("2026-06-02"))
            .await
            .unwrap();
    }
    writing.await.unwrap();
    for number in 100..160 {
        assert!(place.is_there(number).await, "{number}");
    }
    place.whole().await;
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erased_conversation_opens_in_no_old_copy_with_the_present_keyring() {
    let place = Place::on_disk().await;
    for number in 1..=30 {
        conversation(
            &place.archive,
            number,
            &["heard the blue gate by the mill", "heard b; closed"],
        )
        .await;
    }
    // A backup, and the live files as a thief or a file system would have copied them.
    let exported = place.path("backup");
    place.archive.export(exported.clone()).await.unwrap();
    place
        .archive
        .erase(id(13), &place.ledger, noon("2026-06-02"))
        .await
        .unwrap();
    let Place {
        folder,
        keyring,
        ledger,
        archive: live,
    } = place;
    drop(live);
    let copied = folder.path().join("copied");
    copy(&folder.path().join("live"), &copied);
    for dir in [&copied, &exported] {
        let store = Arc::new(Sled::open(dir, NO_ROOM_KEPT).unwrap());
        let old = archive(store, &keyring, 5);
        old.bind().await.unwrap();
        match old.read(id(13)).await {
            Ok(read) => assert!(read.is_none(), "{}", dir.display()),
            Err(error) => {
                let told = error.to_string();
                assert!(told.contains("expired or was erased"), "{told}");
            }
        }
    }
    // Restored with the present keyring: what cannot be opened is taken out, the rest is whole.
    let store = Arc::new(Sled::open(&exported, NO_ROOM_KEPT).unwrap());
    let old = archive(store, &keyring, 6);
    let restored = backup::settle(&old, &ledger, noon("2026-06-03"))
        .await
        .unwrap();
    assert_eq!(restored.faults, [""; 0]);
    assert_eq!(restored.erased, 1);
    assert!(old.read(id(13)).await.unwrap().is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_with_its_own_keys_is_erased_again_before_it_serves() {
    let place = Place::on_disk().await;
    for number in 1..=10 {
        conversation(&place.archive, number, &["heard a", "heard b; closed"]).await;
    }
    let exported = place.path("backup");
    place.archive.export(exported.clone()).await.unwrap();
    copy(&place.path("keys"), &place.path("old/keys"));
    place
        .archive
        .erase(id(4), &place.ledger, noon("2026-06-02"))
        .await
        .unwrap();

    // The keyring that was backed up with it opens it: that is what backups are for.
    let keys = keyring(&place.path("old"));
    let store = Arc::new(Sled::open(&exported, NO_ROOM_KEPT).unwrap());
    let old = archive(store, &keys, 5);
    assert!(old.read(id(4)).await.unwrap().is_some());
    let ledger = Arc::new(Ledger::open(&place.path("audit"), Arc::clone(&keys)).unwrap());
    let restored = backup::settle(&old, &ledger, noon("2026-06-03"))
        .await
        .unwrap();
    assert_eq!((restored.erased, restored.buried), (1, 0));
    assert_eq!((restored.conversations, restored.faults.len()), (9, 0));
    assert!(old.read(id(4)).await.unwrap().is_none());
    for number in (1..=10).filter(|number| *number != 4) {
        assert!(old.read(id(number)).await.unwrap().is_some(), "{number}");
    }
}

#[tokio::test]
async fn an_erasure_that_was_stopped_half_way_is_finished_at_the_next_start() {
    let place = Place::in_memory().await;
    conversation(&place.archive, 1, &["heard a; closed"]).await;
    conversation(&place.archive, 2, &["heard b; closed"]).await;
    // The order is written, and then the power goes.
    let order = from_value(json!({
        "receipt": "00112233aabbccdd",
        "at": start(),
        "conversation": id(1),
        "classes": ["conversation", "usage", "technical"],
        "keys": [],
    }));
    place.ledger.order(order.unwrap()).unwrap();
    let now = noon("2026-06-02");
    assert_eq!(
        place
            .archive
            .replay(&place.ledger, false, now)
            .await
            .unwrap(),
        1
    );
    assert!(!place.is_there(1).await && place.is_there(2).await);
    assert_eq!(
        place
            .archive
            .replay(&place.ledger, false, now)
            .await
            .unwrap(),
        0
    );
    place.whole().await;
}

#[tokio::test]
async fn a_ledger_that_was_changed_is_named_with_its_line() {
    let place = Place::in_memory().await;
    conversation(&place.archive, 1, &["heard a; closed"]).await;
    place
        .archive
        .erase(id(1), &place.ledger, noon("2026-06-02"))
        .await
        .unwrap();
    let path = place.path("audit/erasures");
    let text = std::fs::read_to_string(&path).unwrap();
    assert_eq!(text.lines().count(), 2);
    std::fs::write(&path, text.replacen("conversation\"", "Conversation\"", 1)).unwrap();
    let told = place.ledger.orders().unwrap_err().to_string();
    assert!(told.contains("line 1"), "{told}");
    // A torn end was never acted upon.
    std::fs::write(&path, text.trim_end()).unwrap();
    let ledger = Ledger::open(&place.path("audit"), Arc::clone(&place.keyring)).unwrap();
    assert!(!ledger.orders().unwrap()[0].1);
}

#[tokio::test]
async fn rotated_keys_open_everything_and_the_old_master_opens_nothing() {
    let place = Place::in_memory().await;
    for number in 1..=5 {
        conversation(&place.archive, number, &["heard a", "heard b; closed"]).await;
    }
    let old: Vec<_> = place.keyring.keks().into_iter().map(|kek| kek.id).collect();
    let (keys, records) = place.archive.renew_keys(date(2026, 6, 2)).await.unwrap();
    assert_eq!(keys, old.len() as u64);
    assert!(records >= 15, "{records}");
    place.whole().await;
    let new = place.keyring.keks();
    assert!(new.iter().all(|kek| !old.contains(&kek.id)));

    let folder = place.path("keys");
    let before = std::fs::read(folder.join("master")).unwrap();
    let resealed = MasterKey::rotate(&folder, &place.keyring, &Repeatable::seeded(9)).unwrap();
    assert_eq!(resealed, new.len());
    assert_ne!(std::fs::read(folder.join("master")).unwrap(), before);
    place.whole().await;
    let again = keyring(place.folder.path());
    assert_eq!(again.keks().len(), new.len());
    assert_eq!(again.digest(&[b"x"]), place.keyring.digest(&[b"x"]));
    assert!(!folder.join("master.next").exists());

    std::fs::write(folder.join("master"), before).unwrap();
    let random = Repeatable::seeded(1);
    let told = Keyring::open_in(&folder, None, &random)
        .unwrap_err()
        .to_string();
    assert!(
        told.contains("put back the two that belong together"),
        "{told}"
    );
}

#[tokio::test]
async fn a_rotation_that_was_stopped_half_way_is_finished_at_the_next_start() {
    let place = Place::in_memory().await;
    conversation(&place.archive, 1, &["heard a; closed"]).await;
    let folder = place.path("keys");
    let before = std::fs::read(folder.join("master")).unwrap();
    MasterKey::rotate(&folder, &place.keyring, &Repeatable::seeded(9)).unwrap();
    let after = std::fs::read(folder.join("master")).unwrap();
    // As if the new key had not taken the old one's place yet.
    std::fs::write(folder.join("master.next"), &after).unwrap();
    std::fs::write(folder.join("master"), &before).unwrap();
    let random = Repeatable::seeded(1);
    let again = Keyring::open_in(&folder, None, &random).unwrap();
    assert_eq!(again.keks().len(), place.keyring.keks().len());
    assert_eq!(std::fs::read(folder.join("master")).unwrap(), after);
    // A new key that the keyring was not sealed under yet is passed by.
    std::fs::write(folder.join("master.next"), [7; 32]).unwrap();
    assert!(Keyring::open_in(&folder, None, &random).is_ok());
}

#[tokio::test]
async fn what_is_made_anonymous_leaves_counts_and_no_words() {
    let place = Place::in_memory().await;
    // The fixture deletes; the shipped register makes usage data anonymous.
    let text = include_str!("../../transcripts/retention.toml");
    let register = cece::transcripts::retention::Register::parse(text, Path::new("r")).unwrap();
    place.archive.use_register(Arc::new(register));
    for number in 1..=3 {
        let turns = [
            "heard the blue gate; redirected waste; settled",
            "heard b; closed",
        ];
        conversation(&place.archive, number, &turns).await;
    }
    place.sweep(noon("2028-06-02")).await;
    let counts = place.archive.counts().await.unwrap();
    let expected = [
        ("2026-06 conversations chat", 3),
        ("2026-06 department waste", 3),
        ("2026-06 messages", 6),
        ("2026-06 outcome answered", 3),
    ];
    let expected = expected.map(|(name, count)| (name.to_owned(), count));
    assert_eq!(counts.into_iter().collect::<Vec<_>>(), expected);
    place.whole().await;
}
