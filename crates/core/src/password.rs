//! Generated values: what `generate` makes when the caller has no secret of his own.

use crate::sensitive::SensitiveText;
use rand::CryptoRng;
use rand::seq::IndexedRandom;

/// Letters, digits and the classic symbols of v1 without the ones that look alike (wire spec §7.4); none of them
/// needs quoting in a shell's single quotes or in a flow.
const ALPHABET: &[u8] = b"abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789*$!?()";

/// Characters of a generated value unless asked otherwise.
pub const DEFAULT_LENGTH: usize = 12;
/// Most characters that may be asked for (wire spec §1.1).
pub const MAX_LENGTH: usize = 128;

/// A random value of `length` characters, about 5.9 bits each.
pub fn make_password(length: usize, rng: &mut impl CryptoRng) -> SensitiveText {
    let mut text = String::with_capacity(length);
    text.extend((0..length).map(|_| char::from(*ALPHABET.choose(rng).expect("the alphabet is not empty"))));
    text.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    #[test]
    fn every_character_of_the_alphabet_comes_up() {
        let mut rng = StdRng::seed_from_u64(1);
        let text = make_password(20_000, &mut rng);
        assert_eq!(text.expose().len(), 20_000);
        assert!(ALPHABET.iter().all(|byte| text.expose().contains(char::from(*byte))));
        assert!(!text.expose().contains(['i', 'l', 'o', 'I', 'O', '0', '1']));
    }
}
