//! A server in a process of its own.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::process::{ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use rustix::process::{Pid, Signal, kill_process};

use crate::cores::Cores;

/// Longer than any start or stop may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running server, killed when dropped.
#[derive(Debug)]
pub(crate) struct Child {
    process: std::process::Child,
    /// The first line of its standard output.
    pub(crate) greeting: String,
    /// The address in that line.
    pub(crate) address: SocketAddr,
}

impl Child {
    /// Starts `command` on the server's core and waits for the line that says where it listens.
    pub(crate) fn spawn(command: &mut Command, cores: Cores) -> Result<Self> {
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let process = cores.on_server_core(|| {
            command.spawn().with_context(|| format!("starting {}", command.get_program().display()))
        })?;
        let mut child = Self { process, greeting: String::new(), address: ([127, 0, 0, 1], 0).into() };
        let stdout = child.process.stdout.take().context("no standard output")?;
        child.greeting = first_line(stdout)
            .recv_timeout(PATIENCE)
            .context("the server ended or stayed silent instead of greeting")?;
        child.address = child
            .greeting
            .split_once("http://")
            .and_then(|(_, address)| address.trim().parse().ok())
            .with_context(|| format!("no address in the greeting {:?}", child.greeting))?;
        Ok(child)
    }

    /// The process, for /proc.
    pub(crate) fn id(&self) -> u32 {
        self.process.id()
    }

    /// Sends SIGTERM and waits for the end.
    pub(crate) fn stop(mut self) -> Result<ExitStatus> {
        let pid = Pid::from_raw(self.process.id().try_into()?).context("no process id")?;
        kill_process(pid, Signal::TERM)?;
        let asked = Instant::now();
        loop {
            if let Some(status) = self.process.try_wait()? {
                return Ok(status);
            }
            if asked.elapsed() > PATIENCE {
                self.process.kill()?;
                return Ok(self.process.wait()?);
            }
            thread::sleep(Duration::from_millis(2));
        }
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        // Both fail only when the process has ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Hands over the first line and swallows the rest, so that the child never waits for a reader.
fn first_line(stdout: ChildStdout) -> mpsc::Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut reader = BufReader::new(stdout);
        let mut line = String::new();
        if reader.read_line(&mut line).is_ok_and(|length| length > 0) {
            let _ = sender.send(line.trim_end().to_owned());
        }
        drop(sender);
        let _ = std::io::copy(&mut reader, &mut std::io::sink());
    });
    receiver
}
