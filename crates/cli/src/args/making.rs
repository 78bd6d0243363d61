//! Commands that make a secret.

use super::{Passphrases, Reach};
use crate::lifetime::parse_lifetime;
use burnbag_core::password::{DEFAULT_LENGTH, MAX_LENGTH};
use burnbag_core::sensitive::SensitiveText;
use clap::builder::{StringValueParser, TypedValueParser};
use clap::error::Error;
use clap::{Arg, Args as Arguments, Command, ValueEnum};
use std::ffi::OsStr;
use std::path::PathBuf;

#[derive(Debug, Arguments)]
pub(crate) struct Share {
    /// Files, ten at most; without any the text comes from standard input, or is asked for
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// The text itself; others on this machine may see it in the list of processes
    #[arg(long, value_name = "TEXT", value_parser = Sensitive, conflicts_with = "files")]
    pub(crate) text: Option<SensitiveText>,
    /// Have the server mail the link to this address; repeat it for a secret each, ten at most
    #[arg(long, value_name = "E-MAIL")]
    pub(crate) recipient: Vec<String>,
    #[command(flatten)]
    pub(crate) making: Making,
    #[command(flatten)]
    pub(crate) reach: Reach,
}

#[derive(Debug, Arguments)]
pub(crate) struct Generate {
    /// Characters
    #[arg(long, value_name = "N", default_value_t = default_length(), value_parser = clap::value_parser!(u8).range(1..=longest()))]
    pub(crate) length: u8,
    #[command(flatten)]
    pub(crate) making: Making,
    #[command(flatten)]
    pub(crate) reach: Reach,
}

/// How a secret is made.
#[derive(Debug, Arguments)]
pub(crate) struct Making {
    /// How long it waits for its reader: 30m, 2h, 7d or seconds [default: the server's]
    #[arg(long, value_name = "TIME", value_parser = parse_lifetime)]
    pub(crate) ttl: Option<u64>,
    #[command(flatten)]
    pub(crate) passphrases: Passphrases,
    /// Make a passphrase that can be told by telephone, and print it
    #[arg(long, conflicts_with_all = ["passphrase", "passphrase_file"])]
    pub(crate) suggest_passphrase: bool,
    /// Your own name for it, on the receipt and in the list; needs an account
    #[arg(long, value_name = "LABEL")]
    pub(crate) label: Option<String>,
    /// Where it is sealed: on this device, so that the server receives only what it cannot open, or on the server,
    /// which sees the text for a moment [default: device, where the server knows it]
    #[arg(long, value_name = "WHERE")]
    pub(crate) sealed: Option<SealedOn>,
    /// Show the link as a QR code too
    #[arg(long)]
    pub(crate) qr: bool,
}

/// Where a secret is sealed. Comments here would make the help twice as long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SealedOn {
    Device,
    Server,
}

/// Reads an argument that must not be printed.
#[derive(Clone)]
pub(super) struct Sensitive;

impl TypedValueParser for Sensitive {
    type Value = SensitiveText;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<SensitiveText, Error> {
        StringValueParser::new().parse_ref(command, arg, value).map(Into::into)
    }
}

fn default_length() -> u8 {
    u8::try_from(DEFAULT_LENGTH).expect("a small number")
}

fn longest() -> i64 {
    i64::try_from(MAX_LENGTH).expect("a small number")
}
