//! The command that opens a secret.

use super::making::Sensitive;
use super::{Passphrases, Reach};
use burnbag_core::sensitive::SensitiveText;
use clap::Args as Arguments;
use std::ffi::OsString;
use std::path::PathBuf;

#[derive(Debug, Arguments)]
#[expect(clippy::struct_excessive_bools, reason = "flags")]
pub(crate) struct Open {
    /// The whole link, in quotes; without it it comes from standard input, or is asked for
    #[arg(value_name = "LINK", value_parser = Sensitive)]
    pub(crate) link: Option<SensitiveText>,
    /// Folder for files; made if need be
    #[arg(long, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,
    /// Replace files of the same name
    #[arg(long, requires = "output")]
    pub(crate) force: bool,
    /// Do not ask whether to open it
    #[arg(long)]
    pub(crate) yes: bool,
    /// Give the text to a command instead of printing it; its exit code is passed on
    #[arg(long, requires = "command", conflicts_with_all = ["output", "json"])]
    pub(crate) exec: bool,
    /// The text goes into this variable of the command
    #[arg(long, value_name = "NAME", requires = "exec", conflicts_with = "stdin")]
    pub(crate) env: Option<String>,
    /// The text goes into the standard input of the command
    #[arg(long, requires = "exec")]
    pub(crate) stdin: bool,
    #[command(flatten)]
    pub(crate) passphrases: Passphrases,
    #[command(flatten)]
    pub(crate) reach: Reach,
    /// Command and its arguments, with --exec
    #[arg(last = true, value_name = "COMMAND", requires = "exec")]
    pub(crate) command: Vec<OsString>,
}
