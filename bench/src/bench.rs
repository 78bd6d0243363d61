//! What all measurements of one run share.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Result;
use serde::Serialize;

use crate::cores::Cores;
use crate::load::{self, Amount, Plan};
use crate::round::Round;
use crate::script::Script;
use crate::server::{Program, Server};

/// The things under test and the place to test them in.
#[derive(Debug)]
pub(crate) struct Bench {
    pub(crate) program: Program,
    pub(crate) cores: Cores,
    pub(crate) scratch: PathBuf,
    pub(crate) connections: usize,
    pub(crate) pace: Pace,
}

impl Bench {
    /// Shares `count` secrets, so that the server has that many more live ones.
    pub(crate) fn fill(&self, server: &Server, count: u32, at_most: Duration) -> Result<Round> {
        load::run(&Plan {
            target: server.child.address,
            script: &Script::create(),
            connections: self.connections,
            amount: Amount::Exchanges {
                count: count.into(),
                at_most,
            },
            cores: self.cores,
        })
    }

    /// One round of the usual length.
    pub(crate) fn round(
        &self,
        target: std::net::SocketAddr,
        script: &Script,
        connections: usize,
    ) -> Result<Round> {
        load::run(&Plan {
            target,
            script,
            connections,
            amount: Amount::Lasting {
                warm: self.pace.warm,
                measured: self.pace.measured,
            },
            cores: self.cores,
        })
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
    pub(crate) const FULL: Self = Self {
        rounds: 3,
        warm: Duration::from_millis(300),
        measured: Duration::from_secs(3),
        live: 100_000,
    };

    /// The run for a first impression.
    pub(crate) const QUICK: Self = Self {
        warm: Duration::from_millis(100),
        measured: Duration::from_millis(800),
        live: 20_000,
        ..Self::FULL
    };
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature that serde calls"
)]
fn as_seconds<S: serde::Serializer>(duration: &Duration, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_f64(duration.as_secs_f64())
}
