//! From what was sent to a secret to be made: a text for us to seal, or an envelope that a device sealed.

use super::call::Call;
use super::error::Refused;
use crate::mail::wire_address;
use crate::vault::{Content, Draft, Recipient};
use burnbag_api::text;
use burnbag_core::content::MAX_FILES;
use burnbag_core::envelope::{Envelope, FILES_ENVELOPE_OVERHEAD, TEXT_ENVELOPE_OVERHEAD};
use burnbag_core::lifetime::{Lifetime, parse_ttl};
use burnbag_core::opener::Proof;
use burnbag_core::outline::{Form, Outline, rounded};
use burnbag_core::plan::MAX_LABEL;
use burnbag_core::recipient::first_address;
use burnbag_core::sensitive::SensitiveText;

/// The draft of a call, within the limits of its maker's plan.
pub(super) fn draft(call: &mut Call, secret: SensitiveText) -> Result<Draft, Refused> {
    check_share_domain(call)?;
    let max_ttl = call.plan().max_ttl;
    let lifetime = Lifetime::granted(call.params.ttl.as_deref().and_then(parse_ttl), max_ttl);
    let (recipient, label) = (recipient(call)?, label(call)?);
    let content = match call.params.proof.take() {
        None => text(call, secret)?,
        Some(_) if recipient.is_some() => return Err(form(text::DEVICE_SEALED_NOT_MAILED)),
        Some(proof) => envelope(call, &secret, &proof)?,
    };
    Ok(Draft { content, lifetime, recipient, label })
}

fn text(call: &mut Call, text: SensitiveText) -> Result<Content, Refused> {
    // Who says what is in an envelope sends one: without its proof the server would take it for a text.
    let params = &call.params;
    let speaks_of_an_envelope = params.files.is_some()
        || params.kind.as_deref() == Some("files")
        || params.passphrase_required.as_deref() == Some("true");
    if speaks_of_an_envelope {
        return Err(form("The proof is missing: kind=files, files and passphrase_required go with one"));
    }
    let passphrase = call.take_passphrase();
    call.plan().admits(text.expose(), passphrase.as_ref())?;
    Ok(Content::Text { text, passphrase })
}

fn envelope(call: &mut Call, secret: &SensitiveText, proof: &SensitiveText) -> Result<Content, Refused> {
    if call.take_passphrase().is_some() {
        return Err(form("A secret has a passphrase or a proof, not both"));
    }
    let proof: Proof = proof.expose().parse().map_err(|_| form(text::NO_PROOF))?;
    let envelope = Envelope::parse(secret.expose())
        .map_err(|_| form("With a proof, secret is an envelope in base64url without padding"))?;
    let outline = outline(call, &envelope)?;
    call.plan().admits_envelope(&envelope, outline.form)?;
    let passphrase = match call.params.passphrase_required.as_deref() {
        None | Some("" | "false") => false,
        Some("true") => true,
        Some(_) => return Err(form("passphrase_required must be true or false")),
    };
    Ok(Content::Envelope { envelope, proof, passphrase, outline })
}

/// What the maker says of an envelope. Where he does not say its size, the envelope does.
fn outline(call: &Call, envelope: &Envelope) -> Result<Outline, Refused> {
    let count = match call.params.files.as_deref() {
        None => None,
        Some(count) => Some(file_count(count).ok_or_else(|| form("files must be a number from 1 to 10"))?),
    };
    let (content, overhead) = match (call.params.kind.as_deref(), count) {
        (None | Some("text"), None) => (Form::Text, TEXT_ENVELOPE_OVERHEAD),
        (Some("files"), count) => (Form::Files(count), FILES_ENVELOPE_OVERHEAD),
        (None | Some("text"), Some(_)) => return Err(form("files goes with kind=files")),
        (Some(_), _) => return Err(form("kind must be text or files")),
    };
    let size = match call.params.size.as_deref() {
        None => envelope.as_bytes().len().saturating_sub(overhead) as u64,
        Some(size) => size_in_bytes(size).ok_or_else(|| form("size must be a number of bytes"))?,
    };
    Ok(Outline { form: content, size: rounded(size) })
}

fn file_count(text: &str) -> Option<u8> {
    text.parse().ok().filter(|count| (1..=MAX_FILES).contains(&usize::from(*count)))
}

/// Up to what every reader of JSON can count.
fn size_in_bytes(text: &str) -> Option<u64> {
    text.parse().ok().filter(|size| *size <= 1 << 52)
}

/// The recipient, for accounts only (wire spec §8.1). Some clients always send an empty one.
fn recipient(call: &Call) -> Result<Option<Recipient>, Refused> {
    let Some(text) = call.params.recipient.iter().find(|text| !text.trim().is_empty()) else {
        return Ok(None);
    };
    if call.session.is_none() {
        return Err(form(text::ACCOUNT_REQUIRED));
    }
    if call.app.mail_required {
        return Err(form(text::NO_MAIL));
    }
    let undeliverable = |part: &str| Refused::Form(format!("Undeliverable email address: {part}"));
    let address = first_address(text).map_err(|part| undeliverable(&part))?;
    // Said now: later only the receipt could tell.
    if let Some(address) = address.as_ref().filter(|address| wire_address(address).is_none()) {
        return Err(undeliverable(address.as_str()));
    }
    Ok(address.map(|address| Recipient { address, language: call.language() }))
}

/// The maker's own name for the secret, for accounts only: it is there to tell the entries of a list apart.
fn label(call: &mut Call) -> Result<Option<SensitiveText>, Refused> {
    let label = call.params.memo.take().map(|memo| memo.expose().trim().to_owned());
    let Some(label) = label.filter(|label| !label.is_empty()) else {
        return Ok(None);
    };
    if call.session.is_none() {
        return Err(form(text::MEMO_NEEDS_ACCOUNT));
    }
    if label.chars().count() > MAX_LABEL {
        return Err(Refused::Form(format!("memo must be no more than {MAX_LABEL} characters long")));
    }
    Ok(Some(label.into()))
}

/// A host for the link (wire spec §5.2): our own and what is no host are ignored, another one is refused.
fn check_share_domain(call: &Call) -> Result<(), Refused> {
    let domain = call.params.share_domain.as_deref().unwrap_or_default().trim();
    let is_label =
        |label: &str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let is_host = domain.contains('.') && domain.split('.').all(is_label);
    if !is_host || domain.eq_ignore_ascii_case(call.origin.host()) {
        return Ok(());
    }
    Err(Refused::Form(format!("Unknown domain: {domain}")))
}

fn form(text: &str) -> Refused {
    Refused::Form(text.to_owned())
}
