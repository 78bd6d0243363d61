//! Laws of what a secret's end does to its mails, and of its way back.

use super::kept::Revealed;
use super::lists::account;
use super::outbox::{ALL, LONG, PICKED, mailed, mailing, pick, pick_one, stamp};
use super::{Fixture, NOW, Sample, TTL, Wish};
use crate::{DynStore, Stamp, Take, Waiting};
use burnbag_core::fate::Fate;
use burnbag_core::mail::{MAIL_LIVES, MAIL_PAUSE, MailKind, Mailing};
use burnbag_core::time::Timestamp;
use std::sync::Arc;

/// A secret with every mail that it may have, and what a peek gives of it.
async fn noted(fixture: &Fixture) -> (Sample, Waiting) {
    let sample = fixture.put(Wish { mails: ALL, ..Wish::default() }).await;
    let waiting = waiting(&fixture.one, &sample).await;
    (sample, waiting)
}

async fn waiting(store: &DynStore, sample: &Sample) -> Waiting {
    store.peek(sample.row(), &sample.check(), NOW).await.expect("peek works").expect("it waits")
}

async fn release(store: &DynStore, take: Take, waiting: &Waiting, now: Timestamp) {
    assert!(store.release(take.row, take.claim, waiting, now).await.expect("release works"));
}

async fn swept_mails(store: &DynStore, now: Timestamp) -> u32 {
    store.sweep(now, 10).await.expect("sweep works").mails
}

/// Who reads a secret stops its mails; after a pause, not before, its sender is told, for a day, and of the time when it
/// was read. The others are gone.
pub async fn a_reveal_is_told_after_a_pause(fixture: &mut Fixture) {
    for swept in [false, true] {
        let (sample, _) = noted(fixture).await;
        let (read, due) = (NOW.after(5), NOW.after(5 + MAIL_PAUSE));
        let take = sample.take(Fate::Revealed, fixture.claim(), read);
        assert!(fixture.one.take(take, None).await.expect("take works"));
        assert_eq!(mailing(&fixture.two, &sample).await, Some(Mailing::Ended));
        let before = Timestamp(due.0 - 1);
        assert!(pick(&fixture.two, before).await.is_none(), "a take may be undone until then");
        assert_eq!(swept_mails(&fixture.two, before).await, 0);
        if swept {
            assert_eq!(swept_mails(&fixture.two, due).await, 2, "the link, and that nobody read it");
        }
        let told = pick_one(&fixture.two, due).await;
        assert_eq!((told.kind, told.row), (MailKind::Opened, Some(sample.row())));
        assert_eq!((told.since, told.until, told.tries), (read, due.after(MAIL_LIVES), 1));
        assert!(stamp(&fixture.one, &told, Stamp::Sent, due).await);
        assert_eq!(mailing(&fixture.two, &sample).await, Some(Mailing::Ended), "that was not the link");
        assert_eq!(swept_mails(&fixture.two, due).await, if swept { 0 } else { 2 });
    }
    assert!(pick(&fixture.one, NOW.after(LONG)).await.is_none());
    fixture.one.sweep(NOW.after(TTL), 10).await.expect("sweep works");
    assert!(pick(&fixture.one, NOW.after(TTL)).await.is_none(), "what was read did not expire");
}

/// A reveal that keeps a copy is told like any other; one that is undone forgets both.
pub async fn a_reveal_with_a_copy_is_told_too(fixture: &mut Fixture) {
    let revealed = Revealed::new(fixture, Wish { mails: ALL, ..Wish::default() }).await;
    let due = NOW.after(MAIL_PAUSE);
    assert_eq!(mailing(&fixture.two, &revealed.sample).await, Some(Mailing::Ended));
    assert_eq!(swept_mails(&fixture.two, due).await, 2);
    let told = pick_one(&fixture.two, due).await;
    assert_eq!((told.kind, told.since, told.tries), (MailKind::Opened, NOW, 1));
    assert!(stamp(&fixture.two, &told, Stamp::Sent, due).await);

    let (sample, waiting) = noted(fixture).await;
    let undone = Revealed::of(fixture, sample).await;
    release(&fixture.two, undone.take, &waiting, NOW).await;
    undone.assert_forgotten(fixture).await;
    assert_eq!(pick_one(&fixture.one, due).await.kind, MailKind::Link, "as before");
}

/// Who burns a secret ends all its mails; what has been sent, or was refused, the receipt still knows.
pub async fn a_burn_ends_all_mails(fixture: &mut Fixture) {
    let (unsent, _) = noted(fixture).await;
    fixture.end(&unsent, Fate::Burned).await;
    let mut told = vec![(unsent, Mailing::Ended)];
    for (word, then) in [(Stamp::Sent, Mailing::Sent(NOW)), (Stamp::Refused(554), Mailing::Refused(554))] {
        let (sample, _) = noted(fixture).await;
        let link = pick_one(&fixture.one, NOW).await;
        assert!(stamp(&fixture.one, &link, word, NOW).await);
        fixture.end(&sample, Fate::Burned).await;
        told.push((sample, then));
    }
    for (sample, then) in &told {
        assert_eq!(mailing(&fixture.two, sample).await, Some(*then));
    }
    for seconds in [0, MAIL_PAUSE - 1, MAIL_PAUSE, PICKED, LONG] {
        assert!(pick(&fixture.two, NOW.after(seconds)).await.is_none(), "after {seconds} s");
    }
    assert_eq!(swept_mails(&fixture.two, NOW.after(MAIL_PAUSE - 1)).await, 0);
    assert_eq!(swept_mails(&fixture.two, NOW.after(MAIL_PAUSE)).await, 7);
    fixture.one.sweep(NOW.after(TTL), 10).await.expect("sweep works");
    assert!(pick(&fixture.one, NOW.after(TTL)).await.is_none());
}

/// A secret that expires unread stops its mails, also those not swept yet; its sender is told when it is swept, for a day
/// from then, of the time when it expired. The link is given up with the last reply.
pub async fn an_expiry_is_told_when_it_is_swept(fixture: &mut Fixture) {
    for (late, receipts) in [(3, 0), (TTL, 1)] {
        let (sample, _) = noted(fixture).await;
        let link = pick_one(&fixture.one, NOW).await;
        assert!(stamp(&fixture.one, &link, Stamp::Later(NOW.after(1), Some(450)), NOW).await);
        let (expires, now) = (sample.expires(), sample.expires().after(late));
        assert!(pick(&fixture.two, now).await.is_none(), "not swept yet");
        let swept = fixture.two.sweep(now, 1).await.expect("sweep works");
        assert_eq!((swept.expired, swept.receipts), (1, receipts));
        let told = pick_one(&fixture.one, now).await;
        assert_eq!((told.id, told.kind), (sample.pair.mails[2].id, MailKind::Expired));
        assert_eq!((told.since, told.until, told.tries), (expires, now.after(MAIL_LIVES), 1));
        if receipts == 0 {
            assert_eq!(mailing(&fixture.two, &sample).await, Some(Mailing::GivenUp(Some(450))));
            fixture.two.sweep(expires.after(TTL), 10).await.expect("sweep works");
        }
        assert!(stamp(&fixture.two, &told, Stamp::Sent, now).await, "also where the receipt is gone");
        assert!(pick(&fixture.two, expires.after(LONG)).await.is_none());
    }
    assert_eq!(swept_mails(&fixture.one, NOW.after(2 * LONG)).await, 0, "nothing is left");
}

/// With a secret that is put back everything is as before: its link is due, and its sender hears of the end that comes.
pub async fn a_release_puts_mails_back(fixture: &mut Fixture) {
    for fate in [Fate::Revealed, Fate::Burned] {
        let (sample, waiting) = noted(fixture).await;
        for round in 0..2 {
            let take = fixture.end(&sample, fate).await;
            release(if round == 0 { &fixture.one } else { &fixture.two }, take, &waiting, NOW).await;
            assert_eq!(mailing(&fixture.one, &sample).await, Some(Mailing::Queued(None)));
            assert_eq!(swept_mails(&fixture.two, NOW.after(MAIL_PAUSE)).await, 0);
        }
        let link = pick_one(&fixture.two, NOW.after(MAIL_PAUSE)).await;
        assert_eq!((link.kind, link.since, link.until), (MailKind::Link, NOW, sample.expires()));
        assert_eq!(link.tries, 1);
        assert!(stamp(&fixture.two, &link, Stamp::Sent, NOW).await);
        let take = fixture.end(&sample, fate).await;
        release(&fixture.one, take, &waiting, NOW).await;
        assert_eq!(
            mailing(&fixture.one, &sample).await,
            Some(Mailing::Sent(NOW)),
            "what was sent stays sent"
        );
        if fate == Fate::Revealed {
            let read = sample.take(fate, fixture.claim(), NOW.after(40));
            assert!(fixture.one.take(read, None).await.expect("take works"));
            let told = pick_one(&fixture.two, NOW.after(40 + MAIL_PAUSE)).await;
            assert_eq!((told.kind, told.since, told.tries), (MailKind::Opened, NOW.after(40), 1));
            assert!(stamp(&fixture.two, &told, Stamp::Sent, NOW).await);
        } else {
            assert_eq!(fixture.one.sweep(sample.expires(), 10).await.expect("sweep works").expired, 1);
            assert_eq!(pick_one(&fixture.two, sample.expires()).await.kind, MailKind::Expired);
        }
    }
}

/// Who is sending a link while its secret is taken and put back is still the only one, and his word counts again.
pub async fn a_release_leaves_a_mail_to_who_sends_it(fixture: &mut Fixture) {
    let sample = mailed(fixture).await;
    let waiting = waiting(&fixture.one, &sample).await;
    let link = pick_one(&fixture.one, NOW).await;
    let take = fixture.end(&sample, Fate::Revealed).await;
    assert!(!stamp(&fixture.one, &link, Stamp::Later(NOW, Some(451)), NOW).await, "not while it has ended");
    release(&fixture.two, take, &waiting, NOW).await;
    assert!(pick(&fixture.two, NOW.after(PICKED - 1)).await.is_none(), "it is being sent");
    assert!(stamp(&fixture.one, &link, Stamp::Later(NOW.after(5), Some(451)), NOW).await);
    assert_eq!(mailing(&fixture.two, &sample).await, Some(Mailing::Queued(Some(451))));
    let again = pick_one(&fixture.two, NOW.after(5)).await;
    assert_eq!((again.id, again.tries), (link.id, 2));
}

/// Who tells a sender of a reveal that is undone has nothing to say of the next one.
pub async fn a_notice_of_an_undone_end_does_not_count(fixture: &mut Fixture) {
    let mails = &[MailKind::Opened];
    let sample = fixture.put(Wish { mails, ..Wish::default() }).await;
    let waiting = waiting(&fixture.one, &sample).await;
    let due = NOW.after(MAIL_PAUSE);
    let take = fixture.end(&sample, Fate::Revealed).await;
    let early = pick_one(&fixture.one, due).await;
    release(&fixture.two, take, &waiting, due).await;
    assert!(pick(&fixture.two, due.after(PICKED)).await.is_none(), "it waits");
    assert!(!stamp(&fixture.one, &early, Stamp::Refused(550), due).await);
    fixture.end(&sample, Fate::Revealed).await;
    assert!(!stamp(&fixture.one, &early, Stamp::Refused(550), due).await, "that was the other end");
    assert_eq!(pick_one(&fixture.two, due).await.tries, 1);
}

/// A secret that is put back when its mails are swept, or their account removed, waits without them; its receipt says so.
pub async fn a_late_release_has_no_mails(fixture: &mut Fixture) {
    let (id, key, _) = account(fixture, "a@example.com").await;
    for removed in [false, true] {
        let sample = fixture.put(Wish { mails: ALL, maker: Some((id, &key)), ..Wish::default() }).await;
        let waiting = waiting(&fixture.one, &sample).await;
        let take = fixture.end(&sample, Fate::Burned).await;
        if removed {
            let email = "a@example.com".parse().expect("an address");
            assert!(fixture.two.remove_account(&email).await.expect("remove works"));
        } else {
            assert_eq!(swept_mails(&fixture.two, NOW.after(MAIL_PAUSE)).await, 3);
        }
        release(&fixture.one, take, &waiting, NOW).await;
        assert_eq!(mailing(&fixture.two, &sample).await, Some(Mailing::GivenUp(None)));
        fixture.assert_waits(&fixture.two, &sample).await;
        fixture.end(&sample, Fate::Revealed).await;
        assert!(pick(&fixture.two, NOW.after(MAIL_PAUSE)).await.is_none());
        assert_eq!(mailing(&fixture.two, &sample).await, Some(Mailing::GivenUp(None)));
    }
}

/// A removed account takes its mails along, what is being sent too; receipts of what waits say so, those of what has ended
/// or was sent stay, and other accounts' mails as well.
pub async fn a_removed_account_takes_its_mails(fixture: &mut Fixture) {
    let (id, key, _) = account(fixture, "a@example.com").await;
    let (other, other_key, _) = account(fixture, "b@example.com").await;
    let wish = Wish { mails: ALL, maker: Some((id, &key)), ..Wish::default() };
    let sent = fixture.put(wish).await;
    let link = pick_one(&fixture.one, NOW).await;
    assert!(stamp(&fixture.one, &link, Stamp::Sent, NOW).await);
    let slow = fixture.put(wish).await;
    let picked = pick_one(&fixture.one, NOW).await;
    let (waits, read) = (fixture.put(wish).await, fixture.put(wish).await);
    fixture.end(&read, Fate::Revealed).await;
    let stays = fixture.put(Wish { maker: Some((other, &other_key)), ..wish }).await;
    assert!(fixture.two.remove_account(&"a@example.com".parse().expect("an address")).await.expect("works"));
    for (sample, told) in [
        (&sent, Mailing::Sent(NOW)),
        (&slow, Mailing::GivenUp(None)),
        (&waits, Mailing::GivenUp(None)),
        (&read, Mailing::Ended),
        (&stays, Mailing::Queued(None)),
    ] {
        assert_eq!(mailing(&fixture.one, sample).await, Some(told));
    }
    assert_eq!(pick_one(&fixture.one, NOW.after(MAIL_PAUSE)).await.row, Some(stays.row()));
    assert!(!stamp(&fixture.one, &picked, Stamp::Refused(550), NOW).await);
    assert!(!stamp(&fixture.one, &picked, Stamp::Sent, NOW).await);
    assert_eq!(mailing(&fixture.one, &slow).await, Some(Mailing::Sent(NOW)), "what was sent was sent");
    fixture.one.sweep(NOW.after(TTL), 10).await.expect("sweep works");
    assert_eq!(pick_one(&fixture.one, NOW.after(TTL)).await.row, Some(stays.row()), "of a's nothing is told");
}

/// While a secret is taken and put back again and again by one node, another that sends its mail sends it once, and
/// whatever happened when, in the end the receipt knows.
pub async fn takes_and_releases_race_with_pickers(fixture: &mut Fixture) {
    for round in 0..24 {
        let sample = mailed(fixture).await;
        let waiting = waiting(&fixture.one, &sample).await;
        let picker = tokio::spawn(send_what_is_due(Arc::clone(&fixture.two)));
        for _ in 0..4 {
            let take = fixture.end(&sample, Fate::Revealed).await;
            release(&fixture.one, take, &waiting, NOW).await;
        }
        let take = fixture.end(&sample, Fate::Burned).await;
        let meanwhile = picker.await.expect("no panic");
        if round % 2 == 0 {
            release(&fixture.one, take, &waiting, NOW).await;
        }
        let sent = meanwhile + send_what_is_due(Arc::clone(&fixture.one)).await;
        let told = mailing(&fixture.two, &sample).await;
        if round % 2 == 0 {
            assert_eq!((sent, told), (1, Some(Mailing::Sent(NOW))), "once");
        } else {
            let then = if sent == 0 { Mailing::Ended } else { Mailing::Sent(NOW) };
            assert_eq!((sent, told), (meanwhile, Some(then)));
        }
    }
}

/// Looks for mails so many times; those that it finds it sends. Answers how many.
async fn send_what_is_due(store: DynStore) -> u32 {
    let mut sent = 0;
    for _ in 0..8 {
        if let Some(mail) = pick(&store, NOW).await {
            tokio::task::yield_now().await;
            stamp(&store, &mail, Stamp::Sent, NOW).await;
            sent += 1;
        }
        tokio::task::yield_now().await;
    }
    sent
}
