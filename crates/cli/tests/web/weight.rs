//! What a stranger on a phone has to load before the button can be pressed.

use crate::browser::Browser;
use crate::element::Kind;
use crate::site::Site;
use crate::visitor::Visitor;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

/// Bytes as they are, and as they travel.
const MOST: (usize, usize) = (60_000, 20_000);
const MOST_REQUESTS: usize = 5;

fn compressed(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory").len()
}

#[test]
fn pages_for_strangers_are_light() {
    let site = Site::new();
    let (sender, visitor) = (site.person(), Visitor::new(&site));
    let link = sender.share("hello", &[]).link().to_owned();
    let on_server = sender.share("hello", &["--sealed", "server"]).link().to_owned();
    for (place, button) in
        [(site.origin() + "/", "Create link"), (link, "Reveal secret"), (on_server, "Reveal secret")]
    {
        let ann = Browser::new(&site);
        ann.open(&place);
        ann.find(Kind::Button, button);
        let sent = ann.sent();
        assert!(sent.len() <= MOST_REQUESTS, "{place}: {sent:#?}");
        let by_script: Vec<_> = sent.iter().filter(|sent| sent.initiator == "script").collect();
        assert!(by_script.is_empty(), "{place}: {by_script:#?}");
        let mut weight = (0, 0);
        let mut parts = Vec::new();
        for part in &sent {
            let answered = visitor.get(part.url.trim_start_matches(&site.origin()));
            assert_eq!(answered.status, 200, "{part:?}");
            let (raw, packed) = (answered.body.len(), compressed(&answered.body));
            weight = (weight.0 + raw, weight.1 + packed);
            parts.push((part.url.clone(), raw, packed));
        }
        println!("{place}: {weight:?} {parts:#?}");
        assert!(weight.0 <= MOST.0 && weight.1 <= MOST.1, "{place}: {weight:?} {parts:#?}");
    }
}

/// The form works when no script ever arrives, though scripts would run.
#[test]
fn the_form_works_when_no_script_arrives() {
    let site = Site::new();
    let (ann, bob) = (Browser::new(&site), Browser::new(&site));
    for browser in [&ann, &bob] {
        browser.tolerate("net::ERR_BLOCKED_BY_CLIENT");
        browser.driver().chromium("Network.enable", &serde_json::json!({}));
        browser.driver().chromium("Network.setBlockedURLs", &serde_json::json!({ "urls": ["*.js"] }));
    }
    let link = ann.share_with("hello", "right");
    assert!(!link.contains('#'), "{link}");
    assert_eq!(bob.reveal_with(&link, "right"), "hello");
}

/// What does not change is sent compressed and kept; pages are neither.
#[test]
fn what_does_not_change_is_kept() {
    let site = Site::new();
    let (ann, visitor) = (Browser::new(&site), Visitor::new(&site));
    ann.open("/");
    ann.find(Kind::Button, "Create link");
    for part in ann.sent() {
        let path = part.url.trim_start_matches(&site.origin()).to_owned();
        let answered = visitor.send("GET", &path, &[("Accept-Encoding", "gzip")], None);
        let (kept, packed) = (answered.header("Cache-Control"), answered.header("Content-Encoding"));
        match part.kind.as_str() {
            "Document" => assert_eq!((kept, packed), (Some("no-store"), None), "{path}"),
            "Script" | "Stylesheet" => {
                assert!(kept.unwrap_or("").contains("immutable"), "{path}: {kept:?}");
                assert_eq!(packed, Some("gzip"), "{path}");
            }
            _ => assert!(kept.is_some(), "{path}"),
        }
    }
}
