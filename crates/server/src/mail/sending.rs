//! One mail on its way: sent, and what became of it noted.

use super::line::{Line, Verdict};
use super::message::Message;
use super::pauses::{until_next_try, until_server_is_tried};
use super::pick::Pick;
use super::trouble::Trouble;
use crate::vault::Vault;
use burnbag_core::recipient::obscure;
use burnbag_store::{Outgoing, Stamp};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::sleep;

/// What one attempt left.
pub(super) struct Attempt {
    /// The connection, where it can be used again.
    pub(super) line: Option<Line>,
    /// What it says of the mail server.
    pub(super) told: Told,
}

/// What an attempt says of the mail server.
pub(super) enum Told {
    /// Nothing.
    Nothing,
    /// It takes mails.
    Takes,
    /// It works, and did not take this one yet.
    PutsOff,
    /// It works, and will never take this one.
    Refuses,
    /// Something is wrong with it.
    Fails(Trouble),
}

impl Attempt {
    /// One that left nothing.
    pub(super) const NONE: Self = Self { line: None, told: Told::Nothing };

    /// One that met this.
    pub(super) const fn failed(trouble: Trouble) -> Self {
        Self { line: None, told: Told::Fails(trouble) }
    }
}

/// Sends one mail and notes what became of it.
pub(super) async fn send(vault: Arc<Vault>, mut line: Line, mut pick: Pick, message: Message) -> Attempt {
    let progress = line.progress();
    let sending = line.send(&message.to, message.bytes.expose());
    let verdict = pick.while_ours(&vault, &progress, sending).await;
    let mail = &pick.mail;
    let (now, end) = (vault.now(), mail.until);
    let later = |reply| Stamp::Later(until_next_try(mail.tries, now, end, &mut *vault.rng()), reply);
    let (stamp, told) = match verdict {
        // Somebody else has it, or its secret ended: what is under way is cut off.
        None => return Attempt::NONE,
        Some(Verdict::Sent) => (Stamp::Sent, Told::Takes),
        Some(Verdict::Refused(reply)) => (Stamp::Refused(reply), Told::Refuses),
        Some(Verdict::Later(reply)) => (later(Some(reply)), Told::PutsOff),
        Some(Verdict::Broken(trouble)) => {
            let due = until_server_is_tried(mail.tries, now, end, &mut *vault.rng());
            (Stamp::Later(due, None), Told::Fails(trouble))
        }
        // An answer that was lost may have been a yes: a second copy is better than none, but not one a minute.
        Some(Verdict::InDoubt(trouble)) => (later(None), Told::Fails(trouble)),
    };
    stamp_surely(&vault, mail, stamp).await;
    let (to, became, reply) = (obscure(&message.to), became(stamp), reply(stamp));
    tracing::info!(mail = %mail.id, to, tries = mail.tries, became, reply, "a mail was tried");
    let is_whole = !line.is_broken() && !matches!(told, Told::Fails(_));
    Attempt { line: is_whole.then_some(line), told }
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
