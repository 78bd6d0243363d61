//! Sealing and opening: AES-256-GCM under keys derived from what is in the link, the life key and the server key.
//!
//! Sealed form: version (1) ‖ server key id (4) ‖ nonce (12) ‖ ciphertext ‖ tag (16).
//! Associated data: version ‖ row ‖ field ‖ kind ‖ created ‖ expires, so that no sealed form fits another place.

use crate::hazmat::{NONCE, TAG, aead_open, aead_seal, hkdf};
use crate::idempotency_key::IdempotencyKey;
use crate::key::{Key, ReceiptKey, SecretKey, Side};
use crate::life_key::LifeKey;
use crate::opener::{Kind, Opener};
use crate::sensitive::SensitiveBytes;
use crate::server_key::{Keyring, ServerKey, ServerKeyId};
use crate::tag::Row;
use crate::time::Timestamp;
use rand::CryptoRng;
use std::fmt;
use zeroize::Zeroizing;

/// The version that is written. What any release wrote, every later one opens.
const VERSION: u8 = 1;
const HEADER: usize = 1 + 4;

/// How many bytes a sealed form is longer than its content.
pub const OVERHEAD: usize = HEADER + NONCE + TAG;

/// The place that a sealed form belongs to; it opens nowhere else.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The row's number.
    pub row: Row,
    /// What it takes to open the secret of this row.
    pub kind: Kind,
    /// When the secret was made.
    pub created: Timestamp,
    /// When it ends unread.
    pub expires: Timestamp,
}

/// What of a row is sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Content = 0,
    Link = 1,
    Recipient = 2,
    Kept = 3,
    Label = 4,
}

/// Sealed bytes as the store keeps them.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed(Vec<u8>);

impl Sealed {
    /// Bytes that the store kept; whether they open is seen on opening.
    #[must_use]
    pub const fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The bytes, for the store.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The server key under which it was sealed, if the form is ours.
    #[must_use]
    pub fn server_key(&self) -> Option<ServerKeyId> {
        let id = self.0.get(1..HEADER)?;
        if self.0[0] == VERSION { Some(ServerKeyId(id.try_into().ok()?)) } else { None }
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sealed({} bytes)", self.0.len())
    }
}

/// It did not open: a wrong key or passphrase, a damaged record, or another server key. Which one, nobody learns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it did not open")]
pub struct DidNotOpen;

/// The keys that a secret's content is sealed under, beside the server key.
#[derive(Clone, Copy, Debug)]
pub struct ContentKeys<'a> {
    /// The key in the link.
    pub secret: &'a SecretKey,
    /// The row's life key.
    pub life: &'a LifeKey,
    /// What the reader brings beyond the link.
    pub opener: &'a Opener,
}

impl ContentKeys<'_> {
    /// Seals a secret's content.
    #[must_use]
    pub fn seal(
        &self,
        content: &[u8],
        place: &Place,
        server: &ServerKey,
        rng: &mut impl CryptoRng,
    ) -> Sealed {
        seal(&self.derive(place.kind, server), Field::Content, place, server, content, rng)
    }

    /// Opens a secret's content.
    pub fn open(&self, sealed: &Sealed, place: &Place, ring: &Keyring) -> Result<SensitiveBytes, DidNotOpen> {
        let server = find(sealed, ring)?;
        open(&self.derive(place.kind, server), Field::Content, place, sealed)
    }

    /// Seals the copy that is kept for a while after the reveal, for who repeats it. `life` is a key of the copy's own.
    #[must_use]
    pub fn seal_kept(
        &self,
        content: &[u8],
        place: &Place,
        repeat: &IdempotencyKey,
        server: &ServerKey,
        rng: &mut impl CryptoRng,
    ) -> Sealed {
        seal(&self.derive_kept(place.kind, repeat, server), Field::Kept, place, server, content, rng)
    }

    /// Opens the kept copy: for who brings all that the reveal needed, and its idempotency key.
    pub fn open_kept(
        &self,
        sealed: &Sealed,
        place: &Place,
        repeat: &IdempotencyKey,
        ring: &Keyring,
    ) -> Result<SensitiveBytes, DidNotOpen> {
        let server = find(sealed, ring)?;
        open(&self.derive_kept(place.kind, repeat, server), Field::Kept, place, sealed)
    }

    /// `HKDF-SHA256(ikm = seal key (32) ‖ idempotency key, salt = server key (32), "burnbag/secret/seal/kept")`.
    fn derive_kept(&self, kind: Kind, repeat: &IdempotencyKey, server: &ServerKey) -> SealKey {
        let mut ikm = Zeroizing::new([0; 32 + IdempotencyKey::MAX]);
        let length = 32 + repeat.expose().len();
        ikm[..32].copy_from_slice(self.derive(kind, server).as_slice());
        ikm[32..length].copy_from_slice(repeat.expose().as_bytes());
        Zeroizing::new(hkdf(server.salt(), &ikm[..length], b"burnbag/secret/seal/kept"))
    }

    fn derive(&self, kind: Kind, server: &ServerKey) -> SealKey {
        let info: &[u8] = match kind {
            Kind::Open => b"burnbag/secret/seal/open",
            Kind::Passphrase(_) => b"burnbag/secret/seal/passphrase",
            Kind::Proof { .. } => b"burnbag/secret/seal/proof",
        };
        derive_seal_key(self.secret, self.life.expose(), self.opener.expose(), info, server)
    }
}

/// Seals the secret key for its receipt; it dies with the life key.
#[must_use]
pub fn seal_link(
    link: &SecretKey,
    (receipt, life): (&ReceiptKey, &LifeKey),
    place: &Place,
    server: &ServerKey,
    rng: &mut impl CryptoRng,
) -> Sealed {
    let key = derive_link_key(receipt, life, server);
    seal(&key, Field::Link, place, server, link.expose().as_bytes(), rng)
}

/// Opens the secret key that a receipt keeps while the secret lives.
pub fn open_link(
    sealed: &Sealed,
    receipt: &ReceiptKey,
    life: &LifeKey,
    place: &Place,
    ring: &Keyring,
) -> Result<SecretKey, DidNotOpen> {
    let key = derive_link_key(receipt, life, find(sealed, ring)?);
    let text = open(&key, Field::Link, place, sealed)?;
    str::from_utf8(text.expose()).ok().and_then(|text| text.parse().ok()).ok_or(DidNotOpen)
}

/// A text on a receipt that outlives the secret, so that no life key is in its seal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceiptText {
    /// The obscured recipient.
    Recipient,
    /// The sender's own name for the secret.
    Label,
}

impl ReceiptText {
    const fn field(self) -> Field {
        match self {
            Self::Recipient => Field::Recipient,
            Self::Label => Field::Label,
        }
    }

    fn derive_key(self, receipt: &ReceiptKey, server: &ServerKey) -> SealKey {
        let info: &[u8] = match self {
            Self::Recipient => b"burnbag/receipt/seal/recipient",
            Self::Label => b"burnbag/receipt/seal/label",
        };
        derive_seal_key(receipt, &[], &[], info, server)
    }

    /// Seals the text for the receipt's holder.
    #[must_use]
    pub fn seal(
        self,
        text: &str,
        receipt: &ReceiptKey,
        place: &Place,
        server: &ServerKey,
        rng: &mut impl CryptoRng,
    ) -> Sealed {
        seal(&self.derive_key(receipt, server), self.field(), place, server, text.as_bytes(), rng)
    }

    /// Opens the text.
    pub fn open(
        self,
        sealed: &Sealed,
        receipt: &ReceiptKey,
        place: &Place,
        ring: &Keyring,
    ) -> Result<String, DidNotOpen> {
        let key = self.derive_key(receipt, find(sealed, ring)?);
        let text = open(&key, self.field(), place, sealed)?;
        String::from_utf8(text.expose().clone()).map_err(|_| DidNotOpen)
    }
}

type SealKey = Zeroizing<[u8; 32]>;

fn derive_link_key(receipt: &ReceiptKey, life: &LifeKey, server: &ServerKey) -> SealKey {
    derive_seal_key(receipt, life.expose(), &[], b"burnbag/receipt/seal/link", server)
}

/// `HKDF-SHA256(ikm = key (31) ‖ life key (32 or 0) ‖ opener (32 or 0), salt = server key (32), info)`.
fn derive_seal_key<S: Side>(
    key: &Key<S>,
    life: &[u8],
    opener: &[u8],
    info: &[u8],
    server: &ServerKey,
) -> SealKey {
    let mut ikm = Zeroizing::new([0; 31 + 32 + 32]);
    let mut length = 0;
    for part in [key.expose().as_bytes(), life, opener] {
        ikm[length..length + part.len()].copy_from_slice(part);
        length += part.len();
    }
    Zeroizing::new(hkdf(server.salt(), &ikm[..length], info))
}

fn find<'a>(sealed: &Sealed, ring: &'a Keyring) -> Result<&'a ServerKey, DidNotOpen> {
    let id = sealed.server_key().ok_or(DidNotOpen)?;
    ring.all().find(|key| key.id() == id).ok_or(DidNotOpen)
}

fn seal(
    key: &SealKey,
    field: Field,
    place: &Place,
    server: &ServerKey,
    content: &[u8],
    rng: &mut impl CryptoRng,
) -> Sealed {
    let mut nonce = [0; NONCE];
    rng.fill_bytes(&mut nonce);
    let mut bytes = Vec::with_capacity(OVERHEAD + content.len());
    bytes.push(VERSION);
    bytes.extend_from_slice(&server.id().0);
    bytes.extend_from_slice(&nonce);
    bytes.extend_from_slice(content);
    aead_seal(key, &nonce, &associated_data(field, place), &mut bytes, HEADER + NONCE);
    Sealed(bytes)
}

fn open(key: &SealKey, field: Field, place: &Place, sealed: &Sealed) -> Result<SensitiveBytes, DidNotOpen> {
    let body = sealed.0.get(HEADER..).ok_or(DidNotOpen)?;
    let (nonce, ciphertext) = body.split_first_chunk().ok_or(DidNotOpen)?;
    aead_open(key, nonce, &associated_data(field, place), ciphertext)
        .map(SensitiveBytes::new)
        .ok_or(DidNotOpen)
}

/// version (1) ‖ row (8) ‖ field (1) ‖ kind (1) ‖ created (8) ‖ expires (8), numbers big-endian.
fn associated_data(field: Field, place: &Place) -> [u8; 27] {
    let mut aad = [0; 27];
    aad[0] = VERSION;
    aad[1..9].copy_from_slice(&place.row.0.to_be_bytes());
    aad[9] = field as u8;
    aad[10] = place.kind.code();
    aad[11..19].copy_from_slice(&place.created.0.to_be_bytes());
    aad[19..].copy_from_slice(&place.expires.0.to_be_bytes());
    aad
}
