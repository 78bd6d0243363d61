//! `/`: one form, and the link that it makes. The result stands at `/` too, so that the address bar never shows a
//! receipt's address.

mod made;
mod mailed;

use crate::http::Answer;
use crate::limit::TooManyMails;
use crate::vault::{Concealed, Content, Draft, Recipient, VaultError};
use crate::web::filled::Filled;
use crate::web::frame::{Audience, Frame};
use crate::web::page::{Trouble, minutes, page};
use crate::web::visitor::Visitor;
use crate::web::wording;
use askama::Template;
use axum::http::StatusCode;
use burnbag_core::account::Email;
use burnbag_core::idempotency_key::IdempotencyKey;
use burnbag_core::lifetime::{Lifetime, parse_ttl};
use burnbag_core::opener::Passphrase;
use burnbag_core::plan::{MAX_LABEL, Plan, Refusal};
use burnbag_core::sensitive::SensitiveText;
use made::{Made, Mailed};

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
    /// What was made already, where something came in between.
    links: Vec<Mailed>,
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
    /// What makes this page's form another than that of every other, where it can mail.
    once: Option<String>,
    recipients: String,
}

/// What was filled in.
#[derive(Default)]
struct Wishes {
    secret: SensitiveText,
    passphrase: SensitiveText,
    lifetime: Option<i64>,
    label: String,
    /// Addresses, as they were typed.
    recipients: String,
    once: String,
}

impl Wishes {
    fn of(filled: &mut Filled) -> Self {
        Self {
            // Browsers send line ends as CR LF, whatever was typed.
            secret: filled.take("secret").release().replace("\r\n", "\n").into(),
            passphrase: filled.take("passphrase"),
            lifetime: parse_ttl(filled.text("ttl")),
            label: filled.text("memo").chars().take(MAX_LABEL).collect(),
            recipients: filled.text("recipient").to_owned(),
            once: filled.text("once").to_owned(),
        }
    }
}

/// The empty form.
pub(in crate::web) async fn form(visitor: Visitor) -> Answer {
    show(&visitor, StatusCode::OK, &Wishes::default(), String::new())
}

/// Makes a secret that the server seals, or one for each of several recipients.
pub(in crate::web) async fn make(mut filled: Filled) -> Answer {
    let wishes = Wishes::of(&mut filled);
    let visitor = &filled.visitor;
    if !visitor.may_create() {
        return show(visitor, StatusCode::FORBIDDEN, &wishes, String::new());
    }
    // Who filled in the form as somebody signed in does not become a stranger unasked.
    if visitor.session.is_none() && !filled.text("form_token").is_empty() {
        let problem = visitor.words.say("share-signed-out");
        return show(visitor, StatusCode::FORBIDDEN, &wishes, problem);
    }
    if !wishes.recipients.is_empty() {
        return mailed::make(filled, wishes).await;
    }
    match conceal(visitor, &wishes, None).await {
        Ok(concealed) => made::show(visitor, &concealed, &wishes.passphrase, None),
        Err(error) => refuse(visitor, &wishes, &error, Vec::new()),
    }
}

async fn conceal(
    visitor: &Visitor,
    wishes: &Wishes,
    recipient: Option<Email>,
) -> Result<Concealed, VaultError> {
    let plan = visitor.plan();
    let passphrase = Passphrase::new(wishes.passphrase.clone());
    plan.admits(wishes.secret.expose(), passphrase.as_ref())?;
    let label = Some(wishes.label.clone()).filter(|label| !label.is_empty() && visitor.session.is_some());
    let draft = Draft {
        content: Content::Text { text: wishes.secret.clone(), passphrase },
        lifetime: Lifetime::granted(wishes.lifetime, plan.max_ttl),
        recipient: recipient.map(|address| Recipient { address, language: visitor.mail_language() }),
        label: label.map(SensitiveText::from),
    };
    visitor.app.vault.conceal(draft, visitor.caller()).await
}

fn show(visitor: &Visitor, status: StatusCode, wishes: &Wishes, problem: String) -> Answer {
    show_beside(visitor, status, wishes, problem, Vec::new())
}

/// The form again, with what came in the way, and the links that were made before it did.
fn refuse(visitor: &Visitor, wishes: &Wishes, error: &VaultError, links: Vec<Mailed>) -> Answer {
    if let VaultError::Refused(refusal) = error {
        let problem = refused(*refusal, visitor);
        return show_beside(visitor, StatusCode::UNPROCESSABLE_ENTITY, wishes, problem, links);
    }
    let trouble = Trouble::of(error);
    let mails = |email: &str| {
        let time = minutes(trouble.wait(), visitor);
        visitor.words.with_all("trouble-mails", &[("email", email.into()), ("time", time.into())])
    };
    let problem = if let VaultError::TooManyMails(TooManyMails::ToMailbox(_)) = error {
        mails(&wishes.recipients.replace('\n', ", "))
    } else if !links.is_empty() {
        // Other words would say that nothing was made.
        mails("left")
    } else if let VaultError::TooManyMails(TooManyMails::ByAccount(_)) = error {
        mails("none")
    } else {
        trouble.text(visitor)
    };
    let answer = show_beside(visitor, trouble.status(), wishes, problem, links);
    trouble.noted(answer)
}

fn show_beside(
    visitor: &Visitor,
    status: StatusCode,
    wishes: &Wishes,
    problem: String,
    links: Vec<Mailed>,
) -> Answer {
    let (words, plan) = (&visitor.words, visitor.plan());
    let size = |bytes: usize| wording::size(bytes as u64, words);
    let files_hint = [("count", plan.files.into()), ("size", size(plan.files_size).into())];
    let mails = visitor.session.is_some() && visitor.has_mail();
    let form = Form {
        open: visitor.may_create(),
        text_limit: size(plan.text),
        files_hint: words.with_all("share-files-hint", &files_hint),
        lifetimes: wording::lifetimes(plan.max_ttl, words),
        lifetime: Lifetime::granted(wishes.lifetime, plan.max_ttl).seconds(),
        sealed: made::sealed_here(visitor, false),
        problem,
        secret: wishes.secret.expose().clone(),
        passphrase: wishes.passphrase.expose().clone(),
        label: wishes.label.clone(),
        once: mails.then(|| once(visitor, wishes)),
        recipients: wishes.recipients.clone(),
        plan,
    };
    let frame = visitor.frame("share-heading", Audience::Maker);
    // The links stand here this once.
    let frame = if links.is_empty() { frame } else { frame.passing() };
    let made = made::blank(&frame);
    page(status, &SharePage { frame, form, made, links, texts: texts(visitor) })
}

/// The number of a form that comes back stays: whoever sends the first one again sends the same.
fn once(visitor: &Visitor, wishes: &Wishes) -> String {
    let known = wishes.once.parse::<IdempotencyKey>();
    known.unwrap_or_else(|_| visitor.app.vault.make_repeat()).expose().to_owned()
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
