//! Limits: calls, wrong openers, bytes held, free disk. Each has bounded memory.

mod calls;
mod disk;
mod held;
mod openers;

pub use calls::{Calls, Rate, RateError};
pub use disk::Disk;
pub use held::{HeldBytes, NoRoom};
pub use openers::{NoTry, WrongOpeners};

/// A limit was reached; it makes sense to call again after this many seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait(pub u64);
