//! One row of the table: burnbag and the ceiling in turn, on the same request.

use std::process::Command;
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result};
use serde::Serialize;

use crate::bench::Bench;
use crate::child::Child;
use crate::faults::Faults;
use crate::probe;
use crate::round::{Round, median};
use crate::script::Script;
use crate::server::{Home, Server};

/// Lets a server finish what it does after its last answer, before the other one's turn.
const SETTLE: Duration = Duration::from_millis(100);
/// Slow hashes at a time. More would only measure the queue for the core.
const HASHING_CONNECTIONS: usize = 4;
const USER: &str = "bench@example.com";

/// What a row measures.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Workload {
    Status,
    Create,
    Pair,
    CreateAuthorized,
    CreateWithPassphrase,
}

impl Workload {
    /// All rows, in the table's order.
    pub(crate) const ALL: [Self; 5] = [
        Self::Status,
        Self::Create,
        Self::Pair,
        Self::CreateAuthorized,
        Self::CreateWithPassphrase,
    ];

    /// The row's name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Status => "GET /api/v1/status",
            Self::Create => "create",
            Self::Pair => "create + reveal (pairs)",
            Self::CreateAuthorized => "create with API key",
            Self::CreateWithPassphrase => "create with passphrase",
        }
    }

    /// The script for the ceiling: as burnbag's, without revealing what is not there.
    fn script(self) -> Script {
        match self {
            Self::Status => Script::status(),
            Self::Create | Self::CreateAuthorized | Self::Pair => Script::create(),
            Self::CreateWithPassphrase => Script::create_with_passphrase(),
        }
    }
}

/// A row's figures: medians over its rounds.
#[derive(Debug, Serialize)]
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) burnbag: Side,
    pub(crate) ceiling: Side,
    /// The median of the rounds' ratios: each compares two neighbours in time.
    pub(crate) ratio: f64,
    pub(crate) ratio_lowest: f64,
    pub(crate) ratio_highest: f64,
}

/// One server's figures in a row.
#[derive(Debug, Serialize)]
pub(crate) struct Side {
    pub(crate) connections: usize,
    pub(crate) per_second: f64,
    pub(crate) p50_us: f64,
    pub(crate) p99_us: f64,
    pub(crate) answer_bytes: usize,
    pub(crate) server_core_busy: Option<f64>,
    pub(crate) load_core_busy: Option<f64>,
    pub(crate) faults: u32,
    pub(crate) rounds_per_second: Vec<f64>,
}

impl Side {
    fn of(rounds: &[Round], connections: usize) -> Self {
        Self {
            connections,
            per_second: median(rounds.iter().map(|round| round.per_second)),
            p50_us: median(rounds.iter().map(|round| round.p50_us)),
            p99_us: median(rounds.iter().map(|round| round.p99_us)),
            answer_bytes: rounds.last().map_or(0, |round| round.answer_bytes),
            server_core_busy: rounds
                .iter()
                .map(|round| round.server_core)
                .collect::<Option<Vec<_>>>()
                .map(median),
            load_core_busy: rounds
                .iter()
                .map(|round| round.load_core)
                .collect::<Option<Vec<_>>>()
                .map(median),
            faults: rounds.iter().map(|round| round.faults).sum(),
            rounds_per_second: rounds.iter().map(|round| round.per_second).collect(),
        }
    }
}

/// Measures one row, on an empty store of its own.
pub(crate) fn measure(bench: &Bench, workload: Workload, faults: &mut Faults) -> Result<Row> {
    let home = Home::create(&bench.scratch)?;
    let mut lower = workload.script();
    if matches!(workload, Workload::CreateAuthorized) {
        // The account goes into a store that a server has made.
        bench.program.start(&home, bench.cores)?.stop()?;
        let key = bench.program.create_account(&home, USER)?;
        lower = lower.authorized(USER, &key);
    }
    let server = bench.program.start(&home, bench.cores)?;
    let ceiling = start_ceiling(bench, &home, &lower, &server)?;
    let upper = match workload {
        Workload::Pair => Script::create_and_reveal(),
        Workload::Status
        | Workload::Create
        | Workload::CreateAuthorized
        | Workload::CreateWithPassphrase => lower.clone(),
    };
    let connections = match workload {
        Workload::CreateWithPassphrase => bench.connections.min(HASHING_CONNECTIONS),
        Workload::Status | Workload::Create | Workload::CreateAuthorized | Workload::Pair => {
            bench.connections
        }
    };
    let (mut below, mut above) = (Vec::new(), Vec::new());
    for _ in 0..bench.pace.rounds {
        thread::sleep(SETTLE);
        above.push(bench.round(ceiling.address, &lower, bench.connections)?);
        thread::sleep(SETTLE);
        below.push(bench.round(server.child.address, &upper, connections)?);
    }
    for round in above.iter().chain(&below) {
        faults.add_round(workload.name(), round);
    }
    ceiling.stop()?;
    server.stop()?;
    let ratios = || {
        let both = below.iter().zip(&above);
        both.map(|(below, above)| below.per_second / above.per_second)
    };
    Ok(Row {
        name: workload.name(),
        ratio: median(ratios()),
        ratio_lowest: ratios().fold(f64::INFINITY, f64::min),
        ratio_highest: ratios().fold(0.0, f64::max),
        burnbag: Side::of(&below, connections),
        ceiling: Side::of(&above, bench.connections),
    })
}

/// Starts a ceiling that repeats what the server answers to the script's first request.
fn start_ceiling(bench: &Bench, home: &Home, script: &Script, server: &Server) -> Result<Child> {
    let answer = probe::record(script, server.child.address)?;
    let file = home.file("answer.json");
    std::fs::write(&file, serde_json::to_vec(&answer)?)?;
    let this = std::env::current_exe()?;
    let mut command = Command::new(this);
    command.arg("ceiling").arg("--answer").arg(file);
    Child::spawn(&mut command, bench.cores).context("the ceiling")
}
