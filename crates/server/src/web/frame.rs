//! What all pages have: title, navigation, language, footer.

use super::wording::{Html, html_time};
use crate::i18n::Words;
use crate::site::Site;
use askama::filters::{Html as HtmlEscaper, escape};
use burnbag_core::time::Timestamp;
use fluent_bundle::FluentValue;

/// Whom a page is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Audience {
    /// Who makes secrets: the whole navigation.
    Maker,
    /// Who was sent a link: a guest, no lead. No navigation.
    Guest,
    /// Who was sent a link that opens nothing: not even a footer, and nothing that tells one such page from another.
    Nobody,
}

/// The frame of a page. Templates call its methods.
pub(super) struct Frame<'a> {
    pub(super) site: &'a Site,
    pub(super) words: &'a Words,
    pub(super) heading: String,
    /// The page's own address, without query.
    pub(super) path: String,
    pub(super) signed_in: bool,
    /// What the forms of who is signed in carry; otherwise empty.
    pub(super) form_token: String,
    /// Whether what is typed travels in clear.
    pub(super) insecure: bool,
    pub(super) audience: Audience,
    /// Whether the address leads here again.
    pub(super) lasting: bool,
}

impl Frame<'_> {
    /// The same on a page that its address does not lead to again: the answer to a form.
    pub(super) fn passing(mut self) -> Self {
        self.lasting = false;
        self
    }

    pub(super) fn say(&self, id: &str) -> String {
        self.words.say(id)
    }

    pub(super) fn with<'v>(&self, id: &str, name: &'static str, value: impl Into<FluentValue<'v>>) -> String {
        self.words.with(id, name, value)
    }

    /// A message with a time in it, which scripts rewrite for the reader's own time zone.
    pub(super) fn with_time(&self, id: &str, time: Option<Timestamp>) -> Html {
        // No message and no time holds this character.
        const PLACE: &str = "\u{1}";
        let text = self.words.with(id, "time", PLACE);
        let text = escape(text, HtmlEscaper).map_or_else(|_| String::new(), |text| text.to_string());
        text.replace(PLACE, &html_time(time))
    }

    pub(super) fn asset(&self, name: &str) -> String {
        self.site.assets.path(name).unwrap_or_default()
    }

    pub(super) fn is_guest(&self) -> bool {
        self.audience != Audience::Maker
    }

    pub(super) fn is_bare(&self) -> bool {
        self.audience == Audience::Nobody
    }

    pub(super) const fn may_change_language(&self) -> bool {
        self.lasting
    }
}
