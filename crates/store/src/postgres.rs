//! The store on a PostgreSQL server, or what speaks its protocol: for several machines that share their data.
//!
//! Every verb is one statement or one transaction on a connection of its own, run to its end in a task whatever becomes
//! of the caller. Rows are what nodes wait for, each other's and their own; nothing else is locked.

mod accounts;
mod address;
mod connections;
mod credentials;
mod desk;
mod kept;
mod moving;
mod outbox;
mod parts;
mod reach;
mod receipts;
mod record;
mod replicas;
mod schema;
mod secrets;
mod step;
mod sweep;
mod trouble;
mod trust;

pub use address::{BadPostgresUrl, PostgresUrl};

use crate::in_flight::InFlight;
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
use deadpool_postgres::Pool;
use replicas::Replicas;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use step::Work;
use tokio::time::{sleep, timeout};
use trouble::Trouble;

// tokio-postgres would write the parameters of every statement at its level `debug`.
const _: () = assert!(
    log::STATIC_MAX_LEVEL as usize <= log::LevelFilter::Warn as usize,
    "levels that show what is stored are compiled out"
);

/// How long the server may take to say that it is there.
const PING: Duration = Duration::from_secs(2);

/// How long a server that is away is waited for by who must know what became of a commit, and how often it is tried.
const SETTLE: Duration = Duration::from_secs(20);
const AGAIN: Duration = Duration::from_millis(250);

/// A store on a PostgreSQL server.
pub struct Postgres {
    pool: Pool,
    in_flight: Arc<InFlight>,
    replicas: Replicas,
}

impl Postgres {
    /// Opens the store at `url`, making its tables if there are none. Several nodes may do so at once.
    pub async fn open(url: &PostgresUrl) -> Result<Self, StoreError> {
        let pool = connections::pool(url)?;
        schema::bring_up_to_date(&pool).await?;
        Ok(Self { pool, in_flight: Arc::default(), replicas: Replicas::default() })
    }

    async fn read<A: Sync, T>(&self, argument: A, work: Work<A, T>) -> Result<T, StoreError> {
        desk::read(&self.pool, &argument, work).await
    }

    /// Changes something, in a task of its own: who went away does not stop it half-way.
    async fn write<A, T>(&self, argument: A, work: Work<A, T>) -> Result<T, StoreError>
    where
        A: Send + Sync + 'static,
        T: Send + 'static,
    {
        self.write_within(desk::PATIENCE, argument, work).await
    }

    /// The same, with another patience.
    async fn write_within<A, T>(
        &self,
        patience: Duration,
        argument: A,
        work: Work<A, T>,
    ) -> Result<T, StoreError>
    where
        A: Send + Sync + 'static,
        T: Send + 'static,
    {
        let (flight, pool) = (self.in_flight.begin(), self.pool.clone());
        let writing = tokio::spawn(async move {
            let outcome = desk::write(&pool, patience, &argument, work).await;
            drop(flight);
            outcome
        });
        writing.await.unwrap_or_else(|gone| Err(StoreError::InDoubt(Box::new(gone))))
    }

    /// The same, behind everything that was begun before.
    async fn write_behind<A, T>(&self, argument: A, work: Work<A, T>) -> Result<T, StoreError>
    where
        A: Send + Sync + 'static,
        T: Send + 'static,
    {
        self.in_flight.landed().await;
        self.write(argument, work).await
    }
}

impl fmt::Debug for Postgres {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Postgres")
    }
}

#[async_trait]
impl Store for Postgres {
    async fn lease(&self, lives: Vec<LifeKey>) -> Result<Row, StoreError> {
        // The life keys come back with what is put.
        let count = i64::try_from(lives.len()).unwrap_or(i64::MAX);
        self.write(count, |step, count| Box::pin(secrets::lease(step, *count))).await
    }

    async fn put(&self, pair: Pair) -> Result<Put, StoreError> {
        self.write(pair, |step, pair| Box::pin(secrets::put(step, pair))).await
    }

    async fn peek(&self, row: Row, check: &Check, now: Timestamp) -> Result<Option<Waiting>, StoreError> {
        self.read((row, *check, now), |step, asked| Box::pin(secrets::peek(step, asked))).await
    }

    async fn glance(&self, row: Row, check: &Check, now: Timestamp) -> Result<Option<Glance>, StoreError> {
        self.read((row, *check, now), |step, asked| Box::pin(secrets::glance(step, asked))).await
    }

    async fn take(&self, take: Take, keep: Option<Keep>) -> Result<bool, StoreError> {
        self.write((take, keep), |step, take| Box::pin(secrets::take(step, take))).await
    }

    async fn settle(&self, row: Row, claim: Claim) -> Result<bool, StoreError> {
        let asking = async {
            loop {
                let asked =
                    self.write_behind((row, claim), |step, claim| Box::pin(secrets::settle(step, claim)));
                match asked.await {
                    Err(StoreError::Unavailable(_) | StoreError::InDoubt(_)) => sleep(AGAIN).await,
                    answer => return answer,
                }
            }
        };
        timeout(SETTLE, asking).await.unwrap_or_else(|_| Err(Trouble::Slow.into()))
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
        let release = (claim, waiting.clone(), now);
        self.write_behind(release, |step, release| Box::pin(secrets::release(step, release))).await
    }

    async fn kept(
        &self,
        row: Row,
        check: &Check,
        repeat: &Check,
        now: Timestamp,
    ) -> Result<Option<Kept>, StoreError> {
        self.read((row, *check, *repeat, now), |step, whose| Box::pin(kept::kept(step, whose))).await
    }

    async fn redeliver(
        &self,
        row: Row,
        check: &Check,
        repeat: &Check,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.write((row, *check, *repeat, now), |step, whose| Box::pin(kept::redeliver(step, whose))).await
    }

    async fn forget(&self, row: Row, check: &Check) -> Result<bool, StoreError> {
        self.write((row, *check), |step, whose| Box::pin(kept::forget(step, whose))).await
    }

    async fn strike(
        &self,
        row: Row,
        check: &Check,
        change: i32,
        now: Timestamp,
    ) -> Result<Option<u32>, StoreError> {
        let strike = ((row, *check, now), change);
        self.write(strike, |step, strike| Box::pin(secrets::strike(step, strike))).await
    }

    async fn receipt(
        &self,
        row: Row,
        check: &Check,
        now: Timestamp,
    ) -> Result<Option<ReceiptRow>, StoreError> {
        self.read((row, *check, now), |step, asked| Box::pin(receipts::receipt(step, asked))).await
    }

    async fn unlock(&self, row: Row, check: &Check, now: Timestamp) -> Result<bool, StoreError> {
        self.write((row, *check, now), |step, asked| Box::pin(receipts::unlock(step, asked))).await
    }

    async fn recent(
        &self,
        account: AccountId,
        limit: u32,
        now: Timestamp,
    ) -> Result<Vec<Listed>, StoreError> {
        self.read((account, limit, now), |step, whose| Box::pin(receipts::recent(step, whose))).await
    }

    async fn sweep(&self, now: Timestamp, limit: u32) -> Result<Swept, StoreError> {
        // Looked at first without a transaction: nearly always nothing is due.
        if !self.read(now, |step, now| Box::pin(sweep::is_any_due(step, now))).await? {
            return Ok(Swept::default());
        }
        self.write((now, limit), |step, limits| Box::pin(sweep::sweep(step, limits))).await
    }

    async fn tend(&self, now: Timestamp) -> Result<Option<&'static str>, StoreError> {
        if self.replicas.is_due(now) {
            let seen = self.read((), |step, all| Box::pin(replicas::may_lag(step, all))).await;
            // What only speaks PostgreSQL's protocol has other replicas, and need not know the question.
            self.replicas.note(seen.unwrap_or(false));
        }
        Ok(self.replicas.warning())
    }

    async fn ping(&self) -> Result<(), StoreError> {
        timeout(PING, self.held()).await.unwrap_or_else(|_| Err(Trouble::Slow.into())).map(drop)
    }

    async fn held(&self) -> Result<u64, StoreError> {
        self.read((), |step, all| Box::pin(parts::sum(step, all))).await
    }

    async fn post_mail(&self, mail: Mail, now: Timestamp) -> Result<(), StoreError> {
        self.write((mail, now), |step, mail| Box::pin(outbox::post(step, mail))).await
    }

    async fn pick_mail(&self, now: Timestamp, until: Timestamp) -> Result<Option<Outgoing>, StoreError> {
        // Looked at first without a transaction: nearly always nothing is due.
        if !self.read(now, |step, now| Box::pin(outbox::is_any_due(step, now))).await? {
            return Ok(None);
        }
        self.write((now, until), |step, times| Box::pin(outbox::pick(step, times))).await
    }

    async fn stamp_mail(&self, mail: &Outgoing, stamp: Stamp, now: Timestamp) -> Result<bool, StoreError> {
        self.write((mail.clone(), stamp, now), |step, word| Box::pin(outbox::stamp(step, word))).await
    }

    async fn create_account(&self, account: NewAccount) -> Result<Option<AccountId>, StoreError> {
        self.write(account, |step, account| Box::pin(accounts::create(step, account))).await
    }

    async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        self.read((), |step, all| Box::pin(accounts::list(step, all))).await
    }

    async fn account(&self, email: &Email) -> Result<Option<Account>, StoreError> {
        self.read(email.clone(), |step, email| Box::pin(accounts::with_address(step, email))).await
    }

    async fn set_notify(&self, account: AccountId, notify: Notify) -> Result<bool, StoreError> {
        self.write((account, notify), |step, choice| Box::pin(accounts::set_notify(step, choice))).await
    }

    async fn set_language(&self, account: AccountId, language: Option<String>) -> Result<bool, StoreError> {
        self.write((account, language), |step, choice| Box::pin(accounts::set_language(step, choice))).await
    }

    async fn unlocked_by(
        &self,
        credential: &CredentialId,
        now: Timestamp,
    ) -> Result<Option<Unlocked>, StoreError> {
        self.read((*credential, now), |step, asked| Box::pin(credentials::unlocked_by(step, asked))).await
    }

    async fn touch(&self, credential: &CredentialId, now: Timestamp) -> Result<(), StoreError> {
        self.write((*credential, now), |step, used| Box::pin(credentials::touch(step, used))).await
    }

    async fn add_credential(
        &self,
        account: AccountId,
        by: Option<CredentialId>,
        credential: Credential,
    ) -> Result<bool, StoreError> {
        self.write((account, by, credential), |step, new| Box::pin(credentials::add(step, new))).await
    }

    async fn credentials(
        &self,
        account: AccountId,
        now: Timestamp,
    ) -> Result<Vec<CredentialView>, StoreError> {
        self.read((account, now), |step, whose| Box::pin(credentials::list(step, whose))).await
    }

    async fn revoke(&self, account: AccountId, which: Revoke) -> Result<u32, StoreError> {
        self.write((account, which), |step, which| Box::pin(credentials::revoke(step, which))).await
    }

    async fn accept(
        &self,
        invitation: &CredentialId,
        credentials: Vec<Credential>,
        now: Timestamp,
    ) -> Result<Option<AccountId>, StoreError> {
        let accepted = (*invitation, credentials, now);
        self.write(accepted, |step, accepted| Box::pin(credentials::accept(step, accepted))).await
    }

    async fn replace_credentials(&self, email: &Email, credential: Credential) -> Result<bool, StoreError> {
        let new = (email.clone(), credential);
        self.write(new, |step, new| Box::pin(credentials::replace(step, new))).await
    }

    async fn remove_account(&self, email: &Email) -> Result<bool, StoreError> {
        self.write(email.clone(), |step, email| Box::pin(accounts::remove(step, email))).await
    }

    async fn server_keys(&self) -> Result<Vec<KnownServerKey>, StoreError> {
        self.read((), |step, all| Box::pin(accounts::server_keys(step, all))).await
    }

    async fn remember_server_key(&self, key: KnownServerKey) -> Result<(), StoreError> {
        self.write(key, |step, key| Box::pin(accounts::remember_server_key(step, key))).await
    }
}
