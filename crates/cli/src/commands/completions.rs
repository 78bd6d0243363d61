//! `burnbag completions`: for a shell, on standard output.

use crate::{help, terminal};
use clap_complete::Shell;

pub(crate) fn run(shell: Shell) -> u8 {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut help::command(), "burnbag", &mut text);
    // A reader that went away is not trouble.
    let _ = terminal::hand_over(&text);
    0
}
