//! What is left in a file.

use crate::support::{keyring, life_key};
use burnbag_core::life_key::LifeKey;
use burnbag_core::seal::{ContentKeys, OVERHEAD, Sealed};
use burnbag_core::tag::Row;
use burnbag_store::Mail;
use burnbag_store::conformance::Sample;
use std::collections::{HashMap, HashSet};
use std::path::Path;

/// Copies of sealed contents in a file.
pub(crate) struct Left<'a> {
    pub(crate) whole: Vec<(&'a Sample, Sealed)>,
    /// Secrets of which a beginning stands somewhere that does not go on as it did. A log holds a page in several states,
    /// so a secret can be whole in one and damaged in another.
    pub(crate) damaged: HashSet<Row>,
}

impl<'a> Left<'a> {
    /// Finds the sealed contents of these secrets by their first bytes: version, server key and nonce.
    pub(crate) fn find(file: &[u8], samples: &'a [Sample]) -> Self {
        const START: usize = 17;
        let start = |sample: &Sample| sample.pair.sealed.as_bytes()[..START].to_vec();
        let by_start: HashMap<Vec<u8>, &Sample> =
            samples.iter().map(|sample| (start(sample), sample)).collect();
        let header = &samples[0].pair.sealed.as_bytes()[..5];
        let mut left = Self { whole: Vec::new(), damaged: HashSet::new() };
        for at in 0..file.len().saturating_sub(OVERHEAD) {
            if file[at] != header[0] || !file[at..].starts_with(header) {
                continue;
            }
            let Some(sample) = by_start.get(&file[at..at + START]) else {
                continue;
            };
            let sealed = sample.pair.sealed.as_bytes();
            if file[at..].starts_with(sealed) {
                left.whole.push((*sample, Sealed::from_bytes(sealed.to_vec())));
            } else {
                left.damaged.insert(sample.row());
            }
        }
        left
    }

    /// How many secrets there is something of.
    pub(crate) fn sealed(&self) -> usize {
        let mut rows = self.damaged.clone();
        rows.extend(self.whole.iter().map(|(sample, _)| sample.row()));
        rows.len()
    }

    /// Link, server key and the data directory's life key open none of them; with the life key of old they would open.
    pub(crate) fn assert_opens_for_nobody(&self, folder: &Path) {
        let keyring = keyring();
        for (sample, sealed) in &self.whole {
            let now = life_key(folder, sample.row());
            assert!(now == LifeKey::DEAD);
            let opens = |life: &LifeKey| {
                let keys = ContentKeys { secret: &sample.secret, life, opener: &sample.opener };
                keys.open(sealed, &sample.pair.place, &keyring).is_ok()
            };
            assert!(!opens(&now), "row {} opens", sample.row());
            assert!(opens(&sample.pair.life), "the copy is whole");
        }
    }
}

/// Of how many mails a piece stands in a file.
pub(crate) fn pieces_of_mails(file: &[u8], mails: &[&Mail]) -> usize {
    const PIECE: usize = 16;
    let start = |piece: &[u8]| usize::from(u16::from_be_bytes([piece[0], piece[1]]));
    let (mut starts, mut pieces) = (vec![false; 1 << 16], HashMap::new());
    for (at, mail) in mails.iter().enumerate() {
        // Behind the header, which all have in common.
        for piece in mail.sealed.as_bytes()[5..].chunks_exact(PIECE) {
            starts[start(piece)] = true;
            pieces.insert(piece, at);
        }
    }
    let candidates = file.windows(PIECE).filter(|piece| starts[start(piece)]);
    candidates.filter_map(|piece| pieces.get(piece)).collect::<HashSet<_>>().len()
}
