//! `[web]`: what an operator says on the pages, and how they look.

use super::Colour;
use super::colour::LEAST_CONTRAST;
use crate::i18n::LanguageTag;
use serde::Deserialize;
use std::path::PathBuf;
use url::Url;

/// Papers and inks of both themes; the stylesheet has the same (a test compares them).
pub const LIGHT: [Colour; 2] = [Colour([0xfa, 0xf8, 0xf5]), Colour([0xff, 0xff, 0xff])];
/// The dark theme's.
pub const DARK: [Colour; 2] = [Colour([0x15, 0x14, 0x13]), Colour([0x1e, 0x1c, 0x1a])];

/// `[web]`: the pages.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Web {
    /// What the service is called on its pages and in its mails. Default `Burnbag`.
    pub name: String,
    /// A picture beside the name: SVG, PNG or WebP, 10 kB at most. Default: our mark.
    pub logo: Option<PathBuf>,
    /// Colour of buttons and links on light paper. Default `#0b6256`.
    pub accent: Option<Accent>,
    /// The same on dark paper. Default: made from `accent`.
    pub accent_dark: Option<DarkAccent>,
    /// A sentence on top of the page where secrets are made. Default none.
    pub notice: String,
    /// Whom to ask, on the pages that end badly and in `security.txt`: an e-mail address or an https URL. Default
    /// none.
    pub contact: Option<Contact>,
    /// The language for whom the browser asks for none that pages speak. Default `en`.
    pub language: LanguageTag,
    /// Links in the footer, three at most, `{ text = "Imprint", url = "https://…" }`. Default none.
    pub links: FooterLinks,
}

impl Default for Web {
    fn default() -> Self {
        Self {
            name: "Burnbag".to_owned(),
            logo: None,
            accent: None,
            accent_dark: None,
            notice: String::new(),
            contact: None,
            language: LanguageTag::ENGLISH,
            links: FooterLinks::default(),
        }
    }
}

/// A colour that can be read on light paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Colour")]
pub struct Accent(pub Colour);

/// A colour that can be read on dark paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Colour")]
pub struct DarkAccent(pub Colour);

impl TryFrom<Colour> for Accent {
    type Error = String;

    fn try_from(colour: Colour) -> Result<Self, String> {
        readable(colour, &LIGHT, Colour([0; 3])).map(Self)
    }
}

impl TryFrom<Colour> for DarkAccent {
    type Error = String;

    fn try_from(colour: Colour) -> Result<Self, String> {
        readable(colour, &DARK, Colour::WHITE).map(Self)
    }
}

impl Accent {
    /// The same colour for dark paper.
    #[must_use]
    pub fn darkened(self) -> DarkAccent {
        DarkAccent(self.0.readable_on(&DARK, Colour::WHITE))
    }
}

fn readable(colour: Colour, papers: &[Colour], towards: Colour) -> Result<Colour, String> {
    let nearest = colour.readable_on(papers, towards);
    if nearest == colour {
        return Ok(colour);
    }
    let contrasts = papers.iter().map(|paper| colour.contrast(*paper));
    let least = contrasts.fold(f64::INFINITY, f64::min);
    Err(format!(
        "texts in {colour} cannot be read well on our paper (contrast {least:.1}, at least {LEAST_CONTRAST} is needed); {nearest} would do"
    ))
}

/// Whom to ask.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Contact {
    /// As it stands on a page.
    pub text: String,
    /// Where it leads: `mailto:` or `https:`.
    pub url: String,
}

impl TryFrom<String> for Contact {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if let Ok(email) = text.parse::<burnbag_core::account::Email>() {
            return Ok(Self { url: format!("mailto:{email}"), text });
        }
        let url = link(&text).map_err(|error| format!("{error}, or an e-mail address"))?;
        Ok(Self { text, url })
    }
}

/// A link in the footer.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FooterLink {
    /// Its text.
    pub text: String,
    /// Where it leads, `https:` or `http:`.
    #[serde(deserialize_with = "footer_url")]
    pub url: String,
}

/// At most three links.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Vec<FooterLink>")]
pub struct FooterLinks(pub Vec<FooterLink>);

impl TryFrom<Vec<FooterLink>> for FooterLinks {
    type Error = &'static str;

    fn try_from(links: Vec<FooterLink>) -> Result<Self, Self::Error> {
        if links.len() <= 3 { Ok(Self(links)) } else { Err("a footer has three links at most") }
    }
}

fn footer_url<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    link(&text).map_err(serde::de::Error::custom)
}

/// A link that cannot run anything.
fn link(text: &str) -> Result<String, String> {
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "https" | "http") && url.has_host());
    url.map(String::from)
        .ok_or_else(|| format!("{text:?} is no link; write it like https://example.com/imprint"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts() {
        let contact = |text: &str| Contact::try_from(text.to_owned()).map(|contact| contact.url);
        assert_eq!(contact("it@example.com").as_deref(), Ok("mailto:it@example.com"));
        assert_eq!(contact("https://example.com/help").as_deref(), Ok("https://example.com/help"));
        for bad in ["javascript:alert(1)", "call us", "https://"] {
            assert!(contact(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn accents_are_readable_or_refused_with_one_that_is() {
        let colour = |text: &str| Colour::try_from(text.to_owned()).unwrap();
        assert!(Accent::try_from(colour("#0b6256")).is_ok());
        let error = Accent::try_from(colour("#ffcc00")).unwrap_err();
        let named = error.rsplit("; ").next().and_then(|end| end.get(..7)).unwrap();
        assert!(Accent::try_from(colour(named)).is_ok(), "{error}");
        let dark = Accent(colour("#0b6256")).darkened();
        assert!(DarkAccent::try_from(dark.0).is_ok());
    }
}
