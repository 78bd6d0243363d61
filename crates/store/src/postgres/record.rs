//! How columns are read and written.

use super::trouble::Trouble;
use crate::{Held, Holder};
use burnbag_core::life_key::LifeKey;
use burnbag_core::opener::{Kind, Salt};
use burnbag_core::outline::{Form, Outline};
use burnbag_core::seal::{Place, Sealed};
use burnbag_core::tag::Row;
use burnbag_core::time::Timestamp;
use tokio_postgres::Row as Record;

/// A row's number as the database counts; below 2⁶³ because the tag's range is.
pub(super) const fn number(row: Row) -> i64 {
    row.0.cast_signed()
}

pub(super) fn row(record: &Record, at: usize) -> Result<Row, Trouble> {
    Ok(Row(record.try_get::<_, i64>(at)?.cast_unsigned()))
}

pub(super) fn time(record: &Record, at: usize) -> Result<Timestamp, Trouble> {
    Ok(Timestamp(record.try_get(at)?))
}

/// A number that is kept as a larger one.
pub(super) fn small<T: TryFrom<i64>>(record: &Record, at: usize) -> Result<T, Trouble> {
    narrow(record.try_get(at)?)
}

/// A number that is kept as a larger one, or none.
pub(super) fn maybe_small<T: TryFrom<i64>>(record: &Record, at: usize) -> Result<Option<T>, Trouble> {
    record.try_get::<_, Option<i64>>(at)?.map(narrow).transpose()
}

fn narrow<T: TryFrom<i64>>(number: i64) -> Result<T, Trouble> {
    T::try_from(number).map_err(|_| Trouble::Corrupt("a number"))
}

/// Bytes of a fixed length.
pub(super) fn bytes<const N: usize>(record: &Record, at: usize) -> Result<[u8; N], Trouble> {
    let bytes: &[u8] = record.try_get(at)?;
    bytes.try_into().map_err(|_| Trouble::Corrupt("length of a value"))
}

pub(super) fn life(record: &Record, at: usize) -> Result<LifeKey, Trouble> {
    bytes(record, at).map(LifeKey::from_bytes)
}

pub(super) fn sealed(record: &Record, at: usize) -> Result<Sealed, Trouble> {
    Ok(Sealed::from_bytes(record.try_get(at)?))
}

pub(super) fn maybe_sealed(record: &Record, at: usize) -> Result<Option<Sealed>, Trouble> {
    Ok(record.try_get::<_, Option<Vec<u8>>>(at)?.map(Sealed::from_bytes))
}

/// The allowance that a row counts against, from two columns.
pub(super) fn held(record: &Record, at: usize) -> Result<Option<Held>, Trouble> {
    let holder: Option<i64> = record.try_get(at)?;
    let bytes = maybe_small(record, at + 1)?;
    Ok(holder.zip(bytes).map(|(holder, bytes)| Held { holder: Holder(holder), bytes }))
}

/// Reads `created, expires, kind, salt` from the first four columns.
pub(super) fn place(record: &Record, row: Row) -> Result<Place, Trouble> {
    let salt = record.try_get::<_, Option<&[u8]>>(3)?.map(|_| bytes(record, 3)).transpose()?.map(Salt);
    let kind = Kind::from_code(small(record, 2)?, salt).ok_or(Trouble::Corrupt("kind of a secret"))?;
    Ok(Place { row, kind, created: time(record, 0)?, expires: time(record, 1)? })
}

/// What a sender says of a content, as two columns: its size; and nothing for a text, else the number of files.
pub(super) fn outline_columns(outline: Option<Outline>) -> (Option<i64>, Option<i64>) {
    let size = outline.map(|outline| i64::try_from(outline.size).unwrap_or(i64::MAX));
    let files = match outline.map(|outline| outline.form) {
        Some(Form::Files(count)) => Some(i64::from(count.unwrap_or(0))),
        Some(Form::Text) | None => None,
    };
    (size, files)
}

pub(super) fn outline(record: &Record, at: usize) -> Result<Option<Outline>, Trouble> {
    let size: Option<i64> = record.try_get(at)?;
    let files: Option<u8> = maybe_small(record, at + 1)?;
    let form = files.map_or(Form::Text, |count| Form::Files((count > 0).then_some(count)));
    Ok(size.map(|size| Outline { form, size: size.unsigned_abs() }))
}
