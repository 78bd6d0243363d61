//! Languages: chosen by the browser, or by the person, who wins.

use crate::browser::Browser;
use crate::device::Device;
use crate::element::Kind;
use crate::site::Site;
use serde_json::json;

const LANGUAGE: &str =
    "const e = document.documentElement; return [e.lang, e.dir, getComputedStyle(e).direction]";

#[test]
fn the_browsers_language_is_spoken() {
    let site = Site::new();
    for (asked, tag, direction) in
        [("de-AT", "de", "ltr"), ("ar", "ar", "rtl"), ("xx", "en", "ltr"), ("pt-BR", "pt-BR", "ltr")]
    {
        let ann = Browser::with(&site, Device::speaking(asked));
        ann.open("/");
        assert_eq!(ann.ask(LANGUAGE), json!([tag, direction, direction]), "{asked}");
        let is_english = ann.text().contains("Share a secret");
        assert_eq!(is_english, tag == "en", "{asked}");
    }
}

#[test]
fn a_choice_stays() {
    let site = Site::new();
    let ann = Browser::new(&site);
    ann.open("/");
    ann.choose("Language", "العربية");
    if ann.has(Kind::Button, "Change language") {
        ann.press("Change language");
    }
    ann.until("another language", || {
        let language = ann.ask(LANGUAGE);
        (language == json!(["ar", "rtl", "rtl"])).then_some(()).ok_or_else(|| language.to_string())
    });
    ann.open("/about");
    assert_eq!(ann.ask(LANGUAGE), json!(["ar", "rtl", "rtl"]));
    ann.open("/signin");
    assert_eq!(ann.ask(LANGUAGE), json!(["ar", "rtl", "rtl"]));
}

/// Without a script there is a button to press.
#[test]
fn a_choice_needs_no_script() {
    let site = Site::new();
    let ann = Browser::with(&site, Device::without_scripts());
    ann.open("/about");
    ann.choose("Language", "Deutsch");
    ann.press("Change language");
    ann.until("another language", || {
        let language = ann.ask(LANGUAGE);
        (language == json!(["de", "ltr", "ltr"])).then_some(()).ok_or_else(|| language.to_string())
    });
    assert!(ann.url().ends_with("/about"), "the same page: {}", ann.url());
}
