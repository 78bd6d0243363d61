//! `may_create`: who may make secrets. Anyone may open one.

use super::Networks;
use serde::Deserialize;
use std::net::IpAddr;

/// Who may make secrets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Written")]
pub enum MayCreate {
    /// `"everyone"`: whoever reaches the server.
    #[default]
    Everyone,
    /// `"accounts"`: who is signed in, or brings an API key.
    Accounts,
    /// They, and who comes from one of these networks.
    From(Networks),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Word(String),
    Networks(Networks),
}

impl TryFrom<Written> for MayCreate {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        match written {
            Written::Word(word) if word == "everyone" => Ok(Self::Everyone),
            Written::Word(word) if word == "accounts" => Ok(Self::Accounts),
            // A variable may hold networks, separated by commas.
            Written::Word(word) => Networks::parse(&word).map(Self::From).map_err(|error| {
                format!("{error}; write \"everyone\", \"accounts\", or networks like [\"10.0.0.0/8\"]")
            }),
            Written::Networks(networks) => Ok(Self::From(networks)),
        }
    }
}

impl MayCreate {
    /// Whether somebody at this address may, who is signed in or not.
    #[must_use]
    pub fn allows(&self, signed_in: bool, address: IpAddr) -> bool {
        signed_in
            || match self {
                Self::Everyone => true,
                Self::Accounts => false,
                Self::From(networks) => networks.contains(address),
            }
    }
}
