//! Reveal: open first, take second, answer third. The content is given out only by a take that won.

use super::stretch::Turn;
use super::{Vault, VaultError};
use crate::client::Client;
use crate::limit::NoTry;
use burnbag_core::fate::Fate;
use burnbag_core::key::SecretKey;
use burnbag_core::opener::{Kind, Opener, Passphrase, Salt};
use burnbag_core::seal::ContentKeys;
use burnbag_core::sensitive::{SensitiveBytes, SensitiveText};
use burnbag_store::{Claim, STRIKES_BEFORE_LOCK, StoreError, Take, Waiting};

impl Vault {
    /// Gives a secret to its one reader.
    pub async fn reveal(
        &self,
        key: &SecretKey,
        passphrase: Option<Passphrase>,
        reader: Client,
    ) -> Result<SensitiveText, VaultError> {
        let waiting = self.peek(key, self.now()).await?.ok_or(VaultError::Unknown)?;
        let content = self.open(key, &waiting, passphrase, reader).await?;
        let won = self.take(key, &waiting, Fate::Revealed).await?;
        Ok(won.deliver(&content))
    }

    /// Opens a waiting secret with what the reader brought. Consumes nothing. A wrong passphrase is counted: the try
    /// is charged before it is made, and the charge taken back when it opens.
    pub(super) async fn open(
        &self,
        key: &SecretKey,
        waiting: &Waiting,
        passphrase: Option<Passphrase>,
        reader: Client,
    ) -> Result<SensitiveBytes, VaultError> {
        let salt = match waiting.place.kind {
            // What a request brings beyond the kind is ignored.
            Kind::Open => return self.unseal(key, waiting, &Opener::NONE).ok_or(VaultError::Unknown),
            Kind::Passphrase(salt) => salt,
        };
        // A missing passphrase is no try.
        let passphrase = passphrase.ok_or(VaultError::Unknown)?;
        // Its turn first, its charge second: of many readers with the right passphrase none is refused for the tries
        // of the others that are still under way.
        let turn = self.stretching.turn().await?;
        self.charge_client(key, reader)?;
        let tried = self.try_passphrase(key, waiting, (passphrase, salt), turn).await;
        if !matches!(tried, Ok(Tried::Wrong)) {
            self.openers.refund(key.check(), reader);
        }
        match tried? {
            Tried::Right(content) => Ok(content),
            Tried::Wrong | Tried::Refused => Err(VaultError::Unknown),
        }
    }

    /// One try, counted in the secret's row.
    async fn try_passphrase(
        &self,
        key: &SecretKey,
        waiting: &Waiting,
        (passphrase, salt): (Passphrase, Salt),
        turn: Turn,
    ) -> Result<Tried, VaultError> {
        let (row, check) = (waiting.place.row, key.check());
        let Some(before) = self.store.strike(row, &check, 1, self.now()).await? else {
            return Ok(Tried::Refused);
        };
        if before >= STRIKES_BEFORE_LOCK {
            self.store.strike(row, &check, -1, self.now()).await?;
            return Ok(Tried::Refused);
        }
        let opener = turn.stretch(passphrase, salt).await?;
        let Some(content) = self.unseal(key, waiting, &opener) else {
            return Ok(Tried::Wrong);
        };
        self.store.strike(row, &check, -1, self.now()).await?;
        Ok(Tried::Right(content))
    }

    /// Ends a waiting secret. An outcome that is not known is settled, never guessed.
    pub(super) async fn take(
        &self,
        key: &SecretKey,
        waiting: &Waiting,
        fate: Fate,
    ) -> Result<Won, VaultError> {
        let row = waiting.place.row;
        let claim = Claim::make(&mut *self.rng());
        let take = Take { row, check: key.check(), fate, claim, now: self.now() };
        let won = match self.store.take(take).await {
            Ok(won) => won,
            Err(StoreError::InDoubt(cause)) => {
                tracing::warn!(%cause, "a take is in doubt; settling it");
                // Not won is not yet lost: the secret may still wait, so the caller is told to try again.
                self.settle(waiting, claim).await?.then_some(true).ok_or(StoreError::InDoubt(cause))?
            }
            Err(error) => return Err(error.into()),
        };
        if !won {
            return Err(VaultError::Unknown);
        }
        if let Some(held) = waiting.held {
            self.held.release(held);
        }
        Ok(Won(()))
    }

    /// Whether a claim in doubt won. When even that cannot be learnt nothing was given out, so the secret is put
    /// back, and the caller may try again.
    async fn settle(&self, waiting: &Waiting, claim: Claim) -> Result<bool, VaultError> {
        match self.store.settle(waiting.place.row, claim).await {
            Ok(won) => Ok(won),
            Err(error) => {
                let released = self.store.release(waiting.place.row, claim, waiting, self.now()).await;
                tracing::error!(released = released.is_ok(), "a take could not be settled");
                Err(error.into())
            }
        }
    }

    fn unseal(&self, key: &SecretKey, waiting: &Waiting, opener: &Opener) -> Option<SensitiveBytes> {
        let keys = ContentKeys { secret: key, life: &waiting.life, opener };
        keys.open(&waiting.sealed, &waiting.place, &self.ring).ok()
    }

    fn charge_client(&self, key: &SecretKey, reader: Client) -> Result<(), VaultError> {
        self.openers.charge(key.check(), reader, self.now()).map_err(|no_try| match no_try {
            NoTry::Later(wait) => VaultError::Later(wait),
            NoTry::Never => VaultError::Unknown,
        })
    }
}

/// What became of a try.
enum Tried {
    Right(SensitiveBytes),
    Wrong,
    /// Locked, or gone meanwhile; it answers as to a wrong passphrase.
    Refused,
}

/// A take that won: the right to give the content out, once.
#[derive(Debug)]
#[must_use]
pub(super) struct Won(());

impl Won {
    /// Gives the content out. What was sealed as text is text; should it ever not be, the reader still gets it.
    fn deliver(self, content: &SensitiveBytes) -> SensitiveText {
        let Self(()) = self;
        String::from_utf8_lossy(content.expose()).into_owned().into()
    }

    /// Gives nothing out.
    pub(super) fn discard(self) {
        let Self(()) = self;
    }
}
