//! Where parameters come from (wire spec §2): the query, and a form, multipart or JSON body, which wins.
//!
//! Pure and without IO: a fuzz target runs it on arbitrary bytes.

use burnbag_core::sensitive::SensitiveText;
use futures_util::{FutureExt, stream};
use multer::Multipart;
use serde_json::Value;
use std::convert::Infallible;

/// Most parameters of a source.
const PARAMETERS: usize = 128;
/// Most parts of a multipart body.
const PARTS: usize = 32;
/// Deepest nesting of a JSON body.
const DEPTH: usize = 16;

/// The parameters that v1 knows. Others are ignored, as v1 does.
#[derive(Clone, Debug, Default)]
pub struct Params {
    /// The value to share.
    pub secret: Option<SensitiveText>,
    /// What a reader must bring, or brings.
    pub passphrase: Option<SensitiveText>,
    /// The wished lifetime, as it was written.
    pub ttl: Option<String>,
    /// Recipients, as they were written.
    pub recipient: Vec<String>,
    /// The host for the link.
    pub share_domain: Option<String>,
    /// Characters of a generated value, as written.
    pub length: Option<String>,
    /// What proves that a reader has the whole link (addition of ours; so are the rest).
    pub proof: Option<SensitiveText>,
    /// Text or files, of an envelope.
    pub kind: Option<String>,
    /// Bytes of what is in an envelope.
    pub size: Option<String>,
    /// How many files are in an envelope.
    pub files: Option<String>,
    /// Whether the reader of an envelope must know a passphrase.
    pub passphrase_required: Option<String>,
    /// The maker's own name for the secret.
    pub memo: Option<SensitiveText>,
    /// The language of the mail to the recipient (wire spec §2).
    pub locale: Option<String>,
}

/// Why parameters cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadParams {
    /// The source is malformed.
    Malformed(&'static str),
    /// A parameter has a shape that it cannot have.
    Shape,
}

/// What a body is.
#[derive(Debug, PartialEq, Eq)]
enum Format {
    Form,
    Json,
    Multipart(String),
    Other,
}

impl Params {
    /// Reads all sources. `content_types` are the values of all `Content-Type` headers.
    pub fn read<'a>(
        query: Option<&str>,
        content_types: impl Iterator<Item = &'a [u8]>,
        body: &[u8],
    ) -> Result<Self, BadParams> {
        let query = query.map(|query| Self::from_form(query.as_bytes())).transpose()?.unwrap_or_default();
        if body.is_empty() {
            return Ok(query);
        }
        let body = match format(content_types, body)? {
            Format::Form => Self::from_form(body)?,
            Format::Json => Self::from_json(body)?,
            Format::Multipart(boundary) => Self::from_multipart(body, boundary)?,
            Format::Other => return Ok(query),
        };
        Ok(body.over(query))
    }

    fn from_form(form: &[u8]) -> Result<Self, BadParams> {
        if !escapes_are_whole(form) {
            return Err(BadParams::Malformed("a % is not followed by two hexadecimal digits"));
        }
        let mut params = Self::default();
        for (count, (name, value)) in form_urlencoded::parse(form).enumerate() {
            if count >= PARAMETERS {
                return Err(BadParams::Malformed("more than 128 parameters"));
            }
            params.set(&name, value.into_owned());
        }
        Ok(params)
    }

    fn from_multipart(body: &[u8], boundary: String) -> Result<Self, BadParams> {
        let bytes = axum::body::Bytes::copy_from_slice(body);
        let source = stream::once(async { Ok::<_, Infallible>(bytes) });
        // The whole body is here, so nothing ever waits.
        let read = Self::read_parts(Multipart::new(source, boundary)).now_or_never();
        read.unwrap_or(Err(BadParams::Malformed("the multipart body is not whole")))
    }

    async fn read_parts(mut parts: Multipart<'_>) -> Result<Self, BadParams> {
        let broken = BadParams::Malformed("the multipart body is not well formed");
        let mut params = Self::default();
        let mut count = 0;
        while let Some(part) = parts.next_field().await.map_err(|_| broken)? {
            count += 1;
            if count > PARTS {
                return Err(BadParams::Malformed("more than 32 parts"));
            }
            let name = part.name().unwrap_or_default().to_owned();
            let value = part.bytes().await.map_err(|_| broken)?;
            params.set(&name, String::from_utf8_lossy(&value).into_owned());
        }
        Ok(params)
    }

    fn from_json(body: &[u8]) -> Result<Self, BadParams> {
        let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
        check_json_size(body)?;
        let value =
            serde_json::from_slice(body).map_err(|_| BadParams::Malformed("the body is not valid JSON"))?;
        let mut params = Self::default();
        // An array or a bare value has no names, so it says nothing.
        if let Value::Object(members) = value {
            for (name, value) in members {
                params.set_json(&name, value)?;
            }
        }
        Ok(params)
    }

    fn set_json(&mut self, name: &str, value: Value) -> Result<(), BadParams> {
        match value {
            // Whoever names a proof means one: without it the server would see what it is not to see.
            Value::Null if name == "proof" => Err(BadParams::Shape),
            Value::Null => Ok(()),
            // `{"secret":{"secret":…,"ttl":…}}`: the nested names of a later API, tolerated.
            Value::Object(members) if name == "secret" => {
                members.into_iter().try_for_each(|(name, value)| match value {
                    Value::Object(_) => Err(BadParams::Shape),
                    Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                        self.set_json(&name, value)
                    }
                })
            }
            Value::Array(values) if name == "recipient" || name == "recipient[]" => {
                self.recipient = texts(&values)?;
                Ok(())
            }
            Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => {
                match text(&value) {
                    Some(text) => {
                        self.set(name, text);
                        Ok(())
                    }
                    None if KNOWN.contains(&name) => Err(BadParams::Shape),
                    None => Ok(()),
                }
            }
        }
    }

    /// Sets a parameter; the last of several wins, `name[]` gathers them.
    fn set(&mut self, name: &str, value: String) {
        let name = name.strip_prefix("secret[").and_then(|name| name.strip_suffix(']')).unwrap_or(name);
        match name {
            "secret" => self.secret = Some(value.into()),
            "passphrase" => self.passphrase = Some(value.into()),
            "ttl" => self.ttl = Some(value),
            "recipient" => self.recipient = vec![value],
            "recipient[]" => self.recipient.push(value),
            "share_domain" => self.share_domain = Some(value),
            "length" => self.length = Some(value),
            "proof" => self.proof = Some(value.into()),
            "kind" => self.kind = Some(value),
            "size" => self.size = Some(value),
            "files" => self.files = Some(value),
            "passphrase_required" => self.passphrase_required = Some(value),
            "memo" => self.memo = Some(value.into()),
            "locale" => self.locale = Some(value),
            _ => {}
        }
    }

    /// These, and where they say nothing, those.
    fn over(self, those: Self) -> Self {
        Self {
            secret: self.secret.or(those.secret),
            passphrase: self.passphrase.or(those.passphrase),
            ttl: self.ttl.or(those.ttl),
            recipient: if self.recipient.is_empty() { those.recipient } else { self.recipient },
            share_domain: self.share_domain.or(those.share_domain),
            length: self.length.or(those.length),
            proof: self.proof.or(those.proof),
            kind: self.kind.or(those.kind),
            size: self.size.or(those.size),
            files: self.files.or(those.files),
            passphrase_required: self.passphrase_required.or(those.passphrase_required),
            memo: self.memo.or(those.memo),
            locale: self.locale.or(those.locale),
        }
    }
}

const KNOWN: [&str; 13] = [
    "secret",
    "passphrase",
    "ttl",
    "recipient",
    "share_domain",
    "length",
    "proof",
    "kind",
    "size",
    "files",
    "passphrase_required",
    "memo",
    "locale",
];

/// The first content type that says something counts; without any the body is a form.
fn format<'a>(content_types: impl Iterator<Item = &'a [u8]>, body: &[u8]) -> Result<Format, BadParams> {
    let mut named = false;
    for line in content_types {
        // A parameter of multipart may hold a comma, so a whole line is tried before its parts.
        let line = String::from_utf8_lossy(line);
        for candidate in std::iter::once(line.as_ref()).chain(line.split(',')) {
            named |= !candidate.trim().is_empty();
            if let Some(format) = known_format(candidate)? {
                return Ok(format);
            }
        }
    }
    Ok(if !named && body.first() != Some(&b'{') { Format::Form } else { sniff(body) })
}

fn known_format(content_type: &str) -> Result<Option<Format>, BadParams> {
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return Ok(Some(Format::Form));
    }
    if essence.eq_ignore_ascii_case("application/json") {
        return Ok(Some(Format::Json));
    }
    if essence.eq_ignore_ascii_case("multipart/form-data") {
        let boundary = multer::parse_boundary(content_type.trim())
            .map_err(|_| BadParams::Malformed("the multipart body has no boundary"))?;
        return Ok(Some(Format::Multipart(boundary)));
    }
    Ok(None)
}

/// Another type: `{` or `[` is JSON, `name=` is a form, the rest says nothing.
fn sniff(body: &[u8]) -> Format {
    let start = body.trim_ascii_start();
    if matches!(start.first(), Some(b'{' | b'[')) {
        return Format::Json;
    }
    let name = start.iter().position(|byte| !byte.is_ascii_alphanumeric() && !b"_[]%".contains(byte));
    match name {
        Some(end) if end > 0 && start[end] == b'=' => Format::Form,
        _ => Format::Other,
    }
}

fn escapes_are_whole(form: &[u8]) -> bool {
    let mut rest = form;
    while let Some(at) = rest.iter().position(|byte| *byte == b'%') {
        match rest[at + 1..].first_chunk::<2>() {
            Some(digits) if digits.iter().all(u8::is_ascii_hexdigit) => rest = &rest[at + 3..],
            _ => return false,
        }
    }
    true
}

/// A plain value as text.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The texts of a list. Who writes an address in a form of his own must not believe that it gets a mail.
fn texts(values: &[Value]) -> Result<Vec<String>, BadParams> {
    let meant = values.iter().filter(|value| !value.is_null());
    meant.map(|value| text(value).ok_or(BadParams::Shape)).collect()
}

/// Depth and number of values, before anything is built from them: a value takes many times the memory of its text.
fn check_json_size(json: &[u8]) -> Result<(), BadParams> {
    let (mut depth, mut values) = (0_usize, 1_usize);
    let (mut in_text, mut escaped) = (false, false);
    for byte in json {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            _ if in_text => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b',' => values += 1,
            _ => {}
        }
        if depth > DEPTH {
            return Err(BadParams::Malformed("the JSON body is nested more than 16 deep"));
        }
        if values > PARAMETERS {
            return Err(BadParams::Malformed("more than 128 parameters"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(query: Option<&str>, types: &[&str], body: &str) -> Result<Option<String>, BadParams> {
        let types = types.iter().map(|text| text.as_bytes());
        let params = Params::read(query, types, body.as_bytes())?;
        Ok(params.secret.map(|secret| secret.expose().clone()))
    }

    #[test]
    fn sources() {
        let form = "application/x-www-form-urlencoded";
        let json = "application/json; charset=utf-8";
        let multipart = "--b\r\nContent-Disposition: form-data; name=\"secret\"\r\n\r\nhi\r\n--b--\r\n";
        let cases: [(Option<&str>, &[&str], &str); 12] = [
            (Some("secret=hi"), &[], ""),
            (Some("secret=hi"), &[json], ""),
            (None, &[form], "secret=hi"),
            (None, &[], "secret=hi"),
            (Some("secret=query"), &[form], "secret=hi"),
            (None, &["text/html", form], "secret=hi"),
            (None, &["text/html, application/x-www-form-urlencoded"], "secret=hi"),
            (None, &["multipart/form-data; boundary=b"], multipart),
            (None, &[json], r#"{"secret":"hi"}"#),
            (None, &["text/plain"], r#" {"secret":"hi"}"#),
            (None, &["text/plain"], "secret=hi"),
            (None, &[json], r#"{"secret":{"secret":"hi","ttl":300}}"#),
        ];
        for (query, types, body) in cases {
            assert_eq!(secret(query, types, body), Ok(Some("hi".into())), "{query:?} {types:?} {body}");
        }
        assert_eq!(secret(None, &["text/plain"], "just words"), Ok(None));
        assert_eq!(secret(None, &[json], "[1]"), Ok(None));
        assert_eq!(secret(None, &[json], r#"{"secret":12}"#), Ok(Some("12".into())));
        assert_eq!(secret(Some("secret=a+b%20c%0D%0A"), &[], ""), Ok(Some("a b c\r\n".into())));
    }

    #[test]
    fn malformed_sources_are_named() {
        let json = "application/json";
        let deep = format!("{}1{}", "[".repeat(17), "]".repeat(17));
        let many = "a=b&".repeat(129);
        for (query, types, body) in [
            (Some("secret=%zz"), &[][..], ""),
            (Some("secret=%4"), &[], ""),
            (None, &[], "secret=%"),
            (None, &[json], "{"),
            (None, &[json], &deep),
            (None, &[], &many),
            (None, &["multipart/form-data"], "x"),
            (
                None,
                &["multipart/form-data; boundary=b"],
                "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx",
            ),
        ] {
            assert!(
                matches!(secret(query, types, body), Err(BadParams::Malformed(_))),
                "{query:?} {types:?} {body}"
            );
        }
        assert_eq!(secret(None, &[json], r#"{"secret":["a"]}"#), Err(BadParams::Shape));
    }

    #[test]
    fn a_recipient_is_a_text_or_refused() {
        let recipients = |value: &str| -> Result<Vec<String>, BadParams> {
            let body = format!(r#"{{"secret":"hi","recipient":{value}}}"#);
            let params = Params::read(None, [&b"application/json"[..]].into_iter(), body.as_bytes())?;
            Ok(params.recipient)
        };
        assert_eq!(
            recipients(r#"[null,"a@example.com",""]"#),
            Ok(vec!["a@example.com".into(), String::new()])
        );
        assert_eq!(recipients("[]"), Ok(Vec::new()));
        for value in
            [r#"[{"email":"a@example.com"}]"#, r#"[["a@example.com"]]"#, r#"["a@example.com",{}]"#, "{}"]
        {
            assert_eq!(recipients(value), Err(BadParams::Shape), "{value}");
        }
    }
}
