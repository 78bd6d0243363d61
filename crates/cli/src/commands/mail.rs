//! `burnbag mail test`: one mail, step by step, with the configuration of the server. It opens no data.

use super::{show, system_rng};
use crate::args::Mail;
use crate::failure::{Exit, Failure};
use crate::terminal;
use burnbag_core::account::Email;
use burnbag_server::clock::{Clock, SystemClock};
use burnbag_server::config::{Config, Flags, MailServer, Tls};
use burnbag_server::mail::{Origin, Relay, Step, Trouble, Verdict, trial};
use serde::Serialize;
use std::sync::Arc;

pub(crate) fn run(command: Mail) -> Result<u8, Failure> {
    let Mail::Test { address, json, place } = command;
    test(&address, json, &place.flags())?;
    Ok(0)
}

/// A mail that the mail server took, as `--json` shows it.
#[derive(Serialize)]
struct Shown {
    sent: bool,
    server: String,
    encrypted: bool,
    from: String,
    to: String,
}

fn test(to: &Email, json: bool, flags: &Flags) -> Result<(), Failure> {
    let config = Config::load(flags).map_err(anyhow::Error::from)?;
    let clock = Arc::new(SystemClock::start());
    let now = clock.now();
    let relay = Relay::new(&config, clock).map_err(anyhow::Error::from)?;
    let (Some(relay), Some(url)) = (relay, &config.public_url) else {
        return Err(Failure::new(Exit::Other, "no mail server is set up")
            .mend("set server and from in [mail], and public_url: docs/operations.md"));
    };
    let server = relay.server();
    let origin = Origin { name: &config.web.name, from: &server.from, url };
    let message = trial(origin, to, now, &mut system_rng()?);
    let message = message.ok_or_else(|| {
        Failure::usage(format!(
            "mail cannot be sent to {to}: its domain cannot exist, or a header cannot say it"
        ))
    })?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::other("the system gives no runtime", error))?;
    runtime.block_on(send(&relay, to, &message, json))?;
    let shown = Shown {
        sent: true,
        server: place(server),
        encrypted: server.tls != Tls::None,
        from: server.from.to_string(),
        to: to.to_string(),
    };
    if json {
        return show(true, &shown, []);
    }
    terminal::say("Taken is not yet delivered: look whether it arrives, also among what is taken for spam.");
    Ok(())
}

async fn send(relay: &Relay, to: &Email, message: &[u8], json: bool) -> Result<(), Failure> {
    let server = relay.server();
    let mut reached = None;
    let mut seen = |step| {
        reached = Some(step);
        if !json {
            terminal::say(&format!("ok  {}", describe(step, server, to)));
        }
    };
    let mut line = relay.connect_watched(&mut seen).await.map_err(|trouble| failure(trouble, server))?;
    let verdict = line.send_watched(to, message, &mut seen).await;
    line.close().await;
    judge(verdict, reached, server, to)
}

fn describe(step: Step, server: &MailServer, to: &Email) -> String {
    match step {
        Step::Found(1) => format!("{} has one address", server.host),
        Step::Found(count) => format!("{} has {count} addresses", server.host),
        Step::Connected(address) => format!("connected to {address}"),
        Step::Encrypted => format!("encrypted, with a valid certificate for {}", server.host),
        Step::SignedIn => {
            format!("signed in as {}", server.credentials.as_ref().map_or("nobody", |(user, _)| user))
        }
        Step::SenderAccepted => format!("may send from {}", server.from),
        Step::RecipientAccepted => format!("may send to {to}"),
        Step::Taken => "the mail server has taken the mail".to_owned(),
    }
}

fn judge(verdict: Verdict, reached: Option<Step>, server: &MailServer, to: &Email) -> Result<(), Failure> {
    match verdict {
        Verdict::Sent => Ok(()),
        Verdict::Refused(code) => Err(Failure::new(
            Exit::Refused,
            format!("{} refuses this recipient or this mail for good ({code})", place(server)),
        )
        .mend(mend_refusal(code, reached, server, to))),
        Verdict::Later(code) => Err(Failure::new(
            Exit::Unreachable,
            format!("{} does not take this mail now ({code})", place(server)),
        )
        .mend("try again in some minutes, as a running server does by itself; if it stays, look at the mail server's log")),
        Verdict::Broken(trouble) => Err(failure(trouble, server)),
        Verdict::InDoubt(trouble) => Err(Failure::new(
            Exit::Unreachable,
            format!("{}: {trouble}, after the whole mail was sent: it may arrive", place(server)),
        )
        .mend(trouble.mend())),
    }
}

/// Whom or what a refusal means is said in words only, which differ. Many mail servers refuse the sender, or who did not sign
/// in, as late as the recipient is named.
fn mend_refusal(code: u16, reached: Option<Step>, server: &MailServer, to: &Email) -> String {
    if reached == Some(Step::RecipientAccepted) {
        let from = &server.from;
        return format!(
            "look at its log: it takes the mail for spam or for too large, or {from} may not send"
        );
    }
    if code == 553 && !to.parts().0.is_ascii() {
        return "letters before the @ that are not ASCII need a mail server with SMTPUTF8".to_owned();
    }
    let sender = match &server.credentials {
        Some((user, _)) => {
            format!("whether {user} may send from {}, and beyond its own domains", server.from)
        }
        None => "whether it wants mail.user to sign in before it sends beyond its own domains".to_owned(),
    };
    format!("look at its log, whether {to} exists, and {sender}")
}

fn failure(trouble: Trouble, server: &MailServer) -> Failure {
    Failure::new(exit(trouble), format!("{}: {trouble}", place(server))).mend(trouble.mend())
}

const fn exit(trouble: Trouble) -> Exit {
    match trouble {
        Trouble::Unknown | Trouble::Unreachable | Trouble::TimedOut | Trouble::Closed | Trouble::Busy(_) => {
            Exit::Unreachable
        }
        Trouble::SignInNotOffered | Trouble::SignInRefused(_) | Trouble::SignInNeeded => Exit::NotAuthorized,
        Trouble::Refused(_) | Trouble::SenderRefused(_) | Trouble::AllRefused => Exit::Refused,
        Trouble::Nonsense
        | Trouble::TlsNotOffered
        | Trouble::TlsNeeded
        | Trouble::Handshake
        | Trouble::Certificate(_) => Exit::Other,
    }
}

fn place(server: &MailServer) -> String {
    format!("{}:{}", server.host, server.port)
}
