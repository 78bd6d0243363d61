//! The operations on receipts, under each of their three names.

use super::field;
use super::operation::{Access, Operation, json, named};
use burnbag_api::BASE;
use utoipa::openapi::schema::ArrayBuilder;
use utoipa::openapi::{HttpMethod, Response};

pub(super) fn all() -> Vec<Operation> {
    [("private", ""), ("metadata", "Metadata"), ("receipt", "Receipt")]
        .into_iter()
        .flat_map(|(noun, suffix)| below(noun, suffix))
        .collect()
}

fn below(noun: &str, suffix: &str) -> Vec<Operation> {
    let operation = |id: &str, path: &str, summary| Operation {
        method: HttpMethod::Post,
        path: format!("{BASE}/{noun}{path}"),
        id: format!("{id}{suffix}"),
        tag: "receipts",
        summary,
        text: if suffix.is_empty() { "" } else { "Another name of the same below `/private`." },
        access: Access::Anyone,
        fields: None,
        repeats: false,
        other: None,
        answer: json("The receipt.", named("Receipt")).build(),
    };
    let recent = |id, method| Operation {
        method,
        access: Access::Account,
        answer: list(),
        ..operation(id, "/recent", "List the receipts of the account, newest first")
    };
    let receipt =
        |id, method| Operation { method, ..operation(id, "/{key}", "Look at a receipt; changes nothing") };
    vec![
        recent("recent", HttpMethod::Get),
        recent("recentByPost", HttpMethod::Post),
        receipt("receipt", HttpMethod::Get),
        receipt("receiptByPost", HttpMethod::Post),
        Operation {
            fields: Some(field::burn),
            answer: json("It is burned.", named("Burned")).build(),
            ..operation("burn", "/{key}/burn", "Destroy a secret unread")
        },
        operation("unlock", "/{key}/unlock", "Forgive wrong passphrases"),
    ]
}

fn list() -> Response {
    json("The receipts, without keys of secrets.", ArrayBuilder::new().items(named("Receipt")).build())
        .build()
}
