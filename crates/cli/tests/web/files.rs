//! Files: sealed on the way up, saved as they were on the way down, shown as nothing but names.

use crate::browser::Browser;
use crate::element::Kind;
use crate::site::Site;
use std::path::PathBuf;

/// Names that mislead, and bytes that a browser would run if it could.
const FILES: [(&str, &[u8]); 3] = [
    ("Straße & Söhne (final).tar.gz", b"\x1f\x8b\x00\xff\xfe binary"),
    ("日本語 100%.txt", "\u{feff}text\r\n".as_bytes()),
    ("it's.html", b"<script>document.title = 'ran'</script>"),
];

fn put(browser: &Browser) -> Vec<PathBuf> {
    let put = |(name, bytes): &(&str, &[u8])| {
        let path = browser.driver().folder().join(name);
        std::fs::write(&path, bytes).expect("a file");
        path
    };
    FILES.iter().map(put).collect()
}

/// Waits until the browser has saved it. It reserves the name with an empty file, and puts another in its place.
pub(crate) fn saved(browser: &Browser, name: &str) -> Vec<u8> {
    let path = browser.driver().downloads().join(name);
    browser.until("a saved file", || match std::fs::read(&path) {
        Ok(bytes) if bytes.is_empty() => Err(format!("{name} is only reserved")),
        read => read.map_err(|error| format!("{name}: {error}")),
    })
}

#[test]
fn files_arrive_as_they_were() {
    let site = Site::new();
    let (ann, bob, eve) = (Browser::new(&site), Browser::new(&site), Browser::new(&site));
    ann.sign_in("ann@example.com", &site.account("ann@example.com"));
    ann.open("/");
    let paths = put(&ann);
    ann.attach("Add files", &paths[..2]);
    ann.attach("Add files", &paths[2..]);
    ann.find(Kind::List, "Files");
    for (name, _) in FILES {
        ann.find(Kind::Button, &format!("Remove {name}"));
    }
    ann.press(&format!("Remove {}", FILES[1].0));
    ann.see_gone(Kind::Button, &format!("Remove {}", FILES[1].0));
    ann.attach("Add files", &paths[1..2]);
    ann.find(Kind::Button, &format!("Remove {}", FILES[1].0));
    let link = ann.create_link();

    bob.open(&link);
    bob.see_heading("Someone sent you a secret");
    bob.see("3 files");
    bob.see("Saving files can fail inside a mail app: open this page in your browser first");
    bob.press("Reveal secret");
    bob.find(Kind::List, "Files");
    for (name, bytes) in FILES {
        bob.press(&format!("Save {name}"));
        assert_eq!(saved(&bob, name), bytes, "{name}");
    }
    assert!(
        bob.url().starts_with(&site.origin()) && bob.title().starts_with("Your secret"),
        "{}",
        bob.title()
    );
    assert_eq!(bob.ask("return document.querySelectorAll('main img, iframe, object, embed').length"), 0);
    eve.find_nothing(&link);
}

/// What would be markup, or no file's name, is shown as something else or as it is, but never as markup.
#[test]
fn names_stay_names() {
    let site = Site::new();
    let (sender, bob) = (site.person(), Browser::new(&site));
    let key = site.account("ann@example.com");
    sender.log_in_as(&site.server.address, "ann@example.com", &key);
    sender.put("<b>x<b>.txt", "first").put("&lt;i&gt;.txt", "second").put(".profile", "third");
    let shared = sender.run(&["share", "<b>x<b>.txt", "&lt;i&gt;.txt", ".profile"]);
    bob.open(shared.stdout.trim());
    bob.press("Reveal secret");
    for (name, bytes) in
        [("_b_x_b_.txt", &b"first"[..]), ("&lt;i&gt;.txt", b"second"), ("_profile", b"third")]
    {
        bob.press(&format!("Save {name}"));
        assert_eq!(saved(&bob, name), bytes);
        bob.see(name);
    }
    assert_eq!(bob.ask("return document.querySelectorAll('main b, main i').length"), 0);
}

#[test]
fn who_may_send_no_files_is_told_how() {
    let site = Site::new();
    let ann = Browser::new(&site);
    ann.open("/");
    ann.see("Sign in to send files");
    assert!(!ann.has(Kind::Files, "Add files"));
}
