//! Everything that any server of this process logs, at the most talkative level that an operator can choose.

use burnbag_server::config::{Log, LogLevel};
use burnbag_server::telemetry;
use std::io::{self, Write};
use std::sync::{Mutex, Once, PoisonError};

static LINES: Mutex<Vec<u8>> = Mutex::new(Vec::new());
static ONCE: Once = Once::new();

struct Lines;

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LINES.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Starts gathering, once.
pub(crate) fn start() {
    ONCE.call_once(|| {
        let log = Log { level: LogLevel::Debug, ..Log::default() };
        let subscriber =
            tracing_subscriber::fmt().with_env_filter(telemetry::filter(&log)).with_writer(|| Lines);
        subscriber.with_ansi(false).init();
    });
}

/// What was logged so far.
pub(crate) fn all() -> String {
    String::from_utf8_lossy(&LINES.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
}
