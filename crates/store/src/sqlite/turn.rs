//! Whose turn it is to begin a write.
//!
//! SQLite's write lock is not fair: a process that writes all the time leaves it for some microseconds only, and who
//! looks for it now and then gets it by luck. So every writer holds this lock while it waits for SQLite's: who comes back
//! for another write finds that it is another's turn. It is for fairness alone; who cannot get it goes on without.

use std::fs::File;
use std::io;
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

/// How often a writer looks whether others are done.
pub(super) const LOOK_AGAIN: Duration = Duration::from_millis(1);
/// How many times it looks, five seconds in all.
pub(super) const LOOKS: i32 = 5_000;

/// The lock: on the folder of the store, which every process opens for itself.
#[derive(Debug)]
pub(super) struct Turn(File);

/// A turn that was taken; over when dropped.
pub(super) struct Taken<'a>(&'a File);

impl Turn {
    #[expect(clippy::disallowed_methods, reason = "the folder, not a file of SQLite's")]
    pub(super) fn open(folder: &Path) -> io::Result<Self> {
        File::open(folder).map(Self)
    }

    /// Waits until nobody else waits to write.
    pub(super) fn take(&self) -> Taken<'_> {
        for _ in 0..LOOKS {
            if self.0.try_lock().is_ok() {
                break;
            }
            sleep(LOOK_AGAIN);
        }
        Taken(&self.0)
    }
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        // The lock goes with the process at the latest.
        let _ = self.0.unlock();
    }
}
