//! `/`: one form, and the link that it makes. The result stands at `/` too, so that the address bar never shows a
//! receipt's address.

use crate::http::Answer;
use crate::vault::{Concealed, Content, Draft, VaultError};
use crate::web::filled::Filled;
use crate::web::frame::{Audience, Frame};
use crate::web::page::{Trouble, page};
use crate::web::visitor::Visitor;
use crate::web::wording::{self, Html};
use askama::Template;
use axum::http::StatusCode;
use burnbag_core::lifetime::{Lifetime, parse_ttl};
use burnbag_core::opener::Passphrase;
use burnbag_core::plan::{MAX_LABEL, Plan, Refusal};
use burnbag_core::sensitive::SensitiveText;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// What scripts of this page say.
const TEXTS: [&str; 23] = [
    "press-copy",
    "result-copied",
    "result-mail-body",
    "result-mail-subject",
    "result-passphrase-copied",
    "result-qr-name",
    "share-empty",
    "share-file-unread",
    "share-full",
    "share-hide",
    "share-name-long",
    "share-remove",
    "share-sealing",
    "share-sending",
    "share-show",
    "share-signed-out",
    "share-text-or-files",
    "share-too-large",
    "share-too-long",
    "share-unsealed",
    "trouble-later",
    "trouble-lost",
    "trouble-server",
];

#[derive(Template)]
#[template(path = "share.html")]
struct SharePage<'a> {
    frame: Frame<'a>,
    form: Form,
    made: Made,
    texts: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "made.html")]
struct MadePage<'a> {
    frame: Frame<'a>,
    made: Made,
    texts: Vec<(&'static str, String)>,
}

/// The form, as it was filled in.
struct Form {
    /// Whether this visitor may make secrets.
    open: bool,
    plan: Plan,
    text_limit: String,
    files_hint: String,
    lifetimes: Vec<(i64, String)>,
    lifetime: i64,
    /// Which guarantee it has without a script, and why.
    sealed: String,
    problem: String,
    secret: String,
    passphrase: String,
    label: String,
}

/// A link that was made; in the template that scripts fill in, nothing yet.
#[derive(Default)]
struct Made {
    link: String,
    mail: String,
    receipt: String,
    passphrase: String,
    until: Html,
    sealed: String,
    on_device: bool,
}

/// What was filled in.
#[derive(Default)]
struct Wishes {
    secret: SensitiveText,
    passphrase: SensitiveText,
    lifetime: Option<i64>,
    label: String,
}

/// The empty form.
pub(in crate::web) async fn form(visitor: Visitor) -> Answer {
    show(&visitor, StatusCode::OK, &Wishes::default(), String::new())
}

/// Makes a secret that the server seals.
pub(in crate::web) async fn make(mut filled: Filled) -> Answer {
    let wishes = Wishes {
        // Browsers send line ends as CR LF, whatever was typed.
        secret: filled.take("secret").release().replace("\r\n", "\n").into(),
        passphrase: filled.take("passphrase"),
        lifetime: parse_ttl(filled.text("ttl")),
        label: filled.text("memo").chars().take(MAX_LABEL).collect(),
    };
    let visitor = &filled.visitor;
    if !visitor.may_create() {
        return show(visitor, StatusCode::FORBIDDEN, &wishes, String::new());
    }
    // Who filled in the form as somebody signed in does not become a stranger unasked.
    if visitor.session.is_none() && !filled.text("form_token").is_empty() {
        let problem = visitor.words.say("share-signed-out");
        return show(visitor, StatusCode::FORBIDDEN, &wishes, problem);
    }
    match conceal(visitor, &wishes).await {
        Ok(made) => show_made(visitor, &made, &wishes.passphrase),
        Err(VaultError::Refused(refusal)) => {
            let problem = refused(refusal, visitor);
            show(visitor, StatusCode::UNPROCESSABLE_ENTITY, &wishes, problem)
        }
        Err(error) => {
            let trouble = Trouble::of(&error);
            trouble.noted(show(visitor, trouble.status(), &wishes, trouble.text(visitor)))
        }
    }
}

async fn conceal(visitor: &Visitor, wishes: &Wishes) -> Result<Concealed, VaultError> {
    let plan = visitor.plan();
    let passphrase = Passphrase::new(wishes.passphrase.clone());
    plan.admits(wishes.secret.expose(), passphrase.as_ref())?;
    let label = Some(wishes.label.clone()).filter(|label| !label.is_empty() && visitor.session.is_some());
    let draft = Draft {
        content: Content::Text { text: wishes.secret.clone(), passphrase },
        lifetime: Lifetime::granted(wishes.lifetime, plan.max_ttl),
        recipient: None,
        label: label.map(SensitiveText::from),
    };
    visitor.app.vault.conceal(draft, visitor.caller()).await
}

fn show(visitor: &Visitor, status: StatusCode, wishes: &Wishes, problem: String) -> Answer {
    let (words, plan) = (&visitor.words, visitor.plan());
    let size = |bytes: usize| wording::size(bytes as u64, words);
    let files_hint = [("count", plan.files.into()), ("size", size(plan.files_size).into())];
    let form = Form {
        open: visitor.may_create(),
        text_limit: size(plan.text),
        files_hint: words.with_all("share-files-hint", &files_hint),
        lifetimes: wording::lifetimes(plan.max_ttl, words),
        lifetime: Lifetime::granted(wishes.lifetime, plan.max_ttl).seconds(),
        sealed: sealed_here(visitor),
        problem,
        secret: wishes.secret.expose().clone(),
        passphrase: wishes.passphrase.expose().clone(),
        label: wishes.label.clone(),
        plan,
    };
    let frame = visitor.frame("share-heading", Audience::Maker);
    let made = Made {
        until: frame.with_time("result-until", None),
        sealed: words.say("device-name"),
        on_device: true,
        ..Made::default()
    };
    page(status, &SharePage { frame, form, made, texts: texts(visitor) })
}

fn show_made(visitor: &Visitor, concealed: &Concealed, passphrase: &SensitiveText) -> Answer {
    let frame = visitor.frame("result-heading", Audience::Maker).passing();
    let link = format!("{}/secret/{}", visitor.origin.as_str(), concealed.secret.expose());
    let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let (subject, body) = (visitor.words.say("result-mail-subject"), visitor.words.say("result-mail-body"));
    let made = Made {
        mail: format!("mailto:?subject={}&body={}", encode(&subject), encode(&format!("{body}\n\n{link}\n"))),
        receipt: format!("/receipt/{}", concealed.receipt.receipt.expose()),
        passphrase: passphrase.expose().clone(),
        until: frame.with_time("result-until", Some(concealed.receipt.place.expires)),
        sealed: sealed_here(visitor),
        on_device: false,
        link,
    };
    page(StatusCode::OK, &MadePage { frame, made, texts: texts(visitor) })
}

/// That the server seals, and why.
fn sealed_here(visitor: &Visitor) -> String {
    let reason = visitor.words.say(if visitor.safety.insecure { "because-http" } else { "because-scripts" });
    format!("{} {reason}", visitor.words.say("server-name"))
}

fn refused(refusal: Refusal, visitor: &Visitor) -> String {
    let size = |bytes: usize| wording::size(bytes as u64, &visitor.words);
    match refusal {
        Refusal::Empty => visitor.words.say("share-empty"),
        Refusal::TooLong { limit } => visitor.words.with("share-too-long", "size", size(limit)),
        Refusal::PassphraseTooLong => visitor.words.say("password-long"),
        // This form has no files.
        Refusal::NoFiles | Refusal::TooManyFiles { .. } | Refusal::FilesTooLarge { .. } => {
            visitor.words.say("share-empty")
        }
    }
}

fn texts(visitor: &Visitor) -> Vec<(&'static str, String)> {
    visitor.words.for_scripts(&TEXTS)
}
