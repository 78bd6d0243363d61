//! Whether a secret costs the same among a thousand others and among a million.

use std::time::Duration;

use anyhow::Result;
use serde::Serialize;

use crate::bench::Bench;
use crate::faults::Faults;
use crate::footprint::{Disk, StartUp};
use crate::script::Script;
use crate::server::{Home, Server};

const LEVELS: [u32; 4] = [1_000, 10_000, 100_000, 1_000_000];
/// The creates measured at a level: no more than double it, and no more than some seconds.
const CREATES_AT_MOST: u32 = 20_000;
/// How long one step may take; a million secrets at two thousand a second.
const STEP_AT_MOST: Duration = Duration::from_secs(500);

/// The figures at one number of live secrets.
#[derive(Debug, Serialize)]
pub(crate) struct Level {
    pub(crate) live: u32,
    /// Create and reveal in turn: the number of live secrets stays.
    pub(crate) pairs_per_second: f64,
    pub(crate) pair_p50_us: f64,
    pub(crate) pair_p99_us: f64,
    /// Creates alone: it grows by `creates`.
    pub(crate) creates: u32,
    pub(crate) creates_per_second: f64,
    pub(crate) create_p50_us: f64,
    pub(crate) create_p99_us: f64,
    pub(crate) resident_bytes: u64,
    pub(crate) disk: Disk,
}

/// All levels, and the start-up with the highest.
#[derive(Debug, Serialize)]
pub(crate) struct Flatness {
    pub(crate) levels: Vec<Level>,
    pub(crate) start: StartUp,
    pub(crate) start_secrets: u32,
}

/// Fills one server step by step and measures at each level.
pub(crate) fn measure(bench: &Bench, faults: &mut Faults) -> Result<Flatness> {
    let home = Home::create(&bench.scratch)?;
    let server = bench.program.start(&home, bench.cores)?;
    let mut levels = Vec::with_capacity(LEVELS.len());
    let mut live = 0;
    for level in LEVELS {
        let filled = bench.fill(&server, level.saturating_sub(live), STEP_AT_MOST)?;
        faults.add_round("filling for flatness", &filled);
        live += filled.done;
        let found = measure_level(bench, &home, &server, live, faults)?;
        live += found.creates;
        levels.push(found);
    }
    server.stop()?;
    Ok(Flatness {
        levels,
        start: StartUp::measure(bench, || Ok(&home))?,
        start_secrets: live,
    })
}

fn measure_level(
    bench: &Bench,
    home: &Home,
    server: &Server,
    live: u32,
    faults: &mut Faults,
) -> Result<Level> {
    let name = format!("flatness at {live}");
    let target = server.child.address;
    let resident_bytes = server.resident_bytes()?;
    let disk = Disk::of(&home.data())?;
    let pairs = bench.round(target, &Script::create_and_reveal(), bench.connections)?;
    faults.add_round(&name, &pairs);
    let creates = bench.fill(server, live.min(CREATES_AT_MOST), STEP_AT_MOST)?;
    faults.add_round(&name, &creates);
    Ok(Level {
        live,
        pairs_per_second: pairs.per_second,
        pair_p50_us: pairs.p50_us,
        pair_p99_us: pairs.p99_us,
        creates: creates.done,
        creates_per_second: creates.per_second,
        create_p50_us: creates.p50_us,
        create_p99_us: creates.p99_us,
        resident_bytes,
        disk,
    })
}
