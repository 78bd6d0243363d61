//! Accounts as the operator makes, rotates and invites them: on the data itself, beside a running server.

use burnbag_core::account::{AccountKey, ApiKey, CredentialKind, Email, InvitationToken};
use burnbag_core::time::Timestamp;
use burnbag_store::{Account, Credential, NewAccount, Store, StoreError};
use rand::CryptoRng;

/// How long an invitation can be accepted, in seconds: 72 hours, a weekend and a day.
pub const INVITATION: i64 = 72 * 60 * 60;

/// Whom an invitation is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Invited {
    /// Somebody who had no credential yet.
    New,
    /// Somebody who has one, be it forgotten. All of them are revoked when he accepts, and his list starts empty.
    Existing,
}

/// Makes an account; `None` when there is one. The API key is shown now and never again.
pub async fn create_account(
    store: &dyn Store,
    email: Email,
    plan: String,
    now: Timestamp,
    rng: &mut impl CryptoRng,
) -> Result<Option<ApiKey>, StoreError> {
    let (api_key, credential) = make_api_key(now, rng);
    let id = store.create_account(NewAccount { email, plan, credential, provisional: false }).await?;
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
    let (api_key, credential) = make_api_key(now, rng);
    let replaced = store.replace_credentials(email, credential).await?;
    Ok(replaced.then_some(api_key))
}

/// Who is invited.
#[derive(Clone, Debug)]
pub struct Invitee {
    /// His address.
    pub email: Email,
    /// The plan of the account that is made if there is none; `None`: none is made.
    pub plan: Option<String>,
    /// Whether an account that is made goes again when the invitation is not accepted.
    pub provisional: bool,
}

/// Invites somebody to set a password, once, and makes the account if there is none. An earlier invitation is revoked.
/// The token is shown now and never again. `None`: there is no account, and none is made.
///
/// The invitation wraps a fresh account key, because nobody here can unwrap the present one.
pub async fn invite(
    store: &dyn Store,
    invitee: Invitee,
    now: Timestamp,
    rng: &mut impl CryptoRng,
) -> Result<Option<(InvitationToken, Invited)>, StoreError> {
    let Invitee { email, plan, provisional } = invitee;
    loop {
        let token = InvitationToken::make(rng);
        let credential = Credential {
            id: token.id(),
            kind: CredentialKind::Invitation,
            label: None,
            wrapped: token.wrap(&AccountKey::make(rng), rng),
            created: now,
            expires: Some(now.after(INVITATION)),
        };
        let account = store.account(&email).await?;
        // What the operator makes takes the place of what a stranger asked for.
        if let Some(plan) = plan.clone().filter(|_| account.is_none() || !provisional) {
            let new = NewAccount { email: email.clone(), plan, credential: credential.clone(), provisional };
            if store.create_account(new).await?.is_some() {
                return Ok(Some((token, Invited::New)));
            }
            if account.is_none() {
                // Somebody else made it meanwhile.
                continue;
            }
        }
        let Some(account) = account else {
            return Ok(None);
        };
        let invited = self::invited(store, &account, now).await?;
        if store.add_credential(account.id, None, credential).await? {
            return Ok(Some((token, invited)));
        }
        // It was removed meanwhile.
    }
}

/// Whether somebody who is invited to an account has anything to lose.
pub async fn invited(store: &dyn Store, account: &Account, now: Timestamp) -> Result<Invited, StoreError> {
    let credentials = store.credentials(account.id, now).await?;
    let has_other = credentials.iter().any(|credential| credential.kind != CredentialKind::Invitation);
    Ok(if has_other { Invited::Existing } else { Invited::New })
}

fn make_api_key(now: Timestamp, rng: &mut impl CryptoRng) -> (ApiKey, Credential) {
    let api_key = ApiKey::make(rng);
    let wrapped = api_key.wrap(&AccountKey::make(rng), rng);
    let (id, kind) = (api_key.id(), CredentialKind::ApiKey);
    (api_key, Credential { id, kind, label: None, wrapped, created: now, expires: None })
}
