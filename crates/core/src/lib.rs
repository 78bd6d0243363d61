//! What a one-time secret is, as pure functions: its keys, how it is sealed, who may open it, what its receipt
//! tells. Nothing here reads a clock, a file, the environment or a random generator of its own.
//!
//! | module | what stands there |
//! | --- | --- |
//! | [`key`] | the two bearer keys of a secret, and what is derived from them |
//! | [`tag`] | row number ↔ the first eight characters of a key (FF1) |
//! | [`server_key`] | the server's own key and the ring of keys that open |
//! | [`life_key`] | the key whose overwriting ends a secret |
//! | [`opener`] | what a reader brings beyond the link: kinds, passphrase, proof |
//! | [`idempotency_key`] | what a reader repeats a reveal with |
//! | [`fragment`], [`envelope`], [`content`] | sealing on a device: the link's part behind `#`, what a server keeps, what is in it |
//! | [`outline`] | what may be known of a content before it is taken |
//! | [`seal`] | sealing and opening of contents and receipt fields |
//! | [`fate`] | how a secret ends, and the state a receipt shows |
//! | [`lifetime`], [`time`] | seconds, clamped and checked |
//! | [`plan`] | limits by kind of caller |
//! | [`account`] | e-mail addresses, account keys, and what unwraps them: API keys, passwords, sessions, invitations |
//! | [`recipient`] | who is to be told, and how the address is obscured |
//! | [`mail`] | mails that wait to be sent, and what became of them |
//! | [`password`] | generated values |
//! | [`sensitive`] | bytes that are wiped and never printed |
//! | [`unseen`] | characters that nobody sees in a text |

pub mod account;
pub mod content;
pub mod envelope;
pub mod fate;
pub mod fragment;
mod hazmat;
pub mod idempotency_key;
pub mod key;
pub mod life_key;
pub mod lifetime;
pub mod mail;
pub mod opener;
pub mod outline;
pub mod password;
pub mod plan;
pub mod recipient;
pub mod seal;
pub mod sensitive;
pub mod server_key;
pub mod tag;
pub mod time;
pub mod unseen;
