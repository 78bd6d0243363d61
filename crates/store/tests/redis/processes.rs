//! Readers in several processes, which share nothing but the server.

use super::servers::Server;
use super::support::{answers, command, folder, part, tell};
use super::{open, put, sealed_at};
use burnbag_core::fate::Fate;
use burnbag_core::tag::Row;
use burnbag_store::Claim;
use burnbag_store::conformance::{NOW, Wish};
use rand::SeedableRng;
use rand::rngs::StdRng;
use std::collections::BTreeMap;
use std::process::Stdio;

const SECRETS: u64 = 80;
const PROCESSES: usize = 4;

/// Of all processes one gets each secret.
#[tokio::test(flavor = "multi_thread")]
async fn each_secret_has_a_reader_in_one_process() {
    let server = Server::start();
    let store = open(&server.url("processes")).await;
    for number in 0..SECRETS {
        assert_eq!(put(&store, Wish::default(), number).await.row(), Row(number), "the first rows of all");
    }
    // A child finds the server by the name of its folder.
    let place = tempfile::tempdir().unwrap();
    let children: Vec<_> = (0..PROCESSES)
        .map(|number| {
            let folder = place.path().join(format!("{}-{number}", server.port));
            std::fs::create_dir(&folder).unwrap();
            command(&part("processes::a_reader"), &folder).stderr(Stdio::null()).spawn().unwrap()
        })
        .collect();
    let mut readers = BTreeMap::<u64, u32>::new();
    for child in children {
        let done = child.wait_with_output().unwrap();
        assert!(done.status.success());
        for row in answers(&done.stdout) {
            *readers.entry(row.parse().unwrap()).or_default() += 1;
        }
    }
    assert_eq!(readers, (0..SECRETS).map(|row| (row, 1)).collect());
}

/// The part of a child: it takes what it can.
#[tokio::test(flavor = "multi_thread")]
async fn a_reader() {
    let Some(folder) = folder() else { return };
    let (port, number) = folder.file_name().unwrap().to_str().unwrap().split_once('-').unwrap();
    let store = open(&format!("redis://127.0.0.1:{port}?prefix=processes")).await;
    let rng = &mut StdRng::seed_from_u64(1_000 + number.parse::<u64>().unwrap());
    for row in 0..SECRETS {
        let sample = sealed_at(Row(row), Wish::default(), row);
        let take = sample.take(Fate::Revealed, Claim::make(rng), NOW);
        if store.take(take, None).await.unwrap() {
            tell(&row.to_string());
        }
    }
}
