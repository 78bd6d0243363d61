//! The statements of mails, one function each. Who locks a secret and its mails locks the secret first.

use super::record::{bytes, row, sealed, small, time};
use super::step::Step;
use super::trouble::Trouble;
use super::{accounts, record::number};
use crate::mail::Said;
use crate::{Mail, Outgoing, Stamp};
use burnbag_core::fate::Fate;
use burnbag_core::mail::{MAIL_LIVES, MAIL_PAUSE, MailId, MailKind};
use burnbag_core::seal::Place;
use burnbag_core::tag::Row;
use burnbag_core::time::Timestamp;
use tokio_postgres::Row as Record;

// Numbers of `Mailing` that statements change by themselves.
pub(super) const QUEUED: i64 = 2;
pub(super) const ENDED: i64 = 4;
const GIVEN_UP: i64 = 6;

const LINK: i64 = MailKind::Link.code() as i64;
const OPENED: i64 = MailKind::Opened.code() as i64;
const EXPIRED: i64 = MailKind::Expired.code() as i64;

/// Posts the mails of a secret, in the step that stores it.
pub(super) async fn post_with_secret(step: Step<'_>, place: &Place, mails: &[Mail]) -> Result<(), Trouble> {
    for mail in mails {
        let (row, since) = (Some(place.row), place.created);
        let now = mail.kind == MailKind::Link;
        let until = now.then(|| link_until(place));
        insert(step, mail, row, (since, now.then_some(since), until)).await?;
    }
    Ok(())
}

/// Posts a mail of no secret.
pub(super) async fn post(step: Step<'_>, (mail, now): &(Mail, Timestamp)) -> Result<(), Trouble> {
    insert(step, mail, None, (*now, Some(*now), Some(now.after(MAIL_LIVES)))).await
}

fn link_until(place: &Place) -> Timestamp {
    place.expires.min(place.created.after(MAIL_LIVES))
}

pub(super) async fn insert(
    step: Step<'_>,
    mail: &Mail,
    row: Option<Row>,
    (since, due, until): (Timestamp, Option<Timestamp>, Option<Timestamp>),
) -> Result<(), Trouble> {
    step.run(
        "INSERT INTO outbox (id, kind, row, account, since, due, until, tries, pick, sealed)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0, $8)",
        &[
            &&mail.id.0[..],
            &i64::from(mail.kind.code()),
            &row.map(number),
            &mail.account.map(|account| account.0),
            &since.0,
            &due.map(|due| due.0),
            &until.map(|until| until.0),
            &mail.sealed.as_bytes(),
        ],
    )
    .await
    .map(drop)
}

/// Whether a mail is due.
pub(super) async fn is_any_due(step: Step<'_>, now: &Timestamp) -> Result<bool, Trouble> {
    step.any("SELECT id FROM outbox WHERE due <= $1 AND until > $1 ORDER BY due, id LIMIT 1", &[&now.0]).await
}

/// Picks the mail that is due longest, of those that nobody is busy with: who has it locked sends it.
pub(super) async fn pick(
    step: Step<'_>,
    (now, until): &(Timestamp, Timestamp),
) -> Result<Option<Outgoing>, Trouble> {
    let next = step
        .one(
            "SELECT account.id, email, plan, account.created, language, notify,
                    kind, row, since, until, tries + 1, pick + 1, sealed, outbox.id
             FROM outbox LEFT JOIN account ON account.id = outbox.account
             WHERE due <= $1 AND until > $1 ORDER BY due, outbox.id LIMIT 1 FOR UPDATE OF outbox SKIP LOCKED",
            &[&now.0],
        )
        .await?;
    let Some(next) = next else { return Ok(None) };
    let id: [u8; 16] = bytes(&next, 13)?;
    step.run(
        "UPDATE outbox SET due = $2, tries = tries + 1, pick = pick + 1 WHERE id = $1",
        &[&&id[..], &until.0],
    )
    .await?;
    outgoing(&next, MailId(id))
}

/// A mail of a kind that this release does not know is not sent.
fn outgoing(record: &Record, id: MailId) -> Result<Option<Outgoing>, Trouble> {
    let account = record.try_get::<_, Option<i64>>(0)?.map(|_| accounts::account(record)).transpose()?;
    let Some(kind) = MailKind::from_code(small(record, 6)?) else { return Ok(None) };
    Ok(Some(Outgoing {
        id,
        kind,
        row: record.try_get::<_, Option<i64>>(7)?.map(|_| row(record, 7)).transpose()?,
        account,
        since: time(record, 8)?,
        until: time(record, 9)?,
        tries: small(record, 10)?,
        pick: small(record, 11)?,
        sealed: sealed(record, 12)?,
    }))
}

/// Notes what became of a mail that was picked.
pub(super) async fn stamp(
    step: Step<'_>,
    (mail, stamp, now): &(Outgoing, Stamp, Timestamp),
) -> Result<bool, Trouble> {
    let receipt = mail.row.filter(|_| mail.kind == MailKind::Link);
    if let Some(row) = receipt {
        step.any("SELECT row FROM pair WHERE row = $1 FOR UPDATE", &[&number(row)]).await?;
    }
    let counts = match *stamp {
        Stamp::Still(until) => renew(step, mail, until).await?,
        Stamp::Untried => move_on(step, mail, (*now, mail.tries.saturating_sub(1))).await?,
        Stamp::Later(due, _) if due < mail.until => move_on(step, mail, (due, mail.tries)).await?,
        Stamp::Sent | Stamp::Later(..) | Stamp::Refused(_) | Stamp::Dropped => remove(step, mail).await?,
    };
    if *stamp == Stamp::Sent {
        step.run("DELETE FROM outbox WHERE id = $1", &[&&mail.id.0[..]]).await?;
    }
    if let Some(row) = receipt.filter(|_| counts || *stamp == Stamp::Sent) {
        note(step, number(row), mail, (*stamp, *now)).await?;
    }
    Ok(counts)
}

/// Whether a pick's word still counts: it was not said, nobody picked the mail after it, and its secret did not end.
macro_rules! mine {
    ($sql:literal) => {
        concat!($sql, " WHERE id = $1 AND pick = $2 AND due IS NOT NULL")
    };
}

async fn remove(step: Step<'_>, mail: &Outgoing) -> Result<bool, Trouble> {
    let removed = step.run(mine!("DELETE FROM outbox"), &[&&mail.id.0[..], &i64::from(mail.pick)]).await?;
    Ok(removed == 1)
}

/// Keeps others from a mail for longer; the pick keeps its say.
async fn renew(step: Step<'_>, mail: &Outgoing, until: Timestamp) -> Result<bool, Trouble> {
    let renewed = mine!("UPDATE outbox SET due = $3");
    Ok(step.run(renewed, &[&&mail.id.0[..], &i64::from(mail.pick), &until.0]).await? == 1)
}

async fn move_on(step: Step<'_>, mail: &Outgoing, (due, tries): (Timestamp, u32)) -> Result<bool, Trouble> {
    let moved = mine!("UPDATE outbox SET due = $3, tries = $4, pick = pick + 1");
    let values: [&(dyn tokio_postgres::types::ToSql + Sync); 4] =
        [&&mail.id.0[..], &i64::from(mail.pick), &due.0, &i64::from(tries)];
    Ok(step.run(moved, &values).await? == 1)
}

/// Notes on the receipt what became of the mail to the recipient.
async fn note(
    step: Step<'_>,
    row: i64,
    mail: &Outgoing,
    (stamp, now): (Stamp, Timestamp),
) -> Result<(), Trouble> {
    let mailing = match mail.said(stamp, now) {
        Said::Nothing => return Ok(()),
        Said::Now(mailing) => mailing,
        Said::GivenUp => return give_up(step, &[row]).await,
    };
    let (code, detail) = mailing.code();
    // That it was sent is true whatever the receipt says.
    let whatever = stamp == Stamp::Sent;
    step.run(
        "UPDATE pair SET notice = $2, noticed = $3 WHERE row = $1 AND (notice = $4 OR ($5 AND notice IS NOT NULL))",
        &[&row, &i64::from(code), &detail, &QUEUED, &whatever],
    )
    .await
    .map(drop)
}

/// The recipients' mails are not sent any more; what a mail server said last stays noted.
async fn give_up(step: Step<'_>, rows: &[i64]) -> Result<(), Trouble> {
    let given_up = "UPDATE pair SET notice = $2 WHERE row = ANY($1) AND notice = $3";
    step.run(given_up, &[&rows, &GIVEN_UP, &QUEUED]).await.map(drop)
}

/// A secret was taken: its mails stand still, and the one that tells of it is due soon.
pub(super) async fn taken(step: Step<'_>, row: Row, fate: Fate, now: Timestamp) -> Result<(), Trouble> {
    let (row, due) = (number(row), now.after(MAIL_PAUSE));
    let still = "UPDATE outbox SET paused = due, due = NULL, until = $2 WHERE row = $1";
    step.run(still, &[&row, &due.0]).await?;
    if fate == Fate::Revealed {
        step.run(
            "UPDATE outbox SET since = $2, due = $3, until = $4, tries = 0, pick = pick + 1
             WHERE row = $1 AND kind = $5",
            &[&row, &now.0, &due.0, &due.after(MAIL_LIVES).0, &OPENED],
        )
        .await?;
    }
    Ok(())
}

/// A secret was put back: its mails wait as before, also for who may be sending one just now.
pub(super) async fn released(step: Step<'_>, place: &Place) -> Result<(), Trouble> {
    let row = number(place.row);
    let back = "UPDATE outbox SET due = paused, paused = NULL, until = NULL WHERE row = $1";
    step.run(back, &[&row]).await?;
    let link = "UPDATE outbox SET until = $2 WHERE row = $1 AND kind = $3";
    let mailed = step.run(link, &[&row, &link_until(place).0, &LINK]).await?;
    let notice = if mailed > 0 { QUEUED } else { GIVEN_UP };
    let noted = "UPDATE pair SET notice = $2, noticed = NULL WHERE row = $1 AND notice = $3";
    step.run(noted, &[&row, &notice, &ENDED]).await.map(drop)
}

/// Secrets expired, whose rows still stand: their mails go, and those that tell of it are due.
pub(super) async fn expired(step: Step<'_>, rows: &[i64], now: Timestamp) -> Result<(), Trouble> {
    step.run("DELETE FROM outbox WHERE row = ANY($1) AND kind <> $2", &[&rows, &EXPIRED]).await?;
    step.run(
        "UPDATE outbox SET since = pair.expires, due = $2, until = $3, tries = 0, pick = pick + 1
         FROM pair WHERE pair.row = outbox.row AND outbox.row = ANY($1)",
        &[&rows, &now.0, &now.after(MAIL_LIVES).0],
    )
    .await?;
    give_up(step, rows).await
}

/// Removes mails whose time is over, and answers how many. Those whose secret somebody else has locked come next time.
pub(super) async fn sweep(step: Step<'_>, now: Timestamp, limit: i64) -> Result<u32, Trouble> {
    let over = "SELECT outbox.id, pair.row FROM outbox LEFT JOIN pair ON pair.row = outbox.row
        WHERE until <= $1 ORDER BY until LIMIT $2";
    let over = step.all(over, &[&now.0, &limit]).await?;
    if over.is_empty() {
        return Ok(0);
    }
    let mut rows = Vec::new();
    for over in &over {
        rows.extend(over.try_get::<_, Option<i64>>(1)?);
    }
    let mine = step.all("SELECT row FROM pair WHERE row = ANY($1) FOR UPDATE SKIP LOCKED", &[&rows]).await?;
    let mine = mine.iter().map(|mine| mine.try_get(0)).collect::<Result<Vec<i64>, _>>()?;
    let mut ids: Vec<&[u8]> = Vec::new();
    for over in &over {
        if over.try_get::<_, Option<i64>>(1)?.is_none_or(|row| mine.contains(&row)) {
            ids.push(over.try_get(0)?);
        }
    }
    // What was taken back meanwhile is not over any more.
    let removed = "DELETE FROM outbox WHERE id = ANY($1) AND until <= $2 RETURNING row, kind";
    let removed = step.all(removed, &[&ids, &now.0]).await?;
    give_up_all(step, &removed).await?;
    Ok(u32::try_from(removed.len()).unwrap_or(u32::MAX))
}

/// Removes the mails of an account.
pub(super) async fn forget_account(step: Step<'_>, account: i64) -> Result<(), Trouble> {
    let secrets = "SELECT row FROM pair WHERE row IN (SELECT row FROM outbox WHERE account = $1)
        ORDER BY row FOR UPDATE";
    step.all(secrets, &[&account]).await?;
    let removed = step.all("DELETE FROM outbox WHERE account = $1 RETURNING row, kind", &[&account]).await?;
    give_up_all(step, &removed).await
}

/// Notes of links among these mails that they are given up.
async fn give_up_all(step: Step<'_>, removed: &[Record]) -> Result<(), Trouble> {
    let mut rows = Vec::new();
    for mail in removed {
        if mail.try_get::<_, i64>(1)? == LINK {
            rows.extend(mail.try_get::<_, Option<i64>>(0)?);
        }
    }
    if rows.is_empty() { Ok(()) } else { give_up(step, &rows).await }
}
