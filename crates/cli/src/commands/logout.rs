//! `burnbag logout`: forgets server and account on this machine.

use super::show;
use crate::args::Logout;
use crate::failure::Failure;
use crate::profile::Profile;
use crate::settings_folder::SettingsFolder;
use crate::terminal;
use serde::Serialize;

/// The answer with `--json`.
#[derive(Serialize)]
struct Shown {
    /// Whether there was anything to forget.
    forgotten: bool,
}

pub(crate) fn run(args: &Logout) -> Result<u8, Failure> {
    let forgotten = SettingsFolder::find().map_or(Ok(false), |folder| Profile::forget(&folder))?;
    if !args.json {
        terminal::say(if forgotten { "Forgotten on this machine." } else { "There was nothing to forget." });
    }
    show(args.json, &Shown { forgotten }, [])?;
    Ok(0)
}
