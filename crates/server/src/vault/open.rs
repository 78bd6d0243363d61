//! Opening a waiting secret with what its reader brought. Consumes nothing.

use super::stretch::Turn;
use super::{Vault, VaultError};
use crate::client::Client;
use crate::limit::NoTry;
use burnbag_core::key::SecretKey;
use burnbag_core::opener::{Attempt, Kind, Opener, Passphrase, Proof, Salt};
use burnbag_core::seal::ContentKeys;
use burnbag_core::sensitive::SensitiveBytes;
use burnbag_store::{STRIKES_BEFORE_LOCK, Waiting};

/// A secret that was opened and not taken yet.
pub(super) struct Opened {
    pub(super) content: SensitiveBytes,
    /// What opened it.
    pub(super) opener: Opener,
}

/// What a reader brought of what the secret's kind asks for, with a place to make an opener of it.
pub(super) enum Brought {
    Nothing,
    Passphrase(Passphrase, Salt, Turn),
    Proof(Proof),
}

impl Brought {
    pub(super) async fn opener(self) -> Result<Opener, VaultError> {
        match self {
            Self::Nothing => Ok(Opener::NONE),
            Self::Passphrase(passphrase, salt, turn) => turn.stretch(passphrase, salt).await,
            Self::Proof(proof) => Ok(proof.opener()),
        }
    }
}

/// What became of a try.
enum Tried {
    Right(Opened),
    Wrong,
    /// Locked, or gone meanwhile; it answers as to a wrong opener.
    Refused,
}

impl Vault {
    /// Opens a waiting secret with what the reader brought. A wrong opener is counted: the try is charged before it is
    /// made, and the charge taken back when it opens.
    pub(super) async fn open(
        &self,
        key: &SecretKey,
        waiting: &Waiting,
        attempt: &Attempt,
        reader: Client,
    ) -> Result<Opened, VaultError> {
        // Its turn first, its charge second: of many readers with the right passphrase none is refused for the tries
        // of the others that are still under way.
        let brought = self.brought(waiting.place.kind, attempt).await?;
        if matches!(brought, Brought::Nothing) {
            return self.unseal(key, waiting, Opener::NONE).ok_or(VaultError::Unknown);
        }
        self.charge_client(key, reader)?;
        let tried = self.try_opener(key, waiting, brought).await;
        if !matches!(tried, Ok(Tried::Wrong)) {
            self.openers.refund(&(key.check().0, reader));
        }
        match tried? {
            Tried::Right(opened) => Ok(opened),
            Tried::Wrong | Tried::Refused => Err(VaultError::Unknown),
        }
    }

    /// What of an attempt a kind asks for; the rest of it is ignored. What is missing is no try.
    pub(super) async fn brought(&self, kind: Kind, attempt: &Attempt) -> Result<Brought, VaultError> {
        match kind {
            Kind::Open => Ok(Brought::Nothing),
            Kind::Passphrase(salt) => {
                let passphrase = attempt.passphrase.clone().ok_or(VaultError::Unknown)?;
                Ok(Brought::Passphrase(passphrase, salt, self.stretching.turn().await?))
            }
            Kind::Proof { .. } => attempt.proof.clone().map(Brought::Proof).ok_or(VaultError::Unknown),
        }
    }

    /// One try, counted in the secret's row.
    async fn try_opener(
        &self,
        key: &SecretKey,
        waiting: &Waiting,
        brought: Brought,
    ) -> Result<Tried, VaultError> {
        let (row, check) = (waiting.place.row, key.check());
        let Some(before) = self.store.strike(row, &check, 1, self.now()).await? else {
            return Ok(Tried::Refused);
        };
        if before >= STRIKES_BEFORE_LOCK {
            self.store.strike(row, &check, -1, self.now()).await?;
            return Ok(Tried::Refused);
        }
        let Some(opened) = self.unseal(key, waiting, brought.opener().await?) else {
            return Ok(Tried::Wrong);
        };
        self.store.strike(row, &check, -1, self.now()).await?;
        Ok(Tried::Right(opened))
    }

    fn unseal(&self, key: &SecretKey, waiting: &Waiting, opener: Opener) -> Option<Opened> {
        let keys = ContentKeys { secret: key, life: &waiting.life, opener: &opener };
        let content = keys.open(&waiting.sealed, &waiting.place, &self.ring).ok()?;
        Some(Opened { content, opener })
    }

    fn charge_client(&self, key: &SecretKey, reader: Client) -> Result<(), VaultError> {
        self.openers.charge((key.check().0, reader), self.now()).map_err(|no_try| match no_try {
            NoTry::Later(wait) => VaultError::Later(wait),
            NoTry::Never => VaultError::Unknown,
        })
    }
}
