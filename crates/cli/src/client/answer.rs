//! What a server answers, and what it means for the person who asked.

use crate::failure::{Exit, Failure};
use crate::lifetime::in_words;
use crate::progress;
use crate::server_url::ServerUrl;
use burnbag_api::{INTENDED_STATUS, NOTICE, text};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::io::Read;
use ureq::Body;
use ureq::http::header::{CONTENT_LENGTH, HeaderMap, LOCATION, RETRY_AFTER};
use ureq::http::{HeaderName, Response};
use zeroize::Zeroizing;

/// More than any secret; a server that sends more is stopped.
const LIMIT: u64 = 1 << 30;

/// An answer with its body.
pub(crate) struct Answer {
    status: u16,
    intended: Option<String>,
    /// What was not done as asked, in the server's words.
    pub(crate) notice: Option<String>,
    retry_after: Option<u64>,
    location: Option<String>,
    body: Zeroizing<Vec<u8>>,
}

/// Why there is no answer to what was asked.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// No connection, or it broke: nobody knows whether the request arrived.
    Lost(String),
    /// It fails, or something before it: nobody knows how far the request came.
    Failing(u16),
    /// It cannot answer now; nothing was done. Seconds to wait, where it said so.
    Busy(Option<u64>),
    /// Too many calls. Seconds to wait, where it said so.
    Throttled(Option<u64>),
    /// Credentials are missing or wrong.
    NotAuthorized,
    /// There is no such secret or receipt, or what was brought does not open it.
    Unknown,
    /// The same, after an answer was lost that may have had the value.
    UnknownAfterLoss,
    /// Refused, in the server's words.
    Refused(String),
    /// It points elsewhere.
    Elsewhere(String),
    /// It does not speak v1, or does not know what was asked.
    Strange(u16),
}

/// The members of a refusal that matter.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Refusal {
    message: String,
    detail: Option<String>,
    secret_key: Option<String>,
}

impl Answer {
    pub(super) fn read(response: Response<Body>) -> Result<Self, Trouble> {
        let (head, body) = response.into_parts();
        let length = header(&head.headers, &CONTENT_LENGTH).and_then(|length| length.parse::<u64>().ok());
        let room = usize::try_from(length.unwrap_or(0).min(LIMIT)).unwrap_or(0);
        let mut bytes = Zeroizing::new(Vec::with_capacity(room + 1));
        let reader = body.into_with_config().limit(LIMIT).reader();
        let read = progress::watch(reader, "receiving", length).read_to_end(&mut bytes);
        read.map_err(|error| Trouble::Lost(error.to_string()))?;
        Ok(Self {
            status: head.status.as_u16(),
            intended: header(&head.headers, &HeaderName::from_static(INTENDED_STATUS)),
            notice: header(&head.headers, &HeaderName::from_static(NOTICE)),
            retry_after: header(&head.headers, &RETRY_AFTER).and_then(|seconds| seconds.parse().ok()),
            location: header(&head.headers, &LOCATION),
            body: bytes,
        })
    }

    /// The value of a success.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Trouble> {
        if (200..300).contains(&self.status) {
            serde_json::from_slice(&self.body).map_err(|_| Trouble::Strange(self.status))
        } else {
            Err(self.trouble())
        }
    }

    fn trouble(&self) -> Trouble {
        match self.status {
            429 => return Trouble::Throttled(self.retry_after),
            300..400 => {
                return Trouble::Elsewhere(self.location.clone().unwrap_or_else(|| "elsewhere".into()));
            }
            503 => return Trouble::Busy(self.retry_after),
            500.. => return Trouble::Failing(self.status),
            _ => {}
        }
        let refusal: Refusal = serde_json::from_slice(&self.body).unwrap_or_default();
        match refusal.message.as_str() {
            "" => Trouble::Strange(self.status),
            text::UNKNOWN_SECRET if refusal.secret_key.is_some() => Trouble::Unknown,
            text::NOT_AUTHORIZED => Trouble::NotAuthorized,
            text::RATE_LIMITED => Trouble::Throttled(self.retry_after),
            _ if self.intended.as_deref() == Some("401") => Trouble::NotAuthorized,
            message => Trouble::Refused(match refusal.detail {
                Some(detail) => format!("{message}: {detail}"),
                None => message.to_owned(),
            }),
        }
    }
}

impl Trouble {
    /// Whether the same request may be answered in a moment; the seconds to wait that it asks for, if so.
    pub(super) fn may_pass(&self) -> Option<u64> {
        match self {
            Self::Lost(_) | Self::Failing(_) => Some(0),
            Self::Busy(wait) => Some(wait.unwrap_or(0)),
            Self::Throttled(_)
            | Self::NotAuthorized
            | Self::Unknown
            | Self::UnknownAfterLoss
            | Self::Refused(_)
            | Self::Elsewhere(_)
            | Self::Strange(_) => None,
        }
    }

    /// What it means, where nothing special is known.
    pub(crate) fn at(self, server: &ServerUrl) -> Failure {
        match self {
            Self::Lost(cause) if cause.contains("certificate") => {
                Failure::new(Exit::Unreachable, format!("{server} was not reached: {cause}"))
                    .mend("this system does not trust the server's certificate: have its authority installed")
            }
            Self::Lost(cause) => {
                Failure::new(Exit::Unreachable, format!("{server} was not reached: {cause}"))
                    .mend("check the address and the network, then repeat the command")
            }
            Self::Failing(status) => Failure::new(
                Exit::Unreachable,
                format!("{server} fails, or something before it (status {status})"),
            )
            .mend("repeat the command later"),
            Self::Busy(wait) => Failure::new(Exit::Unreachable, format!("{server} cannot answer now"))
                .mend(format!("repeat the command {}; nothing was changed", after(wait))),
            Self::Throttled(wait) => Failure::new(Exit::Refused, format!("too many calls to {server}"))
                .mend(format!("repeat the command {}", after(wait))),
            Self::NotAuthorized => {
                Failure::new(Exit::NotAuthorized, format!("{server} does not accept these credentials"))
                    .mend(format!("burnbag login {server}"))
            }
            Self::Unknown => Failure::new(Exit::Gone, "there is nothing under this link")
                .mend("it was opened, burned or has expired, or a part of the link is missing"),
            Self::UnknownAfterLoss => Failure::new(
                Exit::Gone,
                "the connection broke, and there is nothing under this link any more",
            )
            .mend("its content may have been on the way: ask the sender to share it again"),
            Self::Refused(message) if needs_account(&message) => {
                Failure::new(Exit::NotAuthorized, format!("{server} refuses: {message}"))
                    .mend(format!("burnbag login {server}"))
            }
            Self::Refused(message) => Failure::new(Exit::Refused, format!("{server} refuses: {message}")),
            Self::Elsewhere(location) => {
                Failure::new(Exit::Other, format!("{server} points to {location}, which is not followed"))
                    .mend("use that address, if you trust it")
            }
            Self::Strange(status) => Failure::new(
                Exit::Other,
                format!("{server} does not answer like a one-time-secret server (status {status})"),
            )
            .mend("check the address"),
        }
    }
}

fn needs_account(message: &str) -> bool {
    // Another server adds where to sign up.
    [text::ACCOUNT_REQUIRED, text::FILES_NEED_ACCOUNT, text::MEMO_NEEDS_ACCOUNT]
        .iter()
        .any(|text| message.starts_with(text))
}

fn after(wait: Option<u64>) -> String {
    match wait {
        Some(seconds) => format!("in {}", in_words(i64::try_from(seconds).unwrap_or(i64::MAX))),
        None => "later".to_owned(),
    }
}

fn header(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(ToOwned::to_owned)
}

impl From<ureq::Error> for Trouble {
    fn from(error: ureq::Error) -> Self {
        // Both say too little, or too much.
        if matches!(error, ureq::Error::HostNotFound) {
            return Self::Lost("there is no host of this name".into());
        }
        if matches!(error, ureq::Error::Timeout(_)) {
            return Self::Lost("no answer in time".into());
        }
        // Its kind stands before each cause, which the person knows already.
        let text = error.to_string();
        Self::Lost(text.strip_prefix("io: ").unwrap_or(&text).to_owned())
    }
}
