//! Real secrets: keys, sealed content, receipt.

use crate::{Claim, Held, Listing, Mail, Pair, Take, Waiting};
use burnbag_core::account::{AccountId, AccountKey};
use burnbag_core::fate::Fate;
use burnbag_core::key::{Check, ReceiptKey, SecretKey};
use burnbag_core::life_key::LifeKey;
use burnbag_core::mail::{MailId, MailKind, Mailing, seal_mail};
use burnbag_core::opener::{Kind, Opener, Passphrase, Salt};
use burnbag_core::outline::Outline;
use burnbag_core::seal::{ContentKeys, Place, ReceiptText, Sealed, seal_link};
use burnbag_core::server_key::{Keyring, ServerKey};
use burnbag_core::tag::Row;
use burnbag_core::time::Timestamp;
use rand::{CryptoRng, RngExt};

/// Seconds that a secret lives unless wished otherwise.
pub const TTL: i64 = 3600;

/// What kind of secret is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Wish<'a> {
    /// When it is made.
    pub created: Timestamp,
    /// How long it lives.
    pub ttl: i64,
    /// Bytes of content.
    pub length: usize,
    /// What opens it beside the link.
    pub passphrase: Option<&'a str>,
    /// In whose list it stands.
    pub maker: Option<(AccountId, &'a AccountKey)>,
    /// Against whose allowance it counts.
    pub held: Option<Held>,
    /// What its sender says of a content that was sealed on a device.
    pub outline: Option<Outline>,
    /// Which mails are posted with it.
    pub mails: &'a [MailKind],
}

impl Default for Wish<'_> {
    fn default() -> Self {
        let (passphrase, maker, held, outline) = (None, None, None, None);
        Self { created: super::NOW, ttl: TTL, length: 300, passphrase, maker, held, outline, mails: &[] }
    }
}

/// A secret, with everything that its reader and its sender know.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The key in the link.
    pub secret: SecretKey,
    /// The sender's key.
    pub receipt: ReceiptKey,
    /// What the reader brings beyond the link.
    pub opener: Opener,
    /// What was sealed.
    pub content: Vec<u8>,
    /// What the store gets.
    pub pair: Pair,
}

impl Sample {
    /// Seals random content for `row`.
    pub fn seal(
        row: Row,
        life: LifeKey,
        wish: Wish<'_>,
        keyring: &Keyring,
        rng: &mut impl CryptoRng,
    ) -> Self {
        let server = keyring.sealing();
        let passphrase = wish.passphrase.and_then(|text| Passphrase::new(text.to_owned().into()));
        let (kind, opener) = match passphrase {
            None => (Kind::Open, Opener::NONE),
            Some(passphrase) => {
                let salt = Salt::make(rng);
                (Kind::Passphrase(salt), passphrase.stretch(&salt))
            }
        };
        let place = Place { row, kind, created: wish.created, expires: wish.created.after(wish.ttl) };
        let (secret, receipt) = (SecretKey::make(row, server, rng), ReceiptKey::make(row, server, rng));
        let mut content = vec![0; wish.length];
        rng.fill(content.as_mut_slice());
        let keys = ContentKeys { secret: &secret, life: &life, opener: &opener };
        let sealed = keys.seal(&content, &place, server, rng);
        let link = seal_link(&secret, (&receipt, &life), &place, server, rng);
        let recipient = ReceiptText::Recipient.seal("re*****@e*****.com", &receipt, &place, server, rng);
        let label = ReceiptText::Label.seal("VPN for Ann", &receipt, &place, server, rng);
        let listing = wish.maker.map(|(account, key)| Listing {
            account,
            sealed_receipt_key: key.seal_listing(row, &receipt, rng),
        });
        let pair = Pair {
            place,
            secret_check: secret.check(),
            receipt_check: receipt.check(),
            life,
            sealed,
            link,
            recipient: Some(recipient),
            label: Some(label),
            outline: wish.outline,
            mailing: Some(if wish.mails.is_empty() { Mailing::Off } else { Mailing::Queued(None) }),
            mails: wish
                .mails
                .iter()
                .map(|kind| mail(*kind, wish.maker.map(|(id, _)| id), server, rng))
                .collect(),
            listing,
            held: wish.held,
        };
        Self { secret, receipt, opener, content, pair }
    }

    /// Where it is stored.
    pub const fn row(&self) -> Row {
        self.pair.place.row
    }

    /// Proves that the secret key means this row.
    pub const fn check(&self) -> Check {
        self.pair.secret_check
    }

    /// When it ends unread.
    pub const fn expires(&self) -> Timestamp {
        self.pair.place.expires
    }

    /// A claim on it.
    pub const fn take(&self, fate: Fate, claim: Claim, now: Timestamp) -> Take {
        Take { row: self.pair.place.row, check: self.pair.secret_check, fate, claim, now }
    }

    /// What a peek gives of it, as long as nobody failed to open it.
    pub fn waiting(&self) -> Waiting {
        let Pair { place, life, sealed, link, outline, held, .. } = self.pair.clone();
        Waiting { place, life, sealed, link, outline, strikes: 0, held }
    }

    /// Whether these sealed bytes are its content and open with this life key.
    pub fn opens(&self, sealed: &Sealed, life: &LifeKey, ring: &Keyring) -> bool {
        let keys = ContentKeys { secret: &self.secret, life, opener: &self.opener };
        keys.open(sealed, &self.pair.place, ring).is_ok_and(|content| *content.expose() == self.content)
    }
}

/// A mail of a kind.
pub(super) fn mail(
    kind: MailKind,
    account: Option<AccountId>,
    server: &ServerKey,
    rng: &mut impl CryptoRng,
) -> Mail {
    let id = MailId::make(rng);
    let sealed = seal_mail(b"what it says", &id, kind, server, rng);
    Mail { id, kind, account, sealed }
}
