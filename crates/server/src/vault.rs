//! The use cases: conceal, reveal, burn, receipt, recent; signing in, credentials, and who may. Knows no HTTP, and no engine.

mod accounts;
mod burn;
mod conceal;
mod credentials;
mod doubt;
mod invitation;
mod letter;
mod look;
mod open;
mod post;
mod receipt;
mod reveal;
mod rows;
mod session;
mod sign_in;
mod stretch;
mod take;

pub use accounts::{INVITATION, Invited, Invitee, create_account, invite, invited, rotate_key};
pub use burn::Burner;
pub use conceal::{Concealed, Content, Draft, Recipient};
pub use invitation::InvitationView;
pub use letter::Letter;
pub use look::SecretView;
pub use receipt::ReceiptView;
pub use session::{SESSION, Session};
pub use take::{Delivery, Revealed};

use crate::client::Client;
use crate::clock::Clock;
use crate::config::{missing_key, remembered};
use crate::limit::{Disk, HeldBytes, Mails, NoPlace, Room, TooManyMails, Wait, WrongOpeners, WrongSignIns};
use burnbag_core::account::AccountId;
use burnbag_core::idempotency_key::IdempotencyKey;
use burnbag_core::key::{Key, SecretKey, Side};
use burnbag_core::plan::Refusal;
use burnbag_core::server_key::Keyring;
use burnbag_core::tag::Row;
use burnbag_core::time::Timestamp;
use burnbag_store::{DynStore, StoreError, Waiting};
use rand::SeedableRng;
use rand::rngs::StdRng;
use rows::Rows;
use std::fmt;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use stretch::Stretching;
use tokio::sync::Notify;

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
    /// The mail to the recipient would be one too many. Nothing was made.
    #[error("too many mails")]
    TooManyMails(TooManyMails),
    /// Too many large secrets are being read, or too many passwords tried. Nothing was taken.
    #[error("no room for this now")]
    Busy,
    /// Anonymous makers together hold as much as they may, or the disk is nearly full.
    #[error("no room for new secrets")]
    Full,
    /// The credential that this asks for was revoked meanwhile. Nothing was done.
    #[error("signed out meanwhile")]
    SignedOut,
    /// The account has as many API keys as it may.
    #[error("no more API keys; revoke one first")]
    TooManyKeys,
    /// Longer than [`burnbag_core::plan::MAX_LABEL`] characters.
    #[error("the label is too long")]
    LabelTooLong,
    /// Nothing was done, or nothing was given out.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A defect: a task that died.
    #[error("a task ended before its time")]
    Died,
}

/// Logs that the store failed, and why. To be called once, by who answers the caller.
pub(crate) fn note_failure(error: &StoreError) {
    let cause = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    tracing::error!(%error, cause, "the store failed");
}

/// How long before a server key's remembered time of need is moved on, in seconds: about one write a day.
const NEED_MARGIN: i64 = 24 * 60 * 60;

impl From<NoPlace> for VaultError {
    fn from(NoPlace: NoPlace) -> Self {
        Self::Busy
    }
}

/// The limits of the machine that the vault keeps.
#[derive(Debug)]
pub struct Means {
    /// What anonymous makers hold.
    pub held: HeldBytes,
    /// Room for large secrets that are being read.
    pub room: Room,
    /// Free disk.
    pub disk: Arc<Disk>,
    /// Seconds that a copy is kept after a reveal; 0: none is.
    pub redelivery: i64,
    /// Limits of mails, if this server sends any.
    pub mails: Option<Mails>,
}

/// The vault.
pub struct Vault {
    store: DynStore,
    ring: Arc<Keyring>,
    clock: Arc<dyn Clock>,
    rng: Mutex<StdRng>,
    rows: Rows,
    stretching: Stretching,
    openers: WrongOpeners,
    password_stretching: Stretching,
    sign_ins: WrongSignIns,
    /// API keys are made one at a time, so that they can be counted before.
    making_keys: tokio::sync::Mutex<()>,
    held: HeldBytes,
    room: Room,
    disk: Arc<Disk>,
    /// Seconds that a copy is kept after a reveal; 0: none is.
    redelivery: i64,
    /// Limits of mails, if this server sends any.
    mails: Option<Mails>,
    /// Told when a mail was posted.
    posted: Notify,
    /// Until when the store knows our sealing key to be needed.
    key_needed_until: AtomicI64,
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vault").field("store", &self.store).finish_non_exhaustive()
    }
}

impl Vault {
    /// A vault over a store. `rng` is the source of all its keys.
    pub fn new(store: DynStore, ring: Keyring, clock: Arc<dyn Clock>, rng: StdRng, means: Means) -> Self {
        let Means { held, room, disk, redelivery, mails } = means;
        Self {
            store,
            ring: Arc::new(ring),
            clock,
            rng: Mutex::new(rng),
            rows: Rows::default(),
            stretching: Stretching::of_passphrases(),
            openers: WrongOpeners::default(),
            password_stretching: Stretching::of_passwords(),
            sign_ins: WrongSignIns::default(),
            making_keys: tokio::sync::Mutex::default(),
            held,
            room,
            disk,
            redelivery,
            mails,
            posted: Notify::new(),
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

    /// Seconds that a reader may ask again; 0: not at all.
    pub const fn redelivery(&self) -> i64 {
        self.redelivery
    }

    /// By what a reader who cannot make it himself is known when he asks again.
    pub fn make_repeat(&self) -> IdempotencyKey {
        IdempotencyKey::make(&mut *self.rng())
    }

    pub(crate) fn rng(&self) -> MutexGuard<'_, StdRng> {
        self.rng.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A generator of one's own, seeded by the shared one: sealing may take long, and others shall not wait for it.
    fn fork_rng(&self) -> StdRng {
        StdRng::from_rng(&mut *self.rng())
    }

    /// The secret that a key means.
    async fn peek(&self, key: &SecretKey, now: Timestamp) -> Result<Waiting, VaultError> {
        let check = key.check();
        self.find(key, |row| self.store.peek(row, &check, now)).await
    }

    /// What the store finds at the row that a key means. With each server key it means another one.
    async fn find<S: Side, T, F>(&self, key: &Key<S>, ask: impl Fn(Row) -> F) -> Result<T, VaultError>
    where
        F: Future<Output = Result<Option<T>, StoreError>>,
    {
        for server in self.ring.all() {
            if let Some(found) = ask(key.row(server)).await? {
                return Ok(found);
            }
        }
        Err(VaultError::Unknown)
    }

    /// Whether another server seals with a key that this one does not have, so that links to it do not open here.
    pub(crate) async fn lacks_a_key(&self) -> Result<bool, StoreError> {
        Ok(missing_key(&self.ring, &self.store.server_keys().await?, self.now()).is_some())
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
