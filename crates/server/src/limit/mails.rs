//! Mails: so many by an account, so many to a mailbox, so many that a stranger asks for.

use super::Wait;
use super::calls::{Limiter, Rate, check};
use crate::client::Client;
use crate::clock::Clock;
use burnbag_core::account::{AccountId, Email};
use sha2::{Digest, Sha256};
use std::fmt;
use std::num::NonZeroU32;
use std::sync::Arc;

/// What one stranger may ask for: links to sign up or to set a new password. An office behind one address signs up in an
/// afternoon.
const ASKED: Rate = Rate::Per {
    calls: NonZeroU32::new(60).expect("not zero"),
    seconds: NonZeroU32::new(3600).expect("not zero"),
};

/// What strangers together may ask for to one mailbox: fewer than may be mailed to it, so that nobody keeps the mails of
/// others from it by asking. Who did not get the first one tries again.
const ASKED_FOR: Rate = Rate::Per {
    calls: NonZeroU32::new(3).expect("not zero"),
    seconds: NonZeroU32::new(3600).expect("not zero"),
};

/// A hash of where an address leads: of one size, whatever was typed.
type Mailbox = [u8; 32];

/// A mail that is too many; who waits as long may try again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TooManyMails {
    /// The account has sent too many.
    ByAccount(Wait),
    /// The mailbox got too many, from whomever.
    ToMailbox(Wait),
}

impl TooManyMails {
    /// How long.
    pub const fn wait(self) -> Wait {
        match self {
            Self::ByAccount(wait) | Self::ToMailbox(wait) => wait,
        }
    }
}

/// The limits of mails. Each node counts for itself.
pub struct Mails {
    by_account: Option<Limiter<AccountId>>,
    to_mailbox: Option<Limiter<Mailbox>>,
    asked: Option<Limiter<Client>>,
    asked_for: Option<Limiter<Mailbox>>,
}

impl Mails {
    /// Counts by `clock`.
    pub fn new(per_account: Rate, per_recipient: Rate, clock: &Arc<dyn Clock>) -> Self {
        Self {
            by_account: per_account.limiter(NonZeroU32::MIN, clock),
            to_mailbox: per_recipient.limiter(NonZeroU32::MIN, clock),
            asked: ASKED.limiter(NonZeroU32::MIN, clock),
            asked_for: ASKED_FOR.limiter(NonZeroU32::MIN, clock),
        }
    }

    /// Counts a mail that an account has sent.
    ///
    /// # Errors
    /// The account, or everybody to this mailbox, sent too many.
    pub fn count(&self, account: AccountId, to: &Email) -> Result<(), TooManyMails> {
        check(self.by_account.as_ref(), account).map_err(TooManyMails::ByAccount)?;
        check(self.to_mailbox.as_ref(), mailbox(to)).map_err(TooManyMails::ToMailbox)
    }

    /// Counts somebody who asks for a mail and is not signed in.
    ///
    /// # Errors
    /// He asked for too many.
    pub fn count_asker(&self, client: Client) -> Result<(), Wait> {
        check(self.asked.as_ref(), client)
    }

    /// Counts a mail that somebody asks for who is not signed in; whether it may be sent. He is not to learn of it: who
    /// asked before him is none of his business. It has an allowance of its own: who sends secrets to a mailbox must not
    /// keep its owner from a new password.
    pub fn may_be_asked_for(&self, to: &Email) -> bool {
        check(self.asked_for.as_ref(), mailbox(to)).is_ok()
    }
}

impl fmt::Debug for Mails {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mails")
    }
}

/// What stands behind a `+` is the mailbox's own business.
fn mailbox(address: &Email) -> Mailbox {
    let (local, domain) = address.parts();
    let local = local.split_once('+').map_or(local, |(local, _)| local);
    Sha256::digest(format!("{local}@{domain}")).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::FixedClock;
    use burnbag_core::time::Timestamp;

    #[test]
    fn by_account_to_a_mailbox_and_asked_for() {
        let clock: Arc<dyn Clock> = Arc::new(FixedClock::at(Timestamp(1_000)));
        let mails = Mails::new("5/60s".parse().unwrap(), "2/60s".parse().unwrap(), &clock);
        let to = |number: u32| format!("a{number}@example.com").parse::<Email>().unwrap();
        let (ann, bob) = (AccountId(1), AccountId(2));
        assert_eq!([0, 0, 0].map(|at| mails.count(ann, &to(at)).is_ok()), [true, true, false]);
        assert_eq!(mails.count(bob, &to(0)), Err(TooManyMails::ToMailbox(Wait(31))), "by anybody");
        assert_eq!([0, 0, 0, 0].map(|at| mails.may_be_asked_for(&to(at))), [true, true, true, false]);
        assert_eq!([1, 2, 3].map(|at| mails.count(ann, &to(at)).is_ok()), [true, true, false]);
        assert!(matches!(mails.count(ann, &to(4)), Err(TooManyMails::ByAccount(_))));
        let asked = (0..200).filter(|_| mails.count_asker(Client::V4(1)).is_ok()).count();
        assert_eq!((asked, mails.count_asker(Client::V4(2)).is_ok()), (60, true));
    }

    /// Otherwise who spells it anew each time sends as many as he likes.
    #[test]
    fn a_mailbox_is_one_however_it_is_written() {
        let clock: Arc<dyn Clock> = Arc::new(FixedClock::at(Timestamp(1_000)));
        let mails = Mails::new(Rate::Off, "1/60s".parse().unwrap(), &clock);
        let counts = |to: &str| mails.count(AccountId(1), &to.parse().unwrap()).is_ok();
        assert!(counts("bob@example.com"));
        for same in ["BOB@Example.com", "bob@ｅxample.com", "bob@\u{1d41e}xample.com", "bob+x@example.com"] {
            assert!(!counts(same), "{same}");
        }
        for other in ["bobx@example.com", "bob@example.org", "+x@example.com", "bob@müller.de"] {
            assert!(counts(other), "{other}");
        }
        assert!(!counts("bob@xn--mller-kva.de"));
    }

    #[test]
    fn who_asks_does_not_use_a_mailbox_up() {
        let clock: Arc<dyn Clock> = Arc::new(FixedClock::at(Timestamp(1_000)));
        let mails = Mails::new(Rate::Off, "10/3600s".parse().unwrap(), &clock);
        let to: Email = "a@example.com".parse().unwrap();
        assert_eq!((0..50).filter(|_| mails.may_be_asked_for(&to)).count(), 3);
        assert_eq!((0..50).filter(|_| mails.count(AccountId(1), &to).is_ok()).count(), 10);
    }
}
