//! The account key: nothing that the server holds leads to it.

use crate::accounts::{ANN, PASSWORD, ann, invited, text};
use crate::support::{TestServer, post};
use burnbag_core::account::{AccountKey, ApiKey, InvitationToken, Password, SessionToken};
use burnbag_core::server_key::ServerKey;
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};

/// Whatever is unwrapped by what store and server key hold is no account key: no credential, no list.
#[tokio::test]
async fn what_the_server_holds_unwraps_no_account_key() {
    let server = TestServer::configured(|config| config.server_key = Some(server_key().into())).await;
    let (key, token, session) = ann(&server).await;
    invited(&server, ANN, 1).await;
    server.send(&post("/api/v1/share?secret=hello").basic(&key)).await.keys();
    let vault = &server.app.vault;
    let mut held =
        vec![HEXLOWER.decode(server_key().as_bytes()).expect("hexadecimal"), ANN.as_bytes().to_vec()];
    for known in vault.store().server_keys().await.expect("the store") {
        held.extend([known.id.0.to_vec(), known.check.to_vec()]);
    }
    let mut wrapped = Vec::new();
    for view in vault.credentials(&session).await.expect("the store") {
        let unlocked = vault.store().unlocked_by(&view.id, vault.now()).await;
        wrapped.push(unlocked.expect("the store").expect("it stands").wrapped);
        held.push(view.id.0.to_vec());
    }
    assert_eq!(wrapped.len(), 4, "of each kind one");
    let list = vault.store().recent(session.account.id, 10, vault.now()).await.expect("the store");
    let entry = &list[0];
    held.extend(wrapped.clone());
    held.push(entry.sealed_receipt_key.clone());
    let opens =
        |key: &AccountKey| key.open_listing(entry.receipt.place.row, &entry.sealed_receipt_key).is_some();
    // The search finds what is there to be found, with the right credential among what is held.
    let tokens = BASE64URL_NOPAD.decode(token.expose().as_bytes()).expect("base64url");
    for right in [key.api_key.clone().into_bytes(), tokens, PASSWORD.as_bytes().to_vec()] {
        assert!(unwrapped(&[right], &wrapped).iter().any(opens));
    }
    assert!(unwrapped(&held, &wrapped).is_empty());
}

fn server_key() -> String {
    format!("{}ff", "0a".repeat(31))
}

/// Everything that is unwrapped with what is held, taken as each kind of credential.
fn unwrapped(held: &[Vec<u8>], wrapped: &[Vec<u8>]) -> Vec<AccountKey> {
    let server = ServerKey::parse(&server_key()).expect("a server key");
    let email = ANN.parse().expect("an address");
    let mut found = Vec::new();
    for bytes in held {
        let texts = [String::from_utf8_lossy(bytes).into_owned(), HEXLOWER.encode(bytes)];
        for spelled in &texts {
            let api_key = ApiKey::presented(spelled.clone());
            let password = Password::presented(&text(spelled)).stretch(&email, &server);
            found.extend(wrapped.iter().filter_map(|one| api_key.unwrap_account_key(one)));
            found.extend(wrapped.iter().filter_map(|one| password.unwrap_account_key(one)));
        }
        for window in bytes.windows(32) {
            let spelled = BASE64URL_NOPAD.encode(window);
            let session: SessionToken = spelled.parse().expect("a token");
            let invitation: InvitationToken = spelled.parse().expect("a token");
            found.extend(wrapped.iter().filter_map(|one| session.unwrap_account_key(one)));
            found.extend(wrapped.iter().filter_map(|one| invitation.unwrap_account_key(one)));
        }
    }
    found
}
