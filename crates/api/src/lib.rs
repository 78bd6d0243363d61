//! The One-Time Secret v1 wire as types: what server and client exchange. Shapes follow the wire spec §3; member
//! order is the struct's order, because shell scripts cut answers at commas.
//!
//! Answers hold secrets, so `Debug` prints type names only.

pub mod connector;
mod error;
mod receipt;
mod secret;
mod status;

pub use error::{Message, NoRoute, UnknownSecret, text};
pub use receipt::{Burned, MailState, Receipt, WireState};
pub use secret::{ContentKind, Forgotten, Revealed, Sealing, SecretStatus};
pub use status::Status;

/// Where the API stands on its host.
pub const BASE: &str = "/api/v1";

/// Header with the honest status code of a refusal that v1 answers with 404 (wire spec §0.3, 9).
pub const INTENDED_STATUS: &str = "x-ots-intended-status";

/// Header of a reveal: who repeats it with the same key within a while gets the same answer.
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// Header that tells what was not done as asked, in words: `recipient recorded, not mailed`.
pub const NOTICE: &str = "x-burnbag-notice";
