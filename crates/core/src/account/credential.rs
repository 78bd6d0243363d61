//! What all credentials have in common: a name in the store, and a kind.

use std::fmt;

/// By what a credential is found. Derived from it; tells nothing of it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CredentialId(pub [u8; 16]);

impl fmt::Debug for CredentialId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CredentialId")
    }
}

/// What kind of credential unlocks an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CredentialKind {
    /// For programs; also signs in on the pages.
    ApiKey,
    /// For a person on the pages. An account has one at most.
    Password,
    /// A browser that is signed in.
    Session,
    /// Lets a person set the first or a new password, once. An account has one at most.
    Invitation,
}

impl CredentialKind {
    /// The kind's number in the store.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::ApiKey => 0,
            Self::Password => 1,
            Self::Session => 2,
            Self::Invitation => 3,
        }
    }

    /// The kind with this number.
    #[must_use]
    pub const fn from_code(code: u8) -> Option<Self> {
        match code {
            0 => Some(Self::ApiKey),
            1 => Some(Self::Password),
            2 => Some(Self::Session),
            3 => Some(Self::Invitation),
            _ => None,
        }
    }

    /// Whether an account has one of these at most, so that a new one takes the place of the earlier.
    #[must_use]
    pub const fn is_single(self) -> bool {
        matches!(self, Self::Password | Self::Invitation)
    }
}
