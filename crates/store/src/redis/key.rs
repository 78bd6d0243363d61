//! Names of keys. What changes together stands in one slot: a secret with all of its own in the bucket of its row, and
//! accounts, lists and counters in one more.

use crate::Caller;
use burnbag_core::mail::MailId;
use burnbag_core::tag::Row;
use data_encoding::HEXLOWER;

/// Buckets of rows. The number is part of where things are, so it never changes.
const BUCKETS: u8 = 64;
/// What a slot is called after, in braces.
const ACCOUNTS: &str = "accounts";

/// Keys in one slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Bucket(u8);

impl Bucket {
    /// Where accounts, lists and counters are.
    pub(super) const ACCOUNTS: Self = Self(BUCKETS);

    /// Where a caller is counted.
    pub(super) fn of_caller(caller: &Caller) -> Self {
        Self(caller.0[0] % BUCKETS)
    }

    /// Those of rows.
    pub(super) fn of_rows() -> impl Iterator<Item = Self> {
        (0..BUCKETS).map(Self)
    }

    /// All there are.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        (0..=BUCKETS).map(Self)
    }

    /// Its place among all.
    pub(super) fn index(self) -> usize {
        usize::from(self.0)
    }

    /// How many there are.
    pub(super) const COUNT: usize = BUCKETS as usize + 1;

    /// The slot of a cluster that it is in: CRC-16 (XMODEM) of what stands in the braces.
    pub(super) fn slot(self) -> u16 {
        let crc = self.tag().bytes().fold(0_u16, |crc, byte| {
            (0..8).fold(crc ^ (u16::from(byte) << 8), |crc, _| {
                if crc & 0x8000 == 0 { crc << 1 } else { (crc << 1) ^ 0x1021 }
            })
        });
        crc % 16_384
    }

    fn tag(self) -> String {
        if self == Self::ACCOUNTS { ACCOUNTS.to_owned() } else { self.0.to_string() }
    }
}

/// What has keys of its own in a bucket: a secret, or a mail of none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chest {
    pub(super) bucket: Bucket,
    pub(super) name: String,
}

impl Chest {
    pub(super) fn of_row(row: Row) -> Self {
        let bucket = Bucket(u8::try_from(row.0 % u64::from(BUCKETS)).unwrap_or(0));
        Self { bucket, name: row.0.to_string() }
    }

    pub(super) fn of_mail(id: &MailId) -> Self {
        Self { bucket: Bucket(id.0[0] % BUCKETS), name: HEXLOWER.encode(&id.0) }
    }

    /// One that is named in a bucket.
    pub(super) fn named(bucket: Bucket, name: &str) -> Self {
        Self { bucket, name: name.to_owned() }
    }

    /// The row, where it is a secret's.
    pub(super) fn row(&self) -> Option<Row> {
        // The id of a mail is longer than any number of a row.
        if self.name.len() >= 32 { None } else { self.name.parse().ok().map(Row) }
    }
}

/// Makes names of keys.
#[derive(Clone, Debug)]
pub(super) struct Keys {
    prefix: String,
}

impl Keys {
    pub(super) fn new(prefix: &str) -> Self {
        Self { prefix: prefix.to_owned() }
    }

    /// What fits all of them, as a pattern: a prefix has no signs that mean something there.
    pub(super) fn pattern(&self) -> String {
        format!("{}:{{*", self.prefix)
    }

    /// The bucket that a key is in, and what it is called there.
    pub(super) fn parse<'a>(&self, key: &'a str) -> Option<(Bucket, &'a str)> {
        let (tag, name) = key.strip_prefix(&self.prefix)?.strip_prefix(":{")?.split_once("}:")?;
        Bucket::all().find(|bucket| bucket.tag() == tag).map(|bucket| (bucket, name))
    }

    /// A key of a bucket's own.
    pub(super) fn of(&self, bucket: Bucket, name: &str) -> String {
        format!("{}:{{{}}}:{name}", self.prefix, bucket.tag())
    }

    /// A key of a box.
    pub(super) fn in_box(&self, place: &Chest, name: &str) -> String {
        format!("{}:{{{}}}:{name}:{}", self.prefix, place.bucket.tag(), place.name)
    }

    /// What `bucket.lua` takes apart. `claim`: the one that may be refused.
    pub(super) fn for_box(&self, place: &Chest, claim: &str) -> Vec<String> {
        let of = |name| self.of(place.bucket, name);
        let own = |name| self.in_box(place, name);
        let refused = format!("{}:{claim}", own("refused"));
        vec![
            of("closed"),
            own("pair"),
            own("sealed"),
            own("kept"),
            own("mails"),
            of("due"),
            of("kept_due"),
            of("mail_due"),
            of("mail_until"),
            of("held"),
            of("sum"),
            of("owned"),
            refused,
        ]
    }

    /// A key of accounts.
    pub(super) fn of_accounts(&self, name: &str) -> String {
        self.of(Bucket::ACCOUNTS, name)
    }

    /// Where an account is.
    pub(super) fn account(&self, number: i64) -> String {
        self.of_accounts(&format!("account:{number}"))
    }

    /// Where its list is.
    pub(super) fn list(&self, number: i64) -> String {
        self.of_accounts(&format!("list:{number}"))
    }

    /// What `accounts.lua` takes apart.
    pub(super) fn for_account(&self, number: i64) -> Vec<String> {
        let mut keys: Vec<String> = ["closed", "counters", "addresses", "index", "expiring", "server_keys"]
            .map(|name| self.of_accounts(name))
            .into();
        keys.extend([self.account(number), self.list(number)]);
        keys
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By what `CLUSTER KEYSLOT` of a server says.
    #[test]
    fn slots_are_those_of_the_engine() {
        let slots = [0, 9, 63].map(|bucket| Bucket(bucket).slot());
        assert_eq!(slots, [13_907, 10_106, 10_499]);
        assert_eq!(Bucket::ACCOUNTS.slot(), 14_365);
    }

    #[test]
    fn a_box_knows_its_row() {
        assert_eq!(Chest::of_row(Row(640)).row(), Some(Row(640)));
        let id = MailId([0x11; 16]);
        assert_eq!(Chest::of_mail(&id).row(), None, "also where its id is all digits");
        assert_eq!(Chest::of_row(Row(65)).bucket.index(), 1);
    }
}
