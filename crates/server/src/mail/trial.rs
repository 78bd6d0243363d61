//! The mail that shows that mail works. It says what it is, and is made as letters are: what happens to it may happen to
//! them.

use super::flow::write_paragraph;
use super::message::{Head, alternative};
use super::relay::wire_address;
use super::value::instance;
use crate::config::PublicUrl;
use askama::Template;
use burnbag_core::account::Email;
use burnbag_core::mail::MailId;
use burnbag_core::sensitive::SensitiveText;
use burnbag_core::time::Timestamp;
use rand::CryptoRng;

/// Who it is from: the instance's name, its address, and where the service is.
#[derive(Clone, Copy, Debug)]
pub struct Origin<'a> {
    /// Name of the instance.
    pub name: &'a str,
    /// `mail.from`.
    pub from: &'a Email,
    /// What links start with.
    pub url: &'a PublicUrl,
}

/// What it says; the address of the service stands below.
#[derive(Template)]
#[template(path = "mail_test.html")]
struct Page<'a> {
    name: &'a str,
    paragraphs: [&'a str; 3],
    url: &'a str,
}

/// The mail as it is sent. None if mail cannot be sent to, or from, an address.
pub fn trial(origin: Origin<'_>, to: &Email, now: Timestamp, rng: &mut impl CryptoRng) -> Option<Vec<u8>> {
    let name = instance(origin.name, origin.url);
    let (from, to) = (wire_address(origin.from)?, wire_address(to)?);
    let id = MailId::make(rng);
    let first = format!("This is a test mail from {name}.");
    let sender = "Who runs that server sent it, with the command \"burnbag mail test\". It shows that mail arrives. There is nothing to do.";
    let page = Page {
        name: &name,
        paragraphs: [&first, sender, "Links in mails begin with:"],
        url: origin.url.as_str(),
    };
    let html = SensitiveText::new(page.render().ok()?);
    let subject = format!("Test mail from {name}");
    let head =
        Head { id: &id, name: &name, from, to, reply_to: None, subject: &subject, language: "en", now };
    head.over(alternative(&id, page.text(), html, false).ok()?).ok()
}

impl Page<'_> {
    /// The same as a text: the address stands on a line of its own.
    fn text(&self) -> String {
        let mut text = String::new();
        let [first, sender, links] = self.paragraphs;
        for paragraph in [first, "", sender, "", links, self.url] {
            write_paragraph(paragraph, false, &mut text);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    fn written(name: &str) -> String {
        let from = "secrets@example.com".parse().unwrap();
        let url = PublicUrl::try_from("https://secrets.example.com".to_owned()).unwrap();
        let origin = Origin { name, from: &from, url: &url };
        let to = "info@müller.de".parse().unwrap();
        let mail = trial(origin, &to, Timestamp(1_800_000_000), &mut StdRng::seed_from_u64(7)).unwrap();
        String::from_utf8(mail).unwrap()
    }

    #[test]
    fn names_cannot_write_headers_or_markup() {
        let encoded = "=?utf-8?q?Bank=0d=0aBcc:_eve@example.com?=";
        for name in ["Bürn <b>\r\nBcc: eve@example.com\r\n\r\nx", encoded, "\u{202e}knaB", &"x".repeat(5_000)]
        {
            let mail = written(name);
            let (head, _) = mail.split_once("\r\n\r\n").unwrap();
            assert!(mail.is_ascii() && !head.contains("\r\nBcc") && !head.contains("=?utf-8?q?"), "{mail}");
            assert!(mail.split("\r\n").all(|line| line.len() <= 998 && !line.contains('\n')), "{mail}");
            assert!(head.contains("\r\nDate: Fri, 15 Jan 2027 08:00:00 +0000"), "{mail}");
            let (_, html) = mail.split_once("text/html").unwrap();
            assert!(head.contains("info@xn--mller-kva.de") && !html.contains("<b>"), "{mail}");
        }
    }

    #[test]
    fn it_is_answered_by_nobody_and_its_address_stands_alone() {
        let mail = written("Burnbag");
        for header in
            ["Auto-Submitted: auto-generated", "X-Auto-Response-Suppress: All", "Content-Language: en"]
        {
            assert!(mail.contains(&format!("\r\n{header}\r\n")), "{header}: {mail}");
        }
        assert!(mail.contains("\r\nThis is a test mail from Burnbag.\r\n"), "{mail}");
        assert!(mail.contains("\r\nhttps://secrets.example.com\r\n"), "{mail}");
        let unnamed = written(" \u{200b}");
        assert!(unnamed.contains("\r\nSubject: Test mail from secrets.example.com\r\n"), "{unnamed}");
    }
}
