//! Mail: what letters say, how they are written, and how they get to the operator's mail server.
//!
//! | file | what stands there |
//! | --- | --- |
//! | `message` | a letter as a message that a mail server takes |
//! | `content` | what a letter says, in its reader's language |
//! | `letterhead` | what stands on all of them: the operator's name, and his colours |
//! | `value` | what others chose, made fit to stand in a text |
//! | `text`, `flow` | the plain part of a message, and paragraphs as its lines |
//! | `outbox`, `pauses` | the worker that sends what waits, and how long it waits before it tries again |
//! | `pick`, `sending` | a mail that is this node's to send, and what became of it |
//! | `relay`, `line` | the mail server, and an open line to it |
//! | `wire`, `deadline`, `trust` | what travels on a line, until when, and whom it trusts |
//! | `trial` | the message of `burnbag mail test` |
//! | `trouble` | what keeps all mail from being sent, and the mend |

mod content;
mod deadline;
mod flow;
mod letterhead;
mod line;
mod message;
mod outbox;
mod pauses;
mod pick;
mod relay;
mod sending;
mod text;
mod trial;
mod trouble;
mod trust;
mod value;
mod wire;

pub use content::Unwritable;
pub use line::{Line, Verdict};
pub use message::{Message, Writer};
pub use outbox::Outbox;
pub use relay::{Relay, Step, Watcher, wire_address};
pub use trial::{Origin, trial};
pub use trouble::{BadCertificate, Trouble};
