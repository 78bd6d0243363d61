//! Calls that all nodes count together, where the engine makes that cheap.

/// A caller, as all nodes name it: a keyed hash, so that nobody learns an address from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caller(pub [u8; 16]);

/// So many calls at once, and then one for each share of the time that passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// Calls; at least 1.
    pub calls: u32,
    /// Seconds; at least 1.
    pub seconds: u32,
}

/// Outcome of [`crate::Store::count`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// The engine does not count; each node counts for itself.
    ByNode,
    /// There was a call left.
    Allowed,
    /// There was none; there is one after so many seconds.
    Wait(u64),
}
