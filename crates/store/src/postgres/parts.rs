//! What anonymous makers hold, in parts that add up.

use super::record::number;
use super::step::Step;
use super::trouble::Trouble;
use burnbag_core::tag::Row;
use std::collections::BTreeMap;

/// So many parts there are; a row counts in the part of its number.
const PARTS: i64 = 16;

/// The part of a row.
pub(super) const fn part(row: Row) -> i64 {
    number(row) % PARTS
}

/// Adds to the part of a row.
pub(super) async fn add(step: Step<'_>, row: Row, change: i64) -> Result<(), Trouble> {
    add_to(step, part(row), change).await
}

/// Adds to the parts of many rows. In their order, so that nobody holds one and waits for an earlier one.
pub(super) async fn add_all(
    step: Step<'_>,
    changes: impl Iterator<Item = (Row, i64)>,
) -> Result<(), Trouble> {
    let mut parts = BTreeMap::<i64, i64>::new();
    for (row, change) in changes {
        *parts.entry(part(row)).or_default() += change;
    }
    for (part, change) in parts {
        add_to(step, part, change).await?;
    }
    Ok(())
}

async fn add_to(step: Step<'_>, part: i64, change: i64) -> Result<(), Trouble> {
    if change != 0 {
        let added = "UPDATE held SET bytes = GREATEST(bytes + $2, 0) WHERE part = $1";
        step.run(added, &[&part, &change]).await?;
    }
    Ok(())
}

/// All parts together.
pub(super) async fn sum(step: Step<'_>, (): &()) -> Result<u64, Trouble> {
    let all = step.one("SELECT CAST(COALESCE(SUM(bytes), 0) AS BIGINT) FROM held", &[]).await?;
    let all: i64 = all.ok_or(Trouble::Corrupt("what is held"))?.try_get(0)?;
    Ok(all.unsigned_abs())
}
