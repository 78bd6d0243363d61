//! Whether an account's list is as quick with a hundred thousand receipts as with a hundred.

use std::time::Duration;

use anyhow::Result;
use serde::Serialize;

use crate::bench::Bench;
use crate::engine::{Engine, Kind};
use crate::faults::Faults;
use crate::interrupt;
use crate::load::{self, Plan};
use crate::round::Round;
use crate::script::Script;
use crate::server::Server;
use crate::session;

const LEVELS: [u32; 2] = [100, 100_000];
const USER: &str = "bench@example.com";
/// How long filling may take.
const FILL_AT_MOST: Duration = Duration::from_secs(500);

/// What one caller waits for an account's list, in microseconds.
#[derive(Debug, Serialize)]
pub(crate) struct Receipts {
    pub(crate) engine: Kind,
    pub(crate) count: u32,
    /// `GET /api/v1/private/recent`
    pub(crate) call_p50_us: f64,
    pub(crate) call_p99_us: f64,
    /// `GET /recent`, the page.
    pub(crate) page_p50_us: f64,
    pub(crate) page_p99_us: f64,
}

/// Measures all engines.
pub(crate) fn measure(bench: &Bench, faults: &mut Faults) -> Result<Vec<Receipts>> {
    let mut found = Vec::new();
    for &kind in &bench.engines {
        let name = format!("receipts of one account, {}", kind.name());
        crate::say(&name);
        let measured = measure_engine(bench, kind, faults);
        found.extend(faults.unless(&name, measured).into_iter().flatten());
        interrupt::check()?;
    }
    Ok(found)
}

fn measure_engine(bench: &Bench, kind: Kind, faults: &mut Faults) -> Result<Vec<Receipts>> {
    let engine = Engine::start(kind, bench)?;
    let home = engine.home(bench, "receipts")?;
    // The account goes into a store that a server has made.
    bench.program.start(&home, bench.cores)?.stop()?;
    let key = bench.program.create_account(&home, USER)?;
    let server = bench.program.start(&home, bench.cores)?;
    let create = Script::create().authorized(USER, &key);
    let call = Script::recent().authorized(USER, &key);
    let page = Script::recent_page().with_cookies(&session::sign_in(server.child.address, USER, &key)?);
    let (mut live, mut found) = (0, Vec::new());
    for level in LEVELS {
        let filled = load::run(&bench.batch(&server.child, &create, level - live, FILL_AT_MOST))?;
        faults.add_round("receipts", &filled);
        live += filled.done;
        let (call, page) = (alone(bench, &server, &call, faults)?, alone(bench, &server, &page, faults)?);
        found.push(Receipts {
            engine: kind,
            count: live,
            call_p50_us: call.p50_us,
            call_p99_us: call.p99_us,
            page_p50_us: page.p50_us,
            page_p99_us: page.p99_us,
        });
    }
    server.stop()?;
    Ok(found)
}

/// What one caller waits who asks again and again.
fn alone(bench: &Bench, server: &Server, script: &Script, faults: &mut Faults) -> Result<Round> {
    let round = load::run(&Plan { connections: 1, ..bench.round(&server.child, script) })?;
    faults.add_round("receipts", &round);
    Ok(round)
}
