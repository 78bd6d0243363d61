//! Whether a secret costs the same among a thousand others and among a million.

use std::time::Duration;

use anyhow::Result;
use serde::Serialize;

use crate::bench::Bench;
use crate::ceiling;
use crate::comparison::{Comparison, Rounds};
use crate::engine::{Ceilings, Engine, Kind};
use crate::faults::Faults;
use crate::footprint::{Disk, StartUp};
use crate::load;
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
    /// Create and reveal in turn, beside the ceiling's creates, or an engine's own pairs: the number of live secrets stays.
    pub(crate) pairs: Comparison,
    /// Creates alone: it grows.
    pub(crate) creates: Comparison,
    pub(crate) resident_bytes: u64,
    /// What the secrets occupy: on disk, or in an engine's memory.
    pub(crate) disk: Disk,
}

/// All levels, and the start-up with the highest.
#[derive(Debug, Serialize)]
pub(crate) struct Flatness {
    pub(crate) engine: Kind,
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
    let (mut levels, mut live) = (Vec::with_capacity(LEVELS.len()), 1);
    // One secret there is already: the one whose answer the ceiling repeats.
    for level in LEVELS {
        let missing = level.saturating_sub(live);
        let filled = load::run(&bench.batch(&server.child, &create, missing, STEP_AT_MOST))?;
        faults.add_round("filling for flatness", &filled);
        live += filled.done;
        let beside = || bench.round(&ceiling, &create).into();
        let (beside, disk) = ([beside(), beside()], Disk::of(&home.data())?);
        let found = measure_level(bench, &server, &beside, (live, disk), faults)?;
        live += found.creates.burnbag.exchanges;
        levels.push(found);
    }
    ceiling.stop()?;
    server.stop()?;
    let start_ms = StartUp::measure(bench, || Ok(&home))?;
    Ok(Flatness { engine: Kind::Sqlite, levels, start_ms, start_secrets: live })
}

/// The same on an engine. It is filled without burnbag, by copies of one secret, because that is quicker; who asks for
/// rows by their number cannot tell.
pub(crate) fn measure_engine(bench: &Bench, kind: Kind, faults: &mut Faults) -> Result<Option<Flatness>> {
    let engine = Engine::start(kind, bench)?;
    let Some(ceilings) = engine.record(bench)? else { return Ok(None) };
    let home = engine.ceiling_home(bench)?;
    let server = bench.program.start(&home, bench.cores)?;
    let (mut levels, mut live) = (Vec::with_capacity(LEVELS.len()), 1);
    for level in LEVELS {
        live += engine.fill(bench, &ceilings, level.saturating_sub(live))?;
        let beside = own(&engine, bench, &ceilings);
        let found = measure_level(bench, &server, &beside, (live, engine.occupied()?), faults)?;
        // The engine's own creates stay there too.
        live += found.creates.burnbag.exchanges + found.creates.ceiling.exchanges;
        levels.push(found);
    }
    server.stop()?;
    let start_ms = StartUp::measure(bench, || Ok(&home))?;
    Ok(Some(Flatness { engine: kind, levels, start_ms, start_secrets: live }))
}

fn own<'a>(engine: &'a Engine, bench: &'a Bench, ceilings: &'a Ceilings) -> [Rounds<'a>; 2] {
    [&ceilings.pair, &ceilings.create].map(|ceiling| engine.rounds(bench, ceiling, 1))
}

/// Beside what the pairs, and the creates, are compared with.
fn measure_level(
    bench: &Bench,
    server: &Server,
    [beside_pairs, beside_creates]: &[Rounds<'_>; 2],
    (live, disk): (u32, Disk),
    faults: &mut Faults,
) -> Result<Level> {
    let name = format!("with {live} live secrets");
    let resident_bytes = server.resident_bytes()?;
    let (create, pair) = (Script::create(), Script::create_and_reveal());
    let below = bench.round(&server.child, &pair);
    let pairs = Comparison::run(bench, &name, beside_pairs, &below, faults)?;
    let batch = live.saturating_mul(9).min(CREATES_AT_MOST) / u32::from(bench.pace.rounds);
    let below = bench.batch(&server.child, &create, batch, STEP_AT_MOST);
    let creates = Comparison::run(bench, &name, beside_creates, &below, faults)?;
    Ok(Level { live, pairs, creates, resident_bytes, disk })
}
