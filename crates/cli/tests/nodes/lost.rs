//! The database goes, and comes back.

use crate::asked::{get, post, send, sign_in};
use crate::cluster::Cluster;
use crate::proxy::{Plan, Proxy};
use crate::running::Server;
use crate::{KEY, Site};

fn ready(node: &Server) -> u16 {
    node.get("/readyz").status
}

fn wait_for(node: &Server, status: u16) {
    while ready(node) != status {
        std::thread::yield_now();
    }
}

/// Refused for now, in the words of who asks, and with the time to wait.
fn assert_refused(node: &Server, (secret, receipt): &(String, String), session: &str) {
    let calls = [
        post(node, "/api/v1/share", &[], "secret=a"),
        post(node, &format!("/api/v1/secret/{secret}"), &[], ""),
        get(node, &format!("/api/v1/private/{receipt}"), &[]),
        post(node, &format!("/api/v1/private/{receipt}/burn"), &[], ""),
    ];
    for call in calls {
        assert_eq!((call.status, call.header("Retry-After")), (503, Some("1")), "{call:?}");
        assert!(call.member("message").contains("temporarily"), "{call:?}");
    }
    let reads_pages = [("Accept", "text/html"), ("Accept-Language", "en"), ("Cookie", session)];
    let paths = [format!("/secret/{secret}"), format!("/receipt/{receipt}")];
    for path in paths.into_iter().chain(["/recent", "/account"].map(str::to_owned)) {
        let page = get(node, &path, &reads_pages);
        assert_eq!((page.status, page.header("Retry-After")), (503, Some("1")), "{page:?}");
        assert!(page.header("Content-Type").is_some_and(|kind| kind.starts_with("text/html")), "{page:?}");
    }
    assert_eq!((node.get("/healthz").status, ready(node)), (200, 503));
}

#[test]
fn a_node_refuses_without_its_database_and_goes_on_with_it() {
    let mut cluster = Cluster::start();
    let site = Site::new(&cluster, 2);
    let nodes = site.all(&[]);
    let key = site.run(&["account", "create", "ann@example.com"]).stdout;
    let session = sign_in(&nodes[0], &nodes[1], "ann@example.com", key.trim_end());
    let (kept, read) = (nodes[0].share("kept"), nodes[0].share("read"));
    assert_eq!(nodes[1].post(&format!("/api/v1/secret/{}", read.0), "").member("value"), "read");
    for _ in 0..2 {
        cluster.kill();
        for node in &nodes {
            assert_refused(node, &kept, &session);
        }
        cluster.resume();
        for node in &nodes {
            wait_for(node, 200);
            node.share("more");
        }
    }
    assert_eq!(nodes[0].post(&format!("/api/v1/secret/{}", read.0), "").status, 404);
    assert_eq!(nodes[1].post(&format!("/api/v1/secret/{}", kept.0), "").member("value"), "kept");
    assert_eq!(get(&nodes[1], "/recent", &[("Cookie", &session)]).status, 200);
}

/// The commit was done, its answer was lost, and the database is away for a while: the reader waits, and gets it.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_taken_is_given_to_its_reader() {
    let cluster = Cluster::start();
    let beside = cluster.fresh("site");
    let proxy = Proxy::start(&cluster).await;
    let node = Site::at(proxy.url("site"), 1).serve(0, &[]);
    let other = Site::at(beside, 1).serve(0, &[]);
    let (secret, receipt) = node.share("hello");
    proxy.plan(Plan::LoseAnswerAndAll);
    let path = format!("/api/v1/secret/{secret}");
    let reader = send(&node, &format!("POST {path}"), &[], "");
    while other.get(&format!("/api/v1/private/{receipt}")).member("state") != "received" {
        tokio::task::yield_now().await;
    }
    wait_for(&node, 503);
    proxy.plan(Plan::Pass);
    let read = tokio::task::spawn_blocking(move || reader.answer()).await.unwrap();
    assert_eq!((read.status, read.member("value").as_str()), (200, "hello"), "{read:?}");
    assert_eq!(other.post(&path, "").status, 404);
}

/// Who starts a node learns at once that its database is away; a supervisor starts it again.
#[test]
fn a_start_without_the_database_is_refused() {
    let data = crate::running::Data::new();
    let port = crate::cluster::free_port();
    let url = format!("postgres://burnbag:hidden@127.0.0.1:{port}/burnbag");
    let variables = [("BURNBAG_STORE", url.as_str()), ("BURNBAG_SERVER_KEY", KEY)];
    let refused = data.run_with(&["serve", "--listen", "127.0.0.1:0"], &variables);
    assert_eq!((refused.code, refused.stdout.as_str()), (Some(1), ""), "{refused:?}");
    assert!(refused.stderr.contains("no connection to PostgreSQL"), "{refused:?}");
    assert!(!refused.stderr.contains("hidden"), "{refused:?}");
}
