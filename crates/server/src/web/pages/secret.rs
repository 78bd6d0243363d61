//! `/secret/KEY`: what a link leads to. GET changes nothing; the button opens it, once.
//!
//! With a script the page asks the v1 API, as every client does. Without one its form opens what the server sealed;
//! what was sealed on a device it cannot open, and does not try.

use crate::http::Answer;
use crate::vault::{Delivery, Revealed, SecretView, VaultError};
use crate::web::filled::Filled;
use crate::web::frame::{Audience, Frame};
use crate::web::page::{Trouble, page, page_in_place, to_the_end};
use crate::web::visitor::Visitor;
use crate::web::wording::{self, Html};
use askama::Template;
use axum::http::StatusCode;
use burnbag_core::idempotency_key::IdempotencyKey;
use burnbag_core::key::SecretKey;
use burnbag_core::opener::{Attempt, Passphrase};
use burnbag_core::outline::Form as Content;
use burnbag_core::sensitive::SensitiveText;
use percent_encoding::percent_decode_str;

/// What scripts of this page say.
const TEXTS: [&str; 23] = [
    "incomplete-other",
    "incomplete-receipt",
    "incomplete-still",
    "incomplete-wrong",
    "press-copy",
    "result-copied",
    "reveal-http",
    "reveal-locked",
    "reveal-newer",
    "reveal-not-opened",
    "reveal-opening",
    "reveal-passphrase-needed",
    "reveal-wrong",
    "revealed-copied",
    "revealed-forgotten",
    "revealed-here",
    "revealed-hide",
    "revealed-save",
    "revealed-saving",
    "revealed-show",
    "trouble-later",
    "trouble-lost",
    "trouble-server",
];

#[derive(Template)]
#[template(path = "secret.html")]
struct SecretTemplate<'a> {
    frame: Frame<'a>,
    view: SecretPage,
    /// What scripts fill in, where they have something to do.
    templates: Option<Templates>,
    texts: Vec<(&'static str, String)>,
}

/// What stands on the page.
enum SecretPage {
    /// It waits.
    Waiting(Waiting),
    /// Here it is.
    Revealed(Shown),
    /// Not even this reader can have it again.
    Forgotten,
    /// The link opens nothing.
    Gone,
}

/// What scripts put in place of what stands on the page.
struct Templates {
    revealed: Shown,
    /// Asks for the passphrase once more, on the page of a secret that is gone.
    again: Waiting,
}

#[derive(Default)]
struct Waiting {
    what: String,
    until: Html,
    on_device: bool,
    needs_passphrase: bool,
    has_files: bool,
    /// By what a repetition of the reveal is known.
    repeat: String,
    problem: String,
}

/// A text that was revealed; in the template that scripts fill in, nothing yet.
#[derive(Default)]
struct Shown {
    is_template: bool,
    text: String,
    /// How long it can be shown again; 0: not at all.
    seconds: i64,
    again: String,
    /// Where the form leads that forgets it.
    forget: String,
    repeat: String,
    passphrase: String,
}

/// What is there.
pub(in crate::web) async fn show(visitor: Visitor) -> Answer {
    let Some(key) = key(visitor.key()) else {
        return gone(&visitor);
    };
    waiting(&visitor, &key, StatusCode::OK, String::new(), None).await
}

/// Opens it.
pub(in crate::web) async fn reveal(mut filled: Filled) -> Answer {
    let Some(key) = key(filled.visitor.key()) else {
        return gone(&filled.visitor);
    };
    let passphrase = filled.take("passphrase");
    let repeat = filled.text("repeat").parse::<IdempotencyKey>().ok();
    let attempt = Attempt { passphrase: Passphrase::new(passphrase.clone()), proof: None };
    to_the_end(async move {
        let Filled { visitor, .. } = filled;
        let revealed = visitor.app.vault.reveal(&key, &attempt, repeat.as_ref(), visitor.client).await;
        match revealed {
            Ok(delivery) => show_revealed(&visitor, &key, delivery, &passphrase, repeat.as_ref()),
            Err(VaultError::Unknown) => not_opened(&visitor, &key, &attempt, repeat).await,
            Err(error) => {
                let trouble = Trouble::of(&error);
                let text = trouble.text(&visitor);
                trouble.noted(waiting(&visitor, &key, trouble.status(), text, repeat).await)
            }
        }
    })
    .await
}

/// Forgets what is kept for this reader.
pub(in crate::web) async fn forget(mut filled: Filled) -> Answer {
    let attempt = Attempt { passphrase: Passphrase::new(filled.take("passphrase")), proof: None };
    let (key, repeat) = (key(filled.visitor.key()), filled.text("repeat").parse().ok());
    let (Some(key), Some(repeat)) = (key, repeat) else {
        return gone(&filled.visitor);
    };
    to_the_end(async move {
        let visitor = filled.visitor;
        match visitor.app.vault.forget(&key, &attempt, &repeat).await {
            // What is not there any more is forgotten.
            Ok(()) | Err(VaultError::Unknown) => {
                let frame = visitor.frame("revealed-heading", Audience::Guest).passing();
                answer(frame, StatusCode::OK, SecretPage::Forgotten, None, &visitor)
            }
            Err(error) => Trouble::of(&error).page(&visitor),
        }
    })
    .await
}

/// The key in a path. Mail systems write what followed it, `#` and the fragment, as `%23` or `%2523`; that is the
/// reader's, and is not kept.
fn key(written: &str) -> Option<SecretKey> {
    let mut text = written.to_owned();
    for _ in 0..3 {
        if text.contains('#') || !text.contains('%') {
            break;
        }
        text = percent_decode_str(&text).decode_utf8_lossy().into_owned();
    }
    text.split('#').next().and_then(|key| key.parse().ok())
}

async fn not_opened(
    visitor: &Visitor,
    key: &SecretKey,
    attempt: &Attempt,
    repeat: Option<IdempotencyKey>,
) -> Answer {
    let asked = if attempt.passphrase.is_some() { "reveal-wrong" } else { "reveal-passphrase-needed" };
    // Where nothing waits any more, this says so.
    waiting(visitor, key, StatusCode::FORBIDDEN, visitor.words.say(asked), repeat).await
}

/// The page of what waits, or that nothing does.
async fn waiting(
    visitor: &Visitor,
    key: &SecretKey,
    status: StatusCode,
    problem: String,
    repeat: Option<IdempotencyKey>,
) -> Answer {
    let view = match visitor.app.vault.look(key).await {
        Ok(view) => view,
        Err(VaultError::Unknown) => return gone(visitor),
        Err(error) => return Trouble::of(&error).page(visitor),
    };
    let problem = if view.locked { visitor.words.say("reveal-locked") } else { problem };
    let mut frame = visitor.frame("reveal-heading", Audience::Guest);
    frame.path = format!("/secret/{}", key.expose());
    let repeat = repeat.unwrap_or_else(|| visitor.app.vault.make_repeat());
    let on_device = view.place.kind.is_device_sealed();
    let waiting = Waiting {
        what: what(&view, visitor),
        until: frame.with_time("reveal-until", Some(view.place.expires)),
        on_device,
        needs_passphrase: view.place.kind.needs_passphrase(),
        has_files: matches!(view.outline.form, Content::Files(_)),
        repeat: repeat.expose().to_owned(),
        problem,
    };
    // What was sealed on a device, browsers do not open over http.
    let templates = (!(on_device && visitor.safety.insecure)).then(|| blank(visitor));
    answer(frame, status, SecretPage::Waiting(waiting), templates, visitor)
}

fn what(view: &SecretView, visitor: &Visitor) -> String {
    let words = &visitor.words;
    let size = wording::size(view.outline.size, words);
    match view.outline.form {
        Content::Text => words.with("reveal-text", "size", size),
        Content::Files(None) => words.with("reveal-files-uncounted", "size", size),
        Content::Files(Some(count)) => {
            words.with_all("reveal-files", &[("count", count.into()), ("size", size.into())])
        }
    }
}

fn show_revealed(
    visitor: &Visitor,
    key: &SecretKey,
    delivery: Delivery,
    passphrase: &SensitiveText,
    repeat: Option<&IdempotencyKey>,
) -> Answer {
    let frame = visitor.frame("revealed-heading", Audience::Guest).passing();
    let Delivery { content, place } = delivery;
    let Revealed::Text(text) = content else {
        // A form brings no proof, and without one no envelope opens.
        return gone(visitor);
    };
    let repeat = repeat.map(IdempotencyKey::expose);
    let shown = Shown {
        text: text.release(),
        forget: format!("/secret/{}/forget", key.expose()),
        repeat: repeat.unwrap_or_default().to_owned(),
        passphrase: passphrase.expose().clone(),
        is_template: false,
        ..blank_for(visitor, if repeat.is_some() { visitor.app.vault.redelivery() } else { 0 })
    };
    let (view, texts) = (SecretPage::Revealed(shown), visitor.words.for_scripts(&TEXTS));
    page_in_place(StatusCode::OK, &SecretTemplate { frame, view, templates: None, texts }, place)
}

/// Nothing differs but the language and the operator's words.
fn gone(visitor: &Visitor) -> Answer {
    let mut frame = visitor.frame("gone-heading", Audience::Nobody);
    frame.path = String::new();
    answer(frame, StatusCode::NOT_FOUND, SecretPage::Gone, Some(blank(visitor)), visitor)
}

fn blank(visitor: &Visitor) -> Templates {
    let again = Waiting { needs_passphrase: true, ..Waiting::default() };
    Templates { revealed: blank_for(visitor, visitor.app.vault.redelivery()), again }
}

fn blank_for(visitor: &Visitor, seconds: i64) -> Shown {
    let again = visitor.words.with("revealed-again", "seconds", seconds);
    Shown { is_template: true, seconds, again, ..Shown::default() }
}

fn answer(
    frame: Frame<'_>,
    status: StatusCode,
    view: SecretPage,
    templates: Option<Templates>,
    visitor: &Visitor,
) -> Answer {
    let texts = visitor.words.for_scripts(&TEXTS);
    page(status, &SecretTemplate { frame, view, templates, texts })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_survive_what_mail_systems_do_to_links() {
        let plain = "k".repeat(31);
        for written in ["", "#FRAG", "%23FRAG", "%2523FRAG"] {
            let found = key(&format!("{plain}{written}")).map(|key| key.expose().to_owned());
            assert_eq!(found.as_deref(), Some(plain.as_str()), "{written}");
        }
        assert!(key("").is_none() && key("%%%").is_none() && key("%ff%23x").is_none());
    }
}
