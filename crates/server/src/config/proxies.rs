//! `trusted_proxies`: whose word about the client's address counts.

use ipnet::IpNet;
use serde::Deserialize;
use std::net::IpAddr;

/// Networks of proxies; a single address is a network of one.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(try_from = "OneOrMany")]
pub struct Proxies(Vec<IpNet>);

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl TryFrom<OneOrMany> for Proxies {
    type Error = String;

    fn try_from(texts: OneOrMany) -> Result<Self, String> {
        let texts = match texts {
            // A variable may hold several, separated by commas.
            OneOrMany::One(text) => text.split(',').map(|part| part.trim().to_owned()).collect(),
            OneOrMany::Many(texts) => texts,
        };
        let networks = texts.iter().filter(|text| !text.is_empty()).map(|text| {
            let address = text.parse::<IpAddr>().map(IpNet::from);
            address
                .or_else(|_| text.parse())
                .map_err(|_| format!("{text:?} is neither an address nor a network like 10.0.0.0/8"))
        });
        networks.collect::<Result<_, _>>().map(Self)
    }
}

impl Proxies {
    /// Whether a peer at this address is trusted.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }
}
