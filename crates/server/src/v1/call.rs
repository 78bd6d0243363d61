//! What every v1 call goes through: credentials, throttle, then the body.

use super::error::Refused;
use super::params::{BadParams, Params};
use crate::app::App;
use crate::client::Client;
use crate::config::ANONYMOUS;
use crate::http::body::{self, BodyError};
use crate::http::{Origin, Peer, Safety, SignedIn};
use crate::vault::{Caller, Session, VaultError};
use axum::body::{Body, Bytes};
use axum::extract::FromRequest;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Request, header};
use burnbag_api::{IDEMPOTENCY_KEY, text};
use burnbag_core::account::ApiKey;
use burnbag_core::idempotency_key::IdempotencyKey;
use burnbag_core::opener::{Attempt, Passphrase};
use burnbag_core::plan::Plan;
use data_encoding::BASE64;
use percent_encoding::percent_decode_str;
use std::net::IpAddr;
use std::sync::Arc;
use tokio::sync::OwnedSemaphorePermit;
use zeroize::Zeroizing;

/// With this header our own pages say that the browser's session counts. It holds the session's form token.
const SESSION_HEADER: &str = "x-burnbag-session";

/// The longest body that is read on the spot.
const AT_ONCE: usize = 256 * 1024;

/// A call that may be served.
#[derive(Debug)]
pub(super) struct Call {
    /// The service.
    pub(super) app: Arc<App>,
    /// Who calls, for limits.
    pub(super) client: Client,
    /// Who is signed in.
    pub(super) session: Option<Session>,
    /// What was sent.
    pub(super) params: Params,
    /// By what the caller will know a repetition of this call, or why that cannot be read.
    pub(super) repeat: Option<Result<IdempotencyKey, Refused>>,
    /// What links start with.
    pub(super) origin: Origin,
    /// The key in the path, as it was written; empty where the route has none.
    pub(super) key: String,
    address: IpAddr,
    /// Languages that the caller accepts.
    accepted: Option<HeaderValue>,
    /// Whether a proof was sent that is none.
    malformed_proof: bool,
    /// The body counts against the uploads until the call is over.
    _upload: Option<OwnedSemaphorePermit>,
}

impl FromRequest<Arc<App>> for Call {
    type Rejection = Refused;

    async fn from_request(request: Request<Body>, app: &Arc<App>) -> Result<Self, Refused> {
        let (parts, body) = request.into_parts();
        let address = Peer::address_of(&parts.extensions);
        let (client, session) = identify(app, address, &parts).await?;
        let origin = Origin::of(app, &parts.extensions, &parts.headers, &parts.uri);
        let key = path_key(parts.uri.path());
        let plan = plan_of(app, session.as_ref());
        let read = body::read(body, body_limit(plan), &app.uploads).await;
        let (body, upload) = read.map_err(|error| match error {
            BodyError::TooLarge => Refused::TooLarge(plan),
            BodyError::TooSlow => Refused::TooSlow,
            BodyError::Broken => Refused::Malformed("the body broke off"),
            BodyError::Busy => Refused::Full,
        })?;
        let params = read_params(&parts, body).await?.map_err(|error| match error {
            BadParams::Malformed(detail) => Refused::Malformed(detail),
            BadParams::Shape => Refused::Form(text::INCORRECT_PAYLOAD.to_owned()),
        })?;
        let repeat = parts.headers.get(IDEMPOTENCY_KEY).map(idempotency_key);
        Ok(Self {
            app: Arc::clone(app),
            client,
            session,
            params,
            repeat,
            origin,
            key,
            address,
            accepted: parts.headers.get(header::ACCEPT_LANGUAGE).cloned(),
            malformed_proof: false,
            _upload: upload,
        })
    }
}

impl Call {
    /// The caller, for the vault.
    pub(super) const fn caller(&self) -> Caller<'_> {
        Caller { client: self.client, session: self.session.as_ref() }
    }

    /// Whether the caller may make secrets.
    pub(super) fn may_create(&self) -> bool {
        self.app.may_create.allows(self.session.is_some(), self.address)
    }

    /// The limits of the caller.
    pub(super) fn plan(&self) -> Plan {
        plan_of(&self.app, self.session.as_ref())
    }

    /// In which language to write to a recipient: the one asked for, else the account's, else the request's, else the
    /// operator's. A call of the connector brings no language.
    pub(super) fn language(&self) -> &'static str {
        let catalogue = &self.app.site.catalogue;
        let asked = self.params.locale.as_deref().and_then(|locale| catalogue.closest(locale));
        let of_account = self.session.as_ref().and_then(|session| session.account.language.as_deref());
        let accepted = self.accepted.as_ref().and_then(|accepted| accepted.to_str().ok());
        catalogue.choose(&[asked, of_account], accepted).language.tag
    }

    /// Who is signed in, where somebody must be.
    pub(super) fn signed_in(&self) -> Result<&Session, Refused> {
        self.session.as_ref().ok_or(Refused::NotAuthorized)
    }

    /// All that was sent to open a secret with. Empty means none. What the secret does not ask for is ignored, so a proof
    /// that is none is named only when nothing opened.
    pub(super) fn take_attempt(&mut self) -> Attempt {
        let sent = self.params.proof.take().filter(|proof| !proof.expose().is_empty());
        let proof = sent.as_ref().and_then(|proof| proof.expose().parse().ok());
        self.malformed_proof = sent.is_some() && proof.is_none();
        Attempt { passphrase: self.take_passphrase(), proof }
    }

    /// What it means that nothing was opened.
    pub(super) fn not_opened(&self, error: VaultError) -> Refused {
        if self.malformed_proof && matches!(error, VaultError::Unknown) {
            return Refused::Form(text::NO_PROOF.to_owned());
        }
        Refused::about(&self.key, error)
    }

    /// The passphrase that was sent. Empty means none.
    pub(super) fn take_passphrase(&mut self) -> Option<Passphrase> {
        self.params.passphrase.take().and_then(Passphrase::new)
    }
}

/// The parameters. A long body takes milliseconds to read, in which other requests shall not wait.
async fn read_params(parts: &Parts, body: Bytes) -> Result<Result<Params, BadParams>, Refused> {
    if body.len() <= AT_ONCE {
        return Ok(params(parts.uri.query(), &parts.headers, &body));
    }
    let (uri, headers) = (parts.uri.clone(), parts.headers.clone());
    let read = tokio::task::spawn_blocking(move || params(uri.query(), &headers, &body));
    read.await.map_err(|_| Refused::Internal)
}

fn params(query: Option<&str>, headers: &HeaderMap, body: &[u8]) -> Result<Params, BadParams> {
    let types = headers.get_all(header::CONTENT_TYPE).iter().map(HeaderValue::as_bytes);
    Params::read(query, types, body)
}

/// Who calls. A call counts for an account only after its credential was verified, before that for the address.
async fn identify(
    app: &Arc<App>,
    address: IpAddr,
    parts: &Parts,
) -> Result<(Client, Option<Session>), Refused> {
    let (at_address, headers) = (Client::at(address), &parts.headers);
    if let Some(form_token) = headers.get(SESSION_HEADER) {
        if let Some(session) = by_cookie(app, parts, form_token).await? {
            return counted(app, session).await;
        }
        count(app, ANONYMOUS, at_address).await?;
        return Err(Refused::NotAuthorized);
    }
    let Some(authorization) = headers.get(header::AUTHORIZATION) else {
        count(app, ANONYMOUS, at_address).await?;
        return Ok((at_address, None));
    };
    let session = match basic(authorization.as_bytes()) {
        Some((email, api_key)) => {
            let found = app.vault.authenticate(&email, api_key).await;
            found.map_err(|error| Refused::about("", error))?
        }
        None => None,
    };
    // Where credentials are sent they must be right; there is no way back to anonymous (wire spec §6).
    let Some(session) = session else {
        count(app, ANONYMOUS, at_address).await?;
        return Err(Refused::NotAuthorized);
    };
    counted(app, session).await
}

async fn counted(app: &App, session: Session) -> Result<(Client, Option<Session>), Refused> {
    let client = Client::Account(session.account.id);
    count(app, &session.account.plan, client).await?;
    Ok((client, Some(session)))
}

/// Who is signed in in the browser, for the scripts of our own pages: they alone know the form token, and no other site
/// can send such a header.
async fn by_cookie(app: &App, parts: &Parts, form_token: &HeaderValue) -> Result<Option<Session>, Refused> {
    let safety = Safety::of(app, &parts.extensions, &parts.headers, &parts.uri);
    let signed_in = SignedIn::of(app, &parts.headers, safety).await;
    let signed_in = signed_in.map_err(|error| Refused::about("", error))?;
    let ours = |signed_in: &SignedIn| form_token.to_str().is_ok_and(|own| signed_in.token.is_form_token(own));
    Ok(signed_in.filter(ours).map(|signed_in| signed_in.session))
}

async fn count(app: &App, plan: &str, client: Client) -> Result<(), Refused> {
    app.count(plan, client).await.map_err(Refused::Later)
}

/// E-mail address and API key of HTTP Basic (RFC 7617). The scheme's case does not matter.
fn basic(authorization: &[u8]) -> Option<(String, ApiKey)> {
    let (scheme, credentials) = str::from_utf8(authorization).ok()?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = Zeroizing::new(BASE64.decode(credentials.trim().as_bytes()).ok()?);
    let (email, api_key) = str::from_utf8(&decoded).ok()?.split_once(':')?;
    Some((email.to_owned(), ApiKey::presented(api_key.to_owned())))
}

fn plan_of(app: &App, session: Option<&Session>) -> Plan {
    app.plan(session.map_or(ANONYMOUS, |session| &session.account.plan))
}

/// The longest text of a plan in its longest spelling (six characters for one, `\u0000`), or the longest envelope in
/// base64url (four for three), and room for the rest.
fn body_limit(plan: Plan) -> usize {
    let text = plan.text.saturating_mul(6);
    let envelope = plan.longest_envelope().div_ceil(3).saturating_mul(4);
    text.max(envelope).saturating_add(64 * 1024)
}

fn idempotency_key(value: &HeaderValue) -> Result<IdempotencyKey, Refused> {
    value.to_str().ok().and_then(|text| text.parse().ok()).ok_or(Refused::Malformed(
        "the header Idempotency-Key must have 32 to 128 characters A-Z, a-z, 0-9, _ and -",
    ))
}

/// The key in `/api/v1/NOUN/KEY[/VERB]`, decoded.
fn path_key(path: &str) -> String {
    let key = path.split('/').nth(4).unwrap_or_default();
    percent_decode_str(key).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_in_paths() {
        for path in ["/api/v1/secret/a%20b", "/api/v1/private/a%20b/burn"] {
            assert_eq!(path_key(path), "a b", "{path}");
        }
        assert_eq!(path_key("/api/v1/share"), "");
    }

    #[test]
    fn basic_credentials() {
        let parse = |text: &str| basic(text.as_bytes()).map(|(email, key)| (email, key.expose().to_owned()));
        assert_eq!(parse("Basic YTpi"), Some(("a".into(), "b".into())));
        assert_eq!(parse("bAsIc  YTpi"), Some(("a".into(), "b".into())));
        for bad in ["", "Basic", "Basic !!", "Bearer YTpi", "Basic YWI="] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
