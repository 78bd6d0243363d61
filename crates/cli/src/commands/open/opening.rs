//! The opening itself: what the reader brings, wrong tries, and what came out.

use crate::client::{Brought, Client, Look, Trouble};
use crate::failure::{Exit, Failure};
use crate::link::Link;
use crate::{passphrase, terminal};
use burnbag_api::{Revealed, Sealing};
use burnbag_core::content::Content;
use burnbag_core::envelope::Envelope;
use burnbag_core::fragment::{DeviceKeys, Fragment};
use burnbag_core::idempotency_key::IdempotencyKey;
use zeroize::Zeroizing;

/// How often a person may mistype the passphrase.
const TRIES: u32 = 3;

/// A secret that is being opened.
pub(super) struct Opening<'a> {
    pub(super) client: &'a Client,
    pub(super) link: &'a Link,
    /// What the opening can be repeated with.
    pub(super) again: IdempotencyKey,
    /// The key that the link brings, for what was sealed on a device.
    pub(super) fragment: Option<Fragment>,
    /// Whether the server keeps it for a minute.
    pub(super) is_repeatable: bool,
}

/// What came out.
pub(super) struct Opened {
    /// Nothing where it is of a kind that this release does not know.
    pub(super) content: Option<Content>,
    pub(super) sealed: Sealing,
    /// What opened it.
    pub(super) brought: Brought,
}

/// What is told where a link opens nothing, whatever the reason.
pub(super) fn gone() -> Failure {
    Failure::new(Exit::Gone, "this link does not open anything").mend(
        "it may have been opened already, withdrawn by its sender, or have expired; or part of the link is missing\nask the person who sent it: their receipt shows whether and when it was opened",
    )
}

pub(super) fn locked() -> Failure {
    Failure::new(Exit::Refused, "too many wrong passphrases locked this secret")
        .mend("its sender can unlock it; nothing was used up")
}

impl Opening<'_> {
    /// Opens what is there. A person who may be asked has three tries.
    pub(super) fn open(
        &self,
        mut given: Option<Zeroizing<String>>,
        may_ask: bool,
    ) -> Result<Opened, Failure> {
        let mut tried = 1;
        loop {
            let opened = self.reveal(given.as_ref());
            let wrong = match opened {
                Ok(opened) => return Ok(opened),
                Err(refused @ (Trouble::Unknown | Trouble::UnknownAfterLoss)) => {
                    self.why_not(refused, given.is_some())?
                }
                Err(trouble) => return Err(self.explain(trouble)),
            };
            if !may_ask || given.is_none() || tried == TRIES {
                return Err(wrong);
            }
            tried += 1;
            terminal::say("That passphrase does not match. Nothing was used up; try again.");
            given = Some(passphrase::ask("Passphrase")?);
        }
    }

    /// Opens what this device has been given already.
    pub(super) fn open_again(&self, given: Option<&Zeroizing<String>>) -> Result<Opened, Failure> {
        match self.reveal(given) {
            Err(Trouble::Unknown)
                if given.is_none() && self.fragment.is_none() && terminal::can_ask_hidden() =>
            {
                let failure = gone();
                terminal::say(
                    "If it had a passphrase and this device opened it less than a minute ago: repeat with --passphrase.",
                );
                Err(failure)
            }
            Err(Trouble::Unknown) => Err(gone()),
            opened => opened.map_err(|trouble| self.explain(trouble)),
        }
    }

    /// Opens at a server that tells nothing before.
    pub(super) fn open_untold(&self, given: Option<&Zeroizing<String>>) -> Result<Opened, Failure> {
        match self.reveal(given) {
            Err(Trouble::Unknown) => {
                Err(Failure::new(Exit::Gone, "it is gone, or the passphrase was wrong or missing")
                    .mend("this server does not tell which; --passphrase asks for one"))
            }
            opened => opened.map_err(|trouble| self.explain(trouble)),
        }
    }

    fn reveal(&self, given: Option<&Zeroizing<String>>) -> Result<Opened, Trouble> {
        let keys = self.fragment.as_ref().map(|fragment| {
            let passphrase = given.and_then(passphrase::for_sealing);
            // Where one is needed and none was given, the proof of an empty guess is as wrong as any.
            fragment.derive_keys(passphrase.as_ref()).ok()
        });
        let brought = match (&keys, given) {
            (Some(Some(keys)), _) => Brought::Proof(keys.proof.expose()),
            (Some(None), _) => return Err(Trouble::Unknown),
            (None, Some(passphrase)) => Brought::Passphrase(passphrase.clone()),
            (None, None) => Brought::Nothing,
        };
        let revealed = self.client.reveal(&self.link.key, &brought, &self.again)?;
        let sealed = revealed.sealed.unwrap_or(Sealing::Server);
        Ok(Opened { content: content(revealed, keys.flatten().as_ref()), sealed, brought })
    }

    /// After a refusal: wrong, or gone meanwhile?
    fn why_not(&self, refused: Trouble, with_passphrase: bool) -> Result<Failure, Failure> {
        match self.client.look(&self.link.key).map_err(|trouble| self.explain(trouble))? {
            Look::There(status) if status.locked == Some(true) => Err(locked()),
            Look::There(_) if with_passphrase => {
                let damaged = "\nif it is right, the part of the link after # is damaged";
                let more = if self.fragment.is_some() { damaged } else { "" };
                Ok(Failure::new(Exit::NotOpened, "that passphrase does not match")
                    .mend(format!("nothing was used up; try again{more}")))
            }
            Look::There(_) => {
                Ok(Failure::new(Exit::NotOpened, "the part of the link after # does not match")
                    .mend("paste the whole link, or ask the sender for it again\nnothing has been opened"))
            }
            Look::Gone | Look::NotTold if matches!(refused, Trouble::UnknownAfterLoss) => {
                Err(self.explain(refused))
            }
            Look::Gone | Look::NotTold => Err(gone()),
        }
    }

    fn explain(&self, trouble: Trouble) -> Failure {
        trouble.at(self.client.server())
    }
}

/// What is in it, if this release can tell.
fn content(mut revealed: Revealed, keys: Option<&DeviceKeys>) -> Option<Content> {
    let value = Zeroizing::new(std::mem::take(&mut revealed.value));
    if revealed.sealed != Some(Sealing::Device) {
        return Some(Content::Text(value.as_str().to_owned().into()));
    }
    let envelope = Envelope::parse(&value).ok()?;
    drop(value);
    let bytes = envelope.open(keys?).ok()?;
    drop(envelope);
    Content::decode(bytes.expose()).ok()
}
