//! Accounts: an e-mail address, and the credentials that unlock its list.
//!
//! The account key seals the list. It is stored wrapped only, once for each credential: API key, password, session,
//! invitation. Each is found by its [`CredentialId`] and holds what unwraps; nothing that the server has does.

mod api_key;
mod credential;
mod email;
mod key;
mod password;
mod token;

pub use api_key::ApiKey;
pub use credential::{CredentialId, CredentialKind};
pub use email::{Email, NotAnAddress};
pub use key::AccountKey;
pub use password::{MAX_PASSWORD, MIN_PASSWORD, NotAPassword, Password, StretchedPassword};
pub use token::{
    InvitationPurpose, InvitationToken, NotAToken, Purpose, SessionPurpose, SessionToken, Token,
};

/// A number that names an account in the store; never used again after a removal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AccountId(pub i64);
