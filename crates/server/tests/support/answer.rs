//! Answers, taken apart.

use serde_json::Value;

/// What the server answered.
#[derive(Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// A header's value.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(other, _)| other.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("UTF-8")
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| {
            assert!(self.body.is_empty(), "{error}: {self:?}");
            Value::Null
        })
    }

    /// The `message` of a refusal.
    pub(crate) fn message(&self) -> String {
        self.json()["message"].as_str().unwrap_or_default().to_owned()
    }

    /// Secret key and receipt key of what was made.
    pub(crate) fn keys(&self) -> (String, String) {
        assert_eq!(self.status, 200, "{self:?}");
        let json = self.json();
        let key = |name: &str| json[name].as_str().expect("a key").to_owned();
        (key("secret_key"), key("metadata_key"))
    }

    /// What holds for every answer of the service, whatever was asked.
    pub(crate) fn assert_sound(&self) {
        assert!(self.status < 500, "{self:?}");
        for name in ["Cache-Control", "X-Content-Type-Options", "Referrer-Policy", "Content-Security-Policy"]
        {
            assert!(self.header(name).is_some(), "{name} is missing: {self:?}");
        }
        let kind = self.header("Content-Type").expect("a content type");
        assert!(kind.contains("application/json"), "{self:?}");
        assert!(!has_null(&self.json()) || self.body.is_empty(), "{self:?}");
        for name in ["WWW-Authenticate", "Access-Control-Allow-Origin", "Set-Cookie"] {
            assert_eq!(self.header(name), None, "{self:?}");
        }
    }

    /// A refusal that the client can understand.
    pub(crate) fn assert_client_error(&self, about: &str) {
        assert!((400..500).contains(&self.status), "{about}: {self:?}");
    }
}

impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = String::from_utf8_lossy(&self.body);
        write!(f, "{} {:?} {}", self.status, self.headers, text.chars().take(2_000).collect::<String>())
    }
}

/// Whether `null` stands anywhere in it.
pub(crate) fn has_null(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.iter().any(has_null),
        Value::Object(members) => members.values().any(has_null),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}
