//! What a letter says, in its reader's language.

use super::letterhead::Letterhead;
use super::relay::wire_address;
use super::value::{isolated, plain};
use crate::i18n::{Catalogue, Words, utc};
use crate::vault::{INVITATION, Letter};
use askama::Template;
use burnbag_core::account::Email;
use burnbag_core::mail::MailKind;
use burnbag_core::sensitive::SensitiveText;
use burnbag_core::time::Timestamp;
use burnbag_store::Outgoing;
use std::sync::Arc;

/// A letter cannot be written, now or later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unwritable {
    /// It is of another kind than its mail.
    #[error("the letter does not fit its kind")]
    Mismatch,
    /// Nobody is there to get it.
    #[error("its account is gone")]
    NoAccount,
    /// Mail cannot be sent to, or from, an address.
    #[error("an address in it is none that mail can be sent to")]
    Address,
    /// Its parts do not make a message.
    #[error("its parts do not make a message")]
    Parts,
}

/// A letter's content, from top to bottom; both parts of the message are made of it.
#[derive(Template)]
#[template(path = "mail.html")]
pub(super) struct Content<'a> {
    pub(super) words: Arc<Words>,
    pub(super) letterhead: &'a Letterhead,
    pub(super) to: Email,
    /// Whom an answer reaches.
    pub(super) reply_to: Option<Email>,
    pub(super) subject: String,
    /// The first line: what the letter is about.
    pub(super) lead: String,
    /// Names with their values.
    pub(super) facts: Vec<[String; 2]>,
    pub(super) before: Vec<String>,
    /// What the link is for, as its button says it.
    pub(super) action: String,
    pub(super) link: SensitiveText,
    pub(super) after: Vec<String>,
    /// Which guarantee a secret has: its name, and what it means.
    pub(super) guarantee: Option<[String; 2]>,
    pub(super) small: Vec<String>,
}

impl<'a> Content<'a> {
    /// What a letter says.
    pub(super) fn new(
        letterhead: &'a Letterhead,
        letter: &Letter,
        mail: &Outgoing,
        catalogue: &Catalogue,
    ) -> Result<Self, Unwritable> {
        let address = |text: &str| text.parse::<Email>().map_err(|_| Unwritable::Address);
        match letter {
            Letter::Link { to, sender, key, expires, passphrase, language } => {
                let link = Link { key, expires: Timestamp(*expires), passphrase: *passphrase };
                let words = catalogue.choose(&[Some(language)], None);
                Ok(Self::blank(letterhead, words, address(to)?).link(&address(sender)?, &link))
            }
            Letter::Ended { label, recipient, created } => {
                let account = mail.account.as_ref().ok_or(Unwritable::NoAccount)?;
                let words = catalogue.choose(&[account.language.as_deref()], None);
                let ended =
                    Ended { label: label.as_deref(), recipient: recipient.as_deref(), made: *created };
                Self::blank(letterhead, words, account.email.clone()).ended(mail, &ended)
            }
            Letter::Invitation { to, token, is_new, language } => {
                let words = catalogue.choose(&[Some(language)], None);
                Ok(Self::blank(letterhead, words, address(to)?).invitation(token, *is_new, mail.since))
            }
        }
    }

    fn blank(letterhead: &'a Letterhead, words: Arc<Words>, to: Email) -> Self {
        let contact = letterhead.contact.as_ref();
        let contact =
            contact.map(|contact| words.with("mail-abuse", "contact", isolated(&contact.text, &words)));
        Self {
            letterhead,
            to,
            reply_to: None,
            subject: String::new(),
            lead: String::new(),
            facts: Vec::new(),
            before: Vec::new(),
            action: String::new(),
            link: SensitiveText::default(),
            after: Vec::new(),
            guarantee: None,
            small: contact.into_iter().collect(),
            words,
        }
    }

    /// A secret's link, to its recipient. Server-sealed always: nobody else could mail it.
    fn link(mut self, sender: &Email, link: &Link<'_>) -> Self {
        let words = Arc::clone(&self.words);
        let from = self.isolated(sender.as_str());
        self.subject = words.with("mail-link-subject", "sender", from.as_str());
        let name = self.name().into();
        self.lead = words.with_all("mail-link-first", &[("sender", from.as_str().into()), ("name", name)]);
        let until = words.with("reveal-until", "time", self.time(link.expires));
        self.before.push(self.sentences(&[words.say("reveal-once"), until]));
        if link.passphrase {
            self.before.push(words.say("mail-passphrase"));
        }
        self.action = words.say("mail-link-open");
        self.link = self.address(&["/secret/", link.key]);
        // Where the address needs a mail server that not every path has, or no header can say it, an answer goes to the
        // operator; do not say otherwise.
        if sender.parts().0.is_ascii() && wire_address(sender).is_some() {
            self.reply_to = Some(sender.clone());
            self.after.push(words.with("mail-link-ask", "sender", from));
        }
        self.guarantee = Some(["server-name", "server-text"].map(|id| words.say(id)));
        self
    }

    /// To the sender: his secret was opened, or expired. Nothing here leads to it, or to its receipt.
    fn ended(mut self, mail: &Outgoing, secret: &Ended<'_>) -> Result<Self, Unwritable> {
        let words = Arc::clone(&self.words);
        let (state, meaning) = match mail.kind {
            MailKind::Opened => (words.say("receipt-opened"), words.say("receipt-after-opened")),
            MailKind::Expired => (words.say("receipt-expired"), words.say("receipt-after-expired")),
            MailKind::Link | MailKind::Invitation => return Err(Unwritable::Mismatch),
        };
        let made = self.time(Timestamp(secret.made));
        let recipient = secret.recipient.map(|recipient| self.isolated(&plain(recipient)));
        self.facts.push([state.clone(), self.time(mail.since)]);
        let label = secret.label.map(plain).filter(|label| !label.is_empty());
        let name = if let Some(label) = label.map(|label| self.isolated(&label)) {
            self.facts.push([words.say("made"), made]);
            self.facts.extend(recipient.map(|recipient| [words.say("recipient"), recipient]));
            label
        } else {
            let recipient = recipient.unwrap_or_else(|| "none".to_owned());
            words.with_all("mail-untitled", &[("time", made.into()), ("recipient", recipient.into())])
        };
        self.subject = self.pair(&state, &name);
        self.lead.clone_from(&self.subject);
        self.before.push(meaning);
        self.action = words.say("recent-heading");
        self.link = self.address(&["/recent"]);
        self.small.insert(0, words.say("mail-chosen"));
        Ok(self)
    }

    /// A link to set a password with.
    fn invitation(mut self, token: &str, is_new: bool, since: Timestamp) -> Self {
        let words = Arc::clone(&self.words);
        self.action = words.say("invite-heading");
        self.subject = format!("{} · {}", self.action, self.name());
        let first = if is_new { "mail-invite-new" } else { "mail-invite-back" };
        self.lead =
            self.sentences(&[words.with(first, "name", self.name()), words.say("mail-invite-ignore")]);
        let until = words.with("mail-invite-until", "time", self.time(since.after(INVITATION)));
        self.before.extend((!is_new).then(|| words.say("mail-invite-costs")));
        self.before.push(until);
        self.link = self.address(&["/invite/", token]);
        self
    }

    /// The instance's name.
    pub(super) fn name(&self) -> String {
        self.isolated(&self.letterhead.name)
    }

    fn direction(&self) -> &'static str {
        if self.words.language.rtl { "rtl" } else { "ltr" }
    }

    /// Where lines start, for programs that know no other word for it.
    fn start(&self) -> &'static str {
        if self.words.language.rtl { "right" } else { "left" }
    }

    /// Where lines end.
    fn end(&self) -> &'static str {
        if self.words.language.rtl { "left" } else { "right" }
    }

    /// A text before its first time, the time, and what comes after: a time is not broken.
    fn pieces(text: &str) -> [&str; 3] {
        let end = text.find(" UTC").map(|at| at + " UTC".len());
        let start = end.and_then(|end| end.checked_sub("2026-11-28 14:02 UTC".len()));
        let found = start.zip(end).and_then(|(start, end)| {
            Some([text.get(..start)?, text.get(start..end).filter(|time| time.is_ascii())?, text.get(end..)?])
        });
        found.unwrap_or([text, "", ""])
    }

    /// Whether the language is written without spaces.
    pub(super) fn delsp(&self) -> bool {
        matches!(self.words.language.tag, "ja" | "zh-Hans")
    }

    fn sentences(&self, all: &[String]) -> String {
        all.join(if self.delsp() { "" } else { " " })
    }

    /// A name and its value.
    pub(super) fn pair(&self, name: &str, value: &str) -> String {
        self.words.with_all("mail-pair", &[("name", name.into()), ("value", value.into())])
    }

    fn isolated(&self, value: &str) -> String {
        isolated(value, &self.words)
    }

    fn time(&self, at: Timestamp) -> String {
        self.isolated(&utc(at))
    }

    fn address(&self, path: &[&str]) -> SensitiveText {
        SensitiveText::new([&[self.letterhead.origin.as_str()], path].concat().concat())
    }
}

/// What there is to say of a secret that waits.
struct Link<'a> {
    key: &'a str,
    expires: Timestamp,
    passphrase: bool,
}

/// What there is to say of a secret that ended.
struct Ended<'a> {
    label: Option<&'a str>,
    recipient: Option<&'a str>,
    made: i64,
}
