//! How what a store holds gets into another one: as records, piece by piece, while nothing changes in the first.

use crate::{Account, Claim, Credential, KnownServerKey, Mail, Pair, StoreError};
use async_trait::async_trait;
use burnbag_core::account::AccountId;
use burnbag_core::fate::Fate;
use burnbag_core::mail::Mailing;
use burnbag_core::time::Timestamp;
use rand::CryptoRng;
use std::fmt;

/// Tells one move from every other. Both stores know it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct MoveId(pub [u8; 16]);

impl MoveId {
    /// A fresh id.
    pub fn make(rng: &mut impl CryptoRng) -> Self {
        let mut bytes = [0; 16];
        rng.fill_bytes(&mut bytes);
        Self(bytes)
    }
}

impl fmt::Debug for MoveId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&data_encoding::HEXLOWER.encode(&self.0))
    }
}

/// What a store is in a move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It is being filled. What is not here yet would be answered as unknown, so nobody serves it.
    Arriving,
    /// It was filled, and serves.
    Arrived,
    /// What it holds goes to another store, and nothing changes here any more.
    Leaving,
    /// What it holds is in another store, and serves there.
    Left,
}

impl Stage {
    /// Whether a service may work on it.
    #[must_use]
    pub const fn serves(self) -> bool {
        matches!(self, Self::Arrived)
    }

    /// Whether nothing may change, but by [`Moving::import`] while it is arriving.
    #[must_use]
    pub const fn is_closed(self) -> bool {
        !self.serves()
    }

    /// A number for it, as stores keep it.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Arriving => 1,
            Self::Arrived => 2,
            Self::Leaving => 3,
            Self::Left => 4,
        }
    }

    /// What a number stands for.
    #[must_use]
    pub const fn from_code(code: u8) -> Option<Self> {
        match code {
            1 => Some(Self::Arriving),
            2 => Some(Self::Arrived),
            3 => Some(Self::Leaving),
            4 => Some(Self::Left),
            _ => None,
        }
    }
}

/// The last move that a store took part in, and what it is in it.
pub type LastMove = (MoveId, Stage);

/// What is moved, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Numbers that go on counting, and server keys.
    Numbers,
    /// Accounts with their credentials.
    Accounts,
    /// Mails of no secret.
    Mails,
    /// Secrets and receipts, with their entry in a list and their mails.
    Pairs,
}

/// Where a piece begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// In which part.
    pub part: Part,
    /// Behind what, in an order that is the engine's own; `None`: at the part's beginning.
    pub behind: Option<u128>,
}

impl Cursor {
    /// Where everything begins.
    pub const START: Self = Self::at(Part::Numbers);

    /// Where a part begins.
    #[must_use]
    pub const fn at(part: Part) -> Self {
        Self { part, behind: None }
    }

    /// Where the part behind this one begins, if there is one.
    #[must_use]
    pub const fn next_part(self) -> Option<Self> {
        match self.part {
            Part::Numbers => Some(Self::at(Part::Accounts)),
            Part::Accounts => Some(Self::at(Part::Mails)),
            Part::Mails => Some(Self::at(Part::Pairs)),
            Part::Pairs => None,
        }
    }

    /// Where it goes on behind a piece: behind its last record, or, where that was the last of the part (the piece is
    /// not full), with the next part.
    #[must_use]
    pub const fn after(self, last: Option<u128>, is_full: bool) -> Option<Self> {
        match last {
            Some(_) if is_full => Some(Self { part: self.part, behind: last }),
            Some(_) | None => self.next_part(),
        }
    }
}

/// Some records of one part, and where the next ones begin, if there are any.
#[derive(Clone, Debug)]
pub struct Piece {
    /// What was asked for, at most as many as were asked for.
    pub records: Vec<Record>,
    /// Where to go on.
    pub next: Option<Cursor>,
}

/// Something that a store holds.
#[derive(Clone, Debug)]
pub enum Record {
    /// Numbers that go on counting.
    Numbers(Numbers),
    /// A server key that was used.
    ServerKey(KnownServerKey),
    /// An account.
    Account(StoredAccount),
    /// A mail of no secret.
    Mail(StoredMail),
    /// A secret and its receipt.
    Pair(Box<StoredPair>),
}

/// Numbers that are never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbers {
    /// The row that would be leased next.
    pub next_row: u64,
    /// The number of the account that was made last; 0: there was none.
    pub last_account: i64,
}

/// An account as it is stored.
#[derive(Clone, Debug)]
pub struct StoredAccount {
    /// The account.
    pub account: Account,
    /// Whether it goes when nobody accepts its invitation.
    pub provisional: bool,
    /// What unlocks it, and when each was last used.
    pub credentials: Vec<(Credential, Option<Timestamp>)>,
}

/// A mail as it is stored.
#[derive(Clone, Debug)]
pub struct StoredMail {
    /// The mail.
    pub mail: Mail,
    /// When it was posted, or its occasion came.
    pub since: Timestamp,
    /// When to send it; `None`: not before its occasion.
    pub due: Option<Timestamp>,
    /// When it is given up; `None`: its occasion did not come yet.
    pub until: Option<Timestamp>,
    /// When it was due before its secret ended.
    pub paused: Option<Timestamp>,
    /// Picks that count, this occasion's.
    pub tries: u32,
    /// Tells whoever has a say from whoever had.
    pub pick: u32,
}

/// A secret and its receipt as they are stored. The kept copy of a reveal is not among it: it would be over by then.
#[derive(Clone, Debug)]
pub struct StoredPair {
    /// What was put, without the mails. Once it ended, content and link are empty, the life key is dead and
    /// nothing is held. The entry in the list is there as long as the list is.
    pub pair: Pair,
    /// Who made it, whether it is still in a list or not.
    pub maker: Option<AccountId>,
    /// Wrong openers.
    pub strikes: u32,
    /// How it ended, if it did.
    pub end: Option<StoredEnd>,
    /// Its mails.
    pub mails: Vec<StoredMail>,
}

impl StoredPair {
    /// Whether it has mails, or had some whose state may still change.
    pub(crate) fn has_mails(&self) -> bool {
        !self.mails.is_empty() || self.pair.mailing.is_some_and(|mailing| mailing != Mailing::Off)
    }
}

/// How a secret ended, as it is stored.
#[derive(Clone, Copy, Debug)]
pub struct StoredEnd {
    /// How.
    pub fate: Fate,
    /// When.
    pub when: Timestamp,
    /// Who ended it; `None`: its time was over.
    pub claim: Option<Claim>,
    /// Whether it left a copy.
    pub copied: bool,
}

/// About how many bytes a piece has at most: contents of 25 MB are no reason to hold hundreds of them in memory.
pub const PIECE_BYTES: u64 = 8 << 20;

/// How many of the first records, by their sizes, make a piece.
pub(crate) fn fitting(sizes: impl IntoIterator<Item = u64>) -> usize {
    let mut sum = 0;
    sizes
        .into_iter()
        .enumerate()
        .take_while(|(at, size)| {
            sum += size;
            *at == 0 || sum <= PIECE_BYTES
        })
        .count()
}

/// Outcome of [`Moving::import`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Import {
    /// All of it is stored, durably; so many records were not there before.
    Done(u32),
    /// In the place of a record is another one: the store is not the one that this move fills. Nothing of the piece was
    /// stored.
    Occupied,
}

/// Moving what a store holds into another.
#[async_trait]
pub trait Moving {
    /// The last move that the store took part in.
    async fn last_move(&self) -> Result<Option<LastMove>, StoreError>;

    /// Sets it. Where that [closes](Stage::is_closed) the store nothing of what is moved changes through any handle, in any process, those
    /// included that have the store open: verbs that would change it fail with [`StoreError::Unavailable`]. What was under
    /// way is done before this answers, or never. `None` opens it again.
    async fn set_last_move(&self, last: Option<LastMove>) -> Result<(), StoreError>;

    /// At most `limit` records from `from` on, and fewer where they have more than about [`PIECE_BYTES`]; one at least, if
    /// there is one. A record whose time is over is as good as any.
    async fn export(&self, from: Cursor, limit: u32) -> Result<Piece, StoreError>;

    /// Stores what another store held: each record whole or not at all. What is there already, the same, stays as it is,
    /// so that a piece may come twice; numbers become the larger ones.
    async fn import(&self, records: Vec<Record>) -> Result<Import, StoreError>;

    /// Removes secrets, receipts, lists, accounts and mails, and what opens them. What the store is in a move stays.
    async fn erase(&self) -> Result<(), StoreError>;
}
