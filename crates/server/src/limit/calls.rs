//! Calls per time and client: 100 in 60 seconds, as the connector's own limit.

use super::Wait;
use crate::client::Client;
use crate::clock::Clock as OurClock;
use burnbag_store::Quota as StoreQuota;
use governor::clock::{Clock, Reference};
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::StateStore;
use governor::{Quota, RateLimiter};
use lru::LruCache;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::hash::Hash;
use std::num::{NonZeroU32, NonZeroUsize};
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Clients that are remembered at one time. The least recent one is forgotten first, and starts afresh.
const REMEMBERED: NonZeroUsize = NonZeroUsize::new(65_536).expect("not zero");
/// A site of many networks may call as often as this many of them.
const SITE_FACTOR: NonZeroU32 = NonZeroU32::new(4).expect("not zero");

const MINUTE: NonZeroU32 = NonZeroU32::new(60).expect("not zero");
const HOUR: NonZeroU32 = NonZeroU32::new(3_600).expect("not zero");
const DAY: NonZeroU32 = NonZeroU32::new(86_400).expect("not zero");

/// So many calls per so much time, or no limit: `100/60s`, `100/1h`, `off`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub enum Rate {
    /// No limit.
    Off,
    /// A limit.
    Per {
        /// Calls.
        calls: NonZeroU32,
        /// Seconds.
        seconds: NonZeroU32,
    },
}

/// The text is no rate.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no rate of calls; write it like 100/60s, or off")]
pub struct RateError(String);

impl FromStr for Rate {
    type Err = RateError;

    fn from_str(text: &str) -> Result<Self, RateError> {
        if text == "off" {
            return Ok(Self::Off);
        }
        let parse = || {
            let (calls, seconds) = text.split_once('/')?;
            let unit = seconds.char_indices().next_back()?;
            let factor = match unit.1 {
                's' => NonZeroU32::MIN,
                'm' => MINUTE,
                'h' => HOUR,
                'd' => DAY,
                _ => return None,
            };
            let seconds: NonZeroU32 = seconds[..unit.0].parse().ok()?;
            Some(Self::Per { calls: calls.parse().ok()?, seconds: seconds.checked_mul(factor)? })
        };
        parse().ok_or_else(|| RateError(text.to_owned()))
    }
}

impl TryFrom<String> for Rate {
    type Error = RateError;

    fn try_from(text: String) -> Result<Self, RateError> {
        text.parse()
    }
}

impl From<Rate> for String {
    fn from(rate: Rate) -> Self {
        rate.to_string()
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Off => f.write_str("off"),
            Self::Per { calls, seconds } => write!(f, "{calls}/{seconds}s"),
        }
    }
}

impl Rate {
    /// A limiter of this rate, or of `factor` times as much; none where there is no limit.
    pub(super) fn limiter<K: Hash + Eq + Copy>(
        self,
        factor: NonZeroU32,
        clock: &Arc<dyn OurClock>,
    ) -> Option<Limiter<K>> {
        let quota = self.quota(factor)?;
        Some(RateLimiter::new(quota, Remembered::default(), Ticks(Arc::clone(clock))))
    }

    /// The quota: all calls at once, and then one for each share of the time that passes.
    fn quota(self, factor: NonZeroU32) -> Option<Quota> {
        let Self::Per { calls, seconds } = self else {
            return None;
        };
        let calls = calls.saturating_mul(factor);
        let share = Duration::from_secs(u64::from(seconds.get())) / calls.get();
        Quota::with_period(share.max(Duration::from_nanos(1))).map(|quota| quota.allow_burst(calls))
    }
}

/// A rate that is counted, for callers or what else `K` names.
pub(super) type Limiter<K> = RateLimiter<K, Remembered<K>, Ticks, NoOpMiddleware<Elapsed>>;

/// The limit of calls for one kind of caller.
pub struct Calls {
    rate: Rate,
    clients: Option<Limiter<Client>>,
    sites: Option<Limiter<Client>>,
}

impl Calls {
    /// Counts by `clock`.
    pub fn new(rate: Rate, clock: &Arc<dyn OurClock>) -> Self {
        Self { rate, clients: rate.limiter(NonZeroU32::MIN, clock), sites: rate.limiter(SITE_FACTOR, clock) }
    }

    /// Counts a call.
    ///
    /// # Errors
    /// The client has no call left.
    pub fn count(&self, client: Client) -> Result<(), Wait> {
        check(self.clients.as_ref(), client)?;
        client.site().map_or(Ok(()), |site| check(self.sites.as_ref(), site))
    }
}

impl Calls {
    /// For whom a call counts, and with what allowance; nobody where there is no limit.
    pub(super) fn quotas(&self, client: Client) -> impl Iterator<Item = (Client, StoreQuota)> {
        let quota = |factor: NonZeroU32| match self.rate {
            Rate::Off => None,
            Rate::Per { calls, seconds } => {
                Some(StoreQuota { calls: calls.saturating_mul(factor).get(), seconds: seconds.get() })
            }
        };
        let client = quota(NonZeroU32::MIN).map(|quota| (client, quota));
        let site = client.and_then(|(client, _)| client.site()).zip(quota(SITE_FACTOR));
        client.into_iter().chain(site)
    }
}

/// Counts one more.
///
/// # Errors
/// There is none left.
pub(super) fn check<K: Hash + Eq + Copy>(limiter: Option<&Limiter<K>>, key: K) -> Result<(), Wait> {
    let Some(limiter) = limiter else {
        return Ok(());
    };
    limiter.check_key(&key).map_err(|until| {
        let wait = until.wait_time_from(limiter.clock().now());
        Wait(wait.as_secs() + 1)
    })
}

impl fmt::Debug for Calls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Calls").field("limited", &self.clients.is_some()).finish_non_exhaustive()
    }
}

/// The limiter's memory: a bounded one, so that a flood of addresses cannot fill ours.
pub(super) struct Remembered<K: Hash + Eq>(Mutex<LruCache<K, Nanos>>);

impl<K: Hash + Eq> Default for Remembered<K> {
    fn default() -> Self {
        // Unbounded at first sight; `measure_and_replace` holds it at the bound without reserving room for it.
        Self(Mutex::new(LruCache::unbounded()))
    }
}

impl<K: Hash + Eq + Copy> StateStore for Remembered<K> {
    type Key = K;

    fn measure_and_replace<T, F, E>(&self, key: &K, decide: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        let mut states = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (answer, state) = decide(states.get(key).copied())?;
        states.put(*key, state);
        if states.len() > REMEMBERED.get() {
            states.pop_lru();
        }
        Ok(answer)
    }
}

/// The service's clock, as the limiter wants it.
#[derive(Clone)]
pub(super) struct Ticks(Arc<dyn OurClock>);

/// A moment of that clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Elapsed(Duration);

impl Clock for Ticks {
    type Instant = Elapsed;

    fn now(&self) -> Elapsed {
        Elapsed(self.0.elapsed())
    }
}

impl Reference for Elapsed {
    fn duration_since(&self, earlier: Self) -> Nanos {
        self.0.checked_sub(earlier.0).unwrap_or_default().into()
    }

    fn saturating_sub(&self, duration: Nanos) -> Self {
        Self(self.0.checked_sub(duration.into()).unwrap_or(self.0))
    }
}

impl std::ops::Add<Nanos> for Elapsed {
    type Output = Self;

    fn add(self, other: Nanos) -> Self {
        Self(self.0 + Duration::from(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::FixedClock;
    use burnbag_core::time::Timestamp;

    fn calls(rate: &str) -> (Calls, Arc<FixedClock>) {
        let clock = Arc::new(FixedClock::at(Timestamp(1_000)));
        let shared: Arc<dyn OurClock> = Arc::<FixedClock>::clone(&clock);
        (Calls::new(rate.parse().unwrap(), &shared), clock)
    }

    #[test]
    fn rates() {
        assert_eq!("100/60s".parse::<Rate>().unwrap().to_string(), "100/60s");
        for (text, seconds) in [("10/2m", 120), ("10/1h", 3_600), ("10/1d", 86_400)] {
            let seconds = NonZeroU32::new(seconds).unwrap();
            assert_eq!(text.parse(), Ok(Rate::Per { calls: NonZeroU32::new(10).unwrap(), seconds }));
        }
        assert_eq!("off".parse(), Ok(Rate::Off));
        for bad in [
            "",
            "Off",
            "false",
            "0/60s",
            "100",
            "100/60",
            "100/0s",
            "-1/60s",
            "1e2/60s",
            "1/h",
            "1/1w",
            "1/9999999h",
        ] {
            assert!(bad.parse::<Rate>().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_hundred_calls_then_a_wait() {
        let (calls, clock) = calls("100/60s");
        let client = Client::V4(1);
        for _ in 0..100 {
            assert_eq!(calls.count(client), Ok(()));
        }
        assert_eq!(calls.count(client), Err(Wait(1)));
        assert_eq!(calls.count(Client::V4(2)), Ok(()));
        clock.advance(60);
        for _ in 0..100 {
            assert_eq!(calls.count(client), Ok(()));
        }
        assert!(calls.count(client).is_err());
    }

    #[test]
    fn a_site_has_four_times_the_allowance_of_a_network() {
        let (calls, _) = calls("10/60s");
        let allowed = (0..100).filter(|network| calls.count(Client::V6(*network)).is_ok()).count();
        assert_eq!(allowed, 40);
    }

    #[test]
    fn memory_is_bounded() {
        let remembered = Remembered::default();
        for address in 0..70_000 {
            let _ =
                remembered.measure_and_replace(&Client::V4(address), |_| Ok::<_, ()>(((), Nanos::from(1))));
        }
        assert_eq!(remembered.0.lock().unwrap().len(), REMEMBERED.get());
    }
}
