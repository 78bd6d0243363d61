//! The OpenAPI document: it is the one in `docs/`, it names the routes that there are, and answers are as it says.

mod contract;

use crate::device::Device;
use crate::support::{Request, TestServer, get, post};
use burnbag_core::content::Content;
use contract::{Contract, document};
use std::path::Path;

#[tokio::test]
async fn the_document_in_docs_is_the_one_that_is_served() {
    let served = TestServer::start().await.send(&get("/openapi.json")).await;
    // For `make openapi`, which copies it.
    std::fs::write(Path::new(env!("CARGO_TARGET_TMPDIR")).join("openapi.json"), &served.body).unwrap();
    let written = include_str!("../../../docs/openapi.json");
    assert!(served.text() == written, "docs/openapi.json is not what is served; renew it with: make openapi");
}

/// What is a route is asked of the server itself, method by method.
#[tokio::test]
async fn document_and_router_agree() {
    let server = TestServer::start().await;
    let document = document(&server).await;
    let documented = document["paths"].as_object().unwrap();
    let mut paths = burnbag_server::routes::program_paths();
    paths.sort();
    let mut names: Vec<&String> = documented.keys().collect();
    names.sort();
    assert_eq!(names, paths.iter().collect::<Vec<_>>());
    for path in paths {
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"] {
            let target = path.replace("{key}", &"k".repeat(31));
            let answer = server.send(&Request::new(method, &target)).await;
            let is_route = answer.json().get("error").is_none();
            let is_documented = documented[&path].get(method.to_lowercase()).is_some();
            assert_eq!(is_route, is_documented, "{method} {path}: {answer:?}");
        }
    }
}

#[tokio::test]
async fn every_answer_about_a_secret_is_as_described() {
    let contract = Contract::new().await;
    let form =
        [("secret", "hello"), ("passphrase", "swordfish"), ("recipient", "a@example.com"), ("memo", "x")];
    let made = contract.ok("/api/v1/share", &post("/api/v1/share").form(&form)).await;
    assert!(made["share_url"].is_string() && made["memo"] == "x", "{made}");
    contract.ok("/api/v1/create", &post("/api/v1/create?secret=hello")).await;
    let generated = contract.ok("/api/v1/generate", &post("/api/v1/generate?length=20")).await;
    assert!(generated["value"].is_string() && generated["share_url"].is_string(), "{generated}");

    let key = made["secret_key"].as_str().unwrap();
    let at = |verb: &str| format!("/api/v1/secret/{key}{verb}");
    let repeat = "0123456789012345678901234567890123456789";
    contract.ok("/api/v1/secret/{key}/status", &get(&at("/status"))).await;
    let open = |verb: &str, passphrase: &str| {
        post(&at(verb)).form(&[("passphrase", passphrase)]).header("Idempotency-Key", repeat)
    };
    contract.refused("/api/v1/secret/{key}", &open("", "wrong"), 404).await;
    let read = contract.ok("/api/v1/secret/{key}", &open("", "swordfish")).await;
    assert_eq!(read, contract.ok("/api/v1/secret/{key}", &open("", "swordfish")).await);
    contract.ok("/api/v1/secret/{key}/forget", &open("/forget", "swordfish")).await;
    contract.refused("/api/v1/secret/{key}/status", &get(&at("/status")), 404).await;
}

#[tokio::test]
async fn every_answer_about_an_envelope_is_as_described() {
    let contract = Contract::new().await;
    let device = Device::seal(&Content::Text("hello".to_owned().into()), None, 1);
    let share = device.share(&[("passphrase_required", "true"), ("kind", "text"), ("size", "5")]);
    let made = contract.ok("/api/v1/share", &share).await;
    assert_eq!((&made["sealed"], &made["passphrase_required"]), (&"device".into(), &true.into()));
    let key = made["secret_key"].as_str().unwrap();
    let status = get(&format!("/api/v1/secret/{key}/status"));
    assert_eq!(contract.ok("/api/v1/secret/{key}/status", &status).await["sealed"], "device");
    let prove = crate::device::prove(key, &device.proof);
    assert_eq!(contract.ok("/api/v1/secret/{key}", &prove).await["sealed"], "device");
}

#[tokio::test]
async fn every_answer_about_a_receipt_is_as_described() {
    let contract = Contract::new().await;
    for (state, noun) in
        [("new", "private"), ("received", "metadata"), ("burned", "receipt"), ("expired", "private")]
    {
        let made = contract.ok("/api/v1/share", &post("/api/v1/share?secret=x&ttl=60")).await;
        let key = made["metadata_key"].as_str().unwrap();
        let (path, target) = (format!("/api/v1/{noun}/{{key}}"), format!("/api/v1/{noun}/{key}"));
        contract.ok(&format!("{path}/unlock"), &post(&format!("{target}/unlock"))).await;
        match state {
            "received" => {
                let read = post(&format!("/api/v1/secret/{}", made["secret_key"].as_str().unwrap()));
                contract.ok("/api/v1/secret/{key}", &read).await;
            }
            "burned" => {
                let burned = contract.ok(&format!("{path}/burn"), &post(&format!("{target}/burn"))).await;
                assert_eq!(burned["state"]["state"], "burned");
            }
            "expired" => contract.server.pass(70).await,
            _ => {}
        }
        for request in [get(&target), post(&target)] {
            assert_eq!(contract.ok(&path, &request).await["state"], state);
        }
        let list =
            contract.ok(&format!("/api/v1/{noun}/recent"), &get(&format!("/api/v1/{noun}/recent"))).await;
        assert!(list.as_array().unwrap().iter().any(|item| item["state"] == state), "{list}");
    }
}

#[tokio::test]
async fn a_locked_secret_is_as_described() {
    let contract = Contract::new().await;
    let made = contract.ok("/api/v1/share", &post("/api/v1/share?secret=x&passphrase=y")).await;
    let key = made["secret_key"].as_str().unwrap();
    let mut strangers = 0..;
    while contract.ok("/api/v1/secret/{key}/status", &get(&format!("/api/v1/secret/{key}/status"))).await["locked"]
        != true
    {
        let who =
            contract.server.account(&format!("{}@example.com", strangers.next().unwrap()), "standard").await;
        for _ in 0..10 {
            let wrong = post(&format!("/api/v1/secret/{key}?passphrase=wrong")).basic(&who);
            contract.refused("/api/v1/secret/{key}", &wrong, 404).await;
        }
    }
    let target = format!("/api/v1/private/{}", made["metadata_key"].as_str().unwrap());
    assert_eq!(contract.ok("/api/v1/private/{key}", &get(&target)).await["locked"], true);
    let unlocked = contract.ok("/api/v1/private/{key}/unlock", &post(&format!("{target}/unlock"))).await;
    assert_eq!(unlocked.get("locked"), None);
}

#[tokio::test]
async fn refusals_are_as_described() {
    let contract = Contract::new().await;
    let unknown = "k".repeat(31);
    let path = "/api/v1/share";
    contract.refused("/api/v1/private/{key}", &get(&format!("/api/v1/private/{unknown}")), 404).await;
    contract.refused(path, &post("/api/v1/share"), 404).await;
    contract.refused(path, &post("/api/v1/share?secret=%zz"), 400).await;
    contract
        .refused(path, &post("/api/v1/share?secret=x").header("Origin", "https://evil.example"), 403)
        .await;
    contract.refused(path, &post("/api/v1/share?secret=x").header("Content-Encoding", "gzip"), 415).await;
    let short = post(&format!("/api/v1/secret/{unknown}")).header("Idempotency-Key", "short");
    contract.refused("/api/v1/secret/{key}", &short, 400).await;
    let bad = get("/api/v1/authcheck").header("Authorization", "Basic bm9ib2R5Om5vdGhpbmc=");
    let refusal = contract.refused("/api/v1/authcheck", &bad, 404).await;
    assert_eq!(refusal.header("X-OTS-Intended-Status"), Some("401"));
}

#[tokio::test]
async fn the_service_itself_is_as_described() {
    let contract = Contract::new().await;
    for path in ["/api/v1/status", "/api/v1/authcheck", "/healthz", "/readyz", "/openapi.json"] {
        contract.ok(path, &get(path)).await;
    }
    let path = "/connector/apiDefinition.swagger.json";
    contract.ok(path, &get(path)).await;
}
