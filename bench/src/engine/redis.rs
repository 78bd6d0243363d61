//! Redis servers of the run's own, on the disk that it measures: one, or a cluster of three with a replica each.

use std::net::SocketAddr;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use super::monitor::Told;
use super::redis_servers::{Cluster, Server};

/// Servers that are killed, and their data removed, when this is dropped.
pub(crate) enum Servers {
    Single(Server),
    Cluster(Cluster),
}

impl Servers {
    /// One server.
    pub(crate) fn single(disk: &Path) -> Self {
        Self::Single(Server::on(disk))
    }

    /// Three that share the slots, and a replica of each.
    pub(crate) fn cluster(disk: &Path) -> Self {
        Self::Cluster(Cluster::on(disk))
    }

    fn all(&self) -> &[Server] {
        match self {
            Self::Single(server) => std::slice::from_ref(server),
            Self::Cluster(cluster) => &cluster.servers,
        }
    }

    /// The option `store` for a node that keeps its keys behind a prefix.
    pub(crate) fn url(&self, prefix: &str) -> String {
        match self {
            Self::Single(server) => server.url(prefix),
            Self::Cluster(cluster) => format!("{}&wait_replicas=1", cluster.url(prefix)),
        }
    }

    /// The processes.
    pub(crate) fn processes(&self) -> Vec<u32> {
        self.all().iter().filter_map(Server::process).collect()
    }

    /// Those that take writes, each with the slots that are its.
    pub(crate) fn primaries(&self) -> Result<Vec<Primary>> {
        let mut found = Vec::new();
        for server in self.all() {
            let slots = match self {
                Self::Single(_) => vec![(0, u16::MAX)],
                Self::Cluster(_) => slots(server)?,
            };
            if !slots.is_empty() {
                found.push(Primary { address: ([127, 0, 0, 1], server.port).into(), slots });
            }
        }
        Ok(found)
    }

    /// The slot that a key is in; one server has one for all.
    pub(crate) fn slot(&self, key: &str) -> Result<u16> {
        match self {
            Self::Single(_) => Ok(0),
            Self::Cluster(cluster) => {
                let server = cluster.servers.first().context("no server")?;
                Ok(server.cli(&["CLUSTER", "KEYSLOT", key]).parse()?)
            }
        }
    }

    /// Bytes that all of them occupy in memory, as they say.
    pub(crate) fn memory(&self) -> Result<u64> {
        self.all().iter().try_fold(0, |sum, server| {
            let info = server.cli(&["INFO", "memory"]);
            let used =
                info.lines().find_map(|line| line.strip_prefix("used_memory:")).context("no used_memory")?;
            Ok(sum + used.trim().parse::<u64>()?)
        })
    }
}

/// A server that takes writes.
#[derive(Debug)]
pub(crate) struct Primary {
    pub(crate) address: SocketAddr,
    slots: Vec<(u16, u16)>,
}

impl Primary {
    pub(crate) fn has(&self, slot: u16) -> bool {
        self.slots.iter().any(|(first, last)| (*first..=*last).contains(&slot))
    }
}

/// The slots of a server, from its line of CLUSTER NODES: nothing for a replica.
fn slots(server: &Server) -> Result<Vec<(u16, u16)>> {
    let nodes = server.cli(&["CLUSTER", "NODES"]);
    let own = nodes.lines().find(|line| line.contains("myself")).context("no line of its own")?;
    let ranges = own.split(' ').skip(8).map(|range| {
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        Ok((first.parse()?, last.parse()?))
    });
    ranges.collect()
}

/// What a command answers, by Redis's own client.
pub(crate) fn ask(server: SocketAddr, words: &[&str]) -> Result<String> {
    let mut command = Command::new("redis-cli");
    command.args(["-h", &server.ip().to_string(), "-p", &server.port().to_string()]).args(words);
    let said =
        command.stdin(Stdio::null()).output().context("redis-cli is needed: apt-get install redis-tools")?;
    if !said.status.success() {
        bail!("redis-cli: {}", String::from_utf8_lossy(&said.stderr));
    }
    Ok(String::from_utf8(said.stdout)?)
}

/// What redis-benchmark reaches with a script, a second. Every word that names the row gets random digits in its place, and
/// what cannot be an argument of a program is as long as it was.
pub(crate) fn benchmark(server: SocketAddr, create: &[Told], connections: usize) -> Result<f64> {
    let script = create.first().context("no script")?;
    let row = script.row().context("no row")?;
    let mut command = Command::new("redis-benchmark");
    command.args(["-h", &server.ip().to_string(), "-p", &server.port().to_string(), "--csv"]);
    command.args(["-c", &connections.to_string(), "-n", "40000", "-r", "100000000000"]);
    for (at, word) in script.words.iter().enumerate() {
        let is_key = (3..=3 + script.keys()).contains(&at);
        let text = match std::str::from_utf8(word) {
            Ok(text) if is_key && text.ends_with(row) => {
                format!("{}__rand_int__", text.trim_end_matches(row))
            }
            Ok(text) if !text.contains('\0') => text.to_owned(),
            Ok(_) | Err(_) => "x".repeat(word.len()),
        };
        command.arg(text);
    }
    let said = command
        .stdin(Stdio::null())
        .output()
        .context("redis-benchmark is needed: apt-get install redis-tools")?;
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    let figures = said.lines().last().and_then(|line| line.rsplit("\",\"").nth(6));
    let figure = figures.and_then(|figure| figure.parse().ok());
    figure.with_context(|| format!("redis-benchmark said {said}"))
}
