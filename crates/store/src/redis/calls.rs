//! Calls that all nodes count together: one short step on the engine, by its own clock.

use super::desk::Desk;
use super::key::Bucket;
use super::order::Order;
use super::reply::count;
use super::script;
use crate::{Caller, Counted, Quota, StoreError};
use data_encoding::HEXLOWER;
use std::time::Duration;

/// Who waits longer is not told: he counts for himself.
const PATIENCE: Duration = Duration::from_secs(1);

/// Counts a call.
pub(super) async fn count_call(desk: &Desk, caller: Caller, quota: Quota) -> Result<Counted, StoreError> {
    let bucket = Bucket::of_caller(&caller);
    let key = desk.keys.of(bucket, &format!("calls:{}", HEXLOWER.encode(&caller.0)));
    let order = Order::write(bucket, &script::COUNT, vec![key]).within(PATIENCE);
    let wait = count(&desk.run(&order.text(quota.calls.max(1)).text(quota.seconds.max(1))).await?)?;
    Ok(if wait == 0 { Counted::Allowed } else { Counted::Wait(wait.unsigned_abs()) })
}
