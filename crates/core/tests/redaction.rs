//! No `Debug` text of any type here shows what it holds.

use burnbag_core::account::{AccountKey, ApiKey, Email, InvitationToken, Password, SessionToken};
use burnbag_core::content::{Content, File};
use burnbag_core::envelope::Envelope;
use burnbag_core::fragment::Fragment;
use burnbag_core::idempotency_key::IdempotencyKey;
use burnbag_core::key::{ReceiptKey, SecretKey};
use burnbag_core::life_key::LifeKey;
use burnbag_core::opener::{Attempt, Passphrase, Salt};
use burnbag_core::password::make_password;
use burnbag_core::seal::{ContentKeys, Sealed};
use burnbag_core::sensitive::{SensitiveBytes, SensitiveText};
use burnbag_core::server_key::{Keyring, ServerKey};
use burnbag_core::tag::Row;
use data_encoding::HEXLOWER;
use rand::SeedableRng;
use rand::rngs::StdRng;
use std::fmt::Debug;

/// The text must not contain any of what is hidden, nor the bytes as Rust or as hexadecimal digits.
fn assert_hides(value: &dyn Debug, hidden: &[&[u8]]) {
    for text in [format!("{value:?}"), format!("{value:#?}")] {
        for hidden in hidden {
            let first: Vec<String> = hidden.iter().take(4).map(ToString::to_string).collect();
            let forms = [
                String::from_utf8_lossy(hidden).into_owned(),
                HEXLOWER.encode(hidden),
                first.join(", "),
                first.join(",\n    "),
            ];
            for form in forms {
                assert!(!text.contains(&form), "{text} shows {form}");
            }
        }
    }
}

#[test]
fn nothing_shows_what_it_holds() {
    const CANARY: &str = "CANARY-77aa";
    let canary = CANARY.as_bytes();
    let rng = &mut StdRng::seed_from_u64(5);
    let server = ServerKey::make(rng);
    let server_bytes = HEXLOWER.decode(server.to_hex().as_bytes()).unwrap();
    let (secret, receipt) = (SecretKey::make(Row(5), &server, rng), ReceiptKey::make(Row(5), &server, rng));
    let keys: [&[u8]; 2] = [secret.expose().as_bytes(), receipt.expose().as_bytes()];
    let life = LifeKey::from_bytes(*b"CANARY-77aaCANARY-77aaCANARY-77a");
    let passphrase = Passphrase::new(CANARY.to_owned().into()).unwrap();
    let opener = passphrase.stretch(&Salt([1; 16]));
    let api_key = ApiKey::make(rng);
    let account = AccountKey::make(rng);
    let password = make_password(12, rng);

    assert_hides(&SensitiveText::from(CANARY.to_owned()), &[canary]);
    assert_hides(&SensitiveBytes::from(canary.to_vec()), &[canary]);
    assert_hides(&password, &[password.expose().as_bytes()]);
    assert_hides(&secret, &keys);
    assert_hides(&receipt, &keys);
    assert_hides(&secret.check(), &[&secret.check().0]);
    assert_hides(&life, &[life.expose()]);
    assert_hides(&passphrase, &[canary]);
    assert_hides(&ContentKeys { secret: &secret, life: &life, opener: &opener }, &[keys[0], life.expose()]);
    let fragment = Fragment::make(true, rng);
    let keys = fragment.derive_keys(Some(&passphrase)).unwrap();
    let (shown, proof) = (fragment.expose(), keys.proof.expose());
    let repeat = IdempotencyKey::make(rng);
    let file = File { name: CANARY.into(), media_type: CANARY.into(), bytes: canary.to_vec().into() };
    assert_hides(&fragment, &[shown.as_bytes()]);
    assert_hides(&keys, &[shown.as_bytes(), proof.as_bytes()]);
    assert_hides(&keys.proof, &[proof.as_bytes()]);
    assert_hides(&repeat, &[repeat.expose().as_bytes()]);
    assert_hides(
        &Attempt { passphrase: Some(passphrase), proof: Some(keys.proof) },
        &[canary, proof.as_bytes()],
    );
    assert_hides(&Content::Text(CANARY.to_owned().into()), &[canary]);
    assert_hides(&Content::Files(vec![file]), &[canary]);
    assert_hides(&Envelope::from_bytes(canary.to_vec()), &[canary]);
    assert_hides(&server, &[&server_bytes]);
    assert_hides(&Keyring::new(server, Vec::new()), &[&server_bytes]);
    assert_hides(&Sealed::from_bytes(canary.to_vec()), &[canary]);
    assert_hides(&api_key, &[api_key.expose().as_bytes()]);
    assert_hides(&api_key.id(), &[&api_key.id().0]);
    let (session, invitation) = (SessionToken::make(rng), InvitationToken::make(rng));
    assert_hides(&session, &[session.expose().as_bytes(), session.form_token().as_bytes()]);
    assert_hides(&invitation, &[invitation.expose().as_bytes()]);
    let chosen = Password::new(&"CANARY-77aa-chosen".to_owned().into()).unwrap();
    let stretched = chosen.stretch(&"a@example.com".parse().unwrap(), &ServerKey::make(rng));
    assert_hides(&chosen, &[canary]);
    assert_hides(&stretched, &[&stretched.id().0]);
    assert_eq!(format!("{chosen:?} {stretched:?}"), "Password StretchedPassword");
    assert_eq!((format!("{account:?}"), format!("{opener:?}")), ("AccountKey".into(), "Opener".into()));
    assert_hides(&"canary-77aa@example.com".parse::<Email>().unwrap(), &[b"canary-77aa"]);
}
