//! One file a page: what is asked of it, and what stands on it.

pub(super) mod about;
pub(super) mod account;
pub(super) mod asked;
pub(super) mod docs;
pub(super) mod invite;
pub(super) mod language;
pub(super) mod plain;
pub(super) mod receipt;
pub(super) mod recent;
pub(super) mod secret;
pub(super) mod share;
pub(super) mod signin;
