//! What holds for all inputs: what was sealed opens, nothing that was changed does, and no bytes make anything panic.

use burnbag_core::account::{AccountKey, ApiKey, Email};
use burnbag_core::key::{Key, ReceiptKey, SecretKey};
use burnbag_core::life_key::LifeKey;
use burnbag_core::lifetime::{Lifetime, parse_ttl};
use burnbag_core::opener::{Kind, Opener, Passphrase, Salt};
use burnbag_core::recipient::{first_address, obscure};
use burnbag_core::seal::{ContentKeys, DidNotOpen, Place, ReceiptText, Sealed, open_link, seal_link};
use burnbag_core::server_key::{Keyring, ServerKey};
use burnbag_core::tag::Row;
use burnbag_core::time::Timestamp;
use proptest::prelude::*;
use rand::SeedableRng;
use rand::rngs::StdRng;

/// Everything that a seal depends on, made from one seed.
struct Scene {
    rng: StdRng,
    ring: Keyring,
    place: Place,
    secret: SecretKey,
    receipt: ReceiptKey,
    life: LifeKey,
}

impl Scene {
    fn new(seed: u64) -> Self {
        let mut rng = StdRng::seed_from_u64(seed);
        let server = ServerKey::make(&mut rng);
        let row = Row(seed % Row::LIMIT);
        Self {
            secret: Key::make(row, &server, &mut rng),
            receipt: Key::make(row, &server, &mut rng),
            life: LifeKey::make(&mut rng),
            place: Place { row, kind: Kind::Open, created: Timestamp(1_000), expires: Timestamp(2_000) },
            ring: Keyring::new(server, Vec::new()),
            rng,
        }
    }

    fn content(&mut self, content: &[u8]) -> Sealed {
        let keys = ContentKeys { secret: &self.secret, life: &self.life, opener: &Opener::NONE };
        keys.seal(content, &self.place, self.ring.sealing(), &mut self.rng)
    }

    fn link(&mut self) -> Sealed {
        let with = (&self.receipt, &self.life);
        seal_link(&self.secret, with, &self.place, self.ring.sealing(), &mut self.rng)
    }

    fn recipient(&mut self, text: &str) -> Sealed {
        ReceiptText::Recipient.seal(text, &self.receipt, &self.place, self.ring.sealing(), &mut self.rng)
    }

    fn opens(&self, sealed: &Sealed, place: &Place) -> Option<Vec<u8>> {
        let keys = ContentKeys { secret: &self.secret, life: &self.life, opener: &Opener::NONE };
        keys.open(sealed, place, &self.ring).ok().map(|content| content.expose().clone())
    }

    /// Whether anything at all opens these bytes.
    fn anything_opens(&self, sealed: &Sealed) -> bool {
        self.opens(sealed, &self.place).is_some()
            || open_link(sealed, &self.receipt, &self.life, &self.place, &self.ring).is_ok()
            || ReceiptText::Recipient.open(sealed, &self.receipt, &self.place, &self.ring).is_ok()
    }
}

fn flipped(sealed: &[u8], at: usize, mask: u8) -> Vec<u8> {
    let mut bytes = sealed.to_vec();
    bytes[at] ^= mask;
    bytes
}

proptest! {
    #[test]
    fn what_was_sealed_opens(seed: u64, content: Vec<u8>, text: String) {
        let mut scene = Scene::new(seed);
        let sealed = scene.content(&content);
        prop_assert_eq!(scene.opens(&sealed, &scene.place), Some(content));
        let link = scene.link();
        let opened = open_link(&link, &scene.receipt, &scene.life, &scene.place, &scene.ring).unwrap();
        prop_assert!(opened == scene.secret);
        let recipient = scene.recipient(&text);
        prop_assert_eq!(ReceiptText::Recipient.open(&recipient, &scene.receipt, &scene.place, &scene.ring), Ok(text));
    }

    /// Every byte counts: version, server key, nonce, ciphertext, tag.
    #[test]
    fn no_changed_byte_opens(seed: u64, content in proptest::collection::vec(any::<u8>(), 0..64), mask in 1..=255_u8) {
        let mut scene = Scene::new(seed);
        for sealed in [scene.content(&content), scene.link(), scene.recipient("re*****@e*****.com")] {
            let bytes = sealed.as_bytes();
            for at in 0..bytes.len() {
                let changed = flipped(bytes, at, mask);
                prop_assert!(!scene.anything_opens(&Sealed::from_bytes(changed)), "byte {}", at);
                prop_assert!(!scene.anything_opens(&Sealed::from_bytes(bytes[..at].to_vec())));
            }
            prop_assert!(!scene.anything_opens(&Sealed::from_bytes([bytes, b"\0"].concat())));
        }
    }

    /// A sealed form belongs to its place, its keys and its field.
    #[test]
    fn nothing_opens_elsewhere(seed: u64, content: Vec<u8>) {
        let mut scene = Scene::new(seed);
        let sealed = scene.content(&content);
        let place = scene.place;
        let salt = Salt([7; 16]);
        for other in [
            Place { row: Row(place.row.0 ^ 1), ..place },
            Place { kind: Kind::Passphrase(salt), ..place },
            Place { created: Timestamp(1_001), ..place },
            Place { expires: Timestamp(2_001), ..place },
        ] {
            prop_assert!(scene.opens(&sealed, &other).is_none());
        }
        let stranger = Scene::new(seed.wrapping_add(1));
        for keys in [
            ContentKeys { secret: &stranger.secret, life: &scene.life, opener: &Opener::NONE },
            ContentKeys { secret: &scene.secret, life: &stranger.life, opener: &Opener::NONE },
            ContentKeys { secret: &scene.secret, life: &LifeKey::DEAD, opener: &Opener::NONE },
        ] {
            prop_assert_eq!(keys.open(&sealed, &place, &scene.ring), Err(DidNotOpen));
        }
        prop_assert!(stranger.opens(&sealed, &place).is_none());
        prop_assert!(open_link(&sealed, &scene.receipt, &scene.life, &place, &scene.ring).is_err());
        prop_assert!(ReceiptText::Recipient.open(&scene.link(), &scene.receipt, &place, &scene.ring).is_err());
    }

    #[test]
    fn arbitrary_bytes_open_nothing_and_panic_nowhere(seed: u64, bytes: Vec<u8>, text: String) {
        let scene = Scene::new(seed);
        prop_assert!(!scene.anything_opens(&Sealed::from_bytes(bytes.clone())));
        // With the right version and server key in front as well.
        let id = scene.ring.sealing().id().0;
        prop_assert!(!scene.anything_opens(&Sealed::from_bytes([&[1], &id[..], &bytes].concat())));
        let api_key = ApiKey::presented(text);
        prop_assert!(api_key.unwrap_account_key(&bytes).is_none());
        let mut rng = StdRng::seed_from_u64(seed);
        prop_assert!(AccountKey::make(&mut rng).open_listing(scene.place.row, &bytes).is_none());
    }

    #[test]
    fn arbitrary_texts_panic_nowhere(text: String, wanted: Option<i64>) {
        let _ = text.parse::<SecretKey>();
        let _ = ServerKey::parse(&text);
        let _ = first_address(&text);
        if let Ok(email) = text.parse::<Email>() {
            prop_assert!(obscure(&email).contains("*****@"));
        }
        let max = Lifetime::clamped(parse_ttl(&text).unwrap_or(0));
        let granted = Lifetime::granted(wanted, max);
        prop_assert!(granted <= max && granted >= Lifetime::MIN);
    }

    /// Any 31 characters of the alphabet are a key of some row; what they mean depends on the server key alone.
    #[test]
    fn every_key_means_a_row(text in "[a-z0-9]{31}", seed: u64) {
        let server = ServerKey::make(&mut StdRng::seed_from_u64(seed));
        let key: SecretKey = text.parse().unwrap();
        prop_assert!(key.row(&server).0 < Row::LIMIT);
        prop_assert_eq!(key.expose(), text);
    }
}

#[test]
fn a_passphrase_is_needed_to_the_byte() {
    let scene = Scene::new(1);
    let salt = Salt([3; 16]);
    let place = Place { kind: Kind::Passphrase(salt), ..scene.place };
    let stretched = |text: &str| Passphrase::new(text.to_owned().into()).unwrap().stretch(&salt);
    let with = |opener: &Opener| {
        let keys = ContentKeys { secret: &scene.secret, life: &scene.life, opener };
        let mut rng = StdRng::seed_from_u64(2);
        keys.seal(b"hello", &place, scene.ring.sealing(), &mut rng)
    };
    let sealed = with(&stretched("phrase"));
    for (opener, opens) in [
        (stretched("phrase"), true),
        (stretched("phrase "), false),
        (stretched("Phrase"), false),
        (Opener::NONE, false),
    ] {
        let keys = ContentKeys { secret: &scene.secret, life: &scene.life, opener: &opener };
        assert_eq!(keys.open(&sealed, &place, &scene.ring).is_ok(), opens);
    }
}

#[test]
fn an_older_server_key_opens_what_it_sealed() {
    let mut scene = Scene::new(1);
    let sealed = scene.content(b"hello");
    let hex = scene.ring.sealing().to_hex();
    let newer = ServerKey::make(&mut StdRng::seed_from_u64(9));
    let keys = ContentKeys { secret: &scene.secret, life: &scene.life, opener: &Opener::NONE };
    let both = Keyring::new(newer, vec![ServerKey::parse(&hex).unwrap()]);
    assert_eq!(keys.open(&sealed, &scene.place, &both).unwrap().expose(), b"hello");
    assert_ne!(scene.link().server_key(), Some(both.sealing().id()));
}
