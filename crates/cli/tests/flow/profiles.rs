//! Which server is used, and who gets credentials.

use crate::fake::{Fake, answer, with_header};
use crate::person::Person;
use crate::running::Data;
use std::os::unix::fs::PermissionsExt;

fn nominal() -> Fake {
    Fake::start(|asked| match asked.line() {
        "GET /api/v1/status" | "GET /api/v1/authcheck" => {
            answer("200 OK", r#"{"status":"nominal","locale":"en"}"#)
        }
        "GET /api/v1/private/recent" => answer("200 OK", "[]"),
        _ => answer("404 Not Found", r#"{"error":"Not Found"}"#),
    })
}

#[test]
fn credentials_are_checked_before_they_are_kept() {
    let (data, ann) = (Data::new(), Person::new());
    let server = data.serve(&[]);
    let key = data.run(&["account", "create", "ann@example.com"]).stdout;
    let url = format!("http://{}", server.address);
    let login = ["login", &url, "--email", "ann@example.com", "--key-file", "-"];
    ann.run_with(&login, "0".repeat(40)).assert(6, "does not accept these credentials");
    assert!(!ann.settings("profile.json").exists());
    ann.run(&["recent"]).assert(2, "burnbag login");
    let logged_in = ann.run_with(&login, &key);
    logged_in.assert(0, "as ann@example.com");
    assert!(!format!("{logged_in:?}").contains(key.trim()));
    let meta = std::fs::metadata(ann.settings("profile.json")).unwrap();
    assert_eq!(meta.permissions().mode() & 0o777, 0o600);
    assert_eq!(ann.run(&["status", "--json"]).json()["email"], "ann@example.com");
    ann.run(&["logout"]).assert(0, "Forgotten");
    assert!(!ann.settings("profile.json").exists());
    ann.run(&["logout"]).assert(0, "nothing to forget");
    ann.run(&["status"]).assert(2, "no server is known");
    ann.run(&["login", "http://127.0.0.1:1"]).assert(5, "was not reached");
}

#[test]
fn credentials_go_to_their_own_server_only() {
    let (ann, own, other) = (Person::new(), nominal(), nominal());
    ann.log_in_as(&own.address, "ann@example.com", "abc");
    let key = "0123456789abcdefghijklmnopqrstu";
    let other_url = format!("http://{}", other.address);
    for arguments in [
        &["receipt", &format!("{other_url}/receipt/{key}")][..],
        &["burn", &format!("{other_url}/receipt/{key}")],
        &["open", &format!("{other_url}/secret/{key}")],
        &["status", "--url", &other_url],
        &["recent", "--url", &other_url],
        &["generate", "--url", &other_url],
    ] {
        ann.run(arguments);
    }
    assert!(other.count(|_| true) >= 5, "it was asked");
    assert_eq!(other.count(|asked| asked.header("authorization").is_some()), 0);
    ann.run(&["recent", "--url", &other_url]).assert(6, "no account");
    // A reader is nobody, also at the own server.
    ann.open(&format!("http://{}/secret/{key}", own.address), &[]);
    assert_eq!(
        own.count(|asked| asked.line().contains("secret") && asked.header("authorization").is_some()),
        0
    );
    ann.run(&["recent"]).assert(0, "Nothing here");
    assert_eq!(
        own.count(|asked| asked.header("authorization") == Some("Basic YW5uQGV4YW1wbGUuY29tOmFiYw==")),
        2
    );
}

#[test]
fn no_proxy_stands_on_the_way_to_this_machine() {
    let (ann, own) = (Person::new(), nominal());
    let mut command = ann.command(&["login", &format!("http://{}", own.address)]);
    let output =
        command.env("HTTP_PROXY", "http://127.0.0.1:1").env("ALL_PROXY", "http://127.0.0.1:1").output();
    crate::person::ended(output.unwrap()).assert(0, "is used from now on");
}

#[test]
fn a_server_that_points_elsewhere_is_not_followed() {
    let (ann, other) = (Person::new(), nominal());
    let location = format!("Location: http://{}/", other.address);
    let pointing = Fake::start(move |_| with_header("307 Temporary Redirect", &location, ""));
    let url = format!("http://{}", pointing.address);
    ann.run_with(&["login", &url, "--email", "ann@example.com", "--key-file", "-"], "abc")
        .assert(1, &format!("points to http://{}/, which is not followed", other.address));
    assert_eq!(other.count(|_| true), 0);
}

#[test]
fn variables_win_and_bring_no_credentials_of_another_server() {
    let (ann, own, other) = (Person::new(), nominal(), nominal());
    ann.log_in_as(&own.address, "ann@example.com", "abc");
    let run = |variables: &[(&str, &str)]| {
        let mut command = ann.command(&["status", "--json"]);
        crate::person::ended(command.envs(variables.iter().copied()).output().unwrap())
    };
    let url = format!("http://{}", other.address);
    let status = run(&[("BURNBAG_URL", &url)]).json();
    assert_eq!((status["url"].as_str().unwrap(), &status["email"]), (url.as_str(), &serde_json::Value::Null));
    assert_eq!(other.count(|asked| asked.header("authorization").is_some()), 0);
    let both =
        [("BURNBAG_URL", url.as_str()), ("BURNBAG_EMAIL", "bob@example.com"), ("BURNBAG_API_KEY", "xyz")];
    assert_eq!(run(&both).json()["email"], "bob@example.com");
    run(&[("BURNBAG_URL", &url), ("BURNBAG_API_KEY", "xyz")]).assert(2, "BURNBAG_EMAIL");
    run(&[("BURNBAG_URL", "nonsense://")]).assert(2, "BURNBAG_URL");
}

#[test]
fn a_key_is_not_forgotten_by_the_way() {
    let (ann, own, other) = (Person::new(), nominal(), nominal());
    ann.log_in_as(&own.address, "ann@example.com", "abc");
    let profile = ann.get("settings/burnbag/profile.json");
    let url = format!("http://{}", own.address);
    ann.run(&["login", &url]).assert(2, "would be forgotten");
    let empty = ann.run_with(&["login", &url, "--email", "ann@example.com", "--key-file", "-"], "\n");
    empty.assert(2, "the API key is empty");
    assert_eq!(ann.get("settings/burnbag/profile.json"), profile);
    // Another server is another server, and who logged out has nothing to lose.
    ann.log_in(&other.address);
    ann.log_in_as(&own.address, "ann@example.com", "abc").run(&["logout"]).assert(0, "");
    ann.log_in(&own.address);
}
