//! Passphrases: a wrong one uses nothing up.

use crate::browser::Browser;
use crate::element::Kind;
use crate::site::Site;

const MISMATCH: &str = "That passphrase does not match. Nothing was used up; try again.";

#[test]
fn a_wrong_passphrase_uses_nothing_up() {
    let site = Site::new();
    let (ann, bob) = (Browser::new(&site), Browser::new(&site));
    // Two ways to write é are one passphrase.
    let link = ann.share_with("hello", "caf\u{e9} au lait");
    assert_eq!(ann.read_only("Passphrase"), "caf\u{e9} au lait");
    bob.tolerate_not_found();
    bob.open(&link);
    bob.see_heading("Someone sent you a secret");
    for wrong in ["café au lait ", "nothing like it"] {
        bob.fill("Passphrase", wrong);
        bob.press("Reveal secret");
        bob.see_alert(MISMATCH);
        bob.see_heading("Someone sent you a secret");
    }
    bob.fill("Passphrase", "cafe\u{301} au lait");
    bob.press("Reveal secret");
    assert_eq!(bob.secret(), "hello");
}

/// Who is asked for one and presses without it, is told so, and no try is counted.
#[test]
fn a_missing_passphrase_is_asked_for() {
    let site = Site::new();
    let (ann, bob) = (Browser::new(&site), Browser::new(&site));
    let link = ann.share_with("hello", "right");
    bob.open(&link);
    bob.press("Reveal secret");
    bob.see_heading("Someone sent you a secret");
    assert!(bob.sent().iter().all(|sent| sent.method == "GET"), "nothing was sent");
    bob.fill("Passphrase", "right");
    bob.press("Reveal secret");
    assert_eq!(bob.secret(), "hello");
}

#[test]
fn a_passphrase_can_be_looked_at() {
    let site = Site::new();
    let ann = Browser::new(&site);
    ann.open("/");
    ann.fill("Passphrase", "right");
    let kind = || ann.find(Kind::Field, "Passphrase").attribute("type").unwrap();
    assert_eq!(kind().as_deref(), Some("password"));
    ann.press("Show passphrase");
    ann.find(Kind::Button, "Hide passphrase");
    assert_eq!((kind().as_deref(), ann.value("Passphrase").as_str()), (Some("text"), "right"));
    ann.press("Hide passphrase");
    ann.find(Kind::Button, "Show passphrase");
    assert_eq!(kind().as_deref(), Some("password"));
}

#[test]
fn a_link_without_passphrase_asks_for_none() {
    let site = Site::new();
    let (ann, bob) = (Browser::new(&site), Browser::new(&site));
    bob.open(&ann.share("hello"));
    bob.find(Kind::Button, "Reveal secret");
    assert!(!bob.has(Kind::Field, "Passphrase"));
    ann.find(Kind::Textbox, "Link");
    assert!(!ann.has(Kind::Field, "Passphrase"));
}
