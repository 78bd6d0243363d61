//! Ctrl-C and SIGTERM: a run that ends early must leave no server and no data behind.
//!
//! The signal only sets a mark, which the load generator's loop looks at. The run then ends as
//! with any other error, and what it holds is dropped in order.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use anyhow::{Result, bail};
use tokio::signal::unix::{SignalKind, signal};

static ARRIVED: AtomicBool = AtomicBool::new(false);

/// Takes both signals over for the rest of the process.
pub(crate) fn watch() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let entered = runtime.enter();
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    drop(entered);
    thread::spawn(move || {
        runtime.block_on(async {
            tokio::select! {
                _ = interrupt.recv() => (),
                _ = terminate.recv() => (),
            }
        });
        ARRIVED.store(true, Ordering::Relaxed);
    });
    Ok(())
}

/// An error once a signal has arrived.
pub(crate) fn check() -> Result<()> {
    if ARRIVED.load(Ordering::Relaxed) {
        bail!("interrupted");
    }
    Ok(())
}
