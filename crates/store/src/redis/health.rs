//! Whether the servers are set up to keep what they are given: looked at when the store is opened, and once a minute.

use super::address::Form;
use super::desk::{Desk, within};
use super::line::Line;
use super::order::PATIENCE;
use super::servers::Use;
use super::trouble::Trouble;
use crate::StoreError;
use burnbag_core::time::Timestamp;
use redis::{Pipeline, Value};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::time::Instant;

/// Major and minor number of the oldest release that works.
const OLDEST: (u32, u32) = (6, 2);

/// Seconds from one look to the next.
const EVERY: i64 = 60;

/// What an operator should know, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Concern {
    Evicts,
    Full,
    TooFewReplicas,
    NotOnDisk,
    NotSynced,
    ReplicasUnasked,
    OnlySnapshots,
    EverySecond,
    Unknown,
}

impl Concern {
    pub(super) const fn text(self) -> &'static str {
        match self {
            Self::Evicts => {
                "Redis may remove secrets when its memory is full: set its maxmemory-policy to noeviction"
            }
            Self::Full => {
                "the memory of Redis is full: no secret can be stored until some are read or expire; raise its maxmemory"
            }
            Self::TooFewReplicas => {
                "Redis has fewer replicas than the store's wait_replicas, so that nothing can be stored or read: start them, or lower wait_replicas"
            }
            Self::NotOnDisk => {
                "Redis keeps nothing on disk: a restart loses every secret; set its appendonly to yes"
            }
            Self::NotSynced => {
                "Redis leaves it to the system when to write to disk, and may lose what was acknowledged: set its appendfsync to always or everysec"
            }
            Self::ReplicasUnasked => {
                "the store's wait_replicas is 0: a failover may bring back what was read, and lose what was stored; set it to 1 or more"
            }
            Self::OnlySnapshots => {
                "Redis writes to disk now and then only: a crash loses what was stored since, and brings back what was read; set its appendonly to yes"
            }
            Self::EverySecond => {
                "Redis writes to disk once a second: a server that loses its power may bring back what was read in the last one; set its appendfsync to always, or the store's wait_replicas to 1 or more"
            }
            Self::Unknown => {
                "Redis does not let its settings be read: whether it keeps what it is given is not known"
            }
        }
    }

    /// Whether it is more than a remark at the start.
    pub(super) const fn is_lasting(self) -> bool {
        match self {
            Self::Evicts
            | Self::Full
            | Self::TooFewReplicas
            | Self::NotOnDisk
            | Self::NotSynced
            | Self::ReplicasUnasked
            | Self::OnlySnapshots => true,
            Self::EverySecond | Self::Unknown => false,
        }
    }
}

/// What was found when it was looked last.
#[derive(Default)]
pub(super) struct Health(Mutex<(Option<Timestamp>, Option<Concern>)>);

impl Health {
    /// Looks for the first time: each concern is logged, and a server that is too old is refused.
    pub(super) async fn begin(&self, desk: &Desk) -> Result<(), Trouble> {
        let concerns = look(desk).await?;
        for concern in &concerns {
            tracing::warn!("{}", concern.text());
        }
        self.state().1 = worst(&concerns);
        Ok(())
    }

    /// The worst that lasts. Looks again when the last look is a minute old.
    pub(super) async fn tend(&self, desk: &Desk, now: Timestamp) -> Result<Option<&'static str>, StoreError> {
        let is_old = |last: Timestamp| now.since(last) >= EVERY || last > now;
        let looks = {
            let mut state = self.state();
            let looks = state.0.is_none_or(is_old);
            state.0 = if looks { Some(now) } else { state.0 };
            looks
        };
        if looks {
            let concerns = look(desk).await?;
            self.state().1 = worst(&concerns);
        }
        Ok(self.state().1.map(Concern::text))
    }

    fn state(&self) -> MutexGuard<'_, (Option<Timestamp>, Option<Concern>)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn worst(concerns: &[Concern]) -> Option<Concern> {
    concerns.iter().copied().find(|concern| concern.is_lasting())
}

/// What there is to say of all servers, the worst first.
async fn look(desk: &Desk) -> Result<Vec<Concern>, Trouble> {
    let mut found = Vec::new();
    for node in desk.servers.all().await? {
        let line = node.line(&desk.servers.dial, Use::Read).await?;
        let facts = Facts::of(&line).await?;
        facts.refuse_old()?;
        facts.refuse_part_of_cluster(&desk.servers.dial.url.form)?;
        found.extend(facts.concerns(desk.servers.dial.url.replicas));
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// What a server says of itself. Where it does not let its settings be read they are not there.
struct Facts(HashMap<String, String>);

impl Facts {
    async fn of(line: &Line) -> Result<Self, Trouble> {
        let mut ask = Pipeline::new();
        ask.cmd("INFO");
        let settings = ["appendfsync", "save"];
        for setting in settings {
            ask.cmd("CONFIG").arg("GET").arg(setting);
        }
        // Who does not answer keeps nobody from looking at the rest another time.
        let answers = within(line, Instant::now() + PATIENCE, line.exchange(&ask)).await?;
        let mut facts = HashMap::new();
        let mut answers = answers.into_iter();
        let info = match answers.next() {
            Some(Value::ServerError(error)) => return Err(Trouble::said(&error)),
            Some(info) => redis::from_redis_value::<String>(info),
            None => return Err(Trouble::Corrupt("number of answers")),
        };
        for fact in info.map_err(|_| Trouble::Corrupt("what the server says of itself"))?.lines() {
            facts.extend(fact.split_once(':').map(|(name, value)| (name.to_owned(), value.to_owned())));
        }
        for value in answers {
            let pair: Result<(String, String), _> = redis::from_redis_value(value);
            facts.extend(pair.ok());
        }
        Ok(Self(facts))
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    fn is_full(&self) -> bool {
        let bytes = |name| self.get(name).and_then(|bytes| bytes.parse::<u64>().ok());
        let most = bytes("maxmemory").filter(|most| *most > 0);
        most.is_some_and(|most| bytes("used_memory").is_some_and(|used| used >= most))
    }

    fn refuse_old(&self) -> Result<(), Trouble> {
        let version = self.get("redis_version").unwrap_or_default();
        let mut numbers = version.split('.').map(|part| part.parse().unwrap_or(0_u32));
        let is_old = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0)) < OLDEST;
        if is_old {
            let (major, minor) = OLDEST;
            return Err(Trouble::Other(format!(
                "Redis {version} is too old: {major}.{minor} or newer is needed"
            )));
        }
        Ok(())
    }

    /// Who names one server of a cluster loses the store with it, though others go on.
    fn refuse_part_of_cluster(&self, form: &Form) -> Result<(), Trouble> {
        if self.get("cluster_enabled") == Some("1") && !matches!(form, Form::Cluster) {
            return Err(Trouble::Other(
                "this Redis belongs to a cluster: name some of its servers, as in redis+cluster://one,two"
                    .to_owned(),
            ));
        }
        Ok(())
    }

    fn concerns(&self, wanted: u32) -> Vec<Concern> {
        let replicas: u32 = self.get("connected_slaves").and_then(|count| count.parse().ok()).unwrap_or(0);
        let has_log = self.get("aof_enabled") == Some("1");
        let has_others = replicas > 0 || self.get("cluster_enabled") == Some("1");
        let rules = [
            (self.get("maxmemory_policy").is_some_and(|policy| policy != "noeviction"), Concern::Evicts),
            (self.is_full(), Concern::Full),
            (replicas < wanted, Concern::TooFewReplicas),
            (!has_log && self.get("save") == Some(""), Concern::NotOnDisk),
            (!has_log && self.get("save") != Some(""), Concern::OnlySnapshots),
            (has_log && self.get("appendfsync") == Some("no"), Concern::NotSynced),
            (has_log && self.get("appendfsync") == Some("everysec") && wanted == 0, Concern::EverySecond),
            (wanted == 0 && has_others, Concern::ReplicasUnasked),
            (self.get("appendfsync").is_none(), Concern::Unknown),
        ];
        rules.into_iter().filter(|(applies, _)| *applies).map(|(_, concern)| concern).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn concerns(facts: &[(&str, &str)], wanted: u32) -> Vec<Concern> {
        let facts = facts.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let mut concerns = Facts(facts.collect()).concerns(wanted);
        concerns.sort_unstable();
        concerns
    }

    #[test]
    fn a_server_that_keeps_what_it_is_given_is_no_concern() {
        let well = [
            ("maxmemory_policy", "noeviction"),
            ("aof_enabled", "1"),
            ("appendfsync", "everysec"),
            ("save", ""),
            ("connected_slaves", "1"),
        ];
        assert_eq!(concerns(&well, 1), []);
        assert_eq!(concerns(&well, 0), [Concern::ReplicasUnasked, Concern::EverySecond]);
        assert_eq!(concerns(&well, 2), [Concern::TooFewReplicas]);
        let memory = |used, most| [&well[..], &[("used_memory", used), ("maxmemory", most)]].concat();
        assert_eq!(concerns(&memory("99", "100"), 1), []);
        assert_eq!(concerns(&memory("100", "100"), 1), [Concern::Full]);
        assert_eq!(concerns(&memory("100", "0"), 1), [], "there is no limit");
    }

    #[test]
    fn the_worst_comes_first() {
        let ill =
            [("maxmemory_policy", "volatile-ttl"), ("aof_enabled", "0"), ("save", ""), ("appendfsync", "no")];
        assert_eq!(concerns(&ill, 0), [Concern::Evicts, Concern::NotOnDisk]);
        let unknown = [("maxmemory_policy", "noeviction"), ("aof_enabled", "1")];
        assert_eq!(concerns(&unknown, 0), [Concern::Unknown]);
    }

    #[test]
    fn old_servers_are_refused() {
        for (version, is_old) in
            [("6.0.20", true), ("5.9", true), ("6.2.0", false), ("7.0.15", false), ("", true)]
        {
            let facts = Facts(HashMap::from([("redis_version".to_owned(), version.to_owned())]));
            assert_eq!(facts.refuse_old().is_err(), is_old, "{version}");
        }
    }
}
