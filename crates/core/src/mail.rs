//! Mails that wait to be sent: what they are about, and how they are sealed. A mail holds an address, and often a link,
//! so it is sealed under the server key until it is sent or given up.

use crate::hazmat::{NONCE, aead_open, aead_seal, hkdf};
use crate::seal::{DidNotOpen, Sealed};
use crate::sensitive::SensitiveBytes;
use crate::server_key::{Keyring, ServerKey};
use crate::time::Timestamp;
use data_encoding::HEXLOWER;
use rand::CryptoRng;
use std::fmt;
use zeroize::Zeroizing;

/// How long a mail waits at most until a mail server takes it, in seconds: one day.
pub const MAIL_LIVES: i64 = 24 * 60 * 60;

/// How long after a secret's end its mails stand still, in seconds: a take whose outcome was in doubt may be undone until
/// then, and what it meant for its mails with it.
pub const MAIL_PAUSE: i64 = 10;

/// Tells a mail from every other. Sixteen random bytes; the message's own id is made of them, so that it stays the
/// same however often sending is tried.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MailId(pub [u8; 16]);

impl MailId {
    /// A fresh id.
    pub fn make(rng: &mut impl CryptoRng) -> Self {
        let mut bytes = [0; 16];
        rng.fill_bytes(&mut bytes);
        Self(bytes)
    }

    /// The id as a number, in the order of ids.
    #[must_use]
    pub const fn number(&self) -> u128 {
        u128::from_be_bytes(self.0)
    }
}

/// 32 lower-case hexadecimal digits.
impl fmt::Display for MailId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER.encode(&self.0))
    }
}

impl fmt::Debug for MailId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What a mail is about, and so when it is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MailKind {
    /// A secret's link, to its recipient: due at once, pointless when the secret has ended.
    Link,
    /// To the sender: his secret was opened.
    Opened,
    /// To the sender: nobody opened his secret in time.
    Expired,
    /// A link to set a password with: due at once.
    Invitation,
}

impl MailKind {
    /// The number under which stores keep it and seals bind it.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Link => 0,
            Self::Opened => 1,
            Self::Expired => 2,
            Self::Invitation => 3,
        }
    }

    /// The kind with a number.
    #[must_use]
    pub const fn from_code(code: u8) -> Option<Self> {
        match code {
            0 => Some(Self::Link),
            1 => Some(Self::Opened),
            2 => Some(Self::Expired),
            3 => Some(Self::Invitation),
            _ => None,
        }
    }
}

/// What became of the mail to a secret's recipient, as its receipt tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mailing {
    /// The recipient was recorded; this server sends no mail.
    Off,
    /// It waits to be sent, perhaps after a mail server said "later" with this reply (RFC 5321 §4.2).
    Queued(Option<u16>),
    /// A mail server took it, at this time.
    Sent(Timestamp),
    /// It was not sent: the secret ended before.
    Ended,
    /// It was not sent: a mail server refused it for good with this reply.
    Refused(u16),
    /// It was not sent: no mail server took it in time; the last reply, if there was one.
    GivenUp(Option<u16>),
}

impl Mailing {
    /// What becomes of a mail that still waits, given its last reply; what is settled stays.
    #[must_use]
    pub fn if_queued(self, then: impl FnOnce(Option<u16>) -> Self) -> Self {
        if let Self::Queued(reply) = self { then(reply) } else { self }
    }

    /// Two numbers for the store: which it is, and its time or reply.
    #[must_use]
    pub fn code(self) -> (u8, Option<i64>) {
        match self {
            Self::Off => (1, None),
            Self::Queued(reply) => (2, reply.map(i64::from)),
            Self::Sent(when) => (3, Some(when.0)),
            Self::Ended => (4, None),
            Self::Refused(reply) => (5, Some(reply.into())),
            Self::GivenUp(reply) => (6, reply.map(i64::from)),
        }
    }

    /// What [`Mailing::code`] was made of.
    #[must_use]
    pub fn from_code(code: u8, detail: Option<i64>) -> Option<Self> {
        let reply = detail.and_then(|reply| u16::try_from(reply).ok());
        match code {
            1 => Some(Self::Off),
            2 => Some(Self::Queued(reply)),
            3 => detail.map(|when| Self::Sent(Timestamp(when))),
            4 => Some(Self::Ended),
            5 => reply.map(Self::Refused),
            6 => Some(Self::GivenUp(reply)),
            _ => None,
        }
    }
}

/// The version that is written. What any release wrote, every later one opens.
const VERSION: u8 = 1;
const HEADER: usize = 1 + 4;

/// Seals a mail's content: version (1) ‖ server key id (4) ‖ nonce (12) ‖ ciphertext ‖ tag (16), AES-256-GCM under
/// `HKDF-SHA256(ikm = id (16), salt = server key (32), "burnbag/mail/seal")`, bound to version ‖ kind ‖ id.
#[must_use]
pub fn seal_mail(
    content: &[u8],
    id: &MailId,
    kind: MailKind,
    server: &ServerKey,
    rng: &mut impl CryptoRng,
) -> Sealed {
    let mut nonce = [0; NONCE];
    rng.fill_bytes(&mut nonce);
    let mut bytes = vec![VERSION];
    bytes.extend_from_slice(&server.id().0);
    bytes.extend_from_slice(&nonce);
    bytes.extend_from_slice(content);
    aead_seal(&derive_key(id, server), &nonce, &associated_data(id, kind), &mut bytes, HEADER + NONCE);
    Sealed::from_bytes(bytes)
}

/// Opens what [`seal_mail`] sealed.
///
/// # Errors
/// It is not this mail, it is damaged, or its server key is not in the ring.
pub fn open_mail(
    sealed: &Sealed,
    id: &MailId,
    kind: MailKind,
    ring: &Keyring,
) -> Result<SensitiveBytes, DidNotOpen> {
    let server_key = sealed.server_key().ok_or(DidNotOpen)?;
    let server = ring.all().find(|server| server.id() == server_key).ok_or(DidNotOpen)?;
    let body = sealed.as_bytes().get(HEADER..).ok_or(DidNotOpen)?;
    let (nonce, ciphertext) = body.split_first_chunk().ok_or(DidNotOpen)?;
    let content = aead_open(&derive_key(id, server), nonce, &associated_data(id, kind), ciphertext);
    content.map(SensitiveBytes::new).ok_or(DidNotOpen)
}

fn derive_key(id: &MailId, server: &ServerKey) -> Zeroizing<[u8; 32]> {
    Zeroizing::new(hkdf(server.salt(), &id.0, b"burnbag/mail/seal"))
}

fn associated_data(id: &MailId, kind: MailKind) -> [u8; 18] {
    let mut aad = [0; 18];
    aad[0] = VERSION;
    aad[1] = kind.code();
    aad[2..].copy_from_slice(&id.0);
    aad
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    #[test]
    fn a_mail_opens_as_itself_only() {
        let rng = &mut StdRng::seed_from_u64(7);
        let (id, other) = (MailId::make(rng), MailId::make(rng));
        let (server, stranger) = (ServerKey::make(rng), ServerKey::make(rng));
        let sealed = seal_mail(b"to whom", &id, MailKind::Link, &server, rng);
        let (ring, wrong) = (Keyring::new(server, Vec::new()), Keyring::new(stranger, Vec::new()));
        let open = |id, kind, ring| open_mail(&sealed, id, kind, ring).map(SensitiveBytes::release);
        assert_eq!(open(&id, MailKind::Link, &ring), Ok(b"to whom".to_vec()));
        assert_eq!(open(&other, MailKind::Link, &ring), Err(DidNotOpen));
        assert_eq!(open(&id, MailKind::Invitation, &ring), Err(DidNotOpen));
        assert_eq!(open(&id, MailKind::Link, &wrong), Err(DidNotOpen));
        for length in 0..sealed.as_bytes().len() {
            let cut = Sealed::from_bytes(sealed.as_bytes()[..length].to_vec());
            assert_eq!(open_mail(&cut, &id, MailKind::Link, &ring).unwrap_err(), DidNotOpen, "{length}");
        }
    }

    #[test]
    fn numbers_of_kinds_and_outcomes_go_both_ways() {
        for code in 0..=u8::MAX {
            assert!(MailKind::from_code(code).is_none_or(|kind| kind.code() == code));
        }
        let all = [
            Mailing::Off,
            Mailing::Queued(None),
            Mailing::Queued(Some(451)),
            Mailing::Sent(Timestamp(5_000_000_000)),
            Mailing::Ended,
            Mailing::Refused(550),
            Mailing::GivenUp(None),
            Mailing::GivenUp(Some(450)),
        ];
        for mailing in all {
            let (code, detail) = mailing.code();
            assert_eq!(Mailing::from_code(code, detail), Some(mailing));
        }
        assert_eq!(Mailing::from_code(3, None), None);
        assert_eq!(Mailing::from_code(0, None), None);
    }
}
