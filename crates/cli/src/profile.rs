//! The server that the client uses, and who it is there.
//!
//! Credentials belong to one origin: that of the profile, or of `BURNBAG_URL`. No other server ever gets them.

use crate::failure::{Exit, Failure};
use crate::server_url::ServerUrl;
use crate::settings_folder::SettingsFolder;
use burnbag_core::sensitive::SensitiveText;
use rand::rngs::StdRng;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

const NAME: &str = "profile.json";

/// Who somebody is on a server.
#[derive(Clone, Debug)]
pub(crate) struct Credentials {
    pub(crate) email: String,
    pub(crate) api_key: SensitiveText,
}

/// What is remembered, with the variables on top.
#[derive(Debug, Default)]
pub(crate) struct Profile {
    /// The server that is used where a command names none.
    pub(crate) server: Option<ServerUrl>,
    /// The server whose credentials these are, and they.
    owned: Option<(ServerUrl, Credentials)>,
}

/// The file.
#[derive(Serialize, Deserialize)]
struct Stored {
    url: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    api_key: Option<Zeroizing<String>>,
}

impl Profile {
    /// The profile of this user; variables win over the file.
    pub(crate) fn load(folder: Option<&SettingsFolder>) -> Result<Self, Failure> {
        let stored = folder.map(read).transpose()?.flatten();
        let (stored_url, stored_email, stored_key) = match stored {
            Some(stored) => (Some(server_in(&stored.url, "profile.json")?), stored.email, stored.api_key),
            None => (None, None, None),
        };
        let named = variable("BURNBAG_URL").map(|url| server_in(&url, "BURNBAG_URL")).transpose()?;
        // What stands in the file was given for the server in the file.
        let same = named.is_none() || named == stored_url;
        let email = variable("BURNBAG_EMAIL").or(stored_email.filter(|_| same));
        let api_key = variable("BURNBAG_API_KEY").map(Zeroizing::new).or(stored_key.filter(|_| same));
        let server = named.or(stored_url);
        let owned = match (&server, email, api_key) {
            (Some(server), Some(email), Some(mut key)) => {
                let api_key = std::mem::take(&mut *key).into();
                Some((server.clone(), Credentials { email, api_key }))
            }
            (_, None, Some(_)) => {
                return Err(
                    Failure::usage("an API key without an e-mail address").mend("set BURNBAG_EMAIL too")
                );
            }
            _ => None,
        };
        Ok(Self { server, owned })
    }

    /// The server of a command: the one it names, else that of the profile.
    pub(crate) fn server_or(&self, named: Option<&ServerUrl>) -> Result<ServerUrl, Failure> {
        named.or(self.server.as_ref()).cloned().ok_or_else(|| {
            Failure::usage("no server is known").mend(
                "burnbag login https://secrets.example.com remembers one; or set BURNBAG_URL, or pass --url",
            )
        })
    }

    /// The credentials for a server: only its own.
    pub(crate) fn credentials_for(&self, server: &ServerUrl) -> Option<&Credentials> {
        self.owned.as_ref().filter(|(owner, _)| owner == server).map(|(_, credentials)| credentials)
    }

    /// Whether the file has an API key for this server. A file that is none has nothing to lose.
    pub(crate) fn keeps_key_for(folder: &SettingsFolder, server: &ServerUrl) -> bool {
        let stored = read(folder).ok().flatten().filter(|stored| stored.api_key.is_some());
        stored.and_then(|stored| stored.url.parse().ok()).is_some_and(|kept: ServerUrl| kept == *server)
    }

    /// Remembers a server, and credentials for it.
    pub(crate) fn save(
        folder: &SettingsFolder,
        server: &ServerUrl,
        credentials: Option<&Credentials>,
        rng: &mut StdRng,
    ) -> Result<(), Failure> {
        let stored = Stored {
            url: server.to_string(),
            email: credentials.map(|credentials| credentials.email.clone()),
            api_key: credentials.map(|credentials| Zeroizing::new(credentials.api_key.expose().clone())),
        };
        let mut bytes = Zeroizing::new(Vec::with_capacity(1024));
        serde_json::to_writer_pretty(&mut *bytes, &stored).expect("texts are JSON");
        bytes.push(b'\n');
        let written = folder.write(NAME, &bytes, rng);
        written.map_err(|error| {
            Failure::other(format!("{} cannot be written", folder.path(NAME).display()), error)
        })
    }

    /// Forgets both; whether there was anything.
    pub(crate) fn forget(folder: &SettingsFolder) -> Result<bool, Failure> {
        let path = folder.path(NAME);
        match std::fs::remove_file(&path) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(Failure::other(format!("{} cannot be removed", path.display()), error)),
        }
    }
}

fn read(folder: &SettingsFolder) -> Result<Option<Stored>, Failure> {
    let path = folder.path(NAME);
    let bytes = folder.read(NAME);
    let bytes = bytes.map_err(|error| Failure::other(format!("{} cannot be read", path.display()), error))?;
    let Some(bytes) = bytes else { return Ok(None) };
    // The parser's own words would repeat what stands there.
    serde_json::from_slice(&bytes).map(Some).map_err(|_| {
        Failure::new(Exit::Other, format!("{} is not a profile", path.display()))
            .mend("burnbag login URL writes it anew")
    })
}

fn server_in(text: &str, place: &str) -> Result<ServerUrl, Failure> {
    text.parse().map_err(|error| Failure::usage(format!("the server in {place}: {error}")))
}

#[expect(clippy::disallowed_methods, reason = "the client's variables are read here only")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|text| !text.is_empty())
}
