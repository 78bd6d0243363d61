//! Whose certificates are believed, and what is wrong with others.

use super::trouble::{BadCertificate, Trouble};
use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::{CertificateError, ClientConfig, Error};
use rustls_platform_verifier::Verifier;
use std::io;
use std::sync::Arc;
use tokio_rustls::TlsConnector;

/// TLS 1.2 or newer to who has a certificate by the system's authorities or one of these. There is no other way.
pub(super) fn connector(authorities: &[CertificateDer<'static>]) -> Result<TlsConnector, Error> {
    let provider = Arc::new(ring::default_provider());
    let verifier = Verifier::new_with_extra_roots(authorities.iter().cloned(), Arc::clone(&provider))?;
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

/// Why TLS could not be agreed on.
pub(super) fn explain(error: &io::Error) -> Trouble {
    if error.kind() == io::ErrorKind::TimedOut {
        return Trouble::TimedOut;
    }
    match error.get_ref().and_then(|error| error.downcast_ref()) {
        Some(Error::InvalidCertificate(error)) => Trouble::Certificate(explain_certificate(error)),
        _ => Trouble::Handshake,
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the enum grows, and the rest is one to an operator")]
fn explain_certificate(error: &CertificateError) -> BadCertificate {
    match error {
        // Of two authorities with one name the other one signed it: a stranger, too.
        CertificateError::UnknownIssuer | CertificateError::BadSignature => BadCertificate::Stranger,
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            BadCertificate::OtherName
        }
        CertificateError::Expired
        | CertificateError::ExpiredContext { .. }
        | CertificateError::NotValidYet
        | CertificateError::NotValidYetContext { .. } => BadCertificate::Expired,
        CertificateError::Other(other)
            if other.0.downcast_ref() == Some(&webpki::Error::CaUsedAsEndEntity) =>
        {
            BadCertificate::Authority
        }
        _ => BadCertificate::Unusable,
    }
}
