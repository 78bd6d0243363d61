//! Every engine holds every law: an engine here is a constructor and the list.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use burnbag_core::life_key::LifeKey;
use burnbag_core::tag::Row;
use burnbag_store::DynStore;
use burnbag_store::conformance::{Fixture, Sample};
use burnbag_store::memory::Memory;
use burnbag_store::sqlite::{DataDir, Sqlite};
use rand::SeedableRng;
use rand::rngs::StdRng;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

static HANDLES: AtomicU64 = AtomicU64::new(0);

/// An engine in memory: its "restart" is another handle, because nothing survives the process.
async fn memory() -> Fixture {
    let data = Memory::default();
    let lives = data.clone();
    let open = move || -> DynStore { Arc::new(data.clone()) };
    Fixture::new(move || Box::pin(std::future::ready(open())))
        .await
        .with_life_keys(move |row| lives.life_key(row))
}

/// Real files; two handles are two stores opened on one data directory.
async fn sqlite() -> Fixture {
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let (keys, database) = (folder.path().join("keys"), folder.path().join("burnbag.db"));
    let open = move || -> DynStore {
        let dir = DataDir::create(folder.path()).unwrap();
        // Writers are told apart by a random number, so each gets a seed of its own.
        let mut rng = StdRng::seed_from_u64(HANDLES.fetch_add(1, Ordering::Relaxed));
        Arc::new(Sqlite::open(&dir, &mut rng).unwrap())
    };
    Fixture::new(move || Box::pin(std::future::ready(open())))
        .await
        .with_life_keys(move |row| life_key(&keys, row))
        .with_obstacle(move |sample| occupy_listing(&database, sample))
}

#[expect(clippy::disallowed_methods, reason = "the file of life keys is not SQLite's")]
fn life_key(keys: &Path, row: Row) -> LifeKey {
    let at = usize::try_from(row.0).unwrap() * LifeKey::LENGTH;
    let bytes = std::fs::read(keys).unwrap();
    bytes
        .get(at..at + LifeKey::LENGTH)
        .map_or(LifeKey::DEAD, |key| LifeKey::from_bytes(key.try_into().unwrap()))
}

/// The entry that the sample's `put` will insert exists already. Through SQLite, in this process.
fn occupy_listing(database: &Path, sample: &Sample) {
    let connection = rusqlite::Connection::open(database).unwrap();
    let account = sample.pair.listing.as_ref().unwrap().account.0;
    let place = sample.pair.place;
    connection
        .execute(
            "INSERT INTO listing (account, created, row, sealed) VALUES (?1, ?2, ?3, x'00')",
            rusqlite::params![account, place.created.0, place.row.0.cast_signed()],
        )
        .unwrap();
}

macro_rules! hold {
    ($($law:ident,)*) => {
        mod memory_holds {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $law() {
                burnbag_store::conformance::$law(&mut super::memory().await).await;
            })*
        }
        mod sqlite_holds {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $law() {
                burnbag_store::conformance::$law(&mut super::sqlite().await).await;
            })*
        }
    };
}
burnbag_store::for_each_law!(hold);
