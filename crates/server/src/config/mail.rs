//! `[mail]`: the mail server that takes what Burnbag mails, and how much is mailed.

use super::{Config, ConfigError, Timeout};
use crate::limit::Rate;
use burnbag_core::account::Email;
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::fmt;
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::time::Duration;
use url::Host;
use zeroize::Zeroizing;

/// `[mail]`: mail.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mail {
    /// Name of the mail server. Default none: nothing is mailed.
    pub server: Option<String>,
    /// Its port. Default 587, with `tls = "tls"` 465, with `"none"` 25.
    pub port: Option<NonZeroU16>,
    /// How the connection is encrypted. Default `starttls`.
    pub tls: Tls,
    /// Who signs in there. Default nobody.
    pub user: Option<String>,
    /// The password to it.
    pub password: Option<Password>,
    /// The file that the password stands in.
    pub password_file: Option<PathBuf>,
    /// The address that mails come from.
    pub from: Option<String>,
    /// Certificates of further authorities that are trusted, PEM.
    pub ca_file: Option<PathBuf>,
    /// How long connecting, and handing over one mail, may take each; the last answer is waited for five times as long. Default `60s`.
    pub timeout: Timeout,
    /// Mails that one account may cause. Default `100/1h`.
    pub per_account: Rate,
    /// Mails that one recipient gets. Default `10/1h`.
    pub per_recipient: Rate,
    /// Whether calls with a recipient are refused while no mail is set up. Default false: the secret is made, and the
    /// answer says that nothing was mailed.
    pub required: bool,
}

impl Default for Mail {
    fn default() -> Self {
        Self {
            server: None,
            port: None,
            tls: Tls::default(),
            user: None,
            password: None,
            password_file: None,
            from: None,
            ca_file: None,
            timeout: Timeout(Duration::from_mins(1)),
            per_account: "100/1h".parse().expect("a rate"),
            per_recipient: "10/1h".parse().expect("a rate"),
            required: false,
        }
    }
}

/// How the connection to the mail server is encrypted. There is no way that falls back to clear text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tls {
    /// It begins in clear and must then be encrypted.
    #[default]
    StartTls,
    /// From the first byte.
    Tls,
    /// Not at all.
    None,
}

/// A password in the configuration.
#[derive(Clone, PartialEq)]
pub struct Password(Zeroizing<String>);

impl Password {
    /// The password.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password")
    }
}

/// Everything that is needed to speak to the mail server, without contradictions.
#[derive(Clone, Debug)]
pub struct MailServer {
    /// Name or address.
    pub host: Host,
    /// Port.
    pub port: u16,
    /// How the connection is encrypted.
    pub tls: Tls,
    /// Who signs in.
    pub credentials: Option<(String, Password)>,
    /// The address that mails come from.
    pub from: Email,
    /// Further authorities.
    pub authorities: Vec<CertificateDer<'static>>,
    /// What we call ourselves: the host of our links.
    pub own_host: Host,
    /// How long connecting, and handing over one mail, may take.
    pub timeout: Duration,
}

impl MailServer {
    /// Whether what is mailed can be read by others on its way to the mail server.
    #[must_use]
    pub fn is_readable_on_the_way(&self) -> bool {
        self.tls == Tls::None && !is_loopback(&self.host)
    }
}

impl Config {
    /// The mail server, if one is set up. Reads the files that the options name.
    ///
    /// # Errors
    /// Options contradict each other, or a file cannot be read.
    pub fn mail_server(&self) -> Result<Option<MailServer>, ConfigError> {
        let mail = &self.mail;
        let Some(server) = &mail.server else {
            return mail.lonely().map_or(Ok(None), |key| {
                Err(ConfigError::new(
                    format!("mail.{key} is set, but no mail server"),
                    "set mail.server, or leave the other options of [mail] out",
                ))
            });
        };
        let host = parse_host(server)?;
        let public_url = self.public_url.as_ref().ok_or_else(|| {
            ConfigError::new(
                "mail.server is set, but not public_url: mails hold links",
                "set public_url, like https://secrets.example.com",
            )
        })?;
        let credentials = mail.credentials()?;
        if credentials.is_some() && mail.tls == Tls::None && !is_loopback(&host) {
            return Err(ConfigError::new(
                "mail.tls is \"none\" and mail.user is set: the password would travel in clear",
                "use \"starttls\" or \"tls\", or a mail server on this machine",
            ));
        }
        Ok(Some(MailServer {
            host,
            port: mail.port.map_or_else(|| mail.tls.port(), NonZeroU16::get),
            tls: mail.tls,
            credentials,
            from: mail.sender()?,
            authorities: mail.ca_file.as_deref().map_or(Ok(Vec::new()), read_authorities)?,
            own_host: public_url.host(),
            timeout: mail.timeout.0,
        }))
    }
}

impl Mail {
    /// An option that means nothing without a server.
    fn lonely(&self) -> Option<&'static str> {
        let set = [
            ("from", self.from.is_some()),
            ("user", self.user.is_some()),
            ("password", self.password.is_some()),
            ("password_file", self.password_file.is_some()),
            ("port", self.port.is_some()),
            ("tls", self.tls != Tls::default()),
            ("ca_file", self.ca_file.is_some()),
            ("timeout", self.timeout != Self::default().timeout),
            ("per_account", self.per_account != Self::default().per_account),
            ("per_recipient", self.per_recipient != Self::default().per_recipient),
        ];
        set.into_iter().find_map(|(key, is_set)| is_set.then_some(key))
    }

    fn sender(&self) -> Result<Email, ConfigError> {
        const FORM: &str = "write it like secrets@example.com, in ASCII before the @; the name beside it in mails is web.name";
        let from = self.from.as_ref().ok_or_else(|| {
            ConfigError::new("mail.server is set, but not mail.from", "set the address that mails come from")
        })?;
        let from = from.parse::<Email>().ok().filter(|from| from.parts().0.is_ascii());
        from.ok_or_else(|| ConfigError::new("mail.from is not an e-mail address that can be sent from", FORM))
    }

    fn credentials(&self) -> Result<Option<(String, Password)>, ConfigError> {
        let password = match (&self.password, &self.password_file) {
            (Some(_), Some(_)) => {
                let problem = "both mail.password and mail.password_file are set";
                return Err(ConfigError::new(problem, "keep one of them"));
            }
            (Some(password), None) if password.0.is_empty() => {
                return Err(ConfigError::new(
                    "mail.password is empty",
                    "write the password, or leave it out",
                ));
            }
            (Some(password), None) => Some(password.clone()),
            (None, Some(file)) => Some(read_password("mail.password_file", file)?),
            (None, None) => None,
        };
        match (&self.user, password) {
            (Some(user), Some(password)) if is_plain(user) && is_plain(password.expose()) => {
                Ok(Some((user.clone(), password)))
            }
            (Some(_), Some(_)) => Err(ConfigError::new(
                "mail.user is empty, or it or mail.password holds a line break or another control character",
                "write both on one line",
            )),
            (Some(_), None) => Err(ConfigError::new(
                "mail.user is set, but no password",
                "set mail.password_file, or leave mail.user out",
            )),
            (None, Some(_)) => Err(ConfigError::new(
                "a password for the mail server is set, but not mail.user",
                "set mail.user, or leave the password out",
            )),
            (None, None) => Ok(None),
        }
    }
}

impl Tls {
    const fn port(self) -> u16 {
        match self {
            Self::StartTls => 587,
            Self::Tls => 465,
            Self::None => 25,
        }
    }
}

fn is_plain(text: &str) -> bool {
    !text.is_empty() && !text.contains(char::is_control)
}

fn parse_host(text: &str) -> Result<Host, ConfigError> {
    let host = text.parse().map(Host::Ipv6).or_else(|_| Host::parse(text));
    host.map_err(|_| {
        ConfigError::new(
            format!("mail.server is not a host name: {text:?}"),
            "write it like mail.example.com; the port is an option of its own",
        )
    })
}

fn is_loopback(host: &Host) -> bool {
    match host {
        Host::Domain(name) => name == "localhost" || name.ends_with(".localhost"),
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

#[expect(clippy::disallowed_methods, reason = "the file of a password is not SQLite's")]
pub(super) fn read_password(option: &str, file: &Path) -> Result<Password, ConfigError> {
    let refused = |what: &str, mend| ConfigError::new(format!("{option} {} {what}", file.display()), mend);
    let bytes = std::fs::read(file).map(Zeroizing::new).map_err(|error| {
        refused(
            &format!("cannot be read: {error}"),
            "correct the path, or let the server's user read the file",
        )
    })?;
    let text = std::str::from_utf8(&bytes).map_err(|_| refused("is not UTF-8", "save it as UTF-8"))?;
    // Some editors begin with a mark of their own.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let line = text.trim_end_matches(['\r', '\n']);
    if line.is_empty() {
        return Err(refused("is empty", "write the password into it, on one line"));
    }
    if line.contains(['\r', '\n']) {
        return Err(refused("holds more than one line", "leave only the password in it"));
    }
    Ok(Password(Zeroizing::new(line.to_owned())))
}

#[expect(clippy::disallowed_methods, reason = "a file of certificates is not SQLite's")]
fn read_authorities(file: &Path) -> Result<Vec<CertificateDer<'static>>, ConfigError> {
    const MEND: &str = "name a file of certificates that begin with -----BEGIN CERTIFICATE-----";
    let refused = |what: &str| ConfigError::new(format!("mail.ca_file {} {what}", file.display()), MEND);
    let text = std::fs::read(file).map_err(|error| refused(&format!("cannot be read: {error}")))?;
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&text).collect();
    match found {
        Ok(found) if found.iter().any(|authority| RootCertStore::empty().add(authority.clone()).is_err()) => {
            Err(refused("holds a certificate that cannot be used"))
        }
        Ok(found) if !found.is_empty() => Ok(found),
        Ok(_) => Err(refused("holds no certificate")),
        Err(_) => Err(refused("is not PEM")),
    }
}

/// What is not a text is refused without showing it.
struct PasswordText;

const NO_TEXT: &str = "a password is a text; in a variable, one that looks like a number or a list stands in double quotes, or in mail.password_file";

impl<'de> Visitor<'de> for PasswordText {
    type Value = Password;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a password")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Password, E> {
        Ok(Password(Zeroizing::new(text.to_owned())))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Password, E> {
        Ok(Password(Zeroizing::new(text)))
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Password, E> {
        Err(E::custom(NO_TEXT))
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Password, E> {
        Err(E::custom(NO_TEXT))
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Password, E> {
        Err(E::custom(NO_TEXT))
    }

    fn visit_i128<E: Error>(self, _: i128) -> Result<Password, E> {
        Err(E::custom(NO_TEXT))
    }

    fn visit_u128<E: Error>(self, _: u128) -> Result<Password, E> {
        Err(E::custom(NO_TEXT))
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Password, E> {
        Err(E::custom(NO_TEXT))
    }

    fn visit_char<E: Error>(self, letter: char) -> Result<Password, E> {
        Ok(Password(Zeroizing::new(letter.to_string())))
    }

    fn visit_unit<E: Error>(self) -> Result<Password, E> {
        Err(E::custom(NO_TEXT))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<Password, A::Error> {
        Err(A::Error::custom(NO_TEXT))
    }

    fn visit_map<A: MapAccess<'de>>(self, _: A) -> Result<Password, A::Error> {
        Err(A::Error::custom(NO_TEXT))
    }
}

impl<'de> Deserialize<'de> for Password {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PasswordText)
    }
}
