//! Moving what a database holds.

mod export;
mod import;

use super::Postgres;
use super::record::{bytes, small};
use super::step::Step;
use super::trouble::Trouble;
use crate::{Cursor, Import, LastMove, MoveId, Moving, Piece, Record, Stage, StoreError};
use async_trait::async_trait;
use std::time::Duration;

/// What nobody may change once it is elsewhere.
const CLOSED: [&str; 6] = ["pair", "kept", "listing", "account", "credential", "outbox"];

/// How long a piece may take until its commit: contents of 25 MB go over lines that are slow, and nobody waits behind them.
const PATIENCE: Duration = Duration::from_mins(2);
/// The same, for the database.
const STATEMENT: &str = "SET LOCAL statement_timeout = 120000";

#[async_trait]
impl Moving for Postgres {
    async fn last_move(&self) -> Result<Option<LastMove>, StoreError> {
        self.read((), |step, ()| Box::pin(last_move(step))).await
    }

    async fn set_last_move(&self, last: Option<LastMove>) -> Result<(), StoreError> {
        self.write(last, |step, last| Box::pin(set_last_move(step, *last))).await
    }

    async fn export(&self, from: Cursor, limit: u32) -> Result<Piece, StoreError> {
        // Several statements, which must see one moment.
        self.write_within(PATIENCE, (from, limit), |step, asked| Box::pin(export::export(step, asked))).await
    }

    async fn import(&self, records: Vec<Record>) -> Result<Import, StoreError> {
        self.write_within(PATIENCE, records, |step, records| Box::pin(import::import(step, records))).await
    }

    async fn erase(&self) -> Result<(), StoreError> {
        self.write((), |step, ()| Box::pin(erase(step))).await
    }
}

async fn last_move(step: Step<'_>) -> Result<Option<LastMove>, Trouble> {
    let Some(last) = step.one("SELECT move, stage FROM last_move", &[]).await? else { return Ok(None) };
    let stage = Stage::from_code(small(&last, 1)?).ok_or(Trouble::Corrupt("stage of a move"))?;
    Ok(Some((MoveId(bytes(&last, 0)?), stage)))
}

async fn set_last_move(step: Step<'_>, last: Option<LastMove>) -> Result<(), Trouble> {
    step.run("DELETE FROM last_move", &[]).await?;
    if let Some((MoveId(id), stage)) = last {
        let noted = "INSERT INTO last_move (id, move, stage) VALUES (1, $1, $2)";
        step.run(noted, &[&&id[..], &i64::from(stage.code())]).await?;
    }
    open(step).await?;
    if last.is_some_and(|(_, stage)| stage.is_closed()) { close(step).await } else { Ok(()) }
}

/// A trigger waits for whoever is changing its table; from its commit on everybody meets it.
async fn close(step: Step<'_>) -> Result<(), Trouble> {
    step.tell(
        "CREATE OR REPLACE FUNCTION burnbag_closed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF TG_OP <> 'DELETE' AND current_setting('burnbag.import', TRUE) = 'on' THEN RETURN NEW; END IF;
            RAISE EXCEPTION 'what this store holds moves to another one, or comes from there'; END $$",
    )
    .await?;
    for table in CLOSED {
        step.tell(&format!(
            "CREATE TRIGGER closed BEFORE INSERT OR UPDATE OR DELETE ON {table}
             FOR EACH ROW EXECUTE FUNCTION burnbag_closed()"
        ))
        .await?;
    }
    Ok(())
}

async fn open(step: Step<'_>) -> Result<(), Trouble> {
    for table in CLOSED {
        step.tell(&format!("DROP TRIGGER IF EXISTS closed ON {table}")).await?;
    }
    Ok(())
}

/// At once, however much there is, and with the files in which it stood. Triggers that watch rows see none of it.
async fn erase(step: Step<'_>) -> Result<(), Trouble> {
    step.tell(&format!("TRUNCATE {}", CLOSED.join(", "))).await?;
    step.run("UPDATE held SET bytes = 0", &[]).await.map(drop)
}
