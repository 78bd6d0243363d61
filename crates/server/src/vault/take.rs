//! Taking: the one step that ends a secret, and the right to give its content out.

use super::{Vault, VaultError};
use crate::clock::Clock;
use crate::limit::Place;
use burnbag_core::envelope::Envelope;
use burnbag_core::fate::Fate;
use burnbag_core::key::SecretKey;
use burnbag_core::opener::Kind;
use burnbag_core::sensitive::{SensitiveBytes, SensitiveText};
use burnbag_store::{Claim, DynStore, Keep, StoreError, Take, Waiting};
use std::sync::Arc;
use std::time::Duration;

/// What a reader gets, and its place in memory until it is sent.
#[derive(Debug)]
pub struct Delivery {
    /// The content.
    pub content: Revealed,
    /// To be kept until the content was sent.
    pub place: Place,
}

/// A content that was revealed.
#[derive(Debug)]
pub enum Revealed {
    /// The text.
    Text(SensitiveText),
    /// What was sealed on the sender's device, for the reader's device to open.
    Envelope(Envelope),
}

impl Delivery {
    /// A content as its kind says. What was sealed as text is text; should it ever not be, the reader still gets it.
    pub(super) fn new(kind: Kind, content: SensitiveBytes, place: Place) -> Self {
        let content = if kind.is_device_sealed() {
            Revealed::Envelope(Envelope::from_bytes(content.release()))
        } else {
            Revealed::Text(String::from_utf8_lossy(content.expose()).into_owned().into())
        };
        Self { content, place }
    }
}

/// A take that won: the right to give the content out, once.
#[derive(Debug)]
#[must_use]
pub(super) struct Won(());

impl Won {
    /// Gives the content out.
    pub(super) fn deliver(self, kind: Kind, content: SensitiveBytes, place: Place) -> Delivery {
        let Self(()) = self;
        Delivery::new(kind, content, place)
    }

    /// Gives nothing out.
    pub(super) fn discard(self) {
        let Self(()) = self;
    }
}

/// How long to wait before a secret is put back again into a store that does not answer.
const AGAIN: Duration = Duration::from_secs(1);

/// Puts back what nobody was given, as soon as the store answers. Until then it is in this process only. Who comes while
/// the store is away does not get as far as here, so no more wait than calls that were under way when it went.
async fn put_back(store: DynStore, waiting: Waiting, claim: Claim, clock: Arc<dyn Clock>) {
    while clock.now() < waiting.place.expires {
        tokio::time::sleep(AGAIN).await;
        if let Ok(released) = store.release(waiting.place.row, claim, &waiting, clock.now()).await {
            // Otherwise it was not taken, and waits.
            tracing::info!(released, "a take that could not be settled was undone");
            return;
        }
    }
}

impl Vault {
    /// Ends a waiting secret. An outcome that is not known is settled, never guessed.
    pub(super) async fn take(
        &self,
        key: &SecretKey,
        waiting: &Waiting,
        fate: Fate,
        keep: Option<Keep>,
    ) -> Result<Won, VaultError> {
        let row = waiting.place.row;
        let claim = Claim::make(&mut *self.rng());
        let take = Take { row, check: key.check(), fate, claim, now: self.now() };
        let won = match self.store.take(take, keep).await {
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
                if released.is_err() {
                    tokio::spawn(put_back(
                        Arc::clone(&self.store),
                        waiting.clone(),
                        claim,
                        Arc::clone(&self.clock),
                    ));
                }
                Err(error.into())
            }
        }
    }
}
