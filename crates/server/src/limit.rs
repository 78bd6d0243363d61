//! Limits: calls, mails, wrong openers, wrong sign-ins, bytes held, free disk, room for large secrets, forms that work once. Each has bounded memory.

mod calls;
mod disk;
mod forms;
mod held;
mod mails;
mod room;
mod sign_ins;
mod together;
mod tries;

pub use calls::{Calls, Rate, RateError};
pub use disk::Disk;
pub(crate) use forms::{SentForm, SentForms};
pub use held::{HeldBytes, NoRoom};
pub use mails::{Mails, TooManyMails};
pub use room::{NoPlace, Place, Room};
pub use sign_ins::WrongSignIns;
pub use together::Together;
pub use tries::{NoTry, WrongOpeners, WrongTries};

/// A limit was reached; it makes sense to call again after this many seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait(pub u64);
