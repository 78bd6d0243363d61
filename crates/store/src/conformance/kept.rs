//! Laws of the copy that is kept for a while after a reveal.

use super::lists::account;
use super::{Fixture, NOW, Sample, TTL, Wish};
use crate::{DynStore, Keep, Kept, Take};
use burnbag_core::fate::Fate;
use burnbag_core::idempotency_key::IdempotencyKey;
use burnbag_core::key::Check;
use burnbag_core::life_key::LifeKey;
use burnbag_core::seal::ContentKeys;
use burnbag_core::time::Timestamp;
use std::sync::Arc;
use tokio::sync::Barrier;

/// How long a copy is kept in these laws.
const KEPT: i64 = 60;
const UNTIL: Timestamp = Timestamp(NOW.0 + KEPT);

/// A copy for who repeats the reveal with this key.
async fn keep(fixture: &Fixture, sample: &Sample, repeat: &IdempotencyKey) -> Keep {
    let life = LifeKey::make(&mut fixture.rng());
    let life_row = fixture.one.lease(vec![life.clone()]).await.expect("a row can be leased");
    let keys = ContentKeys { secret: &sample.secret, life: &life, opener: &sample.opener };
    let server = fixture.ring.sealing();
    let sealed = keys.seal_kept(&sample.content, &sample.pair.place, repeat, server, &mut fixture.rng());
    Keep { life_row, life, repeat: repeat.check(&sample.secret), sealed, until: UNTIL }
}

fn repeat(fixture: &Fixture) -> IdempotencyKey {
    IdempotencyKey::make(&mut fixture.rng())
}

/// A secret that was revealed at [`NOW`], with a kept copy.
pub(super) struct Revealed {
    pub(super) sample: Sample,
    pub(super) repeat: IdempotencyKey,
    pub(super) keep: Keep,
    pub(super) take: Take,
}

impl Revealed {
    pub(super) async fn new(fixture: &Fixture, wish: Wish<'_>) -> Self {
        Self::of(fixture, fixture.put(wish).await).await
    }

    pub(super) async fn of(fixture: &Fixture, sample: Sample) -> Self {
        let repeat = repeat(fixture);
        let keep = keep(fixture, &sample, &repeat).await;
        let take = sample.take(Fate::Revealed, fixture.claim(), NOW);
        assert!(
            fixture.one.take(take, Some(keep.clone())).await.expect("take works"),
            "nobody else takes it"
        );
        Self { sample, repeat, keep, take }
    }

    /// The copy is there for who brings everything, and for nobody else.
    pub(super) async fn assert_kept(&self, fixture: &Fixture, store: &DynStore) {
        let last = Timestamp(UNTIL.0 - 1);
        let kept = self.kept(store, last).await.expect("it is kept");
        let (secret, opener) = (&self.sample.secret, &self.sample.opener);
        let keys = ContentKeys { secret, life: &kept.life, opener };
        let opened = keys.open_kept(&kept.sealed, &kept.place, &self.repeat, &fixture.ring);
        assert_eq!(*opened.expect("it opens").expose(), self.sample.content);
        let other = repeat(fixture);
        assert!(keys.open_kept(&kept.sealed, &kept.place, &other, &fixture.ring).is_err());
        let (row, check) = (self.sample.row(), self.sample.check());
        let other = other.check(secret);
        assert!(store.kept(row, &check, &other, NOW).await.expect("kept works").is_none());
        assert!(!store.redeliver(row, &check, &other, NOW).await.expect("redeliver works"));
    }

    /// Nothing is kept, and what was kept opens for nobody.
    pub(super) async fn assert_forgotten(&self, fixture: &Fixture) {
        for store in [&fixture.one, &fixture.two] {
            assert!(self.kept(store, NOW).await.is_none(), "nothing is kept");
            assert!(!self.redeliver(store, NOW).await, "nothing is given out");
        }
        self.assert_key_is_dead(fixture);
    }

    fn assert_key_is_dead(&self, fixture: &Fixture) {
        if let Some(life_keys) = &fixture.life_keys {
            assert!(life_keys(self.keep.life_row) == LifeKey::DEAD, "the copy's life key is overwritten");
        }
    }

    pub(super) async fn kept(&self, store: &DynStore, now: Timestamp) -> Option<Kept> {
        let (row, check) = (self.sample.row(), self.sample.check());
        let repeat = self.repeat.check(&self.sample.secret);
        store.kept(row, &check, &repeat, now).await.expect("kept works")
    }

    async fn redeliver(&self, store: &DynStore, now: Timestamp) -> bool {
        let (row, check) = (self.sample.row(), self.sample.check());
        let repeat = self.repeat.check(&self.sample.secret);
        store.redeliver(row, &check, &repeat, now).await.expect("redeliver works")
    }

    async fn forget(&self, store: &DynStore, check: &Check) -> bool {
        store.forget(self.sample.row(), check).await.expect("forget works")
    }
}

/// The copy stands to its time, on every handle and after a restart, while the secret is gone.
pub async fn a_kept_copy_stands_to_its_time(fixture: &mut Fixture) {
    for wish in [Wish::default(), Wish { passphrase: Some("sesame"), ..Wish::default() }] {
        let revealed = Revealed::new(fixture, wish).await;
        for restart in [false, true] {
            if restart {
                fixture.restart().await;
            }
            for store in [&fixture.one, &fixture.two] {
                revealed.assert_kept(fixture, store).await;
                fixture.assert_ended(store, &revealed.sample, Fate::Revealed, NOW).await;
                assert!(revealed.redeliver(store, NOW).await, "it may be given out");
                assert!(revealed.kept(store, UNTIL).await.is_none(), "its time is over, swept or not");
                assert!(!revealed.redeliver(store, UNTIL).await, "its time is over, swept or not");
                let sample = &revealed.sample;
                let (receipt, repeat) = (sample.receipt.check(), revealed.repeat.check(&sample.secret));
                let other = store.kept(sample.row(), &receipt, &repeat, NOW).await;
                assert!(other.expect("kept works").is_none(), "the receipt's key is not the link's");
            }
        }
    }
}

/// Of many takes with a copy each, the one that wins keeps its own.
pub async fn only_the_winner_keeps(fixture: &mut Fixture) {
    let sample = fixture.put(Wish::default()).await;
    let start = Arc::new(Barrier::new(16));
    let mut tasks = Vec::new();
    for number in 0..16 {
        let repeat = repeat(fixture);
        let keep = keep(fixture, &sample, &repeat).await;
        let take = sample.take(Fate::Revealed, fixture.claim(), NOW);
        let store = Arc::clone(if number % 2 == 0 { &fixture.one } else { &fixture.two });
        let start = Arc::clone(&start);
        tasks.push(tokio::spawn(async move {
            start.wait().await;
            let won = store.take(take, Some(keep.clone())).await.expect("take works");
            won.then_some((repeat, keep, take))
        }));
    }
    let mut winners = Vec::new();
    for task in tasks {
        winners.extend(task.await.expect("no panic"));
    }
    assert_eq!(winners.len(), 1, "exactly one claim wins");
    for (repeat, keep, take) in winners {
        Revealed { sample: sample.clone(), repeat, keep, take }.assert_kept(fixture, &fixture.two).await;
    }
}

/// A take without a copy keeps nothing.
pub async fn nothing_is_kept_unasked(fixture: &mut Fixture) {
    let sample = fixture.put(Wish::default()).await;
    fixture.end(&sample, Fate::Revealed).await;
    let repeat = repeat(fixture).check(&sample.secret);
    let kept = fixture.two.kept(sample.row(), &sample.check(), &repeat, NOW).await;
    assert!(kept.expect("kept works").is_none());
    assert!(!fixture.one.forget(sample.row(), &sample.check()).await.expect("forget works"));
}

/// The holder of either key has it forgotten, once, and for good; other copies stand.
pub async fn forgotten_is_gone(fixture: &mut Fixture) {
    let other = Revealed::new(fixture, Wish::default()).await;
    for by_receipt in [false, true] {
        let revealed = Revealed::new(fixture, Wish::default()).await;
        let stranger = other.sample.check();
        assert!(!revealed.forget(&fixture.one, &stranger).await, "another's key forgets nothing");
        revealed.assert_kept(fixture, &fixture.two).await;
        let sample = &revealed.sample;
        let check = if by_receipt { sample.receipt.check() } else { sample.check() };
        assert!(revealed.forget(&fixture.two, &check).await);
        assert!(!revealed.forget(&fixture.one, &check).await, "there is nothing more to forget");
        revealed.assert_forgotten(fixture).await;
        fixture.restart().await;
        revealed.assert_forgotten(fixture).await;
    }
    other.assert_kept(fixture, &fixture.one).await;
}

/// The sweep forgets what is over, as much as it was asked to, and nothing else.
pub async fn sweep_forgets_what_is_over(fixture: &mut Fixture) {
    let mut copies = Vec::new();
    for _ in 0..3 {
        copies.push(Revealed::new(fixture, Wish::default()).await);
    }
    let early = fixture.one.sweep(Timestamp(UNTIL.0 - 1), 10).await.expect("sweep works");
    assert_eq!(early.forgotten, 0);
    for forgotten in [2, 1, 0] {
        assert_eq!(fixture.two.sweep(UNTIL, 2).await.expect("sweep works").forgotten, forgotten);
    }
    for copy in &copies {
        copy.assert_forgotten(fixture).await;
    }
}

/// A copy never outlives its receipt, whatever time it was given.
pub async fn a_kept_copy_goes_with_its_receipt(fixture: &mut Fixture) {
    let sample = fixture.put(Wish::default()).await;
    let repeat = repeat(fixture);
    let ends = NOW.after(2 * TTL);
    let keep = Keep { until: ends.after(1_000), ..keep(fixture, &sample, &repeat).await };
    let take = sample.take(Fate::Revealed, fixture.claim(), NOW);
    assert!(fixture.one.take(take, Some(keep.clone())).await.expect("take works"));
    for _ in 0..2 {
        fixture.one.sweep(ends, 10).await.expect("sweep works");
    }
    Revealed { sample, repeat, keep, take }.assert_forgotten(fixture).await;
}

/// A secret that was put back has nothing kept, and can be revealed and kept again.
pub async fn release_forgets_the_copy(fixture: &mut Fixture) {
    let sample = fixture.put(Wish::default()).await;
    for round in 0..3 {
        let store = if round % 2 == 0 { &fixture.one } else { &fixture.two };
        let waiting = store.peek(sample.row(), &sample.check(), NOW).await.expect("peek works");
        let waiting = waiting.expect("it waits");
        let repeat = repeat(fixture);
        let keep = keep(fixture, &sample, &repeat).await;
        let take = sample.take(Fate::Revealed, fixture.claim(), NOW);
        assert!(fixture.one.take(take, Some(keep.clone())).await.expect("take works"));
        let revealed = Revealed { sample: sample.clone(), repeat, keep, take };
        revealed.assert_kept(fixture, &fixture.two).await;
        let released = store.release(take.row, take.claim, &waiting, NOW).await;
        assert!(released.expect("release works"), "round {round}");
        for store in [&fixture.one, &fixture.two] {
            assert!(revealed.kept(store, NOW).await.is_none(), "nothing is kept");
        }
        fixture.assert_waits(&fixture.two, &sample).await;
        fixture.restart().await;
        revealed.assert_key_is_dead(fixture);
        fixture.assert_waits(&fixture.two, &sample).await;
        assert!(!fixture.one.settle(revealed.take.row, revealed.take.claim).await.expect("settle works"));
    }
}

/// A take whose copy was given out, or forgotten, is not undone: it would have a second reader.
pub async fn what_was_redelivered_is_not_released(fixture: &mut Fixture) {
    for forgotten in [false, true] {
        let sample = fixture.put(Wish::default()).await;
        let waiting = fixture.one.peek(sample.row(), &sample.check(), NOW).await.expect("peek works");
        let waiting = waiting.expect("it waits");
        let revealed = Revealed::of(fixture, sample).await;
        let (take, sample) = (revealed.take, &revealed.sample);
        if forgotten {
            assert!(revealed.forget(&fixture.two, &sample.check()).await);
        } else {
            assert!(revealed.redeliver(&fixture.two, NOW).await);
        }
        let released = fixture.one.release(take.row, take.claim, &waiting, NOW).await;
        assert!(!released.expect("release works"), "somebody has it");
        fixture.assert_ended(&fixture.two, sample, Fate::Revealed, NOW).await;
        if !forgotten {
            revealed.assert_kept(fixture, &fixture.one).await;
        }
    }
}

/// Of a release and a redelivery at the same time one wins: either the secret waits again, or its reader has it.
pub async fn release_and_redelivery_exclude_each_other(fixture: &mut Fixture) {
    for _ in 0..20 {
        let sample = fixture.put(Wish::default()).await;
        let waiting = fixture.one.peek(sample.row(), &sample.check(), NOW).await.expect("peek works");
        let waiting = waiting.expect("it waits");
        let revealed = Arc::new(Revealed::of(fixture, sample).await);
        let (store, reader) = (Arc::clone(&fixture.two), Arc::clone(&revealed));
        let redelivery = tokio::spawn(async move { reader.redeliver(&store, NOW).await });
        let take = revealed.take;
        let released = fixture.one.release(take.row, take.claim, &waiting, NOW).await;
        let (released, given) = (released.expect("release works"), redelivery.await.expect("no panic"));
        assert!(released != given, "released: {released}, given out: {given}");
        if released {
            fixture.assert_waits(&fixture.two, &revealed.sample).await;
        } else {
            fixture.assert_ended(&fixture.two, &revealed.sample, Fate::Revealed, NOW).await;
        }
    }
}

/// With an account goes what is kept of its secrets, and only that.
pub async fn a_removed_account_keeps_nothing(fixture: &mut Fixture) {
    let (id, key, _) = account(fixture, "a@example.com").await;
    let own = Revealed::new(fixture, Wish { maker: Some((id, &key)), ..Wish::default() }).await;
    let other = Revealed::new(fixture, Wish::default()).await;
    let email = "a@example.com".parse().expect("an address");
    assert!(fixture.two.remove_account(&email).await.expect("works"));
    own.assert_forgotten(fixture).await;
    other.assert_kept(fixture, &fixture.one).await;
}
