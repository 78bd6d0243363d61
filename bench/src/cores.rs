//! Two cores: one for the server under test, one for the load.

use anyhow::{Context as _, Result};
use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};

/// Which core does what.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cores {
    pinned: Option<Pinned>,
    allowed: CpuSet,
}

#[derive(Clone, Copy, Debug)]
struct Pinned {
    server: usize,
    load: usize,
}

impl Cores {
    /// Takes the first two cores we may run on, and moves this thread to the second.
    ///
    /// With one core nothing is pinned; server and load then compete, and only the ratios of two
    /// such runs can be compared.
    pub(crate) fn claim() -> Result<Self> {
        let allowed = sched_getaffinity(None)?;
        let mut free = (0..CpuSet::MAX_CPU).filter(|core| allowed.is_set(*core));
        let (Some(server), Some(load)) = (free.next(), free.next()) else {
            return Ok(Self { pinned: None, allowed });
        };
        pin(load)?;
        Ok(Self { pinned: Some(Pinned { server, load }), allowed })
    }

    /// Gives all cores to everybody: to this thread, and to what it starts from here on.
    pub(crate) fn share(self) -> Result<Self> {
        sched_setaffinity(None, &self.allowed).context("moving to all cores")?;
        Ok(Self { pinned: None, ..self })
    }

    /// The cores' numbers, server first.
    pub(crate) fn numbers(self) -> Option<(usize, usize)> {
        self.pinned.map(|pinned| (pinned.server, pinned.load))
    }

    /// Runs `start` on the server's core: a child process inherits the core it was started on.
    ///
    /// This costs the child nothing, where `taskset` would add a program start to the measured
    /// start-up.
    pub(crate) fn on_server_core<T>(self, start: impl FnOnce() -> Result<T>) -> Result<T> {
        let Some(pinned) = self.pinned else {
            return start();
        };
        pin(pinned.server)?;
        let started = start();
        pin(pinned.load)?;
        started
    }
}

fn pin(core: usize) -> Result<()> {
    let mut set = CpuSet::new();
    set.set(core);
    sched_setaffinity(None, &set).with_context(|| format!("moving to core {core}"))
}
