//! The one thread that writes: it gathers what waits, commits it as a group, ends life keys, and only then answers.
//!
//! A caller that went away changes nothing: its work runs to the end and the answer is dropped.

use super::desk::Desk;
use super::life_file::LifeFile;
use super::turn::Turn;
use crate::{Claim, StoreError, Waiting};
use burnbag_core::tag::Row;
use burnbag_core::time::Timestamp;
use rusqlite::Connection;
use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;
use tokio::sync::oneshot;

/// What a group of writes means beyond its own rows.
#[derive(Default)]
pub(super) struct Effects {
    /// Rows whose life keys must be overwritten before anybody is answered.
    pub(super) ended: Vec<Row>,
    /// Rows whose life keys belong to copies, and stay only if the group is committed.
    pub(super) copied: Vec<Row>,
    /// Change of the bytes that anonymous makers hold.
    pub(super) held: i64,
}

/// A handle on the writing thread. Dropping it waits until everything that was queued is done.
#[derive(Debug)]
pub(super) struct Writer {
    inbox: Option<Sender<Message>>,
    thread: Option<JoinHandle<()>>,
    /// Whether overwritten life keys are perhaps not on the disk yet.
    has_unsynced: Arc<AtomicBool>,
}

/// What the thread is asked to do.
pub(super) enum Message {
    /// Something that may be part of a group.
    Work(Box<dyn Work>),
    /// The way back of a take.
    Release(Box<Release>),
    /// The syncing of overwritten life keys.
    Sync(oneshot::Sender<Result<(), StoreError>>),
    /// The cutting of the log.
    Truncate(oneshot::Sender<Result<bool, StoreError>>),
}

/// One queued write.
pub(super) trait Work: Send {
    /// Runs the statements. False when it failed.
    fn run(&mut self, connection: &Connection, effects: &mut Effects) -> bool;
    /// Answers the caller: with the result, or with why the whole group failed. `rest` are the others of the group.
    fn answer(self: Box<Self>, failure: Option<&Failure>, rest: Rest);
}

/// The rest of a group, answered when this is dropped.
///
/// The writing thread answers one caller and hands it the others, so that the async runtime is woken once for a group
/// and not once for each of its writes. Whoever drops it (the caller that was woken, or this thread when that caller
/// has gone away) answers them.
#[derive(Default)]
pub(super) struct Rest {
    works: Vec<Box<dyn Work>>,
    failure: Option<Arc<Failure>>,
}

impl Rest {
    /// Answers a whole group.
    pub(super) fn answer_all(works: Vec<Box<dyn Work>>, failure: Option<Failure>) {
        let mut rest = Self { works, failure: failure.map(Arc::new) };
        if let Some(first) = rest.works.pop() {
            let failure = rest.failure.clone();
            first.answer(failure.as_deref(), rest);
        }
    }
}

impl Drop for Rest {
    fn drop(&mut self) {
        for work in self.works.drain(..) {
            work.answer(self.failure.as_deref(), Self::default());
        }
    }
}

/// A queued release.
pub(super) struct Release {
    pub(super) claim: Claim,
    pub(super) waiting: Waiting,
    pub(super) now: Timestamp,
    pub(super) reply: oneshot::Sender<Result<bool, StoreError>>,
}

/// Why a whole group was not written.
pub(super) struct Failure {
    pub(super) cause: Arc<dyn Error + Send + Sync>,
    in_doubt: bool,
}

impl Writer {
    /// Starts the thread. `number` tells this writer from every other on the same data.
    pub(super) fn start(
        connection: Connection,
        lives: Arc<LifeFile>,
        turn: Turn,
        number: i64,
    ) -> std::io::Result<Self> {
        let (inbox, messages) = channel();
        let has_unsynced = Arc::new(AtomicBool::new(false));
        let mut desk = Desk::new(connection, lives, turn, number, Arc::clone(&has_unsynced));
        let thread =
            std::thread::Builder::new().name("store-writer".into()).spawn(move || desk.serve(&messages))?;
        Ok(Self { inbox: Some(inbox), thread: Some(thread), has_unsynced })
    }

    /// Queues a write and waits for its commit. `work` is run in a transaction with others, to the end whatever
    /// becomes of the caller; when it fails it must have undone what it did.
    pub(super) async fn write<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection, &mut Effects) -> rusqlite::Result<T> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        self.send(Message::Work(Box::new(Job { work: Some(work), result: None, reply })));
        match answer.await {
            Ok((result, rest)) => {
                drop(rest);
                result
            }
            Err(gone) => Err(StoreError::InDoubt(Box::new(gone))),
        }
    }

    /// Queues a release and waits for it.
    pub(super) async fn release(
        &self,
        claim: Claim,
        waiting: Waiting,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let (reply, answer) = oneshot::channel();
        self.ask(Message::Release(Box::new(Release { claim, waiting, now, reply })), answer).await
    }

    /// Makes sure that the life keys of what ended are overwritten on the disk too.
    pub(super) async fn sync_life_keys(&self) -> Result<(), StoreError> {
        if !self.has_unsynced.load(Ordering::Relaxed) {
            return Ok(());
        }
        let (reply, answer) = oneshot::channel();
        self.ask(Message::Sync(reply), answer).await
    }

    /// Copies the log into the database and cuts it to nothing. False when a reader stood in the way.
    pub(super) async fn truncate_log(&self) -> Result<bool, StoreError> {
        let (reply, answer) = oneshot::channel();
        self.ask(Message::Truncate(reply), answer).await
    }

    /// Whether the thread works. It ends before its handle only by a panic.
    pub(super) fn is_alive(&self) -> bool {
        self.thread.as_ref().is_some_and(|thread| !thread.is_finished())
    }

    fn send(&self, message: Message) {
        if let Some(inbox) = &self.inbox {
            // Where the thread is gone the reply channel closes, and the caller learns it from that.
            let _ = inbox.send(message);
        }
    }

    async fn ask<T>(
        &self,
        message: Message,
        answer: oneshot::Receiver<Result<T, StoreError>>,
    ) -> Result<T, StoreError> {
        self.send(message);
        answer.await.unwrap_or_else(|gone| Err(StoreError::InDoubt(Box::new(gone))))
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
    reply: oneshot::Sender<(Result<T, StoreError>, Rest)>,
}

impl<T, F> Work for Job<T, F>
where
    T: Send + 'static,
    F: FnOnce(&Connection, &mut Effects) -> rusqlite::Result<T> + Send + 'static,
{
    fn run(&mut self, connection: &Connection, effects: &mut Effects) -> bool {
        let mut own = Effects::default();
        self.result = self.work.take().map(|work| work(connection, &mut own));
        let succeeded = matches!(self.result, Some(Ok(_)));
        effects.copied.append(&mut own.copied);
        if succeeded {
            effects.ended.append(&mut own.ended);
            effects.held += own.held;
        }
        succeeded
    }

    fn answer(self: Box<Self>, failure: Option<&Failure>, rest: Rest) {
        let result = match (failure, self.result) {
            (None, Some(Ok(value))) => Ok(value),
            (_, Some(Err(error))) => Err(StoreError::Unavailable(Box::new(error))),
            (Some(failure), _) => Err(failure.to_error()),
            (None, None) => Err(StoreError::Unavailable("the write was not run".into())),
        };
        // A caller that went away is not trouble; the rest comes back with the refused answer, and is dropped here.
        let _ = self.reply.send((result, rest));
    }
}

impl Failure {
    pub(super) fn nothing_done(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { cause: cause.into().into(), in_doubt: false }
    }

    pub(super) fn in_doubt(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { cause: cause.into().into(), in_doubt: true }
    }

    fn to_error(&self) -> StoreError {
        let cause: Box<dyn Error + Send + Sync> = Box::new(Arc::clone(&self.cause));
        if self.in_doubt { StoreError::InDoubt(cause) } else { StoreError::Unavailable(cause) }
    }
}
