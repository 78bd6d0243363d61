//! What goes wrong between a statement and its answer, and what may be said of it.

use crate::StoreError;
use deadpool_postgres::{HookError, PoolError};
use std::{fmt, io};
use tokio_postgres::error::SqlState;

/// Why a statement did not do its work. Of what the server says only code and message are kept: its details may hold
/// whole rows.
#[derive(Debug)]
pub(super) enum Trouble {
    /// There is no connection to be had.
    Unreachable(String),
    /// The connection ended meanwhile.
    Lost(String),
    /// The server refused.
    Refused(SqlState, String),
    /// It took too long.
    Slow,
    /// What came back is nothing that was written.
    Corrupt(&'static str),
    /// Anything else, which would be the same another time.
    Other(String),
}

impl Trouble {
    /// Whether the same may work when it is tried again at once, nothing being done: with another connection, or behind
    /// those that were in the way.
    pub(super) fn may_pass(&self) -> bool {
        match self {
            Self::Lost(_) => true,
            Self::Refused(code, _) => {
                is_aborted(code) || [SqlState::ADMIN_SHUTDOWN, SqlState::CRASH_SHUTDOWN].contains(code)
            }
            Self::Unreachable(_) | Self::Slow | Self::Corrupt(_) | Self::Other(_) => false,
        }
    }

    /// Whether the server says for sure that it undid the transaction, so that it may be run again.
    pub(super) fn is_undone(&self) -> bool {
        matches!(self, Self::Refused(code, _) if is_aborted(code))
    }

    /// Whether the connection still works.
    pub(super) fn leaves_connection(&self) -> bool {
        matches!(self, Self::Refused(..) | Self::Corrupt(_) | Self::Other(_))
    }

    /// The outcome of a write that may have been done.
    pub(super) fn in_doubt(self) -> StoreError {
        StoreError::InDoubt(Box::new(self))
    }
}

/// Codes by which a server says that others were in the way, and that it undid what it had begun.
fn is_aborted(code: &SqlState) -> bool {
    [SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED].contains(code)
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable(cause) => write!(f, "no connection to PostgreSQL: {cause}{}", mend(cause)),
            Self::Lost(cause) => write!(f, "the connection to PostgreSQL was lost: {cause}"),
            Self::Refused(code, message) => write!(f, "PostgreSQL says {}: {message}", code.code()),
            Self::Slow => f.write_str("PostgreSQL did not answer in time"),
            Self::Corrupt(what) => write!(f, "a stored record is damaged: {what}"),
            Self::Other(cause) => write!(f, "PostgreSQL could not be asked: {cause}"),
        }
    }
}

/// What helps, where the cause is in a library's words and says nothing of it.
fn mend(cause: &str) -> &'static str {
    if cause.contains("UnknownIssuer") || cause.contains("BadSignature") {
        "; name the certificates of your own authority in the URL, with sslrootcert"
    } else if cause.contains("password missing") {
        "; name the file that the password stands in"
    } else {
        ""
    }
}

impl std::error::Error for Trouble {}

impl From<tokio_postgres::Error> for Trouble {
    fn from(error: tokio_postgres::Error) -> Self {
        if let Some(said) = error.as_db_error() {
            return Self::Refused(said.code().clone(), said.message().to_owned());
        }
        let source = std::error::Error::source(&error);
        let is_lost = error.is_closed() || source.is_some_and(<dyn std::error::Error>::is::<io::Error>);
        let cause = source.map_or_else(|| error.to_string(), |source| format!("{error}: {source}"));
        if is_lost { Self::Lost(cause) } else { Self::Other(cause) }
    }
}

impl From<PoolError> for Trouble {
    fn from(error: PoolError) -> Self {
        match error {
            PoolError::Timeout(_) => Self::Slow,
            PoolError::Backend(error) | PoolError::PostCreateHook(HookError::Backend(error)) => {
                match Self::from(error) {
                    Self::Refused(code, message) => Self::Unreachable(format!("{} {message}", code.code())),
                    Self::Lost(cause) | Self::Other(cause) => Self::Unreachable(cause),
                    other @ (Self::Unreachable(_) | Self::Slow | Self::Corrupt(_)) => other,
                }
            }
            error @ (PoolError::Closed | PoolError::NoRuntimeSpecified | PoolError::PostCreateHook(_)) => {
                Self::Other(error.to_string())
            }
        }
    }
}

impl From<Trouble> for StoreError {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Corrupt(what) => Self::Corrupt(what),
            trouble @ (Trouble::Unreachable(_)
            | Trouble::Lost(_)
            | Trouble::Refused(..)
            | Trouble::Slow
            | Trouble::Other(_)) => Self::Unavailable(Box::new(trouble)),
        }
    }
}
