//! `burnbag`: one binary, one verb a file in `commands`.

mod args;
mod commands;
mod terminal;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    match commands::run(args::Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            terminal::problem(&error);
            ExitCode::FAILURE
        }
    }
}
