//! receipt, burn, unlock, recent, status, authcheck.

use super::call::Call;
use super::error::Refused;
use super::secrets::to_the_end;
use super::shape;
use crate::http::{Answer, json};
use crate::vault::Burner;
use axum::http::StatusCode;
use burnbag_api::{Burned, Receipt, Status};
use burnbag_core::opener::Attempt;

/// The server is there; credentials, if any, are right.
pub(super) async fn status(_call: Call) -> Answer {
    json::answer(StatusCode::OK, &Status::default())
}

/// The same, and there are credentials.
pub(super) async fn authcheck(call: Call) -> Result<Answer, Refused> {
    call.signed_in()?;
    Ok(status(call).await)
}

/// What a sender may know. Changes nothing.
pub(super) async fn receipt(call: Call) -> Result<Answer, Refused> {
    let Ok(key) = call.key.parse() else {
        return Err(Refused::Unknown(call.key));
    };
    let view = call.app.vault.receipt(&key).await.map_err(|error| Refused::about(&call.key, error))?;
    Ok(json::answer(StatusCode::OK, &shape::receipt(&view)))
}

/// Destroys a secret unread.
pub(super) async fn burn(mut call: Call) -> Result<Answer, Refused> {
    let Ok(key) = call.key.parse() else {
        return Err(Refused::Unknown(call.key));
    };
    // A proof is never asked for.
    let attempt = Attempt { passphrase: call.take_passphrase(), proof: None };
    to_the_end(async move {
        let burned = call.app.vault.burn(&key, Burner::Caller(&attempt), call.caller()).await;
        let (view, secret) = burned.map_err(|error| Refused::about(&call.key, error))?;
        let body = Burned { state: shape::receipt(&view), secret_shortkey: secret.short().to_owned() };
        Ok(json::answer(StatusCode::OK, &body))
    })
    .await
}

/// Forgives wrong passphrases (addition of ours).
pub(super) async fn unlock(call: Call) -> Result<Answer, Refused> {
    let Ok(key) = call.key.parse() else {
        return Err(Refused::Unknown(call.key));
    };
    let view = call.app.vault.unlock(&key).await.map_err(|error| Refused::about(&call.key, error))?;
    Ok(json::answer(StatusCode::OK, &shape::receipt(&view)))
}

/// The receipts of an account, newest first.
pub(super) async fn recent(call: Call) -> Result<Answer, Refused> {
    let views = call.app.vault.recent(call.signed_in()?).await;
    let views = views.map_err(|error| Refused::about("", error))?;
    let list: Vec<Receipt> = views.iter().map(shape::listed).collect();
    Ok(json::answer(StatusCode::OK, &list))
}
