//! The commands.

mod account;
pub(crate) mod connector;
mod serve;

use crate::args::{Args, Command};
use anyhow::Context;
use rand::SeedableRng;
use rand::rngs::StdRng;

/// Runs a command.
pub(crate) fn run(args: Args) -> anyhow::Result<()> {
    match args.command {
        Command::Serve(serve) => serve::run(serve),
        Command::Account(account) => account::run(account),
        Command::Connector(connector) => Ok(connector::run(connector)?),
    }
}

/// The generator of all keys, seeded by the system.
fn system_rng() -> anyhow::Result<StdRng> {
    StdRng::try_from_rng(&mut rand::rngs::SysRng).context("the system gives no random bytes")
}
