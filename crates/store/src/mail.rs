//! Mails that wait to be sent: the outbox. A secret's mails are posted with it, in one step.

use crate::Account;
use burnbag_core::account::AccountId;
use burnbag_core::mail::{MailId, MailKind, Mailing};
use burnbag_core::seal::Sealed;
use burnbag_core::tag::Row;
use burnbag_core::time::Timestamp;

/// A mail to be sent, at once or on its occasion, as its kind says.
#[derive(Clone, Debug)]
pub struct Mail {
    /// Tells it from every other.
    pub id: MailId,
    /// What it is about.
    pub kind: MailKind,
    /// Whose it is; it goes with the account.
    pub account: Option<AccountId>,
    /// What it takes to write it.
    pub sealed: Sealed,
}

/// A mail that was picked for sending: nobody else picks it for a while.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// Tells it from every other.
    pub id: MailId,
    /// What it is about.
    pub kind: MailKind,
    /// The secret that it is about.
    pub row: Option<Row>,
    /// Whose it is.
    pub account: Option<Account>,
    /// When it was posted, or its occasion came.
    pub since: Timestamp,
    /// When it is given up.
    pub until: Timestamp,
    /// How often sending was tried, this time included.
    pub tries: u32,
    /// Tells this pick from every other of this mail.
    pub pick: u32,
    /// What it takes to write it.
    pub sealed: Sealed,
}

/// What became of a mail that was picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stamp {
    /// A mail server took it. That counts whoever says it, and whatever happened meanwhile.
    Sent,
    /// It is still being sent: until then nobody else picks it.
    Still(Timestamp),
    /// A mail server said "later", with this reply: try again then. Beyond the mail's time it is given up.
    Later(Timestamp, Option<u16>),
    /// It was not tried: due again at once, and the pick does not count.
    Untried,
    /// A mail server refused it for good, with this reply.
    Refused(u16),
    /// Nobody wants it any more, or it cannot be read.
    Dropped,
}

/// What a stamp means for the receipt of the mail's secret.
pub(crate) enum Said {
    /// Nothing: the receipt says what it said before.
    Nothing,
    /// This, from now on.
    Now(Mailing),
    /// That the mail is given up, with the reply that was noted last.
    GivenUp,
}

impl Outgoing {
    /// What its receipt is to say of a stamp. Only of mails to recipients there is anything on receipts.
    pub(crate) fn said(&self, stamp: Stamp, now: Timestamp) -> Said {
        if self.row.is_none() || self.kind != MailKind::Link {
            return Said::Nothing;
        }
        match stamp {
            Stamp::Untried | Stamp::Still(_) => Said::Nothing,
            Stamp::Sent => Said::Now(Mailing::Sent(now)),
            Stamp::Later(due, reply) if due < self.until => Said::Now(Mailing::Queued(reply)),
            Stamp::Later(_, reply) => Said::Now(Mailing::GivenUp(reply)),
            Stamp::Refused(reply) => Said::Now(Mailing::Refused(reply)),
            Stamp::Dropped => Said::GivenUp,
        }
    }
}

/// Of what an account's owner is told by mail. Nothing, unless he chose it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Notify {
    /// That a secret was opened.
    pub opened: bool,
    /// That a secret expired unopened.
    pub expired: bool,
}

impl Notify {
    /// Whether he wants mails of a kind. Those to recipients, and those that were asked for, are not his to choose.
    #[must_use]
    pub const fn wants(self, kind: MailKind) -> bool {
        match kind {
            MailKind::Opened => self.opened,
            MailKind::Expired => self.expired,
            MailKind::Link | MailKind::Invitation => true,
        }
    }

    pub(crate) const fn bits(self) -> u8 {
        self.opened as u8 | (self.expired as u8) << 1
    }

    pub(crate) const fn from_bits(bits: u8) -> Self {
        Self { opened: bits & 1 != 0, expired: bits & 2 != 0 }
    }
}
