//! What the writing thread does: groups of writes, releases, and the cutting of the log.

use super::life_file::LifeFile;
use super::record::{life, unavailable};
use super::turn::Turn;
use super::writer::{Effects, Failure, Message, Release, Rest, Work};
use super::{connection, endings, kept, secrets};
use crate::StoreError;
use burnbag_core::life_key::LifeKey;
use burnbag_core::tag::Row;
use rusqlite::Connection;
use std::slice::from_ref;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Receiver;
use std::thread::yield_now;

/// Most writes in one transaction: a bound for the time that the first of them waits.
const GROUP: usize = 512;
/// Overwritten life keys after which they are synced at once. Bounds the note that every group with ends replaces.
const UNSYNCED: usize = 128;
/// How often a release starts again because another handle finished the notes between its two steps.
const RELEASE_TRIES: usize = 5;

/// What the thread works with.
pub(super) struct Desk {
    connection: Connection,
    lives: Arc<LifeFile>,
    turn: Turn,
    /// Tells this writer's note from those of other writers.
    number: i64,
    /// Rows that ended, or may have, and whose life keys are not overwritten yet. All of them are noted.
    unfinished: Vec<Row>,
    /// Rows that ended and whose life keys are overwritten, but perhaps not on the disk yet. All of them are noted.
    unsynced: Vec<Row>,
    /// Whether there are such rows, for who decides when to sync.
    has_unsynced: Arc<AtomicBool>,
    /// A message that arrived while a group was gathered and does not belong to it.
    waiting: Option<Message>,
}

impl Desk {
    pub(super) fn new(
        connection: Connection,
        lives: Arc<LifeFile>,
        turn: Turn,
        number: i64,
        has_unsynced: Arc<AtomicBool>,
    ) -> Self {
        let unfinished = Vec::new();
        Self {
            connection,
            lives,
            turn,
            number,
            unfinished,
            unsynced: Vec::new(),
            has_unsynced,
            waiting: None,
        }
    }

    /// Works until the last sender is gone.
    pub(super) fn serve(&mut self, messages: &Receiver<Message>) {
        while let Some(message) = self.waiting.take().or_else(|| messages.recv().ok()) {
            match message {
                Message::Work(work) => self.group(work, messages),
                Message::Release(release) => {
                    let released = self.release(&release);
                    let _ = release.reply.send(released);
                }
                Message::Sync(reply) => {
                    let _ = reply.send(self.sync());
                }
                Message::Truncate(reply) => {
                    let _ = reply.send(self.truncate());
                }
            }
        }
        // Another process may keep the log; what this one freed must not stay in it until that one frees something.
        let _ = self.truncate();
    }

    /// Runs, commits and answers one group of writes that starts with `first`.
    fn group(&mut self, first: Box<dyn Work>, messages: &Receiver<Message>) {
        self.retry_unfinished();
        let mut group = vec![first];
        let outcome = self.transaction(&mut group, messages);
        self.roll_back_if_open();
        let failure = outcome.err();
        if let Some(failure) = &failure {
            tracing::error!(cause = %failure.cause, writes = group.len(), "a group of writes failed");
        }
        Rest::answer_all(group, failure);
    }

    fn transaction(
        &mut self,
        group: &mut Vec<Box<dyn Work>>,
        messages: &Receiver<Message>,
    ) -> Result<(), Failure> {
        self.begin().map_err(Failure::nothing_done)?;
        let mut effects = Effects::default();
        self.run(group, &mut effects, messages)?;
        self.record(&effects).map_err(Failure::nothing_done)?;
        if let Err(error) = self.execute("COMMIT") {
            // Whether these rows ended is looked up before their life keys are overwritten.
            self.unfinished.append(&mut effects.ended);
            return Err(Failure::in_doubt(error));
        }
        self.overwrite(effects.ended);
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
                // A failed write undoes itself; some failures (disk full) undo the whole transaction.
                if !work.run(&self.connection, effects) && self.connection.is_autocommit() {
                    return Err(Failure::nothing_done("another write undid the whole group"));
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
    fn record(&self, effects: &Effects) -> rusqlite::Result<()> {
        if !effects.ended.is_empty() {
            self.note(&effects.ended)?;
        }
        self.add_held(effects.held)
    }

    /// Notes rows that end, beside those whose end is not finished.
    fn note(&self, rows: &[Row]) -> rusqlite::Result<()> {
        let noted = self.unfinished.iter().chain(&self.unsynced).chain(rows);
        endings::note(&self.connection, self.number, noted)
    }

    fn add_held(&self, change: i64) -> rusqlite::Result<()> {
        if change != 0 {
            self.connection
                .prepare_cached("UPDATE counter SET value = max(value + ?1, 0) WHERE name = 'held'")?
                .execute([change])?;
        }
        Ok(())
    }

    /// Overwrites the life keys of rows that have ended, before anybody is answered. They are synced within a second,
    /// or when there are many: until then their note, which is on the disk, would finish them after a power failure,
    /// and a sync for each group would double what a reveal waits for. What fails is tried again before every group
    /// and truncation.
    fn overwrite(&mut self, mut rows: Vec<Row>) {
        if rows.is_empty() {
            return;
        }
        if let Err(error) = self.lives.overwrite(&rows) {
            tracing::error!(cause = %error, rows = rows.len(), "life keys could not be overwritten yet");
            self.unfinished.append(&mut rows);
            return;
        }
        self.unsynced.append(&mut rows);
        self.has_unsynced.store(true, Ordering::Relaxed);
        if self.unsynced.len() >= UNSYNCED
            && let Err(error) = self.sync()
        {
            tracing::error!(cause = %error, "overwritten life keys could not be synced yet");
        }
    }

    /// Makes sure that overwritten life keys are so on the disk.
    fn sync(&mut self) -> Result<(), StoreError> {
        if !self.unsynced.is_empty() {
            if let Err(error) = self.lives.sync() {
                // What the system still has in memory it may call clean now: they are overwritten again.
                self.unfinished.append(&mut self.unsynced);
                return Err(StoreError::Unavailable(Box::new(error)));
            }
            self.unsynced.clear();
        }
        self.has_unsynced.store(false, Ordering::Relaxed);
        Ok(())
    }

    fn retry_unfinished(&mut self) {
        if !self.unfinished.is_empty()
            && let Err(error) = self.finish()
        {
            tracing::error!(cause = %error, rows = self.unfinished.len(), "life keys could not be overwritten yet");
        }
    }

    /// Finishes all notes: this writer's, and those of a process that was killed.
    fn finish(&mut self) -> Result<(), StoreError> {
        self.sync()?;
        endings::finish(&self.connection, &self.lives, &self.turn)?;
        self.unfinished.clear();
        Ok(())
    }

    /// Puts back a secret that a claim ended, in two transactions: while the life key stands in its file again and the
    /// row has still ended, a note says so, and a crash leaves the life key dead.
    fn release(&mut self, release: &Release) -> Result<bool, StoreError> {
        self.sync()?;
        self.retry_unfinished();
        for _ in 0..RELEASE_TRIES {
            let outcome = match self.announce(release) {
                Ok(true) => self.revive(release),
                other => other.map(Some),
            };
            self.roll_back_if_open();
            if let Some(released) = outcome? {
                return Ok(released);
            }
        }
        Err(StoreError::Unavailable("another process keeps finishing the notes of ended rows".into()))
    }

    /// Notes the row as ending. False when the claim has nothing to release.
    fn announce(&self, release: &Release) -> Result<bool, StoreError> {
        self.begin().map_err(unavailable)?;
        let row = release.waiting.place.row;
        if !secrets::is_releasable(&self.connection, row, release.claim, release.now).map_err(unavailable)? {
            return Ok(false);
        }
        if life(&self.lives, row)? != LifeKey::DEAD {
            // Whoever ended it is about to overwrite it, and must not overwrite what is written here.
            return Err(StoreError::Unavailable("the end of this secret is not finished yet".into()));
        }
        self.note(&[row]).and_then(|()| self.execute("COMMIT")).map_err(unavailable)?;
        Ok(true)
    }

    /// Writes the life key back and lets the row wait. `None` when the note is gone, so that nothing may be written.
    fn revive(&mut self, release: &Release) -> Result<Option<bool>, StoreError> {
        self.begin().map_err(unavailable)?;
        if !endings::is_noted(&self.connection, self.number).map_err(unavailable)? {
            return Ok(None);
        }
        let row = release.waiting.place.row;
        let outcome = self.revive_noted(release);
        if !matches!(outcome, Ok(true)) {
            self.roll_back_if_open();
            self.unfinished.push(row);
            self.retry_unfinished();
        }
        outcome.map(Some)
    }

    fn revive_noted(&mut self, release: &Release) -> Result<bool, StoreError> {
        let waiting = &release.waiting;
        self.lives
            .write(waiting.place.row, from_ref(&waiting.life))
            .map_err(|error| StoreError::Unavailable(Box::new(error)))?;
        let held =
            secrets::release(&self.connection, release.claim, waiting, release.now).map_err(unavailable)?;
        let Some(held) = held else {
            return Ok(false);
        };
        // What was kept of it goes: nothing was given out, so there is nothing to repeat.
        let mut effects = Effects::default();
        kept::forget_row(&self.connection, waiting.place.row, &mut effects).map_err(unavailable)?;
        self.add_held(held).and_then(|()| self.note(&effects.ended)).map_err(unavailable)?;
        if let Err(error) = self.execute("COMMIT") {
            self.unfinished.append(&mut effects.ended);
            return Err(StoreError::InDoubt(Box::new(error)));
        }
        self.overwrite(effects.ended);
        Ok(true)
    }

    /// Finishes what is noted, copies the log into the database and cuts it to nothing. False when a reader stood in
    /// the way.
    fn truncate(&mut self) -> Result<bool, StoreError> {
        self.finish()?;
        let turn = self.turn.take();
        connection::be_brief(&mut self.connection).map_err(unavailable)?;
        let busy =
            self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0));
        drop(turn);
        connection::be_patient(&mut self.connection).map_err(unavailable)?;
        Ok(busy.map_err(unavailable)? == 0)
    }

    fn begin(&self) -> rusqlite::Result<()> {
        let _turn = self.turn.take();
        self.execute("BEGIN IMMEDIATE")
    }

    fn roll_back_if_open(&self) {
        if !self.connection.is_autocommit() {
            let _ = self.connection.execute_batch("ROLLBACK");
        }
    }

    fn execute(&self, sql: &str) -> rusqlite::Result<()> {
        self.connection.prepare_cached(sql)?.execute([]).map(drop)
    }
}
