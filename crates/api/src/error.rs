//! Refusals (wire spec §5): an object whose last member is `message`.

use serde::{Deserialize, Serialize};

/// Most refusals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Message {
    /// What exactly was wrong with the request, where the fixed text does not say it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub detail: Option<String>,
    /// The text that clients compare.
    pub message: String,
}

/// A secret or receipt that is not there (any more), or did not open: alike in every byte but the key.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnknownSecret {
    /// The key as it was asked for, whether of a secret or of a receipt.
    pub secret_key: String,
    /// Always [`text::UNKNOWN_SECRET`].
    pub message: String,
}

impl std::fmt::Debug for UnknownSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("UnknownSecret")
    }
}

/// No such route, or not with this method.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NoRoute {
    /// Always [`text::NOT_FOUND`].
    pub error: String,
}

/// Exact texts that clients compare.
pub mod text {
    /// Gone, never there, or it did not open.
    pub const UNKNOWN_SECRET: &str = "Unknown secret";
    /// No such route.
    pub const NOT_FOUND: &str = "Not Found";
    /// Credentials that are missing where needed, or wrong.
    pub const NOT_AUTHORIZED: &str = "Not authorized";
    /// A share without content.
    pub const NOTHING_TO_SHARE: &str = "You did not provide anything to share";
    /// A recipient named by nobody.
    pub const ACCOUNT_REQUIRED: &str = "An account is required to send emails.";
    /// A secret to be made by somebody whom the operator does not let make any.
    pub const CREATORS_ONLY: &str = "An account is required to create secrets on this server";
    /// A burn by somebody else with a wrong passphrase.
    pub const DOUBLE_CHECK: &str = "Double check that passphrase";
    /// A parameter of a shape that it cannot have.
    pub const INCORRECT_PAYLOAD: &str = "Incorrect payload format";
    /// Too many calls.
    pub const RATE_LIMITED: &str = "Rate limit exceeded. Please try again later.";
    /// The account has sent too many mails.
    pub const MANY_MAILS_BY: &str = "Too many emails from this account. Please try again later.";
    /// The recipient got too many mails.
    pub const MANY_MAILS_TO: &str = "Too many emails to this recipient. Please try again later.";
    /// No room, or not for this client.
    pub const COULD_NOT_STORE: &str = "Could not store your secret";
    /// The store does not answer.
    pub const UNAVAILABLE: &str = "Service temporarily unavailable. Please try again shortly.";
    /// A defect of the server.
    pub const INTERNAL: &str = "An unexpected error occurred :[";
    /// A request that cannot be read.
    pub const BAD_REQUEST: &str = "Bad Request";
    /// Files by nobody.
    pub const FILES_NEED_ACCOUNT: &str = "An account is required to share files.";
    /// A label by nobody.
    pub const MEMO_NEEDS_ACCOUNT: &str = "An account is required to label secrets.";
    /// A recipient for what was sealed on a device: the server could only mail half a link.
    pub const DEVICE_SEALED_NOT_MAILED: &str =
        "A secret that was sealed on a device cannot be mailed: this server does not know its whole link.";
    /// A proof that is none.
    pub const NO_PROOF: &str = "proof must be 43 characters of base64url";
    /// A value made by the server cannot have been sealed before it was there.
    pub const GENERATED_NOT_DEVICE_SEALED: &str =
        "A value that the server generates cannot be sealed on a device: generate it there, and share it.";
    /// A recipient, and `[mail] required`.
    pub const NO_MAIL: &str = "This server sends no mail.";
}
