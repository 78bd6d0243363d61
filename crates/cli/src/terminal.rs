//! The rules of output: what was asked for goes to standard output, alone; everything else to standard error, as a
//! problem with its mend, without an exclamation mark.

use crate::failure::{Exit, Failure};
use crate::{interrupt, plain};
use std::fs::File;
use std::io::{self, IsTerminal, Read, Write, stderr, stdin, stdout};
use zeroize::Zeroizing;

/// A line of what was asked for.
pub(crate) fn answer(line: &str) -> io::Result<()> {
    let mut out = stdout().lock();
    writeln!(out, "{line}").and_then(|()| out.flush())
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

/// Lines for the person at the terminal. Where nobody can be told, the work goes on.
pub(crate) fn say(lines: &str) {
    let _ = writeln!(stderr(), "{}", plain::lines(lines));
}

/// The same, for who is about to be asked: seen also where standard error goes elsewhere.
pub(crate) fn tell(lines: &str) {
    show_person(&format!("{lines}\n"));
}

/// Whether a person sees standard output.
#[cfg(feature = "server")]
pub(crate) fn is_watched() -> bool {
    stdout().is_terminal()
}

/// Whether a person can be asked, with standard input still free for something else. Who redirected both ends is not
/// there.
pub(crate) fn can_ask_hidden() -> bool {
    (stdin().is_terminal() || stderr().is_terminal()) && (cfg!(not(unix)) || own().is_some())
}

/// Whether a person types standard input. What is asked is seen at the terminal, wherever standard error goes.
pub(crate) fn can_ask() -> bool {
    stdin().is_terminal()
}

/// Asks a yes-or-no question where a person can answer it; elsewhere the answer is yes.
pub(crate) fn confirm(question: &str) -> bool {
    if !stdin().is_terminal() {
        return true;
    }
    let answered = ask(&format!("{question} [y/N] "));
    answered.is_ok_and(|line| line.is_some_and(|line| matches!(line.trim(), "y" | "Y" | "yes")))
}

/// A line that a person types and sees; nothing if the input ended instead. No lock is held while it is waited for:
/// an interruption writes too.
pub(crate) fn ask(question: &str) -> Result<Option<String>, Failure> {
    show_person(question);
    let mut line = String::new();
    let read = stdin().read_line(&mut line);
    if read.map_err(|error| Failure::other("the terminal cannot be read", error))? == 0 {
        show_person("\n");
        return Ok(None);
    }
    Ok(Some(line.trim_end_matches(['\n', '\r']).to_owned()))
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

/// The same for a text, of which one line is all that is taken: a shell would run what else was pasted.
pub(crate) fn ask_hidden_line(question: &str) -> Result<Zeroizing<String>, Failure> {
    let line = ask_hidden(question)?;
    if discard_waiting() {
        return Err(Failure::usage("several lines were pasted, and one is taken")
            .mend("several lines: pipe them in, or use a file\nnothing was shared"));
    }
    Ok(line)
}

/// Throws away what was typed and not yet read; whether there was any.
fn discard_waiting() -> bool {
    #[cfg(unix)]
    if let Some(terminal) = own() {
        let waits = rustix::io::ioctl_fionread(&terminal).is_ok_and(|waiting| waiting > 0);
        let _ = rustix::termios::tcflush(&terminal, rustix::termios::QueueSelector::IFlush);
        return waits;
    }
    false
}

/// The terminal that this program belongs to, whatever its standard streams are.
#[cfg_attr(unix, expect(clippy::disallowed_methods, reason = "a terminal, no database"))]
pub(crate) fn own() -> Option<File> {
    if cfg!(unix) { File::options().read(true).write(true).open("/dev/tty").ok() } else { None }
}

/// What must be seen to be answered.
fn show_person(text: &str) {
    let text = plain::lines(text);
    let shown = own().is_some_and(|mut terminal| terminal.write_all(text.as_bytes()).is_ok());
    if !shown {
        let mut err = stderr();
        let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
    }
}

/// Bytes of standard input that are read at all: no server is known to take more as a text.
const LONGEST_INPUT: u64 = 64 * 1024 * 1024;

/// All of standard input.
pub(crate) fn read_input() -> Result<Zeroizing<Vec<u8>>, Failure> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(64 * 1024));
    let read = stdin().lock().take(LONGEST_INPUT + 1).read_to_end(&mut bytes);
    read.map_err(|error| Failure::other("standard input cannot be read", error))?;
    if bytes.len() as u64 > LONGEST_INPUT {
        let problem = format!("standard input is longer than {} MB", LONGEST_INPUT >> 20);
        return Err(Failure::new(Exit::Refused, problem).mend("share it as a file: burnbag share FILE"));
    }
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
