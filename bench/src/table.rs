//! The report for people.

use std::fmt::{self, Display, Formatter};

use crate::comparison::{Comparison, Side};
use crate::engine::Kind;
use crate::flatness::Flatness;
use crate::footprint::{Disk, Footprint, StartUp};
use crate::report::Report;
use crate::row::Row;
use crate::stores_table::{ReceiptsTable, StoresTable};

/// More waiting for a core than this, and the figures are other programs' work too.
const DISTURBED: f64 = 0.1;

/// Shows a report as text.
#[derive(Debug)]
pub(crate) struct Table<'a>(pub(crate) &'a Report);

impl Display for Table<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let report = self.0;
        head(report, out)?;
        if !report.rows.is_empty() {
            rows(&report.rows, out)?;
        }
        if let Some(found) = &report.footprint {
            footprint(found, out)?;
        }
        report.flatness.iter().try_for_each(|found| flatness(found, out))?;
        if !report.stores.is_empty() {
            write!(out, "{}", StoresTable(&report.stores))?;
        }
        if !report.receipts.is_empty() {
            write!(out, "{}", ReceiptsTable(&report.receipts))?;
        }
        let faults = &report.faults;
        writeln!(out, "\nerrors {}, total time {:.0} s", faults.count, report.elapsed_s)?;
        faults.examples.iter().try_for_each(|example| writeln!(out, "  {example}"))
    }
}

fn head(report: &Report, out: &mut Formatter<'_>) -> fmt::Result {
    let machine = &report.machine;
    let pace = report.pace;
    writeln!(
        out,
        "{} on {} cores of {}, Linux {}, load average {}",
        report.server, machine.cores, machine.cpu, machine.kernel, machine.load_average
    )?;
    writeln!(
        out,
        "{}: append 4 KiB + fdatasync {:.0} µs (median of 200)",
        machine.filesystem, machine.sync_median_us
    )?;
    let placed = report.cores.map_or_else(
        || "not pinned".to_owned(),
        |(server, load)| format!("server on core {server}, load on core {load}"),
    );
    writeln!(
        out,
        "{placed}; {} connections; {} rounds of {:?} for each side in turn, medians",
        report.connections, pace.rounds, pace.measured
    )
}

fn rows(rows: &[Row], out: &mut Formatter<'_>) -> fmt::Result {
    let side = format!("{:>7} {:>7} {:>7} {:>7} {:>8}", "per s", "p50 µs", "p99 µs", "CPU µs", "busy s/l");
    writeln!(out, "\n{:24} {:40} | {:40} |", "", "burnbag", "ceiling (bare axum)")?;
    writeln!(out, "{:24} {side} | {side} | ratio (lowest-highest)", "")?;
    for row in rows {
        writeln!(
            out,
            "{:24} {} | {} | {} ({}-{})",
            row.name,
            OneSide(&row.figures.burnbag),
            OneSide(&row.figures.ceiling),
            Ratio(row.figures.ratio),
            Ratio(row.figures.ratio_lowest),
            Ratio(row.figures.ratio_highest)
        )?;
    }
    writeln!(
        out,
        "CPU: the server's own time for one. busy s/l: % of the server's and the load's core.\n\
         Pairs: latency of both requests, ratio to the ceiling's creates."
    )?;
    rows.iter().try_for_each(|row| remarks(row, out))
}

/// What a reader of a row's figures has to know.
fn remarks(row: &Row, out: &mut Formatter<'_>) -> fmt::Result {
    let name = row.name;
    let Comparison { burnbag, ceiling, .. } = &row.figures;
    if burnbag.connections != ceiling.connections {
        writeln!(out, "{name}: burnbag with {} connections only", burnbag.connections)?;
    }
    if burnbag.answer_bytes != ceiling.answer_bytes {
        writeln!(
            out,
            "{name}: answers of {} bytes, but the ceiling's have {}",
            burnbag.answer_bytes, ceiling.answer_bytes
        )?;
    }
    let waited = [burnbag.usage.load_waited, ceiling.usage.load_waited, ceiling.usage.server_waited];
    let waited = waited.into_iter().fold(0.0, f64::max);
    if waited > DISTURBED {
        writeln!(
            out,
            "{name}: DOUBTFUL, other programs had the cores up to {:.0} % of the time",
            waited * 100.0
        )?;
    }
    Ok(())
}

struct OneSide<'a>(&'a Side);

impl Display for OneSide<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let side = self.0;
        let usage = side.usage;
        let busy = format!("{:.0}/{:.0}", usage.server_core * 100.0, usage.load_core * 100.0);
        write!(
            out,
            "{:>7.0} {:>7.0} {:>7.0} {:>7.1} {busy:>8}",
            side.per_second, side.p50_us, side.p99_us, side.server_cpu_us
        )
    }
}

/// A ratio with three digits that matter, as a slow row is thousands of times below its ceiling.
pub(crate) struct Ratio(pub(crate) f64);

impl Display for Ratio {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            ratio if ratio < 0.01 => write!(out, "{ratio:.5}"),
            ratio => write!(out, "{ratio:.3}"),
        }
    }
}

fn footprint(found: &Footprint, out: &mut Formatter<'_>) -> fmt::Result {
    let secrets = found.secrets;
    writeln!(
        out,
        "\nresident memory       idle {:.1} MiB, with {secrets} secrets of 100 bytes {:.1} MiB",
        mebibytes(found.resident_idle_bytes),
        mebibytes(found.resident_filled_bytes)
    )?;
    for (state, disk) in [("running", found.disk_running), ("stopped", found.disk_stopped)] {
        let (allocated, apparent) = per_secret(disk, secrets);
        writeln!(
            out,
            "disk, {state}         {allocated:.0} bytes per secret allocated, {apparent:.0} in length"
        )?;
    }
    writeln!(out, "start-up, no data     {}", found.start_fresh_ms)?;
    writeln!(out, "start-up, empty data  {}", found.start_existing_ms)?;
    writeln!(out, "start-up, filled      {} with {secrets} secrets", found.start_filled_ms)
}

impl Display for StartUp {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        write!(out, "{:.1} ms ({:.1}-{:.1})", self.median, self.lowest, self.highest)
    }
}

fn flatness(found: &Flatness, out: &mut Formatter<'_>) -> fmt::Result {
    let side = format!("{:>9} {:>8} {:>8} {:21}", "per s", "p50 µs", "p99 µs", "ratio");
    let engine = found.engine.name();
    writeln!(out, "\n{engine}\n{:>9} {:49} | {:49} |", "", "create + reveal (pairs)", "create")?;
    writeln!(out, "{:>9} {side} | {side} | {:>7} {:>8}", "live", "RSS MiB", "B/secret")?;
    for level in &found.levels {
        writeln!(
            out,
            "{:>9} {} | {} | {:>7.1} {:>8.0}",
            level.live,
            Briefly(&level.pairs),
            Briefly(&level.creates),
            mebibytes(level.resident_bytes),
            per_secret(level.disk, level.live).0
        )?;
    }
    writeln!(
        out,
        "ratio: {}. B/secret: {}, running. start-up with {} secrets: {}",
        if found.engine == Kind::Sqlite { "to the ceiling's creates" } else { "to the engine's own" },
        if found.engine.is_in_memory() { "in the engine's memory" } else { "allocated on disk" },
        found.start_secrets,
        found.start_ms
    )
}

/// A comparison without the ceiling's own figures.
struct Briefly<'a>(&'a Comparison);

impl Display for Briefly<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let Comparison { burnbag, ratio, ratio_lowest, ratio_highest, .. } = self.0;
        let ratio = format!("{} ({}-{})", Ratio(*ratio), Ratio(*ratio_lowest), Ratio(*ratio_highest));
        write!(out, "{:>9.0} {:>8.0} {:>8.0} {ratio:21}", burnbag.per_second, burnbag.p50_us, burnbag.p99_us)
    }
}

/// Allocated and apparent bytes for each secret.
fn per_secret(disk: Disk, secrets: u32) -> (f64, f64) {
    let each = |bytes| kibibytes(bytes) * 1024.0 / f64::from(secrets);
    (each(disk.allocated_bytes), each(disk.apparent_bytes))
}

fn mebibytes(bytes: u64) -> f64 {
    kibibytes(bytes) / 1024.0
}

/// To the kibibyte: sizes of up to four tebibytes fit the integer that converts without loss.
fn kibibytes(bytes: u64) -> f64 {
    f64::from(u32::try_from(bytes / 1024).unwrap_or(u32::MAX))
}
