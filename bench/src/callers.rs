//! Who calls whom in a round: what is said on its connections, and where they lead.

use std::net::SocketAddr;

use anyhow::{Context as _, Result};

use crate::connection::Talk;
use crate::engine::Exchange;
use crate::http::Http;
use crate::script::Script;

/// The other ends of a round's connections.
#[derive(Clone, Debug)]
pub(crate) enum Callers<'a> {
    /// Servers that are asked a script's requests, each over its part of the connections.
    Http { script: &'a Script, targets: Vec<SocketAddr> },
    /// Redis servers that are told what burnbag tells them. Every round has another number.
    Redis { exchange: &'a Exchange, round: u64 },
}

impl Callers<'_> {
    /// Where the connection with this number leads, and what is said on it.
    pub(crate) fn call(&self, number: usize) -> Result<(SocketAddr, Box<dyn Talk>)> {
        match self {
            Self::Http { script, targets } => {
                let target = targets.iter().cycle().nth(number).copied().context("nobody to call")?;
                Ok((target, Box::new(Http::new(script, target))))
            }
            Self::Redis { exchange, round } => exchange.call(number, *round),
        }
    }
}
