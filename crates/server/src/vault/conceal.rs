//! Conceal: a text, or an envelope, goes in; two keys come out.

use super::doubt::Doubtful;
use super::rows::Leased;
use super::{Caller, ReceiptView, Session, Vault, VaultError};
use crate::limit::{HeldBytes, NoRoom, Wait};
use burnbag_core::account::Email;
use burnbag_core::envelope::Envelope;
use burnbag_core::fate::{State, receipt_ends};
use burnbag_core::key::{ReceiptKey, SecretKey};
use burnbag_core::lifetime::Lifetime;
use burnbag_core::opener::{Kind, Opener, Passphrase, Proof, Salt};
use burnbag_core::outline::Outline;
use burnbag_core::recipient::obscure;
use burnbag_core::seal::{ContentKeys, OVERHEAD, Place, ReceiptText, seal_link};
use burnbag_core::sensitive::SensitiveText;
use burnbag_store::{Held, Listing, Pair, Put, StoreError};
use std::sync::Arc;

/// What a row occupies beside its content: keys, checks, times, index, life key. Measured, rounded up.
const ROW_BYTES: usize = 256;

/// How often new keys are tried when a row is refused. A row number can be met twice after a restore only.
const ATTEMPTS: usize = 3;

/// A secret to be made. Its limits were checked against the maker's plan.
#[derive(Debug)]
pub struct Draft {
    /// The content.
    pub content: Content,
    /// How long it waits.
    pub lifetime: Lifetime,
    /// Who is to be told. Needs somebody signed in.
    pub recipient: Option<Recipient>,
    /// The maker's own name for it.
    pub label: Option<SensitiveText>,
}

/// Who is to be told of a secret.
#[derive(Debug)]
pub struct Recipient {
    /// Where.
    pub address: Email,
    /// In which language: a tag of [`crate::i18n::LANGUAGES`].
    pub language: &'static str,
}

/// What is concealed, and what its reader must bring beyond the link.
#[derive(Debug)]
pub enum Content {
    /// A text, which is sealed here.
    Text {
        /// The text.
        text: SensitiveText,
        /// What its reader must know.
        passphrase: Option<Passphrase>,
    },
    /// What was sealed on the maker's device.
    Envelope {
        /// The sealed content.
        envelope: Envelope,
        /// What its reader must prove.
        proof: Proof,
        /// Whether its reader must know a passphrase, as the maker says.
        passphrase: bool,
        /// What is in it, as the maker says.
        outline: Outline,
    },
}

impl Content {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Text { text, .. } => text.expose().as_bytes(),
            Self::Envelope { envelope, .. } => envelope.as_bytes(),
        }
    }

    const fn outline(&self) -> Option<Outline> {
        match self {
            Self::Text { .. } => None,
            Self::Envelope { outline, .. } => Some(*outline),
        }
    }
}

/// A secret that was made.
#[derive(Debug)]
pub struct Concealed {
    /// The key for the link.
    pub secret: SecretKey,
    /// The receipt as it stands.
    pub receipt: ReceiptView,
}

impl Vault {
    /// Seals and stores a secret. When this answers, it is on the disk. A caller may go away at any time: what is
    /// queued is stored whole, and what is not queued never was.
    pub async fn conceal(
        self: &Arc<Self>,
        draft: Draft,
        caller: Caller<'_>,
    ) -> Result<Concealed, VaultError> {
        if self.disk.is_low() {
            return Err(VaultError::Full);
        }
        self.count_mail(&draft, caller.session)?;
        let (kind, opener) = self.opener_for(&draft.content).await?;
        let now = self.now();
        let expires = now.after(draft.lifetime.seconds());
        self.remember_key(receipt_ends(now, expires).max(Self::mails_until(expires))).await?;
        let reserved = self.reserve(&draft, caller)?;
        for _ in 0..ATTEMPTS {
            let leased = self.next_row().await?;
            let row = leased.row;
            let place = Place { row, kind, created: now, expires };
            let made = self.seal(&draft, leased, place, &opener, (caller.session, reserved.held));
            let (doubtful, has_mails) = (Doubtful::of(&made.pair), !made.pair.mails.is_empty());
            let put = match self.store.put(made.pair).await {
                Err(StoreError::InDoubt(cause)) => {
                    let was_put = self.was_put(doubtful).await;
                    was_put.then_some(Put::Stored).ok_or(StoreError::InDoubt(cause))
                }
                known => known,
            };
            if put? == Put::Stored {
                reserved.keep();
                if has_mails {
                    self.posted.notify_one();
                }
                return Ok(made.concealed);
            }
            tracing::warn!(%row, "a row number was met twice; trying another");
            // A store that lost its data gives numbers anew, so that all that are on hand may be another node's too.
            self.rows.forget();
        }
        Err(VaultError::Died)
    }

    async fn opener_for(&self, content: &Content) -> Result<(Kind, Opener), VaultError> {
        match content {
            Content::Text { passphrase: None, .. } => Ok((Kind::Open, Opener::NONE)),
            Content::Text { passphrase: Some(passphrase), .. } => {
                let salt = Salt::make(&mut *self.rng());
                let opener = self.stretching.turn().await?.stretch(passphrase.clone(), salt).await?;
                Ok((Kind::Passphrase(salt), opener))
            }
            Content::Envelope { proof, passphrase, .. } => {
                Ok((Kind::Proof { passphrase: *passphrase }, proof.opener()))
            }
        }
    }

    /// Counts the secret for the anonymous client that makes it.
    fn reserve(&self, draft: &Draft, caller: Caller<'_>) -> Result<Reserved<'_>, VaultError> {
        if caller.session.is_some() {
            return Ok(Reserved { bytes: &self.held, held: None });
        }
        let bytes = u32::try_from(draft.content.bytes().len() + OVERHEAD + ROW_BYTES).unwrap_or(u32::MAX);
        let reserved = self.held.reserve(caller.client, bytes, self.now(), &mut *self.rng());
        reserved.map(|held| Reserved { bytes: &self.held, held: Some(held) }).map_err(|no_room| match no_room
        {
            NoRoom::ForClient => VaultError::Later(Wait(60)),
            NoRoom::AtAll => VaultError::Full,
        })
    }

    fn seal(
        &self,
        draft: &Draft,
        leased: Leased,
        place: Place,
        opener: &Opener,
        (session, held): (Option<&Session>, Option<Held>),
    ) -> Made {
        let server = self.ring.sealing();
        let rng = &mut self.fork_rng();
        let life = leased.life;
        let secret = SecretKey::make_tagged(&leased.secret, rng);
        let receipt = ReceiptKey::make_tagged(&leased.receipt, rng);
        let content = ContentKeys { secret: &secret, life: &life, opener };
        let recipient = draft.recipient.as_ref().map(|recipient| obscure(&recipient.address));
        let label = draft.label.as_ref().map(|label| label.expose().as_str());
        let account = session.and_then(|session| Some((session.account.id, session.account_key()?)));
        let pair = Pair {
            place,
            secret_check: secret.check(),
            receipt_check: receipt.check(),
            sealed: content.seal(draft.content.bytes(), &place, server, rng),
            link: seal_link(&secret, (&receipt, &life), &place, server, rng),
            recipient: recipient
                .as_ref()
                .map(|text| ReceiptText::Recipient.seal(text, &receipt, &place, server, rng)),
            label: label.map(|text| ReceiptText::Label.seal(text, &receipt, &place, server, rng)),
            outline: draft.content.outline(),
            mailing: self.mailing(draft),
            mails: self.mails_of(draft, session, (&secret, recipient.as_ref()), &place, rng),
            listing: account.map(|(account, key)| Listing {
                account,
                sealed_receipt_key: key.seal_listing(place.row, &receipt, rng),
            }),
            held,
            life,
        };
        let view = ReceiptView {
            receipt,
            secret: Some(secret.clone()),
            owner: session.map(|session| session.account.email.clone()),
            place,
            state: State::New,
            recipient,
            label: label.map(ToOwned::to_owned),
            mailing: pair.mailing,
            locked: false,
            at: place.created,
        };
        Made { pair, concealed: Concealed { secret, receipt: view } }
    }
}

/// Bytes counted for a secret that is not stored yet; given back unless it is.
struct Reserved<'a> {
    bytes: &'a HeldBytes,
    held: Option<Held>,
}

impl Reserved<'_> {
    fn keep(mut self) {
        self.held = None;
    }
}

impl Drop for Reserved<'_> {
    fn drop(&mut self) {
        if let Some(held) = self.held {
            self.bytes.release(held);
        }
    }
}

struct Made {
    pair: Pair,
    concealed: Concealed,
}
