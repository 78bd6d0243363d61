//! Connections over TLS, to a server that proves its name or does not.

use super::cluster::{Cluster, free_port, hand_over};
use burnbag_store::StoreError;
use burnbag_store::postgres::{Postgres, PostgresUrl};
use std::path::Path;
use std::process::Command;

/// Makes a certificate authority of a company, and a certificate of it for `localhost`.
fn make_certificates(folder: &Path) {
    let make = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj '/CN=Company CA' \
            -keyout ca.key -out ca.pem &&
        openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj '/CN=db' -keyout server.key -out server.csr &&
        printf 'subjectAltName=DNS:localhost\\nbasicConstraints=CA:FALSE' > server.ext &&
        openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -extfile server.ext \
            -out server.pem && chmod 600 server.key";
    let made = Command::new("sh").args(["-c", make]).current_dir(folder).output().unwrap();
    assert!(made.status.success(), "openssl: {}", String::from_utf8_lossy(&made.stderr));
    hand_over(folder);
}

/// A server that speaks TLS, or does not, and its port.
fn start(has_tls: bool) -> (Cluster, u16) {
    let port = free_port();
    let cluster = Cluster::with(|folder| {
        make_certificates(folder);
        let mut settings = vec!["listen_addresses=127.0.0.1".to_owned(), format!("port={port}")];
        if has_tls {
            let file = |name: &str| folder.join(name).display().to_string();
            settings.push("ssl=on".to_owned());
            settings.push(format!("ssl_cert_file={}", file("server.pem")));
            settings.push(format!("ssl_key_file={}", file("server.key")));
        }
        settings
    });
    (cluster, port)
}

async fn open(url: &str) -> Result<Postgres, String> {
    Postgres::open(&PostgresUrl::parse(url).unwrap()).await.map_err(|error| match error {
        StoreError::Unavailable(why) => why.to_string(),
        other @ (StoreError::InDoubt(_) | StoreError::Corrupt(_)) => other.to_string(),
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_must_prove_its_name() {
    let (cluster, port) = start(true);
    let ca = cluster.path("ca.pem");
    let url = |host: &str, options: &str| format!("postgres://postgres@{host}:{port}/postgres?{options}");
    let trusted = format!("sslmode=require&sslrootcert={}", ca.display());
    let store = open(&url("localhost", &trusted)).await.unwrap();
    let encrypted = cluster.sql_at(
        port,
        "SELECT count(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
         WHERE application_name = 'burnbag' AND ssl AND version >= 'TLSv1.2'",
    );
    assert_eq!(encrypted, "1");
    drop(store);
    let stranger = open(&url("localhost", "sslmode=require")).await.unwrap_err();
    assert!(stranger.contains("certificate") && stranger.contains("sslrootcert"), "{stranger}");
    let other_name = open(&url("127.0.0.1", &trusted)).await.unwrap_err();
    assert!(other_name.contains("certificate"), "{other_name}");
    open(&url("127.0.0.1", "")).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_said_in_clear_where_tls_was_asked_for() {
    let (_cluster, port) = start(false);
    for mode in ["require", "verify-full"] {
        let url = format!("postgres://postgres@localhost:{port}/postgres?sslmode={mode}");
        let refused = open(&url).await.unwrap_err();
        assert!(refused.contains("TLS"), "{refused}");
    }
    open(&format!("postgres://postgres@localhost:{port}/postgres")).await.unwrap();
}
