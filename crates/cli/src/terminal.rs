//! The rules of output: what was asked for goes to standard output, alone; everything else to standard error, as a
//! problem with its mend, without an exclamation mark.

use std::io::{IsTerminal, Write, stdin, stdout};

/// A line of what was asked for. A reader that went away is not trouble.
pub(crate) fn answer(line: &str) {
    let mut out = stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// A line for the person at the terminal.
#[expect(clippy::print_stderr, reason = "this is where the program speaks")]
pub(crate) fn say(line: &str) {
    eprintln!("{line}");
}

/// What went wrong. Its text says the mend.
pub(crate) fn problem(error: &anyhow::Error) {
    say(&format!("burnbag: {error}"));
    for cause in error.chain().skip(1) {
        say(&format!("  {cause}"));
    }
}

/// Whether a person sees standard output.
pub(crate) fn is_watched() -> bool {
    stdout().is_terminal()
}

/// Asks a yes-or-no question where a person can answer it; elsewhere the answer is yes.
pub(crate) fn confirm(question: &str) -> bool {
    if !stdin().is_terminal() {
        return true;
    }
    say(&format!("{question} [y/N]"));
    let mut line = String::new();
    let read = stdin().read_line(&mut line).is_ok();
    read && matches!(line.trim(), "y" | "Y" | "yes")
}
