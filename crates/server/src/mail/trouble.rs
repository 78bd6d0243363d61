//! What keeps all mail from being handed over: the operator's to mend. A mail is kept meanwhile.

/// The mail server, or the way to it, as a whole. Texts hold no address, and nothing that a server said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// The name is not known.
    #[error("the name of the mail server is not known")]
    Unknown,
    /// Nobody takes connections there.
    #[error("the mail server cannot be reached")]
    Unreachable,
    /// It took longer than `mail.timeout`.
    #[error("the mail server did not answer in time")]
    TimedOut,
    /// The connection ended before its time.
    #[error("the mail server closed the connection")]
    Closed,
    /// What came is not SMTP.
    #[error("what answers is no mail server, or broke the protocol")]
    Nonsense,
    /// It answers that it does not serve now (421, or another 4xx at the beginning).
    #[error("the mail server does not serve now ({0})")]
    Busy(u16),
    /// It answers that it does not serve us (5xx at the beginning).
    #[error("the mail server refuses this machine ({0})")]
    Refused(u16),
    /// STARTTLS is not offered. Somebody on the way may have removed it.
    #[error("the mail server offers no encryption")]
    TlsNotOffered,
    /// It takes nothing in clear, and `mail.tls` is `none`.
    #[error("the mail server wants an encrypted connection")]
    TlsNeeded,
    /// TLS could not be agreed on.
    #[error("an encrypted connection to the mail server could not be made")]
    Handshake,
    /// It shows a certificate that must not be trusted.
    #[error("the mail server's certificate is not to be trusted: {0}")]
    Certificate(BadCertificate),
    /// It lets nobody sign in by a password, though `mail.user` is set.
    #[error("the mail server does not offer to sign in with a password")]
    SignInNotOffered,
    /// User or password is wrong.
    #[error("the mail server refuses user or password ({0})")]
    SignInRefused(u16),
    /// It takes mail only from who signed in.
    #[error("the mail server wants a user to sign in")]
    SignInNeeded,
    /// `mail.from` may not send.
    #[error("the mail server refuses the sender ({0})")]
    SenderRefused(u16),
    /// It refuses one mail after the other for good: many do so with all mails of who may not send.
    #[error("the mail server refuses every mail")]
    AllRefused,
}

/// What is wrong with a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadCertificate {
    /// Made by nobody we trust, or by itself.
    #[error("it was made by an authority that this machine does not know")]
    Stranger,
    /// For another host.
    #[error("it is for another name")]
    OtherName,
    /// Its time is over, or has not come.
    #[error("it has expired, or is not valid yet")]
    Expired,
    /// One that may make others, and so none of a server: what `openssl req -x509` makes.
    #[error("it is marked as an authority's own (CA:TRUE), as self-signed ones often are")]
    Authority,
    /// Anything else.
    #[error("it is damaged, revoked, or not one for servers")]
    Unusable,
}

impl Trouble {
    /// What an operator does about it.
    #[must_use]
    pub const fn mend(&self) -> &'static str {
        match self {
            Self::Unknown => "correct mail.server, or look at this machine's DNS",
            Self::Unreachable => {
                "look at mail.server and mail.port, and whether a firewall, or IPAddressAllow of the service, lets burnbag connect there; many providers close port 25"
            }
            Self::TimedOut => {
                "look at mail.port: with 465 set tls = \"tls\", with 587 \"starttls\"; or the server is slow: raise mail.timeout"
            }
            Self::Closed => {
                "look at the mail server's log; with port 465 set tls = \"tls\", with 587 \"starttls\""
            }
            Self::Nonsense => {
                "look at mail.server, mail.port and mail.tls: with 465 set \"tls\", with 587 \"starttls\""
            }
            Self::Busy(_) => "it is tried again; if it stays, look at the mail server's log and limits",
            Self::Refused(_) => {
                "the mail server must let this machine in, which calls itself by the host of public_url; look at its log"
            }
            Self::TlsNotOffered => {
                "set tls = \"tls\" with port 465 if it has that; if it offered STARTTLS before, somebody on the way removes it"
            }
            Self::TlsNeeded => "set mail.tls = \"starttls\", and mail.server to the name in its certificate",
            Self::Handshake => {
                "look at mail.tls (with port 465 \"tls\", with 587 \"starttls\") and the mail server's log; it must speak TLS 1.2 or newer"
            }
            Self::Certificate(BadCertificate::Stranger) => {
                "if it is by your company's own authority, or self-signed, name that certificate in mail.ca_file; otherwise let the mail server send its whole chain"
            }
            Self::Certificate(BadCertificate::OtherName) => {
                "set mail.server to a name that the certificate is for: one of its alternative names (SAN), the common name does not count"
            }
            Self::Certificate(BadCertificate::Expired) => {
                "renew the mail server's certificate, and look at this machine's clock"
            }
            Self::Certificate(BadCertificate::Authority) => {
                "give the mail server one that is no authority's (openssl req -x509 with -addext basicConstraints=CA:FALSE), and name it in mail.ca_file"
            }
            Self::Certificate(BadCertificate::Unusable) => "give the mail server another certificate",
            Self::SignInNotOffered => {
                "leave mail.user out if it needs none; otherwise switch AUTH PLAIN or LOGIN on in the mail server"
            }
            Self::SignInRefused(_) => {
                "correct mail.user and the password; some providers want a password made for programs"
            }
            Self::SignInNeeded => "set mail.user and mail.password_file",
            Self::SenderRefused(_) => {
                "set mail.from to an address that may be sent from there, by mail.user if it wants one to sign in; its log says more"
            }
            Self::AllRefused => {
                "look at its log: it may want mail.user to sign in, or another mail.from; what it refused is not tried again"
            }
        }
    }
}
