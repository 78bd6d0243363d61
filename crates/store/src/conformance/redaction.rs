//! The law of what is printed: no `Debug` of anything that a store gives or takes shows sealed bytes or keys.

use super::kept::Revealed;
use super::lists::{account, credential};
use super::outbox::{ALL, pick_one};
use super::{Fixture, NOW, Wish};
use burnbag_core::fate::Fate;
use std::fmt::{Debug, Write};

/// How bytes may be printed: as numbers, as hexadecimal digits, as text.
fn renderings(bytes: &[u8]) -> Vec<String> {
    let sample = &bytes[..bytes.len().min(8)];
    let numbers: Vec<String> = sample.iter().map(u8::to_string).collect();
    let hex = sample.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    });
    let text = String::from_utf8_lossy(sample).into_owned();
    vec![numbers.join(","), hex.to_uppercase(), hex, text]
}

fn assert_hides(printed: &dyn Debug, hidden: &[&[u8]]) {
    let mut text = format!("{printed:?}{printed:#?}");
    text.retain(|c| !c.is_whitespace());
    for bytes in hidden {
        for rendering in renderings(bytes) {
            assert!(!text.contains(&rendering), "shown: {text}");
        }
    }
}

/// Pairs, mails, what waits, receipts, lists, credentials, handles and errors print without what is secret in them.
pub async fn debug_shows_no_secrets(fixture: &mut Fixture) {
    let (id, key, api) = account(fixture, "someone@example.com").await;
    let sample = fixture.put(Wish { maker: Some((id, &key)), mails: ALL, ..Wish::default() }).await;
    let pair = &sample.pair;
    let waiting = fixture.one.peek(sample.row(), &sample.check(), NOW).await.expect("peek works");
    let receipt = fixture.one.receipt(sample.row(), &sample.receipt.check(), NOW).await;
    let list = fixture.one.recent(id, 10, NOW).await.expect("recent works");
    let unlocked = fixture.one.unlocked_by(&api.id(), NOW).await.expect("works");
    let mail = pick_one(&fixture.one, NOW).await;
    let fresh = credential(fixture, &key, &api);
    let credentials = fixture.one.credentials(id, NOW).await.expect("works");
    let id = api.id();
    let take = sample.take(Fate::Revealed, fixture.claim(), NOW);
    let revealed = Revealed::new(fixture, Wish::default()).await;
    let kept = revealed.kept(&fixture.one, NOW).await;
    let keep = &revealed.keep;
    let mut hidden: Vec<&[u8]> = vec![
        sample.secret.expose().as_bytes(),
        sample.receipt.expose().as_bytes(),
        pair.life.expose(),
        pair.sealed.as_bytes(),
        pair.link.as_bytes(),
        &pair.secret_check.0,
        &pair.receipt_check.0,
        &take.claim.0,
        keep.life.expose(),
        keep.sealed.as_bytes(),
        &keep.repeat.0,
        revealed.repeat.expose().as_bytes(),
        api.expose().as_bytes(),
        &fresh.wrapped,
        &id.0,
        b"someone@example.com",
    ];
    hidden.extend(pair.mails.iter().map(|mail| mail.sealed.as_bytes()));
    hidden.extend(pair.listing.as_ref().map(|listing| listing.sealed_receipt_key.as_slice()));
    hidden.extend(pair.recipient.as_ref().map(burnbag_core::seal::Sealed::as_bytes));
    hidden.extend(unlocked.as_ref().map(|unlocked| unlocked.wrapped.as_slice()));
    let store: &dyn Debug = &fixture.one;
    for printed in [
        pair as &dyn Debug,
        &pair.mails[1],
        &mail,
        &waiting,
        &receipt,
        &list,
        &unlocked,
        &fresh,
        &credentials,
        &take,
        keep,
        &kept,
        store,
    ] {
        assert_hides(printed, &hidden);
    }
}
