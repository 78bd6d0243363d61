//! Tokens: 32 random bytes that unlock an account for a while. 43 characters of base64url (RFC 4648 §5) outside.

use super::{AccountKey, CredentialId};
use crate::hazmat::hkdf;
use data_encoding::BASE64URL_NOPAD;
use rand::CryptoRng;
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// What a browser that is signed in holds, in a cookie.
pub type SessionToken = Token<SessionPurpose>;
/// What stands in the link of an invitation.
pub type InvitationToken = Token<InvitationPurpose>;

/// A token of one purpose. One of another purpose is another credential, be its bytes the same.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Token<P: Purpose> {
    bytes: [u8; 32],
    #[zeroize(skip)]
    purpose: PhantomData<P>,
}

/// What distinguishes the kinds of token.
pub trait Purpose: Clone + PartialEq + Eq {
    /// Name of the token's type, for `Debug`.
    const NAME: &'static str;
    /// HKDF info of the credential's id.
    const ID: &'static [u8];
    /// HKDF info of the key that wraps the account key, and its associated data.
    const WRAP: &'static [u8];
}

/// Signed in.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionPurpose;
/// Invited.
#[derive(Clone, PartialEq, Eq)]
pub struct InvitationPurpose;

impl Purpose for SessionPurpose {
    const NAME: &'static str = "SessionToken";
    const ID: &'static [u8] = b"burnbag/session/id";
    const WRAP: &'static [u8] = b"burnbag/session/wrap";
}

impl Purpose for InvitationPurpose {
    const NAME: &'static str = "InvitationToken";
    const ID: &'static [u8] = b"burnbag/invitation/id";
    const WRAP: &'static [u8] = b"burnbag/invitation/wrap";
}

/// The text is no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a token: 43 characters of base64url")]
pub struct NotAToken;

impl<P: Purpose> Token<P> {
    /// A fresh token.
    pub fn make(rng: &mut impl CryptoRng) -> Self {
        let mut token = Self { bytes: [0; 32], purpose: PhantomData };
        rng.fill_bytes(&mut token.bytes);
        token
    }

    /// The token's text. Every call of this function is a place to review.
    #[must_use]
    pub fn expose(&self) -> Zeroizing<String> {
        Zeroizing::new(BASE64URL_NOPAD.encode(&self.bytes))
    }

    /// By what the store finds it.
    #[must_use]
    pub fn id(&self) -> CredentialId {
        CredentialId(hkdf(&[], &self.bytes, P::ID))
    }

    /// Wraps the account key, so that whoever holds this token, and nobody else, can unwrap it.
    #[must_use]
    pub fn wrap(&self, account: &AccountKey, rng: &mut impl CryptoRng) -> Vec<u8> {
        account.wrap(&self.wrapping_key(), P::WRAP, rng)
    }

    /// The account key that [`Token::wrap`] wrapped.
    #[must_use]
    pub fn unwrap_account_key(&self, wrapped: &[u8]) -> Option<AccountKey> {
        AccountKey::unwrap(&self.wrapping_key(), P::WRAP, wrapped)
    }

    fn wrapping_key(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(hkdf(&[], &self.bytes, P::WRAP))
    }
}

impl SessionToken {
    /// `HKDF-SHA256(token, "burnbag/session/form")` in base64url: what the forms of this session carry, and no other
    /// site can know. It leads to no session.
    #[must_use]
    pub fn form_token(&self) -> String {
        BASE64URL_NOPAD.encode(&hkdf::<32>(&[], &self.bytes, b"burnbag/session/form"))
    }

    /// Whether a form carries the token of this session. The time that it takes does not tell how much of it is right.
    #[must_use]
    pub fn is_form_token(&self, presented: &str) -> bool {
        self.form_token().as_bytes().ct_eq(presented.as_bytes()).into()
    }
}

impl<P: Purpose> FromStr for Token<P> {
    type Err = NotAToken;

    fn from_str(text: &str) -> Result<Self, NotAToken> {
        let bytes = Zeroizing::new(BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| NotAToken)?);
        let bytes = bytes.as_slice().try_into().map_err(|_| NotAToken)?;
        Ok(Self { bytes, purpose: PhantomData })
    }
}

impl<P: Purpose> fmt::Debug for Token<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(P::NAME)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::ApiKey;
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    #[test]
    fn a_token_is_what_its_text_says() {
        let token = SessionToken::make(&mut StdRng::seed_from_u64(1));
        let text = token.expose();
        assert_eq!(text.len(), 43);
        assert!(text.parse::<SessionToken>().unwrap() == token);
        for bad in ["", "a", &text[1..], &format!("{}a", *text), &format!("{}=", *text), &"~".repeat(43)] {
            assert_eq!(bad.parse::<SessionToken>().unwrap_err(), NotAToken, "{bad}");
        }
        // The last character has two bits too many; only one of its four spellings counts.
        let last = text.bytes().last().unwrap();
        let spelled = |last: u8| format!("{}{}", &text[..42], char::from(last)).parse::<SessionToken>();
        assert!(spelled(last).is_ok() && spelled(last + 1).is_err());
    }

    #[test]
    fn the_same_bytes_for_another_purpose_are_another_credential() {
        let mut rng = StdRng::seed_from_u64(2);
        let account = AccountKey::make(&mut rng);
        let session = SessionToken::make(&mut rng);
        let invitation: InvitationToken = session.expose().parse().unwrap();
        let api_key = ApiKey::presented(session.expose().to_string());
        assert!(session.id() != invitation.id() && session.id() != api_key.id());
        let wrapped = session.wrap(&account, &mut rng);
        assert!(session.unwrap_account_key(&wrapped).unwrap() == account);
        assert!(invitation.unwrap_account_key(&wrapped).is_none());
        assert!(api_key.unwrap_account_key(&wrapped).is_none());
        assert!(SessionToken::make(&mut rng).unwrap_account_key(&wrapped).is_none());
    }

    #[test]
    fn forms_of_another_session_are_not_taken() {
        let mut rng = StdRng::seed_from_u64(3);
        let (mine, yours) = (SessionToken::make(&mut rng), SessionToken::make(&mut rng));
        assert!(mine.is_form_token(&mine.form_token()));
        assert_ne!(mine.form_token(), *mine.expose());
        for bad in ["", &yours.form_token(), &mine.form_token()[1..], mine.expose().as_str()] {
            assert!(!mine.is_form_token(bad), "{bad}");
        }
    }
}
