//! The copy that is kept for a while after a reveal, for the reader whose answer got lost.

use burnbag_core::life_key::LifeKey;
use burnbag_core::seal::{Place, Sealed};
use burnbag_core::tag::Row;
use burnbag_core::time::Timestamp;

/// What [`crate::Store::take`] keeps when it wins.
///
/// The copy has a life key of its own, because that of the secret dies with the take. A leased row number that holds
/// no secret is its place: engines that keep life keys apart have the key there already, durably.
#[derive(Clone, Debug)]
pub struct Keep {
    /// A leased row that is used for nothing else.
    pub life_row: Row,
    /// Its life key, as leased.
    pub life: LifeKey,
    /// The content, sealed for who repeats the reveal.
    pub sealed: Sealed,
    /// When it is forgotten at the latest.
    pub until: Timestamp,
}

/// A kept copy.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Row, kind and times of the secret that it was.
    pub place: Place,
    /// The copy's own life key.
    pub life: LifeKey,
    /// The content, sealed for who repeats the reveal.
    pub sealed: Sealed,
}
