//! `burnbag share`: a text or files, sealed on this device where the server knows it, and a link.

mod made;
mod sharing;

pub(super) use made::Made;
pub(super) use sharing::Sharing;

use crate::args::{SealedOn, Share};
use crate::disk;
use crate::failure::{Exit, Failure};
use crate::terminal::{self, as_text};
use burnbag_core::account::Email;
use burnbag_core::content::{Content, File, MAX_FILES};
use std::io;
use std::path::Path;
use zeroize::Zeroizing;

/// Bytes of all files together that are read at all: no server is known to take more.
const LARGEST: u64 = 512 * 1024 * 1024;
/// Recipients of one call.
const MAX_RECIPIENTS: usize = 10;

pub(crate) fn run(args: &Share) -> Result<u8, Failure> {
    check(args)?;
    let json = args.reach.json;
    let mut sharing =
        Sharing::prepare(&args.making, &args.reach, !args.recipient.is_empty(), !args.files.is_empty())?;
    let content = content(args)?;
    sharing.choose_passphrase(&args.making)?;
    if args.recipient.is_empty() {
        let made = sharing.share(content, None)?;
        made.show(json)?;
        return Ok(0);
    }
    share_with_each(&sharing, &content, &args.recipient, json)
}

/// A secret each, for each address once. What was made is shown also when a later one fails: nobody else has the links.
fn share_with_each(
    sharing: &Sharing,
    content: &Content,
    recipients: &[String],
    json: bool,
) -> Result<u8, Failure> {
    let recipients = each_once(recipients);
    let gathered = json && recipients.len() > 1;
    let mut all = Vec::new();
    let mut ended = Ok(0);
    for (place, recipient) in recipients.iter().enumerate() {
        match sharing.share(content.clone(), Some(recipient)) {
            Ok(made) if gathered => all.push(made),
            Ok(made) => made.show(json)?,
            Err(failure) => {
                let partly = place > 0;
                ended = Err(if partly { failure.mend_too(only_for(&recipients[place..])) } else { failure });
                break;
            }
        }
    }
    if !all.is_empty() {
        made::show_all(&all)?;
    }
    ended
}

/// As the pages take them.
fn each_once(recipients: &[String]) -> Vec<&str> {
    let (mut known, mut each) = (Vec::new(), Vec::new());
    for recipient in recipients {
        let address = recipient.parse::<Email>().ok();
        if !known.contains(&address) {
            known.push(address);
            each.push(recipient.as_str());
        }
    }
    each
}

/// Who repeats the whole command mails another secret to those who have one.
fn only_for(left: &[&str]) -> String {
    let flags: Vec<_> = left.iter().map(|recipient| format!("--recipient {recipient}")).collect();
    format!("the others are made: then only {}", flags.join(" "))
}

/// What can be told before anything is read or asked.
fn check(args: &Share) -> Result<(), Failure> {
    if args.recipient.len() > MAX_RECIPIENTS {
        return Err(Failure::usage(format!("{} recipients; {MAX_RECIPIENTS} at most", args.recipient.len())));
    }
    if let Some(bad) = args.recipient.iter().find(|text| text.parse::<Email>().is_err()) {
        return Err(Failure::usage(format!(
            "--recipient {bad:?} is not an e-mail address like name@example.com"
        ))
        .mend("nothing was shared"));
    }
    if !args.recipient.is_empty() && !args.files.is_empty() {
        return Err(Failure::usage("files cannot be mailed: they are sealed on your device, so the server does not know the whole link")
            .mend("leave out --recipient and send the link yourself"));
    }
    if !args.recipient.is_empty() && args.making.sealed == Some(SealedOn::Device) {
        return Err(Failure::usage(
            "what is sealed on your device cannot be mailed: the server does not know the whole link",
        )
        .mend("leave out --recipient and send the link yourself, or leave out --sealed device"));
    }
    if !args.files.is_empty() && args.making.sealed == Some(SealedOn::Server) {
        return Err(
            Failure::usage("files are always sealed on your device").mend("leave out --sealed server")
        );
    }
    if args.files.len() > MAX_FILES {
        return Err(Failure::usage(format!("{} files; {MAX_FILES} at most", args.files.len()))
            .mend("put them into an archive"));
    }
    let input_is_text = args.files.is_empty() && args.text.is_none();
    let input_is_passphrase =
        args.making.passphrases.passphrase_file.as_ref().is_some_and(|path| path.as_os_str() == "-");
    if input_is_text && input_is_passphrase {
        return Err(Failure::usage("standard input cannot be both text and passphrase")
            .mend("give one of them by a file"));
    }
    Ok(())
}

fn content(args: &Share) -> Result<Content, Failure> {
    if !args.files.is_empty() {
        return read_files(args).map(Content::Files);
    }
    let mut text = match &args.text {
        Some(text) => {
            terminal::say("warning: others on this machine may see --text in the list of processes");
            Zeroizing::new(text.expose().clone())
        }
        None if terminal::can_ask() => terminal::ask_hidden_line("Secret (one line, not shown)")?,
        None => as_text(terminal::read_input()?, "standard input")
            .map_err(|failure| failure.mend("share it as a file: burnbag share FILE"))?,
    };
    if text.is_empty() {
        return Err(
            Failure::usage("there is nothing to share").mend("name a file, or send a text to standard input")
        );
    }
    Ok(Content::Text(std::mem::take(&mut *text).into()))
}

fn read_files(args: &Share) -> Result<Vec<File>, Failure> {
    let mut room = LARGEST;
    let mut files = Vec::with_capacity(args.files.len());
    for path in &args.files {
        let mut bytes = disk::read(path, room).map_err(|error| unreadable(path, &error, args))?;
        room -= bytes.len() as u64;
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        files.push(File { name, media_type: String::new(), bytes: std::mem::take(&mut *bytes).into() });
    }
    Ok(files)
}

fn unreadable(path: &Path, error: &io::Error, args: &Share) -> Failure {
    let path = path.display();
    if error.kind() == io::ErrorKind::IsADirectory {
        return Failure::usage(format!("{path} is a folder")).mend("put it into an archive first");
    }
    if error.kind() == io::ErrorKind::FileTooLarge {
        return Failure::new(
            Exit::Refused,
            format!("the files are larger than {} MB together", LARGEST >> 20),
        );
    }
    if error.kind() == io::ErrorKind::NotFound {
        let mend = if args.making.passphrases.passphrase {
            "--passphrase takes no value; it asks. Arguments of share are files"
        } else if path.to_string() == "-" {
            "a text comes from standard input where no file is named: leave out the -"
        } else {
            "arguments of share are files; a text comes by standard input, or is asked for"
        };
        return Failure::usage(format!("there is no file {path}")).mend(mend);
    }
    Failure::other(format!("{path} cannot be read"), error)
}
