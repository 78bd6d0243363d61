//! What a store says, and what is true, when the line to its server or the server itself is lost.

use super::cluster::Cluster;
use super::proxy::{Plan, Proxy};
use super::{open, put, seal};
use burnbag_core::fate::Fate;
use burnbag_store::conformance::{NOW, Sample, Wish};
use burnbag_store::{Claim, DynStore, Held, Holder, Put, StoreError, Take};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

/// Longer than anything that a store does may take.
const BOUND: Duration = Duration::from_secs(25);

fn reveal(sample: &Sample, claim: u8) -> Take {
    sample.take(Fate::Revealed, Claim([claim; 16]), NOW)
}

async fn waits(store: &DynStore, sample: &Sample) -> bool {
    store.peek(sample.row(), &sample.check(), NOW).await.unwrap().is_some()
}

/// A commit whose outcome the store does not hear of is in doubt, and `settle` knows it, on every handle.
#[tokio::test(flavor = "multi_thread")]
async fn a_commit_without_an_answer_is_in_doubt() {
    let cluster = Cluster::start();
    let beside = open(&cluster.fresh("doubt")).await;
    let proxy = Proxy::start(&cluster).await;
    let store = open(&proxy.url("doubt")).await;
    for (claim, plan, won) in [(1, Plan::LoseCommit, false), (2, Plan::LoseAnswer, true)] {
        let sample = put(&store, Wish::default(), u64::from(claim)).await;
        let take = reveal(&sample, claim);
        proxy.plan(plan);
        let outcome = store.take(take, None).await;
        assert!(matches!(outcome, Err(StoreError::InDoubt(_))), "{plan:?}: {outcome:?}");
        for handle in [&store, &beside] {
            assert_eq!(handle.settle(take.row, take.claim).await.unwrap(), won, "{plan:?}");
            assert_eq!(waits(handle, &sample).await, !won, "{plan:?}");
        }
        assert_eq!(beside.take(reveal(&sample, 9), None).await.unwrap(), !won, "another reader");
    }
    for (seed, plan, expected) in [(3, Plan::LoseCommit, Put::Stored), (4, Plan::LoseAnswer, Put::RowExists)]
    {
        let held = Some(Held { holder: Holder(1), bytes: 10 });
        let sample = seal(&store, Wish { held, ..Wish::default() }, seed).await.unwrap();
        proxy.plan(plan);
        let outcome = store.put(sample.pair.clone()).await;
        assert!(matches!(outcome, Err(StoreError::InDoubt(_))), "{plan:?}: {outcome:?}");
        assert_eq!(store.put(sample.pair.clone()).await.unwrap(), expected);
    }
    assert_eq!(beside.held().await.unwrap(), 20, "each counts once");
}

/// Who asks while a commit is still on its way to the server, its store already in doubt, is answered behind it: "no"
/// would give the secret up, which then nobody had.
#[tokio::test(flavor = "multi_thread")]
async fn settle_waits_for_a_commit_on_its_way() {
    let cluster = Cluster::start();
    let beside = open(&cluster.fresh("delayed")).await;
    let proxy = Proxy::start(&cluster).await;
    let store = open(&proxy.url("delayed")).await;
    let sample = put(&store, Wish::default(), 1).await;
    let take = reveal(&sample, 1);
    proxy.plan(Plan::DelayCommit);
    let outcome = store.take(take, None).await;
    assert!(matches!(outcome, Err(StoreError::InDoubt(_))), "{outcome:?}");
    let (asker, beside) = (Arc::clone(&beside), beside);
    let settled = tokio::spawn(async move { asker.settle(take.row, take.claim).await.unwrap() });
    let waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
    while cluster.sql(waiting) == "0" {
        assert!(!settled.is_finished(), "it was answered before the commit arrived");
        tokio::task::yield_now().await;
    }
    proxy.go_on();
    assert!(settled.await.unwrap(), "it won");
    assert!(!waits(&beside, &sample).await);
}

/// A line that is lost before the commit costs nothing but another try; without any line nothing is done, and it is said.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_lost_before_the_commit_was_not_done() {
    let cluster = Cluster::start();
    let beside = open(&cluster.fresh("before")).await;
    let proxy = Proxy::start(&cluster).await;
    let store = open(&proxy.url("before")).await;
    let sample = put(&store, Wish::default(), 1).await;
    let cut = Plan::CutAt("UPDATE pair SET fate");
    proxy.plan(cut);
    assert!(store.take(reveal(&sample, 1), None).await.unwrap(), "tried again");
    assert!(proxy.plans(Plan::Pass), "it was cut");
    let sample = put(&store, Wish::default(), 2).await;
    proxy.plan(Plan::Refuse);
    let outcome = store.take(reveal(&sample, 2), None).await;
    assert!(matches!(outcome, Err(StoreError::Unavailable(_))), "{outcome:?}");
    let outcome = store.peek(sample.row(), &sample.check(), NOW).await;
    assert!(matches!(outcome, Err(StoreError::Unavailable(_))));
    assert!(store.ping().await.is_err());
    assert!(waits(&beside, &sample).await);
    proxy.plan(Plan::Pass);
    assert!(store.take(reveal(&sample, 2), None).await.unwrap(), "and goes on when there is a line");
}

/// A row that somebody keeps locked keeps nobody waiting for ever, and others not at all.
#[tokio::test(flavor = "multi_thread")]
async fn waiting_is_bounded() {
    let cluster = Cluster::start();
    let url = cluster.fresh("locked");
    let store = open(&url).await;
    let (sample, other) = (put(&store, Wish::default(), 1).await, put(&store, Wish::default(), 2).await);
    let (locker, line) = tokio_postgres::connect(&url, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(line);
    locker.batch_execute("BEGIN").await.unwrap();
    let row = sample.row().0.cast_signed();
    locker.execute("SELECT row FROM pair WHERE row = $1 FOR UPDATE", &[&row]).await.unwrap();
    let taking = timeout(BOUND, store.take(reveal(&sample, 1), None));
    let (taken, others) = tokio::join!(taking, store.take(reveal(&other, 1), None));
    assert!(matches!(taken.unwrap(), Err(StoreError::Unavailable(_))), "within its time");
    assert!(others.unwrap());
    let swept = store.sweep(sample.expires(), 10).await.unwrap();
    assert_eq!(swept.expired, 0, "the sweep passes it by");
    locker.batch_execute("ROLLBACK").await.unwrap();
    assert_eq!(store.sweep(sample.expires(), 10).await.unwrap().expired, 1);
}

/// A server that dies makes the store unavailable, within its time; when it is back the store works, and nothing that was
/// acknowledged is lost.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_dies_and_comes_back() {
    let mut cluster = Cluster::start();
    let store = open(&cluster.fresh("dies")).await;
    let (gone, kept) = (put(&store, Wish::default(), 1).await, put(&store, Wish::default(), 2).await);
    assert!(store.take(reveal(&gone, 1), None).await.unwrap());
    cluster.kill();
    let asked = timeout(BOUND, store.peek(kept.row(), &kept.check(), NOW)).await.unwrap();
    assert!(matches!(asked, Err(StoreError::Unavailable(_))), "{asked:?}");
    let taken = timeout(BOUND, store.take(reveal(&kept, 2), None)).await.unwrap();
    assert!(matches!(taken, Err(StoreError::Unavailable(_))), "{taken:?}");
    assert!(timeout(BOUND, store.ping()).await.unwrap().is_err());
    cluster.resume();
    store.ping().await.unwrap();
    assert!(waits(&store, &kept).await && !waits(&store, &gone).await);
    assert!(store.take(reveal(&kept, 3), None).await.unwrap());
    put(&store, Wish::default(), 4).await;
}

/// Who must know what became of a commit waits for a server that is away.
#[tokio::test(flavor = "multi_thread")]
async fn settle_waits_for_a_server_that_is_away() {
    let cluster = Cluster::start();
    let beside = open(&cluster.fresh("away")).await;
    let proxy = Proxy::start(&cluster).await;
    let store = open(&proxy.url("away")).await;
    let sample = put(&store, Wish::default(), 1).await;
    let take = reveal(&sample, 1);
    proxy.plan(Plan::LoseAnswerAndAll);
    assert!(matches!(store.take(take, None).await, Err(StoreError::InDoubt(_))));
    assert!(!waits(&beside, &sample).await);
    let asker = Arc::clone(&store);
    let settled = tokio::spawn(async move { asker.settle(take.row, take.claim).await.unwrap() });
    for _ in 0..3 {
        assert!(store.ping().await.is_err());
    }
    assert!(!settled.is_finished());
    proxy.plan(Plan::Pass);
    assert!(settled.await.unwrap());
}
