//! What the two processes and the two cores did during a round.
//!
//! On a machine of one's own the busy cores alone would say who the bottleneck was. On a shared
//! one they would not: so the kernel is also asked how long each process ran, and how long it
//! stood ready to run while its core belonged to somebody else.

use std::fs;
use std::time::{Duration, Instant};

use serde::Serialize;

use crate::cores::Cores;
use crate::round::median;

/// Shares of the time of one core. What the system does not tell is not a number.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Usage {
    /// Any work on the core: this process's, the kernel's, other programs'.
    pub(crate) server_core: f64,
    pub(crate) load_core: f64,
    /// The process ran.
    pub(crate) server_ran: f64,
    pub(crate) load_ran: f64,
    /// The process's threads were kept waiting for the core, by one another or by other programs.
    pub(crate) server_waited: f64,
    pub(crate) load_waited: f64,
}

impl Usage {
    /// Of what nobody watched.
    pub(crate) const UNKNOWN: Self = Self {
        server_core: f64::NAN,
        load_core: f64::NAN,
        server_ran: f64::NAN,
        load_ran: f64::NAN,
        server_waited: f64::NAN,
        load_waited: f64::NAN,
    };

    /// From one reading to a later one.
    pub(crate) fn between(begin: Option<Clock>, end: Option<Clock>) -> Self {
        let Some((begin, end)) = begin.zip(end) else {
            return Self::UNKNOWN;
        };
        let elapsed = end.at.duration_since(begin.at).as_secs_f64();
        let share = |begin: Duration, end: Duration| end.saturating_sub(begin).as_secs_f64() / elapsed;
        let busy = |begin: Option<Ticks>, end: Option<Ticks>| {
            begin.zip(end).map_or(f64::NAN, |(begin, end)| end.busy_since(begin))
        };
        Self {
            server_core: busy(begin.server_core, end.server_core),
            load_core: busy(begin.load_core, end.load_core),
            server_ran: share(begin.server.ran, end.server.ran),
            load_ran: share(begin.load.ran, end.load.ran),
            server_waited: share(begin.server.waited, end.server.waited),
            load_waited: share(begin.load.waited, end.load.waited),
        }
    }

    /// The medians of several rounds.
    pub(crate) fn middle(rounds: &[Self]) -> Self {
        let middle = |figure: fn(&Self) -> f64| median(rounds.iter().map(figure));
        Self {
            server_core: middle(|usage| usage.server_core),
            load_core: middle(|usage| usage.load_core),
            server_ran: middle(|usage| usage.server_ran),
            load_ran: middle(|usage| usage.load_ran),
            server_waited: middle(|usage| usage.server_waited),
            load_waited: middle(|usage| usage.load_waited),
        }
    }
}

/// One reading of all counters.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clock {
    at: Instant,
    server_core: Option<Ticks>,
    load_core: Option<Ticks>,
    server: Schedule,
    load: Schedule,
}

impl Clock {
    /// Reads the counters of both cores, of the processes `servers` together, and of this one.
    pub(crate) fn read(cores: Cores, servers: &[u32]) -> Option<Self> {
        let text = fs::read_to_string("/proc/stat").ok()?;
        let (server_core, load_core) = cores.numbers().unzip();
        Some(Self {
            at: Instant::now(),
            server_core: server_core.and_then(|core| Ticks::of(&text, core)),
            load_core: load_core.and_then(|core| Ticks::of(&text, core)),
            server: servers.iter().map(|server| Schedule::of(*server)).sum::<Option<_>>()?,
            load: Schedule::of(std::process::id())?,
        })
    }
}

/// A process's time with and without a core, summed over its threads.
#[derive(Clone, Copy, Debug, Default)]
struct Schedule {
    ran: Duration,
    waited: Duration,
}

impl Schedule {
    fn of(process: u32) -> Option<Self> {
        let mut sum = Self::default();
        for thread in fs::read_dir(format!("/proc/{process}/task")).ok()? {
            // A thread may end while we look.
            let text = fs::read_to_string(thread.ok()?.path().join("schedstat")).unwrap_or_default();
            let mut nanoseconds = text.split_ascii_whitespace().map_while(|field| field.parse().ok());
            sum.ran += Duration::from_nanos(nanoseconds.next().unwrap_or(0));
            sum.waited += Duration::from_nanos(nanoseconds.next().unwrap_or(0));
        }
        Some(sum)
    }
}

impl std::iter::Sum for Schedule {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, one| Self { ran: sum.ran + one.ran, waited: sum.waited + one.waited })
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
        let line = text.lines().find(|line| line.split(' ').next() == Some(&name))?;
        let fields: Vec<u64> =
            line.split_ascii_whitespace().skip(1).take(8).filter_map(|field| field.parse().ok()).collect();
        let idle: u64 = fields.iter().skip(3).take(2).sum();
        Some(Self { idle: u32::try_from(idle).ok()?, total: u32::try_from(fields.iter().sum::<u64>()).ok()? })
    }

    fn busy_since(self, earlier: Self) -> f64 {
        let total = self.total.saturating_sub(earlier.total);
        let idle = self.idle.saturating_sub(earlier.idle);
        if total == 0 {
            return f64::NAN;
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
        let busy =
            Ticks::of(after, 1).zip(Ticks::of(before, 1)).map(|(after, before)| after.busy_since(before));
        assert_eq!(busy, Some(0.25));
    }
}
