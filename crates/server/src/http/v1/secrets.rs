//! share, create, generate, reveal.

use super::call::Call;
use super::error::Refused;
use super::shape;
use crate::http::{Answer, json};
use crate::vault::{Concealed, Draft, Mailing};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use burnbag_api::{NOTICE, Receipt, Revealed, text};
use burnbag_core::account::Email;
use burnbag_core::lifetime::{Lifetime, parse_ttl};
use burnbag_core::password::{DEFAULT_LENGTH, MAX_LENGTH, make_password};
use burnbag_core::recipient::first_address;
use burnbag_core::sensitive::SensitiveText;

/// Conceals what was sent.
pub(super) async fn share(mut call: Call) -> Result<Answer, Refused> {
    let secret = call.params.secret.take().unwrap_or_default();
    let made = conceal(&mut call, secret).await?;
    Ok(created(&made, shape::receipt(&made.receipt), &call))
}

/// Conceals a random value, and answers it.
pub(super) async fn generate(mut call: Call) -> Result<Answer, Refused> {
    let length = generated_length(call.params.length.as_deref())?;
    let value = make_password(length, &mut *call.app.vault.rng());
    let made = conceal(&mut call, value.clone()).await?;
    let receipt = Receipt { value: Some(value.expose().clone()), ..shape::receipt(&made.receipt) };
    Ok(created(&made, receipt, &call))
}

/// Gives a secret to its reader.
pub(super) async fn reveal(mut call: Call) -> Result<Answer, Refused> {
    let Ok(key) = call.key.parse() else {
        return Err(Refused::Unknown(call.key));
    };
    let passphrase = call.take_passphrase();
    to_the_end(async move {
        let revealed = call.app.vault.reveal(&key, passphrase, call.client).await;
        let value = revealed.map_err(|error| Refused::about(&call.key, error))?;
        let share_domain = call.app.reveal_share_domain.then(|| call.origin.as_str().to_owned());
        let body = Revealed { value: value.expose().clone(), secret_key: call.key, share_domain };
        Ok(json::answer(StatusCode::OK, &body))
    })
    .await
}

/// Runs the rest of a call to its end, even when the caller goes away: nothing is left half done.
pub(super) async fn to_the_end(
    rest: impl Future<Output = Result<Answer, Refused>> + Send + 'static,
) -> Result<Answer, Refused> {
    tokio::spawn(rest).await.unwrap_or(Err(Refused::Internal))
}

async fn conceal(call: &mut Call, secret: SensitiveText) -> Result<Concealed, Refused> {
    if call.app.disk.is_low() {
        return Err(Refused::Full);
    }
    let passphrase = call.take_passphrase();
    let plan = call.plan();
    plan.admits(secret.expose(), passphrase.as_ref())?;
    check_share_domain(call)?;
    let lifetime = Lifetime::granted(call.params.ttl.as_deref().and_then(parse_ttl), plan.max_ttl);
    let draft = Draft { text: secret, passphrase, lifetime, recipient: recipient(call)? };
    call.app.vault.conceal(draft, call.caller()).await.map_err(|error| Refused::about("", error))
}

/// The recipient, for accounts only (wire spec §8.1). Some clients always send an empty one.
fn recipient(call: &Call) -> Result<Option<Email>, Refused> {
    let Some(text) = call.params.recipient.iter().find(|text| !text.trim().is_empty()) else {
        return Ok(None);
    };
    if call.session.is_none() {
        return Err(Refused::Form(text::ACCOUNT_REQUIRED.to_owned()));
    }
    if call.app.mail_required {
        return Err(Refused::Form(text::NO_MAIL.to_owned()));
    }
    first_address(text).map_err(|part| Refused::Form(format!("Undeliverable email address: {part}")))
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

fn generated_length(wish: Option<&str>) -> Result<usize, Refused> {
    match wish.and_then(parse_ttl) {
        None => Ok(DEFAULT_LENGTH),
        Some(length) => match usize::try_from(length) {
            Ok(length @ 1..=MAX_LENGTH) => Ok(length),
            Ok(0) | Err(_) => Ok(DEFAULT_LENGTH),
            Ok(_) => Err(Refused::Form(format!("Length must be no more than {MAX_LENGTH} characters"))),
        },
    }
}

fn created(made: &Concealed, receipt: Receipt, call: &Call) -> Answer {
    let share_url = Some(format!("{}/secret/{}", call.origin.as_str(), made.secret.expose()));
    let mut answer = json::answer(StatusCode::OK, &Receipt { share_url, ..receipt });
    if made.mailing == Mailing::NotMailed {
        let notice = HeaderValue::from_static("recipient recorded, not mailed");
        answer.headers_mut().insert(HeaderName::from_static(NOTICE), notice);
    }
    answer
}
