//! What went wrong, counted. A run with a fault proves nothing.

use serde::Serialize;

use crate::round::Round;

/// All faults of a run, and one example from each measurement that had any.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Faults {
    pub(crate) count: u64,
    pub(crate) examples: Vec<String>,
}

impl Faults {
    /// Adds the faults of a round of the measurement `of`.
    pub(crate) fn add_round(&mut self, of: &str, round: &Round) {
        self.count += u64::from(round.faults);
        if let Some(fault) = &round.first_fault {
            self.examples.push(format!("{of}: {} times: {fault}", round.faults));
        }
    }

    /// The value, or nothing and a fault when `of` did not come to its end.
    pub(crate) fn unless<T>(&mut self, of: &str, outcome: anyhow::Result<T>) -> Option<T> {
        match outcome {
            Ok(value) => Some(value),
            Err(error) => {
                self.count += 1;
                self.examples.push(format!("{of}: {error:#}"));
                None
            }
        }
    }
}
