//! Sealed secrets, the same ones from the same numbers, on whatever store.

use burnbag_core::life_key::LifeKey;
use burnbag_core::server_key::{Keyring, ServerKey};
use burnbag_core::tag::Row;
use burnbag_store::conformance::{Sample, Wish};
use burnbag_store::{DynStore, Put, StoreError, Take};
use rand::SeedableRng;
use rand::rngs::StdRng;

/// A sealed secret on a leased row, not stored yet.
pub(crate) async fn seal(store: &DynStore, wish: Wish<'_>, seed: u64) -> Result<Sample, StoreError> {
    let life = LifeKey::make(&mut StdRng::seed_from_u64(seed));
    let row = store.lease(vec![life]).await?;
    Ok(sealed_at(row, wish, seed))
}

/// The same of a row that is known.
pub(crate) fn sealed_at(row: Row, wish: Wish<'_>, seed: u64) -> Sample {
    let rng = &mut StdRng::seed_from_u64(seed);
    let keyring = Keyring::new(ServerKey::make(&mut StdRng::seed_from_u64(0)), Vec::new());
    let life = LifeKey::make(rng);
    Sample::seal(row, life, wish, &keyring, rng)
}

/// A stored secret.
pub(crate) async fn put(store: &DynStore, wish: Wish<'_>, seed: u64) -> Sample {
    let sample = seal(store, wish, seed).await.unwrap();
    assert_eq!(store.put(sample.pair.clone()).await.unwrap(), Put::Stored);
    sample
}

/// Whether a claim won, asked until that is known.
pub(crate) async fn settle(store: &DynStore, take: &Take) -> bool {
    loop {
        if let Ok(won) = store.settle(take.row, take.claim).await {
            return won;
        }
    }
}
