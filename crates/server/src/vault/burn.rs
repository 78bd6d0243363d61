//! Burn: the sender destroys a secret unread.

use super::{Caller, ReceiptView, Vault, VaultError};
use burnbag_core::fate::{Fate, State};
use burnbag_core::key::{ReceiptKey, SecretKey};
use burnbag_core::opener::{Attempt, Kind};
use burnbag_store::Waiting;

impl Vault {
    /// Burns the secret of a receipt and answers the receipt, with the key that the secret had.
    ///
    /// Its owner needs nothing but the receipt key. Somebody else needs the passphrase too, where there is one: it
    /// is checked, and counts as a try, but nothing of the content leaves here. What was sealed on a device is burned
    /// with the receipt key alone. Of what was revealed the kept copy goes.
    pub async fn burn(
        &self,
        key: &ReceiptKey,
        attempt: &Attempt,
        caller: Caller<'_>,
    ) -> Result<(ReceiptView, SecretKey), VaultError> {
        let now = self.now();
        let row = self.receipt_row(key, now).await?;
        let owner = row.owner.as_ref().map(|(account, _)| *account);
        let by_owner = owner.is_some() && owner == caller.account();
        let mut view = self.view(key.clone(), row, now);
        let Some(secret) = view.secret.take() else {
            self.store.forget(view.place.row, &key.check()).await?;
            return Err(VaultError::Unknown);
        };
        let waiting = self.peek(&secret, now).await?.ok_or(VaultError::Unknown)?;
        if matches!(waiting.place.kind, Kind::Passphrase(_)) && !by_owner {
            self.knows_passphrase(&secret, &waiting, attempt, caller).await?;
        }
        self.take(&secret, &waiting, Fate::Burned, None).await?.discard();
        view.state = State::Ended(Fate::Burned, now);
        view.locked = false;
        Ok((view, secret))
    }

    async fn knows_passphrase(
        &self,
        secret: &SecretKey,
        waiting: &Waiting,
        attempt: &Attempt,
        caller: Caller<'_>,
    ) -> Result<(), VaultError> {
        match self.open(secret, waiting, attempt, caller.client).await {
            // The content is dropped, and wiped, here.
            Ok(_) => Ok(()),
            Err(VaultError::Unknown) => Err(VaultError::WrongPassphrase),
            Err(error) => Err(error),
        }
    }
}
