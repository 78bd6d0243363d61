//! The v1 wire from the client's side: one function a route, over the types of `burnbag-api`.

mod answer;
mod upload;

pub(crate) use answer::{Answer, Trouble};
pub(crate) use upload::Upload;

use crate::profile::Credentials;
use crate::progress;
use crate::server_url::ServerUrl;
use burnbag_api::{BASE, Burned, Forgotten, IDEMPOTENCY_KEY, Receipt, Revealed, SecretStatus, Status};
use burnbag_core::idempotency_key::IdempotencyKey;
use data_encoding::BASE64;
use std::sync::Arc;
use std::thread;
use std::time::Duration;
use ureq::http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, EXPECT};
use ureq::http::{HeaderValue, Method, Request};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, SendBody};
use zeroize::Zeroizing;

/// A key that nobody has: how a server answers to it tells which kind of server it is.
const NOBODYS_KEY: &str = "0000000000000000000000000000000";
/// From here on a body is sent only after the server has agreed to it.
const LARGE_UPLOAD: u64 = 64 * 1024;
/// How often a reveal is asked for.
const TRIES: u32 = 4;
/// How often, where the server does not answer in time: together they are shorter than the time in which it repeats.
const SILENT_TRIES: u32 = 2;
/// Longest silence of a server.
const SILENCE: Duration = Duration::from_secs(20);
/// The longest answer that holds no secret and no list.
const SHORT: u64 = 1 << 20;
/// The longest list.
const LIST: u64 = 64 << 20;
/// The longest secret.
const SECRET: u64 = 768 << 20;
/// Longest wait between two of them.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// A server, as somebody or nobody.
pub(crate) struct Client {
    agent: Agent,
    server: ServerUrl,
    authorization: Option<HeaderValue>,
    /// Pause before a repetition; grows. Tests have none.
    pause: Duration,
}

/// What a reader brings beyond the link, as it goes over the wire.
pub(crate) enum Brought {
    Nothing,
    Passphrase(Zeroizing<String>),
    Proof(Zeroizing<String>),
}

/// What is known of a secret before it is opened.
pub(crate) enum Look {
    /// It is there.
    There(SecretStatus),
    /// It is not, or not any more.
    Gone,
    /// The server does not tell: it is another one that speaks v1.
    NotTold,
}

impl Client {
    pub(crate) fn new(server: ServerUrl, credentials: Option<&Credentials>, pause: Duration) -> Self {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::PlatformVerifier)
            .unversioned_rustls_crypto_provider(provider)
            .build();
        let config = Agent::config_builder()
            .tls_config(tls)
            .http_status_as_error(false)
            // A password must not wander to where a server points.
            .max_redirects(0)
            .user_agent(concat!("burnbag/", env!("CARGO_PKG_VERSION")))
            // Each step has its time, the whole has none: a large file on a slow line is not cut.
            .timeout_connect(Some(Duration::from_secs(15)))
            .timeout_per_read(Some(SILENCE))
            .timeout_per_write(Some(Duration::from_mins(1)));
        // A proxy on the way to this machine would be another machine.
        let config = if server.is_loopback() { config.proxy(None) } else { config };
        Self { agent: config.build().into(), server, authorization: credentials.map(authorization), pause }
    }

    pub(crate) const fn server(&self) -> &ServerUrl {
        &self.server
    }

    pub(crate) const fn has_credentials(&self) -> bool {
        self.authorization.is_some()
    }

    /// Whether it is a Burnbag that takes what was sealed on a device. What answers neither as one nor as another server
    /// that speaks v1 (a page of a hotel's network, a firewall) is no server, and is sent nothing.
    pub(crate) fn takes_device_sealed(&self) -> Result<bool, Trouble> {
        Ok(!matches!(self.look(NOBODYS_KEY)?, Look::NotTold))
    }

    /// What is told of a secret. Changes nothing.
    pub(crate) fn look(&self, key: &str) -> Result<Look, Trouble> {
        match self.get(&format!("/secret/{key}/status"))?.json::<SecretStatus>() {
            Ok(status) => Ok(Look::There(status)),
            Err(Trouble::Unknown) => Ok(Look::Gone),
            Err(Trouble::Refused(_) | Trouble::Strange(400..)) => {
                self.get("/status")?.json::<Status>()?;
                Ok(Look::NotTold)
            }
            Err(trouble) => Err(trouble),
        }
    }

    /// Makes a secret.
    pub(crate) fn share(&self, upload: &Upload) -> Result<(Receipt, Option<String>), Trouble> {
        let answer = self.post("/share", upload, None)?;
        Ok((answer.json()?, answer.notice.clone()))
    }

    /// Has the server make a value and a secret of it.
    pub(crate) fn generate(&self, upload: &Upload) -> Result<(Receipt, Option<String>), Trouble> {
        let answer = self.post("/generate", upload, None)?;
        Ok((answer.json()?, answer.notice.clone()))
    }

    /// Opens a secret. Where no answer came it is asked for again with the same key, which consumes nothing more.
    pub(crate) fn reveal(
        &self,
        key: &str,
        brought: &Brought,
        again: &IdempotencyKey,
    ) -> Result<Revealed, Trouble> {
        let upload = Upload::of(brought.members());
        let mut unsure = false;
        for tried in 1..=TRIES {
            let path = format!("/secret/{key}");
            let trouble = match self.send(Method::POST, &path, Some(&upload), Some(again), SECRET) {
                Ok(answer) => match answer.json() {
                    Err(trouble) => trouble,
                    revealed => return revealed,
                },
                Err(trouble) => trouble,
            };
            // An answer that was lost may have had the value.
            if unsure && matches!(trouble, Trouble::Unknown) {
                return Err(Trouble::UnknownAfterLoss);
            }
            unsure |= matches!(trouble, Trouble::Lost(_) | Trouble::Silent | Trouble::Failing(_));
            let tries = if matches!(trouble, Trouble::Silent) { SILENT_TRIES } else { TRIES };
            match trouble.may_pass() {
                Some(wait) if tried < tries => thread::sleep(self.pause_before(tried, wait)),
                Some(_) if unsure => return Err(Trouble::Unsure),
                _ => return Err(trouble),
            }
        }
        unreachable!("the last try returns")
    }

    /// Ends the time in which a reveal can be repeated.
    pub(crate) fn forget(&self, key: &str, brought: &Brought, again: &IdempotencyKey) -> Result<(), Trouble> {
        let upload = Upload::of(brought.members());
        self.post(&format!("/secret/{key}/forget"), &upload, Some(again))?.json::<Forgotten>().map(|_| ())
    }

    pub(crate) fn receipt(&self, key: &str) -> Result<Receipt, Trouble> {
        self.get(&format!("/private/{key}"))?.json()
    }

    pub(crate) fn burn(&self, key: &str, passphrase: Option<&str>) -> Result<Burned, Trouble> {
        let upload = Upload::of(passphrase.map(|passphrase| ("passphrase", passphrase)));
        self.post(&format!("/private/{key}/burn"), &upload, None)?.json()
    }

    pub(crate) fn recent(&self) -> Result<Vec<Receipt>, Trouble> {
        self.send(Method::GET, "/private/recent", None, None, LIST)?.json()
    }

    /// Whether the server is there; with credentials, whether it knows them.
    pub(crate) fn status(&self) -> Result<Status, Trouble> {
        self.get(if self.authorization.is_some() { "/authcheck" } else { "/status" })?.json()
    }

    fn pause_before(&self, tried: u32, wanted: u64) -> Duration {
        if self.pause.is_zero() {
            return self.pause;
        }
        let pause = self.pause * 2_u32.pow(tried - 1);
        Duration::from_secs(wanted).clamp(pause, LONGEST_PAUSE)
    }

    fn get(&self, path: &str) -> Result<Answer, Trouble> {
        self.send(Method::GET, path, None, None, SHORT)
    }

    fn post(&self, path: &str, upload: &Upload, again: Option<&IdempotencyKey>) -> Result<Answer, Trouble> {
        self.send(Method::POST, path, Some(upload), again, SHORT)
    }

    fn send(
        &self,
        method: Method,
        path: &str,
        upload: Option<&Upload>,
        again: Option<&IdempotencyKey>,
        longest: u64,
    ) -> Result<Answer, Trouble> {
        let mut request = Request::builder().method(method).uri(format!("{}{BASE}{path}", self.server));
        if let Some(authorization) = &self.authorization {
            request = request.header(AUTHORIZATION, authorization);
        }
        if let Some(again) = again {
            request = request.header(IDEMPOTENCY_KEY, again.expose());
        }
        let response = match upload {
            None => self.agent.run(request.body(()).map_err(ureq::Error::from)?),
            Some(upload) => {
                let length = upload.length();
                request = request.header(CONTENT_TYPE, "application/json").header(CONTENT_LENGTH, length);
                if length > LARGE_UPLOAD {
                    request = request.header(EXPECT, "100-continue");
                }
                let mut reader = progress::watch(upload.reader(), "sending", Some(length));
                self.agent.run(request.body(SendBody::from_reader(&mut reader)).map_err(ureq::Error::from)?)
            }
        };
        Answer::read(response?, longest)
    }
}

impl Brought {
    fn members(&self) -> Option<(&'static str, &str)> {
        match self {
            Self::Nothing => None,
            Self::Passphrase(passphrase) => Some(("passphrase", passphrase)),
            Self::Proof(proof) => Some(("proof", proof)),
        }
    }
}

/// Basic authentication (RFC 7617).
fn authorization(credentials: &Credentials) -> HeaderValue {
    let pair = Zeroizing::new(format!("{}:{}", credentials.email, credentials.api_key.expose()));
    let text = Zeroizing::new(format!("Basic {}", BASE64.encode(pair.as_bytes())));
    let mut value = HeaderValue::from_str(&text).expect("base64 stands in a header");
    value.set_sensitive(true);
    value
}
