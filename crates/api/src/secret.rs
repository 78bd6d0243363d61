//! What is told of a secret: before it is taken, when it is taken (wire spec §3.6), and when its kept copy is forgotten.

use crate::WireState;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The secret, for its one reader.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Revealed {
    /// The text.
    pub value: String,
    /// The key as it was asked for.
    pub secret_key: String,
    /// Origin of the server, `https://host`; a switch of the operator leaves it out, for one strict client.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub share_domain: Option<String>,
    /// `device` when `value` is an envelope in base64url that the reader's device opens; absent when it is the text
    /// (addition of ours).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub sealed: Option<Sealing>,
}

impl fmt::Debug for Revealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Revealed")
    }
}

/// Where a secret was sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Sealing {
    /// On the sender's device: the server received only what it cannot open.
    Device,
    /// On the server, which saw the text for a moment.
    Server,
}

/// What a secret holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum ContentKind {
    /// One text.
    Text,
    /// Files.
    Files,
}

/// The answer to `GET /secret/KEY/status`: what is there before it is taken. Asking changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecretStatus {
    /// Always `new`: what is not there any more answers like what never was.
    pub state: WireState,
    /// Whether its reader must know a passphrase.
    pub passphrase_required: bool,
    /// Where it was sealed.
    pub sealed: Sealing,
    /// Text or files, as its sender said.
    pub kind: ContentKind,
    /// Bytes of the content, rounded up, as its sender said.
    pub size: u64,
    /// How many files, where its sender said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub files: Option<u8>,
    /// Seconds until it expires.
    pub secret_ttl: i64,
    /// Present and true when too many wrong passphrases locked it, until the holder of the receipt unlocks it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub locked: Option<bool>,
}

/// The answer to `POST /secret/KEY/forget`: nothing of the secret is left.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Forgotten {
    /// The key as it was asked for.
    pub secret_key: String,
    /// Always true.
    pub forgotten: bool,
}

impl fmt::Debug for Forgotten {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Forgotten")
    }
}
