//! What is written: secrets, their mails, and the copies that reveals keep, the same in parent and child.

use crate::support::{keyring, life, sample};
use burnbag_core::idempotency_key::IdempotencyKey;
use burnbag_core::life_key::LifeKey;
use burnbag_core::mail::{MailId, MailKind, Mailing, seal_mail};
use burnbag_core::seal::ContentKeys;
use burnbag_core::tag::Row;
use burnbag_store::conformance::{NOW, Sample, Wish};
use burnbag_store::{Keep, Mail};
use rand::SeedableRng;
use rand::rngs::StdRng;
use std::ops::Range;

/// Where the numbers of the life keys of kept copies begin.
const COPY: u64 = 1_000_000;
/// Where the numbers of the letters of secrets begin.
const MAIL: u64 = 2_000_000;

/// Contents of several lengths, so that cells move when others come and go.
pub(crate) fn wish(row: u64) -> Wish<'static> {
    let length = [30, 300, 60, 700, 120][usize::try_from(row % 5).unwrap()];
    Wish { length, ..Wish::default() }
}

pub(crate) fn samples(rows: Range<u64>) -> Vec<Sample> {
    let keyring = keyring();
    rows.map(|row| sample(row, wish(row), &keyring)).collect()
}

/// Secrets with all mails, letters of several lengths.
pub(crate) fn mailed(rows: Range<u64>) -> Vec<Sample> {
    let keyring = keyring();
    let mut samples = samples(rows);
    for sample in &mut samples {
        let rng = &mut StdRng::seed_from_u64(MAIL + sample.row().0);
        sample.pair.mailing = Some(Mailing::Queued(None));
        for kind in [MailKind::Link, MailKind::Opened, MailKind::Expired] {
            let id = MailId::make(rng);
            let letter = vec![b'x'; [150, 500, 220, 90, 1500][usize::from(id.0[0] % 5)]];
            let sealed = seal_mail(&letter, &id, kind, keyring.sealing(), rng);
            sample.pair.mails.push(Mail { id, kind, account: None, sealed });
        }
    }
    samples
}

/// The life key of the copy that a reveal of a secret keeps.
pub(crate) fn life_of_copy(sample: &Sample) -> LifeKey {
    life(COPY + sample.row().0)
}

/// What a reveal of a secret keeps, on a leased row whose life key is known.
pub(crate) fn copy_of(sample: &Sample, life_row: Row) -> Keep {
    let (keyring, life) = (keyring(), life_of_copy(sample));
    let repeat: IdempotencyKey = "r".repeat(43).parse().unwrap();
    let keys = ContentKeys { secret: &sample.secret, life: &life, opener: &sample.opener };
    let rng = &mut StdRng::seed_from_u64(COPY + sample.row().0);
    let sealed = keys.seal_kept(&sample.content, &sample.pair.place, &repeat, keyring.sealing(), rng);
    Keep { life_row, life, repeat: repeat.check(&sample.secret), sealed, until: NOW.after(60) }
}
