//! Forms that must not work twice: who presses twice, or loads the answer again, has pressed once.

use lru::LruCache;
use sha2::{Digest, Sha256};
use std::fmt;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::OwnedMutexGuard;

/// Forms that are remembered at one time, the newest.
const REMEMBERED: NonZeroUsize = NonZeroUsize::new(4_096).expect("not zero");

/// A form as it was sent: a hash of everything in it, with a number that its page alone had. Who changes what is in it,
/// on a page that the browser brought back, sends another one.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct SentForm([u8; 32]);

impl SentForm {
    /// The form with these fields.
    pub(crate) fn of(fields: &[&[u8]]) -> Self {
        let mut hash = Sha256::new();
        for field in fields {
            // Lengths, so that nothing moves from one field to the next.
            hash.update((field.len() as u64).to_be_bytes());
            hash.update(field);
        }
        Self(hash.finalize().into())
    }
}

/// Forms that were sent, and whether each has done its work. Each node remembers its own, until it is stopped.
pub(crate) struct SentForms(Mutex<LruCache<SentForm, Arc<tokio::sync::Mutex<bool>>>>);

impl Default for SentForms {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(REMEMBERED)))
    }
}

impl SentForms {
    /// Whether a form has done its work, once nobody else is about it. Who does the work notes it there.
    pub(crate) async fn turn(&self, form: SentForm) -> OwnedMutexGuard<bool> {
        let done = {
            let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(known.get_or_insert_mut(form, Arc::default))
        };
        done.lock_owned().await
    }
}

impl fmt::Debug for SentForms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SentForms")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_second_waits_for_the_first() {
        let forms = Arc::new(SentForms::default());
        let form = SentForm::of(&[b"a", b"bc"]);
        let mut first = forms.turn(form).await;
        let second = tokio::spawn({
            let forms = Arc::clone(&forms);
            async move { *forms.turn(form).await }
        });
        assert!(!*forms.turn(SentForm::of(&[b"ab", b"c"])).await, "another one does not wait");
        assert!(!*first);
        *first = true;
        drop(first);
        assert!(second.await.unwrap());
    }
}
