//! How an operation is described, and the path item that this becomes.

use super::field::Group;
use super::refusal;
use burnbag_api::{IDEMPOTENCY_KEY, NOTICE};
use utoipa::openapi::link::LinkBuilder;
use utoipa::openapi::path::{OperationBuilder, Parameter, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::{
    ContentBuilder, Header, HttpMethod, ObjectBuilder, Ref, RefOr, Required, Response, ResponseBuilder,
    Schema, SecurityRequirement, Type,
};

/// The name of the security scheme.
pub(super) const BASIC: &str = "basic";

/// Who may call.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// Anyone; credentials that are sent must be right.
    Anyone,
    /// Accounts only.
    Account,
    /// Anyone; credentials are not looked at.
    Public,
}

/// An operation.
pub(super) struct Operation {
    pub(super) method: HttpMethod,
    pub(super) path: String,
    pub(super) id: String,
    pub(super) tag: &'static str,
    pub(super) summary: &'static str,
    pub(super) text: &'static str,
    pub(super) access: Access,
    pub(super) fields: Option<fn() -> Group>,
    /// Whether a repetition of the call can be named.
    pub(super) repeats: bool,
    pub(super) answer: Response,
    /// An answer that only this operation gives.
    pub(super) other: Option<(&'static str, Response)>,
}

impl Operation {
    /// The operation below its path.
    pub(super) fn path_item(self) -> (String, PathItem) {
        let (method, path) = (self.method.clone(), self.path.clone());
        (path, PathItem::new(method, self.describe()))
    }

    fn describe(self) -> OperationBuilder {
        let changes = self.method == HttpMethod::Post;
        let mut operation = OperationBuilder::new()
            .operation_id(Some(self.id))
            .tag(self.tag)
            .summary(Some(self.summary))
            .description(Some(self.text))
            .response("200", self.answer);
        if self.path.contains("{key}") {
            operation = operation.parameter(key());
        }
        if let Some(fields) = self.fields {
            operation = fields().parameters().fold(operation, OperationBuilder::parameter);
            operation = operation.request_body(Some(body(&fields()).build()));
        }
        if self.repeats {
            operation = operation.parameter(idempotency_key());
        }
        for requirement in security(self.access) {
            operation = operation.security(requirement);
        }
        for (status, name) in refusal::of(self.access != Access::Public, changes) {
            operation = operation.response(status, RefOr::<Response>::Ref(Ref::from_response_name(name)));
        }
        if let Some((status, answer)) = self.other {
            operation = operation.response(status, answer);
        }
        operation
    }
}

/// An answer that is a JSON value.
pub(super) fn json(text: &str, schema: impl Into<RefOr<Schema>>) -> ResponseBuilder {
    let content = ContentBuilder::new().schema(Some(schema)).build();
    ResponseBuilder::new().description(text).content("application/json", content)
}

/// The schema of that name.
pub(super) fn named(name: &str) -> Ref {
    Ref::from_schema_name(name)
}

/// The answer to what makes a secret, with the calls that it leads to.
pub(super) fn created(text: &str) -> Response {
    let mut notice = Header::new(ObjectBuilder::new().schema_type(Type::String));
    notice.description = Some("What was not done as asked: `recipient recorded, not mailed`.".to_owned());
    let answer = json(text, named("Receipt")).header(NOTICE, notice);
    let links = [
        ("reveal", "secret_key"),
        ("status", "secret_key"),
        ("receipt", "metadata_key"),
        ("burn", "metadata_key"),
        ("unlock", "metadata_key"),
    ];
    let answer = links.into_iter().fold(answer, |answer, (operation, member)| {
        let key = format!("$response.body#/{member}");
        answer.link(operation, LinkBuilder::new().operation_id(operation).parameter("key", key).build())
    });
    answer.build()
}

fn body(group: &Group) -> RequestBodyBuilder {
    let kinds = ["application/x-www-form-urlencoded", "multipart/form-data", "application/json"];
    let body = RequestBodyBuilder::new()
        .description(Some("The parameters of the query, which these win over. May be absent."))
        .required(Some(Required::False));
    kinds.into_iter().fold(body, |body, kind| {
        let content = ContentBuilder::new().schema(Some(named(group.name)));
        body.content(kind, content.example(Some(group.example.clone())).build())
    })
}

fn key() -> Parameter {
    let schema = ObjectBuilder::new().schema_type(Type::String).pattern(Some("^[0-9a-z]{31}$"));
    let parameter = ParameterBuilder::new().name("key").parameter_in(ParameterIn::Path);
    parameter
        .required(Required::True)
        .description(Some("Key of a secret below `/secret`, of a receipt elsewhere."))
        .schema(Some(schema))
        .build()
}

fn idempotency_key() -> Parameter {
    let schema = ObjectBuilder::new().schema_type(Type::String).pattern(Some("^[A-Za-z0-9_-]{32,128}$"));
    let parameter = ParameterBuilder::new().name(IDEMPOTENCY_KEY).parameter_in(ParameterIn::Header);
    parameter
        .required(Required::False)
        .description(Some(
            "Random, new for each secret. Who repeats the call with it soon after gets the same answer.",
        ))
        .schema(Some(schema))
        .build()
}

fn security(access: Access) -> Vec<SecurityRequirement> {
    let basic = SecurityRequirement::new(BASIC, [""; 0]);
    match access {
        Access::Anyone => vec![basic, SecurityRequirement::default()],
        Access::Account => vec![basic],
        Access::Public => Vec::new(),
    }
}
