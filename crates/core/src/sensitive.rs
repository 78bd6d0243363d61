//! Bytes that must not be seen: wiped when dropped, never printed, never serialised.

use std::fmt;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// Text or bytes whose content stays out of logs, errors and `Debug`.
///
/// The content is reached through [`Sensitive::expose`] only, so that every use can be found by searching for it.
#[derive(Clone, Default, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Sensitive<T: Zeroize>(T);

/// A text that must not be seen.
pub type SensitiveText = Sensitive<String>;
/// Bytes that must not be seen.
pub type SensitiveBytes = Sensitive<Vec<u8>>;

impl<T: Zeroize> Sensitive<T> {
    /// Takes the content into custody.
    pub const fn new(content: T) -> Self {
        Self(content)
    }

    /// The content. Every call of this function is a place to review.
    pub const fn expose(&self) -> &T {
        &self.0
    }
}

impl<T: Zeroize + Default> Sensitive<T> {
    /// Hands the content over, to be wiped or not by who gets it. Every call of this function is a place to review.
    #[must_use]
    pub fn release(mut self) -> T {
        std::mem::take(&mut self.0)
    }
}

impl<T: Zeroize> From<T> for Sensitive<T> {
    fn from(content: T) -> Self {
        Self::new(content)
    }
}

impl<T: Zeroize> fmt::Debug for Sensitive<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sensitive")
    }
}
