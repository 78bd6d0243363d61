//! Redis servers of the run's own, on the disk that it measures: one, or a cluster of three with a replica each.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use tempfile::TempDir;

use super::monitor::Told;

/// How long a server, or a cluster, may take until it answers.
const PATIENCE: Duration = Duration::from_mins(1);
/// Between two looks whether it does.
const PAUSE: Duration = Duration::from_millis(50);
/// What a server is told beside where it is: what was acknowledged is on the disk a second later, and nothing is
/// forgotten to make room.
const SETTINGS: &[&str] = &[
    "--bind",
    "127.0.0.1",
    "--appendonly",
    "yes",
    "--appendfsync",
    "everysec",
    "--save",
    "",
    "--maxmemory-policy",
    "noeviction",
    "--daemonize",
    "no",
];

/// Servers that are killed, and their data removed, when this is dropped.
#[derive(Debug)]
pub(crate) struct Servers {
    all: Vec<Server>,
    is_cluster: bool,
}

#[derive(Debug)]
struct Server {
    process: Child,
    port: u16,
    _folder: TempDir,
}

impl Drop for Server {
    fn drop(&mut self) {
        // Both fail only when the process has ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Servers {
    /// One server.
    pub(crate) fn single(disk: &Path) -> Result<Self> {
        Ok(Self { all: vec![Server::start(disk, &[])?], is_cluster: false })
    }

    /// Three that share the slots, and a replica of each.
    pub(crate) fn cluster(disk: &Path) -> Result<Self> {
        let settings = ["--cluster-enabled", "yes", "--cluster-node-timeout", "15000"];
        let all = (0..6).map(|_| Server::start(disk, &settings)).collect::<Result<Vec<_>>>()?;
        let servers = Self { all, is_cluster: true };
        let mut command = Command::new("redis-cli");
        command.args(["--cluster", "create"]);
        command.args(servers.all.iter().map(|server| format!("127.0.0.1:{}", server.port)));
        command.args(["--cluster-replicas", "1", "--cluster-yes"]);
        let made = command.stdin(Stdio::null()).output().context("redis-cli --cluster create")?;
        if !made.status.success() {
            bail!("redis-cli --cluster create: {}", String::from_utf8_lossy(&made.stdout));
        }
        for server in &servers.all {
            server.until("the cluster", |server| {
                let info = server.ask(&["CLUSTER", "INFO"])?;
                let replication = server.ask(&["INFO", "replication"])?;
                let is_replicated =
                    replication.contains("state=online") || replication.contains("link_status:up");
                Ok(info.contains("cluster_state:ok") && is_replicated)
            })?;
        }
        Ok(servers)
    }

    /// The option `store` for a node that keeps its keys behind a prefix.
    pub(crate) fn url(&self, prefix: &str) -> String {
        let hosts: Vec<String> = self.all.iter().map(|server| format!("127.0.0.1:{}", server.port)).collect();
        if self.is_cluster {
            format!("redis+cluster://{}?wait_replicas=1&prefix={prefix}", hosts.join(","))
        } else {
            format!("redis://{}?prefix={prefix}", hosts.join(","))
        }
    }

    /// The processes.
    pub(crate) fn processes(&self) -> Vec<u32> {
        self.all.iter().map(|server| server.process.id()).collect()
    }

    /// Those that take writes, each with the slots that are its.
    pub(crate) fn primaries(&self) -> Result<Vec<Primary>> {
        let mut found = Vec::new();
        for server in &self.all {
            let slots =
                if self.is_cluster { server.slots()? } else { std::iter::once((0, u16::MAX)).collect() };
            if !slots.is_empty() {
                found.push(Primary { address: ([127, 0, 0, 1], server.port).into(), slots });
            }
        }
        Ok(found)
    }

    /// The slot that a key is in; one server has one for all.
    pub(crate) fn slot(&self, key: &str) -> Result<u16> {
        match self.all.first() {
            Some(server) if self.is_cluster => {
                Ok(server.ask(&["CLUSTER", "KEYSLOT", key])?.trim().parse()?)
            }
            Some(_) | None => Ok(0),
        }
    }

    /// Bytes that all of them occupy in memory, as they say.
    pub(crate) fn memory(&self) -> Result<u64> {
        self.all.iter().try_fold(0, |sum, server| {
            let info = server.ask(&["INFO", "memory"])?;
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

impl Server {
    fn start(disk: &Path, settings: &[&str]) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("redis").tempdir_in(disk)?;
        // Its cluster bus is 10,000 above.
        let port = (0..1000).map(|_| free_port()).find(|port| port.as_ref().is_ok_and(|port| *port < 55_000));
        let port = port.context("no free port")??;
        let mut command = Command::new("redis-server");
        command.args(["--port", &port.to_string(), "--dir"]).arg(folder.path()).args(SETTINGS).args(settings);
        let process = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let process = process.context("redis-server is needed: apt-get install redis-server")?;
        let server = Self { process, port, _folder: folder };
        server.until("redis-server", |server| Ok(server.ask(&["PING"])?.trim() == "PONG"))?;
        Ok(server)
    }

    fn until(&self, what: &str, is_so: impl Fn(&Self) -> Result<bool>) -> Result<()> {
        let begun = Instant::now();
        while !is_so(self).unwrap_or(false) {
            if begun.elapsed() > PATIENCE {
                bail!("{what} did not begin to work in {PATIENCE:?}");
            }
            crate::interrupt::check()?;
            std::thread::sleep(PAUSE);
        }
        Ok(())
    }

    /// What a command answers, by Redis's own client.
    fn ask(&self, words: &[&str]) -> Result<String> {
        ask(([127, 0, 0, 1], self.port).into(), words)
    }

    /// The slots of this server, from its line of CLUSTER NODES: nothing for a replica.
    fn slots(&self) -> Result<Vec<(u16, u16)>> {
        let nodes = self.ask(&["CLUSTER", "NODES"])?;
        let own = nodes.lines().find(|line| line.contains("myself")).context("no line of its own")?;
        let ranges = own.split(' ').skip(8).map(|range| {
            let (first, last) = range.split_once('-').unwrap_or((range, range));
            Ok((first.parse()?, last.parse()?))
        });
        ranges.collect()
    }
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

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
