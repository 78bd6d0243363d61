//! The sender's side: what became of a secret, and taking it back.

use crate::browser::Browser;
use crate::element::Kind;
use crate::habits::GONE;
use crate::site::Site;

#[test]
fn a_receipt_says_by_itself_that_the_secret_was_opened() {
    let site = Site::new();
    let (ann, bob) = (Browser::new(&site), Browser::new(&site));
    let link = ann.share("hello");
    ann.follow("Open the receipt");
    ann.see_heading("Receipt");
    ann.see("This page is for the person who sent the secret; the secret is not on it.");
    ann.see_status("Waiting to be opened");
    ann.find(Kind::List, "Timeline");
    ann.ask("window.stayed = true");
    assert_eq!(bob.reveal(&link), "hello");
    ann.see_status("Opened");
    assert_eq!(ann.ask("return window.stayed"), true, "the page was loaded again");
    ann.see_gone(Kind::Button, "Burn secret");
    ann.reload();
    ann.see_status("Opened");
}

#[test]
fn a_secret_is_burned_after_a_question() {
    let site = Site::new();
    let (ann, bob) = (Browser::new(&site), Browser::new(&site));
    let link = ann.share_with("hello", "right");
    ann.follow("Open the receipt");
    ann.press("Burn secret");
    ann.find(Kind::Dialog, "Burn this secret?");
    ann.press("Keep it");
    ann.see_gone(Kind::Dialog, "Burn this secret?");
    ann.see_status("Waiting to be opened");
    ann.press("Burn secret");
    ann.find(Kind::Dialog, "Burn this secret?");
    ann.keys("\u{e00c}");
    ann.see_gone(Kind::Dialog, "Burn this secret?");
    bob.open(&link);
    bob.see_heading("Someone sent you a secret");
    ann.press("Burn secret");
    ann.press("Burn it");
    ann.see_status("Burned");
    bob.tolerate_not_found();
    bob.fill("Passphrase", "right");
    bob.press("Reveal secret");
    bob.see_heading(GONE);
    bob.find_nothing(&link);
}

/// The link of what the server sealed comes back while it waits.
#[test]
fn a_link_that_the_server_knows_is_shown_again() {
    let site = Site::new();
    let (ann, sender) = (Browser::new(&site), site.person());
    let shared = sender.share("hello", &["--sealed", "server"]);
    for path in ["receipt", "private", "metadata"] {
        let key = shared.receipt().rsplit('/').next().unwrap();
        ann.open(&format!("/{path}/{key}"));
        ann.see_heading("Receipt");
        assert!(!ann.text().contains(shared.link()), "not before it is asked for");
        ann.press("Show the link");
        assert_eq!(ann.read_only("Link"), shared.link());
    }
    assert_eq!(sender.open(shared.link(), &[]).stdout, "hello");
    ann.reload();
    ann.see_status("Opened");
    assert!(!ann.has(Kind::Button, "Show the link"));
}

#[test]
fn an_unknown_receipt_is_not_found() {
    let site = Site::new();
    let ann = Browser::new(&site);
    ann.tolerate_not_found();
    ann.open(&format!("/receipt/{}", "0".repeat(31)));
    ann.find(Kind::Main, "");
    assert_eq!(ann.status_code(), 404);
}
