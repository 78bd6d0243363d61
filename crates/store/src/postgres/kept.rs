//! The statements of kept copies, one function each. Who locks a secret and its copy locks the secret first.

use super::record::{life, number, place, sealed};
use super::step::Step;
use super::trouble::Trouble;
use crate::{Keep, Kept};
use burnbag_core::key::Check;
use burnbag_core::tag::Row;
use burnbag_core::time::Timestamp;

/// Keeps a copy of the secret at a row, in the step that ends it.
pub(super) async fn keep(step: Step<'_>, row: Row, keep: &Keep) -> Result<(), Trouble> {
    step.run(
        "INSERT INTO kept (row, until, repeat, given, life, sealed) VALUES ($1, $2, $3, FALSE, $4, $5)",
        &[
            &number(row),
            &keep.until.0,
            &&keep.repeat.0[..],
            &&keep.life.expose()[..],
            &keep.sealed.as_bytes(),
        ],
    )
    .await
    .map(drop)
}

/// Whose copy: row, check of the secret key, check of the idempotency key; and when.
pub(super) type Whose = (Row, Check, Check, Timestamp);

/// The kept copy of the secret at a row.
pub(super) async fn kept(step: Step<'_>, (row, check, repeat, now): &Whose) -> Result<Option<Kept>, Trouble> {
    let found = step
        .one(
            "SELECT created, expires, kind, salt, kept.life, kept.sealed FROM pair JOIN kept ON kept.row = pair.row
             WHERE pair.row = $1 AND secret_check = $2 AND repeat = $3 AND until > $4",
            &[&number(*row), &&check.0[..], &&repeat.0[..], &now.0],
        )
        .await?;
    let Some(found) = found else { return Ok(None) };
    Ok(Some(Kept { place: place(&found, *row)?, life: life(&found, 4)?, sealed: sealed(&found, 5)? }))
}

/// Notes that the kept copy is given out. Answers whether it stands.
pub(super) async fn redeliver(step: Step<'_>, (row, check, repeat, now): &Whose) -> Result<bool, Trouble> {
    let noted = step
        .run(
            "UPDATE kept SET given = TRUE WHERE row = $1 AND repeat = $3 AND until > $4
             AND EXISTS (SELECT 1 FROM pair WHERE pair.row = $1 AND secret_check = $2)",
            &[&number(*row), &&check.0[..], &&repeat.0[..], &now.0],
        )
        .await?;
    Ok(noted == 1)
}

/// Forgets the kept copy of a secret, for the holder of one of its keys.
pub(super) async fn forget(step: Step<'_>, (row, check): &(Row, Check)) -> Result<bool, Trouble> {
    let forgotten = step
        .run(
            "DELETE FROM kept WHERE row = $1 AND EXISTS (SELECT 1 FROM pair
                WHERE pair.row = $1 AND (secret_check = $2 OR receipt_check = $2))",
            &[&number(*row), &&check.0[..]],
        )
        .await?;
    Ok(forgotten == 1)
}

/// Forgets a copy that was not redelivered. Answers whether it stood.
pub(super) async fn forget_unread(step: Step<'_>, row: i64) -> Result<bool, Trouble> {
    Ok(step.run("DELETE FROM kept WHERE row = $1 AND NOT given", &[&row]).await? == 1)
}

/// Forgets what is kept of secrets, whose receipts go.
pub(super) async fn forget_rows(step: Step<'_>, rows: &[i64]) -> Result<(), Trouble> {
    step.run("DELETE FROM kept WHERE row = ANY($1)", &[&rows]).await.map(drop)
}

/// Forgets what is kept of an account's secrets.
pub(super) async fn forget_account(step: Step<'_>, account: i64) -> Result<(), Trouble> {
    let theirs = "DELETE FROM kept WHERE EXISTS (SELECT 1 FROM pair
        WHERE pair.row = kept.row AND pair.account = $1)";
    step.run(theirs, &[&account]).await.map(drop)
}

/// Forgets copies whose time is over, and answers how many.
pub(super) async fn sweep(step: Step<'_>, now: Timestamp, limit: i64) -> Result<u32, Trouble> {
    let over = "SELECT row FROM kept WHERE until <= $1 ORDER BY until LIMIT $2 FOR UPDATE SKIP LOCKED";
    let over = step.all(over, &[&now.0, &limit]).await?;
    let rows = over.iter().map(|over| over.try_get(0)).collect::<Result<Vec<i64>, _>>()?;
    if !rows.is_empty() {
        forget_rows(step, &rows).await?;
    }
    Ok(u32::try_from(rows.len()).unwrap_or(u32::MAX))
}
