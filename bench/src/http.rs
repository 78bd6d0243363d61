//! HTTP on a connection: requests of a script, and whether their answers are right.

use std::net::SocketAddr;

use anyhow::{Result, bail};
use serde::Deserialize;

use crate::answer::{self, Frame};
use crate::connection::{Heard, Talk};
use crate::script::{Layout, Script};

/// How much of a bad answer is shown.
const SHOWN: usize = 300;

/// The exchange of a script that is under way.
#[derive(Debug)]
pub(crate) struct Http {
    layout: Layout,
    reveals: bool,
    revealing: bool,
    number: u64,
    answer_bytes: usize,
}

#[derive(Deserialize)]
struct Created<'a> {
    secret_key: &'a str,
}

#[derive(Deserialize)]
struct Revealed<'a> {
    value: &'a str,
}

impl Http {
    pub(crate) fn new(script: &Script, target: SocketAddr) -> Self {
        let layout = script.layout(target);
        Self { layout, reveals: script.reveals, revealing: false, number: 0, answer_bytes: 0 }
    }

    fn judge(&mut self, frame: Frame, body: &[u8], request: &mut Vec<u8>) -> Heard {
        if frame.status != 200 {
            return wrong("not 200", frame, body);
        }
        if self.revealing {
            let value = serde_json::from_slice::<Revealed>(body);
            return match value {
                Ok(answer) if Layout::is_secret(self.number, answer.value) => Heard::Done(self.answer_bytes),
                _ => wrong("not the secret that was shared", frame, body),
            };
        }
        self.answer_bytes = frame.end;
        if !self.reveals {
            return Heard::Done(frame.end);
        }
        let Ok(created) = serde_json::from_slice::<Created>(body) else {
            return wrong("no secret_key", frame, body);
        };
        self.layout.write_reveal(created.secret_key, request);
        self.revealing = true;
        Heard::Next
    }
}

impl Talk for Http {
    fn begin(&mut self, number: u64, request: &mut Vec<u8>) {
        self.number = number;
        self.revealing = false;
        self.layout.write_first(number, request);
    }

    fn hear(&mut self, received: &[u8], request: &mut Vec<u8>) -> Result<Heard> {
        let Some(frame) = answer::parse(received)? else {
            return Ok(Heard::Part);
        };
        if frame.end < received.len() {
            bail!("more bytes than one answer");
        }
        let body = received.get(frame.body_start..frame.end).unwrap_or_default();
        Ok(self.judge(frame, body, request))
    }
}

fn wrong(what: &str, frame: Frame, body: &[u8]) -> Heard {
    let shown = String::from_utf8_lossy(body.get(..SHOWN).unwrap_or(body));
    Heard::Wrong(format!("{what}: {} {shown:?}", frame.status))
}
