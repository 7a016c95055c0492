//! What becomes of a store whose files were damaged, filled up, left over or copied: a named error or
//! all that was recorded, never a panic, never something else. And that nothing plain is in them.

use crate::archive_fixture::{
    NO_ROOM_KEPT, Repeatable, archive, conversation, copy, files, id, keyring, opening, reference,
    turn,
};
use cece::dialogue::Channel;
use cece::transcripts::archive::{Archive, ArchiveError};
use cece::transcripts::keys::Keyring;
use cece::transcripts::record::TurnRecord;
use cece::transcripts::store::Precondition;
use cece::transcripts::{Batch, CommitError, Room, Sled, Store, StoreError};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

const MARKER: &str = "the blue gate by the mill";
const CONVERSATIONS: u64 = 24;

struct Place {
    folder: tempfile::TempDir,
    keyring: Arc<Keyring>,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let keyring = keyring(folder.path());
        Self { folder, keyring }
    }

    fn dir(&self) -> PathBuf {
        self.folder.path().join("live")
    }

    fn open(&self, dir: &Path, room: Room) -> Result<Archive, StoreError> {
        let store = Arc::new(Sled::open(dir, room)?);
        Ok(archive(store, &self.keyring, 2))
    }

    fn live(&self) -> Archive {
        self.open(&self.dir(), NO_ROOM_KEPT).unwrap()
    }

    /// A store with conversations in it, closed.
    async fn filled(conversations: u64) -> Self {
        let place = Self::new();
        let archive = place.live();
        archive.bind().await.unwrap();
        let heard = format!("heard {MARKER}; said {MARKER}");
        let long = format!("said {}", MARKER.repeat(300));
        for number in 1..=conversations {
            let end = if number % 2 == 0 {
                "heard bye; closed"
            } else {
                "heard more"
            };
            conversation(
                &archive,
                number,
                &[&heard, &heard, &format!("heard x; {long}"), end],
            )
            .await;
        }
        place
    }
}

async fn turns(archive: &Archive, number: u64) -> Result<Option<Vec<TurnRecord>>, ArchiveError> {
    let read = archive.read(id(number)).await?;
    Ok(read.map(|(_, turns)| turns))
}

/// What is wrong with the store in `dir`, or nothing, if every conversation is as it was.
async fn examine(place: &Place, dir: &Path, whole: &[Option<Vec<TurnRecord>>]) -> Option<String> {
    let archive = match place.open(dir, NO_ROOM_KEPT) {
        Ok(archive) => archive,
        Err(error) => return Some(error.to_string()),
    };
    let found = async {
        archive.bind().await?;
        archive.verify().await
    };
    let told = match found.await {
        Ok(found) => (!found.faults.is_empty()).then(|| found.faults.join("\n")),
        Err(error) => Some(error.to_string()),
    };
    for (number, whole) in (1..).zip(whole) {
        match turns(&archive, number).await {
            Ok(read) => assert!(read == *whole || told.is_some(), "silently lost: {number}"),
            Err(_) => assert!(
                told.is_some(),
                "verify did not find what a reader does: {number}"
            ),
        }
        if let Ok(Some(read)) = turns(&archive, number).await {
            assert!(Some(read) == *whole, "wrong data: {number}");
        }
    }
    told
}

async fn damage(cases: u64, mut harm: impl FnMut(&mut Vec<u8>, &Repeatable)) -> usize {
    let place = Place::filled(CONVERSATIONS).await;
    let mut whole = Vec::new();
    let archive = place.live();
    for number in 1..=CONVERSATIONS {
        whole.push(turns(&archive, number).await.unwrap());
    }
    drop(archive);
    let random = Repeatable::seeded(7);
    let mut found = 0;
    for case in 0..cases {
        let dir = place.folder.path().join(format!("case-{case}"));
        copy(&place.dir(), &dir);
        // Mostly the data file, the others in turn.
        let mut all = files(&dir);
        all.retain(|path| fs::metadata(path).unwrap().len() > 0);
        let victim = match case % 4 {
            3 => all[random.below(all.len() as u64) as usize].clone(),
            _ => dir.join("db"),
        };
        let mut bytes = fs::read(&victim).unwrap();
        harm(&mut bytes, &random);
        fs::write(&victim, bytes).unwrap();
        let told = tokio::time::timeout(Duration::from_secs(60), examine(&place, &dir, &whole));
        let told = told.await.expect("it hangs");
        if let Some(told) = told {
            assert!(!told.contains(MARKER), "{told}");
            found += 1;
        }
        fs::remove_dir_all(&dir).unwrap();
    }
    found
}

/// Much of a log is of pages that have been written anew since, and damage there harms nobody; but
/// a test of which nothing was found has damaged nothing.
fn assert_bites(found: usize) {
    assert!(found >= 8, "only {found} cases were where the data are");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flipped_bit_is_found_or_harmless() {
    let found = damage(64, |bytes, random| {
        let used = bytes.iter().rposition(|byte| *byte != 0).unwrap_or(0) + 1;
        let at = random.below(used as u64) as usize;
        bytes[at] ^= 1 << random.below(8);
    });
    assert_bites(found.await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_truncated_file_is_found_or_harmless() {
    let found = damage(48, |bytes, random| {
        let used = bytes.iter().rposition(|byte| *byte != 0).unwrap_or(0) + 1;
        bytes.truncate(random.below(used as u64) as usize);
    });
    assert_bites(found.await);
}

#[tokio::test]
async fn no_file_holds_anything_plain_and_an_old_copy_dies_with_its_key() {
    let place = Place::filled(6).await;
    let archive = place.live();
    let before = place.folder.path().join("before");
    drop(archive);
    copy(&place.dir(), &before);
    let plain = [
        MARKER,
        &*reference(1),
        "K0017QHD",
        "192.0.2.7",
        "Testbrowser",
        "waste/missed-bin",
    ];
    for path in files(place.folder.path()) {
        let bytes = fs::read(&path).unwrap();
        for plain in plain {
            let held = bytes
                .windows(plain.len())
                .any(|window| window == plain.as_bytes());
            assert!(!held, "{plain:?} stands in {}", path.display());
        }
    }
    let old = place.open(&before, NO_ROOM_KEPT).unwrap();
    assert!(turns(&old, 2).await.unwrap().is_some());
    for kek in place.keyring.keks() {
        place.keyring.destroy(kek.id).unwrap();
    }
    drop(old);
    // Neither the live store nor the copy, not even with the keyring and master key as they are now.
    let again = keyring(place.folder.path());
    for dir in [place.dir(), before] {
        let store = Arc::new(Sled::open(&dir, NO_ROOM_KEPT).unwrap());
        let archive = archive_with(store, &again);
        for number in 1..=6 {
            let gone = turns(&archive, number).await.unwrap_err();
            assert!(matches!(gone, ArchiveError::Unreadable { .. }), "{gone}");
        }
    }
}

fn archive_with(store: Arc<Sled>, keyring: &Arc<Keyring>) -> Archive {
    archive(store, keyring, 3)
}

#[tokio::test]
async fn below_the_floor_nothing_is_taken_and_above_it_all_goes_on() {
    let place = Place::filled(1).await;
    let full = Room {
        floor_bytes: u64::MAX,
        ballast_bytes: 0,
    };
    let store = Arc::new(Sled::open(&place.dir(), full).unwrap());
    let told = store.health().unwrap_err().to_string();
    assert!(told.contains("make room"), "{told}");
    let archive = archive(store, &place.keyring, 3);
    let refused = archive.open(opening(2, Channel::Web)).await.unwrap_err();
    assert!(
        matches!(refused, ArchiveError::DiskFull { .. }),
        "{refused}"
    );
    let (mut held, before) = archive.read(id(1)).await.unwrap().unwrap();
    let next = turn(held.next_seq(), 9, "heard more");
    let refused = archive.append(&mut held, &next).await.unwrap_err();
    assert!(refused.to_string().contains("make room"), "{refused}");
    drop(archive);
    let archive = place.live();
    assert_eq!(turns(&archive, 1).await.unwrap(), Some(before));
    assert!(archive.read(id(2)).await.unwrap().is_none());
    archive.append(&mut held, &next).await.unwrap();
}

#[tokio::test]
async fn ballast_is_laid_in_only_with_room_to_spare() {
    let place = Place::new();
    let ballast = place.dir().join("ballast");
    let room = |floor_bytes| Room {
        floor_bytes,
        ballast_bytes: 1 << 20,
    };
    drop(Sled::open(&place.dir(), room(u64::MAX - (1 << 20))).unwrap());
    assert!(!ballast.exists());
    drop(Sled::open(&place.dir(), room(0)).unwrap());
    let laid = fs::metadata(&ballast).unwrap();
    assert_eq!(laid.len(), 1 << 20);
    use std::os::unix::fs::MetadataExt;
    assert!(laid.blocks() * 512 >= 1 << 20, "it sets no blocks aside");
}

#[tokio::test]
async fn what_a_crash_leaves_behind_does_not_keep_a_store_from_opening() {
    let place = Place::filled(2).await;
    let leftover = place.dir().join("snap.0000000000000001.generating");
    fs::write(&leftover, b"half a snapshot").unwrap();
    let compacting = place.folder.path().join("live.compacting");
    copy(&place.dir(), &compacting);
    let archive = place.live();
    assert!(!leftover.exists() && !compacting.exists());
    assert_eq!(archive.verify().await.unwrap().faults, [""; 0]);
}

#[tokio::test]
async fn a_store_that_is_open_is_in_use() {
    let place = Place::filled(1).await;
    let archive = place.live();
    for refused in [
        Sled::open(&place.dir(), NO_ROOM_KEPT).map(drop),
        Sled::compact(&place.dir(), NO_ROOM_KEPT).map(drop),
    ] {
        assert!(
            matches!(&refused, Err(StoreError::InUse { .. })),
            "{refused:?}"
        );
    }
    assert_eq!(archive.verify().await.unwrap().faults, [""; 0]);
    drop(archive);
    place.live();
}

#[tokio::test]
async fn a_store_that_has_lost_its_end_says_so_and_how_to_go_on() {
    let place = Place::filled(2).await;
    let old = place.folder.path().join("old");
    copy(&place.dir(), &old);
    conversation(&place.live(), 3, &["heard more"]).await;
    // As if the data file had gone back in time, or its last bytes were never written.
    let known = fs::read(place.dir().join("high-water")).unwrap();
    fs::write(old.join("high-water"), known).unwrap();
    let told = place.open(&old, NO_ROOM_KEPT).err().unwrap();
    assert!(matches!(told, StoreError::Damaged { .. }));
    let told = told.to_string();
    assert!(
        told.contains("last 2 groups of commits are missing"),
        "{told}"
    );
    assert!(told.contains("high-water"), "{told}");
    fs::remove_file(old.join("high-water")).unwrap();
    let archive = place.open(&old, NO_ROOM_KEPT).unwrap();
    assert_eq!(archive.verify().await.unwrap().conversations, 2);
}

#[tokio::test]
async fn compaction_gives_space_back_and_keeps_every_pair() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("live");
    let store = Sled::open(&dir, NO_ROOM_KEPT).unwrap();
    let random = Repeatable::default();
    for round in 0..40u32 {
        let mut batch = Batch::default();
        for key in 0..100u32 {
            let mut value = vec![0; 900];
            cece::transcripts::keys::Random::fill(&random, &mut value);
            batch.writes.push((
                key.to_be_bytes().to_vec(),
                (key % 10 == round % 10).then_some(value),
            ));
        }
        batch
            .writes
            .push((b"long".to_vec(), Some(vec![round as u8; 20_000])));
        store.commit(batch).await.unwrap();
    }
    let before = store.scan(vec![], None, 1000).await.unwrap();
    drop(store);
    let done = Sled::compact(&dir, NO_ROOM_KEPT).unwrap();
    assert_eq!(done.pairs, before.len() as u64);
    assert!(done.after_bytes * 2 <= done.before_bytes, "{done:?}");
    assert!(!folder.path().join("live.compacting").exists());
    let store = Sled::open(&dir, NO_ROOM_KEPT).unwrap();
    assert_eq!(store.scan(vec![], None, 1000).await.unwrap(), before);
}

/// While batches of two keys are committed, a copy never holds one without the other.
#[tokio::test(flavor = "multi_thread")]
async fn a_copy_of_a_live_store_is_of_one_moment() {
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(Sled::open(&folder.path().join("live"), NO_ROOM_KEPT).unwrap());
    let stop = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let mut writers = Vec::new();
    for writer in 0..4u8 {
        let (store, stop) = (Arc::clone(&store), Arc::clone(&stop));
        writers.push(tokio::spawn(async move {
            let mut count = 0u32;
            while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                let value = Some(count.to_be_bytes().to_vec());
                let low = vec![1, writer, (count % 251) as u8];
                let high = vec![9, writer, (count % 251) as u8];
                let batch = Batch {
                    preconditions: vec![],
                    writes: vec![(low, value.clone()), (high, value)],
                };
                store.commit(batch).await.unwrap();
                count += 1;
            }
            count
        }));
    }
    let mut copies = Vec::new();
    for number in 0..5 {
        tokio::time::sleep(Duration::from_millis(60)).await;
        let to = folder.path().join(format!("copy-{number}"));
        store.export(to.clone()).await.unwrap();
        copies.push(to);
    }
    stop.store(true, std::sync::atomic::Ordering::Relaxed);
    for writer in writers {
        assert!(writer.await.unwrap() > 0);
    }
    for dir in copies {
        let copy = Sled::open(&dir, NO_ROOM_KEPT).unwrap();
        let half = |kind: u8| {
            let pairs = copy.scan(vec![kind], None, usize::MAX);
            async {
                let pairs = pairs.await.unwrap().into_iter();
                pairs
                    .map(|(key, value)| (key[1..].to_vec(), value))
                    .collect::<Vec<_>>()
            }
        };
        let (low, high) = (half(1).await, half(9).await);
        assert!(!low.is_empty() && low == high);
        // And it goes on from there.
        let next = Batch {
            preconditions: vec![Precondition::Absent(vec![5])],
            writes: vec![(vec![5], Some(vec![]))],
        };
        let done: Result<(), CommitError> = copy.commit(next).await;
        done.unwrap();
    }
}
