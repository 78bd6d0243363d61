//! What one node did, others know.

use crate::asked::{get, post, send, sign_in};
use crate::cluster::Cluster;
use crate::{Site, running};
use data_encoding::BASE64;

const MAKER: &str = "ann@example.com";

/// Of 64 readers at three nodes one gets it.
#[test]
fn a_link_opens_at_any_node_and_once() {
    let cluster = Cluster::start();
    let nodes = Site::new(&cluster, 3).all(&[]);
    for round in 0..5 {
        let (secret, receipt) = nodes[round % 3].share("hello");
        let request = format!("POST /api/v1/secret/{secret}");
        let readers: Vec<_> = (0..64).map(|number| send(&nodes[number % 3], &request, &[], "")).collect();
        let answers: Vec<_> = readers.into_iter().map(crate::asked::Sent::answer).collect();
        let won = answers.iter().filter(|answer| answer.status == 200).count();
        assert_eq!(won, 1, "{answers:?}");
        assert!(answers.iter().all(|answer| [200, 404].contains(&answer.status)), "{answers:?}");
        for node in &nodes {
            assert_eq!(node.get(&format!("/api/v1/private/{receipt}")).member("state"), "received");
        }
    }
}

#[test]
fn a_reveal_may_be_repeated_at_another_node() {
    let cluster = Cluster::start();
    let nodes = Site::new(&cluster, 3).all(&[]);
    let (secret, _) = nodes[0].share("hello");
    let path = format!("/api/v1/secret/{secret}");
    let (mine, other) = ([("Idempotency-Key", "a".repeat(32))], [("Idempotency-Key", "b".repeat(32))]);
    let reveal = |node: usize, key: &[(&str, String)]| {
        let headers: Vec<_> = key.iter().map(|(name, value)| (*name, value.as_str())).collect();
        post(&nodes[node], &path, &headers, "")
    };
    for node in 0..3 {
        assert_eq!(reveal(node, &mine).member("value"), "hello");
        assert_eq!((reveal(node, &other).status, reveal(node, &[]).status), (404, 404));
    }
}

/// Accounts, lists, burning and sessions.
#[test]
fn an_account_is_the_same_at_every_node() {
    let cluster = Cluster::start();
    let site = Site::new(&cluster, 3);
    let nodes = site.all(&[]);
    let key = site.run(&["account", "create", MAKER]).stdout.trim_end().to_owned();
    let basic = format!("Basic {}", BASE64.encode(format!("{MAKER}:{key}").as_bytes()));
    let signed_in = [("Authorization", basic.as_str())];
    let made = post(&nodes[0], "/api/v1/share", &signed_in, "secret=a");
    let (secret, receipt) = (made.member("secret_key"), made.member("metadata_key"));
    assert!(get(&nodes[1], "/api/v1/private/recent", &signed_in).body.contains(&receipt));
    let burned = post(&nodes[2], &format!("/api/v1/private/{receipt}/burn"), &signed_in, "");
    assert_eq!(burned.status, 200, "{burned:?}");
    assert_eq!(post(&nodes[0], &format!("/api/v1/secret/{secret}"), &[], "").status, 404);

    let session = sign_in(&nodes[0], &nodes[1], MAKER, &key);
    let session = session.as_str();
    let list = get(&nodes[2], "/recent", &[("Cookie", session)]);
    assert!(list.status == 200 && list.body.contains(&receipt), "{list:?}");
    // Who was shut out at one node is shut out at all of them.
    assert_eq!(site.run(&["account", "rotate-key", MAKER]).code, Some(0));
    assert_eq!(get(&nodes[0], "/recent", &[("Cookie", session)]).status, 303);
    assert_ne!(get(&nodes[1], "/api/v1/authcheck", &signed_in).status, 200);
}

/// Three nodes sweep once a second, and what ends is counted off once.
#[test]
fn all_nodes_sweep_and_each_secret_ends_once() {
    let cluster = Cluster::start();
    let nodes = Site::new(&cluster, 3).all(&[]);
    let kept = nodes[0].share("kept");
    let held = || cluster.sql("SELECT sum(bytes) FROM site.held");
    let before = held();
    for number in 0..60 {
        nodes[number % 3].share("swept");
    }
    assert_ne!(held(), before);
    cluster.sql(
        "UPDATE site.pair SET expires = 1000, due = 1000
         WHERE row > (SELECT min(row) FROM site.pair)",
    );
    while cluster.sql("SELECT count(*) FROM site.pair") != "1" {
        std::thread::yield_now();
    }
    assert_eq!(held(), before, "neither twice nor not at all");
    assert_eq!(nodes[1].post(&format!("/api/v1/secret/{}", kept.0), "").member("value"), "kept");
    assert_eq!(held(), "0");
}

/// Documented: calls are counted by each node for itself, wrong passphrases of a secret by all together.
#[test]
fn calls_are_counted_by_each_node() {
    let cluster = Cluster::start();
    let nodes = Site::new(&cluster, 2).all(&[("BURNBAG_THROTTLE", "2/60s")]);
    for node in &nodes {
        let statuses = [0; 3].map(|_| node.get("/api/v1/status").status);
        assert_eq!(statuses, [200, 200, 429]);
    }
}

/// What is beside the nodes speaks to the same store, and what is not there is made by whoever comes first.
#[test]
fn a_command_may_come_first() {
    let cluster = Cluster::start();
    let site = Site::new(&cluster, 1);
    let key = site.run(&["account", "create", MAKER]).stdout.trim_end().to_owned();
    let node: running::Server = site.serve(0, &[]);
    assert_eq!(node.get_as("/api/v1/authcheck", MAKER, &key).status, 200);
}
