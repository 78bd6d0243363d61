//! A letter as a message that a mail server takes (RFC 5322, MIME). Written twice it is the same but for its date, so
//! that a copy that was sent in doubt can be known as one.

use super::content::{Content, Unwritable};
use super::letterhead::Letterhead;
use super::relay::wire_address;
use crate::config::{self, PublicUrl};
use crate::i18n::Catalogue;
use crate::vault::Letter;
use askama::Template;
use burnbag_core::account::Email;
use burnbag_core::mail::MailId;
use burnbag_core::sensitive::{SensitiveBytes, SensitiveText};
use burnbag_core::time::Timestamp;
use burnbag_store::Outgoing;
use lettre::Address;
use lettre::address::Envelope;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MessageBuilder, MultiPart, SinglePart};
use std::time::{Duration, UNIX_EPOCH};

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

/// Writes this server's mails.
#[derive(Debug)]
pub struct Writer {
    letterhead: Letterhead,
    from: Email,
}

impl Writer {
    /// Writes in the operator's name, from his address; links begin with `origin`.
    #[must_use]
    pub fn new(web: &config::Web, from: Email, origin: PublicUrl) -> Self {
        Self { letterhead: Letterhead::new(web, origin), from }
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
        let content = Content::new(&self.letterhead, letter, mail, catalogue)?;
        let head = Head {
            id: &mail.id,
            name: &self.letterhead.name,
            from: address(&self.from)?,
            to: address(&content.to)?,
            reply_to: content.reply_to.as_ref().map(address).transpose()?,
            subject: &content.subject,
            language: content.words.language.tag,
            now,
        };
        let bytes = head.over(parts(&content, &mail.id)?)?;
        Ok(Message { to: content.to, bytes: SensitiveBytes::new(bytes) })
    }
}

/// What stands above the parts of a message.
pub(super) struct Head<'a> {
    pub(super) id: &'a MailId,
    /// What the service is called.
    pub(super) name: &'a str,
    pub(super) from: Address,
    pub(super) to: Address,
    pub(super) reply_to: Option<Address>,
    pub(super) subject: &'a str,
    pub(super) language: &'a str,
    pub(super) now: Timestamp,
}

impl Head<'_> {
    /// The whole message, as it is sent.
    pub(super) fn over(self, parts: MultiPart) -> Result<Vec<u8>, Unwritable> {
        let envelope = Envelope::new(Some(self.from.clone()), vec![self.to.clone()]);
        let mut builder = lettre::Message::builder()
            .envelope(envelope.map_err(|_| Unwritable::Parts)?)
            .message_id(Some(format!("<{}@{}>", self.id, self.from.domain())))
            .date(UNIX_EPOCH + Duration::from_secs(self.now.0.clamp(0, LAST_DATE).unsigned_abs()))
            .from(Mailbox::new(Some(self.name.to_owned()), self.from))
            .to(Mailbox::new(None, self.to))
            .subject(self.subject);
        if let Some(reply_to) = self.reply_to {
            builder = builder.reply_to(Mailbox::new(None, reply_to));
        }
        let message = described(builder, self.language).multipart(parts);
        Ok(message.map_err(|_| Unwritable::Parts)?.formatted())
    }
}

/// Says what language it is in (RFC 3282), and that holidays and mailing lists are not to answer it (RFC 3834 §5, and
/// Exchange's own word).
fn described(builder: MessageBuilder, language: &str) -> MessageBuilder {
    let headers = [
        ("Content-Language", language),
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "All"),
    ];
    headers.into_iter().fold(builder, |builder, (name, value)| {
        let name = HeaderName::new_from_ascii_str(name);
        builder.raw_header(HeaderValue::new(name, value.to_owned()))
    })
}

/// Text and HTML, both saying the same.
fn parts(content: &Content<'_>, id: &MailId) -> Result<MultiPart, Unwritable> {
    let html = SensitiveText::new(content.render().map_err(|_| Unwritable::Parts)?);
    alternative(id, content.text(), html, content.delsp())
}

/// A text of flowed lines, and HTML; both are wiped.
pub(super) fn alternative(
    id: &MailId,
    text: String,
    html: SensitiveText,
    delsp: bool,
) -> Result<MultiPart, Unwritable> {
    let flowed = if delsp { "; format=flowed; delsp=yes" } else { "; format=flowed" };
    Ok(MultiPart::alternative()
        .boundary(format!("=_{id}"))
        .singlepart(part(&format!("text/plain; charset=utf-8{flowed}"), text)?)
        .singlepart(part("text/html; charset=utf-8", html.release())?))
}

/// A part that no text can end: encoded always, and no encoding writes the boundary's `=_`.
fn part(media_type: &str, text: String) -> Result<SinglePart, Unwritable> {
    let media_type = ContentType::parse(media_type).map_err(|_| Unwritable::Parts)?;
    let part = SinglePart::builder().content_type(media_type);
    // What is not ASCII is encoded anyway, whichever way is shorter.
    let encoding = text.is_ascii().then_some(ContentTransferEncoding::QuotedPrintable);
    Ok(if let Some(encoding) = encoding { part.header(encoding).body(text) } else { part.body(text) })
}

/// An address as headers and mail servers have it: its domain in ASCII.
fn address(email: &Email) -> Result<Address, Unwritable> {
    wire_address(email).ok_or(Unwritable::Address)
}
