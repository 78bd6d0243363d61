//! Limits: calls, wrong openers, bytes held, free disk, room for large secrets. Each has bounded memory.

mod calls;
mod disk;
mod held;
mod openers;
mod room;

pub use calls::{Calls, Rate, RateError};
pub use disk::Disk;
pub use held::{HeldBytes, NoRoom};
pub use openers::{NoTry, WrongOpeners};
pub use room::{NoPlace, Place, Room};

/// A limit was reached; it makes sense to call again after this many seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait(pub u64);
