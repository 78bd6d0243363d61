//! Free disk: new secrets are refused while takes, burns and sweeps still have room.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

/// Watches the file system of the data directory.
#[derive(Debug)]
pub struct Disk {
    path: PathBuf,
    min_bytes: u64,
    min_percent: u8,
    low: AtomicBool,
}

impl Disk {
    /// Low when less than `min_bytes` or less than `min_percent` of it are free.
    #[must_use]
    pub const fn new(path: PathBuf, min_bytes: u64, min_percent: u8) -> Self {
        Self { path, min_bytes, min_percent, low: AtomicBool::new(false) }
    }

    /// Whether it was low at the last look.
    pub fn is_low(&self) -> bool {
        self.low.load(Ordering::Relaxed)
    }

    /// Looks.
    pub fn look(&self) {
        let Ok(stat) = rustix::fs::statvfs(&self.path) else {
            return;
        };
        let free = stat.f_bavail.saturating_mul(stat.f_frsize);
        let all = stat.f_blocks.saturating_mul(stat.f_frsize);
        let low = free < self.min_bytes || free < all / 100 * u64::from(self.min_percent);
        if low != self.low.swap(low, Ordering::Relaxed) {
            if low {
                tracing::warn!(free_bytes = free, "the disk is nearly full: new secrets are refused");
            } else {
                tracing::info!(free_bytes = free, "the disk has room again");
            }
        }
    }
}
