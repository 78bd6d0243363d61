//! Calls that all nodes count together, where the store makes that cheap.

use super::{Calls, Wait};
use crate::client::Client;
use burnbag_core::server_key::ServerKey;
use burnbag_store::{Caller, Counted, DynStore};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt;
use std::time::Duration;
use tokio::time::timeout;
use zeroize::Zeroizing;

/// How long a call waits for being counted. Where the store is away each node's own count stands.
const PATIENCE: Duration = Duration::from_millis(500);

/// The count of all nodes.
pub struct Together {
    store: DynStore,
    key: Zeroizing<[u8; 32]>,
}

impl Together {
    /// In a store that other nodes use too, with the same server key.
    pub fn new(store: DynStore, server: &ServerKey) -> Self {
        Self { store, key: server.caller_key() }
    }

    /// Counts a call that this node's own count allows.
    ///
    /// # Errors
    /// The client has no call left.
    pub async fn count(&self, plan: &str, calls: &Calls, client: Client) -> Result<(), Wait> {
        for (client, quota) in calls.quotas(client) {
            let counted = timeout(PATIENCE, self.store.count(self.caller(plan, client), quota)).await;
            if let Ok(Ok(Counted::Wait(seconds))) = counted {
                return Err(Wait(seconds));
            }
        }
        Ok(())
    }

    fn caller(&self, plan: &str, client: Client) -> Caller {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.key.as_slice()).expect("any length is a key");
        let (kind, number) = match client {
            Client::Account(account) => (0, account.0.cast_unsigned()),
            Client::V4(address) => (1, u64::from(address)),
            Client::V6(network) => (2, network),
            Client::Site(network) => (3, network),
        };
        mac.update(&[kind]);
        mac.update(&number.to_be_bytes());
        mac.update(plan.as_bytes());
        let hash: [u8; 32] = mac.finalize().into_bytes().into();
        let mut caller = [0; 16];
        caller.copy_from_slice(&hash[..16]);
        Caller(caller)
    }
}

impl fmt::Debug for Together {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Together").field("store", &self.store).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use burnbag_core::account::AccountId;
    use burnbag_store::memory::Memory;
    use rand::SeedableRng;
    use rand::rngs::StdRng;
    use std::sync::Arc;

    #[test]
    fn nodes_with_one_key_know_a_caller_by_one_name() {
        let node = |seed| {
            let server = ServerKey::make(&mut StdRng::seed_from_u64(seed));
            Together::new(Arc::new(Memory::default()), &server)
        };
        let (one, two, other) = (node(1), node(1), node(2));
        let client = Client::V4(7);
        assert_eq!(one.caller("standard", client), two.caller("standard", client));
        for differs in [
            other.caller("standard", client),
            one.caller("anonymous", client),
            one.caller("standard", Client::V6(7)),
            one.caller("standard", Client::Account(AccountId(7))),
        ] {
            assert_ne!(differs, one.caller("standard", client));
        }
    }
}
