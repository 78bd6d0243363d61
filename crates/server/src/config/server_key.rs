//! The server key: made once, found again, and recognised by the store.

use super::Config;
use burnbag_core::server_key::{BadServerKey, Keyring, ServerKey, ServerKeyId};
use burnbag_core::time::Timestamp;
use burnbag_store::{DynStore, KnownServerKey, StoreError};
use data_encoding::HEXLOWER;
use rand::CryptoRng;
use serde::Deserialize;
use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// A server key in the configuration.
#[derive(Clone, PartialEq, Deserialize)]
#[serde(from = "String")]
pub struct KeyText(Zeroizing<String>);

impl From<String> for KeyText {
    fn from(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl fmt::Debug for KeyText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyText")
    }
}

/// Why the server cannot start with the server keys it has.
#[derive(Debug, thiserror::Error)]
pub enum KeyringError {
    /// A key has not the form of one.
    #[error(
        "{origin}: {error}\n  restore the server key from its copy; a new one opens nothing that is stored"
    )]
    Bad {
        /// Where it was read.
        origin: String,
        /// What is wrong.
        error: BadServerKey,
    },
    /// Both ways to give one were used.
    #[error("both server_key and server_key_file are set\n  keep one of them")]
    Both,
    /// Nodes that share a store need the same key, so none is made.
    #[error(
        "no server key is set, and all servers on one database need the same\n  set server_key_file; openssl rand -hex 32 prints a new key"
    )]
    NotGiven,
    /// The store holds something and there is no key.
    #[error(
        "the server key is missing: there is no {}, but the store was written with one\n  restore the file from its copy, or name it with server_key_file",
        .0.display()
    )]
    Missing(PathBuf),
    /// Another key than the store was written with.
    #[error(
        "wrong server key: the store holds live records sealed with server key {needed}, and only {given} was given\n  restore the right server.key, or name the earlier one in older_server_key_files"
    )]
    Wrong {
        /// Name of the key that the store needs.
        needed: String,
        /// Names of the keys that were given.
        given: String,
    },
    /// The file system refused.
    #[error("cannot read or write {}: {error}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Finds the server keys, or makes the first one for a store that holds nothing yet, and compares them with what the
/// store remembers. `default_file` is where a key is looked for and made unless the configuration names another place.
pub async fn open_keyring(
    config: &Config,
    default_file: &Path,
    store: &DynStore,
    now: Timestamp,
    rng: &mut impl CryptoRng,
) -> Result<Keyring, KeyringError> {
    let known = store.server_keys().await?;
    let sealing = sealing_key(config, default_file, known.is_empty(), rng)?;
    let older = config.older_server_key_files.iter().map(|path| read(path)).collect::<Result<_, _>>()?;
    let ring = Keyring::new(sealing, older);
    recognise(&ring, &known, now)?;
    store.remember_server_key(remembered(ring.sealing(), now)).await?;
    Ok(ring)
}

/// What the store remembers of a key that is in use until `until`.
#[must_use]
pub fn remembered(key: &ServerKey, until: Timestamp) -> KnownServerKey {
    KnownServerKey { id: key.id(), check: key.check(), needed_until: until }
}

fn sealing_key(
    config: &Config,
    default_file: &Path,
    store_is_new: bool,
    rng: &mut impl CryptoRng,
) -> Result<ServerKey, KeyringError> {
    match (&config.server_key, &config.server_key_file) {
        (Some(_), Some(_)) => Err(KeyringError::Both),
        (Some(text), None) => ServerKey::parse(&text.0)
            .map_err(|error| KeyringError::Bad { origin: "server_key".into(), error }),
        (None, Some(file)) => read(file),
        (None, None) if config.store.is_shared() => Err(KeyringError::NotGiven),
        (None, None) if default_file.exists() => read(default_file),
        (None, None) if store_is_new => make(default_file, rng),
        (None, None) => Err(KeyringError::Missing(default_file.to_owned())),
    }
}

#[expect(clippy::disallowed_methods, reason = "the file of the server key is not SQLite's")]
fn read(path: &Path) -> Result<ServerKey, KeyringError> {
    let io = |error| KeyringError::Io { path: path.to_owned(), error };
    let text = Zeroizing::new(std::fs::read_to_string(path).map_err(io)?);
    ServerKey::parse(&text).map_err(|error| KeyringError::Bad { origin: path.display().to_string(), error })
}

/// Makes the key's file: exclusively, private, and on the disk before anything is sealed with it.
#[expect(clippy::disallowed_methods, reason = "the file of the server key is not SQLite's")]
fn make(path: &Path, rng: &mut impl CryptoRng) -> Result<ServerKey, KeyringError> {
    let io = |error| KeyringError::Io { path: path.to_owned(), error };
    let key = ServerKey::make(rng);
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(io)?;
    let text = Zeroizing::new(format!("{}\n", key.to_hex().as_str()));
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(io)?;
    if let Some(folder) = path.parent() {
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(io)?;
    }
    Ok(key)
}

/// Every key that the store still needs must be there, and be the same.
fn recognise(ring: &Keyring, known: &[KnownServerKey], now: Timestamp) -> Result<(), KeyringError> {
    let Some(missing) = missing_key(ring, known, now) else { return Ok(()) };
    let given = ring.all().map(|key| name(key.id())).collect::<Vec<_>>().join(", ");
    Err(KeyringError::Wrong { needed: name(missing), given })
}

/// A key that the store still needs, and this server does not have.
pub(crate) fn missing_key(ring: &Keyring, known: &[KnownServerKey], now: Timestamp) -> Option<ServerKeyId> {
    let mut needed = known.iter().filter(|known| known.needed_until > now);
    let has =
        |known: &KnownServerKey| ring.all().any(|key| key.id() == known.id && key.check() == known.check);
    needed.find(|known| !has(known)).map(|known| known.id)
}

fn name(id: ServerKeyId) -> String {
    HEXLOWER.encode(&id.0)
}
