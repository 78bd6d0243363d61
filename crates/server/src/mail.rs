//! Mail: what letters say, how they are written, and how they get to a mail server.
//!
//! | file | what stands there |
//! | --- | --- |
//! | `letter` | what it takes to write a mail, as the outbox keeps it |
//! | `message` | a letter as a message that a mail server takes |
//! | `content` | what a letter says, in its reader's language |
//! | `value` | what others chose, made fit to stand in a text |
//! | `text` | the plain part of a message |
//! | `flow` | paragraphs as lines of a plain text |

mod content;
mod flow;
mod letter;
mod message;
mod text;
mod value;

pub use letter::Letter;
pub use message::{Message, Unwritable, Writer};
