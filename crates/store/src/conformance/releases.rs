//! Laws of `release`: the way back of a take that gave nothing out.

use super::{Fixture, NOW, Sample, TTL, Wish};
use crate::{DynStore, Held, Holder, Take, Waiting};
use burnbag_core::fate::Fate;
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

async fn peeked(store: &DynStore, sample: &Sample) -> Waiting {
    store.peek(sample.row(), &sample.check(), NOW).await.expect("peek works").expect("it waits")
}

async fn release(store: &DynStore, take: Take, waiting: &Waiting) -> bool {
    store.release(take.row, take.claim, waiting, NOW).await.expect("release works")
}

/// Only the claim that ended a secret puts it back, and only once; strikes stay counted.
pub async fn release_undoes_only_its_own_take(fixture: &mut Fixture) {
    let (sample, other) = (fixture.put(Wish::default()).await, fixture.put(Wish::default()).await);
    fixture.one.strike(sample.row(), &sample.check(), 3, NOW).await.expect("strike works");
    let waiting = peeked(&fixture.one, &sample).await;
    let other_waiting = peeked(&fixture.one, &other).await;
    let stranger = Take { claim: fixture.claim(), ..sample.take(Fate::Revealed, fixture.claim(), NOW) };
    assert!(!release(&fixture.one, stranger, &waiting).await, "nothing ended yet");
    let take = fixture.end(&sample, Fate::Revealed).await;
    assert!(!release(&fixture.one, stranger, &waiting).await, "another claim ended it");
    let wrong_place = fixture.one.release(take.row, take.claim, &other_waiting, NOW).await;
    assert!(!wrong_place.expect("release works"), "this was not peeked here");
    fixture.assert_ended(&fixture.two, &sample, Fate::Revealed, NOW).await;

    assert!(release(&fixture.one, take, &waiting).await);
    fixture.assert_waits(&fixture.one, &sample).await;
    fixture.assert_waits(&fixture.two, &sample).await;
    assert_eq!(peeked(&fixture.two, &sample).await.strikes, 3);
    assert!(!fixture.one.settle(take.row, take.claim).await.expect("settle works"));
    assert!(!release(&fixture.two, take, &waiting).await, "it was put back already");
    fixture.assert_waits(&fixture.two, &other).await;
}

/// What expired meanwhile is not put back, and its life key stays dead.
pub async fn release_comes_too_late_after_expiry(fixture: &mut Fixture) {
    let sample = fixture.put(Wish::default()).await;
    let waiting = peeked(&fixture.one, &sample).await;
    let take = fixture.end(&sample, Fate::Revealed).await;
    for swept in [false, true] {
        if swept {
            fixture.two.sweep(sample.expires(), 10).await.expect("sweep works");
        }
        let released = fixture.one.release(take.row, take.claim, &waiting, sample.expires()).await;
        assert!(!released.expect("release works"), "it expired");
        fixture.assert_ended(&fixture.one, &sample, Fate::Revealed, NOW).await;
    }
    fixture.two.sweep(sample.expires().after(TTL), 10).await.expect("sweep works");
    assert!(!release(&fixture.one, take, &waiting).await, "its receipt is gone too");
    fixture.assert_life_key_is_dead(&sample);
}

/// A released secret has one reader again, whoever that is.
pub async fn released_is_taken_once(fixture: &mut Fixture) {
    let held = Some(Held { holder: Holder(3), bytes: 50 });
    let sample = fixture.put(Wish { held, ..Wish::default() }).await;
    for round in 0..3 {
        let store = if round % 2 == 0 { &fixture.one } else { &fixture.two };
        let waiting = peeked(store, &sample).await;
        let take = fixture.end(&sample, Fate::Revealed).await;
        assert_eq!(fixture.one.held().await.expect("held works"), 0);
        assert!(release(store, take, &waiting).await, "round {round}");
        assert_eq!(fixture.one.held().await.expect("held works"), 50);
    }
    fixture.end(&sample, Fate::Burned).await;
    let late = sample.take(Fate::Revealed, fixture.claim(), NOW);
    assert!(!fixture.two.take(late, None).await.expect("take works"));
    fixture.assert_ended(&fixture.two, &sample, Fate::Burned, NOW).await;
}

/// What the store remembers of an end that was taken back must not end the secret at the next start, whichever handle
/// took it back.
pub async fn released_rows_survive_a_restart(fixture: &mut Fixture) {
    let (same, across) = (fixture.put(Wish::default()).await, fixture.put(Wish::default()).await);
    let gone = fixture.put(Wish::default()).await;
    fixture.end(&gone, Fate::Revealed).await;
    // The last thing that the first handle knows of `across` is its end.
    for (sample, releaser) in [(&same, &fixture.one), (&across, &fixture.two)] {
        let waiting = peeked(&fixture.one, sample).await;
        let take = fixture.end(sample, Fate::Revealed).await;
        assert!(release(releaser, take, &waiting).await);
    }
    for _ in 0..2 {
        fixture.restart().await;
        fixture.assert_waits(&fixture.one, &same).await;
        fixture.assert_waits(&fixture.one, &across).await;
        fixture.assert_ended(&fixture.one, &gone, Fate::Revealed, NOW).await;
    }
    fixture.end(&across, Fate::Burned).await;
    fixture.assert_ended(&fixture.two, &across, Fate::Burned, NOW).await;
}

/// A node that gives up on a take while it is still on its way, and takes it back at once, loses nothing.
pub async fn release_right_behind_its_take(fixture: &mut Fixture) {
    for _ in 0..20 {
        let sample = fixture.put(Wish::default()).await;
        let waiting = peeked(&fixture.one, &sample).await;
        let take = sample.take(Fate::Revealed, fixture.claim(), NOW);
        {
            let mut call = pin!(fixture.one.take(take, None));
            let _ = poll_fn(|context| Poll::Ready(call.as_mut().poll(context).is_ready())).await;
        }
        let released = release(&fixture.one, take, &waiting).await;
        let still_ended = fixture.one.settle(take.row, take.claim).await.expect("settle works");
        assert!(!still_ended, "behind the release the take is undone (released: {released})");
        fixture.assert_waits(&fixture.one, &sample).await;
        fixture.restart().await;
        fixture.assert_waits(&fixture.one, &sample).await;
        fixture.end(&sample, Fate::Burned).await;
        fixture.assert_ended(&fixture.two, &sample, Fate::Burned, NOW).await;
    }
}

/// The sweep finds a secret that was put back, even where a node whose clock is ahead had looked at the row before.
pub async fn a_released_secret_expires_like_any_other(fixture: &mut Fixture) {
    let sample = fixture.put(Wish::default()).await;
    let waiting = peeked(&fixture.one, &sample).await;
    let take = fixture.end(&sample, Fate::Revealed).await;
    fixture.two.sweep(sample.expires(), 10).await.expect("sweep works");
    assert!(release(&fixture.one, take, &waiting).await);
    fixture.assert_waits(&fixture.two, &sample).await;
    let swept = fixture.two.sweep(sample.expires(), 10).await.expect("sweep works");
    assert_eq!(swept.expired, 1);
    fixture.assert_ended(&fixture.one, &sample, Fate::Expired, sample.expires()).await;
}
