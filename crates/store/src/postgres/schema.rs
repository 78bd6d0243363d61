//! The tables, and how they are brought up to date by however many nodes that start at once.

use super::trouble::Trouble;
use deadpool_postgres::{ClientWrapper, Object, Pool};
use std::time::Duration;
use tokio::time::sleep;
use tokio_postgres::error::SqlState;

/// Steps; the table `schema_steps` counts those that were taken.
const STEPS: [(i64, &str); 2] = [(1, include_str!("001.sql")), (2, include_str!("002.sql"))];

/// How often the first table is asked for, where others make it at the same moment.
const TRIES: u32 = 20;

/// The table whose one row is the lock of all steps, and tells how many were taken.
const FIRST: &str = "CREATE TABLE IF NOT EXISTS schema_steps (id BIGINT PRIMARY KEY, taken BIGINT NOT NULL);
    INSERT INTO schema_steps VALUES (1, 0) ON CONFLICT (id) DO NOTHING";

/// A step may take longer than any statement afterwards, and so may waiting for who takes it.
const BEGIN: &str = "BEGIN; SET LOCAL statement_timeout = 600000";

/// Takes the steps that were not taken. What a newer release wrote is refused.
pub(super) async fn bring_up_to_date(pool: &Pool) -> Result<(), Trouble> {
    let connection = pool.get().await?;
    make_first(&connection).await?;
    let taken = take_steps(&connection).await;
    if taken.is_err() {
        // In the middle of a transaction: the server undoes it.
        drop(Object::take(connection));
    }
    if taken? > STEPS[STEPS.len() - 1].0 {
        return Err(Trouble::Other("a newer release of Burnbag wrote this data".to_owned()));
    }
    Ok(())
}

/// Two that make the same table at once get in each other's way, also with IF NOT EXISTS.
async fn make_first(connection: &ClientWrapper) -> Result<(), Trouble> {
    let mut tried = 0;
    loop {
        match connection.batch_execute(FIRST).await.map_err(Trouble::from) {
            Err(Trouble::Refused(code, _)) if is_collision(&code) && tried < TRIES => {
                tried += 1;
                sleep(Duration::from_millis(u64::from(5 * tried))).await;
            }
            outcome => return outcome,
        }
    }
}

fn is_collision(code: &SqlState) -> bool {
    let codes = [
        SqlState::UNIQUE_VIOLATION,
        SqlState::DUPLICATE_TABLE,
        SqlState::DUPLICATE_OBJECT,
        SqlState::INTERNAL_ERROR,
        SqlState::T_R_SERIALIZATION_FAILURE,
        SqlState::T_R_DEADLOCK_DETECTED,
    ];
    codes.contains(code)
}

/// Answers how many steps were taken before.
async fn take_steps(connection: &ClientWrapper) -> Result<i64, Trouble> {
    connection.batch_execute(BEGIN).await?;
    let taken = connection.query_one("SELECT taken FROM schema_steps WHERE id = 1 FOR UPDATE", &[]).await?;
    let taken: i64 = taken.try_get(0)?;
    for (number, step) in STEPS.iter().filter(|(number, _)| *number > taken) {
        connection.batch_execute(step).await?;
        connection.execute("UPDATE schema_steps SET taken = $1 WHERE id = 1", &[number]).await?;
    }
    connection.batch_execute("COMMIT").await?;
    Ok(taken)
}
