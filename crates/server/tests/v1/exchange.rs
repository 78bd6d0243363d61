//! A vector: exchanges one after the other, with what is expected of each.

use super::template::Known;
use crate::support::{Answer, Request, TestServer, logs};
use burnbag_server::limit::Rate;
use serde::Deserialize;
use std::collections::BTreeMap;

/// One file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Vector {
    about: String,
    /// What must stand in no log line of the run.
    #[serde(default)]
    never_logged: Vec<String>,
    step: Vec<Step>,
}

/// A request and the answer to it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    /// Seconds that pass before.
    #[serde(default)]
    after: i64,
    request: String,
    #[serde(default)]
    headers: Vec<String>,
    #[serde(default)]
    body: String,
    /// So many at one time: one is answered with `once`, the others as expected.
    #[serde(default)]
    parallel: usize,
    once: Option<Expected>,
    expect: Expected,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    status: u16,
    /// The exact body.
    answer: Option<String>,
    /// Members that it has, for answers of which not every byte matters.
    #[serde(default)]
    members: BTreeMap<String, toml::Value>,
    /// The honest code of a refusal; none must be there where none stands here.
    intended: Option<u16>,
    /// `Content-Type`, where it is not the usual one.
    content_type: Option<String>,
}

impl Vector {
    pub(super) fn read(text: &str) -> Self {
        toml::from_str(text).expect("a vector")
    }

    #[expect(clippy::print_stderr, reason = "shown when the test fails: which step it was")]
    pub(super) async fn run(self) {
        let logs_everything = !self.never_logged.is_empty();
        let server = TestServer::configured(|config| {
            config.throttle = Rate::Off;
            config.log.requests = logs_everything;
        })
        .await;
        let mut known = Known::default();
        known.set("host", server.address.to_string());
        for (name, email) in [("token", "user@example.com"), ("other", "other@example.com")] {
            let who = server.account(email, "standard").await;
            let value = crate::support::request::basic(&who.email, &who.api_key);
            known.set(name, value["Basic ".len()..].to_owned());
            known.set(&format!("api_key_of_{name}"), who.api_key);
        }
        for (number, step) in self.step.iter().enumerate() {
            eprintln!("{}: step {}: {}", self.about, number + 1, step.request);
            step.run(&server, &mut known).await;
        }
        for canary in self.never_logged.iter().map(|canary| known.fill(canary)) {
            assert!(!logs::all().contains(&canary), "{canary} was logged");
        }
        server.assert_serves().await;
    }
}

impl Step {
    async fn run(&self, server: &TestServer, known: &mut Known) {
        if self.after > 0 {
            server.pass(self.after).await;
        }
        let request = self.request(known);
        if self.parallel == 0 {
            return self.expect.assert_met(&server.send(&request).await, &request, known);
        }
        let answers = self.all_at_once(server, &request).await;
        let once = self.once.as_ref().expect("what one of them gets");
        let (winners, losers): (Vec<_>, Vec<_>) =
            answers.iter().partition(|answer| answer.status == once.status);
        assert_eq!(winners.len(), 1, "{answers:?}");
        once.assert_met(winners[0], &request, known);
        for loser in losers {
            self.expect.assert_met(loser, &request, known);
        }
    }

    fn request(&self, known: &Known) -> Request {
        let (method, target) = self.request.split_once(' ').expect("method and target");
        let mut request = Request::new(method, &known.fill(target)).body(known.fill(&self.body));
        for line in &self.headers {
            let (name, value) = line.split_once(": ").expect("a header line");
            request = request.header(name, &known.fill(value));
        }
        request
    }

    async fn all_at_once(&self, server: &TestServer, request: &Request) -> Vec<Answer> {
        let mut tasks = Vec::new();
        for _ in 0..self.parallel {
            let mut connection = server.connect().await;
            let request = request.clone();
            tasks.push(tokio::spawn(async move { connection.exchange(&request).await }));
        }
        let mut answers = Vec::new();
        for task in tasks {
            answers.push(task.await.expect("an answer"));
        }
        answers
    }
}

impl Expected {
    fn assert_met(&self, answer: &Answer, request: &Request, known: &mut Known) {
        assert_eq!(answer.status, self.status, "{answer:?}");
        if request.method != "HEAD" {
            answer.assert_sound();
        }
        let kind = self.content_type.as_deref().unwrap_or("application/json; charset=utf-8");
        assert_eq!(answer.header("Content-Type"), Some(kind));
        let intended = answer.header("X-OTS-Intended-Status").map(str::to_owned);
        assert_eq!(intended, self.intended.map(|code| code.to_string()), "{answer:?}");
        if let Some(expected) = &self.answer {
            known.assert_matches(expected, answer.text());
        }
        for (name, expected) in &self.members {
            let expected = serde_json::to_value(expected).expect("JSON");
            assert_eq!(answer.json()[name], expected, "{name}: {answer:?}");
        }
    }
}
