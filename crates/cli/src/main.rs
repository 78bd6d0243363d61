//! `burnbag`: one binary, one verb a file in `commands`.

mod args;
mod client;
mod client_key;
mod commands;
mod disk;
mod exec;
mod failure;
mod help;
mod interrupt;
mod lifetime;
mod link;
mod output_folder;
mod passphrase;
mod plain;
mod profile;
mod progress;
mod safe_name;
mod server_url;
mod settings_folder;
mod standing;
mod terminal;

use clap::FromArgMatches;
use failure::Failure;
use std::process::ExitCode;

fn main() -> ExitCode {
    let json = is_json();
    let ended = match help::command().try_get_matches() {
        Ok(matches) => match args::Args::from_arg_matches(&matches) {
            Ok(args) => commands::run(args, json),
            Err(error) => error.exit(),
        },
        Err(error) if error.use_stderr() && json => Err(misused(&error)),
        Err(error) => error.exit(),
    };
    match ended {
        Ok(code) => code.into(),
        Err(failure) => {
            terminal::say(&if json { failure.json() } else { failure.text() });
            failure.code().into()
        }
    }
}

/// Whether answers of the client are for a program. What stands behind `--` is another command's, and `account` has
/// lists in JSON but no failures.
fn is_json() -> bool {
    let mut arguments = std::env::args_os().skip(1).take_while(|argument| argument != "--").peekable();
    let is_servers = arguments.peek().is_some_and(|command| command == "account" || command == "serve");
    !is_servers && arguments.any(|argument| argument == "--json")
}

/// The first paragraph of what `clap` says, in one line.
fn misused(error: &clap::Error) -> Failure {
    let text = error.render().to_string();
    let paragraph = text.split("\n\n").next().unwrap_or_default().trim_start_matches("error: ");
    let line = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
    Failure::usage(line).mend("burnbag help")
}
