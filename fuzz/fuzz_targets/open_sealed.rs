//! Sealed bytes from a store that somebody wrote into: nothing panics, and nothing opens that was not sealed here.
#![no_main]

use burnbag_core::account::{AccountKey, ApiKey};
use burnbag_core::key::{ReceiptKey, SecretKey};
use burnbag_core::life_key::LifeKey;
use burnbag_core::opener::{Kind, Opener, Salt};
use burnbag_core::seal::{ContentKeys, Place, ReceiptText, Sealed, open_link};
use burnbag_core::server_key::{Keyring, ServerKey};
use burnbag_core::tag::Row;
use burnbag_core::time::Timestamp;
use libfuzzer_sys::fuzz_target;
use rand::SeedableRng;
use rand::rngs::StdRng;
use std::sync::LazyLock;

/// The same in every run.
struct Scene {
    ring: Keyring,
    secret: SecretKey,
    receipt: ReceiptKey,
    life: LifeKey,
    api_key: ApiKey,
    account: AccountKey,
}

static SCENE: LazyLock<Scene> = LazyLock::new(|| {
    let rng = &mut StdRng::seed_from_u64(1);
    let server = ServerKey::make(rng);
    Scene {
        secret: SecretKey::make(Row(1), &server, rng),
        receipt: ReceiptKey::make(Row(1), &server, rng),
        life: LifeKey::make(rng),
        api_key: ApiKey::make(rng),
        account: AccountKey::make(rng),
        ring: Keyring::new(server, Vec::new()),
    }
});

fuzz_target!(|data: &[u8]| {
    let scene = &*SCENE;
    let id = scene.ring.sealing().id().0;
    // As they are, and behind a head that is ours, so that the rest is looked at too.
    for bytes in [data.to_vec(), [&[1], &id[..], data].concat()] {
        let sealed = Sealed::from_bytes(bytes);
        for kind in [Kind::Open, Kind::Passphrase(Salt([0; 16])), Kind::Proof { passphrase: true }] {
            let place = Place { row: Row(1), kind, created: Timestamp(0), expires: Timestamp(60) };
            let keys = ContentKeys { secret: &scene.secret, life: &scene.life, opener: &Opener::NONE };
            assert!(keys.open(&sealed, &place, &scene.ring).is_err());
            assert!(open_link(&sealed, &scene.receipt, &scene.life, &place, &scene.ring).is_err());
            for text in [ReceiptText::Recipient, ReceiptText::Label] {
                assert!(text.open(&sealed, &scene.receipt, &place, &scene.ring).is_err());
            }
            let repeat = "r".repeat(43).parse().expect("an idempotency key");
            assert!(keys.open_kept(&sealed, &place, &repeat, &scene.ring).is_err());
        }
    }
    assert!(scene.api_key.unwrap_account_key(data).is_none());
    assert!(scene.account.open_listing(Row(1), data).is_none());
    if let Ok(text) = str::from_utf8(data) {
        if let Ok(key) = text.parse::<SecretKey>() {
            assert!(key.row(scene.ring.sealing()).0 < Row::LIMIT);
        }
        let _ = ServerKey::parse(text);
        let _ = ApiKey::presented(text.to_owned()).id();
    }
});
