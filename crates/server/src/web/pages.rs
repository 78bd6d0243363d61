//! One file a page: what is asked of it, and what stands on it.

pub(super) mod about;
pub(super) mod language;
pub(super) mod plain;
pub(super) mod receipt;
pub(super) mod secret;
pub(super) mod share;
