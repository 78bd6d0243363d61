//! With keys alone: everything can be reached, where one is can be seen.

use crate::browser::Browser;
use crate::element::Kind;
use crate::site::Site;
use serde_json::json;

const TAB: &str = "\u{e004}";
pub(crate) const ENTER: &str = "\u{e007}";

/// Presses Tab until the focus is on what is called so. Each stop on the way can be seen.
#[track_caller]
pub(crate) fn tab_to(browser: &Browser, name: &str) {
    const FOCUS: &str = "
        const e = document.activeElement, s = getComputedStyle(e), box = e.getBoundingClientRect();
        const drawn = s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 && box.width > 1;
        return e === document.body || drawn ? '' : e.outerHTML;";
    let mut stops = Vec::new();
    for _ in 0..60 {
        browser.keys(TAB);
        assert_eq!(browser.ask(FOCUS), json!(""), "the focus cannot be seen");
        let stop = browser.focused();
        if stop == name {
            return;
        }
        stops.push(stop);
    }
    unreachable!("“{name}” is not reached: {stops:?}");
}

#[test]
fn a_secret_is_shared_and_read_with_keys_alone() {
    let site = Site::new();
    let (ann, bob) = (Browser::new(&site), Browser::new(&site));
    ann.open("/");
    ann.see_heading("Share a secret");
    tab_to(&ann, "Secret");
    ann.keys("hello");
    tab_to(&ann, "Passphrase");
    ann.keys("right");
    tab_to(&ann, "Create link");
    ann.keys(ENTER);
    ann.see_heading("Your link is ready");
    let link = ann.read_only("Link");
    // Who cannot see that the page changed is taken to what is new.
    assert_eq!(ann.focused(), "Your link is ready");
    tab_to(&ann, "Copy link");
    ann.keys(ENTER);
    ann.see_status("Link copied");

    bob.open(&link);
    bob.see_heading("Someone sent you a secret");
    tab_to(&bob, "Passphrase");
    bob.keys("right");
    bob.keys(ENTER);
    assert_eq!(bob.secret(), "hello");
    assert_eq!(bob.focused(), "Your secret");
    tab_to(&bob, "Copy secret");
    bob.keys(ENTER);
    bob.until("a copy", || (bob.clipboard() == "hello").then_some(()).ok_or_else(|| bob.clipboard()));
}

#[test]
fn a_secret_is_burned_with_keys_alone() {
    let site = Site::new();
    let (ann, bob) = (Browser::new(&site), Browser::new(&site));
    let link = ann.share("hello");
    ann.follow("Open the receipt");
    ann.see_heading("Receipt");
    tab_to(&ann, "Burn secret");
    ann.keys(ENTER);
    ann.find(Kind::Dialog, "Burn this secret?");
    // The focus is in the dialog, and not on what destroys.
    assert_ne!(ann.focused(), "Burn it");
    tab_to(&ann, "Burn it");
    ann.keys(ENTER);
    ann.see_status("Burned");
    bob.find_nothing(&link);
}

#[test]
fn the_first_stop_leads_past_the_navigation() {
    let site = Site::new();
    let ann = Browser::new(&site);
    for page in ["/", "/signin", "/about"] {
        ann.open(page);
        ann.find(Kind::Main, "");
        ann.keys(TAB);
        assert_eq!(ann.focused(), "Skip to content");
        ann.keys(ENTER);
        ann.until("the content", || {
            let is_inside = ann.ask("return document.activeElement.closest('main') !== null");
            is_inside.as_bool().filter(|inside| *inside).map(drop).ok_or_else(|| "not there".to_owned())
        });
    }
}
