//! Laws of what is left when a secret ended.

use super::{Fixture, NOW, TTL, Wish};
use burnbag_core::fate::Fate;

/// Sealed bytes and link are gone; the receipt and its recipient stay.
pub async fn what_ended_is_gone(fixture: &mut Fixture) {
    for fate in [Fate::Revealed, Fate::Burned] {
        let sample = fixture.put(Wish::default()).await;
        let take = sample.take(fate, fixture.claim(), NOW.after(5));
        assert!(fixture.one.take(take, None).await.expect("take works"));
        for store in [&fixture.one, &fixture.two] {
            fixture.assert_ended(store, &sample, fate, NOW.after(5)).await;
            let receipt = store.receipt(sample.row(), &sample.receipt.check(), NOW).await;
            assert!(receipt.expect("receipt works").expect("it stays").recipient.is_some());
            let strike = store.strike(sample.row(), &sample.check(), 1, NOW).await;
            assert_eq!(strike.expect("strike works"), None);
        }
    }
}

/// However a secret ended: nothing that the data hold opens what somebody kept of it. Other secrets live.
pub async fn life_keys_die_with_their_secrets(fixture: &mut Fixture) {
    let neighbour = fixture.put(Wish { ttl: 10 * TTL, ..Wish::default() }).await;
    let (read, burned) = (fixture.put(Wish::default()).await, fixture.put(Wish::default()).await);
    let (expired, removed) =
        (fixture.put(Wish::default()).await, fixture.put(Wish { ttl: 60, ..Wish::default() }).await);
    if let Some(life_keys) = &fixture.life_keys {
        for sample in [&read, &burned, &expired, &removed] {
            assert!(sample.opens(&sample.pair.sealed, &life_keys(sample.row()), &fixture.ring));
        }
    }
    fixture.end(&read, Fate::Revealed).await;
    fixture.assert_life_key_is_dead(&read);
    fixture.end(&burned, Fate::Burned).await;
    fixture.assert_life_key_is_dead(&burned);
    let swept = fixture.one.sweep(NOW.after(TTL), 10).await.expect("sweep works");
    assert_eq!((swept.expired, swept.receipts), (2, 1), "one of them is over altogether");
    fixture.assert_life_key_is_dead(&expired);
    fixture.assert_life_key_is_dead(&removed);
    fixture.assert_waits(&fixture.two, &neighbour).await;
}

/// What ended stays ended when the store is opened again.
pub async fn ended_rows_stay_ended_after_a_restart(fixture: &mut Fixture) {
    let mut samples = Vec::new();
    for _ in 0..6 {
        samples.push(fixture.put(Wish::default()).await);
    }
    for sample in &samples[..4] {
        fixture.end(sample, Fate::Revealed).await;
    }
    fixture.restart().await;
    for sample in &samples[..4] {
        fixture.assert_ended(&fixture.one, sample, Fate::Revealed, NOW).await;
    }
    for sample in &samples[4..] {
        fixture.assert_waits(&fixture.one, sample).await;
    }
}

/// A claim is told from every other, on every handle, before and after a restart.
pub async fn settle_tells_claims_apart(fixture: &mut Fixture) {
    let (sample, waiting) = (fixture.put(Wish::default()).await, fixture.put(Wish::default()).await);
    let won = fixture.end(&sample, Fate::Revealed).await;
    let lost = sample.take(Fate::Revealed, fixture.claim(), NOW);
    assert!(!fixture.two.take(lost, None).await.expect("take works"));
    for _ in 0..2 {
        for store in [&fixture.one, &fixture.two] {
            assert!(store.settle(sample.row(), won.claim).await.expect("settle works"));
            assert!(!store.settle(sample.row(), lost.claim).await.expect("settle works"));
            assert!(!store.settle(waiting.row(), won.claim).await.expect("settle works"));
        }
        fixture.restart().await;
    }
}
