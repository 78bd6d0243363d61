//! The answer to a reveal (wire spec §3.6).

use serde::{Deserialize, Serialize};
use std::fmt;

/// The secret, for its one reader.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revealed {
    /// The text.
    pub value: String,
    /// The key as it was asked for.
    pub secret_key: String,
    /// Origin of the server, `https://host`; a switch of the operator leaves it out, for one strict client.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share_domain: Option<String>,
}

impl fmt::Debug for Revealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Revealed")
    }
}
