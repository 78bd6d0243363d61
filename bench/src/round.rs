//! What one round of load found out.

use std::time::Duration;

use crate::usage::Usage;

/// Counts during a round.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    latencies: Vec<Duration>,
    answer_bytes: usize,
    faults: u32,
    first_fault: Option<String>,
}

impl Tally {
    /// An exchange ended well.
    pub(crate) fn done(&mut self, latency: Duration, answer_bytes: usize) {
        self.latencies.push(latency);
        self.answer_bytes = answer_bytes;
    }

    /// An exchange ended badly.
    pub(crate) fn fault(&mut self, what: String) {
        self.faults = self.faults.saturating_add(1);
        self.first_fault.get_or_insert(what);
    }

    /// Sums up a round that took `elapsed`.
    pub(crate) fn into_round(mut self, elapsed: Duration, usage: Usage) -> Round {
        let done = u32::try_from(self.latencies.len()).unwrap_or(u32::MAX);
        Round {
            done,
            per_second: f64::from(done) / elapsed.as_secs_f64(),
            p50_us: percentile(&mut self.latencies, 50),
            p99_us: percentile(&mut self.latencies, 99),
            mean_us: self.latencies.iter().sum::<Duration>().as_secs_f64() / f64::from(done) * 1e6,
            answer_bytes: self.answer_bytes,
            usage,
            faults: self.faults,
            first_fault: self.first_fault,
        }
    }
}

/// One round's figures.
#[derive(Clone, Debug)]
pub(crate) struct Round {
    /// Exchanges that ended well within the measured time.
    pub(crate) done: u32,
    pub(crate) per_second: f64,
    pub(crate) p50_us: f64,
    pub(crate) p99_us: f64,
    pub(crate) mean_us: f64,
    /// Size on the wire of an answer to a first request.
    pub(crate) answer_bytes: usize,
    pub(crate) usage: Usage,
    /// Answers that were wrong and connections that were lost, at any time of the round.
    pub(crate) faults: u32,
    pub(crate) first_fault: Option<String>,
}

/// The middle value; of an even number, the upper of the two in the middle.
pub(crate) fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The latency, in microseconds, that `percent` of all exchanges kept to.
fn percentile(latencies: &mut [Duration], percent: usize) -> f64 {
    if latencies.is_empty() {
        return f64::NAN;
    }
    let rank = (latencies.len() * percent).div_ceil(100).max(1) - 1;
    let (_, latency, _) = latencies.select_nth_unstable(rank);
    latency.as_secs_f64() * 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_of_the_nearest_rank() {
        let mut latencies: Vec<_> = (1..=200).rev().map(Duration::from_micros).collect();
        for (percent, expected) in [(50, 100.0), (99, 198.0), (100, 200.0)] {
            let found = percentile(&mut latencies, percent);
            assert!((found - expected).abs() < 1e-6, "{percent}: {found}");
        }
    }

    #[test]
    fn the_median_of_nothing_is_not_a_number() {
        assert!(median([]).is_nan());
        assert!((median([3.0, 1.0, 2.0]) - 2.0).abs() < f64::EPSILON);
    }
}
