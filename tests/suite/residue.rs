//! What is gone stays gone: looked for in the live files, in old copies and in backups, with the old files
//! and the present keyring; and that rotated keys leave nothing that the old ones open.

use crate::archive_fixture::{
    NO_ROOM_KEPT, Place, Repeatable, archive, conversation, copy, files, head, id, keyring, noon,
    opening, reference, turn,
};
use cece::dialogue::Channel;
use cece::transcripts::archive::{Archive, Breaker, Sweep};
use cece::transcripts::backup;
use cece::transcripts::keys::{Keyring, MasterKey};
use cece::transcripts::ledger::Ledger;
use cece::transcripts::{Sled, Store};
use jiff::civil::date;
use std::path::Path;
use std::sync::Arc;

/// So many conversations, of which one is erased and a tenth is over.
const MANY: u64 = 10_000;
const WRITERS: u64 = 64;
/// Told to close at once, so that it is over on 1 December; the others are a month later.
const OVER_EVERY: u64 = 10;
const ERASED: u64 = 5_001;
const SAID: &str = "the blue gate by the mill";

fn is_over(number: u64) -> bool {
    number.is_multiple_of(OVER_EVERY)
}

async fn write_many(archive: &Arc<Archive>) {
    let mut writers = tokio::task::JoinSet::new();
    for writer in 1..=WRITERS {
        let archive = Arc::clone(archive);
        writers.spawn(async move {
            for number in (writer..=MANY).step_by(WRITERS as usize) {
                let opening = opening(number, Channel::Web);
                let mut held = archive.open(opening).await.unwrap();
                let minutes = if is_over(number) { 2 } else { 45 * 24 * 60 };
                for (minutes, said) in [(1, format!("heard {SAID}")), (minutes, "closed".into())] {
                    let turn = turn(held.next_seq(), minutes, &said);
                    archive.append(&mut held, &turn).await.unwrap();
                }
            }
        });
    }
    while let Some(done) = writers.join_next().await {
        done.unwrap();
    }
}

/// Whether any key of the keyring opens the data key that stands in the head of conversation `number`.
fn opens(keyring: &Keyring, number: u64, head: &[u8]) -> bool {
    let (named, wrapped) = (&head[1..9], &head[9..69]);
    let mut context = vec![head[0]];
    context.extend_from_slice(id(number).0.as_bytes());
    context.extend_from_slice(&[0; 8]);
    context.extend_from_slice(&[1, 1]);
    context.extend_from_slice(named);
    let keks = keyring.keks().into_iter();
    let mut tried = keks.map(|kek| keyring.unwrap(kek.id, wrapped, &context));
    tried.any(|opened| opened.is_ok())
}

/// Looks into every file under `folder` for what was said, and for references.
fn nothing_plain_in(folder: &Path) {
    let plain = [SAID.to_owned(), reference(ERASED), reference(10)];
    let finder = aho_corasick::AhoCorasick::new(&plain).unwrap();
    for path in files(folder) {
        let bytes = std::fs::read(&path).unwrap();
        assert!(!finder.is_match(&bytes), "{}", path.display());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_of_ten_thousand_that_is_erased_and_a_month_that_is_over_are_nowhere_any_more() {
    let Place {
        folder,
        keyring,
        ledger,
        archive: live,
    } = Place::on_disk().await;
    let (live_dir, copied, backed_up) = (
        folder.path().join("live"),
        folder.path().join("copied"),
        folder.path().join("backup"),
    );
    let live = Arc::new(live);
    write_many(&live).await;
    live.export(backed_up.clone()).await.unwrap();
    drop(live);
    // The live files as a thief or a file system would have copied them, and keys of that day.
    copy(&live_dir, &copied);
    let open = |dir: &Path, seed| {
        let store: Arc<dyn Store> = Arc::new(Sled::open(dir, NO_ROOM_KEPT).unwrap());
        (Arc::clone(&store), archive(store, &keyring, seed))
    };
    let (store, live) = open(&live_dir, 7);
    live.bind().await.unwrap();
    let gone: Vec<u64> = (1..=MANY)
        .filter(|number| is_over(*number) || *number == ERASED)
        .collect();
    let mut heads = Vec::new();
    for number in &gone {
        let value = store.get(head(*number)).await.unwrap().unwrap();
        assert!(opens(&keyring, *number, &value), "it was readable before");
        heads.push(value);
    }

    let receipt = live.erase(id(ERASED), &ledger, noon("2026-08-01")).await;
    assert_eq!(receipt.unwrap().unwrap().erased.len(), 3);
    let all = Some(u64::MAX);
    for day in ["2026-12-02", "2027-01-01"] {
        let swept = live.sweep(Breaker::default(), all, "test", noon(day)).await;
        assert!(matches!(swept, Ok(Sweep::Done(_))), "{swept:?}");
    }
    let found = live.verify().await.unwrap();
    assert_eq!(found.faults, [""; 0]);
    assert_eq!(found.conversations, MANY - gone.len() as u64);
    drop((store, live));

    // What the files of that day hold of them opens under no key that there is now.
    for (number, value) in gone.iter().zip(&heads) {
        assert!(!opens(&keyring, *number, value), "{number}");
    }
    for (dir, seed) in [(&live_dir, 8), (&copied, 9), (&backed_up, 10)] {
        let (store, old) = open(dir, seed);
        for (number, value) in gone.iter().zip(&heads) {
            match old.read(id(*number)).await {
                Ok(read) => assert!(read.is_none(), "{number} in {}", dir.display()),
                Err(error) => {
                    let told = error.to_string();
                    assert!(told.contains("expired or was erased"), "{told}");
                }
            }
            if let Some(stands) = store.get(head(*number)).await.unwrap() {
                assert!(dir != &live_dir && stands == *value, "{number}");
            }
        }
    }
    nothing_plain_in(folder.path());

    // A backup that is older than the keyring: what no key opens is taken out, the rest is whole.
    let (_, old) = open(&backed_up, 11);
    let restored = backup::settle(&old, &ledger, noon("2027-01-01")).await;
    let restored = restored.unwrap();
    assert_eq!((restored.erased, restored.faults), (1, Vec::new()));
    for number in gone {
        assert!(old.read(id(number)).await.unwrap().is_none(), "{number}");
    }
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
    let resealed =
        MasterKey::rotate(&folder, None, &place.keyring, &Repeatable::seeded(9)).unwrap();
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
    MasterKey::rotate(&folder, None, &place.keyring, &Repeatable::seeded(9)).unwrap();
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
