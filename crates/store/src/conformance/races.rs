//! Laws of `take` when many want the same secret.

use super::{Fixture, NOW, Sample, TTL, Wish};
use crate::{DynStore, Take};
use burnbag_core::fate::{Fate, State};
use burnbag_core::opener::{Kind, Passphrase};
use burnbag_core::seal::ContentKeys;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::Barrier;

const CLAIMS: usize = 64;

/// Lets all claims go at once. Answers those that won.
async fn race(claims: Vec<(DynStore, Take)>) -> Vec<Take> {
    let start = Arc::new(Barrier::new(claims.len()));
    let mut tasks = Vec::new();
    for (store, take) in claims {
        let start = Arc::clone(&start);
        tasks.push(tokio::spawn(async move {
            start.wait().await;
            store.take(take, None).await.expect("take works").then_some(take)
        }));
    }
    let mut winners = Vec::new();
    for task in tasks {
        winners.extend(task.await.expect("no panic"));
    }
    winners
}

/// The winner is the one that the store names, and the receipt agrees.
async fn assert_one_winner(fixture: &Fixture, sample: &Sample, winners: &[Take]) {
    let [winner] = winners else {
        assert_eq!(winners.len(), 1, "exactly one claim wins");
        return;
    };
    assert!(fixture.two.settle(sample.row(), winner.claim).await.expect("settle works"));
    fixture.assert_ended(&fixture.one, sample, winner.fate, NOW).await;
}

/// Of 64 readers at once exactly one gets it.
pub async fn one_of_many_claims_wins(fixture: &mut Fixture) {
    let sample = fixture.put(Wish::default()).await;
    let claim = |_| (Arc::clone(&fixture.one), sample.take(Fate::Revealed, fixture.claim(), NOW));
    let winners = race((0..CLAIMS).map(claim).collect()).await;
    assert_one_winner(fixture, &sample, &winners).await;
}

/// The same on two nodes, and with senders who burn it meanwhile.
pub async fn one_of_many_claims_wins_across_handles(fixture: &mut Fixture) {
    for _ in 0..8 {
        let sample = fixture.put(Wish::default()).await;
        let claim = |number: usize| {
            let store = if number.is_multiple_of(2) { &fixture.one } else { &fixture.two };
            let fate = if number.is_multiple_of(3) { Fate::Burned } else { Fate::Revealed };
            (Arc::clone(store), sample.take(fate, fixture.claim(), NOW))
        };
        let winners = race((0..CLAIMS).map(claim).collect()).await;
        assert_one_winner(fixture, &sample, &winners).await;
    }
}

/// Readers who all peeked and opened it, with a real Argon2id in between, are still one.
pub async fn one_of_many_slow_openers_wins(fixture: &mut Fixture) {
    let sample = Arc::new(fixture.put(Wish { passphrase: Some("slow"), ..Wish::default() }).await);
    let mut claims = Vec::new();
    for number in 0..8 {
        let store = Arc::clone(if number % 2 == 0 { &fixture.one } else { &fixture.two });
        let waiting = store.peek(sample.row(), &sample.check(), NOW).await.expect("peek works");
        let waiting = waiting.expect("nobody took it yet");
        let (sample, ring) = (Arc::clone(&sample), &fixture.ring);
        let secret = sample.secret.clone();
        let opener = tokio::task::spawn_blocking(move || match waiting.place.kind {
            Kind::Passphrase(salt) => {
                (Passphrase::new("slow".to_owned().into()).map(|p| p.stretch(&salt)), waiting)
            }
            Kind::Open | Kind::Proof { .. } => (None, waiting),
        });
        let (opener, waiting) = opener.await.expect("no panic");
        let opener = opener.expect("it has a passphrase");
        let keys = ContentKeys { secret: &secret, life: &waiting.life, opener: &opener };
        let content = keys.open(&waiting.sealed, &waiting.place, ring).expect("the passphrase is right");
        assert_eq!(*content.expose(), sample.content);
        claims.push((store, sample.take(Fate::Revealed, fixture.claim(), NOW)));
    }
    let winners = race(claims).await;
    assert_one_winner(fixture, &sample, &winners).await;
}

/// Reader, sender and sweep at the same moment: at most one claim wins, and the receipt tells the same story.
pub async fn reveal_burn_and_sweep_agree(fixture: &mut Fixture) {
    for _ in 0..24 {
        let sample = fixture.put(Wish::default()).await;
        let reveal = sample.take(Fate::Revealed, fixture.claim(), NOW);
        let burn = sample.take(Fate::Burned, fixture.claim(), NOW);
        let (one, two) = (Arc::clone(&fixture.one), Arc::clone(&fixture.two));
        let sweep = tokio::spawn(async move { two.sweep(NOW.after(TTL), 10).await.expect("sweep works") });
        let winners = race(vec![(one, reveal), (Arc::clone(&fixture.two), burn)]).await;
        let swept = sweep.await.expect("no panic");
        assert_eq!(winners.len() + usize::from(swept.expired == 1), 1, "one of three ended it");
        let (fate, when) = winners.first().map_or((Fate::Expired, sample.expires()), |take| (take.fate, NOW));
        fixture.assert_ended(&fixture.one, &sample, fate, when).await;
        for take in [reveal, burn] {
            let won = winners.iter().any(|winner| winner.claim == take.claim);
            assert_eq!(fixture.one.settle(sample.row(), take.claim).await.expect("settle works"), won);
        }
    }
}

/// Whoever finds the secret gone finds the receipt's fate: there is no moment in between.
pub async fn receipt_and_secret_change_together(fixture: &mut Fixture) {
    for _ in 0..24 {
        let sample = fixture.put(Wish::default()).await;
        let over = Arc::new(AtomicBool::new(false));
        let watcher = tokio::spawn(watch(Arc::clone(&fixture.two), sample.clone(), Arc::clone(&over)));
        let take = sample.take(Fate::Revealed, fixture.claim(), NOW);
        assert!(fixture.one.take(take, None).await.expect("take works"));
        let receipt = fixture.one.receipt(sample.row(), &sample.receipt.check(), NOW).await;
        let state = receipt.expect("receipt works").expect("it stays").state;
        assert_eq!(state, State::Ended(Fate::Revealed, NOW), "known when take answers");
        over.store(true, Ordering::SeqCst);
        watcher.await.expect("no panic");
    }
}

async fn watch(store: DynStore, sample: Sample, over: Arc<AtomicBool>) {
    while !over.load(Ordering::SeqCst) {
        let waits = store.peek(sample.row(), &sample.check(), NOW).await.expect("peek works").is_some();
        let receipt = store.receipt(sample.row(), &sample.receipt.check(), NOW).await;
        let state = receipt.expect("receipt works").expect("it stays").state;
        assert!(waits || state != State::New, "gone, and the receipt does not know");
        tokio::task::yield_now().await;
    }
}

/// A reader between the end and the overwriting of the life key sees nothing or all, never sealed bytes without their
/// life key.
pub async fn a_reader_overtaken_by_an_end_sees_the_end(fixture: &mut Fixture) {
    for _ in 0..100 {
        let sample = fixture.put(Wish { length: 30, ..Wish::default() }).await;
        let take = sample.take(Fate::Revealed, fixture.claim(), NOW);
        let store = Arc::clone(&fixture.two);
        let taker = tokio::spawn(async move { store.take(take, None).await.expect("take works") });
        loop {
            let waiting = fixture.one.peek(sample.row(), &sample.check(), NOW).await.expect("peek works");
            let Some(waiting) = waiting else {
                break;
            };
            assert!(sample.opens(&waiting.sealed, &waiting.life, &fixture.ring), "what is seen opens");
            tokio::task::yield_now().await;
        }
        assert!(taker.await.expect("no panic"));
    }
}
