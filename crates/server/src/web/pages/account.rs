//! `/account`: password, API keys, notifications, sessions.

use super::invite::not_a_password;
use super::signin::end_session;
use crate::http::Answer;
use crate::vault::{Session, VaultError};
use crate::web::filled::Filled;
use crate::web::frame::{Audience, Frame};
use crate::web::page::{Trouble, no_page, page, see_other};
use crate::web::visitor::Visitor;
use crate::web::wording::{Html, html_time};
use askama::Template;
use axum::http::StatusCode;
use burnbag_core::account::{ApiKey, CredentialId, CredentialKind, Password};
use burnbag_store::{CredentialView, Notify};
use data_encoding::HEXLOWER;

/// What scripts of this page say.
const TEXTS: [&str; 2] = ["press-copy", "account-key-copied"];

#[derive(Template)]
#[template(path = "account.html")]
struct AccountPage<'a> {
    frame: Frame<'a>,
    account: Shown,
    texts: Vec<(&'static str, String)>,
}

struct Shown {
    email: String,
    has_password: bool,
    keys: Vec<Key>,
    new_key: String,
    sessions: String,
    /// Of what the owner is told by mail, where this server sends any.
    notify: Option<Notify>,
    problem: String,
    done: String,
}

struct Key {
    id: String,
    label: String,
    created: Html,
    used: Html,
    revoke: String,
}

/// What became of what was asked.
#[derive(Default)]
struct Outcome {
    new_key: Option<ApiKey>,
    problem: Option<&'static str>,
    done: Option<&'static str>,
}

impl Outcome {
    const fn problem(id: &'static str) -> Self {
        Self { problem: Some(id), new_key: None, done: None }
    }

    const fn done(id: &'static str) -> Self {
        Self { done: Some(id), new_key: None, problem: None }
    }
}

/// The page.
pub(in crate::web) async fn show(visitor: Visitor) -> Answer {
    let Some(session) = &visitor.session else {
        return to_sign_in();
    };
    render(&visitor, session, Outcome::default()).await
}

/// Sets the first password, or another.
pub(in crate::web) async fn set_password(mut filled: Filled) -> Answer {
    let (current, new) = (filled.take("current"), filled.take("password"));
    let visitor = filled.visitor;
    let Some(session) = &visitor.session else {
        return to_sign_in();
    };
    let new = match Password::new(&new) {
        Ok(new) => new,
        Err(refused) => return render(&visitor, session, Outcome::problem(not_a_password(refused))).await,
    };
    let current = Some(current).filter(|current| !current.expose().is_empty());
    match visitor.app.vault.set_password(session, current, new).await {
        Ok(true) => render(&visitor, session, Outcome::done("account-changed")).await,
        Ok(false) => render(&visitor, session, Outcome::problem("account-wrong")).await,
        Err(error) => failed(&visitor, session, error).await,
    }
}

/// Makes an API key, and shows it this once.
pub(in crate::web) async fn create_key(filled: Filled) -> Answer {
    let Some(session) = &filled.visitor.session else {
        return to_sign_in();
    };
    match filled.visitor.app.vault.create_api_key(session, filled.text("label")).await {
        Ok(key) => {
            let outcome = Outcome { new_key: Some(key), ..Outcome::default() };
            render(&filled.visitor, session, outcome).await
        }
        Err(error) => failed(&filled.visitor, session, error).await,
    }
}

/// Revokes an API key.
pub(in crate::web) async fn revoke_key(filled: Filled) -> Answer {
    let Some(session) = &filled.visitor.session else {
        return to_sign_in();
    };
    let id = HEXLOWER.decode(filled.text("key").as_bytes()).ok().and_then(|id| id.try_into().ok());
    let Some(id) = id.map(CredentialId) else {
        return render(&filled.visitor, session, Outcome::problem("trouble-form")).await;
    };
    match filled.visitor.app.vault.revoke_api_key(session, id).await {
        // What is not there any more is revoked.
        Ok(_) => render(&filled.visitor, session, Outcome::done("account-key-revoked")).await,
        Err(error) => failed(&filled.visitor, session, error).await,
    }
}

/// Sets of what the owner is told by mail.
pub(in crate::web) async fn set_notify(filled: Filled) -> Answer {
    let [opened, expired] = ["opened", "expired"].map(|name| !filled.text(name).is_empty());
    let notify = Notify { opened, expired };
    let mut visitor = filled.visitor;
    if !visitor.has_mail() {
        return no_page(visitor).await;
    }
    if let Some(session) = &mut visitor.session {
        if let Err(error) = visitor.app.vault.set_notify(session, notify).await {
            return Trouble::of(&error).page(&visitor);
        }
        session.account.notify = notify;
    }
    match &visitor.session {
        Some(session) => render(&visitor, session, Outcome::done("account-notify-saved")).await,
        None => to_sign_in(),
    }
}

/// Ends all sessions, this one too.
pub(in crate::web) async fn sign_out_everywhere(filled: Filled) -> Answer {
    let visitor = filled.visitor;
    let Some(session) = &visitor.session else {
        return to_sign_in();
    };
    match visitor.app.vault.sign_out_everywhere(session).await {
        Ok(()) => end_session(see_other("/signin"), visitor.safety.https),
        Err(error) => failed(&visitor, session, error).await,
    }
}

async fn failed(visitor: &Visitor, session: &Session, error: VaultError) -> Answer {
    let problem = if matches!(error, VaultError::TooManyKeys) {
        "account-keys-many"
    } else if matches!(error, VaultError::LabelTooLong) {
        "account-label-long"
    } else if matches!(error, VaultError::SignedOut) {
        return to_sign_in();
    } else {
        return Trouble::of(&error).page(visitor);
    };
    render(visitor, session, Outcome::problem(problem)).await
}

fn to_sign_in() -> Answer {
    see_other("/signin?to=account")
}

async fn render(visitor: &Visitor, session: &Session, outcome: Outcome) -> Answer {
    let credentials = match visitor.app.vault.credentials(session).await {
        Ok(credentials) => credentials,
        Err(error) => return Trouble::of(&error).page(visitor),
    };
    let of = |kind: CredentialKind| credentials.iter().filter(move |one| one.kind == kind);
    let words = &visitor.words;
    let status = if outcome.problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let say = |id: Option<&'static str>| id.map(|id| words.say(id)).unwrap_or_default();
    let account = Shown {
        email: session.account.email.to_string(),
        has_password: of(CredentialKind::Password).next().is_some(),
        keys: of(CredentialKind::ApiKey).map(|key| shown_key(key, visitor)).collect(),
        new_key: outcome.new_key.map(|key| key.expose().to_owned()).unwrap_or_default(),
        notify: visitor.has_mail().then_some(session.account.notify),
        sessions: words.with("account-sessions-count", "count", of(CredentialKind::Session).count()),
        problem: say(outcome.problem),
        done: say(outcome.done),
    };
    let frame = visitor.frame("account-heading", Audience::Maker);
    // The key is shown this once: another language would be another page, without it.
    let frame = if account.new_key.is_empty() { frame } else { frame.passing() };
    page(status, &AccountPage { frame, account, texts: words.for_scripts(&TEXTS) })
}

fn shown_key(key: &CredentialView, visitor: &Visitor) -> Key {
    let label = key.label.clone().unwrap_or_else(|| visitor.words.say("recent-untitled"));
    Key {
        id: HEXLOWER.encode(&key.id.0),
        created: html_time(Some(key.created)),
        used: key.used.map_or_else(|| visitor.words.say("account-never"), |used| html_time(Some(used))),
        revoke: visitor.words.with("account-key-revoke", "label", label.as_str()),
        label,
    }
}
