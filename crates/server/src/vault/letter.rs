//! What it takes to write a mail, as the outbox keeps it: sealed under the server key.

use burnbag_core::mail::{MailId, MailKind, open_mail, seal_mail};
use burnbag_core::seal::{DidNotOpen, Sealed};
use burnbag_core::server_key::{Keyring, ServerKey};
use rand::CryptoRng;
use serde::{Deserialize, Serialize};
use std::fmt;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// What a mail says. Its language is a tag of [`crate::i18n::LANGUAGES`]; times are Unix seconds.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub enum Letter {
    /// A secret's link, to its recipient.
    Link {
        /// The recipient's address.
        to: String,
        /// The sender's address.
        sender: String,
        /// The secret key in the link.
        key: String,
        /// When the secret expires unread.
        expires: i64,
        /// Whether the recipient must know a passphrase.
        passphrase: bool,
        /// In which language.
        language: String,
    },
    /// To the sender, whose address and language the account knows: his secret was opened, or expired unopened, as the
    /// mail's kind says. Never the link.
    Ended {
        /// His own name for the secret.
        label: Option<String>,
        /// The obscured recipient.
        recipient: Option<String>,
        /// When the secret was made.
        created: i64,
    },
    /// A link to set a password with, for who asked for it himself.
    Invitation {
        /// His address.
        to: String,
        /// The token in the link.
        token: String,
        /// Whether the account is new.
        is_new: bool,
        /// In which language.
        language: String,
    },
}

impl Letter {
    /// Seals it for the outbox.
    pub fn seal(&self, id: &MailId, kind: MailKind, server: &ServerKey, rng: &mut impl CryptoRng) -> Sealed {
        let text = Zeroizing::new(serde_json::to_vec(self).expect("texts and numbers are JSON"));
        seal_mail(&text, id, kind, server, rng)
    }

    /// Opens what [`Letter::seal`] sealed.
    ///
    /// # Errors
    /// It is another mail's, damaged, or its server key is gone.
    pub fn open(sealed: &Sealed, id: &MailId, kind: MailKind, ring: &Keyring) -> Result<Self, DidNotOpen> {
        let text = open_mail(sealed, id, kind, ring)?;
        serde_json::from_slice(text.expose()).map_err(|_| DidNotOpen)
    }
}

impl fmt::Debug for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Letter")
    }
}
