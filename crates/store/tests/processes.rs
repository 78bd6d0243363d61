//! Several processes on one data directory behave as one store.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod support;

use burnbag_core::fate::{Fate, State};
use burnbag_core::mail::{MailKind, Mailing};
use burnbag_core::tag::Row;
use burnbag_store::conformance::{NOW, Sample, Wish};
use burnbag_store::{Claim, DynStore, Put, Stamp, Store};
use rand::SeedableRng;
use rand::rngs::StdRng;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use support::{Player, folder, fresh_folder, keyring, life, open, order, sample, tell};

const ROWS: u64 = 200;
const TASKS: usize = 16;
/// How long a pick excludes others, in seconds.
const PICKED: i64 = 60;

fn samples() -> Vec<Sample> {
    let keyring = keyring();
    (0..ROWS).map(|number| sample(number, Wish::default(), &keyring)).collect()
}

/// Of 32 tasks in two processes that want the same secrets, one gets each; a third process sees the ends.
#[tokio::test]
async fn two_processes_take_each_row_once() {
    let folder = fresh_folder();
    let store = open(folder.path());
    let samples = samples();
    assert_eq!(store.lease((0..ROWS).map(life).collect()).await.unwrap(), Row(0));
    for sample in &samples {
        assert_eq!(store.put(sample.pair.clone()).await.unwrap(), Put::Stored);
    }
    let mut takers = [(); 2].map(|()| Player::start("taker", folder.path()));
    for taker in &mut takers {
        assert_eq!(taker.answer(), "ready");
    }
    for taker in &mut takers {
        taker.order("go");
    }
    let mut winners: HashMap<u64, u32> = HashMap::new();
    let mut counts = Vec::new();
    for taker in &mut takers {
        let won = taker.answer();
        counts.push(won.split_whitespace().count());
        for row in won.split_whitespace() {
            *winners.entry(row.parse().unwrap()).or_default() += 1;
        }
    }
    println!("rows won by each process: {counts:?}");
    assert_eq!(winners.len() as u64, ROWS, "every secret had a reader");
    assert!(winners.values().all(|readers| *readers == 1), "and only one");
    for sample in &samples {
        assert!(store.peek(sample.row(), &sample.check(), NOW).await.unwrap().is_none());
        let receipt = store.receipt(sample.row(), &sample.receipt.check(), NOW).await.unwrap().unwrap();
        assert_eq!(receipt.state, State::Ended(Fate::Revealed, NOW));
    }
}

/// A child: takes what it can get, and tells what it got.
#[test]
fn taker() {
    let Some(folder) = folder() else {
        return;
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).build().unwrap();
    let won = runtime.block_on(take_all(&folder));
    tell(&won.iter().map(|row| row.0.to_string()).collect::<Vec<_>>().join(" "));
}

async fn take_all(folder: &Path) -> Vec<Row> {
    let store: DynStore = Arc::new(open(folder));
    let samples = Arc::new(samples());
    tell("ready");
    assert_eq!(order().unwrap(), "go");
    let mut tasks = Vec::new();
    for task in 0..TASKS {
        let (store, samples) = (Arc::clone(&store), Arc::clone(&samples));
        let mut rng = StdRng::seed_from_u64((u64::from(std::process::id()) << 8) + task as u64);
        tasks.push(tokio::spawn(async move {
            let mut won = Vec::new();
            for at in 0..samples.len() {
                let sample = &samples[(at + task * 7) % samples.len()];
                let take = sample.take(Fate::Revealed, Claim::make(&mut rng), NOW);
                if store.take(take, None).await.unwrap() {
                    assert!(store.settle(take.row, take.claim).await.unwrap());
                    won.push(take.row);
                }
            }
            won
        }));
    }
    let mut won = Vec::new();
    for task in tasks {
        won.extend(task.await.unwrap());
    }
    won
}

/// Of 32 tasks in two processes that send the same mails, one picks each, and his word is in every receipt.
#[tokio::test]
async fn two_processes_pick_each_mail_once() {
    let folder = fresh_folder();
    let (store, keyring) = (open(folder.path()), keyring());
    let wish = Wish { mails: &[MailKind::Link], ..Wish::default() };
    let samples: Vec<_> = (0..ROWS).map(|number| sample(number, wish, &keyring)).collect();
    assert_eq!(store.lease((0..ROWS).map(life).collect()).await.unwrap(), Row(0));
    for sample in &samples {
        assert_eq!(store.put(sample.pair.clone()).await.unwrap(), Put::Stored);
    }
    let mut pickers = [(); 2].map(|()| Player::start("picker", folder.path()));
    for picker in &mut pickers {
        assert_eq!(picker.answer(), "ready");
    }
    for picker in &mut pickers {
        picker.order("go");
    }
    let picked = pickers.each_mut().map(Player::answer);
    println!("mails picked by each process: {:?}", picked.each_ref().map(|all| all.split(' ').count()));
    let mut rows: Vec<u64> =
        picked.iter().flat_map(|rows| rows.split_whitespace()).map(|row| row.parse().unwrap()).collect();
    rows.sort_unstable();
    assert_eq!(rows, (0..ROWS).collect::<Vec<_>>(), "each once");
    for sample in &samples {
        let receipt = store.receipt(sample.row(), &sample.receipt.check(), NOW).await.unwrap().unwrap();
        assert_eq!(receipt.mailing, Some(Mailing::Sent(NOW)));
    }
    assert!(store.pick_mail(NOW.after(PICKED), NOW.after(PICKED)).await.unwrap().is_none(), "none is left");
}

/// A child: sends what it can get, and tells of which rows.
#[test]
fn picker() {
    let Some(folder) = folder() else {
        return;
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).build().unwrap();
    let picked = runtime.block_on(pick_all(&folder));
    tell(&picked.iter().map(|row| row.0.to_string()).collect::<Vec<_>>().join(" "));
}

async fn pick_all(folder: &Path) -> Vec<Row> {
    let store: DynStore = Arc::new(open(folder));
    tell("ready");
    assert_eq!(order().unwrap(), "go");
    let pickers = (0..TASKS).map(|_| {
        let store = Arc::clone(&store);
        tokio::spawn(async move {
            let mut picked = Vec::new();
            while let Some(mail) = store.pick_mail(NOW, NOW.after(PICKED)).await.unwrap() {
                assert!(store.stamp_mail(&mail, Stamp::Sent, NOW).await.unwrap(), "nobody else has it");
                picked.push(mail.row.unwrap());
            }
            picked
        })
    });
    let mut picked = Vec::new();
    for picker in pickers.collect::<Vec<_>>() {
        picked.extend(picker.await.unwrap());
    }
    picked
}

/// Processes that find an empty folder at the same time make one store in it.
#[test]
fn processes_start_together_in_an_empty_folder() {
    for _ in 0..5 {
        let folder = fresh_folder();
        let mut starters: Vec<_> = (0..4).map(|_| Player::start("starter", folder.path())).collect();
        for starter in &mut starters {
            assert_eq!(starter.answer(), "ready");
        }
        for starter in &mut starters {
            starter.order("go");
        }
        let mut rows: Vec<u64> = starters
            .iter_mut()
            .flat_map(|starter| {
                let first: u64 = starter.answer().parse().unwrap();
                first..first + 10
            })
            .collect();
        rows.sort_unstable();
        assert_eq!(rows, (0..40).collect::<Vec<_>>(), "each leased rows of its own");
    }
}

/// A child: opens what may not be there yet, and leases ten rows.
#[test]
fn starter() {
    let Some(folder) = folder() else {
        return;
    };
    tell("ready");
    assert_eq!(order().unwrap(), "go");
    let store = open(&folder);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let first = runtime.block_on(store.lease((0..10).map(life).collect())).unwrap();
    tell(&first.to_string());
}
