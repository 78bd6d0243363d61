//! The same pages where no script ever runs: plain forms, sealed on the server, and saying so.

use crate::browser::Browser;
use crate::device::Device;
use crate::element::Kind;
use crate::site::Site;

fn browser(site: &Site) -> Browser {
    Browser::with(site, Device::without_scripts())
}

#[test]
fn a_text_is_shared_and_read() {
    let site = Site::new();
    let (ann, bob, eve) = (browser(&site), browser(&site), Browser::new(&site));
    ann.open("/");
    ann.see("Sealed on the server");
    ann.see("because JavaScript is off");
    ann.fill("Secret", " first\n<b>second</b> 🔥\n");
    let link = ann.create_link();
    assert!(!link.contains('#') && ann.url() == format!("{}/", site.origin()), "{link} {}", ann.url());
    bob.open(&link);
    bob.see_heading("Someone sent you a secret");
    bob.reload();
    bob.press("Reveal secret");
    // Forms send line ends as CR LF; what is shown has the lines.
    assert_eq!(bob.secret(), " first\n<b>second</b> 🔥\n");
    bob.see("This link is used up: nobody else can open it.");
    eve.find_nothing(&link);
}

#[test]
fn a_wrong_passphrase_uses_nothing_up_and_a_reload_shows_it_again() {
    let site = Site::new();
    let (ann, bob) = (browser(&site), browser(&site));
    let link = ann.share_with("hello", "schön & gut");
    assert_eq!(ann.read_only("Passphrase"), "schön & gut");
    bob.tolerate_not_found();
    bob.tolerate("the server responded with a status of 4");
    bob.open(&link);
    bob.fill("Passphrase", "wrong");
    bob.press("Reveal secret");
    bob.see_alert("That passphrase does not match. Nothing was used up; try again.");
    bob.fill("Passphrase", "schön & gut");
    bob.press("Reveal secret");
    assert_eq!(bob.secret(), "hello");
    bob.reload();
    assert_eq!(bob.secret(), "hello");
    bob.press("I have it, forget it now");
    bob.see("Forgotten. Nothing of this secret is left on this server.");
    bob.see_no("hello");
    bob.find_nothing(&link);
}

/// What was sealed on a device needs scripts; that is said, and nothing is used up.
#[test]
fn a_link_that_needs_scripts_says_so() {
    let site = Site::new();
    let (ann, bob, dan) = (Browser::new(&site), browser(&site), Browser::new(&site));
    let link = ann.share("hello");
    bob.open(&link);
    bob.see("JavaScript");
    assert!(!bob.has(Kind::Button, "Reveal secret"));
    assert_eq!(dan.reveal(&link), "hello");
}

/// What was written is in no history; a page that says to try again has it still.
#[test]
fn a_form_that_got_nowhere_is_sent_again() {
    let site = Site::configured(&[("BURNBAG_THROTTLE", "1/15s")]);
    let (ann, bob) = (browser(&site), browser(&site));
    for somebody in [&ann, &bob] {
        somebody.tolerate("the server responded with a status of 4");
    }
    ann.share("the first");
    ann.open("/");
    ann.fill("Secret", " first\n\n<b>\"second\"</b> & third\n");
    ann.press("Create link");
    ann.see_heading("Something went wrong");
    ann.see_alert("Too many tries for now. Wait 1 minute and try again. Nothing was used up.");
    ann.until("a link", || {
        ann.press("Create link");
        ann.has(Kind::Heading, "Your link is ready").then_some(()).ok_or_else(|| "not yet".to_owned())
    });
    let link = ann.read_only("Link");
    // He comes from the same address.
    bob.until("the secret", || {
        bob.open(&link);
        bob.press("Reveal secret");
        bob.has(Kind::Heading, "Your secret").then_some(()).ok_or_else(|| "not yet".to_owned())
    });
    assert_eq!(bob.secret(), " first\n\n<b>\"second\"</b> & third\n");
}

/// The receipt and burning work too.
#[test]
fn a_secret_is_burned() {
    let site = Site::new();
    let (ann, bob) = (browser(&site), browser(&site));
    let link = ann.share("hello");
    ann.follow("Open the receipt");
    ann.see_status("Waiting to be opened");
    ann.press("Burn secret");
    ann.press("Burn it");
    ann.see_status("Burned");
    bob.find_nothing(&link);
}

#[test]
fn only_text_is_taken() {
    let site = Site::new();
    let ann = browser(&site);
    ann.open("/");
    assert!(!ann.has(Kind::Files, "Add files"));
    for button in ["Generate a password", "Suggest a passphrase", "Show passphrase"] {
        assert!(!ann.has(Kind::Button, button), "{button} does nothing here");
    }
}
