//! The statements of mails, one function each.

use super::accounts;
use super::record::{all_or_nothing, number};
use crate::mail::Said;
use crate::{Mail, Outgoing, Stamp};
use burnbag_core::fate::Fate;
use burnbag_core::mail::{MAIL_LIVES, MAIL_PAUSE, MailId, MailKind};
use burnbag_core::seal::{Place, Sealed};
use burnbag_core::tag::Row;
use burnbag_core::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row as Record, params};

// Numbers of `Mailing` that statements change by themselves.
pub(super) const QUEUED: u8 = 2;
pub(super) const ENDED: u8 = 4;
const GIVEN_UP: u8 = 6;

/// Posts the mails of a secret, in the step that stores it.
pub(super) fn post_with_secret(
    connection: &Connection,
    place: &Place,
    mails: &[Mail],
) -> rusqlite::Result<()> {
    for mail in mails {
        let (row, since) = (Some(place.row), place.created);
        let now = mail.kind == MailKind::Link;
        let until = now.then(|| link_until(place));
        insert(connection, mail, row, (since, now.then_some(since), until))?;
    }
    Ok(())
}

/// Posts a mail of no secret.
pub(super) fn post(connection: &Connection, mail: &Mail, now: Timestamp) -> rusqlite::Result<()> {
    insert(connection, mail, None, (now, Some(now), Some(now.after(MAIL_LIVES))))
}

fn link_until(place: &Place) -> Timestamp {
    place.expires.min(place.created.after(MAIL_LIVES))
}

pub(super) fn insert(
    connection: &Connection,
    mail: &Mail,
    row: Option<Row>,
    (since, due, until): (Timestamp, Option<Timestamp>, Option<Timestamp>),
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO outbox (id, kind, row, account, since, due, until, tries, pick, sealed)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, 0, ?8)",
        )?
        .execute(params![
            &mail.id.0[..],
            mail.kind.code(),
            row.map(number),
            mail.account.map(|account| account.0),
            since.0,
            due.map(|due| due.0),
            until.map(|until| until.0),
            mail.sealed.as_bytes()
        ])
        .map(drop)
}

/// The mail that is due longest. In the order of its index, so that what is not due is not looked at.
const NEXT: &str = "SELECT id FROM outbox WHERE due <= ?1 AND until > ?1 ORDER BY due, id LIMIT 1";

/// Whether a mail is due.
pub(super) fn is_any_due(connection: &Connection, now: Timestamp) -> rusqlite::Result<bool> {
    connection.prepare_cached(NEXT)?.exists([now.0])
}

/// Picks the mail that is due longest: this statement decides who sends it.
pub(super) fn pick(
    connection: &Connection,
    now: Timestamp,
    until: Timestamp,
) -> rusqlite::Result<Option<Outgoing>> {
    let id: Option<[u8; 16]> = connection
        .prepare_cached(&format!(
            "UPDATE outbox SET due = ?2, tries = tries + 1, pick = pick + 1 WHERE id = ({NEXT}) RETURNING id"
        ))?
        .query_row([now.0, until.0], |record| record.get(0))
        .optional()?;
    let Some(id) = id else {
        return Ok(None);
    };
    let mail = connection
        .prepare_cached(
            "SELECT account.id, email, plan, account.created, language, notify,
                    kind, row, since, until, tries, pick, sealed
             FROM outbox LEFT JOIN account ON account.id = outbox.account WHERE outbox.id = ?1",
        )?
        .query_row([&id[..]], |record| outgoing(record, MailId(id)))?;
    Ok(mail)
}

/// A mail of a kind that this release does not know is not sent.
fn outgoing(record: &Record<'_>, id: MailId) -> rusqlite::Result<Option<Outgoing>> {
    let account = record.get::<_, Option<i64>>(0)?.map(|_| accounts::account(record)).transpose()?;
    let Some(kind) = MailKind::from_code(record.get(6)?) else {
        return Ok(None);
    };
    Ok(Some(Outgoing {
        id,
        kind,
        row: record.get::<_, Option<i64>>(7)?.map(|row| Row(row.cast_unsigned())),
        account,
        since: Timestamp(record.get(8)?),
        until: Timestamp(record.get(9)?),
        tries: record.get(10)?,
        pick: record.get(11)?,
        sealed: Sealed::from_bytes(record.get(12)?),
    }))
}

/// Notes what became of a mail that was picked.
pub(super) fn stamp(
    connection: &Connection,
    mail: &Outgoing,
    stamp: Stamp,
    now: Timestamp,
) -> rusqlite::Result<bool> {
    all_or_nothing(connection, || {
        let counts = match stamp {
            Stamp::Still(until) => renew(connection, mail, until)?,
            Stamp::Untried => move_on(connection, mail, (now, mail.tries.saturating_sub(1)))?,
            Stamp::Later(due, _) if due < mail.until => move_on(connection, mail, (due, mail.tries))?,
            Stamp::Sent | Stamp::Later(..) | Stamp::Refused(_) | Stamp::Dropped => remove(connection, mail)?,
        };
        if stamp == Stamp::Sent {
            connection.prepare_cached("DELETE FROM outbox WHERE id = ?1")?.execute([&mail.id.0[..]])?;
        }
        if let Some(row) = mail.row.filter(|_| counts || stamp == Stamp::Sent) {
            note(connection, row, mail, (stamp, now))?;
        }
        Ok(counts)
    })
}

/// Whether a pick's word still counts: it was not said, nobody picked the mail after it, and its secret did not end.
const MINE: &str = "id = ?1 AND pick = ?2 AND due IS NOT NULL";

fn remove(connection: &Connection, mail: &Outgoing) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(&format!("DELETE FROM outbox WHERE {MINE}"))?
        .execute(params![&mail.id.0[..], mail.pick])
        .map(|removed| removed == 1)
}

/// Keeps others from a mail for longer; the pick keeps its say.
fn renew(connection: &Connection, mail: &Outgoing, until: Timestamp) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(&format!("UPDATE outbox SET due = ?3 WHERE {MINE}"))?
        .execute(params![&mail.id.0[..], mail.pick, until.0])
        .map(|changed| changed == 1)
}

fn move_on(
    connection: &Connection,
    mail: &Outgoing,
    (due, tries): (Timestamp, u32),
) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(&format!("UPDATE outbox SET due = ?3, tries = ?4, pick = pick + 1 WHERE {MINE}"))?
        .execute(params![&mail.id.0[..], mail.pick, due.0, tries])
        .map(|changed| changed == 1)
}

/// Notes on the receipt what became of the mail to the recipient.
fn note(
    connection: &Connection,
    row: Row,
    mail: &Outgoing,
    (stamp, now): (Stamp, Timestamp),
) -> rusqlite::Result<()> {
    let mailing = match mail.said(stamp, now) {
        Said::Nothing => return Ok(()),
        Said::Now(mailing) => mailing,
        Said::GivenUp => return give_up(connection, row),
    };
    let (code, detail) = mailing.code();
    // What was sent was sent, whatever the receipt told before.
    let before = (stamp != Stamp::Sent).then_some(QUEUED);
    connection
        .prepare_cached(
            "UPDATE pair SET notice = ?2, noticed = ?3 WHERE row = ?1 AND notice = coalesce(?4, notice)",
        )?
        .execute(params![number(row), code, detail, before])
        .map(drop)
}

/// The recipient's mail is not sent any more; what a mail server said last stays noted.
fn give_up(connection: &Connection, row: Row) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE pair SET notice = ?2 WHERE row = ?1 AND notice = ?3")?
        .execute(params![number(row), GIVEN_UP, QUEUED])
        .map(drop)
}

/// A secret was taken: its mails stand still, and the one that tells of it is due soon.
pub(super) fn taken(connection: &Connection, row: Row, fate: Fate, now: Timestamp) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE outbox SET paused = due, due = NULL, until = ?2 WHERE row = ?1")?
        .execute(params![number(row), now.after(MAIL_PAUSE).0])?;
    if fate == Fate::Revealed {
        let due = now.after(MAIL_PAUSE);
        connection
            .prepare_cached(
                "UPDATE outbox SET since = ?2, due = ?3, until = ?4, tries = 0, pick = pick + 1
                 WHERE row = ?1 AND kind = ?5",
            )?
            .execute(params![number(row), now.0, due.0, due.after(MAIL_LIVES).0, MailKind::Opened.code()])?;
    }
    Ok(())
}

/// A secret was put back: its mails wait as before, also for who may be sending one just now.
pub(super) fn released(connection: &Connection, place: &Place) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE outbox SET due = paused, paused = NULL, until = NULL WHERE row = ?1")?
        .execute([number(place.row)])?;
    let mailed = connection
        .prepare_cached("UPDATE outbox SET until = ?2 WHERE row = ?1 AND kind = ?3")?
        .execute(params![number(place.row), link_until(place).0, MailKind::Link.code()])?;
    let notice = if mailed > 0 { QUEUED } else { GIVEN_UP };
    connection
        .prepare_cached("UPDATE pair SET notice = ?2, noticed = NULL WHERE row = ?1 AND notice = ?3")?
        .execute(params![number(place.row), notice, ENDED])
        .map(drop)
}

/// A secret expired: its mails go, and the one that tells of it is due.
pub(super) fn expired(
    connection: &Connection,
    row: Row,
    when: Timestamp,
    now: Timestamp,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("DELETE FROM outbox WHERE row = ?1 AND kind <> ?2")?
        .execute(params![number(row), MailKind::Expired.code()])?;
    connection
        .prepare_cached(
            "UPDATE outbox SET since = ?2, due = ?3, until = ?4, tries = 0, pick = pick + 1 WHERE row = ?1",
        )?
        .execute(params![number(row), when.0, now.0, now.after(MAIL_LIVES).0])?;
    give_up(connection, row)
}

/// Removes mails whose time is over, and answers how many.
pub(super) fn sweep(connection: &Connection, now: Timestamp, limit: u32) -> rusqlite::Result<u32> {
    let rows: Vec<Option<i64>> = connection
        .prepare_cached(
            "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE until <= ?1 ORDER BY until LIMIT ?2)
             RETURNING iif(kind = ?3, row, NULL)",
        )?
        .query_map(params![now.0, limit, MailKind::Link.code()], |record| record.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    give_up_all(connection, &rows)?;
    Ok(u32::try_from(rows.len()).unwrap_or(u32::MAX))
}

/// Removes the mails of an account.
pub(super) fn forget_account(connection: &Connection, account: i64) -> rusqlite::Result<()> {
    let rows: Vec<Option<i64>> = connection
        .prepare_cached("DELETE FROM outbox WHERE account = ?1 RETURNING iif(kind = ?2, row, NULL)")?
        .query_map(params![account, MailKind::Link.code()], |record| record.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    give_up_all(connection, &rows)
}

fn give_up_all(connection: &Connection, rows: &[Option<i64>]) -> rusqlite::Result<()> {
    rows.iter().flatten().try_for_each(|row| give_up(connection, Row(row.cast_unsigned())))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Otherwise each look would read all mails that wait for something.
    #[test]
    fn what_is_due_is_found_by_its_index() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("test.db");
        Connection::open(&path).unwrap().execute_batch("PRAGMA user_version = 0").unwrap();
        let connection = super::super::connection::open_writer(&path).unwrap();
        let plan: String = connection
            .query_row(&format!("EXPLAIN QUERY PLAN {NEXT}"), [0], |record| record.get("detail"))
            .unwrap();
        assert!(plan.contains("outbox_due (due<?)"), "{plan}");
    }
}
