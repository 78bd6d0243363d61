//! What others chose (labels, addresses, the instance's name) as it stands in a text: on one line, of bounded length,
//! and with no mark that turns the direction of what stands around it.

use crate::config::PublicUrl;
use crate::i18n::Words;
use burnbag_core::unseen::{is_joiner, is_unseen};

/// Characters that are kept: as many as a label has.
const MOST: usize = 100;

/// A value on one line, of bounded length.
pub(super) fn plain(value: &str) -> String {
    let mut value = line(value);
    if let Some((end, _)) = value.char_indices().nth(MOST) {
        value.truncate(end);
        value.push('…');
    }
    value
}

/// What the service is called: as its operator named it, else by the host of its links.
pub(super) fn instance(name: &str, origin: &PublicUrl) -> String {
    Some(plain(name)).filter(|name| !name.is_empty()).unwrap_or_else(|| origin.host().to_string())
}

/// A value on one line, apart from its surroundings where these or the value are written from right to left (UAX #9,
/// isolates).
pub(super) fn isolated(value: &str, words: &Words) -> String {
    let value = line(value);
    if words.language.rtl || value.chars().any(is_rtl) { format!("\u{2068}{value}\u{2069}") } else { value }
}

fn line(value: &str) -> String {
    let visible = value.chars().map(|c| if c.is_control() || is_break(c) { ' ' } else { c });
    let visible: String = visible.filter(|c| !is_unseen(*c) || is_joiner(*c)).collect();
    let line = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    if looks_encoded(&line) { line.replace("=?", "= ?") } else { line }
}

/// Whether it looks like an encoded word (RFC 2047): in a header some readers decode it wherever it stands.
pub(super) fn looks_encoded(text: &str) -> bool {
    text.split_once("=?").is_some_and(|(_, rest)| rest.contains("?="))
}

const fn is_break(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}')
}

const fn is_rtl(c: char) -> bool {
    matches!(c, '\u{0590}'..='\u{08ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Catalogue, LanguageTag};

    #[test]
    fn one_line_of_bounded_length_without_marks_of_direction() {
        assert_eq!(plain("  VPN for\tAnn \r\n"), "VPN for Ann");
        assert_eq!(plain("a\r\nBcc: b@example.com\0\u{85}\u{2028}c"), "a Bcc: b@example.com c");
        assert_eq!(plain("a\u{202e}b\u{2066}c\u{200f}d\u{feff}\u{e0041}"), "abcd");
        assert_eq!(plain("a =?utf-8?q?=0d?="), "a = ?utf-8?q?=0d?=");
        assert_eq!(plain("x=?y"), "x=?y");
        assert_eq!(plain(&"x".repeat(100)).chars().count(), 100);
        assert_eq!(plain(&"é".repeat(101)), "é".repeat(100) + "…");
        assert_eq!(plain("\u{7}\n"), "");
    }

    #[test]
    fn a_service_without_a_name_is_called_by_its_host() {
        let origin = PublicUrl::try_from("https://secrets.example.com:8443".to_owned()).unwrap();
        assert_eq!(instance(" Bürn\n& Söhne", &origin), "Bürn & Söhne");
        for nothing in ["", " \r\n", "\u{200b}\u{202e}"] {
            assert_eq!(instance(nothing, &origin), "secrets.example.com");
        }
    }

    #[test]
    fn isolated_where_directions_meet() {
        let catalogue = Catalogue::new(LanguageTag::ENGLISH);
        let (english, arabic) = (catalogue.choose(&[], None), catalogue.choose(&[Some("ar")], None));
        assert_eq!(isolated("VPN", &english), "VPN");
        assert_eq!(isolated("سر", &english), "\u{2068}سر\u{2069}");
        assert_eq!(isolated("VPN", &arabic), "\u{2068}VPN\u{2069}");
    }
}
