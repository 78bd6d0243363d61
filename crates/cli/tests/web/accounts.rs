//! Signing in, keys for programs, passwords, invitations, signing out.

use crate::browser::Browser;
use crate::element::Kind;
use crate::site::Site;

const EMAIL: &str = "ann@example.com";
const PASSWORD: &str = "an umbrella in June";

fn is_accepted(site: &Site, key: &str) -> bool {
    site.server.get_as("/api/v1/authcheck", EMAIL, key).status == 200
}

#[test]
fn a_wrong_password_and_an_unknown_address_are_answered_alike() {
    let site = Site::new();
    site.account(EMAIL);
    let ann = Browser::new(&site);
    ann.tolerate("the server responded with a status of 4");
    let mut answers = Vec::new();
    for email in [EMAIL, "nobody@example.com"] {
        ann.open("/signin");
        ann.see_heading("Sign in");
        ann.fill("E-mail", email);
        ann.fill("Password or API key", "not the password");
        ann.press("Sign in");
        ann.until("a refusal", || {
            let alerts = ann.texts(Kind::Alert);
            (!alerts.is_empty()).then_some(()).ok_or_else(|| "no alert".to_owned())
        });
        answers.push((ann.texts(Kind::Alert), ann.status_code()));
        assert_eq!(ann.value("E-mail"), email, "what was typed stays");
        assert!(!ann.has(Kind::Button, "Sign out"));
    }
    assert_eq!(answers[0], answers[1]);
}

#[test]
fn a_key_for_a_program_is_made_used_and_revoked() {
    let site = Site::new();
    let ann = Browser::new(&site);
    let first = site.account(EMAIL);
    ann.sign_in(EMAIL, &first);
    ann.follow("Account");
    ann.see_heading("Account");
    ann.see_heading("API keys");
    ann.fill("Key label", "Power Automate");
    ann.press("Create API key");
    let key = ann.read_only("New API key");
    assert!(key.len() >= 40 && is_accepted(&site, &key), "{key}");
    ann.press("Copy API key");
    ann.until("a copy", || (ann.clipboard() == key).then_some(()).ok_or_else(|| ann.clipboard()));
    // It is shown once.
    ann.open("/account");
    ann.find(Kind::Button, "Revoke Power Automate");
    assert!(!ann.has(Kind::Textbox, "New API key") && !ann.text().contains(&key));
    ann.press("Revoke Power Automate");
    if ann.has(Kind::Dialog, "Revoke Power Automate") {
        ann.press("Revoke");
    }
    ann.see_gone(Kind::Button, "Revoke Power Automate");
    assert!(!is_accepted(&site, &key) && is_accepted(&site, &first));
}

#[test]
fn an_invitation_sets_a_password_that_signs_in() {
    let site = Site::new();
    let (ann, bob) = (Browser::new(&site), Browser::new(&site));
    let invitation = site.invite(EMAIL);
    ann.tolerate("the server responded with a status of 4");
    ann.open(&invitation);
    ann.see_heading("Set your password");
    ann.see(EMAIL);
    ann.fill("New password", "too short");
    ann.press("Set password");
    ann.see_heading("Set your password");
    ann.fill("New password", PASSWORD);
    ann.press("Set password");
    ann.find(Kind::Button, "Sign out");
    ann.press("Sign out");
    ann.find(Kind::Link, "Sign in");
    ann.sign_in(EMAIL, PASSWORD);
    // An invitation is accepted once.
    bob.tolerate("the server responded with a status of 4");
    bob.open(&invitation);
    bob.find(Kind::Main, "");
    assert!(!bob.has(Kind::Field, "New password") && bob.status_code() >= 400);
}

/// The way back after a forgotten password, which says what it costs before it acts.
#[test]
fn an_invitation_to_an_account_says_what_it_ends() {
    let site = Site::new();
    let (ann, bob) = (Browser::new(&site), Browser::new(&site));
    let key = site.account(EMAIL);
    ann.sign_in(EMAIL, &key);
    ann.open("/account");
    ann.fill("New password", "the one that is lost");
    ann.press("Change password");
    ann.see_status("The password was changed. Other sessions are signed out.");
    let invitation = site.invite(EMAIL);
    bob.open(&invitation);
    bob.see("its list of earlier secrets starts empty");
    assert!(is_accepted(&site, &key), "looking changes nothing");
    bob.fill("New password", PASSWORD);
    bob.press("Set password");
    bob.find(Kind::Button, "Sign out");
    assert!(!is_accepted(&site, &key));
    ann.open("/recent");
    ann.see_heading("Sign in");
    bob.open("/recent");
    bob.see("Nothing here yet.");
}

#[test]
fn a_password_is_changed_and_everything_is_signed_out() {
    let site = Site::new();
    let (ann, phone) = (Browser::new(&site), Browser::new(&site));
    ann.tolerate("the server responded with a status of 4");
    ann.open(&site.invite(EMAIL));
    ann.fill("New password", PASSWORD);
    ann.press("Set password");
    ann.find(Kind::Button, "Sign out");
    phone.sign_in(EMAIL, PASSWORD);
    ann.open("/account");
    ann.see_heading("Password");
    ann.fill("Current password", "not the password");
    ann.fill("New password", "a parasol in July");
    ann.press("Change password");
    ann.see_alert("The current password does not match. Nothing was changed.");
    ann.fill("Current password", PASSWORD);
    ann.fill("New password", "a parasol in July");
    ann.press("Change password");
    ann.see_status("The password was changed. Other sessions are signed out.");
    phone.open("/account");
    phone.see_heading("Sign in");
    phone.sign_in(EMAIL, "a parasol in July");
    ann.open("/account");
    ann.see_heading("Sessions");
    ann.press("Sign out everywhere");
    ann.see_gone(Kind::Button, "Sign out everywhere");
    for browser in [&ann, &phone] {
        browser.open("/account");
        browser.see_heading("Sign in");
    }
}

/// Who has to sign in first comes back to where he wanted to go.
#[test]
fn signing_in_leads_on() {
    let site = Site::new();
    let ann = Browser::new(&site);
    let key = site.account(EMAIL);
    ann.open("/recent");
    ann.see_heading("Sign in");
    ann.fill("E-mail", EMAIL);
    ann.fill("Password or API key", &key);
    ann.press("Sign in");
    ann.see_heading("Recent secrets");
    // Nobody is led elsewhere by a link.
    ann.press("Sign out");
    ann.open("/signin?to=//evil.example/");
    ann.fill("E-mail", EMAIL);
    ann.fill("Password or API key", &key);
    ann.press("Sign in");
    ann.find(Kind::Button, "Sign out");
    assert!(ann.url().starts_with(&site.origin()), "{}", ann.url());
}
