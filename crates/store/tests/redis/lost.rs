//! What a store says, and what is true, when connections or the server are lost, or the server stands still.

use super::servers::Server;
use super::{BOUND, open, put, reveal, seal, waits};
use burnbag_store::conformance::{NOW, Wish};
use burnbag_store::{Claim, Put, StoreError};
use tokio::time::timeout;

/// A server that dies makes the store unavailable, at once; when it is back the store works, and nothing that was
/// acknowledged is lost.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_dies_and_comes_back() {
    let mut server = Server::with(|_| ["--appendfsync", "always"].map(str::to_owned).into());
    let store = open(&server.url("dies")).await;
    let (gone, kept) = (put(&store, Wish::default(), 1).await, put(&store, Wish::default(), 2).await);
    assert!(store.take(reveal(&gone, 1), None).await.unwrap());
    server.kill();
    let asked = timeout(BOUND, store.peek(kept.row(), &kept.check(), NOW)).await.unwrap();
    assert!(matches!(asked, Err(StoreError::Unavailable(_))), "{asked:?}");
    let taken = timeout(BOUND, store.take(reveal(&kept, 2), None)).await.unwrap();
    assert!(matches!(taken, Err(StoreError::Unavailable(_))), "nothing was sent: {taken:?}");
    assert!(timeout(BOUND, store.ping()).await.unwrap().is_err());
    server.resume();
    store.ping().await.unwrap();
    assert!(waits(&store, &kept).await && !waits(&store, &gone).await);
    assert!(store.settle(gone.row(), Claim([1; 16])).await.unwrap());
    assert!(store.take(reveal(&kept, 3), None).await.unwrap());
    put(&store, Wish::default(), 4).await;
}

/// A server that stood still does what lay in its socket when it goes on. A take whose caller has left by then is not
/// done: its content would be gone, and nobody had it.
#[tokio::test(flavor = "multi_thread")]
async fn a_take_that_comes_late_is_not_done() {
    let server = Server::start();
    let store = open(&server.url("late")).await;
    let sample = put(&store, Wish::default(), 1).await;
    // The connections are there before, so that all is sent that can be.
    for claim in 100..132 {
        assert!(!store.settle(sample.row(), Claim([claim; 16])).await.unwrap());
    }
    let before = scripts_run(&server);
    server.stop();
    let take = reveal(&sample, 1);
    let taken = timeout(BOUND, store.take(take, None)).await.unwrap();
    assert!(matches!(taken, Err(StoreError::InDoubt(_))), "{taken:?}");
    let settled = timeout(BOUND, store.settle(take.row, take.claim)).await.unwrap();
    assert!(settled.is_err(), "nobody knows: {settled:?}");
    server.go_on();
    assert!(waits(&store, &sample).await, "it is still sealed");
    assert!(scripts_run(&server) >= before + 2, "what lay in the socket was read");
    assert!(!store.settle(take.row, take.claim).await.unwrap());
    assert!(store.take(reveal(&sample, 2), None).await.unwrap(), "the next reader gets it");
}

fn scripts_run(server: &Server) -> u64 {
    let said = server.cli(&["INFO", "commandstats"]);
    let line = said.lines().find_map(|line| line.strip_prefix("cmdstat_evalsha:calls=")).unwrap();
    line.split(',').next().unwrap().parse().unwrap()
}

/// That a claim did not win is true for ever: a take of it that arrives behind the answer is refused.
#[tokio::test(flavor = "multi_thread")]
async fn no_is_final() {
    let server = Server::start();
    let (store, beside) = (open(&server.url("final")).await, open(&server.url("final")).await);
    let sample = put(&store, Wish::default(), 1).await;
    let take = reveal(&sample, 1);
    assert!(!beside.settle(take.row, take.claim).await.unwrap());
    let taken = store.take(take, None).await;
    assert!(matches!(taken, Err(StoreError::Unavailable(_))), "{taken:?}");
    assert!(waits(&store, &sample).await);
    let waiting = store.peek(sample.row(), &sample.check(), NOW).await.unwrap().unwrap();
    let other = reveal(&sample, 2);
    assert!(store.take(other, None).await.unwrap());
    assert!(beside.release(other.row, other.claim, &waiting, NOW).await.unwrap());
    let again = store.take(other, None).await;
    assert!(matches!(again, Err(StoreError::Unavailable(_))), "it was taken back: {again:?}");
    assert!(store.take(reveal(&sample, 3), None).await.unwrap());
}

/// Connections that were ended, and scripts that a server does not know any more, cost nothing but another try.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_forgotten_is_made_again() {
    let server = Server::start();
    let store = open(&server.url("again")).await;
    for seed in 0..8 {
        let sample = put(&store, Wish::default(), seed).await;
        server.cli(&["SCRIPT", "FLUSH"]);
        assert!(waits(&store, &sample).await);
        server.cli(&["CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"]);
        assert!(store.take(reveal(&sample, 1), None).await.unwrap());
    }
}

/// A server that lost all it had counts anew under nodes that go on: what one stores on a row that another stored on, with
/// numbers that are all the same, is refused, and not told to be there.
#[tokio::test(flavor = "multi_thread")]
async fn numbers_that_begin_anew_mislead_nobody() {
    let server = Server::start();
    let before = open(&server.url("anew")).await;
    let theirs = seal(&before, Wish::default(), 1).await.unwrap();
    server.cli(&["FLUSHALL"]);
    let after = open(&server.url("anew")).await;
    let sample = put(&after, Wish::default(), 2).await;
    assert_eq!(sample.row(), theirs.row());
    assert_eq!(before.put(theirs.pair.clone()).await.unwrap(), Put::RowExists);
    assert!(!waits(&before, &theirs).await && waits(&before, &sample).await);
}
