//! The sweep: what has expired ends, and receipts, kept copies, mails and credentials whose time is over go.

use super::record::{all_or_nothing, held, number};
use super::writer::Effects;
use super::{credentials, kept, outbox};
use crate::{Held, Swept};
use burnbag_core::fate::{Fate, receipt_ends};
use burnbag_core::tag::Row;
use burnbag_core::time::Timestamp;
use rusqlite::{Connection, Row as Record, params};

/// Ends expired secrets, and removes receipts, kept copies, mails and credentials whose time is over.
pub(super) fn sweep(
    connection: &Connection,
    effects: &mut Effects,
    now: Timestamp,
    limit: u32,
) -> rusqlite::Result<Swept> {
    all_or_nothing(connection, || {
        let swept = sweep_due(connection, effects, now, limit)?;
        let forgotten = kept::sweep(connection, effects, now, limit)?;
        let mails = outbox::sweep(connection, now, limit)?;
        Ok(Swept { forgotten, mails, credentials: credentials::sweep(connection, now, limit)?, ..swept })
    })
}

fn sweep_due(
    connection: &Connection,
    effects: &mut Effects,
    now: Timestamp,
    limit: u32,
) -> rusqlite::Result<Swept> {
    let mut swept = Swept::default();
    let mut due = connection.prepare_cached(
        "SELECT row, created, expires, fate, account, holder, held, mails FROM pair
         WHERE due <= ?1 ORDER BY due LIMIT ?2",
    )?;
    let found = due.query_map(params![now.0, limit], Due::read)?.collect::<rusqlite::Result<Vec<_>>>()?;
    for due in found {
        if due.waiting {
            effects.ended.push(due.row);
            effects.held -= due.held.map_or(0, |held| i64::from(held.bytes));
            swept.released.extend(due.held);
            swept.expired += 1;
            if due.mails {
                outbox::expired(connection, due.row, due.expires, now)?;
            }
        }
        let ends = receipt_ends(due.created, due.expires);
        if now >= ends {
            swept.receipts += 1;
            due.remove(connection, effects)?;
        } else {
            due.expire(connection, ends)?;
        }
    }
    Ok(swept)
}

/// A row that the sweep must look at.
struct Due {
    row: Row,
    created: Timestamp,
    expires: Timestamp,
    waiting: bool,
    account: Option<i64>,
    held: Option<Held>,
    mails: bool,
}

impl Due {
    fn read(record: &Record<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            row: Row(record.get::<_, i64>(0)?.cast_unsigned()),
            created: Timestamp(record.get(1)?),
            expires: Timestamp(record.get(2)?),
            waiting: record.get::<_, Option<u8>>(3)?.is_none(),
            account: record.get(4)?,
            held: held(record, 5)?,
            mails: record.get::<_, Option<i64>>(7)?.is_some(),
        })
    }

    /// Ends the secret if it still waits, and sets the row's next date.
    fn expire(&self, connection: &Connection, next: Timestamp) -> rusqlite::Result<()> {
        if self.waiting {
            connection
                .prepare_cached(
                    "UPDATE pair SET due = ?2, fate = ?3, ended = expires, sealed = NULL, link = NULL WHERE row = ?1",
                )?
                .execute(params![number(self.row), next.0, Fate::Expired.code()])?;
        } else {
            connection
                .prepare_cached("UPDATE pair SET due = ?2 WHERE row = ?1")?
                .execute(params![number(self.row), next.0])?;
        }
        Ok(())
    }

    fn remove(&self, connection: &Connection, effects: &mut Effects) -> rusqlite::Result<()> {
        kept::forget_row(connection, self.row, effects)?;
        connection.prepare_cached("DELETE FROM pair WHERE row = ?1")?.execute([number(self.row)])?;
        if let Some(account) = self.account {
            connection
                .prepare_cached("DELETE FROM listing WHERE account = ?1 AND created = ?2 AND row = ?3")?
                .execute(params![account, self.created.0, number(self.row)])?;
        }
        Ok(())
    }
}
