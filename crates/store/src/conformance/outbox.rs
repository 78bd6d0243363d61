//! Laws of the outbox: who picks a mail, what his word is worth, and what the receipt tells of it.

use super::lists::account;
use super::sample::mail;
use super::{Fixture, NOW, Sample, TTL, Wish};
use crate::{DynStore, Mail, Outgoing, Put, Stamp};
use burnbag_core::account::AccountId;
use burnbag_core::mail::{MAIL_LIVES, MailId, MailKind, Mailing, open_mail};
use burnbag_core::time::Timestamp;
use std::collections::BTreeSet;
use std::sync::Arc;

/// How long a pick excludes others in these laws.
pub(super) const PICKED: i64 = 60;
/// Longer than any mail waits.
pub(super) const LONG: i64 = 3 * MAIL_LIVES;
/// Every mail that a secret may have.
pub(super) const ALL: &[MailKind] = &[MailKind::Link, MailKind::Opened, MailKind::Expired];

pub(super) async fn pick(store: &DynStore, now: Timestamp) -> Option<Outgoing> {
    store.pick_mail(now, now.after(PICKED)).await.expect("pick works")
}

/// The one mail that is due.
pub(super) async fn pick_one(store: &DynStore, now: Timestamp) -> Outgoing {
    let picked = pick(store, now).await.expect("a mail is due");
    assert!(pick(store, now).await.is_none(), "no other is due");
    picked
}

pub(super) async fn stamp(store: &DynStore, mail: &Outgoing, stamp: Stamp, now: Timestamp) -> bool {
    store.stamp_mail(mail, stamp, now).await.expect("stamp works")
}

/// What a secret's receipt tells.
pub(super) async fn mailing(store: &DynStore, sample: &Sample) -> Option<Mailing> {
    let receipt = store.receipt(sample.row(), &sample.receipt.check(), NOW).await;
    receipt.expect("receipt works").expect("it stays").mailing
}

/// A secret with a link to its recipient.
pub(super) async fn mailed(fixture: &Fixture) -> Sample {
    fixture.put(Wish { mails: &[MailKind::Link], ..Wish::default() }).await
}

fn invitation(fixture: &Fixture, account: Option<AccountId>) -> Mail {
    mail(MailKind::Invitation, account, fixture.ring.sealing(), &mut fixture.rng())
}

async fn post(fixture: &Fixture, now: Timestamp) -> MailId {
    let mail = invitation(fixture, None);
    fixture.one.post_mail(mail.clone(), now).await.expect("post works");
    mail.id
}

/// Of mails that are due, the one that is due longest comes first; none before its time.
pub async fn mails_are_picked_by_their_time(fixture: &mut Fixture) {
    let mut posted = Vec::new();
    for seconds in [2, 0, 1] {
        posted.push(post(fixture, NOW.after(seconds)).await);
    }
    assert!(pick(&fixture.two, Timestamp(NOW.0 - 1)).await.is_none(), "before its time");
    assert_eq!(pick_one(&fixture.two, NOW).await.id, posted[1]);
    for at in [2, 0] {
        assert_eq!(pick(&fixture.two, NOW.after(5)).await.expect("due").id, posted[at]);
    }
    assert!(pick(&fixture.one, NOW.after(5)).await.is_none());
}

/// A mail of no secret is due at once, for a day, and comes as it was posted; with its account, if it has one.
pub async fn a_mail_of_no_secret_is_due_at_once(fixture: &mut Fixture) {
    let (id, _, _) = account(fixture, "a@example.com").await;
    for account in [None, Some(id)] {
        let mail = invitation(fixture, account);
        fixture.one.post_mail(mail.clone(), NOW).await.expect("post works");
        let picked = pick_one(&fixture.two, NOW).await;
        assert_eq!((picked.id, picked.kind, picked.row), (mail.id, mail.kind, None));
        assert_eq!((picked.since, picked.until, picked.tries), (NOW, NOW.after(MAIL_LIVES), 1));
        assert_eq!(picked.account.as_ref().map(|account| account.id), account);
        let content = open_mail(&picked.sealed, &picked.id, picked.kind, &fixture.ring).expect("it opens");
        assert_eq!(content.expose().as_slice(), b"what it says");
        assert!(stamp(&fixture.one, &picked, Stamp::Sent, NOW).await);
    }
}

/// Who picked a mail has it for himself until his time; then it is given again, and counted, until its own time ends.
pub async fn a_pick_excludes_others_until_its_time(fixture: &mut Fixture) {
    let id = post(fixture, NOW).await;
    assert_eq!(pick_one(&fixture.one, NOW).await.tries, 1);
    for store in [&fixture.one, &fixture.two] {
        assert!(pick(store, NOW.after(PICKED - 1)).await.is_none(), "it is picked");
    }
    let again = pick_one(&fixture.two, NOW.after(PICKED)).await;
    assert_eq!((again.id, again.tries, again.since), (id, 2, NOW));
    let last = Timestamp(again.until.0 - 1);
    assert!(pick(&fixture.one, again.until).await.is_none(), "its time is over");
    let fresh = post(fixture, again.until).await;
    assert_eq!(pick_one(&fixture.one, again.until).await.id, fresh, "also where another is due");
    assert_eq!(pick_one(&fixture.one, last).await.tries, 3);
}

/// Picks are known after a restart, and so is what was said.
pub async fn picks_and_stamps_survive_a_restart(fixture: &mut Fixture) {
    let (sent, later, picked) = (mailed(fixture).await, mailed(fixture).await, mailed(fixture).await);
    for sample in [&sent, &later, &picked] {
        let mail = pick(&fixture.one, NOW).await.expect("due");
        let said = if mail.row == Some(sent.row()) {
            Stamp::Sent
        } else if mail.row == Some(later.row()) {
            Stamp::Later(NOW.after(30), Some(421))
        } else {
            continue;
        };
        assert!(stamp(&fixture.one, &mail, said, NOW).await, "{:?}", sample.row());
    }
    fixture.restart().await;
    assert_eq!(mailing(&fixture.one, &sent).await, Some(Mailing::Sent(NOW)));
    assert_eq!(mailing(&fixture.one, &later).await, Some(Mailing::Queued(Some(421))));
    assert_eq!(mailing(&fixture.one, &picked).await, Some(Mailing::Queued(None)));
    assert!(pick(&fixture.one, NOW.after(29)).await.is_none());
    assert_eq!(pick_one(&fixture.one, NOW.after(30)).await.row, Some(later.row()));
    assert_eq!(pick_one(&fixture.two, NOW.after(PICKED)).await.row, Some(picked.row()));
}

/// Many who pick from two handles at once get each mail once.
pub async fn many_pickers_get_each_mail_once(fixture: &mut Fixture) {
    let mut posted = BTreeSet::new();
    for _ in 0..30 {
        posted.insert(post(fixture, NOW).await);
        posted.extend(mailed(fixture).await.pair.mails.iter().map(|mail| mail.id));
    }
    let mut pickers = Vec::new();
    for number in 0..16 {
        let store = Arc::clone(if number % 2 == 0 { &fixture.one } else { &fixture.two });
        pickers.push(tokio::spawn(async move {
            let mut mine = Vec::new();
            while let Some(mail) = pick(&store, NOW).await {
                mine.push(mail.id);
                assert!(stamp(&store, &mail, Stamp::Sent, NOW).await, "nobody else has it");
            }
            mine
        }));
    }
    let mut picked = Vec::new();
    for picker in pickers {
        picked.extend(picker.await.expect("no panic"));
    }
    assert_eq!(picked.len(), 60, "none twice");
    assert_eq!(picked.into_iter().collect::<BTreeSet<_>>(), posted, "each once");
}

/// With a secret its mails are posted. The link is due at once, for a day or as long as the secret waits; the sender's
/// wait for their occasion.
pub async fn mails_are_posted_with_their_secret(fixture: &mut Fixture) {
    let (id, key, _) = account(fixture, "a@example.com").await;
    for (ttl, lives) in [(TTL, TTL), (LONG, MAIL_LIVES)] {
        let sample = fixture.put(Wish { ttl, mails: ALL, maker: Some((id, &key)), ..Wish::default() }).await;
        assert_eq!(mailing(&fixture.two, &sample).await, Some(Mailing::Queued(None)));
        let link = pick_one(&fixture.two, NOW).await;
        assert_eq!((link.id, link.kind), (sample.pair.mails[0].id, MailKind::Link));
        assert_eq!((link.row, link.account.as_ref().map(|a| a.id)), (Some(sample.row()), Some(id)));
        assert_eq!((link.since, link.until), (NOW, NOW.after(lives)));
        assert!(stamp(&fixture.one, &link, Stamp::Sent, NOW).await);
        assert!(pick(&fixture.one, NOW.after(lives)).await.is_none(), "nothing happened");
    }
    let silent = fixture.put(Wish::default()).await;
    assert!(pick(&fixture.one, NOW).await.is_none());
    assert_eq!(mailing(&fixture.two, &silent).await, Some(Mailing::Off));
}

/// A put that finds its row taken posts nothing, and does nothing to the mails of who has it.
pub async fn a_refused_put_posts_nothing(fixture: &mut Fixture) {
    let sample = mailed(fixture).await;
    let mut other = fixture.seal(Wish { mails: ALL, ..Wish::default() }).await;
    other.pair.place.row = sample.row();
    assert_eq!(fixture.two.put(other.pair).await.expect("put works"), Put::RowExists);
    assert_eq!(pick_one(&fixture.one, NOW).await.id, sample.pair.mails[0].id);
    assert_eq!(mailing(&fixture.one, &sample).await, Some(Mailing::Queued(None)));
}

/// Where one mail cannot be posted neither the secret nor any other of its mails is stored.
pub async fn put_is_all_or_nothing_with_mails(fixture: &mut Fixture) {
    let (id, key, _) = account(fixture, "a@example.com").await;
    let alone = invitation(fixture, None);
    fixture.one.post_mail(alone.clone(), NOW).await.expect("post works");
    assert!(fixture.two.post_mail(alone, NOW).await.is_err(), "it is not posted twice");
    let picked = pick_one(&fixture.two, NOW).await;
    assert!(stamp(&fixture.one, &picked, Stamp::Sent, NOW).await);
    let first = mailed(fixture).await;
    let mut sample = fixture.seal(Wish { mails: ALL, maker: Some((id, &key)), ..Wish::default() }).await;
    let other = if fixture.has_mails_apart { &sample } else { &first };
    sample.pair.mails[2].id = other.pair.mails[0].id;
    assert!(fixture.one.put(sample.pair.clone()).await.is_err(), "that mail exists");
    if !fixture.has_mails_apart {
        let again = fixture.one.post_mail(first.pair.mails[0].clone(), NOW).await;
        assert!(again.is_err(), "and is not posted twice");
    }
    let waits = fixture.two.peek(sample.row(), &sample.check(), NOW).await.expect("peek works");
    let receipt = fixture.two.receipt(sample.row(), &sample.receipt.check(), NOW).await;
    assert!(waits.is_none() && receipt.expect("receipt works").is_none());
    assert!(fixture.two.recent(id, 10, NOW).await.expect("recent works").is_empty());
    assert_eq!(pick_one(&fixture.two, NOW).await.row, Some(first.row()));
    sample.pair.mails.truncate(2);
    assert_eq!(
        fixture.two.put(sample.pair.clone()).await.expect("put works"),
        Put::Stored,
        "nothing is left of it"
    );
    assert_eq!(pick_one(&fixture.one, NOW).await.row, Some(sample.row()));
}
