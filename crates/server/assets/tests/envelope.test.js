// The vectors of docs/envelope.md, and what the page relies on beyond them.

import "./webcrypto.js";
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { canSeal, decodeContent, deriveKeys, encodeContent, EnvelopeError, fromBase64url, makeFragment, open, parseFragment, seal, sizeOf, toBase64url } from "../envelope.js";

const FOLDER = new URL("../../../core/tests/vectors/envelope/", import.meta.url);
const VECTORS = readdirSync(FOLDER).map((name) => ({ name, ...JSON.parse(readFileSync(new URL(name, FOLDER), "utf8")) }));

/** The content of a vector that opens. */
function contentOf({ text, files }) {
  if (files === undefined) return { kind: "text", text };
  const file = ({ name, media_type, bytes }) => ({ name, mediaType: media_type, bytes: fromBase64url(bytes) });
  return { kind: "files", files: files.map(file) };
}

/** Views and arrays of their own are alike. */
function plain(content) {
  if (content.kind === "text") return content;
  return { ...content, files: content.files.map((file) => ({ ...file, bytes: toBase64url(file.bytes) })) };
}

/** The reason that something fails with; anything but an EnvelopeError is a defect. */
async function reasonOf(action) {
  try {
    await action();
  } catch (error) {
    if (error instanceof EnvelopeError) return error.reason;
    throw error;
  }
  return null;
}

test("there are 33 vectors", () => assert.equal(VECTORS.length, 33));

for (const vector of VECTORS) {
  test(`${vector.name}: ${vector.about}`, async () => {
    let keys;
    let opened;
    const reason = await reasonOf(async () => {
      const fragment = parseFragment(vector.fragment);
      assert.equal(fragment.text, vector.fragment);
      keys = await deriveKeys(fragment, vector.passphrase);
      opened = await open(vector.envelope, keys);
    });
    if (vector.expect !== "text" && vector.expect !== "files") return assert.equal(reason, vector.expect);
    assert.equal(reason, null);
    assert.equal(opened.kind, vector.expect);
    assert.deepEqual(plain(opened), plain(contentOf(vector)));
    assert.equal(keys.proof, vector.proof);
    assert.equal(keys.content.extractable, false);
    const nonce = fromBase64url(vector.envelope).slice(1, 13);
    assert.equal(await seal(contentOf(vector), keys, nonce), vector.envelope);
  });
}

test("fragments are random, and ask for a passphrase or not", async () => {
  assert.ok(canSeal());
  const [open_, closed] = [makeFragment(false), makeFragment(true)];
  assert.match(open_.text, /^E[A-P][\w-]{21}$/);
  assert.match(closed.text, /^E[Q-Za-f][\w-]{21}$/);
  assert.deepEqual([open_.needsPassphrase, closed.needsPassphrase], [false, true]);
  assert.deepEqual(parseFragment(closed.text), closed);
  assert.equal(new Set(Array.from({ length: 100 }, () => makeFragment(false).text)).size, 100);
  assert.equal(await reasonOf(() => deriveKeys(closed, "")), "needs passphrase");
});

test("each seal has a nonce of its own", async () => {
  const keys = await deriveKeys(makeFragment(false), null);
  const content = { kind: "text", text: "hello" };
  const [one, other] = [await seal(content, keys), await seal(content, keys)];
  assert.notEqual(one.slice(0, 18), other.slice(0, 18));
  assert.deepEqual(await open(one, keys), content);
});

test("a text keeps its byte order mark; half a character does not throw", async () => {
  const keys = await deriveKeys(makeFragment(false), null);
  const through = async (text) => (await open(await seal({ kind: "text", text }, keys), keys)).text;
  assert.equal(await through("\uFEFFhello\uFEFF"), "\uFEFFhello\uFEFF");
  assert.equal(await through("a\uD83Db"), "a\uFFFDb");
  assert.equal(await through(""), "");
});

test("the names of files keep a byte order mark", () => {
  const file = { name: "\uFEFFa", mediaType: "", bytes: Uint8Array.of(1) };
  assert.equal(decodeContent(encodeContent({ kind: "files", files: [file] })).files[0].name, "\uFEFFa");
});

test("what is cut, or followed by something, is unknown", async () => {
  const file = { name: "a.txt", mediaType: "text/plain", bytes: Uint8Array.of(1, 2, 3) };
  const bytes = encodeContent({ kind: "files", files: [file, file] });
  for (let length = 0; length < bytes.length; length++) {
    assert.equal(await reasonOf(() => decodeContent(bytes.slice(0, length))), "unknown content", `${length}`);
  }
  assert.equal(await reasonOf(() => decodeContent(Uint8Array.of(...bytes, 0))), "unknown content");
});

test("what cannot be sealed is named", async () => {
  const file = (name, mediaType = "") => ({ name, mediaType, bytes: new Uint8Array() });
  const encode = (files) => reasonOf(() => encodeContent({ kind: "files", files }));
  assert.equal(await encode([]), "bad count");
  assert.equal(await encode(Array(11).fill(file("a"))), "bad count");
  assert.equal(await encode([file("")]), "bad name");
  assert.equal(await encode([file("ä".repeat(128))]), "bad name");
  assert.equal(await encode(Array(10).fill(file("a".repeat(255), "x".repeat(127)))), null);
  const { files } = decodeContent(encodeContent({ kind: "files", files: [file("a", "x".repeat(128))] }));
  assert.equal(files[0].mediaType, "");
});

test("sizes are those of the content", () => {
  assert.equal(sizeOf({ kind: "text", text: "ä€" }), 5);
  const file = (length) => ({ name: "a", mediaType: "", bytes: new Uint8Array(length) });
  assert.equal(sizeOf({ kind: "files", files: [file(3), file(0), file(4)] }), 7);
});

test("25 MB of files go through", async () => {
  const keys = await deriveKeys(makeFragment(false), null);
  const bytes = new Uint8Array(25_000_000).map((_, index) => index % 251);
  const envelope = await seal({ kind: "files", files: [{ name: "a", mediaType: "", bytes }] }, keys);
  const { files } = await open(envelope, keys);
  assert.equal(Buffer.compare(files[0].bytes, bytes), 0);
});
