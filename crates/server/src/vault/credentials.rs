//! What the owner of an account does with his credentials.

use super::{Session, Vault, VaultError};
use crate::client::Client;
use burnbag_core::account::{ApiKey, CredentialId, CredentialKind, Password};
use burnbag_core::plan::MAX_LABEL;
use burnbag_core::sensitive::SensitiveText;
use burnbag_store::{Credential, CredentialView, Notify, Revoke};

/// API keys that an account may have.
const API_KEYS: usize = 50;

impl Vault {
    /// The credentials of the account, oldest first.
    pub async fn credentials(&self, session: &Session) -> Result<Vec<CredentialView>, VaultError> {
        Ok(self.store.credentials(session.account.id, self.now()).await?)
    }

    /// Makes another API key. It is shown now and never again. Blanks around the label do not count, and an empty one
    /// is none.
    pub async fn create_api_key(&self, session: &Session, label: &str) -> Result<ApiKey, VaultError> {
        let label = Some(label.trim().to_owned()).filter(|label| !label.is_empty());
        if label.as_ref().is_some_and(|label| label.chars().count() > MAX_LABEL) {
            return Err(VaultError::LabelTooLong);
        }
        let _one_at_a_time = self.making_keys.lock().await;
        let credentials = self.credentials(session).await?;
        if credentials.iter().filter(|one| one.kind == CredentialKind::ApiKey).count() >= API_KEYS {
            return Err(VaultError::TooManyKeys);
        }
        let account_key = session.needed_account_key()?;
        let (api_key, wrapped) = {
            let rng = &mut *self.rng();
            let api_key = ApiKey::make(rng);
            let wrapped = api_key.wrap(account_key, rng);
            (api_key, wrapped)
        };
        let (id, kind) = (api_key.id(), CredentialKind::ApiKey);
        let credential = Credential { id, kind, label, wrapped, created: self.now(), expires: None };
        self.add(session, credential).await?;
        Ok(api_key)
    }

    /// Revokes an API key of the account. Answers whether there was this one.
    pub async fn revoke_api_key(&self, session: &Session, id: CredentialId) -> Result<bool, VaultError> {
        let credentials = self.credentials(session).await?;
        let is_key = credentials.iter().any(|one| one.id == id && one.kind == CredentialKind::ApiKey);
        Ok(is_key && self.store.revoke(session.account.id, Revoke::One(id)).await? > 0)
    }

    /// Sets the first password of the account, or another one. Answers false where the account has one and `current`
    /// is not it; that is counted like a sign-in. API keys, the list and this session stay; other sessions end.
    ///
    /// Should the store fail after the password was set, sessions may be left: setting it once more ends them.
    pub async fn set_password(
        &self,
        session: &Session,
        current: Option<SensitiveText>,
        new: Password,
    ) -> Result<bool, VaultError> {
        let account = &session.account;
        let credentials = self.credentials(session).await?;
        if credentials.iter().any(|one| one.kind == CredentialKind::Password) {
            let Some(current) = current else {
                return Ok(false);
            };
            // Whoever holds a session counts as one client, wherever he is.
            let client = Client::Account(account.id);
            if self.try_password(&account.email, &current, client).await?.is_none() {
                return Ok(false);
            }
        }
        let stretched = self.stretch_password(&new, &account.email, 0).await?;
        self.remember_password().await?;
        let account_key = session.needed_account_key()?;
        self.add(session, self.password_credential(&stretched, account_key, self.now())).await?;
        self.store.revoke(account.id, Revoke::Sessions { except: Some(session.credential()) }).await?;
        Ok(true)
    }

    /// Notes in which language the owner of the account wants pages and mails; none: as his browser asks.
    pub async fn set_language(&self, session: &Session, language: Option<String>) -> Result<(), VaultError> {
        if self.store.set_language(session.account.id, language).await? {
            Ok(())
        } else {
            Err(VaultError::SignedOut)
        }
    }

    /// Notes of what the owner of the account is told by mail, for secrets that he makes from now on.
    pub async fn set_notify(&self, session: &Session, notify: Notify) -> Result<(), VaultError> {
        if self.store.set_notify(session.account.id, notify).await? {
            Ok(())
        } else {
            Err(VaultError::SignedOut)
        }
    }

    async fn add(&self, session: &Session, credential: Credential) -> Result<(), VaultError> {
        let by = Some(session.credential());
        if self.store.add_credential(session.account.id, by, credential).await? {
            Ok(())
        } else {
            Err(VaultError::SignedOut)
        }
    }
}
