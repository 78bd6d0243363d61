//! What a store in memory holds, and how secrets and copies end in it.

use super::accounts::Accounts;
use super::outbox::{Outbox, Posted};
use crate::mail::Said;
use crate::{Claim, Keep, KnownServerKey, LastMove, Mail, Outgoing, Pair, ReceiptRow, Stamp, StoreError};
use burnbag_core::account::AccountId;
use burnbag_core::fate::{Fate, State, receipt_ends};
use burnbag_core::key::Check;
use burnbag_core::life_key::LifeKey;
use burnbag_core::mail::{MailKind, Mailing};
use burnbag_core::seal::{Place, Sealed};
use burnbag_core::tag::Row;
use burnbag_core::time::Timestamp;
use std::collections::{BTreeMap, HashMap};

#[derive(Default)]
pub(super) struct Data {
    pub(super) next_row: u64,
    pub(super) lives: HashMap<Row, LifeKey>,
    pub(super) pairs: BTreeMap<Row, Stored>,
    /// Kept copies, by the row of the secret that they were, and whether they were given out.
    pub(super) kept: BTreeMap<Row, (Keep, bool)>,
    /// Lists, oldest entry first.
    pub(super) listings: BTreeMap<(i64, Timestamp, Row), Vec<u8>>,
    pub(super) accounts: Accounts,
    pub(super) outbox: Outbox,
    pub(super) server_keys: Vec<KnownServerKey>,
    pub(super) last_move: Option<LastMove>,
}

/// A secret with its receipt, and what became of it.
pub(super) struct Stored {
    pub(super) pair: Pair,
    pub(super) strikes: u32,
    pub(super) end: Option<End>,
}

pub(super) struct End {
    pub(super) fate: Fate,
    pub(super) when: Timestamp,
    pub(super) claim: Option<Claim>,
    /// Whether it left a copy.
    pub(super) copied: bool,
}

impl Data {
    pub(super) fn life(&self, row: Row) -> LifeKey {
        self.lives.get(&row).cloned().unwrap_or(LifeKey::DEAD)
    }

    /// The secret that waits at a row for the holder of `check`.
    pub(super) fn waiting(&mut self, row: Row, check: &Check, now: Timestamp) -> Option<&mut Stored> {
        let stored = self.pairs.get_mut(&row)?;
        (stored.pair.secret_check == *check && stored.waits(now)).then_some(stored)
    }

    /// Ends the secret at a row: what was sealed and the key that opens it are gone.
    pub(super) fn end(&mut self, row: Row, end: End) {
        if let Some(stored) = self.pairs.get_mut(&row) {
            stored.end = Some(end);
            stored.pair.sealed = Sealed::from_bytes(Vec::new());
            stored.pair.link = Sealed::from_bytes(Vec::new());
        }
        self.lives.insert(row, LifeKey::DEAD);
    }

    /// The kept copy of the secret at a row for who repeats its reveal.
    pub(super) fn copy(
        &mut self,
        row: Row,
        check: &Check,
        repeat: &Check,
        now: Timestamp,
    ) -> Option<(Place, &mut (Keep, bool))> {
        let pair = &self.pairs.get(&row)?.pair;
        let copy = self.kept.get_mut(&row)?;
        let is_theirs = pair.secret_check == *check && copy.0.repeat == *repeat && now < copy.0.until;
        is_theirs.then_some((pair.place, copy))
    }

    /// Forgets the kept copy of a row, and the key that opens it.
    pub(super) fn forget_kept(&mut self, row: Row) -> bool {
        let kept = self.kept.remove(&row);
        kept.map(|(kept, _)| self.lives.insert(kept.life_row, LifeKey::DEAD)).is_some()
    }

    pub(super) fn receipt(&self, stored: &Stored, now: Timestamp) -> ReceiptRow {
        let pair = &stored.pair;
        let recorded = stored.end.as_ref().map(|end| (end.fate, end.when));
        let state = State::at(now, recorded, pair.place.expires);
        let maker = pair.listing.as_ref().map(|listing| listing.account);
        ReceiptRow {
            place: pair.place,
            state,
            link: (state == State::New).then(|| (pair.link.clone(), self.life(pair.place.row))),
            recipient: pair.recipient.clone(),
            label: pair.label.clone(),
            mailing: pair.mailing,
            owner: maker
                .and_then(|maker| self.accounts.get(maker))
                .map(|account| (account.id, account.email.clone())),
            strikes: stored.strikes,
        }
    }

    /// Notes on a receipt what became of the recipient's mail.
    pub(super) fn set_mailing(&mut self, row: Row, change: impl FnOnce(Mailing) -> Mailing) {
        if let Some(stored) = self.pairs.get_mut(&row) {
            stored.pair.mailing = stored.pair.mailing.map(change);
        }
    }

    /// The recipient's mail was not sent in time.
    pub(super) fn give_up(&mut self, row: Row) {
        self.set_mailing(row, |mailing| mailing.if_queued(Mailing::GivenUp));
    }

    /// A mail was not sent in time.
    pub(super) fn give_up_mail(&mut self, posted: &Posted) {
        if let (Some(row), MailKind::Link) = (posted.row, posted.mail.kind) {
            self.give_up(row);
        }
    }

    /// A mail's id is its own: nothing is stored where one of these is posted already.
    pub(super) fn refuse_posted(&self, mails: &[Mail]) -> Result<(), StoreError> {
        let is_new = |(at, mail): (usize, &Mail)| {
            !self.outbox.holds(&mail.id) && mails[..at].iter().all(|other| other.id != mail.id)
        };
        if mails.iter().enumerate().all(is_new) {
            return Ok(());
        }
        Err(StoreError::Unavailable("the mail exists".into()))
    }

    /// A mail as who sends it gets it.
    pub(super) fn outgoing(&self, posted: Posted) -> Outgoing {
        let Posted { mail, row, since, until, tries, pick, .. } = posted;
        let account = mail.account.and_then(|account| self.accounts.get(account)).cloned();
        let until = until.unwrap_or(since);
        Outgoing {
            id: mail.id,
            kind: mail.kind,
            row,
            account,
            since,
            until,
            tries,
            pick,
            sealed: mail.sealed,
        }
    }

    /// Notes on the receipt what became of a mail to its recipient.
    pub(super) fn note_stamp(&mut self, mail: &Outgoing, stamp: Stamp, now: Timestamp) {
        let Some(row) = mail.row else { return };
        self.set_mailing(row, |before| match mail.said(stamp, now) {
            Said::Nothing => before,
            // What was sent was sent, whatever the receipt told before.
            Said::Now(sent @ Mailing::Sent(_)) => sent,
            Said::Now(mailing) => before.if_queued(|_| mailing),
            Said::GivenUp => before.if_queued(Mailing::GivenUp),
        });
    }

    /// Notes a server key, or that it is needed longer. Answers whether it is new.
    pub(super) fn remember(&mut self, key: KnownServerKey) -> bool {
        if let Some(known) = self.server_keys.iter_mut().find(|known| known.id == key.id) {
            known.needed_until = known.needed_until.max(key.needed_until);
            return false;
        }
        self.server_keys.push(key);
        true
    }

    /// Empties the list of an account, which no credential opens any more.
    pub(super) fn forget_list(&mut self, account: AccountId) {
        self.listings.retain(|(owner, _, _), _| *owner != account.0);
    }
}

impl Stored {
    pub(super) fn waits(&self, now: Timestamp) -> bool {
        self.end.is_none() && now < self.pair.place.expires
    }

    pub(super) fn is_shown(&self, now: Timestamp) -> bool {
        now < ends(&self.pair.place)
    }

    pub(super) fn was_ended_by(&self, claim: Claim) -> bool {
        self.end.as_ref().is_some_and(|end| end.claim == Some(claim))
    }
}

pub(super) fn ends(place: &Place) -> Timestamp {
    receipt_ends(place.created, place.expires)
}
