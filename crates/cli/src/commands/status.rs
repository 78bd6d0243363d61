//! `burnbag status`: which server, as whom, and whether it answers.

use super::{client_of, show};
use crate::args::Status;
use crate::failure::Failure;
use crate::plain::plain;
use crate::profile::Profile;
use crate::settings_folder::SettingsFolder;
use burnbag_api::Sealing;
use serde::Serialize;

/// The answer with `--json`.
#[derive(Serialize)]
struct Shown<'a> {
    url: &'a str,
    email: Option<&'a str>,
    /// What the server says of itself.
    status: &'a str,
    /// Where it lets secrets be sealed.
    sealed: Sealing,
}

pub(crate) fn run(args: &Status) -> Result<u8, Failure> {
    let profile = Profile::load(SettingsFolder::find().as_ref())?;
    let client = client_of(&profile, None, &args.reach)?;
    let server = client.server();
    let status = client.status().map_err(|trouble| trouble.at(server))?;
    let on_device = client.takes_device_sealed().map_err(|trouble| trouble.at(server))?;
    let email = profile.credentials_for(server).map(|credentials| credentials.email.as_str());
    let sealed = if on_device { Sealing::Device } else { Sealing::Server };
    let lines = [
        format!("server   {server}"),
        format!("account  {}", email.unwrap_or("none")),
        format!("status   {}", plain(&status.status)),
        format!(
            "sealing  on {}",
            if on_device { "your device" } else { "the server: it knows no other way" }
        ),
    ];
    show(args.reach.json, &Shown { url: server.origin(), email, status: &status.status, sealed }, lines)?;
    Ok(0)
}
