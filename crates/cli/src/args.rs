//! The command line. What stands in these comments is the help that is printed, so it has no markup.

#![expect(clippy::doc_markdown, reason = "help texts")]

mod making;
mod opening;
#[cfg(feature = "server")]
mod server;
mod watching;

pub(crate) use making::{Generate, Making, SealedOn, Share};
pub(crate) use opening::Open;
#[cfg(feature = "server")]
pub(crate) use server::{Account, Mail, OneStore, Serve, ServerCommand, Store};
pub(crate) use watching::{Burn, Login, Logout, Receipt, Recent, StateWord, Status};

use crate::commands::connector::Connector;
use crate::server_url::ServerUrl;
use clap::{Args as Arguments, Parser, Subcommand};
use clap_complete::Shell;
use std::path::PathBuf;
use std::time::Duration;

/// One-time secrets: what goes in is read once, and nothing is left.
#[derive(Debug, Parser)]
#[command(name = "burnbag", version, arg_required_else_help = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a link that opens once
    Share(Share),
    /// Open a link
    Open(Open),
    /// Make a password and a link to it
    Generate(Generate),
    /// Show what became of a secret
    Receipt(Receipt),
    /// Destroy a secret before it is opened
    Burn(Burn),
    /// List the secrets of your account
    Recent(Recent),
    /// Remember a server, and your account there
    Login(Login),
    /// Forget the server and the account
    Logout(Logout),
    /// Show which server is used and whether it answers
    Status(Status),
    /// Write the files of a Power Automate connector for a server
    Connector(Connector),
    /// Print completions for a shell
    Completions {
        /// Shell
        shell: Shell,
    },
    /// Print the manual page
    Man {
        /// Write one page a command into this folder instead
        #[arg(long, value_name = "DIR")]
        output: Option<PathBuf>,
    },
    #[cfg(feature = "server")]
    #[command(flatten)]
    Server(ServerCommand),
}

/// How the server is reached, and how the program answers.
#[derive(Debug, Arguments)]
pub(crate) struct Reach {
    /// Server, where the command names none [default: that of burnbag login] [env: BURNBAG_URL]
    #[arg(long, value_name = "URL")]
    pub(crate) url: Option<ServerUrl>,
    /// One JSON object
    #[arg(long)]
    pub(crate) json: bool,
    /// Milliseconds between repetitions, for tests
    #[arg(long, value_name = "MS", hide = true)]
    pause: Option<u64>,
}

/// Where a passphrase comes from.
#[derive(Debug, Arguments)]
pub(crate) struct Passphrases {
    /// Ask for a passphrase
    #[arg(long, conflicts_with = "passphrase_file")]
    pub(crate) passphrase: bool,
    /// Read the passphrase from a file, - for standard input; a line end at its end does not count
    #[arg(long, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
}

impl Reach {
    /// The pause before a repetition.
    pub(crate) fn pause(&self, otherwise: Duration) -> Duration {
        self.pause.map_or(otherwise, Duration::from_millis)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_holds_together() {
        <Args as clap::CommandFactory>::command().debug_assert();
    }

    #[test]
    fn what_is_secret_is_not_printed() {
        let link = "https://a.example/secret/CANARY#CANARY";
        for arguments in [["burnbag", "share", "--text", "CANARY"], ["burnbag", "open", link, "--yes"]] {
            let args = Args::try_parse_from(arguments).unwrap();
            assert!(!format!("{args:?}").contains("CANARY"), "{args:?}");
        }
    }
}
