//! Choosing a language: kept in a cookie, and with the account of who is signed in.

use crate::http::Answer;
use crate::http::cookies::{self, Name};
use crate::i18n::LanguageTag;
use crate::web::filled::Filled;
use crate::web::page::{Trouble, see_other};
use axum::http::header;
use std::time::Duration;

const A_YEAR: Duration = Duration::from_hours(365 * 24);

/// Keeps the choice, and leads back.
pub(in crate::web) async fn choose(filled: Filled) -> Answer {
    let visitor = &filled.visitor;
    let mut answer = see_other(back(filled.text("to")));
    let Some(tag) = LanguageTag::known(filled.text("language")) else {
        return answer;
    };
    if let Some(session) = &visitor.session
        && let Err(error) = visitor.app.vault.set_language(session, Some(tag.as_str().to_owned())).await
    {
        return Trouble::of(&error).page(visitor);
    }
    if let Some(cookie) = cookies::set(Name::Language, tag.as_str(), Some(A_YEAR), visitor.safety.https) {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
    answer
}

/// A path of ours: nothing that could lead to another host.
fn back(to: &str) -> &str {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_".contains(&byte);
    if to.starts_with('/') && !to.starts_with("//") && to.bytes().all(is_plain) { to } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_stays_here() {
        for path in ["/", "/secret/abc123", "/recent"] {
            assert_eq!(back(path), path);
        }
        for path in ["", "https://evil.example", "//evil.example", "/\\evil.example", "/a?b", "/%2f"] {
            assert_eq!(back(path), "/", "{path}");
        }
    }
}
