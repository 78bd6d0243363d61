//! Every law, as it is, on one server and on a cluster. One test each: servers are not started for each law, also where
//! each test is a process.

use super::servers::{Cluster, Server};
use burnbag_store::DynStore;
use burnbag_store::conformance::Fixture;
use burnbag_store::redis::{Redis, RedisUrl};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};

/// Laws that are tried at the same time.
const AT_ONCE: usize = 4;

/// A law, tried on a fixture with a prefix of its own.
type Trial = (&'static str, fn(&str));

macro_rules! trials {
    ($($law:ident,)*) => {
        const TRIALS: &[Trial] = &[$((stringify!($law), |url| {
            runtime().block_on(async {
                burnbag_store::conformance::$law(&mut fixture(url).await).await;
            });
        }),)*];
    };
}
burnbag_store::for_each_law!(trials);

#[test]
fn one_server_holds_every_law() {
    let server = Server::start();
    try_all(|law| server.url(law));
}

#[test]
fn a_cluster_holds_every_law() {
    let cluster = Cluster::start();
    try_all(|law| cluster.url(law) + "&connections=2&wait_replicas=1");
}

fn try_all(url: impl Fn(&str) -> String + Sync) {
    let waiting = Mutex::new(TRIALS.iter());
    let broken = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                loop {
                    let next = waiting.lock().unwrap().next();
                    let Some((law, trial)) = next else { return };
                    if catch_unwind(AssertUnwindSafe(|| trial(&url(law)))).is_err() {
                        broken.lock().unwrap().push(*law);
                    }
                }
            });
        }
    });
    let broken = broken.into_inner().unwrap();
    assert!(broken.is_empty(), "broken: {broken:?}");
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

/// Two handles are two stores with connections of their own. It gives no life keys: they are a field. Nor an obstacle:
/// `put` is one script, and what stands in another slot, the entry of a list, counts as none without it. Mails are in the
/// slot of their secret.
async fn fixture(url: &str) -> Fixture {
    let url = RedisUrl::parse(url).unwrap();
    let open = move || -> burnbag_store::conformance::Opening {
        let url = url.clone();
        Box::pin(async move { Arc::new(Redis::open(&url).await.unwrap()) as DynStore })
    };
    Fixture::new(open).await.with_mails_apart()
}
