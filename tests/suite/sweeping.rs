//! What is over goes when it should and not before: by the sweeper, against holds, a circuit breaker, and
//! clocks that are set back.
//!
//! In the fixture's register: chat P6M from closing, so what closes on 1 June 2026 in London is kept to
//! 1 December; usage P13M from its making, to 1 July 2027; technical P30D, to 1 July 2026.

use crate::archive_fixture::{Place, Watched, archive, conversation, head, id, noon, reference};
use cece::transcripts::archive::{ArchiveError, Breaker, Disposition, Note, Scope, Sweep};
use cece::transcripts::record::DataClass;
use cece::transcripts::retention::{ClassName, Register};
use cece::transcripts::{Memory, Store as _};
use jiff::ToSpan;
use jiff::civil::date;
use std::path::Path;
use std::sync::Arc;

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
    assert_eq!(*place.archive.holds(), std::slice::from_ref(&hold));
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
    let due = place.archive.holds_on(id(3), &ClassName::new("chat"));
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
    // Unless somebody says that the clock was ahead before.
    assert!(told.contains("clock-is-right"), "{told}");
    place.archive.trust_clock(back).await.unwrap();
    place.archive.bind().await.unwrap();
    assert_eq!(place.archive.today(back), date(2026, 6, 5));
    assert!(place.archive.served(id(1), back).await.unwrap().is_some());
    place.sweep(back).await;
    assert!(place.is_there(1).await);
}

#[tokio::test]
async fn what_is_made_anonymous_leaves_counts_and_no_words() {
    let place = Place::in_memory().await;
    // The fixture deletes; the shipped register makes usage data anonymous.
    let text = include_str!("../../transcripts/retention.toml");
    let register = Register::parse(text, Path::new("r")).unwrap();
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

#[tokio::test]
async fn a_damaged_record_that_is_over_goes_unless_a_hold_keeps_it() {
    let store = Arc::new(Watched::default());
    let place = Place::over(|_| Arc::clone(&store) as _).await;
    let why = ("Legal services", "a claim of the blue gate");
    let now = noon("2026-12-02");
    for number in [1, 2] {
        conversation(&place.archive, number, &["heard a; closed"]).await;
        let mut bytes = store.get(head(number)).await.unwrap().unwrap();
        *bytes.last_mut().unwrap() ^= 1;
        store.put(&head(number), Some(&bytes)).await;
    }
    let one = Scope::Conversation {
        id: id(1),
        reference: reference(1),
    };
    for scope in [one, Scope::Class(ClassName::new("chat"))] {
        let hold = place.archive.add_hold(scope, why, date(2030, 1, 1), now);
        let hold = hold.await.unwrap();
        place.sweep(now).await;
        assert!(store.get(head(1)).await.unwrap().is_some(), "{hold:?}");
        place.archive.release_hold(hold.id, now).await.unwrap();
    }
    assert!(store.get(head(2)).await.unwrap().is_none());
    place.sweep(now).await;
    assert!(store.get(head(1)).await.unwrap().is_none());
    let runs = place.archive.dispositions().await.unwrap();
    assert_eq!(runs.iter().map(|run| run.unreadable).sum::<u64>(), 2);
}

#[tokio::test]
async fn what_is_of_a_class_that_has_lost_its_row_waits_for_a_person() {
    let place = Place::in_memory().await;
    conversation(&place.archive, 1, &["heard a; closed"]).await;
    let mut register = Register::clone(&place.archive.register());
    register.rows.remove(&ClassName::new("chat"));
    place.archive.use_register(Arc::new(register));
    let now = noon("2026-12-02");
    place.sweep(now).await;
    assert!(place.archive.served(id(1), now).await.unwrap().is_some());
    let waiting = place.archive.to_review(now).await.unwrap();
    assert_eq!(waiting.len(), 1);
    assert_eq!(waiting[0].0, id(1));
    let before = noon("2026-12-01");
    let early = place.archive.dispose(id(1), "jo", before).await;
    assert!(matches!(early, Err(ArchiveError::ClockBack { .. })));
    let done = place.archive.dispose(id(1), "jo", now).await.unwrap();
    assert_eq!(done.unwrap().records, 1);
    assert!(!place.is_there(1).await);
    assert!(place.archive.to_review(now).await.unwrap().is_empty());
    // What a person disposes of says nothing of how large a run usually is.
    let breaker = Breaker {
        multiple: 3,
        floor: 0,
    };
    let plan = place.archive.plan_sweep(breaker, now).await.unwrap();
    assert_eq!(plan.limit, 3, "one technical record was usual");
}

#[tokio::test]
async fn a_last_day_that_comes_earlier_leaves_no_key_that_outlives_it() {
    let place = Place::in_memory().await;
    let turns = ["heard a; retagged complaint; said A", "heard b; closed"];
    let mut held = conversation(&place.archive, 1, &turns).await;
    let now = noon("2026-08-10");
    for on in [date(2026, 8, 2), date(2026, 7, 2)] {
        let closed = Note::CaseClosed { on };
        held = place.archive.note(&held, closed, "jo", now).await.unwrap();
    }
    assert_eq!(held.tags().conversation.due, Some(date(2033, 7, 2)));
    let keks = place.keyring.keks().into_iter();
    let complaint = keks.filter(|kek| kek.class.as_str() == "complaint");
    let mut buckets: Vec<_> = complaint.map(|kek| kek.bucket.to_string()).collect();
    buckets.sort();
    assert_eq!(buckets, ["2033-07", "open-2026-06"]);
    place.whole().await;
}

#[tokio::test]
async fn a_run_that_is_stopped_has_left_a_record_of_what_went_and_the_next_goes_on() {
    let store = Arc::new(Watched::default());
    let place = Place::over(|_| Arc::clone(&store) as _).await;
    for number in 1..=60 {
        conversation(&place.archive, number, &["heard a; closed"]).await;
    }
    let now = noon("2026-12-02");
    // The day is noted, and then two batches go.
    store.allow(Some(3));
    let breaker = Breaker::default();
    let stopped = place.archive.sweep(breaker, None, "test", now).await;
    assert!(stopped.is_err(), "{stopped:?}");
    store.allow(None);
    let gone = |runs: &[Disposition]| runs.iter().map(|run| run.records).sum::<u64>();
    let runs = place.archive.dispositions().await.unwrap();
    let first = gone(&runs);
    assert!(runs.len() == 1 && first > 0 && first < 120, "{runs:?}");
    assert_eq!(place.sweep(now).await, 120 - first);
    place.whole().await;
    assert_eq!(gone(&place.archive.dispositions().await.unwrap()), 120);
}

#[tokio::test]
async fn the_index_of_a_key_that_went_before_a_stop_goes_with_the_next_sweep() {
    let store = Arc::new(Watched::default());
    let place = Place::over(|_| Arc::clone(&store) as _).await;
    for number in 1..=600 {
        conversation(&place.archive, number, &["heard a; closed"]).await;
    }
    let index = async |kind| {
        let index = store.memory.scan(vec![kind], None, 9_999).await.unwrap();
        index.len()
    };
    // A head is sealed when it is opened and when it is closed, and usage data with it. The index by
    // conversation has one pair more, which says that it is whole.
    assert_eq!((index(9).await, index(17).await), (4 * 600, 4 * 600 + 1));
    let chat = place.keyring.keks().into_iter();
    let chat: Vec<_> = chat
        .filter(|kek| kek.bucket.to_string() == "2026-12")
        .collect();
    assert!(!chat.is_empty());
    for kek in chat {
        place.keyring.destroy(kek.id).unwrap();
    }
    place.sweep(noon("2026-06-02")).await;
    assert_eq!((index(9).await, index(17).await), (3 * 600, 3 * 600 + 1));
}

#[tokio::test]
async fn the_audit_log_is_over_by_its_own_row() {
    let place = Place::in_memory().await;
    let text = include_str!("../../transcripts/retention.toml");
    let register = Register::parse(text, Path::new("r")).unwrap();
    place.archive.use_register(Arc::new(register));
    let class = ClassName::new("audit");
    let over = |day| {
        let over = place.archive.over_by_making(&class, noon(day));
        over(noon("2026-06-01"))
    };
    assert!(!over("2033-06-01"));
    assert!(over("2033-06-02"));
    let why = ("Legal services", "an inquiry");
    let (review, now) = (date(2040, 1, 1), noon("2033-06-02"));
    place
        .archive
        .add_hold(Scope::Class(class.clone()), why, review, now)
        .await
        .unwrap();
    assert!(!over("2033-06-02"), "it is on hold");
    let unknown = ClassName::new("unknown");
    assert!(!place.archive.over_by_making(&unknown, now)(noon(
        "1996-06-01"
    )));
}
