//! How commands are run: by the server that has their bucket, again where it has moved or the answer got lost, and never
//! for ever. Many nodes do so at once; what keeps them apart are the scripts.

use super::key::{Bucket, Keys};
use super::line::Line;
use super::order::{Order, PATIENCE};
use super::servers::{Node, Servers, Use};
use super::tries::Tries;
use super::trouble::{Code, Trouble};
use crate::StoreError;
use data_encoding::HEXLOWER;
use futures_util::future::{join_all, select_ok};
use redis::{Cmd, Pipeline, Value};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// What scripts answer that changed nothing.
const UNCHANGED: [&[u8]; 8] =
    [b"closed", b"exists", b"known", b"late", b"lost", b"moved", b"posted", b"refused"];

/// Runs what the verbs order.
pub(super) struct Desk {
    pub(super) servers: Servers,
    pub(super) keys: Keys,
    /// Tells this handle from all others.
    handle: AtomicI64,
    calls: AtomicI64,
}

/// What a write that failed left.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) trouble: Trouble,
    /// Whether it may have been done.
    pub(super) is_in_doubt: bool,
}

impl From<Failure> for StoreError {
    fn from(failure: Failure) -> Self {
        if failure.is_in_doubt { failure.trouble.in_doubt() } else { failure.trouble.into() }
    }
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        Self { trouble, is_in_doubt: false }
    }
}

impl Desk {
    pub(super) fn new(servers: Servers, keys: Keys) -> Self {
        Self { servers, keys, handle: AtomicI64::new(0), calls: AtomicI64::new(0) }
    }

    /// The engine gave this handle a number of its own.
    pub(super) fn set_handle(&self, number: i64) {
        self.handle.store(number, Ordering::SeqCst);
    }

    /// Tells a call from all others. An engine that lost its data gives numbers anew, and two handles that have the same
    /// count alike, so it says what the call is about too: bytes that nobody has twice.
    pub(super) fn token(&self, about: &[u8]) -> String {
        let call = self.calls.fetch_add(1, Ordering::Relaxed);
        format!("{}.{call}.{}", self.handle.load(Ordering::Relaxed), HEXLOWER.encode(about))
    }

    /// Runs a script until it answers, or its time is over.
    pub(super) async fn run(&self, order: &Order) -> Result<Value, Failure> {
        let mut tries = Tries::begin(self.patience(order));
        // Where the slot is on its way from one server to another, that one is asked.
        let mut asked: Option<Arc<Node>> = None;
        loop {
            let trouble = match self.attempt(order, asked.take(), tries.next(order.may_repeat())).await {
                Ok(value) => return Ok(value),
                Err(trouble) => trouble,
            };
            tries.is_in_doubt |= matches!(trouble, Trouble::Lost(_) | Trouble::Few(_));
            if trouble.code() == Some(Code::Ask) {
                asked = trouble.target().and_then(|target| self.servers.node_at(target));
            }
            if !self.may_try_again(order.bucket, &trouble, order.may_repeat(), &mut tries).await {
                // Whatever came after it: what was sent may have been done.
                return Err(Failure { trouble, is_in_doubt: tries.is_in_doubt && !order.is_read });
            }
        }
    }

    /// Who waits for replicas waits so much longer.
    fn patience(&self, order: &Order) -> Duration {
        let url = &self.servers.dial.url;
        if self.is_confirmed(order) { order.patience + url.wait } else { order.patience }
    }

    fn is_confirmed(&self, order: &Order) -> bool {
        order.is_confirmed && self.servers.dial.url.replicas > 0
    }

    async fn attempt(
        &self,
        order: &Order,
        asked: Option<Arc<Node>>,
        until: Instant,
    ) -> Result<Value, Trouble> {
        let is_asked = asked.is_some();
        let usage = if order.is_read { Use::Read } else { Use::Write };
        let line = self.line(order.bucket, asked, usage, until).await?;
        let mut tried = self.send(order, &line, is_asked, until).await;
        if tried.as_ref().is_err_and(|trouble| trouble.code() == Some(Code::NoScript)) {
            let mut load = redis::cmd("SCRIPT");
            load.arg("LOAD").arg(order.script.text);
            within(&line, until, line.one(load)).await?;
            tried = self.send(order, &line, is_asked, until).await;
        }
        let said = tried?;
        if said == Value::BulkString(b"closed".to_vec()) {
            return Err(Trouble::Closed);
        }
        late(order, &line, said)
    }

    async fn line(
        &self,
        bucket: Bucket,
        asked: Option<Arc<Node>>,
        usage: Use,
        until: Instant,
    ) -> Result<Arc<Line>, Trouble> {
        let made = timeout_at(until, async {
            let node = match asked {
                Some(node) => node,
                None => self.servers.of(bucket).await?,
            };
            node.line(&self.servers.dial, usage).await
        });
        made.await.unwrap_or_else(|_| Err(Trouble::Unreachable("it does not answer in time".to_owned())))
    }

    /// Sends a script, and behind it the question whether replicas have what it did.
    async fn send(
        &self,
        order: &Order,
        line: &Line,
        is_asked: bool,
        until: Instant,
    ) -> Result<Value, Trouble> {
        let mut commands = Pipeline::with_capacity(3);
        if is_asked {
            commands.cmd("ASKING");
        }
        commands.add_command(order.command(line));
        let url = &self.servers.dial.url;
        if self.is_confirmed(order) {
            let wait = u64::try_from(url.wait.as_millis()).unwrap_or(u64::MAX);
            commands.cmd("WAIT").arg(url.replicas).arg(wait);
        }
        let mut answers =
            within(line, until, line.exchange(&commands)).await?.into_iter().skip(is_asked.into());
        let done = match answers.next() {
            Some(Value::ServerError(error)) => return Err(Trouble::said(&error)),
            Some(value) => value,
            None => return Err(Trouble::Corrupt("number of answers")),
        };
        match answers.next() {
            Some(Value::Int(acknowledged)) if acknowledged < url.replicas.into() && has_changed(&done) => {
                Err(Trouble::Few(acknowledged))
            }
            // It was a primary when it did it, and is none now.
            Some(Value::ServerError(_)) if has_changed(&done) => Err(Trouble::Few(0)),
            Some(_) | None => Ok(done),
        }
    }

    /// Asks something.
    pub(super) async fn ask(&self, bucket: Bucket, command: &Cmd) -> Result<Value, Trouble> {
        let mut tries = Tries::begin(PATIENCE);
        loop {
            let until = tries.next(true);
            let asked = async {
                let line = self.line(bucket, None, Use::Read, until).await?;
                within(&line, until, line.one(command.clone())).await
            };
            match asked.await {
                Ok(value) => return Ok(value),
                Err(trouble) => {
                    if !self.may_try_again(bucket, &trouble, true, &mut tries).await {
                        return Err(trouble);
                    }
                }
            }
        }
    }

    /// Whether a server answers for what it has. Of a cluster one is enough: what it has can be read, whatever became of
    /// the others.
    pub(super) async fn any(&self) -> Result<(), Trouble> {
        let mut bucket_of = HashMap::new();
        for bucket in Bucket::of_rows() {
            bucket_of.entry(self.servers.of(bucket).await?.address.clone()).or_insert(bucket);
        }
        let asked = bucket_of.into_values().map(|bucket| {
            Box::pin(async move {
                let mut ask = redis::cmd("GET");
                ask.arg(self.keys.of(bucket, "sum"));
                self.ask(bucket, &ask).await
            })
        });
        select_ok(asked).await.map(drop)
    }

    /// Asks many things at once, in one round trip to each server.
    pub(super) async fn ask_all(&self, asked: &[(Bucket, Cmd)]) -> Result<Vec<Value>, Trouble> {
        let mut by_node = HashMap::new();
        for (at, (bucket, _)) in asked.iter().enumerate() {
            let node = self.servers.of(*bucket).await?;
            by_node.entry(node.address.clone()).or_insert_with(|| (node, Vec::new())).1.push(at);
        }
        let mut found: Vec<Option<Value>> = vec![None; asked.len()];
        let parts = by_node.into_values().map(|(node, places)| self.ask_node(node, places, asked));
        for (places, answers) in join_all(parts).await {
            // Where it did not work each is asked alone, as often as it takes.
            for (at, answer) in places.into_iter().zip(answers) {
                found[at] = Some(answer).filter(|answer| !matches!(answer, Value::ServerError(_)));
            }
        }
        let mut answers = Vec::with_capacity(asked.len());
        for ((bucket, command), found) in asked.iter().zip(found) {
            answers.push(match found {
                Some(found) => found,
                None => self.ask(*bucket, command).await?,
            });
        }
        Ok(answers)
    }

    async fn ask_node(
        &self,
        node: Arc<Node>,
        places: Vec<usize>,
        asked: &[(Bucket, Cmd)],
    ) -> (Vec<usize>, Vec<Value>) {
        let mut commands = Pipeline::with_capacity(places.len());
        for at in &places {
            commands.add_command(asked[*at].1.clone());
        }
        let until = Instant::now() + PATIENCE / 2;
        let answers = async {
            let line = timeout_at(until, node.line(&self.servers.dial, Use::Read)).await.ok()?.ok()?;
            within(&line, until, line.exchange(&commands)).await.ok()
        };
        (places, answers.await.unwrap_or_default())
    }

    /// Waits a little where the same may work another time, and finds out where things are now.
    async fn may_try_again(
        &self,
        bucket: Bucket,
        trouble: &Trouble,
        may_repeat: bool,
        tries: &mut Tries,
    ) -> bool {
        let may = match trouble {
            Trouble::Unreachable(_) => self.servers.may_change(),
            Trouble::Lost(_) => may_repeat,
            Trouble::Said(code, _) => *code != Code::Other,
            Trouble::Closed | Trouble::Few(_) | Trouble::Corrupt(_) | Trouble::Other(_) => false,
        };
        if !may || !tries.pause(trouble).await {
            return false;
        }
        match trouble.code() {
            Some(Code::Moved) => {
                trouble.target().into_iter().for_each(|target| self.servers.point(bucket, target));
            }
            Some(Code::ReadOnly | Code::Soon | Code::Other) | None if self.servers.may_change() => {
                // Where nobody knows, what was known is tried once more.
                let _ = timeout_at(tries.until, self.servers.look_again()).await;
            }
            Some(Code::Ask | Code::NoScript | Code::ReadOnly | Code::Soon | Code::Other) | None => {}
        }
        true
    }
}

/// Waits for a connection no longer than this. One that did not answer in time is not used again: whoever came next would
/// wait behind.
pub(super) async fn within<T>(
    line: &Line,
    until: Instant,
    sent: impl Future<Output = Result<T, Trouble>>,
) -> Result<T, Trouble> {
    if !line.is_alive() {
        return Err(Trouble::Unreachable("the connection ended".to_owned()));
    }
    timeout_at(until, sent).await.unwrap_or_else(|_| {
        line.give_up();
        Err(Trouble::Lost("it takes too long".to_owned()))
    })
}

/// A take that came late tells what time it is, so that the next one does not.
fn late(order: &Order, line: &Line, value: Value) -> Result<Value, Trouble> {
    if let Value::Array(parts) = &value
        && order.is_timed
        && parts.first() == Some(&Value::BulkString(b"late".to_vec()))
    {
        let shown = parts.get(1).and_then(|shown| redis::from_redis_value_ref(shown).ok());
        line.set_clock(shown.ok_or(Trouble::Corrupt("the engine's time"))?);
        return Err(Trouble::Said(Code::Soon, "that this came late".to_owned()));
    }
    Ok(value)
}

/// Whether a script did something that replicas must have.
fn has_changed(done: &Value) -> bool {
    if let Value::BulkString(said) = done {
        return !UNCHANGED.contains(&said.as_slice());
    }
    if let Value::Array(parts) = done {
        return parts.first().is_none_or(has_changed);
    }
    !matches!(done, Value::Nil | Value::Int(0))
}
