//! What ends a command: a problem with its mend, and the exit code that scripts look at.

use crate::plain::plain;
use serde::Serialize;
use std::fmt::{self, Display};

/// Exit codes; `docs/cli.md` lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Exit {
    /// Anything without a code of its own.
    Other = 1,
    /// The command was not given as it must be.
    Usage = 2,
    /// Opened, burned, expired or unknown.
    Gone = 3,
    /// Passphrase or link wrong or incomplete; nothing was consumed.
    NotOpened = 4,
    /// The server was not reached, or cannot answer now: safe to repeat.
    Unreachable = 5,
    /// Credentials are missing or wrong.
    NotAuthorized = 6,
    /// A limit or rule of the server.
    Refused = 7,
    /// Ctrl-C.
    Interrupted = 130,
}

/// A problem, and its mend where there is one.
#[derive(Debug)]
pub(crate) struct Failure {
    exit: Exit,
    problem: String,
    mend: Option<String>,
}

/// A failure as `--json` shows it.
#[derive(Serialize)]
struct Shown<'a> {
    error: &'a str,
    hint: Option<&'a str>,
    code: u8,
}

impl Failure {
    pub(crate) fn new(exit: Exit, problem: impl Into<String>) -> Self {
        Self { exit, problem: problem.into(), mend: None }
    }

    /// A problem of this machine: a file, a folder, the terminal.
    pub(crate) fn other(problem: impl Into<String>, cause: impl Display) -> Self {
        Self::new(Exit::Other, format!("{}: {cause}", problem.into()))
    }

    pub(crate) fn usage(problem: impl Into<String>) -> Self {
        Self::new(Exit::Usage, problem)
    }

    pub(crate) fn interrupted() -> Self {
        Self::new(Exit::Interrupted, "interrupted")
    }

    #[must_use]
    pub(crate) fn mend(mut self, mend: impl Into<String>) -> Self {
        self.mend = Some(mend.into());
        self
    }

    /// One more mend, on a line of its own.
    #[must_use]
    pub(crate) fn mend_too(mut self, more: impl AsRef<str>) -> Self {
        let mends = self.mend.iter().map(String::as_str).chain([more.as_ref()]);
        self.mend = Some(mends.collect::<Vec<_>>().join("\n"));
        self
    }

    pub(crate) const fn has_mend(&self) -> bool {
        self.mend.is_some()
    }

    pub(crate) const fn code(&self) -> u8 {
        self.exit as u8
    }

    /// The text for a person: the problem, and its mend on lines of their own.
    pub(crate) fn text(&self) -> String {
        let mends = self.mend.iter().flat_map(|mend| mend.lines());
        let first = format!("burnbag: {}", plain(&self.problem));
        mends.fold(first, |text, mend| format!("{text}\n  {}", plain(mend)))
    }

    pub(crate) fn json(&self) -> String {
        let shown = Shown { error: &self.problem, hint: self.mend.as_deref(), code: self.code() };
        serde_json::to_string(&shown).expect("texts and a number are JSON")
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.problem)
    }
}

impl std::error::Error for Failure {}

/// Commands of the server say all in one chain: the problem, and after line breaks and in its causes the mend.
#[cfg(feature = "server")]
impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        let first = error.to_string();
        let (problem, more) = first.split_once('\n').unwrap_or((&first, ""));
        let causes = error.chain().skip(1).map(ToString::to_string);
        let mend: Vec<_> = more.lines().map(|line| line.trim().to_owned()).chain(causes).collect();
        let failure = Self::new(Exit::Other, problem);
        if mend.is_empty() { failure } else { failure.mend(mend.join("\n")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts() {
        let failure = Failure::new(Exit::Gone, "nothing there").mend("ask again\nor not");
        assert_eq!(failure.text(), "burnbag: nothing there\n  ask again\n  or not");
        assert_eq!(failure.json(), r#"{"error":"nothing there","hint":"ask again\nor not","code":3}"#);
        assert_eq!(Failure::interrupted().json(), r#"{"error":"interrupted","hint":null,"code":130}"#);
    }
}
