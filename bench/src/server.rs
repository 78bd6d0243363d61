//! The burnbag server under test.

use std::ffi::OsString;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::child::Child;
use crate::cores::Cores;
use crate::probe;

/// How long a server may take from its greeting to its first good answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// The program and how to run it.
#[derive(Debug)]
pub(crate) struct Program {
    path: PathBuf,
    serve: Vec<OsString>,
}

impl Program {
    /// The program at `path`, with further arguments for `serve`.
    pub(crate) fn find(path: &Path, serve: Vec<OsString>) -> Result<Self> {
        let path =
            path.canonicalize().with_context(|| format!("no server at {} (see --server)", path.display()))?;
        Ok(Self { path, serve })
    }

    /// Starts the server on `home` and waits until it is healthy.
    pub(crate) fn start(&self, home: &Home, cores: Cores) -> Result<Server> {
        let mut command = self.command(home)?;
        command
            .args(["serve", "--listen", "127.0.0.1:0", "--throttle", "off"])
            .arg("--data")
            .arg(home.data())
            .args(&self.serve);
        let spawned = Instant::now();
        let started = Child::spawn(&mut command, cores).and_then(|child| {
            let greeted = Instant::now();
            while !probe::is_healthy(child.address) {
                if greeted.elapsed() > PATIENCE {
                    bail!("/healthz did not answer 200 in {PATIENCE:?}");
                }
            }
            Ok(child)
        });
        let start_up = spawned.elapsed();
        let child = started.with_context(|| format!("burnbag serve: {}", home.complaints()))?;
        Ok(Server { child, start_up })
    }

    /// Makes an account and returns its API key. The server must not be running.
    pub(crate) fn create_account(&self, home: &Home, user: &str) -> Result<String> {
        let output = self
            .command(home)?
            .args(["account", "create", user, "--data"])
            .arg(home.data())
            .stdin(Stdio::null())
            .output()
            .context("burnbag account create")?;
        if !output.status.success() {
            bail!("burnbag account create: {}: {}", output.status, home.complaints());
        }
        Ok(String::from_utf8(output.stdout)?.trim().to_owned())
    }

    /// Without the caller's settings: a `BURNBAG_...` variable would change what is measured.
    fn command(&self, home: &Home) -> Result<Command> {
        let mut command = Command::new(&self.path);
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("BURNBAG_") {
                command.env_remove(name);
            }
        }
        if let Some((url, key)) = &home.store {
            command.env("BURNBAG_STORE", url).env("BURNBAG_SERVER_KEY_FILE", key);
        }
        let complaints = File::options().create(true).append(true).open(home.complaints_file())?;
        command.current_dir(home.directory.path()).stderr(complaints);
        Ok(command)
    }
}

/// A place for one server's data, gone when dropped.
#[derive(Debug)]
pub(crate) struct Home {
    directory: tempfile::TempDir,
    /// A store that is not in the data directory, and the server key that belongs to it.
    store: Option<(String, PathBuf)>,
}

impl Home {
    /// An empty place below `scratch`.
    pub(crate) fn create(scratch: &Path) -> Result<Self> {
        let directory = tempfile::Builder::new().prefix("bench-").tempdir_in(scratch)?;
        Ok(Self { directory, store: None })
    }

    /// The same place, for servers on a store that they share.
    pub(crate) fn in_store(self, url: String, key: PathBuf) -> Self {
        Self { store: Some((url, key)), ..self }
    }

    /// The data directory; the server makes it.
    pub(crate) fn data(&self) -> PathBuf {
        self.directory.path().join("data")
    }

    /// A file beside the data directory.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    fn complaints_file(&self) -> PathBuf {
        self.file("stderr")
    }

    /// The last line that the program wrote to standard error.
    fn complaints(&self) -> String {
        let text = std::fs::read_to_string(self.complaints_file()).unwrap_or_default();
        text.lines().last().unwrap_or("nothing on standard error").to_owned()
    }
}

/// A server that answers.
#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) child: Child,
    /// From spawning the process to the first 200 from /healthz.
    pub(crate) start_up: Duration,
}

impl Server {
    /// Resident memory in bytes, as the kernel counts it.
    pub(crate) fn resident_bytes(&self) -> Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let kibibytes = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))
            .and_then(|rest| rest.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok())
            .context("no VmRSS in /proc")?;
        Ok(kibibytes.saturating_mul(1024))
    }

    /// Stops the server, which has to end well.
    pub(crate) fn stop(self) -> Result<()> {
        let status = self.child.stop()?;
        if !status.success() {
            bail!("burnbag ended on SIGTERM with {status}");
        }
        Ok(())
    }
}
