//! Laws of what is counted: wrong openers, the bytes that anonymous makers hold, and calls.

use super::{Fixture, NOW, Sample, TTL, Wish};
use crate::{Caller, Counted, Held, Holder, Quota, STRIKES_BEFORE_LOCK};
use burnbag_core::fate::Fate;
use std::sync::Arc;

async fn strike(fixture: &Fixture, sample: &Sample, change: i32) -> Option<u32> {
    fixture.one.strike(sample.row(), &sample.check(), change, NOW).await.expect("strike works")
}

async fn strikes(fixture: &Fixture, sample: &Sample) -> u32 {
    let receipt = fixture.two.receipt(sample.row(), &sample.receipt.check(), NOW).await;
    receipt.expect("receipt works").expect("it is there").strikes
}

/// Every try is counted once, by whomever on whatever node; what is taken back never leaves less than none.
pub async fn strikes_are_counted_and_taken_back(fixture: &mut Fixture) {
    let sample = fixture.put(Wish::default()).await;
    assert_eq!(strike(fixture, &sample, 1).await, Some(0));
    assert_eq!(strike(fixture, &sample, 1).await, Some(1));
    assert_eq!(strike(fixture, &sample, -1).await, Some(2));
    assert_eq!(strike(fixture, &sample, -1).await, Some(1));
    assert_eq!(strike(fixture, &sample, -1).await, Some(0), "none left, none before");
    assert_eq!(strikes(fixture, &sample).await, 0);
    let mut tries = Vec::new();
    for number in 0..40 {
        let store = Arc::clone(if number % 2 == 0 { &fixture.one } else { &fixture.two });
        let (row, check) = (sample.row(), sample.check());
        tries.push(tokio::spawn(
            async move { store.strike(row, &check, 1, NOW).await.expect("strike works") },
        ));
    }
    let mut before = Vec::new();
    for try_ in tries {
        before.extend(try_.await.expect("no panic"));
    }
    before.sort_unstable();
    assert_eq!(before, (0..40).collect::<Vec<_>>(), "everyone saw another count");
    assert_eq!(strikes(fixture, &sample).await, 40);
}

/// Counting needs a waiting secret and its key, and makes nothing.
pub async fn strikes_create_nothing(fixture: &mut Fixture) {
    let (sample, unknown) = (fixture.put(Wish::default()).await, fixture.seal(Wish::default()).await);
    assert_eq!(strike(fixture, &unknown, 1).await, None);
    let receipt = fixture.one.receipt(unknown.row(), &unknown.receipt.check(), NOW).await;
    assert!(receipt.expect("receipt works").is_none());
    for check in [unknown.check(), sample.receipt.check()] {
        let counted = fixture.one.strike(sample.row(), &check, 1, NOW).await;
        assert_eq!(counted.expect("strike works"), None);
    }
    fixture.end(&sample, Fate::Burned).await;
    assert_eq!(strike(fixture, &sample, 1).await, None);
    assert_eq!(strikes(fixture, &sample).await, 0);
}

/// The receipt's holder, and only he, sets the count back. A locked secret waits.
pub async fn unlock_forgives_all_strikes(fixture: &mut Fixture) {
    let sample = fixture.put(Wish::default()).await;
    for _ in 0..STRIKES_BEFORE_LOCK {
        strike(fixture, &sample, 1).await;
    }
    let waiting = fixture.one.peek(sample.row(), &sample.check(), NOW).await.expect("peek works");
    assert!(waiting.expect("it waits").is_locked());
    let (row, receipt) = (sample.row(), sample.receipt.check());
    assert!(!fixture.one.unlock(row, &sample.check(), NOW).await.expect("unlock works"), "a reader");
    assert!(!fixture.one.unlock(row, &receipt, sample.expires()).await.expect("unlock works"), "too late");
    assert!(fixture.two.unlock(row, &receipt, NOW).await.expect("unlock works"));
    let waiting = fixture.one.peek(row, &sample.check(), NOW).await.expect("peek works");
    assert_eq!(waiting.expect("it waits").strikes, 0);
    fixture.end(&sample, Fate::Revealed).await;
    assert!(!fixture.one.unlock(row, &receipt, NOW).await.expect("unlock works"), "nothing waits");
}

/// The sum of what anonymous makers hold follows every put, end, release and sweep, on both handles.
pub async fn held_is_exact(fixture: &mut Fixture) {
    let held = |holder, bytes| Wish { held: Some(Held { holder: Holder(holder), bytes }), ..Wish::default() };
    fixture.put(Wish::default()).await;
    let (first, second) = (fixture.put(held(1, 100)).await, fixture.put(held(2, 20)).await);
    let third = fixture.put(held(1, 3)).await;
    assert_eq!(fixture.two.held().await.expect("held works"), 123);
    fixture.two.put(third.pair.clone()).await.expect("put works");
    assert_eq!(fixture.one.held().await.expect("held works"), 123, "refused, not counted");
    fixture.end(&first, Fate::Revealed).await;
    let again = first.take(Fate::Revealed, fixture.claim(), NOW);
    assert!(!fixture.two.take(again, None).await.expect("take works"));
    assert_eq!(fixture.two.held().await.expect("held works"), 23);
    fixture.end(&second, Fate::Burned).await;
    assert_eq!(fixture.one.held().await.expect("held works"), 3);
    fixture.restart().await;
    assert_eq!(fixture.one.held().await.expect("held works"), 3);
    fixture.one.sweep(NOW.after(TTL), 10).await.expect("sweep works");
    fixture.two.sweep(NOW.after(2 * TTL), 10).await.expect("sweep works");
    assert_eq!(fixture.two.held().await.expect("held works"), 0);
}

/// Calls are counted by all handles together and for each caller alone, or not at all.
pub async fn calls_are_counted_together_or_not_at_all(fixture: &mut Fixture) {
    let (ann, bob) = (Caller([1; 16]), Caller([2; 16]));
    let quota = Quota { calls: 6, seconds: 86_400 };
    let (mut allowed, mut waits) = (0, Vec::new());
    for number in 0..10 {
        let store = if number % 2 == 0 { &fixture.one } else { &fixture.two };
        match store.count(ann, quota).await.expect("count works") {
            Counted::ByNode => return,
            Counted::Allowed => allowed += 1,
            Counted::Wait(seconds) => waits.push(seconds),
        }
    }
    assert_eq!((allowed, waits.len()), (6, 4));
    assert!(waits.iter().all(|wait| (14_000..=14_401).contains(wait)), "a sixth of a day: {waits:?}");
    assert_eq!(fixture.two.count(bob, quota).await.expect("count works"), Counted::Allowed);
}
