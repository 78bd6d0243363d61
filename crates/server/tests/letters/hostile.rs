//! Values that try to be more than values, and addresses that are hardly ones.

use super::read::Read;
use super::{
    ANN, BOB, KEY, ORIGIN, TOKEN, check, ended, invitation, link, link_between, mail, web, write, write_as,
};
use burnbag_core::mail::MailKind;
use burnbag_server::config::Web;
use burnbag_server::mail::Unwritable;
use burnbag_server::vault::Letter;

/// They try to become headers, parts, elements, or to turn what stands around them.
const HOSTILE: [&str; 13] = [
    "a\r\nBcc: eve@example.com",
    "a\nContent-Type: text/html\n\n<b>b</b>",
    "\r\n\r\n--=_a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5--\r\n",
    "\" <eve@example.com>, \"",
    "</h1></td><script>alert(1)</script><img src=x onerror=alert(1)>",
    "\"><a href='javascript:alert(1)'>x</a>",
    "=?utf-8?q?=0d=0aBcc:_eve@example.com?=",
    "\u{202e}moc.elpmaxe\u{2066}\u{200f}",
    "nul \0 and \u{1b}[31m and \u{85}\u{2028}",
    "{ $time } {{ writer }} {% if %}",
    "é UTC, einundzwanzigßßßßßßßß UTC",
    "سر \\ \" خاص",
    ".\r\n.\r\n> From here\r\n-- ",
];

fn every_value(try_it: impl Fn(&str, &str)) {
    let long = ["x".repeat(5_000), "é ".repeat(5_000), "\"\\".repeat(3_000)];
    for value in HOSTILE.into_iter().chain(long.iter().map(String::as_str)) {
        for language in ["en", "ja", "ar"] {
            try_it(value, language);
        }
    }
}

fn secret() -> String {
    format!("{ORIGIN}/secret/{KEY}")
}

#[test]
fn as_labels_and_recipients() {
    every_value(|value, language| {
        let read = write(&ended(Some(value), Some(value)), &mail(MailKind::Opened, language));
        check(&read, &format!("{ORIGIN}/recent"));
        assert!(!read.header("Subject").contains(['\r', '\n', '\0', '\u{202e}']));
    });
}

#[test]
fn as_the_name_of_an_instance() {
    every_value(|value, language| {
        let named = Web { name: value.to_owned(), ..web() };
        let read = |letter: &Letter, kind| {
            let written = write_as(&named, letter, &mail(kind, language)).expect("it is written");
            Read::new(written.bytes.expose())
        };
        let linked = read(&link(true, language), MailKind::Link);
        check(&linked, &secret());
        assert_eq!(linked.header("To"), "|bob@example.org");
        assert_eq!(linked.header("Reply-To"), "|ann@example.com");
        let invited = read(&invitation(true, language), MailKind::Invitation);
        check(&invited, &format!("{ORIGIN}/invite/{TOKEN}"));
    });
}

#[test]
fn as_languages_and_addresses() {
    every_value(|value, language| {
        let mail = mail(MailKind::Link, language);
        check(&write(&link(true, value), &mail), &secret());
        for letter in [link_between(value, BOB, false, language), link_between(ANN, value, false, language)] {
            let refused = write_as(&web(), &letter, &mail);
            assert_eq!(refused.map(|_| ()), Err(Unwritable::Address), "{value}");
        }
    });
}

#[test]
fn odd_addresses_are_written_as_mail_servers_take_them() {
    let written = |sender: &str, to: &str| {
        write_as(&web(), &link_between(sender, to, false, "en"), &mail(MailKind::Link, "en"))
    };
    let long = format!("{}@{}.example.com", "a".repeat(64), ["b".repeat(60).as_str(); 2].join("."));
    for (to, header) in [
        ("bob@bücher.example", "|bob@xn--bcher-kva.example"),
        ("!#$%&'*+-/=?^_`{|}~@example.com", "|!#$%&'*+-/=?^_`{|}~@example.com"),
        (&long, &format!("|{long}")),
    ] {
        let written = written(to, to).expect("it is written");
        assert_eq!(written.to.as_str(), to);
        let read = Read::new(written.bytes.expose());
        check(&read, &secret());
        assert_eq!((read.header("To"), read.header("Reply-To")), (header, header));
        assert_eq!(read.header("Subject"), format!("{to} sent you a secret"));
    }
    // An answer to such an address needs a mail server that ours may not, so it is named but no way for answers.
    let read = Read::new(written("jörg@example.com", BOB).expect("it is written").bytes.expose());
    assert!(read.raw.is_ascii() && !read.raw.contains("Reply-To"));
    assert!(read.header("Subject").starts_with("jörg@example.com ") && !read.text.contains("Your answer"));
    // What looks like an encoded word would be another address to some readers.
    let encoded = "x=?utf-8?q?=40example.com=3e?=@example.org";
    let read = Read::new(written(encoded, BOB).expect("it is written").bytes.expose());
    assert!(!read.raw.contains("=?utf-8?q?") && !read.raw.contains("Reply-To"), "{}", read.raw);
    assert!(read.text.contains("x= ?utf-8?q?") && !read.text.contains("Your answer"), "{}", read.text);
    for to in [encoded, "bob@a.0x7f"] {
        assert_eq!(written(ANN, to).map(|_| ()), Err(Unwritable::Address));
    }
}
