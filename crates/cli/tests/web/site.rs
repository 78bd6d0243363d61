//! A server with its data, for browsers to come to.

use crate::person::Person;
use crate::running::{Data, Server};

/// What the links of a server with mail start with.
pub(crate) const PUBLIC_URL: &str = "https://secrets.example.com";

pub(crate) struct Site {
    pub(crate) data: Data,
    pub(crate) server: Server,
}

impl Site {
    pub(crate) fn new() -> Self {
        Self::serving(&[])
    }

    /// With more arguments of `serve`.
    pub(crate) fn serving(arguments: &[&str]) -> Self {
        let data = Data::new();
        let server = data.serve(&[&["--throttle", "off"], arguments].concat());
        Self { data, server }
    }

    /// With options that have no flag.
    pub(crate) fn configured(variables: &[(&str, &str)]) -> Self {
        let data = Data::new();
        let server = data.serve_with(&[], &[&[("BURNBAG_THROTTLE", "off")], variables].concat());
        Self { data, server }
    }

    /// With a mail server that is not reached: what is posted waits. Whoever reads mail may sign up.
    pub(crate) fn mailing(variables: &[(&str, &str)]) -> Self {
        let mail = [
            ("BURNBAG_PUBLIC_URL", PUBLIC_URL),
            ("BURNBAG_MAIL__SERVER", "127.0.0.1"),
            ("BURNBAG_MAIL__FROM", "burnbag@example.com"),
            ("BURNBAG_SIGNUP", "open"),
        ];
        Self::configured(&[&mail, variables].concat())
    }

    pub(crate) fn origin(&self) -> String {
        format!("http://{}", self.server.address)
    }

    /// By a name that is no loopback.
    pub(crate) fn plain_origin(&self) -> String {
        let port = self.server.address.rsplit(':').next().unwrap_or_default();
        format!("http://secrets.test:{port}")
    }

    /// A new account, and its API key.
    pub(crate) fn account(&self, email: &str) -> String {
        let made = self.data.run(&["account", "create", email]);
        assert_eq!(made.code, Some(0), "{made:?}");
        made.stdout.trim().to_owned()
    }

    /// The path of an invitation.
    pub(crate) fn invite(&self, email: &str) -> String {
        let invited = self.data.run(&["account", "invite", email]);
        assert_eq!(invited.code, Some(0), "{invited:?}");
        let link = invited.stdout.trim();
        let at = link.find("/invite/").unwrap_or_else(|| unreachable!("{invited:?}"));
        link[at..].to_owned()
    }

    /// Somebody at a terminal who uses this server.
    pub(crate) fn person(&self) -> Person {
        let person = Person::new();
        person.log_in(&self.server.address);
        person
    }
}
