//! Letters as their readers get them: every kind in every language, and with values that try to be more than values.

mod hostile;
mod read;

use crate::support::START;
use burnbag_core::account::{AccountId, Email};
use burnbag_core::mail::{MailId, MailKind};
use burnbag_core::seal::Sealed;
use burnbag_core::time::Timestamp;
use burnbag_server::config::{PublicUrl, Web};
use burnbag_server::i18n::{Catalogue, LANGUAGES, LanguageTag};
use burnbag_server::mail::{Message, Unwritable, Writer};
use burnbag_server::vault::Letter;
use burnbag_store::{Account, Notify, Outgoing};
use read::Read;
use std::path::Path;

const ORIGIN: &str = "https://secrets.example.com";
const KEY: &str = "4b5mafzl0ngcajmp8ybq0aofhm6rshm";
const TOKEN: &str = "0123456789abcdefghijklmnopqrstuv";
const ANN: &str = "ann@example.com";
const BOB: &str = "bob@example.org";

fn email(text: &str) -> Email {
    text.parse().expect("an address")
}

fn writer(web: &Web) -> Writer {
    let origin = PublicUrl::try_from(ORIGIN.to_owned()).expect("an origin");
    Writer::new(web, email("burnbag@mail.example.com"), origin)
}

fn web() -> Web {
    Web { contact: Some("it@example.com".to_owned().try_into().expect("a contact")), ..Web::default() }
}

/// A mail of Ann's, who reads in `language`.
fn mail(kind: MailKind, language: &str) -> Outgoing {
    let account = Account {
        id: AccountId(1),
        email: email(ANN),
        plan: "standard".to_owned(),
        created: Timestamp(START),
        language: Some(language.to_owned()),
        notify: Notify { opened: true, expired: true },
    };
    Outgoing {
        id: MailId([0xa5; 16]),
        kind,
        row: None,
        account: Some(account),
        since: Timestamp(START + 3_600),
        until: Timestamp(START + 90_000),
        tries: 1,
        pick: 1,
        sealed: Sealed::from_bytes(Vec::new()),
    }
}

fn link(passphrase: bool, language: &str) -> Letter {
    link_between(ANN, BOB, passphrase, language)
}

fn link_between(sender: &str, to: &str, passphrase: bool, language: &str) -> Letter {
    Letter::Link {
        to: to.to_owned(),
        sender: sender.to_owned(),
        key: KEY.to_owned(),
        expires: START + 604_800,
        passphrase,
        language: language.to_owned(),
    }
}

fn ended(label: Option<&str>, recipient: Option<&str>) -> Letter {
    Letter::Ended { label: label.map(str::to_owned), recipient: recipient.map(str::to_owned), created: START }
}

fn invitation(is_new: bool, language: &str) -> Letter {
    Letter::Invitation { to: BOB.to_owned(), token: TOKEN.to_owned(), is_new, language: language.to_owned() }
}

/// Every letter in a language: its name, kind, and link.
fn letters(language: &str) -> Vec<(&'static str, MailKind, Letter, String)> {
    let [secret, recent, invite] = [&format!("/secret/{KEY}"), "/recent", &format!("/invite/{TOKEN}")]
        .map(|path| format!("{ORIGIN}{path}"));
    let (label, recipient) = (Some("VPN for Ann"), Some("bo*****@e*****.org"));
    vec![
        ("link", MailKind::Link, link(false, language), secret.clone()),
        ("link-passphrase", MailKind::Link, link(true, language), secret),
        ("opened", MailKind::Opened, ended(label, recipient), recent.clone()),
        ("opened-untitled", MailKind::Opened, ended(None, recipient), recent.clone()),
        ("expired", MailKind::Expired, ended(label, None), recent.clone()),
        ("expired-untitled", MailKind::Expired, ended(None, None), recent),
        ("invite-new", MailKind::Invitation, invitation(true, language), invite.clone()),
        ("invite-back", MailKind::Invitation, invitation(false, language), invite),
    ]
}

fn write_as(web: &Web, letter: &Letter, mail: &Outgoing) -> Result<Message, Unwritable> {
    writer(web).write(letter, mail, &Catalogue::new(LanguageTag::ENGLISH), Timestamp(START + 7_200))
}

fn write(letter: &Letter, mail: &Outgoing) -> Read {
    Read::new(write_as(&web(), letter, mail).expect("it is written").bytes.expose())
}

/// What holds of every mail, whatever is in it. `link` is the only address that it shows or leads to.
fn check(read: &Read, link: &str) {
    for line in read.raw.split("\r\n") {
        assert!(line.len() <= 998 && line.is_ascii() && !line.contains(['\r', '\n', '\0']), "{line:?}");
    }
    let names: Vec<_> =
        read.headers.iter().map(|(name, _)| name.as_str()).filter(|name| *name != "Reply-To").collect();
    let expected = [
        "Message-ID",
        "Date",
        "From",
        "To",
        "Subject",
        "Content-Language",
        "Auto-Submitted",
        "X-Auto-Response-Suppress",
    ];
    assert_eq!(names, [&expected[..], &["MIME-Version", "Content-Type"]].concat());
    assert_eq!(read.header("Message-ID"), "a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5@mail.example.com");
    assert_eq!(read.header("Date"), "2027-01-15T10:00:00Z");
    assert_eq!(read.header("Auto-Submitted"), "auto-generated");
    assert_eq!(read.header("X-Auto-Response-Suppress"), "All");
    assert!(read.header("From").ends_with("|burnbag@mail.example.com"));
    assert_eq!(read.text.lines().filter(|line| *line == link).count(), 1, "{}", read.text);
    for shown in [&read.text, &read.shown()] {
        assert_eq!((shown.matches(link).count(), shown.matches("http").count()), (1, 1), "{shown}");
    }
    assert_eq!(read.html.matches(&format!("href=\"{link}\"")).count(), 1);
    assert_eq!(read.html.matches("http").count(), 2, "the button, and the address to copy");
    let known = [
        "!doctype", "html", "head", "meta", "title", "style", "body", "table", "tr", "td", "h1", "p", "a",
        "span", "br", "div", "strong",
    ];
    for element in read.elements() {
        assert!(known.contains(&element), "<{element}> in a mail");
    }
    let tags = read.html.split('<').filter_map(|piece| piece.split_once('>')).map(|(tag, _)| tag);
    for tag in tags {
        for word in ["url(", "src=", " on", "javascript:", "@import"] {
            assert!(!tag.contains(word), "{tag}");
        }
    }
    for part in [&read.text, &read.html] {
        assert!(!part.contains(env!("CARGO_PKG_VERSION")), "which version is nobody's business");
    }
}

#[test]
fn every_letter_in_every_language() {
    for language in LANGUAGES {
        for (name, kind, letter, link) in letters(language.tag) {
            let read = write(&letter, &mail(kind, language.tag));
            check(&read, &link);
            let is_to_recipient = matches!(kind, MailKind::Link | MailKind::Invitation);
            assert_eq!(
                read.header("To"),
                if is_to_recipient { "|bob@example.org" } else { "|ann@example.com" }
            );
            assert_eq!(read.header("From"), "Burnbag|burnbag@mail.example.com");
            assert_eq!(read.header("Content-Language"), language.tag);
            let answers = read.headers.iter().filter(|(name, _)| name == "Reply-To");
            let answers: Vec<_> = answers.map(|(_, value)| value.as_str()).collect();
            let expected: &[&str] = if kind == MailKind::Link { &["|ann@example.com"] } else { &[] };
            assert_eq!(answers, expected, "{name}");
            let direction = if language.rtl { "rtl" } else { "ltr" };
            let opening = format!("<html lang=\"{}\" dir=\"{direction}\">", language.tag);
            assert!(read.html.contains(&opening), "{opening}");
            let contact = read.text.matches("it@example.com").count();
            assert_eq!(contact, 1, "whom to tell of abuse");
            assert!(
                read.text.lines().all(|line| line.chars().count() <= 73 || line == link),
                "{}",
                read.text
            );
            if !matches!(kind, MailKind::Link) {
                assert!(!read.raw.contains(KEY));
            }
        }
    }
}

#[test]
fn the_first_line_names_the_sender_and_the_text_says_what_to_know() {
    let read = write(&link(true, "en"), &mail(MailKind::Link, "de"));
    assert_eq!(read.header("Subject"), "ann@example.com sent you a secret");
    let joined = read.text.replace(" \n", " ");
    let first = "ann@example.com sent you a secret through Burnbag. If you do not expect it, ask them before you open it";
    assert!(joined.starts_with(first), "{joined}");
    assert!(read.shown().trim_start().starts_with(first), "{}", read.shown());
    for part in [&joined, &read.shown()] {
        for said in [
            "It waits until 2027-01-22 08:00 UTC.",
            "It can be opened once, by you.",
            "You need a passphrase to open it. The sender tells it to you another way, never by mail.",
            "Your answer to this mail goes to ann@example.com.",
            "Sealed on the server",
            "The server sees the text for a moment while it seals it. What it keeps opens with the link only.",
        ] {
            assert!(part.contains(said), "{said}\n{part}");
        }
    }
    let without = write(&link(false, "en"), &mail(MailKind::Link, "de"));
    assert!(!without.text.contains("passphrase") && !without.html.contains("passphrase"));
}

#[test]
fn a_notification_names_the_secret_and_never_leads_to_it() {
    let recipient = Some("bo*****@e*****.org");
    let read = |kind, letter: &Letter| write(letter, &mail(kind, "en"));
    let opened = read(MailKind::Opened, &ended(Some("VPN for Ann"), recipient));
    assert_eq!(opened.header("Subject"), "Opened: VPN for Ann");
    for said in
        ["Opened: 2027-01-15 09:00 UTC\n", "Made: 2027-01-15 08:00 UTC\n", "Recipient: bo*****@e*****.org\n"]
    {
        assert!(opened.text.contains(said), "{said}\n{}", opened.text);
    }
    assert!(opened.text.replace(" \n", " ").contains("somebody else, change what was in it."));
    assert!(opened.text.contains("under Account, Notifications."));
    assert!(!opened.html.contains("/secret/") && !opened.html.contains("/receipt/"));
    let subject = |kind, letter| read(kind, &letter).header("Subject").to_owned();
    assert_eq!(
        subject(MailKind::Opened, ended(Some(" \u{202e}\r\n"), recipient)),
        "Opened: Secret for bo*****@e*****.org of 2027-01-15 08:00 UTC"
    );
    let untitled = subject(MailKind::Expired, ended(None, None));
    assert_eq!(untitled, "Expired unopened: Secret of 2027-01-15 08:00 UTC");
}

#[test]
fn an_invitation_says_until_when_and_what_it_costs() {
    let read = |is_new| write(&invitation(is_new, "en"), &mail(MailKind::Invitation, "en"));
    let (new, back) = (read(true), read(false));
    assert_eq!(new.header("Subject"), "Set your password · Burnbag");
    let joined = |read: &Read| read.text.replace(" \n", " ");
    let ignore = "If it was not you, do nothing. Then nothing changes.";
    let asked = "Somebody, hopefully you, asked for";
    for (read, first) in [
        (&new, format!("{asked} an account with Burnbag. To confirm it, set a password. {ignore}")),
        (&back, format!("{asked} a new password with Burnbag. {ignore}")),
    ] {
        assert_eq!(joined(read).lines().next(), Some(first.as_str()));
        assert_eq!(read.shown().trim_start().lines().next(), Some(first.as_str()));
    }
    assert!(joined(&back).contains("the list of earlier secrets starts empty."));
    for read in [new, back] {
        assert!(joined(&read).contains("The link works once, until 2027-01-18 09:00 UTC."));
    }
}

/// Every colour of a mail is one of the pages', or the operator's.
#[test]
fn colours_are_those_of_the_pages() {
    let pages = include_str!("../assets/app.css");
    let colours = |html: &str| {
        let colours = html.split('#').skip(1).filter_map(|rest| rest.get(..6));
        let colours = colours.filter(|colour| colour.bytes().all(|b| b.is_ascii_hexdigit()));
        colours.map(|colour| format!("#{colour}")).collect::<std::collections::BTreeSet<_>>()
    };
    let letter = link(true, "en");
    let own = colours(&write(&letter, &mail(MailKind::Link, "en")).html);
    assert!(own.len() >= 10, "{own:?}");
    assert!(own.iter().all(|colour| pages.contains(colour.as_str())), "{own:?}");
    let accent = serde_json::from_str("\"#003366\"").expect("an accent");
    let written = write_as(&Web { accent: Some(accent), ..web() }, &letter, &mail(MailKind::Link, "en"));
    let operator = colours(&Read::new(written.expect("it is written").bytes.expose()).html);
    assert!(operator.contains("#003366") && !operator.contains("#0b6256"), "{operator:?}");
}

/// A name that ends in a bracket stays whole between lines that are written from right to left, in both parts.
#[test]
fn a_name_stands_apart_from_another_direction() {
    for (name, language) in [("Söhne <IT>", "ar"), ("סוד <IT>", "en")] {
        let named = Web { name: name.to_owned(), ..web() };
        let written = write_as(&named, &link(false, language), &mail(MailKind::Link, language));
        let read = Read::new(written.expect("it is written").bytes.expose());
        let isolated = format!("\u{2068}{name}\u{2069}");
        for part in [&read.text.replace(" \n", " "), &read.shown()] {
            assert_eq!((part.matches(name).count(), part.matches(&isolated).count()), (2, 2), "{part}");
        }
    }
}

#[test]
fn a_letter_is_the_same_again_but_for_its_date() {
    let written = |now| {
        let letter = link(true, "de");
        let catalogue = Catalogue::new(LanguageTag::ENGLISH);
        let message = writer(&web()).write(&letter, &mail(MailKind::Link, "de"), &catalogue, Timestamp(now));
        String::from_utf8(message.expect("it is written").bytes.expose().clone()).expect("ASCII")
    };
    assert_eq!(written(START), written(START));
    let lines =
        |text: &str| text.lines().filter(|line| !line.starts_with("Date: ")).collect::<Vec<_>>().join("\n");
    assert_ne!(written(START), written(START + 60));
    assert_eq!(lines(&written(START)), lines(&written(START + 60)));
    for end in [i64::MIN, i64::MAX] {
        assert!(written(end).contains("\r\nDate: "), "any clock will do");
    }
}

#[test]
fn languages_and_what_cannot_be_written() {
    let catalogue = Catalogue::new(LanguageTag::known("de").expect("German"));
    let write =
        |letter: &Letter, mail: &Outgoing| writer(&web()).write(letter, mail, &catalogue, Timestamp(START));
    let subject = |letter: &Letter, mail: &Outgoing| {
        let written = write(letter, mail).expect("it is written");
        Read::new(written.bytes.expose()).header("Subject").to_owned()
    };
    let notified = ended(Some("VPN"), None);
    let mut mail = mail(MailKind::Opened, "fr");
    assert_eq!(subject(&notified, &mail), "Ouvert\u{a0}: VPN");
    mail.account.as_mut().expect("Ann").language = None;
    assert_eq!(subject(&notified, &mail), "Geöffnet: VPN");
    assert_eq!(subject(&link(false, "xx"), &mail), "ann@example.com hat Ihnen ein Geheimnis geschickt");
    mail.account = None;
    assert_eq!(write(&notified, &mail).map(|_| ()), Err(Unwritable::NoAccount));
    mail = self::mail(MailKind::Link, "en");
    assert_eq!(write(&notified, &mail).map(|_| ()), Err(Unwritable::Mismatch));
}

/// All letters in all languages, to be looked at: `target/screens/mail`.
#[test]
fn letters_can_be_looked_at() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("screens").join("mail");
    std::fs::create_dir_all(&folder).expect("a folder");
    for language in LANGUAGES {
        for (name, kind, letter, _) in letters(language.tag) {
            let written = write_as(&web(), &letter, &mail(kind, language.tag)).expect("it is written");
            let read = Read::new(written.bytes.expose());
            for (end, content) in [("eml", &read.raw), ("html", &read.html), ("txt", &read.text)] {
                let file = folder.join(format!("{name}.{}.{end}", language.tag));
                std::fs::write(file, content).expect("it can be kept");
            }
        }
    }
}
