//! The ceiling: the least that a server in this framework can do for a request.
//!
//! It reads the whole body and answers with the bytes that the real server once answered, so that
//! what remains between the two is the work that burnbag does, and not HTTP.

use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::routing::any;
use tokio::net::TcpListener;

use crate::answer::Answer;
use crate::bench::Bench;
use crate::child::Child;
use crate::probe;
use crate::script::Script;
use crate::server::{Home, Server};

struct Prepared {
    headers: HeaderMap,
    body: axum::body::Bytes,
}

/// Starts a ceiling that repeats what the server answers to the script's first request.
pub(crate) fn start(bench: &Bench, home: &Home, script: &Script, server: &Server) -> Result<Child> {
    let answer = probe::record(script, server.child.address)?;
    let file = home.file("answer.json");
    std::fs::write(&file, serde_json::to_vec(&answer)?)?;
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("ceiling").arg("--answer").arg(file);
    Child::spawn(&mut command, bench.cores).context("the ceiling")
}

/// Serves until the parent closes our standard input, so that no ceiling outlives its benchmark.
pub(crate) fn run(file: &Path) -> Result<()> {
    let text = std::fs::read_to_string(file).context("reading the recorded answer")?;
    let answer: Answer = serde_json::from_str(&text)?;
    let mut headers = HeaderMap::new();
    for (name, value) in &answer.headers {
        headers.append(HeaderName::from_bytes(name.as_bytes())?, HeaderValue::from_str(value)?);
    }
    let prepared = Arc::new(Prepared { headers, body: answer.body.into() });
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?
        .block_on(serve(prepared))
}

async fn serve(prepared: Arc<Prepared>) -> Result<()> {
    let app = Router::new()
        .route("/", any(repeat))
        .route("/api/v1/status", any(repeat))
        .route("/api/v1/share", any(repeat))
        .with_state(prepared);
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?;
    let version = env!("CARGO_PKG_VERSION");
    writeln!(std::io::stdout(), "ceiling {version} listening on http://{address}")?;
    let orphaned = tokio::task::spawn_blocking(|| {
        let mut byte = [0];
        std::io::stdin().read(&mut byte)
    });
    tokio::select! {
        ended = async { axum::serve(listener, app).await } => ended?,
        _ = orphaned => (),
    }
    Ok(())
}

async fn repeat(State(prepared): State<Arc<Prepared>>, _whole_body: axum::body::Bytes) -> (HeaderMap, Body) {
    (prepared.headers.clone(), Body::from(prepared.body.clone()))
}
