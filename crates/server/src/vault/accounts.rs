//! Accounts: made and rotated by the operator, unlocked by a credential.

use super::{Vault, VaultError};
use burnbag_core::account::{AccountKey, ApiKey, Email};
use burnbag_core::time::Timestamp;
use burnbag_store::{Account, Credential, NewAccount, Store, StoreError};
use rand::CryptoRng;

/// Somebody who proved a credential.
#[derive(Debug)]
pub struct Session {
    /// Whose.
    pub account: Account,
    api_key: ApiKey,
    wrapped: Vec<u8>,
}

impl Session {
    /// The key of the account's list. Nothing when the stored wrapping is damaged.
    pub(super) fn account_key(&self) -> Option<AccountKey> {
        self.api_key.unwrap_account_key(&self.wrapped)
    }
}

impl Vault {
    /// The session of an API key, if it is one and belongs to the address. Asked for with every call, so that a
    /// rotation or removal takes effect at once.
    pub async fn authenticate(&self, email: &str, api_key: ApiKey) -> Result<Option<Session>, VaultError> {
        let Ok(email) = email.parse::<Email>() else {
            return Ok(None);
        };
        let unlocked = self.store.unlocked_by(&api_key.id()).await?;
        let unlocked = unlocked.filter(|unlocked| unlocked.account.email == email);
        Ok(unlocked.map(|unlocked| Session { account: unlocked.account, api_key, wrapped: unlocked.wrapped }))
    }
}

/// Makes an account; `None` when there is one. The API key is shown now and never again.
pub async fn create_account(
    store: &dyn Store,
    email: Email,
    plan: String,
    now: Timestamp,
    rng: &mut impl CryptoRng,
) -> Result<Option<ApiKey>, StoreError> {
    let (api_key, credential) = make_credential(now, rng);
    let id = store.create_account(NewAccount { email, plan, credential }).await?;
    Ok(id.map(|_| api_key))
}

/// Revokes every credential of an account and makes a new API key; `None` when there is no such account. Nobody can
/// open the earlier list without an earlier credential, so a new account key is made and the list starts empty.
pub async fn rotate_key(
    store: &dyn Store,
    email: &Email,
    now: Timestamp,
    rng: &mut impl CryptoRng,
) -> Result<Option<ApiKey>, StoreError> {
    let (api_key, credential) = make_credential(now, rng);
    let replaced = store.replace_credentials(email, credential).await?;
    Ok(replaced.then_some(api_key))
}

fn make_credential(now: Timestamp, rng: &mut impl CryptoRng) -> (ApiKey, Credential) {
    let api_key = ApiKey::make(rng);
    let wrapped = api_key.wrap(&AccountKey::make(rng), rng);
    let credential = Credential { id: api_key.id(), wrapped, created: now };
    (api_key, credential)
}
