//! What a person has before them: a large or a small screen, a language, scripts or none, what the browser permits.

use serde_json::{Map, Value, json};
use std::path::Path;

#[derive(Clone, Copy, Debug)]
pub(crate) struct Device {
    scripts: bool,
    touch: bool,
    language: &'static str,
}

impl Default for Device {
    fn default() -> Self {
        Self { scripts: true, touch: false, language: "en-US" }
    }
}

impl Device {
    pub(crate) fn without_scripts() -> Self {
        Self { scripts: false, ..Self::default() }
    }

    /// 360 by 640, touch.
    pub(crate) fn phone() -> Self {
        Self { touch: true, ..Self::default() }
    }

    pub(crate) fn speaking(language: &'static str) -> Self {
        Self { language, ..Self::default() }
    }

    /// What chromedriver is asked for.
    pub(crate) fn capabilities(&self, folder: &Path) -> Map<String, Value> {
        let mut options = json!({
            "args": self.arguments(folder),
            "prefs": {
                "intl.accept_languages": self.language,
                "download.default_directory": folder.join("downloads"),
                "download.prompt_for_download": false,
                // 2 is "block".
                "profile.managed_default_content_settings.javascript": if self.scripts { 1 } else { 2 },
            },
            "perfLoggingPrefs": { "enableNetwork": true, "enablePage": false },
        });
        if self.touch {
            let size = json!({ "width": 360, "height": 640, "pixelRatio": 2, "touch": true, "mobile": true });
            options["mobileEmulation"] = json!({ "deviceMetrics": size });
        }
        let all = json!({
            "browserName": "chrome",
            "timeouts": { "pageLoad": 40_000, "script": 40_000, "implicit": 0 },
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
            "goog:chromeOptions": options,
        });
        all.as_object().cloned().unwrap_or_default()
    }

    fn arguments(&self, folder: &Path) -> Vec<String> {
        let mut arguments = [
            "--headless=new",
            // Chromium ends when chromedriver does.
            "--remote-debugging-pipe",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-dev-shm-usage",
            "--disable-sync",
            "--window-size=1280,900",
            // A name that is no loopback, so that http is what it is in a company.
            "--host-resolver-rules=MAP secrets.test 127.0.0.1",
        ]
        .map(str::to_owned)
        .to_vec();
        arguments.push(format!("--user-data-dir={}", folder.join("profile").display()));
        arguments.push(format!("--accept-lang={}", self.language));
        if rustix::process::geteuid().is_root() {
            arguments.push("--no-sandbox".to_owned());
        }
        arguments
    }
}
