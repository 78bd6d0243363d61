//! What is sent: a script with its keys and arguments, and how long one waits for it.

use super::key::Bucket;
use super::line::Line;
use super::script::Lua;
use redis::Cmd;
use std::fmt::Display;
use std::time::Duration;

/// How long a verb waits at most, unless it says otherwise.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);
/// After what time a take is not done any more: before its caller, who waits longer, has left.
const DEADLINE: Duration = Duration::from_secs(4);

/// A script to be run.
pub(super) struct Order {
    pub(super) bucket: Bucket,
    pub(super) script: &'static Lua,
    keys: Vec<String>,
    arguments: Vec<Vec<u8>>,
    pub(super) patience: Duration,
    /// Whether it is refused when it comes late; the moment is its last argument.
    pub(super) is_timed: bool,
    /// Whether replicas must say that they have it, where that is asked for.
    pub(super) is_confirmed: bool,
    /// Whether it changes anything.
    pub(super) is_read: bool,
}

impl Order {
    /// A script that changes something.
    pub(super) fn write(bucket: Bucket, script: &'static Lua, keys: Vec<String>) -> Self {
        Self {
            bucket,
            script,
            keys,
            arguments: Vec::new(),
            patience: PATIENCE,
            is_timed: false,
            is_confirmed: false,
            is_read: false,
        }
    }

    /// A script that looks at several keys at one moment.
    pub(super) fn read(bucket: Bucket, script: &'static Lua, keys: Vec<String>) -> Self {
        Self { is_read: true, ..Self::write(bucket, script, keys) }
    }

    /// With one more argument: bytes.
    pub(super) fn bytes(mut self, argument: impl Into<Vec<u8>>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    /// With one more argument: a number, or what else is written as text.
    pub(super) fn text(self, argument: impl Display) -> Self {
        self.bytes(argument.to_string())
    }

    /// The same, or an empty one.
    pub(super) fn maybe(self, argument: Option<impl Display>) -> Self {
        match argument {
            Some(argument) => self.text(argument),
            None => self.bytes(Vec::new()),
        }
    }

    /// With names of fields.
    pub(super) fn names(mut self, names: &[&str]) -> Self {
        self.arguments.extend(names.iter().map(|name| name.as_bytes().to_vec()));
        self
    }

    /// With this patience.
    pub(super) fn within(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Refused when it comes late.
    pub(super) fn timed(self) -> Self {
        Self { is_timed: true, ..self }
    }

    /// Done only when replicas say so, where that is asked for.
    pub(super) fn confirmed(self) -> Self {
        Self { is_confirmed: true, ..self }
    }

    /// Whether it may be sent again where nobody knows what became of it.
    pub(super) fn may_repeat(&self) -> bool {
        self.is_read || self.script.may_repeat
    }

    /// As a command on this connection.
    pub(super) fn command(&self, line: &Line) -> Cmd {
        let size = self.arguments.iter().map(Vec::len).sum::<usize>() + 64 * self.keys.len();
        let mut command = Cmd::with_capacity(4 + self.keys.len() + self.arguments.len(), size);
        command.arg("EVALSHA").arg(self.script.digest()).arg(self.keys.len());
        for key in &self.keys {
            command.arg(key);
        }
        for argument in &self.arguments {
            command.arg(argument.as_slice());
        }
        if self.is_timed {
            command.arg(line.clock_in(DEADLINE));
        }
        command
    }
}
