//! Burnbag and the ceiling in turn: the one way in which figures are compared here.

use std::thread;
use std::time::Duration;

use anyhow::Result;
use serde::Serialize;

use crate::bench::Bench;
use crate::faults::Faults;
use crate::load::{self, Plan};
use crate::round::{Round, median};
use crate::usage::Usage;

/// Lets a server finish what it does after its last answer, before the other one's turn.
const SETTLE: Duration = Duration::from_millis(100);

/// Two servers' figures, medians over the rounds.
#[derive(Debug, Serialize)]
pub(crate) struct Comparison {
    pub(crate) burnbag: Side,
    pub(crate) ceiling: Side,
    /// The median of the rounds' ratios: each compares two neighbours in time.
    pub(crate) ratio: f64,
    pub(crate) ratio_lowest: f64,
    pub(crate) ratio_highest: f64,
}

/// One server's figures.
#[derive(Debug, Serialize)]
pub(crate) struct Side {
    pub(crate) connections: usize,
    /// Exchanges that were measured, in all rounds.
    pub(crate) exchanges: u32,
    pub(crate) per_second: f64,
    pub(crate) p50_us: f64,
    pub(crate) p99_us: f64,
    pub(crate) mean_us: f64,
    pub(crate) answer_bytes: usize,
    /// The server's own time on its core for one exchange, in user and kernel mode. It suffers
    /// least from other programs.
    pub(crate) server_cpu_us: f64,
    pub(crate) usage: Usage,
    pub(crate) faults: u32,
    pub(crate) rounds_per_second: Vec<f64>,
}

/// What burnbag is compared with: something that can be run again and again.
pub(crate) struct Rounds<'a> {
    connections: usize,
    run: Box<dyn Fn() -> Result<Round> + 'a>,
}

impl<'a> Rounds<'a> {
    pub(crate) fn new(connections: usize, run: impl Fn() -> Result<Round> + 'a) -> Self {
        Self { connections, run: Box::new(run) }
    }
}

impl<'a> From<Plan<'a>> for Rounds<'a> {
    fn from(plan: Plan<'a>) -> Self {
        Self::new(plan.connections, move || load::run(&plan))
    }
}

impl Comparison {
    /// Runs rounds against both in turn; `of` names them when something goes wrong.
    pub(crate) fn run(
        bench: &Bench,
        of: &str,
        ceiling: &Rounds<'_>,
        burnbag: &Plan<'_>,
        faults: &mut Faults,
    ) -> Result<Self> {
        let (mut above, mut below) = (Vec::new(), Vec::new());
        for _ in 0..bench.pace.rounds {
            thread::sleep(SETTLE);
            above.push((ceiling.run)()?);
            thread::sleep(SETTLE);
            below.push(load::run(burnbag)?);
        }
        for round in above.iter().chain(&below) {
            faults.add_round(of, round);
        }
        let ratios = || {
            let both = below.iter().zip(&above);
            both.map(|(below, above)| below.per_second / above.per_second)
        };
        Ok(Self {
            ratio: median(ratios()),
            ratio_lowest: ratios().fold(f64::INFINITY, f64::min),
            ratio_highest: ratios().fold(0.0, f64::max),
            burnbag: Side::of(&below, burnbag.connections),
            ceiling: Side::of(&above, ceiling.connections),
        })
    }
}

impl Side {
    fn of(rounds: &[Round], connections: usize) -> Self {
        let middle = |figure: fn(&Round) -> f64| median(rounds.iter().map(figure));
        let usages: Vec<Usage> = rounds.iter().map(|round| round.usage).collect();
        Self {
            connections,
            exchanges: rounds.iter().map(|round| round.done).sum(),
            per_second: middle(|round| round.per_second),
            p50_us: middle(|round| round.p50_us),
            p99_us: middle(|round| round.p99_us),
            mean_us: middle(|round| round.mean_us),
            answer_bytes: rounds.last().map_or(0, |round| round.answer_bytes),
            server_cpu_us: middle(|round| round.usage.server_ran / round.per_second * 1e6),
            usage: Usage::middle(&usages),
            faults: rounds.iter().map(|round| round.faults).sum(),
            rounds_per_second: rounds.iter().map(|round| round.per_second).collect(),
        }
    }
}
