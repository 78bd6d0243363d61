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
/// Seconds of each run that do not count.
const WARMING: u64 = 2;
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
        let seconds = time.as_secs().max(1) + WARMING;
        command.args(["-c", &clients.to_string(), "-T", &seconds.to_string(), "-P", "1"]);
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
        read_answer(&said, &complaint).with_context(|| format!("pgbench said {said}{complaint}"))
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

/// Reads what pgbench prints, each second and when it is done. The first seconds do not count: connections prepare their
/// statements, which those of nodes that run have done long ago.
fn read_answer(said: &str, progress: &str) -> Result<Round> {
    if !said.contains("number of failed transactions: 0 ") {
        bail!("transactions failed");
    }
    // progress: 3.0 s, 4101.9 tps, lat 3.876 ms stddev 1.224, 0 failed
    let seconds = progress.lines().filter_map(|line| {
        let mut words = line.strip_prefix("progress: ")?.split(' ');
        let (at, tps) = (words.next()?.parse::<f64>().ok()?, words.nth(1)?.parse::<f64>().ok()?);
        Some((at, tps, words.nth(2)?.parse::<f64>().ok()?))
    });
    let counted: Vec<(f64, f64, f64)> = seconds.skip(usize::try_from(WARMING)?).collect();
    let count = f64::from(u32::try_from(counted.len())?);
    if counted.is_empty() {
        bail!("no progress");
    }
    let mean = |figure: fn(&(f64, f64, f64)) -> f64| counted.iter().map(figure).sum::<f64>() / count;
    let per_second = mean(|second| second.1);
    let round = Tally::default().into_round(Duration::from_secs(1), Usage::UNKNOWN);
    let done = format!("{:.0}", per_second * count).parse()?;
    Ok(Round { per_second, mean_us: mean(|second| second.2) * 1e3, done, ..round })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seconds_count_that_are_not_warming() -> Result<()> {
        let said =
            "number of transactions actually processed: 10\nnumber of failed transactions: 0 (0.000%)\n";
        let progress = "pgbench (15)\nprogress: 1.0 s, 1.0 tps, lat 9.0 ms stddev 1.2, 0 failed\n\
            progress: 2.0 s, 10.0 tps, lat 9.0 ms stddev 1.2, 0 failed\n\
            progress: 3.0 s, 100.0 tps, lat 2.0 ms stddev 1.2, 0 failed\n\
            progress: 4.0 s, 200.0 tps, lat 4.0 ms stddev 1.2, 0 failed\n";
        let round = read_answer(said, progress)?;
        assert!((round.per_second - 150.0).abs() < 1e-6 && (round.mean_us - 3000.0).abs() < 1e-6);
        assert_eq!(round.done, 300);
        assert!(read_answer("number of failed transactions: 1 (10%)", progress).is_err());
        Ok(())
    }

    #[test]
    fn a_script_has_rows_of_its_own() -> Result<()> {
        let log = ">>1 LOG:  statement: BEGIN\n>>1 LOG:  execute s: INSERT INTO pair (row, a, b) VALUES ($1, $2, $3)\n\
            >>1 DETAIL:  parameters: $1 = '29', $2 = NULL, $3 = '13'\n>>1 LOG:  execute t: UPDATE held SET x = $1 WHERE \
            part = $2\n>>1 DETAIL:  parameters: $1 = '7', $2 = '13'\n>>1 LOG:  statement: COMMIT\n";
        let (text, variables) = script(&statements::of_row(log, 29), 29)?;
        assert!(text.ends_with(
            "\\startpipeline\nBEGIN;\nINSERT INTO pair (row, a, b) VALUES (:row, NULL, :v0);\n\\endpipeline\n\
             UPDATE held SET x = :v1 WHERE part = :part;\nCOMMIT;\n"
        ));
        assert_eq!(variables, ["v0=13", "v1=7"]);
        Ok(())
    }
}
