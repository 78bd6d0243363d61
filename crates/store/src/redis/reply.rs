//! How answers are read.

use super::trouble::Trouble;
use crate::{Held, Holder};
use burnbag_core::life_key::LifeKey;
use burnbag_core::opener::{Kind, Salt};
use burnbag_core::outline::{Form, Outline};
use burnbag_core::seal::{Place, Sealed};
use burnbag_core::tag::Row;
use burnbag_core::time::Timestamp;
use redis::Value;
use std::str::FromStr;

/// What came back is none of what the script answers.
const SHAPE: Trouble = Trouble::Corrupt("shape of an answer");

/// Values of fields, in the order that they were asked for.
pub(super) struct Fields(Vec<Option<Vec<u8>>>);

impl From<Vec<Option<Vec<u8>>>> for Fields {
    fn from(values: Vec<Option<Vec<u8>>>) -> Self {
        Self(values)
    }
}

impl Fields {
    /// Of an array of them; of nothing, none.
    pub(super) fn of(value: Value) -> Result<Option<Self>, Trouble> {
        let parts: Result<Option<Vec<Value>>, _> = redis::from_redis_value(value);
        let Some(parts) = parts.map_err(|_| SHAPE)? else { return Ok(None) };
        let parts = parts.into_iter().map(|part| {
            if let Value::BulkString(bytes) = part {
                return Ok(Some(bytes));
            }
            let number: Result<Option<i64>, _> = redis::from_redis_value(part);
            number.map(|number| number.map(|number| number.to_string().into_bytes())).map_err(|_| SHAPE)
        });
        Ok(Some(Self(parts.collect::<Result<_, _>>()?)))
    }

    /// Whether there is nothing at all.
    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(Option::is_none)
    }

    pub(super) fn has(&self, at: usize) -> bool {
        self.0.get(at).is_some_and(Option::is_some)
    }

    /// Takes bytes out.
    pub(super) fn take(&mut self, at: usize) -> Option<Vec<u8>> {
        self.0.get_mut(at).and_then(Option::take)
    }

    pub(super) fn maybe_bytes(&self, at: usize) -> Option<&[u8]> {
        self.0.get(at)?.as_deref()
    }

    pub(super) fn maybe_text(&self, at: usize) -> Result<Option<&str>, Trouble> {
        let text = self.maybe_bytes(at).map(std::str::from_utf8).transpose();
        text.map_err(|_| Trouble::Corrupt("a text"))
    }

    pub(super) fn text(&self, at: usize) -> Result<&str, Trouble> {
        self.maybe_text(at)?.ok_or(Trouble::Corrupt("a text"))
    }

    pub(super) fn maybe_number<T: FromStr>(&self, at: usize) -> Result<Option<T>, Trouble> {
        let number = self.maybe_text(at)?.map(str::parse).transpose();
        number.map_err(|_| Trouble::Corrupt("a number"))
    }

    pub(super) fn number<T: FromStr>(&self, at: usize) -> Result<T, Trouble> {
        self.maybe_number(at)?.ok_or(Trouble::Corrupt("a number"))
    }

    pub(super) fn time(&self, at: usize) -> Result<Timestamp, Trouble> {
        self.number(at).map(Timestamp)
    }

    pub(super) fn maybe_time(&self, at: usize) -> Result<Option<Timestamp>, Trouble> {
        Ok(self.maybe_number(at)?.map(Timestamp))
    }

    /// Bytes of a fixed length.
    pub(super) fn exact<const N: usize>(&self, at: usize) -> Result<[u8; N], Trouble> {
        let bytes = self.maybe_bytes(at).ok_or(Trouble::Corrupt("length of a value"))?;
        bytes.try_into().map_err(|_| Trouble::Corrupt("length of a value"))
    }

    pub(super) fn life(&self, at: usize) -> Result<LifeKey, Trouble> {
        self.exact(at).map(LifeKey::from_bytes)
    }

    pub(super) fn sealed(&mut self, at: usize) -> Result<Sealed, Trouble> {
        self.maybe_sealed(at).ok_or(Trouble::Corrupt("a sealed value"))
    }

    pub(super) fn maybe_sealed(&mut self, at: usize) -> Option<Sealed> {
        self.take(at).map(Sealed::from_bytes)
    }

    /// Reads `created, expires, kind, salt` from these four places on.
    pub(super) fn place(&self, at: usize, row: Row) -> Result<Place, Trouble> {
        let salt = if self.has(at + 3) { Some(Salt(self.exact(at + 3)?)) } else { None };
        let kind = Kind::from_code(self.number(at + 2)?, salt).ok_or(Trouble::Corrupt("kind of a secret"))?;
        Ok(Place { row, kind, created: self.time(at)?, expires: self.time(at + 1)? })
    }

    /// Reads `size, files` from these two places on.
    pub(super) fn outline(&self, at: usize) -> Result<Option<Outline>, Trouble> {
        let size: Option<u64> = self.maybe_number(at)?;
        let files: Option<u8> = self.maybe_number(at + 1)?;
        let form = files.map_or(Form::Text, |count| Form::Files((count > 0).then_some(count)));
        Ok(size.map(|size| Outline { form, size }))
    }

    /// What is held, and by whom.
    pub(super) fn held(&self, at: usize) -> Result<Option<Held>, Trouble> {
        self.maybe_text(at)?.map(parse_held).transpose()
    }
}

/// What is held, and by whom, as it is stored.
pub(super) fn held_text(held: Held) -> String {
    format!("{} {}", held.bytes, held.holder.0)
}

fn parse_held(text: &str) -> Result<Held, Trouble> {
    let parts =
        text.split_once(' ').and_then(|(bytes, holder)| Some((bytes.parse().ok()?, holder.parse().ok()?)));
    let (bytes, holder) = parts.ok_or(Trouble::Corrupt("what is held"))?;
    Ok(Held { holder: Holder(holder), bytes })
}

/// Whether a script says yes.
pub(super) fn yes(value: &Value) -> Result<bool, Trouble> {
    if let Value::Int(number) = value { Ok(*number != 0) } else { Err(SHAPE) }
}

/// A number that a script answers.
pub(super) fn count(value: &Value) -> Result<i64, Trouble> {
    redis::from_redis_value_ref(value).map_err(|_| Trouble::Corrupt("a number"))
}

/// A word that a script answers.
pub(super) fn word(value: Value) -> Result<String, Trouble> {
    redis::from_redis_value(value).map_err(|_| SHAPE)
}

/// Names and the number that orders them.
pub(super) fn ranked(value: Value) -> Result<Vec<(String, f64)>, Trouble> {
    redis::from_redis_value(value).map_err(|_| SHAPE)
}
