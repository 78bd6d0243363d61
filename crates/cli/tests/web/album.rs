//! Pictures of pages, and what was found wrong while they were taken.

use crate::browser::Browser;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

pub(crate) struct Album {
    language: String,
    axe: String,
    faults: Vec<String>,
}

/// What is wider than the screen, or beside it.
const TOO_WIDE: &str = "
    const root = document.documentElement, width = root.clientWidth;
    const shown = e => e.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    const out = [...document.body.querySelectorAll('*')].filter(shown).filter(e => {
        const box = e.getBoundingClientRect();
        const seen = box.width > 1 && box.height > 1 && box.bottom > 0;
        return seen && (box.right > width + 1 || box.left < -1);
    });
    if (root.scrollWidth > width) out.push(root);
    return out.map(e => e.outerHTML.slice(0, 160));";

/// What axe finds, in a few words.
const AXE: &str = "
    const done = arguments[0];
    axe.run(document, { resultTypes: ['violations'] }).then(
        found => done(found.violations.flatMap(rule => rule.nodes.map(node =>
            `${rule.id}: ${node.html.slice(0, 160)} ${node.failureSummary}`))),
        error => done([String(error)]));";

impl Album {
    /// Takes the place of what was in it in this language.
    pub(crate) fn new(language: &str) -> Self {
        std::fs::create_dir_all(folder()).expect("a folder");
        for (file, parts) in pictures() {
            if parts[0] == language {
                std::fs::remove_file(file).expect("an old picture");
            }
        }
        Self { language: language.to_owned(), axe: axe(), faults: Vec::new() }
    }

    /// Looks at the page as it stands, in both themes and on each screen.
    pub(crate) fn look(&mut self, browser: &Browser, name: &str, widths: &[u64]) {
        for width in widths {
            let height = if *width < 500 { 640 } else { 900 };
            let screen =
                json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": *width < 500 });
            browser.driver().chromium("Emulation.setDeviceMetricsOverride", &screen);
            for theme in ["light", "dark"] {
                let features = json!([
                    { "name": "prefers-color-scheme", "value": theme },
                    { "name": "prefers-reduced-motion", "value": "reduce" },
                ]);
                browser.driver().chromium("Emulation.setEmulatedMedia", &json!({ "features": features }));
                let place = format!("{}.{name}.{theme}.{width}", self.language);
                self.note(&place, "seen", &json!(faults_in_sight(browser, &self.axe)));
                std::fs::write(folder().join(place + ".png"), browser.picture()).expect("a picture");
            }
        }
        browser.driver().chromium("Emulation.clearDeviceMetricsOverride", &json!({}));
        let faults = browser.faults();
        self.note(&format!("{}.{name}", self.language), "noted", &json!(faults));
    }

    pub(crate) fn note(&mut self, place: &str, what: &str, found: &Value) {
        for fault in found.as_array().into_iter().flatten() {
            self.faults.push(format!("{place}: {what}: {}", fault.as_str().unwrap_or_default()));
        }
    }

    /// Writes the page that shows all pictures.
    pub(crate) fn close(self) {
        let mut places = BTreeMap::<_, Vec<String>>::new();
        for (_, [language, name, theme, width]) in pictures() {
            let file = format!("{language}.{name}.{theme}.{width}.png");
            places.entry((name, language)).or_default().push(file);
        }
        let mut page = String::from(
            "<!doctype html><meta charset=utf-8><title>Burnbag: pages</title>\n<style>img { max-height: 480px; border: 1px solid #999; vertical-align: top }</style>\n",
        );
        for ((name, language), mut files) in places {
            files.sort();
            writeln!(page, "<h2>{name} · {language}</h2>").expect("memory");
            for file in files {
                writeln!(page, "<a href=\"{file}\"><img loading=lazy src=\"{file}\" alt=\"{file}\"></a>")
                    .expect("memory");
            }
        }
        let draft = folder().join(format!("{}.draft", self.language));
        std::fs::write(&draft, page).expect("a draft");
        std::fs::rename(draft, folder().join("index.html")).expect("an index");
        assert!(self.faults.is_empty(), "{} faults:\n{}", self.faults.len(), self.faults.join("\n"));
    }
}

/// The script that looks for what keeps people out.
pub(crate) fn axe() -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../node_modules/axe-core/axe.min.js");
    std::fs::read_to_string(file).expect("axe-core is missing: npm ci")
}

/// What is wrong with the page as it stands.
pub(crate) fn faults_in_sight(browser: &Browser, axe: &str) -> Vec<String> {
    let wide = browser.ask(TOO_WIDE);
    // It is put there by the driver, not by the page, so the page's policy does not matter.
    browser.driver().run(axe, &[]).expect("axe is put there");
    let found = browser.driver().run_and_wait(AXE, &[]).expect("axe runs");
    let texts = |what: &str, found: &Value| {
        let texts = found.as_array().into_iter().flatten().filter_map(Value::as_str);
        texts.map(|text| format!("{what}: {text}")).collect::<Vec<_>>()
    };
    [texts("too wide", &wide), texts("axe", &found)].concat()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("screens")
}

/// The pictures that are there: language, state, theme, width.
fn pictures() -> Vec<(PathBuf, [String; 4])> {
    let entries = std::fs::read_dir(folder()).expect("a folder").map_while(Result::ok);
    let picture = |entry: std::fs::DirEntry| {
        let name = entry.file_name().into_string().ok()?;
        let parts = name.strip_suffix(".png")?.split('.').map(str::to_owned);
        Some((entry.path(), parts.collect::<Vec<_>>().try_into().ok()?))
    };
    entries.filter_map(picture).collect()
}
