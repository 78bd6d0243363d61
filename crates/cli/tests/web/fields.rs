//! What browsers must not send elsewhere: fields and elements with a secret in them are neither checked for spelling by
//! a service, nor filled in, nor translated.

use crate::browser::Browser;
use crate::element::Kind;
use crate::site::Site;
use serde_json::json;

/// Elements in which one of the texts stands, and what they lack.
const LEAKS: &str = "
    const wanted = { spellcheck: 'false', autocomplete: ['off', 'new-password', 'current-password'], translate: 'no' };
    const texts = arguments[0];
    const holds = e => texts.some(text => String(e.value ?? '').includes(text) ||
        [...e.childNodes].some(node => node.nodeType === 3 && node.data.includes(text)));
    return [...document.body.querySelectorAll('*')].filter(holds).flatMap(e => {
        const has = (name, values) => values.includes((e.closest('[' + name + ']') ?? e).getAttribute(name));
        const field = 'value' in e && e.tagName !== 'BUTTON' && e.type !== 'hidden';
        const missing = Object.entries(wanted)
            .filter(([name, values]) => (field || name === 'translate') && !has(name, [values].flat()));
        return missing.map(([name]) => name + ': ' + e.outerHTML.slice(0, 200));
    });";

#[track_caller]
fn assert_sealed(browser: &Browser, texts: &[&str]) {
    let leaks = browser.driver().run(LEAKS, &[json!(texts)]).expect("a script");
    assert_eq!(leaks, json!([]));
    let shown = browser.ask("return document.documentElement.outerHTML + [...document.querySelectorAll('input, textarea')].map(e => e.value)");
    let is_there = texts.iter().any(|text| shown.as_str().unwrap_or_default().contains(text));
    assert!(is_there, "nothing to look at");
}

#[test]
fn fields_with_secrets_are_nobody_elses() {
    let site = Site::new();
    let (ann, bob) = (Browser::new(&site), Browser::new(&site));
    let (secret, passphrase) = ("CANARY-SECRET", "CANARY-PHRASE");
    ann.open("/");
    ann.fill("Secret", secret);
    ann.fill("Passphrase", passphrase);
    ann.press("Show passphrase");
    assert_sealed(&ann, &[secret, passphrase]);
    let link = ann.create_link();
    assert_sealed(&ann, &[passphrase, &link]);
    bob.open(&link);
    bob.fill("Passphrase", passphrase);
    assert_sealed(&bob, &[passphrase]);
    bob.press("Reveal secret");
    bob.secret();
    assert_sealed(&bob, &[secret]);
}

#[test]
fn credentials_are_nobody_elses() {
    let site = Site::new();
    let ann = Browser::new(&site);
    let key = site.account("ann@example.com");
    ann.open("/signin");
    ann.fill("Password or API key", &key);
    assert_sealed(&ann, &[&key]);
    ann.sign_in("ann@example.com", &key);
    ann.open("/account");
    ann.press("Create API key");
    let made = ann.read_only("New API key");
    assert_sealed(&ann, &[&made]);
    ann.find(Kind::Button, "Copy API key");
}
