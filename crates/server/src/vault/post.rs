//! Posting: which mails go with a secret, and the letters in them.

use super::letter::Letter;
use super::{Draft, Session, Vault, VaultError};
use crate::limit::Mails;
use burnbag_core::key::SecretKey;
use burnbag_core::mail::{MAIL_LIVES, MAIL_PAUSE, MailId, MailKind, Mailing};
use burnbag_core::seal::{DidNotOpen, Place, Sealed};
use burnbag_core::time::Timestamp;
use burnbag_store::{Mail, Outgoing};
use rand::rngs::StdRng;

impl Vault {
    /// The limits of mails, if this server sends any.
    pub const fn mails(&self) -> Option<&Mails> {
        self.mails.as_ref()
    }

    /// Waits until something may be due that was not before.
    pub async fn posted(&self) {
        self.posted.notified().await;
    }

    /// What a mail that was picked says.
    ///
    /// # Errors
    /// It is damaged, or its server key is gone.
    pub fn letter(&self, mail: &Outgoing) -> Result<Letter, DidNotOpen> {
        Letter::open(&mail.sealed, &mail.id, mail.kind, &self.ring)
    }

    /// Counts the mail to a draft's recipient.
    pub(super) fn count_mail(&self, draft: &Draft, session: Option<&Session>) -> Result<(), VaultError> {
        if let (Some(mails), Some(recipient), Some(session)) = (&self.mails, &draft.recipient, session) {
            mails.count(session.account.id, &recipient.address).map_err(VaultError::TooManyMails)?;
        }
        Ok(())
    }

    /// What the receipt says at first of the mail to the recipient.
    pub(super) fn mailing(&self, draft: &Draft) -> Option<Mailing> {
        draft.recipient.as_ref()?;
        Some(if self.mails.is_some() { Mailing::Queued(None) } else { Mailing::Off })
    }

    /// Until when the server key is needed for the mails of a secret.
    pub(super) const fn mails_until(expires: Timestamp) -> Timestamp {
        expires.after(MAIL_PAUSE + MAIL_LIVES)
    }

    /// The mails that are posted with a secret.
    pub(super) fn mails_of(
        &self,
        draft: &Draft,
        session: Option<&Session>,
        (secret, recipient): (&SecretKey, Option<&String>),
        place: &Place,
        rng: &mut StdRng,
    ) -> Vec<Mail> {
        let (Some(session), true) = (session, self.mails.is_some()) else {
            return Vec::new();
        };
        let account = &session.account;
        let link = draft.recipient.as_ref().map(|recipient| Letter::Link {
            to: recipient.address.as_str().to_owned(),
            sender: account.email.as_str().to_owned(),
            key: secret.expose().to_owned(),
            expires: place.expires.0,
            passphrase: place.kind.needs_passphrase(),
            language: recipient.language.to_owned(),
        });
        let ended = || Letter::Ended {
            label: draft.label.as_ref().map(|label| label.expose().clone()),
            recipient: recipient.cloned(),
            created: place.created.0,
        };
        let wants = |kind| account.notify.wants(kind).then(ended);
        let letters = [
            (MailKind::Link, link),
            (MailKind::Opened, wants(MailKind::Opened)),
            (MailKind::Expired, wants(MailKind::Expired)),
        ];
        let letters = letters.into_iter().filter_map(|(kind, letter)| Some((kind, letter?)));
        letters
            .map(|(kind, letter)| {
                let (id, sealed) = self.seal_letter(&letter, kind, rng);
                Mail { id, kind, account: Some(account.id), sealed }
            })
            .collect()
    }

    /// Posts the letter to who asked for an invitation.
    pub(super) async fn post_invitation(&self, letter: Letter) -> Result<(), VaultError> {
        let now = self.now();
        self.remember_key(now.after(MAIL_LIVES)).await?;
        let kind = MailKind::Invitation;
        let (id, sealed) = self.seal_letter(&letter, kind, &mut self.fork_rng());
        // It belongs to no account: who removes that ends the invitation too.
        self.store.post_mail(Mail { id, kind, account: None, sealed }, now).await?;
        self.posted.notify_one();
        Ok(())
    }

    fn seal_letter(&self, letter: &Letter, kind: MailKind, rng: &mut StdRng) -> (MailId, Sealed) {
        let id = MailId::make(rng);
        (id, letter.seal(&id, kind, self.ring.sealing(), rng))
    }
}
