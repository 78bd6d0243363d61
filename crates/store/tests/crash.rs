//! Killed between any two writes: what was acknowledged is there, and nothing is half done.
//!
//! A child plays a scenario under strace, which kills it at its Nth system call on a file of the store, for every N.
//! It tells its parent after each scene what was acknowledged; the parent then opens the store and compares.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod support;

use burnbag_core::account::{AccountId, AccountKey, ApiKey, CredentialKind};
use burnbag_core::fate::{Fate, State};
use burnbag_core::idempotency_key::IdempotencyKey;
use burnbag_core::life_key::LifeKey;
use burnbag_core::seal::{ContentKeys, open_link};
use burnbag_core::server_key::Keyring;
use burnbag_core::tag::Row;
use burnbag_core::time::Timestamp;
use burnbag_store::conformance::{NOW, Sample, Wish};
use burnbag_store::{Claim, Credential, Held, Holder, Keep, NewAccount, Put, Store};
use rand::SeedableRng;
use rand::rngs::StdRng;
use std::collections::BTreeMap;
use std::path::Path;
use support::killed::{all, get_ahead, killed_at_each_call};
use support::{folder, keyring, life, life_key, open, sample, tell};

const ROWS: u64 = 10;
/// Rows that the account made.
const LISTED: [u64; 3] = [1, 3, 6];
/// The row that expires first.
const SHORT: u64 = 3;
const SHORT_TTL: i64 = 60;

/// What the child does at one go. Steps of one scene are asked for together and touch different rows.
type Scene = Vec<Step>;

#[derive(Clone, Copy, Debug)]
enum Step {
    Lease,
    Account,
    Put(u64),
    /// Row, how, and the number of the claim.
    Take(u64, Fate, u8),
    /// Row and the number of the claim, which reveals it and keeps a copy.
    Keep(u64, u8),
    /// Row of a kept copy.
    Forget(u64),
    /// Row and the number of the claim that ended it.
    Release(u64, u8),
    Sweep(Timestamp),
    Tend(i64),
    Replace,
}

fn scenario() -> Vec<Scene> {
    use Step::{Account, Forget, Keep, Lease, Put, Release, Replace, Sweep, Take, Tend};
    let expiry = NOW.after(SHORT_TTL);
    vec![
        vec![Lease],
        vec![Account],
        vec![Put(0)],
        vec![Put(1)],
        vec![Put(2), Put(3), Put(4)],
        vec![Put(5), Put(6), Put(7), Put(8)],
        vec![Take(0, Fate::Revealed, 1)],
        vec![Tend(0)],
        vec![Take(1, Fate::Burned, 2)],
        vec![Release(0, 1)],
        vec![Take(2, Fate::Revealed, 3), Take(4, Fate::Burned, 4), Put(9)],
        vec![Release(2, 3), Take(5, Fate::Revealed, 5)],
        vec![Keep(6, 7)],
        vec![Keep(7, 8), Keep(8, 9)],
        vec![Forget(6)],
        vec![Release(7, 8)],
        vec![Tend(25)],
        vec![Sweep(expiry)],
        vec![Take(0, Fate::Revealed, 6)],
        vec![Sweep(expiry.after(SHORT_TTL))],
        vec![Replace],
        vec![Tend(50)],
    ]
}

fn wish(row: u64, key: &AccountKey) -> Wish<'_> {
    Wish {
        ttl: if row == SHORT { SHORT_TTL } else { 3600 },
        maker: LISTED.contains(&row).then_some((AccountId(1), key)),
        held: row.is_multiple_of(2).then_some(Held { holder: Holder(7), bytes: 100 }),
        // Some reach over several pages.
        length: if row % 4 == 3 { 9000 } else { 200 },
        ..Wish::default()
    }
}

/// The leased row whose life key is that of what is kept of a row.
const fn life_row(row: u64) -> u64 {
    ROWS + row
}

/// The number of a claim that keeps a copy.
const fn keeps(number: u8) -> bool {
    number >= 7
}

/// Everything that parent and child know from the start.
struct Cast {
    keyring: Keyring,
    samples: Vec<Sample>,
    account_key: AccountKey,
    keys: [ApiKey; 2],
}

impl Cast {
    fn new() -> Self {
        let rng = &mut StdRng::seed_from_u64(77);
        let (keyring, account_key) = (keyring(), AccountKey::make(rng));
        let samples = (0..ROWS).map(|row| sample(row, wish(row, &account_key), &keyring)).collect();
        Self { keyring, samples, account_key, keys: [ApiKey::make(rng), ApiKey::make(rng)] }
    }

    fn sample(&self, row: u64) -> &Sample {
        &self.samples[usize::try_from(row).unwrap()]
    }

    /// What a reveal of a row keeps, until the first secret expires.
    fn keep(&self, row: u64) -> Keep {
        let (sample, life) = (self.sample(row), life(life_row(row)));
        let keys = ContentKeys { secret: &sample.secret, life: &life, opener: &sample.opener };
        let rng = &mut StdRng::seed_from_u64(row);
        let (place, server) = (&sample.pair.place, self.keyring.sealing());
        let sealed = keys.seal_kept(&sample.content, place, &repeat(), server, rng);
        let repeat = repeat().check(&sample.secret);
        Keep { life_row: Row(life_row(row)), life, repeat, sealed, until: NOW.after(SHORT_TTL) }
    }

    fn credential(&self, at: usize) -> Credential {
        let wrapped = self.keys[at].wrap(&self.account_key, &mut StdRng::seed_from_u64(1));
        Credential {
            id: self.keys[at].id(),
            kind: CredentialKind::ApiKey,
            label: None,
            wrapped,
            created: NOW,
            expires: None,
        }
    }
}

fn repeat() -> IdempotencyKey {
    "r".repeat(43).parse().expect("an idempotency key")
}

const fn claim(number: u8) -> Claim {
    Claim([number; 16])
}

async fn play(store: &impl Store, cast: &Cast, step: Step) {
    match step {
        Step::Lease => assert_eq!(store.lease((0..2 * ROWS).map(life).collect()).await.unwrap().0, 0),
        Step::Account => {
            let email = "a@example.com".parse().unwrap();
            let new = NewAccount {
                email,
                plan: "standard".to_owned(),
                credential: cast.credential(0),
                provisional: false,
            };
            assert_eq!(store.create_account(new).await.unwrap(), Some(AccountId(1)));
        }
        Step::Put(row) => {
            assert_eq!(store.put(cast.sample(row).pair.clone()).await.unwrap(), Put::Stored);
        }
        Step::Take(row, fate, number) => {
            assert!(store.take(cast.sample(row).take(fate, claim(number), NOW), None).await.unwrap());
        }
        Step::Keep(row, number) => {
            let take = cast.sample(row).take(Fate::Revealed, claim(number), NOW);
            assert!(store.take(take, Some(cast.keep(row))).await.unwrap());
        }
        Step::Forget(row) => {
            let sample = cast.sample(row);
            assert!(store.forget(sample.row(), &sample.check()).await.unwrap());
        }
        Step::Release(row, number) => {
            let sample = cast.sample(row);
            assert!(store.release(sample.row(), claim(number), &sample.waiting(), NOW).await.unwrap());
        }
        Step::Sweep(now) => assert_ne!(store.sweep(now, 10).await.unwrap(), burnbag_store::Swept::default()),
        Step::Tend(seconds) => assert_eq!(store.tend(NOW.after(seconds)).await.unwrap(), None),
        Step::Replace => {
            let email = "a@example.com".parse().unwrap();
            assert!(store.replace_credentials(&email, cast.credential(1)).await.unwrap());
        }
    }
}

/// A child: plays the scenario, and tells after each scene.
#[test]
fn actor() {
    let Some(folder) = folder() else {
        return;
    };
    let (store, cast) = (open(&folder), Cast::new());
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    get_ahead(&runtime, &store, &cast.keyring);
    for (number, scene) in scenario().into_iter().enumerate() {
        runtime.block_on(async {
            let steps: Vec<_> = scene.iter().map(|step| play(&store, &cast, *step)).collect();
            all(steps).await;
        });
        tell(&number.to_string());
    }
}

/// What is known of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Known {
    Absent,
    Waits,
    /// How, when, and by which claim.
    Ended(Fate, Timestamp, Option<u8>),
    /// Revealed by a claim, and a copy is kept.
    Kept(u8),
}

/// What the store should hold after some scenes.
#[derive(Clone, Debug, Default)]
struct World {
    rows: BTreeMap<u64, Known>,
    /// Which of the two credentials is valid.
    credential: Option<usize>,
}

impl World {
    fn after(scenes: &[Scene]) -> Self {
        let mut world = Self::default();
        for step in scenes.iter().flatten() {
            match *step {
                Step::Lease | Step::Tend(_) => {}
                Step::Account => world.credential = Some(0),
                Step::Replace => world.credential = Some(1),
                Step::Put(row) | Step::Release(row, _) => drop(world.rows.insert(row, Known::Waits)),
                Step::Take(row, fate, number) => {
                    world.rows.insert(row, Known::Ended(fate, NOW, Some(number)));
                }
                Step::Keep(row, number) => drop(world.rows.insert(row, Known::Kept(number))),
                Step::Forget(row) => world.forget(row),
                Step::Sweep(now) => {
                    let kept = world.rows.iter().filter(|(_, known)| matches!(known, Known::Kept(_)));
                    kept.map(|(row, _)| *row)
                        .collect::<Vec<_>>()
                        .into_iter()
                        .for_each(|row| world.forget(row));
                    let expires = NOW.after(SHORT_TTL);
                    let known = if now == expires {
                        Known::Ended(Fate::Expired, expires, None)
                    } else {
                        Known::Absent
                    };
                    world.rows.insert(SHORT, known);
                }
            }
        }
        world
    }

    fn forget(&mut self, row: u64) {
        if let Some(Known::Kept(number)) = self.rows.get(&row).copied() {
            self.rows.insert(row, Known::Ended(Fate::Revealed, NOW, Some(number)));
        }
    }

    fn row(&self, row: u64) -> Known {
        self.rows.get(&row).copied().unwrap_or(Known::Absent)
    }
}

#[test]
fn killed_between_any_two_writes() {
    let cast = Cast::new();
    let scenes = scenario();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let (calls, seen) = killed_at_each_call(
        "actor",
        |folder| drop(open(folder)),
        |folder, done| {
            runtime.block_on(check(folder, &cast, &scenes, done));
        },
    );
    assert!(calls > 100 && seen[&0] > 10, "strace did not count all calls: {calls}, {seen:?}");
}

/// Opens what a killed child left, and compares it with what was acknowledged: each row is as before the scene that was
/// interrupted or as after it, and whatever it is, it is that altogether.
async fn check(folder: &Path, cast: &Cast, scenes: &[Scene], done: usize) {
    let (before, after) =
        (World::after(&scenes[..done]), World::after(&scenes[..scenes.len().min(done + 1)]));
    let store = open(folder);
    let mut held = 0;
    let mut found = Vec::new();
    for row in 0..ROWS {
        let known = look(folder, &store, cast, row).await;
        assert!([before.row(row), after.row(row)].contains(&known), "row {row} is {known:?}");
        let counts = cast.sample(row).pair.held.filter(|_| known == Known::Waits);
        held += counts.map_or(0, |held| u64::from(held.bytes));
        found.push(known);
    }
    assert_eq!(store.held().await.unwrap(), held, "what is held is what waits");
    let credential = check_account(&store, cast, &found).await;
    assert!([before.credential, after.credential].contains(&credential));
    for (row, known) in (0..).zip(&found) {
        let take = cast.sample(row).take(Fate::Burned, claim(99), NOW);
        assert_eq!(store.take(take, None).await.unwrap(), *known == Known::Waits, "row {row} is taken once");
        assert!(*known == Known::Absent || life_key(folder, take.row) == LifeKey::DEAD);
    }
    let fresh = store.lease(vec![LifeKey::DEAD]).await.unwrap();
    assert!(fresh.0 == 0 && done == 0 || fresh.0 >= ROWS, "no row is leased twice");
}

/// What the store says of a row, in every way it can be asked.
async fn look(folder: &Path, store: &impl Store, cast: &Cast, row: u64) -> Known {
    let sample = cast.sample(row);
    let waiting = store.peek(sample.row(), &sample.check(), NOW).await.unwrap();
    let receipt = store.receipt(sample.row(), &sample.receipt.check(), NOW).await.unwrap();
    let Some(receipt) = receipt else {
        assert!(waiting.is_none(), "a secret without receipt");
        return Known::Absent;
    };
    let State::Ended(fate, when) = receipt.state else {
        let waiting = waiting.expect("its receipt says so");
        assert!(sample.opens(&waiting.sealed, &waiting.life, &cast.keyring), "what waits opens");
        let (link, life) = receipt.link.expect("it waits");
        let link = open_link(&link, &sample.receipt, &life, &receipt.place, &cast.keyring);
        assert!(link.is_ok_and(|link| link == sample.secret));
        return Known::Waits;
    };
    assert!(waiting.is_none(), "both taken and there");
    assert!(life_key(folder, sample.row()) == LifeKey::DEAD, "what ended opens for nobody");
    let mut claims = Vec::new();
    for number in 1..10 {
        if store.settle(sample.row(), claim(number)).await.unwrap() {
            claims.push(number);
        }
    }
    assert!(claims.len() <= 1, "one claim at most");
    let claim = claims.first().copied();
    let again = repeat().check(&sample.secret);
    match (claim, store.kept(sample.row(), &sample.check(), &again, NOW).await.unwrap()) {
        (Some(number), Some(kept)) => {
            let keys = ContentKeys { secret: &sample.secret, life: &kept.life, opener: &sample.opener };
            let opened = keys.open_kept(&kept.sealed, &kept.place, &repeat(), &cast.keyring);
            assert_eq!(*opened.expect("what is kept opens").expose(), sample.content);
            Known::Kept(number)
        }
        (claim, kept) => {
            assert!(kept.is_none(), "kept by nobody");
            let forgotten =
                !claim.is_some_and(keeps) || life_key(folder, Row(life_row(row))) == LifeKey::DEAD;
            assert!(forgotten, "what was forgotten opens for nobody");
            Known::Ended(fate, when, claim)
        }
    }
}

/// Whichever credential is valid, only it is; the list holds what the account made, until it is replaced.
async fn check_account(store: &impl Store, cast: &Cast, found: &[Known]) -> Option<usize> {
    let mut valid = Vec::new();
    for at in 0..2 {
        if store.unlocked_by(&cast.keys[at].id(), NOW).await.unwrap().is_some() {
            valid.push(at);
        }
    }
    assert!(valid.len() <= 1 && valid.len() == store.accounts().await.unwrap().len());
    let list = store.recent(AccountId(1), 20, NOW).await.unwrap();
    let mut rows: Vec<u64> = list.iter().map(|listed| listed.receipt.place.row.0).collect();
    rows.sort_unstable();
    let mut made = LISTED.to_vec();
    made.retain(|row| found[usize::try_from(*row).unwrap()] != Known::Absent);
    assert_eq!(rows, if valid == [1] { Vec::new() } else { made });
    valid.first().copied()
}

/// Killed while it makes a store: the next start makes or finds a whole one.
#[test]
fn killed_while_it_opens() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let (calls, _) = killed_at_each_call(
        "opener",
        |_| {},
        |folder, done| {
            let store = open(folder);
            let sample = sample(0, Wish::default(), &keyring());
            runtime.block_on(async {
                let first = store.lease((0..ROWS).map(life).collect()).await.unwrap();
                assert!([0, ROWS].contains(&first.0), "{first}");
                if first.0 == 0 {
                    assert_eq!(done, 0, "an acknowledged lease stays");
                    assert_eq!(store.put(sample.pair.clone()).await.unwrap(), Put::Stored);
                    assert!(store.peek(sample.row(), &sample.check(), NOW).await.unwrap().is_some());
                }
            });
        },
    );
    assert!(calls > 10, "strace did not count all calls: {calls}");
}

/// A child: opens a store where there is none.
#[test]
fn opener() {
    let Some(folder) = folder() else {
        return;
    };
    let store = open(&folder);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(store.lease((0..ROWS).map(life).collect())).unwrap();
    tell("leased");
}
