//! How verbs are run: on a connection of the pool, again where others were in the way, and never for ever.

use super::step::{Step, Work};
use super::trouble::Trouble;
use crate::StoreError;
use deadpool_postgres::{Object, Pool};
use futures_util::future::join;
use std::time::Duration;
use tokio::time::{sleep, timeout};

/// How long a read takes at most once it has a connection, or a write until its commit; and how long a commit.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);
/// How often a verb is begun at most.
const TRIES: u32 = 10;
/// What others committed meanwhile is seen by the next statement, whatever the database has as its default; who waited
/// for a row looks at it again.
const BEGIN: &str = "BEGIN ISOLATION LEVEL READ COMMITTED";

/// Asks something, in one statement.
pub(super) async fn read<A: Sync, T>(pool: &Pool, argument: &A, work: Work<A, T>) -> Result<T, StoreError> {
    let mut tried = 0;
    loop {
        match ask(pool, argument, work).await {
            Err(trouble) if may_try_again(&trouble, &mut tried).await => {}
            outcome => return Ok(outcome?),
        }
    }
}

async fn ask<A: Sync, T>(pool: &Pool, argument: &A, work: Work<A, T>) -> Result<T, Trouble> {
    let connection = pool.get().await?;
    let asked = timeout(PATIENCE, work(Step::on(&connection), argument)).await;
    asked.unwrap_or_else(|_| {
        // Whoever came next would wait behind it.
        drop(Object::take(connection));
        doubt_idle(pool);
        Err(Trouble::Slow)
    })
}

/// Closes the connections that nobody uses. Where one is silent for too long the others lead to the same server, which may
/// have stopped, or to one that others have taken the place of; each of them would keep a caller waiting.
fn doubt_idle(pool: &Pool) {
    pool.retain(|_, _| false);
}

/// Changes something: all or nothing, and durably when it answers.
pub(super) async fn write<A: Sync, T>(
    pool: &Pool,
    patience: Duration,
    argument: &A,
    work: Work<A, T>,
) -> Result<T, StoreError> {
    let mut trouble = Trouble::Slow;
    for _ in 0..TRIES {
        let prepared = timeout(patience, prepare(pool, argument, work)).await;
        let prepared = prepared.unwrap_or_else(|_| {
            doubt_idle(pool);
            Err(Trouble::Slow)
        });
        let (connection, answer) = prepared?;
        match connection.commit().await {
            Ok(()) => return Ok(answer),
            Err(undone) if undone.is_undone() => trouble = undone,
            // The server may have it. Who held the row holds it until that is known, so that `settle` waits.
            Err(unknown) => {
                doubt_idle(pool);
                return Err(unknown.in_doubt());
            }
        }
    }
    Err(trouble.into())
}

/// Waits a little where the same may work another time.
async fn may_try_again(trouble: &Trouble, tried: &mut u32) -> bool {
    *tried += 1;
    let may = trouble.may_pass() && *tried < TRIES;
    if may {
        sleep(Duration::from_millis(1 << (*tried).min(7))).await;
    }
    may
}

/// Everything of a write but its commit, tried until it works.
async fn prepare<A: Sync, T>(pool: &Pool, argument: &A, work: Work<A, T>) -> Result<(Lent, T), Trouble> {
    let mut tried = 0;
    loop {
        match run(pool, argument, work).await {
            Err(trouble) if may_try_again(&trouble, &mut tried).await => {}
            outcome => return outcome,
        }
    }
}

/// Runs the statements of a write. Nothing is done before [`Lent::commit`].
async fn run<A: Sync, T>(pool: &Pool, argument: &A, work: Work<A, T>) -> Result<(Lent, T), Trouble> {
    let lent = Lent(Some(pool.get().await?));
    // One after the other on the wire, without waiting in between.
    let (begun, worked) = join(lent.tell(BEGIN), lent.work(argument, work)).await;
    match begun.and(worked) {
        Ok(answer) => Ok((lent, answer)),
        Err(trouble) => {
            lent.undo(&trouble).await;
            Err(trouble)
        }
    }
}

/// A connection in a transaction. Where that is not ended the connection is thrown away, and the server undoes it.
struct Lent(Option<Object>);

impl Lent {
    async fn work<A, T>(&self, argument: &A, work: Work<A, T>) -> Result<T, Trouble> {
        match &self.0 {
            Some(connection) => work(Step::on(connection), argument).await,
            None => Err(Trouble::Other("no connection".to_owned())),
        }
    }

    async fn tell(&self, command: &str) -> Result<(), Trouble> {
        match &self.0 {
            Some(connection) => Ok(connection.batch_execute(command).await?),
            None => Err(Trouble::Other("no connection".to_owned())),
        }
    }

    async fn commit(self) -> Result<(), Trouble> {
        let outcome = timeout(PATIENCE, self.tell("COMMIT")).await.unwrap_or(Err(Trouble::Slow));
        if outcome.is_ok() {
            self.give_back();
        }
        outcome
    }

    async fn undo(self, trouble: &Trouble) {
        if trouble.leaves_connection() && self.tell("ROLLBACK").await.is_ok() {
            self.give_back();
        }
    }

    fn give_back(mut self) {
        drop(self.0.take());
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if let Some(connection) = self.0.take() {
            drop(Object::take(connection));
        }
    }
}
