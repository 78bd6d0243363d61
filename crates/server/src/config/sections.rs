//! The smaller sections of the configuration.

use super::{Percent, Size};
use crate::limit::Rate;
use serde::Deserialize;

/// `[limits]`: what the machine takes.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Connections at one time; more wait. Default 4096.
    pub connections: u32,
    /// Bytes that secrets of one anonymous client occupy at one time. Default 500 MB.
    pub held_per_client: Size,
    /// Bytes that secrets of all anonymous clients occupy at one time. Default 1 GB.
    pub held_in_total: Size,
    /// Free disk below which new secrets are refused. Default 256 MB.
    pub min_free_disk: Size,
    /// Free disk in percent below which new secrets are refused. Default 5.
    pub min_free_disk_percent: Percent,
    /// Bytes of request bodies that are being read or worked on at one time. Default 256 MB.
    pub uploads: Size,
    /// Bytes of secrets above 64 kB that are being opened or sent at one time. Default 256 MB.
    pub downloads: Size,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 4096,
            held_per_client: Size(500_000_000),
            held_in_total: Size(1_000_000_000),
            min_free_disk: Size(256_000_000),
            min_free_disk_percent: Percent(5),
            uploads: Size(256_000_000),
            downloads: Size(256_000_000),
        }
    }
}

/// `[v1]`: switches of the v1 wire.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct V1 {
    /// Whether the answer to a reveal has `share_domain`. One strict client (onetime-java) fails on it. Default true.
    pub share_domain: bool,
}

impl Default for V1 {
    fn default() -> Self {
        Self { share_domain: true }
    }
}

/// `[mail]`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mail {
    /// The mail server. Default none: recipients are recorded, and nothing is mailed.
    pub server: Option<String>,
    /// The address that mails come from.
    pub from: Option<String>,
    /// Mails of one account. Default `100/3600s`.
    pub per_account: Rate,
    /// Mails to one mailbox. Default `10/3600s`.
    pub per_recipient: Rate,
    /// Whether calls with a recipient are refused while no mail is set up. Default false: the secret is made, and the
    /// answer says that nothing was mailed.
    pub required: bool,
}

impl Default for Mail {
    fn default() -> Self {
        Self {
            server: None,
            from: None,
            per_account: "100/3600s".parse().expect("a rate"),
            per_recipient: "10/3600s".parse().expect("a rate"),
            required: false,
        }
    }
}

/// `[log]`: what is written to standard error.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Log {
    /// Least level. Default `info`.
    pub level: LogLevel,
    /// Form of the lines. Default `text`.
    pub format: LogFormat,
    /// A line for each request: method, route, status, milliseconds; never a key, a query or an address. Default
    /// false.
    pub requests: bool,
}

/// How much is logged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogLevel {
    /// What failed.
    Error,
    /// What an operator should mend.
    Warn,
    /// Start, stop, and changes of state.
    #[default]
    Info,
    /// For developers.
    Debug,
}

/// Form of log lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}
