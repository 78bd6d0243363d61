//! Whose certificates are believed.

use super::address::PostgresUrl;
use rustls::crypto::ring;
use rustls::{ClientConfig, Error, RootCertStore};
use rustls_platform_verifier::Verifier;
use std::sync::Arc;
use tokio_postgres_rustls::MakeRustlsConnect;

/// TLS 1.2 or newer to who has a certificate for its name: by the authorities that the URL names and no others, or by
/// the system's. There is no other way.
pub(super) fn connector(url: &PostgresUrl) -> Result<MakeRustlsConnect, Error> {
    let provider = Arc::new(ring::default_provider());
    let builder =
        ClientConfig::builder_with_provider(Arc::clone(&provider)).with_safe_default_protocol_versions()?;
    let builder = if let Some(authorities) = &url.authorities {
        let mut roots = RootCertStore::empty();
        for authority in authorities {
            roots.add(authority.clone())?;
        }
        builder.with_root_certificates(roots)
    } else {
        let verifier = Verifier::new(provider)?;
        builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier))
    };
    Ok(MakeRustlsConnect::new(builder.with_no_client_auth()))
}
