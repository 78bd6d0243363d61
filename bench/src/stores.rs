//! The same exchanges on every engine, by one node and by three that share it, beside what the engine does without
//! burnbag.
//!
//! Nodes, engine, and whoever calls share all cores: pinned to one each, three nodes would have none.

use anyhow::Result;
use serde::Serialize;

use crate::bench::Bench;
use crate::ceiling;
use crate::child::Child;
use crate::comparison::{Comparison, Rounds};
use crate::engine::{Ceilings, Engine, Kind};
use crate::faults::Faults;
use crate::interrupt;
use crate::script::Script;
use crate::server::{Home, Server};

/// How many nodes share a store.
const NODES: [usize; 2] = [1, 3];

/// What is compared.
#[derive(Clone, Copy, Debug)]
enum Workload {
    Create,
    Pair,
}

impl Workload {
    const fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Pair => "create + reveal (pairs)",
        }
    }
}

/// An engine's figures with a number of nodes.
#[derive(Debug, Serialize)]
pub(crate) struct StoreRow {
    pub(crate) engine: Kind,
    pub(crate) nodes: usize,
    pub(crate) name: &'static str,
    #[serde(flatten)]
    pub(crate) figures: Comparison,
    /// What the engine's own program for such figures reaches with the same script, where it can run it.
    pub(crate) redis_benchmark: Option<f64>,
}

/// Measures all engines. One that does not work is a fault, and the others are measured all the same.
pub(crate) fn measure(bench: &Bench, faults: &mut Faults) -> Result<Vec<StoreRow>> {
    let mut rows = Vec::new();
    for &kind in &bench.engines {
        crate::say(kind.name());
        let found = measure_engine(bench, kind, faults);
        rows.extend(faults.unless(kind.name(), found).into_iter().flatten());
        interrupt::check()?;
    }
    Ok(rows)
}

fn measure_engine(bench: &Bench, kind: Kind, faults: &mut Faults) -> Result<Vec<StoreRow>> {
    let engine = Engine::start(kind, bench)?;
    let ceilings = engine.record(bench)?;
    let mut rows = Vec::new();
    for nodes in NODES {
        let home = engine.home(bench, &format!("nodes_{nodes}"))?;
        let servers = (0..nodes).map(|_| bench.program.start(&home, bench.cores));
        let servers = servers.collect::<Result<Vec<_>>>()?;
        for workload in [Workload::Create, Workload::Pair] {
            let stand = Stand { bench, engine: &engine, home: &home, servers: &servers };
            let figures = stand.compare(workload, ceilings.as_ref(), faults)?;
            let redis_benchmark = match workload {
                Workload::Create => ceilings.as_ref().and_then(|ceilings| ceilings.benchmark),
                Workload::Pair => None,
            };
            rows.push(StoreRow { engine: kind, nodes, name: workload.name(), figures, redis_benchmark });
        }
        servers.into_iter().try_for_each(Server::stop)?;
    }
    Ok(rows)
}

/// Nodes on an engine.
struct Stand<'a> {
    bench: &'a Bench,
    engine: &'a Engine,
    home: &'a Home,
    servers: &'a [Server],
}

impl Stand<'_> {
    fn compare(
        &self,
        workload: Workload,
        ceilings: Option<&Ceilings>,
        faults: &mut Faults,
    ) -> Result<Comparison> {
        let (create, pair) = (Script::create(), Script::create_and_reveal());
        let script = match workload {
            Workload::Create => &create,
            Workload::Pair => &pair,
        };
        let nodes: Vec<&Child> = self.servers.iter().map(|server| &server.child).collect();
        let below = self.bench.round_on(&nodes, script);
        match ceilings {
            Some(ceilings) => {
                let above = ceilings.of(script);
                let above = self.engine.rounds(self.bench, above, nodes.len());
                Comparison::run(self.bench, workload.name(), &above, &below, faults)
            }
            None => self.beside_http(workload, &create, &below, faults),
        }
    }

    /// What is no server has no ceiling of its own: it is compared with HTTP that stores nothing.
    fn beside_http(
        &self,
        workload: Workload,
        create: &Script,
        below: &crate::load::Plan<'_>,
        faults: &mut Faults,
    ) -> Result<Comparison> {
        let server = self.servers.first().ok_or_else(|| anyhow::anyhow!("no node"))?;
        let ceiling = ceiling::start(self.bench, self.home, create, server)?;
        let above: Rounds<'_> = self.bench.round(&ceiling, create).into();
        let figures = Comparison::run(self.bench, workload.name(), &above, below, faults)?;
        ceiling.stop()?;
        Ok(figures)
    }
}
