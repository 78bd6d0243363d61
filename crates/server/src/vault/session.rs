//! Sessions: who proved a credential, and browsers that stay signed in.

use super::{Vault, VaultError};
use burnbag_core::account::{AccountKey, ApiKey, CredentialId, CredentialKind, Email, SessionToken};
use burnbag_core::time::Timestamp;
use burnbag_store::{Account, Credential, Revoke, StoreError, Unlocked};
use std::sync::Arc;

/// How long a browser stays signed in, in seconds.
pub const SESSION: i64 = 30 * 24 * 60 * 60;
/// Browsers that may be signed in to one account; one more ends the oldest.
const SESSIONS: usize = 20;
/// How old the noted last use of a credential may be, in seconds: a write for each call would cost too much.
const USE_NOTED_EVERY: i64 = 15 * 60;

/// Somebody who proved a credential.
#[derive(Debug)]
pub struct Session {
    /// Whose.
    pub account: Account,
    credential: CredentialId,
    kind: CredentialKind,
    account_key: Option<AccountKey>,
}

impl Session {
    /// `account_key` is what the credential unwrapped; nothing when the stored wrapping is damaged.
    pub(super) fn new(account: Account, proved: Proved, account_key: Option<AccountKey>) -> Self {
        let Proved { credential, kind } = proved;
        Self { account, credential, kind, account_key }
    }

    /// Which credential was proved.
    #[must_use]
    pub const fn credential(&self) -> CredentialId {
        self.credential
    }

    /// What kind of credential was proved.
    #[must_use]
    pub const fn kind(&self) -> CredentialKind {
        self.kind
    }

    /// The key of the account's list. Nothing when the stored wrapping is damaged.
    pub(super) const fn account_key(&self) -> Option<&AccountKey> {
        self.account_key.as_ref()
    }

    /// The same, where there is no way on without it.
    pub(super) fn needed_account_key(&self) -> Result<&AccountKey, StoreError> {
        self.account_key().ok_or(StoreError::Corrupt("wrapped account key"))
    }
}

/// Which credential was proved.
#[derive(Clone, Copy)]
pub(super) struct Proved {
    pub(super) credential: CredentialId,
    pub(super) kind: CredentialKind,
}

impl Vault {
    /// The session of an API key, if it is one and belongs to the address. Asked for with every call, so that a
    /// rotation or removal takes effect at once.
    pub async fn authenticate(&self, email: &str, api_key: ApiKey) -> Result<Option<Session>, VaultError> {
        match email.parse::<Email>() {
            Ok(email) => self.by_api_key(&email, &api_key).await,
            Err(_) => Ok(None),
        }
    }

    /// The session of a browser that is signed in. Asked for with every call.
    pub async fn session(&self, token: &SessionToken) -> Result<Option<Session>, VaultError> {
        let proved = Proved { credential: token.id(), kind: CredentialKind::Session };
        let unlocked = self.unlocked(proved, None).await?;
        Ok(unlocked.map(|Unlocked { account, wrapped, .. }| {
            Session::new(account, proved, token.unwrap_account_key(&wrapped))
        }))
    }

    /// Signs this browser out. What is no browser's session stays.
    pub async fn sign_out(&self, session: &Session) -> Result<(), VaultError> {
        if session.kind == CredentialKind::Session {
            self.store.revoke(session.account.id, Revoke::One(session.credential)).await?;
        }
        Ok(())
    }

    /// Signs every browser of the account out, this one too. API keys and the password stay.
    pub async fn sign_out_everywhere(&self, session: &Session) -> Result<(), VaultError> {
        self.store.revoke(session.account.id, Revoke::Sessions { except: None }).await?;
        Ok(())
    }

    pub(super) async fn by_api_key(
        &self,
        email: &Email,
        api_key: &ApiKey,
    ) -> Result<Option<Session>, VaultError> {
        let proved = Proved { credential: api_key.id(), kind: CredentialKind::ApiKey };
        let unlocked = self.unlocked(proved, Some(email)).await?;
        Ok(unlocked.map(|Unlocked { account, wrapped, .. }| {
            Session::new(account, proved, api_key.unwrap_account_key(&wrapped))
        }))
    }

    /// The account of a credential of this kind, and none of another; of this address, where one is named.
    pub(super) async fn unlocked(
        &self,
        proved: Proved,
        email: Option<&Email>,
    ) -> Result<Option<Unlocked>, VaultError> {
        let now = self.now();
        let unlocked = self.store.unlocked_by(&proved.credential, now).await?.filter(|unlocked| {
            unlocked.kind == proved.kind && email.is_none_or(|email| unlocked.account.email == *email)
        });
        if let Some(unlocked) = &unlocked {
            self.note_use(proved.credential, unlocked.used, now);
        }
        Ok(unlocked)
    }

    /// Notes the use of a credential beside the call, which shall neither wait for it nor fail with it.
    fn note_use(&self, credential: CredentialId, noted: Option<Timestamp>, now: Timestamp) {
        if noted.is_some_and(|noted| now.since(noted) <= USE_NOTED_EVERY) {
            return;
        }
        let store = Arc::clone(&self.store);
        tokio::spawn(async move {
            if let Err(error) = store.touch(&credential, now).await {
                tracing::debug!(%error, "the use of a credential was not noted");
            }
        });
    }

    /// A fresh session of an account, and the credential that it is in the store.
    pub(super) fn make_session(
        &self,
        account: Account,
        account_key: &AccountKey,
        now: Timestamp,
    ) -> (SessionToken, Session, Credential) {
        let rng = &mut *self.rng();
        let token = SessionToken::make(rng);
        let (id, kind) = (token.id(), CredentialKind::Session);
        let wrapped = token.wrap(account_key, rng);
        let expires = Some(now.after(SESSION));
        let credential = Credential { id, kind, label: None, wrapped, created: now, expires };
        let proved = Proved { credential: id, kind };
        (token, Session::new(account, proved, Some(account_key.clone())), credential)
    }

    /// Signs a browser in for who proved a credential; nobody when that was revoked meanwhile.
    pub(super) async fn begin_session(
        &self,
        by: Session,
    ) -> Result<Option<(SessionToken, Session)>, VaultError> {
        let account_key = by.needed_account_key()?.clone();
        let (token, session, credential) = self.make_session(by.account, &account_key, self.now());
        if !self.store.add_credential(session.account.id, Some(by.credential), credential).await? {
            return Ok(None);
        }
        self.end_oldest_sessions(&session).await?;
        Ok(Some((token, session)))
    }

    /// Ends the oldest sessions beyond those that an account may have; never this one.
    async fn end_oldest_sessions(&self, session: &Session) -> Result<(), VaultError> {
        let credentials = self.store.credentials(session.account.id, self.now()).await?;
        let others: Vec<CredentialId> = credentials
            .iter()
            .filter(|one| one.kind == CredentialKind::Session && one.id != session.credential)
            .map(|one| one.id)
            .collect();
        let too_many = (others.len() + 1).saturating_sub(SESSIONS);
        for oldest in &others[..too_many] {
            self.store.revoke(session.account.id, Revoke::One(*oldest)).await?;
        }
        Ok(())
    }
}
