//! One row of the table: one kind of request.

use anyhow::Result;
use serde::Serialize;

use crate::bench::Bench;
use crate::ceiling;
use crate::comparison::Comparison;
use crate::faults::Faults;
use crate::load::Plan;
use crate::script::Script;
use crate::server::Home;

/// Slow hashes at a time. More would only measure the queue for the core.
const HASHING_CONNECTIONS: usize = 4;
const USER: &str = "bench@example.com";

/// What a row measures.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Workload {
    Status,
    Page,
    Create,
    Pair,
    CreateAuthorized,
    CreateWithPassphrase,
}

impl Workload {
    /// All rows, in the table's order.
    pub(crate) const ALL: [Self; 6] = [
        Self::Status,
        Self::Page,
        Self::Create,
        Self::Pair,
        Self::CreateAuthorized,
        Self::CreateWithPassphrase,
    ];

    /// The row's name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Status => "GET /api/v1/status",
            Self::Page => "GET / (page)",
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
            Self::Page => Script::page(),
            Self::Create | Self::CreateAuthorized | Self::Pair => Script::create(),
            Self::CreateWithPassphrase => Script::create_with_passphrase(),
        }
    }
}

/// A row's name and figures.
#[derive(Debug, Serialize)]
pub(crate) struct Row {
    pub(crate) name: &'static str,
    #[serde(flatten)]
    pub(crate) figures: Comparison,
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
    let ceiling = ceiling::start(bench, &home, &lower, &server)?;
    let upper = match workload {
        Workload::Pair => &Script::create_and_reveal(),
        Workload::Status
        | Workload::Page
        | Workload::Create
        | Workload::CreateAuthorized
        | Workload::CreateWithPassphrase => &lower,
    };
    let connections = match workload {
        Workload::CreateWithPassphrase => bench.connections.min(HASHING_CONNECTIONS),
        Workload::Status
        | Workload::Page
        | Workload::Create
        | Workload::CreateAuthorized
        | Workload::Pair => bench.connections,
    };
    let above = bench.round(&ceiling, &lower);
    let below = Plan { connections, ..bench.round(&server.child, upper) };
    let figures = Comparison::run(bench, workload.name(), &above.into(), &below, faults)?;
    ceiling.stop()?;
    server.stop()?;
    Ok(Row { name: workload.name(), figures })
}
