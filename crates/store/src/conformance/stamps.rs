//! Laws of what is said of a picked mail, and of what its receipt tells then.

use super::outbox::{LONG, PICKED, mailed, mailing, pick, pick_one, stamp};
use super::{Fixture, NOW, Wish};
use crate::Stamp;
use burnbag_core::fate::Fate;
use burnbag_core::mail::{MAIL_LIVES, MAIL_PAUSE, MailKind, Mailing};
use burnbag_core::time::Timestamp;

/// What was not tried is due again at once, and that pick does not count.
pub async fn an_untried_mail_is_due_again(fixture: &mut Fixture) {
    let sample = mailed(fixture).await;
    for tries in [1, 1, 1] {
        let mail = pick_one(&fixture.one, NOW).await;
        assert_eq!(mail.tries, tries);
        assert!(stamp(&fixture.two, &mail, Stamp::Untried, NOW).await);
        assert!(!stamp(&fixture.two, &mail, Stamp::Untried, NOW).await, "said already");
        assert_eq!(mailing(&fixture.two, &sample).await, Some(Mailing::Queued(None)));
    }
}

/// Who is still sending keeps others from a mail, and keeps his say; who lost it does not.
pub async fn a_pick_can_be_renewed(fixture: &mut Fixture) {
    let sample = mailed(fixture).await;
    let mail = pick_one(&fixture.one, NOW).await;
    let mut now = NOW;
    for _ in 0..3 {
        let until = now.after(PICKED);
        assert!(stamp(&fixture.one, &mail, Stamp::Still(until), now).await);
        assert!(pick(&fixture.two, Timestamp(until.0 - 1)).await.is_none(), "kept from others");
        now = Timestamp(until.0 - 1);
    }
    let next = pick_one(&fixture.two, now.after(1)).await;
    assert_eq!((next.id, next.tries), (mail.id, 2));
    assert!(!stamp(&fixture.one, &mail, Stamp::Still(now.after(PICKED)), now).await, "it is another's");
    assert!(stamp(&fixture.two, &next, Stamp::Sent, now).await);
    assert!(!stamp(&fixture.two, &next, Stamp::Still(now.after(PICKED)), now).await, "it was sent");
    assert_eq!(mailing(&fixture.one, &sample).await, Some(Mailing::Sent(now)));
}

/// What is put off is due then, not before, and the receipt tells the last reply.
pub async fn a_mail_that_is_put_off_is_due_later(fixture: &mut Fixture) {
    let sample = mailed(fixture).await;
    let mut now = NOW;
    for (tries, reply) in [(1, Some(451)), (2, Some(421)), (3, None)] {
        let mail = pick_one(&fixture.one, now).await;
        assert_eq!(mail.tries, tries);
        let due = now.after(100);
        assert!(stamp(&fixture.one, &mail, Stamp::Later(due, reply), now).await);
        assert_eq!(mailing(&fixture.two, &sample).await, Some(Mailing::Queued(reply)));
        assert!(pick(&fixture.two, Timestamp(due.0 - 1)).await.is_none(), "not before");
        now = due;
    }
}

/// What is sent, refused for good or dropped is over: nobody picks it, nobody says more of it, and the receipt knows.
pub async fn a_settled_mail_is_over(fixture: &mut Fixture) {
    let later = NOW.after(7);
    for (said, told) in [
        (Stamp::Sent, Mailing::Sent(later)),
        (Stamp::Refused(550), Mailing::Refused(550)),
        (Stamp::Dropped, Mailing::GivenUp(None)),
    ] {
        let sample = mailed(fixture).await;
        let mail = pick_one(&fixture.one, NOW).await;
        assert!(stamp(&fixture.one, &mail, said, later).await);
        assert_eq!(mailing(&fixture.two, &sample).await, Some(told));
        for again in [
            Stamp::Untried,
            Stamp::Still(later),
            Stamp::Later(later, None),
            Stamp::Refused(551),
            Stamp::Dropped,
        ] {
            assert!(!stamp(&fixture.two, &mail, again, later).await, "{again:?} behind {said:?}");
        }
        assert_eq!(mailing(&fixture.two, &sample).await, Some(told), "it stays");
        assert!(pick(&fixture.one, NOW.after(PICKED)).await.is_none());
        fixture.assert_waits(&fixture.one, &sample).await;
    }
    assert_eq!(
        fixture.one.sweep(NOW.after(PICKED), 10).await.expect("sweep works").mails,
        0,
        "nothing is left"
    );
}

/// A mail that nobody wants any more is given up with the last reply.
pub async fn a_dropped_mail_keeps_its_reply(fixture: &mut Fixture) {
    let sample = mailed(fixture).await;
    let mail = pick_one(&fixture.one, NOW).await;
    assert!(stamp(&fixture.one, &mail, Stamp::Later(NOW.after(1), Some(450)), NOW).await);
    let mail = pick_one(&fixture.one, NOW.after(1)).await;
    assert!(stamp(&fixture.two, &mail, Stamp::Dropped, NOW.after(1)).await);
    assert_eq!(mailing(&fixture.one, &sample).await, Some(Mailing::GivenUp(Some(450))));
}

/// What is put off beyond its time is given up, with the reply.
pub async fn a_mail_put_off_beyond_its_time_is_given_up(fixture: &mut Fixture) {
    for (beyond, told) in
        [(-1, Mailing::Queued(Some(450))), (0, Mailing::GivenUp(Some(450))), (9, Mailing::GivenUp(Some(450)))]
    {
        let sample = mailed(fixture).await;
        let mail = pick_one(&fixture.one, NOW).await;
        assert!(stamp(&fixture.one, &mail, Stamp::Later(mail.until.after(beyond), Some(450)), NOW).await);
        assert_eq!(mailing(&fixture.two, &sample).await, Some(told));
        let last = pick(&fixture.two, Timestamp(mail.until.0 - 1)).await;
        assert_eq!(last.is_some(), beyond < 0);
        if let Some(last) = last {
            assert!(stamp(&fixture.two, &last, Stamp::Later(last.until, None), last.until).await);
            assert_eq!(mailing(&fixture.two, &sample).await, Some(Mailing::GivenUp(None)), "the last word");
        }
    }
}

/// Who picked a mail and was too slow has nothing to say when another picked it, whatever that one said; but what was
/// sent was sent.
pub async fn a_late_word_does_not_count(fixture: &mut Fixture) {
    let sample = mailed(fixture).await;
    let slow = pick_one(&fixture.one, NOW).await;
    let now = NOW.after(PICKED);
    let words = [
        Stamp::Untried,
        Stamp::Still(now),
        Stamp::Later(now, Some(451)),
        Stamp::Refused(550),
        Stamp::Dropped,
    ];
    for round in 0..3 {
        let next = pick_one(&fixture.two, now).await;
        assert_eq!((next.id, next.tries), (slow.id, 2), "round {round}");
        for word in words {
            assert!(!stamp(&fixture.one, &slow, word, now).await, "{word:?} while another has it");
        }
        assert!(pick(&fixture.one, now).await.is_none(), "still another's");
        assert!(stamp(&fixture.two, &next, Stamp::Untried, now).await);
        for word in words {
            assert!(!stamp(&fixture.one, &slow, word, now).await, "{word:?} when another put it back");
        }
        assert_eq!(mailing(&fixture.one, &sample).await, Some(Mailing::Queued(None)));
    }
    let next = pick_one(&fixture.two, now).await;
    assert!(!stamp(&fixture.one, &slow, Stamp::Sent, now).await, "it was not his to say");
    assert_eq!(mailing(&fixture.two, &sample).await, Some(Mailing::Sent(now)), "and yet it counts");
    for word in words {
        assert!(!stamp(&fixture.two, &next, word, now).await, "{word:?} when it was sent");
    }
    assert_eq!(mailing(&fixture.two, &sample).await, Some(Mailing::Sent(now)));
    assert!(pick(&fixture.one, now.after(PICKED)).await.is_none());
}

/// That a link was sent counts also when its secret has ended meanwhile, its mails are swept, and even its receipt.
pub async fn sent_counts_after_the_end(fixture: &mut Fixture) {
    for swept in [false, true] {
        let sample = mailed(fixture).await;
        let mail = pick_one(&fixture.one, NOW).await;
        fixture.end(&sample, Fate::Burned).await;
        assert_eq!(mailing(&fixture.two, &sample).await, Some(Mailing::Ended));
        if swept {
            assert_eq!(fixture.two.sweep(NOW.after(MAIL_PAUSE), 10).await.expect("sweep works").mails, 1);
        }
        for word in [
            Stamp::Untried,
            Stamp::Still(NOW),
            Stamp::Later(NOW, Some(451)),
            Stamp::Refused(550),
            Stamp::Dropped,
        ] {
            assert!(!stamp(&fixture.one, &mail, word, NOW).await, "{word:?}");
        }
        assert_eq!(mailing(&fixture.two, &sample).await, Some(Mailing::Ended));
        assert!(!stamp(&fixture.one, &mail, Stamp::Sent, NOW.after(20)).await);
        assert_eq!(mailing(&fixture.two, &sample).await, Some(Mailing::Sent(NOW.after(20))));
        fixture.assert_ended(&fixture.two, &sample, Fate::Burned, NOW).await;
    }
    let short = fixture.put(Wish { ttl: 60, mails: &[MailKind::Link], ..Wish::default() }).await;
    let mail = pick_one(&fixture.one, NOW).await;
    assert_eq!(fixture.two.sweep(NOW.after(120), 10).await.expect("sweep works").receipts, 1);
    assert!(!stamp(&fixture.one, &mail, Stamp::Sent, NOW.after(120)).await);
    let receipt = fixture.one.receipt(short.row(), &short.receipt.check(), NOW).await;
    assert!(receipt.expect("receipt works").is_none(), "nothing comes back");
}

/// The sweep gives up what nobody took in time, so many at once, and the receipt tells the last reply. What waits for its
/// occasion waits as long as its secret.
pub async fn sweep_gives_up_what_is_over(fixture: &mut Fixture) {
    let mut samples = Vec::new();
    for _ in 0..5 {
        let mails = &[MailKind::Link, MailKind::Opened, MailKind::Expired];
        samples.push(fixture.put(Wish { ttl: LONG, mails, ..Wish::default() }).await);
        let mail = pick_one(&fixture.one, NOW).await;
        assert!(stamp(&fixture.one, &mail, Stamp::Later(NOW.after(90), Some(452)), NOW).await);
    }
    let over = NOW.after(MAIL_LIVES);
    assert_eq!(fixture.one.sweep(Timestamp(over.0 - 1), 10).await.expect("sweep works").mails, 0);
    assert!(pick(&fixture.one, over).await.is_none(), "not picked any more, swept or not");
    for (store, mails) in [(&fixture.one, 2), (&fixture.two, 2), (&fixture.one, 1), (&fixture.two, 0)] {
        assert_eq!(store.sweep(over, 2).await.expect("sweep works").mails, mails);
    }
    for sample in &samples {
        assert_eq!(mailing(&fixture.two, sample).await, Some(Mailing::GivenUp(Some(452))));
    }
    fixture.assert_waits(&fixture.one, &samples[0]).await;
}
