//! A secret that was made: the link for standard output, and for the person beside it what else is to know.

use crate::commands::as_json;
use crate::failure::Failure;
use crate::plain::plain;
use crate::terminal;
use burnbag_api::Sealing;
use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;
use serde::Serialize;
use std::io;
use zeroize::Zeroizing;

use crate::lifetime::in_words;
use crate::standing::{readable, rfc3339};

/// What is shown of a new secret. The members are the object of `--json`.
#[derive(Serialize)]
pub(in crate::commands) struct Made {
    /// The value that was generated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::commands) value: Option<Zeroizing<String>>,
    pub(super) link: Zeroizing<String>,
    pub(super) receipt: String,
    pub(super) expires_at: String,
    pub(super) passphrase_required: bool,
    /// The one that was suggested.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) passphrase: Option<Zeroizing<String>>,
    pub(super) sealed: Sealing,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) recipient: Option<String>,
    /// What was not done as asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) notice: Option<String>,
    #[serde(skip)]
    pub(super) lifetime: i64,
    #[serde(skip)]
    pub(super) qr: bool,
}

/// Several as one object.
#[derive(Serialize)]
struct All<'a> {
    secrets: &'a [Made],
}

pub(super) fn show_all(all: &[Made]) -> Result<(), Failure> {
    all.iter().for_each(Made::show_qr);
    terminal::answer(&as_json(&All { secrets: all })).map_err(|error| lost(&error, all))
}

/// Nobody has the links that could not be written, so nobody can open what they lead to.
fn lost(error: &io::Error, made: &[Made]) -> Failure {
    let problem =
        if made.len() == 1 { "the link could not be written" } else { "the links could not be written" };
    let burns = made.iter().map(|one| format!("burnbag burn {}", plain(&one.receipt)));
    let mend: Vec<_> = burns.chain(["destroys what was made; then share it again".to_owned()]).collect();
    Failure::other(problem, error).mend(mend.join("\n"))
}

impl Made {
    /// Times as the server granted them.
    pub(super) fn expiry(created: i64, lifetime: i64) -> String {
        rfc3339(created.saturating_add(lifetime))
    }

    /// The link alone on standard output. The receipt is told before: with it a link that was lost can be burned.
    pub(in crate::commands) fn show(&self, json: bool) -> Result<(), Failure> {
        if !json {
            if let Some(recipient) = &self.recipient {
                terminal::say(&format!("for         {}", plain(recipient)));
            }
            terminal::say(&format!("receipt     {}", plain(&self.receipt)));
        }
        self.answer(json).map_err(|error| lost(&error, std::slice::from_ref(self)))?;
        if !json {
            self.say();
        }
        self.show_qr();
        Ok(())
    }

    fn answer(&self, json: bool) -> io::Result<()> {
        if json {
            return terminal::answer(&as_json(self));
        }
        self.value.iter().try_for_each(|value| terminal::answer(value))?;
        terminal::answer(&plain(&self.link))
    }

    fn say(&self) {
        terminal::say(&format!("expires     {}, in {}", readable(&self.expires_at), in_words(self.lifetime)));
        if let Some(passphrase) = &self.passphrase {
            terminal::say(&format!(
                "passphrase  {}  (send it another way than the link)",
                passphrase.as_str()
            ));
        }
        terminal::say(self.guarantee());
        if let Some(notice) = &self.notice {
            terminal::say(&format!("note: {}", plain(notice)));
        }
    }

    const fn guarantee(&self) -> &'static str {
        match self.sealed {
            Sealing::Device => {
                "Sealed on your device. This server receives only what it cannot open; the key is in the link."
            }
            Sealing::Server => {
                "Sealed on the server. The server sees the text for a moment while it seals it. What it keeps opens with the link only."
            }
        }
    }

    fn show_qr(&self) {
        if !self.qr {
            return;
        }
        match QrCode::new(self.link.as_bytes()) {
            // Light modules are drawn: most terminals are dark.
            Ok(code) => terminal::say(
                &code.render::<Dense1x2>().dark_color(Dense1x2::Light).light_color(Dense1x2::Dark).build(),
            ),
            Err(_) => terminal::say("note: the link is too long for a QR code"),
        }
    }
}
