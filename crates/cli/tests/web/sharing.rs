//! From one to another: a text is shared, looked at, read once.

use crate::browser::Browser;
use crate::element::Kind;
use crate::habits::parts;
use crate::site::Site;
use crate::visitor::Visitor;

/// Blanks at both ends, lines, markup, two ways to write é, characters beyond 16 bits, a right-to-left word.
const TEXT: &str = " <b>café</b> &amp; cafe\u{301}\n\n\ttab 🔥 שלום 日本語 \\n \"'` \n";

#[test]
fn a_text_reaches_one_reader_and_nobody_else() {
    let site = Site::new();
    let (ann, bob, eve) = (Browser::new(&site), Browser::new(&site), Browser::new(&site));
    ann.open("/");
    ann.see_heading("Share a secret");
    assert!(ann.title().starts_with("Share a secret · "), "{}", ann.title());
    ann.see("Sealed on your device");
    ann.see("This server receives only what it cannot open; the key is in the link.");
    ann.fill("Secret", TEXT);
    let link = ann.create_link();
    let (key, fragment) = parts(&link);
    assert!(link.starts_with(&format!("{}/secret/{key}#", site.origin())), "{link}");
    assert!(key.len() == 31 && fragment.len() == 23, "{link}");
    assert_eq!(ann.url(), format!("{}/", site.origin()));

    bob.open(&link);
    bob.see_heading("Someone sent you a secret");
    bob.see("Sealed on your device");
    assert!(bob.title().starts_with("Someone sent you a secret · ") && !bob.title().contains(key));
    bob.see_no("café");
    bob.press("Reveal secret");
    assert_eq!(bob.secret(), TEXT);
    bob.see("This link is used up: nobody else can open it. Copy what you need before you leave this page.");
    bob.see("reloading this tab within 60 seconds shows it once more");

    eve.find_nothing(&link);
    eve.find_nothing(&format!("/secret/{}", "0".repeat(31)));
    assert!(!eve.title().contains(key));
}

#[test]
fn what_is_shown_can_be_copied_hidden_and_shown() {
    let site = Site::new();
    let (ann, bob) = (Browser::new(&site), Browser::new(&site));
    let link = ann.share(TEXT);
    bob.reveal(&link);
    bob.press("Copy secret");
    bob.until("a copy", || (bob.clipboard() == TEXT).then_some(()).ok_or_else(|| bob.clipboard()));
    bob.press("Hide secret");
    bob.find(Kind::Button, "Show secret");
    bob.see_no("café");
    assert!(!bob.has(Kind::Textbox, "Secret") || bob.value("Secret") != TEXT);
    bob.press("Show secret");
    bob.find(Kind::Button, "Hide secret");
    assert_eq!(bob.read_only("Secret"), TEXT);
}

/// A text area turns line ends; what is copied is what was sent.
#[test]
fn what_a_program_wrote_is_copied_byte_for_byte() {
    const WRITTEN: &str = "\u{feff}first\r\nsecond\rthird\n";
    let site = Site::new();
    let (bob, dan) = (Browser::new(&site), Browser::new(&site));
    for (browser, sealed) in [(&bob, "device"), (&dan, "server")] {
        let shared = site.person().share(WRITTEN, &["--sealed", sealed]);
        browser.reveal(shared.link());
        browser.press("Copy secret");
        browser.until("a copy", || {
            let copied = browser.clipboard();
            (copied == WRITTEN).then_some(()).ok_or_else(|| format!("{sealed}: {copied:?}"))
        });
    }
}

#[test]
fn the_link_is_handed_on_in_every_way() {
    let site = Site::new();
    let ann = Browser::new(&site);
    let link = ann.share("hello");
    ann.press("Copy link");
    ann.see_status("Link copied");
    assert_eq!(ann.clipboard(), link);
    let mail = ann.find(Kind::Link, "Write an e-mail").attribute("href").unwrap().unwrap();
    let (_, fragment) = parts(&link);
    assert!(mail.starts_with("mailto:") && mail.contains(&format!("%23{fragment}")), "{mail}");
    assert!(ann.names(Kind::Image).iter().all(String::is_empty), "no QR code before it is asked for");
    ann.press("Show QR code");
    ann.until("a QR code", || {
        let pictures = ann.names(Kind::Image);
        pictures.iter().any(|name| name.contains("QR")).then_some(()).ok_or(format!("{pictures:?}"))
    });
    ann.follow("Open the receipt");
    ann.see_heading("Receipt");
    ann.see("The link was shown once, when you made it. This server does not know it.");
    ann.open("/");
    let second = ann.share("again");
    assert_ne!(link, second);
    ann.follow("Share another secret");
    ann.see_heading("Share a secret");
    assert_eq!(ann.value("Secret"), "");
}

/// A preview, a scanner, a curious reader: nobody takes anything without pressing.
#[test]
fn looking_takes_nothing() {
    let site = Site::new();
    let (ann, bob, scanner) = (Browser::new(&site), Browser::new(&site), Visitor::new(&site));
    let link = ann.share("hello");
    let path = format!("/secret/{}", parts(&link).0);
    for method in ["GET", "HEAD", "GET"] {
        let answered = scanner.send(method, &path, &[], None);
        assert_eq!(answered.status, 200, "{answered:?}");
        assert!(method == "GET" || answered.body.is_empty());
    }
    assert_eq!(scanner.send("HEAD", &format!("/secret/{}", "0".repeat(31)), &[], None).status, 404);
    bob.open(&link);
    bob.see_heading("Someone sent you a secret");
    bob.reload();
    bob.see_heading("Someone sent you a secret");
    assert_eq!(bob.reveal(&link), "hello");
}

#[test]
fn passwords_and_passphrases_are_suggested() {
    let site = Site::new();
    let (ann, bob) = (Browser::new(&site), Browser::new(&site));
    ann.open("/");
    ann.press("Generate a password");
    let first = ann.until("a password", || {
        let password = ann.value("Secret");
        (password.len() >= 12).then_some(password.clone()).ok_or(password)
    });
    ann.press("Suggest a passphrase");
    let phrase = ann.until("a passphrase", || {
        let phrase = ann.value("Passphrase");
        (phrase.len() >= 16).then_some(phrase.clone()).ok_or(phrase)
    });
    let link = ann.create_link();
    assert_eq!(ann.read_only("Passphrase"), phrase);
    ann.press("Copy passphrase");
    ann.until("a copy", || (ann.clipboard() == phrase).then_some(()).ok_or_else(|| ann.clipboard()));
    assert_eq!(bob.reveal_with(&link, &phrase), first);
}

#[test]
fn a_lifetime_is_chosen() {
    let site = Site::new();
    let ann = Browser::new(&site);
    ann.open("/");
    ann.fill("Secret", "hello");
    ann.choose("Expires in", "1 hour");
    let link = ann.create_link();
    let look = Visitor::new(&site).get(&format!("/api/v1/secret/{}/status", parts(&link).0));
    let look: serde_json::Value = serde_json::from_slice(&look.body).unwrap();
    let left = look["secret_ttl"].as_i64().unwrap();
    assert!((3500..=3600).contains(&left), "{look}");
}
