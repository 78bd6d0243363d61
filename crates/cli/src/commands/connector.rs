//! `burnbag connector`: writes the package that makes a Power Platform connector for a server. Needs no server.

use crate::terminal;
use burnbag_api::connector::{Host, Package};
use clap::Args;
use std::fmt;
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

/// Why it was not written.
#[derive(Debug)]
pub(crate) struct NotWritten {
    pub(crate) problem: String,
    pub(crate) mend: Option<&'static str>,
}

impl fmt::Display for NotWritten {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.problem)?;
        self.mend.map_or(Ok(()), |mend| write!(f, "\n  {mend}"))
    }
}

impl std::error::Error for NotWritten {}

pub(crate) fn run(args: Connector) -> Result<(), NotWritten> {
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
        terminal::answer(&path.display().to_string());
    }
    terminal::say(&format!("{} says how to import it.", output.join("README.md").display()));
    Ok(())
}

fn failed(verb: &str, path: &Path, error: &std::io::Error) -> NotWritten {
    NotWritten { problem: format!("cannot {verb} {}: {error}", path.display()), mend: None }
}

fn refuse_to_overwrite(output: &Path, files: &[(&str, Vec<u8>)]) -> Result<(), NotWritten> {
    let names = files.iter().map(|(name, _)| *name);
    let there: Vec<&str> = names.filter(|name| output.join(name).exists()).collect();
    if there.is_empty() {
        return Ok(());
    }
    let problem = format!("in {} there is already: {}", output.display(), there.join(", "));
    Err(NotWritten { problem, mend: Some("--force overwrites it; nothing was written") })
}
