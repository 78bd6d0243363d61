//! What stands on every mail of this server, and in which colours.

use super::value::instance;
use crate::config::{self, Colour, Contact, DarkAccent, PublicUrl};

/// The button, where the operator chose no accent: as on the pages.
const LIGHT: [Colour; 2] = [Colour([0x0b, 0x62, 0x56]), Colour::WHITE];
/// The same on dark paper.
const DARK: [Colour; 2] = [Colour([0x6f, 0xd0, 0xbd]), Colour([0x0c, 0x1f, 0x1b])];

/// The operator's name, whom to ask, where links lead, and the colours.
#[derive(Debug)]
pub(super) struct Letterhead {
    pub(super) name: String,
    pub(super) contact: Option<Contact>,
    pub(super) origin: PublicUrl,
    /// The button's ground and ink.
    pub(super) light: [Colour; 2],
    /// The same on dark paper.
    pub(super) dark: [Colour; 2],
}

impl Letterhead {
    /// As the operator set his pages up; links begin with `origin`.
    pub(super) fn new(web: &config::Web, origin: PublicUrl) -> Self {
        let (light, dark) = web.accent.map_or((LIGHT, DARK), |light| {
            let DarkAccent(dark) = web.accent_dark.unwrap_or_else(|| light.darkened());
            ([light.0, light.0.ink()], [dark, dark.ink()])
        });
        let name = instance(&web.name, &origin);
        Self { name, contact: web.contact.clone(), origin, light, dark }
    }
}
