//! The receipt object in v1's shape (wire spec §3.1) and words (§4), and what is told of a secret before it is taken.

use crate::vault::{ReceiptView, SecretView};
use burnbag_api::{ContentKind, MailState, Receipt, Sealing, SecretStatus, WireState};
use burnbag_core::account::Email;
use burnbag_core::fate::{Fate, State, receipt_ends};
use burnbag_core::mail::Mailing;
use burnbag_core::outline::Form;

/// The owner's name where nobody signed in made it.
const ANONYMOUS: &str = "anon";

/// A receipt for who holds its key.
pub(super) fn receipt(view: &ReceiptView) -> Receipt {
    let key = || view.secret.as_ref().map(|key| key.expose().to_owned()).unwrap_or_default();
    let secret_key = match view.state {
        State::New => Some(key()),
        State::Ended(Fate::Revealed, _) => None,
        State::Ended(Fate::Burned | Fate::Expired, _) => Some(String::new()),
    };
    let lives = view.state == State::New && view.secret.is_some();
    Receipt {
        secret_key,
        passphrase_required: lives.then(|| view.place.kind.needs_passphrase()),
        locked: view.locked.then_some(true),
        ..listed(view)
    }
}

/// A receipt in a list: without the secret's key.
pub(super) fn listed(view: &ReceiptView) -> Receipt {
    let place = &view.place;
    let (updated, received, secret_ttl) = match view.state {
        State::New if view.secret.is_none() => (place.created, None, Some(0)),
        State::New => (place.created, None, Some(place.expires.since(view.at))),
        State::Ended(Fate::Revealed, when) => (when, Some(when.0), None),
        State::Ended(Fate::Burned | Fate::Expired, when) => (when, None, Some(0)),
    };
    let (mail, mail_reply, mailed) = mail(view.mailing);
    Receipt {
        custid: view.owner.as_ref().map_or(ANONYMOUS, Email::as_str).to_owned(),
        metadata_key: view.receipt.expose().to_owned(),
        ttl: place.expires.since(place.created),
        metadata_ttl: receipt_ends(place.created, place.expires).since(view.at),
        secret_ttl,
        state: wire_state(view),
        updated: updated.0,
        created: place.created.0,
        received,
        recipient: view.recipient.iter().cloned().collect(),
        sealed: place.kind.is_device_sealed().then_some(Sealing::Device),
        memo: view.label.clone(),
        mail,
        mail_reply,
        mailed,
        ..Receipt::default()
    }
}

/// What became of the recipient's mail. A server that sends none says so in a header, once.
fn mail(mailing: Option<Mailing>) -> (Option<MailState>, Option<u16>, Option<i64>) {
    match mailing {
        None | Some(Mailing::Off) => (None, None, None),
        Some(Mailing::Queued(reply)) => (Some(MailState::Queued), reply, None),
        Some(Mailing::Sent(when)) => (Some(MailState::Sent), None, Some(when.0)),
        Some(Mailing::Ended) => (Some(MailState::Ended), None, None),
        Some(Mailing::Refused(reply)) => (Some(MailState::Refused), Some(reply), None),
        Some(Mailing::GivenUp(reply)) => (Some(MailState::GivenUp), reply, None),
    }
}

/// A secret for who holds its key.
pub(super) fn status(view: &SecretView) -> SecretStatus {
    let (place, outline) = (&view.place, &view.outline);
    let (kind, files) = match outline.form {
        Form::Text => (ContentKind::Text, None),
        Form::Files(count) => (ContentKind::Files, count),
    };
    SecretStatus {
        state: WireState::New,
        passphrase_required: place.kind.needs_passphrase(),
        sealed: if place.kind.is_device_sealed() { Sealing::Device } else { Sealing::Server },
        kind,
        size: outline.size,
        files,
        secret_ttl: place.expires.since(view.at),
        locked: view.locked.then_some(true),
    }
}

fn wire_state(view: &ReceiptView) -> WireState {
    match view.state {
        // Its life key is dead although nothing ended it: a copy of the database that was put back. Nobody can open it.
        State::New if view.secret.is_none() => WireState::Orphaned,
        State::New => WireState::New,
        State::Ended(Fate::Revealed, _) => WireState::Received,
        State::Ended(Fate::Burned, _) => WireState::Burned,
        State::Ended(Fate::Expired, _) => WireState::Expired,
    }
}
