// What is generated: the alphabets of crates/core/src/password.rs, each character as likely as the others.

import "./webcrypto.js";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { makePassword, makeSpokenPassphrase } from "../password.js";

const CORE = readFileSync(new URL("../../../core/src/password.rs", import.meta.url), "utf8");
const constant = (name) => new RegExp(`const ${name}: &\\[u8\\] = b"([^"]+)";`).exec(CORE)[1];

/** That no character is likelier: a chi-square within five standard deviations of what chance makes of it. */
function assertEven(text, alphabet) {
  const counts = new Map([...alphabet].map((character) => [character, 0]));
  for (const character of text) {
    assert.ok(counts.has(character), character);
    counts.set(character, counts.get(character) + 1);
  }
  const expected = text.length / alphabet.length;
  const square = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  const freedom = alphabet.length - 1;
  assert.ok(square < freedom + 5 * Math.sqrt(2 * freedom) + 10, `chi-square ${square}`);
}

test("passwords are of core's alphabet, evenly", () => {
  assertEven(makePassword(60_000, true), constant("ALPHABET"));
});

test("without symbols they are letters and digits, evenly", () => {
  assertEven(makePassword(60_000, false), constant("ALPHABET").replace(/[^A-Za-z0-9]/g, ""));
});

test("passwords have the length that was asked for, and differ", () => {
  for (const length of [0, 1, 12, 128]) assert.equal(makePassword(length, true).length, length);
  assert.equal(new Set(Array.from({ length: 1000 }, () => makePassword(12, false))).size, 1000);
});

test("spoken passphrases are four pairs of core's syllables, evenly", () => {
  const [consonants, vowels] = [constant("CONSONANTS"), constant("VOWELS")];
  const all = Array.from({ length: 5000 }, makeSpokenPassphrase);
  const syllable = `[${consonants}][${vowels}]`;
  for (const text of all) assert.match(text, new RegExp(`^(${syllable}){2}(-(${syllable}){2}){3}$`));
  const letters = all.join("").replaceAll("-", "");
  assertEven([...letters].filter((_, index) => index % 2 === 0).join(""), consonants);
  assertEven([...letters].filter((_, index) => index % 2 === 1).join(""), vowels);
});

test("neither needs crypto.subtle", () => {
  const own = Object.getOwnPropertyDescriptor(globalThis, "crypto");
  const whole = globalThis.crypto;
  const plain = { getRandomValues: (bytes) => whole.getRandomValues(bytes) };
  Object.defineProperty(globalThis, "crypto", { value: plain, configurable: true });
  try {
    assert.match(makePassword(12, true), /^.{12}$/);
    assert.match(makeSpokenPassphrase(), /^.{19}$/);
  } finally {
    Object.defineProperty(globalThis, "crypto", own);
  }
});
