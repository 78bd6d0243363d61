//! The sweep: what has expired ends, and receipts, kept copies, mails and credentials whose time is over go. What
//! somebody else has locked is left for the next time, so that nodes which sweep at once do not wait for each other.

use super::record::{held, row, time};
use super::step::Step;
use super::trouble::Trouble;
use super::{credentials, kept, outbox, parts, record::number};
use crate::{Held, Swept};
use burnbag_core::fate::{Fate, receipt_ends};
use burnbag_core::tag::Row;
use burnbag_core::time::Timestamp;
use tokio_postgres::Row as Record;

/// Whether there is anything to sweep. By the first entry of each index: asked whether something *exists*, the database
/// may read a whole table in the hope to meet it soon.
pub(super) async fn is_any_due(step: Step<'_>, now: &Timestamp) -> Result<bool, Trouble> {
    let first = step
        .one(
            "SELECT LEAST((SELECT MIN(due) FROM pair), (SELECT MIN(until) FROM kept),
                (SELECT MIN(expires) FROM credential WHERE expires IS NOT NULL),
                (SELECT MIN(until) FROM outbox WHERE until IS NOT NULL))",
            &[],
        )
        .await?;
    let first = first.map(|first| first.try_get::<_, Option<i64>>(0)).transpose()?.flatten();
    Ok(first.is_some_and(|first| first <= now.0))
}

/// Ends expired secrets, and removes receipts, kept copies, mails and credentials whose time is over.
pub(super) async fn sweep(step: Step<'_>, (now, limit): &(Timestamp, u32)) -> Result<Swept, Trouble> {
    let (now, limit) = (*now, i64::from(*limit));
    let due = due(step, now, limit).await?;
    let swept = sweep_due(step, &due, now).await?;
    let forgotten = kept::sweep(step, now, limit).await?;
    let mails = outbox::sweep(step, now, limit).await?;
    let credentials = credentials::sweep(step, now, limit).await?;
    // Last, because others wait for the parts until the commit.
    let expired = due.iter().filter(|due| due.waiting);
    let freed = expired.filter_map(|due| due.held.map(|held| (due.row, -i64::from(held.bytes))));
    parts::add_all(step, freed).await?;
    Ok(Swept { forgotten, credentials, mails, ..swept })
}

/// A row that the sweep must look at.
struct Due {
    row: Row,
    created: Timestamp,
    expires: Timestamp,
    waiting: bool,
    held: Option<Held>,
    mailed: bool,
}

impl Due {
    fn read(record: &Record) -> Result<Self, Trouble> {
        Ok(Self {
            row: row(record, 0)?,
            created: time(record, 1)?,
            expires: time(record, 2)?,
            waiting: record.try_get(3)?,
            held: held(record, 4)?,
            mailed: record.try_get(6)?,
        })
    }

    fn is_over(&self, now: Timestamp) -> bool {
        now >= receipt_ends(self.created, self.expires)
    }
}

async fn due(step: Step<'_>, now: Timestamp, limit: i64) -> Result<Vec<Due>, Trouble> {
    let due = "SELECT row, created, expires, fate IS NULL, holder, held, mailed FROM pair
        WHERE due <= $1 ORDER BY due LIMIT $2 FOR UPDATE SKIP LOCKED";
    step.all(due, &[&now.0, &limit]).await?.iter().map(Due::read).collect()
}

async fn sweep_due(step: Step<'_>, due: &[Due], now: Timestamp) -> Result<Swept, Trouble> {
    let which = |is_meant: &dyn Fn(&Due) -> bool| -> Vec<i64> {
        due.iter().filter(|due| is_meant(due)).map(|due| number(due.row)).collect()
    };
    let mailed = which(&|due| due.waiting && due.mailed);
    if !mailed.is_empty() {
        outbox::expired(step, &mailed, now).await?;
    }
    let over = which(&|due| due.is_over(now));
    if !over.is_empty() {
        remove(step, &over).await?;
    }
    let expired = which(&|due| due.waiting && !due.is_over(now));
    if !expired.is_empty() {
        let ended = "UPDATE pair SET fate = $2, ended = expires, life = NULL, sealed = NULL, link = NULL
            WHERE row = ANY($1)";
        step.run(ended, &[&expired, &i64::from(Fate::Expired.code())]).await?;
    }
    let stay = which(&|due| !due.is_over(now));
    if !stay.is_empty() {
        let next = "UPDATE pair SET due = expires + GREATEST(expires - created, 0) WHERE row = ANY($1)";
        step.run(next, &[&stay]).await?;
    }
    let waited = due.iter().filter(|due| due.waiting);
    Ok(Swept {
        expired: count(waited.clone().count()),
        receipts: count(over.len()),
        released: waited.filter_map(|due| due.held).collect(),
        ..Swept::default()
    })
}

/// Removes receipts with what belongs to them.
async fn remove(step: Step<'_>, over: &[i64]) -> Result<(), Trouble> {
    kept::forget_rows(step, over).await?;
    step.run(
        "DELETE FROM listing USING pair WHERE pair.row = ANY($1) AND listing.account = pair.account
            AND listing.created = pair.created AND listing.row = pair.row",
        &[&over],
    )
    .await?;
    step.run("DELETE FROM pair WHERE row = ANY($1)", &[&over]).await.map(drop)
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
