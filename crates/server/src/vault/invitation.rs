//! Invitations: looked at, and accepted once.

use super::accounts::{Invited, Invitee, invite, invited};
use super::letter::Letter;
use super::{Session, Vault, VaultError};
use burnbag_core::account::{CredentialKind, Email, InvitationToken, Password, SessionToken};
use burnbag_store::{StoreError, Unlocked};

/// What an invitation leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitationView {
    /// Whose account.
    pub email: Email,
    /// Whether it has no credential yet, so that accepting revokes nothing and leaves no list behind.
    pub is_new_account: bool,
}

impl Vault {
    /// Whether invitations can be mailed now at all, whoever asks for one.
    pub async fn can_mail_invitations(&self) -> Result<(), VaultError> {
        if self.disk.is_low() {
            return Err(VaultError::Full);
        }
        Ok(self.store.ping().await?)
    }

    /// Mails an invitation to who asked for one: to an account that exists, or, where `plan` names the plan of new ones, to
    /// anybody. Whoever asks does not learn which; limits are the caller's to keep.
    pub async fn mail_invitation(
        &self,
        email: Email,
        plan: Option<String>,
        language: &'static str,
    ) -> Result<(), VaultError> {
        if self.disk.is_low() {
            return Err(VaultError::Full);
        }
        let to = email.as_str().to_owned();
        let invitee = Invitee { email, plan, provisional: true };
        let invited = invite(&*self.store, invitee, self.now(), &mut self.fork_rng()).await?;
        let Some((token, invited)) = invited else {
            return Ok(());
        };
        let (token, is_new) = (token.expose().as_str().to_owned(), invited == Invited::New);
        self.post_invitation(Letter::Invitation { to, token, is_new, language: language.to_owned() }).await
    }

    /// What an invitation leads to, if it stands.
    pub async fn invitation(&self, token: &InvitationToken) -> Result<Option<InvitationView>, VaultError> {
        let Some(unlocked) = self.invited(token).await? else {
            return Ok(None);
        };
        let is_new_account = invited(&*self.store, &unlocked.account, self.now()).await? == Invited::New;
        Ok(Some(InvitationView { email: unlocked.account.email, is_new_account }))
    }

    /// Accepts an invitation and signs the browser in: the password is set, every other credential revoked, the list
    /// empty, in one step. `None` when the invitation does not stand (any more).
    pub async fn accept_invitation(
        &self,
        token: &InvitationToken,
        password: Password,
    ) -> Result<Option<(SessionToken, Session)>, VaultError> {
        let Some(Unlocked { account, wrapped, .. }) = self.invited(token).await? else {
            return Ok(None);
        };
        let account_key = token.unwrap_account_key(&wrapped);
        let account_key = account_key.ok_or(StoreError::Corrupt("wrapped account key"))?;
        let stretched = self.stretch_password(&password, &account.email, 0).await?;
        self.remember_password().await?;
        let now = self.now();
        let password = self.password_credential(&stretched, &account_key, now);
        let (session_token, session, credential) = self.make_session(account, &account_key, now);
        let accepted = self.store.accept(&token.id(), vec![password, credential], now).await?;
        Ok(accepted.map(|_| (session_token, session)))
    }

    /// Not noted as a use: looking changes nothing.
    async fn invited(&self, token: &InvitationToken) -> Result<Option<Unlocked>, VaultError> {
        let unlocked = self.store.unlocked_by(&token.id(), self.now()).await?;
        Ok(unlocked.filter(|unlocked| unlocked.kind == CredentialKind::Invitation))
    }
}
