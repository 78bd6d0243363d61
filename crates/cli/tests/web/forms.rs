//! Who signed in does nothing that another site made him do.

use crate::browser::Browser;
use crate::site::Site;
use crate::visitor::Visitor;

/// With the cookie, without what our own forms carry: refused.
#[test]
fn a_form_of_somebody_else_is_refused() {
    let site = Site::new();
    let (ann, visitor) = (Browser::new(&site), Visitor::new(&site));
    let key = site.account("ann@example.com");
    ann.sign_in("ann@example.com", &key);
    let cookies = ann.cookies();
    let session = cookies.iter().find(|cookie| cookie["name"].as_str().unwrap_or("").contains("session"));
    let session = session.unwrap_or_else(|| panic!("no session among {cookies:?}"));
    assert_eq!((&session["httpOnly"], &session["path"]), (&true.into(), &"/".into()));
    let same_site = session["sameSite"].as_str().unwrap();
    assert!(same_site == "Lax" || same_site == "Strict", "{session}");
    let cookie = format!("{}={}", session["name"].as_str().unwrap(), session["value"].as_str().unwrap());
    let shared = ann.share("hello");
    ann.follow("Open the receipt");
    ann.see_heading("Receipt");
    let receipt = ann.url();
    let burn = format!("{}/burn", receipt.trim_start_matches(&site.origin()));
    let forged = "form_token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    for (path, form) in [
        ("/account/keys", "label=evil"),
        ("/account/password", "password=a%20password%20of%20mine"),
        ("/account/signout", ""),
        ("/signout", ""),
        (burn.as_str(), ""),
        ("/", "secret=hello&ttl=3600"),
    ] {
        for token in ["", forged] {
            let form = format!("{form}&{token}");
            let answered = visitor.send("POST", path, &[("Cookie", &cookie)], Some(&form));
            assert!((400..500).contains(&answered.status), "{path}: {answered:?}");
        }
        let foreign = [("Cookie", cookie.as_str()), ("Origin", "https://evil.example")];
        let answered = visitor.send("POST", path, &foreign, Some(form));
        assert!((400..500).contains(&answered.status), "{path}: {answered:?}");
    }
    ann.open("/account");
    ann.see_heading("Account");
    ann.see_no("evil");
    let bob = Browser::new(&site);
    assert_eq!(bob.reveal(&shared), "hello", "nothing was burned");
}

/// The v1 API knows no cookies: what a page elsewhere sends along proves nothing there.
#[test]
fn a_cookie_signs_nobody_in_at_the_api() {
    let site = Site::new();
    let (ann, visitor) = (Browser::new(&site), Visitor::new(&site));
    ann.sign_in("ann@example.com", &site.account("ann@example.com"));
    let cookies = ann.cookies();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let all: Vec<_> = cookies
        .iter()
        .map(|cookie| format!("{}={}", text(&cookie["name"]), text(&cookie["value"])))
        .collect();
    let all = all.join("; ");
    let answered = visitor.send("GET", "/api/v1/private/recent", &[("Cookie", &all)], None);
    assert!(answered.status == 404 || answered.status == 401, "{answered:?}");
}
