//! `/recent`: what an account shared. Labels and times only, never a link to a secret: it may stand on a shared screen.

use crate::http::Answer;
use crate::vault::ReceiptView;
use crate::web::frame::{Audience, Frame};
use crate::web::page::{Trouble, page, see_other};
use crate::web::visitor::Visitor;
use crate::web::wording::{Html, html_time, html_time_ago, state};
use askama::Template;
use axum::extract::RawQuery;
use axum::http::StatusCode;
use burnbag_core::fate::State;

/// Entries on a page.
const PAGE: u32 = 50;
/// Pages that the newest entries fill; older ones are in no list.
const PAGES: u32 = 20;

#[derive(Template)]
#[template(path = "recent.html")]
struct Recent<'a> {
    frame: Frame<'a>,
    list: List,
}

struct List {
    rows: Vec<Row>,
    search: String,
    state: &'static str,
    states: Vec<(&'static str, String)>,
    is_filtered: bool,
    newer: String,
    older: String,
}

struct Row {
    key: String,
    label: String,
    recipient: String,
    state: String,
    ended: Html,
    made: Html,
    expires: Html,
    sealed: String,
    waits: bool,
    burn: String,
}

/// What was asked for.
#[derive(Debug, Default, PartialEq, Eq)]
struct Wanted {
    search: String,
    state: &'static str,
    page: u32,
}

const STATES: [(&str, &str); 5] = [
    ("", "recent-all"),
    ("waiting", "recent-waiting"),
    ("opened", "receipt-opened"),
    ("burned", "receipt-burned"),
    ("expired", "recent-expired"),
];

/// The list.
pub(in crate::web) async fn show(RawQuery(query): RawQuery, visitor: Visitor) -> Answer {
    let Some(session) = &visitor.session else {
        return see_other("/signin?to=recent");
    };
    let wanted = Wanted::parse(query.as_deref().unwrap_or_default());
    let page_of = Page::at(wanted.page);
    let newest = if wanted.is_filtered() { PAGE * PAGES } else { page_of.end };
    let found = if wanted.search.is_empty() {
        let mut place = 0;
        visitor
            .app
            .vault
            .recent_among(session, newest, |now| wanted.is_in(now) && page_of.holds(&mut place))
            .await
    } else {
        // What is searched must be opened first.
        let opened = visitor.app.vault.recent_among(session, newest, |now| wanted.is_in(now)).await;
        let mut place = 0;
        opened.map(|opened| {
            opened.into_iter().filter(|view| wanted.matches(view) && page_of.holds(&mut place)).collect()
        })
    };
    let mut views: Vec<ReceiptView> = match found {
        Ok(views) => views,
        Err(error) => return Trouble::of(&error).page(&visitor),
    };
    let has_older = views.len() > PAGE as usize && wanted.page + 1 < PAGES;
    views.truncate(PAGE as usize);
    let rows = views.iter().map(|view| row(view, &visitor)).collect();
    let list = List {
        rows,
        states: STATES.map(|(value, id)| (value, visitor.words.say(id))).into(),
        is_filtered: wanted.is_filtered(),
        newer: wanted.page.checked_sub(1).map(|page| wanted.address(page)).unwrap_or_default(),
        older: if has_older { wanted.address(wanted.page + 1) } else { String::new() },
        search: wanted.search,
        state: wanted.state,
    };
    page(StatusCode::OK, &Recent { frame: visitor.frame("recent-heading", Audience::Maker), list })
}

/// The places of one page, and one more, which tells whether there is another.
#[derive(Clone, Copy)]
struct Page {
    first: u32,
    end: u32,
}

impl Page {
    const fn at(page: u32) -> Self {
        Self { first: page * PAGE, end: (page + 1) * PAGE + 1 }
    }

    /// Whether the next entry stands on it.
    const fn holds(self, place: &mut u32) -> bool {
        *place += 1;
        self.first < *place && *place <= self.end
    }
}

impl Wanted {
    fn parse(query: &str) -> Self {
        let mut wanted = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match name.as_ref() {
                "q" => wanted.search = value.trim().to_lowercase(),
                "state" => {
                    let known = STATES.iter().find(|(state, _)| *state == value);
                    wanted.state = known.map_or("", |(state, _)| state);
                }
                "page" => wanted.page = value.parse::<u32>().unwrap_or(0).min(PAGES - 1),
                _ => {}
            }
        }
        wanted
    }

    fn is_filtered(&self) -> bool {
        !self.search.is_empty() || !self.state.is_empty()
    }

    fn matches(&self, view: &ReceiptView) -> bool {
        let holds = |text: &Option<String>| {
            text.as_ref().is_some_and(|text| text.to_lowercase().contains(&self.search))
        };
        holds(&view.label) || holds(&view.recipient)
    }

    /// Whether the state is the one that was asked for.
    fn is_in(&self, now: State) -> bool {
        self.state.is_empty() || self.state == state(now).0
    }

    fn address(&self, page: u32) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let parts = [("q", self.search.as_str()), ("state", self.state)];
        query.extend_pairs(parts.into_iter().filter(|(_, value)| !value.is_empty()));
        query.append_pair("page", &page.to_string());
        format!("/recent?{}", query.finish())
    }
}

fn row(view: &ReceiptView, visitor: &Visitor) -> Row {
    let words = &visitor.words;
    let (state, ended) = state(view.state);
    let waits = ended.is_none();
    let label = view.label.clone().unwrap_or_else(|| words.say("recent-untitled"));
    let sealed = if view.place.kind.is_device_sealed() { "device-name" } else { "server-name" };
    Row {
        key: view.receipt.expose().to_owned(),
        recipient: view.recipient.clone().unwrap_or_default(),
        state: if waits { words.say("recent-waiting") } else { words.say(&format!("receipt-{state}")) },
        ended: ended.map(html_time_ago).unwrap_or_default(),
        made: html_time(Some(view.place.created)),
        expires: html_time(Some(view.place.expires)),
        sealed: words.say(sealed),
        waits,
        burn: words.with("recent-burn", "label", label.as_str()),
        label,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wanted_stands_in_the_address() {
        let wanted = Wanted::parse("q=+VPN%20Ann&state=opened&page=2&other=1");
        assert_eq!(wanted, Wanted { search: "vpn ann".to_owned(), state: "opened", page: 2 });
        assert_eq!(wanted.address(3), "/recent?q=vpn+ann&state=opened&page=3");
        assert_eq!(Wanted::parse("state=no&page=-1"), Wanted::default());
        assert_eq!(Wanted::parse("page=999").page, PAGES - 1);
    }
}
