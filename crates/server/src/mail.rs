//! Mail: what letters say, how they are written, and how they get to a mail server.
//!
//! | file | what stands there |
//! | --- | --- |
//! | `letter` | what it takes to write a mail, as the outbox keeps it |

mod letter;

pub use letter::Letter;
