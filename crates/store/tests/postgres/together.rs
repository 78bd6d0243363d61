//! Nodes that start at once, and nodes of different releases.

use super::cluster::Cluster;
use super::put;
use burnbag_store::conformance::{NOW, Wish};
use burnbag_store::postgres::{Postgres, PostgresUrl};
use burnbag_store::{DynStore, StoreError};
use std::collections::HashSet;
use std::sync::Arc;
use tokio::sync::Barrier;

/// Ten nodes that find an empty database make one store of it.
#[tokio::test(flavor = "multi_thread")]
async fn ten_nodes_start_at_once() {
    let cluster = Cluster::start();
    for round in 0..5 {
        let url = PostgresUrl::parse(&cluster.fresh(&format!("round{round}"))).unwrap();
        let start = Arc::new(Barrier::new(10));
        let nodes: Vec<_> = (0..10)
            .map(|_| {
                let (url, start) = (url.clone(), Arc::clone(&start));
                tokio::spawn(async move {
                    start.wait().await;
                    let node: DynStore = Arc::new(Postgres::open(&url).await.unwrap());
                    node
                })
            })
            .collect();
        let mut rows = HashSet::new();
        let mut last: Option<(DynStore, burnbag_store::conformance::Sample)> = None;
        for (seed, node) in nodes.into_iter().enumerate() {
            let node = node.await.unwrap();
            let sample = put(&node, Wish::default(), seed as u64).await;
            assert!(rows.insert(sample.row()), "a row for each");
            if let Some((_, earlier)) = &last {
                let seen = node.peek(earlier.row(), &earlier.check(), NOW).await.unwrap();
                assert!(seen.is_some(), "one store");
            }
            last = Some((node, sample));
        }
        assert_eq!(cluster.sql(&format!("SELECT taken FROM round{round}.schema_steps")), "2");
    }
}

/// An older release does not work with what it does not know.
#[tokio::test]
async fn data_of_a_newer_release_are_refused() {
    let cluster = Cluster::start();
    let url = PostgresUrl::parse(&cluster.fresh("newer")).unwrap();
    drop(Postgres::open(&url).await.unwrap());
    drop(Postgres::open(&url).await.unwrap());
    cluster.sql("UPDATE newer.schema_steps SET taken = 99");
    let refused = Postgres::open(&url).await.unwrap_err();
    let StoreError::Unavailable(why) = refused else { unreachable!("{refused:?}") };
    assert!(why.to_string().contains("newer release"), "{why}");
}

/// A database that is told not to wait for its disk is told otherwise: what was acknowledged must stay.
#[tokio::test]
async fn what_is_acknowledged_is_on_the_disk() {
    let cluster =
        Cluster::with(|_| ["listen_addresses=", "synchronous_commit=off"].map(str::to_owned).into());
    let store = super::open(&cluster.fresh("durable")).await;
    assert_eq!(cluster.sql("SHOW synchronous_commit"), "off");
    cluster.sql(
        "CREATE TABLE durable.seen (setting TEXT);
         CREATE FUNCTION durable.look() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            INSERT INTO durable.seen VALUES (current_setting('synchronous_commit') || current_setting('statement_timeout')
                || current_setting('idle_in_transaction_session_timeout')); RETURN NEW; END $$;
         CREATE TRIGGER look BEFORE INSERT ON durable.pair FOR EACH ROW EXECUTE FUNCTION durable.look()",
    );
    put(&store, Wish::default(), 1).await;
    assert_eq!(cluster.sql("SELECT setting FROM durable.seen"), "on5s2s");
}
