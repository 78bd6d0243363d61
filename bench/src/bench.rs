//! What all measurements of one run share.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Result;
use serde::Serialize;

use crate::callers::Callers;
use crate::child::Child;
use crate::cores::Cores;
use crate::engine::Kind;
use crate::load::{Amount, Plan};
use crate::script::Script;
use crate::server::Program;

/// The things under test and the place to test them in.
#[derive(Debug)]
pub(crate) struct Bench {
    pub(crate) program: Program,
    pub(crate) cores: Cores,
    pub(crate) scratch: PathBuf,
    pub(crate) connections: usize,
    pub(crate) pace: Pace,
    /// Of the store.
    pub(crate) engines: Vec<Kind>,
}

impl Bench {
    /// From here on nobody has a core of his own, and rounds are fewer: there are many rows.
    pub(crate) fn share_cores(&mut self) -> Result<()> {
        self.cores = self.cores.share()?;
        self.pace.rounds = self.pace.rounds.min(3);
        Ok(())
    }

    /// A round of the usual length.
    pub(crate) fn round<'a>(&self, server: &Child, script: &'a Script) -> Plan<'a> {
        self.round_on(&[server], script)
    }

    /// The same, with the connections spread over several servers.
    pub(crate) fn round_on<'a>(&self, servers: &[&Child], script: &'a Script) -> Plan<'a> {
        let targets = servers.iter().map(|server| server.address).collect();
        Plan {
            callers: Callers::Http { script, targets },
            servers: servers.iter().map(|server| server.id()).collect(),
            connections: self.connections,
            amount: self.usual(),
            cores: self.cores,
        }
    }

    /// The usual length of a round.
    pub(crate) fn usual(&self) -> Amount {
        Amount::Lasting { warm: self.pace.warm, measured: self.pace.measured }
    }

    /// A round of `count` exchanges, which leaves that many more live secrets when they are creates.
    pub(crate) fn batch<'a>(
        &self,
        server: &Child,
        script: &'a Script,
        count: u32,
        at_most: Duration,
    ) -> Plan<'a> {
        let amount = Amount::Exchanges { count: count.into(), at_most };
        Plan { amount, ..self.round(server, script) }
    }
}

/// How long and how often.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Pace {
    pub(crate) rounds: u16,
    #[serde(serialize_with = "as_seconds")]
    pub(crate) warm: Duration,
    #[serde(serialize_with = "as_seconds")]
    pub(crate) measured: Duration,
    /// Live secrets for memory, disk and start-up.
    pub(crate) live: u32,
}

impl Pace {
    /// The run whose figures can be quoted.
    pub(crate) const FULL: Self =
        Self { rounds: 5, warm: Duration::from_millis(300), measured: Duration::from_secs(2), live: 100_000 };

    /// The run for a first impression.
    pub(crate) const QUICK: Self =
        Self { rounds: 3, warm: Duration::from_millis(100), measured: Duration::from_secs(1), live: 20_000 };
}

fn as_seconds<S: serde::Serializer>(duration: &Duration, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_f64(duration.as_secs_f64())
}
