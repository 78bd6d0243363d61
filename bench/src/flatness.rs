//! Whether a secret costs the same among a thousand others and among a million.

use std::time::Duration;

use anyhow::Result;
use serde::Serialize;

use crate::bench::Bench;
use crate::ceiling;
use crate::comparison::Comparison;
use crate::faults::Faults;
use crate::footprint::{Disk, StartUp};
use crate::load::{self, Plan};
use crate::script::Script;
use crate::server::{Home, Server};

const LEVELS: [u32; 4] = [1_000, 10_000, 100_000, 1_000_000];
/// The creates measured at a level; below the highest they are part of the way to the next.
const CREATES_AT_MOST: u32 = 20_000;
/// How long one step may take; a million secrets at two thousand a second.
const STEP_AT_MOST: Duration = Duration::from_secs(500);

/// The figures at one number of live secrets.
#[derive(Debug, Serialize)]
pub(crate) struct Level {
    pub(crate) live: u32,
    /// Create and reveal in turn, against the ceiling's creates: the number of live secrets stays.
    pub(crate) pairs: Comparison,
    /// Creates alone: it grows.
    pub(crate) creates: Comparison,
    pub(crate) resident_bytes: u64,
    pub(crate) disk: Disk,
}

/// All levels, and the start-up with the highest.
#[derive(Debug, Serialize)]
pub(crate) struct Flatness {
    pub(crate) levels: Vec<Level>,
    pub(crate) start_ms: StartUp,
    pub(crate) start_secrets: u32,
}

/// Fills one server step by step and measures at each level.
pub(crate) fn measure(bench: &Bench, faults: &mut Faults) -> Result<Flatness> {
    let home = Home::create(&bench.scratch)?;
    let server = bench.program.start(&home, bench.cores)?;
    let create = Script::create();
    let ceiling = ceiling::start(bench, &home, &create, &server)?;
    let above = bench.round(&ceiling, &create);
    let mut levels = Vec::with_capacity(LEVELS.len());
    // One secret there is already: the one whose answer the ceiling repeats.
    let mut live = 1;
    for level in LEVELS {
        let missing = level.saturating_sub(live);
        let filled = load::run(&bench.batch(&server.child, &create, missing, STEP_AT_MOST))?;
        faults.add_round("filling for flatness", &filled);
        live += filled.done;
        let found = measure_level(bench, &home, &server, above, live, faults)?;
        live += found.creates.burnbag.exchanges;
        levels.push(found);
    }
    ceiling.stop()?;
    server.stop()?;
    Ok(Flatness { levels, start_ms: StartUp::measure(bench, || Ok(&home))?, start_secrets: live })
}

fn measure_level(
    bench: &Bench,
    home: &Home,
    server: &Server,
    above: Plan<'_>,
    live: u32,
    faults: &mut Faults,
) -> Result<Level> {
    let name = format!("with {live} live secrets");
    let resident_bytes = server.resident_bytes()?;
    let disk = Disk::of(&home.data())?;
    let pair = Script::create_and_reveal();
    let pairs = Comparison::run(bench, &name, above, bench.round(&server.child, &pair), faults)?;
    let batch = live.saturating_mul(9).min(CREATES_AT_MOST) / u32::from(bench.pace.rounds);
    let below = bench.batch(&server.child, above.script, batch, STEP_AT_MOST);
    let creates = Comparison::run(bench, &name, above, below, faults)?;
    Ok(Level { live, pairs, creates, resident_bytes, disk })
}
