//! The one thread that writes: it gathers what waits, commits it as a group, ends life keys, and only then answers.
//!
//! A caller that went away changes nothing: its work runs to the end and the answer is dropped.

use super::life_file::LifeFile;
use crate::StoreError;
use burnbag_core::tag::Row;
use rusqlite::{Connection, params};
use std::error::Error;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::{JoinHandle, yield_now};
use tokio::sync::oneshot;

/// Most writes in one transaction: a bound for the time that the first of them waits.
const GROUP: usize = 512;

/// What a group of writes means outside the database.
#[derive(Default)]
pub(super) struct Effects {
    /// Rows whose life keys must be overwritten before anybody is answered.
    pub(super) ended: Vec<Row>,
    /// Rows that wait again after their end was taken back: no note of their end may survive.
    pub(super) released: Vec<Row>,
    /// Change of the bytes that anonymous makers hold.
    pub(super) held: i64,
}

/// A handle on the writing thread. Dropping it waits until everything that was queued is done.
#[derive(Debug)]
pub(super) struct Writer {
    inbox: Option<Mutex<Sender<Message>>>,
    thread: Option<JoinHandle<()>>,
}

enum Message {
    Work(Box<dyn Work>),
    Truncate(oneshot::Sender<rusqlite::Result<bool>>),
}

/// One queued write.
trait Work: Send {
    /// Runs the statements. False when it failed.
    fn run(&mut self, connection: &Connection, effects: &mut Effects) -> bool;
    /// Answers the caller: with the result, or with why the whole group failed.
    fn answer(self: Box<Self>, failure: Option<&Failure>);
}

/// Why a whole group was not written.
struct Failure {
    cause: Arc<rusqlite::Error>,
    in_doubt: bool,
}

impl Writer {
    /// Starts the thread. `number` tells this writer from every other on the same data.
    pub(super) fn start(connection: Connection, lives: Arc<LifeFile>, number: i64) -> std::io::Result<Self> {
        let (inbox, messages) = channel();
        let mut desk = Desk { connection, lives, number, unfinished: Vec::new(), waiting: None };
        let thread =
            std::thread::Builder::new().name("store-writer".into()).spawn(move || desk.serve(&messages))?;
        Ok(Self { inbox: Some(Mutex::new(inbox)), thread: Some(thread) })
    }

    /// Queues a write and waits for its commit. `work` is run in a transaction with others, to the end whatever
    /// becomes of the caller.
    pub(super) async fn write<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection, &mut Effects) -> rusqlite::Result<T> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        self.send(Message::Work(Box::new(Job { work: Some(work), result: None, reply })));
        answer.await.unwrap_or_else(|gone| Err(StoreError::InDoubt(Box::new(gone))))
    }

    /// Copies the log into the database and cuts it to nothing. False when a reader stood in the way.
    pub(super) async fn truncate_log(&self) -> Result<bool, StoreError> {
        let (reply, answer) = oneshot::channel();
        self.send(Message::Truncate(reply));
        match answer.await {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(error)) => Err(StoreError::Unavailable(Box::new(error))),
            Err(gone) => Err(StoreError::Unavailable(Box::new(gone))),
        }
    }

    fn send(&self, message: Message) {
        if let Some(inbox) = &self.inbox {
            let inbox = inbox.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            // Where the thread is gone the reply channel closes, and the caller learns it from that.
            let _ = inbox.send(message);
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        drop(self.inbox.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

struct Job<T, F> {
    work: Option<F>,
    result: Option<rusqlite::Result<T>>,
    reply: oneshot::Sender<Result<T, StoreError>>,
}

impl<T, F> Work for Job<T, F>
where
    T: Send + 'static,
    F: FnOnce(&Connection, &mut Effects) -> rusqlite::Result<T> + Send + 'static,
{
    fn run(&mut self, connection: &Connection, effects: &mut Effects) -> bool {
        self.result = self.work.take().map(|work| work(connection, effects));
        matches!(self.result, Some(Ok(_)))
    }

    fn answer(self: Box<Self>, failure: Option<&Failure>) {
        let result = match (failure, self.result) {
            (None, Some(Ok(value))) => Ok(value),
            (_, Some(Err(error))) => Err(StoreError::Unavailable(Box::new(error))),
            (Some(failure), _) => Err(failure.to_error()),
            (None, None) => Err(StoreError::Unavailable("the write was not run".into())),
        };
        // A caller that went away is not trouble.
        let _ = self.reply.send(result);
    }
}

impl Failure {
    fn to_error(&self) -> StoreError {
        let cause: Box<dyn Error + Send + Sync> = Box::new(Arc::clone(&self.cause));
        if self.in_doubt { StoreError::InDoubt(cause) } else { StoreError::Unavailable(cause) }
    }
}

/// What the thread works with.
struct Desk {
    connection: Connection,
    lives: Arc<LifeFile>,
    number: i64,
    /// Rows that ended and whose life keys could not be overwritten yet.
    unfinished: Vec<Row>,
    /// A message that arrived while a group was gathered and does not belong to it.
    waiting: Option<Message>,
}

impl Desk {
    fn serve(&mut self, messages: &Receiver<Message>) {
        while let Some(message) = self.waiting.take().or_else(|| messages.recv().ok()) {
            match message {
                Message::Work(work) => self.group(work, messages),
                Message::Truncate(reply) => {
                    let _ = reply.send(self.truncate());
                }
            }
        }
    }

    /// Runs, commits and answers one group of writes that starts with `first`.
    fn group(&mut self, first: Box<dyn Work>, messages: &Receiver<Message>) {
        let mut group = vec![first];
        let outcome = self.transaction(&mut group, messages);
        if outcome.is_err() && !self.connection.is_autocommit() {
            let _ = self.connection.execute_batch("ROLLBACK");
        }
        let failure = outcome.err();
        if let Some(failure) = &failure {
            tracing::error!(cause = %failure.cause, writes = group.len(), "a group of writes failed");
        }
        for work in group {
            work.answer(failure.as_ref());
        }
    }

    fn transaction(
        &mut self,
        group: &mut Vec<Box<dyn Work>>,
        messages: &Receiver<Message>,
    ) -> Result<(), Failure> {
        let failed = |in_doubt| move |cause| Failure { cause: Arc::new(cause), in_doubt };
        self.execute("BEGIN IMMEDIATE").map_err(failed(false))?;
        let mut effects = Effects::default();
        self.run(group, &mut effects, messages)?;
        self.note(&effects).map_err(failed(false))?;
        self.execute("COMMIT").map_err(failed(true))?;
        effects.ended.append(&mut self.unfinished);
        self.shred(effects.ended);
        Ok(())
    }

    /// Runs the group, and what arrives meanwhile.
    fn run(
        &mut self,
        group: &mut Vec<Box<dyn Work>>,
        effects: &mut Effects,
        messages: &Receiver<Message>,
    ) -> Result<(), Failure> {
        let mut done = 0;
        let mut yielded = false;
        loop {
            while let Some(work) = group.get_mut(done) {
                done += 1;
                // A failed statement undoes itself; some failures (disk full) undo the whole transaction.
                if !work.run(&self.connection, effects) && self.connection.is_autocommit() {
                    let cause = rusqlite::Error::InvalidQuery;
                    return Err(Failure { cause: Arc::new(cause), in_doubt: false });
                }
            }
            if group.len() >= GROUP || self.waiting.is_some() {
                return Ok(());
            }
            match messages.try_recv() {
                Ok(Message::Work(work)) => group.push(work),
                Ok(other) => self.waiting = Some(other),
                Err(_) if yielded => return Ok(()),
                Err(_) => {
                    // Once: requests that are being read right now become part of this group.
                    yielded = true;
                    yield_now();
                }
            }
        }
    }

    /// Writes what the group means as a whole: which rows end, and what anonymous makers hold.
    fn note(&mut self, effects: &Effects) -> rusqlite::Result<()> {
        self.unfinished.retain(|row| !effects.released.contains(row));
        if !effects.ended.is_empty() || !effects.released.is_empty() {
            let rows = self.unfinished.iter().chain(&effects.ended);
            let bytes: Vec<u8> = rows.flat_map(|row| row.0.to_be_bytes()).collect();
            self.connection
                .prepare_cached("INSERT OR REPLACE INTO ending (writer, rows) VALUES (?1, ?2)")?
                .execute(params![self.number, bytes])?;
        }
        if effects.held != 0 {
            self.connection
                .prepare_cached("UPDATE counter SET value = max(value + ?1, 0) WHERE name = 'held'")?
                .execute([effects.held])?;
        }
        Ok(())
    }

    /// Overwrites life keys. What fails is tried again with the next group and at every truncation.
    fn shred(&mut self, rows: Vec<Row>) {
        if let Err(error) = self.lives.shred(&rows) {
            tracing::error!(cause = %error, rows = rows.len(), "life keys could not be overwritten yet");
            self.unfinished = rows;
        }
    }

    fn truncate(&mut self) -> rusqlite::Result<bool> {
        let unfinished = std::mem::take(&mut self.unfinished);
        self.shred(unfinished);
        let busy: i64 = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        Ok(busy == 0 && self.unfinished.is_empty())
    }

    fn execute(&self, sql: &str) -> rusqlite::Result<()> {
        self.connection.prepare_cached(sql)?.execute([]).map(drop)
    }
}
