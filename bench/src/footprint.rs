//! Memory, disk and start-up: what a server costs besides its time per request.

use std::borrow::Borrow;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use serde::Serialize;

use crate::bench::Bench;
use crate::faults::Faults;
use crate::load;
use crate::round::median;
use crate::script::Script;
use crate::server::Home;

/// Starts per median.
const STARTS: usize = 5;
/// How long filling may take before it goes on with what there is.
const FILL_AT_MOST: Duration = Duration::from_mins(1);

/// The figures of one server, empty and filled.
#[derive(Debug, Serialize)]
pub(crate) struct Footprint {
    pub(crate) secrets: u32,
    pub(crate) resident_idle_bytes: u64,
    pub(crate) resident_filled_bytes: u64,
    pub(crate) disk_running: Disk,
    pub(crate) disk_stopped: Disk,
    pub(crate) start_fresh_ms: StartUp,
    pub(crate) start_existing_ms: StartUp,
    pub(crate) start_filled_ms: StartUp,
}

/// The size of a data directory's files.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(crate) struct Disk {
    /// Blocks that the files occupy, in bytes.
    pub(crate) allocated_bytes: u64,
    /// The files' lengths.
    pub(crate) apparent_bytes: u64,
}

impl Disk {
    /// Adds up all files below a directory.
    pub(crate) fn of(directory: &Path) -> Result<Self> {
        let mut sum = Self::default();
        for entry in std::fs::read_dir(directory)? {
            let entry = entry?;
            let metadata = entry.metadata()?;
            if metadata.is_dir() {
                let below = Self::of(&entry.path())?;
                sum.allocated_bytes += below.allocated_bytes;
                sum.apparent_bytes += below.apparent_bytes;
            } else {
                sum.allocated_bytes += metadata.blocks() * 512;
                sum.apparent_bytes += metadata.len();
            }
        }
        Ok(sum)
    }
}

/// Milliseconds from spawning the process to the first 200 from /healthz.
#[derive(Debug, Serialize)]
pub(crate) struct StartUp {
    pub(crate) median: f64,
    pub(crate) lowest: f64,
    pub(crate) highest: f64,
}

impl StartUp {
    /// Starts and stops a server several times, each on the home that `home` hands out.
    pub(crate) fn measure<H: Borrow<Home>>(
        bench: &Bench,
        mut home: impl FnMut() -> Result<H>,
    ) -> Result<Self> {
        let mut times = Vec::with_capacity(STARTS);
        for _ in 0..STARTS {
            let home = home()?;
            let server = bench.program.start(home.borrow(), bench.cores)?;
            times.push(server.start_up.as_secs_f64() * 1e3);
            server.stop()?;
        }
        Ok(Self {
            median: median(times.iter().copied()),
            lowest: times.iter().copied().fold(f64::INFINITY, f64::min),
            highest: times.iter().copied().fold(0.0, f64::max),
        })
    }
}

/// Measures a server that starts empty and is then filled.
pub(crate) fn measure(bench: &Bench, faults: &mut Faults) -> Result<Footprint> {
    let start_fresh_ms = StartUp::measure(bench, || Home::create(&bench.scratch))?;
    let home = Home::create(&bench.scratch)?;
    bench.program.start(&home, bench.cores)?.stop()?;
    let start_existing_ms = StartUp::measure(bench, || Ok(&home))?;

    let server = bench.program.start(&home, bench.cores)?;
    let resident_idle_bytes = server.resident_bytes()?;
    let script = Script::create();
    let filled = load::run(&bench.batch(&server.child, &script, bench.pace.live, FILL_AT_MOST))?;
    faults.add_round("filling", &filled);
    let resident_filled_bytes = server.resident_bytes()?;
    let disk_running = Disk::of(&home.data())?;
    server.stop()?;
    let disk_stopped = Disk::of(&home.data())?;

    Ok(Footprint {
        secrets: filled.done,
        resident_idle_bytes,
        resident_filled_bytes,
        disk_running,
        disk_stopped,
        start_fresh_ms,
        start_existing_ms,
        start_filled_ms: StartUp::measure(bench, || Ok(&home))?,
    })
}
