//! Laws of `sweep`.

use super::{Fixture, NOW, TTL, Wish};
use crate::{Held, Holder, Swept};
use burnbag_core::fate::Fate;
use std::sync::Arc;

/// A sweep does as much as it was asked to, and nothing when there is nothing to do.
pub async fn sweep_is_limited_and_idempotent(fixture: &mut Fixture) {
    let mut samples = Vec::new();
    for _ in 0..5 {
        samples.push(fixture.put(Wish::default()).await);
    }
    let later = fixture.put(Wish { ttl: 10 * TTL, ..Wish::default() }).await;
    assert_eq!(fixture.one.sweep(NOW.after(TTL - 1), 10).await.expect("sweep works"), Swept::default());
    for expired in [2, 2, 1, 0] {
        let swept = fixture.one.sweep(NOW.after(TTL), 2).await.expect("sweep works");
        assert_eq!((swept.expired, swept.receipts), (expired, 0));
    }
    for sample in &samples {
        fixture.assert_ended(&fixture.two, sample, Fate::Expired, sample.expires()).await;
    }
    for receipts in [3, 2, 0] {
        let swept = fixture.two.sweep(NOW.after(2 * TTL), 3).await.expect("sweep works");
        assert_eq!((swept.expired, swept.receipts), (0, receipts));
    }
    fixture.assert_waits(&fixture.one, &later).await;
}

/// Two nodes that sweep at the same time end each secret once.
pub async fn two_sweeps_at_once_end_each_secret_once(fixture: &mut Fixture) {
    let held = Some(Held { holder: Holder(1), bytes: 10 });
    for _ in 0..40 {
        fixture.put(Wish { length: 20, held, ..Wish::default() }).await;
    }
    let sweep = |store: &crate::DynStore| {
        let store = Arc::clone(store);
        tokio::spawn(async move {
            let mut sum = (0, 0);
            for _ in 0..10 {
                let swept = store.sweep(NOW.after(TTL), 7).await.expect("sweep works");
                sum = (sum.0 + swept.expired, sum.1 + swept.released.len());
            }
            sum
        })
    };
    let (one, two) = (sweep(&fixture.one), sweep(&fixture.two));
    let (one, two) = (one.await.expect("no panic"), two.await.expect("no panic"));
    assert_eq!((one.0 + two.0, one.1 + two.1), (40, 40));
    assert_eq!(fixture.one.held().await.expect("held works"), 0);
}

/// The sweep names what anonymous makers do not hold any more, once, also where secret and receipt end together. Who
/// was read or burned is not named: the one who ended it knows.
pub async fn sweep_tells_what_is_not_held_any_more(fixture: &mut Fixture) {
    let wish = |bytes, ttl| {
        let held = Some(Held { holder: Holder(i64::from(bytes)), bytes });
        Wish { ttl, held, ..Wish::default() }
    };
    let read = fixture.put(wish(1, TTL)).await;
    fixture.put(wish(2, TTL)).await;
    fixture.put(wish(3, 60)).await;
    fixture.put(Wish::default()).await;
    fixture.end(&read, Fate::Revealed).await;
    let mut swept = fixture.one.sweep(NOW.after(TTL), 10).await.expect("sweep works");
    swept.released.sort_by_key(|held| held.bytes);
    let released = [2, 3].map(|bytes| Held { holder: Holder(i64::from(bytes)), bytes });
    assert_eq!(swept, Swept { expired: 3, receipts: 1, released: released.to_vec(), ..Swept::default() });
    let swept = fixture.one.sweep(NOW.after(2 * TTL), 10).await.expect("sweep works");
    assert_eq!(swept, Swept { receipts: 3, ..Swept::default() });
}
