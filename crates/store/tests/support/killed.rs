//! Children that are killed at a system call of theirs, counted by strace.

use super::{answers, command, fresh_folder, part};
use burnbag_core::server_key::Keyring;
use burnbag_store::conformance::NOW;
use burnbag_store::{KnownServerKey, Store};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use tokio::runtime::Runtime;

/// What strace is to look at and to do.
fn strace(folder: &Path, number: usize) -> Vec<String> {
    const CALLS: &str =
        "write,pwrite64,writev,pwritev,pwritev2,fsync,fdatasync,ftruncate,fallocate,unlink,unlinkat,rename";
    let mut words = vec!["strace".to_owned(), "-f".to_owned(), "-qq".to_owned()];
    words.extend(["-o".to_owned(), folder.join("trace").to_str().unwrap().to_owned()]);
    for name in ["burnbag.db", "burnbag.db-wal", "burnbag.db-shm", "keys"] {
        words.extend(["-P".to_owned(), folder.join(name).to_str().unwrap().to_owned()]);
    }
    words.extend(["-e".to_owned(), format!("trace={CALLS}")]);
    words.extend(["-e".to_owned(), format!("inject={CALLS}:signal=KILL:when={number}")]);
    words
}

/// Plays a part again and again, each time in a fresh folder with what `prepare` put there and killed one call later, until
/// it is not killed any more. `look` is shown what was left, and how much was acknowledged. Answers at how many calls it
/// was killed, and how often after each number of acknowledgements.
pub(crate) fn killed_at_each_call(
    test: &str,
    prepare: impl Fn(&Path),
    mut look: impl FnMut(&Path, usize),
) -> (usize, BTreeMap<usize, u32>) {
    assert_strace();
    let mut seen = BTreeMap::new();
    for number in 1.. {
        let folder = fresh_folder();
        prepare(folder.path());
        let (done, killed) = run(test, folder.path(), number);
        look(folder.path(), done);
        if !killed {
            return (number - 1, seen);
        }
        *seen.entry(done).or_default() += 1;
    }
    unreachable!("a part ends")
}

/// Plays a part, killed at its call `number`. Answers what it acknowledged, and whether it was killed.
fn run(test: &str, folder: &Path, number: usize) -> (usize, bool) {
    let mut words = strace(folder, number);
    words.extend(part(test));
    let output = command(&words, folder).stderr(Stdio::null()).output().unwrap();
    let killed = !output.status.success();
    (answers(&output.stdout).len(), killed)
}

/// strace counts the calls of each thread, and the child's own made some while it opened the store: the writing thread
/// gets ahead of it before the first scene.
pub(crate) fn get_ahead(runtime: &Runtime, store: &impl Store, keyring: &Keyring) {
    let server = keyring.sealing();
    for round in 0..8 {
        let known = KnownServerKey { id: server.id(), check: server.check(), needed_until: NOW.after(round) };
        runtime.block_on(store.remember_server_key(known)).unwrap();
    }
}

/// Polls all futures until each is done; the first poll queues all of them before the writing thread is waited for.
pub(crate) async fn all<F: Future<Output = ()>>(futures: Vec<F>) {
    let mut futures: Vec<_> = futures.into_iter().map(Box::pin).collect();
    std::future::poll_fn(|context| {
        futures.retain_mut(|future| future.as_mut().poll(context).is_pending());
        if futures.is_empty() { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
}

fn assert_strace() {
    assert!(
        Command::new("strace").arg("-V").stdout(Stdio::null()).status().is_ok(),
        "strace is missing: apt-get install strace"
    );
}
