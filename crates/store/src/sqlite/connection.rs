//! Connections: the settings that every one of them has, and the schema.

use super::record::unavailable;
use super::turn::{LOOK_AGAIN, LOOKS};
use crate::StoreError;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::time::Duration;

/// Schema steps; `PRAGMA user_version` counts those that were taken.
const STEPS: [(u32, &str); 5] = [
    (1, include_str!("001.sql")),
    (2, include_str!("002.sql")),
    (3, include_str!("003.sql")),
    (4, include_str!("004.sql")),
    (5, include_str!("005.sql")),
];

/// How long a statement that reads waits for another process.
const BUSY: Duration = Duration::from_secs(5);
/// How often the cutting of the log looks again. Writes wait meanwhile, so it is seldom; the next try comes soon.
const BRIEF_LOOKS: i32 = 50;

/// The connection that writes, with the schema brought up to date. To be called in one's turn: two processes that make
/// the same new database get in each other's way.
pub(super) fn open_writer(path: &Path) -> Result<Connection, StoreError> {
    let mut connection = open(path).map_err(unavailable)?;
    be_patient(&mut connection).map_err(unavailable)?;
    connection.pragma_update(None, "journal_mode", "WAL").map_err(unavailable)?;
    migrate(&connection)?;
    Ok(connection)
}

/// A connection that only reads.
pub(super) fn open_reader(path: &Path) -> rusqlite::Result<Connection> {
    let connection = open(path)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

/// Waits for other processes as long as a write may take.
pub(super) fn be_patient(connection: &mut Connection) -> rusqlite::Result<()> {
    connection.busy_handler(Some(|looks| look_again(looks, LOOKS)))
}

/// Waits for others as short as the cutting of the log may hold up writes.
pub(super) fn be_brief(connection: &mut Connection) -> rusqlite::Result<()> {
    connection.busy_handler(Some(|looks| look_again(looks, BRIEF_LOOKS)))
}

fn look_again(looks: i32, most: i32) -> bool {
    std::thread::sleep(LOOK_AGAIN);
    looks < most
}

fn open(path: &Path) -> rusqlite::Result<Connection> {
    // Each connection has one user at a time, so SQLite's own mutexes are not needed.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(128);
    // An acknowledged write survives power loss.
    connection.pragma_update(None, "synchronous", "FULL")?;
    // What was freed is overwritten with zeros, and nothing spills into temporary files.
    connection.pragma_update(None, "secure_delete", true)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "mmap_size", 0)?;
    Ok(connection)
}

fn migrate(connection: &Connection) -> Result<(), StoreError> {
    let taken = take_steps(connection).map_err(unavailable)?;
    if taken > STEPS[STEPS.len() - 1].0 {
        return Err(StoreError::Unavailable("a newer release of Burnbag wrote this data".into()));
    }
    Ok(())
}

/// Takes the steps that were not taken, and answers how many were before.
fn take_steps(connection: &Connection) -> rusqlite::Result<u32> {
    connection.execute_batch("BEGIN IMMEDIATE")?;
    let taken = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for (number, step) in STEPS.iter().filter(|(number, _)| *number > taken) {
        connection.execute_batch(step)?;
        connection.pragma_update(None, "user_version", number)?;
    }
    connection.execute_batch("COMMIT")?;
    Ok(taken)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite::life_file::LifeFile;
    use crate::sqlite::writer::Effects;
    use crate::sqlite::{accounts, credentials, outbox, receipts, secrets, sweep};
    use crate::{Claim, CredentialView, Notify, Take};
    use burnbag_core::account::{AccountId, CredentialId, CredentialKind};
    use burnbag_core::fate::Fate;
    use burnbag_core::key::Check;
    use burnbag_core::life_key::LifeKey;
    use burnbag_core::mail::Mailing;
    use burnbag_core::tag::Row;
    use burnbag_core::time::Timestamp;

    /// What no test that kills processes can see, because the system's cache survives them.
    #[test]
    fn every_connection_has_the_settings_that_the_promises_rest_on() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("test.db");
        Connection::open(&path).unwrap().execute_batch("PRAGMA user_version = 0").unwrap();
        let (writer, reader) = (open_writer(&path).unwrap(), open_reader(&path).unwrap());
        for connection in [&writer, &reader] {
            let setting =
                |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).unwrap();
            let names = ["synchronous", "secure_delete", "temp_store", "auto_vacuum"];
            assert_eq!(names.map(setting), [2, 1, 2, 0], "FULL, ON, MEMORY, NONE");
            let mode: String = connection.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
            assert_eq!(mode, "wal");
        }
        assert!(reader.execute_batch("DELETE FROM pair").is_err(), "it only reads");
    }

    /// What a release wrote that took the first step only is read with what later steps added left out.
    #[test]
    fn data_of_every_earlier_release_are_brought_up_to_date() {
        for taken in 1..STEPS.len() {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("test.db");
            write_old(&path, taken);
            let lives = LifeFile::open(&folder.path().join("keys")).unwrap();
            lives.write(Row(7), &[LifeKey::from_bytes([9; 32])]).unwrap();
            let connection = open_writer(&path).unwrap();
            let place = (Row(7), &Check([0; 16]));
            let waiting = secrets::peek(&connection, &lives, place, Timestamp(400)).unwrap().unwrap();
            assert_eq!((waiting.strikes, waiting.outline), (2, None));
            let receipt = receipts::receipt(&connection, &lives, place, Timestamp(400)).unwrap().unwrap();
            assert!(receipt.label.is_none() && receipt.link.is_some());
            let id = CredentialId([0; 16]);
            let unlocked = credentials::unlocked_by(&connection, &id, Timestamp(400)).unwrap().unwrap();
            assert_eq!((unlocked.wrapped, unlocked.account.language), (vec![3], None));
            let kind = CredentialKind::ApiKey;
            let view =
                CredentialView { id, kind, label: None, created: Timestamp(300), used: None, expires: None };
            let views = credentials::list(&connection, AccountId(1), Timestamp(400)).unwrap();
            assert_eq!((unlocked.kind, views), (kind, vec![view]));
        }
    }

    /// Data as a release wrote them that knew so many steps.
    fn write_old(path: &Path, taken: usize) {
        let old = Connection::open(path).unwrap();
        STEPS[..taken].iter().for_each(|(_, step)| old.execute_batch(step).unwrap());
        old.pragma_update(None, "user_version", STEPS[taken - 1].0).unwrap();
        old.execute_batch(
            "INSERT INTO pair (row, due, created, expires, kind, strikes, notice, secret_check, receipt_check, link, sealed)
             VALUES (7, 900, 300, 900, 0, 2, 1, zeroblob(16), zeroblob(16), x'01', x'02');
             INSERT INTO account (email, plan, created) VALUES ('a@example.com', 'standard', 300);
             INSERT INTO credential (id, account, wrapped, created) VALUES (zeroblob(16), 1, x'03', 300)",
        )
        .unwrap();
    }

    /// What was stored before there was an outbox has no mails: it is taken, put back and swept as ever, and nobody is told.
    #[test]
    fn secrets_of_every_earlier_release_have_no_mails() {
        for taken in 1..STEPS.len() {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("test.db");
            write_old(&path, taken);
            let lives = LifeFile::open(&folder.path().join("keys")).unwrap();
            lives.write(Row(7), &[LifeKey::from_bytes([9; 32])]).unwrap();
            let connection = open_writer(&path).unwrap();
            let (place, now) = ((Row(7), &Check([0; 16])), Timestamp(400));
            let told = || receipts::receipt(&connection, &lives, place, now).unwrap().unwrap().mailing;
            assert_eq!(told(), Some(Mailing::Off));
            let waiting = secrets::peek(&connection, &lives, place, now).unwrap().unwrap();
            let mut effects = Effects::default();
            let (claim, fate) = (Claim([1; 16]), Fate::Revealed);
            let take = Take { row: Row(7), check: Check([0; 16]), fate, claim, now };
            assert!(secrets::take(&connection, &mut effects, &take, None).unwrap());
            assert!(!secrets::take(&connection, &mut effects, &take, None).unwrap(), "once");
            assert_eq!(effects.ended, [Row(7)]);
            assert!(secrets::release(&connection, claim, &waiting, now).unwrap().is_some());
            let swept = sweep::sweep(&connection, &mut effects, Timestamp(900), 10).unwrap();
            assert_eq!((swept.expired, swept.mails), (1, 0));
            assert_eq!(told(), Some(Mailing::Off));
            assert!(outbox::pick(&connection, Timestamp(9_000), Timestamp(9_060)).unwrap().is_none());
            let accounts = accounts::list(&connection).unwrap();
            assert_eq!(
                accounts.iter().map(|account| account.notify).collect::<Vec<_>>(),
                [Notify::default()]
            );
        }
    }

    #[test]
    fn data_of_a_newer_release_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("test.db");
        Connection::open(&path).unwrap().execute_batch("PRAGMA user_version = 99").unwrap();
        assert!(open_writer(&path).is_err());
    }

    #[test]
    fn the_bundled_sqlite_has_the_fixes_that_we_depend_on() {
        assert!(rusqlite::version_number() >= 3_051_003, "{}", rusqlite::version());
    }
}
