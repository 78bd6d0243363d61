//! The program as people use it. Here: the operator, with a server, accounts beside it, signals, restarts, keys. In the
//! modules: senders and readers, with settings of their own, at a real server.

#![expect(clippy::disallowed_methods, reason = "files of keys and configurations, no databases")]

#[path = "flow/at_a_terminal.rs"]
mod at_a_terminal;
#[path = "flow/commands.rs"]
mod commands;
#[path = "flow/fake.rs"]
mod fake;
#[path = "flow/files.rs"]
mod files;
#[path = "flow/killed_mail.rs"]
mod killed_mail;
#[path = "flow/mail.rs"]
mod mail;
#[path = "flow/moving.rs"]
mod moving;
#[path = "flow/other_server.rs"]
mod other_server;
#[path = "flow/person.rs"]
mod person;
#[path = "flow/profiles.rs"]
mod profiles;
#[path = "flow/receipts.rs"]
mod receipts;
#[path = "flow/redelivery.rs"]
mod redelivery;
#[path = "flow/running.rs"]
mod running;
#[expect(dead_code, reason = "the server's own tests tell it more")]
#[path = "../../server/tests/support/smtp.rs"]
mod smtp;
#[path = "flow/strangers.rs"]
mod strangers;
#[path = "flow/texts.rs"]
mod texts;
#[path = "flow/unwritable.rs"]
mod unwritable;

use running::{Data, Server};
use std::time::Duration;

#[test]
fn the_first_line_says_where_it_listens() {
    let data = Data::new();
    let server = data.serve(&[]);
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(server.greeting, format!("burnbag {version} listening on http://{}", server.address));
    assert!(!server.address.ends_with(":0"));
    assert_eq!(server.get("/readyz").status, 200);
    let (code, _, stdout, stderr) = server.stop();
    assert_eq!((code, stdout.as_str()), (Some(0), ""), "{stderr}");
    assert!(
        stderr.contains("listening") && stderr.contains("stopped") && !stderr.contains("WARN"),
        "{stderr}"
    );
}

#[test]
fn accounts_take_effect_at_once_beside_a_running_server() {
    let data = Data::new();
    let server = data.serve(&[]);
    let created = data.run(&["account", "create", "User@Example.com"]);
    let key = created.stdout.trim_end_matches('\n');
    assert!(
        key.len() == 40 && key.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)),
        "{created:?}"
    );
    assert!(created.code == Some(0) && created.stderr.contains("shown once"), "{created:?}");
    let signs_in = |email: &str, key: &str| server.get_as("/api/v1/authcheck", email, key).status == 200;
    assert!(signs_in("user@example.com", key) && signs_in("USER@example.com", key));

    let nowhere = data.run(&["account", "create", "x=?utf-8?q?y?=@example.com"]);
    assert_eq!((nowhere.code, nowhere.stdout.as_str()), (Some(1), ""));
    assert!(nowhere.stderr.contains("check how it is written"), "{nowhere:?}");
    let unwritten = data.run(&["account", "create", "user@xn--x.org"]);
    assert!(unwritten.code == Some(2) && unwritten.stderr.contains("not an e-mail address"), "{unwritten:?}");
    let twice = data.run(&["account", "create", "user@example.com"]);
    assert_eq!((twice.code, twice.stdout.as_str()), (Some(1), ""));
    assert!(twice.stderr.contains("rotate-key"), "{twice:?}");

    let rotated = data.run(&["account", "rotate-key", "user@EXAMPLE.com"]);
    let newer = rotated.stdout.trim_end();
    assert!(newer.len() == 40 && newer != key, "{rotated:?}");
    assert!(!signs_in("user@example.com", key) && signs_in("user@example.com", newer));

    assert_eq!(data.run(&["account", "create", "b@example.com", "--plan", "standard"]).code, Some(0));
    let listed = data.run(&["account", "list"]).stdout;
    assert!(listed.lines().count() == 2 && listed.starts_with("b@example.com"), "{listed}");
    let json = data.run(&["account", "list", "--json"]).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&json[1]["email"], &json[1]["plan"]), (&"user@example.com".into(), &"standard".into()));
    assert!(json[1]["created_at"].as_str().unwrap().ends_with('Z'), "{json}");
    assert_eq!(json[1]["state"], "active");

    assert_eq!(data.run(&["account", "remove", "user@example.com"]).code, Some(0));
    assert!(!signs_in("user@example.com", newer));
    for verb in ["remove", "rotate-key"] {
        let nobody = data.run(&["account", verb, "user@example.com"]);
        assert!(
            nobody.code == Some(1) && nobody.stderr.contains("no account user@example.com"),
            "{nobody:?}"
        );
        assert_eq!(nobody.stdout, "");
    }
    assert_eq!(server.get("/readyz").status, 200);
}

#[test]
fn an_invitation_is_a_link_and_says_what_it_ends() {
    let data = Data::new();
    data.serve(&[]).stop();
    let config = data.path("../burnbag.toml");
    std::fs::write(&config, "public_url = \"https://secrets.example.com\"\n").unwrap();
    let invite = |more: &[&str]| data.run(&[&["account", "invite", "ann@example.com"], more].concat());
    let refused = invite(&["--plan", "gold"]);
    assert!(refused.code == Some(1) && refused.stderr.contains("anonymous, standard"), "{refused:?}");
    // As long as there is nothing to lose nothing is said of it.
    for _ in 0..2 {
        let invited = invite(&[]);
        let token = invited.stdout.trim_end().strip_prefix("https://secrets.example.com/invite/");
        assert_eq!(token.map(str::len), Some(43), "{invited:?}");
        assert!(invited.stderr.contains("72 hours") && !invited.stderr.contains("stops"), "{invited:?}");
    }
    let kept = invite(&["--plan", "anonymous"]);
    assert!(kept.code == Some(0) && kept.stderr.contains("keeps the plan \"standard\""), "{kept:?}");
    let listed = || data.run(&["account", "list"]).stdout;
    assert!(listed().contains("  invited  "), "{}", listed());
    let key = data.run(&["account", "rotate-key", "ann@example.com"]).stdout;
    assert!(listed().contains("  active  "), "{}", listed());
    let invited = invite(&["--plan", "standard"]);
    assert!(invited.code == Some(0) && invited.stdout.lines().count() == 1, "{invited:?}");
    assert!(invited.stderr.contains("the list of earlier secrets starts empty"), "{invited:?}");
    let refused = invite(&["--plan", "anonymous"]);
    assert!(refused.code == Some(1) && refused.stderr.contains("leave --plan out"), "{refused:?}");
    // Until it is accepted the key works.
    let server = data.serve(&[]);
    assert_eq!(server.get_as("/api/v1/authcheck", "ann@example.com", key.trim_end()).status, 200);
}

#[test]
fn an_invitation_needs_to_know_what_links_start_with() {
    let data = Data::new();
    data.serve(&[]).stop();
    let config = data.path("../burnbag.toml");
    let invite = || data.run(&["account", "invite", "ann@example.com"]);
    assert!(invite().stdout.starts_with("http://127.0.0.1:7143/invite/"));
    for listen in ["0.0.0.0:7143", "127.0.0.1:0"] {
        std::fs::write(&config, format!("listen = \"{listen}\"\n")).unwrap();
        let refused = invite();
        assert_eq!((refused.code, refused.stdout.as_str()), (Some(1), ""));
        assert!(refused.stderr.contains("set public_url"), "{refused:?}");
    }
    let created = data.run(&["account", "create", "bob@example.com"]);
    assert!(created.stderr.contains("/signin of this server"), "{created:?}");
    std::fs::write(&config, "public_url = \"https://secrets.example.com\"\n").unwrap();
    let created = data.run(&["account", "create", "eve@example.com"]);
    assert!(created.stderr.contains("https://secrets.example.com/signin"), "{created:?}");
}

#[test]
fn a_plan_that_is_not_there_is_refused_with_those_that_are() {
    let data = Data::new();
    data.serve(&[]).stop();
    let refused = data.run(&["account", "create", "a@example.com", "--plan", "gold"]);
    assert_eq!((refused.code, refused.stdout.as_str()), (Some(1), ""));
    assert!(refused.stderr.contains("anonymous, standard"), "{refused:?}");
    assert!(data.run(&["account", "list"]).stderr.contains("no accounts"));
}

/// The plan of an account has to be there at the next start too.
#[test]
fn a_start_without_the_plan_of_an_account_is_refused() {
    let data = Data::new();
    data.serve(&[]).stop();
    let config = data.path("plans.toml");
    std::fs::write(&config, "[plans.gold]\ntext = \"2 MB\"\n").unwrap();
    let config = config.to_str().unwrap();
    let made = data.run(&["account", "create", "a@example.com", "--plan", "gold", "--config", config]);
    assert_eq!(made.code, Some(0), "{made:?}");
    let refused = data.run(&["serve", "--listen", "127.0.0.1:0"]);
    assert!(refused.code == Some(1) && refused.stderr.contains("[plans.gold]"), "{refused:?}");
    data.serve(&["--config", config]).stop();
}

#[test]
fn a_signal_lets_requests_finish_and_loses_nothing() {
    for signal in ["TERM", "INT"] {
        let data = Data::new();
        let server = data.serve(&[]);
        let (secret, _) = server.share("kept");
        // Half a request is in flight when the signal comes.
        let mut half = server.begin("/api/v1/share", 11);
        std::thread::sleep(Duration::from_millis(200));
        server.signal(signal);
        std::thread::sleep(Duration::from_millis(200));
        assert!(server.refuses_connections(), "nobody new is let in");
        let answer = half.finish("secret=last");
        assert_eq!(answer.status, 200, "{answer:?}");
        let last = answer.member("secret_key");
        let (code, took, _, stderr) = server.stop();
        assert!(code == Some(0) && took < Duration::from_secs(25), "{took:?} {stderr}");

        let server = data.serve(&[]);
        for (key, value) in [(secret, "kept"), (last, "last")] {
            let read = server.post(&format!("/api/v1/secret/{key}"), "");
            assert_eq!(read.member("value"), value, "{read:?}");
        }
    }
}

/// Connections that wait for their next request do not hold the end up.
#[test]
fn idle_connections_do_not_delay_the_end() {
    let data = Data::new();
    let server = data.serve(&[]);
    let _idle: Vec<_> = (0..5).map(|_| server.connect()).collect();
    std::thread::sleep(Duration::from_millis(100));
    let (code, took, ..) = server.stop();
    assert!(code == Some(0) && took < Duration::from_secs(25), "{took:?}");
}

#[test]
fn two_servers_on_the_same_data_are_one() {
    let data = Data::new();
    let (one, two) = (data.serve(&[]), data.serve(&[]));
    let (secret, receipt) = one.share("hello");
    assert_eq!(two.post(&format!("/api/v1/secret/{secret}"), "").member("value"), "hello");
    assert_eq!(one.post(&format!("/api/v1/secret/{secret}"), "").status, 404);
    assert_eq!(one.get(&format!("/api/v1/private/{receipt}")).member("state"), "received");
    for _ in 0..20 {
        let (secret, _) = two.share("again");
        let path = format!("/api/v1/secret/{secret}");
        let won = [&one, &two].map(|server| running::post_in_background(server, &path));
        let won = won.into_iter().filter(|answer| answer.recv().unwrap().status == 200).count();
        assert_eq!(won, 1);
    }
}

#[test]
fn a_port_in_use_is_named() {
    let data = Data::new();
    let server = data.serve(&[]);
    let other = Data::new();
    let refused = other.run(&["serve", "--listen", &server.address]);
    assert!(refused.code == Some(1) && refused.stderr.contains("choose another --listen"), "{refused:?}");
}

#[test]
fn a_wrong_server_key_is_refused_with_the_mend() {
    let data = Data::new();
    let server = data.serve(&[]);
    let (secret, _) = server.share("hello");
    server.stop();
    let file = data.path("server.key");
    let right = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, format!("{}ff\n", "0a".repeat(31))).unwrap();
    let refused = data.run(&["serve", "--listen", "127.0.0.1:0"]);
    assert!(refused.code == Some(1) && refused.stderr.contains("wrong server key"), "{refused:?}");
    assert!(
        refused.stdout.is_empty() && refused.stderr.contains("restore the right server.key"),
        "{refused:?}"
    );
    std::fs::remove_file(&file).unwrap();
    let refused = data.run(&["serve", "--listen", "127.0.0.1:0"]);
    assert!(refused.code == Some(1) && refused.stderr.contains("server key is missing"), "{refused:?}");
    std::fs::write(&file, right).unwrap();
    let server = data.serve(&[]);
    assert_eq!(server.post(&format!("/api/v1/secret/{secret}"), "").member("value"), "hello");
}

/// Flags win over variables, and what no option has is refused.
#[test]
fn variables_are_options_too() {
    let data = Data::new();
    let server = data.serve_with(
        &["--public-url", "https://flag.example"],
        &[("BURNBAG_PUBLIC_URL", "https://variable.example"), ("BURNBAG_THROTTLE", "3/60s")],
    );
    let link = server.post("/api/v1/share", "secret=x").member("share_url");
    assert!(link.starts_with("https://flag.example/secret/"), "{link}");
    assert_eq!(server.get("/api/v1/status").status, 200);
    assert_eq!(server.get("/api/v1/status").status, 200);
    assert_eq!(server.get("/api/v1/status").status, 429);
}

#[test]
fn the_log_of_the_program_shows_no_secret() {
    let data = Data::new();
    let server = data.serve_with(&[], &[("BURNBAG_LOG__LEVEL", "debug"), ("BURNBAG_LOG__REQUESTS", "true")]);
    let key = data.run(&["account", "create", "canary@example.com"]).stdout.trim().to_owned();
    server.get_as("/api/v1/private/recent", "canary@example.com", &key);
    let made = server.post("/api/v1/share?secret=CANARY-41&passphrase=PHRASE-41", "");
    let path = format!("/api/v1/secret/{}", made.member("secret_key"));
    server.post(&path, "passphrase=PHRASE-42");
    assert_eq!(server.post(&format!("{path}?passphrase=PHRASE-41"), "").member("value"), "CANARY-41");
    let (_, _, _, stderr) = server.stop();
    assert!(stderr.contains("/api/v1/secret/{key}"), "{stderr}");
    for seen in
        ["CANARY", "PHRASE", "canary@", &key, &made.member("secret_key"), &made.member("metadata_key")]
    {
        assert!(!stderr.contains(seen), "{seen} in {stderr}");
    }
}

/// `kill -9` at any time loses nothing that was acknowledged.
#[test]
fn what_was_acknowledged_survives_a_kill() {
    let data = Data::new();
    let mut keys = Vec::new();
    for round in 0..3 {
        let server = data.serve(&["--throttle", "off"]);
        for number in 0..20 {
            keys.push((server.share(&format!("{round} {number}")).0, format!("{round} {number}")));
        }
        server.signal("KILL");
        drop(server);
    }
    let server: Server = data.serve(&["--throttle", "off"]);
    for (key, value) in keys {
        assert_eq!(server.post(&format!("/api/v1/secret/{key}"), "").member("value"), value);
    }
}
