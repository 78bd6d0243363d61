//! What stands on the disk after a secret ended: its life key nowhere, its sealed bytes in no log, and what SQLite leaves
//! of them in unused parts of its pages opens for nobody.
//!
//! The store lives in a child; the files are read by the parent, which has no connection of its own: a process that
//! reads its own database files loses SQLite's locks.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

#[path = "forensics/keeper.rs"]
mod keeper;
#[path = "forensics/left.rs"]
mod left;
mod support;
#[path = "forensics/written.rs"]
mod written;

use burnbag_core::life_key::LifeKey;
use burnbag_core::mail::{MAIL_PAUSE, MailKind};
use burnbag_core::tag::Row;
use burnbag_store::{Keep, Mail};
use left::{Left, pieces_of_mails};
use support::{Player, fresh_folder, life, raw};
use written::{copy_of, mailed, samples};

/// Files of a data directory.
const FILES: [&str; 4] = ["burnbag.db", "burnbag.db-wal", "burnbag.db-shm", "keys"];

/// The child's part.
#[test]
fn keeper() {
    keeper::keep_a_store();
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
        FILES.map(|name| pieces_of_mails(&raw(folder.path(), name), &meant))
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
