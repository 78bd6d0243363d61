//! Row number ↔ the first eight characters of a key: FF1 (NIST SP 800-38G) with AES-256, radix 36, eight digits.
//!
//! The number of a row is its address in the store; encrypted, it tells the holder of a link nothing. At these
//! parameters (u = v = 4, b = 3, d = 8, tweaks below 13 bytes) every round of the standard is `CBC-MAC(P ‖ Q)` over
//! exactly two blocks of which the first never changes, so that one AES call a round remains. The general library
//! needs 2.7 µs here, which would be a quarter of the work of a create; tests hold this against that library.

use aes::cipher::{Array, BlockCipherEncrypt, KeyInit};
use aes::{Aes256, Block};
use std::fmt;

/// A row's number: its address in the store. Unique per store, below 36⁸.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Row(pub u64);

impl Row {
    /// Number of rows that eight characters can name.
    pub const LIMIT: u64 = HALF * HALF;
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

const RADIX: u8 = 36;
const DIGITS: u8 = 8;
const ROUNDS: u8 = 10;
/// 36⁴: the range of each half.
const HALF: u64 = 36 * 36 * 36 * 36;

/// Keeps the cipher itself private to the crate.
#[doc(hidden)]
pub struct TagCipherRef(pub(crate) TagCipher);

/// The cipher for one side (one tweak).
pub(crate) struct TagCipher {
    aes: Aes256,
    /// AES(P), the constant first half of every round's CBC-MAC.
    chained: Block,
    /// Q with round and number left zero.
    padded_tweak: Block,
}

impl TagCipher {
    /// `tweak` has at most twelve bytes, so that Q is one block.
    pub(crate) fn new(key: &[u8; 32], tweak: &'static [u8]) -> Self {
        assert!(tweak.len() <= 12, "a longer tweak needs a second block");
        let aes = Aes256::new(key.into());
        let length = u8::try_from(tweak.len()).expect("checked above");
        let mut chained: Block =
            Array([1, 2, 1, 0, 0, RADIX, ROUNDS, DIGITS / 2, 0, 0, 0, DIGITS, 0, 0, 0, length]);
        aes.encrypt_block(&mut chained);
        let mut padded_tweak = Block::default();
        padded_tweak[..tweak.len()].copy_from_slice(tweak);
        Self { aes, chained, padded_tweak }
    }

    /// The tag's number for a row.
    pub(crate) fn encrypt(&self, row: Row) -> u64 {
        let mut tag = [0];
        self.encrypt_all(row, &mut tag);
        tag[0]
    }

    /// The tags' numbers for the rows from `first` on. Round by round for all of them: AES units work on many blocks
    /// at once, and a block of rows costs a tenth of as many single ones.
    pub(crate) fn encrypt_all(&self, first: Row, tags: &mut [u64]) {
        let mut halves: Vec<(u64, u64)> =
            (first.0..).zip(tags.iter()).map(|(row, _)| (row / HALF % HALF, row % HALF)).collect();
        let mut blocks = vec![Block::default(); tags.len()];
        for round in 0..ROUNDS {
            for (block, (_, right)) in blocks.iter_mut().zip(&halves) {
                *block = self.round_input(round, *right);
            }
            self.aes.encrypt_blocks(&mut blocks);
            for (half, block) in halves.iter_mut().zip(&blocks) {
                *half = (half.1, (half.0 + round_output(block)) % HALF);
            }
        }
        for (tag, (left, right)) in tags.iter_mut().zip(halves) {
            *tag = left * HALF + right;
        }
    }

    /// The row for a tag's number. Every number below [`Row::LIMIT`] has one.
    pub(crate) fn decrypt(&self, tag: u64) -> Row {
        let (mut left, mut right) = (tag / HALF % HALF, tag % HALF);
        for round in (0..ROUNDS).rev() {
            (left, right) = ((right + HALF - self.round(round, left)) % HALF, left);
        }
        Row(left * HALF + right)
    }

    /// The round function, already reduced modulo 36⁴.
    fn round(&self, round: u8, half: u64) -> u64 {
        let mut block = self.round_input(round, half);
        self.aes.encrypt_block(&mut block);
        round_output(&block)
    }

    /// AES(P) xor Q: what the second block of the round's CBC-MAC encrypts.
    fn round_input(&self, round: u8, half: u64) -> Block {
        let mut block = self.padded_tweak;
        block[12] = round;
        block[13..].copy_from_slice(&half.to_be_bytes()[5..]);
        for (byte, chained) in block.iter_mut().zip(self.chained) {
            *byte ^= chained;
        }
        block
    }
}

/// The first d = 8 bytes of the CBC-MAC as a number modulo 36⁴.
fn round_output(block: &Block) -> u64 {
    u64::from_be_bytes(block[..8].try_into().expect("eight bytes")) % HALF
}

#[cfg(test)]
mod tests {
    use super::*;
    use fpe::ff1::{FF1, FlexibleNumeralString};
    use proptest::prelude::*;

    /// The same through the general library.
    fn reference(key: &[u8; 32], tweak: &[u8], row: u64) -> u64 {
        let digits: Vec<u16> = (0..8).rev().map(|i| (row / 36_u64.pow(i) % 36) as u16).collect();
        let ff1 = FF1::<aes::Aes256>::new(key, 36).unwrap();
        let out = ff1.encrypt(tweak, &FlexibleNumeralString::from(digits)).unwrap();
        Vec::<u16>::from(out).iter().fold(0, |n, digit| n * 36 + u64::from(*digit))
    }

    proptest! {
        #[test]
        fn agrees_with_the_library(key: [u8; 32], row in 0..Row::LIMIT) {
            for tweak in [&b"secret"[..], b"receipt"] {
                let cipher = TagCipher::new(&key, if tweak == b"secret" { b"secret" } else { b"receipt" });
                prop_assert_eq!(cipher.encrypt(Row(row)), reference(&key, tweak, row));
                prop_assert_eq!(cipher.decrypt(cipher.encrypt(Row(row))), Row(row));
                let first = row.min(Row::LIMIT - 5);
                let mut tags = [0; 5];
                cipher.encrypt_all(Row(first), &mut tags);
                let single = [0, 1, 2, 3, 4].map(|offset| cipher.encrypt(Row(first + offset)));
                prop_assert_eq!(tags, single);
            }
        }
    }
}
