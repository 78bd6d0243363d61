//! Logs: what and how. Never a query string, a key, an address or a body; see `docs/logging.md`.

use crate::config::{Log, LogFormat, LogLevel};
use std::panic::PanicHookInfo;
use tracing_subscriber::EnvFilter;

/// What is logged. Libraries are heard from `warn` on, because what they log at lower levels may hold requests.
#[must_use]
pub fn filter(log: &Log) -> EnvFilter {
    let level = match log.level {
        LogLevel::Error => "error",
        LogLevel::Warn => "warn",
        LogLevel::Info => "info",
        LogLevel::Debug => "debug",
    };
    let others = if log.level == LogLevel::Error { "error" } else { "warn" };
    let ours =
        ["burnbag", "burnbag_server", "burnbag_store", "burnbag_core"].map(|name| format!(",{name}={level}"));
    EnvFilter::new(format!("{others}{}", ours.concat()))
}

/// Starts logging to standard error.
pub fn start(log: &Log) {
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter(log)).with_writer(std::io::stderr);
    // A second start in one process, as in tests, changes nothing.
    let _ = match log.format {
        LogFormat::Text => {
            subscriber.with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr())).try_init()
        }
        LogFormat::Json => subscriber.json().flatten_event(true).try_init(),
    };
    std::panic::set_hook(Box::new(log_panic));
}

/// The place of a panic, never its payload: that may be made of anything.
fn log_panic(info: &PanicHookInfo<'_>) {
    let (file, line) = info.location().map_or(("", 0), |place| (place.file(), place.line()));
    tracing::error!(file, line, "a task panicked");
}
