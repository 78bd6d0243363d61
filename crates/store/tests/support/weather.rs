//! Many readers and writers on two nodes, while their connections are killed all the time.

use super::secrets::{put, seal, settle};
use burnbag_core::fate::Fate;
use burnbag_store::conformance::{NOW, Sample, Wish};
use burnbag_store::{Claim, DynStore, Held, Holder, Put, StoreError};
use rand::SeedableRng;
use rand::rngs::StdRng;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

const SECRETS: u64 = 120;
const READERS: u64 = 12;
const WRITERS: u64 = 4;

/// What happened to a caller.
#[derive(Default)]
struct Tale {
    won: Vec<u64>,
    doubts: u32,
    failures: u32,
}

/// Nobody gets a secret twice, each has a reader in the end, and what was acknowledged is there. `kill` ends some of the
/// nodes' connections and answers how many.
pub(crate) async fn weather(nodes: [DynStore; 2], kill: impl FnMut() -> u64 + Send + 'static) {
    let mut secrets = Vec::new();
    for seed in 0..SECRETS {
        secrets.push(put(&nodes[0], Wish::default(), seed).await);
    }
    let secrets = Arc::new(secrets);
    let over = Arc::new(AtomicBool::new(false));
    let killer = kill_all_the_time(kill, Arc::clone(&over));
    let node = |number: u64| Arc::clone(&nodes[usize::try_from(number % 2).unwrap()]);
    let readers: Vec<_> = (0..READERS)
        .map(|number| tokio::spawn(read_all(node(number), Arc::clone(&secrets), number)))
        .collect();
    let writers: Vec<_> =
        (0..WRITERS).map(|number| tokio::spawn(write_on(node(number), 1_000 * (number + 1)))).collect();
    let (mut readers_of, mut all) = (HashMap::<u64, u32>::new(), Tale::default());
    for reader in readers {
        let tale = reader.await.unwrap();
        tale.won.iter().for_each(|row| *readers_of.entry(*row).or_default() += 1);
        (all.doubts, all.failures) = (all.doubts + tale.doubts, all.failures + tale.failures);
    }
    let mut written = Vec::new();
    for writer in writers {
        written.extend(writer.await.unwrap());
    }
    over.store(true, Ordering::SeqCst);
    let killed = killer.join().unwrap();
    assert!(killed > 20, "there was a storm: {killed}");
    assert!(all.doubts + all.failures > 0, "and it was felt");
    assert!(readers_of.values().all(|readers| *readers == 1), "nobody twice");
    assert_eq!(readers_of.len() as u64, SECRETS, "each had a reader");
    for sample in &written {
        assert!(nodes[1].peek(sample.row(), &sample.check(), NOW).await.unwrap().is_some(), "acknowledged");
    }
    assert_eq!(nodes[0].held().await.unwrap(), 7 * written.len() as u64, "each counts once");
}

fn kill_all_the_time(
    mut kill: impl FnMut() -> u64 + Send + 'static,
    over: Arc<AtomicBool>,
) -> JoinHandle<u64> {
    thread::spawn(move || {
        let mut killed = 0;
        while !over.load(Ordering::SeqCst) {
            killed += kill();
        }
        killed
    })
}

/// Wants every secret, and finds out each time whether it was this one who got it.
async fn read_all(store: DynStore, secrets: Arc<Vec<Sample>>, number: u64) -> Tale {
    let rng = &mut StdRng::seed_from_u64(77 + number);
    let mut tale = Tale::default();
    for at in 0..secrets.len() {
        let sample = &secrets[(at + usize::try_from(number * 11).unwrap()) % secrets.len()];
        loop {
            let take = sample.take(Fate::Revealed, Claim::make(rng), NOW);
            let won = match store.take(take, None).await {
                Ok(won) => won,
                Err(StoreError::InDoubt(_)) => {
                    tale.doubts += 1;
                    settle(&store, &take).await
                }
                // Nothing was done: this claim has not won, and never will.
                Err(_) => {
                    tale.failures += 1;
                    assert!(!settle(&store, &take).await);
                    continue;
                }
            };
            if won {
                tale.won.push(take.row.0);
            } else if store.peek(take.row, &take.check, NOW).await.map_or(true, |waiting| waiting.is_some()) {
                continue;
            }
            break;
        }
    }
    tale
}

/// Stores secrets, and trusts what it is told.
async fn write_on(store: DynStore, seed: u64) -> Vec<Sample> {
    let mut written = Vec::new();
    for seed in seed..seed + 60 {
        let held = Some(Held { holder: Holder(1), bytes: 7 });
        let sample = loop {
            // A row whose lease is not heard of is a gap.
            if let Ok(sample) = seal(&store, Wish { held, ..Wish::default() }, seed).await {
                break sample;
            }
        };
        let mut may_exist = false;
        loop {
            match store.put(sample.pair.clone()).await {
                Ok(Put::Stored) => break,
                Ok(Put::RowExists) => {
                    assert!(may_exist, "it was said that nothing was done");
                    break;
                }
                Err(StoreError::InDoubt(_)) => may_exist = true,
                Err(_) => {}
            }
        }
        written.push(sample);
    }
    written
}
