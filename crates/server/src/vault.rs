//! The use cases: conceal, reveal, burn, receipt, recent, and who may. Knows no HTTP, and no engine.

mod accounts;
mod burn;
mod conceal;
mod look;
mod open;
mod receipt;
mod reveal;
mod rows;
mod stretch;
mod take;

pub use accounts::{Session, create_account, rotate_key};
pub use conceal::{Concealed, Content, Draft, Mailing};
pub use look::SecretView;
pub use receipt::ReceiptView;
pub use take::Revealed;

use crate::client::Client;
use crate::clock::Clock;
use crate::config::remembered;
use crate::limit::{HeldBytes, Wait, WrongOpeners};
use burnbag_core::account::AccountId;
use burnbag_core::key::SecretKey;
use burnbag_core::plan::Refusal;
use burnbag_core::server_key::Keyring;
use burnbag_core::time::Timestamp;
use burnbag_store::{DynStore, StoreError, Waiting};
use rand::rngs::StdRng;
use rows::Rows;
use std::fmt;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use stretch::Stretching;

/// Why a use case did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// Not there (any more), or it did not open: the caller shall not learn which.
    #[error("unknown secret")]
    Unknown,
    /// A burn by somebody else without the right passphrase.
    #[error("the passphrase does not match")]
    WrongPassphrase,
    /// The draft breaks a limit of its maker's plan.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// A limit was reached.
    #[error("try again later")]
    Later(Wait),
    /// Anonymous makers together hold as much as they may, or the disk is nearly full.
    #[error("no room for new secrets")]
    Full,
    /// Nothing was done, or nothing was given out.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A defect: a task that died.
    #[error("a task ended before its time")]
    Died,
}

/// How long before a server key's remembered time of need is moved on, in seconds: about one write a day.
const NEED_MARGIN: i64 = 24 * 60 * 60;

/// The vault.
pub struct Vault {
    store: DynStore,
    ring: Keyring,
    clock: Arc<dyn Clock>,
    rng: Mutex<StdRng>,
    rows: Rows,
    stretching: Stretching,
    openers: WrongOpeners,
    held: HeldBytes,
    /// Seconds that a copy is kept after a reveal; 0: none is.
    redelivery: i64,
    /// Until when the store knows our sealing key to be needed.
    key_needed_until: AtomicI64,
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vault").field("store", &self.store).finish_non_exhaustive()
    }
}

impl Vault {
    /// A vault over a store. `rng` is the source of all its keys; `redelivery` the seconds that a copy is kept after a
    /// reveal, 0 for none.
    pub fn new(
        store: DynStore,
        ring: Keyring,
        clock: Arc<dyn Clock>,
        rng: StdRng,
        held: HeldBytes,
        redelivery: i64,
    ) -> Self {
        Self {
            store,
            ring,
            clock,
            rng: Mutex::new(rng),
            rows: Rows::default(),
            stretching: Stretching::default(),
            openers: WrongOpeners::default(),
            held,
            redelivery,
            key_needed_until: AtomicI64::new(i64::MIN),
        }
    }

    /// The store, for upkeep and readiness.
    pub fn store(&self) -> &DynStore {
        &self.store
    }

    /// What anonymous makers hold.
    pub const fn held(&self) -> &HeldBytes {
        &self.held
    }

    /// Now.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn rng(&self) -> MutexGuard<'_, StdRng> {
        self.rng.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The secret that a key means, with any of the server keys.
    async fn peek(&self, key: &SecretKey, now: Timestamp) -> Result<Option<Waiting>, VaultError> {
        let check = key.check();
        for server in self.ring.all() {
            if let Some(waiting) = self.store.peek(key.row(server), &check, now).await? {
                return Ok(Some(waiting));
            }
        }
        Ok(None)
    }

    /// Before something is sealed that may be asked for until `until`: the store must know that the key is needed.
    async fn remember_key(&self, until: Timestamp) -> Result<(), VaultError> {
        if until.0 <= self.key_needed_until.load(Ordering::Relaxed) {
            return Ok(());
        }
        let until = until.after(NEED_MARGIN);
        self.store.remember_server_key(remembered(self.ring.sealing(), until)).await?;
        self.key_needed_until.fetch_max(until.0, Ordering::Relaxed);
        Ok(())
    }
}

/// Who asks, as far as the vault cares.
#[derive(Clone, Copy, Debug)]
pub struct Caller<'a> {
    /// For limits.
    pub client: Client,
    /// Somebody signed in.
    pub session: Option<&'a Session>,
}

impl Caller<'_> {
    fn account(&self) -> Option<AccountId> {
        self.session.map(|session| session.account.id)
    }
}
