//! Who asks for a page: from where, over what, in which language, and signed in or not.

use super::cookies::{self, Name};
use super::frame::{Audience, Frame};
use super::page::{Notice, page};
use crate::app::App;
use crate::client::Client;
use crate::config::{ANONYMOUS, PublicUrl};
use crate::http::{Answer, Origin, Peer};
use crate::i18n::Words;
use crate::limit::Wait;
use crate::vault::{Caller, Session};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use burnbag_core::plan::Plan;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

/// Somebody with a browser.
#[derive(Debug)]
pub(crate) struct Visitor {
    pub(super) app: Arc<App>,
    pub(super) client: Client,
    pub(super) address: IpAddr,
    /// Who is signed in.
    pub(super) session: Option<Session>,
    pub(super) words: Arc<Words>,
    /// What links start with.
    pub(super) origin: Origin,
    pub(super) path: String,
    /// Whether the browser came over TLS, so that cookies may be kept to it.
    pub(super) https: bool,
    /// Whether what is typed travels in clear, and browsers do not seal.
    pub(super) insecure: bool,
    /// What the form of a sign-in must repeat.
    pub(super) form_cookie: Option<String>,
}

impl FromRequestParts<Arc<App>> for Visitor {
    type Rejection = Answer;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Answer> {
        let peer = Peer::of(&parts.extensions);
        let address = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.address);
        let (extensions, headers, uri) = (&parts.extensions, &parts.headers, &parts.uri);
        let origin = Origin::of(app, extensions, headers, uri);
        let asked = Origin::asked(app, extensions, headers, uri);
        let https = peer.is_some_and(|peer| peer.https) || knows_it_is_safe(&parts.headers) && !asked.is_loopback();
        let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|accepted| accepted.to_str().ok());
        let chosen = cookies::read(headers, Name::Language, https);
        let visitor = Self {
            client: Client::at(address),
            address,
            session: None,
            words: app.site.catalogue.choose(&[chosen.as_deref()], accepted),
            origin,
            path: parts.uri.path().to_owned(),
            https,
            insecure: !https && !asked.is_loopback(),
            form_cookie: cookies::read(headers, Name::Form, https),
            app: Arc::clone(app),
        };
        match app.public_url.as_ref().filter(|url| visitor.insecure && url.is_https()) {
            Some(url) => Err(visitor.instead(url)),
            None => Ok(visitor),
        }
    }
}

/// Browsers send these headers to addresses only that they take for safe (Fetch Metadata): a proxy that does not tell
/// us of TLS does not make a page unsafe.
fn knows_it_is_safe(headers: &HeaderMap) -> bool {
    headers.contains_key("sec-fetch-mode")
}

impl Visitor {
    /// The frame of a page, whose heading is a message.
    pub(super) fn frame(&self, heading: &str, audience: Audience) -> Frame<'_> {
        Frame {
            site: &self.app.site,
            words: &self.words,
            heading: self.words.say(heading),
            path: self.path.clone(),
            signed_in: self.session.is_some(),
            form_token: String::new(),
            insecure: self.insecure,
            audience,
            lasting: true,
        }
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
    pub(super) fn count(&self) -> Result<(), Wait> {
        self.app.count(self.plan_name(), self.client)
    }

    /// Whether this visitor may make secrets.
    pub(super) fn may_create(&self) -> bool {
        self.session.is_some() || self.app.may_create.without_account(self.address)
    }

    fn plan_name(&self) -> &str {
        self.session.as_ref().map_or(ANONYMOUS, |session| &session.account.plan)
    }

    /// Where the same page can be had safely. No form here, and nothing was opened.
    fn instead(&self, url: &PublicUrl) -> Answer {
        let secret = self.path.starts_with("/secret/");
        let text = self.words.say(if secret { "reveal-http" } else { "insecure-text" });
        let mut frame = self.frame("insecure-heading", Audience::Guest).passing();
        frame.insecure = false;
        let link_text = self.words.with("insecure-open", "url", url.as_str());
        page(StatusCode::OK, &Notice { frame, text, link: format!("{url}{}", self.path), link_text })
    }
}
