//! A person at a browser: opens pages, reads what is visible, presses and fills in what has a name.

use crate::device::Device;
use crate::driver::Driver;
use crate::element::{self, Element, Kind};
use crate::record::{Record, Sent};
use crate::site::Site;
use serde_json::{Value, json};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long a page may take until it shows what is awaited.
const PATIENCE: Duration = Duration::from_secs(20);

/// A browser with a profile of its own. When it is closed it must have noted nothing that is wrong.
pub(crate) struct Browser {
    driver: Driver,
    record: Record,
    origin: String,
}

impl Browser {
    pub(crate) fn new(site: &Site) -> Self {
        Self::with(site, Device::default())
    }

    pub(crate) fn with(site: &Site, device: Device) -> Self {
        Self::at(&site.origin(), device)
    }

    /// At an origin that is not the server's own address.
    pub(crate) fn at(origin: &str, device: Device) -> Self {
        Self { driver: Driver::start(&device), record: Record::default(), origin: origin.to_owned() }
    }

    pub(crate) fn driver(&self) -> &Driver {
        &self.driver
    }

    /// A path of this server, or a whole address.
    pub(crate) fn open(&self, place: &str) {
        let url = if place.starts_with('/') { format!("{}{place}", self.origin) } else { place.to_owned() };
        self.record.give(&url);
        // Another fragment alone would not load the page anew.
        self.driver.post("url", json!({ "url": "about:blank" })).expect("an empty page");
        self.driver.post("url", json!({ "url": url })).unwrap_or_else(|error| unreachable!("{url}: {error}"));
    }

    pub(crate) fn reload(&self) {
        self.driver.post("refresh", json!({})).expect("the page is loaded again");
    }

    pub(crate) fn url(&self) -> String {
        let url = self.driver.get("url").expect("an address");
        url.as_str().unwrap_or_default().to_owned()
    }

    pub(crate) fn title(&self) -> String {
        let title = self.driver.get("title").expect("a title");
        title.as_str().unwrap_or_default().to_owned()
    }

    /// The status that the page came with.
    pub(crate) fn status_code(&self) -> u64 {
        self.ask("return performance.getEntriesByType('navigation')[0].responseStatus")
            .as_u64()
            .unwrap_or_default()
    }

    /// Runs a script in the page.
    pub(crate) fn ask(&self, script: &str) -> Value {
        self.driver.run(script, &[]).unwrap_or_else(|error| unreachable!("{script}: {error}"))
    }

    /// All that can be read.
    pub(crate) fn text(&self) -> String {
        self.ask("return document.body.innerText").as_str().unwrap_or_default().to_owned()
    }

    /// Looks until it succeeds.
    #[track_caller]
    pub(crate) fn until<T>(&self, what: &str, mut look: impl FnMut() -> Result<T, String>) -> T {
        let begun = Instant::now();
        loop {
            match look() {
                Ok(found) => return found,
                Err(error) => assert!(begun.elapsed() < PATIENCE, "{what}: {error}\n{}", self.text()),
            }
            std::thread::sleep(Duration::from_millis(25));
        }
    }

    /// Waits until the text can be read.
    #[track_caller]
    pub(crate) fn see(&self, text: &str) {
        self.until("a text", || {
            let shown = self.driver.run("return document.body.innerText", &[])?;
            let shown = shown.as_str().unwrap_or_default();
            shown.contains(text).then_some(()).ok_or_else(|| format!("“{text}” is not shown"))
        });
    }

    /// The text cannot be read now.
    #[track_caller]
    pub(crate) fn see_no(&self, text: &str) {
        let shown = self.text();
        assert!(!shown.contains(text), "“{text}” in {shown}");
    }

    #[track_caller]
    pub(crate) fn see_heading(&self, name: &str) {
        self.find(Kind::Heading, name);
    }

    /// Waits for a status whose text is this.
    #[track_caller]
    pub(crate) fn see_status(&self, text: &str) {
        self.until("a status", || self.spoken(Kind::Status, text));
    }

    /// Waits for an alert whose text is this.
    #[track_caller]
    pub(crate) fn see_alert(&self, text: &str) {
        self.until("an alert", || self.spoken(Kind::Alert, text));
    }

    fn spoken(&self, kind: Kind, text: &str) -> Result<(), String> {
        let mut others = Vec::new();
        for element in element::all(&self.driver, kind)? {
            let spoken = element.text()?;
            if spoken.trim() == text {
                return Ok(());
            }
            others.push(spoken);
        }
        Err(format!("no {kind:?} “{text}”, but {others:?}"))
    }

    /// Waits for what is called so.
    #[track_caller]
    pub(crate) fn find(&self, kind: Kind, name: &str) -> Element<'_> {
        self.until("a thing with a name", || self.look(kind, name))
    }

    fn look(&self, kind: Kind, name: &str) -> Result<Element<'_>, String> {
        let mut others = Vec::new();
        for element in element::all(&self.driver, kind)? {
            let other = element.name()?;
            if other == name {
                return Ok(element);
            }
            others.push(other);
        }
        Err(format!("no {kind:?} “{name}”, but {others:?} at {}", self.url()))
    }

    /// Whether it is there now.
    pub(crate) fn has(&self, kind: Kind, name: &str) -> bool {
        self.look(kind, name).is_ok()
    }

    /// The names of all that is there now.
    pub(crate) fn names(&self, kind: Kind) -> Vec<String> {
        self.until("names", || element::all(&self.driver, kind)?.iter().map(Element::name).collect())
    }

    /// The texts of all that is there now.
    pub(crate) fn texts(&self, kind: Kind) -> Vec<String> {
        self.until("texts", || element::all(&self.driver, kind)?.iter().map(Element::text).collect())
    }

    /// The name of what has the focus.
    pub(crate) fn focused(&self) -> String {
        self.until("a focus", || element::focused(&self.driver)?.name())
    }

    /// Waits until it is not there.
    #[track_caller]
    pub(crate) fn see_gone(&self, kind: Kind, name: &str) {
        self.until("an absence", || {
            self.look(kind, name).map_or(Ok(()), |_| Err(format!("{name} is there")))
        });
    }

    #[track_caller]
    pub(crate) fn press(&self, button: &str) {
        self.click(Kind::Button, button);
    }

    #[track_caller]
    pub(crate) fn follow(&self, link: &str) {
        self.click(Kind::Link, link);
    }

    #[track_caller]
    pub(crate) fn click(&self, kind: Kind, name: &str) {
        self.until("a press", || self.look(kind, name)?.click());
    }

    #[track_caller]
    pub(crate) fn fill(&self, field: &str, text: &str) {
        self.until("a field", || self.look(Kind::Field, field)?.fill(text));
    }

    #[track_caller]
    pub(crate) fn choose(&self, combobox: &str, option: &str) {
        self.until("a choice", || self.look(Kind::Combobox, combobox)?.choose(option));
    }

    /// Puts files into a file input.
    #[track_caller]
    pub(crate) fn attach(&self, input: &str, files: &[PathBuf]) {
        let paths: Vec<_> = files.iter().map(|path| path.display().to_string()).collect();
        self.until("a file input", || self.look(Kind::Files, input)?.send(&paths.join("\n")));
    }

    /// What stands in a field. What stands behind `#` in a link stays here.
    #[track_caller]
    pub(crate) fn value(&self, field: &str) -> String {
        let value = self.until("a value", || self.look(Kind::Field, field)?.value());
        self.record.keep_back(&value);
        value
    }

    /// The same of a field that cannot be written to.
    #[track_caller]
    pub(crate) fn read_only(&self, field: &str) -> String {
        let is_fixed = self.find(Kind::Textbox, field).attribute("readonly").expect("an attribute").is_some();
        assert!(is_fixed, "{field} can be written to");
        self.value(field)
    }

    /// What stands behind `#` in this link must be sent to nobody.
    pub(crate) fn keep_back(&self, link: &str) {
        self.record.keep_back(link);
    }

    /// Presses keys where the focus is.
    pub(crate) fn keys(&self, keys: &str) {
        let presses: Vec<_> = keys
            .chars()
            .flat_map(|key| [("keyDown", key), ("keyUp", key)])
            .map(|(kind, key)| json!({ "type": kind, "value": key.to_string() }))
            .collect();
        let actions = json!({ "actions": [{ "type": "key", "id": "keys", "actions": presses }] });
        self.driver.post("actions", actions).expect("keys are pressed");
    }

    /// What this server has it keep.
    pub(crate) fn cookies(&self) -> Vec<Value> {
        let cookies = self.driver.get("cookie").expect("cookies");
        cookies.as_array().cloned().unwrap_or_default()
    }

    /// Grants or denies what pages of this server may ask for.
    pub(crate) fn permit(&self, what: &str, setting: &str) {
        let permission = json!({ "permission": { "name": what }, "setting": setting, "origin": self.origin });
        self.driver.chromium("Browser.setPermission", &permission);
    }

    /// The requests so far.
    pub(crate) fn sent(&self) -> Vec<Sent> {
        self.record.sent(&self.driver)
    }

    /// An error in the console that belongs to what the test does.
    pub(crate) fn tolerate(&self, part: &'static str) {
        self.record.tolerate(part);
    }

    /// A gone page, or a refused reveal, is 404 and the console says so.
    pub(crate) fn tolerate_not_found(&self) {
        self.tolerate("the server responded with a status of 404");
    }

    /// What the browser noted that is wrong; it is told once.
    pub(crate) fn faults(&self) -> Vec<String> {
        self.record.faults(&self.driver, &self.origin)
    }

    /// Where the test failed, for who looks into it. Nothing here may fail.
    fn leave_traces(&self) {
        let name = std::thread::current().name().unwrap_or("test").replace("::", "-");
        let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.png"));
        let place = self.driver.get("url");
        let text = self.driver.run("return document.body.innerText", &[]);
        let console = self.driver.post("se/log", json!({ "type": "browser" }));
        let mut out = std::io::stderr();
        let _ = writeln!(out, "at {place:?}\n{text:#?}\n{console:#?}");
        let picture = self.driver.get("screenshot").ok();
        let picture = picture.and_then(|text| data_encoding::BASE64.decode(text.as_str()?.as_bytes()).ok());
        if picture.is_some_and(|bytes| std::fs::write(&file, bytes).is_ok()) {
            let _ = writeln!(out, "picture: {}", file.display());
        }
    }

    /// The whole page as PNG.
    pub(crate) fn picture(&self) -> Vec<u8> {
        let options = json!({ "format": "png", "captureBeyondViewport": true });
        let picture = self.driver.chromium("Page.captureScreenshot", &options);
        let text = picture["data"].as_str().unwrap_or_default();
        data_encoding::BASE64.decode(text.as_bytes()).expect("base64")
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.leave_traces();
        } else {
            let faults = self.faults();
            assert!(faults.is_empty(), "{faults:#?}");
        }
    }
}
