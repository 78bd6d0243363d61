//! The orders of kept copies, one function each.

use super::desk::Desk;
use super::key::Chest;
use super::order::{Order, PATIENCE};
use super::reply::{Fields, yes};
use super::script;
use super::secrets::content_lives;
use crate::{Keep, Kept, StoreError};
use burnbag_core::key::Check;
use burnbag_core::tag::Row;
use burnbag_core::time::Timestamp;

/// Whose copy: row, check of the secret key, check of the idempotency key; and when.
pub(super) type Whose = (Row, Check, Check, Timestamp);

/// A take's order, with what it keeps.
pub(super) fn with_copy(order: Order, keep: Option<&Keep>, now: Timestamp) -> Order {
    let Some(keep) = keep else { return order.names(&["", "", "", "", ""]) };
    let patience = super::secrets::patience(PATIENCE, keep.sealed.as_bytes().len());
    order
        .within(patience)
        .bytes(keep.repeat.0)
        .bytes(*keep.life.expose())
        .bytes(keep.sealed.as_bytes())
        .text(keep.until)
        .text(content_lives(keep.until.since(now)))
}

/// The kept copy of the secret at a row.
pub(super) async fn kept(desk: &Desk, (row, check, repeat, now): &Whose) -> Result<Option<Kept>, StoreError> {
    let chest = Chest::of_row(*row);
    let order = Order::read(chest.bucket, &script::KEPT, desk.keys.for_box(&chest, ""))
        .within(2 * PATIENCE)
        .text(&chest.name)
        .bytes(check.0)
        .bytes(repeat.0)
        .text(now)
        .names(&["created", "expires", "kind", "salt"]);
    let Some(mut found) = Fields::of(desk.run(&order).await?)? else { return Ok(None) };
    Ok(Some(Kept { place: found.place(0, *row)?, life: found.life(4)?, sealed: found.sealed(5)? }))
}

/// Notes that the kept copy is given out. Answers whether it stands.
pub(super) async fn redeliver(desk: &Desk, (row, check, repeat, now): &Whose) -> Result<bool, StoreError> {
    let chest = Chest::of_row(*row);
    let order = Order::write(chest.bucket, &script::REDELIVER, desk.keys.for_box(&chest, ""))
        .confirmed()
        .text(&chest.name)
        .bytes(check.0)
        .bytes(repeat.0)
        .text(now);
    Ok(yes(&desk.run(&order).await?)?)
}

/// Forgets the kept copy of a secret, for the holder of one of its keys.
pub(super) async fn forget(desk: &Desk, (row, check): &(Row, Check)) -> Result<bool, StoreError> {
    let chest = Chest::of_row(*row);
    let order = Order::write(chest.bucket, &script::FORGET, desk.keys.for_box(&chest, ""))
        .confirmed()
        .text(&chest.name)
        .bytes(check.0);
    Ok(yes(&desk.run(&order).await?)?)
}
