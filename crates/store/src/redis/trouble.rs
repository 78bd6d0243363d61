//! What goes wrong between a command and its answer, and what may be said of it.

use crate::StoreError;
use redis::{ErrorKind, RedisError, ServerError};
use std::fmt;

/// Why a command did not do its work. Holds no value that was sent or stored.
#[derive(Clone, Debug)]
pub(super) enum Trouble {
    /// There is no connection to be had: nothing was sent.
    Unreachable(String),
    /// It was sent, and no answer came.
    Lost(String),
    /// The server refused, so that nothing was done.
    Said(Code, String),
    /// What is stored moves to another store.
    Closed,
    /// It was done, but this few replicas say in time that they have it.
    Few(i64),
    /// What came back is nothing that was written.
    Corrupt(&'static str),
    /// Anything else, which would be the same another time.
    Other(String),
}

/// What a server begins its refusal with, as far as it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Code {
    /// Another server has it.
    Moved,
    /// Another server has it already, or not yet.
    Ask,
    /// It does not know the script.
    NoScript,
    /// It is no primary, or none any more.
    ReadOnly,
    /// It will work in a moment.
    Soon,
    /// Anything else.
    Other,
}

impl Code {
    /// Servers before 7 wrap what a command in a script answered, so that the word stands somewhere in the text.
    fn of(code: &str, text: &str) -> Self {
        let is = |word: &str| code == word || (code == "ERR" && text.contains(word));
        let soon = ["LOADING", "TRYAGAIN", "CLUSTERDOWN", "MASTERDOWN", "NOREPLICAS", "BUSY", "UNBLOCKED"];
        if is("MOVED") {
            Self::Moved
        } else if is("ASK") {
            Self::Ask
        } else if is("NOSCRIPT") {
            Self::NoScript
        } else if is("READONLY") {
            Self::ReadOnly
        } else if soon.into_iter().any(is) {
            Self::Soon
        } else {
            Self::Other
        }
    }
}

impl Trouble {
    /// What a server answered instead.
    pub(super) fn said(error: &ServerError) -> Self {
        let (code, text) = (error.code(), error.details().unwrap_or_default());
        // A server that does not know a command repeats what it was given.
        let text = text.split("with args").next().unwrap_or_default();
        Self::Said(Code::of(code, text), format!("{code} {text}"))
    }

    /// What a connection that was being made answered.
    pub(super) fn refused(error: &RedisError) -> Self {
        if error.kind() == ErrorKind::AuthenticationFailed {
            return Self::Unreachable("it refuses user or password".to_owned());
        }
        Self::Unreachable(error.to_string())
    }

    /// Where the server says that it is to be asked.
    pub(super) fn target(&self) -> Option<&str> {
        match self {
            Self::Said(Code::Moved | Code::Ask, text) => text.split_ascii_whitespace().nth(2),
            Self::Said(..)
            | Self::Unreachable(_)
            | Self::Lost(_)
            | Self::Closed
            | Self::Few(_)
            | Self::Corrupt(_)
            | Self::Other(_) => None,
        }
    }

    pub(super) fn code(&self) -> Option<Code> {
        if let Self::Said(code, _) = self { Some(*code) } else { None }
    }

    /// The outcome of a write that may have been done.
    pub(super) fn in_doubt(self) -> StoreError {
        StoreError::InDoubt(Box::new(self))
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable(cause) => write!(f, "no connection to Redis: {cause}"),
            Self::Lost(cause) => write!(f, "no answer from Redis: {cause}"),
            Self::Said(_, text) => write!(f, "Redis says {text}"),
            Self::Closed => f.write_str("the store is closed: what it holds moves to another one"),
            Self::Few(number) => write!(f, "only {number} replicas say in time that they have it"),
            Self::Corrupt(what) => write!(f, "a stored record is damaged: {what}"),
            Self::Other(cause) => f.write_str(cause),
        }
    }
}

impl std::error::Error for Trouble {}

impl From<Trouble> for StoreError {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Corrupt(what) => Self::Corrupt(what),
            trouble @ (Trouble::Unreachable(_)
            | Trouble::Lost(_)
            | Trouble::Said(..)
            | Trouble::Closed
            | Trouble::Few(_)
            | Trouble::Other(_)) => Self::Unavailable(Box::new(trouble)),
        }
    }
}
