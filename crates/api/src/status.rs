//! The answer to `status` and `authcheck` (wire spec §3.2).

use serde::{Deserialize, Serialize};

/// The server is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Status {
    /// Always `nominal`.
    pub status: String,
    /// Language of the answers; the API's texts are English.
    pub locale: String,
}

impl Default for Status {
    fn default() -> Self {
        Self { status: "nominal".into(), locale: "en".into() }
    }
}
