//! Frozen vectors: what an earlier release sealed opens for ever, and the same inputs seal to the same bytes. Each
//! file in `vectors/` carries its inputs and what is expected. They were made once, and confirmed by another
//! implementation of HKDF, AES-GCM and Argon2id; a file that has to change is a new version of the sealed form.

#[path = "support/given.rs"]
mod given;

use burnbag_core::account::{ApiKey, InvitationToken, Password, SessionToken};
use burnbag_core::key::{ReceiptKey, SecretKey};
use burnbag_core::life_key::LifeKey;
use burnbag_core::opener::{Kind, Opener, Passphrase, Salt};
use burnbag_core::seal::{ContentKeys, OVERHEAD, Place, ReceiptText, Sealed, open_link, seal_link};
use burnbag_core::server_key::{Keyring, ServerKey};
use burnbag_core::tag::Row;
use burnbag_core::time::Timestamp;
use data_encoding::HEXLOWER;
use given::Given;
use serde::Deserialize;

/// A sealed form and everything that it was made of.
#[derive(Deserialize)]
struct Vector {
    server_key: String,
    row: u64,
    created: i64,
    expires: i64,
    secret_key: String,
    receipt_key: String,
    life_key: String,
    passphrase: Option<String>,
    salt: Option<String>,
    content: String,
    sealed: String,
}

/// The same, parsed.
struct Parts {
    ring: Keyring,
    place: Place,
    secret: SecretKey,
    receipt: ReceiptKey,
    life: LifeKey,
    opener: Opener,
    content: String,
    sealed: Sealed,
}

impl Parts {
    fn read(text: &str) -> Self {
        let vector: Vector = serde_json::from_str(text).expect("a vector");
        let salt = vector.salt.map(|salt| Salt(bytes(&salt)));
        let passphrase = vector.passphrase.and_then(|text| Passphrase::new(text.into()));
        let place = Place {
            row: Row(vector.row),
            kind: salt.map_or(Kind::Open, Kind::Passphrase),
            created: Timestamp(vector.created),
            expires: Timestamp(vector.expires),
        };
        Self {
            ring: Keyring::new(ServerKey::parse(&vector.server_key).expect("a server key"), Vec::new()),
            place,
            secret: vector.secret_key.parse().expect("a key"),
            receipt: vector.receipt_key.parse().expect("a key"),
            life: LifeKey::from_bytes(bytes(&vector.life_key)),
            opener: passphrase.zip(salt).map_or(Opener::NONE, |(passphrase, salt)| passphrase.stretch(&salt)),
            content: vector.content,
            sealed: Sealed::from_bytes(HEXLOWER.decode(vector.sealed.as_bytes()).expect("hexadecimal")),
        }
    }

    /// The nonce stands behind version and server key.
    fn nonce(&self) -> Given<'_> {
        Given(&self.sealed.as_bytes()[5..17])
    }

    fn content_keys(&self) -> ContentKeys<'_> {
        ContentKeys { secret: &self.secret, life: &self.life, opener: &self.opener }
    }
}

fn bytes<const N: usize>(hex: &str) -> [u8; N] {
    HEXLOWER.decode(hex.as_bytes()).expect("hexadecimal").try_into().expect("the right length")
}

#[test]
fn contents() {
    for text in [include_str!("vectors/content_open.json"), include_str!("vectors/content_passphrase.json")] {
        let parts = Parts::read(text);
        let keys = parts.content_keys();
        let opened = keys.open(&parts.sealed, &parts.place, &parts.ring).unwrap();
        assert_eq!(opened.expose(), parts.content.as_bytes());
        let again =
            keys.seal(parts.content.as_bytes(), &parts.place, parts.ring.sealing(), &mut parts.nonce());
        assert_eq!(again, parts.sealed);
        assert_eq!(again.as_bytes().len(), parts.content.len() + OVERHEAD);
        assert_eq!(again.server_key(), Some(parts.ring.sealing().id()));
    }
}

#[test]
fn a_link_on_a_receipt() {
    let parts = Parts::read(include_str!("vectors/link.json"));
    let opened = open_link(&parts.sealed, &parts.receipt, &parts.life, &parts.place, &parts.ring).unwrap();
    assert_eq!(opened.expose(), parts.content);
    let with = (&parts.receipt, &parts.life);
    let again = seal_link(&opened, with, &parts.place, parts.ring.sealing(), &mut parts.nonce());
    assert_eq!(again, parts.sealed);
}

#[test]
fn a_recipient_on_a_receipt() {
    let parts = Parts::read(include_str!("vectors/recipient.json"));
    let (sealed, receipt, place) = (&parts.sealed, &parts.receipt, &parts.place);
    let opened = ReceiptText::Recipient.open(sealed, receipt, place, &parts.ring).unwrap();
    assert_eq!(opened, parts.content);
    let server = parts.ring.sealing();
    let again = ReceiptText::Recipient.seal(&opened, receipt, place, server, &mut parts.nonce());
    assert_eq!(again, parts.sealed);
}

#[test]
fn server_keys() {
    #[derive(Deserialize)]
    struct Named {
        server_key: String,
        id: String,
        check: String,
    }
    let vector: Named = serde_json::from_str(include_str!("vectors/server_key.json")).unwrap();
    let key = ServerKey::parse(&vector.server_key).unwrap();
    assert_eq!((key.id().0, key.check()), (bytes(&vector.id), bytes(&vector.check)));
    assert_eq!(key.to_hex().as_str(), vector.server_key);
}

#[test]
fn tags_and_checks_of_keys() {
    #[derive(Deserialize)]
    struct Keys {
        server_key: String,
        keys: Vec<Pair>,
    }
    #[derive(Deserialize)]
    struct Pair {
        row: u64,
        secret_key: String,
        secret_check: String,
        receipt_key: String,
        receipt_check: String,
    }
    let vector: Keys = serde_json::from_str(include_str!("vectors/keys.json")).unwrap();
    let server = ServerKey::parse(&vector.server_key).unwrap();
    for pair in vector.keys {
        let (secret, receipt): (SecretKey, ReceiptKey) =
            (pair.secret_key.parse().unwrap(), pair.receipt_key.parse().unwrap());
        assert_eq!((secret.row(&server), receipt.row(&server)), (Row(pair.row), Row(pair.row)));
        let checks = (secret.check().0, receipt.check().0);
        assert_eq!(checks, (bytes(&pair.secret_check), bytes(&pair.receipt_check)));
    }
}

#[test]
fn an_account_and_its_list() {
    #[derive(Deserialize)]
    struct Account {
        api_key: String,
        credential_id: String,
        wrapped: String,
        row: u64,
        receipt_key: String,
        listing: String,
    }
    let vector: Account = serde_json::from_str(include_str!("vectors/account.json")).unwrap();
    let api_key = ApiKey::presented(vector.api_key);
    assert_eq!(api_key.id().0, bytes(&vector.credential_id));
    let wrapped = HEXLOWER.decode(vector.wrapped.as_bytes()).unwrap();
    let account = api_key.unwrap_account_key(&wrapped).expect("it opens");
    assert_eq!(api_key.wrap(&account, &mut Given(&wrapped[1..13])), wrapped);
    let listing = HEXLOWER.decode(vector.listing.as_bytes()).unwrap();
    let receipt = account.open_listing(Row(vector.row), &listing).expect("it opens");
    assert_eq!(receipt.expose(), vector.receipt_key);
    assert_eq!(account.seal_listing(Row(vector.row), &receipt, &mut Given(&listing[1..13])), listing);
}

/// What else unlocks an account: all of them wrap the account key that the API key of `account.json` wraps.
#[test]
fn credentials_of_an_account() {
    #[derive(Deserialize)]
    struct Credentials {
        api_key: String,
        api_key_wrapped: String,
        session: Unlocking,
        form_token: String,
        invitation: Unlocking,
        password: Unlocking,
        email: String,
        server_key: String,
    }
    #[derive(Deserialize)]
    struct Unlocking {
        text: String,
        id: String,
        wrapped: String,
    }
    let hex = |text: &str| HEXLOWER.decode(text.as_bytes()).expect("hexadecimal");
    let vector: Credentials = serde_json::from_str(include_str!("vectors/credentials.json")).unwrap();
    let account = ApiKey::presented(vector.api_key).unwrap_account_key(&hex(&vector.api_key_wrapped));
    let account = account.expect("it opens");

    let session: SessionToken = vector.session.text.parse().unwrap();
    let wrapped = hex(&vector.session.wrapped);
    assert_eq!(session.id().0, bytes(&vector.session.id));
    assert_eq!(session.unwrap_account_key(&wrapped).expect("it opens"), account);
    assert_eq!(session.wrap(&account, &mut Given(&wrapped[1..13])), wrapped);
    assert_eq!(session.form_token(), vector.form_token);

    let invitation: InvitationToken = vector.invitation.text.parse().unwrap();
    let wrapped = hex(&vector.invitation.wrapped);
    assert_eq!(invitation.id().0, bytes(&vector.invitation.id));
    assert_eq!(invitation.unwrap_account_key(&wrapped).expect("it opens"), account);
    assert_eq!(invitation.wrap(&account, &mut Given(&wrapped[1..13])), wrapped);

    let server = ServerKey::parse(&vector.server_key).unwrap();
    let password = Password::presented(&vector.password.text.into());
    let password = password.stretch(&vector.email.parse().unwrap(), &server);
    let wrapped = hex(&vector.password.wrapped);
    assert_eq!(password.id().0, bytes(&vector.password.id));
    assert_eq!(password.unwrap_account_key(&wrapped).expect("it opens"), account);
    assert_eq!(password.wrap(&account, &mut Given(&wrapped[1..13])), wrapped);
}
