//! How often something is tried, and how long that may take altogether.

use super::trouble::{Code, Trouble};
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// How long to wait before a try that follows another: at first, and at most.
const PAUSE: Duration = Duration::from_millis(10);
const LONGEST_PAUSE: Duration = Duration::from_millis(250);

/// The tries of one verb.
pub(super) struct Tries {
    /// When its time is over.
    pub(super) until: Instant,
    patience: Duration,
    pause: Duration,
    /// Whether something was sent that may have been done.
    pub(super) is_in_doubt: bool,
}

impl Tries {
    pub(super) fn begin(patience: Duration) -> Self {
        Self { until: Instant::now() + patience, patience, pause: PAUSE, is_in_doubt: false }
    }

    /// Until when the next try may take: where there may be another, so that its time is not over by then.
    pub(super) fn next(&self, may_repeat: bool) -> Instant {
        let half = Instant::now() + self.patience / 2;
        if may_repeat && half < self.until { half } else { self.until }
    }

    /// Answers whether there is time for another.
    pub(super) async fn pause(&mut self, trouble: &Trouble) -> bool {
        // What was lost, or is elsewhere, needs no time.
        let pause = match trouble {
            Trouble::Lost(_) | Trouble::Said(Code::Moved | Code::Ask | Code::NoScript, _) => PAUSE,
            Trouble::Said(..)
            | Trouble::Unreachable(_)
            | Trouble::Closed
            | Trouble::Few(_)
            | Trouble::Corrupt(_)
            | Trouble::Other(_) => {
                self.pause = (self.pause * 2).min(LONGEST_PAUSE);
                self.pause
            }
        };
        if Instant::now() + pause >= self.until {
            return false;
        }
        sleep(pause).await;
        true
    }
}
