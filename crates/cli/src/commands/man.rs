//! `burnbag man`: manual pages, one a command, from the same description as the help.

use crate::failure::Failure;
use crate::{disk, help, terminal};
use clap_mangen::Man;
use std::path::Path;

pub(crate) fn run(folder: Option<&Path>) -> Result<u8, Failure> {
    // The groups of the help would stand as one paragraph here; the pages have a list of their own.
    let command = help::command().disable_help_subcommand(true);
    let trouble = |error| Failure::other("the manual pages cannot be written", error);
    if let Some(folder) = folder {
        disk::create_folder(folder).map_err(trouble)?;
        clap_mangen::generate_to(command, folder).map_err(trouble)?;
        return Ok(0);
    }
    let mut text = Vec::new();
    Man::new(command).render(&mut text).map_err(trouble)?;
    let _ = terminal::hand_over(&text);
    Ok(0)
}
