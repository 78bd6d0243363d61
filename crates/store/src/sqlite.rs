//! The embedded store: one SQLite database and one file of life keys in a data directory.
//!
//! One thread writes, in groups; readers have connections of their own and are called in place, because a read is
//! shorter than handing it to another thread. Several processes may have the same data open.

mod accounts;
mod connection;
mod credentials;
mod data_dir;
mod desk;
mod endings;
mod kept;
mod life_file;
mod moving;
mod outbox;
mod receipts;
mod record;
mod secrets;
mod sweep;
mod turn;
mod writer;

pub use data_dir::{DataDir, DataDirError};

use crate::{
    Account, Claim, Credential, CredentialView, Glance, Keep, Kept, KnownServerKey, Listed, Mail, NewAccount,
    Notify, Outgoing, Pair, Put, ReceiptRow, Revoke, Stamp, Store, StoreError, Swept, Take, Unlocked,
    Waiting,
};
use async_trait::async_trait;
use burnbag_core::account::{AccountId, CredentialId, Email};
use burnbag_core::key::Check;
use burnbag_core::life_key::LifeKey;
use burnbag_core::tag::Row;
use burnbag_core::time::Timestamp;
use life_file::LifeFile;
use rand::{CryptoRng, RngExt};
use record::unavailable;
use rusqlite::Connection;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use turn::Turn;
use writer::{Effects, Writer};

/// How often the log is cut while anything was freed, in seconds. Twice within the time that is promised.
const TRUNCATE_EVERY: i64 = 20;
/// After how many seconds without success the operator is told.
const TRUNCATE_OVERDUE: i64 = 60;
/// Connections that read. More than a few gain nothing: reads are short.
const READERS: usize = 4;

/// A store in a data directory.
#[derive(Debug)]
pub struct Sqlite {
    lives: Arc<LifeFile>,
    readers: Vec<Mutex<Connection>>,
    writer: Writer,
    /// Whether something was freed since the log was cut.
    freed: Arc<AtomicBool>,
    /// When the log was last cut, in Unix seconds; 0 before the first call of `tend`.
    truncated: AtomicI64,
}

impl Sqlite {
    /// Opens the store in `dir`, making it if there is none, and finishes what a crash left undone.
    pub fn open(dir: &DataDir, rng: &mut impl CryptoRng) -> Result<Self, StoreError> {
        let io = |error| StoreError::Unavailable(Box::new(error));
        dir.create_database().map_err(io)?;
        let lives = Arc::new(LifeFile::open(&dir.life_keys()).map_err(io)?);
        let turn = Turn::open(dir.path()).map_err(io)?;
        let taken = turn.take();
        let connection = connection::open_writer(&dir.database())?;
        drop(taken);
        // What a crash left undone.
        endings::finish(&connection, &lives, &turn)?;
        let readers = (0..READERS)
            .map(|_| connection::open_reader(&dir.database()).map(Mutex::new))
            .collect::<rusqlite::Result<_>>()
            .map_err(unavailable)?;
        let number = rng.random_range(1..=i64::MAX);
        let writer = Writer::start(connection, Arc::clone(&lives), turn, number).map_err(io)?;
        // What an earlier process freed may still stand in the log.
        let freed = Arc::new(AtomicBool::new(true));
        Ok(Self { lives, readers, writer, freed, truncated: AtomicI64::new(0) })
    }

    /// A connection that reads; waits only while all are in use.
    fn reader(&self) -> MutexGuard<'_, Connection> {
        for reader in &self.readers {
            match reader.try_lock() {
                Ok(reader) => return reader,
                Err(TryLockError::Poisoned(poisoned)) => return poisoned.into_inner(),
                Err(TryLockError::WouldBlock) => {}
            }
        }
        self.readers[0].lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A write that frees bytes, so that the log must be cut soon.
    async fn free<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection, &mut Effects) -> rusqlite::Result<T> + Send + 'static,
    {
        let freed = Arc::clone(&self.freed);
        self.writer
            .write(move |connection, effects| {
                // Set by the writing thread: a caller that went away must not keep the log from being cut.
                freed.store(true, Ordering::Relaxed);
                work(connection, effects)
            })
            .await
    }
}

/// Trouble with the life keys inside a write, which then is undone like any other.
fn life_file_error(error: std::io::Error) -> rusqlite::Error {
    rusqlite::Error::ToSqlConversionFailure(Box::new(error))
}

#[async_trait]
impl Store for Sqlite {
    async fn lease(&self, lives: Vec<LifeKey>) -> Result<Row, StoreError> {
        let file = Arc::clone(&self.lives);
        self.writer
            .write(move |connection, _| {
                let first = secrets::lease(connection, lives.len())?;
                // Nobody else has these numbers: the transaction holds the write lock. Should it not be committed,
                // whoever gets them next overwrites the keys.
                file.write(first, &lives).map_err(life_file_error)?;
                Ok(first)
            })
            .await
    }

    async fn put(&self, pair: Pair) -> Result<Put, StoreError> {
        self.writer.write(move |connection, effects| secrets::put(connection, effects, &pair)).await
    }

    async fn peek(&self, row: Row, check: &Check, now: Timestamp) -> Result<Option<Waiting>, StoreError> {
        secrets::peek(&self.reader(), &self.lives, (row, check), now)
    }

    async fn glance(&self, row: Row, check: &Check, now: Timestamp) -> Result<Option<Glance>, StoreError> {
        secrets::glance(&self.reader(), &self.lives, (row, check), now)
    }

    async fn take(&self, take: Take, keep: Option<Keep>) -> Result<bool, StoreError> {
        self.free(move |connection, effects| secrets::take(connection, effects, &take, keep.as_ref())).await
    }

    async fn settle(&self, row: Row, claim: Claim) -> Result<bool, StoreError> {
        // Through the writer: behind everything that was queued before.
        self.writer.write(move |connection, _| secrets::settle(connection, row, claim)).await
    }

    async fn release(
        &self,
        row: Row,
        claim: Claim,
        waiting: &Waiting,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        if row != waiting.place.row {
            return Ok(false);
        }
        // What was kept goes with it.
        self.freed.store(true, Ordering::Relaxed);
        self.writer.release(claim, waiting.clone(), now).await
    }

    async fn kept(
        &self,
        row: Row,
        check: &Check,
        repeat: &Check,
        now: Timestamp,
    ) -> Result<Option<Kept>, StoreError> {
        kept::kept(&self.reader(), &self.lives, &(row, *check, *repeat), now)
    }

    async fn redeliver(
        &self,
        row: Row,
        check: &Check,
        repeat: &Check,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let whose = (row, *check, *repeat);
        self.writer.write(move |connection, _| kept::redeliver(connection, &whose, now)).await
    }

    async fn forget(&self, row: Row, check: &Check) -> Result<bool, StoreError> {
        let check = *check;
        self.free(move |connection, effects| kept::forget(connection, effects, (row, check))).await
    }

    async fn strike(
        &self,
        row: Row,
        check: &Check,
        change: i32,
        now: Timestamp,
    ) -> Result<Option<u32>, StoreError> {
        let check = *check;
        self.writer.write(move |connection, _| secrets::strike(connection, (row, check), change, now)).await
    }

    async fn receipt(
        &self,
        row: Row,
        check: &Check,
        now: Timestamp,
    ) -> Result<Option<ReceiptRow>, StoreError> {
        receipts::receipt(&self.reader(), &self.lives, (row, check), now)
    }

    async fn unlock(&self, row: Row, check: &Check, now: Timestamp) -> Result<bool, StoreError> {
        let check = *check;
        self.writer.write(move |connection, _| receipts::unlock(connection, (row, check), now)).await
    }

    async fn recent(
        &self,
        account: AccountId,
        limit: u32,
        now: Timestamp,
    ) -> Result<Vec<Listed>, StoreError> {
        receipts::recent(&self.reader(), &self.lives, account, limit, now)
    }

    async fn sweep(&self, now: Timestamp, limit: u32) -> Result<Swept, StoreError> {
        // Looked at first without the writer: nearly always nothing is due.
        let due = self
            .reader()
            .prepare_cached(
                "SELECT 1 WHERE EXISTS (SELECT 1 FROM pair WHERE due <= ?1) OR EXISTS (SELECT 1 FROM kept WHERE until <= ?1)
                 OR EXISTS (SELECT 1 FROM credential WHERE expires <= ?1)
                 OR EXISTS (SELECT 1 FROM outbox WHERE until <= ?1)",
            )
            .and_then(|mut statement| statement.exists([now.0]));
        if !due.map_err(unavailable)? {
            return Ok(Swept::default());
        }
        self.free(move |connection, effects| sweep::sweep(connection, effects, now, limit)).await
    }

    async fn tend(&self, now: Timestamp) -> Result<Option<&'static str>, StoreError> {
        self.writer.sync_life_keys().await?;
        let last = match self.truncated.load(Ordering::Relaxed) {
            last if (1..=now.0).contains(&last) => last,
            // The first call, or a clock that was set back.
            _ => {
                self.truncated.store(now.0, Ordering::Relaxed);
                now.0
            }
        };
        if !self.freed.load(Ordering::Relaxed) {
            self.truncated.store(now.0, Ordering::Relaxed);
            return Ok(None);
        }
        if now.0 - last < TRUNCATE_EVERY {
            return Ok(None);
        }
        self.freed.store(false, Ordering::Relaxed);
        if matches!(self.writer.truncate_log().await, Ok(true)) {
            self.truncated.store(now.0, Ordering::Relaxed);
            return Ok(None);
        }
        self.freed.store(true, Ordering::Relaxed);
        let overdue = now.0 - last >= TRUNCATE_OVERDUE;
        Ok(overdue.then_some(
            "the write-ahead log could not be truncated for 60 s: another process reads the database, or a disk fails",
        ))
    }

    async fn ping(&self) -> Result<(), StoreError> {
        if !self.writer.is_alive() {
            return Err(StoreError::Unavailable("the thread that writes has ended".into()));
        }
        self.held().await.map(drop)
    }

    async fn held(&self) -> Result<u64, StoreError> {
        self.reader()
            .prepare_cached("SELECT value FROM counter WHERE name = 'held'")
            .and_then(|mut statement| statement.query_row([], |record| record.get::<_, i64>(0)))
            .map(i64::unsigned_abs)
            .map_err(unavailable)
    }

    async fn post_mail(&self, mail: Mail, now: Timestamp) -> Result<(), StoreError> {
        self.writer.write(move |connection, _| outbox::post(connection, &mail, now)).await
    }

    async fn pick_mail(&self, now: Timestamp, until: Timestamp) -> Result<Option<Outgoing>, StoreError> {
        // Looked at first without the writer: nearly always nothing is due.
        if !outbox::is_any_due(&self.reader(), now).map_err(unavailable)? {
            return Ok(None);
        }
        self.writer.write(move |connection, _| outbox::pick(connection, now, until)).await
    }

    async fn stamp_mail(&self, mail: &Outgoing, stamp: Stamp, now: Timestamp) -> Result<bool, StoreError> {
        let mail = mail.clone();
        self.free(move |connection, _| outbox::stamp(connection, &mail, stamp, now)).await
    }

    async fn create_account(&self, account: NewAccount) -> Result<Option<AccountId>, StoreError> {
        self.writer.write(move |connection, _| accounts::create(connection, &account)).await
    }

    async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        accounts::list(&self.reader()).map_err(unavailable)
    }

    async fn account(&self, email: &Email) -> Result<Option<Account>, StoreError> {
        accounts::with_address(&self.reader(), email).map_err(unavailable)
    }

    async fn set_notify(&self, account: AccountId, notify: Notify) -> Result<bool, StoreError> {
        self.writer.write(move |connection, _| accounts::set_notify(connection, account, notify)).await
    }

    async fn set_language(&self, account: AccountId, language: Option<String>) -> Result<bool, StoreError> {
        self.writer
            .write(move |connection, _| accounts::set_language(connection, account, language.as_deref()))
            .await
    }

    async fn unlocked_by(
        &self,
        credential: &CredentialId,
        now: Timestamp,
    ) -> Result<Option<Unlocked>, StoreError> {
        credentials::unlocked_by(&self.reader(), credential, now).map_err(unavailable)
    }

    async fn touch(&self, credential: &CredentialId, now: Timestamp) -> Result<(), StoreError> {
        let credential = *credential;
        self.writer.write(move |connection, _| credentials::touch(connection, &credential, now)).await
    }

    async fn add_credential(
        &self,
        account: AccountId,
        by: Option<CredentialId>,
        credential: Credential,
    ) -> Result<bool, StoreError> {
        self.free(move |connection, _| credentials::add(connection, account, by.as_ref(), &credential)).await
    }

    async fn credentials(
        &self,
        account: AccountId,
        now: Timestamp,
    ) -> Result<Vec<CredentialView>, StoreError> {
        credentials::list(&self.reader(), account, now).map_err(unavailable)
    }

    async fn revoke(&self, account: AccountId, which: Revoke) -> Result<u32, StoreError> {
        self.free(move |connection, _| credentials::revoke(connection, account, which)).await
    }

    async fn accept(
        &self,
        invitation: &CredentialId,
        credentials: Vec<Credential>,
        now: Timestamp,
    ) -> Result<Option<AccountId>, StoreError> {
        let invitation = *invitation;
        self.free(move |connection, _| credentials::accept(connection, &invitation, &credentials, now)).await
    }

    async fn replace_credentials(&self, email: &Email, credential: Credential) -> Result<bool, StoreError> {
        let email = email.clone();
        self.free(move |connection, _| credentials::replace(connection, &email, &credential)).await
    }

    async fn remove_account(&self, email: &Email) -> Result<bool, StoreError> {
        let email = email.clone();
        self.free(move |connection, effects| accounts::remove(connection, effects, &email)).await
    }

    async fn server_keys(&self) -> Result<Vec<KnownServerKey>, StoreError> {
        accounts::server_keys(&self.reader()).map_err(unavailable)
    }

    async fn remember_server_key(&self, key: KnownServerKey) -> Result<(), StoreError> {
        self.writer.write(move |connection, _| accounts::remember_server_key(connection, &key)).await
    }
}
