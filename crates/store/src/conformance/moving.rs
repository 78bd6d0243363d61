//! Laws of moving to another store, and of the store that was left.

use super::lists::{account, new_account};
use super::outbox::{PICKED, pick, pick_one};
use super::{Fixture, NOW, Sample, TTL, Wish};
use crate::memory::Memory;
use crate::{
    Cursor, DynStore, Held, Holder, Import, LastMove, MoveId, Moving, NewAccount, Numbers, Part, Put, Record,
    Stage, Stamp, StoreError, StoredMail, StoredPair,
};
use burnbag_core::account::{AccountId, AccountKey, ApiKey};
use burnbag_core::fate::{Fate, State};
use burnbag_core::mail::{MailKind, Mailing};
use burnbag_core::outline::{Form, Outline};
use burnbag_core::seal::Sealed;
use std::sync::Arc;

/// So few that everything takes several pieces.
const FEW: u32 = 2;
const LEAVING: Option<LastMove> = Some((MoveId([7; 16]), Stage::Leaving));

/// Everything that a store holds.
async fn export(store: &dyn Moving) -> Vec<Record> {
    let (mut records, mut next) = (Vec::new(), Some(Cursor::START));
    while let Some(from) = next {
        let piece = store.export(from, FEW).await.expect("export works");
        assert!(from.part == Part::Numbers || piece.records.len() <= FEW as usize);
        records.extend(piece.records);
        next = piece.next;
    }
    records
}

/// What can be compared of a record.
fn facts(record: &Record) -> String {
    match record {
        Record::Numbers(numbers) => format!("0 {numbers:?}"),
        Record::ServerKey(key) => format!("1 {key:?}"),
        Record::Account(stored) => {
            let mut credentials = stored.credentials.clone();
            credentials.sort_by_key(|(credential, _)| credential.id);
            let credentials: Vec<_> = credentials
                .iter()
                .map(|(credential, used)| {
                    (credential.id.0, credential, &credential.label, &credential.wrapped, used)
                })
                .collect();
            format!("2 {:?} {} {credentials:?}", stored.account, stored.provisional)
        }
        Record::Mail(stored) => format!("3 {}", mail_facts(stored)),
        Record::Pair(stored) => pair_facts(stored),
    }
}

fn mail_facts(stored: &StoredMail) -> String {
    format!("{stored:?} {:?}", stored.mail.sealed.as_bytes())
}

fn pair_facts(stored: &StoredPair) -> String {
    let pair = &stored.pair;
    let mut mails: Vec<_> = stored.mails.iter().map(mail_facts).collect();
    mails.sort();
    let sealed = [&pair.sealed, &pair.link].map(Sealed::as_bytes);
    let texts = [&pair.recipient, &pair.label].map(|text| text.as_ref().map(Sealed::as_bytes));
    let entry = pair.listing.as_ref().map(|listing| (listing.account, &listing.sealed_receipt_key));
    let ended = stored.end.map(|end| (end.fate, end.when, end.claim.map(|claim| claim.0), end.copied));
    format!(
        "4 {:?} {:?} {:?} {:?} {sealed:?} {texts:?} {:?} {:?} {:?} {:?} {entry:?} {ended:?} {} {mails:?}",
        pair.place,
        pair.secret_check.0,
        pair.receipt_check.0,
        pair.life.expose(),
        pair.outline,
        pair.mailing,
        pair.held,
        stored.maker,
        stored.strikes,
    )
}

fn all_facts(records: &[Record]) -> Vec<String> {
    let mut facts: Vec<_> = records.iter().map(facts).collect();
    facts.sort();
    facts
}

async fn import(store: &dyn Moving, records: &[Record]) -> u32 {
    let mut new = 0;
    for piece in records.chunks(FEW as usize) {
        match store.import(piece.to_vec()).await.expect("import works") {
            Import::Done(count) => new += count,
            Import::Occupied => unreachable!("nothing is in the way"),
        }
    }
    new
}

/// Some of everything.
struct Furniture {
    waiting: Sample,
    protected: Sample,
    revealed: Sample,
    mailed: Sample,
    maker: (AccountId, AccountKey, ApiKey),
}

async fn furnish(fixture: &Fixture) -> Furniture {
    let maker = account(fixture, "ann@example.com").await;
    let (key, api) = (AccountKey::make(&mut fixture.rng()), ApiKey::make(&mut fixture.rng()));
    let invited = NewAccount { provisional: true, ..new_account(fixture, "bob@example.com", &key, &api) };
    let invited = fixture.one.create_account(invited).await.expect("create works");
    fixture.one.touch(&maker.2.id(), NOW.after(3)).await.expect("touch works");
    let listed = Wish { maker: Some((maker.0, &maker.1)), ..Wish::default() };
    let held = Some(Held { holder: Holder(-9), bytes: 77 });
    let outline = Some(Outline { form: Form::Files(Some(2)), size: 900 });
    let waiting = fixture.put(Wish { held, outline, ..Wish::default() }).await;
    let protected = fixture.put(Wish { passphrase: Some("right"), ..listed }).await;
    fixture.one.strike(protected.row(), &protected.check(), 5, NOW).await.expect("strike works");
    let revealed = fixture.put(listed).await;
    fixture.end(&revealed, Fate::Revealed).await;
    let burned = fixture.put(Wish { held, ..Wish::default() }).await;
    fixture.end(&burned, Fate::Burned).await;
    fixture.put(Wish { created: NOW.after(-TTL), ..Wish::default() }).await;
    fixture.one.sweep(NOW, 10).await.expect("sweep works");
    fixture.put(Wish { ttl: 1, ..Wish::default() }).await;
    let mailed = fixture.put(Wish { mails: &[MailKind::Link, MailKind::Opened], ..listed }).await;
    let tried = pick_one(&fixture.one, NOW).await;
    let later = Stamp::Later(NOW.after(60), Some(451));
    assert!(fixture.one.stamp_mail(&tried, later, NOW).await.expect("stamp works"));
    let alone =
        super::sample::mail(MailKind::Invitation, invited, fixture.ring.sealing(), &mut fixture.rng());
    fixture.one.post_mail(alone, NOW).await.expect("post works");
    Furniture { waiting, protected, revealed, mailed, maker }
}

impl Furniture {
    /// Everything is as it was, and works.
    async fn assert_stands(&self, fixture: &Fixture, store: &DynStore) {
        fixture.assert_waits(store, &self.waiting).await;
        fixture.assert_waits(store, &self.protected).await;
        let waiting =
            store.peek(self.protected.row(), &self.protected.check(), NOW).await.expect("peek works");
        assert_eq!(waiting.expect("it waits").strikes, 5);
        let ended = store.receipt(self.revealed.row(), &self.revealed.receipt.check(), NOW).await;
        let ended = ended.expect("receipt works").expect("it stays");
        assert_eq!(ended.state, State::Ended(Fate::Revealed, NOW));
        assert_eq!(ended.owner.map(|(id, _)| id), Some(self.maker.0));
        assert_eq!(store.held().await.expect("held works"), 77);
        let list = store.recent(self.maker.0, 10, NOW).await.expect("recent works");
        assert_eq!(list.len(), 3);
        let unlocked = store.unlocked_by(&self.maker.2.id(), NOW).await.expect("unlocked_by works");
        assert_eq!(unlocked.expect("the key stands").used, Some(NOW.after(3)));
        let receipt = store.receipt(self.mailed.row(), &self.mailed.receipt.check(), NOW).await;
        assert_eq!(
            receipt.expect("receipt works").expect("it stands").mailing,
            Some(Mailing::Queued(Some(451)))
        );
    }
}

/// What goes out of a store and into another is the same there, and once more the same when it comes back.
pub async fn what_was_moved_is_as_it_was(fixture: &mut Fixture) {
    let furniture = furnish(fixture).await;
    let records = export(&*fixture.one).await;
    assert_eq!(all_facts(&records), all_facts(&export(&*fixture.two).await));
    let other = Memory::default();
    assert!(import(&other, &records).await >= 9, "secrets, accounts and a mail");
    assert_eq!(all_facts(&records), all_facts(&export(&other).await));
    let elsewhere: DynStore = Arc::new(other);
    furniture.assert_stands(fixture, &elsewhere).await;
    fixture.one.erase().await.expect("erase works");
    import(&*fixture.two, &export(&*elsewhere).await).await;
    assert_eq!(all_facts(&records), all_facts(&export(&*fixture.one).await));
    furniture.assert_stands(fixture, &fixture.one).await;
    fixture.restart().await;
    furniture.assert_stands(fixture, &fixture.two).await;
    works_on(fixture, &furniture).await;
}

/// What was moved can be read once, is told of by mail, and expires.
async fn works_on(fixture: &Fixture, furniture: &Furniture) {
    let mail = pick(&fixture.one, NOW.after(60)).await.expect("two are due");
    assert_eq!((mail.kind, mail.tries), (MailKind::Invitation, 1), "it waits longest");
    assert_eq!(pick_one(&fixture.two, NOW.after(60)).await.row, Some(furniture.mailed.row()));
    fixture.end(&furniture.mailed, Fate::Revealed).await;
    let told = fixture.one.pick_mail(NOW.after(3_600), NOW.after(3_600 + PICKED)).await.expect("pick works");
    assert!(told.is_some_and(|mail| mail.kind == MailKind::Opened));
    fixture.end(&furniture.waiting, Fate::Revealed).await;
    assert_eq!(fixture.two.held().await.expect("held works"), 0);
    let swept = fixture.two.sweep(NOW.after(TTL), 100).await.expect("sweep works");
    assert_eq!((swept.expired, swept.released.len()), (2, 0), "one waited, one was over before");
    let next = fixture.seal(Wish::default()).await;
    assert_eq!(fixture.one.put(next.pair.clone()).await.expect("put works"), Put::Stored, "numbers go on");
    let later = account(fixture, "zoe@example.com").await;
    assert!(later.0.0 > furniture.maker.0.0, "numbers are never used again");
}

/// What ended is not counted as held any more, neither where it was nor where it is now.
pub async fn what_ended_counts_nothing(fixture: &mut Fixture) {
    furnish(fixture).await;
    let mut records = export(&*fixture.one).await;
    for record in &mut records {
        if let Record::Pair(stored) = record
            && stored.end.is_some()
        {
            assert_eq!(stored.pair.held, None, "what ended holds nothing");
            stored.pair.held = Some(Held { holder: Holder(-9), bytes: 1_000 });
        }
    }
    fixture.one.erase().await.expect("erase works");
    import(&*fixture.two, &records).await;
    assert_eq!(fixture.one.held().await.expect("held works"), 77);
}

/// What came already is not stored a second time, and nothing of it changes, whatever became of it since.
pub async fn a_piece_may_come_twice(fixture: &mut Fixture) {
    let furniture = furnish(fixture).await;
    let records = export(&*fixture.one).await;
    assert_eq!(import(&*fixture.two, &records).await, 0);
    assert_eq!(all_facts(&records), all_facts(&export(&*fixture.one).await));
    fixture.end(&furniture.waiting, Fate::Revealed).await;
    assert_eq!(import(&*fixture.two, &records).await, 0);
    fixture.assert_ended(&fixture.one, &furniture.waiting, Fate::Revealed, NOW).await;
}

/// Into a store with secrets or accounts of its own nothing is mixed.
pub async fn an_occupied_store_takes_nothing(fixture: &mut Fixture) {
    let other = Fixture::new(in_memory()).await;
    // Seeded alike, it would make the same secrets.
    drop(other.rng());
    let own = fixture.put(Wish::default()).await;
    let stranger = other.put(Wish::default()).await;
    let second = other.put(Wish::default()).await;
    assert_eq!(own.row(), stranger.row(), "each begins with the same number");
    let records = export(&*other.one).await;
    let mut backwards = records.clone();
    backwards.reverse();
    assert_eq!(fixture.one.import(backwards).await.expect("import works"), Import::Occupied);
    let none = fixture.two.peek(second.row(), &second.check(), NOW).await.expect("peek works");
    assert!(none.is_none(), "nothing of the piece was stored");
    fixture.assert_waits(&fixture.one, &own).await;
    account(fixture, "ann@example.com").await;
    account(&other, "bob@example.com").await;
    let piece = other.one.export(Cursor::at(Part::Accounts), 10).await.expect("export works");
    assert_eq!(fixture.one.import(piece.records).await.expect("import works"), Import::Occupied);
}

fn in_memory() -> impl Fn() -> super::Opening + Send + Sync + 'static {
    let data = Memory::default();
    move || {
        let store: DynStore = Arc::new(data.clone());
        Box::pin(std::future::ready(store))
    }
}

/// A store that is being left changes through no handle; opened again it is as it was.
pub async fn what_leaves_does_not_change(fixture: &mut Fixture) {
    let furniture = furnish(fixture).await;
    assert_eq!(fixture.one.last_move().await.expect("last_move works"), None);
    let before = all_facts(&export(&*fixture.one).await);
    fixture.one.set_last_move(LEAVING).await.expect("set_last_move works");
    for store in [&fixture.one, &fixture.two] {
        assert_eq!(store.last_move().await.expect("last_move works"), LEAVING);
        assert_refuses(fixture, store, &furniture).await;
    }
    fixture.restart().await;
    assert_eq!(fixture.two.last_move().await.expect("last_move works"), LEAVING);
    assert_refuses(fixture, &fixture.two, &furniture).await;
    assert_eq!(before, all_facts(&export(&*fixture.two).await));
    fixture.one.set_last_move(None).await.expect("set_last_move works");
    furniture.assert_stands(fixture, &fixture.two).await;
    fixture.end(&furniture.waiting, Fate::Revealed).await;
}

async fn assert_refuses(fixture: &Fixture, store: &DynStore, furniture: &Furniture) {
    let waiting = &furniture.waiting;
    let refused = |outcome: Result<(), StoreError>, what: &str| {
        assert!(matches!(outcome, Err(StoreError::Unavailable(_))), "{what} is refused");
    };
    let take = waiting.take(Fate::Revealed, fixture.claim(), NOW);
    refused(store.take(take, None).await.map(drop), "take");
    assert!(!store.settle(take.row, take.claim).await.expect("settle works"));
    let late = Sample::seal(
        burnbag_core::tag::Row(99_999),
        waiting.pair.life.clone(),
        Wish::default(),
        &fixture.ring,
        &mut fixture.rng(),
    );
    refused(store.put(late.pair).await.map(drop), "put");
    refused(store.strike(waiting.row(), &waiting.check(), 1, NOW).await.map(drop), "strike");
    refused(store.sweep(NOW.after(TTL), 10).await.map(drop), "sweep");
    refused(store.pick_mail(NOW.after(60), NOW.after(90)).await.map(drop), "pick_mail");
    let (account, key, api) = &furniture.maker;
    let revoke = crate::Revoke::One(api.id());
    refused(store.revoke(*account, revoke).await.map(drop), "revoke");
    let new = new_account(fixture, "new@example.com", key, &ApiKey::make(&mut fixture.rng()));
    refused(store.create_account(new).await.map(drop), "create_account");
    let email = "ann@example.com".parse().expect("an address");
    refused(store.remove_account(&email).await.map(drop), "remove_account");
}

/// What is being filled changes by what arrives alone, also for a node that served it while it was empty.
pub async fn what_arrives_does_not_change(fixture: &mut Fixture) {
    let furniture = furnish(fixture).await;
    let records = export(&*fixture.one).await;
    fixture.one.erase().await.expect("erase works");
    let arriving = Some((MoveId([7; 16]), Stage::Arriving));
    fixture.one.set_last_move(arriving).await.expect("set_last_move works");
    assert!(import(&*fixture.two, &records).await >= 9, "secrets, accounts and a mail");
    for store in [&fixture.one, &fixture.two] {
        assert_refuses(fixture, store, &furniture).await;
    }
    assert_eq!(import(&*fixture.one, &records).await, 0);
    assert_eq!(all_facts(&records), all_facts(&export(&*fixture.two).await));
    let arrived = Some((MoveId([7; 16]), Stage::Arrived));
    fixture.one.set_last_move(arrived).await.expect("set_last_move works");
    furniture.assert_stands(fixture, &fixture.two).await;
    fixture.end(&furniture.waiting, Fate::Revealed).await;
}

/// Readers race with the end of the store: who was told that he won is known to what leaves, and nobody else.
pub async fn leaving_and_taking_exclude_each_other(fixture: &mut Fixture) {
    for _ in 0..8 {
        let mut readers = Vec::new();
        for number in 0..8 {
            let sample = fixture.put(Wish::default()).await;
            let take = sample.take(Fate::Revealed, fixture.claim(), NOW);
            let store = Arc::clone(if number % 2 == 0 { &fixture.one } else { &fixture.two });
            readers.push((sample, take, tokio::spawn(async move { store.take(take, None).await })));
        }
        fixture.two.set_last_move(LEAVING).await.expect("set_last_move works");
        let records = export(&*fixture.two).await;
        for (sample, take, reader) in readers {
            let won = matches!(reader.await.expect("no panic"), Ok(true));
            let stored = records.iter().find_map(|record| match record {
                Record::Pair(stored) if stored.pair.place.row == sample.row() => Some(stored),
                Record::Pair(_)
                | Record::Numbers(_)
                | Record::ServerKey(_)
                | Record::Account(_)
                | Record::Mail(_) => None,
            });
            let end = stored.expect("it was acknowledged").end;
            assert_eq!(end.and_then(|end| end.claim) == Some(take.claim), won, "who read it is known");
        }
        fixture.one.set_last_move(None).await.expect("set_last_move works");
    }
}

/// What was erased is gone, and so is what opens it; numbers go on.
pub async fn what_was_erased_is_gone(fixture: &mut Fixture) {
    let furniture = furnish(fixture).await;
    let numbers = |records: &[Record]| -> Option<Numbers> {
        records.iter().find_map(|record| match record {
            Record::Numbers(numbers) => Some(*numbers),
            Record::ServerKey(_) | Record::Account(_) | Record::Mail(_) | Record::Pair(_) => None,
        })
    };
    let before = numbers(&export(&*fixture.one).await);
    let left = Some((MoveId([7; 16]), Stage::Left));
    fixture.one.set_last_move(left).await.expect("set_last_move works");
    fixture.two.erase().await.expect("erase works");
    let after = export(&*fixture.one).await;
    let is_left = |record: &&Record| !matches!(record, Record::Numbers(_) | Record::ServerKey(_));
    assert_eq!(after.iter().filter(is_left).count(), 0);
    assert_eq!(numbers(&after), before);
    assert_eq!(fixture.one.last_move().await.expect("last_move works"), left);
    fixture.assert_life_key_is_dead(&furniture.waiting);
    assert_eq!(fixture.one.held().await.expect("held works"), 0);
    assert!(fixture.two.accounts().await.expect("accounts works").is_empty());
}
