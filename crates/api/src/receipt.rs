//! The receipt object, which v1 also calls metadata (wire spec §3.1).

use crate::Sealing;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What a secret's maker may know. Absent members are left out, never `null`.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Receipt {
    /// The owner's e-mail address, or `anon`.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub custid: String,
    /// The receipt key.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub metadata_key: String,
    /// The secret key while the secret lives; empty when it was burned or expired; absent when it was received, and
    /// in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub secret_key: Option<String>,
    /// Lifetime of the secret as it was granted, in seconds.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub ttl: i64,
    /// Seconds until the receipt disappears.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub metadata_ttl: i64,
    /// Seconds that the secret has left, 0 when it is gone; absent when it was received.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub secret_ttl: Option<i64>,
    /// Where the secret stands.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub state: WireState,
    /// Unix seconds of the last change.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub updated: i64,
    /// Unix seconds of the making.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub created: i64,
    /// Unix seconds of the reading, when it was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub received: Option<i64>,
    /// The obscured recipient, if any; at most one.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub recipient: Vec<String>,
    /// Always empty: this server has one domain.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub share_domain: String,
    /// The generated value, in the answer to `generate` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub value: Option<String>,
    /// Whether a passphrase is needed; only while the secret lives, never in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub passphrase_required: Option<bool>,
    /// `device` when the secret was sealed on its sender's device; absent when the server sealed it (addition of ours).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub sealed: Option<Sealing>,
    /// The sender's own name for the secret, where there is one (addition of ours).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub memo: Option<String>,
    /// Present and true when too many wrong passphrases locked the secret (addition of ours).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub locked: Option<bool>,
    /// What became of the mail to the recipient, where this server sends any (addition of ours).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub mail: Option<MailState>,
    /// What the mail server said last, where it did not take the mail: a reply code of SMTP (RFC 5321 §4.2) (addition of
    /// ours).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub mail_reply: Option<u16>,
    /// Unix seconds when a mail server took the mail (addition of ours).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub mailed: Option<i64>,
    /// The link to send, in the answers to `share` and `generate` (addition of ours).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub share_url: Option<String>,
}

impl fmt::Debug for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Receipt")
    }
}

/// States in v1's words (wire spec §4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum WireState {
    /// Waiting for its reader.
    #[default]
    New,
    /// Seen by its maker; other servers only.
    Viewed,
    /// Its reader got it.
    Received,
    /// Destroyed unread.
    Burned,
    /// Its time ran out unread.
    Expired,
    /// Missing before its time.
    Orphaned,
}

/// What became of the mail to a recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum MailState {
    /// It waits to be sent.
    Queued,
    /// A mail server took it.
    Sent,
    /// Not sent: the secret ended before.
    Ended,
    /// Not sent: a mail server refused it.
    Refused,
    /// Not sent: no mail server took it in time.
    GivenUp,
    /// A state that this release does not know.
    #[serde(other)]
    Unknown,
}

/// The answer to a burn (wire spec §3.5).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Burned {
    /// The receipt after the burn.
    pub state: Receipt,
    /// The first six characters of the former secret key.
    pub secret_shortkey: String,
}

impl fmt::Debug for Burned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Burned")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_stand_in_v1_order_and_absent_ones_are_left_out() {
        let receipt = Receipt { secret_key: Some("k".into()), ..Receipt::default() };
        assert_eq!(
            serde_json::to_string(&receipt).unwrap(),
            r#"{"custid":"","metadata_key":"","secret_key":"k","ttl":0,"metadata_ttl":0,"state":"new","updated":0,"created":0,"recipient":[],"share_domain":""}"#
        );
        assert_eq!(format!("{receipt:?}"), "Receipt");
    }
}
