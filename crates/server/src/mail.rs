//! Mail: one line to the operator's mail server at a time. What is mailed, and when, is not known here.

mod deadline;
mod line;
mod relay;
mod trial;
mod trouble;
mod trust;
mod wire;

pub use line::{Line, Verdict};
pub use relay::{Relay, Step, Watcher, wire_address};
pub use trial::{Origin, trial};
pub use trouble::{BadCertificate, Trouble};
