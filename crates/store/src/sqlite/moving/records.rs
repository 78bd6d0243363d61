//! What the data directory holds as records, and records as what it holds.

use crate::moving::fitting;
use crate::sqlite::life_file::LifeFile;
use crate::sqlite::record::{held, life, number, place, unavailable};
use crate::sqlite::writer::Effects;
use crate::sqlite::{accounts, credentials, outbox, secrets};
use crate::{
    Claim, Cursor, Listing, Mail, Numbers, Pair, Part, Piece, Put, Record, StoreError, StoredAccount,
    StoredEnd, StoredMail, StoredPair,
};
use burnbag_core::account::AccountId;
use burnbag_core::fate::Fate;
use burnbag_core::key::Check;
use burnbag_core::life_key::LifeKey;
use burnbag_core::mail::{MailId, MailKind, Mailing};
use burnbag_core::seal::{Place, Sealed};
use burnbag_core::tag::Row;
use burnbag_core::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, Params, Row as Found, params};

/// A record, and its place in the order of its part.
type Placed = (u128, Record);

pub(super) fn export(
    connection: &Connection,
    lives: &LifeFile,
    from: Cursor,
    limit: u32,
) -> Result<Piece, StoreError> {
    let mut limit = i64::from(limit);
    let records = match from.part {
        Part::Numbers => {
            let records = numbers(connection).map_err(unavailable)?;
            return Ok(Piece { records, next: from.next_part() });
        }
        Part::Accounts => accounts(connection, from.behind, limit).map_err(unavailable)?,
        Part::Mails => mails(connection, from.behind, limit).map_err(unavailable)?,
        Part::Pairs => {
            let sizes = sizes(connection, from.behind, limit).map_err(unavailable)?;
            limit = limit.min(i64::try_from(fitting(sizes)).unwrap_or(i64::MAX).max(1));
            pairs(connection, lives, from.behind, limit)?
        }
    };
    let is_full = i64::try_from(records.len()).is_ok_and(|count| count == limit);
    let next = from.after(records.last().map(|(place, _)| *place), is_full);
    Ok(Piece { records: records.into_iter().map(|(_, record)| record).collect(), next })
}

fn numbers(connection: &Connection) -> rusqlite::Result<Vec<Record>> {
    let next: i64 =
        connection
            .query_row("SELECT value FROM counter WHERE name = 'next_row'", [], |found| found.get(0))?;
    let last = connection
        .query_row("SELECT seq FROM sqlite_sequence WHERE name = 'account'", [], |found| found.get(0))
        .optional()?;
    let numbers = Numbers { next_row: next.cast_unsigned(), last_account: last.unwrap_or(0) };
    let keys = accounts::server_keys(connection)?.into_iter().map(Record::ServerKey);
    Ok(std::iter::once(Record::Numbers(numbers)).chain(keys).collect())
}

/// What stands before the first number of a part.
fn behind(place: Option<u128>) -> i64 {
    place.map_or(-1, |place| i64::try_from(place).unwrap_or(i64::MAX))
}

fn accounts(connection: &Connection, after: Option<u128>, limit: i64) -> rusqlite::Result<Vec<Placed>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, email, plan, created, language, notify, provisional FROM account
         WHERE id > ?1 ORDER BY id LIMIT ?2",
    )?;
    let found = statement.query_map(params![behind(after), limit], |found| {
        let account = accounts::account(found)?;
        let credentials = credentials::all(connection, account.id)?;
        let provisional = found.get("provisional")?;
        let place = u128::from(account.id.0.cast_unsigned());
        Ok((place, Record::Account(StoredAccount { account, provisional, credentials })))
    })?;
    found.collect()
}

fn mails(connection: &Connection, after: Option<u128>, limit: i64) -> rusqlite::Result<Vec<Placed>> {
    let after = after.map(u128::to_be_bytes);
    let found = mails_where(
        connection,
        "row IS NULL AND (?1 IS NULL OR id > ?1) ORDER BY id LIMIT ?2",
        params![after.as_ref().map(|id| &id[..]), limit],
    )?;
    Ok(found.into_iter().map(|mail| (mail.mail.id.number(), Record::Mail(mail))).collect())
}

fn mails_where(
    connection: &Connection,
    which: &str,
    values: impl Params,
) -> rusqlite::Result<Vec<StoredMail>> {
    connection
        .prepare_cached(&format!("SELECT * FROM outbox WHERE {which}"))?
        .query_map(values, mail)?
        .collect()
}

fn mail(found: &Found<'_>) -> rusqlite::Result<StoredMail> {
    let time = |name| found.get::<_, Option<i64>>(name).map(|time| time.map(Timestamp));
    let kind = MailKind::from_code(found.get("kind")?);
    Ok(StoredMail {
        mail: Mail {
            id: MailId(found.get("id")?),
            kind: kind.ok_or(rusqlite::Error::IntegralValueOutOfRange(0, 0))?,
            account: found.get::<_, Option<i64>>("account")?.map(AccountId),
            sealed: Sealed::from_bytes(found.get("sealed")?),
        },
        since: Timestamp(found.get("since")?),
        due: time("due")?,
        until: time("until")?,
        paused: time("paused")?,
        tries: found.get("tries")?,
        pick: found.get("pick")?,
    })
}

/// The sizes of the next contents.
fn sizes(connection: &Connection, after: Option<u128>, limit: i64) -> rusqlite::Result<Vec<u64>> {
    connection
        .prepare_cached("SELECT ifnull(length(sealed), 0) FROM pair WHERE row > ?1 ORDER BY row LIMIT ?2")?
        .query_map(params![behind(after), limit], |found| found.get(0).map(i64::unsigned_abs))?
        .collect()
}

fn pairs(
    connection: &Connection,
    lives: &LifeFile,
    after: Option<u128>,
    limit: i64,
) -> Result<Vec<Placed>, StoreError> {
    let mut statement = connection
        .prepare_cached(
            "SELECT pair.created, expires, kind, salt, holder, held, size, files, pair.*, listing.sealed AS entry
             FROM pair LEFT JOIN listing ON listing.account = pair.account AND listing.created = pair.created
                AND listing.row = pair.row
             WHERE pair.row > ?1 ORDER BY pair.row LIMIT ?2",
        )
        .map_err(unavailable)?;
    let mut found = statement.query(params![behind(after), limit]).map_err(unavailable)?;
    let mut records = Vec::new();
    while let Some(found) = found.next().map_err(unavailable)? {
        let row = Row(found.get::<_, i64>("row").map_err(unavailable)?.cast_unsigned());
        let place = place(found, row).map_err(unavailable)??;
        let mails = mails_where(connection, "row = ?1 ORDER BY id", [number(row)]).map_err(unavailable)?;
        let stored = pair(found, place, mails).map_err(unavailable)?;
        let stored = with_life(stored.ok_or(StoreError::Corrupt("fate of a secret"))?, lives)?;
        records.push((u128::from(row.0), Record::Pair(Box::new(stored))));
    }
    Ok(records)
}

fn with_life(mut stored: StoredPair, lives: &LifeFile) -> Result<StoredPair, StoreError> {
    if stored.end.is_none() {
        stored.pair.life = life(lives, stored.pair.place.row)?;
    }
    Ok(stored)
}

/// `None` where a fate is none.
fn pair(found: &Found<'_>, place: Place, mails: Vec<StoredMail>) -> rusqlite::Result<Option<StoredPair>> {
    let sealed = |name| found.get::<_, Option<Vec<u8>>>(name).map(|bytes| bytes.map(Sealed::from_bytes));
    let maker = found.get::<_, Option<i64>>("account")?.map(AccountId);
    let entry: Option<Vec<u8>> = found.get("entry")?;
    let code: Option<u8> = found.get("notice")?;
    let detail = found.get("noticed")?;
    let Ok(end) = end(found)? else { return Ok(None) };
    let pair = Pair {
        place,
        secret_check: Check(found.get("secret_check")?),
        receipt_check: Check(found.get("receipt_check")?),
        life: LifeKey::DEAD,
        sealed: sealed("sealed")?.unwrap_or_else(|| Sealed::from_bytes(Vec::new())),
        link: sealed("link")?.unwrap_or_else(|| Sealed::from_bytes(Vec::new())),
        recipient: sealed("recipient")?,
        label: sealed("label")?,
        outline: secrets::outline(found, 6)?,
        mailing: code.and_then(|code| Mailing::from_code(code, detail)),
        mails: Vec::new(),
        listing: maker
            .zip(entry)
            .map(|(account, sealed_receipt_key)| Listing { account, sealed_receipt_key }),
        held: held(found, 4)?.filter(|_| end.is_none()),
    };
    Ok(Some(StoredPair { pair, maker, strikes: found.get("strikes")?, end, mails }))
}

fn end(found: &Found<'_>) -> rusqlite::Result<Result<Option<StoredEnd>, ()>> {
    let code: Option<u8> = found.get("fate")?;
    let Some(code) = code else { return Ok(Ok(None)) };
    let Some(fate) = Fate::from_code(code) else { return Ok(Err(())) };
    Ok(Ok(Some(StoredEnd {
        fate,
        when: Timestamp(found.get("ended")?),
        claim: found.get::<_, Option<[u8; 16]>>("claim")?.map(Claim),
        copied: found.get::<_, Option<i64>>("copied")?.is_some(),
    })))
}

/// Stores records, and answers those that were not there; `None`: something is in the way. In a step of its own, which
/// must be undone where this fails.
pub(super) fn import<'a>(
    connection: &Connection,
    effects: &mut Effects,
    records: &'a [Record],
) -> rusqlite::Result<Option<Vec<&'a Record>>> {
    for record in records {
        if is_in_the_way(connection, record)? {
            return Ok(None);
        }
    }
    let mut new = Vec::new();
    for record in records {
        let is_new = match record {
            Record::Numbers(numbers) => import_numbers(connection, *numbers)?,
            Record::ServerKey(key) => accounts::remember_server_key(connection, key).map(|()| false)?,
            Record::Account(account) => import_account(connection, account)?,
            Record::Mail(mail) => import_mail(connection, mail, None)?,
            Record::Pair(pair) => import_pair(connection, effects, pair)?,
        };
        new.extend(is_new.then_some(record));
    }
    Ok(Some(new))
}

/// Whether something else stands in the place of a record.
fn is_in_the_way(connection: &Connection, record: &Record) -> rusqlite::Result<bool> {
    match record {
        Record::Numbers(_) | Record::ServerKey(_) | Record::Mail(_) => Ok(false),
        Record::Account(stored) => connection
            .prepare_cached("SELECT 1 FROM account WHERE (id = ?1) <> (email = ?2)")?
            .exists(params![stored.account.id.0, stored.account.email.as_str()]),
        Record::Pair(stored) => connection
            .prepare_cached("SELECT 1 FROM pair WHERE row = ?1 AND secret_check <> ?2")?
            .exists(params![number(stored.pair.place.row), &stored.pair.secret_check.0[..]]),
    }
}

fn import_numbers(connection: &Connection, numbers: Numbers) -> rusqlite::Result<bool> {
    connection.execute(
        "UPDATE counter SET value = max(value, ?1) WHERE name = 'next_row'",
        [numbers.next_row.cast_signed()],
    )?;
    let last = [numbers.last_account];
    connection.execute("UPDATE sqlite_sequence SET seq = max(seq, ?1) WHERE name = 'account'", last)?;
    connection.execute(
        "INSERT INTO sqlite_sequence (name, seq) SELECT 'account', ?1
         WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'account')",
        last,
    )?;
    Ok(false)
}

fn import_account(connection: &Connection, stored: &StoredAccount) -> rusqlite::Result<bool> {
    let account = &stored.account;
    let new = connection
        .prepare_cached(
            "INSERT INTO account (id, email, plan, created, language, notify, provisional)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (id) DO NOTHING",
        )?
        .execute(params![
            account.id.0,
            account.email.as_str(),
            account.plan,
            account.created.0,
            account.language,
            account.notify.bits(),
            stored.provisional
        ])?;
    if new == 1 {
        for (credential, used) in &stored.credentials {
            credentials::insert(connection, account.id.0, credential)?;
            used.map_or(Ok(()), |used| credentials::touch(connection, &credential.id, used))?;
        }
    }
    Ok(new == 1)
}

fn import_mail(connection: &Connection, stored: &StoredMail, row: Option<Row>) -> rusqlite::Result<bool> {
    let known =
        connection.prepare_cached("SELECT 1 FROM outbox WHERE id = ?1")?.exists([&stored.mail.id.0[..]])?;
    if !known {
        outbox::insert(connection, &stored.mail, row, (stored.since, stored.due, stored.until))?;
        connection
            .prepare_cached("UPDATE outbox SET paused = ?2, tries = ?3, pick = ?4 WHERE id = ?1")?
            .execute(params![
                &stored.mail.id.0[..],
                stored.paused.map(|time| time.0),
                stored.tries,
                stored.pick
            ])?;
    }
    Ok(!known)
}

fn import_pair(
    connection: &Connection,
    effects: &mut Effects,
    stored: &StoredPair,
) -> rusqlite::Result<bool> {
    if secrets::insert(connection, effects, &stored.pair)? == Put::RowExists {
        return Ok(false);
    }
    if stored.end.is_some() {
        // It counts nothing any more.
        effects.held -= stored.pair.held.map_or(0, |held| i64::from(held.bytes));
    }
    secrets::list(connection, &stored.pair)?;
    let end = stored.end.as_ref();
    let mailing = stored.pair.mailing.map(Mailing::code);
    connection
        .prepare_cached(
            "UPDATE pair SET account = ?2, strikes = ?3, fate = ?4, ended = ?5, claim = ?6, copied = ?7, noticed = ?8,
                mails = ?9, sealed = iif(?4 IS NULL, sealed, NULL), link = iif(?4 IS NULL, link, NULL) WHERE row = ?1",
        )?
        .execute(params![
            number(stored.pair.place.row),
            stored.maker.map(|maker| maker.0),
            stored.strikes,
            end.map(|end| end.fate.code()),
            end.map(|end| end.when.0),
            end.and_then(|end| end.claim).map(|claim| claim.0),
            end.filter(|end| end.copied).map(|_| 1),
            mailing.and_then(|(_, detail)| detail),
            stored.has_mails().then_some(1),
        ])?;
    for mail in &stored.mails {
        import_mail(connection, mail, Some(stored.pair.place.row))?;
    }
    Ok(true)
}
