//! Moving from one store to another, stopped at every step and gone on with.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use burnbag_core::fate::Fate;
use burnbag_store::conformance::{Fixture, NOW, Opening, Sample, Wish};
use burnbag_store::faulty::{Fault, Faulty, Verb};
use burnbag_store::memory::Memory;
use burnbag_store::transfer::{Copied, Progress, TransferError, reopen, transfer};
use burnbag_store::{Cursor, DynStore, Held, Holder, MoveId, PIECE_BYTES, Part, Record, Stage, StoreError};
use std::sync::Arc;

const ONE: MoveId = MoveId([1; 16]);
const TWO: MoveId = MoveId([2; 16]);

/// A store in memory, to be opened any number of times.
fn in_memory(data: Memory) -> impl Fn() -> Opening + Send + Sync + 'static {
    move || {
        let store: DynStore = Arc::new(data.clone());
        Box::pin(std::future::ready(store))
    }
}

/// A store with some secrets, one of them read.
async fn furnished() -> (Fixture, Vec<Sample>) {
    let fixture = Fixture::new(in_memory(Memory::default())).await;
    let mut samples = Vec::new();
    for _ in 0..7 {
        let held = Some(Held { holder: Holder(1), bytes: 5 });
        samples.push(fixture.put(Wish { held, ..Wish::default() }).await);
    }
    fixture.end(&samples[0], Fate::Revealed).await;
    (fixture, samples)
}

fn empty() -> DynStore {
    Arc::new(Memory::default())
}

async fn is_moved(from: &DynStore, to: &DynStore, fixture: &Fixture, samples: &[Sample]) {
    assert!(matches!(from.last_move().await.unwrap(), Some((_, Stage::Left))));
    assert!(to.last_move().await.unwrap().unwrap().1.serves());
    fixture.assert_ended(to, &samples[0], Fate::Revealed, NOW).await;
    for sample in &samples[1..] {
        fixture.assert_waits(to, sample).await;
        let take = sample.take(Fate::Revealed, fixture.claim(), NOW);
        assert!(matches!(from.take(take, None).await, Err(StoreError::Unavailable(_))), "not here any more");
        assert!(to.take(take, None).await.unwrap());
    }
    assert_eq!(to.held().await.unwrap(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_moves_once() {
    let (fixture, samples) = furnished().await;
    let to = empty();
    let mut seen = Vec::new();
    let copied = transfer(&fixture.one, &to, ONE, |progress| seen.push(progress)).await.unwrap();
    assert_eq!(copied, Copied { secrets: 6, receipts: 1, ..Copied::default() });
    assert_eq!((seen[0], seen.last()), (Progress::Closed, Some(&Progress::Copied(copied))));
    let again = transfer(&fixture.one, &to, TWO, |_| {}).await.unwrap();
    assert_eq!(again, Copied::default(), "nothing is left to do");
    is_moved(&fixture.one, &to, &fixture, &samples).await;
    let elsewhere = transfer(&fixture.one, &empty(), TWO, |_| {}).await;
    assert!(matches!(elsewhere, Err(TransferError::Left)));
    let back = transfer(&to, &fixture.one, TWO, |_| {}).await;
    assert!(matches!(back, Err(TransferError::Closed)));
    fixture.one.erase().await.unwrap();
    transfer(&to, &fixture.one, TWO, |_| {}).await.unwrap();
    assert_eq!(fixture.one.last_move().await.unwrap(), Some((TWO, Stage::Arrived)), "and back");
}

/// Whichever call to whichever store fails, and whether it was done or not, the same move goes on and ends well; and
/// at no moment both stores serve.
#[tokio::test(flavor = "multi_thread")]
async fn it_may_stop_anywhere() {
    let faults = [Fault::Unavailable, Fault::InDoubtDone, Fault::InDoubtNotDone];
    let mut stopped = 0;
    for verb in [Verb::SetLastMove, Verb::Export, Verb::Import] {
        for at in 0..9 {
            for (number, fault) in faults.iter().enumerate() {
                for is_old in [true, false] {
                    let (fixture, samples) = furnished().await;
                    let (one, two) =
                        (Arc::new(Faulty::new(Arc::clone(&fixture.one))), Arc::new(Faulty::new(empty())));
                    let gates: Vec<_> = (0..at).map(|_| burnbag_store::faulty::Gate::new()).collect();
                    let broken = if is_old { &one } else { &two };
                    for gate in &gates {
                        // Passes at once: so many calls work before the one that fails.
                        gate.open();
                        broken.next(verb, Fault::PauseBefore(gate.clone()));
                    }
                    broken.next(verb, fault.clone());
                    let (from, to): (DynStore, DynStore) = (one.clone(), two.clone());
                    let first = transfer(&from, &to, ONE, |_| {}).await;
                    stopped += u32::from(first.is_err());
                    one.mend(verb);
                    two.mend(verb);
                    both_never_serve(&from, &to).await;
                    let next =
                        transfer(&from, &to, MoveId([u8::try_from(number).unwrap(); 16]), |_| {}).await;
                    assert!(next.is_ok(), "{verb:?} {at} {fault:?} {is_old}: {next:?}");
                    is_moved(&from, &to, &fixture, &samples).await;
                }
            }
        }
    }
    assert!(stopped > 40, "many were stopped: {stopped}");
}

async fn both_never_serve(from: &DynStore, to: &DynStore) {
    let serves = |last: Option<(MoveId, Stage)>| last.is_none_or(|(_, stage)| stage.serves());
    let is_empty = to.export(Cursor::at(Part::Pairs), 1).await.unwrap().records.is_empty();
    let (old, new) = (from.last_move().await.unwrap(), to.last_move().await.unwrap());
    assert!(!(serves(old) && serves(new)) || is_empty, "{old:?} {new:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_mixed() {
    let (fixture, samples) = furnished().await;
    let same = Fixture::new(in_memory(Memory::default())).await;
    assert!(matches!(transfer(&same.one, &same.two, ONE, |_| {}).await, Err(TransferError::Same)));
    assert_eq!(same.one.last_move().await.unwrap(), None, "nothing stays of the question");
    let itself = transfer(&fixture.one, &fixture.two, ONE, |_| {}).await;
    assert!(matches!(itself, Err(TransferError::Occupied)));
    let (other, _) = furnished().await;
    assert!(matches!(transfer(&fixture.one, &other.one, ONE, |_| {}).await, Err(TransferError::Occupied)));
    assert_eq!(other.one.last_move().await.unwrap(), None);
    fixture.assert_waits(&fixture.one, &samples[1]).await;

    let lost = Arc::new(Faulty::new(empty()));
    lost.always(Verb::Import, Fault::Unavailable);
    let to: DynStore = lost.clone();
    assert!(matches!(transfer(&fixture.one, &to, ONE, |_| {}).await, Err(TransferError::Store(_))));
    let elsewhere = transfer(&fixture.one, &empty(), TWO, |_| {}).await;
    assert!(matches!(elsewhere, Err(TransferError::LeavesElsewhere)));
    assert!(matches!(transfer(&to, &empty(), TWO, |_| {}).await, Err(TransferError::Incomplete)));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_given_up_is_not_gone_on_with() {
    let (fixture, samples) = furnished().await;
    let (old, new) = (Arc::new(Faulty::new(Arc::clone(&fixture.one))), Arc::new(Faulty::new(empty())));
    let (from, to): (DynStore, DynStore) = (old.clone(), new.clone());
    new.next(Verb::Import, Fault::InDoubtDone);
    assert!(transfer(&from, &to, ONE, |_| {}).await.is_err());
    // The second step fails, perhaps half-way.
    let gate = burnbag_store::faulty::Gate::new();
    gate.open();
    old.next(Verb::SetLastMove, Fault::PauseBefore(gate));
    old.next(Verb::SetLastMove, Fault::InDoubtNotDone);
    assert!(reopen(&from, TWO).await.is_err());
    old.mend(Verb::SetLastMove);
    assert!(matches!(transfer(&from, &to, ONE, |_| {}).await, Err(TransferError::LeavesElsewhere)));
    reopen(&from, TWO).await.unwrap();
    assert_eq!(from.last_move().await.unwrap(), None);
    fixture.assert_waits(&from, &samples[1]).await;
}

/// A piece has many small records, and few large ones.
#[tokio::test(flavor = "multi_thread")]
async fn large_contents_come_one_by_one() {
    let fixture = Fixture::new(in_memory(Memory::default())).await;
    let length = usize::try_from(PIECE_BYTES).unwrap() / 2 + 1;
    for length in [length, length, length, 10, 10] {
        fixture.put(Wish { length, ..Wish::default() }).await;
    }
    let (mut sizes, mut next) = (Vec::new(), Some(Cursor::at(Part::Pairs)));
    while let Some(from) = next {
        let piece = fixture.one.export(from, 500).await.unwrap();
        assert!(piece.records.iter().all(|record| matches!(record, Record::Pair(_))));
        sizes.push(piece.records.len());
        next = piece.next;
    }
    assert_eq!(sizes.iter().sum::<usize>(), 5);
    assert_eq!(sizes[..2], [1, 1]);
}
