//! The statements of secrets, one function each.

use super::record::{held, life, number, outline, outline_columns, place, sealed, small};
use super::step::Step;
use super::trouble::Trouble;
use super::{kept, outbox, parts};
use crate::{Claim, Glance, Held, Keep, Pair, Put, Take, Waiting};
use burnbag_core::key::Check;
use burnbag_core::opener::Kind;
use burnbag_core::seal::Sealed;
use burnbag_core::tag::Row;
use burnbag_core::time::Timestamp;
use tokio_postgres::types::ToSql;

/// Inserts a row where none is.
macro_rules! insert {
    () => {
        "INSERT INTO pair (row, due, created, expires, kind, strikes, copied, mailed, account, holder, held, notice,
            salt, secret_check, receipt_check, recipient, label, life, link, sealed, size, files)
         VALUES ($1, $2, $3, $2, $4, 0, FALSE, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
         ON CONFLICT (row) DO NOTHING"
    };
}

/// Moves the counter of row numbers by `count` and answers where it stood.
pub(super) async fn lease(step: Step<'_>, count: i64) -> Result<Row, Trouble> {
    let moved = "UPDATE counter SET value = value + $1 WHERE name = 'next_row' RETURNING value";
    let next = step.one(moved, &[&count]).await?.ok_or(Trouble::Corrupt("the counter of rows"))?;
    let next: i64 = next.try_get(0)?;
    Ok(Row((next - count).cast_unsigned()))
}

/// Inserts the row, the entry in the list, and the mails with it.
pub(super) async fn put(step: Step<'_>, pair: &Pair) -> Result<Put, Trouble> {
    if let (Some(held), None, true) = (pair.held, &pair.listing, pair.mails.is_empty()) {
        return insert_and_count(step, pair, held).await;
    }
    if !insert(step, pair).await? {
        return Ok(Put::RowExists);
    }
    list(step, pair).await?;
    outbox::post_with_secret(step, &pair.place, &pair.mails).await?;
    // Last, because others wait for the part until the commit.
    parts::add(step, pair.place.row, pair.held.map_or(0, |held| i64::from(held.bytes))).await?;
    Ok(Put::Stored)
}

/// Inserts the entry in the list, if there is one.
pub(super) async fn list(step: Step<'_>, pair: &Pair) -> Result<(), Trouble> {
    let Some(listing) = &pair.listing else { return Ok(()) };
    let entry = "INSERT INTO listing (account, created, row, sealed) VALUES ($1, $2, $3, $4)";
    let (row, created) = (number(pair.place.row), pair.place.created.0);
    step.run(entry, &[&listing.account.0, &created, &row, &listing.sealed_receipt_key]).await.map(drop)
}

/// Answers whether the row was free.
pub(super) async fn insert(step: Step<'_>, pair: &Pair) -> Result<bool, Trouble> {
    let columns = Columns::of(pair);
    Ok(step.run(insert!(), &columns.values(pair)).await? == 1)
}

/// What most do, who are not signed in: the row, and what it counts, in one statement instead of two that wait for each
/// other's answer.
async fn insert_and_count(step: Step<'_>, pair: &Pair, held: Held) -> Result<Put, Trouble> {
    let columns = Columns::of(pair);
    let (bytes, part) = (i64::from(held.bytes), parts::part(pair.place.row));
    let mut values: Vec<&(dyn ToSql + Sync)> = columns.values(pair).into();
    values.extend([&bytes as &(dyn ToSql + Sync), &part]);
    let counted = concat!(
        "WITH made AS (",
        insert!(),
        " RETURNING row) UPDATE held SET bytes = GREATEST(bytes + $20, 0) FROM made WHERE part = $21"
    );
    let counted = step.run(counted, &values).await?;
    Ok(if counted == 1 { Put::Stored } else { Put::RowExists })
}

/// The values of a new row that do not stand in it as the database has them.
struct Columns<'a> {
    row: i64,
    kind: i64,
    mailed: bool,
    account: Option<i64>,
    held: (Option<i64>, Option<i64>),
    notice: Option<i64>,
    salt: Option<&'a [u8]>,
    checks: [&'a [u8]; 2],
    recipient: Option<&'a [u8]>,
    label: Option<&'a [u8]>,
    life: &'a [u8],
    link: &'a [u8],
    sealed: &'a [u8],
    outline: (Option<i64>, Option<i64>),
}

impl<'a> Columns<'a> {
    fn of(pair: &'a Pair) -> Self {
        let salt = match &pair.place.kind {
            Kind::Passphrase(salt) => Some(&salt.0[..]),
            Kind::Open | Kind::Proof { .. } => None,
        };
        Self {
            row: number(pair.place.row),
            kind: i64::from(pair.place.kind.code()),
            mailed: !pair.mails.is_empty(),
            account: pair.listing.as_ref().map(|listing| listing.account.0),
            held: (pair.held.map(|held| held.holder.0), pair.held.map(|held| i64::from(held.bytes))),
            notice: pair.mailing.map(|mailing| i64::from(mailing.code().0)),
            salt,
            checks: [&pair.secret_check.0, &pair.receipt_check.0],
            recipient: pair.recipient.as_ref().map(Sealed::as_bytes),
            label: pair.label.as_ref().map(Sealed::as_bytes),
            life: pair.life.expose(),
            link: pair.link.as_bytes(),
            sealed: pair.sealed.as_bytes(),
            outline: outline_columns(pair.outline),
        }
    }

    /// In the order of `insert!`.
    fn values<'v>(&'v self, pair: &'v Pair) -> [&'v (dyn ToSql + Sync); 19] {
        [
            &self.row,
            &pair.place.expires.0,
            &pair.place.created.0,
            &self.kind,
            &self.mailed,
            &self.account,
            &self.held.0,
            &self.held.1,
            &self.notice,
            &self.salt,
            &self.checks[0],
            &self.checks[1],
            &self.recipient,
            &self.label,
            &self.life,
            &self.link,
            &self.sealed,
            &self.outline.0,
            &self.outline.1,
        ]
    }
}

/// Where, proved by what, and when: what finds a secret.
pub(super) type Asked = (Row, Check, Timestamp);

/// The secret that waits at a row.
pub(super) async fn peek(step: Step<'_>, (row, check, now): &Asked) -> Result<Option<Waiting>, Trouble> {
    let found = step
        .one(
            "SELECT created, expires, kind, salt, strikes, holder, held, life, link, sealed, size, files FROM pair
             WHERE row = $1 AND secret_check = $2 AND fate IS NULL AND expires > $3",
            &[&number(*row), &&check.0[..], &now.0],
        )
        .await?;
    let Some(found) = found else { return Ok(None) };
    Ok(Some(Waiting {
        place: place(&found, *row)?,
        life: life(&found, 7)?,
        sealed: sealed(&found, 9)?,
        link: sealed(&found, 8)?,
        outline: outline(&found, 10)?,
        strikes: small(&found, 4)?,
        held: held(&found, 5)?,
    }))
}

/// What may be told of the secret that waits at a row.
pub(super) async fn glance(step: Step<'_>, (row, check, now): &Asked) -> Result<Option<Glance>, Trouble> {
    let found = step
        .one(
            "SELECT created, expires, kind, salt, strikes, size, files, CAST(octet_length(sealed) AS BIGINT) FROM pair
             WHERE row = $1 AND secret_check = $2 AND fate IS NULL AND expires > $3",
            &[&number(*row), &&check.0[..], &now.0],
        )
        .await?;
    let Some(found) = found else { return Ok(None) };
    Ok(Some(Glance {
        place: place(&found, *row)?,
        outline: outline(&found, 5)?,
        length: small(&found, 7)?,
        strikes: small(&found, 4)?,
    }))
}

/// Ends a waiting secret, and what it counted, which waits where mails come first.
const END: &str = "WITH ended AS (
        UPDATE pair SET fate = $4, ended = $3, claim = $5, copied = $6, life = NULL, sealed = NULL, link = NULL,
            notice = CASE WHEN notice = $7 THEN $8 ELSE notice END
        WHERE row = $1 AND secret_check = $2 AND fate IS NULL AND expires > $3
        RETURNING held, mailed
    ), counted AS (
        UPDATE held SET bytes = GREATEST(bytes - ended.held, 0) FROM ended
        WHERE part = $9 AND ended.held <> 0 AND NOT $6 AND NOT ended.mailed
    ) SELECT held, mailed FROM ended";

/// Ends a waiting secret, and keeps a copy if that is asked for. The first statement decides who wins.
pub(super) async fn take(step: Step<'_>, (take, keep): &(Take, Option<Keep>)) -> Result<bool, Trouble> {
    let ended = step
        .one(
            END,
            &[
                &number(take.row),
                &&take.check.0[..],
                &take.now.0,
                &i64::from(take.fate.code()),
                &&take.claim.0[..],
                &keep.is_some(),
                &outbox::QUEUED,
                &outbox::ENDED,
                &parts::part(take.row),
            ],
        )
        .await?;
    let Some(ended) = ended else { return Ok(false) };
    let (held, mailed): (Option<i64>, bool) = (ended.try_get(0)?, ended.try_get(1)?);
    if mailed {
        outbox::taken(step, take.row, take.fate, take.now).await?;
    }
    if let Some(keep) = keep {
        kept::keep(step, take.row, keep).await?;
    }
    // Last, because others wait for the part until the commit.
    if mailed || keep.is_some() {
        parts::add(step, take.row, -held.unwrap_or(0)).await?;
    }
    Ok(true)
}

/// Whether a claim ended the secret at a row. Waits for who is about to commit its end.
pub(super) async fn settle(step: Step<'_>, (row, claim): &(Row, Claim)) -> Result<bool, Trouble> {
    let held = "SELECT claim FROM pair WHERE row = $1 FOR UPDATE";
    let Some(found) = step.one(held, &[&number(*row)]).await? else { return Ok(false) };
    Ok(found.try_get::<_, Option<&[u8]>>(0)?.is_some_and(|found| found == claim.0))
}

/// Puts a secret back that this claim ended.
pub(super) async fn release(
    step: Step<'_>,
    (claim, waiting, now): &(Claim, Waiting, Timestamp),
) -> Result<bool, Trouble> {
    let row = number(waiting.place.row);
    let mine =
        "SELECT copied, held, mailed FROM pair WHERE row = $1 AND claim = $2 AND expires > $3 FOR UPDATE";
    let Some(mine) = step.one(mine, &[&row, &&claim.0[..], &now.0]).await? else { return Ok(false) };
    // Nothing was given out of what the take left: it left no copy, or the copy stands and was not redelivered.
    if mine.try_get(0)? && !kept::forget_unread(step, row).await? {
        return Ok(false);
    }
    step.run(
        "UPDATE pair SET due = expires, fate = NULL, ended = NULL, claim = NULL, copied = FALSE, life = $2, link = $3,
            sealed = $4 WHERE row = $1",
        &[&row, &&waiting.life.expose()[..], &waiting.link.as_bytes(), &waiting.sealed.as_bytes()],
    )
    .await?;
    if mine.try_get(2)? {
        outbox::released(step, &waiting.place).await?;
    }
    let held: Option<i64> = mine.try_get(1)?;
    parts::add(step, waiting.place.row, held.unwrap_or(0)).await?;
    Ok(true)
}

/// Counts a wrong opener, or takes one back, and answers the count before it.
pub(super) async fn strike(
    step: Step<'_>,
    ((row, check, now), change): &(Asked, i32),
) -> Result<Option<u32>, Trouble> {
    let waits = "SELECT strikes FROM pair
        WHERE row = $1 AND secret_check = $2 AND fate IS NULL AND expires > $3 FOR UPDATE";
    let row = number(*row);
    let Some(found) = step.one(waits, &[&row, &&check.0[..], &now.0]).await? else { return Ok(None) };
    let before: u32 = small(&found, 0)?;
    let after = i64::from(before.saturating_add_signed(*change));
    step.run("UPDATE pair SET strikes = $2 WHERE row = $1", &[&row, &after]).await?;
    Ok(Some(before))
}
