//! What does not change while the server runs: how its pages look, what they say, and the files that they load.

mod assets;

use crate::config::{self, Contact, FooterLink};
use crate::i18n::Catalogue;
use assets::Assets;
use std::path::{Path, PathBuf};

/// The mark as an icon of the tab. In the page, so that it is no request.
const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24' fill='none' stroke='%230b6256' stroke-width='2' stroke-linejoin='round'%3E%3Cpath d='M5 21V6l2-3h10l2 3v15zM5 7h14M9 3v4l3 2 3-2V3'/%3E%3C/svg%3E";
/// Bytes of the largest logo.
const LOGO: usize = 10_000;

/// The pages' surroundings.
#[derive(Debug)]
pub struct Site {
    pub(crate) look: Look,
    pub(crate) assets: Assets,
    pub(crate) catalogue: Catalogue,
}

/// What the operator chose.
#[derive(Debug)]
pub(crate) struct Look {
    pub(crate) name: String,
    pub(crate) icon: &'static str,
    /// Where the logo is served, if there is one.
    pub(crate) logo: Option<String>,
    pub(crate) notice: String,
    pub(crate) contact: Option<Contact>,
    pub(crate) links: Vec<FooterLink>,
}

/// Why the pages cannot be served as configured.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// The logo cannot be read.
    #[error("configuration: `web.logo`: {path} cannot be read: {error}\n  correct the path, or leave it out")]
    Unreadable {
        /// Where it should be.
        path: PathBuf,
        /// Why not.
        error: std::io::Error,
    },
    /// The logo is none that browsers show, or too large.
    #[error("configuration: `web.logo`: {0} must be an SVG, PNG or WebP picture of 10 kB at most")]
    NotALogo(PathBuf),
}

impl Site {
    /// The site of a configuration.
    pub fn new(config: &config::Web) -> Result<Self, SiteError> {
        let logo = config.logo.as_deref().map(read_logo).transpose()?;
        let accents =
            config.accent.map(|light| (light, config.accent_dark.unwrap_or_else(|| light.darkened())));
        let assets = Assets::new(accents, logo);
        let look = Look {
            name: config.name.clone(),
            icon: ICON,
            logo: assets.path("logo"),
            notice: config.notice.clone(),
            contact: config.contact.clone(),
            links: config.links.0.clone(),
        };
        Ok(Self { look, assets, catalogue: Catalogue::new(config.language) })
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the operator's picture, read once at the start; no file of SQLite's"
)]
fn read_logo(path: &Path) -> Result<(&'static str, Vec<u8>), SiteError> {
    let bytes = std::fs::read(path);
    let bytes = bytes.map_err(|error| SiteError::Unreadable { path: path.to_owned(), error })?;
    let media_type = match path.extension().and_then(|extension| extension.to_str()) {
        Some("svg") => Some("image/svg+xml"),
        Some("png") if bytes.starts_with(b"\x89PNG") => Some("image/png"),
        Some("webp") if bytes.starts_with(b"RIFF") => Some("image/webp"),
        Some(_) | None => None,
    };
    let media_type = media_type.filter(|_| bytes.len() <= LOGO);
    media_type.map(|media_type| (media_type, bytes)).ok_or_else(|| SiteError::NotALogo(path.to_owned()))
}
