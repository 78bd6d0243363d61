//! The phone inside a mail app: small, touched, without downloads and without a clipboard.

use crate::browser::Browser;
use crate::device::Device;
use crate::element::Kind;
use crate::files::saved;
use crate::site::Site;
use serde_json::json;

#[test]
fn a_denied_clipboard_loses_nothing() {
    let site = Site::new();
    let (ann, bob) = (Browser::with(&site, Device::phone()), Browser::with(&site, Device::phone()));
    let link = ann.share("hello");
    for browser in [&ann, &bob] {
        browser.permit("clipboard-write", "denied");
    }
    ann.press("Copy link");
    ann.see("Press Ctrl+C");
    let selected = "const e = document.activeElement; return e.value.slice(e.selectionStart, e.selectionEnd)";
    assert_eq!(ann.ask(selected), json!(link), "the link is selected");
    bob.reveal(&link);
    bob.press("Copy secret");
    bob.see("Press Ctrl+C");
    assert_eq!(bob.ask(selected), "hello");
    assert_eq!(bob.read_only("Secret"), "hello");
    bob.permit("clipboard-write", "granted");
    bob.press("Copy secret");
    bob.until("a copy", || (bob.clipboard() == "hello").then_some(()).ok_or_else(|| bob.clipboard()));
}

#[test]
fn denied_downloads_lose_nothing() {
    let site = Site::new();
    let (sender, bob) = (site.person(), Browser::with(&site, Device::phone()));
    let key = site.account("ann@example.com");
    sender.log_in_as(&site.server.address, "ann@example.com", &key).put("a.txt", "bytes");
    let shared = sender.run(&["share", "a.txt"]);
    let folder = bob.driver().downloads();
    let downloads = |behavior: &str| {
        let wish = json!({ "behavior": behavior, "downloadPath": folder });
        bob.driver().chromium("Browser.setDownloadBehavior", &wish);
    };
    downloads("deny");
    bob.open(shared.stdout.trim());
    bob.see("Saving files can fail inside a mail app: open this page in your browser first");
    bob.find(Kind::Button, "Copy link");
    bob.press("Reveal secret");
    bob.press("Save a.txt");
    bob.press("Save a.txt");
    downloads("allow");
    bob.press("Save a.txt");
    assert_eq!(saved(&bob, "a.txt"), b"bytes");
    std::fs::remove_file(folder.join("a.txt")).unwrap();
    bob.press("Save a.txt");
    assert_eq!(saved(&bob, "a.txt"), b"bytes", "every way can be tried again");
    bob.press("I have it, forget it now");
    bob.see("Forgotten. Nothing of this secret is left on this server.");
    assert!(!bob.has(Kind::Button, "Save a.txt"));
}

/// Nothing is wider than the screen, what is touched is large enough, and fields do not make the phone zoom.
#[test]
fn a_phone_can_be_used_with_a_thumb() {
    const SMALL: &str = "
        const seen = e => e.checkVisibility() && e.getBoundingClientRect().height > 1;
        const touched = [...document.querySelectorAll('main :is(button, input, textarea, select)')];
        return touched.filter(seen).filter(e => e.type !== 'file').flatMap(e => {
            const small = e.getBoundingClientRect().height < (e.type === 'checkbox' ? 20 : 44);
            const zooms = e.tagName !== 'BUTTON' && parseFloat(getComputedStyle(e).fontSize) < 16;
            return small || zooms ? [e.outerHTML] : [];
        });";
    let site = Site::new();
    let (ann, bob) = (Browser::with(&site, Device::phone()), Browser::with(&site, Device::phone()));
    ann.open("/");
    ann.see_heading("Share a secret");
    assert_eq!(ann.ask(SMALL), json!([]));
    let link = ann.share_with("hello", "right");
    assert_eq!(ann.ask(SMALL), json!([]));
    bob.open(&link);
    bob.find(Kind::Button, "Reveal secret");
    assert_eq!(bob.ask(SMALL), json!([]));
    let capitals = bob.find(Kind::Field, "Passphrase").attribute("autocapitalize").unwrap();
    assert_eq!(capitals.as_deref(), Some("none"));
    bob.fill("Passphrase", "right");
    bob.press("Reveal secret");
    assert_eq!(bob.secret(), "hello");
    assert_eq!(bob.ask(SMALL), json!([]));
    let key = site.account("ann@example.com");
    site.person().log_in_as(&site.server.address, "ann@example.com", &key).share("hello", &[]);
    ann.sign_in("ann@example.com", &key);
    for page in ["/recent", "/account", "/signin"] {
        ann.open(page);
        ann.find(Kind::Main, "");
        assert_eq!(ann.ask(SMALL), json!([]), "{page}");
    }
}
