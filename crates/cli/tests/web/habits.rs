//! What people do on every journey.

use crate::browser::Browser;
use crate::element::Kind;

/// The text of a gone page that has to be read.
pub(crate) const GONE: &str = "This link does not open anything";

impl Browser {
    /// Makes a link of a text.
    #[track_caller]
    pub(crate) fn share(&self, text: &str) -> String {
        self.open("/");
        self.fill("Secret", text);
        self.create_link()
    }

    /// The same, for who knows a passphrase.
    #[track_caller]
    pub(crate) fn share_with(&self, text: &str, passphrase: &str) -> String {
        self.open("/");
        self.fill("Secret", text);
        self.fill("Passphrase", passphrase);
        self.create_link()
    }

    #[track_caller]
    pub(crate) fn create_link(&self) -> String {
        self.press("Create link");
        self.see_heading("Your link is ready");
        self.read_only("Link")
    }

    /// Opens a link and reads what it leads to.
    #[track_caller]
    pub(crate) fn reveal(&self, link: &str) -> String {
        self.open(link);
        self.press("Reveal secret");
        self.secret()
    }

    /// The same with a passphrase.
    #[track_caller]
    pub(crate) fn reveal_with(&self, link: &str, passphrase: &str) -> String {
        self.open(link);
        self.fill("Passphrase", passphrase);
        self.press("Reveal secret");
        self.secret()
    }

    /// The secret that the page shows.
    #[track_caller]
    pub(crate) fn secret(&self) -> String {
        self.see_heading("Your secret");
        self.read_only("Secret")
    }

    /// A link that leads nowhere says so, and offers nothing.
    #[track_caller]
    pub(crate) fn find_nothing(&self, link: &str) {
        self.tolerate_not_found();
        self.open(link);
        self.see_heading(GONE);
        assert_eq!(self.status_code(), 404);
        for kind in [Kind::Button, Kind::Field, Kind::Navigation] {
            let there = self.names(kind);
            assert!(there.is_empty(), "{kind:?} on a gone page: {there:?}");
        }
        assert_eq!(self.ask("return document.forms.length"), 0);
    }

    #[track_caller]
    pub(crate) fn sign_in(&self, email: &str, secret: &str) {
        self.open("/signin");
        self.see_heading("Sign in");
        self.fill("E-mail", email);
        self.fill("Password or API key", secret);
        self.press("Sign in");
        self.find(Kind::Button, "Sign out");
    }

    /// What the clipboard holds.
    #[track_caller]
    pub(crate) fn clipboard(&self) -> String {
        self.permit("clipboard-read", "granted");
        let script = "navigator.clipboard.readText().then(arguments[0], arguments[0])";
        let text = self.driver().run_and_wait(script, &[]).expect("the clipboard");
        text.as_str().unwrap_or_default().to_owned()
    }
}

/// Key and fragment of a link that was sealed on a device.
pub(crate) fn parts(link: &str) -> (&str, &str) {
    let (head, fragment) = link.split_once('#').expect("a fragment");
    (head.rsplit('/').next().expect("a key"), fragment)
}
