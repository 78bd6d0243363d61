//! `public_url`: what links start with.

use serde::Deserialize;
use std::fmt;
use url::{Host, Url};

/// An origin, `https://host[:port]`, without a slash at its end.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct PublicUrl(String);

impl TryFrom<String> for PublicUrl {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let form = "write it like https://secrets.example.com";
        let url = Url::parse(&text).map_err(|error| format!("{text:?} is no URL ({error}); {form}"))?;
        if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) {
            return Err(format!("{text:?} is not an http or https URL; {form}"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(format!("a public URL holds no user name; {form}"));
        }
        if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
            return Err(format!(
                "{text:?} has a path: clients build links as HOST/secret/KEY, so Burnbag needs a host of its own; {form}"
            ));
        }
        Ok(Self(url.origin().ascii_serialization()))
    }
}

impl PublicUrl {
    /// Whether links are opened over TLS.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }

    /// Its host: a name in ASCII, or an address.
    pub fn host(&self) -> Host {
        let url = Url::parse(&self.0).expect("it was parsed");
        url.host().expect("it has a host").to_owned()
    }

    /// The origin.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_and_nothing_else() {
        let parse = |text: &str| PublicUrl::try_from(text.to_owned());
        assert_eq!(parse("https://Secrets.example.com/").unwrap().as_str(), "https://secrets.example.com");
        assert_eq!(parse("http://10.0.0.1:8080").unwrap().as_str(), "http://10.0.0.1:8080");
        for bad in
            ["", "secrets.example.com", "ftp://x.y", "https://x.y/secrets", "https://x.y/?a", "https://u@x.y"]
        {
            assert!(parse(bad).is_err(), "{bad}");
        }
        assert!(parse("https://x.y/secrets").unwrap_err().contains("has a path"));
    }
}
