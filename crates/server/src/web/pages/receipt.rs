//! `/receipt/KEY`: what the sender may know, and burning.

use crate::http::Answer;
use crate::i18n::Words;
use crate::vault::{Burner, ReceiptView, VaultError};
use crate::web::filled::Filled;
use crate::web::frame::{Audience, Frame};
use crate::web::page::{Trouble, notice, page, see_other, to_the_end};
use crate::web::visitor::Visitor;
use crate::web::wording::{Html, html_time, mail_word, state};
use askama::Template;
use axum::extract::RawQuery;
use axum::http::StatusCode;
use burnbag_core::fate::{State, receipt_ends};
use burnbag_core::key::ReceiptKey;
use burnbag_core::mail::Mailing;

/// What scripts of this page say.
const TEXTS: [&str; 8] = [
    "press-copy",
    "receipt-burned",
    "receipt-expired",
    "receipt-opened",
    "receipt-waiting",
    "result-copied",
    "result-qr-name",
    "trouble-lost",
];

#[derive(Template)]
#[template(path = "receipt.html")]
struct ReceiptPage<'a> {
    frame: Frame<'a>,
    receipt: Shown,
    texts: Vec<(&'static str, String)>,
}

struct Shown {
    /// `waiting`, `opened`, `burned` or `expired`: for the stylesheet and scripts.
    state: &'static str,
    state_text: String,
    label: String,
    recipient: String,
    /// What became of the mail to the recipient, as the API calls it.
    mail: &'static str,
    /// The same in words, where it was not sent.
    mail_text: String,
    timeline: Vec<(String, Html)>,
    living: Option<Living>,
    on_device: bool,
    kept_until: Html,
}

/// What can be done while the secret waits.
struct Living {
    needs_passphrase: bool,
    locked: bool,
    /// The link, where it was asked for and this server knows it.
    link: String,
    asks_burn: bool,
}

/// What was asked for beside the receipt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Asked {
    link: bool,
    burn: bool,
}

/// The receipt.
pub(in crate::web) async fn show(RawQuery(query): RawQuery, visitor: Visitor) -> Answer {
    let Ok(key) = visitor.key().parse::<ReceiptKey>() else {
        return none(&visitor);
    };
    let asks = |wish: &str| query.as_deref().is_some_and(|query| query.split('&').any(|part| part == wish));
    let asked = Asked { link: asks("show=link"), burn: asks("burn=ask") };
    match visitor.app.vault.receipt(&key).await {
        Ok(view) => show_view(&visitor, &view, asked),
        Err(VaultError::Unknown) => none(&visitor),
        Err(error) => Trouble::of(&error).page(&visitor),
    }
}

/// Burns the secret. Who holds the receipt needs nothing else.
pub(in crate::web) async fn burn(filled: Filled) -> Answer {
    let visitor = filled.visitor;
    let Ok(key) = visitor.key().parse::<ReceiptKey>() else {
        return none(&visitor);
    };
    to_the_end(async move {
        match visitor.app.vault.burn(&key, Burner::Receipt, visitor.caller()).await {
            // Too late is told by the receipt itself.
            Ok(_) | Err(VaultError::Unknown) => see_other(&format!("/receipt/{}", key.expose())),
            Err(error) => Trouble::of(&error).page(&visitor),
        }
    })
    .await
}

/// Forgives wrong passphrases.
pub(in crate::web) async fn unlock(filled: Filled) -> Answer {
    let visitor = filled.visitor;
    let Ok(key) = visitor.key().parse::<ReceiptKey>() else {
        return none(&visitor);
    };
    match visitor.app.vault.unlock(&key).await {
        Ok(_) | Err(VaultError::Unknown) => see_other(&format!("/receipt/{}", key.expose())),
        Err(error) => Trouble::of(&error).page(&visitor),
    }
}

fn none(visitor: &Visitor) -> Answer {
    notice(visitor, StatusCode::NOT_FOUND, "receipt-none-heading", visitor.words.say("receipt-none"))
}

fn show_view(visitor: &Visitor, view: &ReceiptView, asked: Asked) -> Answer {
    let words = &visitor.words;
    let mut frame = visitor.frame("receipt-heading", Audience::Maker);
    // Our own pages write this one of the three names.
    frame.path = format!("/receipt/{}", view.receipt.expose());
    let place = &view.place;
    let (state, ended) = state(view.state);
    let state_text = words.say(&format!("receipt-{state}"));
    let last = match ended {
        None => (words.say("expires"), place.expires),
        Some(when) => (state_text.clone(), when),
    };
    let on_device = place.kind.is_device_sealed();
    let secret = view.secret.as_ref().filter(|_| !on_device && asked.link);
    let origin = visitor.origin.as_str();
    let living = (view.state == State::New).then(|| Living {
        needs_passphrase: place.kind.needs_passphrase(),
        locked: view.locked,
        link: secret.map(|key| format!("{origin}/secret/{}", key.expose())).unwrap_or_default(),
        asks_burn: asked.burn,
    });
    let made = Some((words.say("made"), place.created));
    let mailed = match view.mailing {
        Some(Mailing::Sent(when)) => Some((words.say("receipt-mailed"), when)),
        Some(
            Mailing::Off | Mailing::Queued(_) | Mailing::Ended | Mailing::Refused(_) | Mailing::GivenUp(_),
        )
        | None => None,
    };
    let timeline = made.into_iter().chain(mailed).chain([last]);
    let receipt = Shown {
        state,
        state_text,
        label: view.label.clone().unwrap_or_default(),
        recipient: view.recipient.clone().unwrap_or_default(),
        mail: view.mailing.map(mail_word).unwrap_or_default(),
        mail_text: view.mailing.map(|mailing| mail_text(mailing, view.state, words)).unwrap_or_default(),
        timeline: timeline.map(|(text, when)| (text, html_time(Some(when)))).collect(),
        living,
        on_device,
        kept_until: frame.with_time("receipt-kept-until", Some(receipt_ends(place.created, place.expires))),
    };
    page(StatusCode::OK, &ReceiptPage { frame, receipt, texts: words.for_scripts(&TEXTS) })
}

/// What is said of a mail that was not sent (yet), and what to do while the secret waits.
fn mail_text(mailing: Mailing, state: State, words: &Words) -> String {
    let waits = state == State::New;
    let reply =
        |reply: Option<u16>| reply.map(|reply| words.with("receipt-mail-reply", "reply", reply.to_string()));
    let yourself = || waits.then(|| words.say("receipt-mail-yourself"));
    let parts = match mailing {
        Mailing::Off if waits => [Some(words.say("receipt-not-mailed")), None, None],
        // It is tried again: who sent the link too would send it twice.
        Mailing::Queued(last) if waits => [Some(words.say("receipt-mail-queued")), reply(last), None],
        // A secret that ended just now: what that means for its mail is not settled yet.
        Mailing::Off | Mailing::Queued(_) | Mailing::Sent(_) => [None, None, None],
        Mailing::Ended => [Some(words.say("receipt-mail-ended")), None, None],
        Mailing::Refused(last) => {
            [Some(words.with("receipt-mail-refused", "reply", last.to_string())), None, yourself()]
        }
        Mailing::GivenUp(last) => [Some(words.say("receipt-mail-given-up")), reply(last), yourself()],
    };
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}
