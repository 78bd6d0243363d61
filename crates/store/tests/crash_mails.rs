//! Killed between any two writes: a secret is there with its mails or not at all, and a mail that somebody picked, or of
//! which something was said, is what it was before or after, nothing else.
//!
//! A child plays a scenario on a real data directory and is killed; what the memory engine makes of the same scenes is what
//! must be found.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod support;

use burnbag_core::fate::{Fate, State};
use burnbag_core::mail::{MAIL_PAUSE, MailId, MailKind, Mailing, seal_mail};
use burnbag_core::server_key::Keyring;
use burnbag_core::tag::Row;
use burnbag_core::time::Timestamp;
use burnbag_store::conformance::{NOW, Sample, Wish};
use burnbag_store::memory::Memory;
use burnbag_store::{Claim, Mail, Outgoing, Put, Stamp, Store, Swept};
use rand::SeedableRng;
use rand::rngs::StdRng;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Mutex;
use support::killed::{all, get_ahead, killed_at_each_call};
use support::{folder, keyring, life, open, sample, tell};

const ROWS: u64 = 6;
/// The row that expires first, and when.
const SHORT: u64 = 4;
const SHORT_ENDS: Timestamp = NOW.after(34);
/// When mails are picked, and until when that excludes others.
const PICK: Timestamp = NOW.after(10);
const PICKED: Timestamp = NOW.after(70);
/// When what was put off is due.
const LATER: Timestamp = NOW.after(500);
/// When all have expired.
const OVER: Timestamp = NOW.after(4000);

/// What the child does at one go. Steps of one scene are asked for together and touch different rows.
type Scene = Vec<Step>;

#[derive(Clone, Copy, Debug)]
enum Step {
    Lease,
    Put(u64),
    /// Posts a mail of no secret.
    Post,
    /// Picks the link of this row, whose turn it is.
    Pick(u64),
    /// Says this of the link of a row.
    Say(u64, Stamp),
    Take(u64, Fate),
    Release(u64),
    Sweep(Timestamp),
    Tend(i64),
}

fn scenario() -> Vec<Scene> {
    use Step::{Lease, Pick, Post, Put, Release, Say, Sweep, Take, Tend};
    vec![
        vec![Lease],
        vec![Put(0)],
        vec![Put(1), Put(2), Put(3)],
        vec![Put(4), Put(5)],
        vec![Pick(0)],
        vec![Say(0, Stamp::Sent)],
        vec![Pick(1)],
        vec![Say(1, Stamp::Later(LATER, Some(451)))],
        vec![Pick(2)],
        vec![Take(2, Fate::Revealed)],
        vec![Release(2)],
        vec![Tend(0)],
        vec![Say(2, Stamp::Refused(550)), Take(0, Fate::Revealed)],
        vec![Take(1, Fate::Revealed), Take(3, Fate::Burned)],
        vec![Release(1)],
        vec![Post],
        vec![Sweep(PICK.after(MAIL_PAUSE))],
        vec![Sweep(SHORT_ENDS)],
        vec![Tend(25)],
    ]
}

/// Everything that parent and child know from the start, and the mails that were picked.
struct Cast {
    keyring: Keyring,
    samples: Vec<Sample>,
    picked: Mutex<HashMap<u64, Outgoing>>,
}

impl Cast {
    fn new() -> Self {
        let keyring = keyring();
        let samples = (0..ROWS).map(|row| mailed(row, &keyring)).collect();
        Self { keyring, samples, picked: Mutex::default() }
    }

    fn sample(&self, row: u64) -> &Sample {
        &self.samples[usize::try_from(row).unwrap()]
    }
}

/// A secret with all mails. Their turn is in the order of their rows, and those of one reach over several pages.
fn mailed(row: u64, keyring: &Keyring) -> Sample {
    let created = NOW.after(i64::try_from(row).unwrap());
    let ttl = if row == SHORT { SHORT_ENDS.0 - created.0 } else { 3600 };
    let mut sample = sample(row, Wish { created, ttl, ..Wish::default() }, keyring);
    let rng = &mut StdRng::seed_from_u64(1000 + row);
    sample.pair.mailing = Some(Mailing::Queued(None));
    for kind in [MailKind::Link, MailKind::Opened, MailKind::Expired] {
        sample.pair.mails.push(letter(kind, if row == 2 { 5000 } else { 200 }, keyring, rng));
    }
    sample
}

fn letter(kind: MailKind, length: usize, keyring: &Keyring, rng: &mut StdRng) -> Mail {
    let id = MailId::make(rng);
    Mail {
        id,
        kind,
        account: None,
        sealed: seal_mail(&vec![b'x'; length], &id, kind, keyring.sealing(), rng),
    }
}

const CLAIM: Claim = Claim([1; 16]);

async fn play(store: &impl Store, cast: &Cast, step: Step) {
    match step {
        Step::Lease => assert_eq!(store.lease((0..ROWS).map(life).collect()).await.unwrap().0, 0),
        Step::Put(row) => assert_eq!(store.put(cast.sample(row).pair.clone()).await.unwrap(), Put::Stored),
        Step::Post => {
            let rng = &mut StdRng::seed_from_u64(5);
            store.post_mail(letter(MailKind::Invitation, 50, &cast.keyring, rng), PICK).await.unwrap();
        }
        Step::Pick(row) => {
            let mail = store.pick_mail(PICK, PICKED).await.unwrap().unwrap();
            assert_eq!((mail.row, mail.kind), (Some(Row(row)), MailKind::Link));
            cast.picked.lock().unwrap().insert(row, mail);
        }
        Step::Say(row, stamp) => {
            let mail = cast.picked.lock().unwrap()[&row].clone();
            assert!(store.stamp_mail(&mail, stamp, PICK).await.unwrap());
        }
        Step::Take(row, fate) => {
            assert!(store.take(cast.sample(row).take(fate, CLAIM, PICK), None).await.unwrap());
        }
        Step::Release(row) => {
            let waiting = cast.sample(row).waiting();
            assert!(store.release(Row(row), CLAIM, &waiting, PICK).await.unwrap());
        }
        Step::Sweep(now) => assert_ne!(store.sweep(now, 10).await.unwrap(), Swept::default()),
        Step::Tend(seconds) => assert_eq!(store.tend(NOW.after(seconds)).await.unwrap(), None),
    }
}

/// A child: plays the scenario, and tells after each scene.
#[test]
fn mailer() {
    let Some(folder) = folder() else {
        return;
    };
    let (store, cast) = (open(&folder), Cast::new());
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    get_ahead(&runtime, &store, &cast.keyring);
    for (number, scene) in scenario().into_iter().enumerate() {
        runtime.block_on(all(scene.iter().map(|step| play(&store, &cast, *step)).collect()));
        tell(&number.to_string());
    }
}

/// What a store says of a secret and its mails.
#[derive(Clone, Debug, Default, PartialEq)]
struct Known {
    /// What the receipt says.
    told: Option<(State, Option<Mailing>)>,
    /// Which mails come when, at which try.
    mails: Vec<(Timestamp, MailKind, u32)>,
}

/// All that a store says, by row; last what belongs to none. Nothing is left to pick then.
async fn known(store: &impl Store, cast: &Cast) -> Vec<Known> {
    let mut known = Vec::new();
    for sample in &cast.samples {
        let receipt = store.receipt(sample.row(), &sample.receipt.check(), PICK).await.unwrap();
        let waits = store.peek(sample.row(), &sample.check(), PICK).await.unwrap();
        assert_eq!(waits.is_some(), receipt.as_ref().is_some_and(|receipt| receipt.state == State::New));
        if let Some(waiting) = waits {
            assert!(sample.opens(&waiting.sealed, &waiting.life, &cast.keyring), "what waits opens");
        }
        let told = receipt.map(|receipt| (receipt.state, receipt.mailing));
        known.push(Known { told, mails: Vec::new() });
    }
    known.push(Known::default());
    for when in [SHORT_ENDS, PICKED, LATER, OVER] {
        if when == OVER {
            store.sweep(OVER, 100).await.unwrap();
        }
        while let Some(mail) = store.pick_mail(when, OVER.after(1)).await.unwrap() {
            let row = mail.row.map_or(ROWS, |row| row.0);
            known[usize::try_from(row).unwrap()].mails.push((when, mail.kind, mail.tries));
        }
    }
    known
}

/// What must be found after so many scenes: what the memory engine makes of them.
async fn expected(scenes: &[Scene]) -> Vec<Known> {
    let (store, cast) = (Memory::default(), Cast::new());
    for step in scenes.iter().flatten() {
        play(&store, &cast, *step).await;
    }
    known(&store, &cast).await
}

#[test]
fn killed_between_any_two_writes_of_mails() {
    let scenes = scenario();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let expected: Vec<_> =
        (0..=scenes.len()).map(|done| runtime.block_on(expected(&scenes[..done]))).collect();
    let (calls, seen) = killed_at_each_call(
        "mailer",
        |folder| drop(open(folder)),
        |folder, done| {
            let found = runtime.block_on(found(folder));
            let (before, after) = (&expected[done], &expected[scenes.len().min(done + 1)]);
            for (row, known) in found.iter().enumerate() {
                assert!(
                    [&before[row], &after[row]].contains(&known),
                    "row {row}: {known:?}, not {:?}",
                    before[row]
                );
            }
        },
    );
    assert!(calls > 60 && seen[&0] > 10, "strace did not count all calls: {calls}, {seen:?}");
}

/// Opens what a killed child left.
async fn found(folder: &Path) -> Vec<Known> {
    known(&open(folder), &Cast::new()).await
}
