//! Where passphrases come from: typed hidden, out of a file, or made here.

use crate::args::Passphrases;
use crate::disk;
use crate::failure::Failure;
use crate::terminal::{self, as_text};
use burnbag_core::opener::Passphrase;
use std::io;
use std::path::Path;
use zeroize::Zeroizing;

/// Longest file of a passphrase or an API key.
const LIMIT: u64 = 64 * 1024;

/// A passphrase of a new secret: typed twice, or out of a file.
pub(crate) fn choose(from: &Passphrases) -> Result<Option<Zeroizing<String>>, Failure> {
    if from.passphrase {
        let first = ask("Passphrase")?;
        if *first != *ask("Passphrase again")? {
            return Err(
                Failure::usage("the two passphrases differ").mend("nothing was shared; repeat the command")
            );
        }
        return not_empty(first).map(Some);
    }
    of_file(from)
}

/// A passphrase of a secret that is there: typed if that was asked for, or out of a file.
pub(crate) fn given(from: &Passphrases) -> Result<Option<Zeroizing<String>>, Failure> {
    if from.passphrase { not_empty(ask("Passphrase")?).map(Some) } else { of_file(from) }
}

/// A passphrase that is typed and not seen.
pub(crate) fn ask(question: &str) -> Result<Zeroizing<String>, Failure> {
    if !terminal::can_ask_hidden() {
        return Err(Failure::usage("there is no terminal to ask for a passphrase")
            .mend("--passphrase-file FILE reads it"));
    }
    terminal::ask_hidden(question)
}

/// As the sealing takes it.
pub(crate) fn for_sealing(text: &Zeroizing<String>) -> Option<Passphrase> {
    Passphrase::new(text.as_str().to_owned().into())
}

fn of_file(from: &Passphrases) -> Result<Option<Zeroizing<String>>, Failure> {
    from.passphrase_file.as_deref().map(|path| not_empty(read_line(path, "the passphrase")?)).transpose()
}

/// The text of a file, or of standard input for `-`, without the line end that an editor or `echo` puts there.
pub(crate) fn read_line(path: &Path, what: &str) -> Result<Zeroizing<String>, Failure> {
    let bytes = if path.as_os_str() == "-" {
        terminal::read_input()?
    } else {
        let read = disk::read(path, LIMIT);
        read.map_err(|error| unreadable(path, &error))?
    };
    let mut text = as_text(bytes, what)?;
    let line = text.strip_suffix('\n').map_or(text.as_str(), |line| line.strip_suffix('\r').unwrap_or(line));
    let length = line.len();
    text.truncate(length);
    Ok(text)
}

/// A name that is wrong is a command that was not given as it must be.
fn unreadable(path: &Path, error: &io::Error) -> Failure {
    let path = path.display();
    if error.kind() == io::ErrorKind::NotFound {
        return Failure::usage(format!("there is no file {path}"));
    }
    if error.kind() == io::ErrorKind::IsADirectory {
        return Failure::usage(format!("{path} is a folder"));
    }
    Failure::other(format!("{path} cannot be read"), error)
}

fn not_empty(text: Zeroizing<String>) -> Result<Zeroizing<String>, Failure> {
    if text.is_empty() { Err(Failure::usage("the passphrase is empty")) } else { Ok(text) }
}
