//! A store that fails or pauses on demand, for tests of the layers above.

use crate::{
    Account, Caller, Claim, Counted, Credential, CredentialView, Cursor, DynStore, Glance, Import, Keep,
    Kept, KnownServerKey, LastMove, Listed, Mail, Moving, NewAccount, Notify, Outgoing, Pair, Piece, Put,
    Quota, ReceiptRow, Record, Revoke, Stamp, Store, StoreError, Swept, Take, Unlocked, Waiting,
};
use async_trait::async_trait;
use burnbag_core::account::{AccountId, CredentialId, Email};
use burnbag_core::key::Check;
use burnbag_core::life_key::LifeKey;
use burnbag_core::tag::Row;
use burnbag_core::time::Timestamp;
use std::collections::{HashMap, VecDeque};
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Semaphore;

/// Wraps a store. Every verb does what the store does until [`Faulty::next`] or [`Faulty::always`] says otherwise.
#[derive(Debug)]
pub struct Faulty {
    store: DynStore,
    plans: Mutex<HashMap<Verb, Plan>>,
}

/// The verbs that can fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verb {
    /// [`Store::lease`]
    Lease,
    /// [`Store::put`]
    Put,
    /// [`Store::peek`]
    Peek,
    /// [`Store::take`]
    Take,
    /// [`Store::settle`]
    Settle,
    /// [`Store::release`]
    Release,
    /// [`Store::kept`]
    Kept,
    /// [`Store::redeliver`]
    Redeliver,
    /// [`Store::forget`]
    Forget,
    /// [`Store::receipt`]
    Receipt,
    /// [`Store::unlocked_by`]
    UnlockedBy,
    /// [`Store::touch`]
    Touch,
    /// [`Store::add_credential`]
    AddCredential,
    /// [`Store::revoke`]
    Revoke,
    /// [`Store::accept`]
    Accept,
    /// [`Store::ping`]
    Ping,
    /// [`Store::pick_mail`]
    PickMail,
    /// [`Store::stamp_mail`]
    StampMail,
    /// [`Moving::set_last_move`]
    SetLastMove,
    /// [`Moving::export`]
    Export,
    /// [`Moving::import`]
    Import,
}

/// What goes wrong with one call.
#[derive(Clone, Debug)]
pub enum Fault {
    /// [`StoreError::Unavailable`]; it is not done.
    Unavailable,
    /// [`StoreError::InDoubt`]; it is done.
    InDoubtDone,
    /// [`StoreError::InDoubt`]; it is not done.
    InDoubtNotDone,
    /// It stops at a gate and is done afterwards.
    PauseBefore(Gate),
    /// It is done and stops at a gate before it answers.
    PauseAfter(Gate),
    /// It panics; it is not done.
    Defect,
}

/// Where a call waits, and who waits for the call.
#[derive(Clone, Debug)]
pub struct Gate(Arc<Semaphores>);

#[derive(Debug)]
struct Semaphores {
    arrived: Semaphore,
    opened: Semaphore,
}

#[derive(Debug, Default)]
struct Plan {
    next: VecDeque<Fault>,
    always: Option<Fault>,
}

impl Gate {
    /// A closed gate.
    #[must_use]
    pub fn new() -> Self {
        Self(Arc::new(Semaphores { arrived: Semaphore::new(0), opened: Semaphore::new(0) }))
    }

    /// Waits until one more call stands at the gate.
    pub async fn arrival(&self) {
        self.0.arrived.acquire().await.expect("never closed").forget();
    }

    /// Lets one call pass, now or when it comes.
    pub fn open(&self) {
        self.0.opened.add_permits(1);
    }

    async fn pass(&self) {
        self.0.arrived.add_permits(1);
        self.0.opened.acquire().await.expect("never closed").forget();
    }
}

impl Default for Gate {
    fn default() -> Self {
        Self::new()
    }
}

impl Faulty {
    /// A store without faults yet.
    #[must_use]
    pub fn new(store: DynStore) -> Self {
        Self { store, plans: Mutex::default() }
    }

    /// The next call of `verb` fails so; called several times, the calls after it as well.
    pub fn next(&self, verb: Verb, fault: Fault) {
        self.plan(verb, |plan| plan.next.push_back(fault));
    }

    /// Every call of `verb` fails so, after those that [`Faulty::next`] named.
    pub fn always(&self, verb: Verb, fault: Fault) {
        self.plan(verb, |plan| plan.always = Some(fault));
    }

    /// `verb` works again.
    pub fn mend(&self, verb: Verb) {
        self.plan(verb, |plan| *plan = Plan::default());
    }

    fn plan<T>(&self, verb: Verb, change: impl FnOnce(&mut Plan) -> T) -> T {
        let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        change(plans.entry(verb).or_default())
    }

    /// Makes one call, or what is planned in its place.
    #[expect(clippy::panic, reason = "a defect is what was asked for")]
    async fn call<T>(
        &self,
        verb: Verb,
        call: impl Future<Output = Result<T, StoreError>>,
    ) -> Result<T, StoreError> {
        let fault = self.plan(verb, |plan| plan.next.pop_front().or_else(|| plan.always.clone()));
        match fault {
            None => call.await,
            Some(Fault::Unavailable) => Err(StoreError::Unavailable("planned".into())),
            Some(Fault::InDoubtNotDone) => Err(StoreError::InDoubt("planned".into())),
            Some(Fault::InDoubtDone) => call.await.and(Err(StoreError::InDoubt("planned".into()))),
            Some(Fault::PauseBefore(gate)) => {
                gate.pass().await;
                call.await
            }
            Some(Fault::PauseAfter(gate)) => {
                let answer = call.await;
                gate.pass().await;
                answer
            }
            Some(Fault::Defect) => panic!("planned"),
        }
    }
}

#[async_trait]
impl Moving for Faulty {
    async fn last_move(&self) -> Result<Option<LastMove>, StoreError> {
        self.store.last_move().await
    }

    async fn set_last_move(&self, last: Option<LastMove>) -> Result<(), StoreError> {
        self.call(Verb::SetLastMove, self.store.set_last_move(last)).await
    }

    async fn export(&self, from: Cursor, limit: u32) -> Result<Piece, StoreError> {
        self.call(Verb::Export, self.store.export(from, limit)).await
    }

    async fn import(&self, records: Vec<Record>) -> Result<Import, StoreError> {
        self.call(Verb::Import, self.store.import(records)).await
    }

    async fn erase(&self) -> Result<(), StoreError> {
        self.store.erase().await
    }
}

#[async_trait]
impl Store for Faulty {
    async fn lease(&self, lives: Vec<LifeKey>) -> Result<Row, StoreError> {
        self.call(Verb::Lease, self.store.lease(lives)).await
    }

    async fn put(&self, pair: Pair) -> Result<Put, StoreError> {
        self.call(Verb::Put, self.store.put(pair)).await
    }

    async fn peek(&self, row: Row, check: &Check, now: Timestamp) -> Result<Option<Waiting>, StoreError> {
        self.call(Verb::Peek, self.store.peek(row, check, now)).await
    }

    async fn glance(&self, row: Row, check: &Check, now: Timestamp) -> Result<Option<Glance>, StoreError> {
        self.store.glance(row, check, now).await
    }

    async fn take(&self, take: Take, keep: Option<Keep>) -> Result<bool, StoreError> {
        self.call(Verb::Take, self.store.take(take, keep)).await
    }

    async fn settle(&self, row: Row, claim: Claim) -> Result<bool, StoreError> {
        self.call(Verb::Settle, self.store.settle(row, claim)).await
    }

    async fn release(
        &self,
        row: Row,
        claim: Claim,
        waiting: &Waiting,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.call(Verb::Release, self.store.release(row, claim, waiting, now)).await
    }

    async fn kept(
        &self,
        row: Row,
        check: &Check,
        repeat: &Check,
        now: Timestamp,
    ) -> Result<Option<Kept>, StoreError> {
        self.call(Verb::Kept, self.store.kept(row, check, repeat, now)).await
    }

    async fn redeliver(
        &self,
        row: Row,
        check: &Check,
        repeat: &Check,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.call(Verb::Redeliver, self.store.redeliver(row, check, repeat, now)).await
    }

    async fn forget(&self, row: Row, check: &Check) -> Result<bool, StoreError> {
        self.call(Verb::Forget, self.store.forget(row, check)).await
    }

    async fn strike(
        &self,
        row: Row,
        check: &Check,
        change: i32,
        now: Timestamp,
    ) -> Result<Option<u32>, StoreError> {
        self.store.strike(row, check, change, now).await
    }

    async fn receipt(
        &self,
        row: Row,
        check: &Check,
        now: Timestamp,
    ) -> Result<Option<ReceiptRow>, StoreError> {
        self.call(Verb::Receipt, self.store.receipt(row, check, now)).await
    }

    async fn unlock(&self, row: Row, check: &Check, now: Timestamp) -> Result<bool, StoreError> {
        self.store.unlock(row, check, now).await
    }

    async fn recent(
        &self,
        account: AccountId,
        limit: u32,
        now: Timestamp,
    ) -> Result<Vec<Listed>, StoreError> {
        self.store.recent(account, limit, now).await
    }

    async fn sweep(&self, now: Timestamp, limit: u32) -> Result<Swept, StoreError> {
        self.store.sweep(now, limit).await
    }

    async fn tend(&self, now: Timestamp) -> Result<Option<&'static str>, StoreError> {
        self.store.tend(now).await
    }

    async fn ping(&self) -> Result<(), StoreError> {
        self.call(Verb::Ping, self.store.ping()).await
    }

    async fn held(&self) -> Result<u64, StoreError> {
        self.store.held().await
    }

    async fn count(&self, caller: Caller, quota: Quota) -> Result<Counted, StoreError> {
        self.store.count(caller, quota).await
    }

    async fn post_mail(&self, mail: Mail, now: Timestamp) -> Result<(), StoreError> {
        self.store.post_mail(mail, now).await
    }

    async fn pick_mail(&self, now: Timestamp, until: Timestamp) -> Result<Option<Outgoing>, StoreError> {
        self.call(Verb::PickMail, self.store.pick_mail(now, until)).await
    }

    async fn stamp_mail(&self, mail: &Outgoing, stamp: Stamp, now: Timestamp) -> Result<bool, StoreError> {
        self.call(Verb::StampMail, self.store.stamp_mail(mail, stamp, now)).await
    }

    async fn create_account(&self, account: NewAccount) -> Result<Option<AccountId>, StoreError> {
        self.store.create_account(account).await
    }

    async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        self.store.accounts().await
    }

    async fn account(&self, email: &Email) -> Result<Option<Account>, StoreError> {
        self.store.account(email).await
    }

    async fn set_notify(&self, account: AccountId, notify: Notify) -> Result<bool, StoreError> {
        self.store.set_notify(account, notify).await
    }

    async fn set_language(&self, account: AccountId, language: Option<String>) -> Result<bool, StoreError> {
        self.store.set_language(account, language).await
    }

    async fn unlocked_by(
        &self,
        credential: &CredentialId,
        now: Timestamp,
    ) -> Result<Option<Unlocked>, StoreError> {
        self.call(Verb::UnlockedBy, self.store.unlocked_by(credential, now)).await
    }

    async fn touch(&self, credential: &CredentialId, now: Timestamp) -> Result<(), StoreError> {
        self.call(Verb::Touch, self.store.touch(credential, now)).await
    }

    async fn add_credential(
        &self,
        account: AccountId,
        by: Option<CredentialId>,
        credential: Credential,
    ) -> Result<bool, StoreError> {
        self.call(Verb::AddCredential, self.store.add_credential(account, by, credential)).await
    }

    async fn credentials(
        &self,
        account: AccountId,
        now: Timestamp,
    ) -> Result<Vec<CredentialView>, StoreError> {
        self.store.credentials(account, now).await
    }

    async fn revoke(&self, account: AccountId, which: Revoke) -> Result<u32, StoreError> {
        self.call(Verb::Revoke, self.store.revoke(account, which)).await
    }

    async fn accept(
        &self,
        invitation: &CredentialId,
        credentials: Vec<Credential>,
        now: Timestamp,
    ) -> Result<Option<AccountId>, StoreError> {
        self.call(Verb::Accept, self.store.accept(invitation, credentials, now)).await
    }

    async fn replace_credentials(&self, email: &Email, credential: Credential) -> Result<bool, StoreError> {
        self.store.replace_credentials(email, credential).await
    }

    async fn remove_account(&self, email: &Email) -> Result<bool, StoreError> {
        self.store.remove_account(email).await
    }

    async fn server_keys(&self) -> Result<Vec<KnownServerKey>, StoreError> {
        self.store.server_keys().await
    }

    async fn remember_server_key(&self, key: KnownServerKey) -> Result<(), StoreError> {
        self.store.remember_server_key(key).await
    }
}
