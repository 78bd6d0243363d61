//! Connections over TLS, to a server that proves its name or does not, and signing in.

use super::put;
use super::servers::{Server, free_port};
use burnbag_store::conformance::Wish;
use burnbag_store::redis::{Redis, RedisUrl};
use burnbag_store::{DynStore, StoreError};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

/// Makes a certificate authority of a company, and a certificate of it for `localhost`.
fn make_certificates(folder: &Path) {
    let make = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj '/CN=Company CA' \
            -keyout ca.key -out ca.pem &&
        openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj '/CN=redis' -keyout server.key -out server.csr &&
        printf 'subjectAltName=DNS:localhost\\nbasicConstraints=CA:FALSE' > server.ext &&
        openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -extfile server.ext \
            -out server.pem && chmod 600 server.key";
    let made = Command::new("sh").args(["-c", make]).current_dir(folder).output().unwrap();
    assert!(made.status.success(), "openssl: {}", String::from_utf8_lossy(&made.stderr));
}

async fn open(url: &str) -> Result<Redis, String> {
    Redis::open(&RedisUrl::parse(url).unwrap()).await.map_err(|error| match error {
        StoreError::Unavailable(why) => why.to_string(),
        other @ (StoreError::InDoubt(_) | StoreError::Corrupt(_)) => other.to_string(),
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_must_prove_its_name() {
    let tls = free_port();
    let server = Server::with(|folder| {
        make_certificates(folder);
        let file = |name: &str| folder.join(name).display().to_string();
        let settings = ["--tls-port", &tls.to_string(), "--tls-auth-clients", "no"].map(str::to_owned);
        let files = [
            ["--tls-cert-file".to_owned(), file("server.pem")],
            ["--tls-key-file".to_owned(), file("server.key")],
            ["--tls-ca-cert-file".to_owned(), file("ca.pem")],
        ];
        settings.into_iter().chain(files.into_iter().flatten()).collect()
    });
    let ca = server.folder.join("ca.pem");
    let trusted = format!("ca={}", ca.display());
    let store = open(&format!("rediss://localhost:{tls}?{trusted}")).await.unwrap();
    let store: DynStore = Arc::new(store);
    put(&store, Wish::default(), 1).await;
    let stranger = open(&format!("rediss://localhost:{tls}")).await.unwrap_err();
    assert!(stranger.contains("certificate"), "{stranger}");
    let other_name = open(&format!("rediss://127.0.0.1:{tls}?{trusted}")).await.unwrap_err();
    assert!(other_name.contains("certificate"), "{other_name}");
    let clear = open(&format!("rediss://localhost:{}?{trusted}", server.port)).await.unwrap_err();
    assert!(clear.contains("does not answer"), "nothing is said in clear: {clear}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_signs_in_wrongly_is_told() {
    let server = Server::start();
    server.cli(&["ACL", "SETUSER", "burnbag", "on", ">right", "~mine:*", "+@all"]);
    let url = |who: &str| format!("redis://{who}@127.0.0.1:{}?prefix=mine", server.port);
    let store: DynStore = Arc::new(open(&url("burnbag:right")).await.unwrap());
    put(&store, Wish::default(), 1).await;
    for who in ["burnbag:hunter2", "hunter2:right"] {
        let refused = open(&url(who)).await.unwrap_err();
        assert!(refused.contains("user or password") && !refused.contains("hunter2"), "{refused}");
    }
    let elsewhere = open(&url("burnbag:right").replace("mine", "theirs")).await.unwrap_err();
    assert!(elsewhere.contains("NOPERM"), "{elsewhere}");
}
