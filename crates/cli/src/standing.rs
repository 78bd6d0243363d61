//! Where a secret stands, as its sender is told.

use crate::args::StateWord;
use crate::plain::plain;
use burnbag_api::{MailState, Receipt, Sealing, WireState};
use jiff::Timestamp;
use serde::Serialize;

/// One secret of the sender's, as `--json` shows it.
#[derive(Serialize)]
pub(crate) struct Standing {
    /// Link of the receipt.
    pub(crate) receipt: String,
    pub(crate) state: StateWord,
    created_at: String,
    /// While it waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<String>,
    /// When it was opened, burned or expired.
    #[serde(skip_serializing_if = "Option::is_none")]
    ended_at: Option<String>,
    /// While it waits; not in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    passphrase_required: Option<bool>,
    sealed: Sealing,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    /// Obscured.
    #[serde(skip_serializing_if = "Option::is_none")]
    recipient: Option<String>,
    /// What became of the mail to the recipient.
    #[serde(skip_serializing_if = "Option::is_none")]
    mail: Option<MailState>,
    /// What the mail server said last, where it did not take the mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    mail_reply: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mailed_at: Option<String>,
    /// Too many wrong passphrases.
    locked: bool,
}

impl Standing {
    pub(crate) fn of(receipt: Receipt, link: String) -> Self {
        let state = word(receipt.state);
        let waits = state == StateWord::Waiting;
        Self {
            receipt: link,
            state,
            created_at: rfc3339(receipt.created),
            expires_at: waits.then(|| rfc3339(receipt.created.saturating_add(receipt.ttl))),
            ended_at: (!waits).then(|| rfc3339(receipt.received.unwrap_or(receipt.updated))),
            passphrase_required: receipt.passphrase_required.filter(|_| waits),
            sealed: receipt.sealed.unwrap_or(Sealing::Server),
            label: receipt.memo.filter(|memo| !memo.is_empty()),
            recipient: receipt.recipient.into_iter().next(),
            mail: receipt.mail,
            mail_reply: receipt.mail_reply,
            mailed_at: receipt.mailed.map(rfc3339),
            locked: receipt.locked.unwrap_or(false),
        }
    }

    /// What a person reads, a line each.
    pub(crate) fn lines(&self) -> Vec<String> {
        let mut lines = vec![format!("{:10}{}", "state", state_in_words(self.state))];
        let mut line = |name, text: Option<&str>| {
            if let Some(text) = text {
                lines.push(format!("{name:10}{text}"));
            }
        };
        let (expires, ended) =
            (self.expires_at.as_deref().map(readable), self.ended_at.as_deref().map(readable));
        line("label", self.label.as_deref().map(plain).as_deref());
        line("recipient", self.recipient.as_deref().map(plain).as_deref());
        line("mail", self.mail_in_words().as_deref());
        line("made", Some(&readable(&self.created_at)));
        line("expires", expires.as_deref());
        line("since", ended.as_deref());
        line("locked", self.locked.then_some("too many wrong passphrases"));
        lines
    }

    /// What became of the mail, and what its sender can do.
    fn mail_in_words(&self) -> Option<String> {
        let reply = self.mail_reply.map(|reply| format!(" ({reply})")).unwrap_or_default();
        let waits = self.state == StateWord::Waiting;
        let mend = if waits { "; send the link yourself" } else { "" };
        Some(match self.mail? {
            MailState::Queued if self.mail_reply.is_some() => {
                format!("waits to be sent; the mail server asked to try later{reply}")
            }
            MailState::Queued => "waits to be sent".to_owned(),
            MailState::Sent => {
                format!("sent {}", self.mailed_at.as_deref().map(readable).unwrap_or_default())
            }
            MailState::Ended => "not sent: the secret ended before".to_owned(),
            MailState::Refused => format!("not sent: a mail server refused it{reply}{mend}"),
            MailState::GivenUp => format!("not sent: no mail server took it in time{reply}{mend}"),
            MailState::Unknown => return None,
        })
    }

    /// What a list has of it.
    pub(crate) fn row(&self) -> String {
        let state = state_in_words(self.state);
        let label = plain(self.label.as_deref().unwrap_or("Untitled"));
        let recipient =
            self.recipient.as_deref().map(|recipient| format!("  {}", plain(recipient))).unwrap_or_default();
        format!("{}  {state:16}  {}  {label}{recipient}", readable(&self.created_at), plain(&self.receipt))
    }
}

/// RFC 3339, UTC.
pub(crate) fn rfc3339(seconds: i64) -> String {
    Timestamp::from_second(seconds).unwrap_or_default().to_string()
}

/// The same for a person, to the minute.
pub(crate) fn readable(rfc3339: &str) -> String {
    match rfc3339.split_once('T') {
        Some((day, time)) => format!("{day} {} UTC", time.get(..5).unwrap_or(time)),
        None => rfc3339.to_owned(),
    }
}

const fn word(state: WireState) -> StateWord {
    match state {
        WireState::New | WireState::Viewed => StateWord::Waiting,
        WireState::Received => StateWord::Opened,
        WireState::Burned => StateWord::Burned,
        WireState::Expired | WireState::Orphaned => StateWord::Expired,
    }
}

const fn state_in_words(state: StateWord) -> &'static str {
    match state {
        StateWord::Waiting => "waiting",
        StateWord::Opened => "opened",
        StateWord::Burned => "burned",
        StateWord::Expired => "expired unopened",
    }
}
