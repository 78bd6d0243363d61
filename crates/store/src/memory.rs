//! The reference implementation: what "correct" means, readable in one sitting. Nothing survives the process.
//!
//! One lock makes every verb one step. A clone is another handle on the same data.

mod accounts;
mod data;
mod moving;
mod outbox;

use crate::{
    Account, Claim, Credential, CredentialView, Glance, Held, Keep, Kept, KnownServerKey, Listed, Mail,
    NewAccount, Notify, Outgoing, Pair, Put, ReceiptRow, Revoke, Stamp, Store, StoreError, Swept, Take,
    Unlocked, Waiting,
};
use async_trait::async_trait;
use burnbag_core::account::{AccountId, CredentialId, Email};
use burnbag_core::fate::Fate;
use burnbag_core::key::Check;
use burnbag_core::life_key::LifeKey;
use burnbag_core::mail::Mailing;
use burnbag_core::tag::Row;
use burnbag_core::time::Timestamp;
use data::{Data, End, Stored, ends};
use outbox::Posted;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

const CLOSED: &str = "what this store holds has gone to another one";

/// A store in memory.
#[derive(Clone, Default)]
pub struct Memory(Arc<Mutex<Data>>);

impl Memory {
    /// The life key that stands at a row now, for the suite of laws.
    #[must_use]
    pub fn life_key(&self, row: Row) -> LifeKey {
        self.data().life(row)
    }

    fn data(&self) -> MutexGuard<'_, Data> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The data, to be changed.
    fn change(&self) -> Result<MutexGuard<'_, Data>, StoreError> {
        let data = self.data();
        match data.last_move {
            Some((_, stage)) if stage.is_closed() => Err(StoreError::Unavailable(CLOSED.into())),
            Some(_) | None => Ok(data),
        }
    }
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Memory")
    }
}

#[async_trait]
impl Store for Memory {
    async fn lease(&self, lives: Vec<LifeKey>) -> Result<Row, StoreError> {
        let mut data = self.data();
        let first = Row(data.next_row);
        for life in lives {
            let row = Row(data.next_row);
            data.lives.insert(row, life);
            data.next_row += 1;
        }
        Ok(first)
    }

    async fn put(&self, pair: Pair) -> Result<Put, StoreError> {
        let mut data = self.change()?;
        let place = pair.place;
        if data.pairs.contains_key(&place.row) {
            return Ok(Put::RowExists);
        }
        data.refuse_posted(&pair.mails)?;
        if let Some(listing) = &pair.listing {
            let entry = (listing.account.0, place.created, place.row);
            data.listings.insert(entry, listing.sealed_receipt_key.clone());
        }
        let mut pair = pair;
        for mail in std::mem::take(&mut pair.mails) {
            data.outbox.post(Posted::with_secret(mail, &place));
        }
        data.pairs.insert(place.row, Stored { pair, strikes: 0, end: None });
        Ok(Put::Stored)
    }

    async fn peek(&self, row: Row, check: &Check, now: Timestamp) -> Result<Option<Waiting>, StoreError> {
        let mut data = self.data();
        let life = data.life(row);
        Ok(data.waiting(row, check, now).map(|stored| Waiting {
            place: stored.pair.place,
            life,
            sealed: stored.pair.sealed.clone(),
            link: stored.pair.link.clone(),
            outline: stored.pair.outline,
            strikes: stored.strikes,
            held: stored.pair.held,
        }))
    }

    async fn glance(&self, row: Row, check: &Check, now: Timestamp) -> Result<Option<Glance>, StoreError> {
        Ok(self.data().waiting(row, check, now).map(|stored| Glance {
            place: stored.pair.place,
            outline: stored.pair.outline,
            length: stored.pair.sealed.as_bytes().len() as u64,
            strikes: stored.strikes,
        }))
    }

    async fn take(&self, take: Take, keep: Option<Keep>) -> Result<bool, StoreError> {
        let mut data = self.change()?;
        let won = data.waiting(take.row, &take.check, take.now).is_some();
        if won {
            let (claim, copied) = (Some(take.claim), keep.is_some());
            data.end(take.row, End { fate: take.fate, when: take.now, claim, copied });
            data.outbox.taken(take.row, take.fate, take.now);
            data.set_mailing(take.row, |mailing| mailing.if_queued(|_| Mailing::Ended));
            data.kept.extend(keep.map(|keep| (take.row, (keep, false))));
        }
        Ok(won)
    }

    async fn settle(&self, row: Row, claim: Claim) -> Result<bool, StoreError> {
        Ok(self.data().pairs.get(&row).is_some_and(|stored| stored.was_ended_by(claim)))
    }

    async fn release(
        &self,
        row: Row,
        claim: Claim,
        waiting: &Waiting,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut data = self.change()?;
        let is_unread = data.kept.get(&row).is_some_and(|(_, given)| !given);
        let Some(stored) = data.pairs.get_mut(&row) else {
            return Ok(false);
        };
        let is_mine =
            stored.end.as_ref().is_some_and(|end| end.claim == Some(claim) && (!end.copied || is_unread));
        if row != waiting.place.row || !is_mine || now >= stored.pair.place.expires {
            return Ok(false);
        }
        stored.end = None;
        stored.pair.sealed = waiting.sealed.clone();
        stored.pair.link = waiting.link.clone();
        let place = stored.pair.place;
        data.lives.insert(row, waiting.life.clone());
        data.forget_kept(row);
        let mailing =
            if data.outbox.released(&place) { Mailing::Queued(None) } else { Mailing::GivenUp(None) };
        data.set_mailing(row, |before| if before == Mailing::Ended { mailing } else { before });
        Ok(true)
    }

    async fn kept(
        &self,
        row: Row,
        check: &Check,
        repeat: &Check,
        now: Timestamp,
    ) -> Result<Option<Kept>, StoreError> {
        Ok(self.data().copy(row, check, repeat, now).map(|(place, (keep, _))| Kept {
            place,
            life: keep.life.clone(),
            sealed: keep.sealed.clone(),
        }))
    }

    async fn redeliver(
        &self,
        row: Row,
        check: &Check,
        repeat: &Check,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        Ok(self.change()?.copy(row, check, repeat, now).map(|(_, (_, given))| *given = true).is_some())
    }

    async fn forget(&self, row: Row, check: &Check) -> Result<bool, StoreError> {
        let mut data = self.change()?;
        let mine = data
            .pairs
            .get(&row)
            .is_some_and(|stored| stored.pair.secret_check == *check || stored.pair.receipt_check == *check);
        Ok(mine && data.forget_kept(row))
    }

    async fn strike(
        &self,
        row: Row,
        check: &Check,
        change: i32,
        now: Timestamp,
    ) -> Result<Option<u32>, StoreError> {
        Ok(self.change()?.waiting(row, check, now).map(|stored| {
            let before = stored.strikes;
            stored.strikes = before.saturating_add_signed(change);
            before
        }))
    }

    async fn receipt(
        &self,
        row: Row,
        check: &Check,
        now: Timestamp,
    ) -> Result<Option<ReceiptRow>, StoreError> {
        let data = self.data();
        let stored = data.pairs.get(&row);
        Ok(stored
            .filter(|stored| stored.pair.receipt_check == *check && stored.is_shown(now))
            .map(|stored| data.receipt(stored, now)))
    }

    async fn unlock(&self, row: Row, check: &Check, now: Timestamp) -> Result<bool, StoreError> {
        let mut data = self.change()?;
        let stored = data.pairs.get_mut(&row);
        let waiting = stored.filter(|stored| stored.pair.receipt_check == *check && stored.waits(now));
        Ok(waiting.map(|stored| stored.strikes = 0).is_some())
    }

    async fn recent(
        &self,
        account: AccountId,
        limit: u32,
        now: Timestamp,
    ) -> Result<Vec<Listed>, StoreError> {
        let data = self.data();
        let (first, last) =
            ((account.0, Timestamp(i64::MIN), Row(0)), (account.0, Timestamp(i64::MAX), Row(u64::MAX)));
        let mine = data.listings.range(first..=last).rev();
        let listed = mine.filter_map(|((_, _, row), sealed_receipt_key)| {
            let stored = data.pairs.get(row).filter(|stored| stored.is_shown(now))?;
            let sealed_receipt_key = sealed_receipt_key.clone();
            Some(Listed { sealed_receipt_key, receipt: data.receipt(stored, now) })
        });
        Ok(listed.take(limit as usize).collect())
    }

    async fn sweep(&self, now: Timestamp, limit: u32) -> Result<Swept, StoreError> {
        let mut data = self.change()?;
        let is_due = |stored: &Stored| {
            !stored.is_shown(now) || (stored.end.is_none() && now >= stored.pair.place.expires)
        };
        let due = data.pairs.iter().filter(|(_, stored)| is_due(stored)).map(|(row, _)| *row);
        let due: Vec<Row> = due.take(limit as usize).collect();
        let mut swept = Swept::default();
        for row in due {
            let stored = &data.pairs[&row];
            let (place, held, waited) = (stored.pair.place, stored.pair.held, stored.end.is_none());
            if waited {
                swept.expired += 1;
                swept.released.extend(held);
                data.end(row, End { fate: Fate::Expired, when: place.expires, claim: None, copied: false });
                data.outbox.expired(row, place.expires, now);
                data.give_up(row);
            }
            if now >= ends(&place) {
                swept.receipts += 1;
                data.pairs.remove(&row);
                data.forget_kept(row);
                data.listings.retain(|(_, _, listed), _| *listed != row);
            }
        }
        let over = data.kept.iter().filter(|(_, (kept, _))| now >= kept.until).map(|(row, _)| *row);
        for row in over.take(limit as usize).collect::<Vec<_>>() {
            swept.forgotten += u32::from(data.forget_kept(row));
        }
        for over in data.outbox.sweep(now, limit) {
            swept.mails += 1;
            data.give_up_mail(&over);
        }
        swept.credentials = data.accounts.sweep(now, limit);
        Ok(swept)
    }

    async fn tend(&self, _now: Timestamp) -> Result<Option<&'static str>, StoreError> {
        Ok(None)
    }

    async fn ping(&self) -> Result<(), StoreError> {
        Ok(())
    }

    async fn held(&self) -> Result<u64, StoreError> {
        let data = self.data();
        let held = data.pairs.values().filter(|stored| stored.end.is_none()).filter_map(|s| s.pair.held);
        Ok(held.map(|Held { bytes, .. }| u64::from(bytes)).sum())
    }

    async fn post_mail(&self, mail: Mail, now: Timestamp) -> Result<(), StoreError> {
        let mut data = self.change()?;
        data.refuse_posted(std::slice::from_ref(&mail))?;
        data.outbox.post(Posted::alone(mail, now));
        Ok(())
    }

    async fn pick_mail(&self, now: Timestamp, until: Timestamp) -> Result<Option<Outgoing>, StoreError> {
        let mut data = self.change()?;
        let picked = data.outbox.pick(now, until);
        Ok(picked.map(|picked| data.outgoing(picked)))
    }

    async fn stamp_mail(&self, mail: &Outgoing, stamp: Stamp, now: Timestamp) -> Result<bool, StoreError> {
        let mut data = self.change()?;
        let counts = data.outbox.stamp(&mail.id, mail.pick, stamp, now);
        if counts || stamp == Stamp::Sent {
            data.note_stamp(mail, stamp, now);
        }
        Ok(counts)
    }

    async fn create_account(&self, account: NewAccount) -> Result<Option<AccountId>, StoreError> {
        self.change()?.accounts.create(account)
    }

    async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        Ok(self.data().accounts.all())
    }

    async fn account(&self, email: &Email) -> Result<Option<Account>, StoreError> {
        let data = self.data();
        Ok(data.accounts.find(email).and_then(|id| data.accounts.get(id)).cloned())
    }

    async fn set_notify(&self, account: AccountId, notify: Notify) -> Result<bool, StoreError> {
        Ok(self.change()?.accounts.set_notify(account, notify))
    }

    async fn set_language(&self, account: AccountId, language: Option<String>) -> Result<bool, StoreError> {
        Ok(self.change()?.accounts.set_language(account, language))
    }

    async fn unlocked_by(
        &self,
        credential: &CredentialId,
        now: Timestamp,
    ) -> Result<Option<Unlocked>, StoreError> {
        Ok(self.data().accounts.unlocked_by(credential, now))
    }

    async fn touch(&self, credential: &CredentialId, now: Timestamp) -> Result<(), StoreError> {
        self.change()?.accounts.touch(credential, now);
        Ok(())
    }

    async fn add_credential(
        &self,
        account: AccountId,
        by: Option<CredentialId>,
        credential: Credential,
    ) -> Result<bool, StoreError> {
        self.change()?.accounts.add(account, by, credential)
    }

    async fn credentials(
        &self,
        account: AccountId,
        now: Timestamp,
    ) -> Result<Vec<CredentialView>, StoreError> {
        Ok(self.data().accounts.views(account, now))
    }

    async fn revoke(&self, account: AccountId, which: Revoke) -> Result<u32, StoreError> {
        Ok(self.change()?.accounts.revoke(account, which))
    }

    async fn accept(
        &self,
        invitation: &CredentialId,
        credentials: Vec<Credential>,
        now: Timestamp,
    ) -> Result<Option<AccountId>, StoreError> {
        let mut data = self.change()?;
        let Some(id) = data.accounts.invited(invitation, now) else {
            return Ok(None);
        };
        data.accounts.replace(id, credentials)?;
        data.forget_list(id);
        Ok(Some(id))
    }

    async fn replace_credentials(&self, email: &Email, credential: Credential) -> Result<bool, StoreError> {
        let mut data = self.change()?;
        let Some(id) = data.accounts.find(email) else {
            return Ok(false);
        };
        data.accounts.replace(id, vec![credential])?;
        data.forget_list(id);
        Ok(true)
    }

    async fn remove_account(&self, email: &Email) -> Result<bool, StoreError> {
        let mut data = self.change()?;
        let Some(id) = data.accounts.remove(email) else {
            return Ok(false);
        };
        data.forget_list(id);
        for mail in data.outbox.forget(id) {
            data.give_up_mail(&mail);
        }
        let is_theirs = |stored: &Stored| stored.pair.listing.as_ref().is_some_and(|l| l.account == id);
        let theirs = data.pairs.iter().filter(|(_, stored)| is_theirs(stored)).map(|(row, _)| *row);
        for row in theirs.collect::<Vec<_>>() {
            data.forget_kept(row);
        }
        Ok(true)
    }

    async fn server_keys(&self) -> Result<Vec<KnownServerKey>, StoreError> {
        Ok(self.data().server_keys.clone())
    }

    async fn remember_server_key(&self, key: KnownServerKey) -> Result<(), StoreError> {
        self.data().remember(key);
        Ok(())
    }
}
