//! `[plans.NAME]`: limits by kind of caller. `anonymous` and `standard` always exist; more are added by name.

use super::{Size, Ttl};
use crate::limit::Rate;
use burnbag_core::lifetime::Lifetime;
use burnbag_core::plan::Plan;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The plan of callers without credentials.
pub const ANONYMOUS: &str = "anonymous";
/// The plan of accounts unless another is named.
pub const STANDARD: &str = "standard";

/// All plans by name.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(from = "BTreeMap<String, PlanConfig>")]
pub struct Plans(BTreeMap<String, PlanConfig>);

/// One plan. What is left out is as in `standard`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PlanConfig {
    /// Longest text. Default 1 MB; anonymous 10 kB.
    pub text: Option<Size>,
    /// Longest lifetime. Default 30 days; anonymous 7 days.
    pub max_ttl: Option<Ttl>,
    /// Calls per time. Default: the general `throttle`.
    pub throttle: Option<Rate>,
}

impl Default for Plans {
    fn default() -> Self {
        Self::from(BTreeMap::new())
    }
}

impl From<BTreeMap<String, PlanConfig>> for Plans {
    fn from(mut plans: BTreeMap<String, PlanConfig>) -> Self {
        let day = 24 * 60 * 60;
        plans.entry(STANDARD.to_owned()).or_default().fill(Size(1_000_000), Ttl(Lifetime::clamped(30 * day)));
        plans.entry(ANONYMOUS.to_owned()).or_default().fill(Size(10_000), Ttl(Lifetime::clamped(7 * day)));
        let standard = plans[STANDARD];
        for plan in plans.values_mut() {
            plan.text = plan.text.or(standard.text);
            plan.max_ttl = plan.max_ttl.or(standard.max_ttl);
        }
        Self(plans)
    }
}

impl PlanConfig {
    fn fill(&mut self, text: Size, max_ttl: Ttl) {
        self.text.get_or_insert(text);
        self.max_ttl.get_or_insert(max_ttl);
    }
}

impl Plans {
    /// The names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The limits of a plan.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Plan> {
        let plan = self.0.get(name)?;
        Some(Plan { text: usize::try_from(plan.text?.0).unwrap_or(usize::MAX), max_ttl: plan.max_ttl?.0 })
    }

    /// The calls that a plan allows, where `general` is the general limit.
    #[must_use]
    pub fn rate(&self, name: &str, general: Rate) -> Rate {
        self.0.get(name).and_then(|plan| plan.throttle).unwrap_or(general)
    }
}
