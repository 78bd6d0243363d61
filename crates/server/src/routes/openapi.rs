//! The OpenAPI 3.1 document of this service. Schemas of answers come from the types that are sent; operations are
//! described here, not on the handlers, because one handler serves several routes.
//!
//! | file | what |
//! | --- | --- |
//! | `field` | parameters, which stand in the query or in the body |
//! | `operation` | how an operation is described, and what that becomes |
//! | `refusal` | the answers that every operation may give |
//! | `secrets`, `receipts`, `service` | the operations |

mod field;
mod operation;
mod receipts;
mod refusal;
mod secrets;
mod service;

use super::health::Health;
use crate::http::{Answer, json};
use axum::body::Body;
use axum::http::StatusCode;
use burnbag_api::{
    Burned, Forgotten, Message, NoRoute, Receipt, Revealed, SecretStatus, Status, UnknownSecret,
};
use std::sync::LazyLock;
use utoipa::openapi::schema::Components;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{
    ComponentsBuilder, Info, InfoBuilder, License, OpenApi, OpenApiBuilder, Paths, PathsBuilder, RefOr,
    Schema, tag::TagBuilder,
};
use utoipa::{PartialSchema, ToSchema};

/// Where the document stands.
pub(super) const PATH: &str = "/openapi.json";

static TEXT: LazyLock<String> = LazyLock::new(|| {
    let mut text = describe().to_pretty_json().expect("the document has no maps with odd keys");
    text.push('\n');
    text
});

/// The document.
pub(super) async fn document() -> Answer {
    json::of(StatusCode::OK, Body::from(TEXT.as_str()))
}

fn describe() -> OpenApi {
    let tags = [
        ("secrets", "Make, look at and read secrets."),
        ("receipts", "What the maker of a secret may know and do."),
        ("service", "The server itself."),
    ];
    let tags = tags.map(|(name, text)| TagBuilder::new().name(name).description(Some(text)).build());
    OpenApiBuilder::new().info(info()).tags(Some(tags)).paths(paths()).components(Some(components())).build()
}

fn info() -> Info {
    let text = "One-time secrets. The routes below `/api/v1` speak the One-Time Secret v1 API, with additions. Refusals \
                are 404 with a `message`, as v1 has it; the header `X-OTS-Intended-Status` has the honest code. \
                docs/api.md explains it with examples.";
    let mut license = License::new("Apache-2.0 OR MIT");
    license.identifier = Some("Apache-2.0 OR MIT".to_owned());
    InfoBuilder::new()
        .title("Burnbag")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(text))
        .license(Some(license))
        .build()
}

fn paths() -> Paths {
    let all = secrets::all().into_iter().chain(receipts::all()).chain(service::all());
    all.fold(PathsBuilder::new(), |paths, operation| {
        let (path, item) = operation.path_item();
        paths.path(path, item)
    })
    .build()
}

fn components() -> Components {
    let basic = Http::new(HttpAuthScheme::Basic);
    let components = ComponentsBuilder::new().security_scheme(operation::BASIC, SecurityScheme::Http(basic));
    let components = schemas().into_iter().fold(components, |all, (name, schema)| all.schema(name, schema));
    let components =
        field::groups().into_iter().fold(components, |all, group| all.schema(group.name, group.object()));
    refusal::all().into_iter().fold(components, |all, (name, response)| all.response(name, response)).build()
}

/// The types that are sent, with those that they are made of.
fn schemas() -> Vec<(String, RefOr<Schema>)> {
    let mut all = Vec::new();
    add::<Receipt>(&mut all);
    add::<Burned>(&mut all);
    add::<Revealed>(&mut all);
    add::<SecretStatus>(&mut all);
    add::<Forgotten>(&mut all);
    add::<Status>(&mut all);
    add::<Health>(&mut all);
    add::<UnknownSecret>(&mut all);
    add::<Message>(&mut all);
    add::<NoRoute>(&mut all);
    all.into_iter().map(|(name, schema)| (name, without_defaults(schema))).collect()
}

fn add<T: ToSchema + PartialSchema>(all: &mut Vec<(String, RefOr<Schema>)>) {
    all.push((T::name().into_owned(), T::schema()));
    T::schemas(all);
}

/// A default is what our client reads where another server leaves a member out. This server answers it or has none.
fn without_defaults(mut schema: RefOr<Schema>) -> RefOr<Schema> {
    if let RefOr::T(Schema::Object(object)) = &mut schema {
        for member in object.properties.values_mut() {
            match member {
                RefOr::Ref(reference) => reference.default = None,
                RefOr::T(Schema::Object(object)) => object.default = None,
                RefOr::T(Schema::Array(array)) => array.default = None,
                RefOr::T(_) => {}
            }
        }
    }
    schema
}
