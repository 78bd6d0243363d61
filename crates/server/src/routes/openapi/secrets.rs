//! The operations on secrets.

use super::field;
use super::operation::{Access, Operation, created, json, named};
use burnbag_api::BASE;
use utoipa::openapi::{HttpMethod, Response};

pub(super) fn all() -> Vec<Operation> {
    let share = || Operation {
        answer: created("The receipt of the new secret, with `share_url`, the link to send."),
        fields: Some(field::share),
        ..operation("share", "/share", "Make a secret")
    };
    vec![
        Operation { text: SHARE, ..share() },
        Operation {
            id: "create".to_owned(),
            path: at("/create"),
            text: "Another name of `/share`.",
            ..share()
        },
        Operation {
            text: "Makes a secret of a random value, which the answer has too.",
            answer: created("The receipt of the new secret, with `value` and `share_url`."),
            fields: Some(field::generate),
            ..operation("generate", "/generate", "Make a random secret")
        },
        Operation {
            text: REVEAL,
            answer: answer("The secret.", "Revealed"),
            fields: Some(field::open),
            repeats: true,
            ..operation("reveal", "/secret/{key}", "Read a secret, which ends it")
        },
        Operation {
            method: HttpMethod::Get,
            text: "What is there, before it is read. Changes nothing, and needs neither passphrase nor proof.",
            answer: answer("What is there.", "SecretStatus"),
            ..operation("status", "/secret/{key}/status", "Look at a secret without reading it")
        },
        Operation {
            text: FORGET,
            answer: answer("Nothing is left.", "Forgotten"),
            fields: Some(field::open),
            repeats: true,
            ..operation("forget", "/secret/{key}/forget", "Forget what is kept of a secret that was read")
        },
    ]
}

const SHARE: &str = "Seals a text on the server; or, with `proof`, takes an envelope that was sealed on the sender's \
                     device (docs/envelope.md), which the server cannot open.";

const REVEAL: &str = "Of several readers exactly one gets the secret. A wrong passphrase or proof consumes nothing and \
                      is answered like a secret that is not there. With `Idempotency-Key` the answer is kept for a \
                      short while for who repeats the call.";

const FORGET: &str = "Takes the same passphrase or proof and the same `Idempotency-Key` as the call that read the \
                      secret.";

fn operation(id: &str, path: &str, summary: &'static str) -> Operation {
    Operation {
        method: HttpMethod::Post,
        path: at(path),
        id: id.to_owned(),
        tag: "secrets",
        summary,
        text: "",
        access: Access::Anyone,
        fields: None,
        repeats: false,
        other: None,
        answer: Response::default(),
    }
}

fn at(path: &str) -> String {
    format!("{BASE}{path}")
}

fn answer(text: &str, schema: &str) -> Response {
    json(text, named(schema)).build()
}
