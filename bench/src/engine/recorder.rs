//! Finds out what burnbag sends its engine: one secret is made and revealed, another is made only.

use std::fs::{self, File};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use super::cluster::Cluster;
use super::monitor::{self, Told};
use super::redis::{self, Servers};
use super::{CEILING, Ceiling, Ceilings, Engine, Recorded};
use super::{pgbench, replay};
use crate::bench::Bench;
use crate::load::{self, Plan};
use crate::script::Script;
use crate::server::{Home, Server};

/// How long what happened may take to stand in a log.
const PATIENCE: Duration = Duration::from_secs(20);
/// Secrets that every server of a cluster gets some of, so that it knows the scripts.
const WARMING: u32 = 512;

pub(super) fn postgres(engine: &Engine, cluster: &Cluster, bench: &Bench) -> Result<Ceilings> {
    let home = engine.home(bench, CEILING)?;
    let server = bench.program.start(&home, bench.cores)?;
    let row = pgbench::ROW;
    cluster.sql(&format!("UPDATE {CEILING}.counter SET value = {row} WHERE name = 'next_row'"));
    cluster.sql("ALTER SYSTEM SET log_statement = 'all'");
    cluster.sql("SELECT pg_reload_conf()");
    until("PostgreSQL's log of statements", || Ok(cluster.sql("SHOW log_statement") == "all"))?;
    exchange(bench, &server, &Script::create_and_reveal(), 1)?;
    exchange(bench, &server, &Script::create(), 1)?;
    cluster.sql("SELECT 'all is said'");
    let log = said(&cluster.log(), "all is said")?;
    cluster.sql("ALTER SYSTEM RESET log_statement");
    cluster.sql("SELECT pg_reload_conf()");
    server.stop()?;
    let exchange =
        |name, row| pgbench::Exchange::record(cluster, name, &log, row).map(Recorded::Postgres).map(Ceiling);
    Ok(Ceilings {
        pair: exchange("pair.pgbench", row)?,
        create: exchange("create.pgbench", row + 1)?,
        benchmark: None,
    })
}

pub(super) fn redis(engine: &Engine, servers: &Servers, bench: &Bench) -> Result<Ceilings> {
    let home = engine.home(bench, CEILING)?;
    let server = bench.program.start(&home, bench.cores)?;
    exchange(bench, &server, &Script::create_and_reveal(), WARMING)?;
    let primaries = servers.primaries()?;
    let watched = primaries.iter().map(|primary| Watched::begin(primary.address, &home));
    let watched = watched.collect::<Result<Vec<_>>>()?;
    exchange(bench, &server, &Script::create_and_reveal(), 1)?;
    exchange(bench, &server, &Script::create(), 1)?;
    let mut told = Vec::new();
    for watched in watched {
        told.extend(monitor::of_secrets(&watched.end()?));
    }
    server.stop()?;
    let (pair, create) = apart(told)?;
    let benchmark = match primaries.as_slice() {
        [only] => Some(redis::benchmark(only.address, &create, bench.connections)?),
        _ => None,
    };
    let exchange =
        |told: &[Told]| replay::Exchange::new(told, servers, CEILING).map(Recorded::Redis).map(Ceiling);
    Ok(Ceilings { pair: exchange(&pair)?, create: exchange(&create)?, benchmark })
}

/// Takes apart what is about the secret that was revealed, and about the other one, which needs less.
fn apart(told: Vec<Told>) -> Result<(Vec<Told>, Vec<Told>)> {
    let mut secrets: Vec<(String, Vec<Told>)> = Vec::new();
    for told in told {
        match told.row().map(str::to_owned) {
            Some(row) => match secrets.iter().position(|(other, _)| *other == row) {
                Some(at) => {
                    // A WAIT belongs to what stands last.
                    let mut secret = secrets.remove(at);
                    secret.1.push(told);
                    secrets.push(secret);
                }
                None => secrets.push((row, vec![told])),
            },
            None => secrets.last_mut().context("a WAIT without its script")?.1.push(told),
        }
    }
    secrets.sort_by_key(|(_, told)| std::cmp::Reverse(told.len()));
    let mut secrets = secrets.into_iter().map(|(_, told)| told);
    let (Some(pair), Some(create), None) = (secrets.next(), secrets.next(), secrets.next()) else {
        bail!("MONITOR does not show the two secrets that were made");
    };
    Ok((pair, create))
}

/// Exchanges outside of any measured round.
fn exchange(bench: &Bench, server: &Server, script: &Script, count: u32) -> Result<()> {
    let plan = Plan { connections: 1, ..bench.batch(&server.child, script, count, PATIENCE) };
    let round = load::run(&plan)?;
    match round.first_fault {
        Some(fault) => bail!("{fault}"),
        None => Ok(()),
    }
}

/// A server that is watched, until this is dropped.
struct Watched {
    server: SocketAddr,
    client: Child,
    log: std::path::PathBuf,
}

impl Watched {
    fn begin(server: SocketAddr, home: &Home) -> Result<Self> {
        let log = home.file(&format!("monitor-{}", server.port()));
        let mut command = Command::new("redis-cli");
        command.args(["-p", &server.port().to_string(), "MONITOR"]);
        let client = command.stdin(Stdio::null()).stdout(File::create(&log)?).spawn().context("redis-cli")?;
        let watched = Self { server, client, log };
        said(&watched.log, "OK")?;
        Ok(watched)
    }

    fn end(self) -> Result<String> {
        redis::ask(self.server, &["ECHO", "all is said"])?;
        said(&self.log, "all is said")
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        let _ = self.client.kill();
        let _ = self.client.wait();
    }
}

/// All that stands in a file, once something stands there.
fn said(file: &Path, what: &str) -> Result<String> {
    until(what, || Ok(String::from_utf8_lossy(&fs::read(file)?).contains(what)))?;
    Ok(String::from_utf8_lossy(&fs::read(file)?).into_owned())
}

fn until(what: &str, is_so: impl Fn() -> Result<bool>) -> Result<()> {
    let begun = Instant::now();
    while !is_so()? {
        if begun.elapsed() > PATIENCE {
            bail!("waited for {what:?} in vain");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    Ok(())
}
