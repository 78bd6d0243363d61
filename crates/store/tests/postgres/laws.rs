//! Every law, as it is. One test: a server is not started for each of them, also where each test is a process.

use super::cluster::Cluster;
use burnbag_store::DynStore;
use burnbag_store::conformance::{Fixture, Sample};
use burnbag_store::postgres::{Postgres, PostgresUrl};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};

/// Laws that are tried at the same time.
const AT_ONCE: usize = 4;

/// A law, tried on a fixture in a schema of its own.
type Trial = (&'static str, fn(&Arc<Cluster>));

macro_rules! trials {
    ($($law:ident,)*) => {
        const TRIALS: &[Trial] = &[$((stringify!($law), |cluster| {
            runtime().block_on(async {
                burnbag_store::conformance::$law(&mut fixture(cluster, stringify!($law)).await).await;
            });
        }),)*];
    };
}
burnbag_store::for_each_law!(trials);

#[test]
fn postgres_holds_every_law() {
    let cluster = Arc::new(Cluster::start());
    let waiting = Mutex::new(TRIALS.iter());
    let broken = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                loop {
                    let next = waiting.lock().unwrap().next();
                    let Some((law, trial)) = next else { return };
                    if catch_unwind(AssertUnwindSafe(|| trial(&cluster))).is_err() {
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

/// Two handles are two stores with connections of their own. It gives no life keys: they are a column.
async fn fixture(cluster: &Arc<Cluster>, law: &'static str) -> Fixture {
    let url = PostgresUrl::parse(&cluster.fresh(law)).unwrap();
    let cluster = Arc::clone(cluster);
    let open = move || -> burnbag_store::conformance::Opening {
        let url = url.clone();
        Box::pin(async move { Arc::new(Postgres::open(&url).await.unwrap()) as DynStore })
    };
    Fixture::new(open).await.with_obstacle(move |sample| occupy_listing(&cluster, law, sample))
}

/// The entry that the sample's `put` will insert exists already.
fn occupy_listing(cluster: &Cluster, law: &str, sample: &Sample) {
    let account = sample.pair.listing.as_ref().unwrap().account.0;
    let place = sample.pair.place;
    cluster.sql(&format!(
        "INSERT INTO {law}.listing (account, created, row, sealed) VALUES ({account}, {}, {}, '\\x00')",
        place.created.0, place.row.0
    ));
}
