//! The orders of secrets, one function each.

use super::desk::{Desk, Failure};
use super::key::{Bucket, Chest};
use super::order::{Order, PATIENCE};
use super::reply::{Fields, held_text, word, yes};
use super::script;
use super::trouble::Trouble;
use super::{kept, lists, outbox};
use crate::{Claim, Glance, Keep, Pair, Put, StoreError, Take, Waiting};
use burnbag_core::fate::receipt_ends;
use burnbag_core::key::Check;
use burnbag_core::mail::{MAIL_LIVES, MAIL_PAUSE};
use burnbag_core::opener::Kind;
use burnbag_core::outline::Form;
use burnbag_core::seal::{Place, Sealed};
use burnbag_core::tag::Row;
use burnbag_core::time::Timestamp;
use data_encoding::HEXLOWER;
use std::time::Duration;

/// How long an outcome, and the way back, are waited for.
const SETTLING: Duration = Duration::from_secs(3);
/// What is read of a secret.
const FIELDS: [&str; 9] = ["created", "expires", "kind", "salt", "strikes", "size", "files", "life", "link"];
/// How long the engine keeps what nobody swept: an hour longer than the sweep would. It counts from when it got it, so
/// that its clock need not be ours.
const SLACK: i64 = 60 * 60;
const DAY: i64 = 24 * SLACK;
/// No engine counts further.
const LONGEST: i64 = 100 * 365 * DAY;

/// Where, proved by what, and when: what finds a secret.
pub(super) type Asked = (Row, Check, Timestamp);

/// How long the engine keeps a content at most.
pub(super) fn content_lives(seconds: i64) -> i64 {
    seconds.clamp(0, LONGEST).saturating_add(SLACK)
}

/// How long the engine keeps a receipt, or an entry in a list, at most.
pub(super) fn receipt_lives(place: &Place) -> i64 {
    let lives = receipt_ends(place.created, place.expires).since(place.created);
    lives.clamp(0, LONGEST).saturating_add(DAY)
}

/// Who sends so many bytes may take longer.
pub(super) fn patience(base: Duration, bytes: usize) -> Duration {
    base + Duration::from_secs(u64::try_from(bytes / 2_000_000).unwrap_or(0))
}

/// Stores a pair: its entry in the list first, which is ignored as long as there is no pair.
pub(super) async fn put(desk: &Desk, pair: &Pair) -> Result<Put, StoreError> {
    if let Some(listing) = &pair.listing {
        lists::enlist(desk, listing, &pair.place).await?;
    }
    let token = desk.token(&pair.secret_check.0);
    let chest = Chest::of_row(pair.place.row);
    let order = put_order(desk, pair, &chest, &token);
    let is_done = match desk.run(&order).await {
        Ok(said) => match word(said)?.as_str() {
            "stored" => return Ok(Put::Stored),
            // The entry may be that of who is there: this very pair, put again by who did not hear that it was stored.
            "exists" => return Ok(Put::RowExists),
            _ => Err(Failure::from(Trouble::Other("the mail exists".to_owned()))),
        },
        // Too few replicas have it, or nobody knows how many: who finds it there must not take it for acknowledged. What
        // stays has no reader: nobody was told of it.
        Err(Failure { trouble, is_in_doubt: true }) if desk.servers.dial.url.replicas > 0 => {
            let undo = Order::write(chest.bucket, &script::UNDO, desk.keys.for_box(&chest, ""));
            let _ = desk.run(&undo.text(&chest.name).text(token).confirmed()).await;
            Err(Failure::from(trouble))
        }
        Err(failure) => return Err(failure.into()),
    };
    if let Some(listing) = &pair.listing {
        lists::delist(desk, listing.account.0, &[lists::entry(pair.place.row, &listing.sealed_receipt_key)])
            .await;
    }
    is_done.map_err(StoreError::from)
}

fn put_order(desk: &Desk, pair: &Pair, chest: &Chest, token: &str) -> Order {
    let place = &pair.place;
    let order = Order::write(chest.bucket, &script::PUT, desk.keys.for_box(chest, ""))
        .within(patience(PATIENCE, pair.sealed.as_bytes().len()))
        .confirmed()
        .text(&chest.name)
        .text(token)
        .text(place.expires)
        .text(receipt_lives(place))
        .bytes(pair.sealed.as_bytes())
        .text(content_lives(place.expires.since(place.created)))
        .maybe(pair.held.map(held_text));
    let mails: Vec<_> = pair.mails.iter().map(|mail| outbox::of_secret(mail, place)).collect();
    fields(outbox::with_mails(order, &mails), pair)
}

/// The pair's fields, as names and values; what there is not is left out.
pub(super) fn fields(order: Order, pair: &Pair) -> Order {
    let place = &pair.place;
    let mut order = order
        .names(&["created"])
        .text(place.created)
        .names(&["expires"])
        .text(place.expires)
        .names(&["ends"])
        .text(receipt_ends(place.created, place.expires))
        .names(&["kind"])
        .text(place.kind.code())
        .names(&["secret_check"])
        .bytes(pair.secret_check.0)
        .names(&["receipt_check"])
        .bytes(pair.receipt_check.0)
        .names(&["life"])
        .bytes(*pair.life.expose())
        .names(&["link"])
        .bytes(pair.link.as_bytes());
    let salt = match &place.kind {
        Kind::Passphrase(salt) => Some(salt.0.to_vec()),
        Kind::Open | Kind::Proof { .. } => None,
    };
    let bytes = |sealed: &Option<Sealed>| sealed.as_ref().map(|sealed| sealed.as_bytes().to_vec());
    let text = |text: String| text.into_bytes();
    let outline = pair.outline.as_ref();
    let files = outline.and_then(|outline| match outline.form {
        Form::Files(count) => Some(count.unwrap_or(0)),
        Form::Text => None,
    });
    let mailing = pair.mailing.map(burnbag_core::mail::Mailing::code);
    let listing = pair.listing.as_ref();
    for (name, value) in [
        ("salt", salt),
        ("recipient", bytes(&pair.recipient)),
        ("label", bytes(&pair.label)),
        ("size", outline.map(|outline| text(outline.size.to_string()))),
        ("files", files.map(|files| text(files.to_string()))),
        ("mailing", mailing.map(|(code, _)| text(code.to_string()))),
        ("mailed", mailing.and_then(|(_, detail)| detail).map(|detail| text(detail.to_string()))),
        ("account", listing.map(|listing| text(listing.account.0.to_string()))),
        ("entry", listing.map(|listing| listing.sealed_receipt_key.clone())),
        ("held", pair.held.map(|held| text(held_text(held)))),
    ] {
        if let Some(value) = value {
            order = order.names(&[name]).bytes(value);
        }
    }
    order
}

/// The secret that waits at a row.
pub(super) async fn peek(desk: &Desk, (row, check, now): &Asked) -> Result<Option<Waiting>, StoreError> {
    let chest = Chest::of_row(*row);
    let order = Order::read(chest.bucket, &script::PEEK, desk.keys.for_box(&chest, ""))
        .within(2 * PATIENCE)
        .text(&chest.name)
        .bytes(check.0)
        .text(now);
    let found = desk.run(&order.names(&FIELDS).names(&["held"])).await?;
    let Some(mut found) = Fields::of(found)? else { return Ok(None) };
    Ok(Some(Waiting {
        place: found.place(0, *row)?,
        life: found.life(7)?,
        sealed: found.sealed(10)?,
        link: found.sealed(8)?,
        outline: found.outline(5)?,
        strikes: found.maybe_number(4)?.unwrap_or(0),
        held: found.held(9)?,
    }))
}

/// What may be told of the secret that waits at a row.
pub(super) async fn glance(desk: &Desk, (row, check, now): &Asked) -> Result<Option<Glance>, StoreError> {
    let chest = Chest::of_row(*row);
    let order = Order::read(chest.bucket, &script::GLANCE, desk.keys.for_box(&chest, ""))
        .text(&chest.name)
        .bytes(check.0)
        .text(now);
    let found = desk.run(&order.names(&FIELDS[..7])).await?;
    let Some(found) = Fields::of(found)? else { return Ok(None) };
    Ok(Some(Glance {
        place: found.place(0, *row)?,
        outline: found.outline(5)?,
        length: found.number(7)?,
        strikes: found.maybe_number(4)?.unwrap_or(0),
    }))
}

/// Ends a waiting secret, and keeps a copy if that is asked for.
pub(super) async fn take(desk: &Desk, (take, keep): &(Take, Option<Keep>)) -> Result<bool, StoreError> {
    let chest = Chest::of_row(take.row);
    let claim = HEXLOWER.encode(&take.claim.0);
    let pause = take.now.after(MAIL_PAUSE);
    let order = Order::write(chest.bucket, &script::TAKE, desk.keys.for_box(&chest, &claim))
        .timed()
        .confirmed()
        .text(&chest.name)
        .bytes(take.check.0)
        .text(take.fate.code())
        .bytes(take.claim.0)
        .text(take.now)
        .text(pause)
        .text(pause.after(MAIL_LIVES));
    let said = desk.run(&kept::with_copy(order, keep.as_ref(), take.now)).await?;
    let said = Fields::of(said)?.ok_or(Trouble::Corrupt("shape of an answer"))?;
    match said.text(0)? {
        "won" => Ok(true),
        "lost" => Ok(false),
        _ => Err(Trouble::Other("it was given up before it was done".to_owned()).into()),
    }
}

/// Whether a claim ended the secret at a row. What is on its way with it is refused from then on.
pub(super) async fn settle(desk: &Desk, (row, claim): &(Row, Claim)) -> Result<bool, StoreError> {
    let chest = Chest::of_row(*row);
    let keys = desk.keys.for_box(&chest, &HEXLOWER.encode(&claim.0));
    let order = Order::write(chest.bucket, &script::SETTLE, keys)
        .within(SETTLING)
        .confirmed()
        .text(&chest.name)
        .bytes(claim.0)
        .text(u8::from(desk.servers.dial.url.replicas > 0));
    let answer = desk.run(&order).await.map_err(|failure| failure.trouble)?;
    Ok(yes(&answer)?)
}

/// Puts a secret back that this claim ended.
pub(super) async fn release(
    desk: &Desk,
    (claim, waiting, now): &(Claim, Waiting, Timestamp),
) -> Result<bool, StoreError> {
    let place = &waiting.place;
    let chest = Chest::of_row(place.row);
    let order =
        Order::write(chest.bucket, &script::RELEASE, desk.keys.for_box(&chest, &HEXLOWER.encode(&claim.0)))
            .within(patience(SETTLING, waiting.sealed.as_bytes().len()))
            .confirmed()
            .text(&chest.name)
            .bytes(claim.0)
            .text(now)
            .text(desk.token(&claim.0))
            .bytes(*waiting.life.expose())
            .bytes(waiting.link.as_bytes())
            .bytes(waiting.sealed.as_bytes())
            .text(content_lives(place.expires.since(*now)))
            .text(outbox::link_until(place));
    Ok(yes(&desk.run(&order).await?)?)
}

/// Counts a wrong opener, or takes one back, and answers the count before it.
pub(super) async fn strike(
    desk: &Desk,
    ((row, check, now), change): &(Asked, i32),
) -> Result<Option<u32>, StoreError> {
    let chest = Chest::of_row(*row);
    let order = Order::write(chest.bucket, &script::STRIKE, desk.keys.for_box(&chest, ""))
        .text(&chest.name)
        .bytes(check.0)
        .text(now)
        .text(change);
    let before: Option<u32> =
        redis::from_redis_value(desk.run(&order).await?).map_err(|_| Trouble::Corrupt("a number"))?;
    Ok(before)
}

/// Forgives all wrong openers, for the receipt's holder.
pub(super) async fn unlock(desk: &Desk, (row, check, now): &Asked) -> Result<bool, StoreError> {
    let chest = Chest::of_row(*row);
    let order = Order::write(chest.bucket, &script::UNLOCK, desk.keys.for_box(&chest, ""))
        .text(&chest.name)
        .bytes(check.0)
        .text(now);
    Ok(yes(&desk.run(&order).await?)?)
}

/// Bytes that secrets of anonymous makers occupy, of all buckets together.
pub(super) async fn held(desk: &Desk) -> Result<u64, StoreError> {
    let ask = |bucket| {
        let mut ask = redis::cmd("GET");
        ask.arg(desk.keys.of(bucket, "sum"));
        (bucket, ask)
    };
    let asked: Vec<_> = Bucket::of_rows().map(ask).collect();
    let mut sum = 0_u64;
    for part in desk.ask_all(&asked).await? {
        let part: Option<i64> =
            redis::from_redis_value(part).map_err(|_| Trouble::Corrupt("what is held"))?;
        sum = sum.saturating_add(u64::try_from(part.unwrap_or(0)).unwrap_or(0));
    }
    Ok(sum)
}
