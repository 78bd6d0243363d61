//! An open line to the mail server. One mail after the other is handed over, and of each it is known what became of it.

use super::deadline::{Deadline, Over};
use super::relay::{Known, Step, Watcher, wire_address};
use super::trouble::Trouble;
use super::wire::{Progress, Wire};
use burnbag_core::account::Email;
use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Noop, Quit, Rcpt, Rset};
use lettre::transport::smtp::extension::{Extension, MailBodyParameter, MailParameter};
use lettre::transport::smtp::response::{Response, Severity};
use std::error::Error as _;
use std::fmt::{self, Display};
use std::io::{self, ErrorKind};
use std::sync::Arc;
use std::time::Duration;

/// The answer to a whole message is waited for so many times `mail.timeout`.
const LAST_ANSWER: u32 = 5;

/// How long it is waited for what matters to nobody: a goodbye.
const GOODBYE: Duration = Duration::from_secs(5);

/// Our own refusal where the server cannot take a name that is not ASCII (SMTPUTF8, RFC 6531).
const NO_SUCH_NAME: u16 = 553;
/// Our own refusal where the server cannot take what is not ASCII at all (8BITMIME, RFC 6152).
const NOT_ASCII: u16 = 554;

/// What became of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Verdict {
    /// The mail server has taken it.
    Sent,
    /// It never will: the recipient is unknown, or the mail unwanted (5xx). Also ours: 553 where a name that is not ASCII
    /// cannot be written to by way of this server, 554 where it takes ASCII only.
    Refused(u16),
    /// Not now (4xx), this one: greylisting, a full mailbox.
    Later(u16),
    /// Something is wrong with all mails. This one was certainly not taken.
    Broken(Trouble),
    /// The line broke after the end of the mail was sent and before it was answered. It may have been taken.
    InDoubt(Trouble),
}

/// An open line. After [`Self::is_broken`] it is of no more use.
pub struct Line {
    connection: AsyncSmtpConnection,
    wire: Wire,
    deadline: Deadline,
    relay: Arc<Known>,
    is_broken: bool,
    /// Whether an earlier mail was begun and not finished.
    is_begun: bool,
}

/// Why a command did not do what it should.
#[derive(Clone, Copy)]
pub(super) enum Failed {
    /// What was answered instead.
    Code(u16),
    /// Nothing more can be said on this line.
    Trouble(Trouble),
}

impl Failed {
    pub(super) fn from(error: &Error, wire: &Wire) -> Self {
        match error.status().map(u16::from) {
            Some(421) => Self::Trouble(Trouble::Busy(421)),
            Some(code) => Self::Code(code),
            None => Self::Trouble(explain(error, wire)),
        }
    }

    /// The trouble, with what an answer means here.
    pub(super) fn or(self, meaning: impl FnOnce(u16) -> Trouble) -> Trouble {
        match self {
            Self::Code(530) => Trouble::SignInNeeded,
            Self::Code(code) => meaning(code),
            Self::Trouble(trouble) => trouble,
        }
    }
}

fn explain(error: &Error, wire: &Wire) -> Trouble {
    let io = error.source().and_then(|error| error.downcast_ref::<io::Error>());
    match io.map(io::Error::kind) {
        Some(ErrorKind::TimedOut) => Trouble::TimedOut,
        Some(ErrorKind::InvalidData) => Trouble::Nonsense,
        Some(_) => Trouble::Closed,
        None if wire.has_ended() => Trouble::Closed,
        None => Trouble::Nonsense,
    }
}

/// A command, and the kind of answer that it needs.
pub(super) async fn ask<C: Display>(
    connection: &mut AsyncSmtpConnection,
    wire: &Wire,
    command: C,
    needed: Severity,
) -> Result<(), Failed> {
    check(connection.command(command).await, wire, needed)
}

fn check(answer: Result<Response, Error>, wire: &Wire, needed: Severity) -> Result<(), Failed> {
    match answer {
        Ok(answer) if answer.code().severity == needed => Ok(()),
        Ok(_) => Err(Failed::Trouble(Trouble::Nonsense)),
        Err(error) => Err(Failed::from(&error, wire)),
    }
}

impl Line {
    pub(super) fn new(
        connection: AsyncSmtpConnection,
        wire: Wire,
        deadline: Deadline,
        relay: Arc<Known>,
    ) -> Self {
        Self { connection, wire, deadline, relay, is_broken: false, is_begun: false }
    }

    /// Whether another line must be opened for the next mail.
    #[must_use]
    pub const fn is_broken(&self) -> bool {
        self.is_broken
    }

    /// Hands over a mail, within `mail.timeout` from now, and waits for the last answer five times as long: a server may
    /// look into a message before it takes it (RFC 5321 §4.5.3.2.6), and who gives up too soon sends it twice.
    pub async fn send(&mut self, to: &Email, message: &[u8]) -> Verdict {
        self.send_watched(to, message, &mut |_| {}).await
    }

    /// The same, with somebody looking on.
    pub async fn send_watched(&mut self, to: &Email, message: &[u8], seen: Watcher<'_>) -> Verdict {
        if self.is_broken {
            return Verdict::Broken(Trouble::Closed);
        }
        self.wire.progress().begin();
        let (deadline, timeout) = (self.deadline.clone(), self.relay.server.timeout);
        let message = with_line_ends(message);
        match deadline.within(timeout, self.offer(to, &message, seen)).await {
            Ok(Ok(())) => {}
            Ok(Err(verdict)) => return verdict,
            Err(Over) => return self.timed_out(),
        }
        let handed = deadline.within(timeout * LAST_ANSWER, self.hand_over(&message)).await;
        let verdict = match handed {
            Ok(Ok(())) => {
                seen(Step::Taken);
                return Verdict::Sent;
            }
            Ok(Err(verdict)) => verdict,
            Err(Over) => self.timed_out(),
        };
        // A server that says that it ends (421) has answered.
        let is_answer_missing =
            |trouble| matches!(trouble, Trouble::TimedOut | Trouble::Closed | Trouble::Nonsense);
        if let Verdict::Broken(trouble) = verdict
            && is_answer_missing(trouble)
            && self.may_be_taken()
        {
            return Verdict::InDoubt(trouble);
        }
        verdict
    }

    /// How far a mail got, for who looks on from elsewhere.
    pub(super) fn progress(&self) -> Progress {
        self.wire.progress().clone()
    }

    const fn timed_out(&mut self) -> Verdict {
        self.is_broken = true;
        Verdict::Broken(Trouble::TimedOut)
    }

    /// Whether the end of the message has left this machine.
    fn may_be_taken(&self) -> bool {
        self.wire.progress().has_end() && !self.wire.has_kept_back()
    }

    /// Says from whom and for whom a mail is, up to where the server wants to have it.
    async fn offer(&mut self, to: &Email, message: &[u8], seen: Watcher<'_>) -> Result<(), Verdict> {
        let (to, parameters) = self.envelope(to, message)?;
        if self.is_begun {
            self.ask(Rset, Severity::PositiveCompletion).await.map_err(|failed| self.not_ours(failed))?;
        }
        self.is_begun = true;
        let mail = Mail::new(Some(self.relay.from.clone()), parameters);
        let answered = self.ask(mail, Severity::PositiveCompletion).await;
        answered.map_err(|failed| self.judge_sender(failed))?;
        seen(Step::SenderAccepted);
        let answered = self.ask(Rcpt::new(to, Vec::new()), Severity::PositiveCompletion).await;
        answered.map_err(|failed| self.judge(failed))?;
        seen(Step::RecipientAccepted);
        let answered = self.ask(Data, Severity::PositiveIntermediate).await;
        answered.map_err(|failed| self.judge(failed))
    }

    /// Sends the message, and reads whether it is taken.
    async fn hand_over(&mut self, message: &[u8]) -> Result<(), Verdict> {
        let whole = Whole { message: Some(message), progress: self.wire.progress() };
        let answered = self.connection.message_iter(whole).await;
        let answered = check(answered, &self.wire, Severity::PositiveCompletion);
        answered.map_err(|failed| self.judge(failed))?;
        self.is_begun = false;
        Ok(())
    }

    /// The recipient as it is sent, and what the server must be told of the mail.
    fn envelope(&self, to: &Email, message: &[u8]) -> Result<(Address, Vec<MailParameter>), Verdict> {
        let server = self.connection.server_info();
        let to = wire_address(to).ok_or(Verdict::Refused(NO_SUCH_NAME))?;
        let mut parameters = Vec::new();
        if !to.user().is_ascii() {
            if !server.supports_feature(Extension::SmtpUtfEight) {
                return Err(Verdict::Refused(NO_SUCH_NAME));
            }
            parameters.push(MailParameter::SmtpUtfEight);
        }
        if !message.is_ascii() {
            if !server.supports_feature(Extension::EightBitMime) {
                return Err(Verdict::Refused(NOT_ASCII));
            }
            parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        Ok((to, parameters))
    }

    async fn ask<C: Display>(&mut self, command: C, needed: Severity) -> Result<(), Failed> {
        ask(&mut self.connection, &self.wire, command, needed).await
    }

    /// An answer to the sender is about the configuration.
    fn judge_sender(&mut self, failed: Failed) -> Verdict {
        match failed {
            Failed::Code(code) if code >= 500 && code != 530 => Verdict::Broken(Trouble::SenderRefused(code)),
            Failed::Code(_) | Failed::Trouble(_) => self.judge(failed),
        }
    }

    /// An answer to anything else is about the mail.
    fn judge(&mut self, failed: Failed) -> Verdict {
        match failed {
            Failed::Code(530) => Verdict::Broken(self.not_yet()),
            Failed::Code(code) if code >= 500 => Verdict::Refused(code),
            Failed::Code(code) => Verdict::Later(code),
            Failed::Trouble(trouble) => {
                self.is_broken = true;
                Verdict::Broken(trouble)
            }
        }
    }

    /// What must come before a mail, where it is said that something must (530): TLS, or signing in.
    fn not_yet(&self) -> Trouble {
        if self.relay.leaves_tls_out(&self.connection) {
            Trouble::TlsNeeded
        } else if self.relay.server.credentials.is_none() {
            Trouble::SignInNeeded
        } else {
            Trouble::SenderRefused(530)
        }
    }

    /// A server that cannot forget the mail before is of no use.
    fn not_ours(&mut self, failed: Failed) -> Verdict {
        self.is_broken = true;
        Verdict::Broken(failed.or(|_| Trouble::Nonsense))
    }

    /// Asks whether the server still listens.
    pub async fn is_alive(&mut self) -> bool {
        if self.is_broken {
            return false;
        }
        let (deadline, timeout) = (self.deadline.clone(), self.relay.server.timeout);
        let answered = deadline.within(timeout, self.ask(Noop, Severity::PositiveCompletion)).await;
        self.is_broken = !matches!(answered, Ok(Ok(())));
        !self.is_broken
    }

    /// Says goodbye.
    pub async fn close(mut self) {
        if !self.is_broken {
            let deadline = self.deadline.clone();
            let _ = deadline.within(GOODBYE, self.ask(Quit, Severity::PositiveCompletion)).await;
        }
    }
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Line")
    }
}

/// A message in one piece, which notes that the next thing to be sent is its end.
struct Whole<'a> {
    message: Option<&'a [u8]>,
    progress: &'a Progress,
}

impl<'a> Iterator for Whole<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let message = self.message.take();
        if message.is_none() {
            self.progress.end();
        }
        message
    }
}

/// Every line ends with CR LF, as servers differ in what they take for an end otherwise, and the last one with nothing: the
/// end of the message brings it.
fn with_line_ends(message: &[u8]) -> Vec<u8> {
    let mut lines = Vec::with_capacity(message.len());
    let mut rest = message.iter().copied().peekable();
    while let Some(byte) = rest.next() {
        match byte {
            b'\r' => {
                rest.next_if_eq(&b'\n');
                lines.extend(b"\r\n");
            }
            b'\n' => lines.extend(b"\r\n"),
            byte => lines.push(byte),
        }
    }
    if lines.ends_with(b"\r\n") {
        lines.truncate(lines.len() - 2);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_in_one_way() {
        let cases: [(&[u8], &[u8]); 6] = [
            (b"", b""),
            (b"a\r\nb\r\n", b"a\r\nb"),
            (b"a\nb", b"a\r\nb"),
            (b"a\n.\nb\r", b"a\r\n.\r\nb"),
            (b"a\r\r\nb", b"a\r\n\r\nb"),
            (b"a\r\n\r\n", b"a\r\n"),
        ];
        for (message, sent) in cases {
            assert_eq!(with_line_ends(message), sent, "{message:?}");
        }
    }
}
