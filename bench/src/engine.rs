//! What secrets can be kept in, each started for the run with its data on the disk that is measured.

#[path = "../../crates/store/tests/support/cluster.rs"]
#[expect(
    dead_code,
    clippy::unwrap_used,
    reason = "the tests' own: they use the rest, and end where it does not start"
)]
mod cluster;
mod monitor;
mod pgbench;
mod recorder;
mod redis;
#[path = "../../crates/store/tests/support/redis.rs"]
#[expect(dead_code, clippy::unwrap_used, reason = "the tests' own, as above")]
mod redis_servers;
mod replay;
mod statements;

use std::cell::Cell;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Result;
use clap::ValueEnum;
use serde::Serialize;

use crate::bench::Bench;
use crate::callers::Callers;
use crate::comparison::Rounds;
use crate::footprint::Disk;
use crate::load::{self, Amount, Plan};
use crate::script::Script;
use crate::server::Home;
use cluster::Cluster;
use redis::Servers;

pub(crate) use replay::Exchange;

/// Connections that a node has to PostgreSQL.
const POSTGRES_CONNECTIONS: usize = 16;
/// How long filling may take.
const FILL_AT_MOST: Duration = Duration::from_secs(500);
/// Where a ceiling's own secrets are.
const CEILING: &str = "ceiling";

/// Which engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ValueEnum)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    Sqlite,
    Postgres,
    Redis,
    RedisCluster,
}

impl Kind {
    /// In the table's order.
    pub(crate) const ALL: [Self; 4] = [Self::Sqlite, Self::Postgres, Self::Redis, Self::RedisCluster];

    /// The engine's name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
            Self::Redis => "Redis",
            Self::RedisCluster => "Redis cluster",
        }
    }

    /// Whether what it holds occupies memory in the first place.
    pub(crate) fn is_in_memory(self) -> bool {
        match self {
            Self::Sqlite | Self::Postgres => false,
            Self::Redis | Self::RedisCluster => true,
        }
    }
}

/// An engine that runs.
pub(crate) struct Engine {
    running: Running,
    /// Nodes that share a store are given their server key.
    key: PathBuf,
    /// Holds the key.
    _first: Home,
    rounds: Cell<u32>,
}

enum Running {
    Sqlite,
    Postgres(Box<Cluster>),
    Redis(Servers),
}

/// Exchanges as the engine's own ceiling runs them.
pub(crate) struct Ceiling(Recorded);

enum Recorded {
    Postgres(pgbench::Exchange),
    Redis(replay::Exchange),
}

/// What burnbag sends its engine: to create, and to create and reveal.
pub(crate) struct Ceilings {
    pub(crate) create: Ceiling,
    pub(crate) pair: Ceiling,
    /// What redis-benchmark reaches with the one script of a create, where it can run it.
    pub(crate) benchmark: Option<f64>,
}

impl Ceilings {
    /// That of a script.
    pub(crate) fn of(&self, script: &Script) -> &Ceiling {
        if script.reveals { &self.pair } else { &self.create }
    }
}

impl Engine {
    /// Starts an engine.
    pub(crate) fn start(kind: Kind, bench: &Bench) -> Result<Self> {
        // The first server makes the key that all others are given.
        let first = Home::create(&bench.scratch)?;
        bench.program.start(&first, bench.cores)?.stop()?;
        let key = first.data().join("server.key");
        let disk = &bench.scratch;
        let running = match kind {
            Kind::Sqlite => Running::Sqlite,
            Kind::Postgres => Running::Postgres(Box::new(Cluster::on(disk, postgres_settings()))),
            Kind::Redis => Running::Redis(Servers::single(disk)),
            Kind::RedisCluster => Running::Redis(Servers::cluster(disk)),
        };
        Ok(Self { running, key, _first: first, rounds: Cell::new(0) })
    }

    /// An empty place for nodes that share it.
    pub(crate) fn home(&self, bench: &Bench, name: &str) -> Result<Home> {
        let home = Home::create(&bench.scratch)?;
        Ok(match &self.running {
            Running::Sqlite => home,
            Running::Postgres(cluster) => home.in_store(cluster.fresh(name), self.key.clone()),
            Running::Redis(servers) => home.in_store(servers.url(name), self.key.clone()),
        })
    }

    /// The place that the ceilings work in, once they are recorded.
    pub(crate) fn ceiling_home(&self, bench: &Bench) -> Result<Home> {
        let home = Home::create(&bench.scratch)?;
        Ok(match &self.running {
            Running::Sqlite => home,
            Running::Postgres(cluster) => home.in_store(cluster.url(CEILING), self.key.clone()),
            Running::Redis(servers) => home.in_store(servers.url(CEILING), self.key.clone()),
        })
    }

    /// Puts so many more secrets there, and answers how many it put.
    pub(crate) fn fill(&self, bench: &Bench, ceilings: &Ceilings, count: u32) -> Result<u32> {
        match (&self.running, &ceilings.create.0) {
            (Running::Postgres(cluster), _) => {
                pgbench::copy(cluster, CEILING, self.next().into(), count);
                Ok(count)
            }
            (Running::Redis(_), Recorded::Redis(exchange)) => {
                let amount = Amount::Exchanges { count: count.into(), at_most: FILL_AT_MOST };
                let exchange = exchange.unconfirmed();
                let filled = load::run(&Plan { amount, ..self.replay(bench, &exchange) })?;
                filled.first_fault.map_or(Ok(filled.done), |fault| Err(anyhow::anyhow!(fault)))
            }
            (Running::Redis(_) | Running::Sqlite, _) => anyhow::bail!("nobody knows how to fill it"),
        }
    }

    /// What is stored occupies: on disk, or in memory.
    pub(crate) fn occupied(&self) -> Result<Disk> {
        match &self.running {
            Running::Sqlite => Ok(Disk::default()),
            Running::Postgres(cluster) => Disk::of(&cluster.data().join("base")),
            Running::Redis(servers) => {
                let bytes = servers.memory()?;
                Ok(Disk { allocated_bytes: bytes, apparent_bytes: bytes })
            }
        }
    }

    fn replay<'a>(&self, bench: &Bench, exchange: &'a Exchange) -> Plan<'a> {
        let servers = match &self.running {
            Running::Redis(servers) => servers.processes(),
            Running::Sqlite | Running::Postgres(_) => Vec::new(),
        };
        Plan {
            callers: Callers::Redis { exchange, round: self.next().into() },
            servers,
            connections: bench.connections,
            amount: bench.usual(),
            cores: bench.cores,
        }
    }

    /// Finds out what burnbag sends; nothing for what is no server.
    pub(crate) fn record(&self, bench: &Bench) -> Result<Option<Ceilings>> {
        match &self.running {
            Running::Sqlite => Ok(None),
            Running::Postgres(cluster) => recorder::postgres(self, cluster, bench).map(Some),
            Running::Redis(servers) => recorder::redis(self, servers, bench).map(Some),
        }
    }

    /// Rounds of the engine's own, for so many nodes.
    pub(crate) fn rounds<'a>(&'a self, bench: &'a Bench, ceiling: &'a Ceiling, nodes: usize) -> Rounds<'a> {
        match (&ceiling.0, &self.running) {
            (Recorded::Postgres(exchange), Running::Postgres(cluster)) => {
                let clients = nodes * POSTGRES_CONNECTIONS;
                Rounds::new(clients, move || {
                    exchange.run(cluster, CEILING, clients, self.next().into(), bench.pace.measured)
                })
            }
            (Recorded::Redis(exchange), Running::Redis(_)) => {
                Rounds::new(bench.connections, move || load::run(&self.replay(bench, exchange)))
            }
            (Recorded::Postgres(_) | Recorded::Redis(_), _) => {
                Rounds::new(0, || anyhow::bail!("a ceiling of another engine"))
            }
        }
    }

    /// Another number for each round, so that no two have the same rows.
    fn next(&self) -> u32 {
        self.rounds.set(self.rounds.get() + 1);
        self.rounds.get()
    }
}

/// As an operator gets it, but for the number of connections, and the log of statements that can be read.
fn postgres_settings() -> Vec<String> {
    let settings = ["listen_addresses=", "fsync=on", &format!("log_line_prefix={}", statements::PREFIX)]
        .map(str::to_owned);
    settings.into()
}
