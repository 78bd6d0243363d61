//! PostgreSQL's own ceiling: its own program, pgbench, runs the statements that burnbag sends.
//!
//! They are taken from the log of the server while burnbag makes and reveals one secret, so that they are what it sends
//! and not what somebody believes that it sends. Every transaction gets a row of its own; all other values, and so all
//! sizes, stay. What burnbag sends together (the beginning of a transaction with its first statement) goes together here.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use super::cluster::Cluster;
use super::statements::{self, Statement};
use crate::round::{Round, Tally};
use crate::usage::Usage;

/// The first row whose statements are recorded: no other value is like it, nor like the part of `held` that it counts in.
pub(crate) const ROW: i64 = 7_000_000_013;
const PARTS: i64 = 16;
/// Rows between two runs of pgbench.
const STRIDE: i64 = 1 << 32;

/// The statements of one exchange, as pgbench takes them.
#[derive(Debug)]
pub(crate) struct Exchange {
    script: PathBuf,
    variables: Vec<String>,
}

impl Exchange {
    /// Of what the server's log says of a row.
    pub(crate) fn record(cluster: &Cluster, name: &str, log: &str, row: i64) -> Result<Self> {
        let found = statements::of_row(log, row);
        if found.is_empty() {
            bail!("the log of PostgreSQL says nothing of the row {row}");
        }
        let (text, variables) = script(&found, row)?;
        let script = cluster.path(name);
        fs::write(&script, text)?;
        super::cluster::hand_over(&script);
        Ok(Self { script, variables })
    }

    /// Runs it for a time, `number` being another one each time, and answers how often a second it was done.
    pub(crate) fn run(
        &self,
        cluster: &Cluster,
        schema: &str,
        clients: usize,
        number: i64,
        time: Duration,
    ) -> Result<Round> {
        let mut command = cluster.command("pgbench");
        command.args(["-n", "-M", "prepared", "-U", "postgres", "-h"]);
        command.arg(cluster.socket().parent().context("no folder")?);
        command.args(["-c", &clients.to_string(), "-T", &time.as_secs().max(1).to_string()]);
        command.env("PGOPTIONS", format!("-c search_path={schema}"));
        for variable in &self.variables {
            command.args(["-D", variable]);
        }
        command.args(["-D", "n=0", "-D", &format!("clients={clients}")]);
        command.args(["-D", &format!("base={}", (number + 2) * STRIDE)]);
        let done = command.arg("-f").arg(&self.script).arg("postgres").output().context("pgbench")?;
        let (said, complaint) =
            (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
        if !done.status.success() {
            bail!("pgbench: {}: {complaint}", done.status);
        }
        read_answer(&said).with_context(|| format!("pgbench said {said}"))
    }
}

/// Puts so many copies of the last secret that waits there, each with a row and a time of its own. `number` is another one
/// each time.
pub(crate) fn copy(cluster: &Cluster, schema: &str, number: i64, count: u32) {
    let columns = cluster.sql(&format!(
        "SELECT string_agg(CASE column_name WHEN 'row' THEN '{base} + n' WHEN 'due' THEN 'due + 86400 + n % 3600'
            WHEN 'expires' THEN 'expires + 86400 + n % 3600' ELSE column_name END, ', ' ORDER BY ordinal_position)
         FROM information_schema.columns WHERE table_schema = '{schema}' AND table_name = 'pair'",
        base = (number + 2) * STRIDE
    ));
    let waiting = format!("SELECT * FROM {schema}.pair WHERE fate IS NULL ORDER BY row DESC LIMIT 1");
    cluster.sql(&format!(
        "INSERT INTO {schema}.pair SELECT {columns} FROM ({waiting}) AS one, generate_series(1, {count}) AS n"
    ));
    cluster.sql(&format!("VACUUM ANALYZE {schema}.pair"));
    cluster.sql("CHECKPOINT");
}

/// Reads what pgbench prints when it is done.
fn read_answer(said: &str) -> Result<Round> {
    let figure = |name: &str| {
        let rest =
            said.lines().find_map(|line| line.strip_prefix(name)).with_context(|| format!("no {name:?}"))?;
        let figure = rest.split([' ', '/']).next().unwrap_or_default();
        figure.parse::<f64>().with_context(|| format!("{name:?} is {figure:?}"))
    };
    if figure("number of failed transactions: ")? > 0.0 {
        bail!("transactions failed");
    }
    let round = Tally::default().into_round(Duration::from_secs(1), Usage::UNKNOWN);
    let (per_second, done) = (figure("tps = ")?, figure("number of transactions actually processed: ")?);
    let mean_us = figure("latency average = ")? * 1e3;
    Ok(Round { per_second, mean_us, done: format!("{done:.0}").parse()?, ..round })
}

/// A script of pgbench's, and the variables that it needs.
fn script(found: &[Statement], row: i64) -> Result<(String, Vec<String>)> {
    let mut text = "\\set n :n + 1\n\\set row :base + :n * (:clients + 1) + :client_id\n".to_owned();
    writeln!(text, "\\set part :row % {PARTS}")?;
    let mut variables = Vec::new();
    let mut is_begun = false;
    for statement in found {
        let sql = fill(statement, row, &mut variables)?;
        match statement.sql.starts_with("BEGIN") {
            true => writeln!(text, "\\startpipeline\n{sql};")?,
            false if is_begun => writeln!(text, "{sql};\n\\endpipeline")?,
            false => writeln!(text, "{sql};")?,
        }
        is_begun = statement.sql.starts_with("BEGIN");
    }
    Ok((text, variables))
}

/// Puts variables in the places of a statement: the script's own for the row and its part, else what was recorded.
fn fill(statement: &Statement, row: i64, variables: &mut Vec<String>) -> Result<String> {
    let mut sql = statement.sql.clone();
    let (row, part) = (row.to_string(), (row % PARTS).to_string());
    // From the last, because $1 is a part of $10.
    for (at, value) in statement.values.iter().enumerate().rev() {
        let place = match value {
            None => "NULL".to_owned(),
            Some(value) if *value == row => ":row".to_owned(),
            Some(value) if *value == part && sql.contains("UPDATE held") => ":part".to_owned(),
            Some(value) => {
                let name = format!("v{}", variables.len());
                variables.push(format!("{name}={value}"));
                format!(":{name}")
            }
        };
        sql = sql.replace(&format!("${}", at + 1), &place);
    }
    if sql.contains('$') {
        bail!("a statement without its values: {sql}");
    }
    Ok(sql)
}
