//! A store by the name that a command gives it.

use super::Missing;
use crate::failure::{Exit, Failure};
use burnbag_core::sensitive::SensitiveText;
use burnbag_server::config::{Config, StoreOption};
use burnbag_store::DynStore;
use burnbag_store::sqlite::DataDirError;
use std::path::PathBuf;

/// Opens `sqlite:DIR`, or what a URL names.
pub(super) async fn open(
    name: &SensitiveText,
    password_file: Option<PathBuf>,
    missing: Missing,
) -> Result<DynStore, Failure> {
    let mut config = Config { store_password_file: password_file, ..Config::default() };
    if let Some(folder) = name.expose().strip_prefix("sqlite:").filter(|folder| !folder.is_empty()) {
        config.data = PathBuf::from(folder);
    } else {
        config.store = url(name)?;
    }
    match super::open_any(&config, missing).await {
        Ok((store, _)) => Ok(store),
        Err(error) => Err(match error.downcast_ref() {
            // Its own mend speaks of --data, which is no word of this command.
            Some(DataDirError::Missing(folder)) => {
                Failure::new(Exit::Other, format!("no Burnbag data at {}", folder.display()))
                    .mend("correct what stands behind sqlite:")
            }
            _ => error.into(),
        }),
    }
}

fn url(name: &SensitiveText) -> Result<StoreOption, Failure> {
    StoreOption::try_from(name.expose().to_owned()).ok().filter(StoreOption::is_shared).ok_or_else(|| {
        Failure::usage("this is no store")
            .mend("write sqlite:DIR for a data directory, postgres://USER@HOST/DATABASE, or redis://HOST")
    })
}
