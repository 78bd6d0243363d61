//! What is on a page: found by what it is and how it is called, as the browser itself tells a screen reader.

use crate::driver::{self, Driver};
use serde_json::{Value, json};

/// What something is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    Alert,
    Button,
    Checkbox,
    Combobox,
    Dialog,
    /// Anything that is filled in; passwords have no role of their own.
    Field,
    /// `input type=file`, which has the role of a button.
    Files,
    Heading,
    Image,
    Link,
    List,
    Main,
    Navigation,
    Searchbox,
    Status,
    Table,
    Textbox,
}

/// One element.
pub(crate) struct Element<'a> {
    driver: &'a Driver,
    id: String,
}

/// Visible, which a file input also is when a label is drawn in its place.
const VISIBLE: &str = "
    const seen = element => {
        const drawn = element.type !== 'file';
        if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: drawn })) return false;
        const box = element.getBoundingClientRect();
        return !drawn || (box.width > 0 && box.height > 0);
    };
    return [...document.querySelectorAll(arguments[0])].filter(seen);";

impl Kind {
    /// Every element that may be of this kind.
    fn candidates(self) -> &'static str {
        match self {
            Self::Alert => "[role=alert]",
            Self::Button => "button, summary, input[type=submit], input[type=button], [role=button]",
            Self::Checkbox => "input[type=checkbox]",
            Self::Searchbox => "input",
            Self::Combobox => "select, [role=combobox]",
            Self::Dialog => "dialog, [role=dialog], [role=alertdialog]",
            Self::Field => "input, textarea, select",
            Self::Files => "input[type=file]",
            Self::Heading => "h1, h2, h3, h4, h5, h6, [role=heading]",
            Self::Image => "img, svg, canvas, [role=img]",
            Self::Link => "a, [role=link]",
            Self::List => "ul, ol, dl, [role=list]",
            Self::Main => "main, [role=main]",
            Self::Navigation => "nav, [role=navigation]",
            Self::Status => "output, [role=status]",
            Self::Table => "table, [role=table]",
            Self::Textbox => "input, textarea, [role=textbox]",
        }
    }

    /// The roles that the browser computes for this kind; none: any.
    fn roles(self) -> &'static [&'static str] {
        match self {
            Self::Alert => &["alert"],
            Self::Button => &["button", "DisclosureTriangle"],
            Self::Checkbox => &["checkbox"],
            Self::Combobox => &["combobox"],
            Self::Dialog => &["dialog", "alertdialog"],
            Self::Field | Self::Files => &[],
            Self::Heading => &["heading"],
            Self::Image => &["image", "img"],
            Self::Link => &["link"],
            Self::List => &["list"],
            Self::Main => &["main"],
            Self::Navigation => &["navigation"],
            Self::Searchbox => &["searchbox"],
            Self::Status => &["status"],
            Self::Table => &["table"],
            Self::Textbox => &["textbox"],
        }
    }
}

/// All that is visible of a kind.
pub(crate) fn all(driver: &Driver, kind: Kind) -> Result<Vec<Element<'_>>, String> {
    let found = driver.run(VISIBLE, &[json!(kind.candidates())])?;
    let ids = found.as_array().into_iter().flatten().filter_map(driver::element_id);
    let mut elements = Vec::new();
    for id in ids {
        let element = Element { driver, id: id.to_owned() };
        if kind.roles().is_empty() || kind.roles().contains(&element.role()?.as_str()) {
            elements.push(element);
        }
    }
    Ok(elements)
}

/// What has the focus.
pub(crate) fn focused(driver: &Driver) -> Result<Element<'_>, String> {
    let found = driver.get("element/active")?;
    let id = driver::element_id(&found).ok_or_else(|| "no focus".to_owned())?;
    Ok(Element { driver, id: id.to_owned() })
}

impl Element<'_> {
    fn get(&self, what: &str) -> Result<String, String> {
        let value = self.driver.get(&format!("element/{}/{what}", self.id))?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    fn role(&self) -> Result<String, String> {
        self.get("computedrole")
    }

    pub(crate) fn name(&self) -> Result<String, String> {
        self.get("computedlabel")
    }

    /// The text that is seen.
    pub(crate) fn text(&self) -> Result<String, String> {
        self.get("text")
    }

    /// What stands in a field.
    pub(crate) fn value(&self) -> Result<String, String> {
        self.get("property/value")
    }

    pub(crate) fn attribute(&self, name: &str) -> Result<Option<String>, String> {
        let value = self.driver.get(&format!("element/{}/attribute/{name}", self.id))?;
        Ok(value.as_str().map(str::to_owned))
    }

    pub(crate) fn click(&self) -> Result<(), String> {
        self.driver.post(&format!("element/{}/click", self.id), json!({})).map(drop)
    }

    /// Keys, or paths for a file input.
    pub(crate) fn send(&self, text: &str) -> Result<(), String> {
        self.driver.post(&format!("element/{}/value", self.id), json!({ "text": text })).map(drop)
    }

    /// Runs a script with this element as its first argument.
    pub(crate) fn run(&self, script: &str) -> Result<Value, String> {
        self.driver.run(script, &[driver::element(&self.id)])
    }

    /// Replaces what stands in it, as pasting does.
    pub(crate) fn fill(&self, text: &str) -> Result<(), String> {
        self.click()?;
        self.run("arguments[0].select()")?;
        if text.is_empty() {
            return self.send("\u{e017}");
        }
        self.driver
            .post("goog/cdp/execute", json!({ "cmd": "Input.insertText", "params": { "text": text } }))?;
        Ok(())
    }

    /// Chooses the option that is called so.
    pub(crate) fn choose(&self, option: &str) -> Result<(), String> {
        let script = "return [...arguments[0].options].find(o => o.label.trim() === arguments[1])";
        let arguments = [driver::element(&self.id), json!(option)];
        let found = self.driver.run(script, &arguments)?;
        let id = driver::element_id(&found).ok_or_else(|| format!("no option {option}"))?;
        Element { driver: self.driver, id: id.to_owned() }.click()
    }
}
