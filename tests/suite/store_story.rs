//! One story that every store passes: conditions, atomicity, order, paging, long values, copies.

use cece::transcripts::store::{KEY_BYTES_MAX, Precondition, VALUE_BYTES_MAX};
use cece::transcripts::{Batch, CommitError, Memory, Room, Sled, Store, StoreError};
use std::collections::BTreeMap;
use std::ops::Bound;
use std::path::Path;
use std::sync::Arc;

const NO_ROOM_KEPT: Room = Room {
    floor_bytes: 0,
    ballast_bytes: 0,
};

fn write(key: &str, value: &[u8]) -> Batch {
    Batch {
        preconditions: vec![],
        writes: vec![(key.into(), Some(value.to_vec()))],
    }
}

fn remove(key: &str) -> Batch {
    Batch {
        preconditions: vec![],
        writes: vec![(key.into(), None)],
    }
}

fn only_if(mut batch: Batch, condition: Precondition) -> Batch {
    batch.preconditions.push(condition);
    batch
}

async fn value(store: &dyn Store, key: &str) -> Option<Vec<u8>> {
    store.get(key.into()).await.unwrap()
}

/// The keys of a page, joined by spaces.
async fn page(store: &dyn Store, prefix: &str, after: Option<&str>, limit: usize) -> String {
    let pairs = store
        .scan(prefix.into(), after.map(Into::into), limit)
        .await
        .unwrap();
    let keys: Vec<_> = pairs
        .into_iter()
        .map(|(key, _)| String::from_utf8(key).unwrap())
        .collect();
    keys.join(" ")
}

async fn story(store: Arc<dyn Store>, folder: &Path) {
    conditions(&*store).await;
    order_and_pages(&*store).await;
    long_values(&*store).await;
    races(&store).await;
    limits(&*store).await;
    megabytes(&*store).await;
    copies(&store, folder).await;
    copy_beside_commits(&store, folder).await;
    store.health().unwrap();
}

async fn conditions(store: &dyn Store) {
    assert_eq!(value(store, "a").await, None);
    store.commit(write("a", b"1")).await.unwrap();
    assert_eq!(value(store, "a").await.unwrap(), b"1");

    let absent = |key: &str| Precondition::Absent(key.into());
    let present = |key: &str| Precondition::Present(key.into());
    let equals = |key: &str, value: &[u8]| Precondition::Equals(key.into(), value.to_vec());
    let cases = [
        (absent("a"), false),
        (absent("b"), true),
        (present("a"), true),
        (present("b"), false),
        (equals("a", b"1"), true),
        (equals("a", b""), false),
        (equals("a", b"11"), false),
        (equals("b", b""), false),
    ];
    for (condition, holds) in cases {
        let told = format!("{condition:?}");
        let done = store.commit(only_if(write("c", b"x"), condition)).await;
        match done {
            Ok(()) => assert!(holds, "{told}"),
            Err(CommitError::Conflict) => assert!(!holds, "{told}"),
            Err(error) => panic!("{told}: {error}"),
        }
        assert_eq!(value(store, "c").await.is_some(), holds, "{told}");
        store.commit(remove("c")).await.unwrap();
    }

    // One condition of several that does not hold keeps all of the writes out.
    let mut batch = only_if(write("d", b"1"), absent("d"));
    batch.preconditions.push(present("missing"));
    batch.writes.push((b"a".to_vec(), Some(b"2".to_vec())));
    batch.writes.push((b"e".to_vec(), None));
    assert!(matches!(
        store.commit(batch).await,
        Err(CommitError::Conflict)
    ));
    assert_eq!(value(store, "a").await.unwrap(), b"1");
    assert_eq!(value(store, "d").await, None);

    // The last write of a key in a batch is the one that counts; an empty value is a value.
    let mut batch = write("f", b"first");
    batch.writes.push((b"f".to_vec(), None));
    batch.writes.push((b"f".to_vec(), Some(Vec::new())));
    store.commit(batch).await.unwrap();
    assert_eq!(value(store, "f").await.unwrap(), b"");
    let emptied = only_if(remove("f"), equals("f", b""));
    store.commit(emptied).await.unwrap();
    assert_eq!(value(store, "f").await, None);
    store.commit(remove("never there")).await.unwrap();
}

async fn order_and_pages(store: &dyn Store) {
    for key in ["p/3", "p/1", "p/20", "p/2", "p", "o/9", "p0", "p/"] {
        store.commit(write(key, key.as_bytes())).await.unwrap();
    }
    let cases = [
        ("p/", None, 9, "p/ p/1 p/2 p/20 p/3"),
        ("p/", None, 2, "p/ p/1"),
        ("p/", Some("p/1"), 2, "p/2 p/20"),
        ("p/", Some("p/10"), 9, "p/2 p/20 p/3"),
        ("p/", Some("p/3"), 9, ""),
        ("p/", Some("a"), 1, "p/"),
        ("p/", Some("z"), 9, ""),
        ("p/2", None, 9, "p/2 p/20"),
        ("q", None, 9, ""),
        ("p/", None, 0, ""),
        ("", Some("o"), 3, "o/9 p p/"),
    ];
    for (prefix, after, limit, keys) in cases {
        let told = format!("{prefix:?} after {after:?}, {limit}");
        assert_eq!(page(store, prefix, after, limit).await, keys, "{told}");
    }
    // Bytes are compared as bytes, 0x00 and 0xff too.
    let low_high = [vec![b'r', 0], vec![b'r', 0xff], vec![b'r', 0xff, 0xff]];
    for key in &low_high {
        let batch = Batch {
            preconditions: vec![],
            writes: vec![(key.clone(), Some(vec![1]))],
        };
        store.commit(batch).await.unwrap();
    }
    let pairs = store.scan(vec![b'r'], None, 9).await.unwrap();
    assert!(pairs.iter().map(|(key, _)| key).eq(&low_high));
    let pairs = store.scan(vec![b'r', 0xff], None, 9).await.unwrap();
    assert_eq!(pairs.len(), 2);
}

fn long(len: usize, salt: u8) -> Vec<u8> {
    (0..len)
        .map(|at| (at % 251) as u8 ^ (at / 251 % 256) as u8 ^ salt)
        .collect()
}

async fn long_values(store: &dyn Store) {
    let lengths = [4094, 4095, 4096, 4097, 8192, 8193, 100_000, VALUE_BYTES_MAX];
    for len in lengths {
        store.commit(write("long", &long(len, 1))).await.unwrap();
        assert!(value(store, "long").await.unwrap() == long(len, 1), "{len}");
    }
    // Shorter and longer in the place of each other; what a scan sees is pairs, never parts.
    for len in [3, 50_000, 0, 9000, 4095, 12_288] {
        store.commit(write("long", &long(len, 2))).await.unwrap();
        assert!(value(store, "long").await.unwrap() == long(len, 2), "{len}");
        assert_eq!(page(store, "long", None, 9).await, "long");
    }
    store.commit(write("longer", &long(5000, 3))).await.unwrap();
    let pairs = store.scan(b"long".to_vec(), None, 9).await.unwrap();
    assert!(
        pairs
            == [
                (b"long".to_vec(), long(12_288, 2)),
                (b"longer".to_vec(), long(5000, 3))
            ]
    );
    let same = Precondition::Equals(b"long".to_vec(), long(12_288, 2));
    let other = Precondition::Equals(b"long".to_vec(), long(12_288, 3));
    let refused = store.commit(only_if(remove("long"), other)).await;
    assert!(matches!(refused, Err(CommitError::Conflict)));
    store.commit(only_if(remove("long"), same)).await.unwrap();
    assert_eq!(page(store, "long", None, 9).await, "longer");
    store.commit(remove("longer")).await.unwrap();
}

/// Of many who all want to be first, one is; and a chain of conditions on one key loses nothing.
async fn races(store: &Arc<dyn Store>) {
    let absent = |key: &str| Precondition::Absent(key.into());
    let racers: Vec<_> = (0..64u8)
        .map(|racer| store.commit(only_if(write("race", &[racer]), absent("race"))))
        .collect();
    let mut winners = Vec::new();
    for (racer, done) in racers.into_iter().enumerate() {
        match done.await {
            Ok(()) => winners.push(racer as u8),
            Err(CommitError::Conflict) => {}
            Err(error) => panic!("{error}"),
        }
    }
    assert_eq!(winners.len(), 1);
    assert_eq!(value(&**store, "race").await.unwrap(), winners);

    store.commit(write("count", &[0])).await.unwrap();
    let mut tasks = Vec::new();
    for _ in 0..8 {
        let store = Arc::clone(store);
        tasks.push(tokio::spawn(async move {
            for _ in 0..10 {
                loop {
                    let seen = value(&*store, "count").await.unwrap();
                    let still = Precondition::Equals(b"count".to_vec(), seen.clone());
                    let next = only_if(write("count", &[seen[0] + 1]), still);
                    if store.commit(next).await.is_ok() {
                        break;
                    }
                }
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(value(&**store, "count").await.unwrap(), [80]);

    // Batches queued together are seen by each other in the order in which they came.
    let first = store.commit(only_if(write("chain", b"1"), absent("chain")));
    let equals = |value: &[u8]| Precondition::Equals(b"chain".to_vec(), value.to_vec());
    let second = store.commit(only_if(write("chain", &long(9000, 4)), equals(b"1")));
    let third = store.commit(only_if(write("chain", b"3"), equals(&long(9000, 4))));
    let stale = store.commit(only_if(remove("chain"), equals(b"1")));
    first.await.unwrap();
    second.await.unwrap();
    third.await.unwrap();
    assert!(matches!(stale.await, Err(CommitError::Conflict)));
    assert_eq!(value(&**store, "chain").await.unwrap(), b"3");
}

async fn limits(store: &dyn Store) {
    let cases = [
        ("key", write(&"k".repeat(KEY_BYTES_MAX + 1), b"")),
        ("value", write("v", &vec![0; VALUE_BYTES_MAX + 1])),
    ];
    for (thing, batch) in cases {
        match store.commit(batch).await {
            Err(CommitError::Store(error @ StoreError::TooLong { .. })) => {
                let told = error.to_string();
                assert!(told.contains(thing) && told.contains("split it"), "{told}");
            }
            other => panic!("{thing}: {other:?}"),
        }
    }
}

/// Megabytes, written and removed over and over: every page is what a map holds.
async fn megabytes(store: &dyn Store) {
    let mut model = BTreeMap::new();
    let mut random = 1u64;
    let mut next = |below: u64| {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (random >> 33) % below
    };
    for round in 0..60u8 {
        let mut commits = Vec::new();
        for _ in 0..50 {
            let key = format!("mb/{:03}", next(400));
            let value = (next(4) > 0).then(|| long(next(6000) as usize, round));
            commits.push(store.commit(Batch {
                preconditions: vec![],
                writes: vec![(key.clone().into(), value.clone())],
            }));
            match value {
                Some(value) => model.insert(key.into_bytes(), value),
                None => model.remove(key.as_bytes()),
            };
        }
        for commit in commits {
            commit.await.unwrap();
        }
        let from = format!("mb/{:03}", next(400));
        let page = store.scan(b"mb/".to_vec(), Some(from.clone().into()), 20);
        let expected = model.range::<[u8], _>((Bound::Excluded(from.as_bytes()), Bound::Unbounded));
        let expected: Vec<_> = expected
            .take(20)
            .map(|(k, v)| (k.clone(), v.clone()))
            .collect();
        assert!(
            page.await.unwrap() == expected,
            "round {round} after {from}"
        );
    }
    let all = store.scan(b"mb/".to_vec(), None, usize::MAX).await.unwrap();
    assert!(all.into_iter().eq(model));
}

/// A copy that is made while commits go on holds all of before it began, and none without those before.
async fn copy_beside_commits(store: &Arc<dyn Store>, folder: &Path) {
    let write_on = |from: u32, to: u32| {
        let store = Arc::clone(store);
        async move {
            for at in from..to {
                let batch = write(&format!("on/{at:05}"), &long(3000, at as u8));
                store.commit(batch).await.unwrap();
            }
        }
    };
    write_on(0, 500).await;
    let writer = tokio::spawn(write_on(500, 2000));
    let to = folder.join("beside");
    store.export(to.clone()).await.unwrap();
    writer.await.unwrap();
    let copy = Sled::open(&to, NO_ROOM_KEPT).unwrap();
    let pairs = copy.scan(b"on/".to_vec(), None, usize::MAX).await.unwrap();
    assert!(pairs.len() >= 500, "{}", pairs.len());
    for (at, (key, value)) in pairs.into_iter().enumerate() {
        assert_eq!(String::from_utf8(key).unwrap(), format!("on/{at:05}"));
        assert!(value == long(3000, at as u8), "{at}");
    }
}

async fn copies(store: &Arc<dyn Store>, folder: &Path) {
    store
        .commit(write("copied/long", &long(70_000, 5)))
        .await
        .unwrap();
    let all = store.scan(Vec::new(), None, usize::MAX).await.unwrap();
    let to = folder.join("copy");
    assert_eq!(store.export(to.clone()).await.unwrap(), all.len() as u64);
    let again = store.export(to.clone()).await.unwrap_err().to_string();
    assert!(again.contains("name a new folder"), "{again}");
    let copy = Sled::open(&to, NO_ROOM_KEPT).unwrap();
    assert!(copy.scan(Vec::new(), None, usize::MAX).await.unwrap() == all);
}

#[tokio::test]
async fn the_store_in_memory_passes() {
    let folder = tempfile::tempdir().unwrap();
    story(Arc::new(Memory::default()), folder.path()).await;
}

#[tokio::test]
async fn the_sled_store_passes_and_keeps_it() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("a/b/live");
    let store: Arc<dyn Store> = Arc::new(Sled::open(&dir, NO_ROOM_KEPT).unwrap());
    story(Arc::clone(&store), folder.path()).await;
    let before = store.scan(Vec::new(), None, usize::MAX).await.unwrap();
    drop(store);
    let store = Sled::open(&dir, NO_ROOM_KEPT).unwrap();
    assert!(store.scan(Vec::new(), None, usize::MAX).await.unwrap() == before);
}
