//! `burnbag completions`: for a shell, on standard output.

use crate::{help, terminal};
use clap::Command;
use clap_complete::Shell;

pub(crate) fn run(shell: Shell) -> u8 {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut shown(&help::command()), "burnbag", &mut text);
    // A reader that went away is not trouble.
    let _ = terminal::hand_over(&text);
    0
}

/// A command without what help does not show.
fn shown(command: &Command) -> Command {
    let mut shown = Command::new(command.get_name().to_owned())
        .args(command.get_arguments().filter(|argument| !argument.is_hide_set()).cloned())
        .subcommands(command.get_subcommands().map(self::shown));
    if let Some(about) = command.get_about() {
        shown = shown.about(about.clone());
    }
    if let Some(version) = command.get_version() {
        shown = shown.version(version.to_owned());
    }
    shown
}
