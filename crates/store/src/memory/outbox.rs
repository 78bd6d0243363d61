//! Mails that wait to be sent, in memory.

use crate::{Mail, Stamp, StoredMail};
use burnbag_core::account::AccountId;
use burnbag_core::fate::Fate;
use burnbag_core::mail::{MAIL_LIVES, MAIL_PAUSE, MailId, MailKind};
use burnbag_core::seal::Place;
use burnbag_core::tag::Row;
use burnbag_core::time::Timestamp;
use std::collections::BTreeMap;

/// All mails that wait.
#[derive(Default)]
pub(super) struct Outbox(BTreeMap<MailId, Posted>);

/// A mail that waits.
#[derive(Clone)]
pub(super) struct Posted {
    pub(super) mail: Mail,
    pub(super) row: Option<Row>,
    pub(super) since: Timestamp,
    /// `None`: not before its occasion.
    pub(super) due: Option<Timestamp>,
    /// `None`: its occasion did not come yet.
    pub(super) until: Option<Timestamp>,
    /// When it was due before its secret ended.
    paused: Option<Timestamp>,
    pub(super) tries: u32,
    /// Tells whoever has a say from whoever had: each pick, each word and each occasion counts it on.
    pub(super) pick: u32,
}

impl Posted {
    /// A mail of a secret that is posted with it.
    pub(super) fn with_secret(mail: Mail, place: &Place) -> Self {
        let (row, since) = (Some(place.row), place.created);
        let now = mail.kind == MailKind::Link;
        let until = now.then(|| place.expires.min(since.after(MAIL_LIVES)));
        Self { mail, row, since, due: now.then_some(since), until, paused: None, tries: 0, pick: 0 }
    }

    /// A mail of no secret.
    pub(super) fn alone(mail: Mail, now: Timestamp) -> Self {
        let (due, until) = (Some(now), Some(now.after(MAIL_LIVES)));
        Self { mail, row: None, since: now, due, until, paused: None, tries: 0, pick: 0 }
    }

    /// As another store gets it.
    pub(super) fn export(&self) -> StoredMail {
        let Self { mail, row: _, since, due, until, paused, tries, pick } = self.clone();
        StoredMail { mail, since, due, until, paused, tries, pick }
    }

    /// As another store had it.
    pub(super) fn import(stored: StoredMail, row: Option<Row>) -> Self {
        let StoredMail { mail, since, due, until, paused, tries, pick } = stored;
        Self { mail, row, since, due, until, paused, tries, pick }
    }

    fn stand_still(&mut self, now: Timestamp) {
        (self.paused, self.due, self.until) = (self.due, None, Some(now.after(MAIL_PAUSE)));
    }

    /// It is due then. The pick has had its say.
    fn move_on(&mut self, due: Timestamp, tries: u32) {
        (self.due, self.tries, self.pick) = (Some(due), tries, self.pick.wrapping_add(1));
    }

    /// Its occasion came. Who picked it at an earlier one that was taken back has no say any more.
    fn be_due(&mut self, since: Timestamp, due: Timestamp) {
        (self.since, self.due, self.until) = (since, Some(due), Some(due.after(MAIL_LIVES)));
        (self.tries, self.pick) = (0, self.pick.wrapping_add(1));
    }
}

impl Outbox {
    pub(super) fn holds(&self, id: &MailId) -> bool {
        self.0.contains_key(id)
    }

    /// All mails, by their ids.
    pub(super) fn all(&self) -> impl Iterator<Item = &Posted> {
        self.0.values()
    }

    pub(super) fn post(&mut self, posted: Posted) {
        self.0.insert(posted.mail.id, posted);
    }

    pub(super) fn pick(&mut self, now: Timestamp, until: Timestamp) -> Option<Posted> {
        let is_due = |posted: &&mut Posted| {
            posted.due.is_some_and(|due| due <= now) && posted.until.is_some_and(|until| now < until)
        };
        let due = self.0.values_mut().filter(is_due).min_by_key(|posted| (posted.due, posted.mail.id))?;
        due.due = Some(until);
        (due.tries, due.pick) = (due.tries + 1, due.pick.wrapping_add(1));
        Some(due.clone())
    }

    /// Does what a stamp says. Answers whether it was this pick's to say.
    pub(super) fn stamp(&mut self, id: &MailId, pick: u32, stamp: Stamp, now: Timestamp) -> bool {
        let picked = self.0.get_mut(id).filter(|posted| posted.pick == pick && posted.due.is_some());
        let Some(picked) = picked else {
            if stamp == Stamp::Sent {
                self.0.remove(id);
            }
            return false;
        };
        match stamp {
            Stamp::Still(until) => picked.due = Some(until),
            Stamp::Untried => picked.move_on(now, picked.tries.saturating_sub(1)),
            Stamp::Later(due, _) if picked.until.is_some_and(|until| due < until) => {
                picked.move_on(due, picked.tries);
            }
            Stamp::Later(..) | Stamp::Sent | Stamp::Refused(_) | Stamp::Dropped => {
                self.0.remove(id);
            }
        }
        true
    }

    /// A secret was taken: its mails stand still, and the one that tells of it is due soon.
    pub(super) fn taken(&mut self, row: Row, fate: Fate, now: Timestamp) {
        for posted in self.of(row) {
            posted.stand_still(now);
            if posted.mail.kind == MailKind::Opened && fate == Fate::Revealed {
                posted.be_due(now, now.after(MAIL_PAUSE));
            }
        }
    }

    /// A secret was put back: its mails wait as before, also for who may be sending one just now. Answers whether one
    /// to its recipient does.
    pub(super) fn released(&mut self, place: &Place) -> bool {
        let mut mailed = false;
        for posted in self.of(place.row) {
            (posted.due, posted.until) = (posted.paused.take(), None);
            if posted.mail.kind == MailKind::Link {
                mailed = true;
                posted.until = Some(place.expires.min(place.created.after(MAIL_LIVES)));
            }
        }
        mailed
    }

    /// A secret expired: its mails go, and the one that tells of it is due.
    pub(super) fn expired(&mut self, row: Row, when: Timestamp, now: Timestamp) {
        self.0.retain(|_, posted| posted.row != Some(row) || posted.mail.kind == MailKind::Expired);
        for posted in self.of(row) {
            posted.be_due(when, now);
        }
    }

    /// Removes mails whose time is over, and answers which.
    pub(super) fn sweep(&mut self, now: Timestamp, limit: u32) -> Vec<Posted> {
        let is_over = |posted: &&Posted| posted.until.is_some_and(|until| until <= now);
        let over: Vec<Posted> = self.0.values().filter(is_over).take(limit as usize).cloned().collect();
        for posted in &over {
            self.0.remove(&posted.mail.id);
        }
        over
    }

    /// Removes the mails of an account, and answers which.
    pub(super) fn forget(&mut self, account: AccountId) -> Vec<Posted> {
        let theirs = self.0.values().filter(|posted| posted.mail.account == Some(account));
        let theirs: Vec<Posted> = theirs.cloned().collect();
        for posted in &theirs {
            self.0.remove(&posted.mail.id);
        }
        theirs
    }

    fn of(&mut self, row: Row) -> impl Iterator<Item = &mut Posted> {
        self.0.values_mut().filter(move |posted| posted.row == Some(row))
    }
}
