//! E-mail addresses.

use std::fmt;
use std::str::FromStr;

/// An e-mail address, in lower case and with its domain as people read it: accounts are compared so. Browsers write
/// `müller.de` as `xn--mller-kva.de` (IDNA, UTS #46); both are one domain.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Email(String);

/// The text is not an e-mail address that mail can be sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an e-mail address like name@example.com")]
pub struct NotAnAddress;

impl Email {
    /// The whole address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Local part and domain, the latter as people read it.
    #[must_use]
    pub fn parts(&self) -> (&str, &str) {
        self.0.rsplit_once('@').expect("checked when parsed")
    }
}

impl FromStr for Email {
    type Err = NotAnAddress;

    /// The everyday subset of RFC 5321: dot-atom local part, a domain of at least two labels, 254 bytes at most.
    fn from_str(text: &str) -> Result<Self, NotAnAddress> {
        let text = text.trim().to_lowercase();
        let (local, domain) = text.rsplit_once('@').ok_or(NotAnAddress)?;
        let wire = idna::domain_to_ascii(domain).map_err(|_| NotAnAddress)?;
        let local_ok = (1..=64).contains(&local.len())
            && local.split('.').all(|atom| !atom.is_empty() && atom.chars().all(is_atom_char));
        let label_ok = |label: &str| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        };
        let domain_ok = wire.contains('.') && wire.len() <= 253 && wire.split('.').all(label_ok);
        let top_ok = wire
            .rsplit('.')
            .next()
            .is_some_and(|top| top.len() > 1 && !top.bytes().all(|b| b.is_ascii_digit()));
        let (read, is_sound) = idna::domain_to_unicode(&wire);
        let address = format!("{local}@{read}");
        // What begins like an encoded word (RFC 2047) would be read as something else in a header.
        let plain = !address.starts_with("=?");
        if plain && address.len() <= 254 && local_ok && domain_ok && top_ok && is_sound.is_ok() {
            Ok(Self(address))
        } else {
            Err(NotAnAddress)
        }
    }
}

fn is_atom_char(c: char) -> bool {
    c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c)
}

/// Masked, because logs must not carry addresses.
impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email")
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for good in [
            "a@example.com",
            " User@Example.COM ",
            "x.y+z@sub.example.co.uk",
            "a@foo.online",
            "jörg@müller.de",
        ] {
            assert!(good.parse::<Email>().is_ok(), "{good}");
        }
        for one in ["a@müller.de", "a@MÜLLER.de", "a@xn--mller-kva.de", "a@mu\u{308}ller.de", "a@ｍüller.de"]
        {
            assert_eq!(one.parse::<Email>().unwrap().as_str(), "a@müller.de", "{one}");
        }
        // Marks that are no letters, and letters that join.
        for read in ["a@हिन्दी.भारत", "a@ไทย.ไทย", "a@مثال.إختبار", "a@straße.de", "a@例え.jp"]
        {
            let address: Email = read.parse().unwrap();
            assert_eq!(address.as_str(), read);
            assert_eq!(address.as_str().parse(), Ok(address), "what is stored is read again");
        }
        for bad in [
            "",
            "a@xn--x.org",
            "a@exa\u{202e}mple.com",
            "a",
            "a@b",
            "@example.com",
            "a@",
            "a b@example.com",
            "a@ex ample.com",
            "a..b@example.com",
            "a@-x.com",
            "a@example.com\r\nBcc: x",
            "a@1.2.3.4",
            "a@example..com",
            "a@@example.com",
            "=?utf-8?q?x?=@example.org",
        ] {
            assert!(bad.parse::<Email>().is_err(), "{bad}");
        }
        assert_eq!("USER@Example.com".parse::<Email>().unwrap().as_str(), "user@example.com");
    }
}
