//! The line to the mail server: a real one, which does what the test tells it. What is mailed arrives once and whole,
//! what is refused is told apart, and nothing is said to who is not the server, or in clear.

mod encryption;
mod people;
mod strangers;
mod verdicts;

use crate::support::smtp::SmtpServer;
use burnbag_core::account::Email;
use burnbag_core::time::Timestamp;
use burnbag_server::clock::FixedClock;
use burnbag_server::config::{Config, Mail, Timeout, Tls};
use burnbag_server::mail::{Line, Relay, Trouble, Verdict};
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;

const MESSAGE: &[u8] = b"Subject: a test\r\n\r\nThe text.\r\n";
const PASSWORD: &str = "canary-password";

/// A mail server, and who knows it.
struct Post {
    smtp: SmtpServer,
    relay: Relay,
    clock: Arc<FixedClock>,
}

impl Post {
    /// A server with options, which is trusted; spoken to by STARTTLS.
    fn new(options: &Value) -> Self {
        Self::configured(options, |_| {})
    }

    /// The same, spoken to in another way.
    fn configured(options: &Value, change: impl FnOnce(&mut Mail)) -> Self {
        let smtp = SmtpServer::start(options);
        let (relay, clock) = relay(smtp.port, |mail| {
            mail.ca_file = Some(smtp.ca.clone());
            if let Some(user) = options["user"].as_str() {
                mail.user = Some(user.to_owned());
                mail.password_file = Some(smtp.ca.with_file_name("password"));
            }
            change(mail);
        });
        Self { smtp, relay, clock }
    }

    async fn line(&self) -> Line {
        self.relay.connect().await.expect("a line")
    }

    /// What keeps a line from being opened.
    async fn trouble(&self) -> Trouble {
        self.relay.connect().await.expect_err("trouble")
    }

    /// One mail on a line of its own.
    async fn send(&self, to: &str) -> Verdict {
        let mut line = self.line().await;
        let verdict = line.send(&email(to), MESSAGE).await;
        line.close().await;
        verdict
    }

    /// Nothing that matters was said in clear, and nothing was taken.
    fn assert_nothing_said(&self) {
        let state = self.smtp.state();
        assert!(state.messages.is_empty(), "{state:?}");
        self.assert_no_password_in_clear();
        let harmless = ["EHLO secrets.example.com", "STARTTLS", "QUIT"];
        assert!(state.commands.iter().all(|said| harmless.contains(&said.line.as_str())), "{state:?}");
    }

    fn assert_no_password_in_clear(&self) {
        let state = self.smtp.state();
        let is_bad = |line: &str| line.starts_with("AUTH") || line.starts_with("MAIL");
        assert!(!state.commands.iter().any(|said| !said.tls && is_bad(&said.line)), "{state:?}");
    }
}

fn relay(port: u16, change: impl FnOnce(&mut Mail)) -> (Relay, Arc<FixedClock>) {
    let public_url = "https://secrets.example.com".to_owned().try_into().expect("a URL");
    let mut config = Config { public_url: Some(public_url), ..Config::default() };
    config.mail.server = Some("localhost".to_owned());
    config.mail.port = Some(port.try_into().expect("a port"));
    config.mail.from = Some("secrets@example.com".to_owned());
    change(&mut config.mail);
    if let Some(file) = &config.mail.password_file {
        std::fs::write(file, format!("{PASSWORD}\n")).expect("a file");
    }
    let clock = Arc::new(FixedClock::at(Timestamp(1_800_000_000)));
    let shared = Arc::<FixedClock>::clone(&clock);
    (Relay::new(&config, shared).expect("a configuration").expect("a server"), clock)
}

/// Sent, in another way than STARTTLS.
fn over(tls: Tls) -> impl FnOnce(&mut Mail) {
    move |mail| mail.tls = tls
}

/// For what never answers.
fn impatient(mail: &mut Mail) {
    mail.timeout = Timeout(Duration::from_secs(1));
}

fn email(text: &str) -> Email {
    text.parse().expect("an address")
}
