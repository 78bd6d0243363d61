//! Plans: limits by kind of caller.

use crate::lifetime::Lifetime;
use crate::opener::Passphrase;

/// What one kind of caller may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Longest text in bytes, counted before sealing. Longer ones are refused, never cut.
    pub text: usize,
    /// Longest lifetime. Longer wishes are shortened to it.
    pub max_ttl: Lifetime,
}

/// Longest passphrase in bytes (wire spec §7.3 asks for at least 128).
pub const MAX_PASSPHRASE: usize = 1024;

/// Why a secret is not taken. Safe to show; v1 has a text for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is nothing in it.
    #[error("there is nothing to share")]
    Empty,
    /// Longer than the plan allows.
    #[error("the secret is longer than {limit} bytes")]
    TooLong {
        /// The plan's limit in bytes.
        limit: usize,
    },
    /// Longer than [`MAX_PASSPHRASE`].
    #[error("the passphrase is longer than {MAX_PASSPHRASE} bytes")]
    PassphraseTooLong,
}

impl Plan {
    /// Whether a secret of this kind of caller may have this text and passphrase.
    pub fn admits(&self, text: &str, passphrase: Option<&Passphrase>) -> Result<(), Refusal> {
        if text.is_empty() {
            return Err(Refusal::Empty);
        }
        if text.len() > self.text {
            return Err(Refusal::TooLong { limit: self.text });
        }
        if passphrase.is_some_and(|passphrase| passphrase.len() > MAX_PASSPHRASE) {
            return Err(Refusal::PassphraseTooLong);
        }
        Ok(())
    }
}
