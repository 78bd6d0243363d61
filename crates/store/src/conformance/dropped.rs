//! Laws of callers that go away: at whatever await, the operation was done or never happened, and the store works.
//!
//! Each call is polled 0, 1, 2, … times and dropped, until it answers. What was queued before on the same handle is
//! done when `settle` answers.

use super::kept::Revealed;
use super::lists::{account, new_account};
use super::outbox::{ALL, PICKED, mailed, mailing, pick, pick_one};
use super::sample::mail;
use super::{Fixture, NOW, Wish};
use crate::{Claim, Stamp};
use burnbag_core::account::{AccountKey, ApiKey};
use burnbag_core::fate::{Fate, State};
use burnbag_core::life_key::LifeKey;
use burnbag_core::mail::{MAIL_PAUSE, MailKind, Mailing};
use burnbag_core::tag::Row;
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

/// More polls than any call needs before it waits for nothing but its answer.
const POLLS: usize = 12;

/// Polls a call so many times and drops it. Answers whether it had answered.
async fn abandon<T>(call: impl Future<Output = T>, polls: usize) -> bool {
    let mut call = pin!(call);
    for _ in 0..polls {
        if poll_fn(|context| Poll::Ready(call.as_mut().poll(context).is_ready())).await {
            return true;
        }
        tokio::task::yield_now().await;
    }
    false
}

/// Waits until what was queued on the handle is done.
async fn catch_up(fixture: &Fixture) {
    fixture.one.settle(Row(0), Claim([0; 16])).await.expect("settle works");
}

/// Nobody gets the rows of a lease that nobody waited for.
pub async fn a_dropped_lease_harms_nothing(fixture: &mut Fixture) {
    for polls in 0..POLLS {
        let lives: Vec<_> = (0..4).map(|_| LifeKey::make(&mut fixture.rng())).collect();
        abandon(fixture.one.lease(lives), polls).await;
        let sample = fixture.put(Wish::default()).await;
        catch_up(fixture).await;
        fixture.assert_waits(&fixture.two, &sample).await;
    }
}

/// Secret, receipt and entry in the list are all there or none of them.
pub async fn a_dropped_put_is_done_or_not(fixture: &mut Fixture) {
    let (id, key, _) = account(fixture, "a@example.com").await;
    let mut listed = 0;
    for polls in 0..POLLS {
        let sample = fixture.seal(Wish { maker: Some((id, &key)), ..Wish::default() }).await;
        let answered = abandon(fixture.one.put(sample.pair.clone()), polls).await;
        catch_up(fixture).await;
        let waits = fixture.one.peek(sample.row(), &sample.check(), NOW).await.expect("peek works").is_some();
        assert!(waits || !answered, "acknowledged is stored");
        if waits {
            fixture.assert_waits(&fixture.two, &sample).await;
            listed += 1;
        } else {
            let receipt = fixture.one.receipt(sample.row(), &sample.receipt.check(), NOW).await;
            assert!(receipt.expect("receipt works").is_none());
        }
        let list = fixture.one.recent(id, 100, NOW).await.expect("recent works");
        assert_eq!(list.len(), listed);
    }
}

/// Secret and mails are all there or none of them; a mail of no secret is posted or not.
pub async fn a_dropped_post_is_done_or_not(fixture: &mut Fixture) {
    for polls in 0..POLLS {
        let sample = fixture.seal(Wish { mails: ALL, ..Wish::default() }).await;
        let answered = abandon(fixture.one.put(sample.pair.clone()), polls).await;
        catch_up(fixture).await;
        let waits = fixture.two.peek(sample.row(), &sample.check(), NOW).await.expect("peek works").is_some();
        assert!(waits || !answered, "acknowledged is stored");
        let link = pick(&fixture.two, NOW).await;
        assert_eq!(link.is_some(), waits);
        if waits {
            fixture.end(&sample, Fate::Revealed).await;
            assert_eq!(pick_one(&fixture.two, NOW.after(MAIL_PAUSE)).await.kind, MailKind::Opened);
        }
        let alone = mail(MailKind::Invitation, None, fixture.ring.sealing(), &mut fixture.rng());
        let answered = abandon(fixture.one.post_mail(alone.clone(), NOW), polls).await;
        catch_up(fixture).await;
        match pick(&fixture.two, NOW).await {
            Some(posted) => assert_eq!(posted.id, alone.id),
            None => assert!(!answered, "acknowledged is posted"),
        }
    }
}

/// A mail that was picked for nobody is picked again when its time is over; nobody's mail is lost.
pub async fn a_dropped_pick_loses_nothing(fixture: &mut Fixture) {
    for polls in 0..POLLS {
        let sample = mailed(fixture).await;
        let answered = abandon(fixture.one.pick_mail(NOW, NOW.after(PICKED)), polls).await;
        catch_up(fixture).await;
        let next = pick(&fixture.two, NOW).await;
        assert!(next.is_none() || !answered, "acknowledged is picked");
        let mail = match next {
            Some(mail) => mail,
            None => pick_one(&fixture.two, NOW.after(PICKED)).await,
        };
        assert_eq!(mail.row, Some(sample.row()));
        assert!(fixture.two.stamp_mail(&mail, Stamp::Sent, NOW).await.expect("stamp works"));
    }
}

/// The mail is gone and the receipt knows that it was sent, or neither.
pub async fn a_dropped_stamp_is_done_or_not(fixture: &mut Fixture) {
    for polls in 0..POLLS {
        let sample = mailed(fixture).await;
        let mail = pick_one(&fixture.one, NOW).await;
        let answered = abandon(fixture.one.stamp_mail(&mail, Stamp::Sent, NOW), polls).await;
        catch_up(fixture).await;
        let told = mailing(&fixture.two, &sample).await;
        if let Some(again) = pick(&fixture.two, NOW.after(PICKED)).await {
            assert!(!answered, "acknowledged is done");
            assert_eq!(told, Some(Mailing::Queued(None)));
            assert!(fixture.two.stamp_mail(&again, Stamp::Sent, NOW).await.expect("stamp works"));
        } else {
            assert_eq!(told, Some(Mailing::Sent(NOW)));
        }
    }
}

/// The secret waits, or it is gone and the receipt knows why; `settle` agrees, and another reader gets it in the first
/// case only.
pub async fn a_dropped_take_is_done_or_not(fixture: &mut Fixture) {
    for polls in 0..POLLS {
        let sample = fixture.put(Wish::default()).await;
        let take = sample.take(Fate::Revealed, fixture.claim(), NOW);
        let answered = abandon(fixture.one.take(take, None), polls).await;
        let won = fixture.one.settle(take.row, take.claim).await.expect("settle works");
        assert!(won || !answered, "acknowledged is done");
        if won {
            fixture.assert_ended(&fixture.two, &sample, Fate::Revealed, NOW).await;
        } else {
            fixture.assert_waits(&fixture.two, &sample).await;
        }
        let other = sample.take(Fate::Burned, fixture.claim(), NOW);
        assert_eq!(fixture.two.take(other, None).await.expect("take works"), !won);
    }
}

/// The secret waits again and opens, or it has ended as before.
pub async fn a_dropped_release_is_done_or_not(fixture: &mut Fixture) {
    for polls in 0..POLLS {
        let sample = fixture.put(Wish::default()).await;
        let waiting = fixture.one.peek(sample.row(), &sample.check(), NOW).await.expect("peek works");
        let waiting = waiting.expect("it waits");
        let take = fixture.end(&sample, Fate::Revealed).await;
        let answered = abandon(fixture.one.release(take.row, take.claim, &waiting, NOW), polls).await;
        if fixture.one.settle(take.row, take.claim).await.expect("settle works") {
            assert!(!answered, "acknowledged is done");
            fixture.assert_ended(&fixture.two, &sample, Fate::Revealed, NOW).await;
        } else {
            fixture.assert_waits(&fixture.two, &sample).await;
        }
    }
}

/// The copy is forgotten or stands.
pub async fn a_dropped_forget_is_done_or_not(fixture: &mut Fixture) {
    for polls in 0..POLLS {
        let revealed = Revealed::new(fixture, Wish::default()).await;
        let (row, check) = (revealed.sample.row(), revealed.sample.check());
        let answered = abandon(fixture.one.forget(row, &check), polls).await;
        catch_up(fixture).await;
        if revealed.kept(&fixture.two, NOW).await.is_some() {
            assert!(!answered, "acknowledged is done");
            revealed.assert_kept(fixture, &fixture.two).await;
        } else {
            revealed.assert_forgotten(fixture).await;
        }
    }
}

/// The account is there with its credential, or neither.
pub async fn a_dropped_account_is_made_or_not(fixture: &mut Fixture) {
    for polls in 0..POLLS {
        let (key, api) = (AccountKey::make(&mut fixture.rng()), ApiKey::make(&mut fixture.rng()));
        let address = format!("a{polls}@example.com");
        let new = new_account(fixture, &address, &key, &api);
        abandon(fixture.one.create_account(new), polls).await;
        catch_up(fixture).await;
        let accounts = fixture.one.accounts().await.expect("accounts works");
        let made = accounts.iter().any(|account| account.email.as_str() == address);
        assert_eq!(fixture.two.unlocked_by(&api.id(), NOW).await.expect("works").is_some(), made);
    }
    let sample = fixture.put(Wish::default()).await;
    let receipt = fixture.two.receipt(sample.row(), &sample.receipt.check(), NOW).await;
    assert_eq!(receipt.expect("receipt works").expect("it is there").state, State::New);
}
