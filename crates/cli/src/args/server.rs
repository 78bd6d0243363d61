//! Commands that run a server.

#![expect(clippy::doc_markdown, reason = "help texts")]

use super::making::Sensitive;
use burnbag_core::account::Email;
use burnbag_core::sensitive::SensitiveText;
use burnbag_server::config::{Flags, STANDARD};
use clap::{Args as Arguments, Subcommand};
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub(crate) enum ServerCommand {
    /// Run the server
    Serve(Serve),
    /// Make, invite, list and remove the accounts of a server
    #[command(subcommand)]
    Account(Account),
    /// Try the mail server
    #[command(subcommand)]
    Mail(Mail),
    /// Move what a server holds to another store
    #[command(subcommand)]
    Store(Store),
}

/// Where the options of a server come from.
#[derive(Debug, Arguments)]
pub(crate) struct Place {
    /// Data directory [default: ./burnbag-data] [env: BURNBAG_DATA]
    #[arg(long, value_name = "DIR")]
    data: Option<String>,
    /// Where secrets wait: sqlite, in the data directory, postgres://USER@HOST/DATABASE, or redis://HOST [default: sqlite]
    /// [env: BURNBAG_STORE]
    #[arg(long, value_name = "STORE")]
    store: Option<String>,
    /// Configuration file [default: ./burnbag.toml if there is one] [env: BURNBAG_CONFIG]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

#[derive(Debug, Arguments)]
pub(crate) struct Serve {
    /// Address and port to listen on; port 0 takes a free one [default: 127.0.0.1:7143] [env: BURNBAG_LISTEN]
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<String>,
    /// What links start with, like https://secrets.example.com [env: BURNBAG_PUBLIC_URL]
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// Calls for each client: 100/60s, or off [default: 100/60s] [env: BURNBAG_THROTTLE]
    #[arg(long, value_name = "RATE")]
    throttle: Option<String>,
    #[command(flatten)]
    place: Place,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Account {
    /// Make an account and print its API key
    Create {
        /// E-mail address
        email: Email,
        /// Plan, one of those in the configuration
        #[arg(long, value_name = "NAME", default_value = STANDARD)]
        plan: String,
        #[command(flatten)]
        place: Place,
    },
    /// Print a link to set a password with: for a new account, or one whose password is forgotten
    Invite {
        /// E-mail address
        email: Email,
        /// Plan of a new account, one of those in the configuration [default: standard]
        #[arg(long, value_name = "NAME")]
        plan: Option<String>,
        #[command(flatten)]
        place: Place,
    },
    /// List accounts
    List {
        /// One JSON array
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        place: Place,
    },
    /// Revoke every key, password and session of an account, and print a new key
    RotateKey {
        /// E-mail address
        email: Email,
        #[command(flatten)]
        place: Place,
    },
    /// Remove an account; links that it made still open
    Remove {
        /// E-mail address
        email: Email,
        #[command(flatten)]
        place: Place,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Mail {
    /// Send a test mail, and show at which step it fails
    Test {
        /// E-mail address that gets it
        address: Email,
        /// One JSON object
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        place: Place,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Store {
    /// Move everything from one store to another, which must be empty; where it was stopped, the same command goes on
    ///
    /// A store is sqlite:DIR, a data directory, or a URL as in the option store of the server. Stop all nodes first: the
    /// store to copy from is closed before anything is copied, because a secret that could be read in both could be read
    /// twice. Links, keys, accounts and waiting mails go on in the new store, with the same server key.
    Copy {
        /// Where everything is
        #[arg(long, value_name = "STORE", value_parser = Sensitive)]
        from: SensitiveText,
        /// The file that its password stands in
        #[arg(long, value_name = "FILE")]
        from_password_file: Option<PathBuf>,
        /// Where everything shall be
        #[arg(long, value_name = "STORE", value_parser = Sensitive)]
        to: SensitiveText,
        /// The file that its password stands in
        #[arg(long, value_name = "FILE")]
        to_password_file: Option<PathBuf>,
        /// One JSON object
        #[arg(long)]
        json: bool,
    },
    /// Open a store again whose copying was given up before it was complete
    Reopen(OneStore),
    /// Empty a store that was left, or whose copying was given up
    Erase(OneStore),
}

#[derive(Debug, Arguments)]
pub(crate) struct OneStore {
    /// sqlite:DIR, a data directory, or a URL as in the option store of the server
    #[arg(value_name = "STORE", value_parser = Sensitive)]
    pub(crate) store: SensitiveText,
    /// The file that its password stands in
    #[arg(long, value_name = "FILE")]
    pub(crate) password_file: Option<PathBuf>,
    /// Do not ask
    #[arg(long)]
    pub(crate) yes: bool,
    /// One JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

impl Place {
    /// What was typed, for the configuration.
    pub(crate) fn flags(self) -> Flags {
        let typed = [("data", self.data), ("store", self.store)];
        let options = typed.into_iter().filter_map(|(key, text)| Some((key, text?))).collect();
        Flags { config: self.config, options }
    }
}

impl Serve {
    /// What was typed, for the configuration.
    pub(crate) fn flags(self) -> Flags {
        let mut flags = self.place.flags();
        let typed = [("listen", self.listen), ("public_url", self.public_url), ("throttle", self.throttle)];
        flags.options.extend(typed.into_iter().filter_map(|(key, text)| Some((key, text?))));
        flags
    }
}
