//! A mail that this node picked, and how long it is this node's to send.

use super::wire::Progress;
use crate::vault::Vault;
use burnbag_store::{Outgoing, Stamp, StoreError};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;
use tokio::time::{Instant, MissedTickBehavior, interval_at};

/// How long a pick keeps others from a mail, in seconds. So long a mail waits whose node died.
const LASTS: i64 = 30;
/// How often a pick is renewed.
const RENEW: Duration = Duration::from_secs(10);
/// How long after its last renewal a pick is taken for lost. Less than it lasts: clocks differ, and what was handed to the
/// network is sent a little later.
const LOST: Duration = Duration::from_secs(20);

/// A mail that nobody else picks for a while.
pub(super) struct Pick {
    pub(super) mail: Outgoing,
    /// When it was last asked for.
    renewed: Instant,
}

impl Pick {
    /// Picks the mail that is due next.
    pub(super) async fn next(vault: &Vault) -> Result<Option<Self>, StoreError> {
        let (renewed, now) = (Instant::now(), vault.now());
        let mail = vault.store().pick_mail(now, now.after(LASTS)).await?;
        Ok(mail.map(|mail| Self { mail, renewed }))
    }

    /// How long it is ago that it was asked for.
    pub(super) fn age(&self) -> Duration {
        self.renewed.elapsed()
    }

    /// Keeps others from the mail for longer; whether it is to be sent still.
    pub(super) async fn renew(&mut self, vault: &Vault) -> Result<bool, StoreError> {
        let (asked, now) = (Instant::now(), vault.now());
        let renewed = vault.store().stamp_mail(&self.mail, Stamp::Still(now.after(LASTS)), now).await?;
        if renewed {
            self.renewed = asked;
        }
        Ok(renewed)
    }

    /// Runs a step of sending as long as the mail is this node's to send. `None` when it is not any more: a process that was
    /// stopped for a while must not go on where it was, unless nothing is left to do but to hear the answer.
    pub(super) async fn while_ours<T>(
        &mut self,
        vault: &Vault,
        progress: &Progress,
        step: impl Future<Output = T>,
    ) -> Option<T> {
        let mut step = pin!(step);
        let mut renew = interval_at(Instant::now() + RENEW, RENEW);
        renew.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let lost = self.renewed + LOST;
            let mut ours = std::future::poll_fn(|context| {
                // Before the step gets on, and not only when a timer says so.
                if Instant::now() >= lost && !progress.is_all_sent() {
                    return Poll::Ready(None);
                }
                step.as_mut().poll(context).map(Some)
            });
            tokio::select! {
                biased;
                _ = renew.tick() => {}
                done = &mut ours => return done,
            }
            match self.renew(vault).await {
                Ok(true) => {}
                // Its secret ended. Nobody else has it before this pick is over, and the answer may still come in time.
                Ok(false) => tracing::debug!("a pick was not renewed"),
                // It may work again before the pick is lost.
                Err(error) => tracing::debug!(%error, "a pick could not be renewed"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::FixedClock;
    use crate::limit::{Disk, HeldBytes, Room};
    use crate::vault::Means;
    use burnbag_core::mail::{MailId, MailKind};
    use burnbag_core::seal::Sealed;
    use burnbag_core::server_key::{Keyring, ServerKey};
    use burnbag_core::time::Timestamp;
    use burnbag_store::memory::Memory;
    use rand::SeedableRng;
    use rand::rngs::StdRng;
    use std::future::ready;
    use std::path::PathBuf;
    use std::sync::Arc;
    use tokio::time::sleep;

    fn vault() -> Vault {
        let mut rng = StdRng::seed_from_u64(7);
        let (held, room) = (HeldBytes::new(0, 0), Room::new(0));
        let disk = Arc::new(Disk::new(PathBuf::new(), 0, 0));
        let means = Means { held, room, disk, redelivery: 0, mails: None };
        let ring = Keyring::new(ServerKey::make(&mut rng), Vec::new());
        let clock = Arc::new(FixedClock::at(Timestamp(1_000)));
        Vault::new(Arc::new(Memory::default()), ring, clock, rng, means)
    }

    /// Before its end a mail that another may send by now must not get on; after it, an answer that is not heard is a second
    /// copy.
    #[tokio::test(start_paused = true)]
    async fn who_lost_a_mail_only_hears_the_answer() {
        let (vault, progress) = (vault(), Progress::default());
        let mail = Outgoing {
            id: MailId([1; 16]),
            kind: MailKind::Link,
            row: None,
            account: None,
            since: Timestamp(1_000),
            until: Timestamp(9_000),
            tries: 1,
            pick: 1,
            sealed: Sealed::from_bytes(Vec::new()),
        };
        let pick = |renewed| Pick { mail: mail.clone(), renewed };
        let answered = async || pick(Instant::now()).while_ours(&vault, &progress, sleep(LOST * 3)).await;
        assert_eq!(answered().await, None, "the store does not know it");
        progress.end();
        assert_eq!(answered().await, None);
        progress.note_reading();
        assert_eq!(answered().await, Some(()));
        progress.begin();
        assert_eq!(answered().await, None);
        let long_ago = Instant::now().checked_sub(LOST).expect("time has passed");
        let at_once = pick(long_ago).while_ours(&vault, &progress, ready(())).await;
        assert_eq!(at_once, None, "it was stopped before it began");
    }
}
