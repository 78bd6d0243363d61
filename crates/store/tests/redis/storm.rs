//! Connections to Redis that are killed all the time.

use super::open;
use super::servers::Server;
use super::weather::weather;
use std::sync::Arc;

#[tokio::test(flavor = "multi_thread")]
async fn killed_connections_lose_nothing() {
    let server = Arc::new(Server::start());
    let url = server.url("storm");
    let nodes = [open(&url).await, open(&url).await];
    let at = Arc::clone(&server);
    let kill = move || {
        let some = at.cli(&["CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"]);
        some.parse().unwrap()
    };
    weather(nodes, kill).await;
}
