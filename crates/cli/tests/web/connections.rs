//! Lines that break and tabs that are loaded again: nothing is lost within a minute, and nothing is kept longer.

use crate::browser::Browser;
use crate::device::Device;
use crate::element::Kind;
use crate::fake::{Asked, Fake};
use crate::site::Site;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The reveal reaches the server, its answer does not reach the reader.
#[test]
fn an_answer_that_is_lost_is_given_again() {
    let site = Site::new();
    let is_cut = Arc::new(AtomicBool::new(true));
    let cut = Arc::clone(&is_cut);
    let line = Fake::before(&site.server, move |asked, bytes| {
        (!asked.reveals() || !cut.load(Ordering::SeqCst)).then_some(bytes)
    });
    let origin = format!("http://{}", line.address);
    let (ann, bob) = (Browser::new(&site), Browser::at(&origin, Device::default()));
    for passphrase in ["", "right"] {
        is_cut.store(true, Ordering::SeqCst);
        let link = ann.share_with("hello", passphrase).replace(&site.origin(), &origin);
        bob.tolerate("net::ERR_EMPTY_RESPONSE");
        bob.open(&link);
        if !passphrase.is_empty() {
            bob.fill("Passphrase", passphrase);
        }
        let before = line.count(Asked::reveals);
        bob.press("Reveal secret");
        bob.until("a reveal", || (line.count(Asked::reveals) > before).then_some(()).ok_or_else(String::new));
        bob.until("what went wrong", || {
            let alerts = bob.names(Kind::Alert);
            (!alerts.is_empty()).then_some(()).ok_or_else(|| "no alert".to_owned())
        });
        is_cut.store(false, Ordering::SeqCst);
        bob.press("Reveal secret");
        assert_eq!(bob.secret(), "hello");
    }
}

#[test]
fn a_tab_that_is_loaded_again_shows_it_once_more() {
    let site = Site::new();
    let (ann, bob) = (Browser::new(&site), Browser::new(&site));
    let link = ann.share_with("hello", "right");
    assert_eq!(bob.reveal_with(&link, "right"), "hello");
    bob.tolerate_not_found();
    bob.reload();
    // Who came with a passphrase gives it again.
    if bob.has(Kind::Field, "Passphrase") {
        bob.fill("Passphrase", "right");
        bob.press("Reveal secret");
    }
    assert_eq!(bob.secret(), "hello");
    Browser::new(&site).find_nothing(&link);
}

#[test]
fn what_is_forgotten_is_gone_at_once() {
    let site = Site::new();
    let (ann, bob) = (Browser::new(&site), Browser::new(&site));
    let link = ann.share("hello");
    bob.tolerate_not_found();
    assert_eq!(bob.reveal(&link), "hello");
    bob.reload();
    assert_eq!(bob.secret(), "hello");
    bob.press("I have it, forget it now");
    bob.see("Forgotten. Nothing of this secret is left on this server.");
    bob.see_no("hello");
    assert!(!bob.has(Kind::Textbox, "Secret"));
    bob.reload();
    bob.see("You opened this secret here at ");
    bob.see_no("hello");
    assert!(!bob.has(Kind::Button, "Reveal secret"));
    bob.find_nothing(&format!("/secret/{}", "0".repeat(31)));
}

/// Where the operator keeps nothing, nothing is promised.
#[test]
fn without_redelivery_none_is_promised() {
    let site = Site::configured(&[("BURNBAG_REDELIVERY", "0s")]);
    let (ann, bob) = (Browser::new(&site), Browser::new(&site));
    let link = ann.share("hello");
    bob.tolerate_not_found();
    assert_eq!(bob.reveal(&link), "hello");
    bob.see("This link is used up: nobody else can open it.");
    bob.see_no("reloading this tab");
    bob.reload();
    bob.see("You opened this secret here at ");
    bob.see_no("hello");
}
