//! A server whose memory is full: nothing new is taken in, and everything that is there can be read, put back and swept.

use super::servers::Server;
use super::{open, put, reveal, seal, waits};
use burnbag_core::key::Check;
use burnbag_core::life_key::LifeKey;
use burnbag_store::conformance::{NOW, Sample, TTL, Wish};
use burnbag_store::{Keep, StoreError};
use rand::SeedableRng;
use rand::rngs::StdRng;

const REPEAT: Check = Check([9; 16]);

/// Makes a server full, whatever it holds.
fn fill(server: &Server) {
    assert_eq!(server.cli(&["CONFIG", "SET", "maxmemory", "100kb"]), "OK");
}

fn keep(sample: &Sample) -> Keep {
    let life = LifeKey::make(&mut StdRng::seed_from_u64(8));
    let sealed = sample.pair.sealed.clone();
    Keep { life_row: sample.row(), life, repeat: REPEAT, sealed, until: NOW.after(60) }
}

/// What a reader needs works: his wrong tries are counted, he gets it, and once more with his key; and a take that nobody
/// was told of can be taken back, so that the secret is not lost.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_there_is_read() {
    let server = Server::start();
    let store = open(&server.url("full")).await;
    let (read, undone) = (put(&store, Wish::default(), 1).await, put(&store, Wish::default(), 2).await);
    let late = seal(&store, Wish::default(), 3).await.unwrap();
    fill(&server);
    let refused = store.put(late.pair.clone()).await;
    assert!(matches!(refused, Err(StoreError::Unavailable(_))), "{refused:?}");
    assert!(!waits(&store, &late).await);
    assert_eq!(store.strike(read.row(), &read.check(), 1, NOW).await.unwrap(), Some(0));
    assert_eq!(store.strike(read.row(), &read.check(), -1, NOW).await.unwrap(), Some(1));
    assert!(store.take(reveal(&read, 1), Some(keep(&read))).await.unwrap());
    assert!(store.redeliver(read.row(), &read.check(), &REPEAT, NOW).await.unwrap());
    let waiting = store.peek(undone.row(), &undone.check(), NOW).await.unwrap().unwrap();
    let take = reveal(&undone, 2);
    assert!(!store.settle(take.row, reveal(&undone, 3).claim).await.unwrap());
    assert!(store.take(take, None).await.unwrap());
    assert!(store.settle(take.row, take.claim).await.unwrap());
    assert!(store.release(take.row, take.claim, &waiting, NOW).await.unwrap());
    assert!(waits(&store, &undone).await, "it is still sealed");
}

/// It is swept, which makes room; nodes start, and have row numbers for the copies that are kept.
#[tokio::test(flavor = "multi_thread")]
async fn it_is_tended() {
    let server = Server::start();
    let store = open(&server.url("tended")).await;
    let (read, unread) = (put(&store, Wish::default(), 1).await, put(&store, Wish::default(), 2).await);
    fill(&server);
    assert!(store.take(reveal(&read, 1), None).await.unwrap());
    let swept = store.sweep(NOW.after(TTL), 10).await.unwrap();
    assert_eq!((swept.expired, swept.receipts), (1, 0));
    assert_eq!(store.sweep(NOW.after(2 * TTL), 10).await.unwrap().receipts, 2);
    assert!(!waits(&store, &unread).await);
    let beside = open(&server.url("tended")).await;
    let lives = vec![LifeKey::make(&mut StdRng::seed_from_u64(8))];
    assert!(beside.lease(lives).await.unwrap().0 > unread.row().0);
}
