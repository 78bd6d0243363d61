//! `store`: where secrets wait, in the data directory, on a PostgreSQL server, or on Valkey or Redis.

#[cfg(any(feature = "postgres", feature = "redis"))]
use super::mail::read_password;
use super::{Config, ConfigError};
use serde::Deserialize;
use std::fmt;
use zeroize::Zeroizing;

/// Where secrets wait. A URL may hold a password, so it is never printed.
#[derive(Clone, Default, PartialEq, Deserialize)]
#[serde(try_from = "String")]
pub enum StoreOption {
    /// In the data directory.
    #[default]
    Sqlite,
    /// On a PostgreSQL server, which other nodes may use too.
    Postgres(Zeroizing<String>),
    /// On Valkey or Redis, which other nodes may use too.
    Redis(Zeroizing<String>),
}

impl StoreOption {
    /// Whether other nodes may work on the same data.
    #[must_use]
    pub const fn is_shared(&self) -> bool {
        match self {
            Self::Sqlite => false,
            Self::Postgres(_) | Self::Redis(_) => true,
        }
    }
}

impl TryFrom<String> for StoreOption {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let text = Zeroizing::new(text);
        let begins_with =
            |schemes: &[&str]| text.split_once("://").is_some_and(|(scheme, _)| schemes.contains(&scheme));
        if *text == "sqlite" {
            return Ok(Self::Sqlite);
        }
        if begins_with(&["postgres", "postgresql"]) {
            return Ok(Self::Postgres(text));
        }
        let forms =
            ["redis", "rediss", "redis+cluster", "rediss+cluster", "redis+sentinel", "rediss+sentinel"];
        if begins_with(&forms) {
            return Ok(Self::Redis(text));
        }
        Err("this is no store; write sqlite, postgres://USER@HOST/DATABASE, or redis://HOST")
    }
}

impl fmt::Debug for StoreOption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "Sqlite",
            Self::Postgres(_) => "Postgres",
            Self::Redis(_) => "Redis",
        })
    }
}

impl Config {
    /// Refuses what contradicts itself, or what this build has not.
    ///
    /// # Errors
    /// There is a password for no server, or no engine for the store.
    pub fn check_store(&self) -> Result<(), ConfigError> {
        if !self.store.is_shared() && self.store_password_file.is_some() {
            return Err(ConfigError::new(
                "store_password_file is set, but the store is sqlite",
                "set store, like postgres://burnbag@db.example.com/burnbag, or leave store_password_file out",
            ));
        }
        match self.store {
            StoreOption::Postgres(_) if cfg!(not(feature = "postgres")) => Err(ConfigError::new(
                "this build has no PostgreSQL",
                "use sqlite, or a build with the feature postgres",
            )),
            StoreOption::Redis(_) if cfg!(not(feature = "redis")) => Err(ConfigError::new(
                "this build has no Redis",
                "use sqlite, or a build with the feature redis",
            )),
            StoreOption::Sqlite | StoreOption::Postgres(_) | StoreOption::Redis(_) => Ok(()),
        }
    }
}

#[cfg(feature = "postgres")]
impl Config {
    /// The PostgreSQL server that the data are on, if they are. Reads the files that the options name.
    ///
    /// # Errors
    /// Options contradict each other, or a file cannot be read.
    pub fn postgres(&self) -> Result<Option<burnbag_store::postgres::PostgresUrl>, ConfigError> {
        self.check_store()?;
        let StoreOption::Postgres(url) = &self.store else { return Ok(None) };
        let url = burnbag_store::postgres::PostgresUrl::parse(url).map_err(|error| unreadable(&error))?;
        let Some(file) = &self.store_password_file else { return Ok(Some(url)) };
        if url.has_password() {
            return Err(two_passwords());
        }
        let password = read_password("store_password_file", file)?;
        Ok(Some(url.with_password(password.expose())))
    }
}

#[cfg(feature = "redis")]
impl Config {
    /// The Redis servers that the data are on, if they are. Reads the files that the options name.
    ///
    /// # Errors
    /// Options contradict each other, or a file cannot be read.
    pub fn redis(&self) -> Result<Option<burnbag_store::redis::RedisUrl>, ConfigError> {
        self.check_store()?;
        let StoreOption::Redis(url) = &self.store else { return Ok(None) };
        let url = burnbag_store::redis::RedisUrl::parse(url).map_err(|error| unreadable(&error))?;
        let Some(file) = &self.store_password_file else { return Ok(Some(url)) };
        if url.has_password() {
            return Err(two_passwords());
        }
        let password = read_password("store_password_file", file)?;
        Ok(Some(url.with_password(password.expose())))
    }
}

#[cfg(any(feature = "postgres", feature = "redis"))]
fn unreadable(error: &dyn std::error::Error) -> ConfigError {
    ConfigError::new(error.to_string(), "docs/configuration.md shows what a URL may say")
}

#[cfg(any(feature = "postgres", feature = "redis"))]
fn two_passwords() -> ConfigError {
    ConfigError::new("both the URL in store and store_password_file hold a password", "keep one of them")
}
