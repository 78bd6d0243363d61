//! Reveal: open first, take second, answer third. The content is given out only by a take that won, and for a while to
//! who repeats the reveal that won, with everything that it needed and its idempotency key.

use super::open::Opened;
use super::{Delivery, Vault, VaultError};
use crate::client::Client;
use burnbag_core::fate::{Fate, receipt_ends};
use burnbag_core::idempotency_key::IdempotencyKey;
use burnbag_core::key::SecretKey;
use burnbag_core::opener::Attempt;
use burnbag_core::seal::ContentKeys;
use burnbag_core::sensitive::SensitiveBytes;
use burnbag_store::{Keep, Kept, Waiting};
use std::sync::Arc;

impl Vault {
    /// Gives a secret to its one reader. With an idempotency key the reader may ask again, for as long as a copy is
    /// kept.
    pub async fn reveal(
        self: &Arc<Self>,
        key: &SecretKey,
        attempt: &Attempt,
        repeat: Option<&IdempotencyKey>,
        reader: Client,
    ) -> Result<Delivery, VaultError> {
        match (self.reveal_waiting(key, attempt, repeat, reader).await, repeat) {
            // Gone; perhaps to this reader, whose first answer got lost or is on its way.
            (Err(VaultError::Unknown), Some(repeat)) => self.redeliver(key, attempt, repeat).await,
            (outcome, _) => outcome,
        }
    }

    /// Forgets what is kept of a secret, for who could have it delivered again.
    pub async fn forget(
        &self,
        key: &SecretKey,
        attempt: &Attempt,
        repeat: &IdempotencyKey,
    ) -> Result<(), VaultError> {
        let kept = self.kept(key, repeat).await?;
        self.open_kept(key, &kept, attempt, repeat).await?;
        // When somebody was faster it is forgotten all the same.
        self.store.forget(kept.place.row, &key.check()).await?;
        Ok(())
    }

    async fn reveal_waiting(
        self: &Arc<Self>,
        key: &SecretKey,
        attempt: &Attempt,
        repeat: Option<&IdempotencyKey>,
        reader: Client,
    ) -> Result<Delivery, VaultError> {
        let waiting = self.peek(key, self.now()).await?;
        let place = self.room.take(waiting.sealed.as_bytes().len())?;
        let opened = self.open(key, &waiting, attempt, reader).await?;
        let keep = match repeat.filter(|_| self.keeps()) {
            Some(repeat) => Some(self.copy(key, &waiting, &opened, repeat).await?),
            None => None,
        };
        let won = self.take(key, &waiting, Fate::Revealed, keep).await?;
        Ok(won.deliver(waiting.place.kind, opened.content, place))
    }

    /// Whether copies are kept. Not on a disk that is nearly full: it has room for takes only.
    fn keeps(&self) -> bool {
        self.redelivery > 0 && !self.disk.is_low()
    }

    /// The copy that is kept when the take wins.
    async fn copy(
        self: &Arc<Self>,
        key: &SecretKey,
        waiting: &Waiting,
        opened: &Opened,
        repeat: &IdempotencyKey,
    ) -> Result<Keep, VaultError> {
        let leased = self.next_row().await?;
        let place = &waiting.place;
        let keys = ContentKeys { secret: key, life: &leased.life, opener: &opened.opener };
        let (sealing, mut rng) = (self.ring.sealing(), self.fork_rng());
        let sealed = keys.seal_kept(opened.content.expose(), place, repeat, sealing, &mut rng);
        let until = self.now().after(self.redelivery).min(receipt_ends(place.created, place.expires));
        Ok(Keep { life_row: leased.row, life: leased.life, repeat: repeat.check(key), sealed, until })
    }

    /// What was revealed, once more, for who brings everything that the reveal needed. Never counts as a wrong opener.
    async fn redeliver(
        &self,
        key: &SecretKey,
        attempt: &Attempt,
        repeat: &IdempotencyKey,
    ) -> Result<Delivery, VaultError> {
        let kept = self.kept(key, repeat).await?;
        let place = self.room.take(kept.sealed.as_bytes().len())?;
        let content = self.open_kept(key, &kept, attempt, repeat).await?;
        // From here on the take cannot be undone, so that there is no second reader.
        let (row, check) = (kept.place.row, key.check());
        if !self.store.redeliver(row, &check, &repeat.check(key), self.now()).await? {
            return Err(VaultError::Unknown);
        }
        Ok(Delivery::new(kept.place.kind, content, place))
    }

    async fn open_kept(
        &self,
        key: &SecretKey,
        kept: &Kept,
        attempt: &Attempt,
        repeat: &IdempotencyKey,
    ) -> Result<SensitiveBytes, VaultError> {
        let opener = self.brought(kept.place.kind, attempt).await?.opener().await?;
        let keys = ContentKeys { secret: key, life: &kept.life, opener: &opener };
        keys.open_kept(&kept.sealed, &kept.place, repeat, &self.ring).map_err(|_| VaultError::Unknown)
    }

    /// What is kept of the secret that a key means.
    async fn kept(&self, key: &SecretKey, repeat: &IdempotencyKey) -> Result<Kept, VaultError> {
        let (check, repeat, now) = (key.check(), repeat.check(key), self.now());
        self.find(key, |row| self.store.kept(row, &check, &repeat, now)).await
    }
}
