//! Colours of the operator's accent, and whether texts in them can be read (WCAG 2.2, contrast ratio).

use serde::Deserialize;
use std::fmt;

/// A colour in sRGB, written `#0b6256`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Colour(pub [u8; 3]);

/// The least contrast of any text.
pub const LEAST_CONTRAST: f64 = 6.0;

impl TryFrom<String> for Colour {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let digits = text
            .strip_prefix('#')
            .filter(|digits| digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()));
        let number = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let [_, red, green, blue] =
            number.ok_or_else(|| format!("{text:?} is no colour; write it like #0b6256"))?.to_be_bytes();
        Ok(Self([red, green, blue]))
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self([red, green, blue]) = self;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl Colour {
    /// White.
    pub const WHITE: Self = Self([255; 3]);

    /// Contrast ratio to another colour, 1 to 21.
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// White or black: what is better read on this colour.
    #[must_use]
    pub fn ink(self) -> Self {
        let black = Self([0; 3]);
        if self.contrast(black) >= self.contrast(Self::WHITE) { black } else { Self::WHITE }
    }

    /// The colour itself, or the nearest mixture with `towards` that has enough contrast to all of `papers`.
    #[must_use]
    pub fn readable_on(self, papers: &[Self], towards: Self) -> Self {
        let mixtures = (0..=100).map(|percent| self.mixed(towards, percent));
        let readable = |colour: &Self| papers.iter().all(|paper| colour.contrast(*paper) >= LEAST_CONTRAST);
        mixtures.into_iter().find(readable).unwrap_or(towards)
    }

    fn mixed(self, other: Self, percent: u16) -> Self {
        let mix = |one: u8, two: u8| (u16::from(one) * (100 - percent) + u16::from(two) * percent) / 100;
        let mut mixed = self;
        for (channel, other) in mixed.0.iter_mut().zip(other.0) {
            *channel = u8::try_from(mix(*channel, other)).unwrap_or(u8::MAX);
        }
        mixed
    }

    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        let Self([red, green, blue]) = self;
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::try_from(text.to_owned()).unwrap()
    }

    #[test]
    fn contrasts() {
        assert!((Colour::WHITE.contrast(colour("#000000")) - 21.0).abs() < 0.001);
        // The example of WCAG's own notes: grey that just passes 4.5.
        assert!((colour("#767676").contrast(Colour::WHITE) - 4.54).abs() < 0.01);
    }

    #[test]
    fn a_pale_colour_is_made_readable() {
        let readable = colour("#ffcc00").readable_on(&[Colour::WHITE], colour("#000000"));
        assert!(readable.contrast(Colour::WHITE) >= LEAST_CONTRAST);
        assert_eq!(colour("#000000").readable_on(&[Colour::WHITE], colour("#000000")), colour("#000000"));
    }

    #[test]
    fn forms() {
        assert_eq!(colour("#0B6256").to_string(), "#0b6256");
        for bad in ["0b6256", "#fff", "#0b625g", "#+b6256", "teal"] {
            assert!(Colour::try_from(bad.to_owned()).is_err(), "{bad}");
        }
    }
}
