//! TLS to a PostgreSQL server.

use super::address::PostgresUrl;
use rustls::Error;
use tokio_postgres_rustls::MakeRustlsConnect;

/// By the authorities that the URL names and no others, or by the system's.
pub(super) fn connector(url: &PostgresUrl) -> Result<MakeRustlsConnect, Error> {
    crate::trust::client_config(url.authorities.as_deref()).map(MakeRustlsConnect::new)
}
