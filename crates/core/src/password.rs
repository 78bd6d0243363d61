//! Generated values: what `generate` makes when the caller has no secret of his own, and passphrases to be spoken.

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

/// Consonants that are told apart on the telephone, each before each vowel: 85 syllables.
const CONSONANTS: &[u8] = b"bdfghjklmnprstvwz";
const VOWELS: &[u8] = b"aeiou";
/// Syllables of a passphrase, 51 bits.
const SYLLABLES: usize = 8;

/// A passphrase to be told by telephone: eight syllables in pairs, `bado-kive-luma-zite`.
pub fn make_spoken_passphrase(rng: &mut impl CryptoRng) -> SensitiveText {
    let mut text = String::with_capacity(3 * SYLLABLES);
    for number in 0..SYLLABLES {
        if number > 0 && number % 2 == 0 {
            text.push('-');
        }
        for letters in [CONSONANTS, VOWELS] {
            text.push(char::from(*letters.choose(rng).expect("there are letters")));
        }
    }
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

    #[test]
    fn spoken_passphrases_have_eight_syllables_of_eighty_five() {
        let mut rng = StdRng::seed_from_u64(1);
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..2_000 {
            let text = make_spoken_passphrase(&mut rng);
            let pairs: Vec<_> = text.expose().split('-').collect();
            assert!(pairs.len() == 4 && pairs.iter().all(|pair| pair.len() == 4), "{pairs:?}");
            seen.extend(pairs.iter().flat_map(|pair| [pair[..2].to_owned(), pair[2..].to_owned()]));
        }
        assert_eq!(seen.len(), 85);
        // 85⁸ is more than 2⁵⁰.
        assert!(85_u64.pow(8) > 1 << 50);
    }
}
