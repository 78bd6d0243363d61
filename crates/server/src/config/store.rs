//! `store`: where secrets wait, in the data directory or on a PostgreSQL server.

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
}

impl StoreOption {
    /// Whether other nodes may work on the same data.
    #[must_use]
    pub const fn is_shared(&self) -> bool {
        matches!(self, Self::Postgres(_))
    }
}

impl TryFrom<String> for StoreOption {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let text = Zeroizing::new(text);
        match text.as_str() {
            "sqlite" => Ok(Self::Sqlite),
            url if url.starts_with("postgres://") || url.starts_with("postgresql://") => {
                Ok(Self::Postgres(text))
            }
            _ => Err("this is no store; write sqlite, or postgres://USER@HOST/DATABASE"),
        }
    }
}

impl fmt::Debug for StoreOption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_shared() { "Postgres" } else { "Sqlite" })
    }
}

#[cfg(feature = "postgres")]
impl Config {
    /// The PostgreSQL server that the data are on, if they are. Reads the files that the options name.
    ///
    /// # Errors
    /// Options contradict each other, or a file cannot be read.
    pub fn postgres(&self) -> Result<Option<burnbag_store::postgres::PostgresUrl>, ConfigError> {
        let StoreOption::Postgres(url) = &self.store else {
            return match self.store_password_file {
                None => Ok(None),
                Some(_) => Err(ConfigError::new(
                    "store_password_file is set, but the store is sqlite",
                    "set store, like postgres://burnbag@db.example.com/burnbag, or leave store_password_file out",
                )),
            };
        };
        let url = burnbag_store::postgres::PostgresUrl::parse(url).map_err(|error| {
            ConfigError::new(error.to_string(), "docs/configuration.md shows what a URL may say")
        })?;
        let Some(file) = &self.store_password_file else { return Ok(Some(url)) };
        if url.has_password() {
            return Err(ConfigError::new(
                "both the URL in store and store_password_file hold a password",
                "keep one of them",
            ));
        }
        let password = super::mail::read_password("store_password_file", file)?;
        Ok(Some(url.with_password(password.expose())))
    }
}

#[cfg(not(feature = "postgres"))]
impl Config {
    /// Refuses what this build has not.
    ///
    /// # Errors
    /// The data are on a PostgreSQL server.
    pub fn refuse_postgres(&self) -> Result<(), ConfigError> {
        if self.store.is_shared() {
            return Err(ConfigError::new(
                "this build has no PostgreSQL",
                "use sqlite, or a build with the feature postgres",
            ));
        }
        Ok(())
    }
}
