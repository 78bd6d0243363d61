//! Several servers on one PostgreSQL: the program in processes of its own, as behind a load balancer. What one node did counts
//! on all of them, once; what happens when the database goes, and when a node is told to end.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

#[path = "nodes/asked.rs"]
mod asked;
#[expect(dead_code, reason = "the store's own tests do more with it")]
#[path = "../../store/tests/support/cluster.rs"]
mod cluster;
#[path = "nodes/ending.rs"]
mod ending;
#[path = "nodes/lost.rs"]
mod lost;
#[path = "nodes/mailing.rs"]
mod mailing;
#[expect(dead_code, reason = "the store's own tests do more with it")]
#[path = "../../store/tests/postgres/proxy.rs"]
mod proxy;
#[expect(dead_code, reason = "single servers do more with it")]
#[path = "flow/running.rs"]
mod running;
#[expect(dead_code, reason = "the server's own tests tell it more")]
#[path = "../../server/tests/support/smtp.rs"]
mod smtp;
#[path = "nodes/together.rs"]
mod together;

use cluster::Cluster;
use running::{Data, Ended, Server};

/// A store, and folders for the nodes that work on it.
pub(crate) struct Site {
    url: String,
    folders: Vec<Data>,
}

impl Site {
    /// With a store of its own on the server.
    pub(crate) fn new(cluster: &Cluster, nodes: usize) -> Self {
        Self::at(cluster.fresh("site"), nodes)
    }

    pub(crate) fn at(url: String, nodes: usize) -> Self {
        Self { url, folders: (0..nodes).map(|_| Data::new()).collect() }
    }

    fn variables<'a>(&'a self, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
        let own = [
            ("BURNBAG_STORE", self.url.as_str()),
            ("BURNBAG_SERVER_KEY", KEY),
            ("BURNBAG_THROTTLE", "off"),
            ("BURNBAG_DRAIN", "0"),
        ];
        own.into_iter().chain(more.iter().copied()).collect()
    }

    /// Starts a node.
    pub(crate) fn serve(&self, number: usize, more: &[(&str, &str)]) -> Server {
        self.folders[number].serve_with(&[], &self.variables(more))
    }

    /// Starts every node.
    pub(crate) fn all(&self, more: &[(&str, &str)]) -> Vec<Server> {
        (0..self.folders.len()).map(|number| self.serve(number, more)).collect()
    }

    /// A command beside the nodes.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ended {
        self.folders[0].run_with(arguments, &self.variables(&[]))
    }
}

const KEY: &str = "8f1f0b9f4dd0a3f6b1ce6f19d4a5e8c27b3a90d15e64f2c8b7a1d3e5f60987ab";
