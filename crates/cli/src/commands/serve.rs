//! `burnbag serve`: opens the data, greets, serves, and stops cleanly.

use super::store::{Missing, open};
use super::system_rng;
use crate::args::Serve;
use crate::terminal;
use anyhow::{Context, bail};
use burnbag_server::app::App;
use burnbag_server::clock::SystemClock;
use burnbag_server::config::{Config, KeyringError};
use burnbag_server::{run as serve, telemetry};
use burnbag_store::Store;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::io::IsTerminal;
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::available_parallelism;
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

pub(crate) fn run(args: Serve) -> anyhow::Result<()> {
    let config = Config::load(&args.flags())?;
    telemetry::start(&config.log);
    set_process_limits()?;
    runtime()?.block_on(run_until_stopped(config))
}

/// No core dumps, which would hold keys and texts; and as many open files as we may have, for connections.
fn set_process_limits() -> anyhow::Result<()> {
    let none = Rlimit { current: Some(0), maximum: Some(0) };
    setrlimit(Resource::Core, none).context("core dumps cannot be switched off")?;
    let files = getrlimit(Resource::Nofile);
    // Where the system refuses, its own limit stands.
    let _ = setrlimit(Resource::Nofile, Rlimit { current: files.maximum, ..files });
    Ok(())
}

/// On one core one thread is enough, and need not synchronise with others.
fn runtime() -> std::io::Result<Runtime> {
    let one_core = available_parallelism().is_ok_and(|cores| cores.get() == 1);
    let mut builder = if one_core { Builder::new_current_thread() } else { Builder::new_multi_thread() };
    builder.enable_all().build()
}

async fn run_until_stopped(config: Config) -> anyhow::Result<()> {
    // From here on a signal is noticed, even while the server still starts.
    let signals = count_signals()?;
    // What can be wrong before anything is made is looked at before anything is made.
    let listener = TcpListener::bind(config.listen).await;
    let listener =
        listener.with_context(|| format!("cannot listen on {}; choose another --listen", config.listen))?;
    let local = listener.local_addr()?;
    if let Some(file) = config.server_key_file.as_ref().filter(|file| !file.is_file()) {
        let mend = if config.store.is_shared() {
            "give this server the same key as the others"
        } else {
            "leave it out"
        };
        bail!("there is no server key at {}\n  correct server_key_file, or {mend}", file.display());
    }
    let mail_server = config.mail_server()?;
    if config.store.is_shared() && config.server_key.is_none() && config.server_key_file.is_none() {
        return Err(KeyringError::NotGiven.into());
    }
    let (store, is_new) = open(&config, Missing::Make).await?;
    let clock = Arc::new(SystemClock::start());
    let app = App::new(&config, Arc::clone(&store), &config.data, local, clock, system_rng()?).await?;
    greet(&config, local, is_new, &*store).await?;
    if mail_server.is_some_and(|server| server.is_readable_on_the_way()) {
        tracing::warn!(
            "mail.tls is \"none\": mails, with links that open secrets, travel in clear to the mail server"
        );
    }
    let drain = app.drain;
    let (mut first, mut second) = (signals.clone(), signals);
    let stopped = async move {
        let _ = first.wait_for(|count| *count > 0).await;
        let seconds = drain.as_secs();
        tracing::info!(seconds, "stopping: requests are taken for so long, and those in flight finish");
    };
    tokio::select! {
        () = serve(Arc::new(app), listener, stopped) => {}
        _ = second.wait_for(|count| *count > 1) => tracing::warn!("a second signal: what is in flight is cut off"),
    }
    // The last handle: what is queued is written before the process ends.
    drop(store);
    tracing::info!("stopped");
    Ok(())
}

/// How many signals to stop came so far.
fn count_signals() -> std::io::Result<watch::Receiver<u32>> {
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    let (count, counted) = watch::channel(0);
    tokio::spawn(async move {
        loop {
            tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} }
            count.send_modify(|count| *count += 1);
        }
    });
    Ok(counted)
}

/// Says where the server listens; to a person also what is still to do.
async fn greet(config: &Config, local: SocketAddr, is_new: bool, store: &dyn Store) -> anyhow::Result<()> {
    let version = env!("CARGO_PKG_VERSION");
    let _ = terminal::answer(&format!("burnbag {version} listening on http://{local}"));
    if terminal::is_watched() {
        let data = config.data.display();
        if is_new {
            let _ =
                terminal::answer(&format!("data      {data} (new); keep a copy of server.key apart from it"));
        }
        if config.public_url.is_none() {
            let _ = terminal::answer(&format!(
                "links     start with http://{local}; set --public-url before you send one"
            ));
        }
        if store.accounts().await?.is_empty() {
            let _ = terminal::answer("accounts  none; burnbag account create you@example.com");
        }
        if config.mail.server.is_none() {
            let _ = terminal::answer("mail      off; recipients are recorded, not mailed");
        }
    }
    if !std::io::stderr().is_terminal() {
        tracing::info!(version, address = %local, "listening");
    }
    let has_tls = config.public_url.as_ref().is_some_and(burnbag_server::config::PublicUrl::is_https);
    if !local.ip().is_loopback() && !has_tls {
        tracing::warn!(
            "listening beyond this machine without an https public URL: secrets travel in clear; docs/install.md shows a proxy with TLS"
        );
    }
    Ok(())
}
