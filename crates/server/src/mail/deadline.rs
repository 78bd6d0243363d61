//! Until when something may be sent. A process that was stopped for long, and goes on, sends nothing more: somebody else
//! may have taken the mail over meanwhile.

use crate::clock::Clock;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::Poll;
use std::time::Duration;

/// A moment that is moved on with each task. Clones share it.
#[derive(Clone, Debug)]
pub(super) struct Deadline {
    clock: Arc<dyn Clock>,
    /// In milliseconds of the clock.
    at: Arc<AtomicU64>,
}

/// The time is over.
pub(super) struct Over;

impl Deadline {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, at: Arc::default() }
    }

    /// Whether it is over. Asks the clock: timers of the runtime notice a stop of the process late.
    pub(super) fn is_over(&self) -> bool {
        self.now() >= self.at.load(Ordering::Relaxed)
    }

    /// Does something within a time. Each time before it goes on the clock is asked first.
    pub(super) async fn within<F: Future>(&self, time: Duration, task: F) -> Result<F::Output, Over> {
        self.at.store(self.now().saturating_add(milliseconds(time)), Ordering::Relaxed);
        let (mut timer, mut task) = (pin!(tokio::time::sleep(time)), pin!(task));
        poll_fn(|context| {
            if self.is_over() || timer.as_mut().poll(context).is_ready() {
                return Poll::Ready(Err(Over));
            }
            task.as_mut().poll(context).map(Ok)
        })
        .await
    }

    fn now(&self) -> u64 {
        milliseconds(self.clock.elapsed())
    }
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
