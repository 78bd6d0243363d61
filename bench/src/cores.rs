//! Two cores: one for the server under test, one for the load.

use anyhow::{Context as _, Result};
use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};

/// Which core does what.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cores {
    pinned: Option<Pinned>,
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
            return Ok(Self { pinned: None });
        };
        pin(load)?;
        Ok(Self {
            pinned: Some(Pinned { server, load }),
        })
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

    /// What both cores have done since the machine came up.
    pub(crate) fn clock(self) -> Option<CoreClock> {
        let pinned = self.pinned?;
        let text = std::fs::read_to_string("/proc/stat").ok()?;
        Some(CoreClock {
            server: Ticks::of(&text, pinned.server)?,
            load: Ticks::of(&text, pinned.load)?,
        })
    }
}

fn pin(core: usize) -> Result<()> {
    let mut set = CpuSet::new();
    set.set(core);
    sched_setaffinity(None, &set).with_context(|| format!("moving to core {core}"))
}

/// One reading of both cores' counters.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CoreClock {
    server: Ticks,
    load: Ticks,
}

impl CoreClock {
    /// The share of the time in which each core was busy since `earlier`, server first.
    ///
    /// Whole cores and not processes: the kernel's network work counts too. A figure says
    /// nothing while other programs use the same cores.
    pub(crate) fn busy_since(self, earlier: Self) -> (f64, f64) {
        (
            self.server.busy_since(earlier.server),
            self.load.busy_since(earlier.load),
        )
    }
}

#[derive(Clone, Copy, Debug)]
struct Ticks {
    idle: u32,
    total: u32,
}

impl Ticks {
    /// Reads the line `cpuN user nice system idle iowait irq softirq steal ...` of /proc/stat.
    fn of(text: &str, core: usize) -> Option<Self> {
        let name = format!("cpu{core}");
        let line = text
            .lines()
            .find(|line| line.split(' ').next() == Some(&name))?;
        let fields: Vec<u64> = line
            .split_ascii_whitespace()
            .skip(1)
            .take(8)
            .filter_map(|field| field.parse().ok())
            .collect();
        let idle: u64 = fields.iter().skip(3).take(2).sum();
        Some(Self {
            idle: u32::try_from(idle).ok()?,
            total: u32::try_from(fields.iter().sum::<u64>()).ok()?,
        })
    }

    fn busy_since(self, earlier: Self) -> f64 {
        let total = self.total.saturating_sub(earlier.total);
        let idle = self.idle.saturating_sub(earlier.idle);
        if total == 0 {
            return 0.0;
        }
        1.0 - f64::from(idle) / f64::from(total)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_for_the_disk_is_not_work() {
        let before = "cpu  9 9 9 9\ncpu1 10 0 10 70 10 0 0 0 0 0\n";
        let after = "cpu  9 9 9 9\ncpu1 20 0 25 90 65 0 0 0 0 0\n";
        let busy = Ticks::of(after, 1)
            .zip(Ticks::of(before, 1))
            .map(|(after, before)| after.busy_since(before));
        assert_eq!(busy, Some(0.25));
    }
}
