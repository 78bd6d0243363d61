//! Moving what a store in memory holds.

use super::Memory;
use super::data::{Data, End, Stored};
use super::outbox::Posted;
use crate::moving::fitting;
use crate::{
    Cursor, Import, LastMove, Listing, Moving, Numbers, Part, Piece, Record, StoreError, StoredEnd,
    StoredMail, StoredPair,
};
use async_trait::async_trait;
use burnbag_core::tag::Row;

#[async_trait]
impl Moving for Memory {
    async fn last_move(&self) -> Result<Option<LastMove>, StoreError> {
        Ok(self.data().last_move)
    }

    async fn set_last_move(&self, last: Option<LastMove>) -> Result<(), StoreError> {
        self.data().last_move = last;
        Ok(())
    }

    async fn export(&self, from: Cursor, limit: u32) -> Result<Piece, StoreError> {
        let data = self.data();
        let limit = limit as usize;
        let (behind, mut cut) = (from.behind, false);
        let records: Vec<(Option<u128>, Record)> = match from.part {
            Part::Numbers => data.numbers().into_iter().map(|record| (None, record)).collect(),
            Part::Accounts => data.accounts.export(behind).take(limit).collect(),
            Part::Mails => {
                let alone = data.outbox.all().filter(|posted| posted.row.is_none());
                let alone = alone.map(|posted| (posted.mail.id.number(), posted.export()));
                let alone = alone.filter(|(id, _)| behind.is_none_or(|behind| *id > behind));
                alone.map(|(id, mail)| (Some(id), Record::Mail(mail))).take(limit).collect()
            }
            Part::Pairs => {
                let pairs = data.pairs.iter().map(|(row, stored)| (u128::from(row.0), stored));
                let pairs = pairs.filter(|(row, _)| behind.is_none_or(|behind| *row > behind));
                let pair = |stored| Record::Pair(Box::new(data.export_pair(stored)));
                let few: Vec<_> = pairs.take(limit).collect();
                let fitting =
                    fitting(few.iter().map(|(_, stored)| stored.pair.sealed.as_bytes().len() as u64));
                cut = fitting < few.len();
                few[..fitting].iter().map(|(row, stored)| (Some(*row), pair(stored))).collect()
            }
        };
        let last = records.last().and_then(|(place, _)| *place);
        let next = from.after(last, cut || records.len() == limit);
        Ok(Piece { records: records.into_iter().map(|(_, record)| record).collect(), next })
    }

    async fn import(&self, records: Vec<Record>) -> Result<Import, StoreError> {
        let mut data = self.data();
        if records.iter().any(|record| data.is_in_the_way(record)) {
            return Ok(Import::Occupied);
        }
        let mut new = 0;
        for record in records {
            new += u32::from(data.import(record));
        }
        Ok(Import::Done(new))
    }

    async fn erase(&self) -> Result<(), StoreError> {
        let mut data = self.data();
        let before = std::mem::take(&mut *data);
        data.accounts.count_on_from(before.accounts.last());
        (data.next_row, data.server_keys, data.last_move) =
            (before.next_row, before.server_keys, before.last_move);
        Ok(())
    }
}

impl Data {
    fn numbers(&self) -> Vec<Record> {
        let numbers = Numbers { next_row: self.next_row, last_account: self.accounts.last() };
        let keys = self.server_keys.iter().map(|key| Record::ServerKey(*key));
        std::iter::once(Record::Numbers(numbers)).chain(keys).collect()
    }

    fn export_pair(&self, stored: &Stored) -> StoredPair {
        let mut pair = stored.pair.clone();
        let row = pair.place.row;
        let maker = pair.listing.as_ref().map(|listing| listing.account);
        let entry = maker.map(|maker| (maker.0, pair.place.created, row));
        if entry.is_none_or(|entry| !self.listings.contains_key(&entry)) {
            pair.listing = None;
        }
        pair.life = self.life(row);
        if stored.end.is_some() {
            pair.held = None;
        }
        let mails = self.outbox.all().filter(|posted| posted.row == Some(row));
        StoredPair {
            pair,
            maker,
            strikes: stored.strikes,
            end: stored.end.as_ref().map(|end| StoredEnd {
                fate: end.fate,
                when: end.when,
                claim: end.claim,
                copied: end.copied,
            }),
            mails: mails.map(Posted::export).collect(),
        }
    }

    /// Whether something else stands in the place of a record.
    fn is_in_the_way(&self, record: &Record) -> bool {
        match record {
            Record::Numbers(_) | Record::ServerKey(_) | Record::Mail(_) => false,
            Record::Account(account) => self.accounts.is_in_the_way(&account.account),
            Record::Pair(pair) => self
                .pairs
                .get(&pair.pair.place.row)
                .is_some_and(|stored| stored.pair.secret_check != pair.pair.secret_check),
        }
    }

    /// Answers whether it is new.
    fn import(&mut self, record: Record) -> bool {
        match record {
            Record::Numbers(numbers) => {
                self.next_row = self.next_row.max(numbers.next_row);
                self.accounts.count_on_from(numbers.last_account);
                false
            }
            Record::ServerKey(key) => self.remember(key),
            Record::Account(account) => self.accounts.import(account),
            Record::Mail(mail) => self.import_mail(mail, None),
            Record::Pair(pair) => self.import_pair(*pair),
        }
    }

    fn import_mail(&mut self, mail: StoredMail, row: Option<Row>) -> bool {
        let is_new = !self.outbox.holds(&mail.mail.id);
        if is_new {
            self.outbox.post(Posted::import(mail, row));
        }
        is_new
    }

    fn import_pair(&mut self, stored: StoredPair) -> bool {
        let row = stored.pair.place.row;
        if self.pairs.contains_key(&row) {
            return false;
        }
        for mail in stored.mails {
            self.import_mail(mail, Some(row));
        }
        let mut pair = stored.pair;
        self.lives.insert(row, pair.life.clone());
        if let Some(listing) = &pair.listing {
            let entry = (listing.account.0, pair.place.created, row);
            self.listings.insert(entry, listing.sealed_receipt_key.clone());
        } else {
            // Whose it is stays known when the list was emptied.
            let emptied = |account| Listing { account, sealed_receipt_key: Vec::new() };
            pair.listing = stored.maker.map(emptied);
        }
        let end = stored.end.map(|end| End {
            fate: end.fate,
            when: end.when,
            claim: end.claim,
            copied: end.copied,
        });
        self.pairs.insert(row, Stored { pair, strikes: stored.strikes, end });
        true
    }
}
