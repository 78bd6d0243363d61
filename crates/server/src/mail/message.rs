//! A letter as a message that a mail server takes (RFC 5322, MIME). Written twice it is the same but for its date, so
//! that a copy that was sent in doubt can be known as one.

use super::content::Content;
use super::letter::Letter;
use super::value::plain;
use crate::config::{self, Accent, Colour, Contact, DarkAccent, PublicUrl};
use crate::i18n::Catalogue;
use askama::Template;
use burnbag_core::account::Email;
use burnbag_core::sensitive::{SensitiveBytes, SensitiveText};
use burnbag_core::time::Timestamp;
use burnbag_store::Outgoing;
use lettre::Address;
use lettre::address::Envelope;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MessageBuilder, MultiPart, SinglePart};
use std::time::{Duration, UNIX_EPOCH};
use url::Host;

/// 9999-12-31: the last day that a date can name.
const LAST_DATE: i64 = 253_402_214_400;

/// A message, ready to be sent. It may hold a link.
#[derive(Clone, Debug)]
pub struct Message {
    /// Whom it is for.
    pub to: Email,
    /// The message as it is sent, with CR LF at the end of each line.
    pub bytes: SensitiveBytes,
}

/// A letter cannot be written, now or later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unwritable {
    /// It is of another kind than its mail.
    #[error("the letter does not fit its kind")]
    Mismatch,
    /// Nobody is there to get it.
    #[error("its account is gone")]
    NoAccount,
    /// Mail cannot be sent to, or from, an address.
    #[error("an address in it is none that mail can be sent to")]
    Address,
    /// Its parts do not make a message.
    #[error("its parts do not make a message")]
    Parts,
}

/// Writes this server's mails.
#[derive(Debug)]
pub struct Writer {
    pub(super) name: String,
    pub(super) contact: Option<Contact>,
    pub(super) origin: PublicUrl,
    pub(super) accent: Accent,
    pub(super) accent_dark: DarkAccent,
    from: Email,
}

impl Writer {
    /// Writes in the operator's name, from his address; links begin with `origin`.
    #[must_use]
    pub fn new(web: &config::Web, from: Email, origin: PublicUrl) -> Self {
        let accent = web.accent.unwrap_or(Accent(Colour([0x0b, 0x62, 0x56])));
        let dark = DarkAccent(Colour([0x6f, 0xd0, 0xbd]));
        let dark = web.accent.map_or(dark, |light| web.accent_dark.unwrap_or_else(|| light.darkened()));
        let (name, contact) = (plain(&web.name), web.contact.clone());
        Self { name, contact, origin, accent, accent_dark: dark, from }
    }

    /// Writes a letter. Its language is its own, else its account's, else the operator's.
    ///
    /// # Errors
    /// It cannot be written: trying again does not help.
    pub fn write(
        &self,
        letter: &Letter,
        mail: &Outgoing,
        catalogue: &Catalogue,
        now: Timestamp,
    ) -> Result<Message, Unwritable> {
        let content = Content::new(self, letter, mail, catalogue)?;
        let (from, to) = (address(&self.from)?, address(&content.to)?);
        let envelope = Envelope::new(Some(from.clone()), vec![to.clone()]);
        let mut builder = lettre::Message::builder()
            .envelope(envelope.map_err(|_| Unwritable::Parts)?)
            .message_id(Some(format!("<{}@{}>", mail.id, from.domain())))
            .date(UNIX_EPOCH + Duration::from_secs(now.0.clamp(0, LAST_DATE).unsigned_abs()))
            .from(Mailbox::new(Some(self.name.clone()).filter(|name| !name.is_empty()), from))
            .to(Mailbox::new(None, to))
            .subject(content.subject.clone());
        if let Some(reply_to) = &content.reply_to {
            builder = builder.reply_to(Mailbox::new(None, address(reply_to)?));
        }
        let message = unanswered(builder).multipart(parts(&content, &format!("=_{}", mail.id))?);
        let bytes = message.map_err(|_| Unwritable::Parts)?.formatted();
        Ok(Message { to: content.to, bytes: SensitiveBytes::new(bytes) })
    }
}

/// Holidays and mailing lists do not answer it (RFC 3834 §5, and Exchange's own word).
fn unanswered(builder: MessageBuilder) -> MessageBuilder {
    [("Auto-Submitted", "auto-generated"), ("X-Auto-Response-Suppress", "All")].into_iter().fold(
        builder,
        |builder, (name, value)| {
            let name = HeaderName::new_from_ascii_str(name);
            builder.raw_header(HeaderValue::new(name, value.to_owned()))
        },
    )
}

/// Text and HTML, both saying the same.
fn parts(content: &Content<'_>, boundary: &str) -> Result<MultiPart, Unwritable> {
    let flowed = if content.delsp() { "; format=flowed; delsp=yes" } else { "; format=flowed" };
    let media_type = ContentType::parse(&format!("text/plain; charset=utf-8{flowed}"));
    let text = SinglePart::builder().content_type(media_type.map_err(|_| Unwritable::Parts)?);
    let html = SensitiveText::new(content.render().map_err(|_| Unwritable::Parts)?);
    Ok(MultiPart::alternative()
        .boundary(boundary)
        .singlepart(text.body(content.text()))
        .singlepart(SinglePart::html(html.release())))
}

/// An address as headers and mail servers have it: its domain in ASCII.
fn address(email: &Email) -> Result<Address, Unwritable> {
    let (local, domain) = email.parts();
    match Host::parse(domain) {
        Ok(Host::Domain(domain)) => Address::new(local, domain).map_err(|_| Unwritable::Address),
        Ok(Host::Ipv4(_) | Host::Ipv6(_)) | Err(_) => Err(Unwritable::Address),
    }
}
