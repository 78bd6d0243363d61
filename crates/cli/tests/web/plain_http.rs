//! Without TLS, by a name that is no loopback: the administrator's first evening.

use crate::browser::Browser;
use crate::device::Device;
use crate::element::Kind;
use crate::site::Site;

#[test]
fn a_trial_is_sealed_on_the_server_and_says_why() {
    let site = Site::new();
    let (ann, bob) = (
        Browser::at(&site.plain_origin(), Device::default()),
        Browser::at(&site.plain_origin(), Device::default()),
    );
    ann.open("/");
    assert_eq!(ann.ask("return isSecureContext"), false);
    ann.see("This connection is not encrypted. Use it for a trial only.");
    ann.see("Sealed on the server");
    ann.see("because this page was not opened over https");
    ann.press("Generate a password");
    ann.press("Suggest a passphrase");
    ann.fill("Secret", "hello");
    ann.fill("Passphrase", "right");
    let link = ann.create_link();
    assert!(link.starts_with(&site.plain_origin()) && !link.contains('#'), "{link}");
    ann.press("Copy link");
    ann.see("Press Ctrl+C");
    bob.tolerate_not_found();
    bob.open(&link);
    bob.see("This connection is not encrypted.");
    bob.fill("Passphrase", "wrong");
    bob.press("Reveal secret");
    bob.see_alert("That passphrase does not match. Nothing was used up; try again.");
    bob.fill("Passphrase", "right");
    bob.press("Reveal secret");
    assert_eq!(bob.secret(), "hello");
}

#[test]
fn where_https_is_set_up_it_is_pointed_to() {
    let site = Site::serving(&["--public-url", "https://secrets.example"]);
    let ann = Browser::at(&site.plain_origin(), Device::default());
    ann.open("/");
    ann.see("Open https://secrets.example");
    assert!(ann.names(Kind::Button).iter().all(|name| name != "Create link"));
    assert!(!ann.has(Kind::Textbox, "Secret"));
    // The way there keeps what a link alone would lose.
    let part = format!("/secret/{}#{}", "k".repeat(31), "F".repeat(23));
    ann.open(&part);
    ann.see("This link opens over https only. Nothing has been opened.");
    let instead = ann.find(Kind::Link, "Open https://secrets.example instead").attribute("href");
    assert_eq!(instead.unwrap().unwrap(), format!("https://secrets.example{part}"));
}

#[test]
fn a_link_sealed_on_a_device_waits_for_https() {
    let site = Site::new();
    let (ann, bob, dan) =
        (Browser::new(&site), Browser::at(&site.plain_origin(), Device::default()), Browser::new(&site));
    let link = ann.share("hello");
    bob.open(&link.replace(&site.origin(), &site.plain_origin()));
    bob.see("This link opens over https only. Nothing has been opened.");
    assert!(!bob.has(Kind::Button, "Reveal secret"));
    assert_eq!(dan.reveal(&link), "hello");
}
