//! Room in memory for large secrets: bytes that are being opened, or sent to slow readers, at one time.

use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Secrets up to this size are not counted: what connections hold anyway is more.
const SMALL: usize = 64 * 1024;

/// The room.
#[derive(Debug)]
pub struct Room(Arc<Semaphore>);

/// A place in it, until dropped. Small secrets need none.
#[derive(Debug)]
pub struct Place(Option<OwnedSemaphorePermit>);

/// There is no room now. Nothing was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoPlace;

impl Room {
    /// For so many bytes.
    #[must_use]
    pub fn new(bytes: u64) -> Self {
        let bytes = usize::try_from(bytes).unwrap_or(usize::MAX).min(Semaphore::MAX_PERMITS);
        Self(Arc::new(Semaphore::new(bytes)))
    }

    /// A place for a secret of this size. Asked for before it is taken: what was taken is always sent.
    ///
    /// # Errors
    /// There is no room.
    pub fn take(&self, bytes: usize) -> Result<Place, NoPlace> {
        if bytes <= SMALL {
            return Ok(Place(None));
        }
        let bytes = u32::try_from(bytes).map_err(|_| NoPlace)?;
        let permit = Arc::clone(&self.0).try_acquire_many_owned(bytes).map_err(|_| NoPlace)?;
        Ok(Place(Some(permit)))
    }
}

impl Place {
    /// Whether it counts.
    #[must_use]
    pub const fn is_counted(&self) -> bool {
        self.0.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_secrets_have_places_and_small_ones_need_none() {
        let room = Room::new(1_000_000);
        let (first, second) = (room.take(600_000).unwrap(), room.take(400_000).unwrap());
        assert_eq!(room.take(70_000).unwrap_err(), NoPlace);
        assert!(first.is_counted() && !room.take(SMALL).unwrap().is_counted());
        drop(second);
        assert!(room.take(400_000).is_ok());
    }
}
