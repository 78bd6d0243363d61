//! Replicas that may lag behind: one that takes the server's place would bring back what was read already.

use super::step::Step;
use super::trouble::Trouble;
use burnbag_core::time::Timestamp;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

/// How often they are looked for, in seconds.
const EVERY: i64 = 60;

const WARNING: &str = "a replica of the database may lag behind: if it takes over, secrets that were read come back and new ones \
    are lost; set synchronous_standby_names";

/// What was seen of them.
#[derive(Default)]
pub(super) struct Replicas {
    next: AtomicI64,
    may_lag: AtomicBool,
}

impl Replicas {
    /// Whether it is time to look again.
    pub(super) fn is_due(&self, now: Timestamp) -> bool {
        let next = self.next.load(Ordering::Relaxed);
        // Also after the clock was set back.
        let is_due = now.0 >= next || now.0 < next - EVERY;
        if is_due {
            self.next.store(now.after(EVERY).0, Ordering::Relaxed);
        }
        is_due
    }

    pub(super) fn note(&self, may_lag: bool) {
        self.may_lag.store(may_lag, Ordering::Relaxed);
    }

    pub(super) fn warning(&self) -> Option<&'static str> {
        self.may_lag.load(Ordering::Relaxed).then_some(WARNING)
    }
}

/// Whether replicas are attached of which a commit waits for none. An ordinary user sees that there are some; what each does is
/// shown to members of `pg_monitor` only, so that for others a copy that is being made counts too, while it lasts.
pub(super) async fn may_lag(step: Step<'_>, (): &()) -> Result<bool, Trouble> {
    step.any(
        "SELECT 1 FROM pg_stat_replication WHERE COALESCE(state, 'streaming') = 'streaming'
            AND (current_setting('synchronous_standby_names') = '' OR current_setting('synchronous_commit') = 'local') LIMIT 1",
        &[],
    )
    .await
}
