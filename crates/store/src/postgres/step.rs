//! Statements on one connection.

use super::trouble::Trouble;
use deadpool_postgres::ClientWrapper;
use std::pin::Pin;
use tokio_postgres::Row as Record;
use tokio_postgres::types::ToSql;

/// What a verb does with a connection. A function and not a closure, so that it can be run again.
pub(super) type Work<A, T> = for<'a> fn(Step<'a>, &'a A) -> Working<'a, T>;
/// A verb at work.
pub(super) type Working<'a, T> = Pin<Box<dyn Future<Output = Result<T, Trouble>> + Send + 'a>>;
/// Values for the places in a statement.
type Values<'a> = &'a [&'a (dyn ToSql + Sync)];

/// A connection, inside a transaction if something is written. Statements are prepared once for each connection.
#[derive(Clone, Copy)]
pub(super) struct Step<'a>(&'a ClientWrapper);

impl<'a> Step<'a> {
    pub(super) const fn on(client: &'a ClientWrapper) -> Self {
        Self(client)
    }

    /// What a statement answers.
    pub(super) async fn all(self, sql: &str, values: Values<'_>) -> Result<Vec<Record>, Trouble> {
        let statement = self.0.prepare_cached(sql).await?;
        Ok(self.0.query(&statement, values).await?)
    }

    /// What a statement answers that has one answer at most.
    pub(super) async fn one(self, sql: &str, values: Values<'_>) -> Result<Option<Record>, Trouble> {
        let statement = self.0.prepare_cached(sql).await?;
        Ok(self.0.query_opt(&statement, values).await?)
    }

    /// Whether a statement answers anything.
    pub(super) async fn any(self, sql: &str, values: Values<'_>) -> Result<bool, Trouble> {
        Ok(self.one(sql, values).await?.is_some())
    }

    /// Runs a command that takes no values.
    pub(super) async fn tell(self, command: &str) -> Result<(), Trouble> {
        Ok(self.0.batch_execute(command).await?)
    }

    /// Runs a statement, and answers how many rows it changed.
    pub(super) async fn run(self, sql: &str, values: Values<'_>) -> Result<u64, Trouble> {
        let statement = self.0.prepare_cached(sql).await?;
        Ok(self.0.execute(&statement, values).await?)
    }
}
