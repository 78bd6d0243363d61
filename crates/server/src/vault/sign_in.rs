//! Signing in with an address, and a password or an API key.
//!
//! An unknown address, a wrong password and an account without one get the same answer after the same work.

use super::session::Proved;
use super::{Session, Vault, VaultError};
use crate::client::Client;
use burnbag_core::account::{
    AccountKey, ApiKey, CredentialKind, Email, Password, SessionToken, StretchedPassword,
};
use burnbag_core::sensitive::SensitiveText;
use burnbag_core::time::Timestamp;
use burnbag_store::{Credential, Unlocked};
use std::sync::Arc;

/// How long the store remembers after a password was set or used that it needs the server key, in seconds: 400 days. A
/// start without that key is refused as long; who comes back after a yearly holiday still signs in.
const PASSWORD_NEED: i64 = 400 * 24 * 60 * 60;
/// Fewest digits of an API key; also of those that other servers made.
const API_KEY: usize = 40;

impl Vault {
    /// Signs a browser in. `secret_text` is a password or an API key. Wrong passwords are counted by address and
    /// client, and by address: a try is charged before it is made, and the charge taken back when it is right.
    pub async fn sign_in(
        &self,
        email: &str,
        secret_text: SensitiveText,
        client: Client,
    ) -> Result<Option<(SessionToken, Session)>, VaultError> {
        let Ok(email) = email.parse::<Email>() else {
            return Ok(None);
        };
        if is_like_an_api_key(secret_text.expose()) {
            let api_key = ApiKey::presented(secret_text.expose().clone());
            if let Some(session) = self.by_api_key(&email, &api_key).await? {
                return self.begin_session(session).await;
            }
        }
        match self.try_password(&email, &secret_text, client).await? {
            Some(session) => self.begin_session(session).await,
            None => Ok(None),
        }
    }

    /// One try of a password, counted.
    pub(super) async fn try_password(
        &self,
        email: &Email,
        presented: &SensitiveText,
        client: Client,
    ) -> Result<Option<Session>, VaultError> {
        self.sign_ins.charge(email, client, self.now()).map_err(VaultError::Later)?;
        let tried = self.by_password(email, &Password::presented(presented)).await;
        // A caller that leaves before this has made a wrong try.
        if !matches!(tried, Ok(None)) {
            self.sign_ins.refund(email, client);
        }
        tried
    }

    /// The session of a password, under any of the server keys. One that opened under an earlier key is wrapped anew
    /// under the present one.
    async fn by_password(&self, email: &Email, password: &Password) -> Result<Option<Session>, VaultError> {
        let sealing = self.stretch_password(password, email, 0).await?;
        if let Some((session, _)) = self.by_stretched(email, &sealing).await? {
            self.remember_password().await?;
            return Ok(Some(session));
        }
        for older in 1..self.ring.all().count() {
            let stretched = self.stretch_password(password, email, older).await?;
            if let Some((session, created)) = self.by_stretched(email, &stretched).await? {
                return self.wrap_anew(session, &sealing, created).await.map(Some);
            }
        }
        Ok(None)
    }

    /// The session of a stretched password, and when that was set.
    async fn by_stretched(
        &self,
        email: &Email,
        stretched: &StretchedPassword,
    ) -> Result<Option<(Session, Timestamp)>, VaultError> {
        let proved = Proved { credential: stretched.id(), kind: CredentialKind::Password };
        let unlocked = self.unlocked(proved, Some(email)).await?;
        Ok(unlocked.map(|Unlocked { account, wrapped, created, .. }| {
            (Session::new(account, proved, stretched.unwrap_account_key(&wrapped)), created)
        }))
    }

    async fn wrap_anew(
        &self,
        session: Session,
        sealing: &StretchedPassword,
        created: Timestamp,
    ) -> Result<Session, VaultError> {
        self.remember_password().await?;
        let account_key = session.needed_account_key()?.clone();
        let credential = self.password_credential(sealing, &account_key, created);
        let proved = Proved { credential: credential.id, kind: credential.kind };
        let by = Some(session.credential());
        let account = session.account;
        self.store.add_credential(account.id, by, credential).await?;
        Ok(Session::new(account, proved, Some(account_key)))
    }

    /// What a stretched password is in the store.
    pub(super) fn password_credential(
        &self,
        stretched: &StretchedPassword,
        account_key: &AccountKey,
        created: Timestamp,
    ) -> Credential {
        let wrapped = stretched.wrap(account_key, &mut *self.rng());
        let (id, kind) = (stretched.id(), CredentialKind::Password);
        Credential { id, kind, label: None, wrapped, created, expires: None }
    }

    /// Stretches a password under one of the server keys, 0 being the one that seals.
    pub(super) async fn stretch_password(
        &self,
        password: &Password,
        email: &Email,
        server: usize,
    ) -> Result<StretchedPassword, VaultError> {
        let turn = self.password_stretching.turn().await?;
        let (ring, password, email) = (Arc::clone(&self.ring), password.clone(), email.clone());
        turn.run(move || {
            let server = ring.all().nth(server).unwrap_or_else(|| ring.sealing());
            password.stretch(&email, server)
        })
        .await
    }

    /// Before a password is wrapped, and when one is used: the store must know that the server key is needed.
    pub(super) async fn remember_password(&self) -> Result<(), VaultError> {
        self.remember_key(self.now().after(PASSWORD_NEED)).await
    }
}

fn is_like_an_api_key(text: &str) -> bool {
    text.len() >= API_KEY && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}
