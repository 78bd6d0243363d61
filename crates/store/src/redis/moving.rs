//! Moving what the store holds: marks in every slot that nothing changes any more, records in the order of indexes, and
//! the way in and out of them.

mod export;
mod import;

use super::Redis;
use super::desk::Desk;
use super::key::Bucket;
use super::order::Order;
use super::script;
use super::servers::Use;
use super::trouble::Trouble;
use crate::{Cursor, Import, LastMove, MoveId, Moving, Piece, Record, Stage, StoreError};
use async_trait::async_trait;
use data_encoding::HEXLOWER;
use futures_util::future::try_join_all;

/// What stays when everything else is removed, beside the marks that nothing changes: numbers go on.
const STAYS: [&str; 3] = ["counters", "server_keys", "last_move"];
/// Names that a server looks through in one step.
const STEP: u32 = 1000;

#[async_trait]
impl Moving for Redis {
    async fn last_move(&self) -> Result<Option<LastMove>, StoreError> {
        let mut ask = redis::cmd("GET");
        ask.arg(self.desk.keys.of_accounts("last_move"));
        let found = self.desk.ask(Bucket::ACCOUNTS, &ask).await?;
        let found: Option<String> = redis::from_redis_value(found).map_err(|_| MARK)?;
        Ok(found.as_deref().map(read_mark).transpose()?)
    }

    async fn set_last_move(&self, last: Option<LastMove>) -> Result<(), StoreError> {
        self.write(move |desk| async move { set_last_move(&desk, last).await }).await
    }

    async fn export(&self, from: Cursor, limit: u32) -> Result<Piece, StoreError> {
        export::export(&self.desk, from, usize::try_from(limit).unwrap_or(usize::MAX)).await
    }

    async fn import(&self, records: Vec<Record>) -> Result<Import, StoreError> {
        self.write(move |desk| async move { import::import(&desk, &records).await }).await
    }

    async fn erase(&self) -> Result<(), StoreError> {
        self.write(move |desk| async move { erase(&desk).await }).await
    }
}

const MARK: Trouble = Trouble::Corrupt("what the store is in a move");

fn read_mark(text: &str) -> Result<LastMove, Trouble> {
    let (id, stage) = text.split_once(' ').ok_or(MARK)?;
    let id = HEXLOWER.decode(id.as_bytes()).ok().and_then(|id| id.try_into().ok()).ok_or(MARK)?;
    let stage = stage.parse().ok().and_then(Stage::from_code).ok_or(MARK)?;
    Ok((MoveId(id), stage))
}

/// Who is stopped in between leaves a store that says at least as much as is true: nobody begins to serve it, or, once
/// everything arrived, nobody changes all of it before the same copy has been run again.
async fn set_last_move(desk: &Desk, last: Option<LastMove>) -> Result<(), StoreError> {
    let text = last.map(|(id, stage)| format!("{} {}", HEXLOWER.encode(&id.0), stage.code()));
    let note = mark(desk, Bucket::ACCOUNTS, "last_move", text.as_deref());
    let closed = last.map(|(_, stage)| stage).filter(|stage| stage.is_closed());
    let closed = closed.map(|stage| if stage == Stage::Arriving { "arriving" } else { "1" });
    let marks: Vec<Order> = Bucket::all().map(|bucket| mark(desk, bucket, "closed", closed)).collect();
    if last.is_some() {
        desk.run(&note).await?;
    }
    // Each is a step of its slot: what came before is done, what comes behind is refused.
    try_join_all(marks.iter().map(|mark| desk.run(mark))).await?;
    if last.is_none() {
        desk.run(&note).await?;
    }
    Ok(())
}

fn mark(desk: &Desk, bucket: Bucket, name: &str, text: Option<&str>) -> Order {
    Order::write(bucket, &script::MARK, vec![desk.keys.of(bucket, name)]).confirmed().maybe(text)
}

/// Removes all keys but a few, until there are none.
async fn erase(desk: &Desk) -> Result<(), StoreError> {
    loop {
        let mut removed = 0;
        for node in desk.servers.all().await? {
            let line = node.line(&desk.servers.dial, Use::Read).await?;
            let mut cursor = 0_u64;
            loop {
                let mut scan = redis::cmd("SCAN");
                scan.arg(cursor).arg("MATCH").arg(desk.keys.pattern()).arg("COUNT").arg(STEP);
                let found: Result<(u64, Vec<String>), _> = redis::from_redis_value(line.one(scan).await?);
                let (next, names) = found.map_err(|_| Trouble::Corrupt("names of keys"))?;
                removed += unlink(desk, &names).await?;
                cursor = next;
                if cursor == 0 {
                    break;
                }
            }
        }
        if removed == 0 {
            return Ok(());
        }
    }
}

/// Removes those of these keys that do not stay, and answers how many.
async fn unlink(desk: &Desk, names: &[String]) -> Result<usize, Trouble> {
    let mut asked = Vec::new();
    for name in names {
        let Some((bucket, own)) = desk.keys.parse(name) else { continue };
        if own != "closed" && !STAYS.contains(&own) {
            let mut unlink = redis::cmd("UNLINK");
            unlink.arg(name);
            asked.push((bucket, unlink));
        }
    }
    Ok(desk.ask_all(&asked).await?.len())
}
