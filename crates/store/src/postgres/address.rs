//! Where a PostgreSQL server is, as whom to talk to it, and how: what a URL says.

use crate::trust::{self, BadAuthorities};
use percent_encoding::percent_decode_str;
use rustls::pki_types::CertificateDer;
use std::net::IpAddr;
use std::path::Path;
use std::time::Duration;
use std::{error, fmt};
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode, TargetSessionAttrs};

/// Connections that a store has at most, unless the URL says otherwise.
const CONNECTIONS: usize = 16;
const MOST_CONNECTIONS: usize = 1000;
/// How long a connection may take to be made.
const CONNECT: Duration = Duration::from_secs(3);
/// After how much silence the other side is asked whether it is still there.
const SILENCE: Duration = Duration::from_secs(15);
/// How long what was sent may stay unconfirmed.
const UNCONFIRMED: Duration = Duration::from_secs(10);

/// Where a PostgreSQL server is. Holds a password, so it is never printed.
#[derive(Clone)]
pub struct PostgresUrl {
    pub(super) config: Config,
    /// Whose certificates are believed in the place of the system's authorities.
    pub(super) authorities: Option<Vec<CertificateDer<'static>>>,
    pub(super) connections: usize,
}

/// Why a text does not say where a PostgreSQL server is. Shows nothing of the text but names of options.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadPostgresUrl {
    /// It is none.
    #[error("the store is no PostgreSQL URL; write postgres://USER@HOST/DATABASE")]
    Other,
    /// It cannot be read.
    #[error(
        "the store's URL cannot be read: {0}; write postgres://USER@HOST/DATABASE, and %25 for a percent sign"
    )]
    Unreadable(String),
    /// Nobody knows this way to encrypt.
    #[error("the store's sslmode is none of disable, prefer, require, verify-ca and verify-full")]
    SslMode,
    /// The number of connections is none.
    #[error("the store's URL asks for connections that are no number from 1 to {MOST_CONNECTIONS}")]
    Connections,
    /// The file of certificates is of no use.
    #[error("the store's sslrootcert {0}")]
    Authorities(BadAuthorities),
}

impl PostgresUrl {
    /// Reads a URL as PostgreSQL's own programs write it. Beside their options: `connections`, how many the store has
    /// at most. To a host that is not this machine the connection is always encrypted and the certificate checked,
    /// unless `sslmode=disable` says otherwise: a "preferred" encryption is one that whoever sits in between removes.
    pub fn parse(url: &str) -> Result<Self, BadPostgresUrl> {
        if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
            return Err(BadPostgresUrl::Other);
        }
        let (address, query) = url.split_once('?').unwrap_or((url, ""));
        let mut ours = Ours::default();
        let theirs: Vec<&str> = query.split('&').filter(|pair| !ours.take(pair)).collect();
        let config: Config =
            format!("{address}?{}", theirs.join("&")).parse().map_err(|error| unreadable(&error))?;
        let connections = match ours.connections.as_deref().map(str::parse) {
            None => CONNECTIONS,
            Some(Ok(number)) if (1..=MOST_CONNECTIONS).contains(&number) => number,
            Some(_) => return Err(BadPostgresUrl::Connections),
        };
        let authorities = ours.authorities.as_deref().map(Path::new).map(trust::read_authorities).transpose();
        let authorities = authorities.map_err(BadPostgresUrl::Authorities)?;
        let mut url = Self { config, authorities, connections };
        url.encrypt(ours.ssl_mode.as_deref())?;
        url.be_bounded();
        Ok(url)
    }

    /// Whether a password stands in it.
    #[must_use]
    pub fn has_password(&self) -> bool {
        self.config.get_password().is_some()
    }

    /// With a password that stands elsewhere.
    #[must_use]
    pub fn with_password(mut self, password: &str) -> Self {
        self.config.password(password);
        self
    }

    /// Whether who sits in between can read everything.
    #[must_use]
    pub fn is_readable_on_the_way(&self) -> bool {
        !self.is_encrypted() && !self.is_local()
    }

    pub(super) fn is_encrypted(&self) -> bool {
        self.config.get_ssl_mode() == SslMode::Require
    }

    fn encrypt(&mut self, mode: Option<&str>) -> Result<(), BadPostgresUrl> {
        let is_encrypted = match mode {
            Some("disable") => false,
            None | Some("allow" | "prefer") => !self.is_local(),
            Some("require" | "verify-ca" | "verify-full") => true,
            Some(_) => return Err(BadPostgresUrl::SslMode),
        };
        self.config.ssl_mode(if is_encrypted { SslMode::Require } else { SslMode::Disable });
        Ok(())
    }

    /// Whether every server that is named is this machine.
    fn is_local(&self) -> bool {
        let addresses = self.config.get_hostaddrs();
        if !addresses.is_empty() {
            return addresses.iter().all(IpAddr::is_loopback);
        }
        self.config.get_hosts().iter().all(|host| match host {
            Host::Tcp(name) => {
                name == "localhost" || name.parse().is_ok_and(|address: IpAddr| address.is_loopback())
            }
            #[cfg(unix)]
            Host::Unix(_) => true,
        })
    }

    /// Nobody waits for ever for a server that does not answer. What writes is found, where several are named.
    fn be_bounded(&mut self) {
        let config = &mut self.config;
        config.target_session_attrs(TargetSessionAttrs::ReadWrite).keepalives_idle(SILENCE);
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT);
        }
        if config.get_tcp_user_timeout().is_none() {
            config.tcp_user_timeout(UNCONFIRMED);
        }
        if config.get_application_name().is_none() {
            config.application_name("burnbag");
        }
    }
}

impl fmt::Debug for PostgresUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PostgresUrl")
    }
}

/// Options that are ours to understand.
#[derive(Default)]
struct Ours {
    ssl_mode: Option<String>,
    authorities: Option<String>,
    connections: Option<String>,
}

impl Ours {
    /// Takes an option that is ours.
    fn take(&mut self, pair: &str) -> bool {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let place = match name {
            "sslmode" => &mut self.ssl_mode,
            "sslrootcert" => &mut self.authorities,
            "connections" => &mut self.connections,
            _ => return false,
        };
        *place = Some(percent_decode_str(value).decode_utf8_lossy().into_owned());
        true
    }
}

fn unreadable(error: &tokio_postgres::Error) -> BadPostgresUrl {
    let source = error::Error::source(error);
    BadPostgresUrl::Unreadable(source.map_or_else(|| error.to_string(), ToString::to_string))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_encrypted(url: &str) -> bool {
        PostgresUrl::parse(url).unwrap().is_encrypted()
    }

    #[test]
    fn what_leaves_the_machine_is_encrypted_unless_said_otherwise() {
        for host in ["db.example.com", "10.0.0.7", "localhost,db.example.com", "localhost.example.com"] {
            for mode in ["", "?sslmode=prefer", "?sslmode=allow", "?sslmode=require", "?sslmode=verify-full"]
            {
                assert!(is_encrypted(&format!("postgres://u@{host}/d{mode}")), "{host} {mode}");
            }
            let disabled = PostgresUrl::parse(&format!("postgres://u@{host}/d?sslmode=disable")).unwrap();
            assert!(disabled.is_readable_on_the_way(), "{host}");
        }
        assert!(is_encrypted("postgres://u@localhost/d?hostaddr=10.0.0.7"), "the name says nothing");
    }

    #[test]
    fn what_stays_on_the_machine_is_encrypted_when_asked_for() {
        for host in ["localhost", "127.0.0.1", "%2Frun%2Fpostgresql"] {
            assert!(!is_encrypted(&format!("postgresql://u@{host}/d")), "{host}");
            assert!(is_encrypted(&format!("postgresql://u@{host}/d?sslmode=require")), "{host}");
            let url = PostgresUrl::parse(&format!("postgres://u@{host}/d")).unwrap();
            assert!(!url.is_readable_on_the_way(), "{host}");
        }
    }

    #[test]
    fn options_of_a_url_are_understood_or_refused() {
        let url = "postgres://u@h/d?application_name=a&connections=3&connect_timeout=9";
        let url = PostgresUrl::parse(url).unwrap();
        assert_eq!((url.connections, url.config.get_application_name()), (3, Some("a")));
        assert_eq!(url.config.get_connect_timeout(), Some(&Duration::from_secs(9)));
        let refused = |url: &str| PostgresUrl::parse(url).unwrap_err();
        assert_eq!(refused("mysql://u@h/d"), BadPostgresUrl::Other);
        assert_eq!(refused("postgres://u@h/d?sslmode=maybe"), BadPostgresUrl::SslMode);
        for number in ["0", "many", "", "1001"] {
            assert_eq!(
                refused(&format!("postgres://u@h/d?connections={number}")),
                BadPostgresUrl::Connections
            );
        }
        assert!(refused("postgres://u@h/d?sslcert=x").to_string().contains("unknown option `sslcert`"));
        assert!(refused("postgres://u@h:port/d").to_string().contains("port"));
        assert!(
            refused("postgres://u@h/d?sslrootcert=%2Fnowhere")
                .to_string()
                .contains("/nowhere cannot be read")
        );
    }

    #[test]
    fn nothing_prints_a_password() {
        let url = PostgresUrl::parse("postgres://someone:hunter2@h/d").unwrap();
        assert_eq!(format!("{url:?}"), "PostgresUrl");
        for url in
            ["mysql://u:hunter2@h/d", "postgres://u:hunter2@h:x/d", "postgres://u:hunter2@h/d?x=hunter2"]
        {
            let error = PostgresUrl::parse(url).unwrap_err();
            assert!(!format!("{error} {error:?}").contains("hunter2"), "{error}");
        }
    }
}
