//! `/signin`: by password or API key; and signing out.

use crate::client::Client;
use crate::http::cookies::{self, Name};
use crate::http::{Answer, start_session};
use crate::web::filled::Filled;
use crate::web::frame::{Audience, Frame};
use crate::web::page::{Trouble, see_other};
use crate::web::visitor::Visitor;
use askama::Template;
use axum::extract::RawQuery;
use axum::http::{StatusCode, header};

#[derive(Template)]
#[template(path = "signin.html")]
struct SignIn<'a> {
    frame: Frame<'a>,
    form_token: String,
    to: &'static str,
    email: String,
    problem: String,
    has_mail: bool,
    signs_up: bool,
}

/// The form.
pub(in crate::web) async fn form(RawQuery(query): RawQuery, visitor: Visitor) -> Answer {
    let to = query.as_deref().and_then(|query| query.strip_prefix("to=")).map_or("", place);
    if visitor.session.is_some() {
        return see_other(&format!("/{to}"));
    }
    show(&visitor, StatusCode::OK, to, String::new(), String::new())
}

/// Signs in.
pub(in crate::web) async fn sign_in(mut filled: Filled) -> Answer {
    let secret = filled.take("password");
    let (email, to) = (filled.text("email").to_owned(), place(filled.text("to")));
    let is_ours = filled.repeats_cookie();
    let visitor = filled.visitor;
    if !is_ours {
        let problem = visitor.words.say("trouble-form");
        return show(&visitor, StatusCode::FORBIDDEN, to, email, problem);
    }
    // Tries count for where they come from, also when somebody is signed in there.
    match visitor.app.vault.sign_in(&email, secret, Client::at(visitor.address)).await {
        Ok(Some((token, _))) => start_session(see_other(&format!("/{to}")), &token, visitor.safety.https),
        Ok(None) => {
            let problem = visitor.words.say("signin-wrong");
            show(&visitor, StatusCode::FORBIDDEN, to, email, problem)
        }
        Err(error) => {
            let trouble = Trouble::of(&error);
            trouble.noted(show(&visitor, trouble.status(), to, email, trouble.text(&visitor)))
        }
    }
}

/// Ends the session.
pub(in crate::web) async fn sign_out(filled: Filled) -> Answer {
    let visitor = filled.visitor;
    if let Some(session) = &visitor.session
        && let Err(error) = visitor.app.vault.sign_out(session).await
    {
        return Trouble::of(&error).page(&visitor);
    }
    end_session(see_other("/"), visitor.safety.https)
}

/// An answer that takes the session's cookie away.
pub(super) fn end_session(mut answer: Answer, https: bool) -> Answer {
    if let Some(cookie) = cookies::clear(Name::Session, https) {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
    answer
}

/// Where a sign-in may lead, and nowhere else.
fn place(to: &str) -> &'static str {
    match to {
        "recent" => "recent",
        "account" => "account",
        _ => "",
    }
}

fn show(visitor: &Visitor, status: StatusCode, to: &'static str, email: String, problem: String) -> Answer {
    let frame = visitor.frame("signin-heading", Audience::Maker);
    let (has_mail, signs_up) = (visitor.has_mail(), visitor.app.signup.is_some());
    visitor.form_page(status, |form_token| SignIn {
        frame,
        form_token,
        to,
        email,
        problem,
        has_mail,
        signs_up,
    })
}
