//! The answers that are no success. They are alike on all routes.

use super::operation::{json, named};
use burnbag_api::INTENDED_STATUS;
use utoipa::openapi::{Header, ObjectBuilder, Response, ResponseBuilder, Type, schema::AnyOfBuilder};

/// Names of the refusals of an operation, by status. `calls` are what credentials, throttle and store have a say in.
pub(super) fn of(calls: bool, changes: bool) -> impl Iterator<Item = (&'static str, &'static str)> {
    let all = [
        ("400", "Malformed", true),
        ("403", "Foreign", changes),
        ("404", "Refused", calls),
        ("408", "TooSlow", calls),
        ("415", "Encoded", true),
        ("429", "TooMany", calls),
        ("500", "Defect", calls),
        ("503", "Unavailable", calls),
    ];
    all.into_iter().filter_map(|(status, name, may)| may.then_some((status, name)))
}

/// What they are.
pub(super) fn all() -> Vec<(&'static str, Response)> {
    let message = |text: &str| json(text, named("Message"));
    let refused =
        AnyOfBuilder::new().item(named("UnknownSecret")).item(named("Message")).item(named("NoRoute"));
    let unavailable = "No room, or the store does not answer. Nothing was consumed; safe to repeat.";
    vec![
        ("Malformed", message("The request cannot be read; `detail` says why.").build()),
        ("Foreign", message("A browser sent it from a page of another site.").build()),
        (
            "Refused",
            intended(json("Refused: there is no such secret, or `message` says why.", refused)).build(),
        ),
        ("TooSlow", message("The body did not come in time.").build()),
        ("Encoded", message("Bodies with Content-Encoding are not accepted.").build()),
        (
            "TooMany",
            later(message(
                "Too many calls, too many tries to open, or too many mails; `message` says which.",
            ))
            .build(),
        ),
        ("Defect", message("A defect of the server. Never after a secret was consumed.").build()),
        ("Unavailable", later(message(unavailable)).build()),
    ]
}

fn intended(answer: ResponseBuilder) -> ResponseBuilder {
    let schema = ObjectBuilder::new().schema_type(Type::Integer).enum_values(Some([400, 401]));
    let mut header = Header::new(schema);
    header.description = Some("The honest status, where it is not 404.".to_owned());
    answer.header(INTENDED_STATUS, header)
}

fn later(answer: ResponseBuilder) -> ResponseBuilder {
    let mut header = Header::new(ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(0)));
    header.description = Some("Seconds to wait.".to_owned());
    answer.header("retry-after", header)
}
