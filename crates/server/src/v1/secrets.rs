//! share, create, generate, status of a secret, reveal, forget.

use super::call::Call;
use super::draft::draft;
use super::error::Refused;
use super::shape;
use crate::http::{Answer, json};
use crate::vault::{Concealed, Delivery, Revealed};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use burnbag_api::{self as api, Forgotten, NOTICE, Receipt, Sealing, text};
use burnbag_core::lifetime::parse_ttl;
use burnbag_core::mail::Mailing;
use burnbag_core::password::{DEFAULT_LENGTH, MAX_LENGTH, make_password};
use burnbag_core::sensitive::SensitiveText;

/// Conceals what was sent.
pub(super) async fn share(mut call: Call) -> Result<Answer, Refused> {
    let secret = call.params.secret.take().unwrap_or_default();
    let made = conceal(&mut call, secret).await?;
    Ok(created(&made, shape::receipt(&made.receipt), &call))
}

/// Conceals a random value, and answers it.
pub(super) async fn generate(mut call: Call) -> Result<Answer, Refused> {
    if call.params.proof.is_some() {
        return Err(Refused::Form(text::GENERATED_NOT_DEVICE_SEALED.to_owned()));
    }
    let length = generated_length(call.params.length.as_deref())?;
    let value = make_password(length, &mut *call.app.vault.rng());
    let made = conceal(&mut call, value.clone()).await?;
    let receipt = Receipt { value: Some(value.expose().clone()), ..shape::receipt(&made.receipt) };
    Ok(created(&made, receipt, &call))
}

/// What a link leads to (addition of ours). Changes nothing.
pub(super) async fn status(call: Call) -> Result<Answer, Refused> {
    let Ok(key) = call.key.parse() else {
        return Err(Refused::Unknown(call.key));
    };
    let view = call.app.vault.look(&key).await.map_err(|error| Refused::about(&call.key, error))?;
    Ok(json::answer(StatusCode::OK, &shape::status(&view)))
}

/// Gives a secret to its reader.
pub(super) async fn reveal(mut call: Call) -> Result<Answer, Refused> {
    let Ok(key) = call.key.parse() else {
        return Err(Refused::Unknown(call.key));
    };
    let attempt = call.take_attempt();
    let repeat = call.repeat.take().transpose()?;
    to_the_end(async move {
        let revealed = call.app.vault.reveal(&key, &attempt, repeat.as_ref(), call.client).await;
        let Delivery { content, place } = revealed.map_err(|error| call.not_opened(error))?;
        let (value, sealed) = match content {
            Revealed::Text(text) => (text.expose().clone(), None),
            Revealed::Envelope(envelope) => (envelope.to_text(), Some(Sealing::Device)),
        };
        let share_domain = call.app.reveal_share_domain.then(|| call.origin.as_str().to_owned());
        let body = api::Revealed { value, secret_key: call.key, share_domain, sealed };
        Ok(json::answer_in_place(StatusCode::OK, body, place))
    })
    .await
}

/// Forgets what is kept of a revealed secret (addition of ours).
pub(super) async fn forget(mut call: Call) -> Result<Answer, Refused> {
    let Ok(key) = call.key.parse() else {
        return Err(Refused::Unknown(call.key));
    };
    let attempt = call.take_attempt();
    // Without an idempotency key nothing was kept.
    let Some(repeat) = call.repeat.take().transpose()? else {
        return Err(Refused::Unknown(call.key));
    };
    to_the_end(async move {
        let forgotten = call.app.vault.forget(&key, &attempt, &repeat).await;
        forgotten.map_err(|error| call.not_opened(error))?;
        Ok(json::answer(StatusCode::OK, &Forgotten { secret_key: call.key, forgotten: true }))
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
    if !call.may_create() {
        return Err(Refused::CreatorsOnly);
    }
    let draft = draft(call, secret)?;
    call.app.vault.conceal(draft, call.caller()).await.map_err(|error| Refused::about("", error))
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
    if made.receipt.mailing == Some(Mailing::Off) {
        let notice = HeaderValue::from_static("recipient recorded, not mailed");
        answer.headers_mut().insert(HeaderName::from_static(NOTICE), notice);
    }
    answer
}
