//! A link is a link: what a browser made the program opens, and the other way round.

use crate::browser::Browser;
use crate::files::saved;
use crate::site::Site;

#[test]
fn the_program_opens_what_a_browser_made() {
    let site = Site::new();
    let (ann, bob) = (Browser::new(&site), site.person());
    let link = ann.share("first\nsecond");
    assert_eq!(bob.open(&link, &[]).stdout, "first\nsecond");
    bob.open(&link, &[]).assert(3, "");
    bob.put("right", "schön & gut").put("wrong", "schoen");
    let link = ann.share_with("hello", "schön & gut");
    bob.open(&link, &["--passphrase-file", "wrong"]).assert(4, "");
    assert_eq!(bob.open(&link, &["--passphrase-file", "right"]).stdout, "hello");

    ann.sign_in("ann@example.com", &site.account("ann@example.com"));
    ann.open("/");
    let path = ann.driver().folder().join("näme.bin");
    std::fs::write(&path, b"\x00\xff\r\n").unwrap();
    ann.attach("Add files", &[path]);
    ann.fill("Passphrase", "schön & gut");
    let link = ann.create_link();
    bob.open(&link, &["--output", "got", "--passphrase-file", "right"]).assert(0, "");
    assert_eq!(bob.get("got/näme.bin"), b"\x00\xff\r\n");
}

#[test]
fn a_browser_opens_what_the_program_made() {
    let site = Site::new();
    let (ann, bob) = (site.person(), Browser::new(&site));
    ann.log_in_as(&site.server.address, "ann@example.com", &site.account("ann@example.com"));
    ann.put("right", "schön & gut").put("a file.txt", "bytes");
    let protected = ["--passphrase-file", "right"];
    for sealed in ["device", "server"] {
        let shared = ann.share("first\nsecond", &["--sealed", sealed]);
        assert_eq!(bob.reveal(shared.link()), "first\nsecond");
        let shared = ann.share("first\nsecond", &[&["--sealed", sealed], &protected[..]].concat());
        assert_eq!(bob.reveal_with(shared.link(), "schön & gut"), "first\nsecond");
    }
    let shared = ann.run(&["share", "a file.txt", "--passphrase-file", "right"]);
    bob.open(shared.stdout.trim());
    bob.fill("Passphrase", "schön & gut");
    bob.press("Reveal secret");
    bob.press("Save a file.txt");
    assert_eq!(saved(&bob, "a file.txt"), b"bytes");
}

/// Which of the two guarantees holds is said before anything is opened.
#[test]
fn the_reader_is_told_where_it_was_sealed() {
    let site = Site::new();
    let (ann, bob) = (site.person(), Browser::new(&site));
    for (sealed, said) in [("device", "Sealed on your device"), ("server", "Sealed on the server")] {
        bob.open(ann.share("hello", &["--sealed", sealed]).link());
        bob.see_heading("Someone sent you a secret");
        let shown = bob.text().to_lowercase();
        let said = said.to_lowercase().replace("your ", "");
        assert!(shown.replace("the sender’s ", "").replace("your ", "").contains(&said), "{said}: {shown}");
    }
}
