//! Measures a burnbag server against a bare axum handler, on the same machine in the same run.

#![expect(
    clippy::disallowed_methods,
    reason = "a benchmark asks the clock and reads /proc; it opens no file of the server's"
)]

mod answer;
mod args;
mod bench;
mod callers;
mod ceiling;
mod child;
mod comparison;
mod connection;
mod cores;
mod engine;
mod faults;
mod flatness;
mod footprint;
mod http;
mod interrupt;
mod load;
mod machine;
mod probe;
mod receipts;
mod report;
mod round;
mod row;
mod script;
mod server;
mod session;
mod stores;
mod stores_table;
mod table;
mod usage;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context as _, Result};
use clap::Parser as _;

use crate::args::{Args, Part, Role};
use crate::bench::{Bench, Pace};
use crate::cores::Cores;
use crate::engine::Kind;
use crate::faults::Faults;
use crate::flatness::Flatness;
use crate::machine::Machine;
use crate::report::Report;
use crate::row::{Row, Workload};
use crate::server::{Home, Program};
use crate::table::Table;

fn main() -> ExitCode {
    let args = Args::parse();
    let outcome = match &args.role {
        Some(Role::Ceiling { answer }) => ceiling::run(answer).map(|()| ExitCode::SUCCESS),
        None => measure(&args),
    };
    outcome.unwrap_or_else(|error| {
        say(&format!("{error:#}"));
        ExitCode::FAILURE
    })
}

/// Measures and prints. A figure from a run with errors is worth nothing: a script must notice.
fn measure(args: &Args) -> Result<ExitCode> {
    interrupt::watch()?;
    let report = run(args)?;
    let mut stdout = std::io::stdout().lock();
    if args.json {
        serde_json::to_writer_pretty(&mut stdout, &report)?;
        writeln!(stdout)?;
    } else {
        write!(stdout, "{}", Table(&report))?;
    }
    Ok(if report.faults.count == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn run(args: &Args) -> Result<Report> {
    let begun = Instant::now();
    let mut bench = prepare(args)?;
    let machine = Machine::look(&bench.scratch)?;
    // Those of the first table; the second has its own.
    let (pace, cores) = (bench.pace, bench.cores.numbers().filter(|_| args.only != Some(Part::Stores)));
    let mut faults = Faults::default();
    let server = greeting(&bench)?;

    let only = args.only;
    let (mut rows, mut footprint) = (Vec::new(), None);
    if only != Some(Part::Stores) {
        rows = measure_rows(&bench, &mut faults)?;
        say("memory, disk, start-up");
        let found = footprint::measure(&bench, &mut faults);
        footprint = faults.unless("memory, disk, start-up", found);
        interrupt::check()?;
    }
    let mut flatness = Vec::new();
    if args.million && only != Some(Part::Stores) {
        say("a thousand to a million live secrets");
        let found = flatness::measure(&bench, &mut faults);
        flatness.extend(faults.unless("a thousand to a million live secrets", found));
        interrupt::check()?;
    }
    let (mut stores, mut receipts) = (Vec::new(), Vec::new());
    if only != Some(Part::Server) {
        bench.share_cores()?;
        stores = stores::measure(&bench, &mut faults)?;
    }
    if args.million && only != Some(Part::Server) {
        flatness.extend(measure_flatness(&bench, &mut faults)?);
        receipts = receipts::measure(&bench, &mut faults)?;
    }

    Ok(Report {
        server,
        machine,
        pace,
        connections: bench.connections,
        cores,
        rows,
        footprint,
        flatness,
        stores,
        receipts,
        faults,
        elapsed_s: begun.elapsed().as_secs_f64(),
    })
}

fn measure_rows(bench: &Bench, faults: &mut Faults) -> Result<Vec<Row>> {
    let mut rows = Vec::with_capacity(Workload::ALL.len());
    for workload in Workload::ALL {
        say(workload.name());
        let row = row::measure(bench, workload, faults);
        rows.extend(faults.unless(workload.name(), row));
        interrupt::check()?;
    }
    Ok(rows)
}

fn measure_flatness(bench: &Bench, faults: &mut Faults) -> Result<Vec<Flatness>> {
    let mut found = Vec::new();
    for &kind in &bench.engines {
        let name = format!("a thousand to a million live secrets, {}", kind.name());
        say(&name);
        let measured = flatness::measure_engine(bench, kind, faults);
        found.extend(faults.unless(&name, measured).flatten());
        interrupt::check()?;
    }
    Ok(found)
}

fn prepare(args: &Args) -> Result<Bench> {
    let this = std::env::current_exe()?;
    let server = args.server.clone().unwrap_or_else(|| this.with_file_name("burnbag"));
    let scratch = args.scratch.clone().unwrap_or_else(|| {
        // target/release/burnbag-bench: the data goes to target, on the repository's own disk.
        let target = this.ancestors().nth(2).map(PathBuf::from);
        target.unwrap_or_default().join("bench-data")
    });
    std::fs::create_dir_all(&scratch).with_context(|| format!("making {}", scratch.display()))?;
    Ok(Bench {
        program: Program::find(&server, args.serve.clone())?,
        cores: Cores::claim()?,
        scratch: scratch.canonicalize()?,
        connections: args.connections.into(),
        pace: if args.quick { Pace::QUICK } else { Pace::FULL },
        engines: if args.engine.is_empty() { Kind::ALL.into() } else { args.engine.clone() },
    })
}

/// The server's name and version; also the proof that it starts at all.
fn greeting(bench: &Bench) -> Result<String> {
    let home = Home::create(&bench.scratch)?;
    let server = bench.program.start(&home, bench.cores)?;
    let greeting = server.child.greeting.clone();
    server.stop()?;
    let name = greeting.split(" listening").next().unwrap_or_default();
    Ok(name.to_owned())
}

/// Progress goes to standard error: standard output carries the report only.
fn say(what: &str) {
    // Nobody reading along is no reason to stop.
    let _ = writeln!(std::io::stderr(), "bench: {what}");
}
