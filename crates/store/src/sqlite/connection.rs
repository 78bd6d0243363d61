//! Connections: the settings that every one of them has, and the schema.

use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::time::Duration;

/// Schema steps; `PRAGMA user_version` counts those that were taken.
const STEPS: [(u32, &str); 1] = [(1, include_str!("001.sql"))];

/// How long a statement waits for another process.
const BUSY: Duration = Duration::from_secs(5);

/// The connection that writes, with the schema brought up to date.
pub(super) fn open_writer(path: &Path) -> rusqlite::Result<Connection> {
    let connection = open(path)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    migrate(&connection)?;
    Ok(connection)
}

/// A connection that only reads.
pub(super) fn open_reader(path: &Path) -> rusqlite::Result<Connection> {
    let connection = open(path)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

fn open(path: &Path) -> rusqlite::Result<Connection> {
    // Each connection has one user at a time, so SQLite's own mutexes are not needed.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(64);
    // An acknowledged write survives power loss.
    connection.pragma_update(None, "synchronous", "FULL")?;
    // What was freed is overwritten with zeros, and nothing spills into temporary files.
    connection.pragma_update(None, "secure_delete", true)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "mmap_size", 0)?;
    Ok(connection)
}

fn migrate(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch("BEGIN IMMEDIATE")?;
    let taken: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for (number, step) in STEPS.iter().filter(|(number, _)| *number > taken) {
        connection.execute_batch(step)?;
        connection.pragma_update(None, "user_version", number)?;
    }
    connection.execute_batch("COMMIT")
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_bundled_sqlite_has_the_fixes_that_we_depend_on() {
        assert!(rusqlite::version_number() >= 3_051_003, "{}", rusqlite::version());
    }
}
