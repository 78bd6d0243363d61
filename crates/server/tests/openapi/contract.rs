//! A server, and what its document says of its answers.

use crate::support::{Answer, Credentials, Request, TestServer, get};
use serde_json::{Value, json};

/// A server whose every answer is held against its document.
pub(crate) struct Contract {
    pub(crate) server: TestServer,
    document: Value,
    who: Credentials,
}

/// The document that a server serves.
pub(crate) async fn document(server: &TestServer) -> Value {
    server.send(&get("/openapi.json")).await.json()
}

impl Contract {
    pub(crate) async fn new() -> Self {
        let server = TestServer::start().await;
        let who = server.account("user@example.com", "standard").await;
        Self { document: document(&server).await, server, who }
    }

    /// The answer to a request by an account, which must be a success.
    pub(crate) async fn ok(&self, path: &str, request: &Request) -> Value {
        let answer = self.answer(path, request).await;
        assert_eq!(answer.status, 200, "{path}: {answer:?}");
        answer.json()
    }

    /// The answer to a request, which must be that refusal.
    pub(crate) async fn refused(&self, path: &str, request: &Request, status: u16) -> Answer {
        let answer = self.answer(path, request).await;
        assert_eq!(answer.status, status, "{path}: {answer:?}");
        answer
    }

    async fn answer(&self, path: &str, request: &Request) -> Answer {
        let signed = request.headers.iter().any(|(name, _)| name == "Authorization");
        let request = if signed { request.clone() } else { request.clone().basic(&self.who) };
        let answer = self.server.send(&request).await;
        let operation = &self.document["paths"][path][request.method.to_lowercase()];
        let declared = self.resolved(&operation["responses"][answer.status.to_string()]);
        assert!(declared.is_object(), "{path}: {} is not described: {answer:?}", answer.status);
        let kind = answer.header("Content-Type").expect("a content type");
        let kind = kind.split(';').next().expect("a kind");
        self.assert_meets(&declared["content"][kind]["schema"], &answer.json(), path);
        answer
    }

    fn resolved<'a>(&'a self, value: &'a Value) -> &'a Value {
        match value["$ref"].as_str() {
            Some(pointer) => {
                self.document.pointer(pointer.trim_start_matches('#')).expect("what it refers to")
            }
            None => value,
        }
    }

    fn assert_meets(&self, schema: &Value, json: &Value, path: &str) {
        assert!(schema.is_object(), "{path}: no schema");
        // The schema's references start at the root of the document.
        let whole = json!({"allOf": [schema], "components": self.document["components"]});
        let validator = jsonschema::draft202012::new(&whole).expect("a schema");
        let errors: Vec<String> = validator.iter_errors(json).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{path}: {errors:?} in {json}");
        self.assert_described(schema, json, path);
    }

    /// Members that the document does not know would be found by nobody.
    fn assert_described(&self, schema: &Value, json: &Value, path: &str) {
        let schema = self.resolved(schema);
        if let (Some(known), Some(members)) = (schema["properties"].as_object(), json.as_object()) {
            for (name, value) in members {
                let known = known.get(name);
                assert!(known.is_some(), "{path}: {name} is not described");
                self.assert_described(known.unwrap_or(&Value::Null), value, path);
            }
        }
        for item in json.as_array().into_iter().flatten() {
            self.assert_described(&schema["items"], item, path);
        }
    }
}
