//! Plans: limits by kind of caller.

use crate::envelope::{Envelope, FILES_ENVELOPE_OVERHEAD, LEAST_FILES_ENVELOPE, TEXT_ENVELOPE_OVERHEAD};
use crate::lifetime::Lifetime;
use crate::opener::Passphrase;
use crate::outline::Form;

/// What one kind of caller may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Longest text in bytes, counted before sealing. Longer ones are refused, never cut.
    pub text: usize,
    /// Most files of a secret; 0: none.
    pub files: usize,
    /// Most bytes of all files of a secret together, counted before sealing.
    pub files_size: usize,
    /// Longest lifetime. Longer wishes are shortened to it.
    pub max_ttl: Lifetime,
}

/// Most characters of a label.
pub const MAX_LABEL: usize = 100;
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
    /// Files, and the plan has none.
    #[error("files need an account")]
    NoFiles,
    /// More files than the plan allows.
    #[error("more than {limit} files")]
    TooManyFiles {
        /// The plan's limit.
        limit: usize,
    },
    /// Files larger than the plan allows.
    #[error("the files are larger than {limit} bytes together")]
    FilesTooLarge {
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

    /// Whether a secret of this kind of caller may have this envelope. Limits count what is in it: it may be longer by
    /// what sealing adds.
    pub fn admits_envelope(&self, envelope: &Envelope, form: Form) -> Result<(), Refusal> {
        let length = envelope.as_bytes().len();
        match form {
            Form::Text if length <= TEXT_ENVELOPE_OVERHEAD => Err(Refusal::Empty),
            Form::Text if length > self.text.saturating_add(TEXT_ENVELOPE_OVERHEAD) => {
                Err(Refusal::TooLong { limit: self.text })
            }
            Form::Files(_) if self.files == 0 => Err(Refusal::NoFiles),
            Form::Files(_) if length < LEAST_FILES_ENVELOPE => Err(Refusal::Empty),
            Form::Files(Some(count)) if usize::from(count) > self.files => {
                Err(Refusal::TooManyFiles { limit: self.files })
            }
            Form::Files(_) if length > self.files_size.saturating_add(FILES_ENVELOPE_OVERHEAD) => {
                Err(Refusal::FilesTooLarge { limit: self.files_size })
            }
            Form::Text | Form::Files(_) => Ok(()),
        }
    }

    /// The longest envelope that may come.
    #[must_use]
    pub const fn longest_envelope(&self) -> usize {
        let text = self.text.saturating_add(TEXT_ENVELOPE_OVERHEAD);
        let files = if self.files == 0 { 0 } else { self.files_size.saturating_add(FILES_ENVELOPE_OVERHEAD) };
        if files > text { files } else { text }
    }
}
