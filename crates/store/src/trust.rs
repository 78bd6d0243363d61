//! Whose certificates are believed, where a store is on another machine.

use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, Error, RootCertStore};
use rustls_platform_verifier::Verifier;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Why a file of certificates is of no use.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} {problem}; name a file of certificates that begin with -----BEGIN CERTIFICATE-----", file.display())]
pub struct BadAuthorities {
    /// The file.
    pub file: PathBuf,
    /// What is wrong.
    pub problem: String,
}

/// TLS 1.2 or newer to who has a certificate for its name: by these authorities and no others, or by the system's.
/// There is no other way.
pub(crate) fn client_config(authorities: Option<&[CertificateDer<'static>]>) -> Result<ClientConfig, Error> {
    let provider = Arc::new(ring::default_provider());
    let builder =
        ClientConfig::builder_with_provider(Arc::clone(&provider)).with_safe_default_protocol_versions()?;
    let builder = if let Some(authorities) = authorities {
        let mut roots = RootCertStore::empty();
        for authority in authorities {
            roots.add(authority.clone())?;
        }
        builder.with_root_certificates(roots)
    } else {
        let verifier = Verifier::new(provider)?;
        builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier))
    };
    Ok(builder.with_no_client_auth())
}

/// The certificates in a file.
#[expect(clippy::disallowed_methods, reason = "a file of certificates is not SQLite's")]
pub(crate) fn read_authorities(file: &Path) -> Result<Vec<CertificateDer<'static>>, BadAuthorities> {
    let refused = |problem: &str| BadAuthorities { file: file.to_owned(), problem: problem.to_owned() };
    let text = std::fs::read(file).map_err(|error| refused(&format!("cannot be read: {error}")))?;
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&text).collect();
    match found {
        Ok(found) if !found.is_empty() => Ok(found),
        Ok(_) => Err(refused("holds no certificate")),
        Err(_) => Err(refused("is not PEM")),
    }
}
