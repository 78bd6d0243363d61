//! The store on Valkey or Redis, or what speaks their protocol: one server, a few with sentinels, or a cluster.
//!
//! Every verb is one script, which the server runs as one step. What changes together stands in one slot; what stands in
//! another (a list's entry) is written before, and counts as none until the rest is there. Verbs that change something
//! run to their end in a task of their own, whatever becomes of the caller.

mod accounts;
mod address;
mod calls;
mod credentials;
mod desk;
mod health;
mod kept;
mod key;
mod line;
mod lists;
mod moving;
mod order;
mod outbox;
mod receipts;
mod reply;
mod script;
mod secrets;
mod servers;
mod sweep;
mod tries;
mod trouble;

pub use address::{BadRedisUrl, RedisUrl};

use crate::in_flight::InFlight;
use crate::{
    Account, Caller, Claim, Counted, Credential, CredentialView, Glance, Keep, Kept, KnownServerKey, Listed,
    Mail, NewAccount, Notify, Outgoing, Pair, Put, Quota, ReceiptRow, Revoke, Stamp, Store, StoreError,
    Swept, Take, Unlocked, Waiting,
};
use async_trait::async_trait;
use burnbag_core::account::{AccountId, CredentialId, Email};
use burnbag_core::key::Check;
use burnbag_core::life_key::LifeKey;
use burnbag_core::tag::Row;
use burnbag_core::time::Timestamp;
use desk::Desk;
use health::Health;
use key::Keys;
use line::Dial;
use servers::Servers;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, timeout};
use tokio_rustls::TlsConnector;
use trouble::Trouble;

/// How long the servers may take to say that they are there.
const PING: Duration = Duration::from_secs(2);

/// A store on Valkey or Redis.
pub struct Redis {
    desk: Arc<Desk>,
    in_flight: Arc<InFlight>,
    health: Health,
}

impl Redis {
    /// Opens the store at `url`. Several nodes may do so at once. What an operator should know of his servers is logged.
    pub async fn open(url: &RedisUrl) -> Result<Self, StoreError> {
        let tls = if url.is_encrypted {
            let config = crate::trust::client_config(url.authorities.as_deref());
            let config = config.map_err(|error| Trouble::Other(format!("no TLS: {error}")))?;
            Some(TlsConnector::from(Arc::new(config)))
        } else {
            None
        };
        // A cluster says itself who has what.
        let primary = url.form != address::Form::Cluster;
        let dial = Dial { url: Arc::new(url.clone()), tls, epoch: Instant::now(), primary };
        let desk = Arc::new(Desk::new(Servers::new(dial), Keys::new(&url.prefix)));
        let health = Health::default();
        health.begin(&desk).await?;
        desk.set_handle(accounts::next_handle(&desk).await?);
        Ok(Self { desk, in_flight: Arc::default(), health })
    }

    /// Changes something, in a task of its own: who went away does not stop it half-way.
    async fn write<T, F>(&self, work: impl FnOnce(Arc<Desk>) -> F + Send) -> Result<T, StoreError>
    where
        F: Future<Output = Result<T, StoreError>> + Send + 'static,
        T: Send + 'static,
    {
        let (flight, work) = (self.in_flight.begin(), work(Arc::clone(&self.desk)));
        let writing = tokio::spawn(async move {
            let outcome = work.await;
            drop(flight);
            outcome
        });
        writing.await.unwrap_or_else(|gone| Err(StoreError::InDoubt(Box::new(gone))))
    }

    /// The same, behind everything that was begun before.
    async fn write_behind<T, F>(&self, work: impl FnOnce(Arc<Desk>) -> F + Send) -> Result<T, StoreError>
    where
        F: Future<Output = Result<T, StoreError>> + Send + 'static,
        T: Send + 'static,
    {
        self.in_flight.landed().await;
        self.write(work).await
    }
}

impl fmt::Debug for Redis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Redis")
    }
}

#[async_trait]
impl Store for Redis {
    async fn lease(&self, lives: Vec<LifeKey>) -> Result<Row, StoreError> {
        // The life keys come back with what is put.
        let asked = lives.len();
        self.write(move |desk| async move { accounts::lease(&desk, &asked).await }).await
    }

    async fn put(&self, pair: Pair) -> Result<Put, StoreError> {
        let asked = pair;
        self.write(move |desk| async move { secrets::put(&desk, &asked).await }).await
    }

    async fn peek(&self, row: Row, check: &Check, now: Timestamp) -> Result<Option<Waiting>, StoreError> {
        secrets::peek(&self.desk, &(row, *check, now)).await
    }

    async fn glance(&self, row: Row, check: &Check, now: Timestamp) -> Result<Option<Glance>, StoreError> {
        secrets::glance(&self.desk, &(row, *check, now)).await
    }

    async fn take(&self, take: Take, keep: Option<Keep>) -> Result<bool, StoreError> {
        let asked = (take, keep);
        self.write(move |desk| async move { secrets::take(&desk, &asked).await }).await
    }

    async fn settle(&self, row: Row, claim: Claim) -> Result<bool, StoreError> {
        let asked = (row, claim);
        self.write_behind(move |desk| async move { secrets::settle(&desk, &asked).await }).await
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
        let asked = release;
        self.write_behind(move |desk| async move { secrets::release(&desk, &asked).await }).await
    }

    async fn kept(
        &self,
        row: Row,
        check: &Check,
        repeat: &Check,
        now: Timestamp,
    ) -> Result<Option<Kept>, StoreError> {
        kept::kept(&self.desk, &(row, *check, *repeat, now)).await
    }

    async fn redeliver(
        &self,
        row: Row,
        check: &Check,
        repeat: &Check,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let asked = (row, *check, *repeat, now);
        self.write(move |desk| async move { kept::redeliver(&desk, &asked).await }).await
    }

    async fn forget(&self, row: Row, check: &Check) -> Result<bool, StoreError> {
        let asked = (row, *check);
        self.write(move |desk| async move { kept::forget(&desk, &asked).await }).await
    }

    async fn strike(
        &self,
        row: Row,
        check: &Check,
        change: i32,
        now: Timestamp,
    ) -> Result<Option<u32>, StoreError> {
        let strike = ((row, *check, now), change);
        let asked = strike;
        self.write(move |desk| async move { secrets::strike(&desk, &asked).await }).await
    }

    async fn receipt(
        &self,
        row: Row,
        check: &Check,
        now: Timestamp,
    ) -> Result<Option<ReceiptRow>, StoreError> {
        receipts::receipt(&self.desk, &(row, *check, now)).await
    }

    async fn unlock(&self, row: Row, check: &Check, now: Timestamp) -> Result<bool, StoreError> {
        let asked = (row, *check, now);
        self.write(move |desk| async move { secrets::unlock(&desk, &asked).await }).await
    }

    async fn recent(
        &self,
        account: AccountId,
        limit: u32,
        now: Timestamp,
    ) -> Result<Vec<Listed>, StoreError> {
        lists::recent(&self.desk, &(account, limit, now)).await
    }

    async fn sweep(&self, now: Timestamp, limit: u32) -> Result<Swept, StoreError> {
        // Of many nodes that sweep each does what it comes to first; nobody waits for that.
        sweep::sweep(&self.desk, &(now, limit)).await
    }

    async fn tend(&self, now: Timestamp) -> Result<Option<&'static str>, StoreError> {
        self.health.tend(&self.desk, now).await
    }

    async fn ping(&self) -> Result<(), StoreError> {
        let answered = timeout(PING, self.desk.any()).await;
        Ok(answered.unwrap_or_else(|_| Err(Trouble::Lost("it takes too long".to_owned())))?)
    }

    async fn held(&self) -> Result<u64, StoreError> {
        secrets::held(&self.desk).await
    }

    async fn count(&self, caller: Caller, quota: Quota) -> Result<Counted, StoreError> {
        calls::count_call(&self.desk, caller, quota).await
    }

    async fn post_mail(&self, mail: Mail, now: Timestamp) -> Result<(), StoreError> {
        let asked = (mail, now);
        self.write(move |desk| async move { outbox::post(&desk, &asked).await }).await
    }

    async fn pick_mail(&self, now: Timestamp, until: Timestamp) -> Result<Option<Outgoing>, StoreError> {
        let asked = (now, until);
        self.write(move |desk| async move { outbox::pick(&desk, &asked).await }).await
    }

    async fn stamp_mail(&self, mail: &Outgoing, stamp: Stamp, now: Timestamp) -> Result<bool, StoreError> {
        let asked = (mail.clone(), stamp, now);
        self.write(move |desk| async move { outbox::stamp(&desk, &asked).await }).await
    }

    async fn create_account(&self, account: NewAccount) -> Result<Option<AccountId>, StoreError> {
        let asked = account;
        self.write(move |desk| async move { accounts::create(&desk, &asked).await }).await
    }

    async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        accounts::list(&self.desk).await
    }

    async fn account(&self, email: &Email) -> Result<Option<Account>, StoreError> {
        accounts::with_address(&self.desk, email).await
    }

    async fn set_notify(&self, account: AccountId, notify: Notify) -> Result<bool, StoreError> {
        let asked = (account, notify);
        self.write(move |desk| async move { accounts::set_notify(&desk, &asked).await }).await
    }

    async fn set_language(&self, account: AccountId, language: Option<String>) -> Result<bool, StoreError> {
        let asked = (account, language);
        self.write(move |desk| async move { accounts::set_language(&desk, &asked).await }).await
    }

    async fn unlocked_by(
        &self,
        credential: &CredentialId,
        now: Timestamp,
    ) -> Result<Option<Unlocked>, StoreError> {
        credentials::unlocked_by(&self.desk, &(*credential, now)).await
    }

    async fn touch(&self, credential: &CredentialId, now: Timestamp) -> Result<(), StoreError> {
        let asked = (*credential, now);
        self.write(move |desk| async move { credentials::touch(&desk, &asked).await }).await
    }

    async fn add_credential(
        &self,
        account: AccountId,
        by: Option<CredentialId>,
        credential: Credential,
    ) -> Result<bool, StoreError> {
        let asked = (account, by, credential);
        self.write(move |desk| async move { credentials::add(&desk, &asked).await }).await
    }

    async fn credentials(
        &self,
        account: AccountId,
        now: Timestamp,
    ) -> Result<Vec<CredentialView>, StoreError> {
        credentials::list(&self.desk, &(account, now)).await
    }

    async fn revoke(&self, account: AccountId, which: Revoke) -> Result<u32, StoreError> {
        let asked = (account, which);
        self.write(move |desk| async move { credentials::revoke(&desk, &asked).await }).await
    }

    async fn accept(
        &self,
        invitation: &CredentialId,
        credentials: Vec<Credential>,
        now: Timestamp,
    ) -> Result<Option<AccountId>, StoreError> {
        let accepted = (*invitation, credentials, now);
        let asked = accepted;
        self.write(move |desk| async move { credentials::accept(&desk, &asked).await }).await
    }

    async fn replace_credentials(&self, email: &Email, credential: Credential) -> Result<bool, StoreError> {
        let new = (email.clone(), credential);
        let asked = new;
        self.write(move |desk| async move { credentials::replace(&desk, &asked).await }).await
    }

    async fn remove_account(&self, email: &Email) -> Result<bool, StoreError> {
        let asked = email.clone();
        self.write(move |desk| async move { accounts::remove(&desk, &asked).await }).await
    }

    async fn server_keys(&self) -> Result<Vec<KnownServerKey>, StoreError> {
        accounts::server_keys(&self.desk).await
    }

    async fn remember_server_key(&self, key: KnownServerKey) -> Result<(), StoreError> {
        let asked = key;
        self.write(move |desk| async move { accounts::remember_server_key(&desk, &asked).await }).await
    }
}
