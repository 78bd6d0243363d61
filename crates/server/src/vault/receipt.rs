//! Receipts: what the sender may know.

use super::{Session, Vault, VaultError};
use burnbag_core::account::Email;
use burnbag_core::fate::State;
use burnbag_core::key::{ReceiptKey, SecretKey};
use burnbag_core::life_key::LifeKey;
use burnbag_core::mail::Mailing;
use burnbag_core::seal::{Place, ReceiptText, Sealed, open_link};
use burnbag_core::time::Timestamp;
use burnbag_store::{ReceiptRow, STRIKES_BEFORE_LOCK};

/// Most receipts in a list. v1 has no paging; beyond this a list is no list.
const RECENT: u32 = 1_000;

/// A receipt, opened.
#[derive(Clone, Debug)]
pub struct ReceiptView {
    /// Its key.
    pub receipt: ReceiptKey,
    /// The secret's key, while the secret waits.
    pub secret: Option<SecretKey>,
    /// Who made it, if somebody signed in did.
    pub owner: Option<Email>,
    /// Row, kind and times.
    pub place: Place,
    /// Waiting, or how and when it ended.
    pub state: State,
    /// The obscured recipient.
    pub recipient: Option<String>,
    /// The sender's own name for the secret.
    pub label: Option<String>,
    /// What became of the recipient's mail.
    pub mailing: Option<Mailing>,
    /// Whether too many wrong passphrases were tried.
    pub locked: bool,
    /// When it was looked at.
    pub at: Timestamp,
}

impl Vault {
    /// The receipt of a key. Changes nothing.
    pub async fn receipt(&self, key: &ReceiptKey) -> Result<ReceiptView, VaultError> {
        let now = self.now();
        let row = self.receipt_row(key, now).await?;
        Ok(self.view(key.clone(), row, now))
    }

    /// The newest receipts of an account, newest first.
    pub async fn recent(&self, session: &Session) -> Result<Vec<ReceiptView>, VaultError> {
        self.recent_among(session, RECENT, |_| true).await
    }

    /// Those among the newest receipts that are wanted. `wanted` is asked for each, the newest first; opening one is work.
    pub async fn recent_among(
        &self,
        session: &Session,
        newest: u32,
        mut wanted: impl FnMut(State) -> bool,
    ) -> Result<Vec<ReceiptView>, VaultError> {
        let now = self.now();
        let Some(account_key) = session.account_key() else {
            return Ok(Vec::new());
        };
        let listed = self.store.recent(session.account.id, newest, now).await?;
        // What another credential's account key sealed cannot be opened and is left out.
        let opened = listed.into_iter().filter(|listed| wanted(listed.receipt.state)).filter_map(|listed| {
            let key = account_key.open_listing(listed.receipt.place.row, &listed.sealed_receipt_key)?;
            Some(self.view(key, listed.receipt, now))
        });
        Ok(opened.collect())
    }

    /// Forgives all wrong passphrases of a secret, for the holder of its receipt.
    pub async fn unlock(&self, key: &ReceiptKey) -> Result<ReceiptView, VaultError> {
        let (check, now) = (key.check(), self.now());
        let unlock = async |row| Ok(self.store.unlock(row, &check, now).await?.then_some(()));
        self.find(key, unlock).await?;
        let view = self.receipt(key).await?;
        if let Some(secret) = &view.secret {
            let check = secret.check().0;
            self.openers.forgive(|(tried, _)| *tried == check);
        }
        Ok(view)
    }

    /// The stored receipt of a key.
    pub(super) async fn receipt_row(
        &self,
        key: &ReceiptKey,
        now: Timestamp,
    ) -> Result<ReceiptRow, VaultError> {
        let check = key.check();
        self.find(key, |row| self.store.receipt(row, &check, now)).await
    }

    pub(super) fn view(&self, key: ReceiptKey, row: ReceiptRow, now: Timestamp) -> ReceiptView {
        let place = row.place;
        let living = row.link.filter(|(_, life)| *life != LifeKey::DEAD);
        let secret = living.and_then(|(sealed, life)| {
            let opened = open_link(&sealed, &key, &life, &place, &self.ring);
            opened
                .inspect_err(|_| tracing::error!(row = %place.row, "the link on a receipt does not open"))
                .ok()
        });
        let text = |text: ReceiptText, sealed: Option<Sealed>| {
            sealed.and_then(|sealed| text.open(&sealed, &key, &place, &self.ring).ok())
        };
        let recipient = text(ReceiptText::Recipient, row.recipient);
        let label = text(ReceiptText::Label, row.label);
        ReceiptView {
            receipt: key,
            secret,
            owner: row.owner.map(|(_, email)| email),
            place,
            state: row.state,
            recipient,
            label,
            mailing: row.mailing,
            locked: row.state == State::New && row.strikes >= STRIKES_BEFORE_LOCK,
            at: now,
        }
    }
}
