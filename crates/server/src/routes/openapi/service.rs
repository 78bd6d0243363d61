//! The operations on the server itself.

use super::operation::{Access, Operation, json, named};
use super::{PATH, operation};
use burnbag_api::BASE;
use burnbag_api::connector::DEFINITION_PATH;
use utoipa::openapi::{HttpMethod, ObjectBuilder, Response, Type};

pub(super) fn all() -> Vec<Operation> {
    let status = || json("It is there.", named("Status")).build();
    let health = || json("It is there.", named("Health")).build();
    let any = |text| json(text, ObjectBuilder::new().schema_type(Type::Object).build()).build();
    vec![
        Operation {
            access: Access::Anyone,
            ..get("serverStatus", &format!("{BASE}/status"), "Whether the server is there", status())
        },
        Operation {
            access: Access::Account,
            ..get("authcheck", &format!("{BASE}/authcheck"), "Whether the credentials are right", status())
        },
        get("healthz", "/healthz", "Whether the process answers", health()),
        Operation {
            other: Some(("503", json("The store does not answer.", named("Health")).build())),
            ..get(
                "readyz",
                "/readyz",
                "Whether the store answers too, and what an operator should mend",
                health(),
            )
        },
        get("openapi", PATH, "This document", any("The document.")),
        get("connectorDefinition", DEFINITION_PATH, CONNECTOR, any("Swagger 2.0.")),
    ]
}

const CONNECTOR: &str = "The definition of the Power Platform connector, for import by URL";

fn get(id: &str, path: &str, summary: &'static str, answer: Response) -> Operation {
    Operation {
        method: HttpMethod::Get,
        path: path.to_owned(),
        id: id.to_owned(),
        tag: "service",
        summary,
        text: "",
        access: operation::Access::Public,
        fields: None,
        repeats: false,
        other: None,
        answer,
    }
}
