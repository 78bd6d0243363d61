//! Accounts and server keys as the store keeps them.

use burnbag_core::account::{AccountId, CredentialId, Email};
use burnbag_core::server_key::ServerKeyId;
use burnbag_core::time::Timestamp;
use std::fmt;

/// What unlocks an account: found by `id`, it unwraps the account key.
#[derive(Clone)]
pub struct Credential {
    /// By what it is found.
    pub id: CredentialId,
    /// The account key, wrapped so that only this credential unwraps it.
    pub wrapped: Vec<u8>,
    /// When it was made.
    pub created: Timestamp,
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credential").field("created", &self.created).finish_non_exhaustive()
    }
}

/// An account to be made.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// Its address.
    pub email: Email,
    /// The name of its plan.
    pub plan: String,
    /// Its first credential, made at the same time.
    pub credential: Credential,
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its number.
    pub id: AccountId,
    /// Its address.
    pub email: Email,
    /// The name of its plan.
    pub plan: String,
    /// When it was made.
    pub created: Timestamp,
}

/// An account and what its credential unwraps.
#[derive(Clone)]
pub struct Unlocked {
    /// The account.
    pub account: Account,
    /// The wrapped account key.
    pub wrapped: Vec<u8>,
}

impl fmt::Debug for Unlocked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unlocked").field("account", &self.account).finish_non_exhaustive()
    }
}

/// A server key as the store knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownServerKey {
    /// Its name.
    pub id: ServerKeyId,
    /// By which the store recognises it.
    pub check: [u8; 16],
    /// Until when something sealed under it may be asked for.
    pub needed_until: Timestamp,
}
