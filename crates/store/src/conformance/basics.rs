//! Laws of `lease`, `put` and `peek`.

use super::{Fixture, NOW, Wish};
use crate::{Held, Holder, Put};
use burnbag_core::account::{AccountId, AccountKey};
use burnbag_core::fate::{Fate, State};
use burnbag_core::life_key::LifeKey;
use burnbag_core::outline::{Form, Outline};
use burnbag_core::seal::ReceiptText;
use burnbag_core::time::Timestamp;
use std::collections::HashSet;
use std::sync::Arc;

/// What was put comes back as it was, on every handle, and opens.
pub async fn what_was_put_opens_for_reader_and_sender(fixture: &mut Fixture) {
    let held = Some(Held { holder: Holder(-7), bytes: 400 });
    for wish in [
        Wish { held, ..Wish::default() },
        Wish { passphrase: Some("open sesame"), ..Wish::default() },
        Wish { length: 1, ..Wish::default() },
        Wish { length: 200_000, ..Wish::default() },
        Wish { outline: Some(Outline { form: Form::Text, size: 256 }), ..Wish::default() },
        Wish { outline: Some(Outline { form: Form::Files(None), size: 1 << 40 }), ..Wish::default() },
        Wish { outline: Some(Outline { form: Form::Files(Some(10)), size: 0 }), ..Wish::default() },
    ] {
        let sample = fixture.put(wish).await;
        for store in [&fixture.one, &fixture.two] {
            fixture.assert_waits(store, &sample).await;
            let waiting = store.peek(sample.row(), &sample.check(), NOW).await.expect("peek works");
            let waiting = waiting.expect("it waits");
            assert_eq!(waiting.held, wish.held);
            assert_eq!((waiting.strikes, waiting.outline), (0, wish.outline));
            assert_eq!(waiting.place.kind, sample.pair.place.kind);
            let receipt = store.receipt(sample.row(), &sample.receipt.check(), NOW).await;
            let receipt = receipt.expect("receipt works").expect("it is there");
            let recipient = receipt.recipient.expect("it was given");
            let recipient =
                ReceiptText::Recipient.open(&recipient, &sample.receipt, &receipt.place, &fixture.ring);
            assert_eq!(recipient.as_deref(), Ok("re*****@e*****.com"));
            let label = receipt.label.expect("it was given");
            let label = ReceiptText::Label.open(&label, &sample.receipt, &receipt.place, &fixture.ring);
            assert_eq!(label.as_deref(), Ok("VPN for Ann"));
            assert_eq!(receipt.mailing, sample.pair.mailing);
        }
    }
}

/// No number is leased twice, by however many callers on however many handles.
pub async fn leased_rows_belong_to_one_caller(fixture: &mut Fixture) {
    let mut calls = Vec::new();
    for number in 0..32_usize {
        let store = Arc::clone(if number % 2 == 0 { &fixture.one } else { &fixture.two });
        let lives: Vec<_> = (0..=number).map(|_| LifeKey::make(&mut fixture.rng())).collect();
        calls.push(tokio::spawn(async move {
            let count = lives.len() as u64;
            let first = store.lease(lives).await.expect("lease works");
            first.0..first.0 + count
        }));
    }
    let mut seen = HashSet::new();
    for call in calls {
        for row in call.await.expect("no panic") {
            assert!(seen.insert(row), "row {row} was leased twice");
        }
    }
}

/// A row that exists is refused: what waits there, or what is known of it, stays as it is.
pub async fn put_refuses_a_row_that_exists(fixture: &mut Fixture) {
    let sample = fixture.put(Wish::default()).await;
    let held = fixture.one.held().await.expect("held works");
    let key = AccountKey::make(&mut fixture.rng());
    let wish = Wish {
        maker: Some((AccountId(1), &key)),
        held: Some(Held { holder: Holder(1), bytes: 9 }),
        ..Wish::default()
    };
    let other =
        super::Sample::seal(sample.row(), sample.pair.life.clone(), wish, &fixture.ring, &mut fixture.rng());
    for store in [&fixture.one, &fixture.two] {
        assert_eq!(store.put(other.pair.clone()).await.expect("put works"), Put::RowExists);
        assert_eq!(store.put(sample.pair.clone()).await.expect("put works"), Put::RowExists);
    }
    fixture.assert_waits(&fixture.two, &sample).await;
    assert_eq!(fixture.one.held().await.expect("held works"), held);
    assert!(fixture.one.recent(AccountId(1), 10, NOW).await.expect("recent works").is_empty());
    fixture.end(&sample, Fate::Burned).await;
    assert_eq!(fixture.one.put(other.pair.clone()).await.expect("put works"), Put::RowExists);
    fixture.assert_ended(&fixture.one, &sample, Fate::Burned, NOW).await;
}

/// A `put` that fails half-way has done nothing, and may be tried again.
pub async fn put_is_all_or_nothing(fixture: &mut Fixture) {
    let Some(obstacle) = &fixture.obstacle else {
        return;
    };
    let key = AccountKey::make(&mut fixture.rng());
    let held = Some(Held { holder: Holder(1), bytes: 77 });
    let sample = fixture.seal(Wish { maker: Some((AccountId(5), &key)), held, ..Wish::default() }).await;
    obstacle(&sample);
    // Together with others, which are stored all the same.
    let other = fixture.seal(Wish::default()).await;
    let (failed, stored) =
        tokio::join!(fixture.one.put(sample.pair.clone()), fixture.one.put(other.pair.clone()));
    assert!(failed.is_err(), "the second step fails");
    assert_eq!(stored.expect("put works"), Put::Stored);
    fixture.assert_waits(&fixture.two, &other).await;
    let receipt = fixture.one.receipt(sample.row(), &sample.receipt.check(), NOW).await;
    assert!(receipt.expect("receipt works").is_none(), "the first step is undone");
    assert_eq!(fixture.one.held().await.expect("held works"), 0);
}

/// A glance tells what a peek does, without the content, and nothing of what does not wait.
pub async fn a_glance_tells_what_waits(fixture: &mut Fixture) {
    let outline = Some(Outline { form: Form::Files(Some(3)), size: 4_096 });
    let sample = fixture.put(Wish { outline, length: 5_000, ..Wish::default() }).await;
    fixture.one.strike(sample.row(), &sample.check(), 2, NOW).await.expect("strike works");
    for store in [&fixture.one, &fixture.two] {
        let glance = store.glance(sample.row(), &sample.check(), NOW).await.expect("glance works");
        let glance = glance.expect("it waits");
        assert_eq!((glance.outline, glance.strikes), (outline, 2));
        assert_eq!(glance.length, sample.pair.sealed.as_bytes().len() as u64);
        assert_eq!((glance.place.kind, glance.place.expires), (sample.pair.place.kind, sample.expires()));
        let other = store.glance(sample.row(), &sample.receipt.check(), NOW).await;
        assert!(other.expect("glance works").is_none());
        let late = store.glance(sample.row(), &sample.check(), sample.expires()).await;
        assert!(late.expect("glance works").is_none());
    }
    fixture.assert_waits(&fixture.one, &sample).await;
    fixture.end(&sample, Fate::Burned).await;
    let gone = fixture.two.glance(sample.row(), &sample.check(), NOW).await;
    assert!(gone.expect("glance works").is_none());
}

/// Reading ends nothing, counts nothing and hides nothing.
pub async fn peek_changes_nothing(fixture: &mut Fixture) {
    let sample = fixture.put(Wish::default()).await;
    for _ in 0..10 {
        fixture.assert_waits(&fixture.one, &sample).await;
        fixture.assert_waits(&fixture.two, &sample).await;
    }
    fixture.restart().await;
    fixture.assert_waits(&fixture.one, &sample).await;
    let receipt = fixture.one.receipt(sample.row(), &sample.receipt.check(), NOW).await;
    assert_eq!(receipt.expect("receipt works").expect("it is there").strikes, 0);
}

/// Who has another key, be it the receipt's, learns nothing and ends nothing.
pub async fn peek_needs_the_check_of_the_secret_key(fixture: &mut Fixture) {
    let (sample, other) = (fixture.put(Wish::default()).await, fixture.put(Wish::default()).await);
    for check in [other.check(), sample.receipt.check()] {
        assert!(fixture.one.peek(sample.row(), &check, NOW).await.expect("peek works").is_none());
        let mut take = sample.take(Fate::Revealed, fixture.claim(), NOW);
        take.check = check;
        assert!(!fixture.one.take(take, None).await.expect("take works"));
    }
    for check in [other.receipt.check(), sample.check()] {
        assert!(fixture.one.receipt(sample.row(), &check, NOW).await.expect("receipt works").is_none());
    }
    let nowhere = burnbag_core::tag::Row(burnbag_core::tag::Row::LIMIT - 1);
    assert!(fixture.one.peek(nowhere, &sample.check(), NOW).await.expect("peek works").is_none());
    fixture.assert_waits(&fixture.one, &sample).await;
}

/// A secret is gone at the second of its expiry, whether a sweep came by or not; its receipt says so.
pub async fn expired_is_absent_swept_or_not(fixture: &mut Fixture) {
    let sample = fixture.put(Wish::default()).await;
    let last = Timestamp(sample.expires().0 - 1);
    assert!(fixture.one.peek(sample.row(), &sample.check(), last).await.expect("peek works").is_some());
    let ended = State::Ended(Fate::Expired, sample.expires());
    for swept in [false, true] {
        if swept {
            fixture.one.sweep(sample.expires(), 10).await.expect("sweep works");
        }
        let now = sample.expires();
        assert!(fixture.one.peek(sample.row(), &sample.check(), now).await.expect("peek works").is_none());
        let take = sample.take(Fate::Revealed, fixture.claim(), now);
        assert!(!fixture.one.take(take, None).await.expect("take works"));
        let strike = fixture.one.strike(sample.row(), &sample.check(), 1, now).await;
        assert_eq!(strike.expect("strike works"), None);
        let receipt = fixture.one.receipt(sample.row(), &sample.receipt.check(), now).await;
        let receipt = receipt.expect("receipt works").expect("it stays");
        assert_eq!(receipt.state, ended);
        assert!(receipt.link.is_none());
    }
    fixture.assert_life_key_is_dead(&sample);
}
