//! Times as people write them: `30m`, `2h`, `7d`, or seconds.

/// Seconds of a time. Nothing and zero are no times; how long a server allows it says itself.
pub(crate) fn parse_lifetime(text: &str) -> Result<u64, &'static str> {
    const FORM: &str = "a time like 30m, 2h, 7d or a number of seconds";
    let (number, unit) = match text.as_bytes().last() {
        Some(b's') => (&text[..text.len() - 1], 1),
        Some(b'm') => (&text[..text.len() - 1], 60),
        Some(b'h') => (&text[..text.len() - 1], 60 * 60),
        Some(b'd') => (&text[..text.len() - 1], 24 * 60 * 60),
        _ => (text, 1),
    };
    if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(FORM);
    }
    let seconds = number.parse::<u64>().ok().and_then(|number| number.checked_mul(unit));
    // Servers count in 64 bits with a sign.
    let seconds = seconds.filter(|seconds| i64::try_from(*seconds).is_ok()).ok_or("too long")?;
    if seconds == 0 { Err("no time at all") } else { Ok(seconds) }
}

/// A time in words, rounded, in the largest unit that does not lie much.
pub(crate) fn in_words(seconds: i64) -> String {
    let (length, unit) = match seconds {
        ..=119 => (1, "second"),
        120..=7_170 => (60, "minute"),
        7_171..=171_000 => (3_600, "hour"),
        _ => (86_400, "day"),
    };
    let number = seconds.max(0).saturating_add(length / 2) / length;
    if number == 1 { format!("1 {unit}") } else { format!("{number} {unit}s") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn times() {
        let cases = [
            ("30m", 1_800),
            ("2h", 7_200),
            ("7d", 604_800),
            ("60", 60),
            ("90s", 90),
            ("1d", 86_400),
            ("007", 7),
        ];
        for (text, seconds) in cases {
            assert_eq!(parse_lifetime(text), Ok(seconds), "{text}");
        }
        for text in [
            "",
            "0",
            "0d",
            "d",
            "-1",
            "+1",
            "1.5h",
            "1 d",
            "1w",
            "1D",
            "7dd",
            "é",
            "99999999999999999999",
            "9223372036854775807d",
        ] {
            assert!(parse_lifetime(text).is_err(), "{text}");
        }
        assert_eq!(parse_lifetime("9223372036854775808"), Err("too long"));
    }

    #[test]
    fn words() {
        let cases = [
            (-5, "0 seconds"),
            (1, "1 second"),
            (119, "119 seconds"),
            (604_800, "7 days"),
            (604_795, "7 days"),
            (171_000, "48 hours"),
            (172_799, "2 days"),
            (7_195, "2 hours"),
            (3_600, "60 minutes"),
            (86_400, "24 hours"),
        ];
        for (seconds, words) in cases {
            assert_eq!(in_words(seconds), words);
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange(text in "\\PC*") {
            let _ = parse_lifetime(&text);
        }

        #[test]
        fn every_number_of_a_unit_is_itself(number in 1_u64..1_000_000) {
            prop_assert_eq!(parse_lifetime(&format!("{number}h")), Ok(number * 3_600));
            prop_assert_eq!(parse_lifetime(&number.to_string()), Ok(number));
        }
    }
}
