//! Moving everything that one store holds into another, so that it may be stopped at any moment and go on later.
//!
//! The order is what makes it safe: the new store is marked as not complete, the old one is closed, everything is copied,
//! the new one is opened, and only then the old one is marked as left. At no moment two stores serve the same secret.

use crate::{Cursor, DynStore, Import, MoveId, Part, Record, Stage, StoreError, StoredAccount, StoredPair};

/// Records in a piece.
const PIECE: u32 = 500;

/// What was copied, those included that an earlier run had copied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Copied {
    /// Accounts.
    pub accounts: u64,
    /// Secrets that wait for their reader.
    pub secrets: u64,
    /// Receipts of secrets that ended.
    pub receipts: u64,
    /// Mails that wait to be sent.
    pub mails: u64,
}

impl Copied {
    fn add(&mut self, record: &Record) {
        match record {
            Record::Numbers(_) | Record::ServerKey(_) => {}
            Record::Account(StoredAccount { .. }) => self.accounts += 1,
            Record::Mail(_) => self.mails += 1,
            Record::Pair(pair) => {
                let StoredPair { end, mails, .. } = &**pair;
                *(if end.is_none() { &mut self.secrets } else { &mut self.receipts }) += 1;
                self.mails += mails.len() as u64;
            }
        }
    }
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// From here on the old store is closed.
    Closed,
    /// So much was copied by now.
    Copied(Copied),
}

/// Why nothing was moved, or not everything.
#[derive(Debug, thiserror::Error)]
pub enum TransferError {
    /// One of the two could not do its work.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Both are the same.
    #[error("both are the same store")]
    Same,
    /// What the old store held is in a third one.
    #[error("what the store to copy from held is in another store already")]
    Left,
    /// The old store goes to a third one.
    #[error("the store to copy from is on its way to another store")]
    LeavesElsewhere,
    /// The old store is not complete itself.
    #[error("the store to copy from is being filled from another one, and not complete")]
    Incomplete,
    /// The new store has something.
    #[error("the store to copy to is not empty")]
    Occupied,
    /// The new store was left, or is about to be.
    #[error("the store to copy to was left for another one")]
    Closed,
}

/// Moves everything. Where it was stopped, the same call goes on; `fresh` names the move if this is its beginning.
pub async fn transfer(
    from: &DynStore,
    to: &DynStore,
    fresh: MoveId,
    mut seen: impl FnMut(Progress),
) -> Result<Copied, TransferError> {
    let id = match begin(from, to, fresh).await? {
        Begin::At(id) => id,
        Begin::Over(id) => {
            // Perhaps it was stopped while the new store was being opened.
            to.set_last_move(Some((id, Stage::Arrived))).await?;
            from.set_last_move(Some((id, Stage::Left))).await?;
            return Ok(Copied::default());
        }
    };
    seen(Progress::Closed);
    let copied = copy(from, to, &mut seen).await?;
    to.set_last_move(Some((id, Stage::Arrived))).await?;
    from.set_last_move(Some((id, Stage::Left))).await?;
    Ok(copied)
}

/// Opens a store again that was closed for a move that is given up. First the move gets a name that no other store knows: should
/// this be stopped half-way, with a part of the store open, nobody goes on with the move. What was read meanwhile may
/// wait in the other store.
pub async fn reopen(store: &DynStore, fresh: MoveId) -> Result<(), StoreError> {
    store.set_last_move(Some((fresh, Stage::Leaving))).await?;
    store.set_last_move(None).await
}

enum Begin {
    /// There is something to copy.
    At(MoveId),
    /// All of it was copied; perhaps the old store does not know yet.
    Over(MoveId),
}

/// Finds out where an earlier run was stopped, and closes the old store.
async fn begin(from: &DynStore, to: &DynStore, fresh: MoveId) -> Result<Begin, TransferError> {
    let id = match (from.last_move().await?, to.last_move().await?) {
        (Some((from, Stage::Leaving | Stage::Left)), Some((to, Stage::Arrived))) if from == to => {
            return Ok(Begin::Over(to));
        }
        (Some((from, Stage::Leaving)), Some((to, Stage::Arriving))) if from == to => to,
        (Some((_, Stage::Left)), _) => return Err(TransferError::Left),
        (Some((_, Stage::Leaving)), _) => return Err(TransferError::LeavesElsewhere),
        (Some((_, Stage::Arriving)), _) => return Err(TransferError::Incomplete),
        (_, Some((_, Stage::Leaving))) => return Err(TransferError::Closed),
        // Left and erased is as good as new.
        (_, Some((_, Stage::Left))) if !is_empty(to).await? => return Err(TransferError::Closed),
        (None | Some((_, Stage::Arrived)), _) => mark(from, to, fresh).await?,
    };
    from.set_last_move(Some((id, Stage::Leaving))).await?;
    Ok(Begin::At(id))
}

/// Marks the new store, which must be empty. What is noted there and seen here is one and the same.
async fn mark(from: &DynStore, to: &DynStore, id: MoveId) -> Result<MoveId, TransferError> {
    if !is_empty(to).await? {
        return Err(TransferError::Occupied);
    }
    let before = to.last_move().await?;
    to.set_last_move(Some((id, Stage::Arriving))).await?;
    if from.last_move().await? == Some((id, Stage::Arriving)) {
        to.set_last_move(before).await?;
        return Err(TransferError::Same);
    }
    // A node that runs on it already was kept out by the mark only.
    if !is_empty(to).await? {
        to.set_last_move(before).await?;
        return Err(TransferError::Occupied);
    }
    Ok(id)
}

async fn is_empty(store: &DynStore) -> Result<bool, StoreError> {
    for part in [Part::Accounts, Part::Mails, Part::Pairs] {
        if !store.export(Cursor::at(part), 1).await?.records.is_empty() {
            return Ok(false);
        }
    }
    Ok(true)
}

async fn copy(
    from: &DynStore,
    to: &DynStore,
    seen: &mut impl FnMut(Progress),
) -> Result<Copied, TransferError> {
    let (mut copied, mut next) = (Copied::default(), Some(Cursor::START));
    while let Some(cursor) = next {
        let piece = from.export(cursor, PIECE).await?;
        piece.records.iter().for_each(|record| copied.add(record));
        if to.import(piece.records).await? == Import::Occupied {
            return Err(TransferError::Occupied);
        }
        seen(Progress::Copied(copied));
        next = piece.next;
    }
    Ok(copied)
}
