//! Links as mail systems leave them. None of them uses anything up, and each can be mended.

use crate::browser::Browser;
use crate::element::Kind;
use crate::habits::parts;
use crate::site::Site;

const INCOMPLETE: &str = "This link is not complete";

#[test]
fn an_encoded_number_sign_is_put_back() {
    for sign in ["%23", "%2523"] {
        let site = Site::new();
        let (ann, bob) = (Browser::new(&site), Browser::new(&site));
        let link = ann.share("hello");
        bob.open(&link.replace('#', sign));
        bob.see_heading("Someone sent you a secret");
        assert_eq!(bob.url(), link, "{sign}");
        let pages = bob.sent().into_iter().filter(|sent| sent.kind == "Document");
        assert_eq!(pages.count(), 1, "no page was asked for again");
        bob.press("Reveal secret");
        assert_eq!(bob.secret(), "hello");
    }
}

#[test]
fn a_link_that_was_cut_is_mended_by_pasting() {
    let site = Site::new();
    let (ann, bob) = (Browser::new(&site), Browser::new(&site));
    let link = ann.share("hello");
    let (key, fragment) = parts(&link);
    bob.keep_back(&link);
    let cut = [String::new(), "#".to_owned(), format!("#{}", &fragment[..20]), "#!".to_owned()];
    for end in cut {
        bob.open(&format!("/secret/{key}{end}"));
        bob.see_heading(INCOMPLETE);
        bob.see("Nothing has been opened.");
        assert!(!bob.has(Kind::Button, "Reveal secret"), "{end}");
    }
    bob.see("The part after # is missing; some mail systems cut it off. Paste the whole link here");
    bob.fill("Whole link", "nothing of the kind");
    bob.press("Continue");
    bob.see_heading(INCOMPLETE);
    bob.fill("Whole link", &format!(" <{link}> "));
    bob.press("Continue");
    bob.see_heading("Someone sent you a secret");
    bob.press("Reveal secret");
    assert_eq!(bob.secret(), "hello");
}

/// A whole fragment of another link opens nothing, and uses nothing up.
#[test]
fn a_wrong_fragment_uses_nothing_up() {
    let site = Site::new();
    let (ann, bob) = (Browser::new(&site), Browser::new(&site));
    let (link, other) = (ann.share("hello"), ann.share("other"));
    bob.tolerate_not_found();
    bob.open(&format!("/secret/{}#{}", parts(&link).0, parts(&other).1));
    bob.press("Reveal secret");
    bob.see("Nothing");
    bob.see_no("hello");
    assert!(!bob.has(Kind::Heading, "Your secret"));
    assert_eq!(bob.reveal(&link), "hello");
    assert_eq!(bob.reveal(&other), "other");
}
