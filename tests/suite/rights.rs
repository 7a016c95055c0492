//! What a person may ask, in the archive: to be found, corrected and erased, whatever stops in between.

use crate::archive_fixture::{Place, Watched, conversation, id, noon, opening, start, turn};
use cece::dialogue::{Channel, Event};
use cece::transcripts::archive::{Identifier, Note};
use cece::transcripts::ledger::Ledger;
use cece::transcripts::retention::ClassName;
use jiff::civil::date;
use serde_json::{from_value, json};
use std::sync::Arc;

#[tokio::test]
async fn what_is_noted_afterwards_moves_the_last_day_and_a_correction_supersedes() {
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

    let other = Note::Retagged {
        class: ClassName::new("service-request"),
        reason: "it was no complaint".to_owned(),
    };
    let held = place.archive.note(&held, other, "jo", now).await.unwrap();
    // Two years from closing, at half past midnight in London on 1 June.
    assert_eq!(held.tags().conversation.due, Some(date(2028, 6, 1)));
    let keks = place.keyring.keks();
    assert!(
        keks.iter().all(|kek| kek.bucket.to_string() != "2033-06"),
        "a key outlives its last day"
    );

    let (again, turns) = place.archive.read(id(1)).await.unwrap().unwrap();
    assert_eq!(turns.len(), 3, "what was said stays as it was");
    assert_eq!(again.tags(), held.tags());
    let notes = place.archive.notes(&again).await.unwrap();
    assert_eq!(notes.len(), 3);
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

/// The index by conversation is younger than the index by key.
#[tokio::test]
async fn a_store_from_before_keys_were_found_by_conversation_erases_all_of_them() {
    let store = Arc::new(Watched::default());
    let place = Place::over(|_| Arc::clone(&store) as _).await;
    conversation(&place.archive, 1, &["heard a; closed"]).await;
    conversation(&place.archive, 2, &["heard a"]).await;
    let new = store.all(17).await;
    for (key, _) in &new {
        store.put(key, None).await;
    }
    let before = place.keyring.keks().len();
    place.archive.bind().await.unwrap();
    assert_eq!(store.all(17).await, new);
    let now = noon("2026-06-02");
    let receipt = place.archive.erase(id(1), &place.ledger, now).await;
    // A head is sealed as the conversation begins and again as it ends.
    assert_eq!(receipt.unwrap().unwrap().keys.len(), 4);
    assert_eq!(before, 4);
    place.whole().await;
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

/// The power goes after each commit in turn: before, between and after the steps of an erasure.
#[tokio::test]
async fn an_erasure_that_is_stopped_anywhere_is_finished_at_the_next_start() {
    let now = noon("2026-06-02");
    let mut stops = 0;
    loop {
        let store = Arc::new(Watched::default());
        let place = Place::over(|_| Arc::clone(&store) as _).await;
        for number in 1..=3 {
            conversation(&place.archive, number, &["heard a", "heard b; closed"]).await;
        }
        let before = place.keyring.keks();
        store.allow(Some(stops));
        let erased = place.archive.erase(id(2), &place.ledger, now).await;
        store.allow(None);
        place.archive.bind().await.unwrap();
        let finished = place.archive.replay(&place.ledger, false, now).await;
        assert_eq!(finished.unwrap(), u64::from(erased.is_err()), "{stops}");
        assert!(!place.is_there(2).await, "{stops}");
        assert!(place.is_there(1).await && place.is_there(3).await);
        let after = place.keyring.keks();
        assert!(before.iter().all(|kek| !after.contains(kek)), "{stops}");
        place.whole().await;
        if erased.is_ok() {
            break;
        }
        stops += 1;
    }
    assert!(stops > 3, "{stops}");
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
