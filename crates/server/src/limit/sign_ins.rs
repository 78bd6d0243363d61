//! Wrong sign-ins: 10 in 10 minutes for an address and a client, 100 for an address and all clients together.
//!
//! With 100 tries in 10 minutes for everybody a password of twelve characters is safe from any number of machines; the
//! price is that they can keep its owner from signing in with it. Who is signed in stays so, and an API key signs in
//! always: it cannot be guessed, so it is not counted.

use super::Wait;
use super::tries::{Allowance, NoTry, WrongTries};
use crate::client::Client;
use burnbag_core::account::Email;
use burnbag_core::time::Timestamp;
use sha2::{Digest, Sha256};

/// A hash of an address: of one size, whatever was typed.
type Address = [u8; 32];

/// Sign-ins that were wrong, or whose outcome is not known yet. An address counts whether it has an account or not.
#[derive(Debug)]
pub struct WrongSignIns {
    of_client: WrongTries<(Address, Client)>,
    of_all: WrongTries<Address>,
}

impl Default for WrongSignIns {
    fn default() -> Self {
        Self {
            of_client: WrongTries::new(Allowance { recent: 10, in_all: None }),
            of_all: WrongTries::new(Allowance { recent: 100, in_all: None }),
        }
    }
}

impl WrongSignIns {
    /// Charges a sign-in before it is tried.
    ///
    /// # Errors
    /// This client, or everybody together, may not try this address now.
    pub fn charge(&self, email: &Email, client: Client, now: Timestamp) -> Result<(), Wait> {
        let address = address(email);
        self.of_client.charge((address, client), now).map_err(wait)?;
        self.of_all.charge(address, now).map_err(|no_try| {
            self.of_client.refund(&(address, client));
            wait(no_try)
        })
    }

    /// Takes a charge back: the sign-in was right, or was not tried after all.
    pub fn refund(&self, email: &Email, client: Client) {
        let address = address(email);
        self.of_client.refund(&(address, client));
        self.of_all.refund(&address);
    }
}

fn address(email: &Email) -> Address {
    Sha256::digest(email.as_str()).into()
}

fn wait(no_try: NoTry) -> Wait {
    match no_try {
        NoTry::Later(wait) => wait,
        NoTry::Never => unreachable!("there is no end to sign-ins"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_for_a_client_and_a_hundred_for_all() {
        let (sign_ins, now) = (WrongSignIns::default(), Timestamp(0));
        let email = |text: &str| text.parse::<Email>().unwrap();
        let [ann, bob] = ["ann@example.com", "bob@example.com"].map(email);
        for client in 0..10 {
            for _ in 0..10 {
                assert_eq!(sign_ins.charge(&ann, Client::V4(client), now), Ok(()));
            }
            assert_eq!(sign_ins.charge(&ann, Client::V4(client), now), Err(Wait(600)));
        }
        assert_eq!(sign_ins.charge(&ann, Client::V4(99), now), Err(Wait(600)), "all together");
        assert_eq!(sign_ins.charge(&bob, Client::V4(99), now), Ok(()), "nobody else");
        assert_eq!(sign_ins.charge(&ann, Client::V4(99), Timestamp(600)), Ok(()), "later");
        sign_ins.refund(&ann, Client::V4(99));
        for _ in 0..50 {
            assert_eq!(sign_ins.charge(&ann, Client::V4(99), Timestamp(600)), Ok(()));
            sign_ins.refund(&ann, Client::V4(99));
        }
    }
}
