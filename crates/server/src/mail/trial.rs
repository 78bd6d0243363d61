//! The mail that shows that mail works. It says what it is.

use super::relay::wire_address;
use burnbag_core::account::Email;
use burnbag_core::mail::MailId;
use burnbag_core::time::Timestamp;
use lettre::Message;
use lettre::message::{Mailbox, MultiPart};
use rand::CryptoRng;
use std::time::{Duration, UNIX_EPOCH};

/// Who it is from: the instance's name, its address, and where the service is.
#[derive(Clone, Copy, Debug)]
pub struct Origin<'a> {
    /// Name of the instance.
    pub name: &'a str,
    /// `mail.from`.
    pub from: &'a Email,
    /// What links start with.
    pub url: &'a str,
}

/// The mail as it is sent. None if an address has a domain that cannot exist.
pub fn trial(origin: Origin<'_>, to: &Email, now: Timestamp, rng: &mut impl CryptoRng) -> Option<Vec<u8>> {
    let Origin { name, from, url } = origin;
    let name = &one_line(name);
    let (from, to) = (wire_address(from)?, wire_address(to)?);
    let id = format!("<{}@{}>", MailId::make(rng), from.domain());
    let date = UNIX_EPOCH + Duration::from_secs(u64::try_from(now.0).unwrap_or(0));
    let message = Message::builder()
        .from(Mailbox::new(Some(name.clone()), from))
        .to(Mailbox::new(None, to))
        .subject(format!("Test mail from {name}"))
        .date(date)
        .message_id(Some(id))
        .multipart(MultiPart::alternative_plain_html(text(name, url), html(name, url)));
    message.ok().map(|message| message.formatted())
}

/// A name in a head: lettre panics over one with line ends.
fn one_line(name: &str) -> String {
    name.replace(char::is_control, " ")
}

fn text(name: &str, url: &str) -> String {
    format!(
        "This is a test mail from {name} ({url}).\r\n\r\nWho runs that server sent it, with the command \"burnbag mail test\". It shows that mail arrives.\r\nThere is nothing to do, and no link in it opens anything.\r\n"
    )
}

fn html(name: &str, url: &str) -> String {
    let (name, url) = (escape(name), escape(url));
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Test mail from {name}</title></head><body><p>This is a test mail from {name} ({url}).</p><p>Who runs that server sent it, with the command <code>burnbag mail test</code>. It shows that mail arrives. There is nothing to do, and no link in it opens anything.</p></body></html>\r\n"
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    #[test]
    fn names_cannot_write_headers_or_markup() {
        let from = "secrets@example.com".parse().unwrap();
        let name = "Bürn <b>\r\nBcc: eve@example.com\r\n\r\nx";
        let origin = Origin { name, from: &from, url: "https://secrets.example.com" };
        let to = "info@müller.de".parse().unwrap();
        let mail = trial(origin, &to, Timestamp(1_800_000_000), &mut StdRng::seed_from_u64(7)).unwrap();
        let mail = String::from_utf8(mail).unwrap();
        let (head, _) = mail.split_once("\r\n\r\n").unwrap();
        assert!(mail.is_ascii() && !head.contains("\r\nBcc"), "{mail}");
        assert!(head.contains("\r\nDate: Fri, 15 Jan 2027 08:00:00 +0000"), "{mail}");
        let (_, html) = mail.split_once("text/html").unwrap();
        assert!(head.contains("info@xn--mller-kva.de") && !html.contains("<b>"), "{mail}");
    }
}
