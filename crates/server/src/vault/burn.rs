//! Burn: the sender destroys a secret unread.

use super::{Caller, ReceiptView, Vault, VaultError};
use burnbag_core::fate::{Fate, State};
use burnbag_core::key::{ReceiptKey, SecretKey};
use burnbag_core::opener::{Attempt, Kind};
use burnbag_core::time::Timestamp;
use burnbag_store::Waiting;

/// Who burns.
#[derive(Clone, Copy, Debug)]
pub enum Burner<'a> {
    /// The holder of the receipt, on its page.
    Receipt,
    /// A caller of the v1 API: the owner, or somebody who must know the passphrase too.
    Caller(&'a Attempt),
}

impl Vault {
    /// Burns the secret of a receipt and answers the receipt, with the key that the secret had.
    ///
    /// Its owner, and the receipt's page, need nothing but the receipt key. Somebody else needs the passphrase too, where there is one: it
    /// is checked, and counts as a try, but nothing of the content leaves here. What was sealed on a device is burned
    /// with the receipt key alone. Of what was revealed the kept copy goes.
    pub async fn burn(
        &self,
        key: &ReceiptKey,
        burner: Burner<'_>,
        caller: Caller<'_>,
    ) -> Result<(ReceiptView, SecretKey), VaultError> {
        let now = self.now();
        let row = self.receipt_row(key, now).await?;
        let owner = row.owner.as_ref().map(|(account, _)| *account);
        let owns = owner.is_some() && owner == caller.account();
        let attempt = match burner {
            Burner::Caller(attempt) if !owns => Some(attempt),
            Burner::Caller(_) | Burner::Receipt => None,
        };
        let mut view = self.view(key.clone(), row, now);
        let secret = view.secret.take();
        let burned = self.burn_waiting(secret.as_ref(), now, attempt, caller).await;
        if matches!(burned, Err(VaultError::Unknown)) {
            // A reader was faster, or it was over before; what is still kept for him ends.
            self.store.forget(view.place.row, &key.check()).await?;
        }
        burned?;
        let secret = secret.ok_or(VaultError::Unknown)?;
        view.state = State::Ended(Fate::Burned, now);
        view.locked = false;
        Ok((view, secret))
    }

    async fn burn_waiting(
        &self,
        secret: Option<&SecretKey>,
        now: Timestamp,
        attempt: Option<&Attempt>,
        caller: Caller<'_>,
    ) -> Result<(), VaultError> {
        let secret = secret.ok_or(VaultError::Unknown)?;
        let waiting = self.peek(secret, now).await?;
        if let Some(attempt) = attempt
            && matches!(waiting.place.kind, Kind::Passphrase(_))
        {
            self.knows_passphrase(secret, &waiting, attempt, caller).await?;
        }
        self.take(secret, &waiting, Fate::Burned, None).await?.discard();
        Ok(())
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
