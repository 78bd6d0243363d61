//! Lists of networks: `trusted_proxies`, whose word about the client's address counts, and `may_create`.

use ipnet::IpNet;
use serde::Deserialize;
use std::net::IpAddr;

/// Networks; a single address is a network of one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "OneOrMany")]
pub struct Networks(Vec<IpNet>);

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl TryFrom<OneOrMany> for Networks {
    type Error = String;

    fn try_from(texts: OneOrMany) -> Result<Self, String> {
        match texts {
            OneOrMany::One(text) => Self::parse(&text),
            OneOrMany::Many(texts) => Self::all(texts.iter().map(String::as_str)),
        }
    }
}

impl Networks {
    /// Networks separated by commas, as variables hold them.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        Self::all(text.split(',').map(str::trim).filter(|text| !text.is_empty()))
    }

    fn all<'a>(texts: impl Iterator<Item = &'a str>) -> Result<Self, String> {
        let networks = texts.map(|text| {
            let address = text.parse::<IpAddr>().map(IpNet::from);
            address
                .or_else(|_| text.parse())
                .map_err(|_| format!("{text:?} is neither an address nor a network like 10.0.0.0/8"))
        });
        networks.collect::<Result<_, _>>().map(Self)
    }

    /// Whether an address is in one of them.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }
}
