//! A cluster that loses servers.

use super::servers::Cluster;
use super::{BOUND, open, put, reveal, seal, settle, waits};
use burnbag_core::fate::Fate;
use burnbag_store::conformance::{NOW, Sample, Wish};
use burnbag_store::{Claim, DynStore, Put, StoreError};
use rand::SeedableRng;
use rand::rngs::StdRng;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::time::timeout;

const SECRETS: u64 = 120;
const READERS: usize = 6;

/// While readers read a primary dies, in the middle of it. Its replica takes its place; nobody gets a secret twice, each
/// has a reader in the end, and what was acknowledged is known there.
#[tokio::test(flavor = "multi_thread")]
async fn a_primary_that_dies_loses_nothing() {
    let mut cluster = Cluster::start();
    let url = cluster.url("failover") + "&wait_replicas=1&wait_timeout=500";
    let nodes = [open(&url).await, open(&url).await];
    let mut secrets = Vec::new();
    for seed in 0..SECRETS {
        secrets.push(put(&nodes[0], Wish::default(), seed).await);
    }
    let (secrets, read) = (Arc::new(secrets), Arc::new(AtomicUsize::new(0)));
    let readers: Vec<_> = (0..READERS)
        .map(|number| {
            let (store, secrets, read) =
                (Arc::clone(&nodes[number % 2]), Arc::clone(&secrets), Arc::clone(&read));
            tokio::spawn(async move { read_all(&store, &secrets, number, &read).await })
        })
        .collect();
    let writer = tokio::spawn(write_on(Arc::clone(&nodes[0])));
    while read.load(Ordering::SeqCst) < secrets.len() / 4 {
        tokio::task::yield_now().await;
    }
    let victim = cluster.owner_of(&format!("{{{}}}", secrets[0].row().0 % 64));
    cluster.servers[victim].kill();
    let heir = &cluster.servers[victim + Cluster::PRIMARIES];
    heir.await_that(&["INFO", "replication"], |said| said.contains("role:master"));
    // Alone it acknowledges nothing.
    cluster.servers[victim].resume();
    let mut readers_of = HashMap::<u64, u32>::new();
    for reader in readers {
        reader.await.unwrap().into_iter().for_each(|row| *readers_of.entry(row).or_default() += 1);
    }
    assert!(readers_of.values().all(|readers| *readers == 1), "nobody twice: {readers_of:?}");
    assert_eq!(readers_of.len() as u64, SECRETS, "each had a reader");
    for sample in secrets.iter() {
        assert!(!waits(&nodes[1], sample).await, "what was read is not there any more");
    }
    for sample in writer.await.unwrap() {
        assert!(waits(&nodes[1], &sample).await, "acknowledged");
    }
}

async fn read_all(store: &DynStore, secrets: &[Sample], number: usize, read: &AtomicUsize) -> Vec<u64> {
    let rng = &mut StdRng::seed_from_u64(77 + number as u64);
    let mut won = Vec::new();
    for at in 0..secrets.len() {
        let sample = &secrets[(at + number * 17) % secrets.len()];
        loop {
            let take = sample.take(Fate::Revealed, Claim::make(rng), NOW);
            let mine = match store.take(take, None).await {
                Ok(mine) => mine,
                Err(StoreError::InDoubt(_)) => settle(store, &take).await,
                Err(_) => continue,
            };
            if mine {
                won.push(take.row.0);
            } else if store.peek(take.row, &take.check, NOW).await.map_or(true, |waiting| waiting.is_some()) {
                continue;
            }
            break;
        }
        read.fetch_add(1, Ordering::SeqCst);
    }
    won
}

/// Stores secrets, and trusts what it is told.
async fn write_on(store: DynStore) -> Vec<Sample> {
    let mut written = Vec::new();
    for seed in 1_000..1_060 {
        let Ok(sample) = seal(&store, Wish::default(), seed).await else { continue };
        if store.put(sample.pair.clone()).await.is_ok_and(|put| put == Put::Stored) {
            written.push(sample);
        }
    }
    written
}

/// Replicas that do not answer: nothing is acknowledged, so that nothing is given out or promised; when they are back
/// the secret still waits, and can be read.
#[tokio::test(flavor = "multi_thread")]
async fn what_no_replica_has_is_not_acknowledged() {
    let cluster = Cluster::start();
    let store = open(&(cluster.url("alone") + "&wait_replicas=1&wait_timeout=1000")).await;
    let sample = put(&store, Wish::default(), 1).await;
    let waiting = store.peek(sample.row(), &sample.check(), NOW).await.unwrap().unwrap();
    let unsaid = seal(&store, Wish::default(), 2).await.unwrap();
    let replicas = &cluster.servers[Cluster::PRIMARIES..];
    replicas.iter().for_each(super::servers::Server::stop);
    let take = reveal(&sample, 1);
    let taken = timeout(BOUND, store.take(take, None)).await.unwrap();
    assert!(matches!(taken, Err(StoreError::InDoubt(_))), "{taken:?}");
    let settled = timeout(BOUND, store.settle(take.row, take.claim)).await.unwrap();
    assert!(settled.is_err(), "{settled:?}");
    let released = timeout(BOUND, store.release(take.row, take.claim, &waiting, NOW)).await.unwrap();
    assert!(released.is_err(), "{released:?}");
    let stored = timeout(BOUND, store.put(unsaid.pair.clone())).await.unwrap();
    assert!(stored.is_err(), "{stored:?}");
    replicas.iter().for_each(super::servers::Server::go_on);
    assert!(waits(&store, &sample).await, "it is still sealed");
    assert!(!waits(&store, &unsaid).await, "it was undone");
    assert!(store.take(reveal(&sample, 2), None).await.unwrap(), "the next reader gets it");
    assert_eq!(store.put(unsaid.pair).await.unwrap(), Put::Stored);
}

/// A primary that takes no writes any more, because its replica is gone, cannot undo what it took just before. Nobody is
/// told that this is stored, nor that he may look for it: no replica has it.
#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_undone_is_not_acknowledged() {
    let cluster = Cluster::start();
    let store = open(&(cluster.url("undone") + "&wait_replicas=1&wait_timeout=3000")).await;
    let unsaid = seal(&store, Wish::default(), 1).await.unwrap();
    for server in &cluster.servers {
        server.cli(&["CONFIG", "SET", "min-replicas-to-write", "1", "min-replicas-max-lag", "1"]);
    }
    let replicas = &cluster.servers[Cluster::PRIMARIES..];
    replicas.iter().for_each(super::servers::Server::stop);
    let stored = timeout(BOUND, store.put(unsaid.pair.clone())).await.unwrap();
    assert!(matches!(stored, Err(StoreError::Unavailable(_))), "{stored:?}");
    replicas.iter().for_each(super::servers::Server::go_on);
}

/// A primary that stands still until its replica has taken its place, and then goes on, gives nothing out and takes nothing.
#[tokio::test(flavor = "multi_thread")]
async fn a_primary_that_was_replaced_takes_nothing() {
    let cluster = Cluster::start();
    let store = open(&(cluster.url("still") + "&wait_replicas=1&wait_timeout=1000")).await;
    let sample = put(&store, Wish::default(), 1).await;
    let victim = cluster.owner_of(&format!("{{{}}}", sample.row().0 % 64));
    let [victim, heir] = [victim, victim + Cluster::PRIMARIES].map(|at| &cluster.servers[at]);
    for claim in 100..110 {
        assert!(!store.settle(sample.row(), Claim([claim; 16])).await.unwrap());
    }
    victim.stop();
    let first = timeout(BOUND, store.take(reveal(&sample, 1), None)).await.unwrap();
    heir.await_that(&["INFO", "replication"], |said| said.contains("role:master"));
    victim.go_on();
    // Before it has caught up the new primary has no replica, and nothing is settled or given out.
    let has_followed = |said: &str| said.contains("role:slave") && said.contains("master_link_status:up");
    victim.await_that(&["INFO", "replication"], has_followed);
    let mut won = u32::from(matches!(first, Ok(true)));
    if matches!(first, Err(StoreError::InDoubt(_))) {
        won += u32::from(settle(&store, &reveal(&sample, 1)).await);
    }
    let second = store.take(reveal(&sample, 2), None).await.unwrap();
    assert_eq!(won + u32::from(second), 1, "{first:?}, then {second}");
    assert!(!waits(&store, &sample).await);
}

/// While a slot moves to another server key by key, its servers run no script that has several; nothing is done then, and
/// that is said within its time. When it has moved, it is found.
#[tokio::test(flavor = "multi_thread")]
async fn the_store_follows_a_slot_that_moves() {
    let cluster = Cluster::start();
    let store = open(&(cluster.url("moves") + "&wait_replicas=1")).await;
    let sample = seal(&store, Wish::default(), 1).await.unwrap();
    let key = format!("{{{}}}", sample.row().0 % 64);
    assert!(!waits(&store, &sample).await, "it is known who has it");
    let slot = cluster.servers[0].cli(&["CLUSTER", "KEYSLOT", &key]);
    let from = cluster.owner_of(&key);
    let (from, to) = (&cluster.servers[from], &cluster.servers[(from + 1) % Cluster::PRIMARIES]);
    let [old, new] = [from, to].map(|server| server.cli(&["CLUSTER", "MYID"]));
    assert_eq!(to.cli(&["CLUSTER", "SETSLOT", &slot, "IMPORTING", &old]), "OK");
    assert_eq!(from.cli(&["CLUSTER", "SETSLOT", &slot, "MIGRATING", &new]), "OK");
    let stored = timeout(BOUND, store.put(sample.pair.clone())).await.unwrap();
    assert!(matches!(stored, Err(StoreError::Unavailable(_))), "{stored:?}");
    for server in [to, from] {
        assert_eq!(server.cli(&["CLUSTER", "SETSLOT", &slot, "NODE", &new]), "OK");
    }
    assert_eq!(store.put(sample.pair.clone()).await.unwrap(), Put::Stored);
    assert_eq!(from.cli(&["CLUSTER", "COUNTKEYSINSLOT", &slot]), "0");
    assert!(store.take(reveal(&sample, 1), None).await.unwrap());
}

/// Of a cluster that lost a primary and its replica what the others have is still read: the store is not away.
#[tokio::test(flavor = "multi_thread")]
async fn a_part_that_is_gone_is_not_everything() {
    let mut cluster = Cluster::start();
    for server in &cluster.servers {
        server.cli(&["CONFIG", "SET", "cluster-require-full-coverage", "no"]);
    }
    let store = open(&cluster.url("part")).await;
    let mut secrets = Vec::new();
    for seed in 0..16 {
        secrets.push(put(&store, Wish::default(), seed).await);
    }
    let owner = |sample: &Sample| cluster.owner_of(&format!("{{{}}}", sample.row().0 % 64));
    let gone = owner(&secrets[0]);
    let other = secrets.iter().find(|sample| owner(sample) != gone).unwrap();
    cluster.servers[gone + Cluster::PRIMARIES].kill();
    cluster.servers[gone].kill();
    let asked = timeout(BOUND, store.ping()).await.unwrap();
    assert!(asked.is_ok(), "{asked:?}");
    assert!(waits(&store, other).await);
    cluster.servers.iter_mut().for_each(super::servers::Server::kill);
    assert!(timeout(BOUND, store.ping()).await.unwrap().is_err());
}
