//! The list of what somebody shared: labels and times, never a link.

use crate::browser::Browser;
use crate::element::Kind;
use crate::habits::parts;
use crate::site::Site;

#[test]
fn what_was_shared_is_listed_searched_and_burned() {
    let site = Site::new();
    let (ann, bob) = (Browser::new(&site), Browser::new(&site));
    let key = site.account("ann@example.com");
    ann.sign_in("ann@example.com", &key);
    ann.follow("Recent secrets");
    ann.see("Nothing here yet. What you share while signed in stays listed for twice its lifetime.");
    let mut links = Vec::new();
    for label in ["VPN for Ann", "<i>Printer</i>", ""] {
        ann.open("/");
        ann.fill("Secret", "hello");
        ann.fill("Label", label);
        links.push(ann.create_link());
    }
    // What programs made is in it too.
    let program = site.person();
    program.log_in_as(&site.server.address, "ann@example.com", &key);
    program.share("hello", &["--label", "By a program"]);
    bob.reveal(&links[1]);

    ann.open("/recent");
    ann.find(Kind::Table, "Recent secrets");
    let listed = ["By a program", "Untitled", "<i>Printer</i>", "VPN for Ann"];
    let links_shown = || ann.names(Kind::Link).into_iter().filter(|name| listed.contains(&name.as_str()));
    assert_eq!(links_shown().collect::<Vec<_>>(), listed, "newest first");
    for link in &links {
        let page = ann.ask("return document.documentElement.outerHTML");
        assert!(!page.to_string().contains(parts(link).0), "never a link");
    }
    ann.see("Opened");
    assert!(!ann.has(Kind::Button, "Burn <i>Printer</i>"), "what is opened cannot be burned");

    ann.find(Kind::Searchbox, "Search");
    // What is typed narrows the page, and Enter searches the whole list.
    ann.fill("Search", "vpn");
    ann.see_gone(Kind::Link, "By a program");
    ann.keys("\u{e007}");
    ann.until("a search", || {
        let shown: Vec<_> = links_shown().collect();
        (shown == ["VPN for Ann"]).then_some(()).ok_or_else(|| format!("{shown:?}"))
    });
    ann.open("/recent");
    ann.choose("State", "Opened");
    ann.until("a filter", || {
        let shown: Vec<_> = links_shown().collect();
        (shown == ["<i>Printer</i>"]).then_some(()).ok_or_else(|| format!("{shown:?}"))
    });
    ann.open("/recent");
    ann.press("Burn VPN for Ann");
    ann.find(Kind::Dialog, "Burn this secret?");
    ann.press("Burn it");
    ann.see("Burned");
    bob.find_nothing(&links[0]);
    ann.open("/recent");
    ann.see_gone(Kind::Button, "Burn VPN for Ann");
    ann.follow("By a program");
    ann.see_heading("Receipt");
    ann.see("By a program");
}

/// A reader never learns the label.
#[test]
fn labels_are_the_senders_alone() {
    let site = Site::new();
    let (ann, bob) = (Browser::new(&site), Browser::new(&site));
    ann.sign_in("ann@example.com", &site.account("ann@example.com"));
    ann.open("/");
    ann.fill("Secret", "hello");
    ann.fill("Label", "VPN for Ann");
    let link = ann.create_link();
    bob.reveal(&link);
    let page = bob.ask("return document.documentElement.outerHTML").to_string();
    assert!(!page.contains("VPN"), "{page}");
    bob.open("/");
    assert!(!bob.has(Kind::Textbox, "Label"), "labels are for who is signed in");
}

/// Fifty a page.
#[test]
fn a_long_list_has_pages() {
    let site = Site::new();
    let ann = Browser::new(&site);
    let key = site.account("ann@example.com");
    for number in 0..55 {
        let form = format!("secret=x&memo=number%20{number}");
        let made = site.server.post_as("/api/v1/share", &form, "ann@example.com", &key);
        assert_eq!(made.status, 200, "{made:?}");
    }
    ann.sign_in("ann@example.com", &key);
    ann.open("/recent");
    let rows = || ann.ask("return document.querySelectorAll('tbody tr').length");
    assert_eq!(rows(), 50);
    ann.see("number 54");
    ann.follow("Older");
    ann.see("number 0");
    assert_eq!(rows(), 5);
    ann.follow("Newer");
    ann.see("number 54");
}
