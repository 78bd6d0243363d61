//! `burnbag connector`: writes the package that makes a Power Platform connector for a server. Needs no server.

use crate::failure::{Exit, Failure};
use crate::terminal;
use burnbag_api::connector::{Host, Package};
use clap::Args;
use std::path::{Path, PathBuf};

/// What a package is made for, and where it goes.
#[derive(Debug, Args)]
pub(crate) struct Connector {
    /// Host of the server as it is reached from the platform, like secrets.example.com
    #[arg(long, value_name = "HOST[:PORT]")]
    host: Host,
    /// Go through the on-premises data gateway: for a server that the internet does not reach
    #[arg(long)]
    gateway: bool,
    /// Folder for the files; it is made if it is not there
    #[arg(long, value_name = "DIR")]
    output: PathBuf,
    /// Overwrite files that are there
    #[arg(long)]
    force: bool,
}

pub(crate) fn run(args: Connector) -> Result<u8, Failure> {
    let Connector { host, gateway, output, force } = args;
    if let Some(warning) = host.warning().filter(|_| !gateway) {
        terminal::say(&format!("warning: {warning}"));
    }
    let files = Package { host, gateway }.files();
    if !force {
        refuse_to_overwrite(&output, &files)?;
    }
    std::fs::create_dir_all(&output).map_err(|error| failed("make", &output, &error))?;
    for (name, content) in &files {
        let path = output.join(name);
        std::fs::write(&path, content).map_err(|error| failed("write", &path, &error))?;
        let _ = terminal::answer(&path.display().to_string());
    }
    terminal::say(&format!("{} says how to import it.", output.join("README.md").display()));
    Ok(0)
}

fn failed(verb: &str, path: &Path, error: &std::io::Error) -> Failure {
    Failure::other(format!("cannot {verb} {}", path.display()), error)
}

fn refuse_to_overwrite(output: &Path, files: &[(&str, Vec<u8>)]) -> Result<(), Failure> {
    let names = files.iter().map(|(name, _)| *name);
    let there: Vec<&str> = names.filter(|name| output.join(name).exists()).collect();
    if there.is_empty() {
        return Ok(());
    }
    let problem = format!("in {} there is already: {}", output.display(), there.join(", "));
    Err(Failure::new(Exit::Other, problem).mend("--force overwrites it; nothing was written"))
}
