//! What stands on the disk after a secret ended: its life key nowhere, its sealed bytes in no log, and what SQLite leaves
//! of them in unused parts of its pages opens for nobody.
//!
//! The store lives in a child; the files are read by the parent, which has no connection of its own: a process that
//! reads its own database files loses SQLite's locks.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod support;

use burnbag_core::fate::Fate;
use burnbag_core::idempotency_key::IdempotencyKey;
use burnbag_core::life_key::LifeKey;
use burnbag_core::mail::{MAIL_PAUSE, MailId, MailKind, Mailing, seal_mail};
use burnbag_core::seal::{ContentKeys, OVERHEAD, Sealed};
use burnbag_core::tag::Row;
use burnbag_store::conformance::{NOW, Sample, Wish};
use burnbag_store::{Claim, DynStore, Keep, Mail, Put, Stamp, Swept};
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use support::{Player, folder, fresh_folder, keyring, life, life_key, open, order, raw, sample, tell};
use tokio::sync::Semaphore;

/// Files of a data directory.
const FILES: [&str; 4] = ["burnbag.db", "burnbag.db-wal", "burnbag.db-shm", "keys"];
/// Where the numbers of the life keys of kept copies begin.
const COPY: u64 = 1_000_000;
/// Where the numbers of the letters of secrets begin.
const MAIL: u64 = 2_000_000;
/// Most writes that the child asks for at the same time.
const AT_ONCE: usize = 256;

/// Contents of several lengths, so that cells move when others come and go.
fn wish(row: u64) -> Wish<'static> {
    let length = [30, 300, 60, 700, 120][usize::try_from(row % 5).unwrap()];
    Wish { length, ..Wish::default() }
}

fn samples(rows: Range<u64>) -> Vec<Sample> {
    let keyring = keyring();
    rows.map(|row| sample(row, wish(row), &keyring)).collect()
}

/// A child: keeps a store and does what its parent orders.
#[test]
fn keeper() {
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

/// What a reveal of a secret keeps, on a leased row whose life key is known.
fn copy_of(sample: &Sample, life_row: Row) -> Keep {
    let (keyring, life) = (keyring(), life(COPY + sample.row().0));
    let repeat: IdempotencyKey = "r".repeat(43).parse().unwrap();
    let keys = ContentKeys { secret: &sample.secret, life: &life, opener: &sample.opener };
    let rng = &mut StdRng::seed_from_u64(COPY + sample.row().0);
    let sealed = keys.seal_kept(&sample.content, &sample.pair.place, &repeat, keyring.sealing(), rng);
    Keep { life_row, life, repeat: repeat.check(&sample.secret), sealed, until: NOW.after(60) }
}

/// Reveals all secrets, and keeps a copy of each.
async fn keep(store: &DynStore, samples: &[Sample]) -> String {
    for sample in samples {
        let life_row = store.lease(vec![life(COPY + sample.row().0)]).await.unwrap();
        let take = sample.take(Fate::Revealed, Claim([7; 16]), NOW);
        assert!(store.take(take, Some(copy_of(sample, life_row))).await.unwrap());
    }
    "done".to_owned()
}

async fn forget(store: &DynStore, sample: &Sample) -> String {
    store.forget(sample.row(), &sample.check()).await.unwrap().to_string()
}

/// Secrets with all mails, letters of several lengths.
fn mailed(rows: Range<u64>) -> Vec<Sample> {
    let keyring = keyring();
    let mut samples = samples(rows);
    for sample in &mut samples {
        let rng = &mut StdRng::seed_from_u64(MAIL + sample.row().0);
        sample.pair.mailing = Some(Mailing::Queued(None));
        for kind in [MailKind::Link, MailKind::Opened, MailKind::Expired] {
            let id = MailId::make(rng);
            let letter = vec![b'x'; [150, 500, 220, 90, 1500][usize::from(id.0[0] % 5)]];
            let sealed = seal_mail(&letter, &id, kind, keyring.sealing(), rng);
            sample.pair.mails.push(Mail { id, kind, account: None, sealed });
        }
    }
    samples
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

/// When the end of a secret is acknowledged its life key is in no file.
#[test]
fn life_keys_of_ended_secrets_are_in_no_file() {
    let folder = fresh_folder();
    let mut keeper = Player::start("keeper", folder.path());
    assert_eq!(keeper.ask("put 0 6"), "done");
    let found = |row| {
        let life = life(row);
        let in_file = |name: &&str| {
            raw(folder.path(), name).windows(LifeKey::LENGTH).any(|bytes| bytes == life.expose())
        };
        FILES.into_iter().filter(in_file).collect::<Vec<_>>()
    };
    (0..6).for_each(|row| assert_eq!(found(row), ["keys"], "it waits"));
    assert_eq!(keeper.ask("take 0 2 all"), "done");
    assert_eq!([found(0), found(1)], [[""; 0]; 2], "burned and revealed");
    (2..6).for_each(|row| assert_eq!(found(row), ["keys"], "its neighbours still wait"));
    assert_eq!(keeper.ask("sweep"), "4");
    (0..6).for_each(|row| assert_eq!(found(row), [""; 0], "expired"));
}

/// What is kept after a reveal ends as the secret did: its life key is in no file when the end is acknowledged, and its
/// sealed bytes leave the log, forgotten or swept.
#[test]
fn kept_copies_end_like_secrets() {
    let folder = fresh_folder();
    let mut keeper = Player::start("keeper", folder.path());
    assert_eq!(keeper.ask("put 0 3"), "done");
    let samples = samples(0..3);
    let copies: Vec<Keep> = samples.iter().map(|sample| copy_of(sample, Row(0))).collect();
    assert_eq!(keeper.ask("tend 0"), "fine");
    assert_eq!(keeper.ask("keep"), "done");
    let holds =
        |name: &str, bytes: &[u8]| raw(folder.path(), name).windows(bytes.len()).any(|part| part == bytes);
    let keys_of = |row: usize| {
        FILES.into_iter().filter(|name| holds(name, copies[row].life.expose())).collect::<Vec<_>>()
    };
    (0..3).for_each(|row| assert_eq!(keys_of(row), ["keys"], "it is kept"));
    assert!(holds("burnbag.db-wal", copies[0].sealed.as_bytes()), "the log holds what was just written");
    assert_eq!(keeper.ask("forget 1"), "true");
    assert_eq!(
        [keys_of(0), keys_of(1), keys_of(2)],
        [vec!["keys"], vec![], vec!["keys"]],
        "one is forgotten"
    );
    assert_eq!(keeper.ask("sweep"), "0");
    (0..3).for_each(|row| assert_eq!(keys_of(row), [""; 0], "their time is over"));
    for second in 1..=30 {
        assert_eq!(keeper.ask(&format!("tend {second}")), "fine");
    }
    for copy in &copies {
        assert!(!holds("burnbag.db-wal", copy.sealed.as_bytes()), "the log was cut");
    }
}

/// Sealed bytes of what ended leave the log within 30 s, also while another process is attached and both write and read
/// all the time.
#[test]
fn freed_bytes_leave_the_log_under_load() {
    let folder = fresh_folder();
    let mut keeper = Player::start("keeper", folder.path());
    let mut other = Player::start("keeper", folder.path());
    assert_eq!(keeper.ask("put 0 50"), "done");
    let samples = samples(0..50);
    let in_log = || Left::find(&raw(folder.path(), "burnbag.db-wal"), &samples).sealed();
    assert_eq!(in_log(), 50, "the log holds what was just written");
    assert_eq!(keeper.ask("tend 0"), "fine");
    for load in ["write", "write", "read"] {
        assert_eq!(keeper.ask(load), "started");
        assert_eq!(other.ask(load), "started");
    }
    assert_eq!(keeper.ask("take 0 50 all"), "done");
    // A log that could not be cut for 60 s would be reported. A second is as long as both need for some more writes.
    let mut left = Vec::new();
    for second in 1..=90 {
        keeper.order("work 10");
        assert_eq!([other.ask("work 10"), keeper.answer()], ["worked"; 2]);
        assert_eq!(keeper.ask(&format!("tend {second}")), "fine");
        if second % 10 == 0 {
            left.push(in_log());
        }
    }
    println!("of 50 secrets in the log after 10, 20, … s: {left:?}");
    assert!(left[2..].iter().all(|left| *left == 0), "gone after 30 s");
}

/// The same when nothing else happens that would overwrite the log, with another process that only sits there.
#[test]
fn freed_bytes_leave_a_quiet_log() {
    let folder = fresh_folder();
    let mut keeper = Player::start("keeper", folder.path());
    let mut other = Player::start("keeper", folder.path());
    assert_eq!(keeper.ask("put 0 50"), "done");
    assert_eq!(other.ask("tend 0"), "fine");
    assert_eq!(keeper.ask("tend 0"), "fine");
    assert_eq!(keeper.ask("take 0 50 all"), "done");
    for second in 1..=30 {
        assert_eq!(keeper.ask(&format!("tend {second}")), "fine");
    }
    assert!(raw(folder.path(), "burnbag.db-wal").is_empty(), "the log was cut");
}

/// Nothing is left of a mail that was sent or is over, in the log or in the database, while others wait beside it.
#[test]
fn mails_that_are_over_are_in_no_file() {
    const ROWS: u64 = 480;
    let folder = fresh_folder();
    let mut keeper = Player::start("keeper", folder.path());
    let samples = mailed(0..ROWS);
    let mut second = 0;
    let mut left = |keeper: &mut Player, which: &dyn Fn(u64, MailKind) -> bool| {
        // Twice: the first call after the start only begins to count.
        for _ in 0..2 {
            assert_eq!(keeper.ask(&format!("tend {second}")), "fine");
            second += 20;
        }
        let meant = samples
            .iter()
            .flat_map(|sample| sample.pair.mails.iter().map(move |mail| (sample.row().0, mail)));
        let meant: Vec<&Mail> =
            meant.filter(|(row, mail)| which(*row, mail.kind)).map(|(_, mail)| mail).collect();
        FILES.map(|name| remains(&raw(folder.path(), name), &meant))
    };
    assert_eq!(keeper.ask(&format!("mail 0 {ROWS}")), "done");
    assert_eq!(left(&mut keeper, &|_, _| true)[0] as u64, 3 * ROWS, "the search finds what waits");
    assert_eq!(keeper.ask("send 0"), ROWS.to_string());
    assert_eq!(left(&mut keeper, &|_, kind| kind == MailKind::Link), [0; 4], "the links are sent");
    assert_eq!(keeper.ask(&format!("take 0 {ROWS} odd")), "done");
    assert_eq!(keeper.ask(&format!("clear {MAIL_PAUSE}")), "done");
    assert_eq!(keeper.ask(&format!("send {MAIL_PAUSE}")), (ROWS / 3).to_string(), "what was revealed");
    let ended = |row: u64, kind| kind == MailKind::Link || row % 2 == 1;
    assert_eq!(left(&mut keeper, &ended), [0; 4], "and what was burned");
    assert_eq!(keeper.ask("clear 3600"), "done");
    let ended = |row: u64, kind| kind != MailKind::Expired || row % 2 == 1;
    assert_eq!(left(&mut keeper, &ended), [0; 4], "what expired was not revealed");
    assert_eq!(keeper.ask("send 3600"), (ROWS / 2).to_string());
    assert_eq!(left(&mut keeper, &|_, _| true), [0; 4]);
}

/// Of how many mails a piece stands in a file.
fn remains(file: &[u8], mails: &[&Mail]) -> usize {
    const PIECE: usize = 16;
    let start = |piece: &[u8]| usize::from(u16::from_be_bytes([piece[0], piece[1]]));
    let (mut starts, mut pieces) = (vec![false; 1 << 16], HashMap::new());
    for (at, mail) in mails.iter().enumerate() {
        // Behind the header, which all have in common.
        for piece in mail.sealed.as_bytes()[5..].chunks_exact(PIECE) {
            starts[start(piece)] = true;
            pieces.insert(piece, at);
        }
    }
    let candidates = file.windows(PIECE).filter(|piece| starts[start(piece)]);
    candidates.filter_map(|piece| pieces.get(piece)).collect::<HashSet<_>>().len()
}

/// What is left of 30,000 ended secrets in the main file opens for nobody.
#[test]
fn what_is_left_in_unused_parts_of_pages_does_not_open() {
    const HALF: u64 = 15_000;
    let folder = fresh_folder();
    let mut keeper = Player::start("keeper", folder.path());
    keeper.order(&format!("put 0 {HALF}"));
    let samples = samples(0..2 * HALF);
    assert_eq!(keeper.answer(), "done");
    keeper.ask("tend 0");
    keeper.ask("tend 20");
    let left = Left::find(&raw(folder.path(), "burnbag.db"), &samples);
    assert!(left.whole.len() as u64 >= HALF, "the search finds what waits");
    assert_eq!(keeper.ask(&format!("take 0 {HALF} odd")), "done");
    assert_eq!(keeper.ask(&format!("put {HALF} {}", 2 * HALF)), "done");
    assert_eq!(keeper.ask(&format!("take 0 {HALF} even")), "done");
    assert_eq!(keeper.ask(&format!("take {HALF} {} all", 2 * HALF)), "done");
    keeper.ask("tend 40");
    keeper.ask("tend 60");
    let left = Left::find(&raw(folder.path(), "burnbag.db"), &samples);
    println!(
        "of {} ended secrets: {} whole copies, {} damaged",
        2 * HALF,
        left.whole.len(),
        left.damaged.len()
    );
    left.assert_opens_for_nobody(folder.path());
    assert!(raw(folder.path(), "keys").iter().all(|byte| *byte == 0), "every life key is dead");
}

/// Copies of sealed contents in a file.
struct Left<'a> {
    whole: Vec<(&'a Sample, Sealed)>,
    /// Secrets of which a beginning stands somewhere that does not go on as it did. A log holds a page in several states,
    /// so a secret can be whole in one and damaged in another.
    damaged: HashSet<Row>,
}

impl<'a> Left<'a> {
    /// Finds the sealed contents of these secrets by their first bytes: version, server key and nonce.
    fn find(file: &[u8], samples: &'a [Sample]) -> Self {
        const START: usize = 17;
        let start = |sample: &Sample| sample.pair.sealed.as_bytes()[..START].to_vec();
        let by_start: HashMap<Vec<u8>, &Sample> =
            samples.iter().map(|sample| (start(sample), sample)).collect();
        let header = &samples[0].pair.sealed.as_bytes()[..5];
        let mut left = Self { whole: Vec::new(), damaged: HashSet::new() };
        for at in 0..file.len().saturating_sub(OVERHEAD) {
            if file[at] != header[0] || !file[at..].starts_with(header) {
                continue;
            }
            let Some(sample) = by_start.get(&file[at..at + START]) else {
                continue;
            };
            let sealed = sample.pair.sealed.as_bytes();
            if file[at..].starts_with(sealed) {
                left.whole.push((*sample, Sealed::from_bytes(sealed.to_vec())));
            } else {
                left.damaged.insert(sample.row());
            }
        }
        left
    }

    /// How many secrets there is something of.
    fn sealed(&self) -> usize {
        let mut rows = self.damaged.clone();
        rows.extend(self.whole.iter().map(|(sample, _)| sample.row()));
        rows.len()
    }

    /// Link, server key and the data directory's life key open none of them; with the life key of old they would open.
    fn assert_opens_for_nobody(&self, folder: &Path) {
        let keyring = keyring();
        for (sample, sealed) in &self.whole {
            let now = life_key(folder, sample.row());
            assert!(now == LifeKey::DEAD);
            let opens = |life: &LifeKey| {
                let keys = ContentKeys { secret: &sample.secret, life, opener: &sample.opener };
                keys.open(sealed, &sample.pair.place, &keyring).is_ok()
            };
            assert!(!opens(&now), "row {} opens", sample.row());
            assert!(opens(&sample.pair.life), "the copy is whole");
        }
    }
}
