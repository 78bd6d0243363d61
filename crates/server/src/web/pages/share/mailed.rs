//! Secrets whose links this server mails: one for each recipient.

use super::{Wishes, conceal, made, refuse, show};
use crate::http::Answer;
use crate::limit::{SentForm, TooManyMails};
use crate::mail::wire_address;
use crate::vault::VaultError;
use crate::web::filled::Filled;
use crate::web::page::{see_other, to_the_end};
use crate::web::visitor::Visitor;
use axum::http::StatusCode;
use burnbag_core::account::Email;
use burnbag_core::idempotency_key::IdempotencyKey;
use burnbag_core::recipient::all_addresses;

/// Recipients that one form may name.
const RECIPIENTS: usize = 10;

/// Makes a secret for each recipient. Nothing is made until all of them are addresses.
pub(super) async fn make(filled: Filled, wishes: Wishes) -> Answer {
    let visitor = &filled.visitor;
    // Only the form of who is signed in names recipients, and carries a number.
    let form = sent(visitor, &wishes);
    let (Some(form), true) = (form, visitor.has_mail()) else {
        let problem = visitor.words.say("trouble-form");
        return show(visitor, StatusCode::FORBIDDEN, &wishes, problem);
    };
    match recipients(visitor, &wishes.recipients) {
        Ok(recipients) => to_the_end(make_each(filled, wishes, recipients, form)).await,
        Err(problem) => show(visitor, StatusCode::UNPROCESSABLE_ENTITY, &wishes, problem),
    }
}

/// The form of who is signed in, by which it is known when it comes again.
fn sent(visitor: &Visitor, wishes: &Wishes) -> Option<SentForm> {
    let session = visitor.session.as_ref()?;
    let once: IdempotencyKey = wishes.once.parse().ok()?;
    Some(SentForm::of(&[
        &session.account.id.0.to_be_bytes(),
        once.expose().as_bytes(),
        wishes.secret.expose().as_bytes(),
        wishes.passphrase.expose().as_bytes(),
        &wishes.lifetime.unwrap_or_default().to_be_bytes(),
        wishes.label.as_bytes(),
        wishes.recipients.as_bytes(),
    ]))
}

/// The addresses, or what is wrong with them.
fn recipients(visitor: &Visitor, typed: &str) -> Result<Vec<Email>, String> {
    let words = &visitor.words;
    let recipients =
        all_addresses(typed).map_err(|wrong| words.with("address-wrong", "name", wrong.join(", ")))?;
    if recipients.is_empty() {
        return Err(words.with("address-wrong", "name", typed));
    }
    let wrong: Vec<_> =
        recipients.iter().filter(|to| wire_address(to).is_none()).map(Email::as_str).collect();
    if !wrong.is_empty() {
        return Err(words.with("address-wrong", "name", wrong.join(", ")));
    }
    if recipients.len() > RECIPIENTS {
        return Err(words.with("share-recipients-many", "count", RECIPIENTS));
    }
    Ok(recipients)
}

/// Where something comes in between, what was made is shown, and what was not stays in the form. A mailbox that gets no
/// more mails for now keeps those behind it from nothing.
async fn make_each(filled: Filled, mut wishes: Wishes, recipients: Vec<Email>, form: SentForm) -> Answer {
    let visitor = &filled.visitor;
    let mut done = visitor.app.sent_forms.turn(form).await;
    if *done {
        // The links were shown to who sent it first. Their receipts are in the list, and show them again.
        return see_other("/recent");
    }
    let (mut made, mut left, mut in_the_way) = (Vec::new(), Vec::new(), None);
    for (place, to) in recipients.iter().enumerate() {
        // The form itself was counted; each further secret is a call of its own.
        let counted = if place == 0 { Ok(()) } else { visitor.count().await.map_err(VaultError::Later) };
        let concealed = match counted {
            Ok(()) => conceal(visitor, &wishes, Some(to.clone())).await,
            Err(error) => Err(error),
        };
        match concealed {
            Ok(concealed) => {
                made.push((to, concealed));
                *done = true;
            }
            Err(error @ VaultError::TooManyMails(TooManyMails::ToMailbox(_))) => {
                left.push(to.as_str());
                in_the_way = Some(error);
            }
            Err(error) => {
                left.extend(recipients[place..].iter().map(Email::as_str));
                in_the_way = Some(error);
                break;
            }
        }
    }
    if let Some(error) = in_the_way {
        wishes.recipients = left.join("\n");
        let links = made.iter().map(|(to, concealed)| made::mailed(visitor, to, concealed));
        return refuse(visitor, &wishes, &error, links.collect());
    }
    if let [(to, concealed)] = &*made {
        return made::show(visitor, concealed, &wishes.passphrase, Some(to));
    }
    let links = made.iter().map(|(to, concealed)| made::mailed(visitor, to, concealed)).collect();
    // One after the other, within a moment: the first one's time is told for all.
    let expires = made.first().map(|(_, concealed)| concealed.receipt.place.expires);
    made::show_several(visitor, links, expires, &wishes.passphrase)
}
