//! Parameters: each may stand in the query or in a form, multipart or JSON body, which wins.

use serde_json::{Value, json};
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::SchemaType;
use utoipa::openapi::{KnownFormat, Object, ObjectBuilder, Required, SchemaFormat, Type};

/// A parameter.
pub(super) struct Field {
    name: &'static str,
    text: &'static str,
    schema: ObjectBuilder,
}

/// The parameters of an operation, under the name that the schema of its body has.
pub(super) struct Group {
    pub(super) name: &'static str,
    pub(super) example: Value,
    pub(super) fields: Vec<Field>,
}

impl Group {
    /// The schema of a body.
    pub(super) fn object(self) -> Object {
        self.fields
            .into_iter()
            .fold(ObjectBuilder::new(), |object, field| {
                object.property(field.name, field.schema.description(Some(field.text)))
            })
            .build()
    }

    /// The same in the query.
    pub(super) fn parameters(self) -> impl Iterator<Item = Parameter> {
        self.fields.into_iter().map(|field| {
            ParameterBuilder::new()
                .name(field.name)
                .parameter_in(ParameterIn::Query)
                .required(Required::False)
                .description(Some(field.text))
                .schema(Some(field.schema))
                .build()
        })
    }
}

/// All groups.
pub(super) fn groups() -> [Group; 4] {
    [share(), generate(), open(), burn()]
}

/// What makes a secret of a given text or envelope.
pub(super) fn share() -> Group {
    let secret = field(
        "secret",
        "The text; with `proof`, the envelope in base64url without padding.",
        text().min_length(Some(1)),
    );
    let fields = [vec![secret], for_all_secrets(), for_envelopes()].into_iter().flatten().collect();
    Group { name: "ShareParameters", example: json!({"secret": "hello", "ttl": 600}), fields }
}

/// What makes a secret of a random value.
pub(super) fn generate() -> Group {
    let length = of_type(Type::Integer).minimum(Some(1)).maximum(Some(128)).default(Some(json!(12)));
    let length = field("length", "Characters of the value.", length);
    let fields = for_all_secrets().into_iter().chain([length]).collect();
    Group { name: "GenerateParameters", example: json!({"length": 20}), fields }
}

/// What opens a secret.
pub(super) fn open() -> Group {
    let passphrase = field("passphrase", "The passphrase of a secret that the server sealed.", text());
    Group {
        name: "OpenParameters",
        example: json!({"passphrase": "swordfish"}),
        fields: vec![passphrase, proof()],
    }
}

/// What proves who burns a secret.
pub(super) fn burn() -> Group {
    let text_of = "The passphrase, if the secret has one and another account made it.";
    Group {
        name: "BurnParameters",
        example: json!({"passphrase": "swordfish"}),
        fields: vec![field("passphrase", text_of, text())],
    }
}

fn for_all_secrets() -> Vec<Field> {
    let seconds = ObjectBuilder::new().schema_type(SchemaType::Array(vec![Type::Integer, Type::String]));
    vec![
        field(
            "ttl",
            "Wished lifetime in seconds, clamped to 60 and the plan's maximum. Absent, 0 or no number: 7 days.",
            seconds,
        ),
        field("passphrase", "What a reader must bring. Empty means none.", text().max_length(Some(1024))),
        field(
            "recipient",
            "E-mail address that the link is for, also with a name, `Ann <ann@example.com>`; accounts only. In JSON also a list, in a form `recipient[]`; of several the first counts.",
            text().format(Some(SchemaFormat::Custom("email".to_owned()))),
        ),
        field("share_domain", "Host for the link: this server's own, or absent.", text()),
        field(
            "memo",
            "The maker's own name for the secret, at most 100 characters; accounts only.",
            text().max_length(Some(100)),
        ),
        field(
            "locale",
            "The language of the mail to the recipient, like `de`. Absent: the account's, else the request's.",
            text(),
        ),
    ]
}

fn for_envelopes() -> Vec<Field> {
    let size = of_type(Type::Integer).format(Some(SchemaFormat::KnownFormat(KnownFormat::Int64)));
    vec![
        proof(),
        field("kind", "What is in the envelope.", text().enum_values(Some(["text", "files"]))),
        field("size", "Bytes of what is in the envelope.", size.minimum(Some(0))),
        field(
            "files",
            "How many files are in it.",
            of_type(Type::Integer).minimum(Some(1)).maximum(Some(10)),
        ),
        field(
            "passphrase_required",
            "Whether the reader of the envelope must know a passphrase.",
            of_type(Type::Boolean),
        ),
    ]
}

/// 256 bits in base64url without padding: the last character has two of them to spare.
fn proof() -> Field {
    let schema = text().pattern(Some("^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$"));
    field("proof", "Proves the whole link of a secret that was sealed on a device.", schema)
}

fn field(name: &'static str, text: &'static str, schema: ObjectBuilder) -> Field {
    Field { name, text, schema }
}

fn text() -> ObjectBuilder {
    of_type(Type::String)
}

fn of_type(kind: Type) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(kind)
}
