//! How long a secret waits for its reader.

/// Seconds a secret lives, always within [`Lifetime::MIN`] and [`Lifetime::MAX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lifetime(u32);

impl Lifetime {
    /// One minute: the shortest that v1 knows (wire spec §7.1).
    pub const MIN: Self = Self(60);
    /// One year: no plan may allow more, so that no sum of times overflows.
    pub const MAX: Self = Self(365 * 24 * 60 * 60);
    /// Seven days: what v1 gives when the caller asks for nothing.
    pub const DEFAULT: Self = Self(7 * 24 * 60 * 60);

    /// The nearest allowed lifetime to `seconds`.
    #[must_use]
    pub fn clamped(seconds: i64) -> Self {
        let seconds = seconds.clamp(i64::from(Self::MIN.0), i64::from(Self::MAX.0));
        Self(u32::try_from(seconds).unwrap_or(Self::MAX.0))
    }

    /// The lifetime in seconds.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0 as i64
    }

    /// What a caller who asked for `wanted` seconds gets under a plan that allows `max`.
    ///
    /// Nothing, zero and less mean "the default", never "for ever" nor "one minute" (wire spec §0.3, 10).
    #[must_use]
    pub fn granted(wanted: Option<i64>, max: Self) -> Self {
        match wanted {
            Some(seconds) if seconds > 0 => Self::clamped(seconds).min(max),
            Some(_) | None => Self::DEFAULT.min(max),
        }
    }
}

/// Reads a TTL parameter as v1 does: blanks, a sign, then leading digits (`300.9` is 300, `abc` is nothing).
#[must_use]
pub fn parse_ttl(text: &str) -> Option<i64> {
    let text = text.trim_start();
    let (negative, digits) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    let end = digits.bytes().position(|b| !b.is_ascii_digit()).unwrap_or(digits.len());
    if end == 0 {
        return None;
    }
    // Too many digits for 64 bits is simply a very long time.
    let seconds = digits[..end].parse::<i64>().unwrap_or(i64::MAX);
    Some(if negative { -seconds } else { seconds })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ttl_takes_leading_digits_only() {
        let cases = [
            ("300", Some(300)),
            ("300.9", Some(300)),
            (" 7d", Some(7)),
            ("-5", Some(-5)),
            ("+60", Some(60)),
            ("0", Some(0)),
            ("", None),
            ("abc", None),
            ("-", None),
            ("99999999999999999999999", Some(i64::MAX)),
        ];
        for (text, seconds) in cases {
            assert_eq!(parse_ttl(text), seconds, "{text:?}");
        }
    }

    #[test]
    fn nothing_and_zero_mean_default_and_the_rest_is_clamped() {
        let week = Lifetime::DEFAULT;
        for wanted in [None, Some(0), Some(-5), Some(i64::MIN)] {
            assert_eq!(Lifetime::granted(wanted, week), week);
        }
        assert_eq!(Lifetime::granted(Some(1), week), Lifetime::MIN);
        assert_eq!(Lifetime::granted(Some(i64::MAX), week), week);
        assert_eq!(Lifetime::granted(None, Lifetime::clamped(3600)).seconds(), 3600);
    }
}
