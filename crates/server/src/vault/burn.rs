//! Burn: the sender destroys a secret unread.

use super::{Caller, ReceiptView, Vault, VaultError};
use burnbag_core::fate::{Fate, State};
use burnbag_core::key::{ReceiptKey, SecretKey};
use burnbag_core::opener::Passphrase;
use burnbag_store::Waiting;

impl Vault {
    /// Burns the secret of a receipt and answers the receipt, with the key that the secret had.
    ///
    /// Its owner needs nothing but the receipt key. Somebody else needs the passphrase too, where there is one: it
    /// is checked, and counts as a try, but nothing of the content leaves here.
    pub async fn burn(
        &self,
        key: &ReceiptKey,
        passphrase: Option<Passphrase>,
        caller: Caller<'_>,
    ) -> Result<(ReceiptView, SecretKey), VaultError> {
        let now = self.now();
        let row = self.receipt_row(key, now).await?;
        let owner = row.owner.as_ref().map(|(account, _)| *account);
        let by_owner = owner.is_some() && owner == caller.account();
        let mut view = self.view(key.clone(), row, now);
        let secret = view.secret.take().ok_or(VaultError::Unknown)?;
        let waiting = self.peek(&secret, now).await?.ok_or(VaultError::Unknown)?;
        if waiting.place.kind.needs_passphrase() && !by_owner {
            self.knows_passphrase(&secret, &waiting, passphrase, caller).await?;
        }
        self.take(&secret, &waiting, Fate::Burned).await?.discard();
        view.state = State::Ended(Fate::Burned, now);
        view.locked = false;
        Ok((view, secret))
    }

    async fn knows_passphrase(
        &self,
        secret: &SecretKey,
        waiting: &Waiting,
        passphrase: Option<Passphrase>,
        caller: Caller<'_>,
    ) -> Result<(), VaultError> {
        match self.open(secret, waiting, passphrase, caller.client).await {
            // The content is dropped, and wiped, here.
            Ok(_) => Ok(()),
            Err(VaultError::Unknown) => Err(VaultError::WrongPassphrase),
            Err(error) => Err(error),
        }
    }
}
