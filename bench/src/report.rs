//! All findings of a run.

use serde::Serialize;

use crate::bench::Pace;
use crate::faults::Faults;
use crate::flatness::Flatness;
use crate::footprint::Footprint;
use crate::machine::Machine;
use crate::receipts::Receipts;
use crate::row::Row;
use crate::stores::StoreRow;

/// One run, as `--json` prints it. Times are in the unit that a name ends with.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    /// The server's name and version.
    pub(crate) server: String,
    pub(crate) machine: Machine,
    pub(crate) pace: Pace,
    pub(crate) connections: usize,
    /// The server's core and the load generator's, when they were pinned.
    pub(crate) cores: Option<(usize, usize)>,
    pub(crate) rows: Vec<Row>,
    pub(crate) footprint: Option<Footprint>,
    /// With a thousand to a million live secrets, per engine.
    pub(crate) flatness: Vec<Flatness>,
    /// Every engine with one node and with three.
    pub(crate) stores: Vec<StoreRow>,
    /// An account's list, short and long.
    pub(crate) receipts: Vec<Receipts>,
    pub(crate) faults: Faults,
    pub(crate) elapsed_s: f64,
}
