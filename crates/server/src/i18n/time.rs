//! Times where no script can say them in the reader's own zone.

use burnbag_core::time::Timestamp;

/// `2026-11-28 14:02 UTC`. What no calendar holds is said as the calendar's end.
#[must_use]
pub fn utc(Timestamp(seconds): Timestamp) -> String {
    let end = if seconds < 0 { jiff::Timestamp::MIN } else { jiff::Timestamp::MAX };
    let at = jiff::Timestamp::from_second(seconds).unwrap_or(end);
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_is_a_time() {
        assert_eq!(utc(Timestamp(0)), "1970-01-01 00:00 UTC");
        assert_eq!(utc(Timestamp(1_795_874_520)), "2026-11-28 14:02 UTC");
        assert_eq!(utc(Timestamp(i64::MAX)), "9999-12-30 22:00 UTC");
        assert!(utc(Timestamp(i64::MIN)).ends_with("UTC"));
    }
}
