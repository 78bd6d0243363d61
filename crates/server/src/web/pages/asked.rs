//! `/signup` and `/forgot`: a link is mailed to who asks for one. Whoever asks, and whatever there is, one answer, after the
//! same time: what is mailed, if anything, is made beside it.

use crate::client::Client;
use crate::config::OpenSignup;
use crate::http::Answer;
use crate::vault::{VaultError, note_failure};
use crate::web::filled::Filled;
use crate::web::frame::{Audience, Frame};
use crate::web::page::{Trouble, no_page, notice};
use crate::web::visitor::Visitor;
use askama::Template;
use axum::http::StatusCode;
use burnbag_core::account::Email;
use rand::RngExt;
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

/// Milliseconds between the answer and the work that it does not tell of.
const PAUSE: Range<u64> = 100..400;

#[derive(Template)]
#[template(path = "asked.html")]
struct Asking<'a> {
    frame: Frame<'a>,
    form_token: String,
    email: String,
    problem: String,
    hint: String,
}

/// What a link is asked for.
#[derive(Clone, Debug)]
enum Wish {
    /// An account.
    SignUp(OpenSignup),
    /// Another password.
    Forgot,
}

impl Wish {
    /// Where that is open.
    fn sign_up(visitor: &Visitor) -> Option<Self> {
        visitor.app.signup.clone().map(Self::SignUp)
    }

    /// Where mail is set up.
    fn forgot(visitor: &Visitor) -> Option<Self> {
        visitor.has_mail().then_some(Self::Forgot)
    }

    const fn heading(&self) -> &'static str {
        match self {
            Self::SignUp(_) => "signup-heading",
            Self::Forgot => "forgot-heading",
        }
    }

    /// Which addresses may, if not any.
    fn domains(&self, visitor: &Visitor) -> String {
        match self {
            Self::SignUp(open) if !open.domains.names().is_empty() => {
                visitor.words.with("signup-domains", "domains", open.domains.names().join(", "))
            }
            Self::SignUp(_) | Self::Forgot => String::new(),
        }
    }

    /// What is wrong with an address for this.
    fn refuses(&self, email: &Email) -> bool {
        match self {
            Self::SignUp(open) => !open.domains.allow(email),
            Self::Forgot => false,
        }
    }

    /// The plan of an account that is made, if one is.
    fn plan(self) -> Option<String> {
        match self {
            Self::SignUp(open) => Some(open.plan),
            Self::Forgot => None,
        }
    }
}

/// The form for an account.
pub(in crate::web) async fn sign_up_form(visitor: Visitor) -> Answer {
    form(Wish::sign_up(&visitor), visitor).await
}

/// The form for another password.
pub(in crate::web) async fn forgot_form(visitor: Visitor) -> Answer {
    form(Wish::forgot(&visitor), visitor).await
}

/// Asks for an account.
pub(in crate::web) async fn sign_up(filled: Filled) -> Answer {
    ask(Wish::sign_up(&filled.visitor), filled).await
}

/// Asks for another password.
pub(in crate::web) async fn forgot(filled: Filled) -> Answer {
    ask(Wish::forgot(&filled.visitor), filled).await
}

async fn form(wish: Option<Wish>, visitor: Visitor) -> Answer {
    match wish {
        Some(wish) => show(&visitor, &wish, StatusCode::OK, String::new(), String::new()),
        None => no_page(visitor).await,
    }
}

async fn ask(wish: Option<Wish>, filled: Filled) -> Answer {
    let Some(wish) = wish else {
        return no_page(filled.visitor).await;
    };
    let (visitor, typed) = (&filled.visitor, filled.text("email").to_owned());
    if !filled.repeats_cookie() {
        let problem = visitor.words.say("trouble-form");
        return show(visitor, &wish, StatusCode::FORBIDDEN, typed, problem);
    }
    let Ok(email) = typed.parse::<Email>() else {
        let problem = visitor.words.with("address-wrong", "name", typed.as_str());
        return show(visitor, &wish, StatusCode::UNPROCESSABLE_ENTITY, typed, problem);
    };
    if wish.refuses(&email) {
        let problem = wish.domains(visitor);
        return show(visitor, &wish, StatusCode::UNPROCESSABLE_ENTITY, typed, problem);
    }
    // It counts for where it comes from, also when somebody is signed in there.
    let counted = visitor.app.vault.mails().map(|mails| mails.count_asker(Client::at(visitor.address)));
    if let Some(Err(wait)) = counted {
        let trouble = Trouble::Later(wait);
        return trouble.noted(show(visitor, &wish, trouble.status(), typed, trouble.text(visitor)));
    }
    // Nobody is told that a mail is on its way where none can be, whoever it is for.
    if let Err(error) = visitor.app.vault.can_mail_invitations().await {
        let trouble = Trouble::of(&error);
        let problem = match trouble {
            // Its own words are about secrets.
            Trouble::Full => visitor.words.say("trouble-server"),
            Trouble::Later(_) | Trouble::Server => trouble.text(visitor),
        };
        return trouble.noted(show(visitor, &wish, trouble.status(), typed, problem));
    }
    let heading = wish.heading();
    mail(visitor, email, wish.plan());
    notice(visitor, StatusCode::OK, heading, visitor.words.say("asked-text"))
}

/// Mails the link, if there is one to mail. Nobody waits for it, and it begins when the answer has gone, at a moment that
/// nobody knows: so nobody learns from times whether there was one.
fn mail(visitor: &Visitor, email: Email, plan: Option<String>) {
    let (app, language) = (Arc::clone(&visitor.app), visitor.mail_language());
    let may_be = app.vault.mails().is_some_and(|mails| mails.may_be_asked_for(&email));
    let pause = Duration::from_millis(app.vault.rng().random_range(PAUSE));
    visitor.app.answered.spawn(async move {
        tokio::time::sleep(pause).await;
        if may_be
            && let Err(VaultError::Store(error)) = app.vault.mail_invitation(email, plan, language).await
        {
            note_failure(&error);
        }
    });
}

fn show(visitor: &Visitor, wish: &Wish, status: StatusCode, email: String, problem: String) -> Answer {
    let frame = visitor.frame(wish.heading(), Audience::Maker);
    let mut hint = wish.domains(visitor);
    // It is said once.
    if hint == problem {
        hint.clear();
    }
    visitor.form_page(status, |form_token| Asking { frame, form_token, email, problem, hint })
}
