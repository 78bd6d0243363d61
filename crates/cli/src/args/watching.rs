//! Commands about secrets that were made, and about the server.

#![expect(clippy::doc_markdown, reason = "help texts")]

use super::{Passphrases, Reach};
use crate::server_url::ServerUrl;
use burnbag_core::account::Email;
use clap::{Args as Arguments, ValueEnum};
use serde::Serialize;
use std::path::PathBuf;

#[derive(Debug, Arguments)]
pub(crate) struct Receipt {
    /// Link or key of the receipt
    #[arg(value_name = "RECEIPT")]
    pub(crate) link: String,
    /// Wait until it is opened (exit code 0), burned or expired (3)
    #[arg(long)]
    pub(crate) watch: bool,
    #[command(flatten)]
    pub(crate) reach: Reach,
}

#[derive(Debug, Arguments)]
pub(crate) struct Burn {
    /// Link or key of the receipt
    #[arg(value_name = "RECEIPT")]
    pub(crate) link: String,
    /// Do not ask whether to burn it
    #[arg(long)]
    pub(crate) yes: bool,
    #[command(flatten)]
    pub(crate) passphrases: Passphrases,
    #[command(flatten)]
    pub(crate) reach: Reach,
}

#[derive(Debug, Arguments)]
pub(crate) struct Recent {
    /// Only those in this state
    #[arg(long, value_name = "STATE")]
    pub(crate) state: Option<StateWord>,
    #[command(flatten)]
    pub(crate) reach: Reach,
}

/// What became of a secret. Comments here would make the help twice as long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(crate) enum StateWord {
    Waiting,
    Opened,
    Burned,
    Expired,
}

#[derive(Debug, Arguments)]
pub(crate) struct Login {
    /// Server, like https://secrets.example.com
    #[arg(value_name = "URL")]
    pub(crate) server: ServerUrl,
    /// E-mail address of your account; asked for on a terminal
    #[arg(long, value_name = "E-MAIL")]
    pub(crate) email: Option<Email>,
    /// Read the API key from a file, - for standard input; asked for on a terminal
    #[arg(long, value_name = "FILE", requires = "email")]
    pub(crate) key_file: Option<PathBuf>,
    /// One JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Arguments)]
pub(crate) struct Logout {
    /// One JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Arguments)]
pub(crate) struct Status {
    #[command(flatten)]
    pub(crate) reach: Reach,
}
