//! The orders of mails, one function each.

use super::accounts;
use super::desk::Desk;
use super::key::{Bucket, Chest};
use super::order::Order;
use super::reply::{Fields, ranked, word, yes};
use super::script::{self, Lua};
use super::trouble::Trouble;
use crate::mail::Said;
use crate::{Mail, Outgoing, Stamp, StoreError, StoredMail};
use burnbag_core::account::AccountId;
use burnbag_core::mail::{MAIL_LIVES, MailId, MailKind, Mailing};
use burnbag_core::seal::Place;
use burnbag_core::time::Timestamp;
use data_encoding::HEXLOWER;
use redis::Cmd;

/// Mails of each bucket that are looked at in one round trip.
const HEADS: usize = 16;

/// Until when a link is mailed.
pub(super) fn link_until(place: &Place) -> Timestamp {
    place.expires.min(place.created.after(MAIL_LIVES))
}

/// A mail of a secret that is stored with it.
pub(super) fn of_secret(mail: &Mail, place: &Place) -> StoredMail {
    let is_link = mail.kind == MailKind::Link;
    let (due, until) = (is_link.then_some(place.created), is_link.then(|| link_until(place)));
    StoredMail { mail: mail.clone(), since: place.created, due, until, paused: None, tries: 0, pick: 0 }
}

/// A mail of no secret.
fn alone(mail: &Mail, now: Timestamp) -> StoredMail {
    let (due, until) = (Some(now), Some(now.after(MAIL_LIVES)));
    StoredMail { mail: mail.clone(), since: now, due, until, paused: None, tries: 0, pick: 0 }
}

/// An order, with a mail.
fn with_mail(order: Order, stored: &StoredMail) -> Order {
    order
        .text(HEXLOWER.encode(&stored.mail.id.0))
        .text(stored.mail.kind.code())
        .maybe(stored.mail.account.map(|account| account.0))
        .bytes(stored.mail.sealed.as_bytes())
        .text(stored.since)
        .maybe(stored.due)
        .maybe(stored.until)
        .maybe(stored.paused)
        .text(stored.tries)
        .text(stored.pick)
}

/// An order, with mails and their number.
pub(super) fn with_mails(order: Order, mails: &[StoredMail]) -> Order {
    mails.iter().fold(order.text(mails.len()), with_mail)
}

/// What stores a mail of no secret, by one of two scripts.
pub(super) fn post_order(desk: &Desk, script: &'static Lua, stored: &StoredMail) -> Order {
    let chest = Chest::of_mail(&stored.mail.id);
    let order = Order::write(chest.bucket, script, desk.keys.for_box(&chest, "")).confirmed();
    with_mail(order.text(&chest.name), stored)
}

/// Posts a mail of no secret.
pub(super) async fn post(desk: &Desk, (mail, now): &(Mail, Timestamp)) -> Result<(), StoreError> {
    let order = post_order(desk, &script::POST, &alone(mail, *now));
    match word(desk.run(&order).await?)?.as_str() {
        "stored" => Ok(()),
        _ => Err(Trouble::Other("the mail exists".to_owned()).into()),
    }
}

/// Picks the mail that is due longest. Others pick at the same time: who finds that one is not due any more looks for
/// the next.
pub(super) async fn pick(
    desk: &Desk,
    (now, until): &(Timestamp, Timestamp),
) -> Result<Option<Outgoing>, StoreError> {
    let mut from = 0;
    loop {
        let heads = due(desk, *now, from).await?;
        if heads.is_empty() {
            return Ok(None);
        }
        for (bucket, name) in heads {
            let (id, chest) = split(bucket, &name)?;
            let order = Order::write(bucket, &script::PICK, desk.keys.for_box(&chest, ""))
                .text(&chest.name)
                .text(HEXLOWER.encode(&id.0))
                .text(now)
                .text(until);
            if let Some(picked) = Fields::of(desk.run(&order).await?)? {
                return Ok(outgoing(desk, id, &chest, picked).await?);
            }
        }
        // Those that are over and not swept yet stand before others.
        from += HEADS;
    }
}

/// Mails that are due, of each bucket a few, the one that is due longest first.
async fn due(desk: &Desk, now: Timestamp, from: usize) -> Result<Vec<(Bucket, String)>, Trouble> {
    let ask = |bucket| -> (Bucket, Cmd) {
        let mut ask = redis::cmd("ZRANGEBYSCORE");
        ask.arg(desk.keys.of(bucket, "mail_due")).arg("-inf").arg(now.0).arg("WITHSCORES");
        ask.arg("LIMIT").arg(from).arg(HEADS);
        (bucket, ask)
    };
    let asked: Vec<_> = Bucket::of_rows().map(ask).collect();
    let mut found = Vec::new();
    for ((bucket, _), heads) in asked.iter().zip(desk.ask_all(&asked).await?) {
        found.extend(ranked(heads)?.into_iter().map(|(name, due)| (due, name, *bucket)));
    }
    found.sort_by(|one, other| one.0.total_cmp(&other.0).then_with(|| one.1.cmp(&other.1)));
    Ok(found.into_iter().map(|(_, name, bucket)| (bucket, name)).collect())
}

/// The id and the box that an index names.
pub(super) fn split(bucket: Bucket, name: &str) -> Result<(MailId, Chest), Trouble> {
    let broken = Trouble::Corrupt("name of a mail");
    let (id, chest) = name.split_once('/').ok_or(broken)?;
    let id = HEXLOWER.decode(id.as_bytes()).ok().and_then(|id| id.try_into().ok());
    Ok((MailId(id.ok_or(Trouble::Corrupt("id of a mail"))?), Chest::named(bucket, chest)))
}

/// A mail of a kind that this release does not know is not sent.
async fn outgoing(
    desk: &Desk,
    id: MailId,
    chest: &Chest,
    mut picked: Fields,
) -> Result<Option<Outgoing>, Trouble> {
    let Some(kind) = MailKind::from_code(picked.number(0)?) else { return Ok(None) };
    let account = match picked.maybe_number(1)? {
        Some(number) => accounts::with_number(desk, AccountId(number)).await?,
        None => None,
    };
    Ok(Some(Outgoing {
        id,
        kind,
        row: chest.row(),
        account,
        since: picked.time(2)?,
        until: picked.time(3)?,
        tries: picked.number(4)?,
        pick: picked.number(5)?,
        sealed: picked.sealed(6)?,
    }))
}

/// Notes what became of a mail that was picked.
pub(super) async fn stamp(
    desk: &Desk,
    (mail, stamp, now): &(Outgoing, Stamp, Timestamp),
) -> Result<bool, StoreError> {
    let chest = mail.row.map_or_else(|| Chest::of_mail(&mail.id), Chest::of_row);
    let (what, due) = match *stamp {
        Stamp::Sent => ("sent", *now),
        Stamp::Still(until) => ("still", until),
        Stamp::Later(due, _) => ("later", due),
        Stamp::Untried => ("untried", *now),
        Stamp::Refused(_) | Stamp::Dropped => ("over", *now),
    };
    let (word, detail, always) = said(mail, *stamp, *now);
    let order = Order::write(chest.bucket, &script::STAMP, desk.keys.for_box(&chest, ""))
        .text(&chest.name)
        .text(HEXLOWER.encode(&mail.id.0))
        .text(mail.pick)
        .text(what)
        .text(due)
        .maybe(word)
        .text(detail)
        .text(u8::from(always));
    Ok(yes(&desk.run(&order).await?)?)
}

/// What the receipt is to say, if anything: its word, its detail ("=": as before), and whether it says so in any case.
fn said(mail: &Outgoing, stamp: Stamp, now: Timestamp) -> (Option<u8>, String, bool) {
    let mailing = match mail.said(stamp, now) {
        Said::Nothing => return (None, String::new(), false),
        Said::GivenUp => return (Some(Mailing::GivenUp(None).code().0), "=".to_owned(), false),
        Said::Now(mailing) => mailing,
    };
    let (word, detail) = mailing.code();
    (Some(word), detail.map(|detail| detail.to_string()).unwrap_or_default(), stamp == Stamp::Sent)
}
