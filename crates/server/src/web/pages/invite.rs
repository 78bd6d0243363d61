//! `/invite/TOKEN`: a new account's first password, or the way back after a forgotten one.

use crate::http::{Answer, start_session};
use crate::web::filled::Filled;
use crate::web::frame::{Audience, Frame};
use crate::web::page::{Notice, Trouble, notice, page, see_other};
use crate::web::visitor::Visitor;
use askama::Template;
use axum::http::StatusCode;
use burnbag_core::account::{InvitationToken, NotAPassword, Password};

#[derive(Template)]
#[template(path = "invite.html")]
struct Invite<'a> {
    frame: Frame<'a>,
    lead: String,
    email: String,
    is_new: bool,
    form_token: String,
    problem: String,
}

/// What accepting means, and the form.
pub(in crate::web) async fn form(visitor: Visitor) -> Answer {
    match visitor.key().parse() {
        Ok(token) => show(&visitor, &token, StatusCode::OK, String::new()).await,
        Err(_) => gone(&visitor),
    }
}

/// Accepts.
pub(in crate::web) async fn accept(mut filled: Filled) -> Answer {
    let password = filled.take("password");
    let is_ours = filled.repeats_cookie();
    let visitor = filled.visitor;
    let Ok(token) = visitor.key().parse::<InvitationToken>() else {
        return gone(&visitor);
    };
    let password = match Password::new(&password) {
        Ok(password) => password,
        Err(refused) => {
            let problem = visitor.words.say(not_a_password(refused));
            return show(&visitor, &token, StatusCode::UNPROCESSABLE_ENTITY, problem).await;
        }
    };
    if !is_ours {
        let problem = visitor.words.say("trouble-form");
        return show(&visitor, &token, StatusCode::FORBIDDEN, problem).await;
    }
    match visitor.app.vault.accept_invitation(&token, password).await {
        Ok(Some((session, _))) => start_session(see_other("/"), &session, visitor.safety.https),
        Ok(None) => gone(&visitor),
        Err(error) => Trouble::of(&error).page(&visitor),
    }
}

/// What is wrong with a new password.
pub(super) const fn not_a_password(refused: NotAPassword) -> &'static str {
    match refused {
        NotAPassword::TooShort => "password-short",
        NotAPassword::TooLong => "password-long",
    }
}

async fn show(visitor: &Visitor, token: &InvitationToken, status: StatusCode, problem: String) -> Answer {
    let invitation = match visitor.app.vault.invitation(token).await {
        Ok(Some(invitation)) => invitation,
        Ok(None) => return gone(visitor),
        Err(error) => return Trouble::of(&error).page(visitor),
    };
    let email = invitation.email.to_string();
    let frame = visitor.frame("invite-heading", Audience::Guest);
    let lead = visitor.words.with("invite-lead", "email", email.as_str());
    let is_new = invitation.is_new_account;
    visitor.form_page(status, |form_token| Invite { frame, lead, email, is_new, form_token, problem })
}

/// Who has used it already may sign in; where mail is set up, who has not gets a new one by himself there.
fn gone(visitor: &Visitor) -> Answer {
    let mails = visitor.has_mail();
    let text = visitor.words.with("invite-gone", "mail", if mails { "yes" } else { "no" });
    if !mails {
        return notice(visitor, StatusCode::NOT_FOUND, "invite-heading", text);
    }
    let frame = visitor.frame("invite-heading", Audience::Maker).passing();
    let link_text = visitor.words.say("signin-heading");
    page(StatusCode::NOT_FOUND, &Notice { frame, text, link: "/signin".to_owned(), link_text })
}
