//! The child that keeps the store, and does what its parent orders.

use crate::support::{folder, keyring, life, open, order, sample, tell};
use crate::written::{copy_of, life_of_copy, mailed, samples, wish};
use burnbag_core::fate::Fate;
use burnbag_core::life_key::LifeKey;
use burnbag_store::conformance::{NOW, Sample};
use burnbag_store::{Claim, DynStore, Put, Stamp, Swept};
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Most writes that are asked for at the same time.
const AT_ONCE: usize = 256;

/// Does what is ordered until nobody orders any more; nothing where this process is nobody's child.
pub(crate) fn keep_a_store() {
    let Some(folder) = folder() else {
        return;
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
    let store: DynStore = Arc::new(open(&folder));
    let mut known = Vec::new();
    let written = Arc::new(Semaphore::new(0));
    while let Some(order) = order() {
        let words: Vec<&str> = order.split(' ').collect();
        let number = |at: usize| words[at].parse::<u64>().unwrap();
        let answer = match words[0] {
            "put" => {
                known.extend(samples(number(1)..number(2)));
                runtime.block_on(put(&store, &known[usize::try_from(number(1)).unwrap()..]))
            }
            "take" => {
                let rows = usize::try_from(number(1)).unwrap()..usize::try_from(number(2)).unwrap();
                runtime.block_on(take(&store, &known[rows], words[3]))
            }
            "keep" => runtime.block_on(keep(&store, &known)),
            "mail" => {
                known.extend(mailed(number(1)..number(2)));
                runtime.block_on(put(&store, &known[usize::try_from(number(1)).unwrap()..]))
            }
            "send" => runtime.block_on(send(&store, i64::try_from(number(1)).unwrap())),
            "clear" => runtime.block_on(clear(&store, i64::try_from(number(1)).unwrap())),
            "forget" => runtime.block_on(forget(&store, &known[usize::try_from(number(1)).unwrap()])),
            "sweep" => format!("{:?}", runtime.block_on(store.sweep(NOW.after(3600), 100)).unwrap().expired),
            "tend" => {
                let now = NOW.after(i64::try_from(number(1)).unwrap());
                runtime.block_on(store.tend(now)).unwrap().unwrap_or("fine").to_owned()
            }
            "write" | "read" => {
                let (store, written, writes) =
                    (Arc::clone(&store), Arc::clone(&written), words[0] == "write");
                runtime.spawn(async move {
                    if writes { write_on(&store, &written).await } else { read_on(&store).await }
                });
                "started".to_owned()
            }
            "work" => {
                written.forget_permits(usize::MAX);
                let work = written.acquire_many(u32::try_from(number(1)).unwrap());
                runtime.block_on(work).unwrap().forget();
                "worked".to_owned()
            }
            _ => "what?".to_owned(),
        };
        tell(&answer);
    }
}

/// Leases the rows, the next ones in order, and fills them.
async fn put(store: &DynStore, samples: &[Sample]) -> String {
    let lives = samples.iter().map(|sample| sample.pair.life.clone()).collect();
    assert_eq!(store.lease(lives).await.unwrap(), samples[0].row());
    for block in samples.chunks(AT_ONCE) {
        let mut tasks = Vec::new();
        for sample in block {
            let (store, pair) = (Arc::clone(store), sample.pair.clone());
            tasks.push(tokio::spawn(async move { store.put(pair).await.unwrap() }));
        }
        for task in tasks {
            assert_eq!(task.await.unwrap(), Put::Stored);
        }
    }
    "done".to_owned()
}

/// Ends all, odd or even rows, in no order.
async fn take(store: &DynStore, samples: &[Sample], which: &str) -> String {
    let is_meant = |sample: &&Sample| which == "all" || sample.row().0.is_multiple_of(2) == (which == "even");
    let mut meant: Vec<&Sample> = samples.iter().filter(is_meant).collect();
    meant.shuffle(&mut StdRng::seed_from_u64(5));
    for block in meant.chunks(AT_ONCE) {
        let mut tasks = Vec::new();
        for sample in block {
            let fate = if sample.row().0.is_multiple_of(3) { Fate::Burned } else { Fate::Revealed };
            let (store, take) = (Arc::clone(store), sample.take(fate, Claim([7; 16]), NOW));
            tasks.push(tokio::spawn(async move { store.take(take, None).await.unwrap() }));
        }
        for task in tasks {
            assert!(task.await.unwrap());
        }
    }
    "done".to_owned()
}

/// Reveals all secrets, and keeps a copy of each.
async fn keep(store: &DynStore, samples: &[Sample]) -> String {
    for sample in samples {
        let life_row = store.lease(vec![life_of_copy(sample)]).await.unwrap();
        let take = sample.take(Fate::Revealed, Claim([7; 16]), NOW);
        assert!(store.take(take, Some(copy_of(sample, life_row))).await.unwrap());
    }
    "done".to_owned()
}

async fn forget(store: &DynStore, sample: &Sample) -> String {
    store.forget(sample.row(), &sample.check()).await.unwrap().to_string()
}

/// Sends all mails that are due.
async fn send(store: &DynStore, seconds: i64) -> String {
    let now = NOW.after(seconds);
    let mut sent = 0;
    while let Some(mail) = store.pick_mail(now, now.after(60)).await.unwrap() {
        assert!(store.stamp_mail(&mail, Stamp::Sent, now).await.unwrap());
        sent += 1;
    }
    sent.to_string()
}

/// Sweeps until nothing is left to do.
async fn clear(store: &DynStore, seconds: i64) -> String {
    while store.sweep(NOW.after(seconds), 100).await.unwrap() != Swept::default() {}
    "done".to_owned()
}

/// Puts secrets for ever.
async fn write_on(store: &DynStore, written: &Semaphore) {
    let keyring = keyring();
    loop {
        let lives: Vec<LifeKey> = (0..50).map(life).collect();
        // A disk that stops for seconds makes the other process wait in vain; that is not what is tested.
        let Ok(first) = store.lease(lives).await else {
            continue;
        };
        for row in first.0..first.0 + 50 {
            if store.put(sample(row, wish(row), &keyring).pair).await.is_ok() {
                written.add_permits(1);
            }
        }
    }
}

/// Reads for ever.
async fn read_on(store: &DynStore) {
    let samples = samples(0..50);
    loop {
        for sample in &samples {
            store.peek(sample.row(), &sample.check(), NOW).await.unwrap();
        }
        tokio::task::yield_now().await;
    }
}
