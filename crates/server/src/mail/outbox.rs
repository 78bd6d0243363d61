//! The worker that sends what waits in the outbox: one on every node, and no mail twice.
//!
//! A mail is picked, which keeps other nodes from it for half a minute; while it is being sent the pick is renewed. A node that
//! dies in the middle loses nothing: its mail is picked again. The one way to a second copy is an answer of the mail server
//! that was lost after it took the mail, so mails are sent one after another: then at most one is in that state.

use super::line::Line;
use super::message::{Message, Writer};
use super::pauses::Pauses;
use super::pick::Pick;
use super::relay::Relay;
use super::sending::{Attempt, Told, send};
use super::trouble::Trouble;
use super::wire::Progress;
use crate::i18n::{Catalogue, LanguageTag};
use crate::vault::Vault;
use burnbag_core::mail::{MailId, MailKind};
use burnbag_store::{Outgoing, Stamp, StoreError};
use futures_util::FutureExt;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep, sleep_until, timeout};

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
/// So many mails refused one after the other, and none taken in between, are not the mails' fault.
const ALL: u32 = 5;
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
                Some(attempt) = work.sending.join_next() => self.note(&mut work, attempt.unwrap_or(Attempt::NONE)),
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
            let Some(mut pick) = Pick::next(&self.vault).await? else {
                if let Some(line) = work.line.take() {
                    line.close().await;
                }
                return Ok(());
            };
            if pick.age() >= AWAY {
                work.heard = Instant::now() + AFTER_AWAY;
            }
            let id = pick.mail.id;
            if work.is_sending(&id) {
                // Its pick ran out while this process, or its clock, was away. A yes that it still gets counts.
                continue;
            }
            let Some(message) = self.write(&pick.mail) else {
                self.vault.store().stamp_mail(&pick.mail, Stamp::Dropped, self.vault.now()).await?;
                continue;
            };
            let Some(line) = self.line(work, &mut pick).await? else {
                return Ok(());
            };
            sleep_until(work.heard).await;
            if !pick.renew(&self.vault).await? {
                // Its secret ended meanwhile, or somebody else sent it.
                work.line = Some(line);
                continue;
            }
            work.next = Instant::now() + PACE;
            let sending = work.sending.spawn(send(Arc::clone(&self.vault), line, pick, message));
            work.under_way.push((sending, id));
            if let Ok(Some(attempt)) = timeout(SLOW, work.sending.join_next()).await {
                self.note(work, attempt.unwrap_or(Attempt::NONE));
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
    async fn line(&self, work: &mut Work, pick: &mut Pick) -> Result<Option<Line>, StoreError> {
        let nothing = Progress::default();
        if let Some(mut line) = work.line.take() {
            match pick.while_ours(&self.vault, &nothing, line.is_alive()).await {
                Some(true) => return Ok(Some(line)),
                Some(false) => {}
                None => return Ok(None),
            }
        }
        match pick.while_ours(&self.vault, &nothing, self.relay.connect()).await {
            Some(Ok(line)) => Ok(Some(line)),
            Some(Err(trouble)) => {
                self.vault.store().stamp_mail(&pick.mail, Stamp::Untried, self.vault.now()).await?;
                self.note(work, Attempt::failed(trouble));
                Ok(None)
            }
            None => Ok(None),
        }
    }

    /// Notes what an attempt says of the mail server.
    fn note(&self, work: &mut Work, attempt: Attempt) {
        let mut known = self.trouble.lock().unwrap_or_else(PoisonError::into_inner);
        let trouble = match attempt.told {
            Told::Nothing => *known,
            Told::Takes => {
                work.refused = 0;
                None
            }
            Told::Refuses => {
                work.refused = work.refused.saturating_add(1);
                (work.refused >= ALL).then_some(Trouble::AllRefused)
            }
            Told::PutsOff => known.filter(|known| *known == Trouble::AllRefused),
            Told::Fails(trouble) => Some(trouble),
        };
        if attempt.line.is_some() {
            work.pauses = Pauses::default();
            work.line = attempt.line;
        }
        if matches!(attempt.told, Told::Fails(_)) {
            work.not_before = Some(Instant::now() + work.pauses.next(&mut *self.vault.rng()));
        }
        if *known != trouble {
            if let Some(trouble) = trouble {
                tracing::warn!(%trouble, mend = trouble.mend(), "mail cannot be sent");
            } else {
                tracing::info!("the mail server takes mail again");
            }
            *known = trouble;
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
    /// Mails that were refused since one was taken.
    refused: u32,
    /// When the mail server may be tried again after it failed.
    not_before: Option<Instant>,
    pauses: Pauses,
}

impl Work {
    fn new() -> Self {
        let (sending, pauses) = (JoinSet::new(), Pauses::default());
        let now = Instant::now();
        Self {
            sending,
            under_way: Vec::new(),
            next: now,
            heard: now,
            line: None,
            refused: 0,
            not_before: None,
            pauses,
        }
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
