// Base64url as the Rust side takes it: one way to write each sequence of bytes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fromBase64url, toBase64url } from "../envelope.js";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** With the browser's own coder, where this Node has one, and without. */
function both(name, body) {
  test(name, body);
  test(`${name}, in older browsers`, () => {
    const own = [Object.getOwnPropertyDescriptor(Uint8Array.prototype, "toBase64"), Object.getOwnPropertyDescriptor(Uint8Array, "fromBase64")];
    delete Uint8Array.prototype.toBase64;
    delete Uint8Array.fromBase64;
    try {
      body();
    } finally {
      if (own[0]) Object.defineProperty(Uint8Array.prototype, "toBase64", own[0]);
      if (own[1]) Object.defineProperty(Uint8Array, "fromBase64", own[1]);
    }
  });
}

both("every length, against Node's own", () => {
  const lengths = [...Array(70).keys(), 0x5fff, 0x6000, 0x6001, 0xc000, 0xc002];
  for (const length of lengths) {
    const bytes = new Uint8Array(length).map((_, index) => (index * 89 + length) % 256);
    const text = Buffer.from(bytes).toString("base64url");
    assert.equal(toBase64url(bytes), text);
    assert.equal(toBase64url(new Uint8Array([0, ...bytes]).subarray(1)), text, "a view");
    assert.deepEqual(fromBase64url(text), bytes);
  }
});

both("each last character is taken exactly when no bits are left over", () => {
  for (const last of ALPHABET) {
    for (const start of ["", "A", "AB", "ABCDE", "ABCDEF"]) {
      const text = start + last;
      const again = Buffer.from(text, "base64url").toString("base64url") === text;
      assert.equal(fromBase64url(text) !== null, again, text);
    }
  }
});

both("nothing else is taken", () => {
  for (const text of ["A", "ABCDE", "QQ==", "QQ=", "QQ ", " QQ", "QU\nJD", "+/+/", "QUJ\u0000", "QÜJD", "QUJD====", "QUJ\u017F", "====", "QUJD\n"]) {
    assert.equal(fromBase64url(text), null, JSON.stringify(text));
  }
  assert.deepEqual(fromBase64url(""), new Uint8Array());
});
