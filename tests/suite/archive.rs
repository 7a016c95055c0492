//! The archive: what was recorded is read back, tagged and indexed, or a named error is given.

use crate::archive_fixture::{
    Watched, archive, conversation, id, keyring, opening, reference, session, start, turn,
};
use cece::dialogue::{Channel, Outcome};
use cece::transcripts::Store;
use cece::transcripts::archive::{Archive, ArchiveError, Held};
use cece::transcripts::keys::Keyring;
use jiff::ToSpan;
use std::sync::Arc;

struct Place {
    folder: tempfile::TempDir,
    store: Arc<Watched>,
    keyring: Arc<Keyring>,
    archive: Archive,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Arc::new(Watched::default());
        let keyring = keyring(folder.path());
        let archive = archive(Arc::clone(&store) as Arc<dyn Store>, &keyring, 2);
        Self {
            folder,
            store,
            keyring,
            archive,
        }
    }

    /// No faults, and so many conversations and turns.
    async fn whole(&self, conversations: u64, turns: u64) {
        let found = self.archive.verify().await.unwrap();
        assert_eq!(found.faults, [""; 0]);
        assert_eq!((found.conversations, found.turns), (conversations, turns));
    }
}

/// Class and last day of the three data classes.
fn tags(held: &Held) -> String {
    let tags = held.tags();
    let tag = |tag: &cece::transcripts::record::Tag| {
        let due = tag.due.map_or("open".to_owned(), |due| due.to_string());
        format!("{} {due}", tag.class)
    };
    format!(
        "{}, {}, {}",
        tag(&tags.conversation),
        tag(&tags.usage),
        tag(&tags.technical)
    )
}

#[tokio::test]
async fn a_conversation_is_read_back_as_it_was_recorded() {
    let place = Place::new();
    let Place { archive, .. } = &place;
    archive.bind().await.unwrap();
    let turns = [
        "heard my bin was not collected; said Which street?",
        "heard Acacia Avenue; redirected waste; settled; said Waste will call you",
        "heard thanks; redirected waste; said Goodbye; closed",
    ];
    let held = conversation(archive, 1, &turns).await;
    conversation(archive, 2, &["heard hello; said Hello"]).await;

    let (again, read) = archive.read(id(1)).await.unwrap().unwrap();
    let expected: Vec<_> = [(3, 1), (5, 2), (8, 3)]
        .into_iter()
        .zip(turns)
        .map(|((seq, minutes), events)| turn(seq, minutes, events))
        .collect();
    assert_eq!(read[0], opening(1, Channel::Web).first);
    assert_eq!(read[1..], expected);
    assert_eq!(again.next_seq(), 11);
    assert_eq!(again.next_seq(), held.next_seq());
    assert_eq!(
        (again.session(), again.tags()),
        (held.session(), held.tags())
    );
    assert_eq!(again.usage(), held.usage());

    let usage = archive.usage(&again).await.unwrap().unwrap();
    assert_eq!(&usage, again.usage());
    assert_eq!(usage.messages, 3);
    assert_eq!(usage.outcomes, [Outcome::Answered]);
    assert_eq!(usage.departments, ["waste"]);
    assert_eq!(usage.closed, Some(start() + 3.minutes()));
    let technical = archive.technical(&again).await.unwrap();
    assert_eq!(technical, Some(opening(1, Channel::Web).technical));

    assert!(archive.read(id(3)).await.unwrap().is_none());
    assert_eq!(archive.open_conversations().await.unwrap(), [id(2)]);
    place.whole(2, 6).await;
}

#[tokio::test]
async fn a_reference_is_found_as_people_write_and_say_it() {
    let place = Place::new();
    conversation(&place.archive, 17, &[]).await;
    assert_eq!(reference(17), "K017-7QHD");
    for spelling in ["K017-7QHD", "k0177qhd", "K0 17 7Q-HD", " k017-7qhd "] {
        let found = place.archive.find(spelling).await.unwrap();
        assert_eq!(found, Some(id(17)), "{spelling}");
    }
    for other in ["", "K018-7QHD", "K017-7QH", "K017-7QHDD", "-"] {
        assert_eq!(place.archive.find(other).await.unwrap(), None, "{other}");
    }
    // Neither a reference nor an id is given twice.
    let mut taken = opening(18, Channel::Web);
    taken.reference = "k0177QHD".to_owned();
    let refused = place.archive.open(taken).await;
    assert!(matches!(refused, Err(ArchiveError::Conflict)));
    let mut taken = opening(17, Channel::Web);
    taken.reference = "OTHER".to_owned();
    let refused = place.archive.open(taken).await;
    assert!(matches!(refused, Err(ArchiveError::Conflict)));
    place.whole(1, 1).await;
}

#[tokio::test]
async fn an_ordinary_turn_writes_one_key_on_one_condition() {
    let place = Place::new();
    let mut held = conversation(&place.archive, 1, &[]).await;
    place.store.committed();
    let ordinary = turn(
        held.next_seq(),
        20,
        "heard hello; said Hello; settled; redirected waste",
    );
    place.archive.append(&mut held, &ordinary).await.unwrap();
    let batches = place.store.committed();
    assert_eq!(batches.len(), 1);
    assert_eq!(
        (batches[0].writes.len(), batches[0].preconditions.len()),
        (1, 1)
    );

    // What retags or closes does all of it in one batch too.
    for events in ["heard x; retagged service-request", "heard x; closed"] {
        let turn = turn(held.next_seq(), 21, events);
        place.archive.append(&mut held, &turn).await.unwrap();
        let batches = place.store.committed();
        assert_eq!(batches.len(), 1, "{events}");
        assert!(batches[0].writes.len() > 1, "{events}");
    }
    place.whole(1, 4).await;
}

#[tokio::test]
async fn whoever_is_second_is_told_and_nothing_changes() {
    let place = Place::new();
    let Place { archive, .. } = &place;
    let mut held = conversation(archive, 1, &[]).await;
    let (mut other, _) = archive.read(id(1)).await.unwrap().unwrap();
    archive
        .append(&mut held, &turn(3, 1, "heard first"))
        .await
        .unwrap();
    for events in [
        "heard second",
        "heard second; closed",
        "heard second; retagged service-request",
    ] {
        let before = format!("{other:?}");
        let refused = archive.append(&mut other, &turn(3, 2, events)).await;
        assert!(
            matches!(refused, Err(ArchiveError::Conflict)),
            "{events}: {refused:?}"
        );
        assert_eq!(format!("{other:?}"), before, "{events}");
    }
    let (mut other, turns) = archive.read(id(1)).await.unwrap().unwrap();
    assert_eq!(turns[1], turn(3, 1, "heard first"));
    archive
        .append(&mut other, &turn(4, 3, "heard second"))
        .await
        .unwrap();
    // A turn that does not follow on is no turn of this conversation.
    for seq in [0, 1, 4, 6] {
        let refused = archive.append(&mut other, &turn(seq, 4, "heard x")).await;
        assert!(matches!(refused, Err(ArchiveError::Conflict)), "{seq}");
    }
    place.whole(1, 3).await;
}

#[tokio::test]
async fn a_session_is_rotated_once() {
    let place = Place::new();
    let Place { archive, .. } = &place;
    let mut held = conversation(archive, 1, &[]).await;
    let mut stale = held.clone();
    archive.save_session(&mut held, session(2)).await.unwrap();
    assert_eq!(held.session(), &session(2));
    let (again, _) = archive.read(id(1)).await.unwrap().unwrap();
    assert_eq!(again.session(), &session(2));
    let refused = archive.save_session(&mut stale, session(9)).await;
    assert!(matches!(refused, Err(ArchiveError::Conflict)));
    assert_eq!(stale.session(), &session(1));
    // Closing does not bring the old session back either.
    let refused = archive
        .append(&mut stale, &turn(3, 1, "heard x; closed"))
        .await;
    assert!(matches!(refused, Err(ArchiveError::Conflict)));
    archive
        .append(&mut held, &turn(3, 1, "heard x; closed"))
        .await
        .unwrap();
    let (again, _) = archive.read(id(1)).await.unwrap().unwrap();
    assert_eq!(again.session(), &session(2));
    place.whole(1, 2).await;
}

async fn tagged(archive: &Archive, held: &mut Held, minutes: i64, events: &str) -> String {
    let turn = turn(held.next_seq(), minutes, events);
    archive.append(held, &turn).await.unwrap();
    tags(held)
}

#[tokio::test]
async fn tags_follow_class_closing_and_days_in_london() {
    const REST: &str = "usage 2027-07-01, technical 2026-07-01";
    const DAY: i64 = 24 * 60;
    let place = Place::new();
    let Place { archive, .. } = &place;
    // Half past midnight on 1 June in London, still 31 May in UTC.
    let mut held = archive.open(opening(1, Channel::Web)).await.unwrap();
    assert_eq!(tags(&held), format!("chat open, {REST}"));
    let steps = [
        (
            1,
            "heard a; retagged service-request",
            "service-request open",
        ),
        (3 * DAY, "heard b; closed", "service-request 2028-06-04"),
    ];
    for (minutes, events, expected) in steps {
        let told = tagged(archive, &mut held, minutes, events).await;
        assert_eq!(told, format!("{expected}, {REST}"), "{events}");
    }
    let mut held = archive.open(opening(2, Channel::Phone)).await.unwrap();
    // The numbers of a call are kept under its own row, whatever it turns out to be about.
    let rest = |call: &str| format!("usage 2027-07-01, call {call}");
    assert_eq!(tags(&held), format!("call open, {}", rest("open")));
    let steps = [
        (1, "heard a; retagged enquiry", "enquiry 2027-06-01", "open"),
        (DAY, "heard b", "enquiry 2027-06-02", "open"),
        (DAY + 1, "heard c", "enquiry 2027-06-02", "open"),
        (
            DAY + 2,
            "heard d; retagged complaint; closed",
            "complaint open",
            "2027-06-02",
        ),
    ];
    for (minutes, events, expected, call) in steps {
        let told = tagged(archive, &mut held, minutes, events).await;
        assert_eq!(told, format!("{expected}, {}", rest(call)), "{events}");
    }
    place.whole(2, 8).await;

    let listing = archive.list(None, 10).await.unwrap();
    let classes = listing.conversations.iter().map(|c| c.class.as_str());
    assert!(classes.eq(["service-request", "complaint"]));
    let unknown = turn(held.next_seq(), 3 * DAY, "heard e; retagged unheard-of");
    let refused = archive.append(&mut held, &unknown).await.unwrap_err();
    let told = refused.to_string();
    assert!(
        told.contains("`unheard-of`") && told.contains("add one"),
        "{told}"
    );
}

#[tokio::test]
async fn lists_come_in_pages_oldest_first() {
    let place = Place::new();
    for number in 1..=5 {
        conversation(
            &place.archive,
            number,
            &["heard hello; redirected waste; said Hello"],
        )
        .await;
    }
    let (mut after, mut pages) = (None, Vec::new());
    loop {
        let page = place.archive.list(after, 2).await.unwrap();
        assert!(page.unreadable.is_empty());
        pages.push(
            page.conversations
                .iter()
                .map(|c| c.reference.clone())
                .collect::<Vec<_>>(),
        );
        let Some(next) = page.next else {
            let last = &page.conversations[0];
            assert_eq!((last.turns, last.started), (2, start()));
            assert_eq!(last.last, start() + 1.minutes());
            assert_eq!(last.departments, ["waste"]);
            break;
        };
        after = Some(next);
    }
    let expected = [vec![1, 2], vec![3, 4], vec![5]];
    assert_eq!(
        pages,
        expected.map(|page| page.into_iter().map(reference).collect::<Vec<_>>())
    );
}

#[tokio::test]
async fn the_newest_come_first_from_however_long_ago() {
    let place = Place::new();
    for number in 1..=5 {
        conversation(&place.archive, number, &["heard hello; closed"]).await;
    }
    let newest = |limit, now: &str| {
        let now = now.parse().unwrap();
        let archive = &place.archive;
        async move {
            let listing = archive.newest(limit, now).await.unwrap();
            let shown = listing.conversations.into_iter();
            shown.map(|one| one.reference).collect::<Vec<_>>()
        }
    };
    let expected = |numbers: &[u64]| numbers.iter().copied().map(reference).collect::<Vec<_>>();
    for now in ["2026-06-01T00:00:00Z", "2026-11-30T00:00:00Z"] {
        assert_eq!(newest(2, now).await, expected(&[5, 4]), "{now}");
        assert_eq!(newest(9, now).await, expected(&[5, 4, 3, 2, 1]), "{now}");
    }
    // A clock that is far back, and one by which they are over.
    assert_eq!(newest(1, "1990-01-01T00:00:00Z").await, expected(&[5]));
    assert_eq!(newest(9, "2026-12-02T12:00:00Z").await, expected(&[]));
}

#[tokio::test]
async fn a_store_and_its_keyring_belong_together() {
    let place = Place::new();
    place.archive.bind().await.unwrap();
    conversation(&place.archive, 1, &[]).await;
    place.archive.bind().await.unwrap();
    let store = Arc::clone(&place.store) as Arc<dyn Store>;
    let same = archive(Arc::clone(&store), &keyring(place.folder.path()), 3);
    same.bind().await.unwrap();
    assert!(same.read(id(1)).await.unwrap().is_some());

    std::fs::remove_file(place.folder.path().join("keys/keyring")).unwrap();
    let other = archive(store, &keyring(place.folder.path()), 3);
    let refused = other.bind().await.unwrap_err().to_string();
    assert!(refused.contains("does not belong"), "{refused}");
    // A used store that was never bound is nobody's to take.
    let unbound = Place::new();
    conversation(&unbound.archive, 1, &[]).await;
    assert!(matches!(
        unbound.archive.bind().await,
        Err(ArchiveError::WrongKeyring)
    ));
}

#[tokio::test]
async fn with_its_key_destroyed_a_conversation_is_gone_and_the_others_stay() {
    let place = Place::new();
    let Place {
        archive, keyring, ..
    } = &place;
    conversation(archive, 1, &["heard a; closed"]).await;
    conversation(archive, 2, &["heard b; retagged service-request; closed"]).await;
    let kek = |class: &str| {
        let keks = keyring.keks().into_iter();
        keks.filter(|kek| kek.class.as_str() == class)
            .collect::<Vec<_>>()
    };
    let until: Vec<_> = kek("chat")
        .iter()
        .map(|kek| kek.bucket.to_string())
        .collect();
    assert!(until.contains(&"2026-12".to_owned()), "{until:?}");
    for kek in kek("chat") {
        keyring.destroy(kek.id).unwrap();
    }
    let gone = archive.read(id(1)).await.unwrap_err();
    assert!(
        matches!(&gone, ArchiveError::Unreadable { conversation, .. } if *conversation == id(1))
    );
    assert!(gone.to_string().contains("expired or was erased"), "{gone}");
    assert!(archive.read(id(2)).await.unwrap().is_some());
    let listing = archive.list(None, 10).await.unwrap();
    assert_eq!(listing.conversations.len(), 1);
    assert_eq!(listing.unreadable.len(), 1);
    assert_eq!(listing.unreadable[0].0, id(1));
}

/// What somebody without keys does to the store's bytes: `take KIND NTH` removes a key, `flip` changes
/// a bit of its value, `swap A B` exchanges two values, `move A B` puts the first under the second's key.
async fn tamper(store: &Watched, deed: &str) {
    let words: Vec<&str> = deed.split(' ').collect();
    let number = |at: usize| words[at].parse::<usize>().unwrap();
    let pairs = store.all(number(1) as u8).await;
    let (key, value) = &pairs[number(2)];
    match words[0] {
        "take" => store.put(key, None).await,
        "flip" => {
            let mut changed = value.clone();
            let middle = changed.len() / 2;
            changed[middle] ^= 4;
            store.put(key, Some(&changed)).await;
        }
        "cut" => store.put(key, Some(&value[..value.len() / 2])).await,
        "swap" => {
            let (other, in_its_place) = &pairs[number(3)];
            store.put(key, Some(in_its_place)).await;
            store.put(other, Some(value)).await;
        }
        "move" => {
            let (other, _) = &pairs[number(3)];
            store.put(other, Some(value)).await;
        }
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn forged_missing_and_misplaced_records_are_found() {
    // Kinds: 1 head, 2 turn, 3 usage, 4 technical, 5 reference, 6 open, 7 last days. Conversation 1
    // has the turns 0 to 2 of all and is closed; conversation 2 has 3 to 5.
    let cases = [
        ("flip 1 0", "was changed, or stands in another's place"),
        ("cut 1 0", "does not open"),
        ("swap 1 0 1", "stands in another's place"),
        ("take 1 0", "a record of no conversation"),
        ("flip 2 1", "record 3"),
        ("cut 2 4", "record 3"),
        ("swap 2 1 2", "stands in another's place"),
        ("swap 2 1 4", "stands in another's place"),
        ("move 2 3 1", "stands in another's place"),
        ("take 2 0", "record 1"),
        ("take 2 1", "record 3"),
        ("take 2 2", "from here on are missing"),
        ("flip 3 0", "stands in another's place"),
        ("swap 3 0 1", "stands in another's place"),
        ("take 3 0", "a record is missing (Usage)"),
        ("flip 4 1", "stands in another's place"),
        ("take 4 1", "a record is missing (Technical)"),
        ("flip 5 0", "does not lead to it"),
        ("swap 5 0 1", "does not lead to it"),
        ("take 5 1", "does not lead to it"),
        ("take 6 0", "index of open conversations"),
        ("take 7 0", "is not in the index"),
    ];
    for (deed, told) in cases {
        let place = Place::new();
        conversation(&place.archive, 1, &["heard a; said A", "heard b; closed"]).await;
        conversation(&place.archive, 2, &["heard c; said C", "heard d; said D"]).await;
        place.whole(2, 6).await;
        tamper(&place.store, deed).await;
        let faults = place.archive.verify().await.unwrap().faults;
        assert!(
            faults.iter().any(|fault| fault.contains(told)),
            "{deed}: {faults:#?}"
        );
        // Nobody is given anything but what was recorded.
        for number in [1, 2] {
            if let Ok(Some(found)) = place.archive.find(&reference(number)).await {
                assert_eq!(found, id(number), "{deed}");
            }
            if let Ok(Some((held, turns))) = place.archive.read(id(number)).await {
                assert_eq!(
                    (held.reference(), turns.len()),
                    (&*reference(number), 3),
                    "{deed}"
                );
            }
        }
    }
}
