//! `burnbag login`: remembers a server, and an account there once the server has accepted it.

use super::{PAUSE, show, system_rng};
use crate::args::Login;
use crate::client::Client;
use crate::failure::{Exit, Failure};
use crate::passphrase::read_line;
use crate::profile::{Credentials, Profile};
use crate::server_url::ServerUrl;
use crate::settings_folder::SettingsFolder;
use crate::terminal;
use burnbag_core::account::Email;
use serde::Serialize;

/// The answer with `--json`.
#[derive(Serialize)]
struct Shown<'a> {
    url: &'a str,
    email: Option<&'a str>,
}

pub(crate) fn run(args: Login) -> Result<u8, Failure> {
    let folder = SettingsFolder::find().ok_or_else(|| {
        Failure::new(Exit::Other, "there is no folder for settings").mend("set HOME, or XDG_CONFIG_HOME")
    })?;
    let Login { server, email, key_file, json } = args;
    let email = match email {
        Some(email) => Some(email),
        None => ask_email(&folder, &server)?,
    };
    let credentials = match email {
        Some(email) => {
            let key = match key_file {
                Some(file) => read_line(&file, "the API key")?,
                None if terminal::can_ask_hidden() => terminal::ask_hidden("API key")?,
                None => {
                    return Err(Failure::usage("there is no terminal to ask for the API key")
                        .mend("--key-file FILE reads it"));
                }
            };
            if key.trim().is_empty() {
                return Err(Failure::usage("the API key is empty").mend("nothing was changed"));
            }
            let api_key = key.trim().to_owned().into();
            Some(Credentials { email: email.to_string(), api_key })
        }
        None => None,
    };
    if server.is_readable_on_the_way() {
        terminal::say("warning: connections to this server are not encrypted; use it for a trial only");
    }
    let client = Client::new(server.clone(), credentials.as_ref(), PAUSE);
    client.status().map_err(|trouble| trouble.at(&server))?;
    Profile::save(&folder, &server, credentials.as_ref(), &mut system_rng()?)?;
    let email = credentials.as_ref().map(|credentials| credentials.email.as_str());
    if !json {
        terminal::say(&match email {
            Some(email) => format!("{server} is used from now on, as {email}."),
            None => format!("{server} is used from now on, without an account."),
        });
    }
    show(json, &Shown { url: server.origin(), email }, [])?;
    Ok(0)
}

/// Asked on a terminal; elsewhere there is no account, unless one would be forgotten for it.
fn ask_email(folder: &SettingsFolder, server: &ServerUrl) -> Result<Option<Email>, Failure> {
    if !terminal::can_ask() {
        if Profile::keeps_key_for(folder, server) {
            return Err(Failure::usage(format!("the API key for {server} would be forgotten"))
                .mend("--email E-MAIL --key-file FILE names an account; burnbag logout forgets it"));
        }
        return Ok(None);
    }
    let line = terminal::ask("E-mail (empty: without an account): ")?
        .ok_or_else(|| Failure::usage("no e-mail address was given").mend("nothing was changed"))?;
    let line = line.trim();
    if line.is_empty() {
        return Ok(None);
    }
    line.parse().map(Some).map_err(|_| Failure::usage("this is not an e-mail address"))
}
