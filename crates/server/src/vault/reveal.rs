//! Reveal: open first, take second, answer third. The content is given out only by a take that won, and for a while to
//! who repeats the reveal that won, with everything that it needed and its idempotency key.

use super::open::Opened;
use super::{Revealed, Vault, VaultError};
use crate::client::Client;
use burnbag_core::fate::{Fate, receipt_ends};
use burnbag_core::idempotency_key::IdempotencyKey;
use burnbag_core::key::SecretKey;
use burnbag_core::opener::Attempt;
use burnbag_core::seal::ContentKeys;
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
    ) -> Result<Revealed, VaultError> {
        match self.reveal_waiting(key, attempt, repeat, reader).await {
            // Gone; perhaps to this reader, whose first answer got lost or is on its way.
            Err(VaultError::Unknown) => {
                self.redeliver(key, attempt, repeat).await.map(|(_, revealed)| revealed)
            }
            outcome => outcome,
        }
    }

    /// Forgets what is kept of a secret, for who could have it delivered again.
    pub async fn forget(
        &self,
        key: &SecretKey,
        attempt: &Attempt,
        repeat: Option<&IdempotencyKey>,
    ) -> Result<(), VaultError> {
        let (kept, _) = self.redeliver(key, attempt, repeat).await?;
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
    ) -> Result<Revealed, VaultError> {
        let waiting = self.peek(key, self.now()).await?.ok_or(VaultError::Unknown)?;
        let opened = self.open(key, &waiting, attempt, reader).await?;
        let keep = match repeat {
            Some(repeat) if self.redelivery > 0 => Some(self.copy(key, &waiting, &opened, repeat).await?),
            Some(_) | None => None,
        };
        let won = self.take(key, &waiting, Fate::Revealed, keep).await?;
        Ok(won.deliver(waiting.place.kind, &opened.content))
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
        let sealing = self.ring.sealing();
        let sealed = keys.seal_kept(opened.content.expose(), place, repeat, sealing, &mut *self.rng());
        let until = self.now().after(self.redelivery).min(receipt_ends(place.created, place.expires));
        Ok(Keep { life_row: leased.row, life: leased.life, sealed, until })
    }

    /// The kept copy, for who brings everything that the reveal needed. Never counts as a wrong opener.
    async fn redeliver(
        &self,
        key: &SecretKey,
        attempt: &Attempt,
        repeat: Option<&IdempotencyKey>,
    ) -> Result<(Kept, Revealed), VaultError> {
        let repeat = repeat.ok_or(VaultError::Unknown)?;
        let kept = self.kept(key).await?.ok_or(VaultError::Unknown)?;
        let opener = self.brought(kept.place.kind, attempt).await?.opener().await?;
        let keys = ContentKeys { secret: key, life: &kept.life, opener: &opener };
        let content = keys.open_kept(&kept.sealed, &kept.place, repeat, &self.ring);
        let content = content.map_err(|_| VaultError::Unknown)?;
        let revealed = Revealed::new(kept.place.kind, &content);
        Ok((kept, revealed))
    }

    /// What is kept of the secret that a key means, with any of the server keys.
    async fn kept(&self, key: &SecretKey) -> Result<Option<Kept>, VaultError> {
        let (check, now) = (key.check(), self.now());
        for server in self.ring.all() {
            if let Some(kept) = self.store.redeliver(key.row(server), &check, now).await? {
                return Ok(Some(kept));
            }
        }
        Ok(None)
    }
}
