//! What the tests with several processes share: children of this very binary, and secrets that parent and child make
//! alike from a number.
#![expect(dead_code, reason = "each test binary uses a part")]

pub(crate) mod killed;

use burnbag_core::life_key::LifeKey;
use burnbag_core::server_key::{Keyring, ServerKey};
use burnbag_core::tag::Row;
use burnbag_store::conformance::{Sample, Wish};
use burnbag_store::sqlite::{DataDir, Sqlite};
use rand::SeedableRng;
use rand::rngs::StdRng;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use tempfile::TempDir;

/// Tells a child where to work. Without it a child's part does nothing, so that it is harmless when all tests are run.
const FOLDER: &str = "BURNBAG_TEST_FOLDER";
/// Begins the lines that a child prints for its parent; the test harness prints others.
const MARK: &str = ">> ";

/// The folder that this process is to work in as somebody's child.
#[expect(clippy::disallowed_methods, reason = "how a test tells its child where to work")]
pub(crate) fn folder() -> Option<PathBuf> {
    std::env::var(FOLDER).ok().map(PathBuf::from)
}

/// The program and arguments that play the part `test` of this binary as a child.
pub(crate) fn part(test: &str) -> Vec<String> {
    let program = std::env::current_exe().unwrap().to_str().unwrap().to_owned();
    let mut words = vec![program];
    words.extend([test, "--exact", "--nocapture", "--test-threads=1"].map(str::to_owned));
    words
}

/// Runs words as a command that works in `folder`.
pub(crate) fn command(words: &[String], folder: &Path) -> Command {
    let mut command = Command::new(&words[0]);
    command.args(&words[1..]).env(FOLDER, folder).stdin(Stdio::piped()).stdout(Stdio::piped());
    command
}

/// A child that is told what to do line by line. Killed when dropped.
pub(crate) struct Player {
    child: Child,
    orders: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Player {
    /// Starts the part `test` in `folder`.
    pub(crate) fn start(test: &str, folder: &Path) -> Self {
        let mut child = command(&part(test), folder).stderr(Stdio::inherit()).spawn().unwrap();
        let (orders, answers) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        Self { child, orders, answers: BufReader::new(answers) }
    }

    /// Gives an order without waiting for its answer.
    pub(crate) fn order(&mut self, order: &str) {
        writeln!(self.orders, "{order}").unwrap();
    }

    /// The next line that the child prints for its parent.
    pub(crate) fn answer(&mut self) -> String {
        let mut line = String::new();
        loop {
            line.clear();
            assert_ne!(self.answers.read_line(&mut line).unwrap(), 0, "the child ended");
            if let Some(at) = line.find(MARK) {
                return line[at + MARK.len()..].trim_end().to_owned();
            }
        }
    }

    /// Gives an order and waits for its answer.
    pub(crate) fn ask(&mut self, order: &str) -> String {
        self.order(order);
        self.answer()
    }
}

impl Drop for Player {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a child printed for its parent, of all that it printed.
pub(crate) fn answers(printed: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(printed);
    text.lines().filter_map(|line| Some(line[line.find(MARK)? + MARK.len()..].to_owned())).collect()
}

/// Prints a line for the parent, at once.
pub(crate) fn tell(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{MARK}{line}").unwrap();
    out.flush().unwrap();
}

/// The parent's next order.
pub(crate) fn order() -> Option<String> {
    let mut line = String::new();
    (std::io::stdin().read_line(&mut line).unwrap() > 0).then(|| line.trim_end().to_owned())
}

/// A fresh folder, in memory where there is such a place: these tests are about the order of writes, and a disk that is
/// busy with something else may take seconds for each.
pub(crate) fn fresh_folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory).unwrap() } else { tempfile::tempdir().unwrap() }
}

/// Opens the store in `folder`. Writers are told apart by the number of their process.
pub(crate) fn open(folder: &Path) -> Sqlite {
    let mut rng = StdRng::seed_from_u64(u64::from(std::process::id()));
    Sqlite::open(&DataDir::create(folder).unwrap(), &mut rng).unwrap()
}

/// The server's keys, the same in parent and child.
pub(crate) fn keyring() -> Keyring {
    Keyring::new(ServerKey::make(&mut StdRng::seed_from_u64(0)), Vec::new())
}

/// The life key of row `number`, the same in parent and child.
pub(crate) fn life(number: u64) -> LifeKey {
    LifeKey::make(&mut StdRng::seed_from_u64(number))
}

/// The secret of row `number`, the same in parent and child.
pub(crate) fn sample(number: u64, wish: Wish<'_>, keyring: &Keyring) -> Sample {
    let rng = &mut StdRng::seed_from_u64(!number);
    Sample::seal(Row(number), life(number), wish, keyring, rng)
}

/// The life key that stands at a row of the data in `folder` now.
#[expect(clippy::disallowed_methods, reason = "the file of life keys is not SQLite's")]
pub(crate) fn life_key(folder: &Path, row: Row) -> LifeKey {
    let at = usize::try_from(row.0).unwrap() * LifeKey::LENGTH;
    let bytes = std::fs::read(folder.join("keys")).unwrap();
    let key = bytes.get(at..at + LifeKey::LENGTH);
    key.map_or(LifeKey::DEAD, |key| LifeKey::from_bytes(key.try_into().unwrap()))
}

/// All bytes of a file of a data directory that only other processes have open. Nothing where it is absent.
#[expect(clippy::disallowed_methods, reason = "no connection of this process is open on it")]
pub(crate) fn raw(folder: &Path, name: &str) -> Vec<u8> {
    std::fs::read(folder.join(name)).unwrap_or_default()
}
