//! A command that is given the secret instead of a screen.

use crate::args::Open;
use crate::failure::Failure;
use crate::interrupt;
use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};

/// A command that is there, and how it gets the secret.
pub(crate) struct Prepared {
    program: PathBuf,
    arguments: Vec<OsString>,
    hand: Hand,
}

enum Hand {
    Variable(String),
    Input,
}

/// Finds the command, before anything is opened.
pub(crate) fn prepare(args: &Open) -> Result<Prepared, Failure> {
    let (name, arguments) =
        args.command.split_first().ok_or_else(|| Failure::usage("--exec needs a command"))?;
    let program = find(name).ok_or_else(|| {
        Failure::usage(format!("there is no command {}", name.display())).mend("nothing has been opened")
    })?;
    let hand = match &args.env {
        _ if args.stdin => Hand::Input,
        Some(name) if !name.is_empty() && !name.contains(['=', '\0']) => Hand::Variable(name.clone()),
        None => {
            return Err(Failure::usage("--exec needs --env NAME or --stdin: how the command gets the text")
                .mend("nothing has been opened"));
        }
        Some(_) => {
            return Err(Failure::usage("--env needs the name of a variable").mend("nothing has been opened"));
        }
    };
    Ok(Prepared { program, arguments: arguments.to_vec(), hand })
}

impl Prepared {
    /// Runs the command to its end and tells its exit code, as shells do also for one that a signal ended.
    pub(crate) fn run(&self, secret: &str) -> io::Result<u8> {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments);
        match &self.hand {
            Hand::Variable(name) => command.env(name, secret),
            Hand::Input => command.stdin(Stdio::piped()),
        };
        interrupt::leave_to_child();
        let mut child = command.spawn()?;
        feed(&mut child, secret);
        child.wait().map(code)
    }
}

/// A command that stops reading has had enough.
fn feed(child: &mut Child, secret: &str) {
    if let Some(mut input) = child.stdin.take() {
        let _ = input.write_all(secret.as_bytes());
    }
}

fn code(status: ExitStatus) -> u8 {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return u8::try_from(128 + signal).unwrap_or(u8::MAX);
    }
    status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)
}

/// Where the command is: at its path, or in the folders of `PATH`.
fn find(name: &OsStr) -> Option<PathBuf> {
    if Path::new(name).components().count() > 1 {
        return Some(PathBuf::from(name)).filter(|path| is_program(path));
    }
    let folders = std::env::var_os("PATH")?;
    let ending = std::env::consts::EXE_SUFFIX;
    std::env::split_paths(&folders)
        .flat_map(|folder| {
            let mut with_ending = name.to_owned();
            with_ending.push(ending);
            [folder.join(name), folder.join(with_ending)]
        })
        .find(|path| is_program(path))
}

fn is_program(path: &Path) -> bool {
    let Ok(meta) = path.metadata() else { return false };
    #[cfg(unix)]
    let executable = std::os::unix::fs::PermissionsExt::mode(&meta.permissions()) & 0o111 != 0;
    #[cfg(not(unix))]
    let executable = true;
    meta.is_file() && executable
}
