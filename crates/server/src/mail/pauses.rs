//! How long to wait before the next try: longer each time, and never the same for all.

use burnbag_core::time::Timestamp;
use rand::{Rng, RngExt};
use std::time::Duration;

/// Seconds before a mail is tried again for the first time.
const FIRST: u32 = 10;
/// Most seconds between two tries of a mail. Greylisting lets a mail in after minutes, within hours at least.
const LONGEST: u32 = 30 * 60;
/// Most seconds between two tries of a mail server.
const LONGEST_FOR_SERVER: u32 = 60;

/// When a mail that was tried so often is tried again: after 10, 20, 40 … seconds, at most half an hour.
pub(super) fn until_next_try(tries: u32, now: Timestamp, end: Timestamp, rng: &mut impl Rng) -> Timestamp {
    next_try(tries, LONGEST, now, end, rng)
}

/// The same where something is wrong with the mail server: then this is the mail to try it with, and waits no longer than
/// it would for a connection.
pub(super) fn until_server_is_tried(
    tries: u32,
    now: Timestamp,
    end: Timestamp,
    rng: &mut impl Rng,
) -> Timestamp {
    next_try(tries, LONGEST_FOR_SERVER, now, end, rng)
}

/// Each pause is a fifth more or less, and at most half of the time that is left: so a mail is tried until shortly before its
/// end, however soon that is.
fn next_try(tries: u32, longest: u32, now: Timestamp, end: Timestamp, rng: &mut impl Rng) -> Timestamp {
    let left = u32::try_from(end.since(now)).unwrap_or(u32::MAX);
    let seconds = grown(FIRST, tries.saturating_sub(1), longest.min(left / 2).max(FIRST));
    now.after(i64::from(rng.random_range(seconds * 4 / 5..=seconds * 6 / 5)))
}

/// The pauses between tries of a mail server that does not work.
#[derive(Debug, Default)]
pub(super) struct Pauses {
    taken: u32,
}

impl Pauses {
    /// The next pause: 1, 2, 4 … seconds, at most a minute, each a fifth more or less.
    pub(super) fn next(&mut self, rng: &mut impl Rng) -> Duration {
        let millis = grown(1, self.taken, LONGEST_FOR_SERVER) * 1000;
        self.taken = self.taken.saturating_add(1);
        Duration::from_millis(rng.random_range(millis * 4 / 5..=millis * 6 / 5).into())
    }
}

fn grown(first: u32, doublings: u32, longest: u32) -> u32 {
    first.saturating_mul(2_u32.saturating_pow(doublings)).min(longest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    #[test]
    fn pauses_grow_to_a_bound_and_differ() {
        let rng = &mut StdRng::seed_from_u64(1);
        let now = Timestamp(1_000);
        for (tries, seconds) in [(0, 10), (1, 10), (2, 20), (5, 160), (9, 1800), (u32::MAX, 1800)] {
            let end = now.after(24 * 60 * 60);
            let waits: Vec<i64> = (0..50).map(|_| until_next_try(tries, now, end, rng).since(now)).collect();
            assert!(waits.iter().all(|wait| (seconds * 4 / 5..=seconds * 6 / 5).contains(wait)), "{waits:?}");
            assert!(waits.iter().any(|wait| *wait != waits[0]));
            let with_server = until_server_is_tried(tries, now, end, rng).since(now);
            assert!((seconds.min(60) * 4 / 5..=seconds.min(60) * 6 / 5).contains(&with_server));
        }
        let mut pauses = Pauses::default();
        let waits: Vec<f64> = (0..40).map(|_| pauses.next(rng).as_secs_f64()).collect();
        assert!((0.8..=1.2).contains(&waits[0]) && (1.6..=2.4).contains(&waits[1]), "{waits:?}");
        assert!(waits[10..].iter().all(|wait| (48.0..=72.0).contains(wait)));
    }

    /// A mail server may come back at any time before a secret ends.
    #[test]
    fn the_last_try_is_shortly_before_the_end() {
        let rng = &mut StdRng::seed_from_u64(1);
        for lives in [60, 300, 3600, 24 * 60 * 60] {
            let (mut now, end, mut tries) = (Timestamp(1_000), Timestamp(1_000 + lives), 1);
            let last = loop {
                let next = until_next_try(tries, now, end, rng);
                if next >= end {
                    break now;
                }
                (now, tries) = (next, tries + 1);
            };
            assert!(end.since(last) <= 12 && tries < 100, "{lives}: {tries} tries, the last at {last:?}");
        }
    }
}
