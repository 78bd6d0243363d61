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

/// What became of one attempt: the connection, where it can be used again, or what is wrong with the mail server.
pub(super) type Attempt = Result<Line, Option<Trouble>>;

/// Sends one mail and notes what became of it.
pub(super) async fn send(vault: Arc<Vault>, mut line: Line, mut pick: Pick, message: Message) -> Attempt {
    let progress = line.progress();
    let sending = line.send(&message.to, message.bytes.expose());
    let verdict = pick.while_ours(&vault, &progress, sending).await;
    let mail = &pick.mail;
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
    stamp_surely(&vault, mail, stamp).await;
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
