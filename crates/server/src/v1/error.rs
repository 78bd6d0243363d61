//! Refusals: the only place with v1's status codes and texts (wire spec §5).
//!
//! v1 answers 404 to nearly everything it refuses; the honest code goes into a header. What the platform behind the
//! connector shall try again gets an honest 429 or 503.

use crate::http::{Answer, json};
use crate::limit::{TooManyMails, Wait};
use crate::vault::{VaultError, note_failure};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use burnbag_api::{INTENDED_STATUS, Message, UnknownSecret, text};
use burnbag_core::plan::{MAX_PASSPHRASE, Plan, Refusal};

/// A call that is refused.
#[derive(Debug)]
pub(super) enum Refused {
    /// Gone, never there, or it did not open. Holds the key as it was asked for.
    Unknown(String),
    /// Credentials missing where needed, or wrong.
    NotAuthorized,
    /// Secrets are made with an account, or from some networks only.
    CreatorsOnly,
    /// The form cannot be accepted as it is.
    Form(String),
    /// The request cannot be read.
    Malformed(&'static str),
    /// The body did not come in time.
    TooSlow,
    /// Too many calls, or too many tries.
    Later(Wait),
    /// Too many mails by the account, or to the recipient.
    TooManyMails(TooManyMails),
    /// No room for new secrets.
    Full,
    /// The body is too long for any content of this kind of caller.
    TooLarge(Plan),
    /// Too many large secrets are being read; nothing was taken.
    Busy,
    /// The store does not answer.
    Unavailable,
    /// A defect of ours.
    Internal,
}

impl Refused {
    /// What the vault's answer means for a call about `key`.
    pub(super) fn about(key: &str, error: VaultError) -> Self {
        match error {
            VaultError::Unknown => Self::Unknown(key.to_owned()),
            VaultError::WrongPassphrase => Self::Form(text::DOUBLE_CHECK.to_owned()),
            VaultError::Refused(refusal) => refusal.into(),
            VaultError::Later(wait) => Self::Later(wait),
            VaultError::TooManyMails(many) => Self::TooManyMails(many),
            VaultError::SignedOut => Self::NotAuthorized,
            VaultError::TooManyKeys | VaultError::LabelTooLong => Self::Form(error.to_string()),
            VaultError::Full => Self::Full,
            VaultError::Busy => Self::Busy,
            VaultError::Store(error) => {
                note_failure(&error);
                Self::Unavailable
            }
            VaultError::Died => Self::Internal,
        }
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self::Form(match refusal {
            Refusal::Empty => text::NOTHING_TO_SHARE.to_owned(),
            Refusal::NoFiles => text::FILES_NEED_ACCOUNT.to_owned(),
            Refusal::TooManyFiles { limit } => format!("A secret holds no more than {limit} files"),
            Refusal::FilesTooLarge { limit } => {
                format!("Files exceed the maximum size of {limit} bytes together")
            }
            Refusal::TooLong { limit } => format!("Secret value exceeds the maximum size of {limit} bytes"),
            Refusal::PassphraseTooLong => {
                format!("Passphrase must be no more than {MAX_PASSPHRASE} characters long")
            }
        })
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Answer {
        match self {
            Self::Unknown(secret_key) => {
                let body = UnknownSecret { secret_key, message: text::UNKNOWN_SECRET.to_owned() };
                json::answer(StatusCode::NOT_FOUND, &body)
            }
            Self::NotAuthorized => intended(StatusCode::UNAUTHORIZED, text::NOT_AUTHORIZED.to_owned()),
            Self::CreatorsOnly => intended(StatusCode::FORBIDDEN, text::CREATORS_ONLY.to_owned()),
            Self::Form(text) => intended(StatusCode::BAD_REQUEST, text),
            Self::Malformed(detail) => {
                let detail = Some(detail.to_owned());
                json::answer(
                    StatusCode::BAD_REQUEST,
                    &Message { detail, message: text::BAD_REQUEST.to_owned() },
                )
            }
            Self::TooSlow => message(StatusCode::REQUEST_TIMEOUT, text::BAD_REQUEST),
            Self::Later(wait) => later(wait, message(StatusCode::TOO_MANY_REQUESTS, text::RATE_LIMITED)),
            Self::TooManyMails(many) => {
                let text = match many {
                    TooManyMails::ByAccount(_) => text::MANY_MAILS_BY,
                    TooManyMails::ToMailbox(_) => text::MANY_MAILS_TO,
                };
                later(many.wait(), message(StatusCode::TOO_MANY_REQUESTS, text))
            }
            Self::Full => later(Wait(60), message(StatusCode::SERVICE_UNAVAILABLE, text::COULD_NOT_STORE)),
            Self::TooLarge(plan) => intended(StatusCode::BAD_REQUEST, too_large(plan)),
            Self::Busy => later(Wait(5), message(StatusCode::SERVICE_UNAVAILABLE, text::UNAVAILABLE)),
            Self::Unavailable => later(Wait(1), message(StatusCode::SERVICE_UNAVAILABLE, text::UNAVAILABLE)),
            Self::Internal => message(StatusCode::INTERNAL_SERVER_ERROR, text::INTERNAL),
        }
    }
}

fn too_large(plan: Plan) -> String {
    let text = format!("Secret value exceeds the maximum size of {} bytes", plan.text);
    if plan.files == 0 {
        text
    } else {
        format!("{text}, or files that of {} bytes together", plan.files_size)
    }
}

fn message(status: StatusCode, text: &str) -> Answer {
    json::answer(status, &Message { detail: None, message: text.to_owned() })
}

/// 404, with the honest code beside it.
fn intended(status: StatusCode, text: String) -> Answer {
    let mut answer = json::answer(StatusCode::NOT_FOUND, &Message { detail: None, message: text });
    answer.headers_mut().insert(HeaderName::from_static(INTENDED_STATUS), status.as_u16().into());
    answer
}

fn later(Wait(seconds): Wait, mut answer: Answer) -> Answer {
    answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    answer
}
