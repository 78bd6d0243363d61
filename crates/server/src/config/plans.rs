//! `[plans.NAME]`: limits by kind of caller. `anonymous` and `standard` always exist; more are added by name.

use super::{FilesSize, Size, Ttl};
use crate::limit::Rate;
use burnbag_core::content::MAX_FILES;
use burnbag_core::lifetime::Lifetime;
use burnbag_core::plan::Plan;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The plan of callers without credentials.
pub const ANONYMOUS: &str = "anonymous";
/// The plan of accounts unless another is named.
pub const STANDARD: &str = "standard";

/// A number of files, as far as a secret holds them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "usize")]
pub struct FileCount(pub usize);

impl TryFrom<usize> for FileCount {
    type Error = &'static str;

    fn try_from(count: usize) -> Result<Self, &'static str> {
        if count <= MAX_FILES { Ok(Self(count)) } else { Err("a secret holds 10 files at most") }
    }
}

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
    /// Most files of a secret. Default 10; anonymous 0. Never more than 10.
    pub files: Option<FileCount>,
    /// Longest files of a secret, together. Default 25 MB.
    pub files_size: Option<FilesSize>,
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
        plans.entry(STANDARD.to_owned()).or_default().fill(PlanConfig {
            text: Some(Size(1_000_000)),
            files: Some(FileCount(MAX_FILES)),
            files_size: Some(FilesSize(25_000_000)),
            max_ttl: Some(Ttl(Lifetime::clamped(30 * day))),
            throttle: None,
        });
        plans.entry(ANONYMOUS.to_owned()).or_default().fill(PlanConfig {
            text: Some(Size(10_000)),
            files: Some(FileCount(0)),
            max_ttl: Some(Ttl(Lifetime::clamped(7 * day))),
            ..PlanConfig::default()
        });
        let standard = plans[STANDARD];
        for plan in plans.values_mut() {
            plan.fill(PlanConfig { throttle: plan.throttle, ..standard });
        }
        Self(plans)
    }
}

impl PlanConfig {
    /// Takes what is left out from another plan.
    fn fill(&mut self, other: Self) {
        self.text = self.text.or(other.text);
        self.files = self.files.or(other.files);
        self.files_size = self.files_size.or(other.files_size);
        self.max_ttl = self.max_ttl.or(other.max_ttl);
        self.throttle = self.throttle.or(other.throttle);
    }
}

impl Plans {
    /// The names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The longest text that any plan allows, in bytes.
    #[must_use]
    pub fn longest_text(&self) -> usize {
        self.names().filter_map(|name| self.get(name)).map(|plan| plan.text).max().unwrap_or(0)
    }

    /// The limits of a plan.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Plan> {
        let plan = self.0.get(name)?;
        let bytes = |size: Size| usize::try_from(size.0).unwrap_or(usize::MAX);
        Some(Plan {
            text: bytes(plan.text?),
            files: plan.files?.0,
            files_size: plan.files_size?.0,
            max_ttl: plan.max_ttl?.0,
        })
    }

    /// The calls that a plan allows, where `general` is the general limit.
    #[must_use]
    pub fn rate(&self, name: &str, general: Rate) -> Rate {
        self.0.get(name).and_then(|plan| plan.throttle).unwrap_or(general)
    }
}
