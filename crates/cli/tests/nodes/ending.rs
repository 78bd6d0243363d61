//! A node that is told to end goes on until others know.

use crate::Site;
use crate::asked::{get, post};
use crate::cluster::Cluster;
use crate::running::Server;
use std::io::{Read, Write};

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

/// Who was let in just before the end is answered: his request is on its way.
#[test]
fn who_came_in_last_is_answered() {
    let cluster = Cluster::start();
    let node = Site::new(&cluster, 1).serve(0, &[]);
    let mut last = node.connect();
    assert_eq!(node.get("/healthz").status, 200, "the one before is inside");
    node.signal("TERM");
    while !node.refuses_connections() {
        std::thread::yield_now();
    }
    last.write_all(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n").unwrap();
    let mut answer = String::new();
    last.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert_eq!(node.stop().0, Some(0));
}

/// Alone, it ends at once: nobody else takes requests.
#[test]
fn a_single_server_does_not_wait() {
    let data = crate::running::Data::new();
    let (code, took, _, said) = data.serve(&[]).stop();
    assert!(code == Some(0) && took.as_secs() < 4 && said.contains("seconds=0"), "{took:?} {said}");
}
