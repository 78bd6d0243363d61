//! Whether what travels between browser and server is protected, as far as we know.

use super::{Origin, Peer};
use crate::app::App;
use crate::config::PublicUrl;
use axum::http::{Extensions, HeaderMap, Uri};

/// How a request came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Safety {
    /// Over TLS: cookies are kept to it.
    pub(crate) https: bool,
    /// In clear, from another machine: browsers do not seal there.
    pub(crate) insecure: bool,
}

impl Safety {
    /// Judges a request. A proxy that does not tell us of TLS does not make a page unsafe: browsers send Fetch Metadata
    /// to addresses only that they take for safe.
    pub(crate) fn of(app: &App, extensions: &Extensions, headers: &HeaderMap, uri: &Uri) -> Self {
        let loopback = Origin::asked(app, extensions, headers, uri).is_loopback();
        let told = Peer::of(extensions).is_some_and(|peer| peer.https);
        // A proxy that passes its own name for us on, nginx's default: browsers came to the public URL.
        let relayed = ["x-forwarded-for", "x-forwarded-proto", "forwarded"];
        let relayed = relayed.into_iter().any(|name| headers.contains_key(name))
            && app.public_url.as_ref().is_some_and(PublicUrl::is_https);
        let https = told || (!loopback || relayed) && headers.contains_key("sec-fetch-mode");
        Self { https, insecure: !https && !loopback }
    }
}
