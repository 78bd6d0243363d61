//! Servers that are not what the URL names.

use super::servers::{Server, Watched};
use burnbag_store::StoreError;
use burnbag_store::redis::{Redis, RedisUrl};

async fn refusal(url: &str) -> String {
    let refused = Redis::open(&RedisUrl::parse(url).unwrap()).await.unwrap_err();
    let StoreError::Unavailable(why) = refused else { unreachable!("{refused:?}") };
    why.to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_primary_that_nobody_knows_is_told() {
    let watched = Watched::start();
    let why = refusal(&watched.url("watched", "other")).await;
    assert!(why.contains("no sentinel knows of other"), "{why}");
}

/// It would work, until that server goes.
#[tokio::test(flavor = "multi_thread")]
async fn one_server_of_a_cluster_is_refused() {
    let server = Server::with(|_| ["--cluster-enabled", "yes"].map(str::to_owned).into());
    server.cli(&["CLUSTER", "ADDSLOTSRANGE", "0", "16383"]);
    server.await_that(&["CLUSTER", "INFO"], |info| info.contains("cluster_state:ok"));
    let why = refusal(&server.url("part")).await;
    assert!(why.contains("redis+cluster://"), "{why}");
}
