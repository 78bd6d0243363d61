//! Where the servers are, as whom to talk to them, and how: what a URL says.

use crate::trust::{self, BadAuthorities};
use percent_encoding::percent_decode_str;
use redis::RedisConnectionInfo;
use rustls::pki_types::CertificateDer;
use std::fmt;
use std::net::IpAddr;
use std::path::Path;
use std::time::Duration;
use zeroize::Zeroizing;

const PORT: u16 = 6379;
const SENTINEL_PORT: u16 = 26_379;
/// Connections to each server that write, unless the URL says otherwise.
const CONNECTIONS: usize = 8;
const MOST_CONNECTIONS: usize = 100;
const MOST_REPLICAS: u32 = 10;
/// How long replicas may take, in milliseconds.
const WAIT: u64 = 1000;
const MOST_WAIT: u64 = 3000;
const PREFIX: &str = "burnbag";

/// A server.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Address {
    pub(super) host: String,
    pub(super) port: u16,
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.host.contains(':') {
            write!(f, "[{}]:{}", self.host, self.port)
        } else {
            write!(f, "{}:{}", self.host, self.port)
        }
    }
}

/// How servers work together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// One server, with this number of a database.
    Single(i64),
    /// Many that share the slots.
    Cluster,
    /// One of a few, as sentinels know of the primary with this name.
    Sentinel(String),
}

/// Where the servers are. Holds a password, so it is never printed.
#[derive(Clone)]
pub struct RedisUrl {
    pub(super) form: Form,
    pub(super) is_encrypted: bool,
    pub(super) servers: Vec<Address>,
    user: Option<String>,
    password: Option<Zeroizing<String>>,
    /// Whose certificates are believed in the place of the system's authorities.
    pub(super) authorities: Option<Vec<CertificateDer<'static>>>,
    pub(super) connections: usize,
    pub(super) prefix: String,
    /// How many replicas must have what is acknowledged, and how long they may take.
    pub(super) replicas: u32,
    pub(super) wait: Duration,
}

/// Why a text does not say where the servers are. Shows nothing of the text but names of options.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadRedisUrl {
    /// It is none.
    #[error(
        "the store is no Redis URL; write redis://HOST, redis+cluster://HOST,HOST or redis+sentinel://HOST,HOST/NAME, or rediss for TLS"
    )]
    Other,
    /// A server is none.
    #[error("a server in the store's URL cannot be read; write HOST or HOST:PORT, and [::1]:PORT for IPv6")]
    Server,
    /// What stands behind the servers does not fit.
    #[error(
        "what stands behind the servers in the store's URL does not fit: redis:// takes the number of a database, redis+sentinel:// needs the name of its primary, redis+cluster:// takes nothing"
    )]
    Path,
    /// A percent sign is followed by something else than two digits, or what is meant is no text.
    #[error(
        "user or password in the store's URL cannot be read; write %25 for a percent sign, %40 for @ and %2F for a slash"
    )]
    User,
    /// There is no such option.
    #[error(
        "the store's URL has an option that is none of connections, prefix, wait_replicas, wait_timeout and ca"
    )]
    Option,
    /// An option has a value that does not fit.
    #[error("the store's {0} must be {1}")]
    Value(&'static str, String),
    /// The file of certificates is of no use.
    #[error("the store's ca {0}")]
    Authorities(BadAuthorities),
}

impl RedisUrl {
    /// Whether a text begins as such a URL does.
    #[must_use]
    pub fn is_one(text: &str) -> bool {
        scheme(text).is_some()
    }

    /// Reads a URL. Beside what others understand: `connections`, `prefix`, `wait_replicas`, `wait_timeout` and `ca`.
    pub fn parse(url: &str) -> Result<Self, BadRedisUrl> {
        let (kind, is_encrypted, rest) = scheme(url).ok_or(BadRedisUrl::Other)?;
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (user, rest) = rest.rsplit_once('@').map_or((None, rest), |(user, rest)| (Some(user), rest));
        let (servers, path) = rest.split_once('/').unwrap_or((rest, ""));
        let form = match kind {
            Scheme::Single if path.is_empty() => Form::Single(0),
            Scheme::Single => Form::Single(path.parse::<u16>().map_err(|_| BadRedisUrl::Path)?.into()),
            Scheme::Cluster if path.is_empty() => Form::Cluster,
            Scheme::Sentinel if !path.is_empty() && !path.contains('/') => Form::Sentinel(path.to_owned()),
            Scheme::Cluster | Scheme::Sentinel => return Err(BadRedisUrl::Path),
        };
        let port = if kind == Scheme::Sentinel { SENTINEL_PORT } else { PORT };
        let servers: Vec<Address> =
            servers.split(',').map(|server| address(server, port)).collect::<Result<_, _>>()?;
        if kind == Scheme::Single && servers.len() > 1 {
            return Err(BadRedisUrl::Server);
        }
        let mut url = Self {
            form,
            is_encrypted,
            servers,
            user: None,
            password: None,
            authorities: None,
            connections: CONNECTIONS,
            prefix: PREFIX.to_owned(),
            replicas: 0,
            wait: Duration::from_millis(WAIT),
        };
        url.set_user(user)?;
        query.split('&').filter(|pair| !pair.is_empty()).try_for_each(|pair| url.set_option(pair))?;
        Ok(url)
    }

    /// Whether a password stands in it.
    #[must_use]
    pub fn has_password(&self) -> bool {
        self.password.is_some()
    }

    /// With a password that stands elsewhere.
    #[must_use]
    pub fn with_password(mut self, password: &str) -> Self {
        self.password = Some(Zeroizing::new(password.to_owned()));
        self
    }

    /// Whether who sits in between can read everything.
    #[must_use]
    pub fn is_readable_on_the_way(&self) -> bool {
        let is_local = |server: &Address| {
            server.host == "localhost"
                || server.host.parse().is_ok_and(|address: IpAddr| address.is_loopback())
        };
        !self.is_encrypted && !self.servers.iter().all(is_local)
    }

    /// What signs in.
    pub(super) fn sign_in(&self) -> RedisConnectionInfo {
        let mut who = RedisConnectionInfo::default().set_skip_set_lib_name();
        if let Form::Single(database) = self.form {
            who = who.set_db(database);
        }
        if let Some(user) = &self.user {
            who = who.set_username(user);
        }
        if let Some(password) = &self.password {
            who = who.set_password(password.as_str());
        }
        who
    }

    fn set_user(&mut self, user: Option<&str>) -> Result<(), BadRedisUrl> {
        let Some(user) = user else { return Ok(()) };
        let (user, password) = user.split_once(':').map_or((user, None), |(user, word)| (user, Some(word)));
        self.user = Some(plain(user)?).filter(|user| !user.is_empty());
        self.password = password.map(plain).transpose()?.filter(|word| !word.is_empty()).map(Zeroizing::new);
        Ok(())
    }

    fn set_option(&mut self, pair: &str) -> Result<(), BadRedisUrl> {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        match name {
            "connections" => self.connections = number("connections", value, 1, MOST_CONNECTIONS)?,
            "wait_replicas" => self.replicas = number("wait_replicas", value, 0, MOST_REPLICAS)?,
            "wait_timeout" => self.wait = Duration::from_millis(number("wait_timeout", value, 1, MOST_WAIT)?),
            "prefix" => self.prefix = prefix(value)?,
            "ca" => {
                let file = plain(value)?;
                let read = trust::read_authorities(Path::new(&file));
                self.authorities = Some(read.map_err(BadRedisUrl::Authorities)?);
            }
            _ => return Err(BadRedisUrl::Option),
        }
        Ok(())
    }
}

impl fmt::Debug for RedisUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RedisUrl")
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Scheme {
    Single,
    Cluster,
    Sentinel,
}

fn scheme(url: &str) -> Option<(Scheme, bool, &str)> {
    let (scheme, rest) = url.split_once("://")?;
    let (kind, is_encrypted) = match scheme {
        "redis" => (Scheme::Single, false),
        "rediss" => (Scheme::Single, true),
        "redis+cluster" => (Scheme::Cluster, false),
        "rediss+cluster" => (Scheme::Cluster, true),
        "redis+sentinel" => (Scheme::Sentinel, false),
        "rediss+sentinel" => (Scheme::Sentinel, true),
        _ => return None,
    };
    Some((kind, is_encrypted, rest))
}

/// `HOST`, `HOST:PORT` or `[IPV6]:PORT`.
pub(super) fn address(text: &str, port: u16) -> Result<Address, BadRedisUrl> {
    let (host, rest) = match text.strip_prefix('[') {
        Some(inner) => inner.split_once(']').ok_or(BadRedisUrl::Server)?,
        None => text.split_at(text.find(':').unwrap_or(text.len())),
    };
    let port = match rest.strip_prefix(':') {
        Some(port) => port.parse().map_err(|_| BadRedisUrl::Server)?,
        None if rest.is_empty() => port,
        None => return Err(BadRedisUrl::Server),
    };
    let is_name = |c: char| c.is_ascii_alphanumeric() || ".-_:".contains(c);
    if host.is_empty() || !host.chars().all(is_name) {
        return Err(BadRedisUrl::Server);
    }
    Ok(Address { host: host.to_owned(), port })
}

fn plain(text: &str) -> Result<String, BadRedisUrl> {
    let is_bad = text.split('%').skip(1).any(|rest| {
        let digits = rest.get(..2);
        !digits.is_some_and(|digits| digits.chars().all(|c| c.is_ascii_hexdigit()))
    });
    let text = percent_decode_str(text).decode_utf8().map_err(|_| BadRedisUrl::User)?;
    if is_bad { Err(BadRedisUrl::User) } else { Ok(text.into_owned()) }
}

fn number<T>(name: &'static str, value: &str, least: T, most: T) -> Result<T, BadRedisUrl>
where
    T: std::str::FromStr + PartialOrd + fmt::Display + Copy,
{
    let number = value.parse().ok().filter(|number| *number >= least && *number <= most);
    number.ok_or_else(|| BadRedisUrl::Value(name, format!("a number from {least} to {most}")))
}

fn prefix(value: &str) -> Result<String, BadRedisUrl> {
    let fits = (1..=64).contains(&value.len())
        && value.chars().all(|c| c.is_ascii_alphanumeric() || "._-:".contains(c));
    let must = || "1 to 64 letters, digits, points, colons, hyphens and underscores".to_owned();
    if fits { Ok(value.to_owned()) } else { Err(BadRedisUrl::Value("prefix", must())) }
}

#[cfg(test)]
mod tests;
