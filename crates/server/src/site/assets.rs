//! Stylesheet and scripts. Each is served under a name that holds the hash of its content, so that browsers keep it for
//! ever; modules import one another by these names.

use crate::config::{Accent, Colour, DarkAccent};
use axum::body::Bytes;
use data_encoding::HEXLOWER;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt;
use std::io::Write;
use std::sync::OnceLock;

/// The stylesheet.
const STYLE: &str = "app.css";

/// The files: how others name them, and what is in them.
const SOURCES: [(&str, &str); 12] = [
    (STYLE, include_str!("../../assets/app.css")),
    ("page.js", include_str!("../../assets/page.js")),
    ("envelope.js", include_str!("../../assets/envelope.js")),
    ("link.js", include_str!("../../assets/link.js")),
    ("password.js", include_str!("../../assets/password.js")),
    ("qr.js", include_str!("../../assets/qr.js")),
    ("share.js", include_str!("../../assets/share.js")),
    ("receipt.js", include_str!("../../assets/receipt.js")),
    ("account.js", include_str!("../../assets/account.js")),
    ("recent.js", include_str!("../../assets/recent.js")),
    ("secret.js", include_str!("../../assets/secret.js")),
    ("vendor/lean-qr.mjs", include_str!("../../assets/vendor/lean-qr.mjs")),
];

/// A file as it is sent.
pub(crate) struct Asset {
    /// Media type.
    pub(crate) media_type: &'static str,
    /// Content.
    pub(crate) plain: Bytes,
    /// The same, compressed (gzip), once somebody asked for it; nothing where that does not help.
    gzip: OnceLock<Option<Bytes>>,
}

impl Asset {
    fn new(media_type: &'static str, plain: Bytes) -> Self {
        Self { media_type, plain, gzip: OnceLock::new() }
    }

    /// The content, compressed, where that helps.
    pub(crate) fn gzip(&self) -> Option<&Bytes> {
        let compress =
            || compressed(&self.plain).filter(|gzip| gzip.len() < self.plain.len()).map(Bytes::from);
        self.gzip.get_or_init(compress).as_ref()
    }
}

/// All files.
pub(crate) struct Assets {
    /// From the source's name to the name that it is served under.
    names: BTreeMap<&'static str, String>,
    served: BTreeMap<String, Asset>,
}

impl fmt::Debug for Assets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.served.keys()).finish()
    }
}

impl Assets {
    /// The files, with the operator's accent and logo.
    pub(super) fn new(accents: Option<(Accent, DarkAccent)>, logo: Option<(&'static str, Vec<u8>)>) -> Self {
        let mut assets = Self { names: BTreeMap::new(), served: BTreeMap::new() };
        for (name, _) in SOURCES {
            assets.add(name, accents);
        }
        if let Some((media_type, bytes)) = logo {
            let served = format!("logo-{}", hash(&bytes));
            assets.names.insert("logo", served.clone());
            assets.served.insert(served, Asset::new(media_type, bytes.into()));
        }
        assets
    }

    /// The path that a file is served under.
    pub(crate) fn path(&self, name: &str) -> Option<String> {
        self.names.get(name).map(|served| format!("/assets/{served}"))
    }

    /// The file that is served under a name.
    pub(crate) fn get(&self, served: &str) -> Option<&Asset> {
        self.served.get(served)
    }

    /// Adds a file after those that it imports, and answers the name that it is served under.
    fn add(&mut self, name: &'static str, accents: Option<(Accent, DarkAccent)>) -> String {
        if let Some(served) = self.names.get(name) {
            return served.clone();
        }
        let source = SOURCES.iter().find(|(known, _)| *known == name).map_or("", |(_, source)| source);
        let mut text = source.to_owned();
        for (imported, _) in SOURCES.iter().filter(|(other, _)| *other != name) {
            let written = format!("\"./{imported}\"");
            if text.contains(&written) {
                let served = self.add(imported, accents);
                text = text.replace(&written, &format!("\"./{served}\""));
            }
        }
        if let Some((light, dark)) = accents.filter(|_| name == STYLE) {
            text.push_str(&accent_rules(light, dark));
        }
        let served = hashed_name(name, text.as_bytes());
        let media_type =
            if name == STYLE { "text/css; charset=utf-8" } else { "text/javascript; charset=utf-8" };
        self.names.insert(name, served.clone());
        self.served.insert(served.clone(), Asset::new(media_type, text.into()));
        served
    }
}

/// `vendor/lean-qr.mjs` becomes `lean-qr-0123456789abcdef.mjs`.
fn hashed_name(name: &str, content: &[u8]) -> String {
    let file = name.rsplit('/').next().unwrap_or(name);
    let (stem, extension) = file.rsplit_once('.').unwrap_or((file, ""));
    format!("{stem}-{}.{extension}", hash(content))
}

fn hash(content: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(content)[..8])
}

fn compressed(content: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content).ok()?;
    encoder.finish().ok()
}

/// The operator's accent in both themes, with what is written on it.
fn accent_rules(Accent(light): Accent, DarkAccent(dark): DarkAccent) -> String {
    let rule = |colour: Colour| format!(":root{{--accent:{colour};--on-accent:{}}}", colour.ink());
    format!("\n{}\n@media(prefers-color-scheme:dark){{{}}}\n", rule(light), rule(dark))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{DARK, LEAST_CONTRAST, LIGHT};

    #[test]
    fn every_import_leads_to_a_file() {
        let assets = Assets::new(None, None);
        for (name, asset) in &assets.served {
            let text = str::from_utf8(&asset.plain).unwrap();
            for import in text.split("\"./").skip(1).map(|rest| rest.split('"').next().unwrap()) {
                assert!(assets.served.contains_key(import), "{name} imports {import}");
            }
        }
        assert_eq!(assets.served.len(), SOURCES.len());
    }

    #[test]
    fn the_accent_is_part_of_the_name() {
        let accent = Accent(Colour([0x00, 0x33, 0x66]));
        let (plain, own) = (Assets::new(None, None), Assets::new(Some((accent, accent.darkened())), None));
        assert_ne!(plain.path("app.css"), own.path("app.css"));
        assert_eq!(plain.path("page.js"), own.path("page.js"));
    }

    /// Every text can be read and every border be seen, in both themes: on our papers, which are the ones that an
    /// operator's accent is measured against.
    #[test]
    fn the_stylesheet_has_enough_contrast() {
        let style = SOURCES[0].1;
        let (light, dark) = style.split_at(style.find("@media (prefers-color-scheme: dark)").unwrap());
        for (theme, papers) in [(light, LIGHT), (dark, DARK)] {
            let colour = |name: &str| {
                let start = theme.find(&format!("--{name}: ")).unwrap() + name.len() + 4;
                Colour::try_from(theme[start..start + 7].to_owned()).unwrap()
            };
            assert_eq!([colour("paper"), colour("surface")], papers);
            for paper in papers {
                for text in ["ink", "muted", "accent", "danger"] {
                    let contrast = colour(text).contrast(paper);
                    assert!(contrast >= LEAST_CONTRAST, "{text} on {paper}: {contrast:.2}");
                }
                let contrast = colour("field").contrast(paper);
                assert!(contrast >= 3.6, "field on {paper}: {contrast:.2}");
            }
            for (ink, ground) in [("on-accent", "accent"), ("on-danger", "danger")] {
                let contrast = colour(ink).contrast(colour(ground));
                assert!(contrast >= LEAST_CONTRAST, "{ink}: {contrast:.2}");
            }
        }
    }
}
