//! Who asks for a page: from where, over what, in which language, and signed in or not.

use super::frame::{Audience, Frame};
use super::page::{Notice, Trouble, page};
use crate::app::App;
use crate::client::Client;
use crate::config::ANONYMOUS;
use crate::http::cookies::{self, Name};
use crate::http::{Answer, Origin, Peer, Safety, SignedIn};
use crate::i18n::{LanguageTag, Words};
use crate::limit::Wait;
use crate::vault::{Caller, Session};
use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use burnbag_core::idempotency_key::IdempotencyKey;
use burnbag_core::plan::Plan;
use std::net::IpAddr;
use std::sync::Arc;
use subtle::ConstantTimeEq;

/// Somebody with a browser.
pub(crate) struct Visitor {
    pub(super) app: Arc<App>,
    pub(super) client: Client,
    pub(super) address: IpAddr,
    /// Who is signed in.
    pub(super) session: Option<Session>,
    /// What the forms of who is signed in carry; otherwise empty.
    pub(super) form_token: String,
    pub(super) words: Arc<Words>,
    /// What links start with.
    pub(super) origin: Origin,
    pub(super) path: String,
    pub(super) safety: Safety,
    /// What the form of a sign-in must repeat.
    form_cookie: Option<String>,
}

impl FromRequestParts<Arc<App>> for Visitor {
    type Rejection = Answer;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Answer> {
        let mut visitor = Self::unknown(parts, app);
        if let Some(answer) = visitor.instead() {
            return Err(answer);
        }
        match visitor.recognize(&parts.headers).await {
            Ok(()) => Ok(visitor),
            Err(trouble) => Err(trouble.page(&visitor)),
        }
    }
}

/// In a time that does not tell how much of it is right.
fn is_same(own: &str, presented: &str) -> bool {
    !own.is_empty() && own.as_bytes().ct_eq(presented.as_bytes()).into()
}

fn words(app: &App, headers: &HeaderMap, safety: Safety, of_account: Option<&str>) -> Arc<Words> {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|accepted| accepted.to_str().ok());
    let chosen = cookies::read(headers, Name::Language, safety.https);
    app.site.catalogue.choose(&[chosen.as_deref(), of_account], accepted)
}

impl Visitor {
    /// What a request says before it is known who is signed in.
    pub(super) fn unknown(parts: &Parts, app: &Arc<App>) -> Self {
        let (extensions, headers, uri) = (&parts.extensions, &parts.headers, &parts.uri);
        let address = Peer::address_of(extensions);
        let safety = Safety::of(app, extensions, headers, uri);
        Self {
            client: Client::at(address),
            address,
            session: None,
            form_token: String::new(),
            words: words(app, headers, safety, None),
            origin: Origin::of(app, extensions, headers, uri),
            path: uri.path().to_owned(),
            safety,
            // What we did not make would be refused with the form, and must not keep another from being made.
            form_cookie: cookies::read(headers, Name::Form, safety.https)
                .filter(|text| text.parse::<IdempotencyKey>().is_ok()),
            app: Arc::clone(app),
        }
    }

    /// Finds out who is signed in.
    pub(super) async fn recognize(&mut self, headers: &HeaderMap) -> Result<(), Trouble> {
        let signed_in = SignedIn::of(&self.app, headers, self.safety).await;
        let Some(SignedIn { token, session }) = signed_in.map_err(|error| Trouble::of(&error))? else {
            return Ok(());
        };
        self.client = Client::Account(session.account.id);
        self.form_token = token.form_token();
        if let Some(language) = &session.account.language {
            self.words = words(&self.app, headers, self.safety, Some(language));
        }
        self.session = Some(session);
        Ok(())
    }

    /// The frame of a page, whose heading is a message.
    pub(super) fn frame(&self, heading: &str, audience: Audience) -> Frame<'_> {
        Frame {
            site: &self.app.site,
            words: &self.words,
            heading: self.words.say(heading),
            path: self.path.clone(),
            signed_in: self.session.is_some(),
            form_token: self.form_token.clone(),
            insecure: self.safety.insecure,
            audience,
            lasting: true,
        }
    }

    /// Whether a form carries the session's token, which our own pages alone know. What a cookie of a sign-in's page says
    /// is not enough here: over plain http other services of the same host can set that.
    pub(super) fn owns_form(&self, presented: &str) -> bool {
        is_same(&self.form_token, presented)
    }

    /// Whether a form repeats the cookie that its page set: the form of a sign-in, or of an invitation.
    pub(super) fn repeats_cookie(&self, presented: &str) -> bool {
        self.form_cookie.as_deref().is_some_and(|own| is_same(own, presented))
    }

    /// Whether this is where a session begins: what is done there is done with no earlier one's authority.
    pub(super) fn begins_session(&self) -> bool {
        matches!(&*self.path, "/signin" | "/signup" | "/forgot") || self.path.starts_with("/invite/")
    }

    /// Whether this is where secrets are made: what was written there must not be lost.
    pub(super) fn brings_a_secret(&self) -> bool {
        self.path == "/"
    }

    /// A page with the form of a sign-in, which carries what `template` is made with, and the cookie that it must repeat.
    pub(super) fn form_page<T: Template>(
        &self,
        status: StatusCode,
        template: impl FnOnce(String) -> T,
    ) -> Answer {
        let (form_token, cookie) = self.form_cookie();
        let mut answer = page(status, &template(form_token));
        answer.headers_mut().extend(cookie.map(|cookie| (header::SET_COOKIE, cookie)));
        answer
    }

    /// What the form of a sign-in carries, and the cookie for it, unless the browser has it.
    fn form_cookie(&self) -> (String, Option<HeaderValue>) {
        if let Some(form_token) = &self.form_cookie {
            return (form_token.clone(), None);
        }
        let form_token = self.app.vault.make_repeat().expose().to_owned();
        let cookie = cookies::set(Name::Form, &form_token, None, self.safety.https);
        (form_token, cookie)
    }

    /// The language of the mails that this visitor causes: the account's, else that of the page.
    pub(super) fn mail_language(&self) -> &'static str {
        let of_account = self.session.as_ref().and_then(|session| session.account.language.as_deref());
        let mut known = [of_account, Some(self.words.language.tag)].into_iter().flatten();
        known.find_map(LanguageTag::known).unwrap_or(LanguageTag::ENGLISH).as_str()
    }

    /// Whether this server sends mail.
    pub(super) fn has_mail(&self) -> bool {
        self.app.vault.mails().is_some()
    }

    /// The key or token in `/secret/KEY` and the like, as it was written.
    pub(super) fn key(&self) -> &str {
        self.path.split('/').nth(2).unwrap_or_default()
    }

    /// For the vault.
    pub(super) const fn caller(&self) -> Caller<'_> {
        Caller { client: self.client, session: self.session.as_ref() }
    }

    /// The limits.
    pub(super) fn plan(&self) -> Plan {
        self.app.plan(self.plan_name())
    }

    /// Counts a call: everything that does something.
    pub(super) async fn count(&self) -> Result<(), Wait> {
        self.app.count(self.plan_name(), self.client).await
    }

    /// Whether this visitor may make secrets.
    pub(super) fn may_create(&self) -> bool {
        self.app.may_create.allows(self.session.is_some(), self.address)
    }

    fn plan_name(&self) -> &str {
        self.session.as_ref().map_or(ANONYMOUS, |session| &session.account.plan)
    }

    /// Where the same page can be had safely, if it was asked for in clear. No form here, and nothing was opened.
    pub(super) fn instead(&self) -> Option<Answer> {
        let url = self.app.public_url.as_ref().filter(|url| self.safety.insecure && url.is_https())?;
        let secret = self.path.starts_with("/secret/");
        let text = self.words.say(if secret { "reveal-http" } else { "insecure-text" });
        let mut frame = self.frame("insecure-heading", Audience::Guest).passing();
        frame.insecure = false;
        let link_text = self.words.with("insecure-open", "url", url.as_str());
        let link = format!("{url}{}", self.path);
        Some(page(StatusCode::OK, &Notice { frame, text, link, link_text }))
    }
}
