//! Writes that run: who must come behind all of them waits here, without keeping others from beginning.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// The writes of one handle that run.
#[derive(Default)]
pub(crate) struct InFlight {
    running: Mutex<Running>,
    landed: Notify,
}

#[derive(Default)]
struct Running {
    next: u64,
    numbers: BTreeSet<u64>,
}

/// A write that runs, until this is dropped.
pub(crate) struct Flight {
    number: u64,
    of: Arc<InFlight>,
}

impl InFlight {
    /// A write begins.
    pub(crate) fn begin(self: &Arc<Self>) -> Flight {
        let mut running = self.running();
        let number = running.next;
        running.next += 1;
        running.numbers.insert(number);
        Flight { number, of: Arc::clone(self) }
    }

    /// Waits until every write that has begun by now has ended.
    pub(crate) async fn landed(&self) {
        let next = self.running().next;
        loop {
            let mut landed = std::pin::pin!(self.landed.notified());
            // From here on no end is missed.
            landed.as_mut().enable();
            if self.running().numbers.first().is_none_or(|first| *first >= next) {
                return;
            }
            landed.await;
        }
    }

    fn running(&self) -> MutexGuard<'_, Running> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        self.of.running().numbers.remove(&self.number);
        self.of.landed.notify_waiters();
    }
}
