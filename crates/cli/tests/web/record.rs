//! What a browser noted while its person used it, and what must never be among it.

use crate::driver::Driver;
use serde_json::{Value, json};
use std::cell::RefCell;

/// A request that the browser sent.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) method: String,
    pub(crate) url: String,
    /// Document, Script, Fetch and so on, as Chromium calls them.
    pub(crate) kind: String,
    /// What started it: parser, script or other.
    pub(crate) initiator: String,
    /// Head and body, as text to search in.
    rest: String,
}

#[derive(Default)]
pub(crate) struct Record {
    /// Parts of links behind `#`.
    fragments: RefCell<Vec<String>>,
    /// Addresses that somebody else opened, as mail systems write them.
    given: RefCell<Vec<String>>,
    tolerated: RefCell<Vec<&'static str>>,
    sent: RefCell<Vec<Sent>>,
}

impl Record {
    /// Whatever stands behind `#` in the text is sent to nobody.
    pub(crate) fn keep_back(&self, text: &str) {
        let parts = text.split_once("/secret/").and_then(|(_, rest)| rest.split_once('#'));
        let fragment = parts.map(|(_, fragment)| fragment.trim().to_owned());
        self.fragments.borrow_mut().extend(fragment.filter(|fragment| fragment.len() >= 8));
    }

    /// An address that a person opens: what stands in it the person sent.
    pub(crate) fn give(&self, url: &str) {
        self.keep_back(url);
        let sent = url.split_once('#').map_or(url, |(sent, _)| sent);
        self.given.borrow_mut().push(sent.to_owned());
    }

    /// An error in the console that belongs to what the test does.
    pub(crate) fn tolerate(&self, part: &'static str) {
        self.tolerated.borrow_mut().push(part);
    }

    /// The requests so far, in their order.
    pub(crate) fn sent(&self, driver: &Driver) -> Vec<Sent> {
        let noted = driver.post("se/log", json!({ "type": "performance" })).expect("the network log");
        let events = noted.as_array().into_iter().flatten();
        self.sent.borrow_mut().extend(events.filter_map(Sent::from_event));
        self.sent.borrow().clone()
    }

    /// What went wrong in the pages, and what left them that must not; nothing from then on.
    pub(crate) fn faults(&self, driver: &Driver, origin: &str) -> Vec<String> {
        let mut faults = self.complaints(driver);
        for sent in self.sent(driver) {
            if !sent.url.starts_with(&format!("{origin}/")) && !sent.url.starts_with("blob:") {
                faults.push(format!("a request to somebody else: {sent:?}"));
            }
            for fragment in self.fragments.borrow().iter() {
                let by_hand = self.given.borrow().contains(&sent.url);
                if (sent.url.contains(fragment) && !by_hand) || sent.rest.contains(fragment) {
                    faults.push(format!("a fragment was sent: {sent:?}"));
                }
            }
        }
        self.sent.borrow_mut().clear();
        faults
    }

    fn complaints(&self, driver: &Driver) -> Vec<String> {
        let noted = driver.post("se/log", json!({ "type": "browser" })).expect("the console");
        let tolerated = self.tolerated.borrow();
        let is_complaint = |entry: &&Value| {
            let message = entry["message"].as_str().unwrap_or_default();
            let is_security = ["Content Security Policy", "TrustedTypes", "Trusted Type", "TrustedHTML"]
                .iter()
                .any(|word| message.contains(word));
            (entry["level"] == "SEVERE" || entry["source"] == "security" || is_security)
                && !tolerated.iter().any(|part| message.contains(part))
        };
        noted.as_array().into_iter().flatten().filter(is_complaint).map(ToString::to_string).collect()
    }
}

impl Sent {
    /// `None` for other events, and for pages of the browser's own.
    fn from_event(entry: &Value) -> Option<Self> {
        let event: Value = serde_json::from_str(entry["message"].as_str()?).ok()?;
        let (name, event) = (&event["message"]["method"], &event["message"]["params"]);
        let is_of_a_page = event["documentURL"].as_str()?.starts_with("http");
        if name != "Network.requestWillBeSent" || !is_of_a_page {
            return None;
        }
        let (text, request) =
            (|value: &Value| value.as_str().unwrap_or_default().to_owned(), &event["request"]);
        Some(Self {
            method: text(&request["method"]),
            url: text(&request["url"]),
            kind: text(&event["type"]),
            initiator: text(&event["initiator"]["type"]),
            rest: format!("{} {}", request["headers"], text(&request["postData"])),
        })
    }
}
