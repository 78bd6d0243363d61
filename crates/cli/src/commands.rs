//! The commands.

#[cfg(feature = "server")]
mod account;
mod burn;
mod completions;
pub(crate) mod connector;
mod generate;
mod login;
mod logout;
#[cfg(feature = "server")]
mod mail;
mod man;
mod open;
mod receipt;
mod recent;
#[cfg(feature = "server")]
mod serve;
mod share;
mod status;
#[cfg(feature = "server")]
mod store;

use crate::args::{Args, Command, Reach};
use crate::client::Client;
use crate::failure::{Exit, Failure};
use crate::interrupt;
use crate::profile::Profile;
use crate::server_url::ServerUrl;
use crate::settings_folder::SettingsFolder;
use crate::terminal;
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde::Serialize;
use std::io;
use std::time::Duration;

/// First pause before a request is repeated.
const PAUSE: Duration = Duration::from_millis(300);

/// Runs a command; its exit code.
pub(crate) fn run(args: Args, json: bool) -> Result<u8, Failure> {
    let command = match args.command {
        #[cfg(feature = "server")]
        Command::Server(command) => return run_server(command),
        command => command,
    };
    interrupt::watch(json);
    match command {
        Command::Share(args) => share::run(&args),
        Command::Open(args) => open::run(&args),
        Command::Generate(args) => generate::run(&args),
        Command::Receipt(args) => receipt::run(&args),
        Command::Burn(args) => burn::run(&args),
        Command::Recent(args) => recent::run(&args),
        Command::Login(args) => login::run(args),
        Command::Logout(args) => logout::run(&args),
        Command::Status(args) => status::run(&args),
        Command::Connector(args) => connector::run(args),
        Command::Completions { shell } => Ok(completions::run(shell)),
        Command::Man { output } => man::run(output.as_deref()),
        #[cfg(feature = "server")]
        Command::Server(_) => unreachable!("returned above"),
    }
}

#[cfg(feature = "server")]
fn run_server(command: crate::args::ServerCommand) -> Result<u8, Failure> {
    use crate::args::ServerCommand;
    let ended = match command {
        ServerCommand::Serve(args) => serve::run(args),
        ServerCommand::Account(args) => account::run(args),
        ServerCommand::Mail(args) => return mail::run(args),
        ServerCommand::Store(args) => return store::run(args),
    };
    Ok(ended.map(|()| 0)?)
}

/// The generator of all keys, seeded by the system.
fn system_rng() -> Result<StdRng, Failure> {
    StdRng::try_from_rng(&mut rand::rngs::SysRng)
        .map_err(|error| Failure::other("the system gives no random bytes", error))
}

/// The server that a link or flag names, else that of the profile; with credentials if they are its own.
fn client(named: Option<&ServerUrl>, reach: &Reach) -> Result<Client, Failure> {
    client_of(&Profile::load(SettingsFolder::find().as_ref())?, named, reach)
}

/// The same, of a profile that was loaded.
fn client_of(profile: &Profile, named: Option<&ServerUrl>, reach: &Reach) -> Result<Client, Failure> {
    let server = profile.server_or(named.or(reach.url.as_ref()))?;
    let credentials = profile.credentials_for(&server);
    warn_if_readable(&server);
    Ok(Client::new(server.clone(), credentials, reach.pause(PAUSE)))
}

/// Over http beyond this machine.
fn warn_if_readable(server: &ServerUrl) {
    if server.is_readable_on_the_way() {
        terminal::say("warning: this connection is not encrypted; others on the way can read what is sent");
    }
}

/// What was asked for: one JSON object, or lines. A reader that has seen enough is not trouble.
fn show<T: Serialize>(
    json: bool,
    object: &T,
    lines: impl IntoIterator<Item = String>,
) -> Result<(), Failure> {
    let written = if json {
        terminal::answer(&as_json(object))
    } else {
        lines.into_iter().try_for_each(|line| terminal::answer(&line))
    };
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::other("the answer could not be written", error))
        }
        _ => Ok(()),
    }
}

fn as_json<T: Serialize>(object: &T) -> String {
    serde_json::to_string(object).expect("our own shapes are JSON")
}

/// Asks before something that cannot be undone.
fn confirm(yes: bool, question: &str, otherwise: &str) -> Result<(), Failure> {
    if yes || terminal::confirm(question) { Ok(()) } else { Err(Failure::new(Exit::Other, otherwise)) }
}
