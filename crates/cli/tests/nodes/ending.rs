//! A node that is told to end goes on until others know.

use crate::Site;
use crate::asked::{get, post};
use crate::cluster::Cluster;
use crate::running::Server;

fn wait_until_draining(node: &Server) {
    while node.get("/readyz").member("status") != "draining" {
        std::thread::yield_now();
    }
}

#[test]
fn who_is_told_to_end_says_so_and_goes_on_for_a_while() {
    let cluster = Cluster::start();
    let node = Site::new(&cluster, 1).serve(0, &[("BURNBAG_DRAIN", "3s")]);
    let (secret, _) = node.share("hello");
    // A connection that is kept.
    assert_eq!(get(&node, "/readyz", &[]).member("status"), "ready");
    node.signal("TERM");
    wait_until_draining(&node);
    let ready = get(&node, "/readyz", &[]);
    assert_eq!((ready.status, get(&node, "/healthz", &[]).status), (503, 200));
    let read = post(&node, &format!("/api/v1/secret/{secret}"), &[], "");
    assert_eq!((read.status, read.header("Connection")), (200, Some("close")), "{read:?}");
    while !node.refuses_connections() {
        std::thread::yield_now();
    }
    let (code, _, _, said) = node.stop();
    assert!(code == Some(0) && said.contains("seconds=3") && said.contains("stopped"), "{said}");
}

#[test]
fn a_second_signal_ends_it_at_once() {
    let cluster = Cluster::start();
    let node = Site::new(&cluster, 1).serve(0, &[("BURNBAG_DRAIN", "10m")]);
    let _half = node.begin("/api/v1/share", 10);
    node.signal("TERM");
    wait_until_draining(&node);
    node.signal("INT");
    let (code, took, _, said) = node.stop();
    assert!(code == Some(0) && took.as_secs() < 20 && said.contains("a second signal"), "{took:?} {said}");
}

/// Alone, it ends at once: nobody else takes requests.
#[test]
fn a_single_server_does_not_wait() {
    let data = crate::running::Data::new();
    let (code, took, _, said) = data.serve(&[]).stop();
    assert!(code == Some(0) && took.as_secs() < 4 && said.contains("seconds=0"), "{took:?} {said}");
}
