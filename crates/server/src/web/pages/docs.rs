//! `/docs/api`: the description of the API, as it stands in `docs/api.md`. English, like the API.

use crate::http::Answer;
use crate::web::frame::{Audience, Frame};
use crate::web::page::page;
use crate::web::visitor::Visitor;
use crate::web::wording::Html;
use askama::Template;
use axum::http::StatusCode;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};
use std::sync::LazyLock;

static API: LazyLock<Html> = LazyLock::new(|| render(include_str!("../../../../../docs/api.md")));

#[derive(Template)]
#[template(path = "docs.html")]
struct Docs<'a> {
    frame: Frame<'a>,
    html: &'static str,
}

/// The page.
pub(in crate::web) async fn api(visitor: Visitor) -> Answer {
    page(StatusCode::OK, &Docs { frame: visitor.frame("nav-api", Audience::Maker), html: &API })
}

fn render(markdown: &str) -> Html {
    let mut kept = Vec::new();
    let events = Parser::new_ext(markdown, Options::ENABLE_TABLES).filter(|event| {
        // Other documents are not served: their names stand there as text.
        if let Event::Start(Tag::Link { dest_url, .. }) = event {
            kept.push(dest_url.starts_with("http") || dest_url.starts_with('/'));
            return kept.last() == Some(&true);
        }
        if let Event::End(TagEnd::Link) = event { kept.pop() == Some(true) } else { true }
    });
    // What is wide scrolls by itself, also by keyboard.
    let events = events.flat_map(|event| {
        let opens = matches!(event, Event::Start(Tag::Table(_) | Tag::CodeBlock(_)));
        let closes = matches!(event, Event::End(TagEnd::Table | TagEnd::CodeBlock));
        let before = opens.then(|| Event::Html("<div class=\"wide\" tabindex=\"0\">".into()));
        before.into_iter().chain([event]).chain(closes.then(|| Event::Html("</div>".into())))
    });
    let mut page = String::new();
    html::push_html(&mut page, events);
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_scroll_and_other_documents_are_text() {
        let page = render("# A\n\n[x](envelope.md) [y](https://example.com/)\n\n| a |\n| --- |\n| b |\n");
        assert!(page.contains("<p>x <a href=\"https://example.com/\">y</a></p>"), "{page}");
        assert!(page.contains("<div class=\"wide\" tabindex=\"0\"><table>"), "{page}");
        assert!(API.starts_with("<h1>") && !API.contains(".md\""));
    }
}
