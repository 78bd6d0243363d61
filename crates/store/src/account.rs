//! Accounts and server keys as the store keeps them.

use crate::{Credential, Notify};
use burnbag_core::account::{AccountId, Email};
use burnbag_core::server_key::ServerKeyId;
use burnbag_core::time::Timestamp;

/// An account to be made.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// Its address.
    pub email: Email,
    /// The name of its plan.
    pub plan: String,
    /// Its first credential, made at the same time.
    pub credential: Credential,
    /// Whether it goes again when that credential, an invitation, is not accepted in time.
    pub provisional: bool,
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
    /// In which language its owner wants pages and mails, if he chose one.
    pub language: Option<String>,
    /// Of what he is told by mail.
    pub notify: Notify,
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
