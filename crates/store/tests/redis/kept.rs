//! What servers keep, for how long, and what an operator is told of it.

use super::servers::{Cluster, Server};
use super::{open, put, reveal};
use burnbag_core::account::{AccountId, AccountKey};
use burnbag_store::conformance::{NOW, TTL, Wish};
use burnbag_store::{DynStore, Held, Holder, Swept};
use rand::SeedableRng;
use rand::rngs::StdRng;

/// What nobody sweeps the engine removes itself, later than the sweep would; what was held is told all the same.
#[tokio::test(flavor = "multi_thread")]
async fn the_engine_forgets_by_itself() {
    let server = Server::start();
    let store = open(&server.url("ttl")).await;
    let held = Held { holder: Holder(-3), bytes: 50 };
    let sample = put(&store, Wish { held: Some(held), ..Wish::default() }, 1).await;
    let row = sample.row().0;
    let key = |name: &str| format!("ttl:{{{}}}:{name}:{row}", row % 64);
    let left = |name: &str| server.cli(&["TTL", &key(name)]).parse::<i64>().unwrap();
    let near = |left: i64, full: i64| (full - 60..=full).contains(&left);
    assert!(near(left("sealed"), TTL + 3_600), "{}", left("sealed"));
    assert!(near(left("pair"), 2 * TTL + 86_400), "{}", left("pair"));
    server.cli(&["DEL", &key("sealed"), &key("pair")]);
    assert_eq!(store.held().await.unwrap(), 50);
    let swept = store.sweep(NOW.after(2 * TTL), 10).await.unwrap();
    assert_eq!(swept, Swept { expired: 1, receipts: 1, released: vec![held], ..Swept::default() });
    assert_eq!(store.held().await.unwrap(), 0);
    let left = server.cli(&["KEYS", "ttl:{[0-9]*"]);
    assert_eq!(left.trim(), format!("ttl:{{{}}}:sum", row % 64), "nothing else is left of it");
}

/// After a take nothing of the content is left, nor what opened it.
#[tokio::test(flavor = "multi_thread")]
async fn a_take_leaves_nothing_that_opens() {
    let server = Server::start();
    let store = open(&server.url("gone")).await;
    let sample = put(&store, Wish::default(), 1).await;
    assert!(store.take(reveal(&sample, 1), None).await.unwrap());
    let row = sample.row().0;
    let pair = server.cli(&["HKEYS", &format!("gone:{{{}}}:pair:{row}", row % 64)]);
    let names: Vec<&str> = pair.lines().collect();
    assert!(names.contains(&"fate") && !names.contains(&"life") && !names.contains(&"link"), "{names:?}");
    assert_eq!(server.cli(&["EXISTS", &format!("gone:{{{}}}:sealed:{row}", row % 64)]), "0");
}

/// The largest content there may be comes and goes, and comes back.
#[tokio::test(flavor = "multi_thread")]
async fn the_largest_content_fits() {
    let server = Server::start();
    let store = open(&server.url("large")).await;
    let sample = put(&store, Wish { length: 25_000_000, ..Wish::default() }, 1).await;
    let waiting = store.peek(sample.row(), &sample.check(), NOW).await.unwrap().unwrap();
    assert_eq!(waiting.sealed.as_bytes(), sample.pair.sealed.as_bytes());
    let take = reveal(&sample, 1);
    assert!(store.take(take, None).await.unwrap());
    assert!(store.release(take.row, take.claim, &waiting, NOW).await.unwrap());
    let again = store.peek(sample.row(), &sample.check(), NOW).await.unwrap().unwrap();
    assert_eq!(again.sealed.as_bytes(), sample.pair.sealed.as_bytes());
}

/// An entry whose pair never came is none, takes no place from others, and goes when it is old.
#[tokio::test(flavor = "multi_thread")]
async fn an_entry_without_a_pair_is_none() {
    let server = Server::start();
    let store = open(&server.url("list")).await;
    let key = AccountKey::make(&mut StdRng::seed_from_u64(9));
    let wish = Wish { maker: Some((AccountId(4), &key)), ..Wish::default() };
    let sample = put(&store, wish, 1).await;
    let list = "list:{accounts}:list:4";
    for number in 0..20 {
        let entry = format!("0000000{number:02}-no-such-pair");
        server.cli(&["ZADD", list, &NOW.after(number).0.to_string(), &entry]);
    }
    let rows = |store: DynStore, now| async move {
        let listed = store.recent(AccountId(4), 1, now).await.unwrap();
        listed.iter().map(|listed| listed.receipt.place.row).collect::<Vec<_>>()
    };
    assert_eq!(rows(store.clone(), NOW).await, [sample.row()]);
    assert_eq!(server.cli(&["ZCARD", list]), "21", "a put may be on its way");
    store.recent(AccountId(4), 9, NOW.after(3 * 86_400)).await.unwrap();
    assert_eq!(server.cli(&["ZCARD", list]), "1", "none of them ever comes");
}

/// What a server is set up to is told while it lasts.
#[tokio::test(flavor = "multi_thread")]
async fn settings_that_lose_secrets_are_told() {
    let server = Server::start();
    let store = open(&server.url("health")).await;
    assert_eq!(store.tend(NOW).await.unwrap(), None);
    let cases = [
        (["maxmemory-policy", "allkeys-lru"], "noeviction"),
        (["maxmemory-policy", "noeviction"], ""),
        (["appendfsync", "no"], "appendfsync"),
        (["appendonly", "no"], "a restart loses every secret"),
        (["save", "3600 1"], "now and then"),
    ];
    for (minute, ([name, value], told)) in (1..).zip(cases) {
        server.cli(&["CONFIG", "SET", name, value]);
        let now = NOW.after(60 * minute);
        let said = store.tend(now).await.unwrap();
        assert!(
            said.unwrap_or_default().contains(told) && said.is_some() != told.is_empty(),
            "{name}: {said:?}"
        );
        assert_eq!(store.tend(now.after(59)).await.unwrap(), said, "it is looked at once a minute");
    }
    let cluster = Cluster::start();
    let store = open(&cluster.url("health")).await;
    assert!(store.tend(NOW).await.unwrap().unwrap().contains("wait_replicas is 0"));
    let store = open(&(cluster.url("health") + "&wait_replicas=2")).await.tend(NOW).await.unwrap();
    assert!(store.unwrap().contains("fewer replicas"));
}
