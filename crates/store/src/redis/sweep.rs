//! The sweep: what has expired ends, and receipts, kept copies, mails and credentials whose time is over go. Who is due is
//! asked of all buckets at once; each is then ended by a script that looks again, so that of two nodes one counts it.

use super::credentials;
use super::desk::Desk;
use super::key::{Bucket, Chest};
use super::lists;
use super::order::Order;
use super::outbox;
use super::reply::{Fields, ranked, yes};
use super::script::{self, Lua};
use super::trouble::Trouble;
use crate::{StoreError, Swept};
use burnbag_core::mail::MAIL_LIVES;
use burnbag_core::time::Timestamp;
use data_encoding::HEXLOWER;
use futures_util::future::join_all;
use redis::{Cmd, Value};

/// Scripts that are under way at the same time.
const AT_ONCE: usize = 64;

/// What is due of one index, by bucket.
type Due = Vec<(Bucket, String)>;

/// Ends expired secrets, and removes receipts, kept copies, mails and credentials whose time is over.
pub(super) async fn sweep(desk: &Desk, (now, limit): &(Timestamp, u32)) -> Result<Swept, StoreError> {
    let (now, limit) = (*now, usize::try_from(*limit).unwrap_or(usize::MAX));
    let [rows, copies, mails, credentials] = due(desk, now, limit).await?;
    let mut swept = sweep_rows(desk, &rows, now).await?;
    let order = |script: &'static Lua, chest: &Chest| {
        Order::write(chest.bucket, script, desk.keys.for_box(chest, "")).text(&chest.name)
    };
    let copies = copies
        .iter()
        .map(|(bucket, name)| order(&script::SWEEP_KEPT, &Chest::named(*bucket, name)).text(now));
    swept.forgotten = count(&run_all(desk, copies.collect()).await?)?;
    let mails = mails.iter().map(|(bucket, name)| {
        let (id, chest) = outbox::split(*bucket, name)?;
        Ok(order(&script::SWEEP_MAIL, &chest).text(HEXLOWER.encode(&id.0)).text(now))
    });
    swept.mails = count(&run_all(desk, mails.collect::<Result<_, Trouble>>()?).await?)?;
    let ids: Vec<String> = credentials.into_iter().map(|(_, id)| id).collect();
    swept.credentials = count(&run_all(desk, credentials::sweep_orders(desk, &ids, now).await?).await?)?;
    Ok(swept)
}

/// What is due: rows, copies, mails, credentials, of each at most so many.
async fn due(desk: &Desk, now: Timestamp, limit: usize) -> Result<[Due; 4], Trouble> {
    let ask = |bucket, name| -> (Bucket, Cmd) {
        let mut ask = redis::cmd("ZRANGEBYSCORE");
        ask.arg(desk.keys.of(bucket, name)).arg("-inf").arg(now.0).arg("WITHSCORES");
        ask.arg("LIMIT").arg(0).arg(limit);
        (bucket, ask)
    };
    let mut asked: Vec<_> = Vec::new();
    for name in ["due", "kept_due", "mail_until"] {
        asked.extend(Bucket::of_rows().map(|bucket| ask(bucket, name)));
    }
    asked.push(ask(Bucket::ACCOUNTS, "expiring"));
    let answers = desk.ask_all(&asked).await?;
    let mut due = [const { Vec::new() }; 4];
    for (at, ((bucket, _), answer)) in asked.iter().zip(answers).enumerate() {
        let found = ranked(answer)?.into_iter().map(|(name, when)| (when, *bucket, name));
        due[at / (Bucket::COUNT - 1)].extend(found);
    }
    Ok(due.map(|found| first(found, limit)))
}

/// Those that are due longest.
fn first(mut found: Vec<(f64, Bucket, String)>, limit: usize) -> Due {
    found.sort_by(|one, other| one.0.total_cmp(&other.0));
    found.truncate(limit);
    found.into_iter().map(|(_, bucket, name)| (bucket, name)).collect()
}

async fn sweep_rows(desk: &Desk, rows: &Due, now: Timestamp) -> Result<Swept, StoreError> {
    let orders = rows.iter().map(|(bucket, name)| {
        let chest = Chest::named(*bucket, name);
        Order::write(*bucket, &script::SWEEP, desk.keys.for_box(&chest, ""))
            .text(name)
            .text(now)
            .text(now.after(MAIL_LIVES))
    });
    let mut swept = Swept::default();
    for ((_, name), answer) in rows.iter().zip(run_all(desk, orders.collect()).await?) {
        let answer = Fields::of(answer)?.ok_or(Trouble::Corrupt("shape of an answer"))?;
        swept.expired += answer.number::<u32>(0)?;
        swept.receipts += answer.number::<u32>(1)?;
        swept.released.extend(answer.held(2)?);
        if let (Some(account), Some(key)) = (answer.maybe_number(3)?, answer.maybe_bytes(4)) {
            let row = name.parse().map_err(|_| Trouble::Corrupt("number of a row"))?;
            lists::delist(desk, account, &[lists::entry(burnbag_core::tag::Row(row), key)]).await;
        }
    }
    Ok(swept)
}

/// Runs many scripts, some at the same time.
pub(super) async fn run_all(desk: &Desk, orders: Vec<Order>) -> Result<Vec<Value>, StoreError> {
    let mut answers = Vec::with_capacity(orders.len());
    for some in orders.chunks(AT_ONCE) {
        for answer in join_all(some.iter().map(|order| desk.run(order))).await {
            answers.push(answer?);
        }
    }
    Ok(answers)
}

fn count(answers: &[Value]) -> Result<u32, Trouble> {
    answers.iter().map(|answer| Ok(u32::from(yes(answer)?))).sum()
}
