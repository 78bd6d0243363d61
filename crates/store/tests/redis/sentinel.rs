//! A primary and its replica, watched by sentinels.

use super::servers::Watched;
use super::{BOUND, open, put, reveal, waits};
use burnbag_store::conformance::Wish;
use tokio::time::timeout;

/// When the primary dies its replica takes its place, and the store finds it.
#[tokio::test(flavor = "multi_thread")]
async fn the_store_follows_its_primary() {
    let mut watched = Watched::start();
    let store = open(&watched.url("watched", "main")).await;
    let (gone, kept) = (put(&store, Wish::default(), 1).await, put(&store, Wish::default(), 2).await);
    assert!(store.take(reveal(&gone, 1), None).await.unwrap());
    watched.primary.kill();
    let found = timeout(4 * BOUND, async {
        loop {
            // While nobody is primary nothing is done, and that is said within its time.
            if let Ok(found) =
                timeout(BOUND, store.receipt(kept.row(), &kept.receipt.check(), super::NOW)).await.unwrap()
            {
                return found;
            }
        }
    });
    assert!(found.await.unwrap().is_some());
    assert!(waits(&store, &kept).await && !waits(&store, &gone).await);
    assert!(store.take(reveal(&kept, 2), None).await.unwrap());
}
