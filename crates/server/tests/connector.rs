//! The six operations of the Power Platform connector, driven as its definition declares them: every parameter in
//! the query, an empty body, Basic credentials. `connector/operations.json` holds what the definition says, in the
//! few facts that matter; where the definition itself is at hand the two are compared.

use crate::support::request::escape;
use crate::support::{Answer, Credentials, Request, TestServer, get};
use serde::Deserialize;
use serde_json::Value;
use std::path::Path;

/// What the definition declares of one operation.
#[derive(Debug, Deserialize)]
struct Operation {
    name: String,
    method: String,
    path: String,
    in_path: Vec<String>,
    in_query: Vec<String>,
    answer: Value,
}

/// A connection of the connector.
struct Connector {
    server: TestServer,
    who: Credentials,
    operations: Vec<Operation>,
}

impl Connector {
    async fn new() -> Self {
        let server = TestServer::start().await;
        let who = server.account("user@example.com", "standard").await;
        Self { server, who, operations: operations() }
    }

    /// Calls an operation and holds its answer against the declared schema.
    async fn call(&self, name: &str, parameters: &[(&str, &str)]) -> Answer {
        let operation = self.operations.iter().find(|operation| operation.name == name);
        let operation = operation.expect("a declared operation");
        let answer = self.server.send(&operation.request(parameters).basic(&self.who)).await;
        answer.assert_sound();
        if answer.status == 200 {
            let schema = jsonschema::validator_for(&operation.answer).expect("a schema");
            let json = answer.json();
            let errors: Vec<_> = schema.iter_errors(&json).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{name}: {errors:?} in {json}");
            assert_members_are_declared_kinds(&operation.answer, &json);
            assert_meets_our_definition(operation, &json);
        }
        answer
    }

    async fn ok(&self, name: &str, parameters: &[(&str, &str)]) -> Value {
        let answer = self.call(name, parameters).await;
        assert_eq!(answer.status, 200, "{name}: {answer:?}");
        answer.json()
    }
}

impl Operation {
    fn request(&self, parameters: &[(&str, &str)]) -> Request {
        let mut path = self.path.clone();
        let mut query = Vec::new();
        for (name, value) in parameters {
            if self.in_path.iter().any(|other| other == name) {
                path = path.replace(&format!("{{{name}}}"), &escape(value));
            } else {
                assert!(self.in_query.iter().any(|other| other == name), "{name} is not declared");
                query.push(format!("{name}={}", escape(value)));
            }
        }
        let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
        Request::new(&self.method, &format!("/api/v1{path}{query}"))
    }
}

/// Our own definition declares more members.
fn assert_meets_our_definition(operation: &Operation, json: &Value) {
    let ours: Value = serde_json::from_str(&definition_for("secrets.example.com")).expect("JSON");
    let declared =
        &ours["paths"][&operation.path][operation.method.to_lowercase()]["responses"]["200"]["schema"];
    let schema = jsonschema::draft4::new(declared).expect("a schema");
    let errors: Vec<_> = schema.iter_errors(json).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{}: {errors:?} in {json}", operation.name);
}

/// A list must be there even when it is empty, and truth values are JSON's own.
fn assert_members_are_declared_kinds(schema: &Value, json: &Value) {
    if schema["properties"].get("recipient").is_some() {
        assert!(json["recipient"].is_array(), "{json}");
    }
    if let Some(required) = json.get("passphrase_required") {
        assert!(required.is_boolean(), "{json}");
    }
}

fn operations() -> Vec<Operation> {
    serde_json::from_str(include_str!("connector/operations.json")).expect("operations")
}

#[tokio::test]
async fn create_and_retrieve_ten_thousand_bytes_through_the_query() {
    let connector = Connector::new().await;
    // Every character is escaped: 30,000 bytes of target.
    let secret = "&=%+ ü\u{1F525}/?#".repeat(714) + "last";
    assert_eq!(secret.len(), 10_000);
    let made = connector
        .ok(
            "CreateSecret",
            &[("secret", &secret), ("ttl", "240"), ("passphrase", "HELLO"), ("recipient", "")],
        )
        .await;
    assert_eq!((&made["ttl"], &made["secret_ttl"]), (&240.into(), &240.into()));
    assert_eq!((&made["state"], &made["passphrase_required"]), (&"new".into(), &true.into()));
    let key = made["secret_key"].as_str().unwrap();
    let read = connector.ok("RetrieveSecret", &[("SECRET_KEY", key), ("passphrase", "HELLO")]).await;
    assert_eq!(read["value"].as_str().unwrap(), secret);
    let again = connector.call("RetrieveSecret", &[("SECRET_KEY", key), ("passphrase", "HELLO")]).await;
    assert_eq!((again.status, again.message().as_str()), (404, "Unknown secret"));
}

#[tokio::test]
async fn ttl_is_text_and_may_be_anything() {
    let connector = Connector::new().await;
    for (ttl, granted) in [("", 604_800), ("soon", 604_800), ("1", 60), ("3600", 3_600)] {
        let made = connector.ok("CreateSecret", &[("secret", "x"), ("ttl", ttl)]).await;
        assert_eq!(made["ttl"], granted);
    }
}

#[tokio::test]
async fn generate() {
    let connector = Connector::new().await;
    let parameters = [("passphrase", "HELLO"), ("ttl", "240"), ("recipient", "aldo@spanish.ie")];
    let made = connector.ok("GenerateSecret", &parameters).await;
    assert_eq!(made["value"].as_str().unwrap().len(), 12);
    assert_eq!(made["recipient"], serde_json::json!(["al*****@s*****.ie"]));
    let key = made["secret_key"].as_str().unwrap();
    let read = connector.ok("RetrieveSecret", &[("SECRET_KEY", key), ("passphrase", "HELLO")]).await;
    assert_eq!(read["value"], made["value"]);
}

#[tokio::test]
async fn receipts_meet_their_schema_in_every_state() {
    let connector = Connector::new().await;
    for state in ["new", "received", "burned", "expired"] {
        let made = connector.ok("CreateSecret", &[("secret", "x"), ("ttl", "60")]).await;
        let (secret, receipt) =
            (made["secret_key"].as_str().unwrap(), made["metadata_key"].as_str().unwrap());
        match state {
            "received" => drop(connector.ok("RetrieveSecret", &[("SECRET_KEY", secret)]).await),
            "burned" => drop(connector.ok("BurnASecret", &[("METADATA_KEY", receipt)]).await),
            "expired" => connector.server.pass(70).await,
            _ => {}
        }
        let shown = connector.ok("RetrieveMetadata", &[("METADATA_KEY", receipt)]).await;
        assert_eq!(shown["state"], state);
        let list = connector.ok("RetrieveRecentMetadata", &[]).await;
        let listed = list.as_array().unwrap().iter().find(|item| item["metadata_key"] == receipt).unwrap();
        assert_eq!((&listed["state"], listed.get("secret_key")), (&state.into(), None));
        assert_eq!(listed.get("received").is_some(), state == "received");
    }
}

#[tokio::test]
async fn burn_needs_no_passphrase_of_the_owner() {
    let connector = Connector::new().await;
    let made = connector.ok("CreateSecret", &[("secret", "x"), ("passphrase", "HELLO")]).await;
    let burned =
        connector.ok("BurnASecret", &[("METADATA_KEY", made["metadata_key"].as_str().unwrap())]).await;
    assert_eq!((&burned["state"]["state"], &burned["state"]["secret_key"]), (&"burned".into(), &"".into()));
    assert_eq!(burned["secret_shortkey"].as_str().unwrap(), &made["secret_key"].as_str().unwrap()[..6]);
    let again =
        connector.call("BurnASecret", &[("METADATA_KEY", made["metadata_key"].as_str().unwrap())]).await;
    assert_eq!(again.status, 404);
}

/// The facts in `operations.json` are those of the definition, wherever that is at hand.
#[test]
fn the_declared_operations_are_all_here() {
    let definition =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/connector/apiDefinition.swagger.json");
    #[expect(clippy::disallowed_methods, reason = "a definition file, no database")]
    let Ok(text) = std::fs::read_to_string(definition) else {
        return;
    };
    let definition: Value = serde_json::from_str(&text).unwrap();
    let ours = operations();
    let mut declared = 0;
    for (path, methods) in definition["paths"].as_object().unwrap() {
        for (method, theirs) in methods.as_object().unwrap() {
            declared += 1;
            let ours = ours.iter().find(|ours| theirs["operationId"] == *ours.name).expect("known");
            assert_eq!((&ours.path, ours.method.to_lowercase()), (path, method.clone()));
            for parameter in theirs["parameters"].as_array().into_iter().flatten() {
                let place = if parameter["in"] == "path" { &ours.in_path } else { &ours.in_query };
                assert!(place.iter().any(|name| parameter["name"] == **name), "{path}: {parameter}");
            }
            assert_same_kinds(&ours.answer, &theirs["responses"]["200"]["schema"], path);
        }
    }
    assert_eq!(declared, ours.len());
}

fn assert_same_kinds(ours: &Value, theirs: &Value, path: &str) {
    assert_eq!(ours["type"], theirs["type"], "{path}");
    let members = |schema: &Value| schema["properties"].as_object().cloned().unwrap_or_default();
    assert!(members(ours).keys().eq(members(theirs).keys()), "{path}: {ours}");
    for (name, ours) in members(ours) {
        assert_same_kinds(&ours, &theirs["properties"][&name], &format!("{path}.{name}"));
    }
    if let Some(items) = ours.get("items") {
        assert_same_kinds(items, &theirs["items"], &format!("{path}[]"));
    }
}

const DEFINITION: &str = "/connector/apiDefinition.swagger.json";

/// What the package has for a host.
fn definition_for(host: &str) -> String {
    burnbag_api::connector::definition(&host.parse().expect("a host"))
}

#[tokio::test]
async fn the_definition_is_served_for_the_host_that_is_asked_as_the_package_has_it() {
    let server = TestServer::start().await;
    for host in ["secrets.example.com", "Secrets.Example.COM:8443", "127.0.0.1:7143"] {
        let answer = server.send(&get(DEFINITION).header("Host", host)).await;
        assert_eq!((answer.status, answer.text()), (200, definition_for(host).as_str()));
        assert_eq!(answer.header("Content-Type"), Some("application/json; charset=utf-8"));
    }
    let answer = server.send(&get(DEFINITION).header("Host", "a:b:c")).await;
    assert_eq!((answer.status, answer.message().as_str()), (400, "Bad Request"));
}

#[tokio::test]
async fn a_public_url_counts_more_than_the_host_that_is_asked() {
    let server = TestServer::configured(|config| {
        config.public_url = Some("https://secrets.example.com:8443".to_owned().try_into().expect("a URL"));
    })
    .await;
    assert_eq!(server.send(&get(DEFINITION)).await.text(), definition_for("secrets.example.com:8443"));
}

#[tokio::test]
async fn any_page_may_load_the_definition_and_nothing_else() {
    let server = TestServer::configured(|config| config.throttle = "2/60s".parse().expect("a rate")).await;
    for _ in 0..10 {
        let answer = server.send(&get(DEFINITION).header("Origin", "https://make.example")).await;
        assert_eq!((answer.status, answer.header("Access-Control-Allow-Origin")), (200, Some("*")));
        assert!(answer.header("Content-Security-Policy").is_some(), "{answer:?}");
    }
    for path in ["/api/v1/status", "/healthz", "/openapi.json"] {
        let answer = server.send(&get(path).header("Origin", "https://make.example")).await;
        answer.assert_sound();
        assert_eq!(answer.status, 200, "loading the definition is no call: {answer:?}");
    }
}
