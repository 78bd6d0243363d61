//! The worker that sends what waits in the outbox: one on every node, and no mail twice.
//!
//! A mail is picked, which keeps other nodes from it for half a minute; while it is being sent the pick is renewed. A node that
//! dies in the middle loses nothing: its mail is picked again. The one way to a second copy is an answer of the mail server
//! that was lost after it took the mail, so mails are sent one after another: then at most one is in that state.

use super::line::{Line, Verdict};
use super::message::{Message, Writer};
use super::pauses::{Pauses, until_next_try, until_server_is_tried};
use super::relay::Relay;
use super::trouble::Trouble;
use super::wire::Progress;
use crate::i18n::{Catalogue, LanguageTag};
use crate::vault::Vault;
use burnbag_core::mail::{MailId, MailKind};
use burnbag_core::recipient::obscure;
use burnbag_store::{Outgoing, Stamp, StoreError};
use futures_util::FutureExt;
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Poll;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::{Instant, MissedTickBehavior, interval, interval_at, sleep, sleep_until, timeout};

/// How long a pick keeps others from a mail, in seconds. So long a mail waits whose node died.
const PICK: i64 = 30;
/// How often a pick is renewed.
const RENEW: Duration = Duration::from_secs(10);
/// How long after its last renewal a pick is taken for lost. Less than `PICK`: clocks differ, and what was handed to the
/// network is sent a little later.
const LOST: Duration = Duration::from_secs(20);
/// How long the worker rests after a defect of ours ended it.
const AFTER_DEFECT: Duration = Duration::from_secs(1);
/// Others need not wait behind a mail that takes longer; it goes on beside them.
const SLOW: Duration = Duration::from_secs(10);
/// At least so long from one mail to the next: no mail server is flooded, and a process that is killed seldom has a mail in
/// its hands whose answer is on its way.
const PACE: Duration = Duration::from_millis(100);
/// A store that took so long to answer was away.
const AWAY: Duration = Duration::from_secs(1);
/// After the store was away, who sent mails meanwhile says first what became of them: their picks may be over.
const AFTER_AWAY: Duration = Duration::from_secs(3);
/// Mails that are being sent at one time, all but one of them slow.
const MOST: usize = 16;

/// What sends mails.
#[derive(Debug)]
pub struct Outbox {
    vault: Arc<Vault>,
    relay: Relay,
    writer: Writer,
    catalogue: Catalogue,
    /// Why nothing can be sent now.
    trouble: Mutex<Option<Trouble>>,
}

/// What became of one attempt: the connection, where it can be used again, or what is wrong with the mail server.
type Attempt = Result<Line, Option<Trouble>>;

impl Outbox {
    /// An outbox that sends through a mail server. `language` is the operator's.
    pub fn new(vault: Arc<Vault>, relay: Relay, writer: Writer, language: LanguageTag) -> Self {
        Self { vault, relay, writer, catalogue: Catalogue::new(language), trouble: Mutex::default() }
    }

    /// Whether the mail server failed when it was last tried.
    pub fn is_in_trouble(&self) -> bool {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// Sends until it is told to stop, and finishes what it has begun. A defect that ends the worker does not end mailing:
    /// it begins anew, and the mail that it had picked waits until that pick is over.
    pub async fn run(&self, stop: watch::Receiver<bool>) {
        while AssertUnwindSafe(self.work(stop.clone())).catch_unwind().await.is_err() {
            tracing::error!("a defect ended the sending of mails; it begins anew");
            sleep(AFTER_DEFECT).await;
        }
    }

    async fn work(&self, mut stop: watch::Receiver<bool>) {
        let mut ticks = interval(Duration::from_secs(1));
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut work = Work::new();
        loop {
            tokio::select! {
                _ = stop.wait_for(|stop| *stop) => break,
                () = self.vault.posted() => {}
                _ = ticks.tick() => {}
                Some(attempt) = work.sending.join_next() => self.note(&mut work, attempt.unwrap_or(Err(None))),
            }
            if let Err(error) = self.drain(&mut work, &stop).await {
                crate::vault::note_failure(&error);
                work.heard = Instant::now() + AFTER_AWAY;
            }
        }
        while work.sending.join_next().await.is_some() {}
        if let Some(line) = work.line {
            line.close().await;
        }
    }

    /// Sends what is due.
    async fn drain(&self, work: &mut Work, stop: &watch::Receiver<bool>) -> Result<(), StoreError> {
        while work.may_go_on() && !*stop.borrow() {
            // Before the pick: who waits with a mail in his hands may lose it meanwhile.
            sleep_until(work.next).await;
            let (now, picked) = (self.vault.now(), Instant::now());
            let Some(mail) = self.vault.store().pick_mail(now, now.after(PICK)).await? else {
                if let Some(line) = work.line.take() {
                    line.close().await;
                }
                return Ok(());
            };
            if picked.elapsed() >= AWAY {
                work.heard = Instant::now() + AFTER_AWAY;
            }
            if work.is_sending(&mail.id) {
                // Its pick ran out while this process, or its clock, was away. A yes that it still gets counts.
                continue;
            }
            let Some(message) = self.write(&mail) else {
                self.vault.store().stamp_mail(&mail, Stamp::Dropped, now).await?;
                continue;
            };
            let Some(line) = self.line(work, &mail, picked).await? else {
                return Ok(());
            };
            sleep_until(work.heard).await;
            let renewed = Instant::now();
            if !self.vault.store().stamp_mail(&mail, Stamp::Still(self.vault.now().after(PICK)), now).await? {
                // Its secret ended meanwhile, or somebody else sent it.
                work.line = Some(line);
                continue;
            }
            work.next = Instant::now() + PACE;
            let id = mail.id;
            let sending = work.sending.spawn(send(Arc::clone(&self.vault), line, (mail, renewed), message));
            work.under_way.push((sending, id));
            if let Ok(Some(attempt)) = timeout(SLOW, work.sending.join_next()).await {
                self.note(work, attempt.unwrap_or(Err(None)));
            }
        }
        Ok(())
    }

    /// The message of a mail; nothing where nobody wants it any more, or it cannot be read.
    fn write(&self, mail: &Outgoing) -> Option<Message> {
        // Whose account is gone has nothing to send any more; who asked for an invitation has no account yet.
        let wanted = match &mail.account {
            Some(account) => account.notify.wants(mail.kind),
            None => mail.kind == MailKind::Invitation,
        };
        let letter = wanted.then(|| self.vault.letter(mail))?;
        let written = letter.map_err(|error| error.to_string()).and_then(|letter| {
            self.writer
                .write(&letter, mail, &self.catalogue, self.vault.now())
                .map_err(|error| error.to_string())
        });
        written.inspect_err(|error| tracing::error!(mail = %mail.id, error, "a mail cannot be written")).ok()
    }

    /// An open connection. Without one the mail was not tried.
    async fn line(
        &self,
        work: &mut Work,
        mail: &Outgoing,
        picked: Instant,
    ) -> Result<Option<Line>, StoreError> {
        if let Some(mut line) = work.line.take() {
            match while_ours(&self.vault, (mail, picked), &Progress::default(), line.is_alive()).await {
                Some(true) => return Ok(Some(line)),
                Some(false) => {}
                None => return Ok(None),
            }
        }
        match while_ours(&self.vault, (mail, picked), &Progress::default(), self.relay.connect()).await {
            Some(Ok(line)) => Ok(Some(line)),
            Some(Err(trouble)) => {
                self.vault.store().stamp_mail(mail, Stamp::Untried, self.vault.now()).await?;
                self.note(work, Err(Some(trouble)));
                Ok(None)
            }
            None => Ok(None),
        }
    }

    /// Notes what an attempt says of the mail server.
    fn note(&self, work: &mut Work, attempt: Attempt) {
        let mut known = self.trouble.lock().unwrap_or_else(PoisonError::into_inner);
        match attempt {
            Ok(line) => {
                if known.take().is_some() {
                    tracing::info!("the mail server takes mail again");
                }
                work.pauses = Pauses::default();
                work.line = Some(line);
            }
            Err(None) => {}
            Err(Some(trouble)) => {
                work.not_before = Some(Instant::now() + work.pauses.next(&mut *self.vault.rng()));
                if *known != Some(trouble) {
                    let mend = trouble.mend();
                    tracing::warn!(%trouble, mend, "mail cannot be sent; it is tried again");
                }
                *known = Some(trouble);
            }
        }
    }
}

/// What the worker holds between two mails.
struct Work {
    sending: JoinSet<Attempt>,
    /// Which mails these are.
    under_way: Vec<(AbortHandle, MailId)>,
    /// When the next mail may be sent.
    next: Instant,
    /// When other nodes have said what became of mails while the store was away.
    heard: Instant,
    /// A connection that nobody uses.
    line: Option<Line>,
    /// When the mail server may be tried again after it failed.
    not_before: Option<Instant>,
    pauses: Pauses,
}

impl Work {
    fn new() -> Self {
        let (sending, pauses) = (JoinSet::new(), Pauses::default());
        let now = Instant::now();
        Self { sending, under_way: Vec::new(), next: now, heard: now, line: None, not_before: None, pauses }
    }

    fn may_go_on(&mut self) -> bool {
        self.not_before = self.not_before.filter(|until| Instant::now() < *until);
        self.not_before.is_none() && self.sending.len() < MOST
    }

    /// Whether a mail is being sent by this process.
    fn is_sending(&mut self, mail: &MailId) -> bool {
        self.under_way.retain(|(sending, _)| !sending.is_finished());
        self.under_way.iter().any(|(_, id)| id == mail)
    }
}

/// Sends one mail and notes what became of it.
async fn send(
    vault: Arc<Vault>,
    mut line: Line,
    (mail, renewed): (Outgoing, Instant),
    message: Message,
) -> Attempt {
    let progress = line.progress();
    let verdict =
        while_ours(&vault, (&mail, renewed), &progress, line.send(&message.to, message.bytes.expose())).await;
    let (now, end) = (vault.now(), mail.until);
    let later = |reply| Stamp::Later(until_next_try(mail.tries, now, end, &mut *vault.rng()), reply);
    let (stamp, trouble) = match verdict {
        // Somebody else has it, or its secret ended: what is under way is cut off.
        None => return Err(None),
        Some(Verdict::Sent) => (Stamp::Sent, None),
        Some(Verdict::Refused(reply)) => (Stamp::Refused(reply), None),
        Some(Verdict::Later(reply)) => (later(Some(reply)), None),
        Some(Verdict::Broken(trouble)) => {
            let due = until_server_is_tried(mail.tries, now, end, &mut *vault.rng());
            (Stamp::Later(due, None), Some(trouble))
        }
        // An answer that was lost may have been a yes: a second copy is better than none, but not one a minute.
        Some(Verdict::InDoubt(trouble)) => (later(None), Some(trouble)),
    };
    stamp_surely(&vault, &mail, stamp).await;
    let (to, became, reply) = (obscure(&message.to), became(stamp), reply(stamp));
    tracing::info!(mail = %mail.id, to, tries = mail.tries, became, reply, "a mail was tried");
    match trouble {
        Some(trouble) => Err(Some(trouble)),
        None if line.is_broken() => Err(None),
        None => Ok(line),
    }
}

/// A stamp in a word, for the log.
const fn became(stamp: Stamp) -> &'static str {
    match stamp {
        Stamp::Sent => "sent",
        Stamp::Refused(_) => "refused",
        Stamp::Later(..) | Stamp::Untried | Stamp::Still(_) => "put off",
        Stamp::Dropped => "dropped",
    }
}

/// What the mail server answered, for the log, which says more in its own.
const fn reply(stamp: Stamp) -> Option<u16> {
    match stamp {
        Stamp::Refused(reply) => Some(reply),
        Stamp::Later(_, reply) => reply,
        Stamp::Sent | Stamp::Untried | Stamp::Still(_) | Stamp::Dropped => None,
    }
}

/// Notes what became of a mail, however long the store fails: what was sent must not be sent again.
async fn stamp_surely(vault: &Vault, mail: &Outgoing, stamp: Stamp) {
    let mut failing = false;
    while let Err(error) = vault.store().stamp_mail(mail, stamp, vault.now()).await {
        if !failing {
            failing = true;
            crate::vault::note_failure(&error);
        }
        sleep(Duration::from_millis(200)).await;
    }
}

/// Runs a step of sending as long as the mail, whose pick was last renewed then, is this node's to send. `None` when it is
/// not any more: a process that was stopped for a while must not go on where it was, unless nothing is left to do but to
/// hear the answer.
async fn while_ours<T>(
    vault: &Vault,
    (mail, renewed): (&Outgoing, Instant),
    progress: &Progress,
    step: impl Future<Output = T>,
) -> Option<T> {
    let mut step = pin!(step);
    let mut lost = renewed + LOST;
    let mut renew = interval_at(Instant::now() + RENEW, RENEW);
    renew.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
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
        let (asked, now) = (Instant::now(), vault.now());
        match vault.store().stamp_mail(mail, Stamp::Still(now.after(PICK)), now).await {
            Ok(true) => lost = asked + LOST,
            // Its secret ended. Nobody else has it before this pick is over, and the answer may still come in time.
            Ok(false) => tracing::debug!("a pick was not renewed"),
            // It may work again before the pick is lost.
            Err(error) => tracing::debug!(%error, "a pick could not be renewed"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::FixedClock;
    use crate::limit::{Disk, HeldBytes, Room};
    use crate::vault::Means;
    use burnbag_core::seal::Sealed;
    use burnbag_core::server_key::{Keyring, ServerKey};
    use burnbag_core::time::Timestamp;
    use burnbag_store::memory::Memory;
    use rand::SeedableRng;
    use rand::rngs::StdRng;
    use std::future::ready;
    use std::path::PathBuf;

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
        let answered = async || while_ours(&vault, (&mail, Instant::now()), &progress, sleep(LOST * 3)).await;
        assert_eq!(answered().await, None, "the store does not know it");
        progress.end();
        assert_eq!(answered().await, None);
        progress.note_reading();
        assert_eq!(answered().await, Some(()));
        progress.begin();
        assert_eq!(answered().await, None);
        let long_ago = Instant::now().checked_sub(LOST).expect("time has passed");
        let at_once = while_ours(&vault, (&mail, long_ago), &progress, ready(()));
        assert_eq!(at_once.await, None, "it was stopped before it began");
    }
}
