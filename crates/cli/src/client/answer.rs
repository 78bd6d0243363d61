//! What a server answers, and what it means for the person who asked.

use crate::failure::{Exit, Failure};
use crate::lifetime::in_words;
use crate::progress;
use crate::server_url::ServerUrl;
use burnbag_api::{INTENDED_STATUS, NOTICE, text};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::io::{self, Read};
use ureq::Body;
use ureq::http::header::{CONTENT_LENGTH, HeaderMap, LOCATION, RETRY_AFTER};
use ureq::http::{HeaderName, Response};
use zeroize::Zeroizing;

/// Room that is made for an answer before it comes: what a server says of its length is a claim.
const ROOM: u64 = 64 << 20;
/// The longest wait that is told in figures, in seconds.
const A_DAY: u64 = 24 * 60 * 60;

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
    /// No connection: nothing was sent.
    Unreached(String),
    /// The connection broke: nobody knows whether the request arrived.
    Lost(String),
    /// No answer in time: the same.
    Silent,
    /// A reveal was tried several times, and one of them may have opened it.
    Unsure,
    /// It fails, or something before it: nobody knows how far the request came.
    Failing(u16),
    /// It cannot answer now; nothing was done. Seconds to wait, where it said so.
    Busy(Option<u64>),
    /// Too many calls. Seconds to wait, where it said so.
    Throttled(Option<u64>),
    /// Too many mails, to the recipient or by the account. Seconds to wait, where it said so.
    Mails { to_recipient: bool, wait: Option<u64> },
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
    /// Reads an answer of `longest` bytes at most.
    pub(super) fn read(response: Response<Body>, longest: u64) -> Result<Self, Trouble> {
        let (head, body) = response.into_parts();
        let length = header(&head.headers, &CONTENT_LENGTH).and_then(|length| length.parse::<u64>().ok());
        let room = usize::try_from(length.unwrap_or(0).min(ROOM).min(longest)).unwrap_or(0);
        let mut bytes = Zeroizing::new(Vec::with_capacity(room + 1));
        let reader = body.into_with_config().limit(longest).reader();
        let read = progress::watch(reader, "receiving", length).read_to_end(&mut bytes);
        read.map_err(|error| {
            let is_silent = error.kind() == io::ErrorKind::TimedOut;
            if is_silent { Trouble::Silent } else { Trouble::Lost(error.to_string()) }
        })?;
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
            300..400 => {
                return Trouble::Elsewhere(self.location.clone().unwrap_or_else(|| "elsewhere".into()));
            }
            503 => return Trouble::Busy(self.retry_after),
            500.. => return Trouble::Failing(self.status),
            _ => {}
        }
        let refusal: Refusal = serde_json::from_slice(&self.body).unwrap_or_default();
        match refusal.message.as_str() {
            text::MANY_MAILS_BY => Trouble::Mails { to_recipient: false, wait: self.retry_after },
            text::MANY_MAILS_TO => Trouble::Mails { to_recipient: true, wait: self.retry_after },
            _ if self.status == 429 => Trouble::Throttled(self.retry_after),
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
            Self::Unreached(_) | Self::Lost(_) | Self::Silent | Self::Failing(_) => Some(0),
            Self::Busy(wait) => Some(wait.unwrap_or(0)),
            Self::Throttled(_)
            | Self::Mails { .. }
            | Self::Unsure
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
            Self::Unreached(cause) | Self::Lost(cause) if cause.contains("certificate") => {
                Failure::new(Exit::Unreachable, format!("{server} was not reached: {cause}"))
                    .mend("this system does not trust the server's certificate: have its authority installed")
            }
            Self::Unreached(cause) => {
                Failure::new(Exit::Unreachable, format!("{server} was not reached: {cause}"))
                    .mend("check the address and the network, then repeat the command")
            }
            Self::Lost(cause) => {
                Failure::new(Exit::Unreachable, format!("the connection to {server} broke: {cause}"))
                    .mend("repeat the command")
            }
            Self::Silent => Failure::new(Exit::Unreachable, format!("{server} did not answer in time"))
                .mend("repeat the command"),
            Self::Unsure => {
                Failure::new(Exit::Unreachable, format!("{server} broke off, and it may have been opened"))
                    .mend("repeat the command within a minute: then it comes again, on this machine only")
            }
            Self::Failing(status) => Failure::new(
                Exit::Unreachable,
                format!("{server} fails, or something before it (status {status})"),
            )
            .mend("repeat the command later"),
            Self::Busy(wait) => Failure::new(Exit::Unreachable, format!("{server} cannot answer now"))
                .mend(format!("repeat the command {}; nothing was changed", after(wait))),
            Self::Throttled(wait) => {
                let problem = format!("too many calls to {server}, or too many wrong tries");
                Failure::new(Exit::Refused, problem).mend(format!("repeat the command {}", after(wait)))
            }
            Self::Mails { to_recipient, wait } => too_many_mails(server, to_recipient, wait),
            Self::NotAuthorized => {
                Failure::new(Exit::NotAuthorized, format!("{server} does not accept these credentials")).mend(
                    format!(
                        "check e-mail and API key (BURNBAG_EMAIL, BURNBAG_API_KEY), or burnbag login {server}"
                    ),
                )
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

fn too_many_mails(server: &ServerUrl, to_recipient: bool, wait: Option<u64>) -> Failure {
    let (whose, otherwise) = if to_recipient {
        ("to this recipient", ", or leave --recipient out and send the link yourself")
    } else {
        ("for this account", "")
    };
    let problem = format!("{server} has sent very many mails {whose} lately");
    let mend = format!("repeat the command {}{otherwise}; nothing was made for this one", after(wait));
    Failure::new(Exit::Refused, problem).mend(mend)
}

fn after(wait: Option<u64>) -> String {
    match wait.filter(|seconds| *seconds <= A_DAY) {
        Some(seconds) => format!("in {}", in_words(i64::try_from(seconds).unwrap_or(i64::MAX))),
        None => "later".to_owned(),
    }
}

fn header(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(ToOwned::to_owned)
}

impl From<ureq::Error> for Trouble {
    fn from(error: ureq::Error) -> Self {
        // These say too little, or too much.
        if matches!(error, ureq::Error::HostNotFound) {
            return Self::Unreached("there is no host of this name".into());
        }
        if let ureq::Error::Timeout(step) = error {
            let is_early = matches!(step, ureq::Timeout::Resolve | ureq::Timeout::Connect);
            return if is_early { Self::Unreached("no connection in time".into()) } else { Self::Silent };
        }
        // Its kind stands before each cause, which the person knows already.
        let text = error.to_string();
        let cause = text.strip_prefix("io: ").unwrap_or(&text).to_owned();
        if is_before_sending(&error) { Self::Unreached(cause) } else { Self::Lost(cause) }
    }
}

/// Whether there was no connection yet.
fn is_before_sending(error: &ureq::Error) -> bool {
    use io::ErrorKind::{ConnectionRefused, HostUnreachable, NetworkUnreachable};
    if let ureq::Error::Io(error) = error {
        return matches!(error.kind(), ConnectionRefused | HostUnreachable | NetworkUnreachable);
    }
    matches!(
        error,
        ureq::Error::ConnectionFailed
            | ureq::Error::ConnectProxyFailed(_)
            | ureq::Error::InvalidProxyUrl
            | ureq::Error::Tls(_)
            | ureq::Error::BadUri(_)
    )
}
