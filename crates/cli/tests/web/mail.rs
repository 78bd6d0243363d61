//! Where the server sends mail: recipients, what the guarantee is then, notifications, signing up, and forgotten passwords.
//! Nothing arrives here: the mail server is not reached.

use crate::browser::Browser;
use crate::device::Device;
use crate::element::Kind;
use crate::keyboard::{ENTER, tab_to};
use crate::site::{PUBLIC_URL, Site};
use burnbag_core::time::Timestamp;
use burnbag_store::sqlite::{DataDir, Sqlite};
use burnbag_store::{Stamp, Store};
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::json;
use std::time::{SystemTime, UNIX_EPOCH};

const EMAIL: &str = "ann@example.com";
const FIELD: &str = "Send to (e-mail)";
const ON_DEVICE: &str = "Sealed on your device";
const BY_MAIL: &str = "Sealed on the server because the server will mail the link";
const NOT_MAILED: &str =
    "Files are sealed on your device, so this server cannot mail the link. Copy it and send it yourself.";

/// Ann, signed in, with the form before her.
fn ann(site: &Site, device: Device) -> Browser {
    let key = site.account(EMAIL);
    let ann = Browser::with(site, device);
    ann.sign_in(EMAIL, &key);
    ann.open("/");
    ann
}

/// The path of a link, which starts with the public URL.
fn path(link: &str) -> String {
    let path = link.strip_prefix(PUBLIC_URL).unwrap_or_else(|| unreachable!("{link}"));
    assert!(!path.contains('#'), "{link}");
    path.to_owned()
}

/// The sizes of Ann's list.
#[track_caller]
fn see_listed(ann: &Browser, count: u64) {
    ann.open("/recent");
    ann.see_heading("Recent secrets");
    assert_eq!(ann.ask("return document.querySelectorAll('tbody tr').length"), count);
}

#[test]
fn the_guarantee_changes_before_it_is_pressed() {
    let site = Site::mailing(&[]);
    let (ann, bob) = (ann(&site, Device::default()), Browser::new(&site));
    ann.see(ON_DEVICE);
    ann.see_no("Sealed on the server");
    ann.fill("Secret", "hello");
    ann.fill(FIELD, "bob@example.com");
    ann.see(BY_MAIL);
    ann.see_no(ON_DEVICE);
    ann.fill(FIELD, "");
    ann.see(ON_DEVICE);
    ann.see_no(BY_MAIL);
    ann.fill(FIELD, "bob@example.com");
    ann.fill("Passphrase", "four words");
    let link = ann.create_link();
    ann.see_status("A mail with the link is on its way to bob@example.com.");
    ann.see(BY_MAIL);
    assert_eq!(ann.read_only("Passphrase"), "four words");
    assert_eq!(bob.reveal_with(&path(&link), "four words"), "hello");
    ann.follow("Open the receipt");
    ann.see_status("Opened");
    // Without an address everything is as before.
    ann.open("/");
    ann.fill("Secret", "again");
    let link = ann.create_link();
    assert!(link.contains('#'), "{link}");
}

#[test]
fn what_waits_says_so_on_the_receipt() {
    let site = Site::mailing(&[]);
    let ann = ann(&site, Device::default());
    ann.fill("Secret", "hello");
    ann.fill(FIELD, "bob@example.com");
    ann.create_link();
    ann.follow("Open the receipt");
    ann.see_status("Waiting to be opened");
    ann.see("bo*****@e*****.com");
    ann.see("The mail waits to be sent.");
    ann.press("Burn secret");
    ann.press("Burn it");
    ann.see_status("Burned");
    ann.see_no("The mail waits to be sent.");
}

/// Says what a mail server says, in its place.
fn answer(site: &Site, stamp: Stamp) {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).expect("a time").as_secs();
    let now = Timestamp(i64::try_from(seconds).expect("a time"));
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        let dir = DataDir::existing(&site.data.path("")).expect("the data");
        let store = Sqlite::open(&dir, &mut StdRng::seed_from_u64(7)).expect("the store");
        // Also one that the server tries to send just now.
        let due = now.after(2 * 3600);
        let mail = store.pick_mail(due, due.after(60)).await.expect("the store").expect("a mail");
        store.stamp_mail(&mail, stamp, now).await.expect("the store");
    });
}

#[test]
fn a_receipt_says_by_itself_what_became_of_the_mail() {
    let site = Site::mailing(&[]);
    let ann = ann(&site, Device::default());
    for (stamp, says) in [
        (Stamp::Sent, "Mailed"),
        (Stamp::Refused(550), "Not mailed: the mail server refused it (550). Send the link yourself."),
    ] {
        ann.open("/");
        ann.fill("Secret", "hello");
        ann.fill(FIELD, "bob@example.com");
        ann.create_link();
        ann.follow("Open the receipt");
        ann.see("The mail waits to be sent.");
        ann.ask("window.stayed = true");
        answer(&site, stamp);
        ann.see(says);
        ann.see_no("The mail waits to be sent.");
        ann.see_no("UTC");
        assert_eq!(ann.ask("return window.stayed"), true, "the page was loaded again");
        ann.see_status("Waiting to be opened");
        let times =
            ann.ask("return [...document.querySelectorAll('#timeline time')].map(time => time.dateTime)");
        assert_eq!(times.as_array().map(Vec::len), Some(if says == "Mailed" { 3 } else { 2 }), "{times}");
    }
}

#[test]
fn several_recipients_with_keys_alone() {
    let site = Site::mailing(&[]);
    let (ann, bob) = (ann(&site, Device::default()), Browser::new(&site));
    ann.see_heading("Share a secret");
    tab_to(&ann, "Secret");
    ann.keys("hello");
    tab_to(&ann, FIELD);
    ann.keys("bob@example.com");
    ann.keys(ENTER);
    ann.keys("dan@example.com; bob@example.com");
    tab_to(&ann, "Create link");
    ann.keys(ENTER);
    ann.see_heading("Your link is ready");
    ann.see("Each link is for one person and opens once. A mail with it is on its way.");
    ann.see_heading("bob@example.com");
    ann.see_heading("dan@example.com");
    let links: Vec<_> =
        (1..=2).map(|number| format!("return document.getElementById('link-{number}').value")).collect();
    let links: Vec<_> =
        links.iter().map(|script| ann.ask(script).as_str().unwrap_or_default().to_owned()).collect();
    assert_eq!(ann.names(Kind::Link).iter().filter(|name| *name == "Open the receipt").count(), 2);
    // The second of two.
    tab_to(&ann, "Copy link");
    tab_to(&ann, "Copy link");
    ann.keys(ENTER);
    ann.see_status("Link copied");
    assert_eq!(ann.clipboard(), links[1]);
    for link in &links {
        assert_eq!(bob.reveal(&path(link)), "hello");
    }
}

#[test]
fn files_are_not_mailed() {
    let site = Site::mailing(&[]);
    let (ann, person) = (ann(&site, Device::default()), site.person());
    person.put("a.txt", "bytes");
    let is_disabled = || {
        let field = ann.find(Kind::Field, FIELD);
        field.attribute("disabled").expect("an attribute").is_some()
    };
    ann.attach("Add files", &[person.path("a.txt")]);
    ann.see(NOT_MAILED);
    assert!(is_disabled());
    ann.press("Remove a.txt");
    ann.see_no(NOT_MAILED);
    assert!(!is_disabled());
    // An address that stands there already is not taken away, and nothing is sent.
    ann.fill(FIELD, "bob@example.com");
    ann.attach("Add files", &[person.path("a.txt")]);
    ann.see_alert(NOT_MAILED);
    ann.press("Create link");
    ann.see_alert(NOT_MAILED);
    ann.fill(FIELD, "");
    ann.see(ON_DEVICE);
    assert!(ann.create_link().contains('#'));
    see_listed(&ann, 1);
}

#[test]
fn a_wrong_address_is_named_and_what_was_typed_stays() {
    let site = Site::mailing(&[]);
    let devices = [("dora@example.com", Device::default()), ("emil@example.com", Device::without_scripts())];
    for (email, device) in devices {
        let key = site.account(email);
        let ann = Browser::with(&site, device);
        ann.tolerate("the server responded with a status of 422");
        ann.sign_in(email, &key);
        ann.open("/");
        ann.fill("Secret", "hello");
        ann.fill(FIELD, "bob@example.com, dan@");
        ann.press("Create link");
        ann.see_alert("Not an e-mail address: dan@.");
        assert_eq!((ann.value("Secret"), ann.value(FIELD)), ("hello".into(), "bob@example.com, dan@".into()));
        ann.fill(FIELD, "bob@example.com");
        ann.create_link();
        ann.see_status("A mail with the link is on its way to bob@example.com.");
        see_listed(&ann, 1);
    }
}

#[test]
fn pressing_twice_makes_one_set() {
    let site = Site::mailing(&[]);
    let ann = ann(&site, Device::default());
    ann.fill("Secret", "hello");
    ann.fill(FIELD, "bob@example.com dan@example.com");
    ann.ask(
        "const create = document.getElementById('create'); create.click(); create.click(); create.click()",
    );
    ann.see_heading("Your link is ready");
    // A reload sends the form again; the second one makes nothing.
    ann.reload();
    ann.see_heading("Recent secrets");
    see_listed(&ann, 2);
}

/// A limit on the way: the links that were made stand beside the form, which keeps the rest.
#[test]
fn a_limit_loses_nothing() {
    let site = Site::mailing(&[("BURNBAG_MAIL__PER_ACCOUNT", "2/3600s")]);
    let ann = ann(&site, Device::default());
    ann.tolerate("the server responded with a status of 429");
    ann.fill("Secret", "hello");
    ann.fill(FIELD, "bob@example.com dan@example.com eve@example.com");
    ann.press("Create link");
    ann.see_alert("The links below are made, and their mails are on their way. The addresses that are left stand in the form: wait 30 minutes and create their links.");
    ann.see_heading("Share a secret");
    ann.see_heading("dan@example.com");
    assert_eq!((ann.value("Secret"), ann.value(FIELD)), ("hello".into(), "eve@example.com".into()));
    ann.press("Copy link");
    ann.see_status("Link copied");
    assert!(ann.clipboard().starts_with(PUBLIC_URL));
    ann.see(BY_MAIL);
    see_listed(&ann, 2);
}

#[test]
fn notifications_are_chosen() {
    let site = Site::mailing(&[]);
    let ann = ann(&site, Device::phone());
    let names = ["Mail me when a secret is opened", "Mail me when a secret expires unopened"];
    let chosen = || {
        names.map(|name| {
            let checked = ann.find(Kind::Checkbox, name).run("return arguments[0].checked");
            checked.expect("a script") == json!(true)
        })
    };
    ann.follow("Account");
    ann.see_heading("Notifications");
    assert_eq!(chosen(), [false, false]);
    ann.click(Kind::Checkbox, names[1]);
    ann.press("Save");
    ann.see_status("Your choice is saved.");
    assert_eq!(chosen(), [false, true]);
    ann.reload();
    ann.open("/account");
    assert_eq!(chosen(), [false, true]);
    ann.click(Kind::Checkbox, names[1]);
    tab_to(&ann, "Save");
    ann.keys(ENTER);
    ann.see_status("Your choice is saved.");
    assert_eq!(chosen(), [false, false]);
}

#[test]
fn a_link_is_asked_for() {
    let site = Site::mailing(&[("BURNBAG_SIGNUP_DOMAINS", "example.com")]);
    site.account(EMAIL);
    let bob = Browser::with(&site, Device::without_scripts());
    bob.tolerate("the server responded with a status of 422");
    bob.open("/signin");
    bob.follow("Create an account");
    bob.see_heading("Create an account");
    bob.see("Accounts here are for addresses of example.com only.");
    bob.fill("E-mail", "bob@example.org");
    bob.press("Send me a link");
    bob.see_alert("Accounts here are for addresses of example.com only.");
    assert_eq!(bob.value("E-mail"), "bob@example.org");
    let mut answers = Vec::new();
    for (link, email) in [
        ("Create an account", "bob@example.com"),
        ("Create an account", EMAIL),
        ("Forgot your password?", EMAIL),
        ("Forgot your password?", "nobody@example.com"),
    ] {
        bob.open("/signin");
        bob.follow(link);
        bob.see_heading(link);
        bob.fill("E-mail", email);
        bob.press("Send me a link");
        bob.see("If this address may have an account here, a mail with a link is on its way. The link works for 72 hours.");
        answers.push(bob.text().replace("Forgot your password?", "Create an account"));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
}
