//! Links as people paste them: whole, cut, mangled by a mail system, or of the wrong kind.

use crate::failure::{Exit, Failure};
use crate::server_url::{ServerUrl, parse_address};
use burnbag_core::fragment::{Fragment, NotAFragment};
use std::fmt;
use url::Url;
use zeroize::Zeroizing;

/// What people and programs put around links.
const OPENING: [char; 5] = ['<', '"', '\'', '“', '‘'];
const CLOSING: [char; 5] = ['>', '"', '\'', '”', '’'];

/// What a link leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Leads {
    /// To a secret: the reader's.
    Secret,
    /// To a receipt: the sender's.
    Receipt,
    /// Not said: a key alone.
    Either,
}

/// A link, or a key alone.
pub(crate) struct Link {
    pub(crate) leads: Leads,
    /// Where the server is; not said by a key alone.
    pub(crate) server: Option<ServerUrl>,
    /// Secret key or receipt key, as far as it looks like one.
    pub(crate) key: Zeroizing<String>,
    fragment: Option<Zeroizing<String>>,
}

/// What is told of a link whose part after # is not whole.
pub(crate) fn incomplete() -> Failure {
    Failure::new(Exit::NotOpened, "this link is not complete: the part after # is missing or damaged").mend(
        "some mail systems cut it off: paste the whole link, or ask the sender for it again\nnothing has been opened",
    )
}

impl Link {
    /// Reads a link. `%23` and `%2523` are what mail systems make of `#`.
    pub(crate) fn parse(text: &str) -> Result<Self, Failure> {
        let text = text.trim().trim_start_matches(OPENING).trim_end_matches(CLOSING);
        let (address, fragment) = match split_fragment(text) {
            Some((address, fragment)) => (address, Some(fragment)),
            None => (text, None),
        };
        // No character of a fragment is one that ends a sentence.
        let fragment = fragment.map(|text| text.trim_end_matches(|c: char| !is_of_fragment(c)).to_owned());
        let fragment = fragment.filter(|text| !text.is_empty()).map(Zeroizing::new);
        if is_key(address) {
            let key = Zeroizing::new(address.to_owned());
            return Ok(Self { leads: Leads::Either, server: None, key, fragment });
        }
        let address =
            if fragment.is_none() { address.trim_end_matches(['.', ',', ')', ';']) } else { address };
        let url = parse_address(address).ok_or_else(not_a_link)?;
        let server = ServerUrl::of(&url).map_err(|_| not_a_link())?;
        let (leads, key) = place(&url).ok_or_else(not_a_link)?;
        Ok(Self { leads, server: Some(server), key, fragment })
    }

    /// The link of a secret; one of a receipt is named as the mistake.
    pub(crate) fn of_secret(text: &str) -> Result<Self, Failure> {
        let link = Self::parse(text)?;
        if link.leads == Leads::Receipt {
            let problem = "this is the link of a receipt, for the person who sent the secret; the secret is not behind it";
            return Err(Failure::usage(problem).mend(format!(
                "burnbag receipt {} shows it; to open the secret, ask for the link with /secret/ in it",
                link.address()
            )));
        }
        Ok(link)
    }

    /// The link of a receipt; one of a secret is named as the mistake.
    pub(crate) fn of_receipt(text: &str) -> Result<Self, Failure> {
        let link = Self::parse(text).map_err(|_| not_a_receipt())?;
        if link.leads == Leads::Secret {
            let problem = "this is the link of a secret, for its reader; its receipt has another link";
            return Err(Failure::usage(problem).mend(
                "burnbag share printed the receipt beside the link; to open the secret: burnbag open LINK",
            ));
        }
        Ok(link)
    }

    /// The fragment. Missing and damaged are told alike.
    pub(crate) fn fragment(&self) -> Result<Fragment, Failure> {
        let text = self.fragment.as_ref().ok_or_else(incomplete)?;
        text.parse().map_err(|error| match error {
            NotAFragment::Malformed => incomplete(),
            NotAFragment::Newer => Failure::new(Exit::NotOpened, "the link was made by a newer release")
                .mend("get a newer burnbag\nnothing has been opened"),
        })
    }

    /// Whether there is anything after #.
    pub(crate) const fn has_fragment(&self) -> bool {
        self.fragment.is_some()
    }

    /// Without what is after #.
    fn address(&self) -> String {
        let path = if self.leads == Leads::Receipt { "receipt" } else { "secret" };
        match &self.server {
            Some(server) => format!("{server}/{path}/{}", self.key.as_str()),
            None => self.key.to_string(),
        }
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Link")
    }
}

fn not_a_link() -> Failure {
    Failure::usage("this is not a link of a secret or a receipt")
        .mend("a link looks like https://secrets.example.com/secret/KEY#FRAGMENT")
}

fn not_a_receipt() -> Failure {
    Failure::usage("this is not a link of a receipt")
        .mend("a receipt looks like https://secrets.example.com/receipt/KEY")
}

fn split_fragment(text: &str) -> Option<(&str, &str)> {
    ["#", "%2523", "%23"].iter().find_map(|mark| text.split_once(mark))
}

fn is_of_fragment(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '_'
}

/// Keys of this server have 31 characters, those of others up to 62 or so.
pub(crate) fn is_key(text: &str) -> bool {
    (6..=80).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn place(url: &Url) -> Option<(Leads, Zeroizing<String>)> {
    let mut parts = url.path().trim_start_matches('/').trim_end_matches('/').split('/');
    let leads = match parts.next()? {
        "secret" => Leads::Secret,
        "receipt" | "private" | "metadata" => Leads::Receipt,
        _ => return None,
    };
    let key = parts.next().filter(|key| is_key(key))?;
    parts.next().is_none().then(|| (leads, Zeroizing::new(key.to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KEY: &str = "0123456789abcdefghijklmnopqrstu";
    const FRAGMENT: &str = "EAECAwQFBgcICQoLDA0ODxA";

    #[test]
    fn links_are_mended() {
        for text in [
            format!("https://a.example/secret/{KEY}#{FRAGMENT}"),
            format!("  https://A.example:443/secret/{KEY}#{FRAGMENT}\n"),
            format!("https://a.example/secret/{KEY}%23{FRAGMENT}"),
            format!("https://a.example/secret/{KEY}%2523{FRAGMENT}"),
            format!("<https://a.example/secret/{KEY}#{FRAGMENT}>"),
            format!("\"https://a.example/secret/{KEY}#{FRAGMENT}\""),
            format!("'https://a.example/secret/{KEY}#{FRAGMENT}'"),
            format!("“https://a.example/secret/{KEY}#{FRAGMENT}”"),
            format!("https://a.example/secret/{KEY}#{FRAGMENT}."),
            format!("https://a.example/secret/{KEY}/#{FRAGMENT}"),
            format!("a.example/secret/{KEY}#{FRAGMENT}"),
        ] {
            let link = Link::of_secret(&text).unwrap();
            assert_eq!(link.server.as_ref().unwrap().origin(), "https://a.example", "{text}");
            assert_eq!((link.key.as_str(), link.leads), (KEY, Leads::Secret), "{text}");
            assert_eq!(link.fragment().unwrap().expose().as_str(), FRAGMENT, "{text}");
        }
    }

    #[test]
    fn keys_alone_are_taken_with_and_without_a_fragment() {
        let link = Link::of_secret(KEY).unwrap();
        assert!(link.server.is_none() && !link.has_fragment() && link.leads == Leads::Either);
        assert!(Link::of_receipt(KEY).is_ok());
        assert!(Link::of_secret(&format!("{KEY}#{FRAGMENT}")).unwrap().fragment().is_ok());
        for key in ["abc123", &"A9".repeat(31)] {
            assert!(Link::of_secret(&format!("https://a.example/secret/{key}")).is_ok(), "{key}");
        }
    }

    #[test]
    fn a_link_of_the_wrong_kind_is_named() {
        for path in ["receipt", "private", "metadata"] {
            let text = format!("https://a.example/{path}/{KEY}");
            assert!(Link::of_receipt(&text).is_ok());
            let failure = Link::of_secret(&text).unwrap_err();
            assert!(failure.code() == 2 && failure.text().contains("burnbag receipt"), "{}", failure.text());
        }
        let failure = Link::of_receipt(&format!("https://a.example/secret/{KEY}#{FRAGMENT}")).unwrap_err();
        assert!(failure.code() == 2 && failure.text().contains("burnbag open"), "{}", failure.text());
        assert!(!failure.text().contains(FRAGMENT));
        assert!(Link::of_receipt("hello").unwrap_err().text().contains("/receipt/KEY"));
        assert!(Link::of_receipt(&format!("'{KEY}'")).is_ok());
    }

    #[test]
    fn what_is_no_link_is_refused() {
        for text in [
            "",
            "hello",
            "https://a.example",
            "https://a.example/secret/",
            "https://a.example/about/abc123",
            "https://a.example/secret/abc123/more",
            "https://a.example/secret/a%2Fbcdef",
            "ftp://a.example/secret/abc123",
        ] {
            assert_eq!(Link::parse(text).unwrap_err().code(), 2, "{text}");
        }
        for damaged in ["", "#", "#EAEC", "#!!!", "#EAECAwQFBgcICQoLDA0ODxAA"] {
            let link = Link::of_secret(&format!("https://a.example/secret/{KEY}{damaged}")).unwrap();
            assert_eq!(link.fragment().unwrap_err().code(), 4, "{damaged}");
        }
        let newer = Link::of_secret(&format!("{KEY}#IAECAwQFBgcICQoLDA0ODxA")).unwrap();
        assert!(newer.fragment().unwrap_err().text().contains("newer"));
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange(text in "\\PC*") {
            let _ = Link::parse(&text);
        }

        #[test]
        fn every_link_is_read_back(key in "[A-Za-z0-9]{6,80}", fragment in "[A-Za-z0-9_-]{1,40}") {
            let link = Link::of_secret(&format!("https://a.example/secret/{key}#{fragment}")).unwrap();
            prop_assert_eq!(link.key.as_str(), key.as_str());
            prop_assert_eq!(link.fragment.as_ref().map(|text| text.as_str()), Some(fragment.as_str()));
        }
    }
}
