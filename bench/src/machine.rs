//! What the figures were measured on, so that they can be read later.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use serde::Serialize;

use crate::round::median;

const SYNCS: usize = 200;

/// A machine and the state it was in.
#[derive(Debug, Serialize)]
pub(crate) struct Machine {
    pub(crate) cpu: String,
    pub(crate) cores: usize,
    pub(crate) kernel: String,
    pub(crate) filesystem: String,
    /// Appending 4 KiB to a file and waiting for the disk: what any durable write pays.
    pub(crate) sync_median_us: f64,
    /// Other work before the run began: above nought, the figures are of a shared machine.
    pub(crate) load_average: String,
}

impl Machine {
    /// Looks at this machine; the disk is the one under `scratch`.
    pub(crate) fn look(scratch: &Path) -> Result<Self> {
        let cpuinfo = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let cpu = cpuinfo
            .lines()
            .find(|line| line.starts_with("model name"))
            .and_then(|line| line.split_once(": "))
            .map_or("unknown CPU", |(_, name)| name);
        let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
        let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
        Ok(Self {
            cpu: cpu.to_owned(),
            cores: cpuinfo.lines().filter(|line| line.starts_with("processor")).count(),
            kernel: kernel.trim().to_owned(),
            filesystem: filesystem(scratch),
            sync_median_us: sync_median_us(scratch)?,
            load_average: load.split(' ').next().unwrap_or_default().to_owned(),
        })
    }
}

/// The type of the file system that `path` is on: of all mount points above it, the longest.
fn filesystem(path: &Path) -> String {
    let mounts = fs::read_to_string("/proc/self/mounts").unwrap_or_default();
    mounts
        .lines()
        .filter_map(|line| {
            let mut fields = line.split(' ').skip(1);
            Some((fields.next()?, fields.next()?))
        })
        .filter(|(point, _)| path.starts_with(point))
        .max_by_key(|(point, _)| point.len())
        .map_or("unknown file system", |(_, kind)| kind)
        .to_owned()
}

fn sync_median_us(scratch: &Path) -> Result<f64> {
    let directory = tempfile::tempdir_in(scratch)?;
    let mut file = File::create(directory.path().join("sync"))?;
    let mut times = Vec::with_capacity(SYNCS);
    for _ in 0..SYNCS {
        let begun = Instant::now();
        file.write_all(&[b'x'; 4096])?;
        file.sync_data()?;
        times.push(begun.elapsed().as_secs_f64() * 1e6);
    }
    Ok(median(times))
}
