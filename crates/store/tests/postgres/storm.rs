//! Connections to PostgreSQL that are killed all the time.

use super::cluster::Cluster;
use super::open;
use super::weather::weather;
use std::sync::Arc;

#[tokio::test(flavor = "multi_thread")]
async fn killed_connections_lose_nothing() {
    let cluster = Arc::new(Cluster::start());
    let url = cluster.fresh("storm");
    let nodes = [open(&url).await, open(&url).await];
    let at = Arc::clone(&cluster);
    let kill = move || {
        let some = at.sql(
            "SELECT count(pg_terminate_backend(pid)) FROM (SELECT pid FROM pg_stat_activity
             WHERE application_name = 'burnbag' ORDER BY random() LIMIT 3) AS few",
        );
        some.parse().unwrap()
    };
    weather(nodes, kill).await;
}
