//! Sizes and lifetimes as people write them.

use burnbag_core::lifetime::Lifetime;
use serde::Deserialize;
use serde::de::{Deserializer, Error, Visitor};
use std::fmt;
use std::time::Duration;

/// A number of bytes: `10000`, `10 kB`, `1 MB`, `1 GB` (powers of ten).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Size(pub u64);

/// The size of all files of a secret, in bytes. A row of the store holds no more than a gigabyte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FilesSize(pub usize);

/// A lifetime: seconds, or `30m`, `12h`, `7d`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ttl(pub Lifetime);

/// How long a copy is kept after a reveal: `60s`, `5m`, or 0 for not at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Redelivery(pub i64);

/// How long a server that is told to stop goes on taking requests: `5s`, `1m`, or 0 for not at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drain(pub Duration);

/// How long something may take: `60s`, `2m`; from a second to ten minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeout(pub Duration);

/// A share of a whole, 0 to 100.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u8")]
pub struct Percent(pub u8);

impl TryFrom<u8> for Percent {
    type Error = &'static str;

    fn try_from(number: u8) -> Result<Self, &'static str> {
        if number <= 100 { Ok(Self(number)) } else { Err("a percentage is a number from 0 to 100") }
    }
}

impl Size {
    fn parse(text: &str) -> Option<Self> {
        let (number, unit) = split(text)?;
        let factor = match unit {
            "" | "B" => 1,
            "kB" | "KB" => 1_000,
            "MB" => 1_000_000,
            "GB" => 1_000_000_000,
            _ => return None,
        };
        number.checked_mul(factor).filter(|bytes| *bytes <= i64::MAX.unsigned_abs()).map(Self)
    }
}

/// `90`, `90s`, `30m`, `12h`, `7d` in seconds.
fn seconds(text: &str) -> Option<i64> {
    let (number, unit) = split(text)?;
    let factor = match unit {
        "" | "s" => 1,
        "m" => 60,
        "h" => 60 * 60,
        "d" => 24 * 60 * 60,
        _ => return None,
    };
    i64::try_from(number.checked_mul(factor)?).ok()
}

impl FilesSize {
    const MAX: u64 = 500_000_000;

    fn parse(text: &str) -> Option<Self> {
        let size = Size::parse(text).filter(|size| size.0 <= Self::MAX)?;
        usize::try_from(size.0).ok().map(Self)
    }
}

impl Redelivery {
    /// Longer than ten minutes would be a second way to keep a secret.
    const MAX: i64 = 600;

    fn parse(text: &str) -> Option<Self> {
        seconds(text).filter(|seconds| *seconds <= Self::MAX).map(Self)
    }
}

impl Drain {
    const MAX: u64 = 600;

    fn parse(text: &str) -> Option<Self> {
        let seconds = u64::try_from(seconds(text)?).ok()?;
        (seconds <= Self::MAX).then(|| Self(Duration::from_secs(seconds)))
    }
}

impl Timeout {
    const MAX: u64 = 600;

    fn parse(text: &str) -> Option<Self> {
        let seconds = u64::try_from(seconds(text)?).ok()?;
        (1..=Self::MAX).contains(&seconds).then(|| Self(Duration::from_secs(seconds)))
    }
}

impl Ttl {
    fn parse(text: &str) -> Option<Self> {
        let seconds = seconds(text)?;
        let lifetime = Lifetime::clamped(seconds);
        if lifetime.seconds() == seconds { Some(Self(lifetime)) } else { None }
    }
}

fn split(text: &str) -> Option<(u64, &str)> {
    let end = text.bytes().position(|b| !b.is_ascii_digit()).unwrap_or(text.len());
    Some((text[..end].parse().ok()?, text[end..].trim()))
}

impl<'de> Deserialize<'de> for Size {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer
            .deserialize_any(Measure { parse: Self::parse, expected: "a size like 10 kB, 1 MB or 1 GB" })
    }
}

impl<'de> Deserialize<'de> for Ttl {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let expected = "a time from one minute to one year, like 30m, 12h or 7d";
        deserializer.deserialize_any(Measure { parse: Self::parse, expected })
    }
}

impl<'de> Deserialize<'de> for FilesSize {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer
            .deserialize_any(Measure { parse: Self::parse, expected: "a size up to 500 MB, like 25 MB" })
    }
}

impl<'de> Deserialize<'de> for Redelivery {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let expected = "a time up to ten minutes, like 60s, or 0";
        deserializer.deserialize_any(Measure { parse: Self::parse, expected })
    }
}

impl<'de> Deserialize<'de> for Drain {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let expected = "a time up to ten minutes, like 5s, or 0";
        deserializer.deserialize_any(Measure { parse: Self::parse, expected })
    }
}

impl<'de> Deserialize<'de> for Timeout {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let expected = "a time from one second to ten minutes, like 60s";
        deserializer.deserialize_any(Measure { parse: Self::parse, expected })
    }
}

/// Reads a number or a text in one way.
struct Measure<T> {
    parse: fn(&str) -> Option<T>,
    expected: &'static str,
}

impl<T> Visitor<'_> for Measure<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        (self.parse)(text).ok_or_else(|| E::invalid_value(serde::de::Unexpected::Str(text), &self))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        self.visit_str(&number.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_times() {
        assert_eq!(Size::parse("10 kB"), Some(Size(10_000)));
        assert_eq!(Size::parse("1GB"), Some(Size(1_000_000_000)));
        assert_eq!(Size::parse("5"), Some(Size(5)));
        assert!(
            ["", "kB", "1 TB", "-1", "1.5 MB", "99999999999999999999"]
                .iter()
                .all(|bad| Size::parse(bad).is_none())
        );
        assert_eq!(Ttl::parse("7d"), Some(Ttl(Lifetime::DEFAULT)));
        assert_eq!(FilesSize::parse("25 MB"), Some(FilesSize(25_000_000)));
        assert_eq!(FilesSize::parse("1 GB"), None);
        assert_eq!(["0", "60s", "10m"].map(Redelivery::parse), [0, 60, 600].map(|s| Some(Redelivery(s))));
        assert!(["", "off", "11m", "-1", "false"].iter().all(|bad| Redelivery::parse(bad).is_none()));
        assert_eq!(
            ["0", "5s", "10m"].map(Drain::parse),
            [0, 5, 600].map(|s| Some(Drain(Duration::from_secs(s))))
        );
        assert!(["", "off", "11m", "-1", "false"].iter().all(|bad| Drain::parse(bad).is_none()));
        assert_eq!(Timeout::parse("2m"), Some(Timeout(Duration::from_mins(2))));
        assert!(["", "0", "601", "1h", "-1", "off"].iter().all(|bad| Timeout::parse(bad).is_none()));
        assert!(["", "7w", "0", "59", "366d", "-1h"].iter().all(|bad| Ttl::parse(bad).is_none()));
    }
}
