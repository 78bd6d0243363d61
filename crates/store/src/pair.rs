//! A secret and its receipt: one row, and what the verbs tell of it.

use crate::Mail;
use burnbag_core::account::{AccountId, Email};
use burnbag_core::fate::{Fate, State};
use burnbag_core::key::Check;
use burnbag_core::life_key::LifeKey;
use burnbag_core::mail::Mailing;
use burnbag_core::outline::Outline;
use burnbag_core::seal::{Place, Sealed};
use burnbag_core::tag::Row;
use burnbag_core::time::Timestamp;
use rand::CryptoRng;
use std::fmt;

/// At this many wrong openers a secret is locked until its receipt's holder unlocks it.
pub const STRIKES_BEFORE_LOCK: u32 = 100;

/// A new secret with its receipt.
#[derive(Clone, Debug)]
pub struct Pair {
    /// Row, kind and times.
    pub place: Place,
    /// Proves that a secret key means this row.
    pub secret_check: Check,
    /// Proves that a receipt key means this row.
    pub receipt_check: Check,
    /// The row's life key, as leased. Engines that keep it apart already have it.
    pub life: LifeKey,
    /// The content.
    pub sealed: Sealed,
    /// The secret key, for the receipt while the secret lives.
    pub link: Sealed,
    /// The obscured recipient, for the receipt.
    pub recipient: Option<Sealed>,
    /// The sender's own name for the secret, for the receipt.
    pub label: Option<Sealed>,
    /// What its sender says of a content that the server cannot look into.
    pub outline: Option<Outline>,
    /// What the receipt says about the recipient's mail.
    pub mailing: Option<Mailing>,
    /// Mails that are posted with it.
    pub mails: Vec<Mail>,
    /// The entry in the maker's list, if an account made it.
    pub listing: Option<Listing>,
    /// Whose allowance it counts against, if nobody signed in made it.
    pub held: Option<Held>,
}

/// An entry in an account's list.
#[derive(Clone)]
pub struct Listing {
    /// Whose list.
    pub account: AccountId,
    /// The receipt key, sealed under the account key.
    pub sealed_receipt_key: Vec<u8>,
}

impl fmt::Debug for Listing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Listing").field("account", &self.account).finish_non_exhaustive()
    }
}

/// A client that holds anonymous secrets, told apart from others without an address: an HMAC under a key that
/// lives in memory only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Holder(pub i64);

/// Bytes held, and by whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// By whom.
    pub holder: Holder,
    /// What the row occupies, about.
    pub bytes: u32,
}

/// Outcome of [`crate::Store::put`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    /// It is stored, durably.
    Stored,
    /// The row exists; nothing was changed. Try again with new keys and another row.
    RowExists,
}

/// A secret that waits for its reader.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// Row, kind and times.
    pub place: Place,
    /// The row's life key.
    pub life: LifeKey,
    /// The content.
    pub sealed: Sealed,
    /// The secret key, for the receipt.
    pub link: Sealed,
    /// What its sender says of a content that the server cannot look into.
    pub outline: Option<Outline>,
    /// Wrong openers so far.
    pub strikes: u32,
    /// Whose allowance it counts against.
    pub held: Option<Held>,
}

impl Waiting {
    /// Whether too many wrong openers were tried. Nobody can open it until the receipt's holder unlocks it.
    pub const fn is_locked(&self) -> bool {
        self.strikes >= STRIKES_BEFORE_LOCK
    }
}

/// What may be told of a waiting secret without reading it.
#[derive(Clone, Copy, Debug)]
pub struct Glance {
    /// Row, kind and times.
    pub place: Place,
    /// What its sender says of a content that the server cannot look into.
    pub outline: Option<Outline>,
    /// Length of the sealed content in bytes.
    pub length: u64,
    /// Wrong openers so far.
    pub strikes: u32,
}

impl Glance {
    /// Whether too many wrong openers were tried.
    pub const fn is_locked(&self) -> bool {
        self.strikes >= STRIKES_BEFORE_LOCK
    }
}

/// One attempt to end a secret. Sixteen random bytes tell it from every other.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Claim(pub [u8; 16]);

impl Claim {
    /// A fresh claim.
    pub fn make(rng: &mut impl CryptoRng) -> Self {
        let mut bytes = [0; 16];
        rng.fill_bytes(&mut bytes);
        Self(bytes)
    }
}

impl fmt::Debug for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Claim")
    }
}

/// What [`crate::Store::take`] needs to know.
#[derive(Clone, Copy, Debug)]
pub struct Take {
    /// Which row.
    pub row: Row,
    /// Proves that a secret key means it.
    pub check: Check,
    /// How it is to end.
    pub fate: Fate,
    /// Who ends it.
    pub claim: Claim,
    /// When.
    pub now: Timestamp,
}

/// What the sender may know.
#[derive(Clone, Debug)]
pub struct ReceiptRow {
    /// Row, kind and times.
    pub place: Place,
    /// Waiting, or how and when it ended.
    pub state: State,
    /// The secret key and the life key that opens it, while the secret waits.
    pub link: Option<(Sealed, LifeKey)>,
    /// The obscured recipient.
    pub recipient: Option<Sealed>,
    /// The sender's own name for the secret.
    pub label: Option<Sealed>,
    /// What became of the recipient's mail.
    pub mailing: Option<Mailing>,
    /// Who made it.
    pub owner: Option<(AccountId, Email)>,
    /// Wrong openers so far.
    pub strikes: u32,
}

/// A receipt in an account's list.
#[derive(Clone)]
pub struct Listed {
    /// The receipt key, sealed under the account key.
    pub sealed_receipt_key: Vec<u8>,
    /// The receipt.
    pub receipt: ReceiptRow,
}

impl fmt::Debug for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Listed").field("receipt", &self.receipt).finish_non_exhaustive()
    }
}

/// What a sweep did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Secrets that had expired and are gone now.
    pub expired: u32,
    /// Receipts whose time was over.
    pub receipts: u32,
    /// Kept copies whose time was over.
    pub forgotten: u32,
    /// Credentials that had expired.
    pub credentials: u32,
    /// Mails whose time was over.
    pub mails: u32,
    /// What anonymous makers do not hold any more.
    pub released: Vec<Held>,
}
