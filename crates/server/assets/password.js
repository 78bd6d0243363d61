// Values that the page makes up. The twin of crates/core/src/password.rs; works without crypto.subtle, on plain http too.

const LETTERS_AND_DIGITS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const SYMBOLS = "*$!?()";
const CONSONANTS = "bdfghjklmnprstvwz";
const VOWELS = "aeiou";

export const DEFAULT_LENGTH = 12;
export const MAX_LENGTH = 128;

/**
 * No letters that look alike; 5.8 bits a character.
 * @param {number} length
 * @param {boolean} symbols
 * @returns {string}
 */
export function makePassword(length, symbols) {
  const alphabet = symbols ? LETTERS_AND_DIGITS + SYMBOLS : LETTERS_AND_DIGITS;
  return Array.from({ length }, () => pick(alphabet)).join("");
}

/**
 * To be told by telephone: eight syllables in pairs, `bado-kive-luma-zite`, 51 bits.
 * @returns {string}
 */
export function makeSpokenPassphrase() {
  const pair = () => pick(CONSONANTS) + pick(VOWELS) + pick(CONSONANTS) + pick(VOWELS);
  return Array.from({ length: 4 }, pair).join("-");
}

/**
 * Each character as likely as the others: bytes of the incomplete last round are thrown away.
 * @param {string} alphabet
 */
function pick(alphabet) {
  const byte = new Uint8Array(1);
  do crypto.getRandomValues(byte);
  while (byte[0] >= 256 - (256 % alphabet.length));
  return alphabet[byte[0] % alphabet.length];
}
