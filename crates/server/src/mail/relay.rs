//! The operator's mail server, and how a line to it is opened: connect, encrypt, say who we are, sign in.

use super::deadline::{Deadline, Over};
use super::line::{Failed, Line, ask};
use super::trouble::Trouble;
use super::trust;
use super::value::looks_encoded;
use super::wire::Wire;
use crate::clock::Clock;
use crate::config::{Config, ConfigError, MailServer, Tls};
use lettre::Address;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::Starttls;
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::Severity;
use rustls::pki_types::ServerName;
use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpStream, lookup_host};
use tokio_rustls::TlsConnector;
use url::Host;

/// How long one of several addresses is waited for before the next is tried. The last has all the time that is left.
const ONE_ADDRESS: Duration = Duration::from_secs(10);

/// The mail server, as far as it is known before it is spoken to.
#[derive(Clone)]
pub struct Relay(Arc<Known>);

pub(super) struct Known {
    pub(super) server: MailServer,
    pub(super) from: Address,
    name: ServerName<'static>,
    connector: TlsConnector,
    clock: Arc<dyn Clock>,
}

impl Known {
    /// Whether TLS is offered and not wanted: then what is refused may be refused for that.
    pub(super) fn leaves_tls_out(&self, connection: &AsyncSmtpConnection) -> bool {
        self.server.tls == Tls::None && connection.can_starttls()
    }
}

/// What went well, one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The name has so many addresses.
    Found(usize),
    /// It takes connections at this one.
    Connected(SocketAddr),
    /// The connection is encrypted, and the certificate is for the server's name.
    Encrypted,
    /// User and password are right.
    SignedIn,
    /// The sender may send.
    SenderAccepted,
    /// The recipient may receive.
    RecipientAccepted,
    /// The mail is the server's now.
    Taken,
}

/// Who looks on.
pub type Watcher<'a> = &'a mut (dyn FnMut(Step) + Send);

impl Relay {
    /// The mail server of a configuration, if one is set up.
    ///
    /// # Errors
    /// Options contradict each other, or a file cannot be read or used.
    pub fn new(config: &Config, clock: Arc<dyn Clock>) -> Result<Option<Self>, ConfigError> {
        let Some(server) = config.mail_server()? else { return Ok(None) };
        let connector = trust::connector(&server.authorities).map_err(|_| {
            let problem = "there are no certificates of authorities to check the mail server's with";
            ConfigError::new(problem, "install ca-certificates, and let mail.ca_file name usable ones")
        })?;
        let (name, from) = (server_name(&server.host), wire_address(&server.from));
        let (Some(name), Some(from)) = (name, from) else {
            return Err(ConfigError::new(
                "mail.server or mail.from has a host name that does not exist in DNS",
                "write them like mail.example.com and secrets@example.com",
            ));
        };
        Ok(Some(Self(Arc::new(Known { server, from, name, connector, clock }))))
    }

    /// What was configured.
    #[must_use]
    pub fn server(&self) -> &MailServer {
        &self.0.server
    }

    /// Opens a line, within `mail.timeout`.
    ///
    /// # Errors
    /// What keeps all mail from being handed over.
    pub async fn connect(&self) -> Result<Line, Trouble> {
        self.connect_watched(&mut |_| {}).await
    }

    /// The same, with somebody looking on.
    ///
    /// # Errors
    /// What keeps all mail from being handed over.
    pub async fn connect_watched(&self, seen: Watcher<'_>) -> Result<Line, Trouble> {
        let deadline = Deadline::new(Arc::clone(&self.0.clock));
        // Who did not answer depends on how far it got: DNS, the network, or the server.
        let mut silent = Trouble::Unknown;
        let mut seen = |step| {
            if let Step::Found(_) = step {
                silent = Trouble::Unreachable;
            } else if let Step::Connected(_) = step {
                silent = Trouble::TimedOut;
            }
            seen(step);
        };
        let opened = deadline.within(self.0.server.timeout, self.open(deadline.clone(), &mut seen)).await;
        opened.unwrap_or_else(|Over| Err(silent))
    }

    async fn open(&self, deadline: Deadline, seen: Watcher<'_>) -> Result<Line, Trouble> {
        let socket = self.socket(seen).await?;
        let wire = Wire::new(socket, deadline.clone()).map_err(|_| Trouble::Closed)?;
        let mut connection = match self.0.server.tls {
            Tls::None => self.greet(&wire).await?,
            Tls::Tls => {
                self.encrypt(&wire, false).await?;
                self.greet(&wire).await?
            }
            Tls::StartTls => {
                let mut clear = self.greet(&wire).await?;
                if !clear.can_starttls() {
                    return Err(Trouble::TlsNotOffered);
                }
                let answered = ask(&mut clear, &wire, Starttls, Severity::PositiveCompletion).await;
                answered.map_err(|failed| failed.or(|code| busy_or(code, Trouble::TlsNotOffered)))?;
                self.encrypt(&wire, true).await?;
                self.greet(&wire).await?
            }
        };
        if self.0.server.tls != Tls::None {
            seen(Step::Encrypted);
        }
        self.sign_in(&mut connection, &wire, seen).await?;
        Ok(Line::new(connection, wire, deadline, Arc::clone(&self.0)))
    }

    /// A connection to one of the server's addresses. One that does not answer leaves time for the others.
    async fn socket(&self, seen: Watcher<'_>) -> Result<TcpStream, Trouble> {
        let MailServer { host, port, timeout, .. } = &self.0.server;
        let addresses: Vec<SocketAddr> = match host {
            Host::Ipv4(address) => vec![(*address, *port).into()],
            Host::Ipv6(address) => vec![(*address, *port).into()],
            Host::Domain(name) => {
                let found = lookup_host((name.as_str(), *port)).await;
                found.map_err(|_| Trouble::Unknown)?.collect()
            }
        };
        seen(Step::Found(addresses.len()));
        let share = *timeout / u32::try_from(addresses.len()).unwrap_or(u32::MAX).max(1);
        let last = addresses.len().saturating_sub(1);
        for (number, address) in addresses.into_iter().enumerate() {
            let patience = if number == last { *timeout } else { share.min(ONE_ADDRESS) };
            if let Ok(Ok(socket)) = tokio::time::timeout(patience, TcpStream::connect(address)).await {
                seen(Step::Connected(address));
                return Ok(socket);
            }
        }
        Err(Trouble::Unreachable)
    }

    async fn encrypt(&self, wire: &Wire, greeted: bool) -> Result<(), Trouble> {
        let made = wire.encrypt(&self.0.connector, self.0.name.clone(), greeted).await;
        made.map_err(|error| trust::explain(&error))
    }

    /// The greeting, and who we are. What a server offers is asked anew under TLS.
    async fn greet(&self, wire: &Wire) -> Result<AsyncSmtpConnection, Trouble> {
        let own_name = match &self.0.server.own_host {
            Host::Domain(name) => ClientId::Domain(name.clone()),
            Host::Ipv4(address) => ClientId::Ipv4(*address),
            Host::Ipv6(address) => ClientId::Ipv6(*address),
        };
        let stream = Box::new(wire.clone());
        let connected = AsyncSmtpConnection::connect_with_transport(stream, &own_name).await;
        connected.map_err(|error| Failed::from(&error, wire).or(|code| busy_or(code, Trouble::Refused(code))))
    }

    async fn sign_in(
        &self,
        connection: &mut AsyncSmtpConnection,
        wire: &Wire,
        seen: Watcher<'_>,
    ) -> Result<(), Trouble> {
        let Some((user, password)) = &self.0.server.credentials else { return Ok(()) };
        if connection.server_info().get_auth_mechanism(DEFAULT_MECHANISMS).is_none() {
            let leaves_tls_out = self.0.leaves_tls_out(connection);
            return Err(if leaves_tls_out { Trouble::TlsNeeded } else { Trouble::SignInNotOffered });
        }
        let credentials = Credentials::new(user.clone(), password.expose().to_owned());
        let answered = connection.auth(DEFAULT_MECHANISMS, &credentials).await;
        answered.map_err(|error| match Failed::from(&error, wire) {
            // 454: what knows the passwords does not answer.
            Failed::Code(code) => busy_or(code, Trouble::SignInRefused(code)),
            Failed::Trouble(trouble) => trouble,
        })?;
        seen(Step::SignedIn);
        Ok(())
    }
}

/// What a no means: not now (4xx), or this.
const fn busy_or(code: u16, refused: Trouble) -> Trouble {
    if code < 500 { Trouble::Busy(code) } else { refused }
}

/// What a certificate must be for.
fn server_name(host: &Host) -> Option<ServerName<'static>> {
    match host {
        Host::Domain(name) => ServerName::try_from(name.clone()).ok(),
        Host::Ipv4(address) => Some(ServerName::from(IpAddr::from(*address))),
        Host::Ipv6(address) => Some(ServerName::from(IpAddr::from(*address))),
    }
}

/// An address as it is sent: its domain in ASCII (IDNA). None if there is no such domain, or if a header would not say
/// it as it is.
#[must_use]
pub fn wire_address(email: &burnbag_core::account::Email) -> Option<Address> {
    let (local, domain) = email.parts();
    if looks_encoded(local) {
        return None;
    }
    let Ok(Host::Domain(domain)) = Host::parse(domain) else { return None };
    let address = Address::new(local, domain).ok()?;
    // Nothing of an address can end a line, or the address itself.
    let is_safe = |c: char| !c.is_control() && !c.is_whitespace() && !matches!(c, '<' | '>');
    AsRef::<str>::as_ref(&address).chars().all(is_safe).then_some(address)
}

impl fmt::Debug for Relay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Relay")
    }
}
