//! Servers beside the one that takes writes.

use super::cluster::Cluster;
use super::open;
use super::proxy::Proxy;
use burnbag_core::time::Timestamp;
use burnbag_store::DynStore;
use burnbag_store::conformance::NOW;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::time::timeout;

/// What is warned of at a moment, once it is.
async fn becomes(store: &DynStore, from: Timestamp, is_warned: bool) -> bool {
    for minute in 0..1000 {
        let warning = store.tend(from.after(61 * minute)).await.unwrap();
        if warning.is_some_and(|text| text.contains("synchronous_standby_names")) == is_warned {
            return true;
        }
        tokio::task::yield_now().await;
    }
    false
}

/// Seen with the rights of an ordinary user.
#[tokio::test(flavor = "multi_thread")]
async fn replicas_that_may_lag_are_warned_of() {
    let cluster = Cluster::start();
    cluster.sql("CREATE ROLE ann LOGIN; CREATE SCHEMA lag AUTHORIZATION ann");
    let store = open(&cluster.url("lag").replace("//postgres@", "//ann@")).await;
    assert_eq!(store.tend(NOW).await.unwrap(), None);
    let replica = cluster.follow();
    while cluster.sql("SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'") != "1" {
        tokio::task::yield_now().await;
    }
    assert_eq!(store.tend(NOW.after(30)).await.unwrap(), None, "looked at once a minute");
    assert!(becomes(&store, NOW.after(61), true).await);
    cluster.sql("ALTER SYSTEM SET synchronous_standby_names = '*'");
    cluster.sql("SELECT pg_reload_conf()");
    assert!(becomes(&store, NOW.after(100_000), false).await);
    drop(replica);
}

/// A host that takes connections and says nothing, as one whose processes are stopped, keeps nobody from the next.
#[tokio::test(flavor = "multi_thread")]
async fn a_silent_host_does_not_stand_in_the_way() {
    let cluster = Cluster::start();
    cluster.fresh("hosts");
    let proxy = Proxy::start(&cluster).await;
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let first = format!("@127.0.0.1:{},127.0.0.1:", silent.local_addr().unwrap().port());
    let url = proxy.url("hosts").replace("@127.0.0.1:", &first);
    let store = timeout(Duration::from_secs(20), open(&url)).await.unwrap();
    store.ping().await.unwrap();
}
