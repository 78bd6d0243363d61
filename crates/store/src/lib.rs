//! Where secrets wait: the [`Store`] trait, one file per engine, and the suite of laws that all of them pass.
//!
//! `now` is always an argument: stores own no clock. Normal outcomes are values; only trouble is an error. Two laws
//! have no verb: the caller may vanish at any await and the operation still completes or never happened; and two
//! handles on the same data behave as one.
//!
//! To add an engine: implement [`Store`], call every function of `conformance` in a test, and read
//! `memory.rs` for what "correct" means.

mod account;
#[cfg(feature = "conformance")]
pub mod conformance;
mod count;
mod credential;
#[cfg(feature = "conformance")]
pub mod faulty;
#[cfg(any(feature = "postgres", feature = "redis"))]
mod in_flight;
mod kept;
mod mail;
pub mod memory;
mod moving;
mod pair;
#[cfg(feature = "postgres")]
pub mod postgres;
#[cfg(feature = "redis")]
pub mod redis;
pub mod sqlite;
pub mod transfer;
#[cfg(any(feature = "postgres", feature = "redis"))]
mod trust;

pub use account::{Account, KnownServerKey, NewAccount};
pub use count::{Caller, Counted, Quota};
pub use credential::{Credential, CredentialView, Revoke, Unlocked};
pub use kept::{Keep, Kept};
pub use mail::{Mail, Notify, Outgoing, Stamp};
pub use moving::{
    Cursor, Import, LastMove, MoveId, Moving, Numbers, PIECE_BYTES, Part, Piece, Record, Stage,
    StoredAccount, StoredEnd, StoredMail, StoredPair,
};
pub use pair::{
    Claim, Glance, Held, Holder, Listed, Listing, Pair, Put, ReceiptRow, STRIKES_BEFORE_LOCK, Swept, Take,
    Waiting,
};
#[cfg(any(feature = "postgres", feature = "redis"))]
pub use trust::BadAuthorities;

use async_trait::async_trait;
use burnbag_core::account::{AccountId, CredentialId, Email};
use burnbag_core::key::Check;
use burnbag_core::life_key::LifeKey;
use burnbag_core::tag::Row;
use burnbag_core::time::Timestamp;
use std::fmt::Debug;
use std::sync::Arc;

/// A store, shared.
pub type DynStore = Arc<dyn Store>;

/// Why a store could not do its work. The engine's own error is the source, never a variant.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Nothing was done.
    #[error("the store is not available")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// It may or may not have been done: ask with [`Store::settle`].
    #[error("the outcome of a write is not known")]
    InDoubt(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// What the store holds is not what it wrote.
    #[error("a stored record is damaged: {0}")]
    Corrupt(&'static str),
}

/// Storage of secrets, receipts and accounts.
#[async_trait]
pub trait Store: Moving + Debug + Send + Sync {
    /// A block of row numbers that no one else gets, one for each of `lives`, which become the rows' life keys.
    /// Answers the first number; the rest follow it. Gaps between blocks are harmless.
    async fn lease(&self, lives: Vec<LifeKey>) -> Result<Row, StoreError>;

    /// Stores secret, receipt and entry in the owner's list, and posts the secret's mails: all or nothing. A row that
    /// exists is refused.
    async fn put(&self, pair: Pair) -> Result<Put, StoreError>;

    /// The secret that waits at `row` for the holder of `check`. Changes nothing; expired is absent, swept or not.
    async fn peek(&self, row: Row, check: &Check, now: Timestamp) -> Result<Option<Waiting>, StoreError>;

    /// What may be told of the secret that waits at `row` without reading it. Changes nothing.
    async fn glance(&self, row: Row, check: &Check, now: Timestamp) -> Result<Option<Glance>, StoreError>;

    /// Ends a waiting secret. Of any number of claims on one secret exactly one ever gets `true`; with it, and
    /// durably, the receipt knows the fate, the sealed bytes are gone, and `keep` is kept until its time. In the same step
    /// the secret's mails stand still, and after [`MAIL_PAUSE`](burnbag_core::mail::MAIL_PAUSE) seconds they go, but the
    /// one that tells of this end, which is due then.
    async fn take(&self, take: Take, keep: Option<Keep>) -> Result<bool, StoreError>;

    /// Whether this claim won the secret at `row`. For an outcome that is not known.
    async fn settle(&self, row: Row, claim: Claim) -> Result<bool, StoreError>;

    /// Puts back what was peeked, only where this claim ended the secret and only before it expired. Its mails wait as
    /// before, those that were not swept yet, also for who is sending one just now; without the recipient's, the receipt
    /// says that it is given up. A kept copy goes; once it was redelivered or forgotten, nothing is put back. To be used
    /// only by who has given nothing out.
    async fn release(
        &self,
        row: Row,
        claim: Claim,
        waiting: &Waiting,
        now: Timestamp,
    ) -> Result<bool, StoreError>;

    /// The kept copy of the secret that was revealed at `row`, for who repeats the reveal, until its time. Changes
    /// nothing; what it opens to is given out only after [`Store::redeliver`].
    async fn kept(
        &self,
        row: Row,
        check: &Check,
        repeat: &Check,
        now: Timestamp,
    ) -> Result<Option<Kept>, StoreError>;

    /// Notes that the kept copy is given out: from now on its take cannot be undone. Answers whether the copy still
    /// stands; where it does not, nothing may be given out.
    async fn redeliver(
        &self,
        row: Row,
        check: &Check,
        repeat: &Check,
        now: Timestamp,
    ) -> Result<bool, StoreError>;

    /// Forgets the kept copy of a secret, for the holder of either of its keys; who may is the caller's to decide.
    /// Answers whether there was one.
    async fn forget(&self, row: Row, check: &Check) -> Result<bool, StoreError>;

    /// Adds `change` to the count of wrong openers of a waiting secret and answers the count before it. Never
    /// creates anything.
    async fn strike(
        &self,
        row: Row,
        check: &Check,
        change: i32,
        now: Timestamp,
    ) -> Result<Option<u32>, StoreError>;

    /// The receipt at `row` for the holder of `check`, until twice the secret's lifetime is over.
    async fn receipt(
        &self,
        row: Row,
        check: &Check,
        now: Timestamp,
    ) -> Result<Option<ReceiptRow>, StoreError>;

    /// Sets the count of wrong openers back to none, for the receipt's holder. Answers whether there was a secret.
    async fn unlock(&self, row: Row, check: &Check, now: Timestamp) -> Result<bool, StoreError>;

    /// The newest receipts in an account's list, newest first.
    async fn recent(&self, account: AccountId, limit: u32, now: Timestamp)
    -> Result<Vec<Listed>, StoreError>;

    /// Ends at most `limit` expired secrets or removes at most as many receipts whose time is over; forgets as many
    /// kept copies, removes as many expired credentials, and gives up as many mails. An account that was made for an
    /// invitation nobody accepted goes with it. Safe to call twice and on two nodes.
    async fn sweep(&self, now: Timestamp, limit: u32) -> Result<Swept, StoreError>;

    /// The engine's own upkeep, called once a second. Answers what the operator should know, if anything.
    async fn tend(&self, now: Timestamp) -> Result<Option<&'static str>, StoreError>;

    /// Whether the store answers, for readiness.
    async fn ping(&self) -> Result<(), StoreError>;

    /// Bytes that secrets of anonymous makers occupy.
    async fn held(&self) -> Result<u64, StoreError>;

    /// Counts a call for all nodes together, where that costs one short step; by the engine's own clock, because those of
    /// nodes differ.
    async fn count(&self, _caller: Caller, _quota: Quota) -> Result<Counted, StoreError> {
        Ok(Counted::ByNode)
    }

    /// Posts a mail that belongs to no secret, due at once. One that is posted already is an error, as with [`Store::put`].
    async fn post_mail(&self, mail: Mail, now: Timestamp) -> Result<(), StoreError>;

    /// The mail that is due longest, for who sends it; until `until` nobody else picks it.
    async fn pick_mail(&self, now: Timestamp, until: Timestamp) -> Result<Option<Outgoing>, StoreError>;

    /// Notes what became of a mail that was picked, and on its secret's receipt. Answers whether it was still this pick's
    /// to say: once, while nobody picked it again and its secret waits; [`Stamp::Sent`] counts anyway.
    async fn stamp_mail(&self, mail: &Outgoing, stamp: Stamp, now: Timestamp) -> Result<bool, StoreError>;

    /// Makes an account with its first credential; `None` when the address has one already. One that is not provisional takes
    /// the place of one that is, whose invitation ends: who asked for that may not have been its owner.
    async fn create_account(&self, account: NewAccount) -> Result<Option<AccountId>, StoreError>;

    /// All accounts, by address.
    async fn accounts(&self) -> Result<Vec<Account>, StoreError>;

    /// The account with an address.
    async fn account(&self, email: &Email) -> Result<Option<Account>, StoreError>;

    /// Of what an account's owner is told by mail. Answers whether there is such an account.
    async fn set_notify(&self, account: AccountId, notify: Notify) -> Result<bool, StoreError>;

    /// In which language the owner of an account wants pages and mails. Answers whether there is such an account.
    async fn set_language(&self, account: AccountId, language: Option<String>) -> Result<bool, StoreError>;

    /// The account that a credential unlocks, with the wrapped account key. Expired is absent, swept or not.
    async fn unlocked_by(
        &self,
        credential: &CredentialId,
        now: Timestamp,
    ) -> Result<Option<Unlocked>, StoreError>;

    /// Notes that a credential was used. Costs a write: to be called only when what is noted is old.
    async fn touch(&self, credential: &CredentialId, now: Timestamp) -> Result<(), StoreError>;

    /// Adds a credential to an account; one of a kind that is single takes the place of the earlier one in the same
    /// step. `by` is the credential whose holder adds it, where that is not the operator. Answers false, and adds
    /// nothing, where there is no such account, or `by` does not stand on it any more: what a revoked credential had
    /// begun is not finished.
    async fn add_credential(
        &self,
        account: AccountId,
        by: Option<CredentialId>,
        credential: Credential,
    ) -> Result<bool, StoreError>;

    /// The credentials of an account, oldest first, without those that expired.
    async fn credentials(
        &self,
        account: AccountId,
        now: Timestamp,
    ) -> Result<Vec<CredentialView>, StoreError>;

    /// Revokes credentials of an account, never another's. Answers how many.
    async fn revoke(&self, account: AccountId, which: Revoke) -> Result<u32, StoreError>;

    /// Accepts an invitation: if it stands, every credential of its account is revoked, itself included, the list is
    /// emptied, and `credentials` are the account's only ones. Answers the account; of any number of callers one.
    async fn accept(
        &self,
        invitation: &CredentialId,
        credentials: Vec<Credential>,
        now: Timestamp,
    ) -> Result<Option<AccountId>, StoreError>;

    /// Revokes every credential of an account and empties its list, which none of them can open any more; the new
    /// credential is its only one. Answers whether there is such an account.
    async fn replace_credentials(&self, email: &Email, credential: Credential) -> Result<bool, StoreError>;

    /// Removes an account, its credentials, its list, its mails, and what is kept of its secrets. Those that wait live on until
    /// they end.
    async fn remove_account(&self, email: &Email) -> Result<bool, StoreError>;

    /// The server keys that sealed what the store holds.
    async fn server_keys(&self) -> Result<Vec<KnownServerKey>, StoreError>;

    /// Notes that a server key is in use until `key.needed_until` at least; an earlier, later time stands.
    async fn remember_server_key(&self, key: KnownServerKey) -> Result<(), StoreError>;
}
