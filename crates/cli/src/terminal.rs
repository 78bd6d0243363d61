//! The rules of output: what was asked for goes to standard output, alone; everything else to standard error, as a
//! problem with its mend, without an exclamation mark.

use crate::failure::{Exit, Failure};
use crate::interrupt;
use std::io::{self, IsTerminal, Read, Write, stderr, stdin, stdout};
use zeroize::Zeroizing;

/// A line of what was asked for. A reader that went away is not trouble.
pub(crate) fn answer(line: &str) {
    let mut out = stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// Bytes that exist nowhere else: who could not be handed them all is told.
pub(crate) fn hand_over(bytes: &[u8]) -> io::Result<()> {
    let mut out = stdout().lock();
    out.write_all(bytes)?;
    if out.is_terminal() && !bytes.ends_with(b"\n") {
        out.write_all(b"\n")?;
    }
    out.flush()
}

/// A line for the person at the terminal.
#[expect(clippy::print_stderr, reason = "this is where the program speaks")]
pub(crate) fn say(line: &str) {
    eprintln!("{line}");
}

/// Whether a person sees standard output.
#[cfg(feature = "server")]
pub(crate) fn is_watched() -> bool {
    stdout().is_terminal()
}

/// Whether a person can be asked, with standard input still free for something else.
pub(crate) fn can_ask_hidden() -> bool {
    stderr().is_terminal()
}

/// Whether a person types standard input and sees what is asked.
pub(crate) fn can_ask() -> bool {
    stdin().is_terminal() && stderr().is_terminal()
}

/// Asks a yes-or-no question where a person can answer it; elsewhere the answer is yes.
pub(crate) fn confirm(question: &str) -> bool {
    if !stdin().is_terminal() {
        return true;
    }
    ask(&format!("{question} [y/N] ")).is_ok_and(|line| matches!(line.trim(), "y" | "Y" | "yes"))
}

/// A line that a person types and sees.
pub(crate) fn ask(question: &str) -> Result<String, Failure> {
    let mut err = stderr().lock();
    let _ = write!(err, "{question}").and_then(|()| err.flush());
    let mut line = String::new();
    let read = stdin().read_line(&mut line);
    if read.map_err(|error| Failure::other("the terminal cannot be read", error))? == 0 {
        let _ = writeln!(err);
    }
    Ok(line.trim_end_matches(['\n', '\r']).to_owned())
}

/// A line that a person types and nobody sees. It comes from the terminal itself, whatever standard input is.
pub(crate) fn ask_hidden(question: &str) -> Result<Zeroizing<String>, Failure> {
    let _guard = interrupt::remember_terminal();
    match rpassword::prompt_password(format!("{question}: ")) {
        Ok(line) => Ok(Zeroizing::new(line)),
        Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(Failure::interrupted()),
        Err(error) => Err(Failure::other("the terminal cannot be read", error)),
    }
}

/// All of standard input.
pub(crate) fn read_input() -> Result<Zeroizing<Vec<u8>>, Failure> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(64 * 1024));
    let read = stdin().lock().read_to_end(&mut bytes);
    read.map_err(|error| Failure::other("standard input cannot be read", error))?;
    Ok(bytes)
}

/// UTF-8 of bytes, without copies that stay behind.
pub(crate) fn as_text(mut bytes: Zeroizing<Vec<u8>>, from: &str) -> Result<Zeroizing<String>, Failure> {
    match String::from_utf8(std::mem::take(&mut *bytes)) {
        Ok(text) => Ok(Zeroizing::new(text)),
        Err(error) => {
            drop(Zeroizing::new(error.into_bytes()));
            Err(Failure::new(Exit::Usage, format!("{from} is not a text in UTF-8")))
        }
    }
}
