//! Row numbers and life keys on hand, leased from the store in blocks.

use super::{Vault, VaultError};
use burnbag_core::key::{ReceiptSide, SecretSide, Tag};
use burnbag_core::life_key::LifeKey;
use burnbag_core::tag::Row;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// Rows in a block.
const BLOCK: usize = 4096;
/// With this many left the next block is fetched beside the requests.
const LOW: usize = BLOCK / 4;

/// A row that nobody else has, and what its keys are made of.
#[derive(Debug)]
pub(super) struct Leased {
    pub(super) row: Row,
    pub(super) life: LifeKey,
    pub(super) secret: Tag<SecretSide>,
    pub(super) receipt: Tag<ReceiptSide>,
}

/// The rows on hand.
#[derive(Debug, Default)]
pub(super) struct Rows {
    on_hand: Mutex<VecDeque<Leased>>,
    /// One block is fetched at a time.
    fetching: tokio::sync::Mutex<()>,
}

impl Rows {
    fn pop(&self) -> (Option<Leased>, usize) {
        let mut rows = self.on_hand.lock().unwrap_or_else(PoisonError::into_inner);
        (rows.pop_front(), rows.len())
    }

    /// Forgets them: who leased them is not their only owner.
    pub(super) fn forget(&self) {
        self.on_hand.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn left(&self) -> usize {
        self.on_hand.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}

impl Vault {
    /// A row that nobody else has.
    pub(super) async fn next_row(self: &Arc<Self>) -> Result<Leased, VaultError> {
        loop {
            let (row, left) = self.rows.pop();
            if left == LOW {
                let vault = Arc::clone(self);
                tokio::spawn(async move {
                    // Should it fail, the next request that finds no row meets the same error and answers it.
                    let _ = vault.fetch_rows(LOW).await;
                });
            }
            match row {
                Some(row) => return Ok(row),
                None => self.fetch_rows(0).await?,
            }
        }
    }

    /// Leases a block unless somebody else did it meanwhile.
    async fn fetch_rows(&self, low: usize) -> Result<(), VaultError> {
        let _one_at_a_time = self.rows.fetching.lock().await;
        if self.rows.left() > low {
            return Ok(());
        }
        let lives: Vec<LifeKey> = {
            let mut rng = self.rng();
            (0..BLOCK).map(|_| LifeKey::make(&mut *rng)).collect()
        };
        let first = self.store.lease(lives.clone()).await?;
        let server = self.ring.sealing();
        let tags = Tag::of_rows(first, BLOCK, server).into_iter().zip(Tag::of_rows(first, BLOCK, server));
        let block = (first.0..).map(Row).zip(lives).zip(tags);
        let block = block.map(|((row, life), (secret, receipt))| Leased { row, life, secret, receipt });
        self.rows.on_hand.lock().unwrap_or_else(PoisonError::into_inner).extend(block);
        Ok(())
    }
}
