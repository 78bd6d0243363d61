//! Credentials as the store keeps them.

use crate::Account;
use burnbag_core::account::{CredentialId, CredentialKind};
use burnbag_core::time::Timestamp;
use std::fmt;

/// What unlocks an account: found by `id`, it unwraps the account key.
#[derive(Clone)]
pub struct Credential {
    /// By what it is found.
    pub id: CredentialId,
    /// What kind it is.
    pub kind: CredentialKind,
    /// Its owner's own name for it, in clear; API keys only, [`burnbag_core::plan::MAX_LABEL`] characters at most.
    pub label: Option<String>,
    /// The account key, wrapped so that only this credential unwraps it.
    pub wrapped: Vec<u8>,
    /// When it was made.
    pub created: Timestamp,
    /// From when on it unlocks nothing, if it ends by itself.
    pub expires: Option<Timestamp>,
}

impl Credential {
    /// Whether it unlocks anything at this time.
    pub(crate) fn stands(&self, now: Timestamp) -> bool {
        self.expires.is_none_or(|expires| now < expires)
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credential")
            .field("kind", &self.kind)
            .field("created", &self.created)
            .field("expires", &self.expires)
            .finish_non_exhaustive()
    }
}

/// An account and what its credential unwraps.
#[derive(Clone)]
pub struct Unlocked {
    /// The account.
    pub account: Account,
    /// What kind of credential it is.
    pub kind: CredentialKind,
    /// The wrapped account key.
    pub wrapped: Vec<u8>,
    /// When the credential was made.
    pub created: Timestamp,
    /// When it was last used, as far as [`crate::Store::touch`] was told.
    pub used: Option<Timestamp>,
}

impl fmt::Debug for Unlocked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unlocked")
            .field("account", &self.account)
            .field("kind", &self.kind)
            .field("created", &self.created)
            .field("used", &self.used)
            .finish_non_exhaustive()
    }
}

/// What the owner of an account may know of a credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CredentialView {
    /// By what it is found.
    pub id: CredentialId,
    /// What kind it is.
    pub kind: CredentialKind,
    /// Its owner's own name for it.
    pub label: Option<String>,
    /// When it was made.
    pub created: Timestamp,
    /// When it was last used.
    pub used: Option<Timestamp>,
    /// From when on it unlocks nothing, if it ends by itself.
    pub expires: Option<Timestamp>,
}

/// Which credentials of an account are revoked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revoke {
    /// This one.
    One(CredentialId),
    /// All sessions, or all but one.
    Sessions {
        /// The one that stays.
        except: Option<CredentialId>,
    },
}
