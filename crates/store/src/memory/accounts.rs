//! Accounts and their credentials in memory.

use crate::{
    Account, Credential, CredentialView, NewAccount, Notify, Record, Revoke, StoreError, StoredAccount,
    Unlocked,
};
use burnbag_core::account::{AccountId, CredentialId, CredentialKind, Email};
use burnbag_core::time::Timestamp;
use std::collections::{BTreeMap, HashMap, HashSet};

/// All accounts. What they list is not here.
#[derive(Default)]
pub(super) struct Accounts {
    last: i64,
    by_address: BTreeMap<Email, Account>,
    credentials: HashMap<CredentialId, Stored>,
    /// Those that go when nobody accepts their invitation.
    provisional: HashSet<AccountId>,
}

struct Stored {
    account: AccountId,
    credential: Credential,
    used: Option<Timestamp>,
}

impl Stored {
    fn view(&self) -> CredentialView {
        let Credential { id, kind, label, created, expires, .. } = self.credential.clone();
        CredentialView { id, kind, label, created, used: self.used, expires }
    }
}

impl Accounts {
    pub(super) fn create(&mut self, new: NewAccount) -> Result<Option<AccountId>, StoreError> {
        if let Some(id) = self.find(&new.email) {
            return self.take_over(id, new);
        }
        self.refuse_known(&new.credential, None)?;
        self.last += 1;
        let id = AccountId(self.last);
        let NewAccount { email, plan, credential, provisional } = new;
        let (created, language, notify) = (credential.created, None, Notify::default());
        self.insert(id, credential);
        if provisional {
            self.provisional.insert(id);
        }
        self.by_address.insert(email.clone(), Account { id, email, plan, created, language, notify });
        Ok(Some(id))
    }

    /// Gives an account that nobody accepted to whom it is made for.
    fn take_over(&mut self, id: AccountId, new: NewAccount) -> Result<Option<AccountId>, StoreError> {
        if new.provisional || !self.provisional.contains(&id) {
            return Ok(None);
        }
        let created = new.credential.created;
        self.replace(id, vec![new.credential])?;
        if let Some(account) = self.by_address.get_mut(&new.email) {
            (account.plan, account.created) = (new.plan, created);
        }
        Ok(Some(id))
    }

    pub(super) fn all(&self) -> Vec<Account> {
        self.by_address.values().cloned().collect()
    }

    pub(super) fn find(&self, email: &Email) -> Option<AccountId> {
        self.by_address.get(email).map(|account| account.id)
    }

    /// The account with this number.
    pub(super) fn get(&self, id: AccountId) -> Option<&Account> {
        self.by_address.values().find(|account| account.id == id)
    }

    pub(super) fn remove(&mut self, email: &Email) -> Option<AccountId> {
        let id = self.by_address.remove(email)?.id;
        self.forget(id);
        self.provisional.remove(&id);
        Some(id)
    }

    pub(super) fn set_language(&mut self, id: AccountId, language: Option<String>) -> bool {
        let account = self.by_address.values_mut().find(|account| account.id == id);
        account.map(|account| account.language = language).is_some()
    }

    pub(super) fn set_notify(&mut self, id: AccountId, notify: Notify) -> bool {
        let account = self.by_address.values_mut().find(|account| account.id == id);
        account.map(|account| account.notify = notify).is_some()
    }

    pub(super) fn unlocked_by(&self, id: &CredentialId, now: Timestamp) -> Option<Unlocked> {
        let stored = self.standing(id, now)?;
        let Credential { kind, wrapped, created, .. } = stored.credential.clone();
        Some(Unlocked {
            account: self.get(stored.account)?.clone(),
            kind,
            wrapped,
            created,
            used: stored.used,
        })
    }

    pub(super) fn touch(&mut self, id: &CredentialId, now: Timestamp) {
        if let Some(stored) = self.credentials.get_mut(id) {
            stored.used = stored.used.max(Some(now));
        }
    }

    pub(super) fn add(
        &mut self,
        account: AccountId,
        by: Option<CredentialId>,
        credential: Credential,
    ) -> Result<bool, StoreError> {
        let adder = by.map(|by| self.standing(&by, credential.created).map(|stored| stored.account));
        if self.get(account).is_none() || adder.is_some_and(|adder| adder != Some(account)) {
            return Ok(false);
        }
        self.refuse_known(&credential, Some(account))?;
        let kind = credential.kind;
        if kind.is_single() {
            self.credentials.retain(|_, stored| stored.account != account || stored.credential.kind != kind);
        }
        self.insert(account, credential);
        Ok(true)
    }

    pub(super) fn views(&self, account: AccountId, now: Timestamp) -> Vec<CredentialView> {
        let theirs = self.credentials.values().filter(|stored| stored.account == account);
        let mut views: Vec<_> =
            theirs.filter(|stored| stored.credential.stands(now)).map(Stored::view).collect();
        views.sort_by_key(|view| (view.created, view.id));
        views
    }

    pub(super) fn revoke(&mut self, account: AccountId, which: Revoke) -> u32 {
        let is_meant = |stored: &Stored| match which {
            Revoke::One(id) => stored.credential.id == id,
            Revoke::Sessions { except } => {
                stored.credential.kind == CredentialKind::Session && Some(stored.credential.id) != except
            }
        };
        count(&self.remove_where(|stored| stored.account == account && is_meant(stored), usize::MAX))
    }

    /// The account of an invitation that stands.
    pub(super) fn invited(&self, invitation: &CredentialId, now: Timestamp) -> Option<AccountId> {
        let stored = self.standing(invitation, now)?;
        (stored.credential.kind == CredentialKind::Invitation).then_some(stored.account)
    }

    /// Exchanges all credentials of an account.
    pub(super) fn replace(&mut self, id: AccountId, by: Vec<Credential>) -> Result<(), StoreError> {
        for credential in &by {
            self.refuse_known(credential, Some(id))?;
        }
        self.forget(id);
        self.provisional.remove(&id);
        for credential in by {
            self.insert(id, credential);
        }
        Ok(())
    }

    /// Removes expired credentials, and answers how many. A provisional account goes with its last one.
    pub(super) fn sweep(&mut self, now: Timestamp, limit: u32) -> u32 {
        let swept = self.remove_where(|stored| !stored.credential.stands(now), limit as usize);
        let kept: HashSet<AccountId> = self.credentials.values().map(|stored| stored.account).collect();
        for account in swept.iter().filter(|account| !kept.contains(account)) {
            if self.provisional.remove(account) {
                self.by_address.retain(|_, other| other.id != *account);
            }
        }
        count(&swept)
    }

    /// The number of the account that was made last.
    pub(super) const fn last(&self) -> i64 {
        self.last
    }

    /// The next account gets a number above this one.
    pub(super) fn count_on_from(&mut self, last: i64) {
        self.last = self.last.max(last);
    }

    /// Accounts behind a number, by their numbers, as another store gets them.
    pub(super) fn export(&self, behind: Option<u128>) -> impl Iterator<Item = (Option<u128>, Record)> {
        let mut accounts: Vec<&Account> = self.by_address.values().collect();
        accounts.sort_by_key(|account| account.id.0);
        let numbered =
            accounts.into_iter().map(|account| (u128::from(account.id.0.cast_unsigned()), account));
        let wanted = numbered.filter(move |(id, _)| behind.is_none_or(|behind| *id > behind));
        wanted.map(|(id, account)| (Some(id), Record::Account(self.stored(account))))
    }

    fn stored(&self, account: &Account) -> StoredAccount {
        let theirs = self.credentials.values().filter(|stored| stored.account == account.id);
        let mut credentials: Vec<_> = theirs.map(|stored| (stored.credential.clone(), stored.used)).collect();
        credentials.sort_by_key(|(credential, _)| credential.id);
        let provisional = self.provisional.contains(&account.id);
        StoredAccount { account: account.clone(), provisional, credentials }
    }

    /// Whether number or address belong to another account.
    pub(super) fn is_in_the_way(&self, account: &Account) -> bool {
        let same = |other: &Account| other.id == account.id && other.email == account.email;
        self.by_address
            .values()
            .any(|other| (other.id == account.id || other.email == account.email) && !same(other))
    }

    /// Takes over what another store had. Answers whether it is new.
    pub(super) fn import(&mut self, stored: StoredAccount) -> bool {
        let StoredAccount { account, provisional, credentials } = stored;
        let id = account.id;
        if self.by_address.insert(account.email.clone(), account).is_some() {
            return false;
        }
        if provisional {
            self.provisional.insert(id);
        }
        for (credential, used) in credentials {
            self.credentials.insert(credential.id, Stored { account: id, credential, used });
        }
        true
    }

    fn standing(&self, id: &CredentialId, now: Timestamp) -> Option<&Stored> {
        self.credentials.get(id).filter(|stored| stored.credential.stands(now))
    }

    fn insert(&mut self, account: AccountId, credential: Credential) {
        self.credentials.insert(credential.id, Stored { account, credential, used: None });
    }

    /// Removes credentials, and answers whose each was.
    fn remove_where(&mut self, is_meant: impl Fn(&Stored) -> bool, limit: usize) -> Vec<AccountId> {
        let meant = self.credentials.iter().filter(|(_, stored)| is_meant(stored)).map(|(id, _)| *id);
        let meant: Vec<_> = meant.take(limit).collect();
        meant.iter().filter_map(|id| self.credentials.remove(id)).map(|stored| stored.account).collect()
    }

    /// A credential that unlocks another account already is no credential for this one.
    fn refuse_known(&self, credential: &Credential, account: Option<AccountId>) -> Result<(), StoreError> {
        let owner = self.credentials.get(&credential.id).map(|stored| stored.account);
        if owner.is_some() && owner != account {
            return Err(StoreError::Unavailable("the credential exists".into()));
        }
        Ok(())
    }

    fn forget(&mut self, account: AccountId) {
        self.credentials.retain(|_, stored| stored.account != account);
    }
}

fn count(swept: &[AccountId]) -> u32 {
    u32::try_from(swept.len()).unwrap_or(u32::MAX)
}
